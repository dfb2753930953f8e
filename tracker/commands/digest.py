"""`digest`: the key dates of a topic, worked out from stored articles; no merging and no model is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import click

from tracker import events, pipeline
from tracker.commands.shared import opened
from tracker.events import Query, Resolver, Searchable
from tracker.events.query import All, Any_, Node, Not, Term, fold
from tracker.languages import fold as lower
from tracker.mentions.lexicon import Lexicon, compiled
from tracker.mentions.sentences import Sentence, sentences
from tracker.pipeline import Parts
from tracker.settings import Settings
from tracker.store import digests
from tracker.store.digests import DigestArticle
from tracker.timeline.digest import key_dates
from tracker.timeline.digest_dates import LEAD
from tracker.timeline.digest_days import named_days, words_beside
from tracker.timeline.digest_values import DigestOptions, KeyDate, Line, Told
from tracker.types import EventId, EventMention, Field, TimeMention

_MOST_ARTICLES = 50_000  # looked at for one digest
_BEFORE = timedelta(days=30)  # articles before the window that may tell of plans in it
_MOST_DATES = 1000
_MOST_SENTENCES = 50
_DAY = click.DateTime(["%Y-%m-%d"])
_SPACED_DASH = re.compile(r" ?[-‐‑–] ?")  # some outlets write Strauss - Kahn or Strauss–Kahn


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns the articles that answer a query into what a digest is made of. ``any_part``: one word of the query is enough."""

    parts: Parts
    query: Query
    subject: Query | None

    @classmethod
    def of(cls, parts: Parts, query: Query, *, any_part: bool = False) -> Reader:
        """Prepare a reader; ``subject`` is what a sentence must speak of to be topical, None where the query names no subject."""
        terms = tuple(_subjects(query.root))
        subject = Query(query.text, Any_(terms)) if terms else None
        return cls(parts, _widened(query, terms) if any_part else query, subject)

    def answers(self, found: DigestArticle) -> bool:
        """Tell whether an article answers the query, in its words or by whom and which places its mentions name."""
        article = found.article
        texts = (article.title, article.text)
        return events.matches(self.query, _seen(texts, found.mentions, article.language), self.parts.resolver)

    def told(self, found: DigestArticle) -> Told | None:
        """Read an article's sentences and the days they name; None where its language has no data."""
        article = found.article
        data = self.parts.languages.mentions(article.language)
        if data is None:
            return None
        times = pipeline.tag(self.parts, article)
        lines: list[Line] = []
        for field in ("title", "text"):
            lines += self._lines(found, field, times, compiled(data), start=len(lines))
        return Told(article.id, article.dct, tuple(lines))

    def _lines(
        self, found: DigestArticle, field: Field, times: Sequence[TimeMention], lexicon: Lexicon, *, start: int
    ) -> Iterator[Line]:
        text = found.article.body(field)
        folded = lower(text)
        own = [time for time in times if time.field == field]
        for number, sentence in enumerate(sentences(text, lexicon), start):
            inside = [time for time in own if sentence.start <= time.start < sentence.end]
            opening = field == "text" and sentence.number == 0
            days = named_days(inside, published=found.article.dct, opening=opening)
            words = text[sentence.start : sentence.end]
            needed = bool(days) or number < LEAD
            yield Line(
                text=words if needed else "", position=number, words=words_beside(words, sentence.start, inside) if needed else 0,
                topical=self._topical(words, _said_in(sentence, field, found.mentions), found.article.language), days=days,
                terms=lexicon.content(folded, sentence.start, sentence.end) if needed else (),
            )  # fmt: skip

    def _topical(self, words: str, said: Sequence[EventMention], language: str) -> bool:
        resolver: Resolver = self.parts.resolver
        return self.subject is None or events.matches(self.subject, _seen((words,), said, language), resolver)


@click.command()
@click.option("--query", "-q", required=True, metavar="Q", help='What about: words, "phrases", OR, -not, place:, who:.')
@click.option("--from", "from_", type=_DAY, help="The first day that counts.")
@click.option("--to", type=_DAY, help="The last day that counts.")
@click.option("--dates", type=click.IntRange(1, _MOST_DATES), default=10, show_default=True, help="How many days.")
@click.option(
    "--sentences", "most", type=click.IntRange(1, _MOST_SENTENCES), default=2, show_default=True,
    help="How many sentences a day.",
)  # fmt: skip
@click.pass_obj
def digest(settings: Settings, query: str, from_: datetime | None, to: datetime | None, dates: int, most: int) -> None:
    """Print the days that matter to a topic as JSON: [{"date", "sentences", "events"}], in calendar order.

    Sentences are verbatim and the most telling first; events are ids of what is stored for that day, the most important first. Works
    from stored articles; where none answers the whole query, those that answer a part of it are taken, and a line says so.
    """
    options = DigestOptions(dates, most, from_.date() if from_ else None, to.date() if to else None)
    if options.first and options.last and options.first > options.last:
        raise click.BadParameter("is later than --to: no day lies between them", param_hint="--from")
    asked = events.parse_query(query)
    with opened(settings) as parts:
        told, rows = _told(Reader.of(parts, asked), options)
        if not told:
            told, rows = _told(Reader.of(parts, asked, any_part=True), options)
            if told:
                click.echo("no article answers the whole query; these answer a part of it", err=True)
        found = key_dates(told, options)
        with parts.store.read() as db:
            known = digests.events_on(db, [key.day for key in found], rows)
    click.echo(json.dumps([_object(key, known.get(key.day, ())) for key in found], ensure_ascii=False, indent=1))


def _told(reader: Reader, options: DigestOptions) -> tuple[list[Told], set[int]]:
    """Read the articles that answer; give them with their rows."""
    told: list[Told] = []
    rows: set[int] = set()
    with reader.parts.store.read() as db:
        for found in digests.articles_since(db, _back(options.first), most=_MOST_ARTICLES):
            if reader.answers(found) and (article := reader.told(found)) is not None:
                told.append(article)
                rows.add(found.row_id)
    return told, rows


def _back(first: date | None) -> date | None:
    return first - _BEFORE if first and first - date.min > _BEFORE else None


def _object(key: KeyDate, known: Sequence[EventId]) -> dict[str, object]:
    return {"date": key.day.isoformat(), "sentences": list(key.sentences), "events": list(known)}


def _seen(texts: Sequence[str], said: Sequence[EventMention], language: str) -> Searchable:
    return Searchable(
        texts=tuple(_SPACED_DASH.sub("-", fold(text)) for text in texts),
        actors=tuple({(fold(actor.name), actor.key) for mention in said for actor in mention.who}),
        places=tuple({(fold(place.name), place.key) for mention in said for place in mention.where}),
        types=frozenset(mention.type for mention in said),
        languages=frozenset({language}),
    )


def _said_in(sentence: Sentence, field: Field, mentions: Sequence[EventMention]) -> Sequence[EventMention]:
    return [m for m in mentions if m.field == field and m.start < sentence.end and sentence.start < m.end]


def _subjects(node: Node) -> Iterator[Term]:
    """Give what a query asks for: words, names, places and types, without what it excludes and without languages."""
    match node:
        case Term(scope="lang") | Not():
            return
        case Term():
            yield node
        case All(nodes) | Any_(nodes):
            for part in nodes:
                yield from _subjects(part)


def _widened(query: Query, terms: Sequence[Term]) -> Query:
    """Make every part of a query enough by itself, but for what it excludes."""
    if not terms or not isinstance(query.root, All):
        return query
    excluded = tuple(node for node in query.root.nodes if isinstance(node, Not))
    return Query(query.text, All((Any_(tuple(terms)), *excluded)))


__all__ = ["Reader", "digest"]
