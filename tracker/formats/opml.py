"""OPML 2.0: the topics as a list of feeds, to follow all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from tracker.formats.elements import add

__all__ = ["MEDIA_TYPE", "Outline", "outlines"]

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed to follow: its name, its address, the page it belongs to."""

    text: str
    xml_url: str
    html_url: str
    description: str = ""


def outlines(title: str, found: Iterable[Outline]) -> bytes:
    """Write a list of feeds, in the order given, as UTF-8 with an XML declaration."""
    root = etree.Element("opml", version="2.0")
    add(etree.SubElement(root, "head"), "title", title)
    body = etree.SubElement(root, "body")
    for one in found:
        extra = {"description": one.description} if one.description else {}
        names = {"text": one.text, "title": one.text, "xmlUrl": one.xml_url, "htmlUrl": one.html_url}
        add(body, "outline", "", type="rss", **names, **extra)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
