"""Dates in words: an EDTF value as a reader of the interface reads it.

In: an EDTF value or None, the speech, the year of the heading it stands under. Out: `DateWords`.
A vague date stays vague: no words here ever name a day that is not in the value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tracker import edtf
from tracker.edtf import Edtf, Precision
from tracker.timeline.speech import Speech
from tracker.types import Status

__all__ = ["DateWords", "in_words", "range_words"]

_MAX_NAMED = 3  # days of a one-of set that are named one by one; more become first and last


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date for people: ``short`` beside an event under its heading, ``note`` below it, ``full`` standing alone."""

    short: str
    note: str
    full: str


def in_words(value: Edtf | None, speech: Speech, *, year: int | None = None, status: Status | None = None) -> DateWords:
    """Say a date; ``year`` is left out of ``short`` where it is the heading's, ``status`` chooses since or from."""
    return _words(value, speech, year, status)


@lru_cache(maxsize=8192)  # a page says hundreds, mostly the same as the page before
def _words(value: Edtf | None, speech: Speech, year: int | None, status: Status | None) -> DateWords:
    if value is None:
        return DateWords(speech.say("no date"), "", speech.say("No date yet"))
    if value.precision is Precision.INTERVAL:
        return _interval(value, speech, year)
    if value.precision is Precision.OPEN:
        return _open(value, speech, year, status)
    return _qualified(value, speech, _unit(value, speech, year))


def range_words(first: date, last: date, speech: Speech, *, year: int | None = None) -> str:
    """Write a span of days or, where it is made of whole months, of months: 11-12 July, July-August 2025."""
    if first == last:
        return day_words(first, speech, year=year)
    if first.day == 1 and _ends_month(last) and (first.year, first.month) != (last.year, last.month):
        return _between(first, last, speech, "yMMMM")
    shown = first.year == last.year == year
    return _between(first, last, speech, "MMMd" if shown else "yMMMd")


def day_words(day: date, speech: Speech, *, year: int | None = None) -> str:
    """Write a day, without its year when it is the heading's."""
    if day.year == year:
        return speech.pattern(day, _pattern(speech, "MMMMd", "d MMMM"))
    return speech.pattern(day, "long")


def month_words(day: date, speech: Speech, *, year: int | None = None) -> str:
    """Write the month of a day, without its year when it is the heading's."""
    if day.year == year:
        return speech.pattern(day, "LLLL")
    return speech.pattern(day, _pattern(speech, "yMMMM", "LLLL y"))


def _unit(value: Edtf, speech: Speech, year: int | None) -> DateWords:
    first, last = _bounds(value)
    if value.precision in (Precision.DAY, Precision.TIME):
        return DateWords(day_words(first, speech, year=year), speech.pattern(first, "EEEE"), day_words(first, speech))
    if value.precision is Precision.MONTH:
        return DateWords(month_words(first, speech, year=year), speech.say("day not known"), month_words(first, speech))
    if value.precision is Precision.YEAR:
        text = speech.pattern(first, _pattern(speech, "y", "y"))
        return DateWords(text, speech.say("month not known"), text)
    if value.precision is Precision.DECADE:
        text = (
            speech.say("the {year}s", year=first.year)
            if value.days and value.days < 4000
            else _between(first, last, speech, "y")
        )
        return DateWords(text, speech.say("year not known"), text)
    short, full = _part_of_year(value, speech, year)
    return DateWords(short, _between(first, last, speech, "yMMM"), full)


def _part_of_year(value: Edtf, speech: Speech, year: int | None) -> tuple[str, str]:
    first, last = _bounds(value)
    years = str(first.year) if first.year == last.year else f"{first.year}\u2013{last.year % 100:02d}"
    code = value.text[5:7]
    named = {
        "21": (speech.say("spring"), speech.say("spring {year}", year=years)),
        "22": (speech.say("summer"), speech.say("summer {year}", year=years)),
        "23": (speech.say("autumn"), speech.say("autumn {year}", year=years)),
        "24": (speech.say("winter"), speech.say("winter {year}", year=years)),
        "40": (speech.say("first half"), speech.say("first half of {year}", year=years)),
        "41": (speech.say("second half"), speech.say("second half of {year}", year=years)),
    }
    quarter = speech.pattern(first, "QQQQ")
    short, full = named.get(code, (quarter, speech.say("{quarter} {year}", quarter=quarter, year=years)))
    return (short if first.year == year else full), full


def _interval(value: Edtf, speech: Speech, year: int | None) -> DateWords:
    if "/" in value.text:
        return _span(value, speech, year)
    if ".." in value.text:
        return _window(value, speech, year)
    return _one_of([edtf.parse(text) for text in value.text[1:-1].split(",")], speech, year)


def _span(value: Edtf, speech: Speech, year: int | None) -> DateWords:
    """Count the days only where both ends are days; a span of months or years claims no more than it knows."""
    first, last = _bounds(value)
    if len(value.text) == len("2024/2025"):
        years = _between(first, last, speech, "y")
        return DateWords(years, "", years)
    exact = len(value.text) == len("2025-07-01/2025-07-03")
    days = speech.count("{n} day", "{n} days", value.days or 1) if exact else ""
    return DateWords(range_words(first, last, speech, year=year), days, range_words(first, last, speech))


def _window(value: Edtf, speech: Speech, year: int | None) -> DateWords:
    first, last = _bounds(value)
    bounds = range_words(first, last, speech)
    part = _part_of_month(first, last)
    if part:
        months = month_words(first, speech, year=year), month_words(first, speech)
        short, full = (_named_part(part, month, speech) for month in months)
        return DateWords(short, bounds, f"{full} ({bounds})")
    if value.days == 7 and first.weekday() == 0:
        short = speech.say("week of {day}", day=day_words(first, speech, year=year))
        return DateWords(short, bounds, speech.say("the week of {days}", days=bounds))
    short = range_words(first, last, speech, year=year)
    return DateWords(short, speech.say("day not known"), speech.say("{days}, day not known", days=bounds))


def _named_part(part: str, month: str, speech: Speech) -> str:
    named = {
        "early": speech.say("early {month}", month=month),
        "middle": speech.say("mid-{month}", month=month),
        "late": speech.say("late {month}", month=month),
    }
    return named[part]


def _part_of_month(first: date, last: date) -> str:
    """Thirds of a month, as the tagger writes early, middle and late."""
    if (first.year, first.month) != (last.year, last.month):
        return ""
    thirds = {(1, 10): "early", (11, 20): "middle", (21, monthrange(first.year, first.month)[1]): "late"}
    return thirds.get((first.day, last.day), "")


def _one_of(values: Sequence[Edtf], speech: Speech, year: int | None) -> DateWords:
    note = speech.count("{n} date given", "{n} dates given", len(values))
    first, last = values[0].earliest, values[-1].latest
    days = all(value.precision is Precision.DAY for value in values)
    if first and last and days and (last - first).days == len(values) - 1:
        return DateWords(range_words(first, last, speech, year=year), note, range_words(first, last, speech))
    if first and last and len(values) > _MAX_NAMED:
        short, full = range_words(first, last, speech, year=year), range_words(first, last, speech)
        return DateWords(speech.say("between {days}", days=short), note, speech.say("between {days}", days=full))
    shorts = [in_words(value, speech, year=year).short for value in values]
    return DateWords(speech.either(shorts), note, speech.either([in_words(v, speech).full for v in values]))


def _open(value: Edtf, speech: Speech, year: int | None, status: Status | None) -> DateWords:
    note = speech.say("exact day unknown")
    if value.latest is not None:
        end = value.latest + timedelta(days=1) if value.latest < date.max else value.latest
        return DateWords(
            speech.say("before {day}", day=day_words(end, speech, year=year)),
            note,
            speech.say("before {day}", day=day_words(end, speech)),
        )
    begin = edtf.parse(value.text.partition("/")[0])
    short, full = in_words(begin, speech, year=year).short, in_words(begin, speech).full
    if status is Status.ONGOING:
        return DateWords(speech.say("since {date}", date=short), "", speech.say("since {date}", date=full))
    if status is Status.PLANNED:
        return DateWords(speech.say("from {date} on", date=short), note, speech.say("from {date} on", date=full))
    return DateWords(speech.say("{date} or later", date=short), note, speech.say("{date} or later", date=full))


def _qualified(value: Edtf, speech: Speech, words: DateWords) -> DateWords:
    """Say about for ``~``, perhaps for ``?``, both for ``%``."""
    sign = value.text[-1]
    if sign not in "~?%":
        return words
    note = speech.say("not known exactly")
    return DateWords(_unsure(sign, words.short, speech), note, _unsure(sign, words.full, speech))


def _unsure(sign: str, words: str, speech: Speech) -> str:
    forms = {
        "~": speech.say("about {date}", date=words),
        "?": speech.say("perhaps {date}", date=words),
        "%": speech.say("perhaps about {date}", date=words),
    }
    return forms[sign]


def _between(first: date, last: date, speech: Speech, skeleton: str) -> str:
    """Write two days after the CLDR interval pattern, months spelled out where CLDR only knows the short form."""
    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    known = speech.locale.interval_formats.get(skeleton, {})
    if field not in known and field == "y":
        return f"{_end(first, speech, skeleton)} \u2013 {_end(last, speech, skeleton)}"
    parts = known.get(field) or known.get("M") or ["d MMM y \u2013 ", "d MMM y"]
    spelled = [_spelled(part) if skeleton.endswith("d") else part for part in parts]
    return "".join(speech.pattern(day, part) for day, part in zip((first, last), spelled, strict=False))


def _end(day: date, speech: Speech, skeleton: str) -> str:
    return day_words(day, speech) if skeleton.endswith("d") else month_words(day, speech)


def _spelled(pattern: str) -> str:
    return re.sub(r"(?<![ML])([ML])\1\1(?![ML])", r"\1\1\1\1", pattern)


def _pattern(speech: Speech, skeleton: str, otherwise: str) -> str:
    return str(speech.locale.datetime_skeletons.get(skeleton) or otherwise)


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _bounds(value: Edtf) -> tuple[date, date]:
    """Both bounds of a value that is closed by its precision."""
    return value.earliest or date.min, value.latest or date.max
