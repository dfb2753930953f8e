"""What resolving gives: a point on the calendar and where it hangs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.times.symbols import Point
from tracker.types import Anchor

__all__ = ["Resolved", "explicit", "unknown"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """``point`` None where the phrase needs an anchor that is not known. ``doubtful``: parts of the phrase contradict."""

    point: Point | None
    anchor: Anchor
    doubtful: bool = False
    alternatives: tuple[date, ...] = ()
    clock: str = ""  # "in two hours", where the moment of writing is known


def explicit(unit: str, first: date, number: int | None = None, *, doubtful: bool = False) -> Resolved:
    return Resolved(Point(unit, first, number), Anchor.EXPLICIT, doubtful)


def unknown() -> Resolved:
    return Resolved(None, Anchor.DCT)
