"""When a mention happened: which of the times spoken of belongs to it, and with how much weight.

Order: a date in its clause, the only one of its sentence, the publication day for the news of the lead. What someone
said on Tuesday is not dated by the saying, a plan is never dated by its report, and a time that does not fit the standing
of its event ("was held … by the end of the year") dates something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker import edtf
from tracker.edtf import Edtf, Precision
from tracker.mentions.fitting import fitted
from tracker.mentions.lexicon import Found
from tracker.mentions.scene import Scene
from tracker.mentions.status import Standing
from tracker.types import Anchor, MentionDate, Status, TimeMention

__all__ = ["Stretch", "dated", "published", "said_on"]

# events.md, section 4
_WEIGHTS = {
    Anchor.EXPLICIT: 1.0, Anchor.DCT: 0.8, Anchor.HOLIDAY: 0.8, Anchor.NARRATIVE: 0.8, Anchor.PREVIOUS: 0.5,
    Anchor.EVENT: 0.5, Anchor.PUBLISHED: 0.2,
}  # fmt: skip
_ASIDE = 0.7  # of the weight, for a date of the sentence that stands in another clause
_SAYING_REACH = 28  # characters between a word of saying and the day of saying it
_WIDEST_DAYS = 366 * 10  # a century dates no event
_JOINED_WORDS = 3  # "and early on"
_ACCORDING = "speech.according"  # a label
_PARTING = ",;:،؛，；：、"  # they part what was said from who said it
_COARSE = 92  # days
_UNPLANNED = frozenset(
    {"quake", "eruption", "flood", "landslide", "fire", "accident", "explosion", "death", "death_toll", "crime"}
)
_DAYS = (Precision.DAY, Precision.TIME)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where to look: the clause within its sentence, the trigger (None: no word names the event), the words of saying."""

    sentence: tuple[int, int]
    clause: tuple[int, int]
    trigger: Found | None
    said: tuple[Found, ...]

    @property
    def at(self) -> int:
        return self.trigger.start if self.trigger else self.clause[0]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A time with the value it gives the event."""

    time: TimeMention
    value: Edtf


def dated(stretch: Stretch, scene: Scene, stands: Standing) -> MentionDate | None:
    """Choose the date a clause gives its event; None where it gives none."""
    lexicon, folded = scene.lexicon, scene.folded
    planned = any(cue.label == "planned" for cue in lexicon.status(folded, *stretch.clause))
    sure = stretch.trigger is not None or not planned
    unplanned = stretch.trigger is not None and stretch.trigger.label in _UNPLANNED
    inside = [t for t in scene.times_in(*stretch.sentence) if _within(t, stretch.sentence) and _usable(t)]
    saying = _of_saying(inside, stretch, scene)
    fitting = [
        _Choice(time, value)
        for time in inside
        if not _of_a_plan(time, stretch, scene, stands)
        and (value := fitted(time, stands, scene.dct, sure=sure, unplanned=unplanned)) is not None
    ]
    if stretch.said and stands.status is not Status.PLANNED:
        fitting = [
            choice for choice in fitting if choice.value.earliest is not None
        ]  # "told her not to wait until May"
    done = [choice for choice in fitting if choice.time.start not in saying]
    fitting = done if done or stretch.trigger else fitting  # where no word names an event, the saying is one
    own = [choice for choice in fitting if _within(choice.time, stretch.clause)]
    if own:
        return _as_date(_joined(_best(own, stretch, scene), own, scene), 1.0)
    unfit = any(
        _within(time, stretch.clause) and time.start not in saying for time in inside
    )  # a day that is none of its own
    if len({choice.value.text for choice in fitting}) == 1 and not unfit:
        return _as_date(_best(fitting, stretch, scene), _ASIDE)
    return None


def said_on(stretch: Stretch, scene: Scene) -> MentionDate | None:
    """Give the one day on which what a sentence tells was only said, if it names one."""
    inside = [t for t in scene.times_in(*stretch.sentence) if _within(t, stretch.sentence) and _usable(t)]
    starts = _of_saying(inside, stretch, scene)
    days = [_Choice(t, t.edtf) for t in inside if t.start in starts and t.edtf and t.edtf.precision in _DAYS]
    return _as_date(days[0], _ASIDE) if len(days) == 1 else None


def published(day: date) -> MentionDate:
    """Date the news of a lead by its publication day: likely, and weak."""
    return MentionDate(edtf.day(day, qualifier="~"), Anchor.PUBLISHED, "publication day", _WEIGHTS[Anchor.PUBLISHED])


def _usable(time: TimeMention) -> bool:
    """Tell whether a time can date an event: on the calendar, not too wide, no clock of its own."""
    value = time.edtf
    if value is None or (time.clock and time.anchor is not Anchor.EXPLICIT and time.rule == "clock"):
        return False
    return value.days is None or value.days <= _WIDEST_DAYS


def _within(time: TimeMention, span: tuple[int, int]) -> bool:
    return span[0] <= time.start and time.end <= span[1]


def _of_saying(times: Sequence[TimeMention], stretch: Stretch, scene: Scene) -> frozenset[int]:
    """Give the starts of the days on which something was only said: for each word of saying the time nearest to it.

    It must stand nearer to the saying than to the event's own word, with no verb in between that begins what is said
    ("nach Angaben der Polizei wurden am Montag …"), and not behind a word like "göre" that closes who says so.
    """
    folded, days = scene.folded, set()
    for word in stretch.said:
        if word.start == stretch.at or not times:
            continue
        gap, time = min(((_gap(time, word), time) for time in times), key=lambda item: (item[0], item[1].start))
        between = folded[min(time.end, word.end) : max(time.start, word.start)]
        if any(mark in between for mark in _PARTING):
            continue  # "… will visit Ankara on 20 May, the ministry said": the day is the visit's
        if word.label == _ACCORDING and time.start >= word.end and _said_begins(word, between, time, stretch, scene):
            continue
        if gap <= min(_SAYING_REACH, abs(time.start - stretch.at) - 1):
            days.add(time.start)
    return frozenset(days)


def _said_begins(word: Found, between: str, time: TimeMention, stretch: Stretch, scene: Scene) -> bool:
    """Tell whether what is said begins between a word for "according to" and a time behind it."""
    lexicon, folded = scene.lexicon, scene.folded
    opens = max((low for low in (stretch.sentence[0], stretch.clause[0]) if low <= word.start), default=word.start)
    if lexicon.status(folded, opens, word.start) or lexicon.status(folded, word.end, time.start):
        return True
    return not between.strip() and word.start > stretch.sentence[0]


def _gap(time: TimeMention, word: Found) -> int:
    return min(abs(time.start - word.end), abs(word.start - time.end))


def _of_a_plan(time: TimeMention, stretch: Stretch, scene: Scene, stands: Standing) -> bool:
    """Tell whether a day ahead stands behind the cue of a plan that is not the event: "discussed a law due on 3 June"."""
    value, dct = time.edtf, scene.dct
    if stretch.trigger is None or stands.status is Status.PLANNED or value is None or dct is None:
        return False
    if (value.earliest or date.min) <= dct or time.start < stretch.trigger.end:
        return False
    return any(cue.label == "planned" for cue in scene.lexicon.status(scene.folded, stretch.trigger.end, time.start))


def _best(choices: Sequence[_Choice], stretch: Stretch, scene: Scene) -> _Choice:
    """Choose the surest: closed before open, an anchor of its own before a borrowed one, no year where a day stands, the nearest."""

    def rank(choice: _Choice) -> tuple[object, ...]:
        low, high = sorted((choice.time.start, stretch.at))
        borders = len(scene.lexicon.find("clauses.borders", scene.folded, low, high)) if stretch.trigger else 0
        firm = _WEIGHTS[choice.time.anchor] // 0.4
        coarse = (choice.value.days or 0) > _COARSE  # "the budget of 2025", where a day is told too
        return choice.value.days is None, -firm, coarse, borders, high - low

    return min(choices, key=rank)


def _joined(chosen: _Choice, own: Sequence[_Choice], scene: Scene) -> _Choice:
    """Join two neighbouring days that stand side by side: "on the evening of 1 May and early on 2 May"."""
    for other in own:
        first, second = sorted((chosen, other), key=lambda choice: choice.time.start)
        a, b = first.value, second.value
        if a.precision not in _DAYS or b.precision not in _DAYS or a.earliest is None or b.earliest is None:
            continue
        joins = scene.lexicon.find("joins", scene.folded, first.time.end, second.time.start)
        between = scene.folded[first.time.end : second.time.start]
        beside = len(joins) == 1 and not between[: joins[0].start - first.time.end].strip()
        if beside and len(between.split()) <= _JOINED_WORDS and (b.earliest - a.earliest).days == 1:
            return _Choice(chosen.time, edtf.span(a.earliest, b.earliest))
    return chosen


def _as_date(choice: _Choice, factor: float) -> MentionDate:
    time = choice.time
    weight = round(_WEIGHTS[time.anchor] * factor, 3)
    return MentionDate(choice.value, time.anchor, time.rule, weight, time.text, time.start, time.end, time.field)
