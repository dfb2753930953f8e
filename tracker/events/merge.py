"""Decides which mentions are one event, and which stored event each continues.

In: the units of a neighbourhood and where their mentions belong now. Out: a plan. The groups follow from the units alone, so
the order in which articles arrive does not matter; only the ids look at what is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime

from tracker.events.cluster import Group, cluster, possible_pairs
from tracker.events.facts import facts_of
from tracker.events.nearby import Neighbourhood
from tracker.events.options import MergeOptions
from tracker.types import EventCluster, EventId, MentionId, MergePlan, StoredMention

__all__ = ["merge"]

_NEVER = datetime.max.replace(tzinfo=UTC)


def merge(
    near: Neighbourhood,
    *,
    born: Mapping[EventId, datetime],
    options: MergeOptions,
    tell: Callable[[Collection[MentionId]], Sequence[StoredMention]],
) -> MergePlan:
    """Group a neighbourhood anew and say what each group continues.

    Does not read or write the store, and never deletes: a merged-away event redirects, a split leaves the old id with the
    larger part. ``born``: when each current event was first published here. ``tell`` loads mentions; it is asked for those of
    the events that change, once each.

    Ids: an event's heir is the group with most of its mentions (then the larger, then the first told). A group that is
    heir to several continues the earliest born (then the one with more mentions in it, then the smallest id); the others
    redirect to it. A group that is heir to none is new.
    """
    groups = cluster(near.units, near.comparer, options)
    told = [tuple(i for unit in group.members for i in unit.mention_ids) for group in groups]
    ids, redirects = _continue(told, near.current, born)
    homes: dict[EventId, EventId] = dict(redirects)
    for event, ids_ in near.followers.items():
        home = homes.get(event, event)
        if ids_ and home in ids:
            told[ids.index(home)] += ids_
    size = Counter(near.current.values())
    clusters = tuple(
        EventCluster(event, tuple(sorted(mentions)), facts_of(tell(mentions)), _reasons(group))
        for event, mentions, group in zip(ids, told, groups, strict=True)
        if not _stays(event, mentions, near, size)
    )
    possible = tuple(
        (a.id, b.id, min(1.0, verdict.score)) for a, b, verdict in possible_pairs(groups, near.comparer, options)
    )
    return MergePlan(clusters, redirects, possible, tuple(unit.id for unit in near.units))


def _stays(
    event: EventId | None, mentions: Sequence[MentionId], near: Neighbourhood, size: Mapping[EventId, int]
) -> bool:
    """Tell whether a group is a stored event as it was."""
    if event is None or len(mentions) != size[event] or not near.fresh.isdisjoint(mentions):
        return False
    return all(near.current.get(i) == event for i in mentions)


def _continue(
    told: Sequence[Sequence[MentionId]], current: Mapping[MentionId, EventId], born: Mapping[EventId, datetime]
) -> tuple[list[EventId | None], tuple[tuple[EventId, EventId], ...]]:
    """Give each group the event it continues, and the redirects of those it swallowed."""
    shares: dict[EventId, Counter[int]] = {}
    for number, mentions in enumerate(told):
        for mention in mentions:
            if mention in current:
                shares.setdefault(current[mention], Counter())[number] += 1
    heirs: dict[int, list[EventId]] = {}
    for event, counts in shares.items():
        heir = min(counts, key=lambda number: (-counts[number], -len(told[number]), number))
        heirs.setdefault(heir, []).append(event)
    ids: list[EventId | None] = [None] * len(told)
    redirects: list[tuple[EventId, EventId]] = []
    for number, events in heirs.items():
        events.sort(key=lambda event: (born.get(event, _NEVER), -shares[event][number], event))
        ids[number] = events[0]
        redirects.extend((away, events[0]) for away in events[1:])
    return ids, tuple(sorted(redirects))


def _reasons(group: Group) -> tuple[tuple[MentionId, str], ...]:
    alone = "the only telling so far" if len(group.members) == 1 else "the first telling"
    reasons: list[tuple[MentionId, str]] = []
    for unit, reason in zip(group.members, group.reasons, strict=True):
        first, *others = unit.mention_ids
        reasons.append((first, reason or alone))
        reasons.extend((other, "the same article says it again") for other in others)
    return tuple(sorted(reasons))
