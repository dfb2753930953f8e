"""What an article tells as a whole: the context that shows that two articles report the same news.

In: all mentions of an article. Out: weighted items (names, numbers, places, kinds of events, words) and how alike two such
bags are. Names, numbers and places mean the same in every language; words count within one language only.
Weights are fixed, not counted from the store, so that a likeness never depends on what else has arrived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from tracker.events.blocking import telling
from tracker.events.scheme import GENERIC
from tracker.types import ArticleId, StoredMention

__all__ = ["SAME_STORY", "Likeness", "Story", "alike", "cosine", "stories_of"]

SAME_STORY = 0.5  # a likeness from here on: the two articles report one piece of news
# Shares of weight in common at which two articles of 60 and of 42 stories are one story with a precision of .97:
# between languages (names, numbers, places) and within one (words too).
_EVEN_ACROSS, _EVEN_WITHIN = 0.25, 0.12
_NAME, _NUMBER, _PLACE, _TYPE, _COUNTRY, _WORD = 1.0, 1.0, 0.7, 0.3, 0.2, 0.5
_KINDS = (("a", "names"), ("q", "numbers"), ("p", "places"), ("t", "kinds of events"), ("c", "countries"))
_WORDS_TELLING = 5  # in common, besides the words of one sentence
_WORD_SHORTEST = 5  # letters; shorter stems are in every text


@dataclass(frozen=True, slots=True)
class Story:
    """An article's bag: ``items`` compare between languages, ``words`` within ``language`` only; values are weights."""

    items: Mapping[str, float]
    words: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two articles report the same news, 0..1 (`SAME_STORY`), and in words what they share.

    ``named``: a name, place or number is among it. ``number``: a telling number is.
    """

    value: float
    words: str
    named: bool
    number: bool


def stories_of(mentions: Sequence[StoredMention]) -> dict[ArticleId, Story]:
    """Sum up each article by all of its mentions."""
    by_article: dict[ArticleId, list[StoredMention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    return {article: _story(told) for article, told in by_article.items()}


def alike(a: Story | None, b: Story | None) -> Likeness:
    """Compare what two articles tell as a whole. Symmetric."""
    if a is None or b is None:
        return Likeness(0.0, "", named=False, number=False)
    common = a.items.keys() & b.items.keys()
    kinds = {key[0] for key in common}
    shared = sum(a.items[key] for key in common)
    total = sum(a.items.values()) + sum(b.items.values()) - shared
    even, words = _EVEN_ACROSS, 0
    if a.language == b.language:
        even, words = _EVEN_WITHIN, len(a.words & b.words)
        shared += _WORD * words
        total += _WORD * (len(a.words) + len(b.words) - words)
    share = shared / total if total else 0.0
    likeness = (
        share / (share + even) if share else 0.0
    )  # grows without a step, so that the likelier of two stories leads
    if not kinds & {"a", "q"} and words < _WORDS_TELLING:
        likeness = min(likeness, SAME_STORY - 0.01)  # a kind of event in a town: tomorrow's news there is another story
    told = ", ".join([name for kind, name in _KINDS if kind in kinds] + (["words"] if words else []))
    return Likeness(round(likeness, 4), told, named=bool(kinds & {"a", "p", "q"}), number="q" in kinds)


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """Give the cosine of two token sets, 0..1."""
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0


def _story(told: Sequence[StoredMention]) -> Story:
    items: dict[str, float] = {}
    for said in (mention.mention for mention in told):
        items |= {f"t:{said.type}": _TYPE} if said.type != GENERIC else {}
        items |= {f"q:{quantity.value:g}": _NUMBER for quantity in said.quantities if telling(quantity.value)}
        for actor in said.who:
            items |= {f"c:{actor.key}": _COUNTRY} if actor.kind == "country" else _name_items(actor.key)
        for place in said.where:
            items |= {f"p:{place.key}": _PLACE} if place.kind != "country" else {f"c:{place.country}": _COUNTRY}
    tokens = {token for mention in told for token in mention.mention.tokens}
    words = frozenset(token for token in tokens if len(token) >= _WORD_SHORTEST or not token.isascii())
    return Story(items, words, told[0].language)


def _name_items(key: str) -> dict[str, float]:
    tokens = key.split()
    skeletons = [token for token in tokens[:-1] if len(token) > 1]
    return {f"a:{token}": _NAME for token in skeletons or tokens[-1:]}
