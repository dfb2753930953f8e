"""Which event types can be two names of one happening. Data only: the types are those of `mentions`' scheme.

A report says "sent", another "deployed", a third "agreed to send". Types that share a group are near, others never merge:
an eruption and its later mudflow share the place and the cause and are still two events.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

__all__ = ["GENERIC", "PHYSICAL", "SINGULAR", "STATEMENT", "Fit", "fit", "near_types"]

GENERIC = "event"
STATEMENT = "statement"

Fit = Literal["same", "near", "generic", "clash"]

# Near types after PLOVER's event modes and the confusions two editors have about one happening.
_NEAR: tuple[frozenset[str], ...] = (
    frozenset({"visit", "talks", "meeting", "summit"}),
    frozenset({"talks", "agreement", "deal"}),
    frozenset({"decision", "agreement", "deployment", "aid", "plan"}),
    frozenset({"deployment", "training", "demining", "construction", "aid"}),
    frozenset({"law", "vote", "decision", "ratification"}),
    frozenset({"attack", "battle", "explosion"}),
    frozenset({"attack", "crime"}),
    frozenset({"arrest", "verdict", "trial"}),
    frozenset({"arrest", "crime"}),
    frozenset({"death", "crime"}),
    frozenset({"death", "death_toll"}),
    frozenset({"business", "decision"}),
    frozenset({"business", "agreement"}),
    frozenset({"business", "launch"}),
    frozenset({"business", "construction"}),
    frozenset({"award", "ceremony"}),
    frozenset({"appointment", "election", "vote", "resignation"}),
    frozenset({"weapons_test", "launch"}),
    frozenset({"sanction", "decision"}),
    frozenset({"price", "decision"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"fire", "explosion", "accident"}),
)
# A toll is the count of some disaster or attack: near to each, while these are not near to one another.
_TOLL = frozenset({"death_toll", "death"})
_TOLL_OF = frozenset(
    {"quake", "eruption", "flood", "storm", "landslide", "fire", "accident", "attack", "battle", "disease", "explosion"}
)
# A country has one of these on a day.
SINGULAR = frozenset({"election", "ratification"})
# Happenings one can see: two kinds of them are two events however alike the reports.
PHYSICAL = _TOLL_OF


@cache
def fit(a: str, b: str) -> Fit:
    """Tell how two types stand to each other.

    A statement fits statements only: what is stated is an event of its own.
    """
    if a == b:
        return "generic" if a == GENERIC else "same"
    if STATEMENT in (a, b):
        return "clash"
    if GENERIC in (a, b):
        return "generic"
    if any(a in group and b in group for group in _NEAR) or _toll(a, b) or _toll(b, a):
        return "near"
    return "clash"


@cache
def near_types(type_: str) -> frozenset[str]:
    """Give every named type that fits ``type_``, itself included; the generic type is not among them."""
    known = frozenset().union(*_NEAR, _TOLL, _TOLL_OF)
    return frozenset({type_, *(other for other in known if fit(type_, other) in ("same", "near"))})


def _toll(a: str, b: str) -> bool:
    return a in _TOLL and b in _TOLL_OF
