"""A phrase as the grammar found it: a symbol, its place, and the marks beside it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.times.hits import Piece

__all__ = ["Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A symbol with its place in the text and the marks beside it."""

    piece: Piece
    before: str  # classes of interest left of it: SINCE_BEFORE …
    joined: bool  # "from … to" or a dash makes a span of it and the next phrase
    weak: bool  # a bare word that is a date only in company
    approximate: bool
    small: bool = False  # a bare word that is a name where it is written great
    apposed: bool = False  # a comma or a bracket, and small words at most, stand between it and the next phrase
    linked: bool = False  # a single word for "to" or "and", or a dash, stands between it and the next phrase
