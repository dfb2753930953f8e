"""Units and stories as short JSON lists, so that merging reads of what is stored only what it compares.

Guarantees: ``unpack_unit(pack_unit(u)) == u`` and the same for stories, also through JSON. Sets are written sorted: the same
unit is always the same text. A list's places are fixed; whoever changes them has articles read again (a migration).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tracker.events.story import Story
from tracker.events.units import Level, Unit
from tracker.types import ArticleId

__all__ = ["pack_story", "pack_unit", "read_story", "read_unit", "unpack_story", "unpack_unit"]


def pack_unit(unit: Unit) -> list[Any]:  # Any: what JSON is
    """Give the JSON value of a unit."""
    return [
        list(unit.order), list(unit.mention_ids), unit.article, unit.public_id, unit.language, unit.type,
        sorted(unit.types), int(unit.level), unit.low, unit.high, int(unit.printed), int(unit.planned), int(unit.lead), list(unit.persons),
        sorted(unit.organisations), sorted(unit.countries), sorted(unit.country_actors), list(unit.places),
        sorted(map(list, unit.quantities)), sorted(unit.counts), [sorted(tokens) for tokens in unit.tokens], int(unit.wide),
        sorted(unit.evidence), sorted(unit.kinds), sorted(unit.asks), sorted(unit.marks), unit.root, sorted(unit.quotes),
    ]  # fmt: skip


def unpack_unit(packed: Sequence[Any]) -> Unit:  # Any: as above
    """Read a unit back. Raises: ValueError for a list of another length."""
    (
        order, ids, article, public_id, language, type_, types, level, low, high, printed, planned, lead, persons, organisations,
        countries, actors, places, quantities, counts, tokens, wide, evidence, kinds, asks, marks, root, quotes,
    ) = packed  # fmt: skip
    return Unit(
        order=tuple(order), mention_ids=tuple(ids), article=ArticleId(article), public_id=public_id, language=language,
        type=type_, types=frozenset(types), level=Level(level), low=low, high=high, width=high - low,
        printed=bool(printed), planned=bool(planned), lead=bool(lead), persons=tuple(persons), organisations=frozenset(organisations),
        countries=frozenset(countries), country_actors=frozenset(actors), places=tuple(places),
        quantities=frozenset((value, unit) for value, unit in quantities),
        numbers=frozenset(value for value, _ in quantities), counts=frozenset(counts),
        tokens=tuple(map(frozenset, tokens)), wide=bool(wide), evidence=frozenset(evidence), kinds=frozenset(kinds),
        asks=frozenset(asks), marks=frozenset(marks), root=ArticleId(root), quotes=frozenset(quotes),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit:
    """Read a unit back from the text its JSON value is stored as. Raises: ValueError for other texts."""
    return unpack_unit(json.loads(text))


def pack_story(story: Story) -> list[Any]:  # Any: as above
    """Give the JSON value of a story."""
    return [dict(sorted(bag.items())) for bag in (story.told, story.names, story.words)] + [story.language]


@lru_cache(maxsize=1024)
def read_story(text: str) -> Story:
    """Read a story back from the text its JSON value is stored as. Raises: ValueError for other texts."""
    return unpack_story(json.loads(text))


def unpack_story(packed: Sequence[Any]) -> Story:  # Any: as above
    """Read a story back. Raises: ValueError for a list of another length."""
    told, names, words, language = packed
    return Story(told, names, words, language)
