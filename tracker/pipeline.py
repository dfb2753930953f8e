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
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from tracker import articles, events, logs, mentions, polling, times
from tracker.downloads import PAGES, Request
from tracker.errors import FetchError, ForbiddenAddress, LeaseLost
from tracker.events import MergeOptions
from tracker.filters import Filter
from tracker.links import masked
from tracker.parts import Parts, Step
from tracker.store import Claim, Retry, merging, tellings, work
from tracker.store import articles as article_rows
from tracker.store import topics as topic_rows
from tracker.store.loading import whole_events
from tracker.store.tellings import TellingShelf
from tracker.types import Article, ArticleId, Event, EventId, Field, MentionId, StoredMention, TimeMention, Topic

__all__ = ["Parts", "Step", "accept", "assign_topic", "detect", "due", "run", "tag", "topics_of"]

log = logging.getLogger(__name__)

_PAGE_TRIES = 3
_FIELDS: tuple[Field, ...] = ("title", "text")


def run(parts: Parts, step: Step, *, told: Callable[[], None] = lambda: None) -> tuple[Step, ...]:
    """Work on one batch of a step's due rows, on all that are due where it is polls; give the steps that may have due rows now.

    ``told`` is called whenever results of polls were stored.
    """
    if step is Step.POLL:
        return polling.run(parts, told=told)
    size = parts.settings.work.batch
    lease_s = _lease_s(parts, step, size)
    with parts.store.write() as db:
        claims = work.claim(db, step, n=size, now=parts.now(), lease_s=lease_s, worker=parts.worker)
    follow: dict[Step, None] = {}
    for number, claim in enumerate(claims):
        if parts.stop.is_set():
            with parts.store.write() as db:
                work.give_back(db, claims[number:])
            return ()
        parts.rush.give_way()
        with logs.bind(article=claim.subject_id):
            follow |= dict.fromkeys(_attempt(parts, step, claim))
    if len(claims) == size:
        follow[step] = None
    return tuple(follow)


def _lease_s(parts: Parts, step: Step, size: int) -> float:
    """Give the seconds a batch may take; one that downloads takes the longest time for each of its rows."""
    each = parts.settings.fetch.total_s if step is Step.READ else 0.0
    return max(parts.settings.work.lease_s, size * each)


def due(parts: Parts) -> tuple[Step, ...]:
    """Name the steps that have due rows."""
    with parts.store.read() as db:
        return tuple(Step(step) for step in work.due_steps(db, now=parts.now()))


def accept(parts: Parts, batch: Sequence[Article]) -> int:
    """Take articles in from elsewhere than a feed; give the number of new or changed ones."""
    incoming = [polling.incoming(article) for article in batch]
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
    retry = Retry(settings.work.retry_base_s, settings.work.max_attempts)
    with parts.store.write() as db:
        gone = work.fail(db, claim, reason, now=now, retry=retry)
    log.warning("%s failed%s: %s", step, " for good" if gone else "", reason, exc_info=gone)


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
    """Find the language an article is in, and the dated events it tells.

    To tell languages apart costs more than a poll: it is done here, where nobody waits for it.
    """
    article_id = ArticleId(claim.subject_id)
    with parts.store.read() as db:
        stored = article_rows.load(db, article_id)
    language = parts.detector.detect(stored.title, stored.text, declared=stored.language)
    article = replace(stored, language=language)
    if articles.is_cut(article, parts.settings.articles.max_chars):
        log.warning("article %s: text cut after %d characters", article.id, len(article.text))
    detection = detect(parts, article)
    with parts.store.write() as db:
        if language != stored.language:
            article_rows.set_language(db, article_id, language)
        article_rows.save_mentions(db, article_id, detection.mentions, decisions=detection.decisions, now=parts.now())
        told = article_rows.mentions_of_article(db, article_id)
        tellings.write(db, article_id, events.prepare(told, title=article.title, text=article.text))
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
    told = {mention.id: mention for mention in article_rows.mentions_of_article(db, article_id)}

    def tell(ids: Collection[MentionId]) -> list[StoredMention]:
        missing = [i for i in ids if i not in told]
        told.update((mention.id, mention) for mention in article_rows.mentions_by_id(db, missing))
        return [told[i] for i in ids]

    own = merging.homes(db, told.keys())
    options = _merge_options(parts)
    near = events.nearby(
        tuple(told.values()), {*own.values(), *orphaned}, TellingShelf(db), options=options,
        relations=parts.gazetteer, limit=parts.settings.merge.nearby_events, memory=parts.memory,
    )  # fmt: skip
    born = merging.born(db, set(near.current.values()))
    plan = events.merge(near, born=born, options=options, tell=tell)
    article = article_rows.load(db, article_id)
    change = merging.Change(parts.now(), _cause(article), merging.article_quiet(db, article_id))
    changed = merging.apply(db, plan, tell([i for cluster in plan.clusters for i in cluster.mention_ids]), change)
    merging.retire_empty(db, orphaned, change)
    merging.forget_retired(db, article_id)
    return changed


def tag(parts: Parts, article: Article) -> tuple[TimeMention, ...]:
    """Find the time mentions of an article's title and text; none where its language has no data.

    Those that only place something after or before an event stand behind them.
    """
    data = parts.languages.times(article.language)
    if data is None:
        return ()
    chosen = parts.settings.times
    options = times.TagOptions(prefer=chosen.prefer, hemisphere=chosen.hemisphere)  # type: ignore[arg-type]  # settings checked it
    found: list[TimeMention] = []
    for field in _FIELDS:
        text = article.body(field)
        tagged = times.tag(text, data=data, dct=article.published, options=options, field=field)
        found += (*tagged, *times.relations(text, data=data, times=tagged, field=field))
    return tuple(found)


def detect(parts: Parts, article: Article) -> mentions.Detection:
    """Find the event mentions of an article, with a decision for each sentence; the last one says where a text was cut."""
    data = parts.languages.mentions(article.language)
    found = mentions.detect(article, tag(parts, article), data=data, gazetteer=parts.gazetteer, names=parts.names)
    if not articles.is_cut(article, parts.settings.articles.max_chars):
        return found
    at = len(article.text)
    said = mentions.Decision(
        "text", at, at, f"cut after {at} characters (articles.max_chars): nothing read from here on"
    )
    return replace(found, decisions=(*found.decisions, said))


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


def _merge_options(parts: Parts) -> MergeOptions:
    chosen = parts.settings.merge
    return MergeOptions(join_score=chosen.join_score, possible_score=chosen.possible_score)


def _page_text(parts: Parts, article: Article, *, last_try: bool) -> str:
    """Give the text of an article's page, '' where it has none for us. Raises: FetchError while it is worth another try."""
    if (known := parts.pages.known(article.url)) is not None:
        return known
    request = Request(article.url, max_bytes=parts.settings.fetch.page_bytes, accept=PAGES, obey_robots=True)
    try:
        download = parts.fetcher.fetch(request)
    except FetchError as failure:
        if not last_try and not isinstance(failure, ForbiddenAddress):
            raise
        log.info("no page for %s: %s", article.id, masked(str(failure)))
        return ""
    if not last_try and (download.status >= 500 or download.status == 429):
        raise FetchError(f"answered with {download.status}", subject=article.url)
    return parts.pages.read(article.url, download) if download.status == 200 else ""


def _cause(article: Article) -> str:
    return f"report of {article.outlet or 'unknown outlet'} ({article.id})"


_STEPS: dict[Step, Callable[[Parts, Claim], tuple[Step, ...]]] = {
    Step.READ: _read,
    Step.EXTRACT: _extract,
    Step.MERGE: _merge,
}
