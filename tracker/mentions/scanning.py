"""All lists of words of a language looked for in one walk over a text.

In: lists of labelled words. Out: what stands where, list by list. At each place where a word may begin one look-up tells which entries
begin so, whatever the number of lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.languages import MARKS

__all__ = ["WORD", "Found", "Scanner", "Track", "inside_word", "parts_word", "word_end"]

_RUN = rf"[{MARKS}]*[^\W_]+(?:[{MARKS}]+[^\W_]*)*"  # letters, figures and the marks on them
_TOKEN = re.compile(_RUN)
_INNER = "'’-"  # what may stand between the letters of one word
WORD = re.compile(rf"{_RUN}(?:[{_INNER}]{_RUN})*")
_LETTER = re.compile(rf"[^\W_]|[{MARKS}]")
_REST = re.compile(rf"(?:[^\W_]+|[{MARKS}]+)*")
_BLANKS = {ord(character): " " for character in map(chr, range(0x3001)) if character.isspace()}
_WORDS_KEPT = 20_000  # words whose entries are remembered: the vocabulary of a language's news


@dataclass(frozen=True, slots=True)
class Found:
    """A word found at ``start``..``end`` with its label."""

    start: int
    end: int
    label: str

    def moved(self, by: int) -> Found:
        """Give the same word that much further on."""
        return Found(self.start + by, self.end + by, self.label)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word of a list: ``whole`` where a word must end behind it, else any ending may follow."""

    list_: str
    label: str
    whole: bool


_Endings = tuple[
    tuple[int, Sequence[_Entry]], ...
]  # lengths of what stands at a place, shortest first, with its entries


class Track:
    """Spans in order that do not overlap, to be cut from any stretch of their text."""

    def __init__(self, items: Sequence[Found]) -> None:
        self._items = items
        self._starts = [item.start for item in items]

    def within(self, start: int, end: int) -> list[Found] | None:
        """Give the spans of a stretch; None where one of its borders goes through a span, so that it must be read by itself."""
        items, starts = self._items, self._starts
        if not items:
            return []
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        if (first and items[first - 1].end > start) or (last and items[last - 1].end > end):
            return None
        return list(items[first:last])


def parts_word(text: str, border: int) -> bool:
    """Tell whether a place lies within a word, hyphens and apostrophes inside it included."""
    if inside_word(text, border):
        return True
    mark = next((at for at in (border - 1, border) if 0 < at < len(text) and text[at] in _INNER), 0)
    return mark > 0 and bool(_LETTER.match(text, mark - 1) and _LETTER.match(text, mark + 1))


def inside_word(text: str, border: int) -> bool:
    """Tell whether a place lies between two letters."""
    if (
        not 0 < border < len(text) or text[border] == " " or text[border - 1] == " "
    ):  # nearly all borders: no need to look closer
        return False
    return bool(_LETTER.match(text, border - 1) and _LETTER.match(text, border))


def word_end(text: str, at: int) -> int:
    """Give where the word ends within which a place lies; the place itself where it lies within none."""
    if at >= len(text):
        return len(text)
    rest = _REST.match(text, at) if inside_word(text, at) else None
    return rest.end() if rest else at


class Scanner:
    """Finds the words of lists: at each place the longest of each list, whole words before words with any ending.

    With ``spaced``, words begin where letters begin, and a star at an entry's end stands for any ending; else every entry is found
    anywhere. A blank of an entry stands for any single blank. Safe to share between threads.
    """

    def __init__(self, lists: Mapping[str, Mapping[str, Iterable[str]]], *, spaced: bool) -> None:
        self._names = tuple(lists)
        self._spaced = spaced
        self._entries: dict[str, list[_Entry]] = {}
        for name, labels in lists.items():
            for label, words in labels.items():
                for word in words:
                    self._add(word, name, label)
        self._phrases: dict[str, list[str]] = {}  # entries of several words by their first
        self._lengths: dict[str, set[int]] = {}  # of entries, by their first letter
        for entry in sorted(self._entries, key=len):
            self._lengths.setdefault(entry[0], set()).add(len(entry))
            if (first := _TOKEN.match(entry)) and first[0] != entry:
                self._phrases.setdefault(first[0], []).append(entry)
        self._longest = max(map(len, self._entries), default=0)
        self._of_word = lru_cache(maxsize=_WORDS_KEPT)(self._beginning)

    def _add(self, word: str, list_: str, label: str) -> None:
        entries = self._entries.setdefault(word.rstrip("*"), [])
        label = next(
            (entry.label for entry in entries if entry.list_ == list_), label
        )  # of two labels the first counts
        entries.append(_Entry(list_, label, self._spaced and not word.endswith("*")))

    def scan(self, text: str, start: int, end: int) -> dict[str, list[Found]]:
        """Find the words of every list in a stretch of folded text, which is read as if it ended at ``end``."""
        found: dict[str, list[Found]] = {name: [] for name in self._names}
        low = max(0, start - 1)  # one letter more, to see whether the stretch begins within a word
        plain = text[low:end].translate(_BLANKS)
        start, end = start - low, end - low
        if self._spaced:
            self._between_blanks(plain, start, end, found)
        else:
            for at, endings in self._anywhere(plain, start, end):
                self._take(at, endings, plain, end, found)
        if low:
            found = {name: [f.moved(low) for f in items] for name, items in found.items()}
        return found

    def _between_blanks(self, text: str, start: int, end: int, found: dict[str, list[Found]]) -> None:
        inside = inside_word(text, start)
        for token in _TOKEN.finditer(text, start, end):
            meant, endings, phrases = self._of_word(token[0][: self._longest + 1])
            if not (meant or phrases) or (inside and token.start() == start):
                continue
            at = token.start()
            standing = tuple((len(p), self._entries[p]) for p in phrases if text.startswith(p, at, end))
            if standing:
                self._take(at, (*endings, *standing), text, end, found)
                continue
            for name, label in meant:
                kept = found[name]
                if not kept or at >= kept[-1].end:
                    kept.append(Found(at, token.end(), label))

    def _anywhere(self, text: str, start: int, end: int) -> Iterator[tuple[int, _Endings]]:
        entries = self._entries
        for at in range(start, end):
            lengths = self._lengths.get(text[at])
            if lengths is None:
                continue
            pieces = ((length, text[at : at + length]) for length in sorted(lengths) if at + length <= end)
            endings = tuple((length, entries[piece]) for length, piece in pieces if piece in entries)
            if endings:
                yield at, endings

    def _beginning(self, word: str) -> tuple[tuple[tuple[str, str], ...], _Endings, tuple[str, ...]]:
        """Give what a word by itself means: (list, label); the entries it begins with; and those of several words that begin with it."""
        heads = ((length, self._entries.get(word[:length], ())) for length in range(1, len(word) + 1))
        fitting = ((length, [e for e in found if length == len(word) or not e.whole]) for length, found in heads)
        endings = tuple((length, found) for length, found in fitting if found)
        alone: dict[str, list[Found]] = {name: [] for name in self._names}
        self._take(0, endings, word, len(word), alone)
        meant = tuple((name, item.label) for name, items in alone.items() for item in items)
        return meant, endings, tuple(self._phrases.get(word, ()))

    def _take(self, at: int, endings: _Endings, text: str, end: int, found: dict[str, list[Found]]) -> None:
        """Choose the entry of each list; what overlaps a word of the same list before it is left out."""
        chosen: dict[str, tuple[bool, int, str]] = {}
        for length, entries in endings:
            stop = at + length
            ends_here = not self._spaced or not _LETTER.match(text, stop, end)
            for entry in entries:
                if entry.whole and not ends_here:
                    continue
                if entry.whole or not (entry.list_ in chosen and chosen[entry.list_][0]):
                    chosen[entry.list_] = entry.whole, stop, entry.label
        for name, (whole, stop, label) in chosen.items():
            kept = found[name]
            if kept and at < kept[-1].end:
                continue
            rest = _REST.match(text, stop, end) if self._spaced and not whole else None
            kept.append(Found(at, rest.end() if rest else stop, label))
