"""The key moments of a topic: the few events a reader who has a minute should know, one a day, in the order they happened."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.types import Event, Status

__all__ = ["CANDIDATES", "key_moments"]

CANDIDATES = 40  # the most important events among which moments are chosen
_MOST = 6
_FEWEST = 3  # fewer would only repeat the list below them
_NEIGHBOUR_DAYS = 1  # reports of one happening a day apart would else be two moments
_UNTOLD = frozenset({Status.DENIED, Status.CANCELLED})  # what did not happen is no moment


def key_moments(weightiest: Sequence[Event], *, total: int) -> tuple[Event, ...]:
    """Choose up to six of ``weightiest`` (most important first, each with a known first day), oldest first.

    Nothing where ``total``, the number of events in the list, is so small that the list itself is read as fast.
    """
    chosen: list[Event] = []
    for event in weightiest:
        first = event.facts.date.earliest
        if first is None or event.facts.status in _UNTOLD:
            continue
        taken = [other.facts.date.earliest for other in chosen]
        if all(day is not None and abs((day - first).days) > _NEIGHBOUR_DAYS for day in taken):
            chosen.append(event)
        if len(chosen) == _MOST:
            break
    if len(chosen) < _FEWEST or total < 2 * _MOST:
        return ()
    return tuple(sorted(chosen, key=lambda event: (event.facts.date.earliest, event.id)))
