"""From the tokens a production matched to a symbol; None where they say no time after all (the guards of the grammar)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.times.symbols import Symbol
from tracker.times.tokens import FIRST_YEAR, LAST_YEAR, Relative, Token

__all__ = ["Builder", "Hit", "Piece"]

Order = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a production matched: its named tokens, the row and where in it, and the language's order of figures.

    ``kin`` tells which classes the token at an index of the row may be.
    """

    groups: Mapping[str, Token]
    row: Sequence[Token]
    first: int
    end: int
    order: Order
    rule: str
    kin: Callable[[int, str], bool]

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
        """Give last, this or next (-1 0 1) as said before or after the name."""
        before = self.whole("t", "MODB")
        return before if before is not None else self.whole("ut", "MODA")

    def year(self) -> tuple[int | None, int | None]:
        """Give the year said, or the number of years from the anchor's."""
        relative = self.relative("y")
        if relative is not None:
            return None, int(relative.offset)
        year = self.whole("y", "YEAR")
        return year, None

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


def figures(hit: Hit) -> Symbol | None:
    """Read 2025-06-17, 17/6/2025, 6/17/25; the language's order where both would do."""
    numbers = [int(n) for n in re.split("[-/.]", hit.text("x", "DATE3"))]
    found = _order3(numbers, hit.text("x", "DATE3"), hit.order)
    if found is None:
        return None
    year, month, day = found
    return Symbol("date", hit.rule, year=year, month=month, day=day, weekday=hit.whole("w", "WDAY"))


def _order3(numbers: Sequence[int], text: str, order: Order) -> tuple[int, int, int] | None:
    if len(text.partition(text[4] if text[:4].isdigit() else " ")[0]) == 4:
        candidates = [(numbers[0], numbers[1], numbers[2])]
    else:
        year = numbers[2] if numbers[2] > 99 else numbers[2] + (2000 if numbers[2] < 70 else 1900)
        candidates = [(year, numbers[1], numbers[0]), (year, numbers[0], numbers[1])]
        if order == "mdy":
            candidates.reverse()
    return next((c for c in candidates if FIRST_YEAR <= c[0] <= LAST_YEAR and _exists(*c)), None)


def _exists(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def pair(hit: Hit) -> Symbol | None:
    """Read 13/5 beside a weekday or in brackets; a relative day before it is its own confirmation."""
    if "x" in hit.groups and "DATE3" in hit.groups["x"].values:
        return figures(hit)
    first, second = (int(n) for n in re.split("[/.]", hit.text("xv", "DATE2")))
    candidates = [(second, first), (first, second)] if hit.order == "dmy" else [(first, second), (second, first)]
    found = next(((m, d) for m, d in candidates if _exists(None, m, d)), None)
    return Symbol("date", hit.rule, month=found[0], day=found[1], weekday=hit.whole("w", "WDAY")) if found else None


def _day(hit: Hit, name: str = "d") -> int | None:
    token = hit.groups.get(name)
    if token is None or "big" in token.values:
        return None
    day = hit.whole(name, "NUM")
    day = day if day is not None else hit.whole(name, "ORD")
    return day if day is not None and 1 <= day <= 31 else None


def day_month(hit: Hit) -> Symbol | None:
    """Read "17 June 2025", "June 17", "6月17日"."""
    day, month = _day(hit), hit.whole("m", "MONTH")
    year, year_offset = hit.year()
    if day is None or month is None or not _exists(year, month, day):
        return None
    return Symbol(
        "date", hit.rule, year=full_year(year), month=month, day=day, weekday=hit.whole("wv", "WDAY"), turn=hit.turn(),
        year_offset=year_offset, daypart=hit.text("ab", "DAYPART"),
    )  # fmt: skip


def full_year(year: int | None) -> int | None:
    """Give a year of two figures its century, the nearer one; others stay."""
    if year is None or year > 99:
        return year
    return year + (2000 if year < 40 else 1900)


def year_and_month(hit: Hit) -> Symbol | None:
    """Read "last year in August", "2024 yılının Haziran ayında": a bare figure before a month needs a word that makes it a year."""
    token = hit.groups["y"]
    return month(hit) if "YEAR" not in token.values or token.values.get("cued") else None


def day_range(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "26-28 April 2025": two days, and the span they make."""
    first, last, month = _day(hit), _day(hit, "e"), hit.whole("m", "MONTH")
    year, year_offset = hit.year()
    if first is None or last is None or month is None or first >= last or not _exists(year, month, last):
        return None
    whole = Symbol(
        "date", hit.rule, year=full_year(year), month=month, day=first, last_day=last, year_offset=year_offset
    )
    split = hit.groups["e"].start if hit.groups["m"].start > hit.groups["e"].start else None
    start, end = hit.row[hit.first].start, hit.row[hit.end - 1].end
    if split is None:
        return (Piece(whole, start, end),)
    return (Piece(whole, start, hit.groups["d"].end), Piece(replace(whole, number=last), split, end))


def month(hit: Hit) -> Symbol | None:
    """Read "June 2025", "early June", "last June"; a bare name that is also a word needs company."""
    value = hit.whole("m", "MONTH")
    year, year_offset = hit.year()
    if value is None or (hit.groups["m"].values.get("marked") and hit.kin(hit.end, "DAY_AFTER")):
        return None
    company = year is not None or year_offset is not None or hit.turn() is not None or bool(hit.part())
    cued = company or hit.kin(hit.first - 1, "ON") or hit.kin(hit.first - 1, "OF")
    return Symbol(
        "date", hit.rule, unit="month", year=full_year(year), month=value, turn=hit.turn(), year_offset=year_offset,
        mod=hit.part(), cued=cued,
    )  # fmt: skip


def weekday_day(hit: Hit) -> Symbol | None:
    """Read "Tuesday the 17th", "martes 17", "terça-feira (17)": only where the calendar agrees, which the resolver checks.

    A number word counts something ("Monday, two people"), and so do bare figures before a word ("on Monday 15 people").
    """
    day, weekday_ = _day(hit), hit.whole("w", "WDAY")
    token = hit.groups["d"]
    ordinal = "ORD" in token.values or hit.kin(hit.end - 1, "ORDINAL_AFTER") or hit.kin(hit.end - 1, "DAY_AFTER")
    if not ordinal and ("digits" not in token.values or ("l" not in hit.groups and hit.kin(hit.end, "OTHER"))):
        return None
    if not day or not weekday_:
        return None
    return Symbol("date", hit.rule, day=day, weekday=weekday_, turn=hit.turn(), daypart=hit.text("a", "DAYPART"))


def weekday(hit: Hit) -> Symbol | None:
    """Read "Monday", "last Monday", "Monday morning", "Monday of last week"."""
    value = hit.whole("wv", "WDAY")
    relative = hit.relative("rs")
    company = hit.turn() is not None or relative is not None or "p" in hit.groups
    return Symbol(
        "date", hit.rule, weekday=value, turn=hit.turn(), daypart=hit.text("p", "DAYPART"),
        week_offset=int(relative.offset) if relative else None,
        cued=company or hit.kin(hit.first - 1, "ON") or hit.kin(hit.first - 1, "LEFT") or hit.kin(hit.end, "LEFT") or _between_commas(hit),
    )  # fmt: skip


def _between_commas(hit: Hit) -> bool:
    """Tell whether a word stands by itself at the end of a clause: "…, Sunday."."""
    return hit.kin(hit.first - 1, "COMMA") and any(hit.kin(hit.end, name) for name in ("COMMA", "DOT", "STOP"))


def season(hit: Hit) -> Symbol | None:
    """Read "summer 2024", "last summer", "in summer"."""
    year, year_offset = hit.year()
    company = year is not None or year_offset is not None or hit.turn() is not None
    return Symbol(
        "date", hit.rule, unit="season", number=hit.whole("s", "SEASON"), year=full_year(year), year_offset=year_offset,
        turn=hit.turn(), mod=hit.part(), cued=company,
    )  # fmt: skip


def numbered(hit: Hit) -> Symbol | None:
    """Read "third quarter of 2024", "first half", "19th century": an ordinal, or a number written after its unit."""
    unit = hit.text("z", "UNIT")
    number = hit.whole("o", "ORD") or hit.whole("o", "NUM")
    ordinal = hit.whole("o", "ORD") is not None or "h" in hit.groups or hit.groups["z"].start < hit.groups["o"].start
    year, year_offset = hit.year()
    if number is None or not ordinal:
        return None
    if unit == "century" and 15 <= number <= 21 and year is None:
        return Symbol("date", hit.rule, unit="century", year=(number - 1) * 100)
    limit = {"quarter": 4, "half": 2}.get(unit, 0)
    if not 1 <= number <= limit:
        return None
    return Symbol("date", hit.rule, unit=unit, number=number, year=full_year(year), year_offset=year_offset)


def named_part(hit: Hit) -> Symbol | None:
    """Read a word that names a half or quarter by itself: 上半年, 하반기."""
    unit, number = hit.text("x", "NUMBERED")[:-1], int(hit.text("x", "NUMBERED")[-1])
    year, year_offset = hit.year()
    return Symbol("date", hit.rule, unit=unit, number=number, year=full_year(year), year_offset=year_offset)


def quarter(hit: Hit) -> Symbol | None:
    """Read "Q3 2024"."""
    number = hit.whole("o", "NUM")
    year, year_offset = hit.year()
    if number is None or not 1 <= number <= 4:
        return None
    return Symbol("date", hit.rule, unit="quarter", number=number, year=full_year(year), year_offset=year_offset)


def decade(hit: Hit) -> Symbol | None:
    """Read "the 1990s", "the 90s"."""
    year = hit.whole("yv", "YEAR")
    year = year if year is not None else hit.whole("yv", "NUM")
    figures = "digits" in hit.groups.get("v", hit.row[hit.first]).values
    if "v" in hit.groups and figures and hit.kin(hit.end, "OTHER") and year is not None and year < FIRST_YEAR:
        return None  # "años 20 personas": the number counts what follows
    if year is None or year % 10 or not (year >= FIRST_YEAR or 20 <= year <= 90):
        return None
    return Symbol("date", hit.rule, unit="decade", year=year if year > 99 else 1900 + year)


_YEAR_CUES = (
    "ON",
    "LEFT",
    "FROM",
    "TO",
    "DASH",
    "SINCE_BEFORE",
    "UNTIL_BEFORE",
    "YEAR_BEFORE",
    "EARLIER_THAN",
    "LATER_THAN",
)
_RECENT = (1950, 2049)
_NO_YEAR_BEHIND = ("CURRENCY", "NUM", "DECIMAL", "SLASH", "DASH", "YEAR", "DOT")
_NOT_YEARS = ("UNIT", "PERCENT", "CURRENCY", "MULT", "NUM", "DECIMAL", "SLASH")


def year(hit: Hit) -> Symbol | None:
    """Read a year that a word, a preposition or a bracket marks as one; never a number before what it counts."""
    token = hit.groups["y"]
    if not token.values.get("cued"):
        if any(hit.kin(hit.end, name) for name in _NOT_YEARS):
            return None
        beside = hit.kin(hit.first - 1, "DASH") and hit.kin(hit.first - 2, "YEAR")
        ahead = hit.kin(hit.end, "DASH") and hit.kin(hit.end + 1, "YEAR")
        cued = any(hit.kin(hit.first - 1, name) for name in _YEAR_CUES if name != "DASH")
        if not (cued or beside or ahead or hit.part() or _stands_as_year(hit)):
            return None
        if _counts(hit) and not beside:
            return None
    return Symbol("date", hit.rule, unit="year", year=hit.whole("y", "YEAR"), mod=hit.part())


def _stands_as_year(hit: Hit) -> bool:
    """Tell whether four figures of our time are a year without any word for it.

    They are where no word follows that they could count ("results for 2012,"), or after an article ("the 1987 crash").
    """
    if not _RECENT[0] <= (hit.whole("y", "YEAR") or 0) <= _RECENT[1]:
        return False
    if any(hit.kin(hit.first - 1, name) for name in _NO_YEAR_BEHIND):
        return False
    return not hit.kin(hit.end, "OTHER") or hit.kin(hit.first - 1, "THE")


def _counts(hit: Hit) -> bool:
    """Tell whether a round number behind a linking word rather counts the noun behind it: "and 2000 people"."""
    links = ("AND", "FROM", "TO")
    round_number = (hit.whole("y", "YEAR") or 0) % 50 == 0
    return round_number and any(hit.kin(hit.first - 1, name) for name in links) and hit.kin(hit.end, "OTHER")


def relative(hit: Hit) -> Symbol | None:
    """Read "yesterday", "two weeks ago", "early last year", "the next day"."""
    said = hit.relative("rs")
    if said is None:
        return None
    if said.unit == "season" or (said.counted and "w" in hit.groups):
        return None
    return Symbol(
        "date", hit.rule, unit=said.unit, offset=said.offset, counted=said.counted,
        base="previous" if said.previous else "dct", mod=hit.part(),
        daypart=said.daypart or hit.text("d", "DAYPART"), cued=said.certain, weekday=hit.whole("w", "WDAY"),
    )  # fmt: skip


def day_of_month(hit: Hit) -> Symbol | None:
    """Read "17일", "tanggal 17", "on the 17th"."""
    day = _day(hit) or _day(hit, "e")
    said = hit.relative("r")
    if day is None or hit.kin(hit.end, "MONTH"):
        return None
    return Symbol(
        "date", hit.rule, day=day, weekday=hit.whole("w", "WDAY"), turn=hit.turn(), month_offset=int(said.offset) if said else None,
        daypart=hit.text("b", "DAYPART"),
    )  # fmt: skip


def part(hit: Hit) -> Symbol | None:
    """Read "the end of the month": of the current one."""
    unit = hit.text("zv", "UNIT")
    if unit not in ("week", "month", "year", "decade", "century"):
        return None
    return Symbol("date", hit.rule, unit=unit, offset=0, mod=hit.part())


def daypart(hit: Hit) -> Symbol | None:
    """Read "this morning"."""
    turn = hit.turn()
    return Symbol("date", hit.rule, offset=turn or 0, daypart=hit.text("de", "DAYPART"))


def holiday(hit: Hit) -> Symbol | None:
    """Read a feast with a rule for its day."""
    said_year, year_offset = hit.year()
    return Symbol(
        "date",
        hit.rule,
        holiday=hit.text("h", "HOLIDAY"),
        year=full_year(said_year),
        year_offset=year_offset,
        turn=hit.turn(),
    )
