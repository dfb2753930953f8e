"""Builders of what is no day: durations, sets, references, and times of day."""

from __future__ import annotations

import re

from tracker.times.clocks import BARE
from tracker.times.hits import Hit
from tracker.times.symbols import Symbol
from tracker.times.tokens import Relative
from tracker.times.write import SEASONS

__all__ = ["MOMENTS", "clock", "duration", "period", "reference", "repeated"]

# ISO 8601 knows no halves, decades and centuries: they are months and years. TIMEX3 has a letter for quarters.
_LETTERS = {"second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "week": ("W", 1), "weekend": ("W", 1), "month": ("M", 1),
            "quarter": ("Q", 1), "half": ("M", 6), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100)}  # fmt: skip


MOMENTS = ("second", "minute", "hour")


def period(number: float, unit: str) -> str | None:
    """Write an amount of time as TIMEX3 does: P3D, PT2H, P18M; None for a unit without a letter."""
    name, _, times = unit.partition("*")
    if name not in _LETTERS:
        return None
    letter, factor = _LETTERS[name]
    amount = number * float(times or 1) * factor
    if amount % 1 and name == "year":
        years, months = divmod(round(amount * 12), 12)
        return f"P{years}Y{months}M" if years >= _YEARS_SAID else f"P{round(amount * 12)}M"
    figure = str(int(amount)) if amount % 1 == 0 else str(amount)
    return f"P{letter[0]}{figure}{letter[1]}" if letter[0] == "T" else f"P{figure}{letter}"


_YEARS_SAID = 2  # a year and a half is eighteen months


def repeated(hit: Hit) -> Symbol | None:
    """Read "every Friday", "each Monday morning", "every July", "every two years", "daily"."""
    if "s" in hit.groups:
        if "NUM" in hit.groups["s"].values and not hit.kin(hit.first - 1, "CURRENCY"):  # "kuus" is six, and a month's
            return None
        return Symbol("set", hit.rule, value=hit.text("s", "SETWORD") + _part_of_day(hit, "p"))
    if "z" not in hit.groups:
        return Symbol("set", hit.rule, value=_named_again(hit))
    number = hit.whole("n", "NUM") or hit.whole("o", "ORD") or 1
    value = period(float(number), hit.text("z", "UNIT"))
    return Symbol("set", hit.rule, value=value) if value else None


def _named_again(hit: Hit) -> str:
    """Write the name of a day, month, season or part of the day that comes again and again."""
    if "w" in hit.groups:
        return f"XXXX-WXX-{hit.whole('w', 'WDAY')}" + _part_of_day(hit, "p")
    if "m" in hit.groups:
        return f"XXXX-{hit.whole('m', 'MONTH'):02d}"
    if "e" in hit.groups:
        return f"XXXX-{SEASONS[hit.whole('e', 'SEASON') or 21]}"
    return "XXXX-XX-XX" + _part_of_day(hit, "d")


def _part_of_day(hit: Hit, name: str) -> str:
    return f"T{hit.text(name, 'DAYPART')}" if name in hit.groups else ""


def duration(hit: Hit) -> Symbol | None:
    """Read "three days". An age is none."""
    if "s" in hit.groups:
        return Symbol("duration", hit.rule, value=hit.text("s", "SPAN"))
    if hit.kin(hit.end, "AGE_AFTER") or hit.kin(hit.first - 1, "AGE_AFTER"):
        return None
    if "pair" in hit.groups["n"].values and _hours(hit):
        return None
    if hit.kin(hit.first, "CLOCK_BEFORE") and hit.kin(hit.end - 1, "CLOCK_AFTER"):  # "rond vier uur" is a time of day
        return None
    if "YEAR" in hit.groups["n"].values and hit.text("zy", "UNIT") in ("quarter", "half", "weekend"):
        return None  # "the 1988 quarter"
    number = float(str(hit.value("n", "NUM"))) + (hit.whole("ij", "MINA") or 0) / 60
    unit = hit.text("zy", "UNIT")
    if "o" in hit.groups and unit in ("decade", "century"):  # "los años treinta del siglo XIX"
        return None
    value, turn = period(number, unit), hit.turn() if unit in MOMENTS else None
    return Symbol("duration", hit.rule, value=value, turn=turn) if value else None


def behind(hit: Hit) -> Symbol | None:
    """Read "السنوات الثلاث الماضية": the number said as a word behind what it counts, and before "last"."""
    number = hit.whole("n", "NUM")
    if number is None or not 2 <= number <= _MULTIPLE or "digits" in hit.groups["n"].values:
        return None
    return duration(hit)


def together(hit: Hit) -> Symbol | None:
    """Read "two hours and 30 minutes", "2 years 3 months": larger before smaller makes one duration."""
    parts = [(hit.whole(a, "NUM"), hit.text(b, "UNIT")) for a, b in ("nz", "my", "kx") if a in hit.groups]
    ranks = [_RANKED.index(unit) if unit in _RANKED else -1 for _, unit in parts]
    if (
        -1 in ranks
        or ranks != sorted(set(ranks), reverse=True)
        or any(n is None for n, _ in parts)
        or hit.kin(hit.end, "AGE_AFTER")
    ):
        return None
    days = "".join(f"{n}{_LETTERS[unit][0]}" for n, unit in parts if len(_LETTERS[unit][0]) == 1)
    hours = "".join(f"{n}{_LETTERS[unit][0][1]}" for n, unit in parts if len(_LETTERS[unit][0]) > 1)
    return Symbol("duration", hit.rule, value=f"P{days}" + (f"T{hours}" if hours else ""))


def _hours(hit: Hit) -> bool:
    """Tell whether "18.45 hours" are a time of day: two figures of minutes before a word that also stands behind the hour."""
    hour, _, minutes = str(hit.groups["n"].values["DATE2"]).partition(".")
    behind = hit.groups.get("z")
    return behind is not None and "CLOCK_AFTER" in behind.values and len(minutes) == 2 and int(hour) < 24


_RANKED = ("second", "minute", "hour", "day", "week", "month", "year")


def vague(hit: Hit) -> Symbol | None:
    """Read "several weeks", "a few days ago": TIMEX3 says PXW of an amount nobody counts.

    "Recent years" is a reference to the past.
    """
    unit = hit.text("z", "UNIT").partition("*")[0]
    if unit not in _LETTERS:
        return None
    if "f" in hit.groups:
        return Symbol("ref", hit.rule, value=hit.text("f", "REF"))
    letter = _LETTERS[unit][0]
    return Symbol("duration", hit.rule, value=f"P{letter[0]}X{letter[1]}" if letter[0] == "T" else f"PX{letter}")


def reference(hit: Hit) -> Symbol | None:
    """Read "now", "recently", "soon"."""
    return Symbol("ref", hit.rule, value=hit.text("f", "REF"))


def _is_clock(hit: Hit) -> bool:
    """Tell whether 10.30 is a time: two figures of minutes, and not "about 10.25 points"."""
    if any(name in hit.groups for name in "apkzd"):
        return True
    minutes = str(hit.groups["c"].values["DATE2"]).partition(".")[2]
    if _multiplied(hit):
        return False
    vague = any(hit.kin(hit.first, name) for name in ("ON", "APPROXB", "FROM", "TO", "UNTIL_BEFORE"))
    counted = any(hit.kin(hit.end, name) for name in ("OTHER", "UNIT", "PERCENT", "MULT", "CURRENCY"))
    return len(minutes) == 2 and not (vague and counted)


def _multiplied(hit: Hit) -> bool:
    """Tell whether a word like "million" stands behind: "changed at 2.46 billion guilders"."""
    behind = hit.row[hit.end].values if hit.end < len(hit.row) else {}
    number = behind.get("NUM")
    return isinstance(number, int | float) and number >= _MULTIPLE and "digits" not in behind


_MULTIPLE = 100


def _minutes(hit: Hit) -> bool:
    """Tell whether two figures apart from the hour are its minutes ("vers 18 h 55"), not a count of something."""
    figures = hit.groups["n"].values
    return figures.get("digits") == 2 and ("b" in hit.groups or not hit.kin(hit.end, "OTHER"))


def hour(hit: Hit) -> Symbol | None:
    """Read "alle 14", "a las tres": an hour where nothing follows that the figure could count."""
    ordinal = hit.kin(hit.end, "ORDINAL_AFTER") and any(hit.kin(hit.end + 1, name) for name in _COUNTED_BY)
    plain = "b" in hit.groups and "h" in hit.groups  # "um halb acht fielen …": nothing counts "half eight"
    if ordinal or any(hit.kin(hit.end, name) for name in _COUNTED_BY if not (plain and name == "OTHER")):
        return None
    return clock(hit)


def before_daypart(hit: Hit) -> Symbol | None:
    """Read "8 giờ" before "tối nay": an hour, no duration, where a day with its part follows."""
    said = hit.row[hit.end].values.get("REL", hit.row[hit.end].values.get("PREV"))
    return clock(hit) if isinstance(said, Relative) and (said.daypart or said.previous) else None


def past(hit: Hit) -> Symbol | None:
    """Read "a las tres y media", "kwart over drie": a half or quarter needs a word of hours beside it."""
    if "k" in hit.groups:
        return clock(hit)
    return hour(hit) if any(name in hit.groups for name in "bapd") else None


_COUNTED_BY = (
    "OTHER",
    "UNIT",
    "PERCENT",
    "MULT",
    "CURRENCY",
    "MONTH",
    "NUM",
    "DECIMAL",
    "DASH",
    "SLASH",
    "YEAR",
    "DAY_AFTER",
)


def _zone(hit: Hit) -> str:
    """Name the zone as it was written; Z for universal time."""
    return "Z" if hit.text("z", "UTC") else hit.text("z", "ZONE").upper()


def clock(hit: Hit) -> Symbol | None:
    """Read a time of day: 14:30, "at 3 p.m.", "pukul 06.14 WIB". A decimal number needs a word that says so."""
    token = hit.groups["c"]
    if (
        "d" in hit.groups and "REL" in hit.groups["d"].values
    ):  # "morgen" is the morning and tomorrow: beside an hour a day
        return None
    marked = any(name in hit.groups for name in "apkbzd")
    if any(hit.kin(hit.end, name) for name in _PRICED):
        return None
    if "pair" in token.values and not (marked and _is_clock(hit)):
        return None
    if "CLOCK" in token.values:
        hour, minute = (int(n) for n in re.split("[:.]", str(token.values["CLOCK"]))[:2])
        said = True
    else:
        figures = _figures(hit)
        if figures is None:
            return None
        hour, minute = figures
        said = any(name in hit.groups for name in "nhi")
    hour = _half_of_day(hit, hour)
    if not 0 <= hour <= _HOURS_OF_DAY or minute > 59:
        return None
    shown = f"{hour:02d}:{minute:02d}" if said else f"{hour:02d}"
    race = (
        not marked and str(token.values.get("CLOCK", "")).count(":") == 2
    )  # "won in 2:05:33": a time of day only beside a day
    return Symbol("date", BARE if race else hit.rule, clock=shown, zone=_zone(hit), cued=marked, dark=_before_noon(hit))


def _before_noon(hit: Hit) -> bool:
    return "a" in hit.groups and "AM_GLUED" in hit.groups["a"].values  # a word for the morning may mean today's


def points(hit: Hit) -> Symbol | None:
    """Read "15.30" of a request that says nothing else or stands beside a day: what is no day and month may be an hour."""
    beside = any(hit.kin(index, name) for index in (hit.first - 1, hit.end) for name in ("WDAY", "RELD", "MONTH"))
    if not beside and (hit.first or hit.end < len(hit.row)):
        return None
    hour, _, minutes = hit.text("c", "CLOCK").partition(".")
    if len(minutes) != 2 or int(hour) > 24 or 1 <= int(minutes) <= 12 or any(hit.kin(hit.end, n) for n in _COUNTED_BY):
        return None
    return Symbol("date", hit.rule, clock=f"{int(hour):02d}:{minutes}") if int(minutes) < 60 else None


_PRICED = ("CURRENCY", "MULT", "PERCENT")  # "02:07:00 lire" is a number that lost its shape, or a rate


def _figures(hit: Hit) -> tuple[int, int] | None:
    """Give hour and minute of a number; None where it is rather a count of something."""
    hour, minute = hit.whole("c", "NUM"), hit.whole("n", "NUM")
    half = hit.value("c", "NUM")
    if (
        isinstance(half, float)
        and half % 1 == 0.5
        and "digits" not in hit.groups["c"].values
        and set("bap") & hit.groups.keys()
    ):
        return int(half), 30  # Greek τρεισήμισι
    minute = (hit.whole("n", "MINA") or 0) if minute is None else minute  # a half is a number as well
    hour = (
        next((h for name in ("HOUR", "ORD") if (h := hit.whole("c", name)) is not None), None) if hour is None else hour
    )
    glued = "n" in hit.groups and "k" in hit.groups and hit.groups["n"].start == hit.groups["k"].end
    if hour is None or ("n" in hit.groups and not (glued or "o" in hit.groups or _minutes(hit))):
        return None
    if not {"digits", "HOUR"} & hit.groups["c"].values.keys() and not any(name in hit.groups for name in "kbhiap"):
        return None
    past = hit.whole("h", "MINB") or hit.whole("i", "MINA") or 0
    if "d" in hit.groups and "HOUR" not in hit.groups["c"].values and not any(name in hit.groups for name in "kbhi"):
        return None
    return (hour if past >= 0 else (hour - 1) % 24), (minute or past % 60)


def _half_of_day(hit: Hit, hour: int) -> int:
    """Count an hour of the afternoon or evening from noon."""
    part = hit.text("d", "DAYPART") or hit.text("a", "DAYPART")  # Polish "w nocy" stands behind 2 and 22
    late = (
        ("p" in hit.groups and part != "MO")
        or part in ("AF", "EV")
        or (part == "NI" and hour > _LATEST_NIGHT)
        or (part == "MI" and hour < _LATEST_NOON)
    )
    if late and 0 < hour < 12:  # "ce soir à 00 h 10" is past midnight
        return hour + 12
    return 0 if "a" in hit.groups and hour == 12 else hour


_LATEST_NIGHT = 5  # "4 at night" is before dawn, "9 at night" is not
_LATEST_NOON = 4


def past_hour(hit: Hit) -> Symbol | None:
    """Read "zehn nach drei", "twintig over 3", "fünf vor halb vier": minutes counted from an hour, or from the half before it."""
    minutes, hour_ = hit.whole("n", "NUM"), hit.whole("c", "NUM") or hit.whole("c", "ORD")
    unit = hit.row[hit.first + ("b" in hit.groups) + 1].values.get("UNIT", "minute")
    if (
        minutes is None
        or hour_ is None
        or not 0 < minutes < _HALF_HOUR
        or not 0 < hour_ <= _HOURS_OF_DAY
        or unit != "minute"
    ):
        return None
    if any(hit.kin(hit.end, name) for name in ("UNIT", "PERCENT", "CURRENCY", "MULT", "MONTH", "DECIMAL", "NUM")):
        return None
    sign = 1 if "p" in hit.groups else -1
    total = hour_ * 60 + (hit.whole("h", "MINB") or 0) + sign * minutes
    hour_ = _half_of_day(hit, total // 60)
    hour_ += 12 if "q" in hit.groups and hour_ < _NOON else 0
    return Symbol("date", hit.rule, clock=f"{hour_ % _HOURS_OF_DAY:02d}:{total % 60:02d}")


_HALF_HOUR, _HOURS_OF_DAY, _NOON = 31, 24, 12


def asked_hour(hit: Hit) -> Symbol | None:
    """Read "tres y media", "o trzecia piętnaście", "piętnasta godzina" of a request: an hour that counts nothing."""
    if any(hit.kin(hit.end, name) for name in _COUNTED_BY):
        return None
    hour_, minutes = hit.whole("cor", "NUM") or hit.whole("or", "ORD"), hit.whole("n", "NUM")
    if not hour_ or hour_ > _HOURS_OF_DAY or not _FEWEST <= (_FEWEST if minutes is None else minutes) < 60:
        return None
    past_ = hit.whole("i", "MINA") or minutes or 0
    total = hour_ * 60 + past_
    told = f"{total // 60 % _HOURS_OF_DAY:02d}"
    return Symbol("date", hit.rule, clock=f"{told}:{total % 60:02d}" if past_ else told)


_FEWEST = 5  # minutes said behind an hour that is an ordinal


def and_minutes(hit: Hit) -> Symbol | None:
    """Read "the third and eighteen minutes in the morning": minutes added to an hour that a word beside it tells from a duration."""
    if hit.text("z", "UNIT") != "minute" or not any(name in hit.groups for name in "bapd"):
        return None
    hour_, minute = hit.whole("c", "NUM"), hit.whole("n", "NUM")
    hour_ = hit.whole("c", "ORD") if hour_ is None else hour_
    if hour_ is None or minute is None or not (0 <= hour_ <= _HOURS_OF_DAY and 0 < minute <= _LAST_MINUTE):
        return None
    return Symbol("date", hit.rule, clock=f"{_half_of_day(hit, hour_) % _HOURS_OF_DAY:02d}:{minute:02d}", cued=True)


_LAST_MINUTE = 59


def coming(hit: Hit) -> Symbol | None:
    """Read "the next 3 hours" of a request: some time of this day."""
    turn, number, unit = hit.whole("ts", "MODB"), hit.whole("no", "NUM"), hit.text("zv", "UNIT")
    if (span := _SPAN.fullmatch(hit.text("x", "SPAN"))) is not None:
        number, unit = int(span["number"]), _CLOCKED[span["letter"]]
    if not turn or number is None or unit not in ("second", "minute", "hour"):
        return None
    return Symbol("date", hit.rule, unit=unit, offset=turn * number, counted=True)


_SPAN = re.compile("PT(?P<number>[0-9]+)(?P<letter>[HMS])")
_CLOCKED = {"H": "hour", "M": "minute", "S": "second"}
