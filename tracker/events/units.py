"""What merging compares: units, that is one article's mentions that clearly tell the same happening.

A title and its lead sentence usually say the same thing; together they know who (title) and when (sentence). Everything the
score looks at is worked out here once per unit, as sets and day numbers, because a neighbourhood has thousands of pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tracker.edtf import Edtf
from tracker.events.blocking import (
    evidence,
    is_bare,
    is_printed,
    is_wide,
    kind_on_day,
    near_kinds,
    quote_mark,
    reach,
    telling,
    weak_date,
)
from tracker.events.scheme import GENERIC, STATEMENT, fit
from tracker.events.story import Story, cosine, marks
from tracker.names import NAME_ACCEPT, same_key
from tracker.types import ArticleId, EventMention, MentionId, Status, StoredMention

__all__ = ["Level", "Order", "Unit", "build_units", "meets", "order_of"]

_LEAD_CHARACTERS = 400  # two to three sentences: a title repeats the first
_OPENS = 0.4  # for the first sentence: a headline sums that up before any other
_ALWAYS = 10**7  # a day number beyond every calendar

Order = tuple[str, str, str, int, int, str, int]


class Level(IntEnum):
    """How well a unit's time is known; merging goes from the first to the last."""

    DAY = 0  # a report names the day
    DEFAULT = 1  # only the day it was printed on
    COARSE = 2  # a week, a month, a season, a span …
    OPEN = 3  # before, after, or no date at all


@dataclass(frozen=True, slots=True)
class Unit:
    """One article's telling of one happening, prepared for comparison.

    ``printed``: its day is that of its article, which a dateline names.
    ``low``/``high`` are proleptic day numbers, both included; ``width`` is their distance in days.
    ``type`` is the main one of ``types``: a headline may name another side of the news than its sentence.
    ``mention_ids`` are in reading order, a title first; the first names the unit. ``public_id`` is the article's.
    ``root`` is the article this one copies, else itself; ``quotes`` stand for the sentences as written (see `quote_mark`).
    ``quantities`` and ``numbers`` are telling ones, ``counts`` are all.
    ``evidence`` is what blocking keys are made of: units that do not meet by them (see `meets`) are never compared.
    ``marks`` are those of the article's story where the unit is its main news.
    """

    order: Order
    mention_ids: tuple[MentionId, ...]
    article: ArticleId
    public_id: str
    language: str
    type: str
    types: frozenset[str]
    level: Level
    low: int
    high: int
    width: int
    printed: bool
    planned: bool
    lead: bool
    persons: tuple[str, ...]
    organisations: frozenset[str]
    countries: frozenset[str]
    country_actors: frozenset[str]
    places: tuple[str, ...]
    quantities: frozenset[tuple[float, str]]
    numbers: frozenset[float]
    counts: frozenset[float]
    tokens: tuple[frozenset[str], ...]
    wide: bool
    evidence: frozenset[str]
    kinds: frozenset[str]
    asks: frozenset[str]
    marks: frozenset[str]
    root: ArticleId
    quotes: frozenset[int]

    @property
    def id(self) -> MentionId:
        """The unit's name: its first mention."""
        return self.mention_ids[0]

    @property
    def undated(self) -> bool:
        """Tell whether nothing but the day of its article says when."""
        return self.printed or self.level is Level.DEFAULT


def order_of(mention: StoredMention) -> Order:
    """Give a sort key made of content only: database ids follow the order of arrival and must decide nothing."""
    published = mention.published.isoformat() if mention.published else ""
    said = mention.mention
    return (published, mention.article_public_id, said.field, said.start, said.end, said.type, int(mention.article_id))


def meets(a: Unit, b: Unit) -> bool:
    """Tell whether blocking keys bring two units together: a common item, main news of stories that share a mark, or near kinds on a day where a side says no more."""
    if not a.evidence.isdisjoint(b.evidence) or not a.marks.isdisjoint(b.marks):
        return True
    return not (a.asks.isdisjoint(b.kinds) and b.asks.isdisjoint(a.kinds))


def build_units(mentions: Sequence[StoredMention], stories: Mapping[ArticleId, Story]) -> list[Unit]:
    """Group each article's mentions that clearly say the same, and prepare them; the order of ``mentions`` is no matter."""
    by_article: dict[ArticleId, list[StoredMention]] = {}
    for mention in sorted(mentions, key=order_of):
        by_article.setdefault(mention.article_id, []).append(mention)
    units = [_unit(tuple(group), stories) for told in by_article.values() for group in _retold(told)]
    return sorted(units, key=lambda unit: unit.order)


def _retold(told: Sequence[StoredMention]) -> list[list[StoredMention]]:
    """Group one article's mentions: sentences that repeat one another, then each title with the sentence it sums up."""
    groups: list[list[StoredMention]] = []
    for mention in (m for m in told if m.mention.field == "text"):
        for group in groups:
            if _says_same(group, mention):
                group.append(mention)
                break
        else:
            groups.append([mention])
    for title in (m for m in told if m.mention.field == "title"):
        fits = [(fitness, group) for group in groups if (fitness := _sums_up(title, group)) > 0]
        if fits:
            max(fits, key=lambda item: item[0])[1].append(title)  # of equals the first told
        else:
            groups.append([title])
    return [sorted(group, key=_reading_order) for group in groups]


def _reading_order(mention: StoredMention) -> tuple[bool, Order]:
    return (mention.mention.field != "title", order_of(mention))


def _sums_up(title: StoredMention, group: Sequence[StoredMention]) -> float:
    """Weigh how well a headline sums up what the article's first sentences tell; 0 where it does not.

    A headline may name another side of the news ("nine dead") than its sentence ("was received"), so types need not fit.
    """
    if any(m.mention.field == "title" and not _compatible(title, m) for m in group) or not _at_one_time(title, group):
        return 0.0
    if _stated(title) is not None and len({_ahead(m) for m in (title, *group)}) > 1:
        return 0.0  # "in Pyongyang, Shoigu promises sappers": the day is that of the visit
    early = [m for m in group if m.mention.lead or (m.mention.field == "text" and m.mention.start < _LEAD_CHARACTERS)]
    return max((_summary(title, m) for m in early), default=0.0)


def _summary(title: StoredMention, m: StoredMention) -> float:
    likeness = cosine(frozenset(title.mention.tokens), frozenset(m.mention.tokens))
    shared = _names_shared(title, m) + len(_places(title) & _places(m)) + len(_numbers(title) & _numbers(m))
    fitness = fit(title.mention.type, m.mention.type)
    first = m.mention.lead or m.mention.start == 0
    if not shared and likeness < 0.2 and not (first and fitness == "same"):
        return 0.0
    if fitness == "clash" and likeness < 0.2 and shared + first < 2:
        return 0.0
    kind = {"same": 0.4, "near": 0.2, "generic": 0.1, "clash": 0.0}[fitness]
    return likeness + 0.2 * min(shared, 3) + kind + _OPENS * first


def _says_same(group: Sequence[StoredMention], mention: StoredMention) -> bool:
    """Tell whether a mention repeats a group of the same article: no contradiction with any, clear likeness with one."""
    return all(_compatible(other, mention) for other in group) and any(_clear(other, mention) for other in group)


def _compatible(a: StoredMention, b: StoredMention) -> bool:
    if fit(a.mention.type, b.mention.type) == "clash":
        return False
    return _ahead(a) == _ahead(b) and _at_one_time(a, (b,))


def _ahead(mention: StoredMention) -> bool:
    return mention.mention.status is Status.PLANNED


def _at_one_time(a: StoredMention, others: Sequence[StoredMention]) -> bool:
    """Tell whether no stated date contradicts that of ``a``."""
    mine = _stated(a)
    stated = [edtf for other in others if (edtf := _stated(other)) is not None]
    return mine is None or all(mine.contains(edtf) or edtf.contains(mine) for edtf in stated)


def _stated(mention: StoredMention) -> Edtf | None:
    return None if mention.mention.date is None or weak_date(mention) else mention.mention.date.edtf


def _clear(a: StoredMention, b: StoredMention) -> bool:
    likeness = cosine(frozenset(a.mention.tokens), frozenset(b.mention.tokens))
    if likeness >= 0.6:
        return True
    same_type = fit(a.mention.type, b.mention.type) == "same"
    return same_type and likeness >= 0.3 and bool(_names_shared(a, b) and _places(a) & _places(b))


def _names_shared(a: StoredMention, b: StoredMention) -> int:
    """Count the names of ``a`` that ``b`` has too; a surname is its full name."""
    theirs = _names(b)
    return sum(any(same_key(mine, other) >= NAME_ACCEPT for other in theirs) for mine in _names(a))


def _names(mention: StoredMention) -> set[str]:
    return {actor.key for actor in mention.mention.who if actor.kind != "country"}


def _places(mention: StoredMention) -> set[str]:
    return {place.key for place in mention.mention.where}


def _numbers(mention: StoredMention) -> set[float]:
    return {quantity.value for quantity in mention.mention.quantities}


def _unit(told: tuple[StoredMention, ...], stories: Mapping[ArticleId, Story]) -> Unit:
    first = told[0]
    said = [mention.mention for mention in told]
    low, high, level, wide, printed = _time(told)
    quantities = frozenset((q.value, q.unit) for m in said for q in m.quantities if telling(q.value))
    lead = any(m.lead or m.field == "title" for m in said)
    types = sorted((m.type == GENERIC, m.type == STATEMENT, not m.lead, m.type) for m in said)
    named = frozenset(m.type for m in said) - {GENERIC}
    return Unit(
        order=min(map(order_of, told)),
        mention_ids=tuple(mention.id for mention in told),
        article=first.article_id,
        public_id=first.article_public_id,
        language=first.language,
        type=types[0][3],
        types=(named - {STATEMENT} or named) or frozenset({GENERIC}),
        level=level,
        low=low,
        high=high,
        width=high - low,
        printed=printed,
        planned=all(_ahead(m) for m in told if m.mention.field == "text" or len(told) == 1),
        lead=lead,
        persons=tuple(sorted(_actors(said, "person", "unknown"))),
        organisations=frozenset(_actors(said, "organisation")),
        countries=frozenset(p.country for m in said for p in m.where if p.country),
        country_actors=frozenset(_actors(said, "country")),
        places=tuple(sorted({p.key for m in said for p in m.where if p.kind != "country"})),
        quantities=quantities,
        numbers=frozenset(value for value, _ in quantities),
        counts=frozenset(q.value for m in said for q in m.quantities),
        tokens=tuple(frozenset(m.tokens) for m in said),
        wide=wide,
        evidence=frozenset(item for mention in told for item in evidence(mention)),
        kinds=frozenset(kind for mention in told if (kind := kind_on_day(mention))),
        asks=frozenset(kind for mention in told if is_bare(mention) for kind in near_kinds(mention)),
        marks=marks(stories[first.article_id]) if lead else frozenset(),
        root=min(mention.copy_of or mention.article_id for mention in told),
        quotes=frozenset(quote_mark(mention) for mention in told),
    )


def _actors(said: Sequence[EventMention], *kinds: str) -> set[str]:
    return {actor.key for mention in said for actor in mention.who if actor.kind in kinds}


def _time(told: Sequence[StoredMention]) -> tuple[int, int, Level, bool, bool]:
    """Give the reach of the best date told as day numbers, its level, whether it is too wide for months, and a dateline's."""
    ranked = sorted(
        (_level(m), (span[1] - span[0]).days, is_printed(m), order_of(m), span) for m in told if (span := reach(m))
    )
    if not ranked:
        return -_ALWAYS, _ALWAYS, Level.OPEN, True, False
    level, _, printed, _, (low, high) = ranked[0]
    return low.toordinal(), high.toordinal(), level, is_wide(low, high), printed


def _level(mention: StoredMention) -> Level:
    """Rank a mention's date: a stated one before the day of publication, however wide; that before none."""
    edtf = mention.mention.date.edtf if mention.mention.date else None
    if edtf is None or edtf.days is None:
        return Level.OPEN
    if weak_date(mention):
        return Level.DEFAULT
    return Level.DAY if edtf.days == 1 else Level.COARSE
