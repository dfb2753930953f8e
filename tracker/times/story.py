"""What a text has spoken of so far: the day before, the point before, the past year a passage or the whole text tells of.

A *chronicle* is a text that tells of times long past throughout (a history, a life): nearly every year it names lies well
before it was written, and hardly a word counts from the day of writing. There bare and relative phrases hang on the last
time spoken of, across paragraphs. In all other texts only a passage led by an explicit past date does so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.times.moves import day_of
from tracker.times.phrases import Phrase
from tracker.times.priors import Context
from tracker.times.symbols import Point, Symbol
from tracker.times.years import RECENT

__all__ = ["Story", "is_chronicle", "is_today"]

_BESIDE_REACH = 40  # characters after which a bare day need no longer be of the month named before
_SENTENCE_ENDS = "。.!?！？\n"
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)]*\s|[。！？؟।\n]")
_NEWS_DAYS = 6
_LATELY_DAYS = 31
_SENTENCES = 2
_PREVIOUS_REACH = 400  # characters after which "that day" no longer means the day before it
_LONG_PAST = 2  # years before the day of writing from which on a year is history
_LEAST = 8  # explicit years that make a chronicle
_NEAR = ("day", "week", "month", "quarter", "half", "season", "year")  # "yesterday", "last May", "this year"
_PER_PRESENT = 3  # so many of them for each word that speaks from the day of writing
_DATED = ("day", "month", "season", "year")
_YEAR_ENDS = 10  # a story in its autumn goes on …
_YEAR_BEGINS = 4  # … with the spring of the next year


def is_chronicle(phrases: Iterable[Phrase], dct: date | None) -> bool:
    """Tell whether a text tells of long past years nearly throughout."""
    if dct is None:
        return False
    past = present = 0
    for symbol in (phrase.piece.symbol for phrase in phrases):
        if symbol.kind != "date" or symbol.rule == RECENT:
            continue
        if symbol.year is not None:
            if symbol.unit in _DATED and symbol.year <= dct.year - _LONG_PAST:
                past += 1
            elif symbol.year >= dct.year - 1:
                present += 1
        elif _of_today(symbol):
            present += 1
    return past >= _LEAST and past > _PER_PRESENT * present


def _of_today(symbol: Symbol) -> bool:
    """Tell whether a phrase counts from the day of writing: "yesterday", "last week", "on Monday"."""
    if symbol.offset is not None or symbol.year_offset is not None:
        return symbol.base == "dct" and symbol.unit in _NEAR and not symbol.counted
    return symbol.weekday is not None and symbol.day is None and symbol.nth is None


def is_today(symbol: Symbol) -> bool:
    """Tell whether a phrase says no more than "today": in a chronicle that means nowadays."""
    plain = symbol.unit == "day" and symbol.offset == 0 and symbol.base == "dct" and not symbol.counted
    return plain and not (symbol.daypart or symbol.weekday or symbol.clock)


@dataclass(slots=True)
class Story:
    """``now`` is set for requests, whose hours count from the moment they are said; ``chronicle`` as the module tells."""

    now: datetime | None = None
    chronicle: bool = False
    _previous: date | None = None
    _previous_last: date | None = (
        None  # where the last days spoken of are a span, its end: "two days later" counts from there
    )
    _previous_end: int = 0
    _dct: date | None = None
    _newsday: date | None = None  # the first day spoken of that lies shortly before the day of writing: the story's own
    _spoken: Point | None = None  # the last point of whatever size
    _spoken_end: int = 0
    _quarter: Point | None = None
    _narrative: int | None = None
    _narrative_end: int = 0
    _told: Point | None = None  # the last time a chronicle placed
    _dated: date | None = None  # the last day that named its month, or shared one
    _dated_end: int = 0

    def context(self, symbol: Symbol, folded: str, start: int, base: Context) -> Context:
        """Give what a phrase at ``start`` of the text is resolved against."""
        near = Context(
            base.dct, base.prefer, ahead=base.ahead, behind=base.behind, foretold=base.foretold, now=self.now, previous=self._day_spoken_of(symbol, folded, start, base.dct),
            spoken=self._spoken if start - self._spoken_end <= _PREVIOUS_REACH else None,
            quarter=self._quarter, beside=self._beside(folded, start),
            narrative=None if self.chronicle or _lately(symbol, base.dct) else self._year_told(folded, start, base.dct),
        )  # fmt: skip
        if not self.chronicle:
            return near
        if self._told is None or (_of_today(symbol) and symbol.unit == "day" and symbol.offset is not None):
            return near
        told = self._told.first
        return replace(near, dct=told, narrative=_year(self._told, symbol), previous=told, within=True)

    def _day_spoken_of(self, symbol: Symbol, folded: str, start: int, dct: date | None) -> date | None:
        """Give the day that "that day" and a bare hour mean: one of this sentence or the one before, else the day of the news."""
        self._dct = dct
        spoken = self._previous_last if (symbol.offset or 0) > 0 else self._previous
        near = spoken if start - self._previous_end <= _PREVIOUS_REACH else None
        if symbol.base != "previous" or symbol.offset != 0 or self._newsday is None:
            return near
        return near if len(_SENTENCE_END.findall(folded, self._previous_end, start)) <= _SENTENCES else self._newsday

    def _is_newsday(self, symbol: Symbol, day: date) -> bool:
        """Tell whether a day lies shortly before the day of writing; that day written out in full is a date line."""
        days = (self._dct - day).days if self._dct else -1
        return 0 <= days <= _NEWS_DAYS and not (days == 0 and symbol.year is not None)

    def _shares(self, day: date) -> bool:
        return self._dated is not None and (self._dated.year, self._dated.month) == (day.year, day.month)

    def _beside(self, folded: str, start: int) -> date | None:
        """Give the day whose month a bare day behind it shares: "7月15日…16日"."""
        near = self._dated is not None and start - self._dated_end <= _BESIDE_REACH
        apart = not near or any(sign in folded[self._dated_end : start] for sign in _SENTENCE_ENDS)
        return None if apart else self._dated

    def _year_told(self, folded: str, start: int, dct: date | None) -> int | None:
        """Give the past year this paragraph tells of, if an earlier phrase of it named one."""
        if self._narrative is None or folded.find("\n", self._narrative_end, start) >= 0:
            return None
        return self._narrative if dct is None or self._narrative < dct.year - 1 else None

    def remember(self, symbol: Symbol, point: Point | None, end: int) -> None:
        """Take note of a phrase that was placed (or not: None) and ends at ``end``."""
        if point is not None and point.unit == "day":
            self._previous, self._previous_end = point.first, end
            self._previous_last = day_of(point.first, symbol.last_day) if symbol.last_day else point.first
            if self._newsday is None and self._is_newsday(symbol, point.first):
                self._newsday = point.first
            self._dated, self._dated_end = (
                (point.first, end) if symbol.day and (symbol.month or self._shares(point.first)) else (None, 0)
            )
        if point is not None and not (symbol.offset is not None and symbol.unit == "year"):
            self._spoken, self._spoken_end = point, end
            if point.unit == "quarter" and symbol.base == "dct":
                self._quarter = point
        if point is not None and point.unit in _DATED and not _of_today(symbol):
            self._told = point
        if symbol.year is not None and symbol.unit in ("day", "month", "season") and point is not None:
            self._narrative, self._narrative_end = symbol.year, end
        elif (symbol.offset is not None and symbol.base == "dct") or (symbol.weekday and not symbol.day):
            self._narrative = None  # "yesterday", "on Monday": the passage is back in its own day


def _lately(symbol: Symbol, dct: date | None) -> bool:
    """Tell whether a day without a year lies in the weeks before the day of writing: news even beside a past year."""
    if dct is None or symbol.day is None or symbol.month is None:
        return False
    return any(
        0 <= (dct - date(year, symbol.month, 1)).days - symbol.day + 1 <= _LATELY_DAYS
        for year in (dct.year - 1, dct.year)
        if year >= 1
    )


def _year(told: Point, symbol: Symbol) -> int:
    """Give the year a bare month or season of a chronicle lies in: the one told of, the next where the year has run out."""
    month = (symbol.number or 0) % 20 * 3 if symbol.unit == "season" else symbol.month or _YEAR_ENDS
    runs_out = told.unit != "year" and told.first.month >= _YEAR_ENDS
    return told.first.year + (runs_out and month <= _YEAR_BEGINS)
