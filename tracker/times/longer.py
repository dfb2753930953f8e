"""From the tokens of a season, quarter, year, decade or century to a symbol; None where they say no time after all."""

from __future__ import annotations

from tracker.times.hits import Hit, full_year
from tracker.times.ordinals import LAST
from tracker.times.symbols import Symbol
from tracker.times.tokens import FIRST_YEAR

__all__ = ["century", "decade", "named_part", "numbered", "part", "quarter", "season", "year"]


def season(hit: Hit) -> Symbol | None:
    """Read "summer 2024", "last summer", "in summer"."""
    year, year_offset = hit.year()
    named = hit.kin(hit.first - 1, "ON") or (
        hit.kin(hit.first - 1, "THE") and hit.kin(hit.first - 2, "ON")
    )  # "over the summer"
    company = year is not None or year_offset is not None or hit.turn() is not None or named
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
        return Symbol("date", hit.rule, unit="century", year=(number - 1) * 100, mod=hit.part())
    limit = {"quarter": 4, "half": 2}.get(unit, 0)
    number = limit if number == LAST else number
    if not 1 <= number <= limit:
        return None
    return Symbol(
        "date", hit.rule, unit=unit, number=number, year=full_year(year), year_offset=year_offset, mod=hit.part()
    )


def named_part(hit: Hit) -> Symbol | None:
    """Read a word that names a half or quarter by itself: 上半年, 하반기."""
    unit, number = hit.text("x", "NUMBERED")[:-1], int(hit.text("x", "NUMBERED")[-1])
    year, year_offset = hit.year()
    year_offset = hit.turn() if year is None and year_offset is None else year_offset
    return Symbol("date", hit.rule, unit=unit, number=number, year=full_year(year), year_offset=year_offset)


def calendar_week(hit: Hit) -> Symbol | None:
    """Read "KW 32", "the 32nd calendar week of 2024": an ISO week."""
    number = hit.whole("n", "NUM") or hit.whole("o", "NUM") or hit.whole("o", "ORD")
    year, year_offset = hit.year()
    if number is None or not 1 <= number <= _LAST_WEEK:
        return None
    return Symbol("date", hit.rule, unit="week", number=number, year=full_year(year), year_offset=year_offset)


_LAST_WEEK = 53


def part_of_year(hit: Hit) -> Symbol | None:
    """Read "Jahresende 2024": a word for a part of the year, and the year."""
    said = hit.relative("r")
    if said is None or not said.part:
        return None
    return Symbol("date", hit.rule, unit="year", year=hit.whole("y", "YEAR"), mod=said.part)


def quarter_of(hit: Hit) -> Symbol | None:
    """Read "the 1988 quarter": that year's quarter of the number last spoken of."""
    if hit.text("z", "UNIT") != "quarter":
        return None
    return Symbol("date", hit.rule, unit="quarter", year=hit.whole("y", "YEAR"))


def century(hit: Hit) -> Symbol | None:
    """Read "in the 19th century" where a year follows that is not the century's: ", 1850 …"."""
    if hit.text("zv", "UNIT") != "century":
        return None
    number = hit.whole("ok", "ORD") or hit.whole("ok", "NUM")
    told = hit.whole("ok", "ORD") is not None or "h" in hit.groups or "v" in hit.groups
    if number is None or not told or not 15 <= number <= 21:
        return None
    return Symbol("date", hit.rule, unit="century", year=(number - 1) * 100, mod=hit.part())


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
    counted = hit.kin(hit.end, "UNIT") or (figures and hit.kin(hit.end, "OTHER"))
    if "v" in hit.groups and counted and year is not None and year < FIRST_YEAR:
        return None  # "años 20 personas": the number counts what follows
    if year is None or year % 10 or not (year >= FIRST_YEAR or 20 <= year <= 90):
        return None
    hundred = year >= FIRST_YEAR and year % 100 == 0 and hit.kin(hit.end - 1, "CENTURY_AFTER")  # Swedish "1800-talet"
    return Symbol(
        "date",
        hit.rule,
        unit="century" if hundred else "decade",
        year=year if year > 99 else 1900 + year,
        mod=hit.part(),
    )


def named_decade(hit: Hit) -> Symbol | None:
    """Read "the nineties": of the century nearest to ours that has ended them."""
    tens = hit.whole("x", "DECADE")
    return None if tens is None else Symbol("date", hit.rule, unit="decade", year=1900 + tens, mod=hit.part())


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
        if token.values.get("counts") and hit.kin(hit.end, "OTHER") and not (hit.whole("y", "YEAR") or 0) % 100:
            return None
        if any(hit.kin(hit.end, name) for name in _NOT_YEARS):
            return None
        beside = hit.kin(hit.first - 1, "DASH") and hit.kin(hit.first - 2, "YEAR")
        ahead = hit.kin(hit.end, "DASH") and (hit.kin(hit.end + 1, "YEAR") or _short_year_follows(hit))
        cued = any(_cue(hit, name) for name in _YEAR_CUES if name != "DASH")
        bare = not token.values.get("counts") and _stands_as_year(hit)  # "two thousand" rather counts something
        if not (cued or beside or ahead or hit.part() or bare):
            return None
        if _counts(hit) and not beside:
            return None
    return Symbol("date", hit.rule, unit="year", year=hit.whole("y", "YEAR"), mod=hit.part())


def _short_year_follows(hit: Hit) -> bool:
    """Tell whether the two figures behind a dash are a later year: "the 1948-49 war"."""
    figures = hit.row[hit.end + 1].values if hit.end + 1 < len(hit.row) else {}
    later, year_ = figures.get("NUM"), hit.whole("y", "YEAR") or 0
    return (
        figures.get("digits") == 2
        and isinstance(later, int)
        and later == year_ % 100 + 1
        and hit.kin(hit.first - 1, "THE")
    )


def _stands_as_year(hit: Hit) -> bool:
    """Tell whether four figures of our time are a year without any word for it.

    They are where no word follows that they could count ("results for 2012,"), after an article or a word of possession
    ("the 1987 crash", "its 2010 annual report"), and where the figure is not a round one: thousands are written with a comma.
    """
    if not _RECENT[0] <= (hit.whole("y", "YEAR") or 0) <= _RECENT[1]:
        return False
    article = hit.first > 0 and hit.row[hit.first - 1].values.get("NUM") == 1 and not _figured(hit)  # "a 1996 law"
    if any(hit.kin(hit.first - 1, name) for name in _NO_YEAR_BEHIND) and not article:
        return False
    if not hit.kin(hit.end, "OTHER") or hit.kin(hit.first - 1, "THE") or hit.kin(hit.first - 1, "OWNER"):
        return True
    vague = any(hit.kin(hit.first - 1, name) for name in ("APPROXB", "AND", "TO"))
    return hit.order != "ymd" and bool((hit.whole("y", "YEAR") or 0) % 10) and not vague


def _figured(hit: Hit) -> bool:
    return "digits" in hit.row[hit.first - 1].values


def _cue(hit: Hit, name: str) -> bool:
    """Tell whether the word before marks a year; "and" does only behind another year."""
    linked = name == "TO" and hit.kin(hit.first - 1, "AND") and not hit.kin(hit.first - 2, "YEAR")
    return hit.kin(hit.first - 1, name) and not linked


def _counts(hit: Hit) -> bool:
    """Tell whether a round number behind a linking word rather counts the noun behind it: "and 2000 people"."""
    links = ("AND", "FROM", "TO")
    round_number = (hit.whole("y", "YEAR") or 0) % 50 == 0
    return round_number and any(hit.kin(hit.first - 1, name) for name in links) and hit.kin(hit.end, "OTHER")


def weekend(hit: Hit) -> Symbol | None:
    """Read "the weekend", "на выходных" that nothing dates: the latest, or the coming one."""
    plural = hit.kin(hit.end - 1, "PLURAL")
    return Symbol("date", hit.rule, unit="weekend") if hit.text("z", "UNIT") == "weekend" and not plural else None


def part(hit: Hit) -> Symbol | None:
    """Read "the end of the month": of the current one."""
    unit = hit.text("zv", "UNIT")
    if unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    return Symbol("date", hit.rule, unit=unit, offset=0, mod=hit.part())
