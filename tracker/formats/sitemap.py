"""Sitemaps (sitemaps.org, 0.9): the addresses of pages for crawlers, and an index where there are several files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from tracker.formats.elements import add
from tracker.formats.item import rfc3339

__all__ = ["MEDIA_TYPE", "MOST", "index", "pages"]

MEDIA_TYPE = "application/xml"
MOST = 50_000  # addresses in one file (sitemaps.org protocol)
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Page = tuple[str, datetime | None]  # address, last change


def pages(found: Iterable[Page]) -> bytes:
    """Write one file of pages; the caller keeps to `MOST`."""
    return _written("urlset", "url", found)


def index(files: Iterable[Page]) -> bytes:
    """Write the list of files."""
    return _written("sitemapindex", "sitemap", files)


def _written(root_name: str, name: str, found: Iterable[Page]) -> bytes:
    root = etree.Element(f"{{{_SPACE}}}{root_name}", nsmap={None: _SPACE})
    for url, changed in found:
        one = etree.SubElement(root, f"{{{_SPACE}}}{name}")
        add(one, f"{{{_SPACE}}}loc", url)
        if changed is not None:
            add(one, f"{{{_SPACE}}}lastmod", rfc3339(changed))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
