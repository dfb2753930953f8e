"""What a production matched, as the builders see it: its named tokens and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.times.symbols import Symbol
from tracker.times.tokens import Relative, Token

__all__ = ["Builder", "Hit", "Order", "Piece", "full_year"]

Order = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a production matched: its named tokens, the row and where in it, and the language's order of figures
    and its other calendar.

    ``kin`` tells which classes the token at an index of the row may be.
    """

    groups: Mapping[str, Token]
    row: Sequence[Token]
    first: int
    end: int
    order: Order
    rule: str
    kin: Callable[[int, str], bool]
    calendar: str = ""

    def value(self, names: str, class_: str) -> object:
        """Give the value of the first of several named tokens that matched; None for none."""
        for name in names:
            if name in self.groups and class_ in self.groups[name].values:
                return self.groups[name].values[class_]
        return None

    def whole(self, names: str, class_: str) -> int | None:
        """Give a value as a whole number; None when absent or broken."""
        value = self.value(names, class_)
        return int(value) if isinstance(value, int) or (isinstance(value, float) and value.is_integer()) else None

    def text(self, names: str, class_: str) -> str:
        """Give a value as text, '' when absent."""
        value = self.value(names, class_)
        return "" if value is None else str(value)

    def relative(self, names: str) -> Relative | None:
        """Give a relative time."""
        for class_ in ("REL", "PREV"):
            value = self.value(names, class_)
            if isinstance(value, Relative):
                return value
        return None

    def turn(self) -> int | None:
        """Give last, this or next (-1 0 1) as said before or after the name; "this" before leaves the word to what is said after it."""
        before, after = self.whole("t", "MODB"), self.whole("ut", "MODA")
        return after if before is None or (before == 0 and after is not None) else before

    def year(self) -> tuple[int | None, int | None]:
        """Give the year said, or the number of years from the anchor's."""
        relative = self.relative("y")
        if relative is not None:
            return None, int(relative.offset)
        year = self.whole("y", "YEAR")
        return year, None

    def daypart(self, names: str) -> str:
        """Give the part of the day said beside a weekday, or written on to it."""
        return self.text(names, "DAYPART") or self.text("wv", "part")

    def part(self) -> str:
        """Give START, MID or END."""
        return self.text("p", "PARTB") or self.text("q", "PARTA")


@dataclass(frozen=True, slots=True)
class Piece:
    """A symbol and the characters it stands on."""

    symbol: Symbol
    start: int
    end: int


Builder = Callable[[Hit], "Symbol | tuple[Piece, ...] | None"]


def full_year(year: int | None) -> int | None:
    """Give a year of two figures its century, the nearer one; others stay."""
    if year is None or year > 99:
        return year
    return year + (2000 if year < 40 else 1900)
