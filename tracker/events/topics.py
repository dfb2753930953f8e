"""Topics: named queries, read from a file, and whether an event answers one in whatever language it was reported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tracker.errors import FilterError, SettingsError
from tracker.events.query import All, Any_, Node, Not, Query, Term, fold, parse_query
from tracker.names import NAME_ACCEPT, same_key
from tracker.types import EventFacts, Report, Topic

__all__ = ["Resolver", "Searchable", "check_topic", "matches", "read_topics", "searchable"]


_SHORT_WORD = 4  # letters: below it only whole words count, so that "US" is not in "user"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS = ("slug", "title", "query", "description")
# First and last code points of scripts that put no blanks between words, or glue particles to them (Unicode 15, Blocks).
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip
_HANGUL = (0xAC00, 0xD7AF)


class Resolver(Protocol):
    """Turns words of any language into ids that hold in all of them. Each may answer with nothing."""

    def places(self, text: str) -> Collection[str]:
        """Give the keys of the places a name may mean."""

    def within(self, key: str, of: str) -> bool:
        """Tell whether a place is another or lies in it."""

    def names(self, text: str) -> Collection[str]:
        """Give the name keys of whoever is known or likely to be called so; nothing for an ordinary word."""

    def types(self, text: str) -> Collection[str]:
        """Give the event types a word stands for."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a query looks at: folded texts (titles, quotes, names as written), keys of actors and places, types, languages."""

    texts: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]  # (name folded, key)
    places: tuple[tuple[str, str], ...]  # (name folded, key)
    types: frozenset[str]
    languages: frozenset[str]


def searchable(facts: EventFacts, reports: Sequence[Report]) -> Searchable:
    """Prepare an event for any number of queries."""
    texts = [
        facts.title,
        *(title for _, title in facts.titles),
        *(r.title for r in reports),
        *(r.quote for r in reports),
    ]
    return Searchable(
        texts=tuple(dict.fromkeys(fold(text) for text in texts)),
        actors=tuple((fold(actor.name), actor.key) for actor in facts.who),
        places=tuple((fold(place.name), place.key) for place in facts.where),
        types=frozenset({facts.type}),
        languages=frozenset({*facts.languages, *(report.language for report in reports)}),
    )


def matches(query: Query, event: Searchable, resolver: Resolver) -> bool:
    """Tell whether an event answers a query.

    A bare word is sought in titles and quotes, and as a name, a place or a kind of event in any language: so
    ``Kursk sappers`` finds a Korean report of mine clearing there.
    """
    return _holds(query.root, event, resolver)


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Read the topics of a TOML file: ``[[topic]]`` with slug, title, query and, if you like, description.

    Raises: SettingsError naming the file, the topic and the key; also for a query that cannot be read, or a slug used twice.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("topic", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise SettingsError(f"cannot be read: {cause}", subject=str(path)) from cause
    if not isinstance(rows, list):
        raise SettingsError("write topics as [[topic]]", subject=str(path))
    topics = tuple(_topic(row, f"{path}, topic {number}") for number, row in enumerate(rows, 1))
    for number, topic in enumerate(topics):
        if any(other.slug == topic.slug for other in topics[:number]):
            raise SettingsError(f"slug {topic.slug!r} is used twice", subject=str(path))
    return topics


def _topic(row: object, subject: str) -> Topic:
    if not isinstance(row, dict):
        raise SettingsError("write topics as [[topic]]", subject=subject)
    for key, value in row.items():
        if key not in _KEYS:
            raise SettingsError(f"unknown key {key!r}; use {', '.join(_KEYS)}", subject=subject)
        if not isinstance(value, str):
            raise SettingsError(f"{key} is no text", subject=subject)
    for key in _KEYS[:3]:
        if not row.get(key, "").strip():
            raise SettingsError(f"{key} is missing", subject=subject)
    topic = Topic(row["slug"], row["title"].strip(), row["query"], row.get("description", "").strip())
    check_topic(topic, subject=subject)
    return topic


def check_topic(topic: Topic, *, subject: str = "") -> None:
    """Refuse a topic whose slug does not fit into an address or whose query cannot be read. Raises: SettingsError."""
    subject = subject or f"topic {topic.slug}"
    if not _SLUG.fullmatch(topic.slug):
        raise SettingsError(f"slug {topic.slug!r} may hold a-z, 0-9 and single dashes only", subject=subject)
    try:
        parse_query(topic.query)
    except FilterError as cause:
        raise SettingsError(str(cause), subject=subject) from cause


def _holds(node: Node, event: Searchable, resolver: Resolver) -> bool:
    match node:
        case Term():
            return _term(node, event, resolver)
        case Not(inner):
            return not _holds(inner, event, resolver)
        case All(nodes):
            return all(_holds(part, event, resolver) for part in nodes)
        case Any_(nodes):
            return any(_holds(part, event, resolver) for part in nodes)


def _term(term: Term, event: Searchable, resolver: Resolver) -> bool:
    match term.scope:
        case "lang":
            return term.text.partition("-")[0] in event.languages
        case "type":
            return _of_type(term, event, resolver)
        case "place":
            return _at(term, event, resolver)
        case "who":
            return _with(term, event, resolver)
        case _:
            return (
                any(_occurs(term.text, text) for text in event.texts)
                or _at(term, event, resolver)
                or _with(term, event, resolver)
                or _of_type(term, event, resolver)
            )


def _of_type(term: Term, event: Searchable, resolver: Resolver) -> bool:
    return term.text in event.types or not event.types.isdisjoint(resolver.types(term.text))


def _at(term: Term, event: Searchable, resolver: Resolver) -> bool:
    if not event.places:
        return False
    wanted = resolver.places(term.text)
    return any(
        _occurs(term.text, name) or any(key == other or resolver.within(key, other) for other in wanted)
        for name, key in event.places
    )


def _with(term: Term, event: Searchable, resolver: Resolver) -> bool:
    if not event.actors:
        return False
    wanted = resolver.names(term.text)
    return any(
        _occurs(term.text, name) or any(same_key(key, other) >= NAME_ACCEPT for other in wanted)
        for name, key in event.actors
    )


def _occurs(term: str, text: str) -> bool:
    """Tell whether a folded text holds a term at the start of a word; in scripts without blanks, anywhere."""
    anywhere, glued = _in(term[0], *_UNSPACED), len(term) >= _SHORT_WORD or _in(term[0], _HANGUL)
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        starts = at == 0 or not text[at - 1].isalnum()
        ends = end == len(text) or not text[end].isalnum()
        if anywhere or (starts and (glued or ends)):
            return True
        at = text.find(term, at + 1)
    return False


def _in(character: str, *ranges: tuple[int, int]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
