"""When a mention happened: which of the times spoken of belongs to it, and with how much weight.

Order: a date in its clause, the only one of its sentence, the publication day for the news of the lead. What someone
said on Tuesday is not dated by the saying, and a plan is never dated by its report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker import edtf
from tracker.edtf import Edtf
from tracker.mentions.lexicon import Found
from tracker.types import Anchor, Field, MentionDate, Status, TimeMention

__all__ = ["Stretch", "dated", "published"]

# events.md, section 4
_WEIGHTS = {
    Anchor.EXPLICIT: 1.0, Anchor.DCT: 0.8, Anchor.HOLIDAY: 0.8, Anchor.NARRATIVE: 0.8, Anchor.PREVIOUS: 0.5,
    Anchor.EVENT: 0.5, Anchor.PUBLISHED: 0.2,
}  # fmt: skip
_ASIDE = 0.7  # of the weight, for a date of the sentence that stands in another clause
_SAYING_REACH = 28  # characters between a word of saying and the day of saying it
_PARTING = ",;:،؛，；：、"  # marks that part what was said from who said it
_WIDEST_DAYS = 366 * 10  # a century dates no event


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where to look: the clause within its sentence, the trigger, the words of saying."""

    field: Field
    sentence: tuple[int, int]
    clause: tuple[int, int]
    trigger: int
    said: tuple[Found, ...]
    others: bool  # other events are told in the same sentence


def dated(
    stretch: Stretch, times: Sequence[TimeMention], status: Status, dct: date | None, folded: str
) -> MentionDate | None:  # fmt: skip
    """Choose the date a clause gives its event; None where it gives none."""
    inside = [t for t in times if t.field == stretch.field and _within(t, stretch.sentence) and _usable(t)]
    saying = _of_saying(inside, stretch, folded)
    own = [t for t in inside if _within(t, stretch.clause) and t.start not in saying]
    if chosen := _best(own, stretch, status, dct):
        return _as_date(chosen, 1.0)
    aside = [t for t in inside if not _within(t, stretch.clause) and t.start not in saying]
    distinct = {t.edtf.text for t in aside if t.edtf}
    if len(distinct) == 1 and (chosen := _best(aside, stretch, status, dct)):
        return _as_date(chosen, _ASIDE)
    return None


def published(day: date) -> MentionDate:
    """Date the news of a lead by its publication day: likely, and weak."""
    return MentionDate(edtf.day(day, qualifier="~"), Anchor.PUBLISHED, "publication day", _WEIGHTS[Anchor.PUBLISHED])


def _usable(time: TimeMention) -> bool:
    """Tell whether a time can date an event: on the calendar, no mere bound, not too wide, no clock of its own."""
    value = time.edtf
    if value is None or time.bound or (time.clock and time.anchor is not Anchor.EXPLICIT and time.rule == "clock"):
        return False
    return value.days is None or value.days <= _WIDEST_DAYS


def _within(time: TimeMention, span: tuple[int, int]) -> bool:
    return span[0] <= time.start and time.end <= span[1]


def _of_saying(times: Sequence[TimeMention], stretch: Stretch, folded: str) -> frozenset[int]:
    """Give the starts of the days on which something was only said: for each word of saying the time nearest to it.

    It must stand nearer to the saying than to the event's own word.
    """
    days = set()
    for word in stretch.said:
        if word.start == stretch.trigger or not times:
            continue
        gap, time = min(((_gap(time, word), time) for time in times), key=lambda item: (item[0], item[1].start))
        between = folded[min(time.end, word.end) : max(time.start, word.start)]
        if any(mark in between for mark in _PARTING):
            continue  # "… will visit Ankara on 20 May, the ministry said": the day is the visit's
        if gap <= min(_SAYING_REACH, abs(time.start - stretch.trigger) - 1):
            days.add(time.start)
    return frozenset(days)


def _gap(time: TimeMention, word: Found) -> int:
    return min(abs(time.start - word.end), abs(word.start - time.end))


def _best(times: Sequence[TimeMention], stretch: Stretch, status: Status, dct: date | None) -> TimeMention | None:
    fitting = [t for t in times if t.edtf and _fits(t.edtf, status, dct)]
    if not fitting:
        return None
    return min(fitting, key=lambda t: (-_WEIGHTS[t.anchor] // 0.4, abs(t.start - stretch.trigger)))


def _fits(value: Edtf, status: Status, dct: date | None) -> bool:
    """Refuse a plan in the past. (What is told as done and lies ahead becomes a plan elsewhere.)"""
    if dct is None or value.latest is None:
        return True
    return not (status is Status.PLANNED and value.latest < dct)


def _as_date(time: TimeMention, factor: float) -> MentionDate:
    return MentionDate(
        time.edtf,
        time.anchor,
        time.rule,
        round(_WEIGHTS[time.anchor] * factor, 3),
        time.text,
        time.start,
        time.end,
        time.field,
    )
