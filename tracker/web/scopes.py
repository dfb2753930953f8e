"""What a timeline is about: everything, a topic, a place or an actor. One frozen `Scope`, found from the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from tracker.filters import Filter
from tracker.types import Actor, Event, Place, Topic
from tracker.web import context

__all__ = ["Scope", "actor_scope", "everything", "place_scope", "topic_scope"]

_Subject = TypeVar("_Subject", Place, Actor)
_LOOKED_AT = 5  # events in which a name given instead of a key is looked for


@dataclass(frozen=True, slots=True)
class Scope:
    """A timeline's subject. ``field`` is the filter field that ``key`` fixes, '' for everything and for topics."""

    path: str
    topic: Topic | None = None
    place: Place | None = None
    actor: Actor | None = None
    field: Literal["", "place", "who"] = ""
    key: str = ""

    @property
    def slug(self) -> str:
        """The topic's slug, '' for everything else."""
        return self.topic.slug if self.topic else ""

    @property
    def name(self) -> str:
        """The subject's own name, '' for everything."""
        subject = self.place or self.actor
        return self.topic.title if self.topic else subject.name if subject else ""

    def given(self, filter_: Filter) -> Filter:
        """Give what a reader chose: what the path fixes is no choice."""
        return filter_.without(self.field) if self.field and getattr(filter_, self.field) else filter_

    def asked(self, filter_: Filter) -> Filter:
        """Give what is asked of the store: the choice and what the path fixes."""
        fixed = (self.key,)
        if self.field == "place":
            return replace(filter_, place=fixed)
        return replace(filter_, who=fixed) if self.field == "who" else filter_


def everything() -> Scope:
    """Give the timeline of everything."""
    return Scope("/")


def topic_scope(slug: str) -> Scope | None:
    """Give a topic's timeline; None where there is no such topic."""
    found = next((known.topic for known in context.site().reads.topics() if known.topic.slug == slug), None)
    return Scope(context.topic_path(slug), topic=found) if found else None


def place_scope(key: str) -> Scope | None:
    """Give a place's timeline by its key or its name; None where no event names it. Raises: FilterError."""
    wanted = Filter.read({"place": [_literal(key)]})
    if not wanted.place:
        return None
    place = _meant(wanted.place[0], [place for event in _events(wanted) for place in event.facts.where])
    return Scope(context.place_path(place.key), place=place, field="place", key=place.key) if place else None


def actor_scope(key: str) -> Scope | None:
    """Give an actor's timeline by its key or its name; None where no event names it. Raises: FilterError."""
    wanted = Filter.read({"who": [_literal(key)]})
    if not wanted.who:
        return None
    actor = _meant(wanted.who[0], [actor for event in _events(wanted) for actor in event.facts.who])
    return Scope(context.actor_path(actor.key), actor=actor, field="who", key=actor.key) if actor else None


def _events(wanted: Filter) -> tuple[Event, ...]:
    listing = context.site().reads.listing(wanted, topic="", size=_LOOKED_AT)
    return (*listing.events, *listing.undated)


def _meant(text: str, subjects: Sequence[_Subject]) -> _Subject | None:
    """Find who has the key, else who has the name."""
    by_key = (subject for subject in subjects if subject.key == text)
    by_name = (subject for subject in subjects if subject.key and subject.name.casefold() == text.casefold())
    return next(by_key, None) or next(by_name, None)


def _literal(key: str) -> str:
    """Write a key as one value of a filter parameter."""
    return key.replace("\\", "\\\\").replace(",", "\\,")
