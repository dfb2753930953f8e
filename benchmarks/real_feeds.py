"""Real feeds over HTTP: every entry stored once, every article read or set aside with a reason, a second poll adds nothing.

Serves the feed files of the measuring data on loopback and polls them with the product.
"""

from __future__ import annotations

import csv
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.data import required
from benchmarks.product import Product


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".json": "application/json"}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder on a free loopback port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def run() -> None:
    """Print entries, articles, events, set aside, articles per second and peak memory."""
    folder = required("real feeds", "feeds", "real")
    if folder is None:
        return
    rows = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8")))
    with served(folder) as port:
        product = Product(
            TRACKER_FETCH_ALLOW=f"127.0.0.1:{port}", TRACKER_FETCH_HOST_GAP_S="0", TRACKER_POLL_MIN_INTERVAL_S="1"
        )
        for row in rows:
            product.run(
                "feeds", "add", "--no-poll", f"http://127.0.0.1:{port}/{row['file']}", "--language", row["lang"]
            )
        first = product.run("poll")
        second = product.run("poll", "--all")
    listed = sum(int(row["entries"]) for row in rows)
    events = product.events()
    print(first.output)
    print("second poll:\n" + second.output)
    print(product.run("doctor").output)
    print(
        f"feeds {len(rows)} | entries listed {listed} | events {len(events)} | first poll {first.seconds:.1f} s"
        f" | peak memory {first.peak_mb:.0f} MB"
    )


if __name__ == "__main__":
    run()
