"""A real Chromium over the sample site, served on this machine only; any error it meets fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import missing
from tests.web.fake_reads import sample_site
from tests.web.sample import events
from tracker.types import Event
from tracker.web import Site, create_app

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDE = {"width": 1280, "height": 1000}
TIMEOUT_MS = 20_000  # far more than any step takes, for machines that are busy with other tests
PHONE = {"width": 390, "height": 800}

Opener = Callable[..., Page]
Server = Callable[[list[Event]], str]


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve a site on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, create_app(site), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _failure(request: Request) -> list[str]:
    """Say what failed; a request cut short by going to the next page has not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The sample site's address: its events of two years, and few of the plain ones, as axe takes its time with each."""
    stored = [told for told in events() if told.id < 100 and told.id not in (15, 16)] + events()[30:60:3]
    with served(sample_site(stored, base_url="")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once a module: its event loop must not outlive the tests that need it."""
    if not Path(CHROMIUM).exists():
        missing("browser", f"{CHROMIUM} does not exist; CHROMIUM names another")
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def serve() -> Iterator[Server]:
    """Serve other events than the sample's, until the pages of the test are closed."""
    with ExitStack() as stack:
        yield lambda stored: stack.enter_context(served(sample_site(stored, base_url="")))


@pytest.fixture
def visit(browser: Browser, address: str, serve: Server) -> Iterator[Opener]:  # serve: it has to outlive the pages
    """Open a path in a fresh context; errors of the console, of scripts and of requests fail the test at its end."""
    errors: list[str] = []
    contexts = []

    def opened(path: str, *, base: str = address, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": WIDE, "locale": "en-GB"} | options))
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        page.on(
            "console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("requestfailed", lambda request: errors.extend(_failure(request)))
        page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(base + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
