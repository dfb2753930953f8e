"""Which forms of names there are, and what a word of a text can begin: asked for every word, so it is kept in memory.

In: the forms of a gazetteer in order. Out: answers about forms, about beginnings of forms, and about single words. About 20 MB for
150,000 forms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.places.forms import cased, stems, variants

__all__ = ["Vocabulary", "Word"]

_WORDS_KEPT = 50_000  # words whose answer is remembered: the vocabulary of some languages' news
_THAI_FIRST, _THAI_LAST = "\u0e01", "\u0e5c"
_GLUED_FIRST, _HANGUL_FIRST, _COMPATIBLE_FIRST, _COMPATIBLE_LAST = "\u3041", "\uac00", "\uf900", "\ufb00"


@dataclass(frozen=True, slots=True)
class Word:
    """What a word can name: ``forms`` it may stand for, whether one of them is ``known``, those of them that longer names begin
    with (``opens``), and whether it may begin a name although it is written small.
    """

    forms: tuple[str, ...]
    known: bool
    opens: tuple[str, ...]
    small: bool


class Vocabulary:
    """All forms of names. Immutable, so safe to share between threads."""

    def __init__(
        self, forms: Sequence[str], lower: frozenset[str], endings: Sequence[tuple[str, str]] = ()
    ) -> None:  # fmt: skip
        """Take all ``forms`` in order of code points, the first words of names that may be written small, and a language's case
        endings of names with what a name has in their stead.
        """
        self._forms, self._endings = forms, endings
        self._lower = lower
        self._glued = self._longest_by_head()
        self.word = lru_cache(maxsize=_WORDS_KEPT)(self._word)

    def with_endings(self, endings: Sequence[tuple[str, str]]) -> Vocabulary:
        """Give the same forms with case endings of a language."""
        return Vocabulary(self._forms, self._lower, endings)

    def __contains__(self, form: str) -> bool:
        at = bisect_left(self._forms, form)
        return at < len(self._forms) and self._forms[at] == form

    def goes_on(self, start: str) -> bool:
        """Tell whether a longer form begins with ``start``; where words are parted by blanks, whether one goes on with a blank."""
        head = f"{start} " if cased(start) else start
        at = bisect_left(self._forms, head)
        at += at < len(self._forms) and self._forms[at] == head
        return at < len(self._forms) and self._forms[at].startswith(head)

    def longest(self, head: str) -> int:
        """Give the length of the longest form in Han or kana that begins with two characters, 0 for none."""
        return self._glued.get(head, 0)

    def _word(self, word: str) -> Word:
        forms = variants(word)
        if self._endings and word[0].isupper():
            forms = tuple(dict.fromkeys([*forms, *(stem for form in forms for stem in stems(form, self._endings))]))
        opens = tuple(form for form in forms if form and self.goes_on(form))
        return Word(forms, any(form in self for form in forms), opens, not self._lower.isdisjoint(forms))

    def _longest_by_head(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for first, last in (
            (_THAI_FIRST, _THAI_LAST),
            (_GLUED_FIRST, _HANGUL_FIRST),
            (_COMPATIBLE_FIRST, _COMPATIBLE_LAST),
        ):
            for form in self._forms[bisect_left(self._forms, first) : bisect_left(self._forms, last)]:
                found[form[:2]] = max(found.get(form[:2], 0), len(form))
        return found
