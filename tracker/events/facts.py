"""All that is worked out from an event's mentions: the same mentions, in any order, give the same facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from tracker.events.fuse import date_dispute, fuse
from tracker.events.headline import headline, headlines
from tracker.events.importance import importance
from tracker.events.scheme import GENERIC
from tracker.events.units import order_of
from tracker.events.votes import is_copy, voice_of
from tracker.names import NAME_ACCEPT, same_key
from tracker.types import Actor, Dispute, EventFacts, Place, Quantity, Status, StoredMention

__all__ = ["facts_of", "fuse_status"]

_T = TypeVar("_T", bound=Hashable)
_ACTORS_MOST = 12  # what a page and an export can show; a summit's list of guests is in its reports
_PLACES_MOST = 8
_QUANTITIES_MOST = 12
_HAPPENED = (Status.OCCURRED, Status.ONGOING)
_AHEAD = (Status.PLANNED, Status.CANCELLED)
_STRENGTH = (Status.OCCURRED, Status.ONGOING, Status.CANCELLED, Status.PLANNED, Status.DENIED, Status.ALLEGED)


def facts_of(mentions: Sequence[StoredMention]) -> EventFacts:
    """Work out an event from its mentions, at least one."""
    told = sorted(mentions, key=order_of)
    status = fuse_status(told)
    best = headline(told, status)
    disputes = [dispute for dispute in (date_dispute(told), _status_dispute(told)) if dispute]
    languages = Counter(mention.language for mention in told if mention.language)
    return EventFacts(
        title=best.mention.quote,
        title_language=best.language,
        date=fuse(told),
        status=status,
        type=_type(told),
        who=_who(told),
        where=_where(told),
        quantities=_quantities(told, best.language),
        importance=importance(told),
        outlets=len(set(voice_of(told).values())),
        languages=tuple(sorted(languages, key=lambda language: (-languages[language], language))),
        disputed=tuple(disputes),
        titles=headlines(told, status),
    )


def fuse_status(mentions: Sequence[StoredMention]) -> Status:
    """Give the status of the latest report.

    A report that it happened outweighs plans and cancellations however late these are repeated, these outweigh what is only
    alleged or denied; the rest is listed as disputed. Of reports of one moment the stronger status counts.
    """
    own = [m for m in mentions if not is_copy(m)] or list(mentions)
    for kinds in (_HAPPENED, _AHEAD):
        fitting = [m for m in own if m.mention.status in kinds]
        if fitting:
            return _latest(fitting)
    return _latest(own)


def _latest(mentions: Sequence[StoredMention]) -> Status:
    last = max(m.published.isoformat() if m.published else "" for m in mentions)
    at_last = {m.mention.status for m in mentions if (m.published.isoformat() if m.published else "") == last}
    return min(at_last, key=_STRENGTH.index)


def _status_dispute(told: Sequence[StoredMention]) -> Dispute | None:
    """List who says what where one report denies or cancels what another tells; a plan that came true is no dispute."""
    said: dict[Status, set[str]] = {}
    for mention in told:
        said.setdefault(mention.mention.status, set()).add(mention.article_public_id)
    against = {Status.DENIED, Status.CANCELLED} & set(said)
    if len(said) < 2 or not against:
        return None
    return Dispute("status", tuple((kind.value, tuple(sorted(said[kind]))) for kind in _STRENGTH if kind in said))


def _type(told: Sequence[StoredMention]) -> str:
    votes: Counter[str] = Counter()
    for mention in told:
        if mention.mention.type != GENERIC:
            votes[mention.mention.type] += 2 if mention.mention.lead or mention.mention.field == "title" else 1
    return min(votes, key=lambda type_: (-votes[type_], type_)) if votes else GENERIC


def _who(told: Sequence[StoredMention]) -> tuple[Actor, ...]:
    """Unite actors whose keys are one name; the commonest spelling stands for all, those named most come first."""
    groups: list[tuple[Counter[Actor], set[str]]] = []
    for mention in told:
        for actor in mention.mention.who:
            group = next((g for g in groups if any(_one_actor(actor, known) for known in g[0])), None)
            if group is None:
                group = (Counter(), set())
                groups.append(group)
            group[0][actor] += 1
            group[1].add(mention.article_public_id)
    groups.sort(key=lambda group: -len(group[1]))
    return tuple(
        min(group, key=lambda actor: (-group[actor], -len(actor.name), actor.name))
        for group, _ in groups[:_ACTORS_MOST]
    )


def _one_actor(a: Actor, b: Actor) -> bool:
    if a.key == b.key:
        return a.kind == b.kind or "unknown" in (a.kind, b.kind)
    if "country" in (a.kind, b.kind):
        return False
    return (a.kind == b.kind or "unknown" in (a.kind, b.kind)) and same_key(a.key, b.key) >= NAME_ACCEPT


def _where(told: Sequence[StoredMention]) -> tuple[Place, ...]:
    """Unite places by key: named most first, then the more exact one."""
    exactness = ("city", "other", "region", "country")
    ranked = _ranked(((m, p) for m in told for p in m.mention.where), lambda place: place.key)
    ranked.sort(key=lambda item: (-item[1], exactness.index(item[0].kind)))
    return tuple(place for place, _ in ranked[:_PLACES_MOST])


def _quantities(told: Sequence[StoredMention], language: str) -> tuple[Quantity, ...]:
    """Unite equal numbers of equal things; one number counted in several languages is told in the title's if it can be."""
    ordered = sorted(told, key=lambda m: (m.language != language, order_of(m)))
    by_number: dict[float, tuple[str, list[tuple[StoredMention, Quantity]]]] = {}
    for mention in ordered:
        for quantity in mention.mention.quantities:
            home = by_number.setdefault(quantity.value, (mention.language, []))
            if home[0] == mention.language:
                home[1].append((mention, quantity))
    ranked = _ranked((item for _, items in by_number.values() for item in items), lambda q: (q.value, q.unit))
    ranked.sort(key=lambda item: -item[1])
    return tuple(quantity for quantity, _ in ranked[:_QUANTITIES_MOST])


def _ranked(items: Iterable[tuple[StoredMention, _T]], key: Callable[[_T], Hashable]) -> list[tuple[_T, int]]:
    """Give one value per key, the commonest form of it, with the number of articles that have it."""
    groups: dict[Hashable, tuple[Counter[_T], set[str]]] = {}
    for mention, value in items:
        forms, articles = groups.setdefault(key(value), (Counter(), set()))
        forms[value] += 1
        articles.add(mention.article_public_id)
    return [(forms.most_common(1)[0][0], len(articles)) for forms, articles in groups.values()]
