"""From the tokens of a day, a month or a relative time to a symbol; None where they say no time after all (the guards of the grammar)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace

from tracker.times.foreign import foreign_figures
from tracker.times.hits import Hit, Order, Piece, full_year
from tracker.times.symbols import Symbol
from tracker.times.tokens import FIRST_YEAR, LAST_YEAR

__all__ = [
    "day_month",
    "day_of_month",
    "day_range",
    "daypart",
    "figures",
    "holiday",
    "month",
    "pair",
    "relative",
    "weekday",
    "weekday_day",
    "weekdays_away",
    "year_and_month",
    "year_first",
]


def figures(hit: Hit) -> Symbol | None:
    """Read 2025-06-17, 17/6/2025, 6/17/25; the language's order where both would do."""
    numbers = [int(n) for n in re.split("[-/.]", hit.text("x", "DATE3"))]
    found = _order3(numbers, hit.text("x", "DATE3"), hit.order)
    if found is None:
        return foreign_figures(hit, hit.calendar, numbers)
    year, month, day = found
    return Symbol(
        "date",
        hit.rule,
        year=year,
        month=month,
        day=day,
        weekday=hit.whole("w", "WDAY"),
        daypart=hit.text("b", "DAYPART"),
    )


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
    if "/" not in hit.text("xv", "DATE2"):  # "9.30" is no 30 September where days come first, but an hour
        candidates = candidates[:1]
        if hit.kin(hit.end, "CLOCK_AFTER"):
            return None
    found = next(((m, d) for m, d in candidates if _exists(None, m, d)), None)
    if found is None or ("t" in hit.groups and "/" not in hit.text("x", "DATE2")):
        return None
    return Symbol(
        "date", hit.rule, month=found[0], day=found[1], weekday=hit.whole("w", "WDAY"), turn=hit.turn(),
        daypart=hit.text("ab", "DAYPART"),
    )  # fmt: skip


def _day(hit: Hit, name: str = "d") -> int | None:
    token = hit.groups.get(name)
    if token is None or "big" in token.values or "INDEF" in token.values:
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
    if hit.order == "mdy" and hit.kin(hit.first, "NUM") and hit.kin(hit.first - 1, "MONTH"):
        return None  # "July 13 - July 15": the day belongs to the month before it
    return Symbol(
        "date", hit.rule, year=full_year(year), month=month, day=day, weekday=hit.whole("wv", "WDAY"), turn=hit.turn(),
        year_offset=year_offset, daypart=hit.daypart("abf"),
    )  # fmt: skip


def year_first(hit: Hit) -> Symbol | None:
    """Read "2025 წლის 17 ივნისი": before a day the year needs a word that makes it one."""
    return day_month(hit) if hit.groups["y"].values.get("cued") else None


def year_and_month(hit: Hit) -> Symbol | None:
    """Read "last year in August", "2024 yılının Haziran ayında": a bare figure before a month needs a word that makes it a year."""
    token, said = hit.groups["y"], hit.whole("y", "YEAR")
    alone = said is not None and _NEAR[0] <= said <= _NEAR[1] and not hit.kin(hit.end, "NUM")
    return month(hit) if "YEAR" not in token.values or token.values.get("cued") or alone else None


_NEAR = (1990, 2049)  # four figures before a month that are rather a year than a count


def year_and_day(hit: Hit) -> Symbol | None:
    """Read "tuleva aasta 3. märtsil", "2020 में 28 जून": figures before a day need a word that makes them a year."""
    token = hit.groups["y"]
    return day_month(hit) if "YEAR" not in token.values or token.values.get("cued") else None


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
    if hit.kin(hit.end, "ORD"):
        return None  # a month told by its number follows
    before = token.start < hit.groups["w"].start  # in requests: "21 Monday", but not "one Monday", "9 - 11 Monday"
    if before and (hit.kin(hit.first - 1, "DASH") or ("digits" not in token.values and (day or 0) <= _FEW)):
        return None
    told = "digits" in token.values or "h" in hit.groups
    if not ordinal and not before and not (told and ("l" in hit.groups or not _counts_on(hit))):
        return None
    counted = any(hit.kin(hit.end, name) for name in ("OTHER", "UNIT"))
    if "ORD" in token.values and "digits" not in token.values and counted:
        return None  # "on Tuesday the first results"
    if not day or not weekday_ or any(hit.kin(hit.end, name) for name in _HOURS):
        return None
    return Symbol("date", hit.rule, day=day, weekday=weekday_, turn=hit.turn(), daypart=hit.daypart("a"))


_FEW = 12  # number words up to it rather count


def _counts_on(hit: Hit) -> bool:
    """Tell whether a number may count what stands behind it."""
    return any(hit.kin(hit.end, name) for name in ("OTHER", "UNIT", "MULT", "PERCENT", "CURRENCY"))


_HOURS = ("CLOCK_AFTER", "AM", "PM")  # "Saturday 5 o'clock" is no fifth of a month


def weekdays_away(hit: Hit) -> Symbol | None:
    """Read "two Sundays ago", "three Fridays from now"."""
    count = hit.whole("nk", "NUM")
    if not count or count > _MANY_WEEKS:
        return None
    past = "g" in hit.groups or "k" in hit.groups
    return Symbol("date", hit.rule, weekday=hit.whole("wx", "WDAY"), turn=-count if past else count)


_MANY_WEEKS = 60


def weekday(hit: Hit) -> Symbol | None:
    """Read "Monday", "last Monday", "Monday morning", "Monday of last week"."""
    value = hit.whole("wv", "WDAY")
    relative = hit.relative("rs")
    if relative is None and hit.turn() is None and any("SETWORD" in token.values for token in hit.groups.values()):
        return None  # "Mondays": again and again
    company = hit.turn() is not None or relative is not None or "p" in hit.groups
    return Symbol(
        "date", hit.rule, weekday=value, turn=hit.turn(), daypart=hit.daypart("pq"),
        week_offset=int(relative.offset) if relative else None,
        cued=company or hit.kin(hit.first - 1, "ON") or hit.kin(hit.first - 1, "LEFT") or hit.kin(hit.end, "LEFT") or _between_commas(hit),
    )  # fmt: skip


def _between_commas(hit: Hit) -> bool:
    """Tell whether a word stands by itself at the end of a clause: "…, Sunday."."""
    return hit.kin(hit.first - 1, "COMMA") and any(hit.kin(hit.end, name) for name in ("COMMA", "DOT", "STOP"))


def relative(hit: Hit) -> Symbol | None:
    """Read "yesterday", "two weeks ago", "early last year", "the next day"."""
    said = hit.relative("rs")
    if said is None:
        return None
    if said.unit == "season" or (said.counted and "w" in hit.groups):
        return None
    return Symbol(
        "date", hit.rule, unit=said.unit, offset=said.offset, counted=said.counted,
        base="previous" if said.previous else "dct", mod=hit.part() or said.part,
        daypart=said.daypart or hit.text("d", "DAYPART"), cued=said.certain, weekday=hit.whole("w", "WDAY"),
        either=said.either, amount=said.amount,
    )  # fmt: skip


def day_of_month(hit: Hit) -> Symbol | None:
    """Read "17일", "tanggal 17", "on the 17th"."""
    day = _day(hit) or _day(hit, "e")
    said = hit.relative("r")
    if day is None or hit.kin(hit.end, "MONTH"):
        return None
    if "e" in hit.groups and any(hit.kin(hit.end, name) for name in ("OTHER", "UNIT", "AMID")):
        return None  # "on the 25th anniversary", "in 4th place"
    return Symbol(
        "date", hit.rule, day=day, weekday=hit.whole("w", "WDAY"), turn=hit.turn(), month_offset=int(said.offset) if said else None,
        daypart=hit.text("b", "DAYPART"),
    )  # fmt: skip


def daypart(hit: Hit) -> Symbol | None:
    """Read "this morning"."""
    turn = hit.turn()
    return Symbol("date", hit.rule, offset=turn or 0, daypart=hit.text("de", "DAYPART"), mod=hit.part())


def whole_daypart(hit: Hit) -> Symbol | None:
    """Read "early in the morning" where a request says nothing else."""
    alone = hit.first == 0 or (hit.first == 1 and any(hit.kin(0, name) for name in ("THE", "ON", "OF")))
    return daypart(hit) if alone and hit.end == len(hit.row) else None


def spaced(hit: Hit) -> Symbol | None:
    """Read "20 02 2014", "31 10", "17 del 11": the figures of a request that says nothing else, or a year."""
    figures_ = [hit.groups[name].values.get("digits") for name in "dny" if name in hit.groups]
    first, second, year_ = hit.whole("d", "NUM"), hit.whole("n", "NUM"), hit.whole("y", "NUM")
    year_ = year_ if year_ is not None else hit.whole("y", "YEAR")
    whole = hit.first == 0 and hit.end == len(hit.row)
    said = year_ is not None and year_ >= FIRST_YEAR
    if first is None or second is None or not all(figures_) or not (whole or (said and not _counts_on(hit))):
        return None
    month_, day = (first, second) if hit.order == "mdy" else (second, first)
    return (
        Symbol("date", hit.rule, year=full_year(year_), month=month_, day=day) if _exists(None, month_, day) else None
    )


def numbered_day(hit: Hit) -> Symbol | None:
    """Read "le 20 à 10 h": behind an article a bare day, where an hour or nothing follows."""
    day = _day(hit)
    last = hit.end == len(hit.row) or hit.kin(hit.end, "CLOCK_BEFORE") or hit.kin(hit.end, "CLOCK")
    return Symbol("date", hit.rule, day=day) if day and last and not hit.kin(hit.first - 1, "MONTH") else None


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
        shift=_days_from(hit),
    )


def _days_from(hit: Hit) -> tuple[int, str] | None:
    """Give the days of "H-3", before or after a feast."""
    days = hit.whole("n", "NUM")
    return None if days is None else (days if "a" in hit.groups else -days, "day")


def two_figures(hit: Hit) -> Symbol | None:
    """Read "27. 11. 2016", and in requests "15-2", "7. vierter": a day and the number of its month."""
    first = hit.whole("d", "NUM") if "d" in hit.groups else hit.whole("o", "ORD")
    second = hit.whole("vni", "NUM")
    second = hit.whole("ek", "ORD") if second is None else second
    year = hit.whole("y", "YEAR")
    beside = (
        hit.kin(hit.first - 1, name) or hit.kin(hit.end, name)
        for name in ("DASH", "SLASH", "NUM", "PERCENT", "CURRENCY")
    )
    if first is None or second is None or any(beside) or hit.kin(hit.end, "UNIT") or hit.kin(hit.end, "MONTH"):
        return None
    if "v" in hit.groups and not ("w" in hit.groups or _dated_dash(hit)):
        return None
    month_, day = (first, second) if hit.order == "mdy" else (second, first)
    if not _exists(year, month_, day):
        return None
    return Symbol(
        "date", hit.rule, year=year, month=month_, day=day, weekday=hit.whole("w", "WDAY"), daypart=hit.daypart("")
    )


def _dated_dash(hit: Hit) -> bool:
    """Tell whether "15-2" is a day rather than hours or a score: behind "on", or where nothing else is said."""
    if not all("digits" in hit.groups[name].values for name in "dv"):
        return False
    return hit.kin(hit.first - 1, "ON") or (hit.first == 0 and hit.end == len(hit.row))


def day_alone(hit: Hit) -> Symbol | None:
    """Read "am 15.", "op de eerste" of a request, where nothing follows that the ordinal could belong to."""
    ends = hit.end == len(hit.row) or any(hit.kin(hit.end, name) for name in ("COMMA", "DOT", "STOP", "CLOCK_BEFORE"))
    return day_of_month(hit) if ends else None
