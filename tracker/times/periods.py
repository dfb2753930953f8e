"""Builders of what is no day: durations, sets, references, and times of day."""

from __future__ import annotations

import re

from tracker.times.build import Hit
from tracker.times.symbols import Symbol

__all__ = ["clock", "duration", "period", "reference", "repeated"]

# ISO 8601 knows no quarters, halves, decades and centuries: they are months and years.
_LETTERS = {"second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "week": ("W", 1), "weekend": ("W", 1), "month": ("M", 1),
            "quarter": ("M", 3), "half": ("M", 6), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100)}  # fmt: skip


def period(number: float, unit: str) -> str | None:
    """Write an amount of time as TIMEX3 does: P3D, PT2H, P18M; None for a unit without a letter."""
    name, _, times = unit.partition("*")
    if name not in _LETTERS:
        return None
    letter, factor = _LETTERS[name]
    amount = number * float(times or 1) * factor
    if amount % 1 and name == "year":
        amount, letter = amount * 12, "M"
    figure = str(int(amount)) if amount % 1 == 0 else str(amount)
    return f"P{letter[0]}{figure}{letter[1]}" if letter[0] == "T" else f"P{figure}{letter}"


def repeated(hit: Hit) -> Symbol | None:
    """Read "every Friday", "every two years", "daily"."""
    if "s" in hit.groups:
        return Symbol("set", hit.rule, value=hit.text("s", "SETWORD"))
    weekday_ = hit.whole("w", "WDAY")
    if weekday_:
        return Symbol("set", hit.rule, value=f"XXXX-WXX-{weekday_}")
    value = period(float(hit.whole("n", "NUM") or 1), hit.text("z", "UNIT"))
    return Symbol("set", hit.rule, value=value) if value else None


def duration(hit: Hit) -> Symbol | None:
    """Read "three days". An age is none."""
    if "s" in hit.groups:
        return Symbol("duration", hit.rule, value=hit.text("s", "SPAN"))
    if hit.kin(hit.end, "AGE_AFTER") or hit.kin(hit.first - 1, "AGE_AFTER"):
        return None
    number = hit.value("n", "NUM")
    value = period(float(str(number)), hit.text("z", "UNIT"))
    return Symbol("duration", hit.rule, value=value) if value else None


def reference(hit: Hit) -> Symbol | None:
    """Read "now", "recently", "soon"."""
    return Symbol("ref", hit.rule, value=hit.text("f", "REF"))


def _is_clock(hit: Hit) -> bool:
    """Tell whether 10.30 is a time: two figures of minutes, and not "about 10.25 points"."""
    if any(name in hit.groups for name in "apkz"):
        return True
    minutes = str(hit.groups["c"].values["DATE2"]).partition(".")[2]
    vague = any(hit.kin(hit.first, name) for name in ("ON", "APPROXB", "FROM", "TO", "UNTIL_BEFORE"))
    counted = any(hit.kin(hit.end, name) for name in ("OTHER", "UNIT", "PERCENT", "MULT", "CURRENCY"))
    return len(minutes) == 2 and not (vague and counted)


def clock(hit: Hit) -> Symbol | None:
    """Read a time of day: 14:30, "at 3 p.m.", "pukul 06.14 WIB". A decimal number needs a word that says so."""
    token = hit.groups["c"]
    marked = any(name in hit.groups for name in "apkbz")
    if "pair" in token.values and not (marked and _is_clock(hit)):
        return None
    if "CLOCK" in token.values:
        hour, minute = (int(n) for n in re.split("[:.]", str(token.values["CLOCK"]))[:2])
    else:
        hour, minute = hit.whole("c", "NUM") or 0, hit.whole("n", "NUM") or 0
        glued = "n" in hit.groups and "k" in hit.groups and hit.groups["n"].start == hit.groups["k"].end
        if "n" in hit.groups and not (glued or "o" in hit.groups):
            return None
        if "digits" not in token.values and "k" not in hit.groups:
            return None
    if "p" in hit.groups and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return Symbol("date", hit.rule, clock=f"{hour:02d}:{minute:02d}", zone=hit.text("z", "ZONE"), cued=marked)
