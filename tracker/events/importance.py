"""How much the outlets made of an event: a sum anyone can add up again.

After the unlearned date ranker that equals the published trained one (sum over documents of log(1 + mentions)): each article,
copies left out, adds ``log(1 + weight)`` of its tellings; further articles of one outlet add half; each further language a quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from tracker.events.units import order_of
from tracker.events.votes import is_copy, voice_of
from tracker.types import ArticleId, StoredMention

__all__ = ["importance", "importance_parts"]

_LEAD = 2.0  # the event an article is about, against one it mentions
_SAME_OUTLET = 0.5
_LANGUAGE = 0.25


def importance(mentions: Sequence[StoredMention]) -> float:
    """Give the event's importance, at least 0, comparable among events of one database; rounded to 4 places."""
    return round(sum(value for _, value in importance_parts(mentions)), 4)


def importance_parts(mentions: Sequence[StoredMention]) -> tuple[tuple[str, float], ...]:
    """Give the addends of `importance` with their names: articles, further articles of an outlet, languages."""
    voices = voice_of(mentions)
    articles: dict[str, dict[ArticleId, float]] = {}
    told = sorted(mentions, key=order_of)
    for mention in [m for m in told if not is_copy(m)] or told:  # only copies of what is elsewhere: they speak for it
        own = articles.setdefault(voices[mention.id], {})
        own[mention.article_id] = own.get(mention.article_id, 0.0) + _weight(mention)
    first = further = 0.0
    for _, own in sorted(articles.items()):
        best, *rest = sorted((log1p(weight) for weight in own.values()), reverse=True)
        first += best
        further += _SAME_OUTLET * sum(rest)
    languages = len({mention.language for mention in mentions})
    return (
        (f"{len(articles)} outlets", first),
        ("further articles of the same outlets", further),
        (f"{languages} languages", _LANGUAGE * (languages - 1)),
    )


def _weight(mention: StoredMention) -> float:
    said = mention.mention
    return (_LEAD if said.lead or said.field == "title" else 0.5) + said.salience
