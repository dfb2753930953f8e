"""Lists of feeds: Kronik's own TOML, and OPML for other readers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import etree

from tracker.errors import FeedError, SettingsError
from tracker.feeds.clean import unmarked
from tracker.links import masked, safe_link
from tracker.types import FeedFacts

__all__ = ["opml_text", "read_feeds", "read_opml"]

_KINDS: Mapping[str, type] = {
    "url": str, "name": str, "outlet": str, "language": str, "zone": str, "country": str, "full_text": bool,
    "interval_s": int, "tags": list,
}  # fmt: skip
_OURS = ("outlet", "language", "zone", "country")  # OPML attributes of our own; other readers ignore them


def read_feeds(path: Path) -> tuple[FeedFacts, ...]:
    """Read a feeds.toml; an absent file lists nothing.

    Raises: SettingsError naming file, feed and key.
    """
    if not path.is_file():
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise SettingsError(f"cannot be read: {cause}", subject=str(path)) from cause
    rows = tables.get("feed", [])
    if set(tables) - {"feed"} or not isinstance(rows, list):
        raise SettingsError("holds something else than [[feed]] tables", subject=str(path))
    return tuple(_facts(row, f"{path}: feed {number}") for number, row in enumerate(rows, 1))


def read_opml(body: bytes) -> tuple[FeedFacts, ...]:
    """Read the feeds of an OPML file, folders as tags; outlines without a usable address are left out.

    Entities are not expanded. Raises: FeedError if it is no OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise FeedError(f"is no OPML: {cause}", subject="OPML") from cause
    if root is None or etree.QName(root.tag).localname.lower() != "opml":
        raise FeedError("is no OPML: its outermost element is not <opml>", subject="OPML")
    found = {facts.url: facts for outline in root.iter("outline") if (facts := _outline(outline))}
    return tuple(found.values())


def opml_text(feeds: Iterable[FeedFacts], *, title: str) -> str:
    """Write feeds as OPML 2.0, sorted into folders by their first tag."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = unmarked(title)
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {"": body}
    for facts in feeds:
        folder = unmarked(facts.tags[0]) if facts.tags else ""
        if folder not in folders:
            folders[folder] = ElementTree.SubElement(body, "outline", text=folder)
        name = unmarked(facts.name) or facts.url
        given = {key: unmarked(value) for key in _OURS if (value := getattr(facts, key))}
        row = {"type": "rss", "text": name, "title": name, "xmlUrl": facts.url, **given}
        ElementTree.SubElement(folders[folder], "outline", row)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _facts(row: object, subject: str) -> FeedFacts:
    if not isinstance(row, dict):
        raise SettingsError("is no table", subject=subject)
    for key, value in row.items():
        if key not in _KINDS:
            raise SettingsError(f"unknown key {key} = {value!r}; known: {', '.join(_KINDS)}", subject=subject)
        if not isinstance(value, _KINDS[key]) or (isinstance(value, bool) and _KINDS[key] is int):
            raise SettingsError(f"{key} = {value!r} is no {_KINDS[key].__name__}", subject=subject)
    url = safe_link(row.get("url", ""))
    if not url:
        raise SettingsError(f"url = {masked(str(row.get('url', '')))!r} is no http or https address", subject=subject)
    if not _is_zone(row.get("zone", "")):
        raise SettingsError(f"zone = {row['zone']!r} is no time zone such as Asia/Jakarta", subject=subject)
    return FeedFacts(**{**row, "url": url, "tags": tuple(str(tag) for tag in row.get("tags", []))})


def _is_zone(name: str) -> bool:
    try:
        return not name or bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _outline(outline: etree._Element) -> FeedFacts | None:
    attributes = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
    url = safe_link(attributes.get("xmlurl", ""))
    if not url:
        return None
    folders = tuple(_folders(outline))
    outlet, language, zone, country = (attributes.get(key, "")[:64] for key in _OURS)
    name = (attributes.get("title") or attributes.get("text", ""))[:500]
    zone = zone if _is_zone(zone) else ""
    return FeedFacts(url, name, outlet, language, zone, country[:2].upper(), tags=folders)


def _folders(outline: etree._Element) -> Iterator[str]:
    for parent in outline.iterancestors("outline"):
        if name := parent.get("text") or parent.get("title"):
            yield name
