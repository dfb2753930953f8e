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
from tracker.spans import Line, Spans
from tracker.types import Actor

__all__ = ["Named", "Reading", "named"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*\.?")
# A letter that begins a word, and may be a capital: not the second of "McKay" or "al-Assad".
_CAPITAL = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]['’-])[^\W\d_a-zß-öø-ÿа-џ]")
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
class Reading:
    """What is known of a text before its names are: its words, the well-known in it (``known``), its places (``hits``)."""

    text: str
    folded: str
    language: str
    lexicon: Lexicon
    names: NameBook
    known: tuple[Named, ...]
    hits: Line[PlaceHit]


@dataclass(frozen=True, slots=True)
class _Run:
    tokens: tuple[tuple[int, int, str], ...]
    titled: bool
    opens: bool  # stands at the start of a sentence, where every word has a capital


def named(reading: Reading, sentences: Sequence[Sentence], *, told: Sequence[Named] | None = None) -> tuple[Named, ...]:
    """Give every actor named in a text, in order and without overlaps.

    In a headline where every word has a capital, capitals tell nothing: names are then those of its text (``told``).
    """
    known = reading.known
    if not reading.lexicon.data.capitals:
        beside = spelled(reading.text, reading.folded, reading.lexicon, reading.hits.items)
        return _apart([*known, *(Named(s.start, s.end, _made(s.name, "person", reading)) for s in beside)])
    if told is not None and _in_capitals(reading.text):
        return _apart([*known, *_again(reading.text, told)])
    runs = list(_runs(reading, sentences))
    found: list[Named] = []
    family: dict[str, Actor] = {}
    taken = Spans((item.start, item.end) for item in known)
    for run in runs:
        if (len(run.tokens) > 1 or run.titled) and (actor := _actor(run, reading, taken)):
            found.append(actor)
            if actor.actor.kind == "person":
                family.setdefault(actor.actor.name.split()[-1], actor.actor)
    taken = Spans((item.start, item.end) for item in (*known, *found))
    singles = [run for run in runs if len(run.tokens) == 1 and not run.titled]
    found += _singles([run for run in singles if not taken.touch(*run.tokens[0][:2])], reading, family)
    taken = Spans((item.start, item.end) for item in (*known, *found))
    again = [item for item in _again(reading.text, told or ()) if not taken.touch(item.start, item.end)]
    return _apart([*known, *found, *again])


def _singles(runs: Sequence[_Run], reading: Reading, family: Mapping[str, Actor]) -> Iterator[Named]:
    """Give the single capitalised words that are names.

    They are family names told in full before, acronyms, and words that have a capital inside a sentence and never lack it.
    """
    lexicon, covered = reading.lexicon, Spans((hit.start, hit.end) for hit in reading.hits.items)
    common = {word for word in re.findall(r"(?<![#@])\b[^\W\d_]+", reading.text) if word[0].islower()}
    sure = {
        run.tokens[0][2]
        for run in runs
        if not run.opens and _may_name(run.tokens[0][2], common, lexicon) and not covered.hold(*run.tokens[0][:2])
    }
    for run in runs:
        start, end, word = run.tokens[0]
        if word in family:
            yield Named(start, end, family[word])
        elif _is_acronym(word):
            if not run.opens and word.lower() not in lexicon.data.units and not covered.hold(start, end):
                yield Named(start, end, _made(word, "organisation", reading))
        elif word in sure and not covered.hold(start, end):
            yield Named(start, end, _made(word, "unknown", reading))


def _may_name(word: str, common: Collection[str], lexicon: Lexicon) -> bool:
    low = word.lower()
    if lexicon.data.noun_capitals or len(word) < _SHORTEST or low in common or low in lexicon.data.units:
        return False
    return not lexicon.names_event(low)


def _in_capitals(text: str) -> bool:
    """Tell whether nearly all longer words of a line begin with a capital."""
    words = list(re.findall(r"[^\W\d_]{4,}", text))
    return len(words) >= _CAPITALS_WORDS and sum(word[0].isupper() for word in words) >= _CAPITALS_SHARE * len(words)


def _again(text: str, told: Sequence[Named]) -> Iterator[Named]:
    for actor in dict.fromkeys(item.actor for item in told if item.actor.kind != "country"):
        for name in (actor.name, actor.name.split()[-1]):
            if len(name) > 2 and (at := _whole_word(text, name)) >= 0:
                yield Named(at, at + len(name), actor)
                break


def _whole_word(text: str, name: str) -> int:
    """Give where a name first stands with no letter, figure or underscore on either side; -1: nowhere."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_in_word(text[at - 1 : at]) or _in_word(text[end : end + 1])):
            return at
        at = text.find(name, at + 1)
    return -1


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _runs(reading: Reading, sentences: Sequence[Sentence]) -> Iterator[_Run]:
    """Give the runs of capitalised words, titles and idle words at their head left out."""
    text, particles = reading.text, reading.lexicon.set_of("names.particles")
    marks = reading.lexicon.data.get("names.endings_behind")
    for sentence in sentences:
        at = sentence.start
        while capital := _CAPITAL.search(text, at, sentence.end):
            at = capital.start()
            if not capital[0].isupper():
                at += 1
                continue
            run: list[tuple[int, int, str]] = []
            while word := _TOKEN.match(text, at, sentence.end):
                if run and not (word[0][0].isupper() or word[0] in particles):
                    break
                name, at = _bare(word[0], marks), word.end()
                run.append((word.start(), word.start() + len(name), name))
                if name != word[0] or name.endswith("..") or text[at : at + 1] not in (" ", "\u00a0"):
                    break
                at += 1
            yield from _cleaned(run, sentence, reading)


def _bare(word: str, marks: Sequence[str]) -> str:
    """Leave out the case ending that some languages write behind a mark, and which closes the name: "Demir'e"."""
    for mark in marks:
        head, found, ending = word.partition(mark)
        if found and ending.islower() and len(head) > 1:
            return head
    return word


def _cleaned(run: list[tuple[int, int, str]], sentence: Sentence, reading: Reading) -> Iterator[_Run]:
    lexicon = reading.lexicon
    particles, idle = lexicon.set_of("names.particles"), lexicon.set_of("names.not_names")
    while run and run[-1][2] in particles:
        run.pop()
    run = [(a, b - 1, word[:-1]) if word.endswith(".") and len(word) > 2 else (a, b, word) for a, b, word in run]
    opens = bool(run) and run[0][0] <= sentence.start + 1
    titled = bool(run) and _after_title(reading.folded, run[0][0], lexicon)
    while run:
        if length := _title_length(run, lexicon):
            titled, run = True, run[length:]
        elif (low := run[0][2].lower()) in idle or low in lexicon.stopwords:
            run, opens = run[1:], False
        else:
            break
    if run and len(run) <= _MOST_TOKENS:
        yield _Run(tuple(run), titled, opens)


def _title_length(run: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> int:
    titles = lexicon.set_of("names.titles")
    for length in range(min(4, len(run)), 0, -1):
        if " ".join(word.lower().rstrip(".") for _, _, word in run[:length]) in titles:
            return length
    return int(run[0][2].rpartition("-")[2].lower() in titles)  # "FDP-Generalsekretär"


def _after_title(folded: str, start: int, lexicon: Lexicon) -> bool:
    return any(found.end >= start - 2 for found in lexicon.find("names.titles", folded, max(0, start - 30), start))


def _actor(run: _Run, reading: Reading, taken: Spans) -> Named | None:
    lexicon, tokens = reading.lexicon, list(run.tokens)
    end = tokens[-1][1]
    if taken.touch(tokens[0][0], end):
        return None  # the name book knows better
    organisation = any(word.lower() in lexicon.set_of("names.organisations") for _, _, word in tokens)
    if not organisation:
        hits = reading.hits.touching(tokens[0][0], end)
        while tokens and (hit := _place_at(tokens[0][0], hits)) and hit.end < end:
            tokens = [token for token in tokens if token[0] >= hit.end]  # "Rusia Andrei Rudenko"
        while tokens and tokens[0][2] in lexicon.set_of("names.particles"):
            tokens.pop(0)
        if not tokens or any(hit.start <= tokens[0][0] and tokens[-1][1] <= hit.end for hit in hits):
            return None
    start, end = tokens[0][0], tokens[-1][1]
    name = " ".join(reading.text[start:end].split())
    if len(tokens) == 1 and not run.titled and not organisation and not _is_acronym(name):
        return None
    if lexicon.data.noun_capitals and not run.titled and not organisation and _holds_noun(tokens, lexicon):
        return None
    kind: Kind = "organisation" if organisation or _is_acronym(name) else "person"
    return Named(start, end, _made(name, kind, reading))


def _holds_noun(tokens: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> bool:
    """Tell whether a run of capitals holds a word we know for a common noun, where all nouns have capitals."""
    counted = lexicon.set_of("numbers.not_counted")
    return any(
        word.lower() in lexicon.data.units or word.lower() in counted or word.lower() in lexicon.data.multipliers
        or lexicon.names_event(word.lower())
        for _, _, word in tokens
    )  # fmt: skip


def _made(name: str, kind: Kind, reading: Reading) -> Actor:
    return reading.names.find(name, reading.language) or Actor(name, kind, name_key(name))


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= _ACRONYM and word.isupper() and word.isalpha()


def _place_at(start: int, hits: Sequence[PlaceHit]) -> PlaceHit | None:
    return next((hit for hit in hits if hit.start == start), None)


def _apart(items: Sequence[Named]) -> tuple[Named, ...]:
    kept: list[Named] = []
    for item in sorted(items, key=lambda n: (n.start, n.start - n.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)
