"""Who speaks: outlets with one voice each. Copies of one text speak with the voice of the outlet they repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.events.units import order_of
from tracker.types import ArticleId, MentionId, StoredMention

__all__ = ["is_copy", "voice_of"]


def is_copy(mention: StoredMention) -> bool:
    """Tell whether the mention's article repeats another word for word."""
    return mention.copy_of is not None and mention.copy_of != mention.article_id


def voice_of(mentions: Sequence[StoredMention]) -> dict[MentionId, str]:
    """Name the voice of each mention: its outlet, that of the article it copies, or the article where no outlet is known."""
    copies = {m.article_id: m.copy_of for m in mentions if m.copy_of is not None}
    outlets = {m.article_id: m.outlet.casefold() for m in sorted(mentions, key=order_of)}
    return {mention.id: _voice(_root(mention.article_id, copies), outlets) for mention in mentions}


def _root(article: ArticleId, copies: Mapping[ArticleId, ArticleId]) -> ArticleId:
    seen: set[ArticleId] = set()
    while article in copies and article not in seen:
        seen.add(article)
        article = copies[article]
    return min(seen) if article in seen else article  # two articles that name each other: one voice all the same


def _voice(root: ArticleId, outlets: Mapping[ArticleId, str]) -> str:
    return outlets.get(root) or f"article {root}"
