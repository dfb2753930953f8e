"""XML elements that RSS and Atom share: when and where an event happened, for programs.

``ev:`` is the proposal of 2001; its dates are W3CDTF, so years, months, days and spans of them can be said and seasons
cannot: those stand in ``k:edtf`` only.
"""

from __future__ import annotations

import html

from lxml import etree

from tracker.edtf import Edtf, Precision
from tracker.formats.item import inert
from tracker.types import Event

__all__ = ["ATOM", "DC", "EVENT", "KRONIK", "add", "happened", "written"]

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
EVENT = "http://purl.org/rss/1.0/modules/event/"  # the proposal of 2001; feedparser reads it as ev_startdate
KRONIK = "urn:x-kronik:event:1"  # our own elements; chosen once, never changed


def add(parent: etree._Element, tag: str, text: str, /, **attributes: str) -> etree._Element:
    """Append an element with inert text and attributes; give it."""
    element = etree.SubElement(parent, tag, {name: inert(value) for name, value in attributes.items()})
    element.text = inert(text) or None
    return element


def written(root: etree._Element, *, style: str) -> bytes:
    """Write a document as UTF-8 with an XML declaration and, if it has one, its style sheet for browsers."""
    if style:
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{html.escape(style)}"'))
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="utf-8"))


def happened(item: etree._Element, event: Event) -> None:
    """Say when and where it happened, as far as the format can without inventing a day."""
    value = event.facts.date.edtf
    start, end = _w3cdtf(value) if value else ("", "")
    if start:
        add(item, f"{{{EVENT}}}startdate", start)
    if end:
        add(item, f"{{{EVENT}}}enddate", end)
    if event.facts.where:
        add(item, f"{{{EVENT}}}location", event.facts.where[0].name)
    add(item, f"{{{EVENT}}}type", event.facts.type)
    if value:
        add(item, f"{{{KRONIK}}}edtf", value.text)
    add(item, f"{{{KRONIK}}}status", event.facts.status.value)


def _w3cdtf(value: Edtf) -> tuple[str, str]:
    """Give start and end as W3CDTF; '' where the format cannot say it. A window or one-of set is no span: neither."""
    if value.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return value.text.rstrip("~?%"), ""
    if "/" in value.text:
        start, _, end = value.text.partition("/")
        return ("" if start == ".." else start.rstrip("~?%")), ("" if end == ".." else end.rstrip("~?%"))
    return "", ""
