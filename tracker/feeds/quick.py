"""The usual RSS 2.0 and Atom feed, read straight by expat: ten times as fast as the reader that copes with everything.

Whatever is unusual about a document, in its encoding, its elements or how they are nested, makes this reader step back
(None), and `tracker.feeds.parse` gives the document to feedparser. Where it does read, it reads what feedparser would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracker.feeds.clean import plain_line, plain_text, unmarked

__all__ = ["Quick", "Raw", "read_quick"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SY = "{http://purl.org/rss/1.0/modules/syndication/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements of an entry by the part they play; '' for those that play none.
_RSS_ITEM = {
    "title": "title", "link": "link", "guid": "guid", "description": "summary", "pubDate": "published", f"{_DC}date": "updated",
    "{http://purl.org/rss/1.0/modules/content/}encoded": "content", f"{_DC}language": "language", "author": "", "category": "",
    "comments": "", "enclosure": "", "source": "", f"{_DC}creator": "", f"{_DC}subject": "", f"{_DC}rights": "",
}  # fmt: skip
_ATOM_ENTRY = {
    f"{_ATOM}title": "title", f"{_ATOM}id": "guid", f"{_ATOM}summary": "summary", f"{_ATOM}content": "content",
    f"{_ATOM}published": "published", f"{_ATOM}updated": "updated", f"{_ATOM}link": "", f"{_ATOM}author": "",
    f"{_ATOM}category": "", f"{_ATOM}contributor": "", f"{_ATOM}rights": "", f"{_DC}creator": "",
}  # fmt: skip
_PERSON = frozenset({f"{_ATOM}name", f"{_ATOM}uri", f"{_ATOM}email"})
_HEAD = {
    "title": "title", "language": "language", "ttl": "ttl", f"{_SY}updatePeriod": "sy_updateperiod",
    f"{_SY}updateFrequency": "sy_updatefrequency", f"{_ATOM}title": "title",
}  # fmt: skip
# Extensions that say nothing of what we read, as long as nothing is nested in them.
_HARMLESS = (
    "{http://wellformedweb.org/CommentAPI/}", "{http://purl.org/rss/1.0/modules/slash/}", "{com-wordpress:feed-additions:1}",
    "{http://www.georss.org/georss}", "{http://www.w3.org/2003/01/geo/wgs84_pos#}", "{http://purl.org/syndication/thread/1.0}",
    _SY,
)  # fmt: skip
_HARMLESS_MEDIA = frozenset(
    f"{_MEDIA}{name}"
    for name in ("content", "thumbnail", "group", "credit", "keywords", "category", "rating", "copyright")
)
_NAMESPACE = re.compile(rb"\bxmlns:([A-Za-z0-9_.-]{1,60})\s{0,20}=\s{0,20}[\"']([^\"'<>]{1,300})[\"']")
# Prefixes feedparser reads, whatever they stand for, and the beginnings of namespaces it knows under any prefix.
_HEARD_OF = frozenset(
    b"ag annotate audio cc content co cp dc dcterms email ev fm foaf gd geo georss gml icbm image itunes l media media1"
    b" os pingback prism psc rdf rdfs ref reqv search slash soap ss str sub sy szf taxo thr ti trackback wfw wiki xhtml"
    b" xlink xml psc podcast atom rss feed".split()
)
_HEARD = (
    b"http://purl.org", b"http://www.w3.org", b"http://search.yahoo.com", b"http://www.itunes.com", b"http://example.com",
    b"http://backend.userland.com", b"http://blogs.law.harvard.edu", b"http://webns.net", b"http://web.resource.org",
    b"http://cyber.law.harvard.edu", b"http://my.netscape.com", b"http://channel.netscape.com", b"http://podlove.org",
    b"http://media.tangent.org", b"http://hacks.benhammersley.com", b"http://madskills.com", b"http://postneo.com",
    b"http://freshmeat.net", b"http://xmlns.com", b"http://schemas.pocketsoap.com", b"http://prismstandard.org",
    b"http://www.georss.org", b"http://www.opengis.net", b"http://creativecommons.org", b"http://schemas.google.com",
)  # fmt: skip
_UNUSUAL = re.compile(rb"<!DOCTYPE|<!ENTITY|\bxml:base\b|\bmode\s*=", re.IGNORECASE)
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}\bencoding\s*=\s*[\"'](?P<name>[A-Za-z0-9_.-]{1,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_C1 = re.compile(r"[\x80-\x9f]")  # feedparser takes these for windows-1252
_UTF8 = frozenset({"utf-8", "utf8"})
_PLAIN_LINK = re.compile(r"(?i:https?)://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?$")
_ESCAPED = re.compile(r"&#?\w{1,20};")  # escaped twice: feedparser undoes it in some elements
_TEXT_TYPES = frozenset({"", "text", "html", "text/plain", "text/html"})
_HTML_LINKS = frozenset({"", "text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Raw:
    """An entry as the document has it, its texts freed of markup."""

    guid: str
    title: str
    text: str
    link: str
    published: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quick:
    """What the quick reader found; ``head`` has the names feedparser gives to what a feed says of itself."""

    head: Mapping[str, str]
    entries: tuple[Raw, ...]


class _Unusual(Exception):  # no error: the other reader's turn
    """Something the quick reader leaves to the other."""


def read_quick(body: bytes, content_type: str) -> Quick | None:
    """Read a document, or give None for it to be read by feedparser."""
    declared, told = _DECLARED.match(body), _CHARSET.search(content_type)
    names = {name for name in (declared and declared["name"].decode(), told and told[1]) if name}
    if not {name.lower() for name in names} <= _UTF8 or _UNUSUAL.search(body):
        return None
    try:
        root = ElementTree.fromstring(body)  # noqa: S314  # no document type, so no entities
        harmless = _harmless(body)
        read = _rss(root, harmless) if root.tag == "rss" else _atom(root, harmless)
    except (ElementTree.ParseError, ValueError, RecursionError, _Unusual):
        return None
    return read if read.entries else None


def _harmless(body: bytes) -> tuple[str, ...]:
    """Name the namespaces of a document that say nothing to us: those of which feedparser has not heard either."""
    declared = {(uri, prefix) for prefix, uri in _NAMESPACE.findall(body)}
    strange = {uri for uri, prefix in declared if prefix not in _HEARD_OF and not uri.startswith(_HEARD)}
    told = {uri for uri, prefix in declared if prefix in _HEARD_OF}
    return (*_HARMLESS, *(f"{{{uri.decode('utf-8', 'replace')}}}" for uri in strange - told))


def _rss(root: Element, harmless: tuple[str, ...]) -> Quick:
    if [child.tag for child in root] != ["channel"]:
        raise _Unusual
    channel = root[0]
    items = tuple(_rss_entry(child, harmless) for child in channel if child.tag == "item")
    return Quick(_head(channel, root.get(_LANG, "")), items)


def _atom(root: Element, harmless: tuple[str, ...]) -> Quick:
    if root.tag != f"{_ATOM}feed":
        raise _Unusual
    entries = tuple(_atom_entry(child, harmless) for child in root if child.tag == f"{_ATOM}entry")
    return Quick(_head(root, root.get(_LANG, "")), entries)


def _head(parent: Element, language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for child in parent:
        name = _HEAD.get(child.tag)
        if child.tag.startswith(_DC) or (name and name in found):
            raise _Unusual
        if name:
            found[name] = _inner(child)
    return {"language": language.replace("_", "-"), **found}


def _rss_entry(item: Element, harmless: tuple[str, ...]) -> Raw:
    parts = _parts(item, _RSS_ITEM, harmless)
    guid, link = parts.get("guid"), parts.get("link")
    identity, place = _text(guid), _text(link)
    if link is not None and link.attrib:
        raise _Unusual
    if guid is not None and _permanent(guid):
        if link is not None and (not place or (place == identity and "://" not in place)):
            raise _Unusual
        if link is None:
            place = identity if "://" in identity else ""
    return _raw(parts, identity, place)


def _atom_entry(entry: Element, harmless: tuple[str, ...]) -> Raw:
    parts = _parts(entry, _ATOM_ENTRY, harmless)
    identity = _text(parts.get("guid"))
    every = [child for child in entry if child.tag == f"{_ATOM}link"]
    links = [
        child.get("href", "").strip()
        for child in every
        if child.get("rel", "alternate") == "alternate" and child.get("type", "") in _HTML_LINKS
    ]
    if not all(child.get("href") for child in every) or (links and links[-1] == identity and "://" not in identity):
        raise _Unusual
    place = links[-1] if links else identity if "://" in identity else ""
    return _raw(parts, identity, place)


def _raw(parts: Mapping[str, Element], identity: str, place: str) -> Raw:
    if (place and not _PLAIN_LINK.match(place)) or _ESCAPED.search(place + identity):
        raise _Unusual
    texts = [plain_text(_inner(parts[name])) for name in ("content", "summary") if name in parts]
    return Raw(
        guid=unmarked(identity),
        title=plain_line(_inner(parts["title"])) if "title" in parts else "",
        text=max(texts, key=len, default=""),
        link=place,
        published=_text(parts.get("published")) or _text(parts.get("updated")),
        language=unmarked(_text(parts.get("language")))[:12],
    )


def _parts(entry: Element, known: Mapping[str, str], harmless: tuple[str, ...]) -> dict[str, Element]:
    """Sort an entry's elements by the part they play. Raises: _Unusual for one that is not known or stands twice."""
    found: dict[str, Element] = {}
    for child in entry:
        part = known.get(child.tag)
        if part is None:
            _check_harmless(child, harmless)
        elif part in found or (not part and any(inner.tag not in _PERSON for inner in child)):
            raise _Unusual
        elif part:
            found[part] = child
    return found


def _check_harmless(element: Element, harmless: tuple[str, ...]) -> None:
    if element.tag.startswith(_MEDIA):
        if any(inner.tag not in _HARMLESS_MEDIA for inner in element.iter()):
            raise _Unusual
    elif element.tag == f"{_ATOM}link":
        if element.get("rel", "alternate") == "alternate":
            raise _Unusual
    elif len(element) or not element.tag.startswith(harmless):
        raise _Unusual


def _permanent(guid: Element) -> bool:
    return all(value == "true" for name, value in guid.attrib.items() if name.lower() == "ispermalink")


def _inner(element: Element) -> str:
    """Give an element's text, or its markup where it holds XHTML."""
    kind = element.get("type", "")
    if kind == "xhtml" and len(element) == 1 and element[0].tag == f"{_XHTML}div":
        return _markup(element[0])
    if kind not in _TEXT_TYPES or "src" in element.attrib:
        raise _Unusual
    return _text(element)


def _markup(div: Element) -> str:
    for inner in div.iter():
        if not inner.tag.startswith(_XHTML):
            raise _Unusual
        inner.tag = inner.tag.removeprefix(_XHTML)
    text = ElementTree.tostring(div, encoding="unicode", method="html")
    if _C1.search(text) or _twice_coded(text):
        raise _Unusual
    return text.strip()


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = element.text or ""
    if len(element) or _C1.search(text) or _twice_coded(text):
        raise _Unusual
    return text.strip()


def _twice_coded(text: str) -> bool:
    """Tell whether a text is UTF-8 that was taken for Latin-1 and coded once more."""
    if text.isascii():
        return False
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True
