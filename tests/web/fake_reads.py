"""The site's reads over a list in memory: what the store does with SQL, done with loops, for tests of the pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.web.sample import NOW, events
from tracker.filters import NEWEST, Filter
from tracker.formats import jsonl
from tracker.rows import Counts, FacetValue, FeedHealth, FeedListing, Listing, Mass, State, TopicCount
from tracker.settings import WebSettings
from tracker.types import Event, EventId, Status, Topic
from tracker.web.site import Site

FIELDS = ("place", "who", "type", "status", "language", "outlet", "precision")
TOPICS = (
    Topic("ports", "Ports and bridges", "port OR bridge", "What happens at the border between two invented ports."),
    Topic("quiet", "A topic that waits", "zeppelin", "Nothing has been reported yet."),
)


def values(event: Event, name: str) -> dict[str, str]:
    """Give the values of a filter field with their labels."""
    facts = event.facts
    of_field: dict[str, Iterable[tuple[str, str]]] = {
        "place": ((p.key, p.name) for p in facts.where),
        "who": ((a.key, a.name) for a in facts.who),
        "type": [(facts.type, "")],
        "status": [(facts.status.value, "")],
        "language": ((code, "") for code in facts.languages),
        "outlet": ((r.outlet, r.outlet) for r in event.reports),
        "precision": [(facts.date.precision.value, "")],
    }
    return dict(of_field[name])


def matches(event: Event, filter_: Filter, *, without: str = "") -> bool:
    """Tell whether an event passes the filter, one field left out."""
    text = " ".join([event.facts.title, *(r.quote for r in event.reports)]).casefold()
    if filter_.q.casefold() not in text:
        return False
    if without != "min_outlets" and event.facts.outlets < filter_.min_outlets:
        return False
    if filter_.disputed and not event.facts.disputed:
        return False
    for name in FIELDS:
        wanted = {str(value) for value in getattr(filter_, name)}
        if name != without and wanted and not wanted & set(values(event, name)):
            return False
    return without == "dates" or _in_time(event, filter_)


def _in_time(event: Event, filter_: Filter) -> bool:
    if not (filter_.from_ or filter_.to):
        return True
    if event.facts.date.edtf is None:
        return False
    earliest, latest = event.facts.date.earliest or date.min, event.facts.date.latest or date.max
    return (not filter_.to or earliest <= filter_.to) and (not filter_.from_ or latest >= filter_.from_)


@dataclass
class FakeReads:
    """Reads over ``stored``; every topic but "ports" is empty."""

    stored: list[Event] = field(default_factory=events)
    health: list[FeedHealth] = field(default_factory=list)
    possible: list[set[int]] = field(default_factory=list)  # pairs of events that may be one

    def _of(self, topic: str, filter_: Filter, *, without: str = "") -> Iterator[Event]:
        for event in self.stored:
            shown = event.merged_into is None and not (event.revisions and event.revisions[-1].kind == "hidden")
            if shown and (not topic or topic in event.topics) and matches(event, filter_, without=without):
                yield event

    def listing(self, filter_: Filter, *, topic: str, size: int) -> Listing:
        found = list(self._of(topic, filter_))
        dated = [event for event in found if event.facts.date.edtf]
        newest = filter_.order == NEWEST

        def place(event: Event) -> tuple[date, date]:
            earliest, latest = event.facts.date.earliest, event.facts.date.latest
            early, late = earliest or latest or date.min, latest or earliest or date.min
            return (late, early) if newest else (early, late)

        dated.sort(key=place, reverse=newest)
        start = (filter_.page - 1) * size
        undated = tuple(e for e in found if not e.facts.date.edtf) if filter_.page == 1 else ()
        return Listing(tuple(dated[start : start + size]), undated, len(found), max(1, -(-len(dated) // size)))

    def facets(self, filter_: Filter, *, topic: str) -> Mapping[str, Sequence[FacetValue]]:
        result: dict[str, Sequence[FacetValue]] = {}
        for name in FIELDS:
            found = [values(event, name) for event in self._of(topic, filter_, without=name)]
            counts = Counter(value for labels in found for value in labels)
            labels = {value: label for labels in found for value, label in labels.items()}
            result[name] = [FacetValue(value, n, labels[value]) for value, n in counts.most_common(40)]
        sizes = [event.facts.outlets for event in self._of(topic, filter_, without="min_outlets")]
        result["min_outlets"] = [FacetValue(str(n), sum(1 for size in sizes if size >= n)) for n in (1, 2, 5)]
        return result

    def masses(self, filter_: Filter, *, topic: str, today: date) -> Sequence[Mass]:  # as Reads
        counts: Counter[tuple[date | None, date | None, bool, bool]] = Counter()
        for event in self._of(topic, filter_, without="dates"):
            when = event.facts.date
            sure = when.precision in ("day", "time") or (when.edtf is not None and "/" in when.edtf.text)
            counts[when.earliest, when.latest, sure, event.facts.status is Status.PLANNED] += 1
        return [Mass(*key, count=n) for key, n in counts.items()]

    def version(self) -> str:
        return f"{hash(tuple(self.stored))}"

    def event(self, event_id: EventId) -> Event | None:
        return next((event for event in self.stored if event.id == event_id), None)

    def alike(self, event_id: EventId) -> Sequence[Event]:
        return [event for event in self.stored if {event.id, event_id} in self.possible]

    def newest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        found = sorted(self._of(topic, filter_), key=lambda e: (e.first_published, e.id), reverse=True)
        loud = [event for event in found if not event.quiet]
        return (loud + [event for event in found if event.quiet][: max(0, 20 - len(loud))])[:limit]

    def weightiest(self, filter_: Filter, *, topic: str, limit: int) -> Sequence[Event]:
        known = [
            e for e in self._of(topic, filter_)
            if e.facts.date.earliest and (e.facts.date.precision in ("day", "time") or "/" in str(e.facts.date.edtf))
        ]  # fmt: skip
        return sorted(known, key=lambda e: (-e.facts.importance, e.id))[:limit]

    def state(self, filter_: Filter, *, topic: str) -> State:
        found = list(self._of(topic, filter_))
        return State(max((event.updated for event in found), default=None), len(found))

    def after(
        self, filter_: Filter, *, topic: str, cursor: tuple[date | None, date | None, int] | None, size: int
    ) -> Sequence[Event]:
        newest = filter_.order == NEWEST
        found = list(self._of(topic, filter_))

        def key(event: Event) -> tuple[date, date, int]:
            earliest, latest = event.facts.date.earliest, event.facts.date.latest
            early, late = earliest or latest or date.min, latest or earliest or date.min
            return (late, early, event.id) if newest else (early, late, event.id)

        placed = sorted((e for e in found if e.facts.date.edtf), key=key, reverse=newest)
        rest = sorted((e for e in found if not e.facts.date.edtf), key=lambda e: e.id)
        if cursor is None:
            return (placed + rest)[:size]
        if cursor[0] is None:
            return [e for e in rest if e.id > cursor[2]][:size]
        early, late = cursor[0], cursor[1] or cursor[0]
        at = (late, early, cursor[2]) if newest else (early, late, cursor[2])
        behind = [e for e in placed if (key(e) < at if newest else key(e) > at)]
        return (behind + rest)[:size]

    def happening(self, filter_: Filter, *, topic: str, first: date, limit: int) -> Sequence[Event]:
        later = replace(filter_, from_=max(first, filter_.from_) if filter_.from_ else first)
        found = [e for e in self._of(topic, later) if e.facts.date.earliest and e.facts.date.latest]
        if not filter_.precision:
            found = [e for e in found if e.facts.date.precision == "day" or "/" in str(e.facts.date.edtf)]
        found.sort(key=lambda e: (e.facts.date.latest or date.max, e.id))
        return sorted(found[-limit:], key=lambda e: (e.facts.date.earliest or date.max, e.id))

    def export(self, filter_: Filter, *, topic: str) -> Iterator[Event]:
        return iter(jsonl.in_order(self._of(topic, filter_)))

    def changed(self, *, limit: int) -> Sequence[Event]:
        return [e for e in self.stored if any(r.kind != "created" for r in e.revisions)]

    def changes_state(self) -> State:
        found = [r.changed for e in self.stored for r in e.revisions if r.kind != "created"]
        return State(max(found, default=None), len(found))

    def addresses(self, first: int, last: int) -> Sequence[tuple[EventId, datetime]]:
        return sorted((e.id, e.updated) for e in self._of("", Filter()) if first <= e.id <= last)

    def last_id(self) -> int:
        return max((e.id for e in self.stored), default=0)

    def ready(self) -> None:
        return None

    def tallies(self, *, now: datetime) -> Mapping[tuple[str, ...], float]:
        shown = len(list(self._of("", Filter())))
        work = {("work", "extract", "due"): 3, ("work", "merge", "failed"): 0}
        return {("events",): shown, ("articles",): 9, ("feeds", "active"): 2, ("feeds_failing",): 1, **work}

    def topics(self) -> Sequence[TopicCount]:
        return [TopicCount(topic, len(list(self._of(topic.slug, Filter())))) for topic in TOPICS]

    def counts(self, *, topic: str) -> Counts:
        found = list(self._of(topic, Filter()))
        reports = [report for event in found for report in event.reports]
        return Counts(
            events=len(found),
            reports=len(reports),
            outlets=len({report.outlet for report in reports}),
            languages=len({report.language for report in reports}),
            checked=NOW - timedelta(minutes=6) if self.stored else None,
            next_check=NOW + timedelta(minutes=9),
        )

    def feeds(self, *, sick: bool, first: int, size: int) -> FeedListing:
        troubled = [row for row in self.health if row.problem]
        chosen = (troubled if sick else self.health)[first : first + size]
        return FeedListing(tuple(chosen), len(self.health), len(troubled))


WEB = WebSettings("127.0.0.1", 8000, "https://kronik.example", "Kronik", 200, 100, ("*",), "", 8)


def sample_site(
    stored: list[Event] | None = None, *, badge: str = "", base_url: str | None = None, size: int = 200
) -> Site:
    """Build a site over the sample events, or those given, at a fixed time."""
    health = [
        FeedHealth("The Harbour Post", "https://en.example.org/rss", "en", 107, NOW - timedelta(minutes=6), NOW),
        FeedHealth("صحيفة الميناء", "https://ar.example.org/rss", "ar", 2, NOW, NOW + timedelta(hours=1)),
        FeedHealth("항구일보", "https://ko.example.org/rss", "ko", 3, None, NOW, "no answer within 10 seconds"),
    ]
    reads = FakeReads(events() if stored is None else stored, health)
    web = replace(WEB, page_events=size, base_url=WEB.base_url if base_url is None else base_url)
    return Site(
        reads, web, _now, "tag:kronik.example,2025:", badge, (("GeoNames, CC BY 4.0", "https://www.geonames.org/"),)
    )


def _now() -> datetime:
    return NOW
