"""The grammar: what a row of token classes may say. No word of any language stands here, classes only.

Each production is an expression over class names with named groups, and the builder that makes a symbol of its tokens.
The longest match wins; of equally long ones the first in this list whose builder accepts. ``needs`` are classes of
which one must occur for the production to be tried at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.times import build, periods
from tracker.times.build import Builder

__all__ = ["PRODUCTIONS", "Production"]


@dataclass(frozen=True, slots=True)
class Production:
    """``only`` restricts a production: to an order of figures, to languages that write the month first, or ("written")
    to those that do not write the year first."""

    name: str
    pattern: str
    builder: Builder
    needs: str
    only: str = ""


_YEAR = "(?:<COMMA>?<OF>?<THE>?(?P<y><YEAR>|<YY>|<RELY>))"
_DAY = "(?P<d><NUM>|<ORD>)<ORDINAL_AFTER>?<DAY_AFTER>?"
_LEAD = "(?:(?P<w><WDAY>)<MODA>?<DAYPART>?<COMMA>?<LEFT>?<ON>?<THE>?)?"
_PART = "(?:(?P<a><DAYPART>)<OF>?<ON>?<THE>?)?"
_PART_AFTER = "(?:<COMMA>?<OF>?(?P<b><DAYPART>))?"
_TO = "(?:<DASH>|<TO>)"

PRODUCTIONS: tuple[Production, ...] = (
    Production("figures", "(?:(?P<w><WDAY>)<MODA>?<DAYPART>?<COMMA>?)?(?P<l><LEFT>)?(?P<x><DATE3>)(?(l)<RIGHT>)", build.figures, "DATE3"),
    Production("figures", "(?P<x><DATE3>)", build.figures, "DATE3"),
    Production("weekday and figures", "(?P<w><WDAY>)<MODA>?<DAYPART>?<COMMA>?(?P<l><LEFT>)?(?P<x><DATE2>)(?(l)<RIGHT>)", build.pair, "DATE2"),
    Production("day and figures", "(?P<r><RELD>)<COMMA>?(?P<l><LEFT>)(?P<x><DATE2>|<DATE3>)(?(l)<RIGHT>)", build.pair, "DATE2 DATE3"),
    Production("figures in brackets", "(?<=<LEFT>)(?P<x><DATE2>)(?=<RIGHT>)|(?<=<DAY_BEFORE>)(?P<v><DATE2>)", build.pair, "DATE2"),
    Production("day range", f"{_LEAD}(?P<d><NUM>)<ORDINAL_AFTER>?<DAY_AFTER>?{_TO}<THE>?(?P<e><NUM>)<ORDINAL_AFTER>?<DAY_AFTER>?<OF>?(?P<m><MONTH>){_YEAR}?", build.day_range, "MONTH"),
    Production("day range", f"(?P<m><MONTH>)(?P<d><NUM>)<ORDINAL_AFTER>?{_TO}(?P<e><NUM>)<ORDINAL_AFTER>?{_YEAR}?", build.day_range, "MONTH", "month_first"),
    Production("day range", f"(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<m><MONTH>)(?P<d><NUM>)<DAY_AFTER>?{_TO}(?P<e><NUM>)<DAY_AFTER>", build.day_range, "MONTH", "ymd"),
    Production("day month year", f"{_PART}(?:(?P<t><MODB>)<OF>?)?{_LEAD}<DAY_BEFORE>?{_DAY}<OF>?<THE>?(?P<m><MONTH>)(?:{_YEAR}|(?P<u><MODA>))?(?:<LEFT>?(?P<v><WDAY>))?<RIGHT>?{_PART_AFTER}", build.day_month, "MONTH", "written"),
    Production("month day year", f"{_LEAD}(?:(?P<t><MODB>))?(?P<m><MONTH>)<THE>?{_DAY}{_YEAR}?", build.day_month, "MONTH", "month_first"),
    Production("year month day", f"(?:(?P<t><MODB>)<OF>?)?(?:(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?)?(?P<m><MONTH>)<OF>?(?P<d><NUM>)<DAY_AFTER>(?:<LEFT>?(?P<w><WDAY>)<RIGHT>?)?{_PART_AFTER}", build.day_month, "MONTH", "ymd"),
    Production("month year", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<m><MONTH>)(?:(?P<u><MODA>)|{_YEAR})?(?P<q><PARTA>)?", build.month, "MONTH"),
    Production("year month", "(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?(?P<p><PARTB>)?(?P<m><MONTH>)(?P<q><PARTA>)?", build.month, "MONTH", "ymd"),
    Production("year month", "(?P<y><RELY>|<YEAR>)<OF>?<ON>?<THE>?(?P<m><MONTH>)", build.year_and_month, "MONTH", "written"),
    Production("weekday and day", f"{_PART}(?:(?P<t><MODB>)<OF>?)?(?P<w><WDAY>)(?P<u><MODA>)?<COMMA>?<THE>?(?P<l><LEFT>)?{_DAY}(?(l)<RIGHT>)", build.weekday_day, "WDAY"),
    Production("weekday", "(?:(?P<t><MODB>)<OF>?)?(?P<w><WDAY>)(?P<u><MODA>)?(?:<COMMA>?<OF>?(?P<p><DAYPART>))?", build.weekday, "WDAY"),
    Production("weekday of week", "(?P<r><RELW>)<OF>?(?P<w><WDAY>)(?P<p><DAYPART>)?|(?P<v><WDAY>)<DAYPART>?<COMMA>?<OF>?<THE>?(?P<s><RELW>)", build.weekday, "WDAY"),
    Production("weekday", "(?P<p><DAYPART>)<OF>?<ON>?<THE>?(?P<w><WDAY>)(?P<u><MODA>)?", build.weekday, "WDAY"),
    Production("season", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<s><SEASON>)(?:(?P<u><MODA>)|{_YEAR})?(?P<q><PARTA>)?", build.season, "SEASON"),
    Production("season", "(?P<y><YEAR>|<RELY>)<OF>?(?P<p><PARTB>)?(?P<s><SEASON>)(?P<q><PARTA>)?", build.season, "SEASON"),
    Production("numbered unit", f"(?:(?P<t><MODB>)<OF>?)?(?P<o><ORD>|<NUM>)(?P<h><ORDINAL_AFTER>)?<DASH>?(?P<z><UNIT>){_YEAR}?", build.numbered, "UNIT"),
    Production("numbered unit", f"(?P<z><UNIT>)(?P<o><ORD>|<NUM>){_YEAR}?", build.numbered, "UNIT"),
    Production("numbered unit", "(?P<y><YEAR>|<RELY>)<OF>?(?P<o><ORD>|<NUM>)(?P<z><UNIT>)", build.numbered, "UNIT"),
    Production("quarter", f"<QUARTER_BEFORE>(?P<o><NUM>){_YEAR}?", build.quarter, "QUARTER_BEFORE"),
    Production("decade", "<DECADE_BEFORE>?(?P<y><YEAR>|<NUM>|<YY>)<DECADE_AFTER>|<DECADE_BEFORE>(?P<v><YEAR>|<NUM>|<YY>)<DECADE_AFTER>?", build.decade, "DECADE_AFTER DECADE_BEFORE"),
    Production("year", "(?:(?P<p><PARTB>)<DASH>?<OF>?)?(?P<y><YEAR>)(?P<q><PARTA>)?", build.year, "YEAR"),
    Production("relative", "(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<r><REL>)|(?P<s><PREV>))(?P<q><PARTA>)?(?:<OF>?<THE>?(?P<d><DAYPART>))?", build.relative, "REL PREV"),
    Production("relative", "(?P<d><DAYPART>)<OF>?(?:(?P<r><RELD>)|(?P<s><PREV>))", build.relative, "REL PREV"),
    Production("day of month", "(?P<r><RELM>)<OF>?(?P<d><NUM>)<DAY_AFTER>", build.day_of_month, "DAY_AFTER"),
    Production("day of month", f"(?:(?P<t><MODB>)<OF>?)?(?P<d><NUM>)<DAY_AFTER>(?:<LEFT>?(?P<w><WDAY>)<RIGHT>?)?{_PART_AFTER}", build.day_of_month, "DAY_AFTER"),
    Production("day of month", "<DAY_BEFORE>(?P<d><NUM>)(?P<u><MODA>)?|(?<=<ON>)<THE>(?P<e><NUM>|<ORD>)<ORDINAL_AFTER>", build.day_of_month, "DAY_BEFORE ORDINAL_AFTER"),
    Production("part of unit", "(?P<p><PARTB>)<DASH>?<OF>?<THE>?(?P<z><UNIT>)|(?P<v><UNIT>)(?P<q><PARTA>)", build.part, "UNIT"),
    Production("this part of day", "(?P<t><MODB>)(?P<d><DAYPART>)|(?P<e><DAYPART>)(?P<u><MODA>)", build.daypart, "DAYPART"),
    Production("holiday", f"(?P<h><HOLIDAY>){_YEAR}?", build.holiday, "HOLIDAY"),
    Production("named half or quarter", "(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<x><NUMBERED>)", build.named_part, "NUMBERED"),
    Production("set", "<EVERY>(?P<n><NUM>)?(?P<z><UNIT>)|<EVERY>(?P<w><WDAY>)|(?P<s><SETWORD>)", periods.repeated, "EVERY SETWORD"),
    Production("duration", "(?:<MODB>|<APPROXB>)?(?P<n><NUM>|<DECIMAL>)(?:<DASH>|<OF>)?(?P<z><UNIT>)|(?P<s><SPAN>)", periods.duration, "UNIT SPAN"),
    Production("reference", "(?P<f><REF>)", periods.reference, "REF"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)?(?P<c><CLOCK>)(?:(?P<a><AM>)|(?P<p><PM>)|(?P<k><CLOCK_AFTER>))?(?P<z><ZONE>)?", periods.clock, "CLOCK"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>)(?:(?P<a><AM>)|(?P<p><PM>)|(?P<k><CLOCK_AFTER>))(?:(?P<n><NUM>)(?P<o><MINUTE_AFTER>)?)?(?P<z><ZONE>)?", periods.clock, "AM PM CLOCK_AFTER"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)(?P<c><NUM>)(?P<z><ZONE>)", periods.clock, "CLOCK_BEFORE"),
)  # fmt: skip
