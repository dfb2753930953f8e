"""One field of an article with everything found in it: sentences, actors, places, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.languages import fold
from tracker.mentions.lexicon import Lexicon
from tracker.mentions.sentences import Sentence, sentences
from tracker.mentions.who import Named, Reading, named
from tracker.names import NameBook
from tracker.places import Gazetteer, PlaceHit
from tracker.spans import Spans
from tracker.types import Article, Field, TimeMention

__all__ = ["Scene", "scene_of"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One field of an article, with everything found in it."""

    article: Article
    field: Field
    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    actors: tuple[Named, ...]
    hits: tuple[PlaceHit, ...]
    times: tuple[TimeMention, ...]
    lexicon: Lexicon


def scene_of(
    article: Article, field: Field, times: Sequence[TimeMention], lexicon: Lexicon, gazetteer: Gazetteer, names: NameBook,
    *, told: Sequence[Named] | None = None,
) -> Scene:  # fmt: skip
    """Find all there is to find in a field. ``told`` are the actors of the text, which a headline may name again."""
    text = article.body(field)
    folded = fold(text)
    lexicon = lexicon.on(folded)
    language = article.language
    parts = sentences(text, lexicon, dateline=field == "text")
    known = tuple(Named(start, end, actor) for start, end, actor in names.scan(text, language))
    masked = [(item.start, item.end) for item in known if item.actor.kind == "person"]
    hits = gazetteer.find(text, language=language, masked=masked)
    actors = named(Reading(text, folded, language, lexicon, names, known, hits), parts, told=told)
    people = Spans((n.start, n.end) for n in actors if n.actor.kind == "person")
    hits = tuple(hit for hit in hits if not people.touch(hit.start, hit.end))
    own = tuple(t for t in times if t.field == field)
    return Scene(article, field, text, folded, parts, actors, hits, own, lexicon)
