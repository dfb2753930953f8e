"""What a time says about an event of a certain standing: taken as it is, moved by a week, as a bound, or not at all.

A weekday alone leaves open which week is meant. What certainly happened lies behind its report, what is planned ahead of it.
"""

from __future__ import annotations

from datetime import date, timedelta

from tracker import edtf
from tracker.edtf import Edtf, Precision
from tracker.mentions.status import Standing
from tracker.types import Anchor, Status, TimeMention

__all__ = ["fitted"]

_WEEK = 7
_WEEKDAY, _WEEKEND = "weekday", "-WE"  # a rule; the end of a TIMEX3 value
_DAY_OF_MONTH = "day of month"  # a rule
_RECENT = 366  # days: "since" a time before that tells a state and no event
_DAY_ON = len("2025-10-01/..")
_DAYS = (Precision.DAY, Precision.TIME)


def fitted(
    time: TimeMention, stands: Standing, dct: date | None, *, sure: bool, unplanned: bool = False
) -> Edtf | None:
    """Give the value with which a time dates an event; None where it cannot.

    ``sure``: a word names the event, and so the cues of its standing are about it. ``unplanned``: nobody plans such an event, so
    that a day of the month ahead is rather the last one.
    """
    value = time.edtf
    if value is None:
        return None
    if value.earliest is None or value.latest is None:
        return _open(value, time, stands, dct)
    if time.bound:
        return None
    if dct is None:
        return value
    weekly = (time.rule == _WEEKDAY or time.timex_value.endswith(_WEEKEND)) and time.anchor is Anchor.DCT
    chance = unplanned and stands.status is Status.OCCURRED and value.earliest > dct
    if chance and time.rule == _DAY_OF_MONTH:
        return _month_before(value)
    if stands.status is Status.PLANNED and value.latest < dct:
        return _moved(value, _WEEK, dct) if weekly else None
    if ((sure and stands.certain) or (chance and weekly)) and value.earliest > dct and time.anchor is Anchor.DCT:
        return _moved(value, -_WEEK, dct) if weekly else None
    return value


def _open(value: Edtf, time: TimeMention, stands: Standing, dct: date | None) -> Edtf | None:
    """A plan has a limit or a first day, what goes on a beginning; what happened has at most a recent beginning."""
    if value.earliest is None:
        ahead = dct is None or (value.latest or date.min) >= dct
        plan = stands.status is Status.PLANNED or (stands.status is Status.OCCURRED and not stands.certain and dct)
        return value if plan and ahead else None
    if time.bound:
        return None
    if stands.status is Status.PLANNED and value.precision is Precision.OPEN and len(value.text) == _DAY_ON:
        return edtf.day(value.earliest)
    if stands.status in (Status.OCCURRED, Status.ALLEGED, Status.DENIED, Status.CANCELLED):
        return value if dct is None or (dct - value.earliest).days <= _RECENT else None
    return value


def _month_before(value: Edtf) -> Edtf | None:
    """Give the same day of the month before; None where that month has none."""
    day = value.earliest
    if day is None or value.days != 1:
        return None
    last = day.replace(day=1) - timedelta(days=1)
    return edtf.day(last.replace(day=day.day)) if day.day <= last.day else None


def _moved(value: Edtf, days: int, dct: date) -> Edtf | None:
    """Move days by a week where that brings them on the right side of the report."""
    if value.earliest is None or value.latest is None or value.precision not in (*_DAYS, Precision.INTERVAL):
        return None
    first, last = edtf.shift(value.earliest, days=days), edtf.shift(value.latest, days=days)
    right = last >= dct if days > 0 else first <= dct
    return edtf.window(first, last) if right else None
