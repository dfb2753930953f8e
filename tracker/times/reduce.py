"""Tokens that belong together become one before the grammar looks: numbers, months, years, relative times.

Each step is an expression over the row of token classes and a function from what it matched to the token that replaces
it. Their order is the grammar of small things: a number before what it counts, "two weeks ago" before "week".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tracker.times.classes import Alphabet
from tracker.times.tokens import Relative, Token, relative_classes

__all__ = ["Reducer"]

Values = Mapping[str, object]
Make = Callable[["Reducer", Mapping[str, Token]], Token | None]


@dataclass(frozen=True, slots=True)
class _Step:
    pattern: str
    make: Make


class Reducer:
    """Applies the steps for one language's alphabet."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._number = re.compile(
            f"[{alphabet.members('NUM')}{alphabet.members('MULT')}]{{2,}}|[{alphabet.members('MULT')}]"
        )
        self._multiplier = alphabet.members("MULT")
        self._steps = [(alphabet.compile(step.pattern), step.make) for step in _STEPS]

    def reduce(self, tokens: Sequence[Token], text: str) -> list[Token]:
        """Give the row with everything joined that is one thing."""
        row = self._join_numbers(list(tokens), text)
        for pattern, make in self._steps:
            row = self._apply(row, pattern, make)
        return row

    def token(self, start: int, end: int, classes: frozenset[str], values: Values) -> Token:
        """Make a token of this language's alphabet."""
        return Token(start, end, self._alphabet.character(*classes), values)

    def relative(self, start: int, end: int, relative: Relative) -> Token:
        """Make the token of a relative time."""
        name = "PREV" if relative.previous else "REL"
        return self.token(start, end, relative_classes(relative), {name: relative})

    def _apply(self, row: list[Token], pattern: re.Pattern[str], make: Make) -> list[Token]:
        chars = "".join(token.char for token in row)
        done: list[Token] = []
        at = 0
        for match in pattern.finditer(chars):
            groups = {name: row[index] for name in match.groupdict() if (index := match.start(name)) >= 0}
            groups["first"], groups["final"] = row[match.start()], row[match.end() - 1]
            made = make(self, groups)
            if made is not None:
                done += [*row[at : match.start()], made]
                at = match.end()
        return [*done, *row[at:]] if at else row

    def _join_numbers(self, row: list[Token], text: str) -> list[Token]:
        chars = "".join(token.char for token in row)
        done: list[Token] = []
        at = 0
        for match in self._number.finditer(chars):
            run = row[match.start() : match.end()]
            for first, last, value, year in _numbers(run, self._multiplier, text):
                start, end = match.start() + first, match.start() + last
                classes = frozenset({"YEAR", "NUM"}) if year else frozenset({"NUM"})
                values = {"NUM": value, "YEAR": value, "digits": 4} if year else {"NUM": value}
                done += [*row[at:start], self.token(row[start].start, row[end - 1].end, classes, values)]
                at = end
        return [*done, *row[at:]] if at else row


def _numbers(run: Sequence[Token], multiplier: str, text: str) -> list[tuple[int, int, float, bool]]:
    """Split a run of number words into numbers: (first, end, value, is a year spelled figure by figure)."""
    digits = [token.values.get("NUM") for token in run]
    spelled = len(run) == 4 and all(isinstance(d, int) and 0 <= d <= 9 for d in digits)
    if spelled and all("digits" not in token.values for token in run):
        value = int("".join(str(d) for d in digits))
        if 1500 <= value <= 2099:
            return [(0, 4, value, True)]
    found: list[tuple[int, int, float, bool]] = []
    first = 0
    total = section = small = 0.0
    used = 0
    for index, token in enumerate(run):
        apart = index > first and not _adjacent(run[index - 1], token, text)
        if token.char in multiplier and not apart:
            factor = float(str(token.values["MULT"]))
            if factor >= 1000:
                total, section, small = total + max(section + small, 1) * factor, 0.0, 0.0
            else:
                section, small = section + max(small, 1) * factor, 0.0
        else:
            value_ = token.values.get("NUM", token.values.get("MULT"))
            number = float(str(value_))
            joins = index > first and not apart and _continues(total + section, small, number)
            if index > first and not joins:
                found.append((first, index, total + section + small, False))
                first, total, section, small = index, 0.0, 0.0, 0.0
            small += number
        used = index + 1
    found.append((first, used, total + section + small, False))
    return [
        (a, b, int(v) if v.is_integer() else v, y) for a, b, v, y in found if b - a > 1 or run[a].char in multiplier
    ]


def _continues(larger: float, small: float, value: float) -> bool:
    if small:
        return 20 <= small <= 90 and small % 10 == 0 and 0 < value < 10
    return larger > value > 0


def _adjacent(left: Token, right: Token, text: str) -> bool:
    return text[left.end : right.start].strip(" -\t") == ""


def _whole(token: Token, name: str) -> float:
    return float(str(token.values[name]))


def _month(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    value = _whole(groups["n"], "NUM")
    if not 1 <= value <= 12 or value % 1:
        return None
    return reducer.token(
        groups["first"].start, groups["final"].end, frozenset({"MONTH"}), {"MONTH": int(value), "marked": 1}
    )


def _year(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    values = {"YEAR": groups["y"].values["YEAR"], "cued": 1}
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"YEAR"}), values)


def _era(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    value = _whole(groups["e"], "ERA") + _whole(groups["n"], "NUM")
    values = {"YEAR": int(value), "cued": 1}
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"YEAR"}), values)


def _amount(groups: Mapping[str, Token]) -> tuple[str, float]:
    """Give unit and number of "two weeks", "half a year", "sebulan"."""
    if "s" in groups:
        timed, figure, letter = _SPAN.fullmatch(str(groups["s"].values["SPAN"])).groups()  # type: ignore[union-attr]  # the schema saw to it
        unit, number = (
            _SPANNED[timed + letter],
            -1.0 if figure == "X" else float(figure),
        )  # -1: some, nobody says how many
    else:
        unit, _, times = str(groups["z"].values["UNIT"]).partition("*")
        number = (_whole(groups["n"], "NUM") if "n" in groups else 1.0) * float(times or 1)
    if number % 1 and unit in _SMALLER:
        smaller, factor = _SMALLER[unit]
        unit, number = smaller, float(round(number * factor))
    return unit, number


_SPAN = re.compile("P(?P<timed>T?)(?P<figure>[0-9]+|X)(?P<letter>[YMWDH])")
_SPANNED = {"D": "day", "W": "week", "M": "month", "Y": "year", "TH": "hour", "TM": "minute"}
_SMALLER = {"year": ("month", 12), "month": ("day", 30), "day": ("hour", 24), "week": ("day", 7), "hour": ("minute", 60),
            "decade": ("year", 10), "century": ("year", 100)}  # fmt: skip


def _counted(sign: int, *, previous: bool = False, certain: bool = True) -> Make:
    def make(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
        unit, number = _amount(groups)
        if not 0 <= number <= 3000:
            return None
        relative = Relative(unit, sign * number, counted=True, previous=previous, certain=certain)
        return reducer.relative(groups["first"].start, groups["final"].end, relative)

    return make


def _turned(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join "last week"; several of them ("coming weeks") are an amount nobody counts."""
    turn = groups["t"].values.get("MODB", groups["t"].values.get("MODA"))
    unit, _, times = str(groups["z"].values["UNIT"]).partition("*")
    if unit in _TOO_SHORT or times or "SEASON" in groups["z"].values or "PLURAL" in groups["z"].values:
        return None
    return reducer.relative(groups["first"].start, groups["final"].end, Relative(unit, float(str(turn))))


_TOO_SHORT = ("second", "minute", "hour")
_AMOUNT = "(?:(?P<n><NUM>|<DECIMAL>)(?P<z><UNIT>)|(?P<s><SPAN>))"
_STEPS = (
    _Step("(?P<n><NUM>)<MONTH_AFTER>", _month),
    _Step("(?P<e><ERA>)(?P<n><NUM>)<YEAR_AFTER>", _era),
    _Step("<YEAR_BEFORE><OF>?(?P<y><YEAR>)<YEAR_AFTER>?|(?P<x><YEAR>)<YEAR_AFTER>", lambda r, g: _year(r, g if "y" in g else {**g, "y": g["x"]})),
    _Step(f"<APPROXB>?{_AMOUNT}<AGOA>|<AGOB><APPROXB>?{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(-1)(r, _renamed(g))),
    _Step(f"{_AMOUNT}<AHEADA>", _counted(1)),
    _Step(f"{_AMOUNT}<WITHIN_AFTER>", _counted(1, certain=False)),
    _Step(f"<AHEADB>{_AMOUNT}", _counted(1, certain=False)),
    _Step(f"{_AMOUNT}<LATERA>|<LATERB>{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(1, previous=True)(r, _renamed(g))),
    _Step(f"{_AMOUNT}<EARLIERA>|<EARLIERB>{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(-1, previous=True)(r, _renamed(g))),
    _Step("(?P<t><MODB>)(?P<z><UNIT>)|(?P<z2><UNIT>)(?P<t2><MODA>)(?!<UNIT>)", lambda r, g: _turned(r, _renamed(g))),
)  # fmt: skip


def _renamed(groups: Mapping[str, Token]) -> Mapping[str, Token]:
    """Give the groups of a second alternative the names of the first."""
    return {name.rstrip("2"): token for name, token in groups.items()}
