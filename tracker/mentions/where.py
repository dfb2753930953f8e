"""Where it happened, and which states act: places of a clause, sorted by the words before them.

A place one goes to or stands in is where it happened; one it came from is not. A state without such a word is an actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.mentions.lexicon import Lexicon
from tracker.places import PlaceHit
from tracker.types import Actor, Place

__all__ = ["Whereabouts", "whereabouts"]

_REACH = 14  # characters before a place in which its preposition stands
_BEHIND = 3  # characters of the longest particle behind a place
_MOST = 4


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``places`` with the surest first; ``states`` are the countries that act."""

    places: tuple[Place, ...]
    states: tuple[Actor, ...]


def whereabouts(folded: str, start: int, end: int, hits: Sequence[PlaceHit], lexicon: Lexicon) -> Whereabouts:
    """Sort the places of a stretch of text."""
    ranked: list[tuple[int, int, Place]] = []
    states: dict[str, Actor] = {}
    for hit in hits:
        if not (start <= hit.start and hit.end <= end):
            continue
        role = _role(folded, start, hit, lexicon)
        if role == "from":
            continue
        if hit.place.kind == "country":
            if role != "at":
                states.setdefault(hit.place.key, Actor(hit.place.name, "country", hit.place.key))
            ranked.append((3 if role else 5, hit.start, hit.place))
        else:
            ranked.append((0 if role == "to" else 1 if role == "at" else 2, hit.start, hit.place))
    ranked.sort(key=lambda item: item[:2])
    fine = [item for item in ranked if item[2].kind != "country"]
    chosen = fine or [item for item in ranked if item[0] == 3]
    places = tuple(dict.fromkeys(place for _, _, place in chosen))[:_MOST]
    return Whereabouts(places, tuple(states.values()))


def _role(folded: str, start: int, hit: PlaceHit, lexicon: Lexicon) -> str:
    """Name the meaning of the word beside a place: to, at, from or ''. Scripts without blanks have it behind."""
    if not lexicon.spaced:
        for name in ("from", "to", "at"):
            behind = lexicon.find(f"places.{name}", folded, hit.end, min(len(folded), hit.end + _BEHIND))
            if behind and behind[0].start == hit.end:
                return name
    low = max(start, hit.start - _REACH)
    best, role = -1, ""
    for name in ("to", "at", "from"):
        for found in lexicon.find(f"places.{name}", folded, low, hit.start):
            near = found.end == hit.start if not lexicon.spaced else len(folded[found.end : hit.start].split()) <= 1
            if found.end > best and near:
                best, role = found.end, name
    return role
