"""A store as large as one likes, the same each time: events over twelve years with reports, places, actors, topics, languages.

What is drawn follows the news: a few topics, places, people and outlets hold most of it, later years more than early ones,
one event in five is only roughly dated. Events come in the order of their first report. Nothing is read or merged: rows
are written as merging would leave them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from benchmarks import bulk
from tracker import edtf
from tracker.store import Store
from tracker.store import tables as t
from tracker.store.folding import folded

__all__ = ["NOW", "TOPICS", "fill", "person", "place", "topic", "word"]

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FIRST = datetime(2014, 6, 1, tzinfo=UTC)
SPAN_S = (NOW - FIRST).total_seconds()
REPORTS = 3.0  # of an event, on average
TYPES = ("visit", "talks", "attack", "flood", "decision", "protest", "accident", "agreement", "vote", "aid", "arrest", "trial",
         "strike", "earthquake", "fire", "election", "sanction", "launch", "death", "statement")  # fmt: skip
LANGUAGES = ("en", "ru", "es", "ar", "fr", "ko", "id", "de", "uk", "zh", "tr", "pt", "ja", "hi")
STATUSES = ("occurred",) * 16 + ("ongoing", "alleged", "denied", "cancelled")
PLACES, PEOPLE, OUTLETS, TOPICS, WORDS = 5_000, 20_000, 400, 40, 50_000
BATCH = 5_000
# First code points of the letters a language is written with, and how many follow; Latin where none is named.
SCRIPTS = {"ru": (0x430, 32), "uk": (0x430, 32), "ar": (0x627, 28), "ko": (0xAC00, 2_000), "zh": (0x4E00, 2_000),
           "ja": (0x4E00, 2_000), "hi": (0x915, 36)}  # fmt: skip
LATIN = (0x61, 26)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is told of one event."""

    id: int
    born: datetime
    value: str | None
    status: str
    type: str
    places: tuple[int, ...]
    people: tuple[int, ...]
    outlets: tuple[int, ...]
    topics: tuple[int, ...]
    languages: tuple[str, ...]
    words: tuple[int, ...]


def fill(store: Store, size: int) -> None:
    """Write ``size`` events with three times as many reports into an empty, migrated store."""
    for start in range(0, size, 20 * BATCH):
        with bulk.filling(store) as db:
            if start == 0:
                slugs = ({"slug": topic(n), "title": f"Topic {n}", "query": f"word{n}"} for n in range(TOPICS))
                bulk.insert(db, t.topics, slugs)
            for first in range(start, min(start + 20 * BATCH, size), BATCH):
                chance = random.Random(first)
                _write(db, [_draw(n, size, chance) for n in range(first + 1, min(first + BATCH, size) + 1)])
            db.execute(sa.update(t.partitions).where(t.partitions.c.id == 0).values(changes=size))  # a change an event
    bulk.settle(store, ("articles", "events", "mentions"))


def topic(rank: int) -> str:
    """Give a topic's slug; the first is the largest."""
    return f"topic-{rank}"


def place(rank: int) -> str:
    """Give a place's key; the first is named most."""
    return f"town:{rank}"


@cache
def person(rank: int) -> str:
    """Give an actor's name."""
    return " ".join(word("en", part).title() for part in (rank * 7 + 11, rank * 13 + 5))


@cache
def word(language: str, rank: int) -> str:
    """Give a word in the letters of a language; the first are the most frequent, and short."""
    first, letters = SCRIPTS.get(language, LATIN)
    made, rest = "", rank + 1
    while rest:
        rest, digit = divmod(rest, letters)
        made += chr(first + digit) + (chr(first + rank % 5 * 4 % letters) if letters < 100 else "")
    return made


def _rank(chance: random.Random, most: int) -> int:
    """Draw a rank below ``most``, each less often than the one before, as names and words are."""
    return min(most - 1, int(most ** chance.random()) - 1 + int(chance.random() * most * 0.02))


def _draw(number: int, size: int, chance: random.Random) -> _Drawn:
    born = FIRST + timedelta(seconds=SPAN_S * (number / size) ** 0.7)  # the later, the more
    value, status = _when(born.date(), chance)
    reports = min(200, 1 + int(chance.expovariate(1 / (REPORTS - 0.5))))
    languages = tuple(dict.fromkeys(LANGUAGES[_rank(chance, len(LANGUAGES))] for _ in range(min(reports, 6))))
    return _Drawn(
        number, born, value, status, TYPES[_rank(chance, len(TYPES))],
        places=tuple({_rank(chance, PLACES) for _ in range(1 + (chance.random() < 0.4))}),
        people=tuple({_rank(chance, PEOPLE) for _ in range(chance.choice((0, 1, 1, 2, 3)))}),
        outlets=tuple(_rank(chance, OUTLETS) for _ in range(reports)),
        topics=tuple({_rank(chance, TOPICS) for _ in range(chance.choice((0, 0, 1, 1, 2)))}),
        languages=languages,
        words=tuple(_rank(chance, WORDS) for _ in range(9)),
    )  # fmt: skip


def _when(told: date, chance: random.Random) -> tuple[str | None, str]:
    """Draw a date as EDTF near the day it was first told, and how it stands."""
    status, kind = chance.choice(STATUSES), chance.random()
    day = told - timedelta(days=int(chance.expovariate(0.4)))
    if kind < 0.05:
        return (told + timedelta(days=int(chance.expovariate(0.02)) + 1)).isoformat(), "planned"
    if kind < 0.80:
        return day.isoformat(), status
    if kind < 0.84:
        return f"{day}/{day + timedelta(days=2)}", status
    if kind < 0.89:
        return f"[{day}..{day + timedelta(days=6)}]", status
    if kind < 0.94:
        return f"{day:%Y-%m}", status
    if kind < 0.96:
        return chance.choice((f"{day:%Y}", f"{day:%Y}-2{day.month % 3 + 1}")), status
    if kind < 0.98:
        return chance.choice((f"../{day}", f"{day}/..")), status
    return None, status


def _write(db: Connection, drawn: Sequence[_Drawn]) -> None:
    bulk.insert(db, t.events, (_event(one) for one in drawn))
    reports = [report for one in drawn for report in _reports(one)]
    bulk.insert(db, t.articles, (article for article, _ in reports))
    bulk.insert(db, t.mentions, (mention for _, mention in reports))
    bulk.insert(db, t.event_facets, (facet for one in drawn for facet in _facets(one)))
    bulk.insert(
        db, t.event_topics, ({"topic": topic(n), "event_id": one.id} for one in drawn for n in sorted(one.topics))
    )
    made = (
        {"event_id": one.id, "number": 1, "kind": "created", "changed": one.born, "new": _title(one)} for one in drawn
    )
    bulk.insert(db, t.revisions, made)


def _title(one: _Drawn, language: str = "") -> str:
    language = language or one.languages[0]
    blank = "" if language in ("zh", "ja") else " "
    return blank.join(word(language, rank) for rank in one.words).capitalize() + "."


def _event(one: _Drawn) -> dict[str, object]:
    when = edtf.parse(one.value) if one.value else None
    outlets, title = len(set(one.outlets)), _title(one)
    importance = round(0.7 * outlets + 0.25 * len(one.languages), 4)
    facts = {
        "title": title, "title_language": one.languages[0],
        "date": {"edtf": one.value, "basis": f"{len(one.outlets)} of {len(one.outlets)} dated reports give it"},
        "status": one.status, "type": one.type, "who": _who(one), "where": _where(one), "quantities": [],
        "importance": importance, "outlets": outlets, "languages": list(one.languages), "disputed": [],
        "titles": [[language, _title(one, language)] for language in one.languages],
    }  # fmt: skip
    quotes = (_title(one, language) for language in one.languages)
    names = (str(named["name"]) for named in (*_who(one), *_where(one)))
    return {
        "id": one.id, "edtf": one.value, "earliest": when.earliest if when else None, "latest": when.latest if when else None,
        "precision": when.precision.value if when else "unknown", "status": one.status, "type": one.type,
        "importance": importance, "outlets": outlets, "disputed": False, "facts": facts,
        "search": "\n".join(folded(text) for text in (title, *quotes, *names)), "first_published": one.born,
        "updated": one.born + timedelta(hours=one.id % 7), "revision": 1, "reports": len(one.outlets), "change": one.id,
    }  # fmt: skip


def _who(one: _Drawn) -> list[dict[str, object]]:
    return [{"name": person(n), "kind": "person", "key": f"{person(n).upper()} ={n}"} for n in one.people]


def _where(one: _Drawn) -> list[dict[str, object]]:
    return [
        {"name": f"Town {n}", "kind": "city", "country": f"C{n % 60}", "key": place(n), "geonames_id": n + 1,
         "lat": n % 170 - 85.0, "lon": n % 350 - 175.0}
        for n in one.places
    ]  # fmt: skip


def _facets(one: _Drawn) -> Iterator[dict[str, object]]:
    rows = {("place", place(n)): f"Town {n}" for n in one.places}
    rows |= {("who", str(who["key"])): str(who["name"]) for who in _who(one)}
    rows |= {("language", language): "" for language in one.languages}
    rows |= {("outlet", f"Paper {n}"): f"Paper {n}" for n in one.outlets}
    for (field, value), label in sorted(rows.items()):
        yield {"event_id": one.id, "field": field, "value": value, "label": label}


def _reports(one: _Drawn) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Give each report's article and mention; their ids follow the event's, with room for the most reports one has."""
    for index, outlet in enumerate(one.outlets):
        number = one.id * 200 + index
        language = one.languages[index % len(one.languages)]
        quote, published = _title(one, language), one.born + timedelta(hours=index)
        article = {
            "id": number, "public_id": f"b{number}", "title": quote, "text": f"{quote} {quote}", "language": language,
            "published": published, "outlet": f"Paper {outlet}", "url": f"https://paper{outlet}.example/{number}",
            "canonical_url": f"http://paper{outlet}.example/{number}", "first_seen": published, "decisions": [],
        }  # fmt: skip
        phrase = {"edtf": one.value, "anchor": "explicit", "rule": "day month year", "weight": 1.0, "phrase": quote[:5],
                  "start": 0, "end": 5, "field": "text"}  # fmt: skip
        said = {
            "field": "text", "start": 0, "end": len(quote), "quote": quote, "type": one.type, "status": one.status,
            "date": phrase if one.value else None, "who": _who(one), "where": _where(one), "lead": True, "salience": 1.0,
            "tokens": [word(language, rank) for rank in one.words], "trace": [],
        }  # fmt: skip
        yield article, {"id": number, "article_id": number, "event_id": one.id, "data": said, "reason": "same day"}
