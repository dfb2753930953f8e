"""Entries: which of a poll are known, under whatever guid; each stored exactly once.

An entry is known by its key; where its key is new, by canonical link and title, if the entry that had them is no longer in
the document: feeds that mint a new guid at each request exist. An article may be sighted by several feeds; the feed that
brought it first is the one that changes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store import articles as article_rows
from tracker.store.articles import Accepted, Incoming
from tracker.store.engine import chunks
from tracker.store.tables import articles, entries
from tracker.types import ArticleId, Entry

__all__ = ["Arrival", "Known", "Received", "Sighted", "known", "receive_all", "recognise", "weekly"]

_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Received:
    """One entry of a poll with the article made of it and the hash by which a later change is noticed."""

    entry: Entry
    content_hash: str
    incoming: Incoming

    @property
    def key(self) -> str:
        """Give the entry's key as it is stored."""
        return article_rows.bounded(self.entry.key)

    @property
    def link(self) -> str:
        """Give the link its article is compared by, as it is stored; '' for none."""
        return article_rows.bounded(self.incoming.canonical_url)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry's row."""

    id: int
    key: str
    content_hash: str
    article_id: int


@dataclass(frozen=True, slots=True)
class Sighted:
    """A poll's entries told apart: those known with their rows, and the new ones, each key once."""

    known: tuple[tuple[Received, Known], ...] = ()
    new: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a poll of a feed brought. ``quiet`` entries are not announced."""

    feed_id: int
    sighted: Sighted
    quiet: bool


def known(db: Connection, feed_id: int, keys: Iterable[str]) -> Mapping[str, Known]:
    """Give the rows of those entries of a feed that are known, by key as `Received.key` gives it."""
    rows = (row for some in chunks(keys) for row in db.execute(_BY_KEY, {"feed": feed_id, "keys": some}))
    return {row.key: Known(*row) for row in rows}


def recognise(
    db: Connection, feed_id: int, received: Sequence[Received], *, rows: Mapping[str, Known], present: Iterable[str] = ()
) -> Sighted:  # fmt: skip
    """Tell known entries of a feed from new ones.

    ``rows`` are those `known` gave for the document, ``present`` the keys of all of it, where more stand in it. Only who
    holds the feed may ask: then the answer stays true until what was received is stored.
    """
    items = {item.key: item for item in received}
    strangers = [item for key, item in items.items() if key not in rows]
    renamed = _renamed(db, feed_id, strangers, present={*items, *present}) if strangers else {}
    seen = [(item, rows[key]) for key, item in items.items() if key in rows]
    seen += [(item, renamed[item.key]) for item in strangers if item.key in renamed]
    return Sighted(tuple(seen), tuple(item for item in strangers if item.key not in renamed))


def receive_all(db: Connection, arrivals: Sequence[Arrival], *, now: datetime) -> Mapping[int, int]:
    """Store what is new and what changed in several feeds at once; give the number of new entries by feed."""
    for arrival in arrivals:
        for item, row in arrival.sighted.known:
            _see_again(db, arrival.feed_id, item, row, now=now)
    places = _places(db, arrivals)
    coming = [
        replace(item.incoming, quiet=arrival.quiet)
        for arrival in arrivals
        for item in arrival.sighted.new
        if (arrival.feed_id, item.key) not in places
    ]
    taken = article_rows.accept_all(db, coming, now=now)
    rows = [
        {
            "feed_id": arrival.feed_id, "first_seen": now, **_columns(item),
            "article_id": _article(places.get((arrival.feed_id, item.key), item.incoming.article.id), taken),
        }
        for arrival in arrivals
        for item in arrival.sighted.new
    ]  # fmt: skip
    if rows:
        db.execute(_INSERT, rows)
    return {arrival.feed_id: len(arrival.sighted.new) for arrival in arrivals}


def weekly(db: Connection, *, since: datetime) -> Mapping[int, int]:
    """Count the entries of each feed published since a moment, or seen then where they have no date."""
    moment = sa.func.coalesce(entries.c.published, entries.c.first_seen)
    rows = db.execute(sa.select(entries.c.feed_id, sa.func.count()).where(moment >= since).group_by(entries.c.feed_id))
    return {row[0]: row[1] for row in rows}


def _renamed(
    db: Connection, feed_id: int, strangers: Sequence[Received], *, present: Iterable[str]
) -> dict[str, Known]:
    """Find the rows of entries that came back under another key, each row for one entry at most."""
    links = {item.link: None for item in strangers if item.link}
    still_there = set(present)
    free: dict[tuple[str, str], list[Known]] = {}
    for some in chunks(links):
        for row in db.execute(_BY_LINK, {"feed": feed_id, "links": some}):
            if row.key not in still_there:
                free.setdefault((row.canonical_url, row.title), []).append(Known(*row[:4]))
    found = {}
    for item in strangers:
        same = free.get((item.link, item.entry.title))
        if same:
            found[item.key] = same.pop()
    return found


def _see_again(db: Connection, feed_id: int, item: Received, row: Known, *, now: datetime) -> None:
    if row.content_hash != item.content_hash:
        _change(db, feed_id, ArticleId(row.article_id), item, now=now)
    if (row.key, row.content_hash) != (item.key, item.content_hash):
        db.execute(sa.update(entries).where(entries.c.id == row.id).values(**_columns(item)))


def _change(db: Connection, feed_id: int, article_id: ArticleId, item: Received, *, now: datetime) -> None:
    """Take over an entry's new text. An article another feed brought first changes with that feed alone.

    Where the entry has no date of its own, its article keeps the one it got when it was first seen.
    """
    sightings = sa.select(entries.c.feed_id).where(entries.c.article_id == article_id).order_by(entries.c.id)
    if db.scalar(sightings.limit(1)) != feed_id:
        return
    stored = article_rows.load(db, article_id)
    published = stored.published if item.entry.published is None else item.incoming.article.published
    article = replace(item.incoming.article, id=stored.id, published=published)
    article_rows.accept(db, replace(item.incoming, article=article), now=now)


class _Shelf:
    """Articles under their links: each with the feeds that brought it, the oldest first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None], dict[int | str, set[int]]] = {}

    def put(self, link: str, title: str, article: int | str, feed_id: int | None) -> None:
        """Note an article a feed brought; it is found by its link, with and without its title."""
        for name in (None, title):
            self._found.setdefault((link, name), {}).setdefault(article, set()).add(feed_id or 0)

    def find(self, link: str, title: str | None, feed_id: int) -> int | str | None:
        """Find the oldest article under a link that a feed has not brought itself."""
        found = self._found.get((link, title), {}).items()
        return next((article for article, brought_by in found if feed_id not in brought_by), None)


def _places(db: Connection, arrivals: Sequence[Arrival]) -> Mapping[tuple[int, str], int | str]:
    """Find the articles other feeds have brought under the same links, by feed and key of the entries.

    A stored article is named by its row, one that comes along by its public id. A link that several entries of a document
    share (a live page, a home page) counts only with the same title.
    """
    shelf, places = _shelf(db, arrivals), dict[tuple[int, str], int | str]()
    for arrival in arrivals:
        shared = Counter(item.link for item in arrival.sighted.new)
        for item in arrival.sighted.new if any(shared) else ():
            title = item.incoming.article.title
            found = shelf.find(item.link, title if shared[item.link] > 1 else None, arrival.feed_id)
            if found is not None:
                places[arrival.feed_id, item.key] = found
            elif item.link:
                shelf.put(item.link, title, item.incoming.article.id, arrival.feed_id)
    return places


def _shelf(db: Connection, arrivals: Sequence[Arrival]) -> _Shelf:
    shelf = _Shelf()
    links = {item.link: None for arrival in arrivals for item in arrival.sighted.new if item.link}
    for some in chunks(links):
        for row in db.execute(_UNDER_LINKS, {"links": some}):
            shelf.put(row.canonical_url, row.title, row.id, row.feed_id)
    return shelf


def _article(place: int | str, taken: Mapping[str, Accepted]) -> int:
    return place if isinstance(place, int) else taken[place].id


def _columns(item: Received) -> dict[str, object]:
    return {
        "key": item.key, "link": item.entry.link, "title": item.entry.title, "published": item.entry.published,
        "published_raw": item.entry.published_raw, "content_hash": item.content_hash,
    }  # fmt: skip


# Built once: to build a statement costs more than to run it.
_INSERT = sa.insert(entries)
_BY_KEY = sa.select(entries.c.id, entries.c.key, entries.c.content_hash, entries.c.article_id).where(
    entries.c.feed_id == sa.bindparam("feed"), entries.c.key.in_(sa.bindparam("keys", expanding=True))
)
_LINKED = articles.c.canonical_url.in_(sa.bindparam("links", expanding=True))
_BY_LINK = (
    sa.select(
        entries.c.id, entries.c.key, entries.c.content_hash, entries.c.article_id, entries.c.title, articles.c.canonical_url,
    )
    .join_from(entries, articles)
    .where(entries.c.feed_id == sa.bindparam("feed"), _LINKED)
)  # fmt: skip
_UNDER_LINKS = (
    sa.select(articles.c.id, articles.c.canonical_url, articles.c.title, entries.c.feed_id)
    .join_from(articles, entries, isouter=True)
    .where(_LINKED)
    .order_by(articles.c.id)
)
