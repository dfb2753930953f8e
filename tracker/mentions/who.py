"""Who takes part: names by alias in every script, and runs of capitals where a script has them.

Persons are found before places, so that Kim is no Kimberley; a run that is a place by itself is no person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.mentions.lexicon import Lexicon
from tracker.mentions.sentences import Sentence
from tracker.mentions.titled import spelled
from tracker.names import NameBook, name_key
from tracker.places import PlaceHit
from tracker.types import Actor

__all__ = ["Named", "named"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*\.?")
_MOST_TOKENS = 5  # a longer run of capitals is a headline or a list, not a name
_CAPITALS_WORDS, _CAPITALS_SHARE = 4, 0.7
_SHORTEST = 4  # letters of a single word taken for a name without other signs
_ACRONYM = 6  # letters of the longest acronym taken for an organisation without other signs

Kind = Literal["person", "organisation", "unknown"]


@dataclass(frozen=True, slots=True)
class Named:
    """An actor at a place of the text."""

    start: int
    end: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class _Run:
    tokens: tuple[tuple[int, int, str], ...]
    titled: bool
    opens: bool  # stands at the start of a sentence, where every word has a capital


def named(
    text: str, folded: str, language: str, sentences: Sequence[Sentence], lexicon: Lexicon, names: NameBook,
    hits: Sequence[PlaceHit], *, told: Sequence[Named] | None = None,
) -> tuple[Named, ...]:  # fmt: skip
    """Give every actor named in a text, in order and without overlaps; ``hits`` are places found in the same text.

    In a headline where every word has a capital, capitals tell nothing: names are then those of its text (``told``).
    """
    known = [Named(start, end, actor) for start, end, actor in names.scan(text, language)]
    if not lexicon.data.capitals:
        beside = spelled(text, folded, lexicon, hits)
        return _apart([*known, *(Named(s.start, s.end, _made(s.name, "person", language, names)) for s in beside)])
    if told is not None and _in_capitals(text):
        return _apart([*known, *_again(text, told)])
    runs = list(_runs(text, folded, sentences, lexicon))
    found: list[Named] = []
    family: dict[str, Actor] = {}
    for run in runs:
        if (len(run.tokens) > 1 or run.titled) and (actor := _actor(run, text, language, known, lexicon, names, hits)):
            found.append(actor)
            if actor.actor.kind == "person":
                family.setdefault(actor.actor.name.split()[-1], actor.actor)
    taken = [(item.start, item.end) for item in (*known, *found)]
    singles = [run for run in runs if len(run.tokens) == 1 and not run.titled]
    spare = [run for run in singles if not any(a < run.tokens[0][1] and run.tokens[0][0] < b for a, b in taken)]
    found += _singles(spare, text, language, lexicon, names, hits, family)
    return _apart([*known, *found])


def _singles(
    runs: Sequence[_Run], text: str, language: str, lexicon: Lexicon, names: NameBook, hits: Sequence[PlaceHit],
    family: Mapping[str, Actor],
) -> Iterator[Named]:  # fmt: skip
    """Give the single capitalised words that are names.

    They are family names told in full before, acronyms, and words that have a capital inside a sentence and never lack it.
    """
    common = {word for word in re.findall(r"[^\W\d_]+", text) if word[0].islower()}
    sure = {run.tokens[0][2] for run in runs if not run.opens and _may_name(run, common, lexicon, hits)}
    for run in runs:
        start, end, word = run.tokens[0]
        if word in family:
            yield Named(start, end, family[word])
        elif _is_acronym(word):
            if not run.opens and word.lower() not in lexicon.data.units and not _covered(start, end, hits):
                yield Named(start, end, _made(word, "organisation", language, names))
        elif word in sure and not _covered(start, end, hits):
            yield Named(start, end, _made(word, "unknown", language, names))


def _may_name(run: _Run, common: Collection[str], lexicon: Lexicon, hits: Sequence[PlaceHit]) -> bool:
    start, end, word = run.tokens[0]
    low = word.lower()
    if lexicon.data.noun_capitals or len(word) < _SHORTEST or low in common or low in lexicon.data.units:
        return False
    return not _covered(start, end, hits) and not lexicon.triggers(low, 0, len(low))


def _in_capitals(text: str) -> bool:
    """Tell whether nearly all longer words of a line begin with a capital."""
    words = list(re.findall(r"[^\W\d_]{4,}", text))
    return len(words) >= _CAPITALS_WORDS and sum(word[0].isupper() for word in words) >= _CAPITALS_SHARE * len(words)


def _again(text: str, told: Sequence[Named]) -> Iterator[Named]:
    for actor in dict.fromkeys(item.actor for item in told if item.actor.kind != "country"):
        for name in (actor.name, actor.name.split()[-1]):
            if len(name) > 2 and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)):
                yield Named(match.start(), match.end(), actor)
                break


def _runs(text: str, folded: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[_Run]:
    """Give the runs of capitalised words, titles and idle words at their head left out."""
    particles = frozenset(lexicon.data.get("names.particles"))
    idle = frozenset(lexicon.data.get("names.not_names")) | lexicon.stopwords
    for sentence in sentences:
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, sentence.start, sentence.end)]
        run: list[tuple[int, int, str]] = []
        for token in [*tokens, (sentence.end + 2, sentence.end + 2, "")]:
            joins = bool(run) and text[run[-1][1] : token[0]] in (" ", " ") and not run[-1][2].endswith("..")
            capital = token[2][:1].isupper()
            if run and joins and (capital or token[2] in particles):
                run.append(token)
                continue
            yield from _cleaned(run, sentence, folded, lexicon, particles, idle)
            run = [token] if capital else []


def _cleaned(
    run: list[tuple[int, int, str]], sentence: Sentence, folded: str, lexicon: Lexicon, particles: frozenset[str],
    idle: frozenset[str],
) -> Iterator[_Run]:  # fmt: skip
    while run and run[-1][2] in particles:
        run.pop()
    run = [(a, b - 1, word[:-1]) if word.endswith(".") and len(word) > 2 else (a, b, word) for a, b, word in run]
    opens = bool(run) and run[0][0] <= sentence.start + 1
    titled = bool(run) and _after_title(folded, run[0][0], lexicon)
    while run and (length := _title_length(run, lexicon)):
        titled, run = True, run[length:]
    while run and run[0][2].lower() in idle:
        run = run[1:]
        opens = False
    if run and len(run) <= _MOST_TOKENS:
        yield _Run(tuple(run), titled, opens)


def _title_length(run: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> int:
    titles = frozenset(lexicon.data.get("names.titles"))
    for length in range(min(4, len(run)), 0, -1):
        if " ".join(word.lower().rstrip(".") for _, _, word in run[:length]) in titles:
            return length
    return int(run[0][2].rpartition("-")[2].lower() in titles)  # "FDP-Generalsekretär"


def _after_title(folded: str, start: int, lexicon: Lexicon) -> bool:
    return any(found.end >= start - 2 for found in lexicon.find("names.titles", folded, max(0, start - 30), start))


def _actor(
    run: _Run, text: str, language: str, known: Sequence[Named], lexicon: Lexicon, names: NameBook,
    hits: Sequence[PlaceHit],
) -> Named | None:  # fmt: skip
    tokens = list(run.tokens)
    start, end = tokens[0][0], tokens[-1][1]
    if any(item.start < end and start < item.end for item in known):
        return None  # the name book knows better
    organisation = any(word.lower() in lexicon.data.get("names.organisations") for _, _, word in tokens)
    if not organisation:
        while tokens and (hit := _place_at(tokens[0][0], hits)) and hit.end < end:
            tokens = [token for token in tokens if token[0] >= hit.end]  # "Rusia Andrei Rudenko"
        while tokens and tokens[0][2] in lexicon.data.get("names.particles"):
            tokens.pop(0)
        if not tokens or _covered(tokens[0][0], tokens[-1][1], hits):
            return None
    start, end = tokens[0][0], tokens[-1][1]
    name = " ".join(text[start:end].split())
    if len(tokens) == 1 and not run.titled and not organisation and not _is_acronym(name):
        return None
    if lexicon.data.noun_capitals and not run.titled and not organisation and _holds_noun(tokens, lexicon):
        return None
    kind: Kind = "organisation" if organisation or _is_acronym(name) else "person"
    return Named(start, end, _made(name, kind, language, names))


def _holds_noun(tokens: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> bool:
    """Tell whether a run of capitals holds a word we know for a common noun, where all nouns have capitals."""
    counted = lexicon.data.get("numbers.not_counted")
    return any(
        word.lower() in lexicon.data.units or word.lower() in counted or word.lower() in lexicon.data.multipliers
        or bool(lexicon.triggers(word.lower(), 0, len(word)))
        for _, _, word in tokens
    )  # fmt: skip


def _made(name: str, kind: Kind, language: str, names: NameBook) -> Actor:
    return names.find(name, language) or Actor(name, kind, name_key(name))


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= _ACRONYM and word.isupper() and word.isalpha()


def _place_at(start: int, hits: Sequence[PlaceHit]) -> PlaceHit | None:
    return next((hit for hit in hits if hit.start == start), None)


def _covered(start: int, end: int, hits: Sequence[PlaceHit]) -> bool:
    return any(hit.start <= start and end <= hit.end for hit in hits)


def _apart(items: Sequence[Named]) -> tuple[Named, ...]:
    kept: list[Named] = []
    for item in sorted(items, key=lambda n: (n.start, n.start - n.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)
