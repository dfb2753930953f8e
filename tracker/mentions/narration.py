"""What the order of telling says: news of the day, and dates carried from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from tracker import edtf
from tracker.edtf import Precision
from tracker.mentions.lexicon import Found
from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Clause, Sentence
from tracker.mentions.status import Standing
from tracker.mentions.triggers import STATEMENT
from tracker.mentions.when import published
from tracker.types import Anchor, EventMention, MentionDate, Status, TimeMention

__all__ = ["GENERIC", "LEAD", "NEWS_DAY", "Thread", "is_news", "names_year", "news_day", "planned_ahead"]

GENERIC = "event"
NEWS_DAY = "the day the text names"  # a rule
LEAD = 3  # sentences in which the news of an article stands
_DAYS = (Precision.DAY, Precision.TIME)
_NEAR = 2  # sentences after which a date is no longer carried on
_OPENING = 5  # sentences of a news text that tell of its day
_NAMED_IN = 4  # sentences in which a text names its day
_NAMED, _ONLY = 0.4, 0.3  # the weight of that day for what is told without one; of the only late day a text names
_LATELY = 3  # days before publication of which a headline still tells
_SHARED = 2  # words with a meaning of their own
_COARSE = 92  # days; a season is still a time to tell
_PRESENT, _PAST = 31, 90  # days from a time told to the report: of its own time, of an earlier one
_BACK = 3  # sentences for which a look back goes on
_CARRIED = 0.3  # the weight of a carried date


@dataclass(slots=True)
class Thread:
    """The thread of a story: a happening told without a date of its own happened about when the one told just before did.

    In the opening of a news text, where nothing was dated yet, that is the day the text names (``news``), else the day of
    publication.
    """

    news: MentionDate | None = None
    last: MentionDate | None = None
    sentence: int = -1
    back: Sentence | None = None  # the last one that looked back to an earlier time
    titles: frozenset[str] = frozenset()  # types of event the headline names
    dated: list[EventMention] = field(default_factory=list)  # what was told with a day so far

    def today(self, dct: date) -> MentionDate:
        """Give the day of the news: as the text names it, else the day of publication."""
        return self.news or published(dct)

    def look(self, scene: Scene, sentence: Sentence) -> None:
        """Note whether a sentence looks back to an earlier time or comes back to that of the report, before it is read."""
        if scene.field != "text" or scene.dct is None:
            return
        times = [t.edtf for t in scene.times_in(sentence.start, sentence.end) if t.edtf and not t.bound]
        days = [(scene.dct - value.latest).days for value in times if value.earliest and value.latest]
        if any(day <= _PRESENT for day in days):
            self.back = None
        elif any(day >= _PAST for day in days):
            self.back = sentence

    def _looks_back(self, scene: Scene, sentence: Sentence) -> bool:
        """Tell whether a sentence without a day goes on with what lies back, in the same paragraph."""
        if self.back is None or self.back.number <= self.sentence or sentence.number - self.back.number > _BACK:
            return False
        return "\n" not in scene.text[self.back.end : sentence.start]

    def follow(self, mention: EventMention, sentence: int) -> None:
        """Remember what a mention says of those that follow: its date, and a headline's type."""
        if mention.field == "title":
            self.titles |= {mention.type}
        date_ = mention.date
        if date_ is None or date_.edtf is None or date_.edtf.precision not in _DAYS:
            return
        self.dated.append(mention)
        counted_later = (
            mention.type == "death_toll"
        )  # what follows happened with the disaster, not on the day of counting
        if mention.field == "text" and mention.status is Status.OCCURRED and not counted_later:
            self.last, self.sentence = date_, sentence

    def date(self, scene: Scene, sentence: Sentence, clause: Clause, at: Found, stands: Standing) -> MentionDate | None:
        """Give the date a happening takes over; None for what is no happening, or one of an earlier time."""
        told = stands.status in (Status.OCCURRED, Status.ONGOING, Status.ALLEGED) and not stands.negated
        if not told or at.label in (STATEMENT, GENERIC) or scene.field != "text" or scene.dct is None:
            return None
        if scene.lexicon.find("clauses.earlier", scene.folded, clause.start, clause.end):
            return None
        if self._looks_back(scene, sentence):
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
        return self.today(scene.dct) if sentence.number < _OPENING else None


def news_day(scene: Scene, heading: Scene) -> MentionDate | None:
    """Find the day a text tells of: the first of the last few days that its opening names.

    Else the only one it names at all, if it stands in a sentence that tells of the headline's matter.
    """
    end = max((s.end for s in scene.sentences if s.number < _NAMED_IN), default=0)
    late = [time for time in scene.times if _is_late(time, scene.dct)]
    opening = next((time for time in late if time.start < end), None)
    if opening is not None:
        return _of_news(opening, _NAMED)
    if len({time.edtf for time in late}) == 1 and any(_of_headline(time, scene, heading) for time in late):
        return _of_news(late[0], _ONLY)
    return None


def _of_headline(time: TimeMention, scene: Scene, heading: Scene) -> bool:
    """Tell whether the sentence around a time shares words with the headline."""
    words = heading.lexicon.content(heading.folded, 0, len(heading.folded))
    around = next((s for s in scene.sentences if s.start <= time.start < s.end), None)
    if around is None or around.aside:
        return False
    return len(set(words) & set(scene.lexicon.content(scene.folded, around.start, around.end))) >= _SHARED


def _is_late(time: TimeMention, dct: date | None) -> bool:
    value = time.edtf
    if dct is None or value is None or value.precision not in _DAYS or value.earliest is None or time.bound:
        return False
    if time.rule == "clock":
        return False  # an hour names no day
    return time.anchor in (Anchor.DCT, Anchor.EXPLICIT) and 0 <= (dct - value.earliest).days <= _LATELY


def _of_news(time: TimeMention, weight: float) -> MentionDate | None:
    if time.edtf is None or time.edtf.earliest is None:
        return None
    about = edtf.day(time.edtf.earliest, qualifier="~")
    return MentionDate(about, time.anchor, NEWS_DAY, weight, time.text, time.start, time.end)


def planned_ahead(stands: Standing, when: MentionDate | None, dct: date | None) -> Standing:
    """What is told without a cue, or as if it were going on, and lies ahead of its report is a plan: "the term ends on 20 May"."""
    value = when.edtf if when else None
    if value is None or dct is None or stands.status not in (Status.OCCURRED, Status.ONGOING) or stands.certain:
        return stands
    first = value.earliest or value.latest  # "by the end of March"
    ahead = first is not None and first > dct and (stands.status is Status.OCCURRED or value.days == 1)
    return replace(stands, status=Status.PLANNED, cue="a day ahead of the report") if ahead else stands


def names_year(when: MentionDate, dct: date) -> bool:
    """Tell whether a date says no more than the report's own year: "World Cup 2026: …" is news of a day all the same."""
    value = when.edtf
    if value is None or value.earliest is None or value.latest is None:
        return False
    return (value.days or 0) > _COARSE and value.earliest <= dct <= value.latest


def is_news(scene: Scene, sentence: Sentence, at: Found, stands: Standing, thread: Thread) -> bool:
    """Tell whether an undated clause is the news of the day: the headline, or what opens the text and the headline names.

    Without a headline, or with one that no known word names, the first sentence counts, if it says that something has happened.
    """
    if stands.status not in (Status.OCCURRED, Status.ONGOING, Status.ALLEGED) or stands.negated or sentence.asks:
        return False
    if scene.field == "title":
        return True
    if at.label == GENERIC:
        return sentence.number == 0 and bool(stands.cue)
    if scene.article.title:
        named = at.label in thread.titles or (not sentence.number and stands.certain and thread.titles <= {GENERIC})
        return sentence.number < LEAD and named
    return sentence.number == 0 and stands.certain
