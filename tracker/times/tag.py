"""Tag the time expressions of a text: scan, read, resolve, write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, pairwise
from typing import Literal

from tracker import edtf
from tracker.edtf import Edtf
from tracker.languages import TimesData, fold
from tracker.times.grammar import Grammar, compiled
from tracker.times.hits import Piece
from tracker.times.moves import day_of
from tracker.times.periods import period
from tracker.times.phrases import Phrase
from tracker.times.priors import Context, Prefer
from tracker.times.resolve import Resolved, resolve
from tracker.times.spans import apposed, joined, sharing
from tracker.times.story import Story, is_chronicle, is_today
from tracker.times.symbols import Point, Symbol
from tracker.times.write import to_edtf, to_timex
from tracker.times.years import RECENT
from tracker.types import Anchor, Field, TimeMention

__all__ = ["TagOptions", "tag"]

_CLAUSE = re.compile(r"[.!?;。！？؟।\n]")
_WRAPPED = re.compile(r"\n(?=(?P<indent>[ \t]*)[^\W\d_])")
_COMMA = re.compile("[,،、]")
_SMALL_WORD = 2  # letters of "or"
_OPENING_WORDS = 1  # before a phrase that opens its sentence: "On Friday, he will …"
_CUE_REACH = 90  # characters between a cue of tense and the phrase it speaks for
_NEVER_REACH = 40  # characters around a phrase in which it may turn out to be no date
_RECENTLY = 35  # years behind which two figures rather count years
_SENTENCE_ENDS = ".!?…:\n"
_OPENING = 8  # characters before a word that tell whether a sentence begins with it
_MIDNIGHT = time()  # a day without a time of day
_LATELY_MONTHS = 3
_FORETOLD = 2  # "will apply since Monday": only a cue before the phrase makes "since" point ahead
_MODS = {"FIRST_HALF": "START", "SECOND_HALF": "END"}  # TIMEX3 has no word for half a month
_PERIODS = {"duration": "DURATION", "set": "SET"}


@dataclass(frozen=True, slots=True)
class TagOptions:
    """``prefer``: where bare names point; ``hemisphere``: whose summer."""

    prefer: Prefer = "news"
    hemisphere: Literal["north", "south"] = "north"


def tag(
    text: str,
    *,
    data: TimesData,
    dct: datetime | date | None,
    options: TagOptions = TagOptions(),
    field: Field = "text",
) -> tuple[TimeMention, ...]:
    """Give every time expression of ``text``, in order and without overlaps.

    ``dct`` is when the text was written, as its outlet's calendar has it; without it only what names its own year is
    placed. Never raises on any text.
    """
    grammar = compiled(data)
    folded = _unwrapped(fold(text), text)
    day = dct.date() if isinstance(dct, datetime) else dct
    now = dct if isinstance(dct, datetime) and dct.time() != _MIDNIGHT and options.prefer == "future" else None
    windows = grammar.windows(folded, request=options.prefer == "future")
    passages = [_read(grammar, text, folded, (start, end), day, options) for start, end in windows]
    story = Story(now=now, chronicle=options.prefer == "news" and is_chronicle(chain.from_iterable(passages), day))
    found: list[TimeMention] = []
    for phrases in passages:
        mentions = [(p, m) for p in phrases if (m := _mention(p, text, folded, day, options, field, grammar, story))]
        found += joined(mentions)
    return tuple(found)


def _unwrapped(folded: str, text: str) -> str:
    """Make blanks of the line ends within sentences: those before a small letter, behind a word or a comma."""

    def blank(end: re.Match[str]) -> str:
        before = folded[max(0, end.start() - _OPENING) : end.start()].rstrip(" \t")
        goes_on = before[-1:].isalnum() or before.endswith(",")
        return " " if goes_on and text[end.end("indent")].islower() else "\n"

    return _WRAPPED.sub(blank, folded)


def _read(
    grammar: Grammar, text: str, folded: str, window: tuple[int, int], dct: date | None, options: TagOptions
) -> list[Phrase]:  # fmt: skip
    """Give the phrases of one window. A request may be nothing but a word that elsewhere needs company."""
    start, end = window
    alone = options.prefer == "future" and text[start:end].strip() == text.strip()
    read = apposed(sharing(grammar.phrases(folded, start, end, bare=options.prefer == "future")), dct)
    if alone and len(read) == 1:
        return list(read)
    # Words that are dates only in company are refused without it.
    asked = options.prefer == "future"
    able = [
        p
        for n, p in enumerate(read)
        if not p.weak or _in_company(p, text, asked=asked) or (asked and _listed(read, n, text)) or _spans(read, n)
    ]
    pairs = {id(after): before for before, after in pairwise(read) if before.linked}
    return _allowed([p for p in able if not _is_name(p, text, pairs.get(id(p)))], folded, grammar)


def _in_company(phrase: Phrase, text: str, *, asked: bool) -> bool:
    """Tell whether a weak word is a date here. A reference ("now", "soon") is one only in a request."""
    if phrase.piece.symbol.kind == "ref":
        return asked
    return phrase.piece.symbol.cued and _named(text, phrase.piece)


def _spans(read: Sequence[Phrase], index: int) -> bool:
    """Tell whether a weekday makes a span with the one beside it: "from Mon to Friday"."""
    pairs = [(read[i], read[i + 1]) for i in (index - 1, index) if 0 <= i < len(read) - 1]
    return any(a.joined and "FROM" in a.before and a.piece.symbol.weekday and b.piece.symbol.weekday for a, b in pairs)


def _listed(read: Sequence[Phrase], index: int, text: str) -> bool:
    """Tell whether a weak weekday stands in a row of weekdays: "Mon, Tue or Friday"."""
    pairs = [(read[i], read[i + 1]) for i in (index - 1, index) if 0 <= i < len(read) - 1]
    return any(
        a.piece.symbol.weekday
        and b.piece.symbol.weekday
        and len(text[a.piece.end : b.piece.start].strip(" ,")) <= _SMALL_WORD
        for a, b in pairs
    )


def _allowed(phrases: list[Phrase], folded: str, grammar: Grammar) -> list[Phrase]:
    """Leave out what the language's `never` expressions match."""
    if grammar.never is None or not phrases:
        return phrases
    low, high = max(0, phrases[0].piece.start - _NEVER_REACH), min(len(folded), phrases[-1].piece.end + _NEVER_REACH)
    refused = [match.span() for match in grammar.never.finditer(folded, low, high)]
    return [p for p in phrases if not any(a < p.piece.end and p.piece.start < b for a, b in refused)]


def _is_name(phrase: Phrase, text: str, beside: Phrase | None) -> bool:
    """Tell whether a word that is written small as a date is a name here: great within a sentence, before another one, or
    linked to one ``beside`` it that no word for time dates."""
    start, end = phrase.piece.start, phrase.piece.end
    if not _great(phrase, text):
        return False
    if phrase.piece.symbol.cued:
        bare = phrase.piece.symbol.year is None and phrase.piece.symbol.day is None
        return bare and beside is not None and not beside.piece.symbol.cued and _great(beside, text)
    before = text[max(0, start - _OPENING) : start].rstrip(" \t\xa0\"'«„“”(—–-")
    following = text[end : end + 2].strip()
    return (bool(before) and before[-1] not in _SENTENCE_ENDS) or following[:1].isupper()


def _great(phrase: Phrase, text: str) -> bool:
    start, end = phrase.piece.start, phrase.piece.end
    return phrase.small and text[start].isupper() and not text[start:end].isupper()


def _named(text: str, piece: Piece) -> bool:
    """Tell whether the last word of a phrase is written as a name; scripts without capitals always are, and seasons need not be."""
    start = max(piece.start, text.rfind(" ", piece.start, piece.end) + 1)
    return not text[start].islower() or start == 0 or piece.symbol.unit == "season"


def _mention(
    phrase: Phrase, text: str, folded: str, dct: date | None, options: TagOptions, field: Field, grammar: Grammar,
    story: Story,
) -> TimeMention | None:  # fmt: skip
    symbol, start, end = phrase.piece.symbol, phrase.piece.start, phrase.piece.end
    if symbol.kind == "ref" and symbol.value == "PRESENT_REF" and _asked_now(story, text, end - start, options):
        symbol = Symbol("date", symbol.rule, unit="second", offset=0)
    elif story.chronicle and is_today(symbol):
        symbol = Symbol("ref", symbol.rule, value="PRESENT_REF")
    if symbol.kind == "duration" and symbol.turn is not None and options.prefer == "future" and dct is not None:
        symbol = Symbol("date", symbol.rule, unit="second", offset=0)  # "the next two hours" of a request begin now
    if symbol.rule == RECENT and (dct is None or dct.year - (symbol.year or 0) > _RECENTLY):
        symbol = replace(symbol, kind="duration")
    if symbol.kind != "date":
        return _placeless(symbol, text, start, end, field)
    nearing = "AHEAD_OF" in phrase.before and symbol.weekday is not None and symbol.day is None
    tense = _FORETOLD if nearing else _tense(grammar, folded, start, end)
    if symbol.either and tense >= 0 and (tense > 0 or options.prefer == "future"):
        symbol = replace(symbol, offset=-(symbol.offset or 0))
    since, ends = _since_when(phrase, tense), "UNTIL_" in phrase.before or "EARLIER_THAN" in phrase.before
    ahead = (tense > 0 and not since) or (
        ends and tense == 0 and (symbol.day is not None or symbol.weekday is not None)
    )
    if symbol.offset is not None and not symbol.cued and not ahead and options.prefer != "future":
        start, end = symbol.amount or (start, end)
        return _placeless(replace(symbol, kind="duration", value=_length(symbol)), text, start, end, field)
    ahead = ahead or ("UNTIL_BEFORE" in phrase.before and tense == 0 and _long_gone(symbol, dct))
    context = story.context(symbol, folded, start, Context(
        dct=dct, prefer="past" if since and symbol.day is None and "FROM_AFTER" not in phrase.before else options.prefer, ahead=ahead,
        behind=since or (tense < 0 and not ends), foretold=tense == _FORETOLD and grammar.data.verbs_last and "SINCE_" not in phrase.before,
    ))  # fmt: skip
    resolved = resolve(symbol, context)
    if resolved is None:
        return None
    symbol = _overnight(phrase, symbol, resolved.point)
    if symbol is not phrase.piece.symbol:
        phrase = replace(phrase, piece=replace(phrase.piece, symbol=symbol))
    mention = _written(phrase, resolved, text, options, field, dct)
    story.remember(symbol, resolved.point, end)
    return mention


def _long_gone(symbol: Symbol, dct: date | None) -> bool:
    """Tell whether a bare month lies so far behind that "until December" means the next one."""
    bare = symbol.unit == "month" and symbol.month is not None
    return bare and dct is not None and (dct.month - (symbol.month or 0)) % 12 > _LATELY_MONTHS


def _asked_now(story: Story, text: str, length: int, options: TagOptions) -> bool:
    """Tell whether "now" is a point: where the moment is known, or a request says nothing else."""
    return story.now is not None or (options.prefer == "future" and length == len(text.strip()))


def _since_when(phrase: Phrase, tense: int) -> bool:
    """Tell whether "since" points back; where its word stands behind the date, so does what says otherwise."""
    return "SINCE_" in phrase.before and tense < (_FORETOLD if "SINCE_BEFORE" in phrase.before else 1)


def _placeless(symbol: Symbol, text: str, start: int, end: int, field: Field) -> TimeMention:
    kind: Literal["DATE", "DURATION", "SET"] = "DATE"
    if symbol.kind == "duration":
        kind = "DURATION"
    elif symbol.kind == "set":
        kind = "SET"
    return TimeMention(start, end, text[start:end], kind, symbol.value, None, Anchor.EXPLICIT, symbol.rule, field)


def _length(symbol: Symbol) -> str:
    return period(abs(symbol.offset or 0), symbol.unit) or "PXX"


def _tense(grammar: Grammar, folded: str, start: int, end: int) -> int:
    """Tell of which time the clause of a phrase speaks: 1 what will be (2 where its cue comes first), -1 what was, 0 unknown.

    The cue of tense nearest on its left decides; where there is none, the nearest on its right ("Am Freitag will er …").
    Where verbs stand last, the right side is asked first.
    """
    if grammar.announces(folded, start, end):
        return _FORETOLD
    low, high = max(0, start - _CUE_REACH), min(len(folded), end + _CUE_REACH)
    for match in _CLAUSE.finditer(folded, low, start):
        low = match.end()
    if (closes := _CLAUSE.search(folded, end, high)) is not None:
        high = closes.end()  # a cue may be the ending of the last verb and the mark behind it: "する。"
    # Nearest is the one that ends last; of two that end alike the longer ("had been due" over "due").
    futures = [(m.end(), -m.start()) for m in grammar.future.finditer(folded, low, start)] if grammar.future else []
    pasts = [(m.end(), -m.start()) for m in grammar.past.finditer(folded, low, start)] if grammar.past else []
    if (futures or pasts) and not grammar.data.verbs_last:
        return _FORETOLD if futures and (not pasts or futures[-1] >= pasts[-1]) else -1
    beyond = high if grammar.data.verbs_last else _told(folded, low, (start, end), high)
    coming = grammar.future.search(folded, end, beyond) if grammar.future else None
    gone = grammar.past.search(folded, end, high) if grammar.past else None
    if coming and (gone is None or coming.start() < gone.start()):
        return _FORETOLD if grammar.data.verbs_last else 1
    if gone:
        return -1
    return (1 if futures and (not pasts or futures[-1] >= pasts[-1]) else -1) if futures or pasts else 0


def _told(folded: str, low: int, phrase: tuple[int, int], high: int) -> int:
    """Give how far what will be is told of: behind words of its own clause a phrase belongs to no verb beyond a comma ("the plan told on Friday, which will …")."""
    start, end = phrase
    comma = _COMMA.search(folded, end, high) if len(folded[low:start].split()) > _OPENING_WORDS else None
    return comma.start() if comma else high


def _written(
    phrase: Phrase, resolved: Resolved, text: str, options: TagOptions, field: Field, dct: date | None
) -> TimeMention:
    symbol, start, end = phrase.piece.symbol, phrase.piece.start, phrase.piece.end
    point = resolved.point
    hour = resolved.clock or symbol.clock
    timed = bool(symbol.daypart or hour)
    blurred = (phrase.approximate and not symbol.holiday and not (symbol.clock and symbol.day is None)) or (
        symbol.counted and symbol.unit == "week"
    )
    value = (
        _placed(symbol, point, blurred=blurred and not hour, doubtful=resolved.doubtful, options=options)
        if point
        else None
    )
    value, bound, mod = _bounded(value, "" if symbol.last_day or symbol.last_month else phrase.before)
    shown = point
    if shown is not None and symbol.last_day is not None and symbol.number is not None:
        shown = replace(shown, first=day_of(shown.first, symbol.last_day), number=None)
    now = symbol.unit == "day" and symbol.offset == 0 and not timed and dct is None
    timex = (
        to_timex(shown, daypart=symbol.daypart, clock=_shown(hour, symbol.zone, options))
        if shown
        else _symbolic(symbol, now=now)
    )
    return TimeMention(
        start=start, end=end, text=text[start:end], timex_type="TIME" if timed else "DATE", timex_value=timex, edtf=value,
        anchor=resolved.anchor, rule=symbol.rule, field=field, mod=_MODS.get(symbol.mod, symbol.mod) or mod, approximate=blurred,
        clock=_full(hour), zone=symbol.zone, bound=bound, alternatives=tuple(d.isoformat() for d in resolved.alternatives),
    )  # fmt: skip


def _placed(symbol: Symbol, point: Point, *, blurred: bool, doubtful: bool, options: TagOptions) -> Edtf:
    """Write a point as a value: days to days for spans, a window for a night between two days, the new calendar for the old."""
    if symbol.last_day is not None:
        return edtf.span(point.first, day_of(point.first, symbol.last_day))
    if symbol.last_month is not None:
        first = edtf.month(point.first.year, point.first.month)
        return edtf.span(first, edtf.month(point.first.year, symbol.last_month))
    if symbol.overnight:
        days = sorted((point.first, point.first + timedelta(days=symbol.overnight)))
        return edtf.window(days[0], days[1])
    new = replace(point, first=point.first + timedelta(days=symbol.behind)) if symbol.behind else point
    return to_edtf(
        new, mod=symbol.mod, approximate=blurred, doubtful=doubtful, south=options.hemisphere == "south"
    )  # fmt: skip


def _overnight(phrase: Phrase, symbol: Symbol, point: Point | None) -> Symbol:
    """Let "the night to Tuesday" begin on Monday, and "in der Nacht vom 9. November" on that day."""
    night = "NIGHT_" in phrase.before
    if not night or point is None or point.unit != "day" or symbol.clock or symbol.last_day or symbol.overnight:
        return symbol
    if "NIGHT_TO" not in phrase.before:
        return replace(symbol, daypart="NI")
    return replace(symbol, daypart="NI", overnight=-1)


def _full(clock: str) -> str:
    """Give the minutes of a full hour."""
    return f"{clock}:00" if len(clock) == len("15") else clock


def _shown(clock: str, zone: str, options: TagOptions) -> str:
    """Write a time of day as TIMEX3 does; a request's full hour without minutes nobody said."""
    return (clock if options.prefer == "future" else _full(clock)) + zone * (zone == "Z")


def _bounded(value: Edtf | None, marks: str) -> tuple[Edtf | None, Literal["", "after", "before"], str]:
    """Turn "since March", "until 30 June", "before May" into open values; "after" and "before" only bound an event."""
    if value is None:
        return None, "", ""
    if ("SINCE_" in marks or "ONWARD" in marks) and value.earliest:
        return edtf.since(value), "", ""
    if "UNTIL_" in marks and value.latest:
        return edtf.until(value), "", ""
    if "EARLIER_THAN" in marks and value.earliest:
        return edtf.until(value.earliest), "before", "BEFORE"
    if "LATER_THAN" in marks and value.latest:
        return edtf.since(value.latest), "after", "AFTER"
    return value, "", ""


def _symbolic(symbol: Symbol, *, now: bool) -> str:
    """Write what is known without a document date: XXXX-06-17, XXXX-WXX-2."""
    if now:
        return "PRESENT_REF"
    if symbol.weekday and symbol.day is None:
        return f"XXXX-WXX-{symbol.weekday}"
    month = f"{symbol.month:02d}" if symbol.month else "XX"
    return f"XXXX-{month}" + (f"-{symbol.day:02d}" if symbol.day else "")
