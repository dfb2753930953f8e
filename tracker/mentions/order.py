"""What happened before or after something else: "a day before she took office", "after the session".

An order bounds a date; only with a stated distance ("two days after …") does it give one. What is bounded by a day within
the same story is told as about that day, or as the days from it to the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker import edtf
from tracker.edtf import Edtf, Precision
from tracker.mentions.scene import Scene
from tracker.mentions.status import Standing
from tracker.mentions.when import Stretch
from tracker.types import Anchor, EventMention, MentionDate, Status, TimeMention

__all__ = ["offset", "ordered", "related"]

_DAYS = (Precision.DAY, Precision.TIME)
_DURATION = re.compile(r"P(?P<count>[0-9]{1,3})(?P<unit>[DW])")
_BESIDE = 2  # characters between a duration, or a date, and the words it belongs to
_WEEK = 7
_NEAR = 7  # days from an event to its report for "after it" to mean the days between
_OFFSET, _BOUNDED = 0.7, 0.3  # weights


def related(stretch: Stretch, scene: Scene) -> TimeMention | None:
    """Give the phrase of order whose event is the clause's own, if it has no date of its own."""
    if stretch.trigger is None:
        return None
    for relation in _relations(scene, stretch.sentence):
        low, high = _event(relation)
        if _first(scene, low, high) == stretch.trigger.start:
            days = [time for time in scene.times_in(low - _BESIDE, high + _BESIDE + 1) if _day(time.edtf)]
            return None if any(low - _BESIDE <= time.start <= high + _BESIDE for time in days) else relation
    return None


def _first(scene: Scene, low: int, high: int) -> int:
    """Find the first word in a phrase's event that names one: the rest of a long phrase is what came after it. -1: none."""
    return next((found.start for found in scene.lexicon.triggers(scene.folded, low, high)), -1)


def offset(
    relation: TimeMention, stretch: Stretch, scene: Scene, stands: Standing, today: MentionDate | None
) -> MentionDate | None:  # fmt: skip
    """Date what a phrase of order names by the day of its sentence: "on 19 May, a day before Sari took office".

    Where the sentence has none, a stated distance counts from the day of the story (``today``). Without a stated distance
    the day is an approximate one of what happened, and says nothing of what is planned.
    """
    distance = _distance(relation, scene)
    days = [
        time for time in scene.times_in(*stretch.sentence)
        if stretch.sentence[0] <= time.start and time.end <= stretch.sentence[1] and _day(time.edtf) and not time.bound
    ]  # fmt: skip
    main = [time for time in days if time.end <= relation.start][-1:] or [t for t in days if t.start >= relation.end]
    if distance is None and (stands.status is Status.PLANNED or not main):
        return None
    if main and main[0].edtf and main[0].edtf.earliest:
        return _moved(main[0], main[0].edtf.earliest, relation, distance)
    if distance is None or today is None or today.edtf is None or today.edtf.earliest is None:
        return None
    day = edtf.shift(today.edtf.earliest, days=_sign(relation) * distance)
    return replace(
        today, edtf=edtf.day(day, qualifier="~"), anchor=Anchor.EVENT, rule=f"{relation.bound} the day of the story"
    )


def ordered(
    stretch: Stretch, scene: Scene, stands: Standing, told: Sequence[EventMention]
) -> MentionDate | None:  # fmt: skip
    """Bound what happened after or before an event told earlier in the article: "after the session she flew to Bonn"."""
    dct = scene.dct
    if stands.status is not Status.OCCURRED or stands.negated or dct is None:
        return None
    for relation in _relations(scene, stretch.clause):
        low, high = _event(relation)
        if stretch.trigger is not None and _first(scene, low, high) == stretch.trigger.start:
            continue
        labels = {found.label for found in scene.lexicon.triggers(scene.folded, low, high)[:1]}
        source = next((m for m in reversed(told) if m.type in labels and m.date and _day(m.date.edtf)), None)
        if source is None or source.date is None or source.date.edtf is None or source.date.edtf.earliest is None:
            continue
        day, distance = source.date.edtf.earliest, _distance(relation, scene)
        about = edtf.day(edtf.shift(day, days=-_sign(relation) * (distance or 0)), qualifier="~")
        if distance is None and relation.bound == "after" and 0 <= (dct - day).days <= _NEAR:
            about = edtf.window(day, dct)
        return replace(
            source.date, edtf=about, anchor=Anchor.EVENT, rule=f"{relation.bound} {relation.bound_by!r}",
            weight=min(_BOUNDED, source.date.weight),
        )  # fmt: skip
    return None


def _relations(scene: Scene, span: tuple[int, int]) -> list[TimeMention]:
    return [item for item in scene.orders if span[0] <= item.start and item.end <= span[1]]


def _event(relation: TimeMention) -> tuple[int, int]:
    """Give the stretch of the event's own words within a relation: they stand at its end, or at its beginning."""
    length = len(relation.bound_by)
    if relation.text.endswith(relation.bound_by):
        return relation.end - length, relation.end
    return relation.start, relation.start + length


def _day(value: Edtf | None) -> bool:
    return value is not None and value.precision in _DAYS


def _distance(relation: TimeMention, scene: Scene) -> int | None:
    """Give the days that a duration in front of a word of order states, or the phrase itself."""
    for time in (relation, *scene.times):
        if time is relation and time.timex_type == "DURATION":
            return int(time.timex_value[1:-1])
        if time.timex_type == "DURATION" and 0 <= relation.start - time.end <= _BESIDE:
            match = _DURATION.fullmatch(time.timex_value)
            return int(match["count"]) * (_WEEK if match["unit"] == "W" else 1) if match else None
    return None


def _moved(time: TimeMention, day: date, relation: TimeMention, distance: int | None) -> MentionDate:
    value = (
        edtf.day(day, qualifier="~") if distance is None else edtf.day(edtf.shift(day, days=_sign(relation) * distance))
    )
    rule = f"{relation.bound} the day of its sentence"
    weight = _BOUNDED if distance is None else _OFFSET
    return MentionDate(value, Anchor.EVENT, rule, weight, time.text, time.start, time.end, time.field)


def _sign(relation: TimeMention) -> int:
    """The main event is after the bounding one: that lies earlier; or before it: then later."""
    return -1 if relation.bound == "after" else 1
