"""What a digest is made of: articles as their dated sentences go in, key dates come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["DigestOptions", "KeyDate", "Line", "NamedDay", "Told"]


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day a sentence speaks of. ``repeated``: not named there, but taken over from a day spoken of before."""

    day: date
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a digest sees it.

    ``position`` counts from 0 within the article, headline first. ``words`` are those beside the phrases of time. ``topical``: it
    speaks of what was asked for. ``terms`` are the stems of its content words. ``text``, ``words`` and ``terms`` may be left
    out where the sentence names no day and stands behind the lead: then only ``topical`` counts.
    """

    text: str
    position: int
    words: int
    topical: bool = False
    days: tuple[NamedDay, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An article as its sentences in reading order. ``published`` is the outlet's calendar day, None when unknown."""

    article_id: str
    published: date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """How many ``dates`` with how many ``sentences`` each, between two days, both included; None = no bound."""

    dates: int
    sentences: int
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the window."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day that matters, with verbatim sentences, the most telling first. ``weight`` is comparable within one digest."""

    day: date
    weight: float
    sentences: tuple[str, ...]
