"""A page of a large store in Chromium (CHROMIUM, default /usr/bin/chromium): first paint, weight, a step of the ribbon."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from playwright.sync_api import Page, sync_playwright
from waitress.server import create_server

VISITS = 7
STEPS = 100
# How long the page takes for one step of a drag over the ribbon: its script, and the layout and style it asks for.
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_PAN = """steps => {
  const svg = document.querySelector(".bars"), box = svg.getBoundingClientRect(), y = box.top + 40, took = [];
  const fire = (name, x) => (name === "pointerdown" ? svg : window).dispatchEvent(
    new PointerEvent(name, { bubbles: true, clientX: x, clientY: y, button: 0, pointerType: "mouse" }));
  fire("pointerdown", box.left + 5);
  for (let n = 1; n <= steps; n++) {
    const begun = performance.now();
    fire("pointermove", box.left + 5 + (box.width - 10) * n / steps);
    document.body.getBoundingClientRect();
    took.push(performance.now() - begun);
  }
  fire("pointercancel", box.left);
  return took;
}"""


def measure(app: Flask, path: str) -> None:
    """Print the figures of one page."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        print(f"SKIPPED browser: {chromium} does not exist (set CHROMIUM)", file=sys.stderr)
        return
    with _served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        visits = [
            _visit(browser.new_page(viewport={"width": 1280, "height": 1000}), address + path) for _ in range(VISITS)
        ]
        browser.close()
    paints, waits, sizes, pans = zip(*visits, strict=True)
    steps = sorted(step for pan in pans for step in pan)
    print(
        f"in Chromium: first contentful paint median {statistics.median(paints):.0f} ms, best {min(paints):.0f}"
        f" (of it until the first byte {statistics.median(waits):.0f}), {sizes[0] / 1000:.0f} kB over the wire,"
        f" a step of the ribbon median {statistics.median(steps):.1f} ms, p99 {steps[int(len(steps) * 0.99)]:.1f}",
        flush=True,
    )


def _visit(page: Page, address: str) -> tuple[float, float, int, list[float]]:
    """Give first paint and first byte in milliseconds, bytes of all answers, and the steps of the ribbon."""
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(_weight(answer)))
    page.goto(address, wait_until="load")
    while (paint := page.evaluate(_PAINT)) is None:  # the page's policy forbids what waiting for a function does
        page.wait_for_timeout(20)
    first = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    steps = page.evaluate(_PAN, STEPS)
    page.context.close()
    return paint, first, sum(sizes), steps


def _weight(answer: Any) -> int:  # Any: Playwright's response
    sizes = answer.request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    """Serve as `serve` does, on a free port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)
