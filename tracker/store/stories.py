"""How long the story of some events is, from their bounds told together by month: whether bars of days or weeks could draw it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from tracker.store.days import Bounds

__all__ = ["is_long"]

_LONG_DAYS: Final = (
    275  # a drawing of more than 210 days has bars of months or longer, and months are up to 62 days wider
)
_TAIL: Final = 0.04  # share of events that a drawing may cut off at each end (timeline/ribbon.py)
_ROUGH_DAYS: Final = 366  # what is vaguer does not make a drawing longer


def is_long(counted: Sequence[tuple[Bounds, int]]) -> bool:
    """Tell whether a drawing certainly has bars of months or longer, however much of the tails it cuts off."""
    closed = [(early, late, n) for (early, late, _, _), n in counted if early and late]
    allowed = sum(n for _, _, n in closed) * _TAIL
    narrow = [(early, late, n) for early, late, n in closed if (late - early).days <= _ROUGH_DAYS]
    if not narrow:
        return False
    first = _behind(sorted((early, n) for early, _, n in narrow), allowed)
    last = _behind(sorted(((late, n) for _, late, n in narrow), reverse=True), allowed)
    return (last - first).days > _LONG_DAYS


def _behind(days: Iterable[tuple[date, int]], allowed: float) -> date:
    """Give the day before which no more than some events lie."""
    day, passed = date.min, 0
    for day, n in days:  # noqa: B007
        passed += n
        if passed > allowed:
            break
    return day
