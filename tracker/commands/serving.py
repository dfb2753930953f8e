"""`serve`, `web`, `demo` and `migrate`: Kronik as a running service."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server
from waitress.trigger import trigger

from tracker import wiring
from tracker.commands.shared import opened
from tracker.demo import DemoServer, demo_topics
from tracker.errors import SettingsError
from tracker.settings import Settings
from tracker.store import Store
from tracker.types import FeedFacts, Topic

log = logging.getLogger(__name__)

_LOOK_UP_S = 0.5
_WEB_ENDS_S = 5.0  # how long a loop may take to notice its end


@click.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Follow the feeds of config/feeds.toml and show their events: clock, workers and web in one process.

    Migrates the database first. Stop with Ctrl-C; the next start goes on where this one stopped.
    """
    _migrate(settings)
    listed, topics = wiring.lists_of(settings)
    _serve(settings, listed=listed, topics=topics)


@click.command()
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the demo's database in this folder."
)
@click.pass_obj
def demo(settings: Settings, keep: Path | None) -> None:
    """Serve sample feeds of invented outlets from this machine and follow them, on a throw-away database.

    Needs no network. Your own database and feeds are not touched.
    """
    with tempfile.TemporaryDirectory(prefix="kronik-demo-") as scratch, DemoServer() as server:
        folder = keep or Path(scratch)
        chosen = replace(
            settings,
            service=replace(settings.service, database_url=f"sqlite:///{folder / 'demo.db'}"),
            fetch=replace(settings.fetch, allow=(server.address,), host_gap_s=0.05),
        )
        listed = [FeedFacts(f.url, f.name, f.outlet, f.language, f.zone, f.country, f.full_text) for f in server.feeds]
        _serve(chosen, listed=listed, topics=demo_topics(), badge="sample data")


@click.command()
@click.pass_obj
def web(settings: Settings) -> None:
    """Run only the web part; clock and workers run elsewhere."""
    ended = _ended()
    with closing(wiring.open_store(settings)) as store, _web(settings, wiring.web_app(settings, store=store)):
        _wait(ended)


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema."""
    store = _migrate(settings)
    click.echo(f"{store.engine.url.render_as_string(hide_password=True)}: up to date")


def _migrate(settings: Settings) -> Store:
    store = Store.open(settings.database_url)
    try:
        wiring.migrate(store, settings)
    finally:
        store.close()
    return store


def _serve(settings: Settings, *, listed: Sequence[FeedFacts], topics: Sequence[Topic], badge: str = "") -> None:
    ended = _ended()
    with opened(settings) as parts:
        wiring.follow_lists(parts, listed=listed, topics=topics)
        app = wiring.web_app(settings, store=parts.store, badge=badge)
        with _web(settings, app), wiring.serving(parts):
            _wait(ended)
        log.info("stopping")


@contextmanager
def _web(settings: Settings, app: Flask) -> Iterator[None]:
    """Serve the site in a thread while the block lasts, and print its address."""
    host, port = settings.web.host, settings.web.port
    sockets: dict[int, Any] = {}  # Any: waitress's own, without types
    try:
        server = create_server(app, map=sockets, host=host, port=port, threads=settings.web.threads, ident=None)
    except OSError as cause:
        hint = "; set TRACKER_WEB_PORT to another port" if _taken(host, port) else ""
        raise SettingsError(
            f"cannot listen on {host}:{port} ({cause.strerror or cause}){hint}", subject="web.port"
        ) from cause
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    click.echo(f"Kronik is at {settings.web.base_url or f'http://{host}:{port}'}  (Ctrl-C stops it)")
    sys.stdout.flush()
    try:
        yield
    finally:
        _end(server, sockets)
        thread.join(_WEB_ENDS_S)


def _end(server: Any, sockets: dict[int, Any]) -> None:  # Any: as above
    """Let the answers under way be finished, then close every socket in the loop's own thread, which ends the loop."""
    server.task_dispatcher.shutdown()
    wakers = [channel for channel in sockets.values() if isinstance(channel, trigger)]
    wakers[0].pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _ended() -> threading.Event:
    """Give what Ctrl-C or a signal to end sets; asked for first, so that none is lost or breaks off a start half way."""
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    return ended


def _wait(ended: threading.Event) -> None:
    """Wait for the end. The main thread looks up now and then: a signal may reach another thread, and handlers run in this one."""
    while not ended.wait(_LOOK_UP_S):
        pass
