"""Which pieces of a text could name a place: runs of words, Korean words without particles, pieces of Han and kana text.

In: a text. Out: `Spot`s with the forms to look up. Knows no places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.places.forms import GLUED, HANGUL, cased, fold, hangul_stems, join, variants, words

__all__ = ["Spot", "spots"]

_WORDS_MOST = 6  # "Democratic People's Republic of Korea"
_GLUED_MOST = 10
_SENTENCE_ENDS = frozenset('.!?…\n"“”«»:;•|—–')


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of text with the forms it may be known under, likeliest first. ``tail`` is what a Korean word has after the name.

    ``beside_capital``: a capitalised word stands directly beside it, so it may be part of a name. ``lower_elsewhere``: the text has
    the same word in lower case.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    beside_capital: bool = False
    lower_elsewhere: bool = False
    tail: str = ""


def spots(text: str, lower: frozenset[str]) -> Iterator[Spot]:
    """Give every piece that could name a place; ``lower`` are first words (folded) that names in lower case begin with."""
    tokens = words(text)
    in_lower = {word for _, _, word in tokens if word.islower()}
    for at, (_, _, word) in enumerate(tokens):
        if HANGUL.match(word):
            yield from _korean(text, tokens, at)
        elif not cased(word) or not word[0].islower() or not lower.isdisjoint(variants(word)):
            yield from _runs(text, tokens, at, in_lower)
    for run in GLUED.finditer(text):
        yield from _glued(run.group(), run.start())


def _runs(text: str, tokens: list[tuple[int, int, str]], at: int, in_lower: set[str]) -> Iterator[Spot]:
    start = tokens[at][0]
    folded: list[str] = []
    for last in range(at, min(at + _WORDS_MOST, len(tokens))):
        if last > at and not _joined(text[tokens[last - 1][1] : tokens[last][0]]):
            return
        word = tokens[last][2]
        firsts = variants(tokens[at][2])
        lasts = variants(word)
        longer = (join([first, *folded[1:], end]) for first in firsts for end in lasts)
        forms = firsts if last == at else tuple(longer)
        folded.append(fold(word))
        beside = cased(word) and (_capital_before(text, tokens, at) or _capital_after(text, tokens, last))
        if any(forms):
            yield Spot(
                start,
                tokens[last][1],
                forms,
                beside,
                last == at and word.lower() in in_lower and cased(word) and not word.islower(),
            )


def _joined(gap: str) -> bool:
    return len(gap) <= 2 and gap.strip(" \u00a0-‐‑–.'’ʼ«»\"") == "" and "\n" not in gap


def _capital_before(text: str, tokens: list[tuple[int, int, str]], at: int) -> bool:
    if at == 0 or text[tokens[at - 1][1] : tokens[at][0]] != " ":
        return False
    previous, begins = tokens[at - 1][2], tokens[at - 1][0]
    opens = begins == 0 or bool(_SENTENCE_ENDS & set(text[max(0, begins - 2) : begins]))
    return previous[0].isupper() and not opens


def _capital_after(text: str, tokens: list[tuple[int, int, str]], last: int) -> bool:
    if last + 1 >= len(tokens) or text[tokens[last][1] : tokens[last + 1][0]] != " ":
        return False
    return tokens[last + 1][2][0].isupper()


def _korean(text: str, tokens: list[tuple[int, int, str]], at: int) -> Iterator[Spot]:
    """Give the names a Korean word, alone or with the one or two after it, may begin with."""
    start, before = tokens[at][0], ""
    for last in range(at, min(at + 3, len(tokens))):
        word = tokens[last][2]
        if last > at and (not _joined(text[tokens[last - 1][1] : tokens[last][0]]) or not HANGUL.match(word)):
            return
        for name, length in hangul_stems(word):
            yield Spot(start, tokens[last][0] + length, (before + name,), tail=word[length:])
        before += word


def _glued(run: str, offset: int) -> Iterator[Spot]:
    for start in range(len(run) - 1):
        for end in range(min(len(run), start + _GLUED_MOST), start + 1, -1):
            piece = run[start:end]
            if _inside_katakana(run, start, end) or "・" in (piece[0], piece[-1]):
                continue
            form = unicodedata.normalize("NFKC", piece).replace("・", "").replace("·", "")
            yield Spot(offset + start, offset + end, (form,))


def _inside_katakana(run: str, start: int, end: int) -> bool:
    def kana(character: str) -> bool:
        return "\u30a1" <= character <= "\u30ff" and character != "・"

    opens = start > 0 and kana(run[start - 1]) and kana(run[start])
    return opens or (end < len(run) and kana(run[end]) and kana(run[end - 1]))
