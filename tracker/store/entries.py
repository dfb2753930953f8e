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
from tracker.store.articles import Incoming
from tracker.store.tables import articles, entries
from tracker.types import ArticleId, Entry

__all__ = ["Known", "Received", "Sighted", "hashes", "receive", "recognise", "weekly"]

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

    known: tuple[tuple[Received, Known], ...]
    new: tuple[Received, ...]


def hashes(db: Connection, feed_id: int, keys: Iterable[str]) -> Mapping[str, str]:
    """Give the hashes of those entries of a feed that are known, by key as `Received.key` gives it."""
    return {key: known.content_hash for key, known in _by_key(db, feed_id, keys).items()}


def recognise(db: Connection, feed_id: int, received: Sequence[Received], *, present: Iterable[str] = ()) -> Sighted:
    """Tell known entries of a feed from new ones. ``present``: the keys of the whole document, where more stand in it."""
    items = {item.key: item for item in received}
    by_key = _by_key(db, feed_id, items)
    strangers = [item for key, item in items.items() if key not in by_key]
    renamed = _renamed(db, feed_id, strangers, present={*items, *present})
    known = [(items[key], row) for key, row in by_key.items()]
    known += [(item, renamed[item.key]) for item in strangers if item.key in renamed]
    return Sighted(tuple(known), tuple(item for item in strangers if item.key not in renamed))


def receive(db: Connection, feed_id: int, sighted: Sighted, *, now: datetime, quiet: bool) -> int:
    """Store what is new and what changed; give the number of new entries. ``quiet`` ones are not announced."""
    for item, row in sighted.known:
        _see_again(db, feed_id, item, row, now=now)
    elsewhere = _elsewhere(db, feed_id, sighted.new)
    coming = [replace(item.incoming, quiet=quiet) for item in sighted.new if item.key not in elsewhere]
    taken = article_rows.accept_all(db, coming, now=now)
    rows = [
        {
            "feed_id": feed_id, "first_seen": now, **_columns(item),
            "article_id": elsewhere.get(item.key) or taken[item.incoming.article.id].id,
        }
        for item in sighted.new
    ]  # fmt: skip
    if rows:
        db.execute(_INSERT, rows)
    return len(sighted.new)


def weekly(db: Connection, *, since: datetime) -> Mapping[int, int]:
    """Count the entries of each feed published since a moment, or seen then where they have no date."""
    moment = sa.func.coalesce(entries.c.published, entries.c.first_seen)
    rows = db.execute(sa.select(entries.c.feed_id, sa.func.count()).where(moment >= since).group_by(entries.c.feed_id))
    return {row[0]: row[1] for row in rows}


def _by_key(db: Connection, feed_id: int, keys: Iterable[str]) -> dict[str, Known]:
    rows = (row for some in article_rows.chunks(keys) for row in db.execute(_BY_KEY, {"feed": feed_id, "keys": some}))
    return {row.key: Known(*row) for row in rows}


def _renamed(
    db: Connection, feed_id: int, strangers: Sequence[Received], *, present: Iterable[str]
) -> dict[str, Known]:
    """Find the rows of entries that came back under another key, each row for one entry at most."""
    links = {
        article_rows.bounded(item.incoming.canonical_url): None for item in strangers if item.incoming.canonical_url
    }
    still_there = set(present)
    free: dict[tuple[str, str], list[Known]] = {}
    for some in article_rows.chunks(links):
        for row in db.execute(_BY_LINK, {"feed": feed_id, "links": some}):
            if row.key not in still_there:
                free.setdefault((row.canonical_url, row.title), []).append(Known(*row[:4]))
    found = {}
    for item in strangers:
        same = free.get((article_rows.bounded(item.incoming.canonical_url), item.entry.title))
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


def _elsewhere(db: Connection, feed_id: int, new: Sequence[Received]) -> dict[str, ArticleId]:
    """Find the articles other feeds have brought under the same links, by the keys of the entries.

    A link that several entries of the document share (a live page, a home page) counts only with the same title.
    """
    shared = Counter(item.incoming.canonical_url for item in new)
    found: dict[tuple[str, str | None], int] = {}  # the oldest article under a link, and under a link with a title
    for some in article_rows.chunks({article_rows.bounded(link): None for link in shared if link}):
        for row in db.execute(_ELSEWHERE, {"feed": feed_id, "links": some}):
            found[row.canonical_url, None] = found[row.canonical_url, row.title] = row.id
    places = {}
    for item in new:
        incoming = item.incoming
        title = incoming.article.title if shared[incoming.canonical_url] > 1 else None
        row_id = found.get((article_rows.bounded(incoming.canonical_url), title))
        if row_id is not None:
            places[item.key] = ArticleId(row_id)
    return places


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
_ELSEWHERE = (
    sa.select(articles.c.id, articles.c.canonical_url, articles.c.title)
    .where(
        _LINKED,
        ~sa.select(entries.c.id)
        .where(entries.c.article_id == articles.c.id, entries.c.feed_id == sa.bindparam("feed"))
        .exists(),
    )
    .order_by(articles.c.id.desc())
)
