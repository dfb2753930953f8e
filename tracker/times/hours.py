"""Hours as people write and say them to an assistant: "3p", "330 pm", "seven thirty", "twelve oh three", "half three", "8 tonight"."""

from __future__ import annotations

from tracker.times.hits import Hit
from tracker.times.symbols import Symbol
from tracker.times.tokens import Relative

__all__ = ["beside_daypart", "glued", "half_past", "part_alone", "whole", "with_minutes"]

_COUNTED_BY = ("OTHER", "UNIT", "PERCENT", "MULT", "CURRENCY", "MONTH", "NUM", "DECIMAL", "DASH", "SLASH", "YEAR")
_HALF_DAY, _MINUTES = 12, 60


def with_minutes(hit: Hit) -> Symbol | None:
    """Read "seven thirty p.m.", "twelve oh three": an hour and the minutes behind it; of a single figure only behind a nought."""
    hour, minute = hit.whole("c", "NUM"), hit.whole("n", "NUM")
    if hour is None or minute is None or _followed(hit):
        return None
    nought = "z" in hit.groups
    marked = any(name in hit.groups for name in "apd")
    if not 1 <= hour <= (_HALF_DAY if marked or nought else 24) or not (
        (nought and 0 < minute < 10) or 10 <= minute < _MINUTES
    ):
        return None
    if "digits" in hit.groups["n"].values and hit.groups["n"].values["digits"] != 2:
        return None
    return _clock(hit, hour, minute)


def whole(hit: Hit) -> Symbol | None:
    """Read "330 pm", "at 0730 in the morning", "3 in the morning", "3 o'clock pm": one number for hour and minutes, or the hour."""
    number, figures = hit.whole("c", "NUM"), hit.groups["c"].values.get("digits", 1)
    if number is None or _followed(hit):
        return None
    hour, minute = divmod(number, 100) if figures in (3, 4) else (number, None)
    return _clock(hit, hour, minute) if 0 < hour <= _HALF_DAY and (minute or 0) < _MINUTES else None


def glued(hit: Hit) -> Symbol | None:
    """Read "7a", "3:15p": a letter written on to the hour."""
    token, letter = hit.groups["c"], hit.row[hit.end - 1]
    if token.end != letter.start or _followed(hit):
        return None
    if "CLOCK" in token.values:
        parts = str(token.values["CLOCK"]).replace(".", ":").split(":")
        hour, minute = int(parts[0]), int(parts[1])
        return _clock(hit, hour, minute) if len(parts[1]) == 2 and 0 < hour <= _HALF_DAY and minute < _MINUTES else None
    number = hit.whole("c", "NUM")
    if number is None or "digits" not in token.values or not 0 < number <= _HALF_DAY:
        return None
    return _clock(hit, number, None)


def half_past(hit: Hit) -> Symbol | None:
    """Read "half three" as half past it, where the language says so."""
    hour = hit.whole("c", "NUM")
    if hour is None or not 0 < hour <= _HALF_DAY or "digits" in hit.groups["c"].values or _followed(hit):
        return None
    return _clock(hit, hour, 30)


def beside_daypart(hit: Hit) -> Symbol | None:
    """Read "8" before "tonight" or "tomorrow evening": an hour, where a day with its part follows."""
    said = hit.row[hit.end].values.get("REL")
    hour = hit.whole("c", "NUM")
    if (
        not isinstance(said, Relative)
        or not (said.daypart or "d" in hit.groups)
        or hour is None
        or not 0 < hour <= _HALF_DAY
    ):
        return None
    return Symbol("date", hit.rule, clock=f"{hour:02d}", cued=True)


def part_alone(hit: Hit) -> Symbol | None:
    """Read "in the evening", or "afternoon" that is all a request says: of the day it is made."""
    named = hit.kin(hit.first - 1, "THE")
    end = hit.end + ("o" in hit.groups)
    if not named and (end < len(hit.row) or hit.first > 0):
        return None
    return Symbol("date", hit.rule, offset=0, daypart=hit.text("d", "DAYPART"))


def _followed(hit: Hit) -> bool:
    """Tell whether something follows that the figures rather count."""
    return any(hit.kin(hit.end, name) for name in _COUNTED_BY)


def _clock(hit: Hit, hour: int, minute: int | None) -> Symbol:
    part = hit.text("d", "DAYPART")
    late = "p" in hit.groups or part in ("AF", "EV") or (part == "NI" and hour > _LATEST_NIGHT)
    early = "a" in hit.groups or part in ("MO", "NI")
    if late and hour < _HALF_DAY:
        hour += _HALF_DAY
    elif early and not late and hour == _HALF_DAY:
        hour = 0
    shown = f"{hour:02d}" if minute is None else f"{hour:02d}:{minute:02d}"
    return Symbol(
        "date", hit.rule, clock=shown, cued=True, dark="a" in hit.groups and "AM_GLUED" in hit.groups["a"].values
    )


_LATEST_NIGHT = 5  # "4 at night" is before dawn
