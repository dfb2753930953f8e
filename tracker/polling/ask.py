"""One poll of one feed, up to the point where its result is to be stored: download, parse, compare, decide.

In: a feed that is held. Out: a `Result`. Every failure that can be expected is a result, not an exception; nothing is
written here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from tracker import __version__, articles, feeds
from tracker.downloads import Request
from tracker.errors import FeedError, FetchError
from tracker.feeds import FeedState, Outcome, ScheduleOptions
from tracker.links import canonical_link, masked
from tracker.parts import Parts, Step
from tracker.store import Failed, FeedRow, Held, Incoming, Polled, Received, Sighted, polls
from tracker.store import articles as article_rows
from tracker.types import Article, Download, Entry, Validators

__all__ = ["Result", "ask", "incoming", "unforeseen"]


@dataclass(frozen=True, slots=True)
class Result:
    """How a poll went, ready to be stored: one of ``polled`` and ``failed``. ``entries``: how many the document has."""

    held: Held
    address: str
    polled: Polled | None = None
    failed: Failed | None = None
    entries: int = 0


def ask(parts: Parts, held: Held, *, answered: Callable[[bool], None] = lambda _: None) -> Result:
    """Ask a feed for news. ``answered`` is called once its server is done with, told whether it sent something to read."""
    feed, scale = held.feed, parts.settings.service.clock_scale
    state = _state(feed)
    address = feeds.address_to_ask(feed.facts.url, feed.original_url, state, now=parts.now(), scale=scale)
    outcome, download = _answer(parts, feed, address, answered)
    size = len(download.body) if download else 0
    if not outcome.ok:
        return Result(held, address, failed=_failed(parts, feed, outcome, size))
    sighted, outcome, lead = _compared(parts, feed, outcome)
    check = _check(parts, feed, outcome)
    moved = outcome.moved_to or (address if address != feed.facts.url else None)
    polled = Polled(
        now=parts.now(), next_check=check.at, wait_s=check.interval_s, wait_why=check.why, sighted=sighted,
        validators=outcome.validators, url=moved, name=outcome.title, ttl_s=outcome.ttl_s,
        complaint=None if outcome.body_hash is None else outcome.complaint,
        rhythm_s=check.rhythm_s, skips=None if outcome.skips is None else str(outcome.skips), lead_h=lead.hours,
        lead_seen=lead.seen, body_hash=outcome.body_hash, bytes_read=size, unchanged=outcome.body_hash is None,
    )  # fmt: skip
    return Result(held, address, polled=polled, entries=len(outcome.entries))


def unforeseen(parts: Parts, held: Held, failure: Exception) -> Result:
    """Make a result of a failure nobody expected: a fault of ours, with which the feed is left in peace for a while."""
    outcome = Outcome(ok=False, words=f"{type(failure).__name__}: {failure}")
    failed = replace(_failed(parts, held.feed, outcome, 0), why="an unexpected failure")
    return Result(held, held.feed.facts.url, failed=failed)


def incoming(article: Article) -> Incoming:
    """Make an article ready to be taken in, with what recognises it elsewhere."""
    return Incoming(
        article=article,
        fingerprint=articles.fingerprint(article.title, article.text),
        canonical_url=canonical_link(article.url),
        step=Step.EXTRACT,
    )


def _answer(
    parts: Parts, feed: FeedRow, address: str, answered: Callable[[bool], None]
) -> tuple[Outcome, Download | None]:  # fmt: skip
    """Download and parse a feed; a document that is the one read last is not read again."""
    validators = feed.validators if feed.validators.url else Validators(address)
    request = Request(address, validators=validators, max_bytes=parts.settings.fetch.feed_bytes)
    download = None
    try:
        download = parts.fetcher.fetch(request)
    except FetchError as failure:
        return feeds.unreached(failure), None
    finally:
        answered(download is not None and bool(download.body))
    answer = feeds.judge(download, now=parts.now())
    if not answer.ok or not download.body:
        return answer, download
    body_hash = _hash(download)
    if body_hash == feed.body_hash:
        return answer, download
    try:
        parsed = parts.parser.parse(download, _options(parts, feed))
    except FeedError as failure:
        return feeds.unreadable(failure), download
    return feeds.with_entries(answer, parsed, download, body_hash=body_hash), download


def _hash(download: Download) -> str:
    """Give what tells a document, as this version reads it, from any other."""
    kind = f"{__version__}\n{download.url}\n{download.header('content-type')}\n"
    return hashlib.sha256(kind.encode() + download.body).hexdigest()


def _options(parts: Parts, feed: FeedRow) -> feeds.ParseOptions:
    facts, lead = feed.facts, feeds.Lead(feed.lead_h, feed.lead_seen)
    return feeds.ParseOptions(
        language=facts.language, zone=feeds.feed_zone(facts.zone, lead, facts.country), country=facts.country,
        max_entries=parts.settings.poll.max_entries, now=parts.now(), really="" if facts.zone else lead.zone,
    )  # fmt: skip


def _compared(parts: Parts, feed: FeedRow, outcome: Outcome) -> tuple[Sighted, Outcome, feeds.Lead]:
    """Tell entries that are new or changed from the others; say whether some were missed and whether dates run ahead."""
    lead = feeds.Lead(feed.lead_h, feed.lead_seen)
    if not outcome.entries:
        return Sighted(), outcome, lead
    marked = {
        article_rows.bounded(entry.key): (entry, articles.content_hash(entry.title, entry.text))
        for entry in outcome.entries
    }
    if not feed.entries_seen:
        return Sighted(new=tuple(_received(parts, feed, *pair) for pair in marked.values())), outcome, lead
    with parts.store.read() as db:
        known = polls.known(db, feed.id, marked)
        received = [
            _received(parts, feed, entry, hash_)
            for key, (entry, hash_) in marked.items()
            if key not in known or known[key].content_hash != hash_
        ]
        sighted = polls.recognise(db, feed.id, received, rows=known, present=marked)
    new = [item.entry for item in sighted.new]
    lead = feeds.lead_after(lead, new, last_ok=feed.last_ok, now=parts.now())
    return sighted, outcome if known or sighted.known else feeds.without_known(outcome), lead


def _received(parts: Parts, feed: FeedRow, entry: Entry, content_hash: str) -> Received:
    facts = feed.facts
    origin = articles.Origin(
        feed_url=feed.original_url, outlet=facts.outlet or facts.name, language=facts.language, zone=facts.zone
    )
    article = articles.article_from_entry(entry, origin, now=parts.now(), max_chars=parts.settings.articles.max_chars)
    wants_page = facts.full_text and bool(article.url) and len(article.text) < parts.settings.articles.teaser_chars
    return Received(entry, content_hash, replace(incoming(article), step=Step.READ if wants_page else Step.EXTRACT))


def _failed(parts: Parts, feed: FeedRow, outcome: Outcome, size: int) -> Failed:
    """Make a failure ready to be stored. Its words need not name the feed's own address: they are told of the feed."""
    words = masked(outcome.words.removeprefix(f"{feed.facts.url}: "))
    now, scale = parts.now(), parts.settings.service.clock_scale
    check = _check(parts, feed, outcome)
    patience = now + timedelta(seconds=outcome.retry_s / scale) if outcome.retry_s else None
    state = feeds.state_after(_state(feed), outcome, now=now, scale=scale)
    return Failed(now, words, check.at, state, check.why, patience, size)


def _check(parts: Parts, feed: FeedRow, outcome: Outcome) -> feeds.Check:
    poll = parts.settings.poll
    options = ScheduleOptions(
        shortest_s=poll.min_interval_s, longest_s=poll.max_interval_s, unknown_s=poll.default_interval_s,
        scale=parts.settings.service.clock_scale,
    )  # fmt: skip
    return feeds.next_check(_state(feed), outcome, options=options, now=parts.now(), jitter=parts.jitter())


def _state(feed: FeedRow) -> FeedState:
    return FeedState(
        failures=feed.failures, subscribed_at=feed.subscribed_at, last_ok=feed.last_ok, last_new=feed.last_new,
        rhythm_s=feed.rhythm_s, ttl_s=feed.ttl_s, interval_s=feed.facts.interval_s, skips=feeds.skips_of(feed.skips),
    )  # fmt: skip
