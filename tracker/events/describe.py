"""An event in plain words: what its date, status and membership rest on. For ``explain``."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.types import Anchor, Event, EventFacts, Report

__all__ = ["describe"]

_ANCHORS = {
    Anchor.EXPLICIT: "the phrase holds the whole date",
    Anchor.DCT: "counted from the day of publication",
    Anchor.PREVIOUS: "counted from the date named before",
    Anchor.NARRATIVE: "counted from the time the passage tells of",
    Anchor.HOLIDAY: "a holiday",
    Anchor.EVENT: "bounded by another event",
    Anchor.PUBLISHED: "no phrase: the day of publication",
}


def describe(event: Event) -> tuple[str, ...]:
    """Explain an event line by line: facts, each report with its date and why it belongs here, disagreements, history."""
    return tuple(_lines(event))


def _lines(event: Event) -> Iterator[str]:
    facts = event.facts
    yield f"event {event.id}: {facts.title} [{facts.title_language}]"
    if event.merged_into is not None:
        yield f"merged into event {event.merged_into}"
    yield from _facts(facts)
    yield f"reports: {len(event.reports)}"
    for report in event.reports:
        yield from _report(report)
    for revision in event.revisions:
        change = f"{revision.old} -> {revision.new}" if revision.old else revision.new
        yield f"revision {revision.number}, {revision.changed.isoformat()}: {revision.kind} {change} ({revision.cause})"


def _facts(facts: EventFacts) -> Iterator[str]:
    date = facts.date
    yield f"date: {date.edtf.text if date.edtf else 'none'} ({date.precision}): {date.basis}"
    yield f"status: {facts.status} · type: {facts.type}"
    if facts.who:
        yield "who: " + ", ".join(actor.name for actor in facts.who)
    if facts.where:
        yield "where: " + ", ".join(f"{place.name} ({place.key})" for place in facts.where)
    if facts.quantities:
        yield "quantities: " + ", ".join(quantity.text for quantity in facts.quantities)
    yield f"importance: {facts.importance:g} from {facts.outlets} outlets in {', '.join(facts.languages)}"
    for dispute in facts.disputed:
        sides = "; ".join(f"{value} say {', '.join(articles)}" for value, articles in dispute.values)
        yield f"reports disagree on the {dispute.field}: {sides}"


def _report(report: Report) -> Iterator[str]:
    published = report.published.isoformat() if report.published else "at an unknown time"
    copy = ", repeats another outlet's text" if report.copy else ""
    outlet = report.outlet or "unknown outlet"
    yield f"- article {report.article_id} ({outlet}, {report.language}, published {published}{copy})"
    yield f"  {report.field} {report.start}-{report.end}, {report.status}: {report.quote}"
    date = report.date
    if date is None:
        yield "  date: none"
    else:
        value = date.edtf.text if date.edtf else "no day"
        said = f"{date.phrase!r}, " if date.phrase else ""
        yield f"  date: {value} from {said}{_ANCHORS[date.anchor]}; rule {date.rule}, weight {date.weight:g}"
    if report.speaker:
        yield f"  said by: {report.speaker}"
    for line in report.trace:
        yield f"  {line}"
