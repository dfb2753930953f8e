"""Which pieces of a text could name a place: runs of words, Korean words without particles, pieces of Han and kana text.

In: a text and the forms there are. Out: `Spot`s with forms to look up, one of them known. Knows no places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.places.forms import FIRST_HANGUL, GLUED, HANGUL, cased, fold, hangul_stems, join, words
from tracker.places.vocabulary import Vocabulary

__all__ = ["Spot", "spots"]

_WORDS_MOST = 6  # "Democratic People's Republic of Korea"
_GLUED_MOST = 14
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


def spots(text: str, known: Vocabulary) -> Iterator[Spot]:
    """Give every piece that names a place we know, in one of its forms."""
    tokens = words(text)
    in_lower = {word for _, _, word in tokens if word.islower()}
    for at, (_, _, word) in enumerate(tokens):
        if word[0] >= FIRST_HANGUL and HANGUL.match(word):
            yield from _korean(text, tokens, at, known)
            continue
        first = known.word(word)
        if (first.known or first.opens) and (first.small or not cased(word) or not word[0].islower()):
            yield from _runs(text, tokens, at, known, in_lower)
    for run in () if text.isascii() else GLUED.finditer(text):
        yield from _glued(run.group(), run.start(), known)


def _runs(
    text: str, tokens: list[tuple[int, int, str]], at: int, known: Vocabulary, in_lower: set[str]
) -> Iterator[Spot]:
    start, end, word = tokens[at]
    first = known.word(word)
    if first.known:
        elsewhere = cased(word) and not word.islower() and word.lower() in in_lower
        yield Spot(start, end, first.forms, _beside_capital(text, tokens, at, at), elsewhere)
    opens = [[form] for form in first.opens]
    for last in range(at + 1, min(at + _WORDS_MOST, len(tokens))):
        if not opens or not _joined(text[tokens[last - 1][1] : tokens[last][0]]):
            return
        _, end, word = tokens[last]
        lasts = known.word(word).forms
        if any(join([*run, form]) in known for run in opens for form in lasts):
            middle = opens[0][1:]
            forms = tuple(join([form, *middle, final]) for form in first.forms for final in lasts)
            yield Spot(start, end, forms, _beside_capital(text, tokens, at, last))
        opens = [[*run, fold(word)] for run in opens]
        opens = [run for run in opens if known.goes_on(join(run))]


def _beside_capital(text: str, tokens: list[tuple[int, int, str]], at: int, last: int) -> bool:
    return cased(tokens[last][2]) and (_capital_before(text, tokens, at) or _capital_after(text, tokens, last))


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


def _korean(text: str, tokens: list[tuple[int, int, str]], at: int, known: Vocabulary) -> Iterator[Spot]:
    """Give the names a Korean word, alone or with the one or two after it, may begin with."""
    start, before = tokens[at][0], ""
    for last in range(at, min(at + 3, len(tokens))):
        word = tokens[last][2]
        if last > at and (not _joined(text[tokens[last - 1][1] : tokens[last][0]]) or not HANGUL.match(word)):
            return
        for name, length in hangul_stems(word):
            if before + name in known:
                yield Spot(start, tokens[last][0] + length, (before + name,), tail=word[length:])
        before += word
        if not known.goes_on(before):
            return


def _glued(run: str, offset: int, known: Vocabulary) -> Iterator[Spot]:
    for start in range(len(run) - 1):
        longest = known.longest(_bare(run[start : start + 3])[:2])
        most = min(len(run), start + _GLUED_MOST) if longest else start
        for end in range(most, start + 1, -1):
            form = _bare(run[start:end])
            if len(form) > longest or form not in known:
                continue
            if _inside_katakana(run, start, end) or "・" in (run[start], run[end - 1]):
                continue
            yield Spot(offset + start, offset + end, (form,))


def _bare(piece: str) -> str:
    """Write Han and kana without compatibility characters and middle dots."""
    return unicodedata.normalize("NFKC", piece).replace("・", "").replace("·", "")


def _inside_katakana(run: str, start: int, end: int) -> bool:
    def kana(character: str) -> bool:
        return "\u30a1" <= character <= "\u30ff" and character != "・"

    opens = start > 0 and kana(run[start - 1]) and kana(run[start])
    return opens or (end < len(run) and kana(run[end]) and kana(run[end - 1]))
