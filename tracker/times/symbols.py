"""What a phrase says before anybody knows when it was written: a symbolic value, and the point it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["Kind", "Point", "Symbol"]

Kind = Literal["date", "duration", "set", "ref"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A phrase's own words, nothing resolved.

    ``unit`` is the finest unit said (day week weekend month season quarter half year decade century). Fields that the
    phrase leaves open are None. ``offset`` counts units from the anchor ("last week" -1); ``counted`` tells that a number
    was said ("two weeks ago"), which makes a day near it, not a calendar week. ``turn`` is last/this/next (-1 0 1) beside
    a name ("last Monday", "next summer"). ``base`` names what an offset counts from. ``value`` is the finished TIMEX3
    value of durations, sets and references.
    """

    kind: Kind
    rule: str
    unit: str = "day"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None  # "the second Monday of May"; -1 the last
    number: int | None = None  # season code, quarter, half, century
    offset: float | None = None
    counted: bool = False
    turn: int | None = None
    year_offset: int | None = None
    month_offset: int | None = None
    week_offset: int | None = None
    base: Literal["dct", "previous"] = "dct"
    mod: str = ""
    approximate: bool = False
    daypart: str = ""
    clock: str = ""
    dark: bool = False  # an hour said to be before noon: "3 am", which of a request is the coming night's
    zone: str = ""
    holiday: str = ""
    calendar: str = ""  # another calendar and its month, "islamic09"; 00 for a whole year
    value: str = ""
    amount: tuple[int, int] | None = None  # where the number of units alone stands in the text
    either: bool = False  # the offset may as well point the other way
    shift: tuple[int, str] | None = None  # "three weeks after": what is added to the day
    last_day: int | None = None  # "9-11 May"
    last_month: int | None = None  # "the first four months of the year"
    overnight: int = 0  # the night to the next day (1), or from the day before (-1)
    behind: int = 0  # days an old calendar's date lies behind the new one
    cued: bool = True  # False: a bare word that means a date only if nothing speaks against it


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the calendar: ``unit`` and its first day. ``number`` as in Symbol; of a "stretch" (a month or year of
    another calendar) its days."""

    unit: str
    first: date
    number: int | None = None
