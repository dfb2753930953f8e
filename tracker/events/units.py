"""What merging compares: units, that is one article's mentions that clearly tell the same happening.

A title and its lead sentence usually say the same thing; together they know who (title) and when (sentence). Everything the
score looks at is worked out here once per unit, as sets and day numbers, because a neighbourhood has thousands of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import sqrt

from tracker.edtf import Edtf
from tracker.events.blocking import evidence, is_wide, reach, telling
from tracker.events.scheme import GENERIC, fit
from tracker.types import Anchor, ArticleId, Status, StoredMention

__all__ = ["Level", "Order", "Story", "Unit", "build_units", "cosine", "order_of", "stories_of", "weak_date"]

_LEAD_CHARACTERS = 400  # two to three sentences: a title repeats the first
_ALWAYS = 10**7  # a day number beyond every calendar

Order = tuple[str, str, str, int, int, str, int]


class Level(IntEnum):
    """How well a unit's time is known; merging goes from the first to the last."""

    DAY = 0  # a report names the day
    DEFAULT = 1  # only the day it was printed on
    COARSE = 2  # a week, a month, a season, a span …
    OPEN = 3  # before, after, or no date at all


@dataclass(frozen=True, slots=True)
class Story:
    """What an article tells as a whole: the context that tells two visits of one summer apart."""

    numbers: frozenset[float]
    names: frozenset[str]
    places: frozenset[str]
    types: frozenset[str]
    tokens: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One article's telling of one happening, prepared for comparison.

    ``low``/``high`` are proleptic day numbers, both included; ``width`` is their distance in days.
    ``evidence`` is what blocking keys are made of: two units without a common item are never compared.
    """

    order: Order
    mentions: tuple[StoredMention, ...]
    article: ArticleId
    language: str
    type: str
    level: Level
    low: int
    high: int
    width: int
    planned: bool
    lead: bool
    persons: tuple[str, ...]
    organisations: frozenset[str]
    countries: frozenset[str]
    country_actors: frozenset[str]
    places: tuple[str, ...]
    quantities: frozenset[tuple[float, str]]
    numbers: frozenset[float]
    tokens: tuple[frozenset[str], ...]
    wide: bool
    evidence: frozenset[str]


def order_of(mention: StoredMention) -> Order:
    """Give a sort key made of content only: database ids follow the order of arrival and must decide nothing."""
    published = mention.published.isoformat() if mention.published else ""
    said = mention.mention
    return (published, mention.article_public_id, said.field, said.start, said.end, said.type, int(mention.article_id))


def weak_date(mention: StoredMention) -> bool:
    """Tell whether the mention's date is only the day its article was published."""
    return mention.mention.date is not None and mention.mention.date.anchor is Anchor.PUBLISHED


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """Give the cosine of two token sets, 0..1."""
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0


def build_units(mentions: Sequence[StoredMention]) -> list[Unit]:
    """Group each article's mentions that clearly say the same, and prepare them; the order of ``mentions`` is no matter."""
    by_article: dict[ArticleId, list[list[StoredMention]]] = {}
    for mention in sorted(mentions, key=_reading_order):
        groups = by_article.setdefault(mention.article_id, [])
        for group in groups:
            if _says_same(group, mention):
                group.append(mention)
                break
        else:
            groups.append([mention])
    units = [_unit(tuple(group)) for groups in by_article.values() for group in groups]
    return sorted(units, key=lambda unit: unit.order)


def stories_of(mentions: Sequence[StoredMention]) -> dict[ArticleId, Story]:
    """Sum up each article by all of its mentions."""
    by_article: dict[ArticleId, list[StoredMention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    return {article: _story(told) for article, told in by_article.items()}


def _story(told: Sequence[StoredMention]) -> Story:
    said = [mention.mention for mention in told]
    return Story(
        numbers=frozenset(q.value for m in said for q in m.quantities if telling(q.value)),
        names=frozenset(actor.key for m in said for actor in m.who if actor.kind != "country"),
        places=frozenset(place.key for m in said for place in m.where if place.kind != "country"),
        types=frozenset(m.type for m in said) - {GENERIC},
        tokens=frozenset(token for m in said for token in m.tokens),
        language=told[0].language,
    )


def _reading_order(mention: StoredMention) -> tuple[bool, Order]:
    return (mention.mention.field != "title", order_of(mention))


def _says_same(group: Sequence[StoredMention], mention: StoredMention) -> bool:
    """Tell whether a mention repeats a group of the same article: no contradiction with any, clear likeness with one."""
    return all(_compatible(other, mention) for other in group) and any(_clear(other, mention) for other in group)


def _compatible(a: StoredMention, b: StoredMention) -> bool:
    if fit(a.mention.type, b.mention.type) == "clash":
        return False
    headline = "title" in (a.mention.field, b.mention.field)
    planned = {a.mention.status is Status.PLANNED, b.mention.status is Status.PLANNED}
    if len(planned) == 2 and not headline:
        return False
    dates = [m.mention.date.edtf for m in (a, b) if m.mention.date and m.mention.date.edtf and not weak_date(m)]
    return len(dates) < 2 or _one_time(dates[0], dates[1])


def _one_time(a: Edtf, b: Edtf) -> bool:
    return a.contains(b) or b.contains(a)


def _clear(a: StoredMention, b: StoredMention) -> bool:
    names = {x.key for x in a.mention.who if x.kind != "country"} & {
        x.key for x in b.mention.who if x.kind != "country"
    }
    places = {p.key for p in a.mention.where} & {p.key for p in b.mention.where}
    likeness = cosine(frozenset(a.mention.tokens), frozenset(b.mention.tokens))
    if (
        a.mention.field == "title"
        and b.mention.field == "text"
        and (b.mention.lead or b.mention.start < _LEAD_CHARACTERS)
    ):
        return bool(names or places) or likeness >= 0.2
    if likeness >= 0.6:
        return True
    same_type = fit(a.mention.type, b.mention.type) == "same"
    return same_type and bool(names and places) and (likeness >= 0.3 or "title" in (a.mention.field, b.mention.field))


def _unit(told: tuple[StoredMention, ...]) -> Unit:
    first = told[0]
    said = [mention.mention for mention in told]
    low, high, level, wide = _time(told)
    persons = tuple(sorted({a.key for m in said for a in m.who if a.kind in ("person", "unknown")}))
    organisations = frozenset(a.key for m in said for a in m.who if a.kind == "organisation")
    places = tuple(sorted({p.key for m in said for p in m.where if p.kind != "country"}))
    quantities = frozenset((q.value, q.unit) for m in said for q in m.quantities if telling(q.value))
    countries = frozenset(p.country for m in said for p in m.where if p.country)
    tokens = tuple(frozenset(m.tokens) for m in said)
    numbers = frozenset(value for value, _ in quantities)
    types = sorted((m.type == GENERIC, not m.lead, m.type) for m in said)
    return Unit(
        order=min(map(order_of, told)),
        mentions=told,
        article=first.article_id,
        language=first.language,
        type=types[0][2],
        level=level,
        low=low,
        high=high,
        width=high - low,
        planned=all(m.status is Status.PLANNED for m in said),
        lead=any(m.lead or m.field == "title" for m in said),
        persons=persons,
        organisations=organisations,
        countries=countries,
        country_actors=frozenset(a.key for m in said for a in m.who if a.kind == "country"),
        places=places,
        quantities=quantities,
        numbers=numbers,
        tokens=tokens,
        wide=wide,
        evidence=frozenset(item for mention in told for item in evidence(mention)),
    )


def _time(told: Sequence[StoredMention]) -> tuple[int, int, Level, bool]:
    """Give the reach of the best date told as day numbers, its level, and whether it is too wide for months."""
    ranked = sorted((_level(m), (span[1] - span[0]).days, order_of(m), span) for m in told if (span := reach(m)))
    if not ranked:
        return -_ALWAYS, _ALWAYS, Level.OPEN, True
    level, _, _, (low, high) = ranked[0]
    return low.toordinal(), high.toordinal(), level, is_wide(low, high)


def _level(mention: StoredMention) -> Level:
    """Rank a mention's date: a stated one before the day of publication, however wide; that before none."""
    edtf = mention.mention.date.edtf if mention.mention.date else None
    if edtf is None or edtf.days is None:
        return Level.OPEN
    if weak_date(mention):
        return Level.DEFAULT
    return Level.DAY if edtf.days == 1 else Level.COARSE
