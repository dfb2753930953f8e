"""One language made ready: the scan for triggers, the tokeniser and the productions, compiled once.

Most of a text costs one pass of one expression; the grammar runs in a window around each trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tracker.languages import CLASSES, LETTER, WORD_AFTER, WORD_BEFORE, WORD_ENDS, TimesData, alternation, unaccented
from tracker.times.budget import Budget
from tracker.times.classes import OWN, Alphabet
from tracker.times.clocks import Found, timed
from tracker.times.counted import counted
from tracker.times.hits import Hit, Piece
from tracker.times.phrases import Phrase
from tracker.times.productions import PRODUCTIONS, Production
from tracker.times.reduce import REMEMBERED, ROWS, Reducer
from tracker.times.symbols import Symbol
from tracker.times.tokens import Relative, Token, Tokeniser, condensed, relative_classes

__all__ = ["Grammar", "any_of", "compiled"]

# Words of these classes start a window; all others are read only inside one.
_TRIGGERS = frozenset({
    "MONTH", "CMONTH", "CYEAR", "WDAY", "SEASON", "UNIT", "REL", "PREV", "REF", "HOLIDAY", "ERA", "SETWORD", "SPAN", "AM", "PM", "QUARTER_BEFORE",
    "DAYPART", "CLOCK_AFTER", "NUMBERED", "MINB", "MINA", "HOUR_BEFORE", "PLURAL", "CALENDAR_WEEK", "QUARTER_AFTER", "CLOCK", "DECADE",
    "MOON", "MOON_MONTH", "MOON_DAY", "HOUR",
})  # fmt: skip
_GLUED_TRIGGERS = frozenset({"MONTH_AFTER", "DAY_AFTER", "YEAR_AFTER", "CLOCK_AFTER"})
_FIGURES = r"(?<![0-9])(?:(?:1[5-9]|20)[0-9]{2}(?![0-9])|[0-9]{1,2}[/.:·-][0-9]{1,2})|(?='[0-9])'[0-9]{2}(?![0-9])"
_SHORT_YEAR = r"|(?=[3-9])(?<=[ '])[3-9][0-9](?![0-9%:]|[.,][0-9])"
# Characters read on each side of a trigger: a weekday, a date and its year in the wordiest of our languages, and where a character is a word.
_REACH, _SHORT_REACH = 48, 32
_PASSED = r"[^\W\d_]++\s?|[^\w'\s]++\s?|[\d_'\s]"  # words and signs that are no triggers are passed over whole, figures one by one
_DAYS = ("weekday", "relative")  # productions whose day stays a day when an hour took the part of the day behind it
_SHORT = 120  # characters of a request that is read whole
_CENTURIES, _TWO, _THOUSAND = range(15, 21), 2, 1000  # the first words of a year
_SNAP = 24  # how far a window's edge moves outwards to the next blank

Candidate = tuple[int, int, Production, re.Match[str]]


class Grammar:
    """The reader of one language. Holds compiled expressions, and a bounded memory of rows it has seen; safe to share between threads."""

    def __init__(self, data: TimesData) -> None:
        self.data = data
        alphabet = Alphabet(_sets(data))
        self._tokeniser = Tokeniser(data, alphabet)
        self._reducer = Reducer(alphabet)
        self._members = {name: frozenset(alphabet.members(name)) for name in (*CLASSES, *OWN)}
        self._productions = [
            (production, alphabet.compile(production.pattern), _needed(production, alphabet))
            for production in PRODUCTIONS
            if _applies(production, data)
        ]
        self._remembered = lru_cache(maxsize=ROWS)(self._matched)
        self._reach = _SHORT_REACH if data.boundaries == "none" and data.order == "ymd" else _REACH
        self._scan = _scan(data)
        self._marks_before, self._marks_behind = self._by_character(_BEFORE), self._by_character(_BEHIND)
        self._links, self._skipped, self._small = self._any(*_LINKS), self._any(*_SKIPPED), self._any(*_SMALL)
        self._commas = self._any("COMMA", "LEFT")
        self._plain = self._any("ON", "OF", "THE", "DAY_BEFORE", "YEAR_BEFORE") - self._any("AND", "OR", "TO")
        self.never = any_of(data.never) if data.never else None
        self.future = _cues([cue for cue in data.future if _GAP not in cue], data)
        self._framing = tuple(tuple(cue.split(_GAP)) for cue in data.future if _GAP in cue)
        self.past = _cues(data.past, data)

    def announces(self, text: str, start: int, end: int) -> bool:
        """Tell whether the words right before and behind a phrase make it what its sentence says of something to come: "総選挙は23日。"."""
        before, behind = text[max(0, start - _FRAME) : start], text[end : end + _FRAME].strip(" \n")
        return any(
            before.endswith(head) and (behind.startswith(tail) or (not behind and tail in _STOPS))
            for head, tail in self._framing
        )

    def windows(self, text: str, *, request: bool = False) -> Iterator[tuple[int, int]]:
        """Give the stretches of folded text that hold a trigger, in order, apart from one another; of what is nothing but
        triggers for thousands of characters, a part.

        A short request is read whole: "at 3" holds no word that could mean nothing but a time.
        """
        if request and len(text) <= _SHORT and "\n" not in text:
            yield 0, len(text)
            return
        start = end = -1
        budget = Budget()
        for match in self._scan.finditer(text):
            first, last = match.span("trigger")
            if first < 0 or not budget.allows(first):
                continue
            if first >= end or start < 0:
                low, high = self._around(text, first, last)
                if start >= 0 and low > end:
                    yield start, end
                    start, end = low, high
                else:
                    start, end = (low if start < 0 else start), max(end, high)
            elif last + self._reach > end:
                end = max(end, self._around(text, first, last)[1])
        if start >= 0:
            yield start, end

    def phrases(self, text: str, start: int, end: int, *, bare: bool = False) -> list[Phrase]:
        """Give the phrases of one window, in order and without overlaps; ``bare`` lets a mere "at 3" or "28/4" be one."""
        row = self._reducer.reduce(
            condensed(self._tokeniser.split(text, start, end, asked=bare), self._members["OTHER"]), text
        )
        chars = "".join(token.char for token in row)
        taken = bytearray(
            len(chars)
        )  # a mark for each token that is used: asking stays cheap in a text of nothing but dates
        found: list[Found] = []
        for first, stop, production, whole in self._candidates(chars, bare=bare):
            match, last = whole, stop
            cut = taken.find(1, first, last)
            if cut >= 0:  # a longer phrase took its end: "Samstag früh" may still be a Saturday
                shorter = match.re.match(chars, first, cut) if cut > first and production.name in _DAYS else None
                if shorter is None or shorter.end() == first:
                    continue
                match, last = shorter, shorter.end()
            pieces = self._built(production, match, row, chars)
            if pieces:
                taken[first:last] = b"\x01" * (last - first)
                found += [(first, last, self._phrase(piece, chars, first, last, text)) for piece in pieces]
        if not found:
            return []
        ordered = sorted(found, key=lambda item: item[2].piece.start)
        written = self.data.order != "ymd"
        ordered = timed(ordered, chars, self._members, bare=bare, comma=written)
        ordered = counted(ordered, chars, self._members, of=written)
        return self._linked(ordered, chars)

    def _linked(self, found: Sequence[Found], chars: str) -> list[Phrase]:
        """Mark phrases that one token links; inside a span "since" means from, and "until" means to."""
        phrases = [phrase for _, _, phrase in found]
        for index, ((_, end, _), (first, _, _)) in enumerate(pairwise(found)):
            one = first > end and chars[end] in self._links and self._small.issuperset(chars[end + 1 : first])
            if self._opens_anew(chars[end:first]):
                phrases[index] = replace(phrases[index], apposed=True)
            mine, following = phrases[index], phrases[index + 1]
            if not one and not ("SINCE_AFTER" in mine.before and first - end <= 1):
                phrases[index] = replace(mine, joined=False) if mine.joined else mine
                continue
            if self._spanned(mine, following, chars[end:first]):
                mine = replace(mine, joined=True, before=mine.before.replace("SINCE_AFTER", ""))
                phrases[index + 1] = following = replace(following, before=following.before.replace("UNTIL_AFTER", ""))
            if mine.joined:
                phrases[index + 1] = replace(following, before=following.before.replace("UNTIL_BEFORE", ""))
                mine = replace(mine, before=mine.before.replace("SINCE_BEFORE", "").replace("ONWARD", ""))
            phrases[index] = replace(mine, linked=True)
        if phrases and phrases[-1].joined:
            phrases[-1] = replace(phrases[-1], joined=False)
        return phrases

    def _opens_anew(self, between: str) -> bool:
        """Tell whether a comma or a bracket and words like "on the" part two phrases, but no word for "and"."""
        return bool(between) and between[0] in self._commas and all(char in self._plain for char in between[1:])

    def _spanned(self, first: Phrase, second: Phrase, between: str) -> bool:
        """Tell whether a mere "to" makes a span of two dates: where the year is written first, it stands between nothing else."""
        dates = first.piece.symbol.kind == second.piece.symbol.kind == "date"
        return self.data.order == "ymd" and dates and len(between) == 1 and between in self._members["TO"]

    def _around(self, text: str, start: int, end: int) -> tuple[int, int]:
        low, high = max(0, start - self._reach), min(len(text), end + self._reach)
        edge = text.rfind("\n", low, start)
        if edge >= 0:
            low = edge + 1
        else:
            limit = max(0, low - _SNAP)
            while low > limit and text[low - 1].isalnum():
                low -= 1
        edge = text.find("\n", end, high)
        if edge >= 0:
            return low, edge
        limit = min(len(text), high + _SNAP)
        while high < limit and text[high].isalnum():
            high += 1
        return low, high

    def _candidates(self, chars: str, *, bare: bool) -> Sequence[Candidate]:
        """Give every match of a production in a row of classes, longest first. News says most things in the same few rows."""
        return self._remembered(chars, bare) if len(chars) <= REMEMBERED else self._matched(chars, bare)

    def _matched(self, chars: str, bare: bool) -> Sequence[Candidate]:  # remembered by position
        there = set(chars)
        found: list[tuple[int, int, int, int, Production, re.Match[str]]] = []
        for rank, (production, pattern, needed) in enumerate(self._productions):
            if there.isdisjoint(needed) or (production.only == "bare" and not bare):
                continue
            at = 0
            while match := pattern.search(chars, at):
                if match.end() > match.start():
                    found.append((match.start() - match.end(), rank, match.start(), match.end(), production, match))
                at = match.start() + 1
        found.sort(key=lambda item: item[:3])
        return tuple((start, end, production, match) for _, _, start, end, production, match in found)

    def _built(
        self, production: Production, match: re.Match[str], row: Sequence[Token], chars: str
    ) -> tuple[Piece, ...] | None:
        groups = {name: row[index] for name in match.groupdict() if (index := match.start(name)) >= 0}

        def kin(index: int, class_: str) -> bool:
            return 0 <= index < len(chars) and chars[index] in self._members[class_]

        hit = Hit(groups, row, match.start(), match.end(), self.data.order, production.name, kin, self.data.calendar)
        built = production.builder(hit)
        if isinstance(built, Symbol):
            told = hit.relative("y")
            if told is not None and told.previous and built.offset is None:
                built = replace(built, base="previous")
            first, last = self._trimmed(chars, match.start(), match.end())
            return (Piece(built, row[first].start, row[last - 1].end),)
        return built

    def _trimmed(self, chars: str, first: int, end: int) -> tuple[int, int]:
        """Leave out prepositions and articles at the edges, and a bracket that opens only here."""
        while (
            end - first > 1
            and chars[first] in self._members["CLOCK_BEFORE"]
            and chars[first] not in self._members["UNIT"]
        ):
            first += 1
        if chars[end - 1] in self._members["RIGHT"] and not any(c in self._members["LEFT"] for c in chars[first:end]):
            end -= 1
        return first, end

    def _phrase(self, piece: Piece, chars: str, first: int, end: int, text: str) -> Phrase:
        left = self._left(chars, first)
        marks = [*self._marks_before.get(chars[left], ())] if left >= 0 else []
        for char in chars[end - 1 : end + 1]:  # a word of its own, or an ending of the phrase's last one
            marks += self._marks_behind.get(char, ())
        joined = end < len(chars) and chars[end] in self._links
        opened = "FROM" in marks
        dashed = joined and chars[end] in self._members["DASH"]
        approximate = (first > 0 and chars[first - 1] in self._members["APPROXB"]) or "APPROXB" in marks
        approximate = approximate or chars[first] in self._members["APPROXB"]
        behind_it = end < len(chars) and chars[end] in self._members["APPROXA"]
        approximate = approximate or (behind_it and not piece.symbol.clock)
        word = text[piece.start : piece.end]
        if "ONWARD" in marks and word.rpartition(" ")[2] in self.data.companions:
            marks.remove("ONWARD")  # "with May", not "since May"
        return Phrase(
            piece, " ".join(marks), joined and (opened or dashed), self._is_weak(word, piece.symbol), approximate,
            small=word in self.data.small,
        )  # fmt: skip

    def _is_weak(self, word: str, symbol: Symbol) -> bool:
        """Tell whether a phrase is a word that is a date only in company, or "this" before one that only its capital tells from a word ("this march")."""
        turned = symbol.unit == "month" and symbol.turn is not None and symbol.year is None
        return (word.rpartition(" ")[2] if turned else word) in self.data.weak

    def _left(self, chars: str, first: int) -> int:
        at = first - 1
        while at >= 0 and chars[at] in self._skipped:
            at -= 1
        return at

    def _any(self, *names: str) -> frozenset[str]:
        return frozenset().union(*(self._members[name] for name in names))

    def _by_character(self, names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the names of the classes that each character may be, for looking them up."""
        found: dict[str, tuple[str, ...]] = {}
        for name in names:
            for char in self._members[name]:
                found[char] = (*found.get(char, ()), name)
        return found


_BEFORE = (
    "SINCE_BEFORE",
    "ONWARD",
    "UNTIL_BEFORE",
    "AHEAD_OF",
    "EARLIER_THAN",
    "LATER_THAN",
    "NIGHT_TO",
    "NIGHT_FROM",
    "FROM",
    "APPROXB",
)
_BEHIND = ("SINCE_AFTER", "UNTIL_AFTER", "FROM_AFTER")
_LINKS = ("DASH", "TO", "AND")
_SKIPPED = ("THE", "APPROXB", "DAY_BEFORE")
_SMALL = ("DAY_BEFORE", "YEAR_BEFORE")


@lru_cache(maxsize=64)
def compiled(data: TimesData) -> Grammar:
    """Make a language ready, once: data is compared by identity."""
    return Grammar(data)


def _sets(data: TimesData) -> list[frozenset[str]]:
    found = []
    for classes in data.lexicon.values():
        names = {name for name, _ in classes}
        for name, value in classes:
            if name in ("REL", "PREV"):
                names |= relative_classes(Relative.read(str(value), previous=name == "PREV"))
        found.append(frozenset(names))
    return found


def _needed(production: Production, alphabet: Alphabet) -> frozenset[str]:
    return frozenset("".join(alphabet.members(name) for name in production.needs.split()))


def _applies(production: Production, data: TimesData) -> bool:
    if production.only == "month_first":
        return data.month_first
    if production.only == "written":
        return data.order != "ymd"
    if production.only == "bare":
        return True
    return not production.only or production.only == data.order


def _scan(data: TimesData) -> re.Pattern[str]:
    glued = data.boundaries != "both"
    wanted = _TRIGGERS | _GLUED_TRIGGERS if glued else _TRIGGERS
    words = sorted(phrase for phrase, classes in data.lexicon.items() if _starts(phrase, classes, wanted))
    firsts = "".join(sorted({re.escape(word[0]) for word in words}))
    left = "" if data.boundaries == "none" else WORD_BEFORE
    if data.prefixes:
        firsts += "".join(sorted({re.escape(prefix[0]) for prefix in data.prefixes}))
        left += f"(?:{alternation(data.prefixes)})??"
    right = WORD_ENDS if data.boundaries == "both" else ""
    short = (
        _SHORT_YEAR
        if any(name == "SHORT_YEAR_BEFORE" for classes in data.lexicon.values() for name, _ in classes)
        else ""
    )
    spelled = _spelled_years(data)
    triggers = f"(?=[{firsts}]){left}(?:{alternation(words)}){right}|(?=[0-9']){_FIGURES}{short}{spelled}"
    return re.compile(
        rf"(?:(?!{triggers})(?:{_PASSED}))*+(?:(?P<trigger>{triggers})|\Z)" if not glued else f"(?P<trigger>{triggers})"
    )


def _spelled_years(data: TimesData) -> str:
    """Give an expression for the beginning of a year in words, "nineteen ninety-", "two thousand", where blanks part words."""
    found: dict[str, list[str]] = {name: [] for name in ("century", "rest", "two", "thousand")}
    for phrase, classes in data.lexicon.items():
        number, factor = dict(classes).get("NUM"), dict(classes).get("MULT")
        if (isinstance(number, int) and 10 <= number <= 99) or factor == 100:
            found["rest"].append(phrase)
        if number in _CENTURIES:
            found["century"].append(phrase)
        if number == _TWO:
            found["two"].append(phrase)
        if factor == _THOUSAND:
            found["thousand"].append(phrase)
    if data.boundaries != "both" or not all(found.values()):
        return ""
    words = {name: f"(?:{alternation(phrases)})" for name, phrases in found.items()}
    firsts = "".join(sorted({re.escape(word[0]) for name in ("century", "two") for word in found[name]}))
    pairs = f"{words['century']}[ -]{words['rest']}|{words['two']}[ -]{words['thousand']}"
    return f"|(?=[{firsts}]){WORD_BEFORE}(?:{pairs}){WORD_AFTER}"


def any_of(expressions: Sequence[str]) -> re.Pattern[str]:
    """Join expressions, those that begin at a word's edge under one edge: three times as fast as an edge in each."""
    edged = [e.removeprefix(r"\b") for e in expressions if e.startswith(r"\b")]
    others = [e for e in expressions if not e.startswith(r"\b")]
    both = [rf"\b(?:{'|'.join(f'(?:{e})' for e in edged)})"] if edged else []
    return re.compile("|".join([*both, *others]))


def _starts(phrase: str, classes: Iterable[tuple[str, object]], wanted: frozenset[str]) -> bool:
    """Tell whether a word starts a window: one of the wanted classes, or a word of its own for a day of the month."""
    names = {name for name, _ in classes}
    return not names.isdisjoint(wanted) or ("DAY_AFTER" in names and phrase[0].isalpha())


def _cues(words: Sequence[str], data: TimesData) -> re.Pattern[str] | None:
    """Give an expression of cues of tense; one that begins with a star stands for every word with its ending."""
    if not words:
        return None
    whole, endings = [w for w in words if w[0] != "*"], sorted(w[1:] for w in words if w[0] == "*")
    if data.boundaries != "both":
        return re.compile(alternation(whole))
    typed = alternation(f"{plain}'" for word in whole if (plain := unaccented(word)) != word) if data.typed else "(?!)"
    ended = "|".join(f"(?<={_STEM}{re.escape(ending)})" for ending in endings)
    ended = rf"|(?>{LETTER}+)(?:{ended})" if ended else ""
    return re.compile(f"{WORD_BEFORE}(?:{typed}|{alternation(whole)}{WORD_AFTER}{ended})")


_GAP = "…"  # in a cue of two parts: where the phrase stands
_FRAME = 12  # characters of such a part
_STOPS = "。."  # a text may end without one
_STEM = r"[^\s\d_]{3}"  # letters before an ending: shorter words are names ("Irán") or listed ("será")
