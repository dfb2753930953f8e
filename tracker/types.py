"""The frozen data of every boundary: what one stage hands to the next.

Flow: Download -> Entry -> Article -> TimeMention -> EventMention -> MergePlan -> Event. No dict travels between packages.
Words: *entry* an item of a feed, *article* its text, *time mention* a dated phrase, *event mention* what one article
says happened, *event* the merged mentions, *report* an article's part in an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NewType

from tracker.edtf import Edtf, Precision

FeedId = NewType("FeedId", int)
ArticleId = NewType("ArticleId", int)  # the store's row; the caller's id is Article.id
MentionId = NewType("MentionId", int)
EventId = NewType("EventId", int)

Field = Literal["title", "text"]


class Status(StrEnum):
    """How a report says it stands with what it tells. Strength for fusion is decided in tracker.events."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Anchor(StrEnum):
    """What a date was worked out from."""

    EXPLICIT = "explicit"  # the phrase holds the whole date
    DCT = "dct"  # relative to the document's creation time
    PREVIOUS = "previous"  # relative to the date spoken of before
    NARRATIVE = "narrative"  # a passage that tells of an earlier time
    HOLIDAY = "holiday"
    EVENT = "event"  # relative to another event ("after the visit"): a bound
    PUBLISHED = "published"  # no phrase; the lead of a report tells news of its day


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?"; kept verbatim, sent only to ``url``."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A complete answer of a server, after redirects; ``headers`` have lower-case names.
    ``body`` is decompressed and within its cap; it is empty when ``status`` is 304. ``moved_to`` is set when every hop from the first was permanent (301, 308).
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime
    moved_to: str | None = None

    def header(self, name: str) -> str:
        """Give the first header of that name, '' if there is none."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    @property
    def validators(self) -> Validators:
        """What to send with the next request."""
        return Validators(self.url, self.header("etag"), self.header("last-modified"))


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What an operator says of a feed. ``zone`` IANA name, ``country`` ISO 3166-1, ``full_text``: entries are teasers."""

    url: str
    name: str = ""
    outlet: str = ""
    language: str = ""
    zone: str = ""
    country: str = ""
    full_text: bool = False
    interval_s: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as text: no markup in ``title``, clean paragraphs in ``text``.

    ``key`` identifies it within its feed (guid, else canonical link, else content hash).
    ``published`` is aware, in the zone the feed states; None when missing or incredible (then ``published_raw`` tells).
    """

    key: str
    title: str
    text: str
    link: str
    published: datetime | None
    published_raw: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What one body of a feed holds. ``complaint`` says in words what was wrong though readable."""

    title: str
    language: str
    entries: tuple[Entry, ...]
    ttl_s: int | None = None
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read for events.

    ``id`` is public and stable (the importer's own id, or one made from feed and entry key). ``language``: ISO 639-1, '' undecided.
    ``published`` is aware and keeps the outlet's offset, so that its calendar date is the outlet's; None = unknown.
    ``published_has_time`` is False when only a day was given.
    """

    id: str
    title: str
    text: str
    language: str
    published: datetime | None
    published_has_time: bool = True
    url: str = ""
    outlet: str = ""

    @property
    def dct(self) -> date | None:
        """Document creation time as the outlet's calendar day (TIMEX3's DCT)."""
        return self.published.date() if self.published else None

    def body(self, field_: Field) -> str:
        """Give the stored text that offsets of ``field_`` point into."""
        return self.title if field_ == "title" else self.text


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A phrase that speaks of time, with its value.

    ``field_text[start:end] == text``. ``timex_type`` and ``timex_value`` follow TIMEX3 (DATE TIME DURATION SET).
    ``edtf`` is None where the expression is no place on the calendar (durations, sets, vague references).
    ``bound`` is 'after' or 'before' where the phrase only bounds its event ("after the visit"); ``bound_by`` is the
    text of that other event. ``clock`` is HH:MM, ``zone`` an offset or abbreviation as written.
    """

    start: int
    end: int
    text: str
    timex_type: Literal["DATE", "TIME", "DURATION", "SET"]
    timex_value: str
    edtf: Edtf | None
    anchor: Anchor
    rule: str
    field: Field = "text"
    mod: str = ""
    approximate: bool = False
    clock: str = ""
    zone: str = ""
    bound: Literal["", "after", "before"] = ""
    bound_by: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who takes part. ``key`` is equal or close for one actor in every script (see tracker.names)."""

    name: str
    kind: Literal["person", "organisation", "country", "unknown"]
    key: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. Coordinates are WGS 84 degrees; ``country`` is ISO 3166-1 alpha-2."""

    name: str
    kind: Literal["country", "region", "city", "other"]
    country: str
    key: str  # geonames id as text, or 'country:KP', 'region:…'
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: ``value`` 1000, ``unit`` 'sapper' (as written, stemmed), ``text`` 'seribu sapper'."""

    value: float
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class MentionDate:
    """When a mention happened, and what says so.

    ``phrase`` with ``start``/``end`` is the dated phrase in ``field`` of the article, None for the publication day.
    ``weight`` (0..1) is how much the way it was found counts in fusion. ``edtf`` is None when only bounds are known.
    """

    edtf: Edtf | None
    anchor: Anchor
    rule: str
    weight: float
    phrase: str = ""
    start: int | None = None
    end: int | None = None
    field: Field = "text"


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one sentence or clause of an article says happened, or will.

    ``article.body(field)[start:end] == quote``. ``type`` is a name of mentions' type scheme, or 'event'.
    ``tokens`` are stemmed content words of the quote, for wording similarity within one language.
    ``trace`` says in words which rules made it. ``salience`` (0..1): how much the article is about it; ``lead`` marks the main one.
    """

    field: Field
    start: int
    end: int
    quote: str
    type: str
    status: Status
    date: MentionDate | None
    who: tuple[Actor, ...] = ()
    where: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    speaker: str = ""
    lead: bool = False
    salience: float = 0.0
    tokens: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredMention:
    """An event mention with the article it stands in, as merging sees it.

    ``copy_of`` is the article whose text this one repeats word for word: both count as one outlet.
    """

    id: MentionId
    article_id: ArticleId
    article_public_id: str
    language: str
    outlet: str
    published: datetime | None
    mention: EventMention
    copy_of: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """An event's date: one EDTF value, None when unknown. ``basis`` says in words what it rests on."""

    edtf: Edtf | None
    basis: str = ""

    @property
    def earliest(self) -> date | None:
        return self.edtf.earliest if self.edtf else None

    @property
    def latest(self) -> date | None:
        return self.edtf.latest if self.edtf else None

    @property
    def precision(self) -> Precision:
        return self.edtf.precision if self.edtf else Precision.UNKNOWN


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which reports differ: each value with the public ids of the articles that give it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All that is worked out from an event's mentions; the same mentions always give the same facts."""

    title: str
    title_language: str
    date: EventDate
    status: Status
    type: str
    who: tuple[Actor, ...]
    where: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    importance: float
    outlets: int
    languages: tuple[str, ...]
    disputed: tuple[Dispute, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # (language, best sentence in it)


@dataclass(frozen=True, slots=True)
class EventCluster:
    """One event as merging decided it: which mentions, which stored event it continues (None = a new one), and why."""

    event_id: EventId | None
    mention_ids: tuple[MentionId, ...]
    facts: EventFacts
    reasons: tuple[tuple[MentionId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MergePlan:
    """A decision of merging, for the store to apply in one transaction.

    ``clusters`` are new or changed events with all their mentions, ``redirects`` (merged-away event, surviving event), and
    ``possible`` pairs of mentions that may be one event but are kept apart (0..1): all such among ``compared``.
    """

    clusters: tuple[EventCluster, ...]
    redirects: tuple[tuple[EventId, EventId], ...] = ()
    possible: tuple[tuple[MentionId, MentionId, float], ...] = ()
    compared: tuple[MentionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An article's part in an event, with the exact quote."""

    article_id: str
    url: str
    title: str
    outlet: str
    language: str
    published: datetime | None
    published_has_time: bool
    quote: str
    field: Field
    start: int
    end: int
    lead: bool
    status: Status
    speaker: str
    date: MentionDate | None
    copy: bool = False  # repeats another outlet's text word for word
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of an event: ``kind`` created, redated, retitled, status, merged, split, hidden; ``cause`` in words."""

    number: int
    kind: str
    old: str
    new: str
    cause: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """A merged event with all its evidence, as pages, feeds and exports read it."""

    id: EventId
    facts: EventFacts
    first_published: datetime
    updated: datetime
    revision: int
    topics: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    merged_into: EventId | None = None
    quiet: bool = False  # made by a feed's first poll or a re-published archive: not announced
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A named query with a timeline of its own."""

    slug: str
    title: str
    query: str
    description: str = ""
