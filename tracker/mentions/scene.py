"""One field of an article with everything found in it: sentences, actors, places, times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.languages import fold
from tracker.mentions.distances import distances
from tracker.mentions.lexicon import Lexicon
from tracker.mentions.posts import stamps
from tracker.mentions.sentences import Sentence, sentences
from tracker.mentions.who import Named, Reading, named
from tracker.names import NameBook
from tracker.places import Gazetteer, PlaceHit
from tracker.spans import Line, Spans
from tracker.types import Anchor, Article, Field, TimeMention

__all__ = ["Scene", "scene_of"]


@dataclass(frozen=True)
class Scene:
    """One field of an article, with everything found in it.

    ``dct`` is its day of publication; a post it quotes is no younger, whatever the article's own date says.
    """

    article: Article
    field: Field
    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    actors: tuple[Named, ...]
    hits: tuple[PlaceHit, ...]
    times: tuple[TimeMention, ...]
    lexicon: Lexicon
    dct: date | None
    orders: tuple[TimeMention, ...]  # phrases that place something after or before an event

    @cached_property
    def _actors(self) -> Line[Named]:
        return Line(self.actors)

    @cached_property
    def _hits(self) -> Line[PlaceHit]:
        return Line(self.hits)

    @cached_property
    def _times(self) -> Line[TimeMention]:
        return Line(self.times)

    def actors_in(self, start: int, end: int) -> tuple[Named, ...]:
        """Give the actors that begin in a stretch."""
        return self._actors.beginning(start, end)

    def hits_in(self, start: int, end: int) -> tuple[PlaceHit, ...]:
        """Give the places that begin in a stretch."""
        return self._hits.beginning(start, end)

    def times_in(self, start: int, end: int) -> tuple[TimeMention, ...]:
        """Give the times that begin in a stretch."""
        return self._times.beginning(start, end)


def _start(item: TimeMention | PlaceHit) -> int:
    return item.start


def scene_of(
    article: Article, field: Field, times: Sequence[TimeMention], lexicon: Lexicon, gazetteer: Gazetteer, names: NameBook,
    *, told: Sequence[Named] | None = None,
) -> Scene:  # fmt: skip
    """Find all there is to find in a field. ``told`` are the actors of the text, which a headline may name again."""
    text = article.body(field)
    folded = fold(text)
    lexicon = lexicon.on(folded)
    language = article.language
    mine = [t for t in times if t.field == field]
    orders = tuple(t for t in mine if t.bound_by)
    own = tuple(t for t in mine if not t.bound_by)
    signed = stamps(text, own)
    own = tuple(t for t in own if not any(a <= t.start < b for a, b in signed))
    dct = _no_older(article.dct, [t for t in mine if any(t.end == b for _, b in signed)])
    counted = distances(folded, own, lexicon, dct)
    orders = tuple(sorted((*orders, *counted.values()), key=lambda order: order.start))
    own = tuple(sorted((t for t in own if t not in counted), key=_start))
    parts = sentences(text, lexicon, dateline=field == "text", stamps=signed)
    known = tuple(Named(start, end, actor) for start, end, actor in names.scan(text, language))
    masked = [(item.start, item.end) for item in known if item.actor.kind == "person"]
    hits = gazetteer.find(text, language=language, masked=masked)
    actors = named(Reading(text, folded, language, lexicon, names, known, Line(hits)), parts, told=told)
    days = Spans((t.start, t.end) for t in own)
    actors = tuple(n for n in actors if not days.touch(n.start, n.end))  # "Xmas" is a day
    people = Spans((n.start, n.end) for n in actors if n.actor.kind == "person")
    hits = tuple(sorted((hit for hit in hits if not people.touch(hit.start, hit.end)), key=_start))
    if field == "title":
        hits = _written_great(text, hits, article.text)
    return Scene(article, field, text, folded, parts, actors, hits, own, lexicon, dct, orders)


def _written_great(title: str, hits: Sequence[PlaceHit], text: str) -> tuple[PlaceHit, ...]:
    """Leave out the words of a headline in capitals that the text writes small: no place, whatever town is called so."""
    return tuple(hit for hit in hits if hit.place.kind != "city" or not _is_small(title[hit.start : hit.end], text))


def _is_small(word: str, text: str) -> bool:
    low = word.lower()
    return low != word and low in text and bool(re.search(rf"\b{re.escape(low)}\b", text))


def _no_older(dct: date | None, posted: Sequence[TimeMention]) -> date | None:
    """Give the day of publication, or that of the youngest post quoted where the stated day is older."""
    days = [t.edtf.latest for t in posted if t.edtf and t.edtf.latest and t.anchor is Anchor.EXPLICIT]
    return max([dct, *days]) if dct else None
