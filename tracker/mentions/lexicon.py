"""The words of one language made ready for finding: triggers, cues, speech, names, numbers.

In: `MentionsData`. Out: a `Lexicon` that finds labelled words in folded text. Compiled once per language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from tracker.languages import LETTER, TYPES, WORD_AFTER, WORD_BEFORE, MentionsData, alternation

__all__ = ["Found", "Lexicon", "compiled"]

_CHARACTER = f"(?:{LETTER}|[0-9])"
_WORD = re.compile(f"{_CHARACTER}+(?:['’-]{_CHARACTER}+)*")
_LEFT, _RIGHT = f"(?<![0-9]){WORD_BEFORE}", f"(?![0-9]){WORD_AFTER}"
_STEMS_KEPT = 50_000  # words whose stem is remembered: a language's news vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """A word found at ``start``..``end`` with its label."""

    start: int
    end: int
    label: str


class _List:
    """Finds the words of one list. Words with a trailing star stand for any ending."""

    def __init__(self, labels: Mapping[str, Iterable[str]], *, spaced: bool) -> None:
        self._label: dict[str, str] = {}
        whole: list[str] = []
        begin: list[str] = []
        for label, words in labels.items():
            for word in words:
                (begin if word.endswith("*") or not spaced else whole).append(word.rstrip("*"))
                self._label.setdefault(word.rstrip("*"), label)
        self._pattern: re.Pattern[str] | None = None
        if spaced and (whole or begin):
            parts = []
            if whole:
                parts.append(f"(?P<whole>{alternation(whole)}){_RIGHT}")
            if begin:
                parts.append(rf"(?P<begin>{alternation(begin)}){_CHARACTER}*")
            self._pattern = re.compile(f"{_LEFT}(?:{'|'.join(parts)})")
        elif begin:
            self._pattern = re.compile(f"(?P<begin>{alternation(begin)})")

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text, start, end):
            key = match.groupdict().get("whole") or match.groupdict().get("begin") or ""
            yield Found(match.start(), match.end(), self._label[" ".join(key.split())])


class Lexicon:
    """One language, ready. Safe to share between threads."""

    def __init__(self, data: MentionsData) -> None:
        self.data = data
        self.spaced = data.boundaries == "both"
        self._lists = {
            name: _List({name: data.get(name)}, spaced=self.spaced)
            for name in (
                "negation", "not_negation", "opinion", "today", "speech.verbs", "speech.according", "speech.confirms", "names.titles",
                "names.organisations", "places.to", "places.at", "places.from", "clauses.borders", "clauses.after",
                "clauses.before", "clauses.earlier", "numbers.at_least",
            )
        }  # fmt: skip
        self._lists["joins"] = _List({"joins": data.joins}, spaced=self.spaced)
        self._status = _List(
            {name.partition(".")[2]: words for name, words in data.words.items() if name.startswith("status.")},
            spaced=self.spaced,
        )
        stemmer = snowballstemmer.stemmer(data.stemmer) if data.stemmer else None
        self.stem = lru_cache(maxsize=_STEMS_KEPT)(stemmer.stemWord) if stemmer else _unchanged
        self._types = self._type_list(data, stemmed=bool(stemmer))
        self.stopwords = frozenset(data.get("stopwords"))
        self.numbers = _number_pattern(data)
        self.more = re.compile(
            rf"[ -]?(?:(?P<figure>[0-9]+)|{alternation(sorted({*data.numbers, *data.multipliers}))})"
        )

    def _type_list(self, data: MentionsData, *, stemmed: bool) -> _List:
        """Make the list of triggers, and of their stems where there is a stemmer."""
        plain: dict[str, list[str]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for type_ in TYPES:
            for word in data.get(f"types.{type_}"):
                if stemmed and not word.endswith("*"):
                    stems = tuple(self.stem(part) for part in _WORD.findall(word))
                    self._stems.setdefault(stems[0], []).append((stems, type_))
                else:
                    plain.setdefault(type_, []).append(word)
        return _List(plain, spaced=self.spaced)

    def triggers(self, text: str, start: int, end: int) -> list[Found]:
        """Find the words that name events in a stretch of folded text, in order."""
        found = list(self._types.find(text, start, end))
        if self._stems:
            found += self._stemmed(text, start, end)
        found.sort(key=lambda f: (f.start, -f.end))
        kept: list[Found] = []
        for item in found:
            if not kept or item.start >= kept[-1].end:
                kept.append(item)
        return kept

    def find(self, name: str, text: str, start: int, end: int) -> list[Found]:
        """Find the words of a named list in a stretch of folded text."""
        return list(self._lists[name].find(text, start, end))

    def status(self, text: str, start: int, end: int) -> list[Found]:
        """Find cues of status; labels are their names."""
        return list(self._status.find(text, start, end))

    def words(self, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """Give the words of a stretch of folded text."""
        return [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, start, end)]

    def content(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """Give the stems of the words that carry meaning; pairs of characters in scripts without blanks."""
        if self.data.boundaries == "none":
            runs = re.findall(f"{LETTER}+", text[start:end])
            return tuple(dict.fromkeys(run[n : n + 2] for run in runs for n in range(max(1, len(run) - 1))))
        words = (word for _, _, word in self.words(text, start, end))
        kept = (word for word in words if word not in self.stopwords and (len(word) > 2 or word.isdigit()))
        return tuple(dict.fromkeys(self._short(word) for word in kept))

    def _short(self, word: str) -> str:
        if self.data.stemmer:
            return str(self.stem(word))
        return (
            word[:2] if self.data.boundaries == "left" else word[:6]
        )  # stands in for a stemmer: most endings are behind

    def _stemmed(self, text: str, start: int, end: int) -> Iterator[Found]:
        words = self.words(text, start, end)
        stems = [self.stem(word) for _, _, word in words]
        for index, stem in enumerate(stems):
            for sequence, type_ in self._stems.get(stem, ()):
                last = index + len(sequence)
                if tuple(stems[index:last]) == sequence:
                    yield Found(words[index][0], words[last - 1][1], type_)


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
