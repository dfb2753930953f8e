"""Groups units into events: precise reports first, then coarser ones, so that a vague report never bridges two days.

Level by level (a named day; a publication day; coarse, narrowest first; open or undated) each unit first looks for the one
finer event its evidence clearly points to. Those left over are grouped among themselves. Within an event every pair must be
possible in time and not too unlike (complete linkage). Last come events that articles lead with as one piece of news
(`tracker.events.news`). The result depends on the units alone: ties are broken by content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tracker.events.news import Group, join_news
from tracker.events.options import AGAIN_DAYS, WINDOW_DAYS, MergeOptions
from tracker.events.score import Comparer
from tracker.events.units import Level, Unit, meets
from tracker.events.verdicts import Verdict

__all__ = ["Group", "cluster", "possible_pairs"]

_ROUNDING = 1e-9  # of sums of scores that have four places


def cluster(units: Sequence[Unit], comparer: Comparer, options: MergeOptions) -> list[Group]:
    """Group units into events, each unit in exactly one."""
    groups: list[Group] = []
    ranked = sorted(units, key=lambda unit: (*_rank(unit), unit.order))
    for _, level in groupby(ranked, key=_rank):
        left = [unit for unit in level if not _join_finer(unit, groups, comparer, options)]
        groups.extend(_group_level(left, comparer, options))
    return join_news(sorted(groups, key=lambda group: min(unit.order for unit in group.members)), comparer, options)


def possible_pairs(
    groups: Sequence[Group], comparer: Comparer, options: MergeOptions
) -> Iterator[tuple[Unit, Unit, Verdict]]:
    """Give for each two groups that may be one event their most alike pair of units."""
    home = {id(unit): number for number, group in enumerate(groups) for unit in group.members}
    best: dict[tuple[int, int], tuple[float, Unit, Unit, Verdict]] = {}
    for a, b, verdict in _alike([unit for group in groups for unit in group.members], comparer):
        first, second = sorted((home[id(a)], home[id(b)]))
        if first == second or verdict.score < options.possible_score:
            continue
        known = best.get((first, second))
        if known is None or (-verdict.score, a.order, b.order) < (-known[0], known[1].order, known[2].order):
            best[first, second] = (verdict.score, a, b, verdict)
    for _, (_, a, b, verdict) in sorted(best.items()):
        yield a, b, verdict


def _rank(unit: Unit) -> tuple[int, int]:
    return (unit.level, unit.width if unit.level is Level.COARSE else 0)


def _join_finer(unit: Unit, groups: Sequence[Group], comparer: Comparer, options: MergeOptions) -> bool:
    """Put a unit into the one event of a finer kind that leads clearly; finest kinds are asked first.

    Where two fit about equally well it joins neither: a person can visit a city twice in one summer.
    """
    found = [(group, *near) for group in groups if (near := _nearest(unit, group, comparer, options)) is not None]
    for level in sorted({item[0].level for item in found}):
        ranked = sorted(
            (item for item in found if item[0].level == level), key=lambda item: (-item[2].score, item[1].order)
        )
        group, member, verdict = ranked[0]
        clear = len(ranked) == 1 or verdict.score - ranked[1][2].score >= options.margin
        if verdict.score >= options.join_score and clear:
            group.members.append(unit)
            group.reasons.append(_because(member, verdict))
            return True
    return False


def _nearest(unit: Unit, group: Group, comparer: Comparer, options: MergeOptions) -> tuple[Unit, Verdict] | None:
    """Give the member most like the unit, None when any member rules the unit out or none comes near."""
    if any(comparer.apart(unit, member) for member in group.members):
        return None
    if not any(meets(unit, member) for member in group.members) or not _alike_enough(
        [unit], group.members, comparer, options
    ):
        return None
    verdicts = [(member, verdict) for member in group.members if (verdict := comparer.compare(unit, member))]
    best = max(verdicts, key=lambda item: item[1].score, default=None)
    return best if best and best[1].score >= options.possible_score else None


def _group_level(units: Sequence[Unit], comparer: Comparer, options: MergeOptions) -> list[Group]:
    """Group units of one level: the most alike pair first, complete linkage."""
    home = {id(unit): Group([unit], [""], unit.level) for unit in units}
    edges = [(a, b, verdict) for a, b, verdict in _alike(units, comparer) if verdict.score >= options.join_score]
    for a, b, verdict in sorted(edges, key=lambda edge: (-edge[2].score, edge[0].order, edge[1].order)):
        one, other = home[id(a)], home[id(b)]
        if one is not other and _linked(one.members, other.members, comparer, options):
            one.absorb(other, _because(b, verdict), _because(a, verdict))
            for member in other.members:
                home[id(member)] = one
    seen: dict[int, Group] = {id(group): group for group in home.values()}
    return list(seen.values())


def _linked(one: Sequence[Unit], other: Sequence[Unit], comparer: Comparer, options: MergeOptions) -> bool:
    """Tell whether no pair is apart (see `Comparer.apart`), and the pairs are alike on the average.

    Where both hold main news of articles, these speak for them: what others tell of it in passing has many kinds.
    """
    return not any(comparer.apart(a, b) for a in one for b in other) and _alike_enough(one, other, comparer, options)


def _alike_enough(one: Sequence[Unit], other: Sequence[Unit], comparer: Comparer, options: MergeOptions) -> bool:
    """Tell whether the pairs are alike on the average; as soon as the rest cannot make up for what lacks, no more are scored."""
    pairs = [(a, b) for a in one for b in other]
    pairs = [(a, b) for a, b in pairs if a.lead and b.lead] or pairs
    spare = (1.0 - options.floor_score) * len(pairs)
    for a, b in pairs:
        verdict = comparer.compare(a, b)
        spare -= 1.0 - min(1.0, verdict.score) if verdict else 1.0
        if spare < -_ROUNDING:
            return False
    return True


def _because(like: Unit, verdict: Verdict) -> str:
    return f"like article {like.public_id} ({verdict.score:.2f}): {'; '.join(verdict.reasons)}"


def _alike(units: Sequence[Unit], comparer: Comparer) -> Iterator[tuple[Unit, Unit, Verdict]]:
    """Give each pair that shares a piece of evidence and can be one event, in a fixed order."""
    ordered = sorted(units, key=lambda unit: (unit.low, unit.order))
    slack = WINDOW_DAYS + AGAIN_DAYS
    for number, a in enumerate(ordered):
        for b in _not_after(ordered[number + 1 :], a.high + slack):
            if not meets(a, b):
                continue
            verdict = comparer.compare(a, b)
            if verdict is not None:
                yield (a, b, verdict) if a.order <= b.order else (b, a, verdict)


def _not_after(units: Iterable[Unit], day: int) -> Iterator[Unit]:
    for unit in units:
        if unit.low > day:
            return
        yield unit
