"""Sentences with their places in the text, and which of it is quoted speech."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from tracker.mentions.lexicon import Lexicon
from tracker.mentions.posts import is_link
from tracker.spans import Spans

__all__ = ["MARKS", "Clause", "Sentence", "sentences", "trimmed"]

_END = re.compile(r"(?:[.!?…]+[\"”’»)\]」』]*(?=\s|$))|[。！？]+[”’」』）]*|[؟।۔]+[\"”»]*|\n+")
_QUOTED = re.compile(r"[“«„「『\"](?P<said>[^“”«»„「」『』\"\n]{2,600})[”»“」』\"]")
# "JAKARTA (Antara) - ", "Moscow, 17 June (TASS) —": where and when it was written, not what happened.
_DATELINE = re.compile(r"^(?:[^\n.!?]|\.(?=[a-z])){2,70}?(?:\)|\]|[A-ZА-ЯЁ.]{3,}|\b)\s?(?:--|—|–|-)\s", re.MULTILINE)
_INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
_MOST = 500  # characters a sentence may have before it is cut at a clause: a quote is to be read at a glance
MARKS = re.compile(r"(?<![0-9])[,:]\s*|[,:](?![0-9])\s*|[;،，；：、]\s*|\s[—–-]\s|—")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without blanks at its ends; ``number`` counts from 0 within its field.

    ``asks`` marks questions, ``aside`` what is no prose of the article: a quoted post, a row of links.
    """

    start: int
    end: int
    number: int
    asks: bool
    quoted: tuple[tuple[int, int], ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with a verb of its own, as far as commas and conjunctions tell."""

    start: int
    end: int


def sentences(
    text: str, lexicon: Lexicon, *, dateline: bool = False, stamps: Sequence[tuple[int, int]] = ()
) -> tuple[Sentence, ...]:
    """Split a text. With ``dateline``, the place and agency before the first sentence are left out.

    ``stamps`` are signatures of quoted posts: the sentence before each is its post, and they are part of none.
    """
    begin = 0
    if (
        dateline
        and (match := _DATELINE.match(text[:160]))
        and len(match[0].split()) <= 9
        and _looks_like_dateline(match[0])
    ):
        begin = match.end()
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    spoken = Spans(quotes)
    abbreviations = frozenset(lexicon.data.get("abbreviations"))
    found: list[Sentence] = []
    signed = list(stamps)
    for match in _END.finditer(text, begin):
        while signed and signed[0][0] < match.end():
            begin = _signed(found, text, begin, signed.pop(0), quotes)
        if match.start() < begin:
            continue
        if match[0].startswith(".") and _abbreviated(text, match.start(), abbreviations):
            continue
        if match[0].startswith("\n") and _goes_on(text, match.start(), match.end()):
            continue
        if spoken.hold(match.start() - 1, match.end() + 1) and "\n" not in match[0]:
            continue
        _add(found, text, begin, match.end(), quotes)
        begin = match.end()
    for stamp in signed:
        begin = _signed(found, text, begin, stamp, quotes)
    _add(found, text, begin, len(text), quotes)
    return tuple(found)


def _signed(
    found: list[Sentence], text: str, begin: int, stamp: tuple[int, int], quotes: Sequence[tuple[int, int]]
) -> int:
    """Mark the last sentence of the post before its signature; give where the text goes on."""
    if text[begin : stamp[0]].strip():
        _add(found, text, begin, stamp[0], quotes, aside=True)
    elif found:
        found[-1] = replace(found[-1], aside=True)
    return max(begin, stamp[1])


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a line break only breaks a line: the next one goes on in lower case, after no end of a sentence."""
    return end - start == 1 and start > 0 and text[start - 1] not in ".!?:;…" and text[end : end + 1].islower()


def _looks_like_dateline(text: str) -> bool:
    return "(" in text or text[:1].isupper() or not text.isascii()


def _abbreviated(text: str, dot: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether a full stop belongs to an abbreviation, an initial or a number ("dr.", "J.", "17. Juni")."""
    word = text[max(0, dot - 12) : dot + 1].split()[-1:] or [""]
    if word[0].lower() in abbreviations or word[0].lower().lstrip('("“«') in abbreviations:
        return True
    if _INITIAL.search(text[max(0, dot - 3) : dot + 1]):
        return True
    following = text[dot + 1 : dot + 3].lstrip()
    return bool(following) and following[0].islower()


def _add(
    found: list[Sentence], text: str, start: int, end: int, quotes: Sequence[tuple[int, int]], *, aside: bool = False
) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start < 2:
        return
    asks = text[start:end].rstrip('"”’»」』)').endswith(("?", "？", "؟"))
    for low, high in _cut(text, start, end):
        touching = quotes[bisect_right(quotes, low, key=itemgetter(1)) : bisect_left(quotes, high, key=itemgetter(0))]
        inner = tuple((max(a, start), min(b, end)) for a, b in touching)
        found.append(Sentence(low, high, len(found), asks, inner, aside or is_link(text[low:high])))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is too long to be quoted, at a mark where there is one."""
    pieces = []
    while end - start > _MOST:
        marks = [m.end() for m in MARKS.finditer(text, start + 80, start + _MOST)]
        at = marks[-1] if marks else text.rfind(" ", start + 80, start + _MOST)
        at = at if at > start else start + _MOST
        clause = trimmed(text, start, at)
        pieces.append((clause.start, clause.end))
        start = at
    clause = trimmed(text, start, end)
    return [*pieces, (clause.start, clause.end)]


def trimmed(text: str, start: int, end: int) -> Clause:
    """Give a stretch without blanks and marks at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;:،，；：、"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:،，；：、—–"):
        end -= 1
    return Clause(start, end)
