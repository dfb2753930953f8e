"""`doctor`: is everything in order? One line each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from tracker import events, feeds, places
from tracker.commands.dates import tagger
from tracker.errors import KronikError
from tracker.languages import check, shipped
from tracker.settings import DEFAULTS, Settings
from tracker.store import Store, work
from tracker.store import feeds as feed_rows

_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check configuration, database, gazetteer, languages, feeds, work and clock; exit 1 if something is wrong."""
    healthy = True
    for name, examine in _CHECKS.items():
        try:
            for line in examine(settings):
                click.echo(f"ok    {name}: {line}")
        except (KronikError, OSError) as problem:
            healthy = False
            click.echo(f"WRONG {name}: {problem}")
    if not healthy:
        sys.exit(1)


def _configuration(settings: Settings) -> Iterator[str]:
    changed = ", ".join(f"{key} (from {origin})" for key, origin in settings.sources) or "all as shipped"
    yield f"{DEFAULTS.name}; {changed}"
    if not settings.fetch.contact:
        yield "fetch.contact is empty: please set it, so that publishers can reach you"


def _lists(settings: Settings) -> Iterator[str]:
    service = settings.service
    yield f"{len(feeds.read_feeds(service.feeds_file))} feeds in {service.feeds_file}"
    topics = events.read_topics(service.topics_file) if service.topics_file.is_file() else ()
    yield f"{len(topics)} topics in {service.topics_file}"


def _database(settings: Settings) -> Iterator[str]:
    store = Store.open(settings.database_url)
    try:
        place = store.engine.url.render_as_string(hide_password=True)
        if store.embedded and not Path(store.engine.url.database or "").exists():
            yield f"{place} will be created at the first start"
            return
        store.check()
        yield place
        yield from _content(store)
    finally:
        store.close()


def _content(store: Store) -> Iterator[str]:
    counts = store.queries.counts(topic="")
    yield f"{counts.events} events told by {counts.reports} reports of {counts.outlets} outlets in {counts.languages} languages"
    with store.read() as db:
        rows, items, lost = feed_rows.listed(db), work.counts(db), work.set_aside(db, limit=3)
    failing = sum(1 for row in rows if row.error)
    yield f"{len(rows)} feeds, {failing} failing at their last poll; `feeds list` tells more"
    waiting = sum(n for (_, state), n in items.items() if state == work.DUE)
    aside = sum(n for (_, state), n in items.items() if state == work.FAILED)
    yield f"{waiting} articles wait for a step, {aside} set aside"
    for step, row, error in lost:
        yield f"set aside at {step}: article row {row}: {error}"


def _gazetteer(settings: Settings) -> Iterator[str]:
    path = settings.service.data_dir / "places.db"
    yield str(path) if places.is_current(path) else f"{path} will be built at the first start"


def _languages(settings: Settings) -> Iterator[str]:
    del settings
    languages = shipped()
    results = check.run(languages, None, tagger)
    failed = [result for result in results if not result.ok]
    if failed:
        raise KronikError(f"{len(failed)} of {len(results)} examples fail; first {failed[0]}", subject="languages")
    yield f"{len(languages.codes())} ({', '.join(languages.codes())}), {len(results)} examples hold"


def _clock(settings: Settings) -> Iterator[str]:
    now = datetime.now(UTC)
    if now < _EARLIEST:
        raise KronikError(f"this machine believes it is {now:%Y-%m-%d}", subject="clock")
    scale = settings.service.clock_scale
    yield f"{now:%Y-%m-%d %H:%M} UTC" + (
        f", polling {scale:g} times as fast (service.clock_scale)" if scale != 1 else ""
    )


_CHECKS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "configuration": _configuration,
    "lists": _lists,
    "database": _database,
    "gazetteer": _gazetteer,
    "languages": _languages,
    "clock": _clock,
}
