"""Where it happened, and which states act: places of a clause, sorted by the words before them.

A place one goes to or stands in is where it happened; one it is of is so only where no other is named ("the court of Lille"), one
that somebody or something came from is not ("protesters from Lille"), but for what leaves a place or is sent off there.
A state without such a word is an actor, and the place too where it is the only one.
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
_RANKS = {
    "to": 0,
    "at": 2,
    "": 4,
    "of": 6,
    "from": 8,
}  # by the word beside a place; a state comes behind what lies within one
_ROLES = ("from", "of", "to", "at")
_LEAVING = frozenset(
    {"deployment", "evacuation", "launch", "weapons_test", "death", "resignation", "discovery", "award"}
)  # types


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``places`` with the surest first; ``states`` are the countries that act; ``left`` are places somebody or something came from.

    ``firm``: no place is one that something is only of.
    """

    places: tuple[Place, ...]
    states: tuple[Actor, ...]
    firm: bool
    left: tuple[Place, ...] = ()

    def of(self, label: str) -> tuple[Place, ...]:
        """Give the places of an event of a type."""
        return self.places or (self.left if label in _LEAVING else ())


def whereabouts(folded: str, start: int, end: int, hits: Sequence[PlaceHit], lexicon: Lexicon) -> Whereabouts:
    """Sort the places of a stretch of text."""
    ranked: list[tuple[int, int, Place]] = []
    states: dict[str, Actor] = {}
    for hit in hits:
        if not (start <= hit.start and hit.end <= end):
            continue
        role = _role(folded, start, hit, lexicon)
        country = hit.place.kind == "country"
        if country and not role:
            states.setdefault(hit.place.key, Actor(hit.place.name, "country", hit.place.key))
        if not (country and role == "from"):
            ranked.append((_RANKS[role] + country, hit.start, hit.place))
    ranked.sort(key=lambda item: item[:2])
    near = [(rank, place) for rank, _, place in ranked if rank < _RANKS["from"]]
    places = _chosen(near)
    firm = all(rank < _RANKS["of"] for rank, place in near if place in places)
    left = tuple(dict.fromkeys(place for rank, _, place in ranked if rank >= _RANKS["from"]))[:_MOST]
    return Whereabouts(places, tuple(states.values()), firm, left)


def _chosen(ranked: Sequence[tuple[int, Place]]) -> tuple[Place, ...]:
    """Give the places named below a state, else the states one goes to or stands in, else what little there is."""
    fine = [item for item in ranked if item[1].kind != "country"]
    firm = [item for item in fine if item[0] < _RANKS["of"]]
    states = [item for item in ranked if item not in fine]
    told = [item for item in states if item[0] < _RANKS[""]]
    only = states if len({place.key for _, place in states}) == 1 else []
    for choice in (firm, told, fine, only):
        if choice:
            return tuple(dict.fromkeys(place for _, place in choice))[:_MOST]
    return ()


def _role(folded: str, start: int, hit: PlaceHit, lexicon: Lexicon) -> str:
    """Name the meaning of the word beside a place: to, at, from or ''. Scripts without blanks have it behind."""
    if not lexicon.spaced:
        for name in _ROLES:
            behind = lexicon.find(f"places.{name}", folded, hit.end, min(len(folded), hit.end + _BEHIND))
            if behind and behind[0].start == hit.end:
                return name
    low = max(start, hit.start - _REACH)
    best, role = -1, ""
    for name in ("to", "at", "of", "from"):
        for found in lexicon.find(f"places.{name}", folded, low, hit.start):
            near = found.end == hit.start if not lexicon.spaced else len(folded[found.end : hit.start].split()) <= 1
            if found.end > best and near:
                best, role = found.end, name
    return role
