"""iCalendar (RFC 5545): events by the day they happen, for calendars.

All-day entries only, since no date of ours holds an hour. What is vague gets a title that says so and the bounds it is
known to; what has no bounds is left out. Lines end in CR LF and are folded at 75 octets, never within a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from tracker.edtf import Precision
from tracker.formats import item as items
from tracker.formats.item import Channel, ItemWords, Words, inert
from tracker.types import Event, Place, Status

__all__ = ["MEDIA_TYPE", "SPAN_DAYS", "calendar", "fits", "folded"]

MEDIA_TYPE = "text/calendar"
SPAN_DAYS = 14  # outputs.md: a longer span covers a calendar instead of filling it
_OCTETS = 75  # RFC 5545, 3.1
_STATUS = {
    Status.OCCURRED: "CONFIRMED",
    Status.ONGOING: "CONFIRMED",
    Status.PLANNED: "TENTATIVE",
    Status.ALLEGED: "TENTATIVE",
    Status.DENIED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
}
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def fits(event: Event, *, vague: bool = False) -> bool:
    """Tell whether a calendar shows the event: a day or a span of up to 14; with ``vague`` all that has both bounds."""
    when = event.facts.date
    if when.edtf is None or when.earliest is None or when.latest is None:
        return False
    return vague or not _is_vague(event)


def calendar(channel: Channel, events: Iterable[Event], *, words: Words) -> bytes:
    """Write a calendar of the events that have both bounds, in the order given, as UTF-8."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kronik//Timeline//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(channel.title)}",
        f"X-WR-CALDESC:{_text(channel.description)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for event in events:
        if fits(event, vague=True):
            lines += _entry(event, channel, words(event))
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def folded(line: str) -> bytes:
    """Fold a line at 75 octets, without cutting a character."""
    whole = line.encode()
    if len(whole) <= _OCTETS:
        return whole
    parts, current = [], b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > _OCTETS:
            parts.append(current)
            current = b" "  # belongs to the fold, and counts
        current += octets
    return b"\r\n".join([*parts, current])


def _is_vague(event: Event) -> bool:
    value = event.facts.date.edtf
    if value is None or value.precision in (Precision.DAY, Precision.TIME):
        return value is None
    return not (re.fullmatch(r"[\d-]{10}/[\d-]{10}", value.text) and (value.days or 0) <= SPAN_DAYS)


def _entry(event: Event, channel: Channel, words: ItemWords) -> Iterator[str]:
    facts = event.facts
    yield "BEGIN:VEVENT"
    yield f"UID:event-{event.id}@{_text(items.authority(channel))}"
    yield f"DTSTAMP:{_moment(event.updated)}"
    yield f"CREATED:{_moment(event.first_published)}"
    yield f"LAST-MODIFIED:{_moment(event.updated)}"
    yield f"SEQUENCE:{sum(revision.kind == 'redated' for revision in event.revisions)}"
    yield from _days(facts.date.earliest, facts.date.latest)
    yield f"SUMMARY{_language(facts.title_language)}:{_text(_summary(event, words))}"
    yield f"DESCRIPTION:{_text(_description(event, words, items.address(channel, event)))}"
    yield f"URL:{inert(items.address(channel, event))}"
    yield from _where(facts.where)
    if names := items.categories(event):
        yield f"CATEGORIES:{','.join(_text(name) for name in names)}"
    yield f"STATUS:{_STATUS[facts.status]}"
    yield "TRANSP:TRANSPARENT"
    if facts.date.edtf:
        yield f"X-EDTF:{_text(facts.date.edtf.text)}"
    yield "END:VEVENT"


def _days(first: date | None, last: date | None) -> Iterator[str]:
    """Give the first day and the day after the last, which is how a calendar ends."""
    if first is not None and last is not None:
        yield f"DTSTART;VALUE=DATE:{_day(first)}"
        if last < date.max:
            yield f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}"


def _summary(event: Event, words: ItemWords) -> str:
    """Write the title; before it what the calendar's own day would hide: that the day is not known."""
    value = event.facts.date.edtf
    if _is_vague(event):
        return f"{words.band or words.date} \u2014 {event.facts.title}"
    if value is not None and value.text[-1] in "~?%":
        return f"{words.date} \u2014 {event.facts.title}"
    return event.facts.title


def _description(event: Event, words: ItemWords, url: str) -> str:
    told = [
        f"\u201c{items.shortened(r.quote)}\u201d \u2014 {r.outlet or r.title or r.article_id}"
        for r in items.quotes(event)
    ]
    return "\n".join([" \u00b7 ".join([words.date, *words.remarks]), *told, url])


def _where(places: tuple[Place, ...]) -> Iterator[str]:
    if places:
        yield f"LOCATION:{_text(', '.join(place.name for place in places))}"
    found = next((place for place in places if place.lat is not None and place.lon is not None), None)
    if found is not None:
        yield f"GEO:{found.lat:.6f};{found.lon:.6f}"


def _language(code: str) -> str:
    return f";LANGUAGE={code}" if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else ""


def _text(value: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11): nothing foreign ends its line."""
    lines = inert(value).replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROLS.sub(" ", lines).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return kept.replace("\n", "\\n")


def _day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
