"""Number words that stand together become one number, a year or an ordinal: "two hundred and five", "nineteen ninety-seven"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.times.classes import Alphabet
from tracker.times.tokens import FIRST_YEAR, LAST_YEAR, Token

__all__ = ["Numbers"]

_THOUSAND = 1000
_FIGURES = 4  # of a year


class Numbers:
    """Joins the number words of one language's alphabet."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._is = {name: frozenset(alphabet.members(name)) for name in ("NUM", "MULT", "ORD", "AND", "DASH", "UNIT")}
        self._numerals = self._is["NUM"] | self._is["MULT"]
        self._leads_on = self._numerals | self._is["ORD"] | self._is["DASH"] | self._is["AND"]
        self._openers = frozenset(alphabet.members("MONTH") + alphabet.members("THE"))

    def join(self, row: Sequence[Token], text: str) -> list[Token]:
        """Give the row with every run of number words joined."""
        numerals = self._numerals
        done: list[Token] = []
        at, size = 0, len(row)
        while at < size:
            token = row[at]
            if token.char not in numerals or self._alone(row, at):
                at += 1
            else:
                at, token = self._read(row, at, text)
            done.append(token)
        return done

    def _alone(self, row: Sequence[Token], at: int) -> bool:
        """Tell at a glance that a number stands by itself: most do."""
        return row[at].char not in self._is["MULT"] and (at + 1 == len(row) or row[at + 1].char not in self._leads_on)

    def _number(self, row: Sequence[Token], at: int) -> bool:
        return at < len(row) and row[at].char in self._numerals

    def _word(self, row: Sequence[Token], at: int) -> bool:
        return at < len(row) and row[at].char in self._is["NUM"] and "digits" not in row[at].values

    def _read(self, row: Sequence[Token], at: int, text: str) -> tuple[int, Token]:
        """Give the end of the number that begins here, and its token."""
        if (year := self._figure_by_figure(row, at, text)) is not None:
            return year[0], self._year(row[at], row[year[0] - 1], year[1])
        end, value, multiplied = self._sum(row, at, text)
        spelled = all("digits" not in token.values for token in row[at:end])
        if spelled and (pair := self._in_two(row, end, int(value), text)) is not None and not multiplied:
            return pair[0], self._year(row[at], row[pair[0] - 1], pair[1])
        if spelled and self._is_year(value, multiplied):
            return end, self._year(row[at], row[end - 1], int(value), counts=True)
        if spelled and not multiplied and (after := self._ordinal_after(row, at, end, value, text)) is not None:
            number = value + float(str(row[after].values["ORD"]))
            return after + 1, self._token(row[at], row[after], frozenset({"ORD"}), {"ORD": int(number)})
        if end - at == 1 and not multiplied:
            return end, row[at]
        return end, self._token(
            row[at], row[end - 1], frozenset({"NUM"}), {"NUM": int(value) if value.is_integer() else value}
        )

    def _figure_by_figure(self, row: Sequence[Token], at: int, text: str) -> tuple[int, int] | None:
        """Read a year said as four figures, some of them perhaps in figures (二０００年): its end and its value.

        A run of more or fewer figures is none.
        """
        figures, end, words = "", at, False
        while self._number(row, end) and (part := _figure(row[end], text)) and len(figures) < _FIGURES:
            figures, end, words = figures + part, end + 1, words or "digits" not in row[end].values
        alone = not self._number(row, at - 1 if at else len(row)) and not self._number(row, end)
        if len(figures) != _FIGURES or not (alone and words):
            return None
        return (end, int(figures)) if FIRST_YEAR <= int(figures) <= LAST_YEAR else None

    def _sum(self, row: Sequence[Token], at: int, text: str) -> tuple[int, float, bool]:
        """Add up and multiply; give where the number ends, its value, and whether a hundred or more was said as a word."""
        total = section = small = 0.0
        multiplied, end = False, at
        after: int | None = at
        while after is not None:
            token = row[after]
            if token.char in self._is["MULT"]:
                factor, multiplied = float(str(token.values["MULT"])), True
                if factor >= _THOUSAND:
                    total, section, small = total + max(section + small, 1) * factor, 0.0, 0.0
                else:
                    section, small = section + max(small, 1) * factor, 0.0
            else:
                small += float(str(token.values["NUM"]))
            end = after + 1
            after = self._following(row, end, (total + section, small), text)
        return end, total + section + small, multiplied

    def _following(self, row: Sequence[Token], end: int, sums: tuple[float, float], text: str) -> int | None:
        """Give the index of the next part of the number; None where it ends."""
        last, (larger, small) = row[end - 1], sums
        if self._number(row, end):
            if not _adjacent(last, row[end], text):
                return None
            if row[end].char in self._is["MULT"]:
                return end
            if "digits" in last.values and "digits" in row[end].values:  # "20 2 2014" are three numbers
                return None
            return end if self._continues(row, end, larger, small) else None
        if end + 1 >= len(row) or not self._word(row, end + 1):
            return None
        if row[end].char in self._is["DASH"]:
            glued = last.end == row[end].start and row[end].end == row[end + 1].start
            return end + 1 if glued and "digits" not in last.values and self._tens(small, row[end + 1]) else None
        linked = row[end].char in self._is["AND"] and last.char in self._is["MULT"] and "digits" not in last.values
        if linked and not self._multiplied(row, end + 1) and 0 < float(str(row[end + 1].values["NUM"])) < larger:
            return end + 1
        return None

    def _multiplied(self, row: Sequence[Token], at: int) -> bool:
        return any(after < len(row) and row[after].char in self._is["MULT"] for after in (at + 1, at + 2))

    def _continues(self, row: Sequence[Token], at: int, larger: float, small: float) -> bool:
        if small:
            return self._tens(small, row[at])
        value = float(str(row[at].values["NUM"]))
        after_zero = not larger and at > 0 and row[at - 1].values.get("NUM") == 0  # 零五 is five
        return larger > value >= 0 or (after_zero and 0 < value < 10)

    @staticmethod
    def _tens(small: float, token: Token) -> bool:
        value = token.values.get("NUM", token.values.get("ORD"))
        return 20 <= small <= 90 and small % 10 == 0 and 0 < float(str(value)) < 10

    def _in_two(self, row: Sequence[Token], end: int, century: int, text: str) -> tuple[int, int] | None:
        """Read the second half of a year said in two: "nineteen" "ninety-seven"; not "eighteen fifteen-minute talks"."""
        if not FIRST_YEAR // 100 <= century <= LAST_YEAR // 100 or not self._word(row, end):
            return None
        between = text[row[end - 1].end : row[end].start]
        last, value, multiplied = self._sum(row, end, text)
        counted = last < len(row) and (row[last].char in self._is["UNIT"] or row[last].char in self._is["DASH"])
        if not between or not _adjacent(row[end - 1], row[end], text) or multiplied or not 10 <= value <= 99:
            return None
        return None if counted else (last, century * 100 + int(value))

    @staticmethod
    def _is_year(value: float, multiplied: bool) -> bool:
        return multiplied and value.is_integer() and FIRST_YEAR <= value <= LAST_YEAR

    def _ordinal_after(self, row: Sequence[Token], at: int, end: int, value: float, text: str) -> int | None:
        """Give the index of the ordinal that ends this number: "twenty-first"."""
        after = end + 1 if end < len(row) and row[end].char in self._is["DASH"] else end
        if after >= len(row) or row[after].char not in self._is["ORD"] or not _adjacent(row[end - 1], row[after], text):
            return None
        if not self._tens(value, row[after]):
            return None
        unit = row[after].char in self._is["UNIT"]  # "a twenty second delay"
        named = at > 0 and row[at - 1].char in self._openers
        return after if named or not unit else None

    def _year(self, first: Token, last: Token, value: int, *, counts: bool = False) -> Token:
        values = {"NUM": value, "YEAR": value, "digits": 4} | ({"counts": 1} if counts else {})
        return self._token(first, last, frozenset({"YEAR", "NUM"}), values)

    def _token(self, first: Token, last: Token, classes: frozenset[str], values: Mapping[str, object]) -> Token:
        return Token(first.start, last.end, self._alphabet.character(*classes), values)


def _figure(token: Token, text: str) -> str:
    """Give the figures of a token that is figures, or a word for one figure; '' for any other."""
    value = token.values.get("NUM")
    if "digits" in token.values:
        return text[token.start : token.end]
    return str(value) if isinstance(value, int) and 0 <= value <= 9 else ""


def _adjacent(left: Token, right: Token, text: str) -> bool:
    return text[left.end : right.start].strip(" -\t") == ""
