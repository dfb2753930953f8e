"""`poll` and `feeds`: asking feeds for news, and managing the list of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO, Any

import click

from tracker import feeds as feed_lists
from tracker import wiring
from tracker.commands.shared import opened, run_steps
from tracker.downloads import Request
from tracker.errors import FeedError, FetchError, StoreError
from tracker.feeds import ParseOptions, SafeParser
from tracker.links import masked, safe_link
from tracker.pipeline import Parts, Step
from tracker.settings import Settings
from tracker.store import FeedRow
from tracker.store import feeds as feed_rows
from tracker.store import polls as poll_rows
from tracker.types import Download, FeedFacts, FeedId

ACTIVE, PAUSED = "active", "paused"  # states of a feed; "gone" is the third
_OPML_BYTES = 10_000_000
_WEEKS = 4  # over which entries a week are counted
_READING = (Step.READ, Step.EXTRACT, Step.MERGE)


@click.command()
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option("--all", "all_", is_flag=True, help="Also feeds that are not due yet.")
@click.option("--no-read", is_flag=True, help="Store entries only; leave their reading to the next `serve`.")
@click.pass_obj
def poll(settings: Settings, urls: tuple[str, ...], all_: bool, no_read: bool) -> None:
    """Ask due feeds for news now, or those named; print a line each, then find the events in what is new.

    Feeds of config/feeds.toml that are new are added first.
    """
    with opened(settings) as parts:
        listed, topics = wiring.lists_of(settings)
        wiring.follow_lists(parts, listed=listed, topics=topics)
        failed = _poll(parts, _make_due(parts, urls, all_=all_))
        if not no_read:
            run_steps(parts, _READING, "reading")
    if failed:
        sys.exit(1)


def _poll(parts: Parts, only: Collection[int] = ()) -> int:
    """Poll due feeds, or ``only`` some, with a line each; give the number of those that failed."""
    before = _feeds(parts)
    wiring.poll_once(parts, _as_polled(parts, before), only=only)
    return _summary(parts, before)


def _make_due(parts: Parts, urls: tuple[str, ...], *, all_: bool) -> Collection[int]:
    """Make the named feeds due and give their ids; one that is not polled, or whose server asked for patience, is refused with the reason."""
    rows = _feeds(parts).values()
    named: list[int] = []
    for url in urls:
        row = next((row for row in rows if url in (row.facts.url, row.original_url)), None)
        if row is None:
            raise StoreError("is no feed we follow; add it with `feeds add`", subject=url)
        if row.state != ACTIVE:
            raise StoreError(f"is {row.state} and not polled; take it up again with `feeds resume`", subject=url)
        if row.patience_until is not None and row.patience_until > parts.now():
            raise StoreError(f"its server asked not to be asked before {_when(row.patience_until)}", subject=url)
        free = row.last_try + _spacing(parts) if row.last_try else parts.now()
        if free > parts.now():
            raise StoreError(f"was asked at {_when(row.last_try)}; it may be asked again at {_when(free)}", subject=url)
        named.append(row.id)
    if urls or all_:
        with parts.store.write() as db:
            feed_rows.make_due(db, urls, now=parts.now(), spacing=_spacing(parts))
    return named


def _spacing(parts: Parts) -> timedelta:
    """Give the time between two polls of a feed that nobody may shorten."""
    return timedelta(seconds=parts.settings.poll.min_interval_s / parts.settings.service.clock_scale)


def _feeds(parts: Parts) -> dict[int, FeedRow]:
    with parts.store.read() as db:
        return {row.id: row for row in feed_rows.listed(db)}


def _as_polled(parts: Parts, before: dict[int, FeedRow]) -> Callable[[int], None]:
    """Print each feed's line as soon as it was polled."""
    printed: set[int] = set()

    def report(left: int) -> None:
        del left
        for row in _feeds(parts).values():
            was = before.get(row.id)
            if row.id not in printed and row.last_try is not None and (was is None or was.last_try != row.last_try):
                printed.add(row.id)
                click.echo(_line(row, was))

    return report


def _line(row: FeedRow, was: FeedRow | None) -> str:
    new = row.entries_seen - (was.entries_seen if was else 0)
    result = f"failed: {row.error}" if row.error else f"{new} new" + (f" ({row.complaint})" if row.complaint else "")
    return f"{masked(row.facts.url)}: {result}; next check {_when(row.next_check)}{f', {row.wait_why}' if row.wait_why else ''}"


def _summary(parts: Parts, before: dict[int, FeedRow]) -> int:
    rows = _feeds(parts)
    tried = [row for row in rows.values() if row.last_try != (before[row.id].last_try if row.id in before else None)]
    new = sum(row.entries_seen - (before[row.id].entries_seen if row.id in before else 0) for row in tried)
    failed = sum(1 for row in tried if row.error)
    click.echo(f"{len(tried)} feeds polled, {failed} failed, {new} new entries", err=True)
    return failed


def _when(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "never"


@click.group()
def feeds() -> None:
    """Manage the feeds that are polled."""


@feeds.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Print a line per feed: state, entries, last success, next check and why, failures, what is wrong."""
    now = datetime.now().astimezone()
    store = wiring.open_store(settings)
    with store.read() as db:
        rows = feed_rows.listed(db)
        weekly = poll_rows.weekly(db, since=now - timedelta(weeks=_WEEKS))
    store.close()
    for row in rows:
        click.echo(_health(row, weekly.get(row.id, 0) / _WEEKS))
    if not rows:
        click.echo("no feeds yet; add one with `feeds add URL`, or run `serve`", err=True)


def _health(row: FeedRow, weekly: float) -> str:
    """Say in one line how a feed fares."""
    parts = [
        f"entries {row.entries_seen}", f"last success {_when(row.last_ok)}",
        f"{weekly:.3g} a week", f"last new {_when(row.last_new)}" if row.last_new else "", _next(row),
        f"failures in a row {row.failures}" if row.failures else "",
        f"moved from {row.original_url}" if row.original_url != row.facts.url else "",
    ]  # fmt: skip
    problem = "; ".join(filter(None, (row.error, row.complaint)))
    line = f"{row.state:7} {row.facts.language or '--':3} {row.facts.url}  {', '.join(filter(None, parts))}"
    return f"{line} — {problem}" if problem else line


def _next(row: FeedRow) -> str:
    if row.state == ACTIVE:
        every = f"every {feed_rows.span(row.wait_s)}" if row.wait_s else ""
        why = ": ".join(filter(None, (every, row.wait_why)))
        return f"next check {_when(row.next_check)}{f' ({why})' if why else ''}"
    since = f" since {_when(row.last_try)}" if row.last_try else ""
    return f"not polled{since}; `feeds resume` takes it up again"


@feeds.command()
@click.argument("url")
@click.pass_obj
def pause(settings: Settings, url: str) -> None:
    """Poll a feed no more until `feeds resume`; what it brought stays."""
    _set_state(settings, url, PAUSED)
    click.echo(f"{url}: paused")


@feeds.command()
@click.argument("url")
@click.pass_obj
def resume(settings: Settings, url: str) -> None:
    """Take up again a feed that was paused, given up or gone."""
    _set_state(settings, url, ACTIVE)
    click.echo(f"{url}: active; it is polled when `serve` or `poll` runs")


def _set_state(settings: Settings, url: str, state: str) -> None:
    store = wiring.open_store(settings)
    with store.write() as db:
        there = feed_rows.set_state(db, url, state, now=datetime.now().astimezone())
    store.close()
    if not there:
        raise StoreError("is no feed we follow", subject=url)


@feeds.command()
@click.argument("url")
@click.option("--name", default="", help="What lists call it; the feed's own title without it.")
@click.option("--outlet", default="", help="Who publishes it.")
@click.option("--language", "-l", default="", metavar="ISO", help="What it is written in; detected without it.")
@click.option("--zone", default="", metavar="ZONE", help="Its newsroom's IANA time zone, such as Asia/Jakarta.")
@click.option("--country", default="", metavar="CC", help="Its country, ISO 3166-1 alpha-2.")
@click.option("--full-text", is_flag=True, help="Its entries are teasers: read the pages they link to.")
@click.option("--no-poll", is_flag=True, help="Do not poll it now.")
@click.pass_obj
def add(settings: Settings, /, url: str, no_poll: bool, **said: Any) -> None:  # Any: the options above, by name
    """Add a feed and poll it for the first time; what it holds already is stored quietly.

    URL may also be a page, a site's home say, that names its one feed. Where it names several, they are printed to choose from.
    """
    if not safe_link(url):
        raise FeedError("is no http or https address, or holds a user name", subject=masked(url))
    facts = FeedFacts(url, **{**said, "country": said["country"].upper()})
    if no_poll:
        store = wiring.open_store(settings)
        with store.write() as db:
            _, new = feed_rows.add(db, facts, now=datetime.now().astimezone())
        store.close()
        click.echo(f"{url}: {'added' if new else 'known already, facts updated'}")
        return
    with opened(settings) as parts:
        feed_id, new = _follow(parts, facts)
        if _poll(parts, (feed_id,)) and not _follow_page(parts, facts, feed_id, new=new):
            sys.exit(1)


def _follow(parts: Parts, facts: FeedFacts) -> tuple[FeedId, bool]:
    """Add a feed and make it due; tell whether it is new."""
    with parts.store.write() as db:
        feed_id, new = feed_rows.add(db, facts, now=parts.now())
        if not new:
            feed_rows.make_due(db, [facts.url], now=parts.now(), spacing=_spacing(parts))
    return feed_id, new


def _follow_page(parts: Parts, facts: FeedFacts, feed_id: FeedId, *, new: bool) -> bool:
    """Follow the one feed a page names; tell whether that could be read. Another kind of failure is left as it is.

    The page is followed no more if it is ``new``; what was listed before stays listed.
    Raises: FeedError if the page names none or several.
    """
    page = _page(parts, facts.url, feed_id)
    if page is None:
        return False
    offered = feed_lists.feed_links(page.body, url=page.url)
    if new:
        with parts.store.write() as db:
            feed_rows.remove(db, facts.url)
    if len(offered) == 1:
        hint = "" if new else "; it stays listed itself until `feeds remove`"
        click.echo(f"{facts.url}: is a web page; following the feed it names{hint}")
        found, _ = _follow(parts, replace(facts, url=offered[0][0]))
        return not _poll(parts, (found,))
    for address, title in offered:
        click.echo(f"{address}\t{title}")
    raise FeedError(
        f"is a web page and names {'several feeds: add one of them' if offered else 'no feed'}", subject=facts.url
    )


def _page(parts: Parts, url: str, feed_id: FeedId) -> Download | None:
    """Fetch the web page a feed's first poll met; None if it met something else, or the page cannot be had again.

    A server that failed or asked for patience is not asked again.
    """
    row = _feeds(parts).get(feed_id)
    if row is None or row.last_ok is not None or feed_lists.IS_PAGE not in row.error:
        return None
    try:
        download = parts.fetcher.fetch(Request(url, max_bytes=parts.settings.fetch.page_bytes))
    except FetchError:
        return None
    return download if download.status == 200 and feed_lists.looks_like_page(download.body) else None


@feeds.command()
@click.argument("url")
@click.pass_obj
def remove(settings: Settings, url: str) -> None:
    """Stop following a feed; its articles and their events stay."""
    store = wiring.open_store(settings)
    with store.write() as db:
        there = feed_rows.remove(db, url)
    store.close()
    if not there:
        raise StoreError("is no feed we follow", subject=url)
    listed = {facts.url for facts in feed_lists.read_feeds(settings.service.feeds_file)}
    hint = f"; it is listed in {settings.service.feeds_file} and comes back at the next start" if url in listed else ""
    click.echo(f"{url}: removed{hint}")


@feeds.command("import-opml")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def import_opml(settings: Settings, file: IO[bytes]) -> None:
    """Add the feeds of an OPML FILE (- is standard input); they are polled when `serve` or `poll` runs."""
    found = feed_lists.read_opml(file.read(_OPML_BYTES))
    store = wiring.open_store(settings)
    with store.write() as db:
        new = sum(feed_rows.add(db, facts, now=datetime.now().astimezone())[1] for facts in found)
    store.close()
    click.echo(f"{len(found)} feeds in the file, {new} new")


@feeds.command("export-opml")
@click.pass_obj
def export_opml(settings: Settings) -> None:
    """Write the feeds as OPML to standard output."""
    store = wiring.open_store(settings)
    with store.read() as db:
        rows = feed_rows.listed(db)
    store.close()
    click.echo(feed_lists.opml_text((row.facts for row in rows), title=f"Feeds of {settings.web.site_name}"), nl=False)


@feeds.command()
@click.argument("url")
@click.pass_obj
def discover(settings: Settings, url: str) -> None:
    """Print the feeds a web page links to, and whether URL is a feed itself."""
    with wiring.fetching(settings) as (fetcher, parser):
        download = fetcher.fetch(Request(url, max_bytes=settings.fetch.page_bytes))
        if download.status != 200:
            raise FeedError(f"answered with {download.status}", subject=url)
        if (title := _title(parser, download, settings)) is not None:
            click.echo(f"{download.url}\t{title}")
            return
        links = feed_lists.feed_links(download.body, url=download.url)
    if not links:
        raise FeedError("links to no feed", subject=url)
    for address, title in links:
        click.echo(f"{address}\t{title}")


def _title(parser: SafeParser, download: Download, settings: Settings) -> str | None:
    """Give a feed's title; None if it is no feed."""
    options = ParseOptions("", "", "", settings.poll.max_entries, datetime.now().astimezone())
    try:
        return parser.parse(download, options).title
    except FeedError:
        return None
