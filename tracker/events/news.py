"""Joins the events that articles of one story lead with, where days and kinds allow that they are one piece of news.

Reports of one piece of news see different sides of it, and one that comes later often says no day but its own: pair by pair they
are too unlike, or days apart. Their articles as a whole are not. So groups that were made of what is told are joined by the mean
likeness of the articles that lead with them, the most alike first; two days that reports name are never joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from tracker.events.options import AGAIN_DAYS, NEWS_DAYS, REPORT_DAYS, WINDOW_DAYS, MergeOptions
from tracker.events.scheme import PHYSICAL
from tracker.events.score import Comparer
from tracker.events.story import ONE_NEWS, SAME_STORY
from tracker.events.units import Level, Unit, meets

__all__ = ["Group", "join_news"]

_Pairs = Sequence[tuple[Unit, Unit]]


@dataclass(slots=True)
class Group:
    """An event in the making: its units, why each is in it, and how finely its time was known when it was founded."""

    members: list[Unit]
    reasons: list[str]
    level: Level

    def absorb(self, other: Group, here: str, there: str) -> None:
        """Take over the members of another, each with its own reason; what had none came by what is said for its side."""
        if not any(self.reasons):
            self.reasons[0] = here
        self.members.extend(other.members)
        self.reasons.extend(known or there for known in other.reasons)


def join_news(groups: Sequence[Group], comparer: Comparer, options: MergeOptions) -> list[Group]:
    """Join what is one piece of news; the order of ``groups`` decides ties only."""
    linked = options.join_score - options.margin
    left = dict(enumerate(groups))
    leads = {n: [unit for unit in group.members if unit.lead] for n, group in left.items()}
    led = [n for n in left if leads[n]]

    def likeness(n: int, m: int) -> float:
        return _likeness(leads[n], leads[m], comparer, linked)

    alike = {pair: value for pair in combinations(led, 2) if (value := likeness(*pair))}
    while alike:
        one, other = min(alike, key=lambda pair: (-alike[pair], pair))
        reason = f"the same news: their articles are alike by {alike[one, other]:.2f}"
        left[one].absorb(left.pop(other), reason, reason)
        leads[one] += leads.pop(other)
        led.remove(other)
        alike = {pair: value for pair, value in alike.items() if {one, other}.isdisjoint(pair)}
        pairs = [(min(one, n), max(one, n)) for n in led if n != one]
        alike |= {pair: value for pair in pairs if (value := likeness(*pair))}
    return list(left.values())


def _likeness(some: Sequence[Unit], others: Sequence[Unit], comparer: Comparer, linked: float) -> float:
    """Give how alike the articles of two groups are on the average; 0 where they cannot be one piece of news.

    A pair must compare at least as ``linked``: what finds the events near an article follows such pairs only.
    """
    days = _days_between(some, others)
    if days is None or not {unit.article for unit in some}.isdisjoint(unit.article for unit in others):
        return 0.0
    pairs = [(a, b) for a in some for b in others]
    verdicts = (comparer.compare(a, b) for a, b in pairs if meets(a, b))
    if not any(verdict is not None and verdict.score >= linked for verdict in verdicts):
        return 0.0
    value = round(fmean(comparer.likeness(a, b) for a, b in pairs), 6)
    return value if value >= _least(pairs, days, comparer) else 0.0


def _least(pairs: _Pairs, days: int, comparer: Comparer) -> float:
    """Give how alike articles must be, on the average, to lead with one thing; more than anything can be where they do not.

    Later reports and those that call it by other names must be very much alike. Two things one can see, an eruption and a flood, are two;
    and what comes days after an eruption or a crash is the next one, or other news of it: its dead are named, its cause is found.
    """
    other_kinds = all(comparer.fit(a, b) == "clash" for a, b in pairs)
    seen = any(not a.types.isdisjoint(PHYSICAL) and not b.types.isdisjoint(PHYSICAL) for a, b in pairs)
    if seen and (other_kinds or days > NEWS_DAYS):
        return 2.0
    return ONE_NEWS if other_kinds or days > REPORT_DAYS else SAME_STORY


def _days_between(some: Sequence[Unit], others: Sequence[Unit]) -> int | None:
    """Give how many days lie between the farthest of two groups; None where these cannot be one time.

    Nothing is reported before it happens, so a day that a report names is not that of earlier news.
    """
    apart = 0
    for a in some:
        for b in others:
            later, earlier = (a, b) if a.low > b.high else (b, a)
            days = later.low - earlier.high
            if days > (AGAIN_DAYS if later.undated else WINDOW_DAYS if a.width == 0 == b.width else 0):
                return None
            apart = max(apart, days)
    return apart
