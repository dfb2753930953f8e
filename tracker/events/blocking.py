"""Keys by which mentions that could be one event find each other in the database.

In: one stored mention. Out: text keys ``bucket|type|evidence``. A pair that merging compares shares a key: the mention under
whose `blocking_keys` something is stored is found by the `lookup_keys` of its partner, and the other way round.

Buckets: ``d:`` a day; ``m:`` a month that what is not wide reaches (a season has three), asked by coarse mentions; ``s:`` the
same of coarse mentions alone, asked by those of a day, which so never read a month of a busy place; ``y:`` a year that holds
a dated mention, ``w:`` a year that a wide one reaches (more than half a year, open or undated: see `reach`).
Evidence: ``a:`` a token of an actor's name, ``p:`` a place, ``q:`` a telling number, ``c:`` a country, ``t:`` a long word, ``s:`` a name
or number the article's story tells most.
Countries and words meet within days only, since they rarely carry a merge; numbers meet in a month.
``n:`` is a small number of one kind on a day ("nine dead"): reports of one story that name nobody meet by it.
A *bare* mention names a day and a kind but nobody and nowhere ("the vote is on 23 February"): ``any`` is what it meets.
``l:`` is the main news of a day, of any kind, or of some weeks by what its story tells most. ``x:`` is a sentence of a text that outlets copy from each other, whenever each of them prints it.
Neighbours (the days around, the next month at a border, near types) are put out on the asking side, so that a stored mention
costs few rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from hashlib import blake2b

from tracker.edtf import Edtf, shift
from tracker.events.options import AGAIN_DAYS, REPORT_DAYS, WINDOW_DAYS
from tracker.events.scheme import GENERIC, STATEMENT, near_types
from tracker.types import Anchor, Status, StoredMention

__all__ = [
    "blocking_keys",
    "evidence",
    "is_bare",
    "is_printed",
    "is_wide",
    "kind_on_day",
    "lead_keys",
    "lead_lookup_keys",
    "lookup_keys",
    "near_kinds",
    "quote_mark",
    "reach",
    "telling",
    "weak_date",
]

_MONTHS_MOST = 6  # a half-year; a year under twelve months each would fill the index
_EVIDENCE_MOST = 8  # of one kind: a communiqué that lists forty names is found by its first
_TOKENS_MOST = 3  # longest first: the longer a skeleton, the rarer
_REACH = timedelta(days=365)  # how far from its report an undated happening is sought
_GRACE = timedelta(days=1)  # outlets write from other time zones
_AROUND = WINDOW_DAYS + REPORT_DAYS
_ANY = "*"
_AHEAD = (Status.PLANNED, Status.CANCELLED)


def telling(value: float) -> bool:
    """Tell whether a number says something by itself: small counts and round dozens are everywhere."""
    return abs(value) >= 13 or value != int(value)


def reach(mention: StoredMention) -> tuple[date, date] | None:
    """Give the days within which a partner must lie, both included; None where nothing tells.

    A stated date up to two years wide is its own reach. What is wider, open or undated is sought within a year of its bound or
    its report: before the report if it happened, after it if it is planned.
    """
    said = mention.mention
    edtf = said.date.edtf if said.date else None
    if edtf is not None and edtf.earliest and edtf.latest and edtf.latest - edtf.earliest <= 2 * _REACH:
        return edtf.earliest, edtf.latest
    low, high = (edtf.earliest, edtf.latest) if edtf else (None, None)
    if mention.published is not None and (low is None) == (high is None):
        low, high = _clip(low, high, mention.published.date(), ahead=said.status in _AHEAD)
    if low is None and high is not None:
        low = shift(high, days=-_REACH.days)
    elif low is not None and high is None:
        high = shift(low, days=_REACH.days)
    if low is None or high is None or low > high or high - low > 2 * _REACH:
        return None
    return low, high


def is_wide(low: date, high: date) -> bool:
    """Tell whether a reach is too wide for months."""
    return _month_number(high) - _month_number(low) >= _MONTHS_MOST


def evidence(mention: StoredMention) -> tuple[str, ...]:
    """Give what ties a mention to others in its keys: strong evidence always, numbers unless wide, the rest on one day only."""
    span = reach(mention)
    if span is None or (is_wide(*span) and mention.mention.type == GENERIC):
        return ()
    items = _strong(mention)
    if not is_wide(*span):
        items += _numbers(mention)
    return (*items, *((*_weak(mention), *_counts(mention)) if span[0] == span[1] else ()))


def kind_on_day(mention: StoredMention) -> str:
    """Name the day and kind of a mention that has a kind and is dated to a day by its text; '' for others."""
    said, span = mention.mention, reach(mention)
    if span is None or span[0] != span[1] or said.type in (GENERIC, STATEMENT):
        return ""
    if said.date is None or said.date.edtf is None or said.date.anchor is Anchor.PUBLISHED:
        return ""
    if said.date.edtf.text.endswith("~"):  # carried over from another sentence
        return ""
    return f"d:{span[0].isoformat()}|{said.type}"


def near_kinds(mention: StoredMention) -> tuple[str, ...]:
    """Give `kind_on_day` for the mention's own kind and each that is near to it."""
    day = kind_on_day(mention).rpartition("|")[0]
    return tuple(f"{day}|{type_}" for type_ in sorted(near_types(mention.mention.type))) if day else ()


def is_bare(mention: StoredMention) -> bool:
    """Tell whether a kind on a day is all that a mention says."""
    return bool(kind_on_day(mention)) and not _strong(mention) and not _numbers(mention)


def blocking_keys(mention: StoredMention) -> tuple[str, ...]:
    """Give the keys a mention is stored under, sorted; about 30 as a rule."""
    span, type_ = reach(mention), mention.mention.type
    keys = {_copied(mention)}
    if span is None:
        return tuple(keys)
    years = [f"{year}" for year in range(span[0].year, span[1].year + 1)]
    own = () if type_ == GENERIC else (type_,)
    strong = _strong(mention)
    if is_wide(*span):
        return tuple(sorted(keys | _cross([f"w:{year}" for year in years], own, strong)))
    items = [*strong, *_numbers(mention)]
    keys |= _cross(_months("m", *span), (type_,), items)
    keys |= _cross([f"y:{year}" for year in years], own, strong)
    if span[0] != span[1]:
        return tuple(sorted(keys | _cross(_months("s", *span), (type_,), items)))
    keys |= _cross([f"d:{span[0].isoformat()}"], (type_, _ANY), [*items, *_weak(mention)])
    keys |= _cross([f"d:{span[0].isoformat()}"], (type_,), _counts(mention))
    if kind := kind_on_day(mention):
        keys |= {f"{kind}|any", f"{kind}|bare"} if is_bare(mention) else {f"{kind}|any"}
    return tuple(sorted(keys))


def lookup_keys(mention: StoredMention) -> tuple[str, ...]:
    """Give the keys under which whatever could be the same event is stored, sorted.

    Covers the days around (see `_days`), near types, and for specific types the wide mentions that reach this one.
    """
    span, type_ = reach(mention), mention.mention.type
    keys = {_copied(mention)}
    if span is None:
        return tuple(keys)
    near = () if type_ == GENERIC else sorted(near_types(type_))
    years = [f"{year}" for year in range(span[0].year, span[1].year + 1)]
    strong = _strong(mention)
    keys |= _cross([f"w:{year}" for year in years], near, strong)
    if is_wide(*span):
        return tuple(sorted(keys | _cross([f"y:{year}" for year in years], near, strong)))
    items = [*strong, *_numbers(mention)]
    low, high = (shift(day, days=days) for day, days in zip(span, (-_AROUND, _AROUND), strict=True))
    if span[0] != span[1]:
        return tuple(sorted(keys | _cross(_months("m", low, high), near or (GENERIC,), items)))
    keys |= _cross(_months("s", low, high), near or (GENERIC,), items)
    keys |= _cross(_days(mention, span[0]), (*near, GENERIC) if near else (_ANY,), [*items, *_weak(mention)])
    keys |= _cross(_days(mention, span[0]), (type_,), _counts(mention))
    keys |= {f"{kind}|any" if is_bare(mention) else f"{kind}|bare" for kind in near_kinds(mention)}
    return tuple(sorted(keys))


def lead_keys(mention: StoredMention, marks: Collection[str]) -> tuple[str, ...]:
    """Give the keys under which the main news of a day is stored whatever its kind: two reports may see two sides of it.

    ``marks`` are those of the article's story: news of any time is stored under them by when its article was published.
    """
    span, period = reach(mention), _period(mention)
    day = [f"l:{span[0].isoformat()}"] if span and span[0] == span[1] else []
    told = [f"l:{period}|s:{mark}" for mark in marks] if period else []
    return (*(f"{bucket}|{item}" for bucket in day for item in _of_news(mention)), *told)


def lead_lookup_keys(mention: StoredMention, marks: Collection[str]) -> tuple[str, ...]:
    """Give the keys under which the main news of other articles is stored that may be that of this one."""
    span, period = reach(mention), _period(mention)
    days = _days(mention, span[0]) if span and span[0] == span[1] else []
    told = [f"l:{n}|s:{mark}" for mark in marks for n in (period - 1, period, period + 1)] if period else []
    return (*(f"l:{day[2:]}|{item}" for day in days for item in _of_news(mention)), *told)


def _of_news(mention: StoredMention) -> set[str]:
    return {*_strong(mention), *_numbers(mention)}


def _period(mention: StoredMention) -> int:
    """Number the time in which an article was published, else in which its news lies, so that what comes back to news finds it in the next; 0 for none."""
    span = reach(mention)
    day = mention.published.date() if mention.published else span[0] if span else None
    return day.toordinal() // AGAIN_DAYS if day else 0


def weak_date(mention: StoredMention) -> bool:
    """Tell whether the mention's date is only the day its article was published, or one carried over from another sentence."""
    told = mention.mention.date
    if told is None or told.edtf is None:
        return False
    return told.anchor is Anchor.PUBLISHED or (told.anchor is Anchor.PREVIOUS and _is_about_a_day(told.edtf))


def is_printed(mention: StoredMention) -> bool:
    """Tell whether the mention's date is the day of its article, which a dateline names."""
    told = mention.mention.date
    if told is None or told.edtf is None or mention.published is None or not _is_about_a_day(told.edtf):
        return False
    return told.edtf.earliest == mention.published.date()


def _is_about_a_day(value: Edtf) -> bool:
    return value.days == 1 and value.text.endswith("~")


def quote_mark(mention: StoredMention) -> int:
    """Give a number that stands for the sentence as written; of 6 bytes: no two of one copied text share it by chance."""
    quote = mention.mention.quote.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(quote, digest_size=6).digest(), "big")


def _copied(mention: StoredMention) -> str:
    return f"x:{mention.copy_of or mention.article_id}|{quote_mark(mention)}"


def _days(mention: StoredMention, day: date) -> list[str]:
    """Name the days on which a partner of a mention of one day may lie.

    What a report tells without saying when may be what others date some days before it.
    """
    before = REPORT_DAYS if weak_date(mention) or is_printed(mention) else 0
    after = 0 if weak_date(mention) else REPORT_DAYS
    around = range(-before - WINDOW_DAYS, after + WINDOW_DAYS + 1)
    return [f"d:{shift(day, days=days).isoformat()}" for days in around]


def _cross(buckets: Iterable[str], types: Iterable[str], evidence: Iterable[str]) -> set[str]:
    return {f"{bucket}|{type_}|{item}" for bucket in buckets for type_ in types for item in evidence}


def _clip(low: date | None, high: date | None, published: date, *, ahead: bool) -> tuple[date, date]:
    first, last = (published - _GRACE, published + _REACH) if ahead else (published - _REACH, published + _GRACE)
    return max(low or first, first), min(high or last, last)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


def _months(bucket: str, first: date, last: date) -> list[str]:
    months, day = [], first.replace(day=1)
    while day <= last:
        months.append(f"{bucket}:{day.year:04d}-{day.month:02d}")
        day = shift(day + timedelta(days=27), days=5).replace(day=1) if day.year < 9999 else date.max
    return months


def _strong(mention: StoredMention) -> list[str]:
    """Evidence that can join by itself: names of those who act, places below a country."""
    actors = [actor.key for actor in mention.mention.who if actor.kind != "country"][:_EVIDENCE_MOST]
    tokens = [f"a:{token}" for key in actors for token in _rarest(key)]
    places = [f"p:{place.key}" for place in mention.mention.where if place.kind != "country"]
    return list(dict.fromkeys([*places[:_EVIDENCE_MOST], *tokens[: 2 * _EVIDENCE_MOST]]))


def _rarest(key: str) -> list[str]:
    tokens = sorted(set(key.split()), key=lambda token: (-len(token), token))
    return [token for token in tokens if len(token) > 1][:_TOKENS_MOST] or tokens[:1]


def _numbers(mention: StoredMention) -> list[str]:
    values = sorted({quantity.value for quantity in mention.mention.quantities if telling(quantity.value)})
    return [f"q:{value:g}" for value in values[:_EVIDENCE_MOST]]


def _counts(mention: StoredMention) -> list[str]:
    """Small numbers of a named kind, which say nothing by themselves."""
    said = mention.mention
    if said.type in (GENERIC, STATEMENT):
        return []
    values = sorted(
        {quantity.value for quantity in said.quantities if quantity.value > 1 and not telling(quantity.value)}
    )
    return [f"n:{said.type}:{value:g}" for value in values[:_EVIDENCE_MOST]]


def _weak(mention: StoredMention) -> list[str]:
    """Evidence for some days only: countries, and the longest words of one language."""
    countries = {place.country for place in mention.mention.where if place.country}
    countries |= {actor.key for actor in mention.mention.who if actor.kind == "country"}
    words = sorted(set(mention.mention.tokens), key=lambda token: (-len(token), token))[:_TOKENS_MOST]
    return [*(f"c:{c}" for c in sorted(countries)[:3]), *(f"t:{mention.language}:{word}" for word in words)]
