"""The feeds a web page links to. Only links the page names; no addresses are guessed."""

from __future__ import annotations

from lxml import html
from lxml.etree import LxmlError

from tracker.links import safe_link

__all__ = ["IS_PAGE", "feed_links", "looks_like_page"]

IS_PAGE = "is a web page, no feed"  # part of every failure of a poll that met one

_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json"}
)
_WORDS = ("rss", "atom", "feed", ".xml", ".rdf")
_MOST = 40
_HEAD = 2_000_000  # bytes of a page that are looked at


def looks_like_page(body: bytes) -> bool:
    """Tell whether bytes are a web page rather than a feed."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (b"<html" in start and b"<rss" not in start)


def feed_links(body: bytes, *, url: str) -> tuple[tuple[str, str], ...]:
    """Give (address, title) of the feeds a page at ``url`` offers: declared ones first, then links that look like feeds."""
    try:
        page = html.document_fromstring(body[:_HEAD])
    except (LxmlError, ValueError):
        return ()
    url = next((there for base in page.iter("base") if (there := safe_link(base.get("href") or "", url))), url)
    found: dict[str, str] = {}
    for link in page.iter("link"):
        rel, kind = (link.get("rel") or "").lower().split(), (link.get("type") or "").lower()
        if "alternate" in rel and kind in _TYPES and (address := safe_link(link.get("href") or "", url)):
            found.setdefault(address, " ".join((link.get("title") or "").split()))
    for anchor in page.iter("a"):
        href = anchor.get("href") or ""
        if any(word in href.lower() for word in _WORDS) and (address := safe_link(href, url)):
            found.setdefault(address, " ".join(anchor.text_content().split())[:200])
    return tuple(found.items())[:_MOST]
