"""Decides which mentions are one event, and which stored event each continues.

In: all mentions of a neighbourhood and where each belongs now. Out: a plan. The clusters follow from the mentions alone, so
the order in which articles arrive does not matter; only the ids look at what is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tracker.events.cluster import Group, cluster, possible_pairs
from tracker.events.facts import facts_of
from tracker.events.options import MergeOptions, PlaceRelations
from tracker.events.score import Comparer
from tracker.events.story import stories_of
from tracker.events.units import build_units, order_of
from tracker.types import EventCluster, EventId, MentionId, MergePlan, StoredMention

__all__ = ["merge"]

_NEVER = datetime.max.replace(tzinfo=UTC)


def merge(
    mentions: Sequence[StoredMention],
    current: Mapping[MentionId, EventId],
    *,
    born: Mapping[EventId, datetime],
    options: MergeOptions,
    relations: PlaceRelations,
    context: Sequence[StoredMention] = (),
) -> MergePlan:
    """Cluster a neighbourhood anew and say what each cluster continues.

    Does not read or write the store, and never deletes: a merged-away event redirects, a split leaves the old id with the
    larger part.

    ``mentions``: the new article's, and every mention of each event that may be the same (see `neighbourhood`).
    ``current``: the event each stored mention belongs to now. ``born``: when each of these was first published here.
    ``context``: further mentions of the same articles, read as story context only.

    Ids: an event's heir is the cluster with most of its mentions (then the larger, then the first told). A cluster that is
    heir to several continues the earliest born (then the one with more mentions in it, then the smallest id); the others
    redirect to it. A cluster that is heir to none is new.
    """
    units = build_units(mentions)
    comparer = Comparer(stories_of([*mentions, *context]), options, relations)
    groups = cluster(units, comparer, options)
    told = [sorted((m for unit in group.members for m in unit.mentions), key=order_of) for group in groups]
    ids, redirects = _continue(told, current, born)
    clusters = tuple(
        EventCluster(
            event_id=event_id,
            mention_ids=tuple(mention.id for mention in cluster_),
            facts=facts_of(cluster_),
            reasons=_reasons(group),
        )
        for event_id, cluster_, group in zip(ids, told, groups, strict=True)
    )
    possible = tuple(
        (a.mentions[0].id, b.mentions[0].id, min(1.0, verdict.score))
        for a, b, verdict in possible_pairs(groups, comparer, options)
    )
    return MergePlan(clusters, redirects, possible)


def _continue(
    told: Sequence[Sequence[StoredMention]], current: Mapping[MentionId, EventId], born: Mapping[EventId, datetime]
) -> tuple[list[EventId | None], tuple[tuple[EventId, EventId], ...]]:
    """Give each cluster the event it continues, and the redirects of those it swallowed."""
    shares: dict[EventId, Counter[int]] = {}
    for number, cluster_ in enumerate(told):
        for mention in cluster_:
            if mention.id in current:
                shares.setdefault(current[mention.id], Counter())[number] += 1
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
        first, *others = unit.mentions
        reasons.append((first.id, reason or alone))
        reasons.extend((other.id, "the same article says it again") for other in others)
    return tuple(sorted(reasons))
