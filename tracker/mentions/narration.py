"""What the order of telling says: news of the day, dates carried from sentence to sentence, the event an article is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker import edtf
from tracker.edtf import Precision
from tracker.mentions.lexicon import Found
from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Clause, Sentence
from tracker.mentions.status import Standing
from tracker.mentions.triggers import STATEMENT
from tracker.mentions.when import published
from tracker.types import Anchor, EventMention, Field, MentionDate, Status

__all__ = [
    "GENERIC",
    "LEAD",
    "Thread",
    "headline_dated",
    "is_news",
    "news_day",
    "planned_ahead",
    "salience",
    "with_lead",
]

GENERIC = "event"
LEAD = 3  # sentences in which the news of an article stands
_FULL_WEIGHT = 8  # sentences after the title that count fully (events.md, section 2)
_DAYS = (Precision.DAY, Precision.TIME)
_NEAR = 2  # sentences after which a date is no longer carried on
_OPENING = 5  # sentences of a news text that tell of its day
_NAMED_IN = 4  # sentences in which a text names its day
_NAMED = 0.4  # the weight of that day for what is told without one
_AFAR = 10  # days
_LATELY = 3  # days before publication of which a headline still tells
_CARRIED = 0.3  # the weight of a carried date
_TOLD_BELOW = 0.9  # of the weight, for a headline dated by the text below it


@dataclass(slots=True)
class Thread:
    """The thread of a story: a happening told without a date of its own happened about when the one told just before did.

    In the opening of a news text, where nothing was dated yet, that is the day its first sentences name (``news``), else the
    day of publication.
    """

    news: MentionDate | None = None
    last: MentionDate | None = None
    sentence: int = -1
    titles: frozenset[str] = frozenset()  # types of event the headline names

    def today(self, dct: date) -> MentionDate:
        """Give the day of the news: as the opening names it, else the day of publication."""
        return self.news or published(dct)

    def follow(self, mention: EventMention, sentence: int) -> None:
        """Remember what a mention says of those that follow: its date, and a headline's type."""
        if mention.field == "title":
            self.titles |= {mention.type}
        date_ = mention.date
        day = date_ is not None and date_.edtf is not None and date_.edtf.precision in _DAYS
        if mention.field == "text" and mention.status is Status.OCCURRED and day:
            self.last, self.sentence = date_, sentence

    def date(self, scene: Scene, sentence: Sentence, clause: Clause, at: Found, stands: Standing) -> MentionDate | None:
        """Give the date a happening takes over; None for what is no happening, or one of an earlier time."""
        told = stands.status is Status.OCCURRED and not stands.negated and at.label not in (STATEMENT, GENERIC)
        if not told or scene.field != "text" or scene.article.dct is None:
            return None
        if scene.lexicon.find("clauses.earlier", scene.folded, clause.start, clause.end):
            return None
        if (
            self.last is not None
            and self.last.edtf
            and self.last.edtf.earliest
            and sentence.number - self.sentence <= _NEAR
        ):
            about = edtf.day(self.last.edtf.earliest, qualifier="~")
            weight = min(_CARRIED, self.last.weight)
            return replace(self.last, edtf=about, anchor=Anchor.PREVIOUS, rule="told after it", weight=weight)
        return self.today(scene.article.dct) if sentence.number < _OPENING else None


def news_day(scene: Scene) -> MentionDate | None:
    """Find the day a text's opening tells of: the first day of the last few that its first sentences name."""
    dct = scene.article.dct
    end = max((s.end for s in scene.sentences if s.number < _NAMED_IN), default=0)
    for time in scene.times:
        value = time.edtf
        if dct is None or time.start >= end:
            return None
        day = value.earliest if value is not None and value.precision in _DAYS and not time.bound else None
        if day is not None and time.anchor in (Anchor.DCT, Anchor.EXPLICIT) and 0 <= (dct - day).days <= _LATELY:
            about = edtf.day(day, qualifier="~")
            return MentionDate(about, time.anchor, "the day the opening names", _NAMED, time.text, time.start, time.end)
    return None


def planned_ahead(stands: Standing, when: MentionDate | None, dct: date | None) -> Standing:
    """What is told without a cue and lies ahead of its report is a plan."""
    value = when.edtf if when else None
    if value is None or dct is None or value.earliest is None or stands.status is not Status.OCCURRED or stands.certain:
        return stands
    return replace(stands, status=Status.PLANNED, cue="a day ahead of the report") if value.earliest > dct else stands


def is_news(scene: Scene, sentence: Sentence, at: Found, stands: Standing, thread: Thread) -> bool:
    """Tell whether an undated clause is the news of the day: the headline, or what opens the text and the headline names.

    Without a headline the first sentence counts, if it says that something has happened.
    """
    if stands.status not in (Status.OCCURRED, Status.ALLEGED) or stands.negated or at.label == GENERIC:
        return False
    if scene.field == "title":
        return not sentence.asks
    if scene.article.title:
        return sentence.number < LEAD and at.label in thread.titles
    return sentence.number == 0 and stands.certain


def salience(field: Field, number: int) -> float:
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
    return same and body.date is not None and bool(body.date.phrase) and body.salience >= salience("text", LEAD)


def with_lead(found: Sequence[EventMention], dct: date | None) -> tuple[EventMention, ...]:
    """Mark the one mention an article is mainly about.

    The headline's, else the earliest of those that happened lately; statements and what lies far back only if nothing else is told.
    (Preferring sentences that share words with the headline made the day of the lead wrong more often.)
    """
    if not found:
        return ()

    def rank(n: int) -> tuple[object, ...]:
        mention = found[n]
        return _far(mention, dct), mention.type in (STATEMENT, GENERIC), -mention.salience, n

    best = min(range(len(found)), key=rank)
    return tuple(replace(mention, lead=n == best) for n, mention in enumerate(found))


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
