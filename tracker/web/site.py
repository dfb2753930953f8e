"""What the site needs: settings, a clock, and reads that return rows ready to show.

Pages never see the store itself, only the reads named here (reads may skip the domain: plain rows, no logic).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tracker.filters import Filter
from tracker.rows import Counts, FacetValue, FeedListing, Listing, Mass, State, TopicCount
from tracker.settings import WebSettings
from tracker.types import Event, EventId

__all__ = ["Reads", "Site"]


class Reads(Protocol):
    """The reads of the site. ``topic`` is a slug, '' means everything; merged-away and hidden events are left out."""

    def listing(self, filter_: Filter, *, topic: str, size: int) -> Listing:
        """Give one page: newest first by (latest, earliest), or oldest first by (earliest, latest).

        Dated events have only those of their reports whose sentence is a title or that name a speaker.
        """
        ...

    def facets(self, filter_: Filter, *, topic: str) -> Mapping[str, Sequence[FacetValue]]:
        """Count the values of place, who, type, status, language, outlet, precision and min_outlets, each of the
        result without that field, most frequent first; of the names of a field the first few and those chosen."""
        ...

    def masses(self, filter_: Filter, *, topic: str, today: date) -> Sequence[Mass]:
        """Count events by bounds, under the filter without from and to; told together where a drawing made ``today``
        is the same."""
        ...

    def version(self) -> str:
        """Give a text that changes with every event, topic and whatever else these reads give of them."""
        ...

    def event(self, event_id: EventId) -> Event | None:
        """Give one event with reports and revisions, also when merged away (``merged_into``) or hidden."""
        ...

    def alike(self, event_id: EventId) -> Sequence[Event]:
        """Give the few events that may be the same as one, the most alike first, without their reports."""
        ...

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the events last first published, newest first; quiet ones only to fill up to 20."""
        ...

    def weightiest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        """Give the most important events whose day or span is known, the most important first, without their reports."""
        ...

    def state(self, filter_: Filter, *, topic: str) -> State:
        """Give what decides whether the feed changed, by one indexed query."""
        ...

    def after(
        self, filter_: Filter, *, topic: str, cursor: tuple[date | None, date | None, int] | None, size: int
    ) -> Sequence[Event]:
        """Give the events behind a cursor (first day, last day, id) in the order of `listing`, the undated last."""
        ...

    def happening(self, filter_: Filter, *, topic: str, first: date, limit: int) -> Sequence[Event]:
        """Give what happens on ``first`` or later, by day, with revisions; without a wanted precision days and spans."""
        ...

    def changed(self, *, limit: int) -> Sequence[Event]:
        """Give the events of the newest revisions that changed something, also merged-away and hidden ones."""
        ...

    def changes_state(self) -> State:
        """Give what decides whether the feed of changes changed."""
        ...

    def export(self, filter_: Filter, *, topic: str) -> Iterator[Event]:
        """Give every event that fits, by date, the undated last, as they are read."""
        ...

    def addresses(self, first: int, last: int) -> Sequence[tuple[EventId, datetime]]:
        """Give the shown events with ids from ``first`` to ``last``, with their last change."""
        ...

    def last_id(self) -> int:
        """Give the largest id of any event, 0 where there is none."""
        ...

    def ready(self) -> None:
        """Raises: StoreError when the database cannot serve this version."""
        ...

    def tallies(self, *, now: datetime) -> Mapping[tuple[str, ...], float]:
        """Count what a watcher of the service wants to know, by name and labels."""
        ...

    def topics(self) -> Sequence[TopicCount]:
        """List the topics with their counts."""
        ...

    def counts(self, *, topic: str) -> Counts:
        """Count what the promise line says."""
        ...

    def feeds(self, *, sick: bool, first: int, size: int) -> FeedListing:
        """List polled feeds by name from the ``first``-th on, all or those in trouble."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the web needs, built once by wiring.

    ``badge`` marks content that is no real news ("sample data"). ``tag`` begins every feed's tag URIs:
    ``tag:<authority>,<year>:``, kept in the database so that a move of host announces nothing anew.
    ``attributions`` name the sources of data the site shows.
    """

    reads: Reads
    web: WebSettings
    now: Callable[[], datetime]
    tag: str
    badge: str = ""
    attributions: tuple[tuple[str, str], ...] = field(default=())  # (text, address)
