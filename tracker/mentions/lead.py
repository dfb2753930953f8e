"""The event an article is about: which of its mentions it is, and what the headline and the text lend each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.mentions.narration import GENERIC, LEAD, NEWS_DAY
from tracker.mentions.publish import is_of_the_day
from tracker.mentions.scene import Scene
from tracker.mentions.triggers import STATEMENT
from tracker.mentions.where import whereabouts
from tracker.types import EventMention, Field, Status

__all__ = ["headline_dated", "lead_placed", "salience", "with_lead", "without_spare"]

_FULL_WEIGHT = 8  # sentences after the title that count fully (events.md, section 2)
_AFAR = 10  # days
_BESIDE = 1  # days between the news of a headline and what the text tells of it
_SHARED_WORDS = 2
_LESS = {STATEMENT: 0.3, GENERIC: 0.1}  # taken off the salience of what seldom is the news itself
_UNDATED = 0.2
_TOLD_BELOW = 0.9  # of the weight, for a headline dated by the text below it


def salience(field: Field, number: int) -> float:
    """Give how much an article is about a sentence of it, 0..1."""
    if field == "title":
        return 1.0
    return round(max(0.2, 0.9 - 0.7 * number / _FULL_WEIGHT), 3)


def headline_dated(found: Sequence[EventMention]) -> list[EventMention]:
    """Give a headline without a date of its own the date that the opening of the text gives the same event."""
    return [_with_date_of_text(mention, found) for mention in found]


def _with_date_of_text(mention: EventMention, found: Sequence[EventMention]) -> EventMention:
    if mention.field != "title" or (mention.date is not None and mention.date.phrase and mention.date.field == "title"):
        return mention
    source = next((m for m in found if _tells_headline(m, mention)), None)
    if source is None or source.date is None:
        return mention
    date_ = replace(source.date, weight=round(source.date.weight * _TOLD_BELOW, 3))
    line = f"date {date_.edtf} from {date_.phrase!r} in the text, which tells the same"
    return replace(mention, date=date_, trace=(*mention.trace, line))


def _tells_headline(body: EventMention, title: EventMention) -> bool:
    same = body.field == "text" and body.type == title.type and body.status == title.status
    if not (same and body.date is not None and body.date.phrase and _opens(body)):
        return False
    named = title.date is not None and title.date.rule == NEWS_DAY  # what lies further back is not that news
    return not named or _beside(body, title)


def _beside(one: EventMention, other: EventMention) -> bool:
    """Tell whether two dates lie no more than a day from each other."""
    a, b = (mention.date.edtf.earliest if mention.date and mention.date.edtf else None for mention in (one, other))
    return a is None or b is None or abs((a - b).days) <= _BESIDE


def without_spare(found: Sequence[EventMention], dct: date | None) -> list[EventMention]:
    """Leave out news that no word names the kind of where the headline or the opening tells an event by word.

    Of a headline and a first sentence that both tell it the headline stays, unless the text says with more care how sure it is.
    """
    told = [m for m in found if m.type not in (GENERIC, STATEMENT) and _opens(m) and not _far(m, dct)]
    spare = [m for m in found if m.type == GENERIC and is_of_the_day(m)]
    bare = {m.field for m in spare if any(_alike(m, other) and _same_days(m, other) for other in told)}
    careful = next((m for m in spare if m.field == "text" and m.status is not Status.OCCURRED), None)
    headline = any(m.field == "title" for m in found)
    if headline:
        bare.add("title" if careful and any(m.field == "title" for m in spare) else "text")
    return [m for m in found if m not in spare or m.field not in bare]


def _alike(one: EventMention, other: EventMention) -> bool:
    """Tell whether two mentions of an article name the same person, or share words."""
    actors = {actor.key for actor in one.who} & {actor.key for actor in other.who}
    return bool(actors) or len(set(one.tokens) & set(other.tokens)) >= _SHARED_WORDS


def _same_days(one: EventMention, other: EventMention) -> bool:
    a, b = (mention.date.edtf if mention.date else None for mention in (one, other))
    return a is None or b is None or a.overlaps(b)


def _opens(mention: EventMention) -> bool:
    return mention.salience >= salience("text", LEAD)


def with_lead(found: Sequence[EventMention], dct: date | None) -> tuple[EventMention, ...]:
    """Mark the one mention an article is mainly about.

    The headline's, else the earliest of those that happened lately; statements and what lies far back only if nothing else is told.
    (Preferring sentences that share words with the headline made the day of the lead wrong more often.)
    """
    if not found:
        return ()

    def rank(n: int) -> tuple[object, ...]:
        mention = found[n]
        less = _LESS.get(mention.type, 0.0) + (_UNDATED if mention.date is None else 0.0)
        return _far(mention, dct), less - mention.salience, n

    best = min(range(len(found)), key=rank)
    return tuple(replace(mention, lead=n == best) for n, mention in enumerate(found))


def lead_placed(found: Sequence[EventMention], text: Scene) -> tuple[EventMention, ...]:
    """Give a lead that names no place the surest one its text's opening names, the dateline's among them.

    Else the one the text names most, if it comes back to it.
    """
    end = max((s.end for s in text.sentences if s.number < LEAD), default=0)
    places = whereabouts(text.folded, 0, end, text.hits, text.lexicon).places[:1]
    often = Counter(hit.place for hit in text.hits).most_common(1)
    if not places and often and often[0][1] > 1:
        places = (often[0][0],)
    line = f"place {places[0].name} from the text" if places else ""
    return tuple(
        replace(m, where=places, trace=(*m.trace, line)) if m.lead and places and not m.where and _opens(m) else m
        for m in found
    )


def _far(mention: EventMention, dct: date | None) -> bool:
    """Tell whether a mention lies over ten days from its report, or in no clear time at all."""
    value = mention.date.edtf if mention.date else None
    if dct is None or value is None:
        return False
    return (
        value.earliest is None
        or value.latest is None
        or abs((value.latest - dct).days) > _AFAR
        or (value.days or 0) > _AFAR
    )
