"""Tokens that belong together become one before the grammar looks: numbers, months, years, relative times.

Each step is an expression over the row of token classes and a function from what it matched to the token that replaces
it. Their order is the grammar of small things: a number before what it counts, "two weeks ago" before "week".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.times.classes import Alphabet
from tracker.times.numbers import Numbers
from tracker.times.tokens import FIRST_YEAR, LAST_YEAR, Relative, Token, relative_classes

__all__ = ["REMEMBERED", "ROWS", "Reducer"]

ROWS = 4096  # rows of classes a language remembers
REMEMBERED = 48  # classes of the longest one: longer ones do not come again

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
        self._numbers = Numbers(alphabet)
        self._steps = [(alphabet.compile(step.pattern), step.make) for step in _STEPS]
        self._remembered = lru_cache(maxsize=ROWS)(self._found)

    def reduce(self, tokens: Sequence[Token], text: str) -> list[Token]:
        """Give the row with everything joined that is one thing."""
        row = self._numbers.join(tokens, text)
        chars, at = _written(row), 0
        while (at := self._next(chars, at)) < len(self._steps):
            done = self._apply(row, chars, *self._steps[at])
            if done is not row:
                row, chars = done, _written(done)
            at += 1
        return row

    def _next(self, chars: str, at: int) -> int:
        """Give the next step from ``at`` on that has anything to do in a row of classes; how many there are, if none has."""
        return self._remembered(chars, at) if len(chars) <= REMEMBERED else self._found(chars, at)

    def _found(self, chars: str, at: int) -> int:
        while at < len(self._steps) and self._steps[at][0].search(chars) is None:
            at += 1
        return at

    def token(self, start: int, end: int, classes: frozenset[str], values: Values) -> Token:
        """Make a token of this language's alphabet."""
        return Token(start, end, self._alphabet.character(*classes), values)

    def relative(self, start: int, end: int, relative: Relative) -> Token:
        """Make the token of a relative time."""
        name = "PREV" if relative.previous else "REL"
        return self.token(start, end, relative_classes(relative), {name: relative})

    def _apply(self, row: list[Token], chars: str, pattern: re.Pattern[str], make: Make) -> list[Token]:
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


def _written(row: Sequence[Token]) -> str:
    return "".join([token.char for token in row])


def _whole(token: Token, name: str) -> float:
    return float(str(token.values[name]))


def _month(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    value = _whole(groups["n"], "NUM")
    if not 1 <= value <= 12 or value % 1:
        return None
    return reducer.token(
        groups["first"].start, groups["final"].end, frozenset({"MONTH"}), {"MONTH": int(value), "marked": 1}
    )


def _old_year(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Make a year of four figures with its word, however long ago or far ahead: 1368年, 2100년."""
    value, told = groups["n"].values.get("NUM"), groups["n"].values.get("digits") == 4
    if not isinstance(value, int) or not told or not 1000 <= value <= _LAST:
        return None
    return _year(reducer, {**groups, "y": groups["n"]._replace(values={"YEAR": value})})


_LAST = 2200


def _short_year(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Make a year of two figures that a month follows, or that no count would begin with: 97年12月, 07年."""
    figures = [groups[name].values for name in ("a", "b") if name in groups]
    value = sum(float(str(f["NUM"])) * 10**n for n, f in enumerate(reversed(figures)))
    single = len(figures) == 2 and all("digits" not in f and 0 <= float(str(f["NUM"])) <= 9 for f in figures)
    if (
        "UNIT" not in groups["k"].values
        or value % 1
        or not (single or (len(figures) == 1 and figures[0].get("digits") == 2))
    ):
        return None
    if "m" not in groups and not (value < 10 and not single):
        return None
    values = {"YEAR": int(value) + (2000 if value < 40 else 1900), "cued": 1}
    return reducer.token(groups["first"].start, groups["k"].end, frozenset({"YEAR"}), values)


def _year(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join a year and its word; one that only says "in" is no part of it."""
    values = {"YEAR": groups["y"].values["YEAR"], "cued": 1}
    final = groups["y" if "WITHIN_AFTER" in groups["final"].values else "final"]
    return reducer.token(groups["first"].start, final.end, frozenset({"YEAR"}), values)


def _era(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join "平成30年", "Juche 113", and long figures before an era."""
    figures = groups["n"].values.get("digits", 0)
    value = _whole(groups["e"] if "e" in groups else groups["f"], "ERA") + _whole(groups["n"], "NUM")
    plain = figures and FIRST_YEAR <= value <= LAST_YEAR and ("e" in groups or int(str(figures)) >= _LONG)
    if "a" not in groups and not plain:
        return None
    values = {"YEAR": int(value), "cued": 1}
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"YEAR"}), values)


_MOST = 3000  # units away
_LONG = 3  # figures of a number that may stand before its era


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
    return _whole_units(unit, number)


def _whole_units(unit: str, number: float) -> tuple[str, float]:
    """Write a part of a unit in the next smaller one."""
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
        if not 0 <= number <= _MOST:
            return None
        alone = None if certain else _place_of_amount(groups)
        relative = Relative(unit, sign * number, counted=True, previous=previous, certain=certain, amount=alone)
        return reducer.relative(groups["first"].start, groups["final"].end, relative)

    return make


def _place_of_amount(groups: Mapping[str, Token]) -> tuple[int, int]:
    """Give first and last character of number and unit, without a mere "in" before them or the word behind them; "within" says more."""
    start = groups["s" if "s" in groups else "n"].start
    return start if "ON" in groups["first"].values else groups["first"].start, groups["s" if "s" in groups else "z"].end


def _several(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join a number and "the week before" where the noun has no plural: "dua pekan sebelumnya" is two weeks before."""
    said, number = groups["r"].values["PREV"], _whole(groups["n"], "NUM")
    if "YEAR" in groups["n"].values or not isinstance(said, Relative) or abs(said.offset) != 1 or said.daypart:
        return None
    if number % 1 or not 2 <= number <= 100:
        return None
    relative = Relative(said.unit, number * said.offset, counted=True, previous=True)
    return reducer.relative(groups["first"].start, groups["final"].end, relative)


def _turned(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join "last week"; several of them ("coming weeks") are an amount nobody counts."""
    turn = groups["t"].values.get("MODB", groups["t"].values.get("MODA"))
    unit, _, times = str(groups["z"].values["UNIT"]).partition("*")
    if unit in _TOO_SHORT or times or "SEASON" in groups["z"].values or "PLURAL" in groups["z"].values:
        return None
    if unit == "day" and turn == -1:  # "the last day" is of something, no language calls yesterday so
        return None
    return reducer.relative(groups["first"].start, groups["final"].end, Relative(unit, float(str(turn))))


def _own_unit(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join a relative week with the word for a week right behind it: 下 + 周."""
    said, unit = groups["r"].values.get("REL"), groups["z"].values.get("UNIT")
    if not isinstance(said, Relative) or unit != said.unit or said.counted or groups["r"].end != groups["z"].start:
        return None
    return reducer.relative(groups["r"].start, groups["z"].end, said)


def _fraction(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Read "2 1/2", "1/2", "two and a half" before a unit."""
    if "i" in groups:
        part = _whole(groups["i"], "MINA") / 60
    else:
        above, below = (int(figure) for figure in re.split("[/.]", str(groups["f"].values["DATE2"])))
        part = above / below if 0 < above < below <= _SMALLEST_PART and "/" in str(groups["f"].values["DATE2"]) else 0
    whole = _whole(groups["n"], "NUM") if "n" in groups else 0.0
    if not 0 < part < 1 or whole % 1:
        return None
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"NUM"}), {"NUM": whole + part})


_SMALLEST_PART = 8


def _with_part(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Read "dois meses e meio" before "later": the part behind the unit is one of it."""
    number, (unit, one) = _whole(groups["n"], "NUM"), _amount({"z": groups["z"]})
    if number % 1 or one != 1 or unit not in ("year", "month", "week"):  # half a day moves no date
        return None
    unit, amount = _whole_units(unit, number + _whole(groups["i"], "MINA") / 60)
    letter = next((letter for letter, name in _SPANNED.items() if name == unit), "")
    if not letter or amount > _MOST:
        return None
    value = f"P{letter[:-1]}{amount:.0f}{letter[-1]}"
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"SPAN"}), {"SPAN": value})


def _qualified(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Read "eight trading", "two more" before a unit as their number."""
    values = {"NUM": groups["n"].values["NUM"]}
    return reducer.token(groups["first"].start, groups["final"].end, frozenset({"NUM"}), values)


def _days(groups: Mapping[str, Token]) -> int | None:
    """Give an amount of days or weeks in days; None for other units and for parts of a day."""
    unit, number = _amount(groups)
    days = number * {"day": 1, "week": 7}.get(unit, 0)
    return int(days) if 0 < days <= _MOST and days % 1 == 0 else None


def _summed(reducer: Reducer, groups: Mapping[str, Token]) -> Token | None:
    """Join "two weeks and three days ago"."""
    marks = [groups[name] for name in "ab" if name in groups]
    first = _days({"n": groups["n"], "z": groups["z"]})
    second = _days({"n": groups["m"], "z": groups["y"]})
    if len(marks) != 1 or first is None or second is None:
        return None
    sign = -1 if any(name.startswith("AGO") for name in marks[0].values) else 1
    relative = Relative("day", sign * (first + second), counted=True, certain="AHEADB" not in marks[0].values)
    return reducer.relative(groups["first"].start, groups["final"].end, relative)


_TOO_SHORT = ("second", "minute", "hour")
_AMOUNT = "(?:(?P<n><NUM>|<DECIMAL>)(?P<z><UNIT>)|(?P<s><SPAN>))"
_STEPS = (
    _Step("(?P<n><NUM>)<MONTH_AFTER>", _month),
    _Step("(?P<n><NUM>)?(?P<f><DATE2>)(?=<DASH>?<UNIT>)|(?P<n2><NUM>)(?P<i><MINA>)(?=<UNIT>)", lambda r, g: _fraction(r, _renamed(g))),
    _Step("(?P<n><NUM>)(?P<a><AMID>)(?=<UNIT>)", _qualified),
    _Step("(?P<n><NUM>)(?P<z><UNIT>)(?P<i><MINA>)(?=<AGOA>|<AHEADA>|<LATERA>|<EARLIERA>)|(?:(?<=<AGOB>)|(?<=<AGOB><APPROXB>)|(?<=<AHEADB>))(?P<n2><NUM>)(?P<z2><UNIT>)(?P<i2><MINA>)",
          lambda r, g: _with_part(r, _renamed(g))),
    _Step("(?P<e><ERA>)<OF>?(?P<n><NUM>)(?P<a><YEAR_AFTER>)?|(?P<n2><NUM>)(?P<f><ERA>)", lambda r, g: _era(r, _renamed(g))),
    _Step("(?P<n><NUM>)<YEAR_AFTER>", _old_year),
    _Step("(?P<a><NUM>)(?P<b><NUM>)?(?P<k><YEAR_AFTER>)(?=(?P<m><MONTH>)?)", _short_year),
    _Step("<YEAR_BEFORE><OF>?(?P<y><YEAR>)<YEAR_AFTER>?|(?P<x><YEAR>)<YEAR_AFTER>", lambda r, g: _year(r, g if "y" in g else {**g, "y": g["x"]})),
    _Step("(?P<b><AGOB>|<AHEADB>)?(?P<n><NUM>)(?P<z><UNIT>)<AND>(?P<m><NUM>)(?P<y><UNIT>)(?P<a><AGOA>|<AHEADA>)?", _summed),
    _Step(f"<APPROXB>?{_AMOUNT}<AGOA>|<AGOB><APPROXB>?{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(-1)(r, _renamed(g))),
    _Step(f"{_AMOUNT}<AHEADA>", _counted(1)),
    _Step(f"(?<!<MODB>){_AMOUNT}<WITHIN_AFTER>", _counted(1, certain=False)),
    _Step(f"<AHEADB>{_AMOUNT}(?!<LATERA>|<EARLIERA>)", _counted(1, certain=False)),
    _Step(f"{_AMOUNT}<LATERA>|<LATERB>{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(1, previous=True)(r, _renamed(g))),
    _Step(f"{_AMOUNT}<EARLIERA>|<EARLIERB>{_AMOUNT.replace('P<n>', 'P<n2>').replace('P<z>', 'P<z2>').replace('P<s>', 'P<s2>')}",
          lambda r, g: _counted(-1, previous=True)(r, _renamed(g))),
    _Step("(?P<r><RELW>)(?P<z><UNIT>)", _own_unit),
    _Step("(?P<n><NUM>)(?P<r><PREV>)", _several),
    _Step("(?P<t><MODB>)(?!<DAY_BEFORE><NUM>)(?P<z><UNIT>)|(?:(?<!<NUM>)|(?<=<DAY_BEFORE><NUM>))(?P<z2><UNIT>)(?P<t2><MODA>)(?!<UNIT>)", lambda r, g: _turned(r, _renamed(g))),
)  # fmt: skip


def _renamed(groups: Mapping[str, Token]) -> Mapping[str, Token]:
    """Give the groups of a second alternative the names of the first."""
    return {name.rstrip("2"): token for name, token in groups.items()}
