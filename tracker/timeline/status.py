"""What is said beside a mark: status, vagueness and disagreement, in words and never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.timeline.group import Mark, mark_of
from tracker.timeline.speech import Speech, isolated
from tracker.types import Event, Status

__all__ = ["Tag", "status_words", "tags"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A short remark on an event; ``kind`` chooses its colour."""

    kind: Literal["status", "planned", "denied", "vague", "disputed"]
    text: str


def tags(event: Event, speech: Speech, *, today: date) -> tuple[Tag, ...]:
    """Give the remarks of an event, status first; an event that occurred on a known day has none."""
    found = [_status_tag(event, speech, today), _disagreement(event, speech)]
    return tuple(tag for tag in found if tag is not None)


def status_words(status: Status, speech: Speech) -> str:
    """Name a status."""
    names = {
        Status.OCCURRED: speech.say("happened"),
        Status.ONGOING: speech.say("ongoing"),
        Status.PLANNED: speech.say("planned"),
        Status.ALLEGED: speech.say("alleged"),
        Status.DENIED: speech.say("denied"),
        Status.CANCELLED: speech.say("cancelled"),
    }
    return names[status]


def _status_tag(event: Event, speech: Speech, today: date) -> Tag | None:
    status = event.facts.status
    if status is Status.OCCURRED:
        return None
    if status is Status.PLANNED:
        latest = event.facts.date.latest
        passed = latest is not None and latest < today
        text = speech.say("planned, no report that it happened") if passed else speech.say("planned")
        return Tag("planned", text)
    speaker = next((report.speaker for report in event.reports if report.status is status and report.speaker), "")
    if status is Status.ALLEGED and speaker:
        return Tag("status", speech.say("according to {speaker}", speaker=isolated(speaker)))
    if status is Status.DENIED and speaker:
        return Tag("denied", speech.say("denied by {speaker}", speaker=isolated(speaker)))
    kind: Literal["denied", "status"] = "denied" if status in (Status.CANCELLED, Status.DENIED) else "status"
    return Tag(kind, status_words(status, speech))


def _disagreement(event: Event, speech: Speech) -> Tag | None:
    if mark_of(event) is Mark.DISPUTED:
        return Tag("disputed", speech.say("dates differ between reports"))
    if event.facts.disputed:
        return Tag("disputed", speech.say("reports differ"))
    return None
