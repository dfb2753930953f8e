"""The grammar: what a row of token classes may say. No word of any language stands here, classes only.

Each production is an expression over class names with named groups, and the builder that makes a symbol of its tokens.
The longest match wins; of equally long ones the first in this list whose builder accepts. ``needs`` are classes of
which one must occur for the production to be tried at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.times import build, foreign, hours, longer, ordinals, periods, ranges, several, years
from tracker.times.clocks import BARE, BARE_FIGURES, PART, WHEN
from tracker.times.hits import Builder

__all__ = ["PRODUCTIONS", "Production"]


@dataclass(frozen=True, slots=True)
class Production:
    """``only`` restricts a production: to an order of figures, to languages that write the month first, or ("written")
    to those that do not write the year first; "bare" to requests, where nothing need say that figures are a date."""

    name: str
    pattern: str
    builder: Builder
    needs: str
    only: str = ""


_YEAR = "(?:<COMMA>?<OF>?<THE>?(?P<y><YEAR>|<YY>|<RELY>)(?!<DASH>?<DECADE_AFTER>))"
_DAY = "(?P<d><NUM>|<ORD>)<ORDINAL_AFTER>?<DAY_AFTER>?"
_ENDING = "<ORDINAL_AFTER>?<DAY_AFTER>?"
_LEAD = "(?:(?P<w><WDAY>)<MODA>?(?P<f><DAYPART>)?<COMMA>?<LEFT>?<ON>?<THE>?)?"
_PART = "(?:(?P<a><DAYPART>)<OF>?<ON>?<THE>?)?"
_NO_HOUR = "(?!<NUM><CLOCK_AFTER>|<CLOCK_BEFORE>?<CLOCK>|<HOUR>)"  # a part of the day before an hour is the hour's
_PART_AFTER = f"(?:<COMMA>?<OF>?(?P<b><DAYPART>){_NO_HOUR})?"
_CYEAR = "(?:<COMMA>?<OF>?<YEAR_BEFORE>?<CYEAR>?(?P<y><NUM>|<YEAR>|<RELY>)<CYEAR>?)"
_TO = "(?:<DASH>|<TO>)"
_NIGHT = "(?:(?P<n><DAYPART>)(?:<FROM>|<OF>)?|<NIGHT_FROM>)<THE>?"
_NIGHT_TO = "(?P<t><DASH>|<TO>|<ON>|<OTHER>)"  # which small word stands there differs; that the days follow one another is enough
_HALF = "(?:<OF>?(?:(?P<a><AM>)|(?P<p><PM>)|(?P<d><DAYPART>)))"
_IN_PART = "(?:<OF>|<ON>)<THE>?(?P<d><DAYPART>)"
_PAST_HOUR = "(?P<n><NUM>)<UNIT>?(?:(?P<p><MINUTES_PAST>)|(?P<t><MINUTES_TO>))(?P<h><MINB>)?(?P<c><NUM>)"

_NTH = "<THE>?(?:(?P<o><ORD>)|(?P<n><NUM>)<ORDINAL_AFTER>|(?P<t><MODB>))(?:(?P<w><WDAY>)|(?P<z><UNIT>))"
_BEHIND = "(?:(?P<w><WDAY>)|(?P<z><UNIT>))<THE>?(?P<o><ORD>)"  # where the ordinal follows what it counts
_FROM_LAST = "(?:<THE>?(?:(?P<o><ORD>)|(?P<n><NUM>)<ORDINAL_AFTER>)<DASH>?)?"  # "second" before "last"
_WHOLE = f"(?:(?P<m><MONTH>){_YEAR}?|(?P<r><RELM>|<RELY>)|(?P<v><UNIT>))"

PRODUCTIONS: tuple[Production, ...] = (
    Production("figures", "(?:(?P<w><WDAY>)<MODA>?<DAYPART>?<COMMA>?)?(?P<l><LEFT>)?(?P<x><DATE3>)(?(l)<RIGHT>)(?P<b><DAYPART>)?", build.figures, "DATE3"),
    Production("figures", "(?P<x><DATE3>)(?P<b><DAYPART>)?", build.figures, "DATE3"),
    Production("weekday and figures", "(?P<w><WDAY>)<MODA>?<DAYPART>?<COMMA>?(?P<l><LEFT>)?(?P<x><DATE2>)(?(l)(?:<DOT>|<ORDINAL_AFTER>)?<RIGHT>)(?P<b><DAYPART>)?", build.pair, "DATE2"),
    Production("day and figures", "(?P<r><RELD>)<COMMA>?(?P<l><LEFT>)(?P<x><DATE2>|<DATE3>)(?(l)<RIGHT>)", build.pair, "DATE2 DATE3"),
    Production("relative", "(?P<r><RELD>)<COMMA>?(?P<l><LEFT>)?(?P<w><WDAY>)(?(l)<RIGHT>)", build.relative, "RELD"),
    Production("day of an event", "(?P<x><DOTTED>)", ranges.event_day, "DOTTED"),
    Production("figures in brackets", "(?<=<LEFT>)(?P<x><DATE2>)(?=<RIGHT>)|(?:(?<=<DAY_BEFORE>)|(?<=<HOLIDAY>))(?P<v><DATE2>)", build.pair, "DATE2"),
    Production("figures with points", "(?<=<ON>)(?P<x><DATE2>)<ORDINAL_AFTER>(?!$)", build.pair, "DATE2", "dmy"),
    Production("figures of a morning", "(?P<a><DAYPART>)(?:(?<=<DAY_BEFORE>)|<DAY_BEFORE>)(?P<x><DATE2>)", build.pair, "DATE2"),
    Production("day range", "(?:(?<=<DAY_BEFORE>)|(?<=<FROM>))(?P<d><NUM>)(?P<k><DASH>|<TO>|<AND>)<DAY_BEFORE>?(?P<x><DATE2>|<DATE3>)", ranges.days_before, "DATE2 DATE3", "dmy"),
    Production("day list", f"(?P<d><NUM>){_ENDING}(?:<COMMA><THE>?<NUM>{_ENDING})*<COMMA>?(?:<AND>|(?P<o><OR>))<ON>?<THE>?<NUM>{_ENDING}<OF>?(?P<m><MONTH>){_YEAR}?", several.day_list, "MONTH"),
    Production("day list", f"(?P<m><MONTH>)(?P<d><NUM>)<ORDINAL_AFTER>?(?:<COMMA><NUM><ORDINAL_AFTER>?)*<COMMA>?(?:<AND>|(?P<o><OR>))<NUM><ORDINAL_AFTER>?{_YEAR}?", several.day_list, "MONTH", "month_first"),
    Production("day range", f"{_LEAD}(?P<d><NUM>)<ORDINAL_AFTER>?<DAY_AFTER>?{_TO}<THE>?(?P<e><NUM>)<ORDINAL_AFTER>?<DAY_AFTER>?<OF>?(?P<m><MONTH>){_YEAR}?", build.day_range, "MONTH"),
    Production("day range", f"(?P<d><ORD>){_TO}<THE>?(?P<e><ORD>)<OF>?(?P<m><MONTH>){_YEAR}?", build.day_range, "MONTH", "written"),
    Production("day range", f"(?P<m><MONTH>)(?P<d><NUM>)<ORDINAL_AFTER>?{_TO}(?P<e><NUM>)<ORDINAL_AFTER>?{_YEAR}?", build.day_range, "MONTH", "month_first"),
    Production("day range", f"(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<m><MONTH>)(?P<d><NUM>)<DAY_AFTER>?{_TO}(?P<e><NUM>)<DAY_AFTER>", build.day_range, "MONTH", "ymd"),
    Production("day range", "(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<m><MONTH>)(?P<d><NUM>)<ORDINAL_AFTER>?(?:<DASH>|<TO>|<AND>)(?P<e><NUM>)<ORDINAL_AFTER>", build.day_range, "MONTH", "ymd"),
    Production("two styles", f"(?P<d><NUM>)<ORDINAL_AFTER>?<OF>?(?P<m><MONTH>)(?P<z><YEAR>)?(?:<LEFT>|<SLASH>)<THE>?(?P<e><NUM>)<ORDINAL_AFTER>?<OF>?(?P<k><MONTH>)<STYLE>?<RIGHT>?{_YEAR}?(?:<STYLE>?<RIGHT>)?", several.two_styles, "MONTH"),
    Production("two styles", f"(?P<d><NUM>)<ORDINAL_AFTER>?<LEFT><THE>?(?P<e><NUM>)<ORDINAL_AFTER>?<STYLE>?<RIGHT><OF>?(?P<k><MONTH>){_YEAR}?", several.two_styles, "MONTH"),
    Production("night between", f"{_NIGHT}(?P<d><NUM>|<ORD>)<ORDINAL_AFTER>?(?:<OF>?(?P<k><MONTH>))?{_NIGHT_TO}(?:<THE>|<DAY_BEFORE>)?(?P<e><NUM>|<ORD>)<ORDINAL_AFTER>?<OF>?(?P<m><MONTH>){_YEAR}?", several.overnight, "DAYPART NIGHT_FROM"),
    Production("night between", f"{_NIGHT}(?P<w><WDAY>){_NIGHT_TO}<THE>?(?P<v><WDAY>)", several.overnight, "DAYPART NIGHT_FROM"),
    Production("nth of", f"(?P<w><WDAY>)(?P<o><ORD>)(?:<OF>|<ON>){{1,2}}(?P<m><MONTH>){_YEAR}", ordinals.nth_behind, "WDAY", "dmy"),
    Production("day month year", f"{_PART}(?:(?P<t><MODB>)<OF>?)?{_LEAD}<DAY_BEFORE>?{_DAY}(?:<OF>|<DASH>|<SLASH>)?<THE>?(?P<m><MONTH>)(?:{_YEAR}|(?P<u><MODA>))?(?:<LEFT>?(?P<v><WDAY>))?<RIGHT>?{_PART_AFTER}", build.day_month, "MONTH", "written"),
    Production("year day month", f"(?P<y><YEAR>|<RELY>)(?:<OF>|<COMMA>|<ON>)?(?P<w><WDAY>)?{_DAY}<OF>?(?P<m><MONTH>)(?!<COMMA>?<OF>?<YEAR>)", build.year_and_day, "MONTH", "written"),
    Production("month day year", f"{_LEAD}(?:(?P<t><MODB>)<OF>?)?(?P<m><MONTH>)<THE>?{_DAY}{_YEAR}?", build.day_month, "MONTH", "month_first"),
    Production("year month day", f"(?:(?P<t><MODB>)<OF>?)?(?:(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?)?(?P<m><MONTH>)<OF>?(?P<d><NUM>)<DAY_AFTER>(?:<LEFT>?(?P<w><WDAY>)<RIGHT>?)?{_PART_AFTER}", build.day_month, "MONTH", "ymd"),
    Production("month year", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<m><MONTH>)(?:(?P<u><MODA>)|{_YEAR})?(?P<q><PARTA>)?", build.month, "MONTH", "written"),
    Production("month year", "(?:(?P<p><PARTB>)<OF>?)?(?P<m><MONTH>)(?P<k><DASH>)(?P<y><YEAR>)", ranges.dashed_month, "MONTH", "dmy"),
    Production("month", "(?:(?P<p><PARTB>)<OF>?)?(?:(?P<t><MODB>)<OF>?)?(?P<m><MONTH>)(?P<u><MODA>)?(?P<q><PARTA>)?", build.month, "MONTH", "ymd"),
    Production("months", f"(?:(?P<t><MODB>)|(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?)?(?P<a><NUM>){_TO}(?P<m><MONTH>)", ranges.months, "MONTH", "ymd"),
    Production("year month", "(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?(?P<p><PARTB>)?(?P<m><MONTH>)(?P<q><PARTA>)?", build.month, "MONTH", "ymd"),
    Production("year month", "(?P<y><RELY>|<YEAR>)<OF>?<ON>?<THE>?(?P<m><MONTH>)", build.year_and_month, "MONTH", "written"),
    Production("year day month", "(?P<y><YEAR>)<COMMA>?(?P<d><NUM>|<ORD>)<ORDINAL_AFTER>?<DAY_AFTER>?(?P<m><MONTH>)", build.year_first, "MONTH", "written"),
    Production("weekday and day", f"{_PART}(?:(?P<t><MODB>)<OF>?)?(?P<w><WDAY>)(?P<u><MODA>)?<COMMA>?<THE>?(?P<l><LEFT>)?{_DAY}(?(l)<RIGHT>)", build.weekday_day, "WDAY"),
    Production("weekday", f"(?:(?P<t><MODB>)<OF>?)?(?P<w><WDAY>)(?P<u><MODA>)?(?:<COMMA>?(?:<OF>|<ON>)?(?P<p><DAYPART>){_NO_HOUR})?", build.weekday, "WDAY"),
    Production("weekdays away", "(?P<n><NUM>)(?P<w><WDAY>)(?:(?P<g><AGOA>)|<AHEADA>)|<AGOB>(?P<k><NUM>)(?P<x><WDAY>)", build.weekdays_away, "AGOA AHEADA AGOB"),
    Production("weekday of week", f"(?P<r><RELW>)<COMMA>?(?:<OF>|<ON>)?<THE>?(?P<w><WDAY>)(?:(?P<p><DAYPART>){_NO_HOUR})?|(?P<v><WDAY>)(?P<q><DAYPART>)?<COMMA>?<OF>?<THE>?(?P<s><RELW>)", build.weekday, "WDAY"),
    Production("clock", "(?:(?<=<ON>)|(?<=<APPROXB>))(?P<c><ORD>)(?:(?P<a><AM>)|(?P<p><PM>))(?=<RELD>|<WDAY>)", periods.hour, "AM PM", "dmy"),
    Production("weekday", "(?P<p><DAYPART>)<OF>?<ON>?<THE>?(?P<w><WDAY>)(?P<u><MODA>)?", build.weekday, "WDAY"),
    Production("season", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<s><SEASON>)(?:(?P<u><MODA>)|{_YEAR})?(?P<q><PARTA>)?", longer.season, "SEASON", "written"),
    Production("season", "(?:(?P<p><PARTB>)<OF>?)?(?:(?P<t><MODB>)<OF>?)?(?P<s><SEASON>)(?P<u><MODA>)?(?P<q><PARTA>)?", longer.season, "SEASON", "ymd"),
    Production("season", "(?P<s><SEASON>)<OF>?<THE>?(?P<y><YEAR>)<SLASH>(?:<NUM>|<YEAR>)", longer.season, "SEASON"),
    Production("calendar week", "(?:<CALENDAR_WEEK>(?P<n><NUM>)|(?P<o><NUM>|<ORD>)<ORDINAL_AFTER>?<CALENDAR_WEEK>)(?:(?:<SLASH>|<COMMA>|<OF>|<THE>){0,2}(?P<y><YEAR>|<RELY>))?", longer.calendar_week, "CALENDAR_WEEK"),
    Production("part of year", "(?P<r><RELY>)<OF>?(?P<y><YEAR>)", longer.part_of_year, "RELY"),
    Production("season", "(?P<y><YEAR>|<RELY>)<OF>?(?P<p><PARTB>)?(?P<s><SEASON>)(?P<q><PARTA>)?", longer.season, "SEASON"),
    Production("numbered unit", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<o><ORD>|<NUM>)(?P<h><ORDINAL_AFTER>)?<DASH>?(?P<z><UNIT>){_YEAR}?", longer.numbered, "UNIT"),
    Production("numbered unit", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?P<z><UNIT>)(?:<DAY_BEFORE>(?=<NUM>))?(?P<o><ORD>|<NUM>){_YEAR}?", longer.numbered, "UNIT"),
    Production("numbered unit", "(?P<y><YEAR>|<RELY>)<OF>?(?P<o><ORD>|<NUM>)(?P<z><UNIT>)", longer.numbered, "UNIT"),
    Production("century", "(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<o><ORD>|<NUM>)(?P<h><ORDINAL_AFTER>)?<DASH>?(?P<z><UNIT>)|(?P<v><UNIT>)(?P<k><ORD>|<NUM>))", longer.century, "UNIT"),
    Production("quarter", "<THE>?(?P<y><YEAR>)(?P<z><UNIT>)", longer.quarter_of, "YEAR", "written"),
    Production("quarter", f"<QUARTER_BEFORE>(?P<o><NUM>){_YEAR}?", longer.quarter, "QUARTER_BEFORE"),
    Production("quarter", "(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<o><NUM>)<QUARTER_AFTER>", longer.quarter, "QUARTER_AFTER"),
    Production("decade", "(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:<DECADE_BEFORE>?(?P<y><YEAR>|<NUM>|<YY>)<DECADE_AFTER>|<DECADE_BEFORE>(?P<v><YEAR>|<NUM>|<YY>)<DECADE_AFTER>?)", longer.decade, "DECADE_AFTER DECADE_BEFORE"),
    Production("decade", "(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?P<x><DECADE>)", longer.named_decade, "DECADE"),
    Production("decades", "(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?<DECADE_BEFORE>(?P<a><NUM>|<YEAR>|<YY>)(?:<COMMA>(?P<b><NUM>|<YEAR>|<YY>))?(?:<AND>|<OR>|<TO>|<DASH>)<THE>?(?P<c><NUM>|<YEAR>|<YY>)", years.decades, "DECADE_BEFORE"),
    Production("year", "(?:(?P<p><PARTB>)<DASH>?<OF>?)?(?P<y><YEAR>)(?P<q><PARTA>)?", longer.year, "YEAR"),
    Production("nth of", f"{_FROM_LAST}(?P<q><REL>)(?:<OF>|<ON>){{1,2}}<THE>?(?P<y><YEAR>)", ordinals.nth, "YEAR", "written"),
    Production("nth of", f"{_NTH}(?:<OF>|<ON>){{1,2}}<THE>?(?P<y><YEAR>)", ordinals.nth, "YEAR", "written"),
    Production("nth of", f"{_NTH}(?P<s><MODA>)?(?:<OF>|<ON>|<THE>){{0,3}}{_WHOLE}", ordinals.nth, "WDAY UNIT", "written"),
    Production("nth of", f"{_FROM_LAST}(?P<q><RELD>|<RELW>|<REL>)(?:<OF>|<ON>)<ON>?<THE>?{_WHOLE}", ordinals.nth, "REL", "written"),
    Production("nth of", f"{_FROM_LAST}(?P<t><MODB>)(?P<z><UNIT>)(?:<OF>|<ON>)<ON>?<THE>?{_WHOLE}", ordinals.nth, "MODB UNIT", "written"),
    Production("nth of", f"{_BEHIND}(?:<OF>|<ON>){{1,2}}<THE>?(?:(?P<m><MONTH>){_YEAR}?|(?P<v><UNIT>))", ordinals.nth_behind, "WDAY UNIT", "dmy"),
    Production("nth of", f"{_BEHIND}(?:<OF>|<ON>){{1,2}}<THE>?(?P<y><YEAR>)", ordinals.nth_behind, "YEAR", "dmy"),
    Production("nth of", f"{_BEHIND}(?:<OF>|<ON>){{0,2}}<THE>?(?P<r><RELM>|<RELY>)", ordinals.nth_behind, "RELM RELY", "dmy"),
    Production("nth of", f"(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?:(?P<m><MONTH>)|(?P<r><RELM>))<OF>?{_NTH}", ordinals.nth, "WDAY UNIT"),
    Production("nth of", f"(?P<y><YEAR>|<RELY>)<OF>?{_NTH}", ordinals.nth, "UNIT"),
    Production("day month year", "(?P<d><NUM>)(?:<DASH>|<SLASH>)(?P<m><MONTH>)(?:<DASH>|<SLASH>)(?P<y><YEAR>|<NUM>)", years.hyphenated, "MONTH"),
    Production("day month year", "(?P<m><MONTH>)(?:<DASH>|<SLASH>)(?P<d><NUM>)(?:<DASH>|<SLASH>)(?P<y><YEAR>|<NUM>)", years.hyphenated, "MONTH"),
    Production("day month year", "(?P<y><YEAR>)(?:<DASH>|<SLASH>)(?P<m><MONTH>)(?:<DASH>|<SLASH>)(?P<d><NUM>)", years.hyphenated, "MONTH"),
    Production("day month year", "(?P<y><YEAR>)(?:<DASH>|<SLASH>)(?P<d><NUM>)(?:<DASH>|<SLASH>)(?P<m><MONTH>)", years.hyphenated, "MONTH"),
    Production("day month year", "(?P<m><MONTH>)(?:<DASH>|<SLASH>)(?P<y><YEAR>)(?:<DASH>|<SLASH>)(?P<d><NUM>)", years.hyphenated, "MONTH"),
    Production("spaced figures", "(?:(?P<w><WDAY>)<COMMA>?<ON>?<THE>?)?(?P<d><NUM>)(?:<DOT>|<ORDINAL_AFTER>)(?P<n><NUM>)(?:<DOT>|<ORDINAL_AFTER>)(?P<y><YEAR>)", build.two_figures, "YEAR", "dmy"),
    Production("two figures", "(?:(?P<w><WDAY>)<COMMA>?<ON>?<THE>?)?(?:(?P<d><NUM>)(?:<DASH>(?P<v><NUM>)|(?:<ORDINAL_AFTER>|<DOT>)(?:(?P<n><NUM>)(?:<ORDINAL_AFTER>|<DOT>)|(?P<e><ORD>)))|(?P<o><ORD>)(?:(?P<i><NUM>)(?:<ORDINAL_AFTER>|<DOT>)|(?P<k><ORD>)))", build.two_figures, "NUM ORD", "bare"),
    Production("month and day", f"(?:(?P<w><WDAY>)<COMMA>?)?(?P<m><MONTH>)(?:<SLASH>|<DASH>|<THE>)?{_DAY}{_YEAR}?(?:<LEFT>?(?P<v><WDAY>)<RIGHT>?)?", build.day_month, "MONTH", "bare"),
    Production("month day year", "(?P<m><MONTH>)(?P<d><NUM>)<COMMA>?(?P<y><YEAR>)", build.day_month, "MONTH", "written"),
    Production("year", "(?P<a><YY>)|(?<=<SHORT_YEAR_BEFORE>)(?P<y><NUM>)", years.short_year, "YY SHORT_YEAR_BEFORE"),
    Production("year", "(?:(?<=<YEAR><DASH>)|(?<=<YEAR><SLASH>))(?P<y><NUM>)", years.second_year, "YEAR"),
    Production("month year", f"(?:{_LEAD}{_DAY}<OF>?)?(?P<m><MONTH>)<OF>?(?P<n><NUM>)", years.after_month, "MONTH", "written"),
    Production("relative", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<r><REL>)|(?P<s><PREV>))(?P<q><PARTA>)?(?:<OF>?<THE>?(?P<d><DAYPART>){_NO_HOUR})?", build.relative, "REL PREV"),
    Production("relative", "(?P<d><DAYPART>)<OF>?(?:(?P<r><RELD>)|(?P<s><PREV>))", build.relative, "REL PREV"),
    Production("moon", "(?:(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?)?(?:(?P<l><MOON>)<OF>?)?(?P<m><MONTH>|<MOON_MONTH>)<OF>?(?P<d><NUM>|<MOON_DAY>)<DAY_AFTER>?", ranges.moon_day, "MOON MOON_MONTH MOON_DAY", "ymd"),
    Production("moon", "(?P<l><MOON>)(?P<y><YEAR>|<RELY>)<OF>?(?P<m><MONTH>|<MOON_MONTH>)<OF>?(?P<d><NUM>|<MOON_DAY>)<DAY_AFTER>?", ranges.moon_day, "MOON", "ymd"),
    Production("moon", f"<DAY_BEFORE>?(?P<d><NUM>|<MOON_DAY>)<OF>?(?P<m><MONTH>|<MOON_MONTH>)(?:{_YEAR})?(?P<l><MOON>)?", ranges.moon_day, "MOON MOON_MONTH MOON_DAY", "written"),
    Production("days of month", f"(?:(?P<t><MODB>)|(?P<r><RELM>)<OF>?)?(?P<d><NUM>){_TO}(?P<e><NUM>)<DAY_AFTER>", ranges.days_of_month, "DAY_AFTER", "ymd"),
    Production("day and month", "(?:(?<=<DAY_BEFORE>)|(?P<a><DAYPART>)(?:(?<=<DAY_BEFORE>)|<DAY_BEFORE>))(?P<d><NUM>)(?P<k><DASH>)(?P<m><NUM>)", ranges.short_date, "DAY_BEFORE", "dmy"),
    Production("days", "(?:(?P<y><YEAR>|<RELY>)<OF>?<COMMA>?)?(?:(?P<m><MONTH>)|(?P<r><RELM>)<OF>?|(?P<t><MODB>))?(?P<d><NUM>)<COMMA>(?P<e><NUM>)<DAY_AFTER>", ranges.both_days, "DAY_AFTER", "ymd"),
    Production("day range", "(?:(?<=<DAY_BEFORE>)|(?<=<FROM>))(?P<e><NUM>)<TO><DAY_BEFORE>?(?P<d><NUM>)(?P<k><DASH>)(?P<m><NUM>)", ranges.days_before_dash, "TO", "dmy"),
    Production("day of month", f"{_LEAD}(?:(?P<d><ORD>)|(?:(?<=<ON>)|<DAY_BEFORE>)(?P<e><NUM>))<ORDINAL_AFTER>?<OF><THE>?(?P<r><RELM>)", build.day_of_month, "RELM", "dmy"),
    Production("day of month", "(?P<r><RELM>)<OF>?(?P<d><NUM>)<DAY_AFTER>", build.day_of_month, "DAY_AFTER"),
    Production("day of month", f"(?:(?P<t><MODB>)<OF>?)?(?P<d><NUM>)<DAY_AFTER>(?:<LEFT>?(?P<w><WDAY>)<RIGHT>?)?{_PART_AFTER}", build.day_of_month, "DAY_AFTER"),
    Production("day of month", "(?P<t><MODB>)?<DAY_BEFORE>(?P<d><NUM>)(?P<u><MODA>)?|(?<=<ON>)<THE>?(?P<e><NUM>|<ORD>)<ORDINAL_AFTER>", build.day_of_month, "DAY_BEFORE ORDINAL_AFTER"),
    Production(PART, "(?P<p><PARTB>)<DASH>?<OF>?<THE>?(?P<z><UNIT>)|(?P<v><UNIT>)(?:<DASH>|<OWNER>)?(?P<q><PARTA>)", longer.part, "UNIT"),
    Production("weekend", "(?:<THE>|(?<=<ON>))(?P<z><UNIT>)(?!<UNIT>)", longer.weekend, "UNIT"),
    Production("this part of day", "(?P<t><MODB>)(?P<d><DAYPART>)|(?P<e><DAYPART>)(?P<u><MODA>)", build.daypart, "DAYPART"),
    Production("holiday", f"(?:(?P<t><MODB>)<OF>?)?(?P<h><HOLIDAY>)(?:{_YEAR}|(?P<u><MODA>))?", build.holiday, "HOLIDAY"),
    Production("days from a holiday", f"<COUNT_DAY>(?:<DASH>|(?P<a><PLUS>))(?P<n><NUM>)(?:<OF>|<ON>|<BEFORE_THE>|<AFTER_THE>|<DAY_BEFORE>)?(?P<h><HOLIDAY>)(?:{_YEAR}|(?P<u><MODA>))?", build.holiday, "COUNT_DAY"),
    Production("holiday", "(?P<y><YEAR>|<RELY>)<OF>?(?P<h><HOLIDAY>)", build.holiday, "HOLIDAY"),
    Production("day of another calendar", f"{_LEAD}<DAY_BEFORE>?{_DAY}<OF>?<THE>?(?P<m><CMONTH>)(?:{_CYEAR}|(?P<u><MODA>))?", foreign.foreign, "CMONTH"),
    Production("day of another calendar", f"(?P<m><CMONTH>)(?P<d><NUM>)(?:<COMMA>{_CYEAR})?", foreign.foreign, "CMONTH", "month_first"),
    Production("month of another calendar", f"(?:(?P<p><PARTB>)<DASH>?<OF>?<THE>?)?(?:(?P<t><MODB>)<OF>?)?(?P<m><CMONTH>)(?:{_CYEAR}|(?P<u><MODA>))?(?P<q><PARTA>)?", foreign.foreign, "CMONTH"),
    Production("year of another calendar", "(?:<YEAR_BEFORE><OF>?)?(?:(?P<b><CYEAR>)(?P<y><NUM>)|(?P<n><NUM>)(?P<e><CYEAR>))|<YEAR_BEFORE>(?P<k><NUM>)", foreign.foreign_year, "CYEAR YEAR_BEFORE"),
    Production("named half or quarter", "(?:(?P<y><YEAR>|<RELY>)<OF>?)?(?P<x><NUMBERED>)", longer.named_part, "NUMBERED"),
    Production("named half or quarter", f"(?P<x><NUMBERED>)(?:{_YEAR}|(?P<u><MODA>))", longer.named_part, "NUMBERED", "written"),
    Production("first months", "(?:(?P<y><YEAR>|<RELY>)<OF>?)?<FIRST>(?P<n><NUM>|<ORD>)(?P<z><UNIT>)", ranges.first_months, "FIRST", "ymd"),
    Production("first months", "(?P<n><NUM>)(?P<z><UNIT>)<PARTB>(?:<YEAR_BEFORE>|<UNIT>)(?:(?P<y><YEAR>)|(?P<u><MODA>))?", ranges.first_months, "PARTB", "dmy"),
    Production("first months", "(?P<n><NUM>)(?P<z><UNIT>)<PARTB>(?P<y><YEAR>|<RELY>)", ranges.first_months, "PARTB", "dmy"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)?(?P<c><NUM>)(?P<k><CLOCK_AFTER>)(?:(?P<n><NUM>)(?P<o><MINUTE_AFTER>)?|(?P<i><MINA>))?(?=<RELD>)", periods.before_daypart, "CLOCK_AFTER"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)?(?P<c><NUM>)(?P<k><CLOCK_AFTER>)(?=<OF>?<MODB><DAYPART>)", periods.clock, "CLOCK_AFTER", "bare"),
    Production("set", "<EVERY>(?:(?P<n><NUM>)|(?P<o><ORD>)<ORDINAL_AFTER>?)?(?P<z><UNIT>)|<EVERY>(?:(?P<w><WDAY>)(?:<OF>?(?P<p><DAYPART>))?|(?P<m><MONTH>)|(?P<e><SEASON>)|(?P<d><DAYPART>))", periods.repeated, "EVERY"),
    Production("set", "(?P<s><SETWORD>)(?P<p><DAYPART>)?", periods.repeated, "SETWORD"),
    Production("year", "(?P<t><MODB>)?(?P<n><NUM>)<YEAR_AFTER>", years.recent, "YEAR_AFTER", "ymd"),
    Production("duration", "(?:(?P<t><MODB>)<OF>?|<APPROXB>)?(?P<n><NUM>|<DECIMAL>)(?:(?:<DASH>|(?P<o><OF>))?(?P<z><UNIT>)(?P<i><MINA>)?|(?P<j><MINA>)(?P<y><UNIT>))(?=(?P<u><MODA>)?)|(?P<s><SPAN>)", periods.duration, "UNIT SPAN"),
    Production("duration", "(?P<z><UNIT>)(?P<n><NUM>)<MODA>", periods.behind, "MODA"),
    Production("duration", "<THE>?(?P<n><NUM>)(?:<MODB>|<ORD>)(?P<z><PLURAL>)", periods.duration, "PLURAL"),
    Production("duration", "(?P<n><NUM>)(?P<z><UNIT>)<COMMA>?<AND>?(?P<m><NUM>)(?P<y><UNIT>)(?:<COMMA>?<AND>?(?P<k><NUM>)(?P<x><UNIT>))?", periods.together, "UNIT"),
    Production("vague duration", "(?:<AGOB>|<AHEADB>)?<MODB>?<SOME>(?P<z><UNIT>)(?:<MODA>|<AGOA>|<LATERA>|<EARLIERA>|<AHEADA>)?", periods.vague, "SOME"),
    Production("vague duration", "<AGOB>?(?:<MODB>|(?P<f><REF>))?(?P<z><PLURAL>)(?:<MODA>|<AGOA>|<LATERA>|<EARLIERA>)?", periods.vague, "PLURAL"),
    Production("reference", "(?P<f><REF>)", periods.reference, "REF"),
    Production("figures", "(?P<t><MODB>)<OF>?(?P<x><DATE2>)", build.pair, "DATE2"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)?(?P<c><CLOCK>)(?:(?P<a><AM>)|(?P<p><PM>)|(?P<k><CLOCK_AFTER>))?(?P<z><ZONE>)?", periods.clock, "CLOCK"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)?(?P<c><NUM>)(?:(?P<a><AM>)|(?P<p><PM>)|(?P<k><CLOCK_AFTER>))(?:(?P<n><NUM>)(?P<o><MINUTE_AFTER>)?)?(?P<z><ZONE>)?", periods.clock, "AM PM CLOCK_AFTER"),
    Production("clock", "(?P<b><CLOCK_BEFORE>)(?P<c><NUM>)(?P<z><ZONE>)", periods.clock, "CLOCK_BEFORE"),
    Production("clock", "(?<!<MODB>)(?P<d><DAYPART>)<OF>?(?P<b><CLOCK_BEFORE>)?(?P<c><NUM>|<CLOCK>)(?:(?P<k><CLOCK_AFTER>)(?:(?P<n><NUM>)(?P<o><MINUTE_AFTER>)?|(?P<i><MINA>))?)?(?P<z><ZONE>)?", periods.clock, "CLOCK CLOCK_AFTER CLOCK_BEFORE"),
    Production("clock", "(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)?(?P<c><NUM>|<CLOCK>)(?P<k><CLOCK_AFTER>)?(?P<i><MINA>)?<OF>?<ON>?<THE>?(?P<d><DAYPART>)", periods.clock, "CLOCK CLOCK_AFTER CLOCK_BEFORE"),
    Production("clock", "(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)?(?P<h><MINB>)(?P<c><NUM>|<ORD>)(?P<k><CLOCK_AFTER>)?(?:(?P<a><AM>)|(?P<p><PM>)|<OF>?<ON>?<THE>?(?P<d><DAYPART>))?", periods.hour, "MINB"),
    Production("clock", "(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)?(?P<c><NUM>)(?P<k><CLOCK_AFTER>)?(?P<i><MINA>)(?:(?P<a><AM>)|(?P<p><PM>))?", periods.past, "MINA"),
    Production("clock", f"(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)?{_PAST_HOUR}(?P<k><CLOCK_AFTER>)", periods.past_hour, "MINUTES_PAST MINUTES_TO"),
    Production("clock", f"(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>){_PAST_HOUR}(?:<OF>?<ON>?<THE>?(?P<d><DAYPART>))?", periods.past_hour, "MINUTES_PAST MINUTES_TO"),
    Production("clock", "(?P<n><NUM>)<UNIT>?(?:(?P<p><MINUTES_PAST>)|(?P<t><MINUTES_TO>))(?P<c><ORD>)(?:<OF>?<ON>?<THE>?(?P<d><DAYPART>))?", periods.past_hour, "MINUTES_PAST MINUTES_TO", "bare"),
    Production("clock", f"{_PAST_HOUR}(?:<OF>?<ON>?<THE>?(?P<d><DAYPART>))?", periods.past_hour, "MINUTES_PAST MINUTES_TO", "bare"),
    Production("clock", "(?P<c><NUM>)(?P<i><MINA>)|(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)(?P<o><ORD>)(?P<n><NUM>)|<HOUR_BEFORE>?(?P<r><NUM>|<ORD>)<ORDINAL_AFTER>?(?P<k><CLOCK_AFTER>)", periods.asked_hour, "MINA ORD ORDINAL_AFTER", "bare"),
    Production("day of month", "(?<=<ON>)<THE>?(?P<d><NUM>)<ORDINAL_AFTER>|<ON><THE>(?P<e><ORD>)", build.day_alone, "ON", "bare"),
    Production("weekday and day", "(?P<d><NUM>)<ORDINAL_AFTER>?(?P<w><WDAY>)", build.weekday_day, "WDAY", "bare"),
    Production("weekday and figures", "(?P<x><DATE2>)(?P<w><WDAY>)", build.pair, "WDAY", "bare"),
    Production("coming hours", "(?:(?P<t><MODB>)(?:(?P<n><NUM>)(?P<z><UNIT>)|(?P<x><SPAN>))|(?P<o><NUM>)(?P<s><MODB>)(?P<v><UNIT>))", periods.coming, "MODB", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>)(?P<n><NUM>)(?:(?P<a><AM>)|(?P<p><PM>))", hours.with_minutes, "AM PM"),
    Production("clock", f"<CLOCK_BEFORE>?(?P<c><NUM>)(?P<n><NUM>){_IN_PART}", hours.with_minutes, "DAYPART", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>)<CLOCK_AFTER>?(?:(?P<a><AM>)|(?P<p><PM>))", hours.whole, "AM PM"),
    Production("clock", f"<CLOCK_BEFORE>?(?P<c><NUM>){_IN_PART}", hours.whole, "DAYPART", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>)<DASH>?(?P<z><ZERO>)<DASH>?(?P<n><NUM>)", hours.with_minutes, "ZERO", "bare"),
    Production("clock", "<CLOCK_BEFORE>(?P<c><NUM>)(?P<n><NUM>)", hours.with_minutes, "CLOCK_BEFORE", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>|<CLOCK>)(?:(?P<a><AM_GLUED>)|(?P<p><PM_GLUED>))", hours.glued, "AM_GLUED PM_GLUED", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<h><HALF_BEFORE>)(?P<c><NUM>)", hours.half_past, "HALF_BEFORE", "bare"),
    Production("clock", "<CLOCK_BEFORE>?(?P<c><NUM>)(?=<RELD>(?P<d><DAYPART>)?)", hours.beside_daypart, "REL", "bare"),
    Production("clock", f"{_PAST_HOUR}(?:(?P<a><AM>)|(?P<q><PM>))", periods.past_hour, "MINUTES_PAST MINUTES_TO"),
    Production("clock", "(?P<b><HOUR_BEFORE>)(?P<c><NUM>)", periods.hour, "HOUR_BEFORE"),
    Production("clock", "(?:(?P<d><DAYPART>)|(?P<e><AM>|<PM>))?(?P<c><HOUR>)(?:(?P<n><NUM>)(?P<o><MINUTE_AFTER>)|(?P<i><MINA>))?", periods.clock, "HOUR"),
    Production("clock", "(?P<c><ORD>)<OF>?(?:(?P<a><AM>)|(?P<p><PM>))", periods.hour, "AM PM"),
    Production("clock", f"(?P<b><HOUR_BEFORE>)?(?P<c><ORD>)(?P<i><MINA>){_HALF}?", periods.past, "MINA"),
    Production("clock", f"(?P<b><HOUR_BEFORE>)?(?P<c><NUM>|<ORD>)<AND>?(?P<n><NUM>)(?P<z><UNIT>){_HALF}?", periods.and_minutes, "UNIT"),
    Production(WHEN, "(?:(?<=<ON><THE>)|^)(?P<d><DAYPART>)(?=(?P<o><OTHER>)?)", hours.part_alone, "DAYPART", "bare"),
    Production(BARE, "(?P<b><CLOCK_BEFORE>|<HOUR_BEFORE>)(?P<c><NUM>|<CLOCK>|<ORD>)", periods.hour, "CLOCK_BEFORE"),
    Production(BARE_FIGURES, "(?P<x><DATE2>)", build.pair, "DATE2"),
    Production(BARE_FIGURES, "(?P<m><NUM>)(?:<SLASH>|<DASH>)(?P<y><YEAR>)|(?P<z><YEAR>)(?:<SLASH>|<DASH>)(?P<n><NUM>)", years.month_in_figures, "YEAR"),
    Production(BARE, "(?P<c><CLOCK>)", periods.points, "CLOCK", "bare"),
    Production("weekday and day", f"{_PART}(?:(?P<t><MODB>)<OF>?)?(?P<w><WDAY>)(?P<u><MODA>)?<COMMA>?(?P<h><THE>|<DAY_BEFORE>)(?P<l><LEFT>)?{_DAY}(?(l)<RIGHT>)", build.weekday_day, "WDAY"),
    Production("spaced figures", "<THE>?(?P<d><NUM>)<OF>?(?P<n><NUM>)(?:<OF>?(?P<y><YEAR>|<NUM>))?", build.spaced, "NUM", "bare"),
    Production("day of month", "<THE>(?P<d><NUM>)", build.numbered_day, "THE", "bare"),
    Production("this part of day", "(?:(?P<p><PARTB>)<OF>?<THE>?)?(?P<d><DAYPART>)", build.whole_daypart, "DAYPART", "bare"),
)  # fmt: skip
