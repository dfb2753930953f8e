"""Articles, mentions and events for tests of the store, each made with what a test says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from tracker import edtf
from tracker.store import Incoming, Store, articles, feeds, merging, polls, work
from tracker.store.polls import Polled, Received
from tracker.store.work import Claim
from tracker.types import (
    Actor,
    Anchor,
    Article,
    ArticleId,
    Dispute,
    Entry,
    EventCluster,
    EventDate,
    EventFacts,
    EventId,
    EventMention,
    FeedFacts,
    FeedId,
    MentionDate,
    MergePlan,
    Place,
    Status,
    StoredMention,
    Validators,
)

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
FEED = "https://news.example/rss"


def later(**span: float) -> datetime:
    """Give the time so much after `NOW`."""
    return NOW + timedelta(**span)


def article(name: str = "a", **said: object) -> Article:
    """Make an article; its id, title and text follow ``name``."""
    usual = Article(name, f"Title {name}", f"Text of {name}.", "en", datetime(2025, 11, 20, 9, tzinfo=UTC))
    return replace(usual, **{"outlet": "Example Gazette", **said})


def incoming(name: str = "a", **said: object) -> Incoming:
    """Make an article to take in, with a fingerprint and a link of its own."""
    return Incoming(article(name, **said), f"print {name}"[:64], canonical_url=f"http://news.example/{name}")


def take_in(store: Store, *items: Incoming, now: datetime = NOW) -> list[ArticleId]:
    """Take articles in; give their rows."""
    with store.write() as db:
        return [articles.accept(db, item, now=now).id for item in items]


def mention(quote: str = "It rained.", start: int = 0, **said: object) -> EventMention:
    """Make an event mention of a sentence."""
    date = MentionDate(
        edtf.parse("2025-06-17"), Anchor.EXPLICIT, "day month year", 1.0, "17 June 2025", start, start + 4
    )
    usual = EventMention("text", start, start + len(quote), quote, "flood", Status.OCCURRED, date)
    return replace(usual, **said)


@dataclass(frozen=True)
class Told:
    """What a test says of an event; the rest is filled in. ``outlets`` are the papers that report it."""

    title: str = "It rained"
    date: str | None = "2025-06-17"
    status: Status = Status.OCCURRED
    type: str = "flood"
    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ("Example Gazette",)
    language: str = "en"
    disputed: bool = False
    quiet: bool = False
    born: datetime = field(default=NOW)
    importance: float = 0.5


def facts(told: Told) -> EventFacts:
    """Make the facts of an event."""
    return EventFacts(
        title=told.title,
        title_language=told.language,
        date=EventDate(edtf.parse(told.date) if told.date else None, "what a test says"),
        status=told.status,
        type=told.type,
        who=tuple(Actor(name, "person", name.casefold()) for name in told.who),
        where=tuple(Place(name, "city", "XX", f"place:{name}", lat=1.5, lon=2.5) for name in told.where),
        quantities=(),
        importance=told.importance,
        outlets=len(told.outlets),
        languages=(told.language,),
        disputed=(Dispute("date", (("2025-06-17", ("a",)), ("2025-06-18", ("b",)))),) if told.disputed else (),
    )


def cluster(told: Told, mentions: Sequence[StoredMention], event_id: EventId | None = None) -> EventCluster:
    """Make a decision of merging about some mentions."""
    ids = tuple(m.id for m in mentions)
    return EventCluster(event_id, ids, facts(told), tuple((i, "same day") for i in ids))


def read_in(store: Store, article_id: ArticleId, *mentions: EventMention) -> tuple[StoredMention, ...]:
    """Store what was found in an article; give its mentions as merging sees them."""
    with store.write() as db:
        articles.save_mentions(db, article_id, mentions, decisions=(), now=NOW)
        return articles.mentions_of_article(db, article_id)


def apply(
    store: Store, plan: MergePlan, mentions: Sequence[StoredMention], *, now: datetime = NOW, quiet: bool = False
) -> tuple[EventId, ...]:
    """Apply a plan as merging does."""
    with store.write() as db:
        merging.lock(db)
        return merging.apply(db, plan, mentions, merging.Change(now, "report of Example Gazette (a)", quiet))


def event(store: Store, told: Told | None = None) -> EventId:
    """Store an event with one report of each of its outlets."""
    told = told or Told()
    found: list[StoredMention] = []
    for outlet in told.outlets:
        name = f"{told.title} {told.date} {outlet}"
        row = take_in(store, incoming(name, outlet=outlet, language=told.language))[0]
        found += read_in(store, row, mention(f"{told.title}."))
    return apply(store, MergePlan((cluster(told, found),)), found, now=told.born, quiet=told.quiet)[0]


def add_feed(store: Store, url: str = FEED, **said: object) -> FeedId:
    """Add a feed, due at once."""
    with store.write() as db:
        return feeds.add(db, replace(FeedFacts(url), **said), now=NOW)[0]


def claim(store: Store, step: str = "poll", *, n: int = 1, now: datetime = NOW, worker: str = "w") -> tuple[Claim, ...]:
    """Claim due rows with a lease of five minutes."""
    with store.write() as db:
        return work.claim(db, step, n=n, now=now, lease_s=300, worker=worker)


def entry(key: str, text: str = "As it was.", *, feed: str = FEED, link: str = "", dated: bool = True) -> Received:
    """Make an entry of a poll with its article; the article's id follows feed and key, as in production."""
    published = datetime(2025, 11, 20, 9, tzinfo=UTC) if dated else None
    link = link or f"http://news.example/{key}"
    read = article(f"{feed} {key}", text=text, url=link, published=published or NOW, published_has_time=dated)
    item = Incoming(read, fingerprint=f"print {text}"[:64], canonical_url=link)
    return Received(Entry(key, f"Title {key}", text, link, published), content_hash=f"hash {text}"[:64], incoming=item)


def poll(store: Store, feed_id: FeedId, *received: Received, now: datetime = NOW, **said: object) -> int:
    """Claim a feed that is due and record a successful poll; give the number of new entries."""
    due = [c for n in range(9) for c in claim(store, now=now, worker=f"w{n}")]
    held = next(c for c in due if c.id == feed_id)
    with store.write() as db:
        work.free_dead(db, [c.worker for c in due if c is not held])
        known = polls.known(db, feed_id, [item.key for item in received])
        sighted = polls.recognise(db, feed_id, received, rows=known)
        usual = Polled(now, now + timedelta(hours=1), 3600, "its own rhythm", Validators(FEED, '"1"'), sighted)
        return polls.polled(db, held, replace(usual, **said))


def rows(store: Store, table: sa.Table) -> list[sa.RowMapping]:
    """Read a whole table."""
    with store.read() as db:
        return list(db.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings())
