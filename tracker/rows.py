"""Rows for pages and exports, plain values ready to show; and those that merging keeps for itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.types import ArticleId, Event, MentionId, Topic

__all__ = [
    "Counts",
    "FacetValue",
    "FeedHealth",
    "FeedListing",
    "Listing",
    "Mass",
    "Prepared",
    "State",
    "Telling",
    "TopicCount",
]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a chronology. ``events`` have dates and are in order; ``undated`` are given with page 1 only."""

    events: tuple[Event, ...]
    undated: tuple[Event, ...]
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value one can filter by, with the events it would leave. ``label`` is a name in its own script, or ''."""

    value: str
    count: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the promise line says. A report is an article's part in one event; ``checked`` is the last time any feed was asked, ``next_check`` the next one due."""

    events: int
    reports: int
    outlets: int
    languages: int
    checked: datetime | None = None
    next_check: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What decides whether a document changed: newest material change of any event in it, their number, last write.

    ``change`` is the number of the last write to any of the events or to the topic: it moves with places, people and quotes, too.
    """

    updated: datetime | None
    events: int
    change: int = 0


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with the number of its events."""

    topic: Topic
    events: int


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a polled feed fares, without its secrets: ``problem`` is one line in words, '' when all is well.

    ``checked`` is its last success. ``why`` says how often it is asked and what decided that, ``failures`` how many polls in
    a row have failed.
    """

    title: str
    url: str
    language: str
    articles: int
    checked: datetime | None
    next_check: datetime | None
    problem: str = ""
    succeeded: datetime | None = None
    why: str = ""
    failures: int = 0


@dataclass(frozen=True, slots=True)
class FeedListing:
    """Some of the polled feeds by name, with the number of all and of those in trouble."""

    rows: tuple[FeedHealth, ...]
    known: int
    sick: int


@dataclass(frozen=True, slots=True)
class Mass:
    """``count`` events with the same bounds. ``sure``: the day (or a span's days) is known. ``planned``: not yet."""

    earliest: date | None
    latest: date | None
    sure: bool
    planned: bool
    count: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What merging compares of one article's mentions of one happening, worked out once and stored.

    ``id`` is the first of the mentions. ``data`` is the text of the JSON that tracker.events writes and reads.
    """

    id: MentionId
    article_id: ArticleId
    data: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is stored of an article for merging: its story (JSON, None without mentions), and tellings with data and keys."""

    story: Any  # JSON
    tellings: tuple[tuple[MentionId, Any, tuple[str, ...]], ...]  # Any: JSON
