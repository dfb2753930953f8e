"""What every feed says of an event: its address and name, its title, a short body in HTML, its categories.

Each form of feed (RSS, Atom, JSON Feed, calendar) writes these in its own way. When an event happened stands in words
at the head of its title: most readers show nothing else. All foreign text is made inert here or escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import escape

from tracker.types import Event, Report

__all__ = [
    "Channel",
    "ItemWords",
    "Words",
    "address",
    "authority",
    "body",
    "categories",
    "identity",
    "inert",
    "is_web",
    "quotes",
    "rfc3339",
    "title",
    "updated",
]

_QUOTES = 3  # a feed quotes; the reports hold the rest
_QUOTE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself. ``self_url`` holds all its parameters; ``tag`` is ``tag:<authority>,<year>:``."""

    title: str
    description: str
    link: str
    self_url: str
    base_url: str
    tag: str
    language: str = "en"
    author: str = "Kronik"
    hub: str = ""  # the WebSub hub that is told of new events, '' for none
    style: str = ""  # the address of a style sheet for browsers that show the feed itself, '' for none


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An event's date and remarks in the feed's language: "17 June 2025", ("planned", …).

    ``band`` is said in a calendar of what has no day: "Some time in June 2025".
    """

    date: str
    remarks: tuple[str, ...] = ()
    band: str = ""


Words = Callable[[Event], ItemWords]


def identity(channel: Channel, event: Event) -> str:
    """Give the tag URI of an event: neither title, date nor host are part of it, so nothing is announced twice."""
    return f"{channel.tag}event/{event.id}"


def authority(channel: Channel) -> str:
    """Give the name in the tag URI: who minted it."""
    return channel.tag.removeprefix("tag:").partition(",")[0]


def address(channel: Channel, event: Event) -> str:
    """Give the address of an event's page."""
    return f"{channel.base_url}/events/{event.id}"


def title(event: Event, words: ItemWords) -> str:
    """Write the date in words, then the title."""
    return inert(f"{words.date} \u2014 {event.facts.title}")


def updated(channel: Channel, events: Sequence[Event]) -> datetime:
    """Give the newest change; of an empty feed the first day of the tag's year, since nothing here knows today."""
    year = re.search(r",([0-9]{4})", channel.tag)
    nothing = datetime(int(year[1]) if year else 1970, 1, 1, tzinfo=UTC)
    return max((event.updated for event in events), default=nothing)


def body(event: Event, words: ItemWords) -> str:
    """Write date, places, remarks and up to three short quotes as HTML; all foreign text is escaped."""
    said = " \u00b7 ".join([words.date, *(place.name for place in event.facts.where), *words.remarks])
    quoted = "".join(_quote(report) for report in quotes(event))
    return inert(f"<p>{escape(said)}</p>{quoted}")


def quotes(event: Event) -> list[Report]:
    """Give the first reports with words of their own: the same words from several outlets are one quote."""
    return list({report.quote: report for report in reversed(event.reports)}.values())[::-1][:_QUOTES]


def shortened(quote: str) -> str:
    """Cut a quote to what a feed may quote."""
    return quote if len(quote) <= _QUOTE_CHARS else quote[:_QUOTE_CHARS] + "\u2026"


def is_web(url: str) -> bool:
    """Tell whether an address may become a link."""
    return url.startswith(("http://", "https://"))


def categories(event: Event) -> list[str]:
    """Name places, actors and type, each once."""
    names = [place.name for place in event.facts.where] + [actor.name for actor in event.facts.who] + [event.facts.type]
    return list(dict.fromkeys(inert(name) for name in names if inert(name).strip()))


def rfc3339(moment: datetime) -> str:
    """Write a moment in UTC to the second: 2025-06-17T15:30:00Z."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _quote(report: Report) -> str:
    """Write a quote and whose it is as HTML; a feed holds hundreds, and `Markup.format` would take a quarter of its time."""
    source = f"<bdi>{escape(report.outlet or report.title or report.article_id)}</bdi>"
    if is_web(report.url):
        source = f'<a href="{escape(report.url)}">{source}</a>'
    published = report.published.date().isoformat() if report.published else ""
    return (
        f'<blockquote lang="{escape(report.language)}" dir="auto">{escape(shortened(report.quote))}</blockquote>'
        f"<p>\u2014 {source} {published}</p>"
    )


_UNFIT = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, production 2 (Char), turned round
_TURNING = (
    r"[\u202a-\u202e\u2066-\u2069]"  # embeddings, overrides, isolates: left open, they turn a reader's own text round
)
_DROPPED = re.compile(f"{_UNFIT}|{_TURNING}")


def inert(text: str) -> str:
    """Drop what XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF) and what turns text round."""
    return text if text.isprintable() else _DROPPED.sub("", text)  # nothing that is dropped counts as printable
