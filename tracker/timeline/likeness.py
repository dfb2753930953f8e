"""Why two events may be one: what they have in common, in words."""

from __future__ import annotations

from tracker.timeline.speech import Speech, isolated
from tracker.types import EventFacts

__all__ = ["in_common"]

_NAMED = 3  # names of each sort; more say no more
_UNTYPED = "event"


def in_common(one: EventFacts, other: EventFacts, speech: Speech) -> tuple[str, ...]:
    """Say what two events share: date, people, places, kind. Where it is none of these, that their words are alike."""
    found = [_dates(one, other, speech)]
    if names := [actor.name for actor in one.who if actor.key in {actor.key for actor in other.who}]:
        found.append(speech.say("both name {names}", names=speech.all_of(map(isolated, names[:_NAMED]))))
    if places := [place.name for place in one.where if place.key in {place.key for place in other.where}]:
        found.append(speech.say("both in {places}", places=speech.all_of(map(isolated, places[:_NAMED]))))
    if one.type == other.type != _UNTYPED:
        found.append(speech.say("the same kind of event"))
    return tuple(filter(None, found)) or (speech.say("told in similar words"),)


def _dates(one: EventFacts, other: EventFacts, speech: Speech) -> str:
    a, b = one.date.edtf, other.date.edtf
    if a is None or b is None:
        return ""
    if a.text == b.text:
        return speech.say("the same date")
    bounds = (a.earliest, b.latest), (b.earliest, a.latest)
    touch = all(first is None or last is None or first <= last for first, last in bounds)
    return speech.say("dates that overlap") if touch else ""
