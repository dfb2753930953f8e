"""Which stored tellings and events merging looks at: what is alike, what is linked to it, and never more than the limits."""

from collections.abc import Collection, Mapping, Sequence

import pytest
from event_builders import Atlas, Paper, Said, tell
from test_event_properties import Newsroom

from tracker.events import MergeOptions, Neighbourhood, nearby
from tracker.rows import Telling
from tracker.types import EventId, MentionId, StoredMention

VISIT = Said("visit", "2025-06-17", who=("Sergei Shoigu",), where=("Pyongyang",), lead=True)


class ReadingRoom(Newsroom):
    """Counts the tellings that are read to be compared, before any event is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.read, self.loading = 0, False

    def tellings(self, ids: Collection[MentionId]) -> Sequence[Telling]:
        self.read += 0 if self.loading else len(ids)
        return super().tellings(ids)

    def members(self, events: Collection[EventId]) -> Mapping[EventId, Mapping[MentionId, bool]]:
        self.loading = True
        return super().members(events)


def report(name: str, said: Said = VISIT, quote: str = "Shoigu arrives in Pyongyang.") -> list[StoredMention]:
    return [tell(Paper(name, "en", "2025-06-17T10:00:00"), f"{quote} {name}.", said)]


def look(room: Newsroom, article: list[StoredMention], *, limit: int = 10, hops: int = 3) -> Neighbourhood:
    room.shelve(article)
    return nearby(article, (), room, options=MergeOptions(), relations=Atlas(), limit=limit, hops=hops)


def room_of(*reports: list[StoredMention]) -> Newsroom:
    room = Newsroom()
    for told in reports:
        room.arrive(told)
    return room


def test_an_event_told_alike_is_near_and_another_of_that_day_is_not() -> None:
    flood = report("flood", Said("flood", "2025-06-17", where=("Jakarta",)), "Water stands in Jakarta.")
    room = room_of(report("a"), flood)
    near = look(room, report("b"))
    assert set(near.current.values()) == {room.homes[report("a")[0].id]}


def test_a_link_that_decides_nothing_leads_nowhere() -> None:
    """Neither side could join the other, nor keep a third report from joining clearly."""
    room = room_of(report("a"))
    far = report("far", Said("flood", "2024-02-01", where=("Jakarta",)), "Water stands.")
    room.arrive(far)
    for score, events in ((0.5, {1}), (0.56, {1, 2})):
        room.pairs[report("a")[0].id, far[0].id] = score
        assert set(look(room, report("b")).current.values()) == events


def test_links_lead_from_event_to_event_until_the_hops_or_the_limit_end() -> None:
    room = room_of(report("a"))
    for number in range(2, 6):  # events 2 to 5, each possibly the same as the one before
        far = report(f"far{number}", Said("flood", f"2024-0{number}-01", where=("Jakarta",)), "Water stands.")
        room.arrive(far)
        before = next(i for i, event in room.homes.items() if event == number - 1)
        room.pairs[before, far[0].id] = 0.6
    assert [len(set(look(room, report("b"), hops=hops).current.values())) for hops in (0, 1, 2, 9)] == [1, 2, 3, 5]
    assert len(set(look(room, report("b"), hops=9, limit=2).current.values())) == 2


@pytest.mark.parametrize("crowd", [5, 60])
def test_a_much_told_event_is_judged_by_some_of_its_tellings_and_keeps_all(crowd: int) -> None:
    room = room_of(*(report(f"paper{number}") for number in range(crowd)))
    assert len(room.clusters()) == 1
    near = look(room, report("one more"))
    assert len(near.units) <= 25
    assert len(near.units) - 1 + len(near.followers[EventId(1)]) == crowd
    room.arrive(report("one more"))
    assert [len(told) for told in room.clusters()] == [crowd + 1]


FLOOD = Said("flood", "2025-06-17", where=("Pyongyang",), lead=True)


@pytest.mark.parametrize(("said", "quote", "read"), [(FLOOD, "Water stands", 8), (VISIT, "Shoigu arrives", 32)])
def test_eight_tellings_are_read_and_more_only_where_one_of_them_is_alike(said: Said, quote: str, read: int) -> None:
    room = ReadingRoom()
    for number in range(48):
        told = report(f"paper{number}", said, quote)
        room.shelve(told)
        room.homes[told[0].id] = EventId(number + 1)  # each an event of its own, as if kept apart
    look(room, report("b"))
    assert room.read == 1 + read  # the article's own first
