"""The words of one language made ready for finding: triggers, cues, speech, names, numbers.

In: `MentionsData`. Out: a `Lexicon` that finds labelled words in folded text. Compiled once per language.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from tracker.languages import LETTER, TYPES, WORD_AFTER, WORD_BEFORE, MentionsData, alternation
from tracker.mentions.scanning import WORD, Found, Scanner, Track, inside_word, parts_word

__all__ = ["Found", "Lexicon", "compiled"]

_LEFT, _RIGHT = f"(?<![0-9]){WORD_BEFORE}", f"(?![0-9]){WORD_AFTER}"
_STEMS_KEPT = 50_000  # words whose stem is remembered: a language's news vocabulary
_TYPES, _STATUS = "types", "status"
_NO_EVENT = ""  # the label of phrases that name none, whatever words stand in them
_GAP = "…"  # in a cue of two parts
_GAP_REACH = 160  # characters between them
_CLAUSE_REACH = 120  # characters between a verb and its particle
_LISTS = (
    "negation", "not_negation", "affected", "asking", "opinion", "conditional", "general", "weather", "boilerplate", "today", "speech.verbs",
    "speech.according", "speech.confirms", "names.titles", "names.organisations", "places.to", "places.at", "places.of", "places.from", "clauses.borders", "clauses.endings", "clauses.after", "clauses.before",
    "clauses.earlier", "clauses.this", "numbers.at_least",
)  # fmt: skip
_SETS = ("names.titles", "names.organisations", "names.particles", "names.not_names", "numbers.not_counted")


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with every listed word in it, and the words that name events."""

    text: str
    lists: Mapping[str, Track]
    events: Track
    contents: dict[tuple[int, int], tuple[str, ...]]


class Lexicon:
    """One language, ready. Safe to share between threads."""

    def __init__(self, data: MentionsData) -> None:
        self.data = data
        self.spaced = data.boundaries == "both"
        stemmer = snowballstemmer.stemmer(data.stemmer) if data.stemmer else None
        self.stem = lru_cache(maxsize=_STEMS_KEPT)(_one_by_one(stemmer.stemWord)) if stemmer else _unchanged
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        lists = {name: {name: data.get(name)} for name in _LISTS} | {"joins": {"joins": data.joins}}
        status, self._frames = _cues(data)
        types = self._types(data, stemmed=bool(stemmer))
        self._scanner = Scanner({**lists, _STATUS: status, _TYPES: types}, spaced=self.spaced)
        self.page: _Page | None = None
        self.stopwords = frozenset(data.get("stopwords"))
        self._sets = {name: frozenset(data.get(name)) for name in _SETS}
        self._parted, self._heads = _parted_verbs(data)
        self.names_event = lru_cache(maxsize=_STEMS_KEPT)(self._names_event)
        self._content = lru_cache(maxsize=_STEMS_KEPT)(self._content_of)
        self.numbers = _number_pattern(data)
        self.more = re.compile(
            rf"[ -]?(?:(?P<figure>[0-9]+)|{alternation(sorted({*data.numbers, *data.multipliers}))})"
        )

    def _types(self, data: MentionsData, *, stemmed: bool) -> Mapping[str, list[str]]:
        """Give the words that name events, and note the stems of those that have one."""
        plain: dict[str, list[str]] = {_NO_EVENT: list(data.get("not_events"))}
        for type_ in TYPES:
            for word in data.get(f"types.{type_}"):
                if stemmed and not word.endswith("*"):
                    stems = tuple(self.stem(part) for part in WORD.findall(word))
                    self._stems.setdefault(stems[0], []).append((stems, type_))
                else:
                    plain.setdefault(type_, []).append(word)
        return plain

    def on(self, text: str) -> Lexicon:
        """Give the same words for use on one folded text, which is read once: what is asked of a stretch of it is then at hand."""
        lexicon = copy(self)
        found = self._scanner.scan(text, 0, len(text))
        events = self._events(found[_TYPES], text, 0, len(text))
        lexicon.page = _Page(text, {name: Track(items) for name, items in found.items()}, Track(events), {})
        return lexicon

    def triggers(self, text: str, start: int, end: int) -> list[Found]:
        """Find the words that name events in a stretch of folded text, in order."""
        page = self._page(text, end)
        found = page.events.within(start, end) if page else None
        if found is None or (self._stems and (parts_word(text, start) or parts_word(text, end))):
            found = self._events(self._scanner.scan(text, start, end)[_TYPES], text, start, end)
        kept: list[Found] = []
        for item in found:
            if not kept or item.start >= kept[-1].end:
                kept.append(item)
        return [item for item in kept if item.label != _NO_EVENT]

    def _names_event(self, word: str) -> bool:
        return bool(self.triggers(word, 0, len(word)))

    def find(self, name: str, text: str, start: int, end: int) -> list[Found]:
        """Find the words of a named list in a stretch of folded text."""
        return self._find(name, text, start, end)

    def set_of(self, name: str) -> frozenset[str]:
        """Give the words of a list of names or numbers, to look single words up in."""
        return self._sets[name]

    def status(self, text: str, start: int, end: int) -> list[Found]:
        """Find cues of status; labels are their names. The end of a cue of two parts tells besides that something has happened."""
        found = list(self._find(_STATUS, text, start, end))
        for label, frame in self._frames:
            for match in frame.finditer(text, start, end):
                found += [Found(*match.span(), label), Found(*match.span("end"), "occurred")]
        return found

    def _find(self, name: str, text: str, start: int, end: int) -> list[Found]:
        page = self._page(text, end)
        found = page.lists[name].within(start, end) if page else None
        return self._scanner.scan(text, start, end)[name] if found is None else found

    def _page(self, text: str, end: int) -> _Page | None:
        """Give the page of a text read before, unless a stretch of it ends within a word and so may hold another."""
        page = self.page
        if page is None or page.text is not text:
            return None
        cuts = self.spaced and text[end : end + 1] not in ("", " ") and inside_word(text, end)
        return None if cuts else page

    def content(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """Give the stems of the words that carry meaning; pairs of characters in scripts without blanks."""
        if self.page is None or self.page.text is not text:
            return self._meant(text, start, end)
        known = self.page.contents.get((start, end))  # the same stretches are asked for again and again
        if known is None:
            known = self.page.contents[start, end] = self._meant(text, start, end)
        return known

    def _meant(self, text: str, start: int, end: int) -> tuple[str, ...]:
        if self.data.boundaries == "none":
            runs = re.findall(f"{LETTER}+", text[start:end])
            return tuple(dict.fromkeys(run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1))))
        stems = (self._content(word) for word in WORD.findall(text, start, end))
        return tuple(dict.fromkeys(stem for stem in stems if stem))

    def _content_of(self, word: str) -> str:
        """Give the stem of a word that carries meaning, '' for one that does not."""
        if word in self.stopwords or not (len(word) > 2 or word.isdigit()):
            return ""
        if self.data.stemmer:
            return str(self.stem(word))
        return (
            word[:2] if self.data.boundaries == "left" else word[:6]
        )  # stands in for a stemmer: most endings are behind

    def _events(self, plain: Iterable[Found], text: str, start: int, end: int) -> list[Found]:
        found = [*plain, *self._stemmed(text, start, end), *self._separated(text, start, end)]
        return sorted(found, key=_by_place)

    def _separated(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Find the verbs of a stretch whose particle closes their clause: "trat am Montag | zurück"."""
        if self._heads is None:
            return
        for head in self._heads.finditer(text, start, end):
            for particle, type_ in self._parted[head[0]]:
                if particle.match(text, head.end(), end):
                    yield Found(head.start(), head.end(), type_)
                    break

    def _stemmed(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Find the words of a stretch whose stems name events, where the language has a stemmer."""
        if not self._stems:
            return
        words = list(WORD.finditer(text, start, end))
        stems = [self.stem(match[0]) for match in words]
        for index, stem in enumerate(stems):
            for sequence, type_ in self._stems.get(stem, ()):
                last = index + len(sequence)
                if tuple(stems[index:last]) == sequence:
                    yield Found(words[index].start(), words[last - 1].end(), type_)


def _parted_verbs(data: MentionsData) -> tuple[dict[str, list[tuple[re.Pattern[str], str]]], re.Pattern[str] | None]:
    """Give the listed verbs of two words whose second may close their clause, by the first, with the expression of what may follow."""
    parted: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    particles = {
        word: re.compile(
            rf"[^.!?;:,\n]{{1,{_CLAUSE_REACH}}}?\s{re.escape(word)}(?=\s*(?:[,.;:!?\n)]|$|{alternation(data.joins)}{WORD_AFTER}))"
        )
        for word in data.get("separable")
    }
    for type_ in TYPES:
        for verb, _, particle in (word.partition(" ") for word in data.get(f"types.{type_}")):
            if particle in particles:
                parted.setdefault(verb, []).append((particles[particle], type_))
    heads = re.compile(f"{WORD_BEFORE}(?:{alternation(sorted(parted))}){WORD_AFTER}") if parted else None
    return parted, heads


def _cues(data: MentionsData) -> tuple[dict[str, list[str]], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Give the cues of status by label, and those of two parts as expressions whose group ``end`` is the second."""
    plain: dict[str, list[str]] = {}
    frames: dict[str, list[str]] = {}
    for name in (name for name in data.words if name.startswith("status.")):
        for cue in data.get(name):
            (frames if _GAP in cue else plain).setdefault(name.partition(".")[2], []).append(cue)
    return plain, tuple((label, _frame(cue)) for label, cues in frames.items() for cue in cues)


def _frame(cue: str) -> re.Pattern[str]:
    head, _, tail = (part.strip() for part in cue.partition(_GAP))
    end = rf"{LETTER}+{re.escape(tail[1:])}" if tail.startswith("*") else WORD_BEFORE + re.escape(tail)
    return re.compile(
        rf"{WORD_BEFORE}{re.escape(head)}{WORD_AFTER}[^.!?;:]{{1,{_GAP_REACH}}}?(?P<end>(?<=\s){end}){WORD_AFTER}"
    )


def _by_place(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _one_by_one(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Let one thread in at a time: a stemmer keeps the word it works on, and two at once give wrong stems or an IndexError."""
    lock = threading.Lock()

    def one(word: str) -> str:
        with lock:
            return stem(word)

    return one


def _unchanged(word: str) -> str:
    return word


def _number_pattern(data: MentionsData) -> re.Pattern[str]:
    """Make the expression of a number in figures or words; group ``n`` is the number without a prefix written on to it."""
    words = alternation(sorted({*data.numbers, *data.multipliers}))
    figure = r"(?:[0-9]{1,3}(?:[.,  ][0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)?)"
    if data.boundaries == "none":
        return re.compile(rf"(?P<n>(?<![0-9.,$€£¥-]){figure}|(?:{words}))")
    if data.boundaries == "left":  # Korean 만 is ten thousand, and the end of many a word
        return re.compile(rf"(?P<n>(?<![0-9.,$€£¥-]){figure}|{_LEFT}(?:{words}))")
    prefix = f"(?:{alternation(data.prefixes)})?" if data.prefixes else ""
    return re.compile(rf"(?<![\w.$€£¥-])(?<![0-9],){prefix}(?P<n>{figure}(?![0-9])|(?:{words}){_RIGHT})")


@lru_cache(maxsize=64)
def compiled(data: MentionsData) -> Lexicon:
    """Make a language ready, once: data is compared by identity."""
    return Lexicon(data)
