"""Which stored event a cluster continues: ids are stable, merged-away ones redirect, a split keeps the larger part."""

from datetime import UTC, datetime

from event_builders import Paper, Said, merged, tell

from tracker.types import EventId, MentionId, MergePlan, StoredMention

SAME_DAY = Said(date="2025-06-17", who=("Sergei Shoigu",), where=("Pyongyang",), lead=True)
OTHER_DAY = Said(date="2025-06-04", who=("Sergei Shoigu",), where=("Pyongyang",), lead=True)
OLD, YOUNG = EventId(7), EventId(3)
BORN = {OLD: datetime(2025, 6, 17, 8, tzinfo=UTC), YOUNG: datetime(2025, 6, 17, 9, tzinfo=UTC)}


def report(name: str, said: Said = SAME_DAY) -> StoredMention:
    return tell(Paper(name, "en", "2025-06-17T10:00:00"), f"Shoigu arrives in Pyongyang, says {name}.", said)


def plan(mentions: list[StoredMention], current: dict[MentionId, EventId]) -> MergePlan:
    return merged(*mentions, current=current, born=BORN)


def test_a_new_report_of_a_new_happening_is_a_new_event() -> None:
    assert [cluster.event_id for cluster in plan([report("a")], {}).clusters] == [None]


def test_a_new_report_continues_the_event_it_joins() -> None:
    a, b = report("a"), report("b")
    done = plan([a, b], {a.id: OLD})
    assert [(c.event_id, set(c.mention_ids)) for c in done.clusters] == [(OLD, {a.id, b.id})]
    assert done.redirects == ()


def test_of_two_events_that_become_one_the_earlier_born_survives() -> None:
    a, b, c = report("a"), report("b"), report("c")
    done = plan([a, b, c], {a.id: OLD, b.id: YOUNG, c.id: YOUNG})
    assert done.clusters[0].event_id == OLD
    assert done.redirects == ((YOUNG, OLD),)


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    a, b, c = report("a"), report("b"), report("c", OTHER_DAY)
    done = plan([a, b, c], {a.id: OLD, b.id: OLD, c.id: OLD})
    assert {frozenset(x.mention_ids): x.event_id for x in done.clusters} == {
        frozenset({a.id, b.id}): OLD,
        frozenset({c.id}): None,
    }
    assert done.redirects == ()


def test_a_mention_that_moves_leaves_both_events_in_place() -> None:
    a, b, c, d = report("a"), report("b"), report("c", OTHER_DAY), report("d", OTHER_DAY)
    done = plan([a, b, c, d], {a.id: OLD, b.id: YOUNG, c.id: YOUNG, d.id: YOUNG})
    assert {frozenset(x.mention_ids): x.event_id for x in done.clusters} == {
        frozenset({a.id, b.id}): OLD,
        frozenset({c.id, d.id}): YOUNG,
    }
    assert done.redirects == ()


def test_every_member_has_a_reason_in_words() -> None:
    a, b = report("a"), report("b")
    reasons = dict(plan([a, b], {}).clusters[0].reasons)
    assert set(reasons) == {a.id, b.id}
    assert "same person" in reasons[a.id]
    assert "like article a" in reasons[b.id]
    assert dict(plan([a], {}).clusters[0].reasons) == {a.id: "the only telling so far"}
