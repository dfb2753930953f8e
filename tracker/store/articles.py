"""Articles and what was read in them: taken in once, read again when changed, never lost."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from tracker.store import work
from tracker.store.codec import decode, encode, raw
from tracker.store.engine import chunks
from tracker.store.tables import Utc, articles, mentions, tellings
from tracker.types import Article, ArticleId, EventMention, MentionId, StoredMention

__all__ = [
    "Accepted",
    "Incoming",
    "accept",
    "accept_all",
    "bounded",
    "find",
    "load",
    "mentions_by_id",
    "mentions_of_article",
    "reread",
    "row_to_article",
    "save_mentions",
]

_INDEXED_BYTES = 1000  # PostgreSQL refuses index rows of more than 2,704 bytes (btree, 8 kB pages)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article to take in, with what recognises it elsewhere. ``step`` is the first step it needs."""

    article: Article
    fingerprint: str = ""
    canonical_url: str = ""
    step: str = "extract"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where an article is stored, and whether that changed anything: new, changed, known."""

    id: ArticleId
    outcome: str


def accept(db: Connection, incoming: Incoming, *, now: datetime) -> Accepted:
    """Take an article in, once; a changed text is a new revision and is read again."""
    known = db.execute(
        sa.select(articles.c.id, articles.c.title, articles.c.text, articles.c.published).where(
            articles.c.public_id == incoming.article.id
        )
    ).first()
    if known is None:
        values = _columns(incoming) | {"public_id": incoming.article.id, "first_seen": now, "quiet": incoming.quiet}
        article_id = db.execute(sa.insert(articles).values(**values).returning(articles.c.id)).scalar_one()
        work.put(db, incoming.step, article_id, now=now)
        return Accepted(ArticleId(article_id), "new")
    if (known.title, known.text, known.published) == (
        incoming.article.title, incoming.article.text, _utc(incoming.article.published),
    ):  # fmt: skip
        return Accepted(ArticleId(known.id), "known")
    revised = _columns(incoming) | {"revision": articles.c.revision + 1}
    db.execute(sa.update(articles).where(articles.c.id == known.id).values(**revised))
    work.put(db, incoming.step, known.id, now=now)
    return Accepted(ArticleId(known.id), "changed")


def accept_all(db: Connection, coming: Sequence[Incoming], *, now: datetime) -> Mapping[str, Accepted]:
    """Take articles in as `accept` does, all of the new ones at once; give where they are by public id."""
    known: set[str] = set()
    for some in chunks(item.article.id for item in coming):
        known |= set(db.scalars(_KNOWN, {"ids": some}))
    fresh = {item.article.id: item for item in coming if item.article.id not in known}
    result = {
        public_id: Accepted(ArticleId(row_id), "new") for public_id, row_id in _insert(db, fresh, now=now).items()
    }
    for item in coming:
        if item.article.id in known or fresh[item.article.id] is not item:
            result[item.article.id] = accept(db, item, now=now)
    return result


def _insert(db: Connection, fresh: Mapping[str, Incoming], *, now: datetime) -> Mapping[str, int]:
    rows = [
        _columns(item) | {"public_id": item.article.id, "first_seen": now, "quiet": item.quiet}
        for item in fresh.values()
    ]
    places: dict[str, int] = {}
    if rows:
        db.execute(_INSERT, rows)
    for some in chunks(fresh):
        places |= {row.public_id: row.id for row in db.execute(_PLACES, {"ids": some})}
    work.put_new(db, ((fresh[public_id].step, row_id) for public_id, row_id in places.items()), now=now)
    return places


def replace_text(db: Connection, article_id: ArticleId, article: Article, fingerprint: str) -> None:
    """Store the text of an article's page in place of its teaser."""
    db.execute(
        sa.update(articles)
        .where(articles.c.id == article_id)
        .values(text=article.text, language=article.language, fingerprint=fingerprint)
    )


def set_language(db: Connection, article_id: ArticleId, language: str) -> None:
    """Write down the language an article turned out to be in."""
    db.execute(sa.update(articles).where(articles.c.id == article_id).values(language=language))


def load(db: Connection, article_id: ArticleId) -> Article:
    """Load an article by its row. Raises: NoResultFound for a row that never was."""
    return row_to_article(db.execute(sa.select(articles).where(articles.c.id == article_id)).mappings().one())


def find(db: Connection, public_id: str) -> ArticleId | None:
    """Find an article's row by its public id."""
    found = db.scalar(sa.select(articles.c.id).where(articles.c.public_id == public_id))
    return None if found is None else ArticleId(found)


def by_link(db: Connection, canonical_url: str) -> ArticleId | None:
    """Find the article another feed has brought under the same link."""
    if not canonical_url:
        return None
    same = articles.c.canonical_url == bounded(canonical_url)
    found = db.scalar(sa.select(articles.c.id).where(same).order_by(articles.c.id).limit(1))
    return None if found is None else ArticleId(found)


def save_mentions(
    db: Connection, article_id: ArticleId, found: Sequence[EventMention], *, decisions: object, now: datetime
) -> None:
    """Store what was found in an article and make merging due; what is no longer found is retired.

    A mention found again keeps its row and thus its event; merging then decides anew. Found again is what stands at the same
    place with the same type, else what most of it stands in: a newer extractor, or an outlet that corrects its text, must not
    give an event another address.
    """
    rows = db.execute(
        sa.select(mentions.c.id, mentions.c.data, mentions.c.retired)
        .where(mentions.c.article_id == article_id)
        .order_by(mentions.c.id)
    ).all()
    old: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        old.setdefault(_place(row.data), []).append(row.id)
    moved: list[dict[str, Any]] = []  # Any: stored JSON
    for data in map(encode, found):
        same = old.get(_place(data))
        if same:
            _store(db, article_id, data, same.pop(0))
        else:
            moved.append(data)
    left = {row_id for ids in old.values() for row_id in ids}
    living = {row.id: row.data for row in rows if row.id in left and not row.retired}
    for data in moved:
        kept = _moved_from(data, living)
        living.pop(kept, None)
        left.discard(kept)
        _store(db, article_id, data, kept or None)
    gone = sorted(left)
    db.execute(sa.update(mentions).where(mentions.c.id.in_(gone)).values(retired=True))
    db.execute(sa.delete(tellings).where(tellings.c.id.in_(gone)))
    copy = _original(db, article_id)
    db.execute(sa.update(articles).where(articles.c.id == article_id).values(decisions=encode(decisions), copy_of=copy))
    work.put(db, "merge", article_id, now=now)


def reread(db: Connection, *, since: datetime | None, now: datetime) -> int:
    """Make extracting due for every stored article, or for those published, or where unknown first seen, ``since``; give their number."""
    when = sa.func.coalesce(articles.c.published, articles.c.first_seen)
    wanted = [] if since is None else [when >= sa.literal(since, Utc)]
    return work.put_all(db, "extract", sa.select(articles.c.id).where(*wanted), now=now)


def mentions_of_article(db: Connection, article_id: ArticleId) -> tuple[StoredMention, ...]:
    """Load an article's living mentions, in the order of their rows."""
    return tuple(map(_stored, db.execute(_OF_ARTICLE, {"article": article_id}).mappings()))


def mentions_by_id(db: Connection, ids: Collection[MentionId]) -> tuple[StoredMention, ...]:
    """Load living mentions with their articles, in the order of their rows."""
    return tuple(map(_stored, db.execute(_BY_ID, {"ids": list(ids)}).mappings())) if ids else ()


def row_to_article(row: RowMapping) -> Article:
    """Make the article of a row of ``articles``."""
    return Article(
        id=row["public_id"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        published=local(row["published"], row["offset_min"]),
        published_has_time=row["has_time"],
        url=row["url"],
        outlet=row["outlet"],
    )


def local(moment: datetime | None, offset_min: int) -> datetime | None:
    """Give a stored time back in the outlet's zone."""
    return moment.astimezone(timezone(timedelta(minutes=offset_min))) if moment else None


def bounded(text: str) -> str:
    """Give what stands for a text in an index: itself, or its hash where it is too long for one."""
    whole = text.encode("utf-8", "surrogatepass")
    return text if len(whole) <= _INDEXED_BYTES else hashlib.sha256(whole).hexdigest()


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _columns(incoming: Incoming) -> dict[str, Any]:  # Any: columns of several types
    article = incoming.article
    offset = article.published.utcoffset() if article.published else None
    return {
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "published": article.published,
        "offset_min": int(offset.total_seconds() // 60) if offset else 0,
        "has_time": article.published_has_time,
        "url": article.url,
        "outlet": article.outlet,
        "fingerprint": incoming.fingerprint,
        "canonical_url": bounded(incoming.canonical_url),
    }


def _place(data: dict[str, Any]) -> tuple[object, ...]:  # Any: stored JSON
    return data["field"], data["start"], data["end"], data["type"]


def _moved_from(data: dict[str, Any], living: Mapping[int, dict[str, Any]]) -> int:  # Any: stored JSON
    """Choose the row whose words are the same or overlap most with a mention's, more than half of the shorter; 0 for none."""
    shares = {row_id: _shared(data, other) for row_id, other in living.items()}
    best = max(shares, key=lambda row_id: (shares[row_id], -row_id), default=0)
    return best if shares.get(best, 0.0) > _SAME_WORDS else 0


def _shared(one: dict[str, Any], other: dict[str, Any]) -> float:  # Any: stored JSON
    """Give the part of the shorter quote that both share, 1.0 for the same words elsewhere; a like type decides between equals."""
    if one["field"] != other["field"]:
        return 0.0
    like = _LIKE_TYPE if one["type"] == other["type"] else 0.0
    if one["quote"] == other["quote"]:
        return 1.0 + like
    common: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    shorter: int = min(one["end"] - one["start"], other["end"] - other["start"])
    return max(0.0, common / max(1, shorter)) + (like if common > 0 else 0.0)


_SAME_WORDS, _LIKE_TYPE = 0.5, 0.01


def _store(db: Connection, article_id: ArticleId, data: object, row_id: int | None) -> None:
    if row_id is None:
        db.execute(sa.insert(mentions).values(article_id=article_id, data=data))
    else:
        db.execute(sa.update(mentions).where(mentions.c.id == row_id).values(data=data, retired=False))


def _original(db: Connection, article_id: ArticleId) -> int | None:
    """Find the article this one repeats word for word: the first seen with the same fingerprint."""
    mine = db.scalar(sa.select(articles.c.fingerprint).where(articles.c.id == article_id))
    if not mine:
        return None
    first = sa.select(sa.func.min(articles.c.id)).where(articles.c.fingerprint == mine)
    original = db.scalar(first)
    return original if original is not None and original < article_id else None


def _stored(row: RowMapping) -> StoredMention:
    return StoredMention(
        id=MentionId(row["id"]),
        article_id=ArticleId(row["article_id"]),
        article_public_id=row["public_id"],
        language=row["language"],
        outlet=row["outlet"],
        published=local(row["published"], row["offset_min"]),
        mention=decode(EventMention, row["data"]),
        copy_of=ArticleId(row["copy_of"]) if row["copy_of"] else None,
    )


_INSERT = sa.insert(articles)
_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_KNOWN = sa.select(articles.c.public_id).where(articles.c.public_id.in_(_IDS))
_PLACES = sa.select(articles.c.id, articles.c.public_id).where(articles.c.public_id.in_(_IDS)).order_by(articles.c.id)
_MENTIONS = (
    sa.select(
        mentions.c.id, mentions.c.article_id, raw(mentions.c.data), articles.c.public_id, articles.c.language,
        articles.c.outlet, articles.c.published, articles.c.offset_min, articles.c.copy_of,
    )
    .join_from(mentions, articles, mentions.c.article_id == articles.c.id)
    .where(mentions.c.retired.is_(False))
    .order_by(mentions.c.id)
)  # fmt: skip
_OF_ARTICLE = _MENTIONS.where(mentions.c.article_id == sa.bindparam("article"))
_BY_ID = _MENTIONS.where(mentions.c.id.in_(_IDS))
