"""Polling at scale: `python -m benchmarks.polling [FEEDS] [ROWS]`, against a server on loopback in a process of its own.

Three rounds over FEEDS feeds (default 1000) of 50 hosts: all new, then twice four in five unchanged (304). The same rounds
by `reader`, where KRONIK_READER names the Python of an environment that has it. Then the choice of what is due among ROWS
feed rows (default 100,000), also in the empty PostgreSQL database that KRONIK_BENCH_POSTGRES names. Prints polls a second and a CPU second, children included, and peak memory.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from tracker import pipeline, settings, wiring
from tracker.pipeline import Parts, Step
from tracker.store import Store, feeds, tables, work
from tracker.types import FeedFacts

HOSTS, CHANGED_SHARE, PICKS = 50, 5, 50
ROUNDS = ("all new", "4 in 5 unchanged", "4 in 5 unchanged")
ITEM = "<item><title>Story {n} of feed {f}</title><guid>{f}-{n}</guid><link>http://x.test/{f}/{n}</link><pubDate>{d}</pubDate><description>The river rose by {n} metres in the night.</description></item>"
READER = """
import logging, sys, time
from reader import make_reader
logging.disable(50)
port, count, path, *rounds = sys.argv[1:]
reader = make_reader(path)
for n in range(int(count)):
    reader.add_feed(f"http://127.0.0.{n % 50 + 2}:{port}/{n}")
for name in rounds:
    begun, cpu = time.monotonic(), time.process_time()
    reader.update_feeds(scheduled=False, workers=16)
    wall, spent = time.monotonic() - begun, time.process_time() - cpu
    failed = sum(1 for feed in reader.get_feeds() if feed.last_exception)
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
    print(name, int(count) / wall, int(count) / spent, peak, failed, sep="\t")
"""


def run(count: int = 1000, rows: int = 100_000) -> None:
    """Print the measurements."""
    ready, port = multiprocessing.Event(), multiprocessing.Value("i")
    server = multiprocessing.Process(target=_serve, args=(ready, port), daemon=True)
    server.start()
    ready.wait(30)
    try:
        with tempfile.TemporaryDirectory() as folder:
            _rounds(Path(folder), count, port.value)
            _reader(Path(folder), count, port.value)
            for address in (f"sqlite:///{folder}/rows.db", os.environ.get("KRONIK_BENCH_POSTGRES", "")):
                _choice(address, rows)
    finally:
        server.kill()


def _rounds(folder: Path, count: int, port: int) -> None:
    hosts = [f"127.0.0.{n + 2}" for n in range(HOSTS)]
    chosen = settings.load({
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / 'polling.db'}", "TRACKER_FETCH_HOST_GAP_S": "0", "TRACKER_LOG_LEVEL": "error",
        "TRACKER_FETCH_ALLOW": ",".join(f"{host}:{port}" for host in hosts), "TRACKER_FETCH_CONTACT": "https://kronik.example/",
    })  # fmt: skip
    parts = wiring.build(chosen)
    try:
        with parts.store.write() as db:
            for n in range(count):
                feeds.add(db, FeedFacts(f"http://{hosts[n % HOSTS]}:{port}/{n}"), now=parts.now())
        for name in ROUNDS:
            _round(parts, name, count)
            with parts.store.write() as db:
                feeds.make_due(db, [], now=parts.now())
    finally:
        wiring.close(parts)


def _round(parts: Parts, name: str, count: int) -> None:
    begun, cpu = time.monotonic(), _cpu_s(parts)
    pipeline.run(parts, Step.POLL)
    wall, spent = time.monotonic() - begun, _cpu_s(parts) - cpu
    with parts.store.read() as db:
        failed = sum(1 for row in feeds.listed(db) if row.error)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _print("Kronik", name, count / wall, count / spent, peak, failed)


def _reader(folder: Path, count: int, port: int) -> None:
    python = os.environ.get("KRONIK_READER")
    if python is None:
        print("SKIPPED reader: KRONIK_READER names no Python that has it", file=sys.stderr)
        return
    given = [python, "-c", READER, str(port), str(count), str(folder / "reader.db"), *ROUNDS]
    told = subprocess.run(given, check=True, capture_output=True, text=True).stdout
    for line in told.splitlines():
        name, *numbers = line.split("\t")
        _print("reader", name, *(float(number) for number in numbers))


def _print(who: str, name: str, polls_s: float, polls_cpu_s: float, peak: float, failed: float) -> None:
    print(
        f"{who:6} {name:17} {polls_s:7.0f} polls/s {polls_cpu_s:7.0f} polls a CPU second {peak:6.0f} MB peak, {failed:.0f} failed",
        flush=True,
    )


def _cpu_s(parts: Parts) -> float:
    """Give CPU seconds of this process and its parsers, those that live and those that have ended."""
    ticks = 0
    for child in parts.parser.children.idle:
        fields = Path(f"/proc/{child.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK") + ended.ru_utime + ended.ru_stime


def _choice(address: str, rows: int) -> None:
    """Time the claim of a batch among many feed rows, one in a hundred of them due."""
    if not address:
        print("SKIPPED PostgreSQL: KRONIK_BENCH_POSTGRES names no database", file=sys.stderr)
        return
    store = Store.open(address)
    now = datetime.now(UTC)
    store.migrate(now=now, authority="kronik.test")
    row = {"state": "active", "subscribed_at": now}
    urls = (f"http://a.test/{n}" for n in range(rows))
    values = [
        {**row, "url": url, "original_url": url, "not_before": now + timedelta(hours=n % 100)}
        for n, url in enumerate(urls)
    ]
    with store.write() as db:
        db.execute(sa.insert(tables.feeds), values)
    cpu = time.process_time()
    spent: Sequence[float] = [_timed(store, now) for _ in range(PICKS)]
    cpu_ms = (time.process_time() - cpu) / PICKS * 1000
    print(
        f"{rows:6} rows, {address.partition(':')[0]}: picking what is due takes {median(spent) * 1000:.1f} ms, at least {min(spent) * 1000:.1f},"
        f" at most {max(spent) * 1000:.1f}; {cpu_ms:.1f} ms of processor time of ours"
    )
    store.close()


def _timed(store: Store, now: datetime) -> float:
    begun = time.perf_counter()
    with store.write() as db:
        claims = work.claim(db, "poll", n=16, now=now, lease_s=60, worker="bench")
    spent = time.perf_counter() - begun
    if not claims:
        raise RuntimeError("nothing was due")
    return spent


def _serve(ready: multiprocessing.synchronize.Event, port: multiprocessing.sharedctypes.Synchronized[int]) -> None:
    asyncio.run(_listen(ready, port))


async def _listen(
    ready: multiprocessing.synchronize.Event, port: multiprocessing.sharedctypes.Synchronized[int]
) -> None:
    asked: dict[bytes, int] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1]
        asked[path] = asked.get(path, 0) + 1
        changed = int(path[1:]) % CHANGED_SHARE == 0
        version = asked[path] if changed else 1
        if f'"{version}"'.encode() in head:
            writer.write(f'HTTP/1.1 304 Not Modified\r\nETag: "{version}"\r\nConnection: close\r\n\r\n'.encode())
        else:
            body = _document(path.decode()[1:], version)
            head_ = f'HTTP/1.1 200 OK\r\nETag: "{version}"\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n'
            writer.write(head_.encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=1000)
    port.value = server.sockets[0].getsockname()[1]
    ready.set()
    await server.serve_forever()


def _document(feed: str, version: int) -> bytes:
    items = (
        ITEM.format(f=feed, n=n, d=f"Tue, 24 Nov 2026 {n % 24:02d}:00:00 GMT") for n in range(version, version + 10)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>{"".join(items)}</channel></rss>'.encode()


if __name__ == "__main__":
    run(*(int(text) for text in sys.argv[1:]))
