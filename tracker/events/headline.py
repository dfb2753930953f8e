"""An event's title: the best sentence of the best report, verbatim."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.events.blocking import weak_date
from tracker.events.scheme import GENERIC
from tracker.events.units import order_of
from tracker.events.votes import is_copy
from tracker.types import Status, StoredMention

__all__ = ["headline", "headlines"]

_SHORTEST, _LONGEST = 15, 140  # characters of a line that reads as a title in a list


def headline(mentions: Sequence[StoredMention], status: Status) -> StoredMention:
    """Choose the mention whose quote is the event's title; first told wins a tie, so that a title rarely changes."""
    return min(mentions, key=lambda mention: (-_fitness(mention, status), order_of(mention)))


def headlines(mentions: Sequence[StoredMention], status: Status) -> tuple[tuple[str, str], ...]:
    """Give (language, best sentence in it) for each language, sorted."""
    by_language: dict[str, list[StoredMention]] = {}
    for mention in mentions:
        by_language.setdefault(mention.language, []).append(mention)
    return tuple((language, headline(told, status).mention.quote) for language, told in sorted(by_language.items()))


def _fitness(mention: StoredMention, status: Status) -> float:
    said = mention.mention
    length = len(said.quote)
    score = 1.0 if said.field == "title" else 0.0  # an editor wrote it to tell just this
    score += 0.5 * said.lead + 0.5 * said.salience
    score += 0.3 * bool(said.who) + 0.3 * bool(said.where) + 0.2 * (said.type != GENERIC)
    score += 0.2 * (said.date is not None and not weak_date(mention))
    score -= max(0, length - _LONGEST) / 200 + max(0, _SHORTEST - length) / 15
    score -= 0.6 * (said.status is not status)
    return round(score - is_copy(mention), 6)
