"""A channel, words and events for the tests of feeds; hostile text to try on all of them."""

from collections.abc import Sequence
from dataclasses import replace

from tests.web.sample import event, events, report
from tracker.formats import Channel, ItemWords
from tracker.types import Event, EventId, Place

CHANNEL = Channel(
    title="Ports & bridges",
    description="What happens <there>.",
    link="https://kronik.example/t/ports?q=a&status=planned",
    self_url="https://kronik.example/t/ports/feed?q=a&status=planned",
    base_url="https://kronik.example",
    tag="tag:kronik.example,2025:",
)
BY_ID = {found.id: found for found in events()}
EVERY_KIND = events()[:18]
HOSTILE = [
    "</script><script>alert(1)</script>",
    "]]>",
    "<img src=x onerror=alert(1)>",
    '" onclick="x',
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
    "=cmd|' /C calc'!A0",
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "a\x00b\u202ec\ufffe\u2028d",
]


def words(told: Event) -> ItemWords:
    """Say a date as its EDTF text."""
    remarks = ("planned",) if told.id == 20 else ()
    return ItemWords(f"On {told.facts.date.edtf or 'no day'}", remarks, f"Some time in {told.facts.date.edtf}")


def numbered(number: int) -> Event:
    """Give a sample event by its number."""
    return BY_ID[EventId(number)]


def dated(value: str | None, number: int = 1) -> Event:
    """Build a plain event of a date."""
    return event(number, value, [report("It rained.", "en", "2025-06-18T08:00")])


def titled(text: str, *, url: str = "https://en.example.org/a", outlet: str = "The Post") -> Event:
    """Build an event of 17 June 2025 with a title of its own."""
    return event(1, "2025-06-17", [replace(report(text, "en", "2025-06-18T08:00"), url=url, outlet=outlet)])


def at(told: Event, *places: Place) -> Event:
    """Give the event with other places."""
    return replace(told, facts=replace(told.facts, where=places))


def ids(stored: Sequence[Event]) -> list[str]:
    """Give the tag URIs of events."""
    return [f"tag:kronik.example,2025:event/{told.id}" for told in stored]
