"""The history of an event for its page: each change in words, its titles with their language, its cause without ids."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.timeline import Speech, status_words
from tracker.types import Event, Revision, Status
from tracker.web.shown import Shown

__all__ = ["Change", "changes"]

_REPORT = re.compile(r"report of (?P<outlet>.+) \([^()\s]+\)")  # how processing writes what made it change an event
_NAMELESS = "unknown outlet"


@dataclass(frozen=True, slots=True)
class Side:
    """A value before or after a change; ``language`` is '' for the interface's own words."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what kind, from what to what ('' where it is not from one value to another), when and why."""

    words: str
    old: Side
    new: Side
    moment: str
    cause: str


def changes(event: Event, shown: Shown) -> tuple[Change, ...]:
    """Give an event's changes, the newest first."""
    return tuple(_change(revision, event, shown) for revision in reversed(event.revisions))


def _change(revision: Revision, event: Event, shown: Shown) -> Change:
    stepped = bool(revision.old and revision.new)
    texts = (revision.old, revision.new) if stepped else ("", "")
    old, new = (_side(text, revision.kind, event, shown) for text in texts)
    turned = revision.kind == "retitled" and old.language and new.language and old.language != new.language
    words = shown.speech.say("Title in another language") if turned else shown.change(revision)
    return Change(words, old, new, shown.moment(revision.changed), _cause(revision.cause, shown.speech))


def _side(text: str, kind: str, event: Event, shown: Shown) -> Side:
    if kind == "retitled":
        return Side(text, _language(text, event))
    if kind == "status" and text in set(Status):
        return Side(status_words(Status(text), shown.speech))
    return Side(shown.edtf_words(text))


def _language(text: str, event: Event) -> str:
    """Find the language of a title among the event's titles and reports; '' where nobody says it any more."""
    facts = event.facts
    known = [(facts.title_language, facts.title), *facts.titles]
    known += [(report.language, words) for report in event.reports for words in (report.quote, report.title)]
    return next((code for code, words in known if words == text and code), "")


def _cause(cause: str, speech: Speech) -> str:
    """Say which outlet's report made the change; an editor's own words stay as they are."""
    said = _REPORT.fullmatch(cause)
    if said is None:
        return cause
    if said["outlet"] == _NAMELESS:
        return speech.say("after a report")
    return speech.say("after a report of {outlet}", outlet=said["outlet"])
