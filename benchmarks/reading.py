"""Documents of feeds, real and nasty, read by Kronik and by feedparser alone: what each gets out of them.

Each document goes through the parser in its child process. Counted are entries, for both without those that say nothing and
once where a document tells one twice, and of these titles, absolute web links, dates with a zone that can be believed (1995 to
a day after the reading), and texts with markup a page could trip over.
"""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser

from benchmarks.data import required
from tracker import settings
from tracker.errors import FeedError
from tracker.feeds import ParseOptions, SafeParser
from tracker.types import Download

_NO_FEEDS = frozenset({".py", ".md", ".csv", ".txt", ".json5", ".go", ".rs", ""})
_MARKUP = re.compile(r"<\s*(?:script|iframe|svg|img|form|style|object|embed)\b|javascript:|\bon\w+\s*=", re.IGNORECASE)
_TOLD = ("id", "title", "link", "summary", "published", "updated")
_KEYS = ("documents", "no feed", "entries", "titles", "links", "dates", "markup")


def run() -> None:
    """Print a table: a line for each set of documents and reader; the longest time and the largest growth of a child."""
    folder = required("feeds", "feeds", "real")
    if folder is None:
        return
    chosen = settings.load({})
    parser, totals, worst_s, grown = SafeParser(chosen.poll.parse_s), dict[str, Counter[str]](), 0.0, 0
    try:
        for name, path, language in _documents(folder.parent):
            body = path.read_bytes()
            before, begun = _child_kb(parser), time.monotonic()
            ours = _by_us(parser, body, ParseOptions(language, "", "", chosen.poll.max_entries, datetime.now(UTC)))
            worst_s = max(worst_s, time.monotonic() - begun)
            grown = max(grown, _child_kb(parser) - before if before else 0)
            totals.setdefault(f"{name}, Kronik", Counter()).update(ours)
            totals.setdefault(f"{name}, feedparser", Counter()).update(_by_feedparser(body))
    finally:
        parser.close()
    print("| documents, reader | " + " | ".join(_KEYS) + " |\n|" + " --- |" * (len(_KEYS) + 1))
    for line, counts in sorted(totals.items()):
        print(f"| {line} | " + " | ".join(str(counts[key]) for key in _KEYS) + " |")
    print(f"longest {worst_s:.2f} s, largest growth of a child {grown / 1024:.1f} MB, no exception")


def _documents(folder: Path) -> Iterator[tuple[str, Path, str]]:
    rows = csv.DictReader((folder / "real" / "index.csv").open(encoding="utf-8"))
    for row in rows:
        yield "real", folder / "real" / row["file"], row["lang"]
    for path in sorted((folder / "nasty").rglob("*")):
        if path.is_file() and path.suffix not in _NO_FEEDS:
            yield "nasty", path, ""


def _by_us(parser: SafeParser, body: bytes, options: ParseOptions) -> Counter[str]:
    download = Download("https://news.example/rss", 200, (), body, options.now)
    try:
        feed = parser.parse(download, options)
    except FeedError:
        return Counter({"documents": 1, "no feed": 1})
    found: Counter[str] = Counter({"documents": 1, "entries": len(feed.entries)})
    for entry in feed.entries:
        found["titles"] += bool(entry.title)
        found["links"] += entry.link.startswith(("http://", "https://"))
        found["dates"] += entry.published is not None
        found["markup"] += bool(_MARKUP.search(f"{entry.title} {entry.link}"))
    return found


def _by_feedparser(body: bytes) -> Counter[str]:
    try:
        feed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": "https://news.example/rss"})
    except Exception:  # noqa: BLE001  # what it does with foreign bytes is what is measured
        return Counter({"documents": 1, "no feed": 1})
    entries = _distinct(feed.entries)
    found: Counter[str] = Counter(
        {"documents": 1, "entries": len(entries), "no feed": not feed.entries and not feed.get("version")}
    )
    for entry in entries:
        found["titles"] += bool(entry.get("title"))
        found["links"] += str(entry.get("link", "")).startswith(("http://", "https://"))
        found["dates"] += _credible(entry.get("published_parsed") or entry.get("updated_parsed"))
        found["markup"] += bool(_MARKUP.search(f"{entry.get('title', '')} {entry.get('link', '')}"))
    return found


def _distinct(entries: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    told = {tuple(str(entry.get(key, "")).strip() for key in _TOLD): entry for entry in entries}
    return [entry for said, entry in told.items() if any(said[1:4])]


def _credible(stamp: time.struct_time | None) -> bool:
    try:
        moment = datetime(*stamp[:6], tzinfo=UTC) if stamp else None
    except (ValueError, OverflowError):
        return False
    return moment is not None and moment.year >= 1995 and moment <= datetime.now(UTC) + timedelta(days=1)


def _child_kb(parser: SafeParser) -> int:
    """Give the memory of the child that waits for the next document, 0 where none does."""
    for child in parser.children.idle[-1:]:  # nobody else has a reason to look
        pages = int(Path(f"/proc/{child.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024
    return 0


if __name__ == "__main__":
    run()
