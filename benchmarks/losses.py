"""No entry lost: `python -m benchmarks losses`, or `python -m benchmarks.losses [FEEDS] [DAYS] [SCALE] [FOLDER]`.

FEEDS feeds (default 500) of a server on loopback publish and correct entries for DAYS simulated days (14); SCALE of them
pass in one (3600: an hour a second). Of its answers some are cut, reset, delayed or errors. `tracker serve` polls them, is
killed (kill -9) every few tens of seconds and started again, and once its disk is full for a while: the free space of
FOLDER is used up where that is a small file system of its own, else its files may not grow. At the end every entry that
stood in a complete answer must be stored exactly once, and what still stands in its feed as it was corrected last.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.changing import HOSTS, ChangingFeeds
from tracker import settings, wiring
from tracker.store import feeds
from tracker.types import FeedFacts

_KILL_S = (20.0, 40.0)  # between two kills
_FULL_S = 12.0
_SMALL = 2_000_000_000  # bytes of a file system that may be filled up
_LAST_S = 300.0  # how long the last polls may take


def run(count: int = 500, days: float = 14.0, scale: float = 3600.0, folder: str = "") -> None:
    """Print what was published, stored, lost and stored twice. Raises: SystemExit if anything was lost or doubled."""
    with tempfile.TemporaryDirectory(dir=folder or None) as scratch, ChangingFeeds(count, days, scale) as server:
        place = Path(scratch)
        chosen = _environment(place, server.port, scale)
        _follow(chosen, count, server.port)
        began = time.monotonic()
        kills = _torment(chosen, place, began + days * 86_400 / scale)
        _finish(chosen, place, count, server.port)
        spent = time.monotonic() - began
        print(f"{count} feeds, {days:g} days in {spent:.0f} s, {kills} kills, disk full once for {_FULL_S:g} s")
        _report(place, _truth(server.port))


def _environment(place: Path, port: int, scale: float) -> dict[str, str]:
    return {
        "TRACKER_DATABASE_URL": f"sqlite:///{place / 'kronik.db'}", "TRACKER_CLOCK_SCALE": f"{scale:g}",
        "TRACKER_FETCH_HOST_GAP_S": "0", "TRACKER_FETCH_READ_S": "3", "TRACKER_FETCH_CONTACT": "https://kronik.example/",
        "TRACKER_FETCH_ALLOW": ",".join(f"{host}:{port}" for host in HOSTS), "TRACKER_WEB_PORT": "8991",
        "TRACKER_FEEDS_FILE": str(place / "none.toml"), "TRACKER_TOPICS_FILE": str(place / "none.toml"),
        "TRACKER_LOG_LEVEL": "warning",
    }  # fmt: skip


def _follow(chosen: dict[str, str], count: int, port: int) -> None:
    store = wiring.open_store(settings.load(chosen))
    with store.write() as db:
        for n in range(count):
            facts = FeedFacts(f"http://{HOSTS[n % len(HOSTS)]}:{port}/{n}", language="en")
            feeds.add(db, facts, now=datetime.now(UTC))
    store.close()


@contextlib.contextmanager
def _served(chosen: dict[str, str], place: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (place / "serve.log").open("ab") as log:
        command = [sys.executable, "-m", "tracker", "serve"]
        process = subprocess.Popen(command, env=os.environ | chosen, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            process.kill()  # kill -9
            process.wait()


def _torment(chosen: dict[str, str], place: Path, until: float) -> int:
    """Let it run, kill it again and again, and fill its disk once, in the third life; give the number of kills."""
    draw, kills = random.Random(3), 0
    while time.monotonic() < until:
        with _served(chosen, place) as process:
            kills += 1
            time.sleep(draw.uniform(*_KILL_S))
            if kills == 3:
                with _disk_full(place, process):
                    time.sleep(_FULL_S)
                time.sleep(_KILL_S[0])
    return kills


@contextlib.contextmanager
def _disk_full(place: Path, process: subprocess.Popen[bytes]) -> Iterator[None]:
    free = shutil.disk_usage(place).free
    if free < _SMALL:
        ballast = place / "ballast"
        with ballast.open("wb") as file, contextlib.suppress(OSError):
            while file.write(bytes(65_536)):
                file.flush()
        yield
        ballast.unlink()
        return
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))  # no file may grow beyond
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _finish(chosen: dict[str, str], place: Path, count: int, port: int) -> None:
    """Let every feed be asked once more after the last change."""
    until = time.monotonic() + _LAST_S
    with _served(chosen, place):
        while time.monotonic() < until:
            time.sleep(3)
            last = _truth(port)["last"]
            if len(last) == count and len(set(last.values())) == 1:
                break
        time.sleep(3)


def _truth(port: int) -> dict[str, Any]:  # Any: JSON
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/truth", timeout=60) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def _report(place: Path, truth: dict[str, Any]) -> None:  # Any: as above
    with contextlib.closing(sqlite3.connect(place / "kronik.db")) as db:
        entries = db.execute(
            "SELECT e.key, e.title, a.title FROM entries e JOIN articles a ON a.id = e.article_id"
        ).fetchall()
        articles = db.execute("SELECT count(*) FROM articles").fetchone()[0]
        ended = db.execute("PRAGMA integrity_check").fetchone()[0]
    stored = Counter(key for key, _, _ in entries)
    published: dict[str, str] = truth["entries"]
    lost = [key for key in published if key not in stored]
    stale = sum(1 for key, title, told in entries if truth["now"].get(key, title) != title or title != told)
    doubled = sum(1 for count in stored.values() if count > 1) + articles - len(stored)
    print(
        f"{truth['requests']} requests: {truth['unchanged']} unchanged, {truth['complete']} complete, {truth['faults']} faults\n"
        f"{len(published)} entries published, {len(stored)} stored, {len(lost)} lost, {doubled} doubled, {stale} not as corrected last;"
        f" database {ended}"
    )
    if lost or doubled or stale:
        sys.exit(f"lost: {', '.join(lost[:10])}")


if __name__ == "__main__":
    run(*(kind(text) for kind, text in zip((int, float, float, str), sys.argv[1:], strict=False)))
