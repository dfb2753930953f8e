"""What a hostile feed brings does nothing in a real browser: no script runs, no frame opens, nothing is loaded from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.pipeline.newsroom import Answer, newsroom_at_work
from tracker import settings, wiring
from tracker.pipeline import Step
from tracker.store import feeds as feed_rows
from tracker.types import FeedFacts

WEAPONS = (
    "<script>window.hit=1</script>", "<img src=x onerror='window.hit=1'>", "<svg/onload=window.hit=1>", "<iframe src='//evil.test'></iframe>",
    "<a href='javascript:window.hit=1'>click</a>", "\"><script>window.hit=1</script>", "</title><script>window.hit=1</script>",
    "<style>@import '//evil.test/x.css'</style>", "<form action='//evil.test'><input autofocus onfocus='window.hit=1'></form>",
    "<math><mi//xlink:href='data:x,<script>window.hit=1</script>'>", "{{ 7*7 }}", "]]><script>window.hit=1</script>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;", "<base href='//evil.test/'>", "<meta http-equiv=refresh content='0;url=//evil.test'>",
)  # fmt: skip
LINKS = (
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:hit",
    "https://news.example/'onmouseover='hit",
)


def told(number: int, weapon: str) -> str:
    return f"A flood hit Surabaya on {number + 1} November 2025 and destroyed 412 houses, the mayor said {weapon}."


def hostile_rss() -> Answer:
    """Put every weapon into every place of an item."""
    items = []
    for number, weapon in enumerate(WEAPONS):
        link = LINKS[number % len(LINKS)]
        items.append(
            f"<item><guid>{escape(weapon)}{number}</guid><title>{escape(f'Flood hits Surabaya {weapon}')}</title>"
            f"<link>{escape(link)}</link><author>{escape(weapon)}</author><category>{escape(weapon)}</category>"
            f"<description>{escape(told(number, weapon))}</description></item>"
        )
    body = f'<rss version="2.0"><channel><title>{escape(WEAPONS[0])} Gazette</title>{"".join(items)}</channel></rss>'
    return Answer(body, headers={"Content-Type": "application/rss+xml"})


def hostile_json() -> Answer:
    """Put every weapon into every place of an item of a JSON Feed."""
    items = [
        {
            "id": f"{weapon}{number}", "url": LINKS[number % len(LINKS)], "external_url": LINKS[(number + 1) % len(LINKS)],
            "title": f"Flood hits Surabaya {weapon}", "content_html": told(number, weapon), "summary": weapon,
            "authors": [{"name": weapon, "url": LINKS[0]}], "tags": [weapon], "image": LINKS[1],
        }
        for number, weapon in enumerate(WEAPONS)
    ]  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{WEAPONS[0]} Gazette",
        "icon": LINKS[0],
        "items": items,
    }
    return Answer(json.dumps(feed), headers={"Content-Type": "application/feed+json"})


@pytest.fixture(scope="module", params=[hostile_rss, hostile_json])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, gazetteer_dir: Path
) -> Iterator[str]:
    """A site whose only feed is hostile; gives its address."""
    folder = tmp_path_factory.mktemp("hostile")
    with newsroom_at_work() as room:
        room.answers["/rss"] = request.param()
        chosen = settings.load({
            "TRACKER_DATABASE_URL": f"sqlite:///{folder / 'kronik.db'}", "TRACKER_DATA_DIR": str(gazetteer_dir),
            "TRACKER_FETCH_ALLOW": room.address, "TRACKER_FETCH_HOST_GAP_S": "0",
        })  # fmt: skip
        parts = wiring.build(chosen)
        with parts.store.write() as db:
            feed_rows.add(db, FeedFacts(f"{room.url}/rss", language="en"), now=parts.now())
            feed_rows.add(db, FeedFacts(f"{room.url}/none", WEAPONS[1], language="en"), now=parts.now())
        wiring.run_all(parts, tuple(Step), lambda left: None)
        server = make_server("127.0.0.1", 0, wiring.web_app(chosen, store=parts.store), threaded=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.port}"
        server.shutdown()
        thread.join()
        server.server_close()
        wiring.close(parts)


@pytest.mark.parametrize(
    "path", ["/", "/feeds", "/events/1", "/follow", "/changes.rss", "/feed.rss", "/feed.atom", "/feed.json"]
)
def test_nothing_a_hostile_feed_says_acts_in_a_browser(site: str, browser: Browser, path: str) -> None:
    page = browser.new_page()
    elsewhere: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith((site, "data:")) else elsewhere.append(request.url)
    )
    page.on("dialog", lambda dialog: elsewhere.append(f"dialog {dialog.message}"))
    answer = page.goto(f"{site}{path}")
    assert answer is not None
    assert answer.status == 200
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert elsewhere == []
    assert page.locator("iframe, object, embed, base, form[action^='//'], [onerror], [onload], [onfocus]").count() == 0
    assert page.locator("a[href^='javascript:'], a[href^='data:'], a[href^='vbscript:']").count() == 0
    page.close()


def test_the_hostile_entries_are_shown_as_events_all_the_same(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/")
    assert "Surabaya" in page.content()
    page.close()
