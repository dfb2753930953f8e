"""What the demo consists of: its feeds, its topics, and the pages its server gives, read from the files beside this module.

In: the address the server listens on. Out: frozen values. Feeds, articles and words are in the files, none is here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from tracker.events import read_topics
from tracker.types import Topic

__all__ = ["DemoFeed", "Page", "demo_feeds", "demo_topics", "pages"]

FOLDER = Path(__file__).resolve().parent
FEEDS = FOLDER / "feeds"
ARTICLES = FOLDER / "articles"
_BASE = "base"
_ROOTS = {  # local name of the root element -> media type (RFC 4287 for Atom; the others are in use, not registered)
    "rss": "application/rss+xml",
    "feed": "application/atom+xml",
    "RDF": "application/rdf+xml",
}


@dataclass(frozen=True, slots=True)
class DemoFeed:
    """A sample feed, with the keys of config/feeds.toml. ``zone`` is an IANA name, ``country`` ISO 3166-1 alpha-2."""

    url: str
    name: str
    outlet: str
    language: str
    zone: str
    country: str
    full_text: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer. ``modified`` is UTC without microseconds, as HTTP dates have none."""

    body: bytes
    media_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """The strong validator: it changes whenever a byte does."""
        return f'"{sha256(self.body).hexdigest()[:16]}"'


def demo_feeds(base_url: str) -> tuple[DemoFeed, ...]:
    """List the sample feeds as served under ``base_url`` (no slash at its end)."""
    rows = tomllib.loads(_filled((FOLDER / "feeds.toml").read_text(encoding="utf-8"), {_BASE: base_url}))["feed"]
    return tuple(DemoFeed(**row) for row in rows)


def demo_topics() -> tuple[Topic, ...]:
    """List the topics of the sample stories."""
    return read_topics(FOLDER / "topics.toml")


def pages(base_url: str) -> Mapping[str, Page]:
    """Build every page of the demo's server: path -> page.

    ``/`` lists the feeds, ``/feeds/<file>`` are they, ``/article/<outlet>/<slug>`` the articles of the teaser feeds.
    """
    feeds = demo_feeds(base_url)
    result = {"/": _index(feeds)}
    for feed in feeds:
        path = feed.url.removeprefix(base_url)
        result[path] = _feed(FEEDS / Path(path).name, base_url)
        if feed.full_text:
            result |= {url.removeprefix(base_url): page for url, page in _articles(feed, result[path])}
    return result


def _index(feeds: tuple[DemoFeed, ...]) -> Page:
    path = FOLDER / "index.html"
    rows = "\n".join(
        f'<li lang="{feed.language}"><a href="{escape(feed.url)}">{escape(feed.name)}</a></li>' for feed in feeds
    )
    return _page(_filled(path.read_text(encoding="utf-8"), {"rows": rows}), "text/html", path)


def _feed(path: Path, base_url: str) -> Page:
    text = _filled(path.read_text(encoding="utf-8"), {_BASE: base_url})
    root = ElementTree.fromstring(text.encode())  # noqa: S314  our own file
    return _page(text, _ROOTS[root.tag.rpartition("}")[2]], path)


def _articles(feed: DemoFeed, page: Page) -> Iterator[tuple[str, Page]]:
    """Build the pages a teaser feed links to: title and date as in the feed, the body from its file."""
    template = (ARTICLES / "page.html").read_text(encoding="utf-8")
    for item in ElementTree.fromstring(page.body).iter("item"):  # noqa: S314  our own file
        link = item.findtext("link", "")
        outlet, slug = link.split("/")[-2:]
        path = ARTICLES / outlet / f"{slug}.html"
        words = {
            "language": feed.language,
            "outlet": escape(feed.outlet),
            "title": escape(item.findtext("title", "")),
            "url": escape(link),
            "published": parsedate_to_datetime(item.findtext("pubDate", "")).isoformat(),
            "body": path.read_text(encoding="utf-8"),
        }
        yield link, _page(_filled(template, words), "text/html", path)


def _page(text: str, media_type: str, source: Path) -> Page:
    modified = datetime.fromtimestamp(int(source.stat().st_mtime), UTC)
    return Page(text.encode(), f"{media_type}; charset=utf-8", modified)


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{{" + name + "}}", word)
    return text
