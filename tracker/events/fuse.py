"""From what reports say about the time to one date: sharpen, never blur.

One vote per outlet; the publication day counts only where no report says more, or where two outlets' days agree within the
vaguer time that is stated; nested times agree and the finest is the date;
open ones only bound it; disjoint ones are a disagreement, shown and never averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.edtf import Edtf, Precision, clip_after, clip_before, one_of
from tracker.events.blocking import weak_date
from tracker.events.units import Order, order_of
from tracker.events.votes import voice_of
from tracker.types import Dispute, EventDate, StoredMention

__all__ = ["date_dispute", "fuse"]

_CLEAR_LEAD = 2.0  # twice the weight of the next: two good reports against one
_AGREE_OUTLETS, _AGREE_DAYS = 2, 1  # one outlet may look back; two on one day report news
_SETTABLE = (Precision.DAY, Precision.MONTH, Precision.YEAR)  # what EDTF allows inside a one-of set


@dataclass(frozen=True, slots=True)
class _Vote:
    """One outlet's best date: ``days`` is its width, ``articles`` who says it."""

    edtf: Edtf
    weight: float
    article: str
    order: Order

    @property
    def days(self) -> int:
        return self.edtf.days or 10**7


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A finest value: its weight, and how many outlets give it or a wider value that holds it.

    Wider values add their weight, save those that hold every finest value: they prefer none.
    """

    edtf: Edtf
    weight: float
    votes: int
    wider: int


def fuse(mentions: Sequence[StoredMention]) -> EventDate:
    """Fuse the dates of an event's mentions.

    The result lies within some report's interval, is never finer than the finest report apart from a stated bound, and is the
    same for every order of ``mentions``. Disjoint values without a clear leader become ``[a,b]``.
    """
    votes, bounds = _votes(mentions)
    if not votes:
        return _from_defaults(mentions) if not bounds else _from_bounds(bounds)
    leaves = _leaves(votes)
    chosen = _chosen(leaves)
    if len(chosen) > 1:
        basis = "reports differ: " + ", ".join(f"{leaf.votes} for {leaf.edtf.text}" for leaf in chosen)
        return EventDate(one_of(*(leaf.edtf for leaf in chosen)), basis)
    leaf = chosen[0]
    if (day := _reported_within(leaf.edtf, mentions)) is not None:
        return EventDate(day, f"within {leaf.edtf.text}: the day on which several outlets reported it as news")
    edtf, cut = _cut(leaf.edtf, bounds)
    return EventDate(edtf, _basis(leaf, len(votes), disputed=len(_sides(leaves)) > 1) + cut)


def date_dispute(mentions: Sequence[StoredMention]) -> Dispute | None:
    """Give the dates reports disagree about with who says which; None when all agree."""
    votes, bounds = _votes(mentions)
    sides = _sides(_leaves(votes)) if votes else ()
    values = {leaf.edtf.text: leaf.edtf for leaf in sides} if len(sides) > 1 else {}
    if len(sides) == 1:
        broken = {bound.edtf.text: bound.edtf for bound in bounds if not bound.edtf.overlaps(sides[0].edtf)}
        values = {sides[0].edtf.text: sides[0].edtf, **broken} if broken else {}
    if not values:
        return None
    firm = [m for m in mentions if m.mention.date and m.mention.date.edtf and not weak_date(m)]
    said = [(m.article_public_id, m.mention.date.edtf) for m in firm if m.mention.date and m.mention.date.edtf]
    listed = tuple(
        (text, tuple(sorted({article for article, other in said if _bounds(other) == _bounds(edtf)})))
        for text, edtf in sorted(values.items())
    )
    return Dispute("date", listed)


def _votes(mentions: Sequence[StoredMention]) -> tuple[list[_Vote], list[_Vote]]:
    """Give each outlet's best closed date, and all open ones (bounds)."""
    voices = voice_of(mentions)
    closed: dict[str, list[tuple[_Vote, date | None]]] = {}
    bounds: list[_Vote] = []
    for mention in sorted(mentions, key=order_of):
        when = mention.mention.date
        if when is None or when.edtf is None or weak_date(mention):
            continue
        vote = _Vote(when.edtf, when.weight, mention.article_public_id, order_of(mention))
        if when.edtf.days is None:
            bounds.append(vote)
        else:
            published = mention.published.date() if mention.published else None
            closed.setdefault(voices[mention.id], []).append((vote, published))
    return [_best(said) for _, said in sorted(closed.items())], bounds


def _best(said: Sequence[tuple[_Vote, date | None]]) -> _Vote:
    """Choose an outlet's vote: the finest, then the heaviest, then the latest (a correction)."""
    return min(
        said, key=lambda item: (item[0].days, -item[0].weight, -(item[1] or date.min).toordinal(), item[0].order)
    )[0]


def _leaves(votes: Sequence[_Vote]) -> tuple[_Leaf, ...]:
    """Give the values that hold no finer one, heaviest first; wider values lend their weight to what they hold."""
    values: dict[tuple[date | None, date | None], list[_Vote]] = {}
    for vote in votes:
        values.setdefault(_bounds(vote.edtf), []).append(vote)
    finest = [same for same in values.values() if not _holds_another(same[0], votes)]
    leaves = []
    for same in finest:
        edtf = min((vote.edtf for vote in same), key=lambda value: (len(value.text), value.text))
        wider = [vote for vote in votes if _holds(vote, same[0])]
        telling = [vote for vote in wider if not all(_holds(vote, other[0]) for other in finest)]
        weight = sum(vote.weight for vote in (*same, *telling))
        leaves.append(_Leaf(edtf, round(weight, 6), len(same), len(wider)))
    return tuple(sorted(leaves, key=lambda leaf: (-leaf.weight, leaf.edtf.days or 0, leaf.edtf.text)))


def _holds(wide: _Vote, narrow: _Vote) -> bool:
    return _bounds(wide.edtf) != _bounds(narrow.edtf) and wide.edtf.contains(narrow.edtf)


def _holds_another(vote: _Vote, votes: Sequence[_Vote]) -> bool:
    return any(_holds(vote, other) for other in votes)


def _sides(leaves: Sequence[_Leaf]) -> tuple[_Leaf, ...]:
    """Give the leader and all that contradict it; values that merely overlap it do not."""
    top = leaves[0]
    return (top, *(leaf for leaf in leaves[1:] if not leaf.edtf.overlaps(top.edtf)))


def _chosen(leaves: Sequence[_Leaf]) -> tuple[_Leaf, ...]:
    sides = _sides(leaves)
    top = sides[0]
    close = [leaf for leaf in sides if leaf.weight * _CLEAR_LEAD > top.weight]
    if len(close) > 1 and all(leaf.edtf.precision in _SETTABLE for leaf in close):
        return tuple(sorted(close, key=lambda leaf: leaf.edtf.text))
    return (top,)


def _cut(edtf: Edtf, bounds: Sequence[_Vote]) -> tuple[Edtf, str]:
    """Cut a wide date by the bounds reports give; a bound that would leave nothing cuts nothing."""
    cut = edtf
    for bound in sorted(bounds, key=lambda vote: vote.edtf.text):
        if not bound.edtf.overlaps(cut) or cut.days == 1:
            continue
        cut = clip_after(cut, bound.edtf.earliest) if bound.edtf.earliest else cut
        cut = clip_before(cut, bound.edtf.latest) if bound.edtf.latest else cut
    return cut, "" if cut.text == edtf.text else ", cut by what must lie before or after it"


def _from_bounds(bounds: Sequence[_Vote]) -> EventDate:
    """Without any closed date the heaviest bound is the date, the narrower of two equal ones first told."""
    best = min(bounds, key=lambda vote: (-vote.weight, vote.order))
    return EventDate(best.edtf, "only known to lie before or after a day")


def _from_defaults(mentions: Sequence[StoredMention]) -> EventDate:
    """Without any stated date: the day of the earliest report, since nothing is reported before it happens."""
    days = [
        (m.mention.date.edtf.earliest, m.mention.date.edtf.text, m.mention.date.edtf)
        for m in mentions
        if weak_date(m) and m.mention.date and m.mention.date.edtf and m.mention.date.edtf.earliest
    ]
    if not days:
        return EventDate(None, "no report says when")
    return EventDate(min(days, key=lambda item: item[:2])[2], "no report says when; the day of the earliest report")


def _reported_within(stated: Edtf, mentions: Sequence[StoredMention]) -> Edtf | None:
    """Give the publication day, marked approximate, that enough independent outlets agree on inside a vaguer stated time."""
    if stated.days is None or stated.days <= _AGREE_DAYS + 1:
        return None
    voices = voice_of(mentions)
    first: dict[str, tuple[date, str, Edtf]] = {}
    for mention in mentions:
        edtf = mention.mention.date.edtf if mention.mention.date and weak_date(mention) else None
        if edtf is None or edtf.earliest is None or not stated.contains(edtf):
            continue
        voice = voices[mention.id]
        first[voice] = min(
            first.get(voice, (edtf.earliest, edtf.text, edtf)), (edtf.earliest, edtf.text, edtf), key=_day
        )
    days = sorted(first.values(), key=_day)
    if len(days) < _AGREE_OUTLETS or (days[-1][0] - days[0][0]).days > _AGREE_DAYS:
        return None
    return days[0][2]


def _day(item: tuple[date, str, Edtf]) -> tuple[date, str]:
    return item[:2]


def _basis(leaf: _Leaf, voters: int, *, disputed: bool) -> str:
    name = leaf.edtf.precision.value
    what = "time" if leaf.edtf.precision in (Precision.INTERVAL, Precision.TIME) else name
    if voters == 1:
        return f"the one dated report gives this {what}"
    words = f"{leaf.votes} of {voters} reports give the same {what}"
    if leaf.wider:
        words += f", {leaf.wider} a wider time that holds it"
    return words + (", others contradict" if disputed else "")


def _bounds(edtf: Edtf) -> tuple[date | None, date | None]:
    return edtf.earliest, edtf.latest
