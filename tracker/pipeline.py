"""The whole flow, in one place.

    poll     due feeds       -> download -> parse -> entries and articles stored; `read` or `extract` is due
    read     teaser articles -> download the page -> its text; `extract` is due
    extract  due articles    -> time mentions -> event mentions stored; `merge` is due
    merge    due articles    -> neighbours -> plan -> events changed, revisions written

Every step: claim a batch of due rows, compute with pure functions, store the result and end the lease in one
transaction (ADR 0003). A row that fails is pushed ahead with its error and never stops the others. A step returns the
steps that may have due rows now; who runs them, and when, is not known here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy.engine import Connection

from tracker import articles, events, feeds, logs, mentions, times
from tracker.articles import LanguageDetector
from tracker.downloads import PAGES, Fetcher, Request
from tracker.errors import FeedError, FetchError, ForbiddenAddress, LeaseLost
from tracker.events import MergeOptions, Query, Resolver
from tracker.feeds import FeedState, Outcome, SafeParser, ScheduleOptions
from tracker.filters import Filter
from tracker.languages import Languages
from tracker.links import canonical_link
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.settings import Settings
from tracker.store import Claim, FeedRow, Incoming, Polled, Received, Retry, Store, merging, work
from tracker.store import articles as article_rows
from tracker.store import feeds as feed_rows
from tracker.store import topics as topic_rows
from tracker.store.loading import whole_events
from tracker.types import Article, ArticleId, Entry, Event, EventId, TimeMention, Topic, Validators

log = logging.getLogger(__name__)

_PAGE_TRIES = 3


class Step(StrEnum):
    """The steps, in the order in which an article passes them."""

    POLL = "poll"
    READ = "read"
    EXTRACT = "extract"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the steps work with; built once by `tracker.wiring`.

    ``topics`` gives the compiled queries by slug. Once ``stop`` is set, a batch ends after the row under way.
    """

    store: Store
    fetcher: Fetcher
    parser: SafeParser
    languages: Languages
    detector: LanguageDetector
    gazetteer: Gazetteer
    names: NameBook
    resolver: Resolver
    topics: Callable[[], Sequence[tuple[str, Query]]]
    settings: Settings
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    worker: str
    stop: threading.Event = field(default_factory=threading.Event)


def run(parts: Parts, step: Step) -> tuple[Step, ...]:
    """Work on one batch of a step's due rows; give the steps that may have due rows now."""
    size = parts.settings.poll.batch if step is Step.POLL else parts.settings.work.batch
    lease_s = _lease_s(parts, step, size)
    with parts.store.write() as db:
        claims = work.claim(db, step, n=size, now=parts.now(), lease_s=lease_s, worker=parts.worker)
    follow: dict[Step, None] = {}
    for number, claim in enumerate(claims):
        if parts.stop.is_set():
            with parts.store.write() as db:
                work.give_back(db, claims[number:])
            return ()
        with logs.bind(**{"feed" if step is Step.POLL else "article": claim.subject_id}):
            follow |= dict.fromkeys(_attempt(parts, step, claim))
    if len(claims) == size:
        follow[step] = None
    return tuple(follow)


def _lease_s(parts: Parts, step: Step, size: int) -> float:
    """Give the seconds a batch may take; one that downloads takes the longest time for each of its rows."""
    settings = parts.settings
    each = {Step.POLL: settings.fetch.total_s + settings.poll.parse_s, Step.READ: settings.fetch.total_s}
    return max(settings.work.lease_s, size * each.get(step, 0.0))


def due(parts: Parts) -> tuple[Step, ...]:
    """Name the steps that have due rows."""
    with parts.store.read() as db:
        return tuple(Step(step) for step in work.due_steps(db, now=parts.now()))


def accept(parts: Parts, batch: Sequence[Article]) -> int:
    """Take articles in from elsewhere than a feed; give the number of new or changed ones."""
    incoming = [_incoming(article, parts, declared=article.language) for article in batch]
    with parts.store.write() as db:
        outcomes = [article_rows.accept(db, item, now=parts.now()).outcome for item in incoming]
    return sum(outcome != "known" for outcome in outcomes)


def _attempt(parts: Parts, step: Step, claim: Claim) -> tuple[Step, ...]:
    """Run one claim to its end; what goes wrong is recorded on its row."""
    try:
        return _STEPS[step](parts, claim)
    except LeaseLost as lost:
        log.warning("%s", lost)
    except Exception as failure:  # noqa: BLE001  # the one place where a step ends, whatever happened in it
        try:
            _set_back(parts, step, claim, failure)
        except LeaseLost as lost:
            log.warning("%s", lost)
    return ()


def _set_back(parts: Parts, step: Step, claim: Claim, failure: Exception) -> None:
    now, settings = parts.now(), parts.settings
    reason = f"{type(failure).__name__}: {failure}"
    with parts.store.write() as db:
        if step is Step.POLL:
            wait = timedelta(seconds=settings.poll.max_interval_s)
            feed_rows.failed(db, claim, reason, now=now, next_check=now + wait, why="an unexpected failure")
            gone = False
        else:
            retry = Retry(settings.work.retry_base_s, settings.work.max_attempts)
            gone = work.fail(db, claim, reason, now=now, retry=retry)
    log.warning("%s failed%s: %s", step, " for good" if gone else "", reason, exc_info=gone or step is Step.POLL)


def _poll(parts: Parts, claim: Claim) -> tuple[Step, ...]:
    """Ask a feed for news."""
    with parts.store.read() as db:
        feed = feed_rows.load(db, claim.id)
    state, scale = _feed_state(feed), parts.settings.service.clock_scale
    address = feeds.address_to_ask(feed.facts.url, feed.original_url, state, now=parts.now(), scale=scale)
    outcome = _ask(parts, feed, address)
    received = tuple(_received(parts, feed, entry) for entry in outcome.entries)
    outcome, lead = _compared(parts, feed, outcome, received)
    check = feeds.next_check(state, outcome, options=_schedule(parts), now=parts.now(), jitter=parts.jitter())
    with parts.store.write() as db:
        if outcome.ok:
            moved = outcome.moved_to or (address if address != feed.facts.url else None)
            new = feed_rows.polled(db, claim, _polled(parts, outcome, check, received, lead, moved))
        else:
            after = feeds.state_after(state, outcome, now=parts.now(), scale=scale)
            patience = parts.now() + timedelta(seconds=outcome.retry_s / scale) if outcome.retry_s else None
            feed_rows.failed(
                db, claim, outcome.words, now=parts.now(), next_check=check.at, state=after, why=check.why,
                patience_until=patience,
            )  # fmt: skip
            new = 0
    log.info("polled %s: %s", address, outcome.words if not outcome.ok else f"{len(received)} entries, {new} new")
    return (Step.READ, Step.EXTRACT) if new else ()


def _compared(
    parts: Parts, feed: FeedRow, outcome: Outcome, received: Sequence[Received]
) -> tuple[Outcome, feeds.Lead]:  # fmt: skip
    """Compare a poll's entries with those known: were some missed, and do the dates of new ones run ahead?"""
    lead = feeds.Lead(feed.lead_h, feed.lead_seen)
    if not received or not feed.entries_seen:
        return outcome, lead
    with parts.store.read() as db:
        sighted = feed_rows.recognise(db, feed.id, received)
    new = [item.entry for item in sighted.new]
    lead = feeds.lead_after(lead, new, last_ok=feed.last_ok, now=parts.now())
    return (outcome if sighted.known else feeds.without_known(outcome)), lead


def _polled(
    parts: Parts, outcome: Outcome, check: feeds.Check, received: tuple[Received, ...], lead: feeds.Lead, moved: str | None
) -> Polled:  # fmt: skip
    return Polled(
        now=parts.now(), next_check=check.at, wait_s=check.interval_s, wait_why=check.why, received=received,
        validators=outcome.validators, url=moved, name=outcome.title, ttl_s=outcome.ttl_s, complaint=outcome.complaint,
        rhythm_s=check.rhythm_s, skips=None if outcome.skips is None else str(outcome.skips),
        lead_h=lead.hours, lead_seen=lead.seen,
    )  # fmt: skip


def _read(parts: Parts, claim: Claim) -> tuple[Step, ...]:
    """Replace a teaser by the text of its page; a page that cannot be had leaves the teaser.

    A host that is down for the moment is asked again, up to `_PAGE_TRIES` times in all.
    """
    article_id = ArticleId(claim.subject_id)
    with parts.store.read() as db:
        article = article_rows.load(db, article_id)
    text = _page_text(parts, article, last_try=claim.attempts + 1 >= _PAGE_TRIES)
    with parts.store.write() as db:
        if len(text) > len(article.text):
            longer = replace(article, text=text[: parts.settings.articles.max_chars])
            fingerprint = articles.fingerprint(longer.title, longer.text)
            article_rows.replace_text(db, article_id, longer, fingerprint)
        work.finish(db, claim)
        work.put(db, Step.EXTRACT, article_id, now=parts.now())
    return (Step.EXTRACT,)


def _extract(parts: Parts, claim: Claim) -> tuple[Step, ...]:
    """Find the dated events an article tells."""
    article_id = ArticleId(claim.subject_id)
    with parts.store.read() as db:
        article = article_rows.load(db, article_id)
    detection = detect(parts, article)
    with parts.store.write() as db:
        article_rows.save_mentions(db, article_id, detection.mentions, decisions=detection.decisions, now=parts.now())
        _write_keys(db, article_id)
        work.finish(db, claim)
    return (Step.MERGE,)


def _merge(parts: Parts, claim: Claim) -> tuple[Step, ...]:
    """Decide anew which events the article's mentions belong to, together with all that may be the same."""
    article_id = ArticleId(claim.subject_id)
    with parts.store.write() as db:
        merging.lock(db)
        changed = _merge_article(parts, db, article_id)
        for event in whole_events(db, changed).values():
            topic_rows.assign_event(db, event.id, topics_of(parts, event))
        work.finish(db, claim)
    return ()


def _merge_article(parts: Parts, db: Connection, article_id: ArticleId) -> tuple[EventId, ...]:
    orphaned = merging.orphaned(db, article_id)
    left = [m for group in merging.mentions_of_events(db, orphaned).values() for m in group]
    seeds = [*merging.mentions_of_article(db, article_id), *left]
    limit = parts.settings.merge.nearby_events
    near = events.neighbourhood(seeds, partial(merging.find, db), limit=limit)
    current = {**merging.places(db, near.mentions), **near.current}
    plan = events.merge(
        near.mentions, current, born=merging.born(db, set(current.values())), options=_merge_options(parts),
        relations=parts.gazetteer, context=merging.siblings(db, near.mentions),
    )  # fmt: skip
    article = article_rows.load(db, article_id)
    change = merging.Change(parts.now(), _cause(article), merging.article_quiet(db, article_id))
    changed = merging.apply(db, plan, near.mentions, change)
    merging.retire_empty(db, orphaned, change)
    merging.forget_retired(db, article_id)
    return changed


def tag(parts: Parts, article: Article) -> tuple[TimeMention, ...]:
    """Find the time mentions of an article's title and text; none where its language has no data."""
    data = parts.languages.times(article.language)
    if data is None:
        return ()
    chosen = parts.settings.times
    options = times.TagOptions(prefer=chosen.prefer, hemisphere=chosen.hemisphere)  # type: ignore[arg-type]  # settings checked it
    return (
        *times.tag(article.title, data=data, dct=article.published, options=options, field="title"),
        *times.tag(article.text, data=data, dct=article.published, options=options, field="text"),
    )


def detect(parts: Parts, article: Article) -> mentions.Detection:
    """Find the event mentions of an article, with a decision for each sentence."""
    data = parts.languages.mentions(article.language)
    return mentions.detect(article, tag(parts, article), data=data, gazetteer=parts.gazetteer, names=parts.names)


def topics_of(parts: Parts, event: Event) -> tuple[str, ...]:
    """Name the topics an event belongs to."""
    seen = events.searchable(event.facts, event.reports)
    return tuple(slug for slug, query in parts.topics() if events.matches(query, seen, parts.resolver))


def assign_topic(parts: Parts, topic: Topic) -> int:
    """Find anew which events belong to a topic; give their number."""
    query = events.parse_query(topic.query)
    found = [
        event.id
        for event in parts.store.queries.export(Filter())
        if events.matches(query, events.searchable(event.facts, event.reports), parts.resolver)
    ]
    with parts.store.write() as db:
        topic_rows.assign(db, topic.slug, found)
    return len(found)


def _write_keys(db: Connection, article_id: ArticleId) -> None:
    """Index the article's mentions by what could make them the same event as others."""
    for mention in merging.mentions_of_article(db, article_id):
        article_rows.write_keys(db, mention.id, events.blocking_keys(mention))


def _schedule(parts: Parts) -> ScheduleOptions:
    poll = parts.settings.poll
    return ScheduleOptions(
        shortest_s=poll.min_interval_s, longest_s=poll.max_interval_s, unknown_s=poll.default_interval_s,
        scale=parts.settings.service.clock_scale,
    )  # fmt: skip


def _feed_state(feed: FeedRow) -> FeedState:
    return FeedState(
        failures=feed.failures, subscribed_at=feed.subscribed_at, last_ok=feed.last_ok, last_new=feed.last_new,
        rhythm_s=feed.rhythm_s, ttl_s=feed.ttl_s, interval_s=feed.facts.interval_s, skips=feeds.skips_of(feed.skips),
    )  # fmt: skip


def _merge_options(parts: Parts) -> MergeOptions:
    chosen = parts.settings.merge
    return MergeOptions(join_score=chosen.join_score, possible_score=chosen.possible_score)


def _ask(parts: Parts, feed: FeedRow, address: str) -> Outcome:
    """Download and parse a feed; every failure that can be expected is an outcome, not an exception."""
    validators = feed.validators if feed.validators.url else Validators(address)
    request = Request(address, validators=validators, max_bytes=parts.settings.fetch.feed_bytes)
    try:
        download = parts.fetcher.fetch(request)
    except FetchError as failure:
        return feeds.unreached(failure)
    answer = feeds.judge(download, now=parts.now())
    if not answer.ok or not download.body:
        return answer
    facts, lead = feed.facts, feeds.Lead(feed.lead_h, feed.lead_seen)
    options = feeds.ParseOptions(
        language=facts.language, zone=feeds.feed_zone(facts.zone, lead, facts.country), country=facts.country,
        max_entries=parts.settings.poll.max_entries, now=parts.now(), really="" if facts.zone else lead.zone,
    )  # fmt: skip
    try:
        return feeds.with_entries(answer, parts.parser.parse(download, options), download)
    except FeedError as failure:
        return feeds.unreadable(failure)


def _received(parts: Parts, feed: FeedRow, entry: Entry) -> Received:
    facts = feed.facts
    origin = articles.Origin(
        feed_url=feed.original_url, outlet=facts.outlet or facts.name, language=facts.language, zone=facts.zone
    )
    article = articles.article_from_entry(entry, origin, now=parts.now(), max_chars=parts.settings.articles.max_chars)
    incoming = _incoming(article, parts, declared=article.language)
    wants_page = facts.full_text and bool(article.url) and len(article.text) < parts.settings.articles.teaser_chars
    return Received(
        entry=entry,
        content_hash=articles.content_hash(entry.title, entry.text),
        incoming=replace(incoming, step=Step.READ if wants_page else Step.EXTRACT),
    )


def _incoming(article: Article, parts: Parts, *, declared: str) -> Incoming:
    language = parts.detector.detect(article.title, article.text, declared=declared)
    return Incoming(
        article=replace(article, language=language),
        fingerprint=articles.fingerprint(article.title, article.text),
        canonical_url=canonical_link(article.url),
        step=Step.EXTRACT,
    )


def _page_text(parts: Parts, article: Article, *, last_try: bool) -> str:
    """Give the text of an article's page, '' where it has none for us. Raises: FetchError while it is worth another try."""
    request = Request(article.url, max_bytes=parts.settings.fetch.page_bytes, accept=PAGES, obey_robots=True)
    try:
        download = parts.fetcher.fetch(request)
    except FetchError as failure:
        if not last_try and not isinstance(failure, ForbiddenAddress):
            raise
        log.info("no page for %s: %s", article.id, failure)
        return ""
    if not last_try and (download.status >= 500 or download.status == 429):
        raise FetchError(f"answered with {download.status}", subject=article.url)
    return articles.page_text(download.body, url=download.url) if download.status == 200 else ""


def _cause(article: Article) -> str:
    return f"report of {article.outlet or 'unknown outlet'} ({article.id})"


_STEPS: dict[Step, Callable[[Parts, Claim], tuple[Step, ...]]] = {
    Step.POLL: _poll,
    Step.READ: _read,
    Step.EXTRACT: _extract,
    Step.MERGE: _merge,
}
