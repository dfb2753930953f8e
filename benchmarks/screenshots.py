"""`make screenshots`: pictures of the demo for README and docs, taken with Chromium (CHROMIUM, default /usr/bin/chromium)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import Browser, sync_playwright

from benchmarks.data import ROOT

PORT = 8097
SITE = f"http://127.0.0.1:{PORT}"
TOPIC = "/t/russia-dprk"
QUIET_S, PATIENCE_S = 6.0, 120.0


def main() -> None:
    """Start the demo, wait until its feeds are read, take the pictures."""
    environment = os.environ | {"TRACKER_WEB_PORT": str(PORT), "TRACKER_LOG_LEVEL": "warning"}
    demo = subprocess.Popen([sys.executable, "-m", "tracker", "demo"], cwd=ROOT, env=environment)
    try:
        _wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            _take(browser)
            browser.close()
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(30)


def _wait() -> None:
    """Wait until the front page has not changed for some seconds."""
    begun, last, since = time.monotonic(), b"", time.monotonic()
    while time.monotonic() - begun < PATIENCE_S:
        try:
            page = urllib.request.urlopen(f"{SITE}/feed.rss", timeout=5).read()
        except (urllib.error.URLError, OSError):
            page = b""
        if page != last:
            last, since = page, time.monotonic()
        elif page and time.monotonic() - since > QUIET_S:
            return
        time.sleep(0.5)
    sys.exit("the demo did not settle")


def _take(browser: Browser) -> None:
    event = _event(browser)
    shots = {
        "home": ("/", {"width": 1280, "height": 1100}, "light", 1),
        "topic": (TOPIC, {"width": 1280, "height": 1100}, "light", 1),
        "topic-dark": (TOPIC, {"width": 1280, "height": 1100}, "dark", 1),
        "topic-mobile": (TOPIC, {"width": 390, "height": 844}, "light", 2),
        "event": (event, {"width": 1280, "height": 1100}, "light", 1),
    }
    for name, (path, viewport, scheme, scale) in shots.items():
        context = browser.new_context(viewport=viewport, color_scheme=scheme, device_scale_factor=scale)  # type: ignore[arg-type]  # literals
        page = context.new_page()
        page.goto(SITE + path)
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "docs" / f"{name}.png")
        context.close()
        print(f"docs/{name}.png")


def _event(browser: Browser) -> str:
    """Find the event with the most reports in the topic."""
    page = browser.new_page()
    page.goto(f"{SITE}{TOPIC}?min_outlets=5&status=occurred")
    paths = page.eval_on_selector_all('a[href^="/events/"]', "links => links.map(link => link.getAttribute('href'))")
    page.close()
    return str(json.loads(json.dumps(paths))[0])


if __name__ == "__main__":
    main()
