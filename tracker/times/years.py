"""Years of two figures: "'93", "nel 92", "1995-97", "marzo 92". None where the figures rather count something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.times.build import day_month, month
from tracker.times.hits import Hit, Piece, full_year
from tracker.times.symbols import Symbol
from tracker.times.tokens import FIRST_YEAR

__all__ = ["RECENT", "after_month", "decades", "hyphenated", "month_in_figures", "recent", "second_year", "short_year"]

_NOT_YEARS = (
    "UNIT",
    "PERCENT",
    "CURRENCY",
    "MULT",
    "NUM",
    "DECIMAL",
    "SLASH",
    "MONTH",
    "CLOCK_AFTER",
    "ORDINAL_AFTER",
    "OTHER",
)
# Behind "nel" and "dell'", which no plural follows, any other word may stand.
_COUNTED = ("UNIT", "PERCENT", "CURRENCY", "MULT", "DECIMAL", "SLASH", "CLOCK_AFTER", "ORDINAL_AFTER")
_ABOVE_DAYS = 31  # two figures above are no day of a month


def _two_figures(hit: Hit, name: str, not_before: Sequence[str] = _NOT_YEARS) -> int | None:
    value = hit.whole(name, "NUM")
    if value is None or hit.groups[name].values.get("digits") != 2:
        return None
    return None if any(hit.kin(hit.end, other) for other in not_before) else value


def short_year(hit: Hit) -> Symbol | None:
    """Read "'93", and two figures above 31 behind a word that marks a year."""
    if "a" in hit.groups:
        year = hit.whole("a", "YEAR")
        beside = "OTHER" if hit.kin(hit.first - 1, "ON") else ""
        if any(hit.kin(hit.end, name) for name in _NOT_YEARS if name != beside):
            return None
    else:
        year = _two_figures(hit, "y", _COUNTED if hit.kin(hit.first - 1, "SHORT_YEAR_SURE") else _NOT_YEARS)
        if year is None or year <= _ABOVE_DAYS:
            return None
    return Symbol("date", hit.rule, unit="year", year=full_year(year))


def second_year(hit: Hit) -> Symbol | None:
    """Read the second year of "1995-97": it lies behind the first, within the century."""
    first, short = hit.row[hit.first - 2].values.get("YEAR"), hit.whole("y", "NUM")
    if not isinstance(first, int) or short is None or hit.groups["y"].values.get("digits") != 2 or short <= first % 100:
        return None
    if hit.kin(hit.first - 3, "DASH") or any(
        hit.kin(hit.end, name) for name in ("DASH", "SLASH", "NUM", "DECIMAL", "PERCENT", "UNIT")
    ):
        return None
    return Symbol("date", hit.rule, unit="year", year=first // 100 * 100 + short)


RECENT = "recent year"  # the rule of two figures that are a year only where it is not long ago


def recent(hit: Hit) -> Symbol | None:
    """Read "98년", "지난 98년": a year of the last decades, else so many years; the value is what it would last."""
    number = hit.whole("n", "NUM")
    if number is None or hit.groups["n"].values.get("digits") != 2 or number < _LEAST:
        return None
    if any(
        hit.kin(hit.end, name)
        for name in ("AGOA", "LATERA", "EARLIERA", "AHEADA", "AGE_AFTER", "UNIT", "NUM", "SINCE_AFTER")
    ):
        return None
    return Symbol("date", RECENT, unit="year", year=1900 + number, value=f"P{number}Y")


_LEAST = 50


def month_in_figures(hit: Hit) -> Symbol | None:
    """Read "2/2013", "2014-10": a month, where nothing more hangs on the figures."""
    month_, year = hit.whole("mn", "NUM"), hit.whole("yz", "YEAR")
    signs = ("SLASH", "DASH", "NUM", "DECIMAL", "YEAR")
    if any(hit.kin(index, name) for index in (hit.first - 1, hit.end) for name in signs):
        return None
    if month_ is None or not 1 <= month_ <= _MONTHS:
        return None
    return Symbol("date", hit.rule, unit="month", year=year, month=month_)


_MONTHS = 12


def hyphenated(hit: Hit) -> Symbol | None:
    """Read "31-Oct-74", "Sep/23/2020": signs between day, month and year leave no doubt that two figures are a year."""
    symbol, year = day_month(hit), hit.whole("y", "YEAR")
    short = hit.whole("y", "NUM")
    if year is None and short is not None and hit.groups["y"].values.get("digits") == 2:
        year = full_year(short)
    return replace(symbol, year=year) if symbol is not None and year is not None else None


def after_month(hit: Hit) -> Symbol | None:
    """Read "marzo 92", "31 octobre 74": figures above 31 behind a month are its year."""
    year = _two_figures(hit, "n")
    symbol = day_month(hit) if "d" in hit.groups else month(hit)
    if symbol is None or year is None or year <= _ABOVE_DAYS:
        return None
    return replace(symbol, year=full_year(year), cued=True)


def decades(hit: Hit) -> tuple[Piece, ...] | None:
    """Read "los años 60, 70 y 80", "les années 1980 et 1990": each is a decade, and each later than the one before."""
    named = [name for name in "abc" if name in hit.groups]
    found = [_decade(hit, name) for name in named]
    years = [year for year in found if year is not None]
    if len(years) < len(named) or years != sorted(set(years)) or hit.kin(hit.end, "UNIT"):
        return None
    starts = [hit.row[hit.first].start, *(hit.groups[name].start for name in named[1:])]
    return tuple(
        Piece(
            Symbol("date", hit.rule, unit="decade", year=year, mod=hit.part() * (name == named[0])),
            start,
            hit.groups[name].end,
        )
        for year, start, name in zip(years, starts, named, strict=True)
    )


def _decade(hit: Hit, name: str) -> int | None:
    """Give the first year of a decade said in full or by its tens."""
    year = hit.whole(name, "YEAR")
    year = year if year is not None else hit.whole(name, "NUM")
    if year is None or year % 10 or not (year >= FIRST_YEAR or 20 <= year <= 90):
        return None
    return year if year > 99 else 1900 + year
