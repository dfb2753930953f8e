"""Feeds that change as simulated time passes, served on loopback with the faults of a bad network.

A feed is a function of time: entries appear at random moments, some are corrected once, and the newest `WINDOW` stand in
the document. What stood in an answer that was sent to its end is the truth of `benchmarks.losses`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import random
import time
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

__all__ = ["HOSTS", "WINDOW", "ChangingFeeds"]

HOSTS = tuple(f"127.0.0.{n + 2}" for n in range(50))
WINDOW = 30
_OLD = 10  # entries there at the beginning
_GAP_H = 12.0  # simulated hours between two entries of a feed, in the mean
_CORRECTED = 0.15  # the share of entries that are corrected once
_FAULTS = (("reset", 0.03), ("cut", 0.03), ("error", 0.02), ("slow", 0.01), ("none", 0.91))


class ChangingFeeds:
    """A server of such feeds in a process of its own, while the block lasts."""

    def __init__(self, count: int, days: float, scale: float) -> None:
        self._given = (count, days, scale)
        self.port = 0

    def __enter__(self) -> ChangingFeeds:
        """Start it."""
        ready, port = multiprocessing.Event(), multiprocessing.Value("i")
        self._process = multiprocessing.Process(target=_serve, args=(ready, port, *self._given), daemon=True)
        self._process.start()
        ready.wait(30)
        self.port = port.value
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.kill()


class _Feed:
    def __init__(self, number: int, days: float) -> None:
        draw = random.Random(number)  # the same feeds every time
        self.number = number
        self.moments = [-3600.0 * _GAP_H * (_OLD - n) for n in range(_OLD)]
        moment = 0.0
        while (moment := moment + draw.expovariate(1 / (3600 * _GAP_H))) < days * 86_400:
            self.moments.append(moment)
        self.corrected = {
            n: at + draw.uniform(600, 90_000) for n, at in enumerate(self.moments) if draw.random() < _CORRECTED
        }
        self.conditional = draw.random() < 0.8
        self.framed = draw.random() < 0.9

    def at(self, moment: float) -> list[tuple[str, str]]:
        """Give (guid, title) of what stands in the feed."""
        last = bisect_right(self.moments, moment)
        numbers = range(max(0, last - WINDOW), last)
        return [(f"{self.number}-{n}", f"Story {n} of {self.number}{self._note(n, moment)}") for n in numbers]

    def _note(self, n: int, moment: float) -> str:
        return " (corrected)" if self.corrected.get(n, moment + 1) <= moment else ""

    def document(self, entries: list[tuple[str, str]], began: datetime) -> bytes:
        items = "".join(
            f'<item><guid isPermaLink="false">{guid}</guid><link>http://x.test/{guid}</link><title>{title}</title>'
            f"<pubDate>{format_datetime(began + timedelta(seconds=self.moments[int(guid.partition('-')[2])]))}</pubDate></item>"
            for guid, title in reversed(entries)
        )
        head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {self.number}</title>'
        return f"{head}{items}</channel></rss>".encode()


class _Server:
    def __init__(self, count: int, days: float, scale: float) -> None:
        self._feeds = [_Feed(n, days) for n in range(count)]
        self._end, self._scale = days * 86_400, scale
        self._started, self._began = time.monotonic(), datetime.now(UTC) - timedelta(days=days + 1)
        self._draw = random.Random(1)  # the same faults every time
        self._told = {"requests": 0, "faults": 0, "complete": 0, "unchanged": 0}
        self._truth: dict[str, str] = {}
        self._last: dict[int, float] = {}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):  # who asked was killed, or we reset it
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()[1:]
            if path == "truth":
                now = dict(entry for feed in self._feeds for entry in feed.at(self._end))
                body = json.dumps({"entries": self._truth, "now": now, "last": self._last, **self._told}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
            else:
                await self._feed(writer, head, self._feeds[int(path)])
            await writer.drain()
        writer.close()

    async def _feed(self, writer: asyncio.StreamWriter, head: bytes, feed: _Feed) -> None:
        moment = min((time.monotonic() - self._started) * self._scale, self._end)
        entries = feed.at(moment)
        tag = f'"{hash(tuple(entries)) & 0xFFFFFFFF:x}"' if feed.conditional else ""
        over = moment >= self._end
        fault = "none" if over else self._draw.choices([n for n, _ in _FAULTS], [w for _, w in _FAULTS])[0]
        self._told["requests"] += 1
        self._told["faults"] += fault != "none"
        if fault == "slow":
            await asyncio.sleep(4)
        elif fault == "error":
            writer.write(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        elif tag and f"If-None-Match: {tag}".encode() in head:
            writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\nConnection: close\r\n\r\n".encode())
            self._told["unchanged"] += 1
            self._last[feed.number] = moment
        elif await self._document(writer, feed.document(entries, self._began), (tag, fault, feed.framed)):
            self._told["complete"] += 1
            self._truth.update(entries)
            self._last[feed.number] = moment

    async def _document(self, writer: asyncio.StreamWriter, body: bytes, how: tuple[str, str, bool]) -> bool:
        """Send a document, or the beginning of one; tell whether all of it went."""
        tag, fault, framed = how
        length = f"Content-Length: {len(body)}\r\n" if framed or fault == "reset" else ""
        kind = f"ETag: {tag}\r\n" if tag else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n{kind}{length}Connection: close\r\n\r\n"
        writer.write(head.encode() + (body if fault == "none" else body[: self._draw.randrange(len(body))]))
        await writer.drain()
        if fault == "reset":
            writer.transport.abort()
        return fault == "none"


def _serve(ready: object, port: object, count: int, days: float, scale: float) -> None:
    asyncio.run(_listen(ready, port, _Server(count, days, scale)))


async def _listen(ready: object, port: object, served: _Server) -> None:
    server = await asyncio.start_server(served.answer, "0.0.0.0", 0, backlog=1000)  # loopback has many addresses
    port.value = server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    ready.set()  # type: ignore[attr-defined]
    await server.serve_forever()
