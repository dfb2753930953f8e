"""From a symbol to a point on the calendar, given when the text was written and what was spoken of before.

Order of the evidence: a year said, a weekday that must agree with the day, last/this/next, a cue of tense in the clause,
the measured priors of news (a bare weekday is the latest one, a bare day or month the one nearest to the document's date).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.times.feasts import feast
from tracker.times.ordinals import nth_points
from tracker.times.priors import Context, nearest, turned
from tracker.times.symbols import Point, Symbol
from tracker.types import Anchor

__all__ = ["Resolved", "resolve"]

_LATELY_DAYS = 10  # a bare "the 29th" said on the 3rd is last month's; said on the 17th of a month it is that month's


@dataclass(frozen=True, slots=True)
class Resolved:
    """``point`` None where the phrase needs an anchor that is not known. ``doubtful``: parts of the phrase contradict."""

    point: Point | None
    anchor: Anchor
    doubtful: bool = False
    alternatives: tuple[date, ...] = ()
    clock: str = ""  # "in two hours", where the moment of writing is known


def resolve(symbol: Symbol, context: Context) -> Resolved | None:
    """Give the point a dating symbol names; None where it names none that exists."""
    try:
        return _resolver(symbol)(symbol, context)
    except (ValueError, OverflowError):  # a calendar that ends at year 9999, a 31 June that no year has
        return None


def _resolver(symbol: Symbol) -> Callable[[Symbol, Context], Resolved | None]:
    if symbol.clock and _alone(symbol):
        return _clock
    if symbol.holiday:
        return _holiday
    if symbol.nth is not None:
        return _nth
    if symbol.offset is not None:
        return _offset
    return _NAMED[symbol.unit]


def _alone(symbol: Symbol) -> bool:
    """Tell whether a time of day stands without a day of its own."""
    return not symbol.holiday and all(part is None for part in (symbol.day, symbol.weekday, symbol.offset))


def _explicit(unit: str, first: date, number: int | None = None, *, doubtful: bool = False) -> Resolved:
    return Resolved(Point(unit, first, number), Anchor.EXPLICIT, doubtful)


def _unknown() -> Resolved:
    return Resolved(None, Anchor.DCT)


def _clock(symbol: Symbol, context: Context) -> Resolved | None:
    del symbol
    if context.previous is not None:
        return Resolved(Point("day", context.previous), Anchor.PREVIOUS)
    return Resolved(Point("day", context.dct), Anchor.DCT) if context.dct else _unknown()


def _holiday(symbol: Symbol, context: Context) -> Resolved | None:
    if symbol.year is not None:
        return _explicit("day", feast(symbol.holiday, symbol.year))
    if context.dct is None:
        return _unknown()
    if symbol.year_offset is not None:
        return Resolved(Point("day", feast(symbol.holiday, context.dct.year + symbol.year_offset)), Anchor.HOLIDAY)
    days = list(_feasts(symbol.holiday, context.dct.year))
    chosen = turned(days, symbol.turn, context)
    return Resolved(Point("day", chosen), Anchor.HOLIDAY) if chosen else None


def _feasts(rule: str, year: int) -> Iterable[date]:
    for n in (-1, 0, 1):
        try:
            yield feast(rule, year + n)
        except (ValueError, OverflowError):  # at the edge of the calendar
            continue


def _offset(symbol: Symbol, context: Context) -> Resolved | None:
    if (same := _years_apart(symbol, context)) is not None:
        return Resolved(same, Anchor.PREVIOUS)
    anchor, base = (Anchor.PREVIOUS, context.previous) if symbol.base == "previous" else (Anchor.DCT, context.dct)
    if base is None:
        base, anchor = context.dct, Anchor.DCT
    if base is None or symbol.offset is None:
        return _unknown()
    if (
        symbol.base == "dct"
        and symbol.offset == 0
        and symbol.unit == "day"
        and not symbol.daypart
        and not symbol.weekday
    ):
        return Resolved(Point("day", base), Anchor.DCT)
    if context.now is not None and symbol.unit in _SECONDS and anchor is Anchor.DCT:
        moment = context.now + timedelta(seconds=symbol.offset * _SECONDS[symbol.unit])
        return Resolved(Point("day", moment.date()), anchor, clock=f"{moment:%H:%M:%S}".removesuffix(":00"))
    point = _moved(base, symbol)
    return Resolved(point, anchor, bool(symbol.weekday) and point.first.isoweekday() != symbol.weekday)


_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def _nth(symbol: Symbol, context: Context) -> Resolved | None:
    dct, month = context.dct, symbol.month
    if symbol.year is not None:
        points = nth_points(symbol, (symbol.year,), month)
        return Resolved(points[0], Anchor.EXPLICIT) if points else None
    if dct is None:
        return _unknown()
    if symbol.month_offset is not None:
        start = _month_start(dct.year, dct.month + symbol.month_offset)
        points = nth_points(symbol, (start.year,), start.month)
    elif symbol.year_offset is not None:
        points = nth_points(symbol, (dct.year + symbol.year_offset,), month)
    elif context.narrative is not None:
        points = nth_points(symbol, (context.narrative,), month)
    else:
        points = nth_points(symbol, (dct.year - 1, dct.year, dct.year + 1), month)
    if not points:
        return None
    chosen = nearest([point.first for point in points], context)
    return Resolved(next(point for point in points if point.first == chosen), Anchor.DCT)


_COMPARED = ("quarter", "half", "month", "season")


def _years_apart(symbol: Symbol, context: Context) -> Point | None:
    """Give "a year earlier" the size of what was spoken of before: the same quarter, month or season of that year."""
    spoken = context.spoken
    counted = symbol.counted or symbol.base == "previous"
    if symbol.unit != "year" or not counted or abs(symbol.offset or 0) != 1 or symbol.mod or spoken is None:
        return None
    if spoken.unit not in (_COMPARED if symbol.base == "previous" else _COMPARED[:1]):
        return None
    return replace(spoken, first=_month_start(spoken.first.year + int(symbol.offset or 0), spoken.first.month))


def _moved(base: date, symbol: Symbol) -> Point:
    offset = int(symbol.offset or 0)
    mover = _MOVERS.get(symbol.unit)
    if mover is None and symbol.unit == "hour" and offset % 24 == 0:
        return Point("day", base + timedelta(days=offset // 24))
    if mover is None:
        return Point("day", base)  # hours, minutes and seconds away: that day
    if symbol.counted and symbol.unit == "week":
        return Point("day", base + timedelta(weeks=offset))
    if symbol.counted and symbol.unit == "decade":
        return Point("year", date(base.year + 10 * offset, 1, 1))
    return mover(base, offset)


def _quarter_at(base: date, offset: int) -> Point:
    index = base.year * 4 + (base.month - 1) // 3 + offset
    return Point("quarter", date(index // 4, index % 4 * 3 + 1, 1), index % 4 + 1)


def _half_at(base: date, offset: int) -> Point:
    index = base.year * 2 + (base.month - 1) // 6 + offset
    return Point("half", date(index // 2, index % 2 * 6 + 1, 1), index % 2 + 1)


def _weekend(base: date, offset: int) -> date:
    """Give a weekend's Saturday: this one is the one of the running week, last and next the ones beside it."""
    return base + timedelta(weeks=offset, days=5 - base.weekday())


def _month_start(year: int, month: int) -> date:
    index = year * 12 + month - 1
    return date(index // 12, index % 12 + 1, 1)


_MOVERS: Mapping[str, Callable[[date, int], Point]] = {
    "day": lambda base, n: Point("day", base + timedelta(days=n)),
    "week": lambda base, n: Point("week", base + timedelta(weeks=n, days=-base.weekday())),
    "weekend": lambda base, n: Point("weekend", _weekend(base, n)),
    "month": lambda base, n: Point("month", _month_start(base.year, base.month + n)),
    "quarter": _quarter_at,
    "half": _half_at,
    "year": lambda base, n: Point("year", date(base.year + n, 1, 1)),
    "decade": lambda base, n: Point("decade", date(base.year // 10 * 10 + 10 * n, 1, 1)),
    "century": lambda base, n: Point("century", date(base.year // 100 * 100 + 100 * n, 1, 1)),
}


def _day(symbol: Symbol, context: Context) -> Resolved | None:
    if symbol.month is not None and symbol.day is not None:
        return _day_and_month(symbol, symbol.month, symbol.day, context)
    if symbol.day is not None:
        return _day_of_month(symbol, symbol.day, context)
    return _weekday(symbol, context) if symbol.weekday else None


def _day_and_month(symbol: Symbol, month: int, day: int, context: Context) -> Resolved | None:
    if symbol.year is not None:
        first = date(symbol.year, month, day)
        doubtful = symbol.weekday is not None and first.isoweekday() != symbol.weekday
        return _explicit("day", first, doubtful=doubtful)
    if context.dct is None:
        return _unknown()
    if symbol.year_offset is not None:
        return Resolved(Point("day", date(context.dct.year + symbol.year_offset, month, day)), Anchor.DCT)
    if context.narrative is not None and symbol.turn is None:
        return Resolved(Point("day", date(context.narrative, month, day)), Anchor.NARRATIVE)
    days = list(_existing((context.dct.year + n, month, day) for n in (-1, 0, 1)))
    if not days:  # 29 February far from a leap year
        days = list(_existing((context.dct.year + n, month, day) for n in range(-4, 5)))
    agreeing = [d for d in days if symbol.weekday and d.isoweekday() == symbol.weekday]
    chosen = turned(agreeing or days, symbol.turn, context)
    doubtful = bool(symbol.weekday) and not agreeing
    return Resolved(Point("day", chosen), Anchor.DCT, doubtful) if chosen else None


def _existing(parts: Iterable[tuple[int, int, int]]) -> Iterable[date]:
    for year, month, day in parts:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _day_of_month(symbol: Symbol, day: int, context: Context) -> Resolved | None:
    dct = context.dct
    if dct is None:
        return _unknown()
    if symbol.month_offset is not None:
        first = _month_start(dct.year, dct.month + symbol.month_offset)
        return Resolved(Point("day", first.replace(day=day)), Anchor.DCT)
    starts = [_month_start(dct.year, dct.month + n) for n in range(-2, 3)]
    days = list(_existing((s.year, s.month, day) for s in starts))
    if symbol.weekday:
        days = [d for d in days if d.isoweekday() == symbol.weekday]
        return Resolved(Point("day", nearest(days, context)), Anchor.DCT) if days else None
    forward = symbol.turn == 1 or (symbol.turn is None and (context.ahead or context.prefer == "future"))
    if forward:
        return Resolved(Point("day", min(d for d in days if d >= dct)), Anchor.DCT)
    past = [d for d in days if d < dct or (d == dct and symbol.turn != -1)]
    if symbol.turn is None and context.prefer == "news":
        mine = [d for d in days if (d.year, d.month) == (dct.year, dct.month)]
        recent = [d for d in past if (dct - d).days <= _LATELY_DAYS]
        past = recent or mine or past
    return Resolved(Point("day", max(past)), Anchor.DCT) if past else None


def _weekday(symbol: Symbol, context: Context) -> Resolved | None:
    dct = context.dct
    if dct is None or symbol.weekday is None:
        return _unknown()
    if symbol.week_offset is not None:
        monday = dct - timedelta(days=dct.weekday()) + timedelta(weeks=symbol.week_offset)
        return Resolved(Point("day", monday + timedelta(days=symbol.weekday - 1)), Anchor.DCT)
    back = (dct.isoweekday() - symbol.weekday) % 7
    latest, coming = dct - timedelta(days=back), dct + timedelta(days=(-back) % 7)
    if symbol.turn == -1:
        return Resolved(Point("day", latest if back else dct - timedelta(days=7)), Anchor.DCT)
    if symbol.turn == 1:
        first = coming if coming > dct else dct + timedelta(days=7)
        return Resolved(Point("day", first), Anchor.DCT, alternatives=(first + timedelta(days=7),))
    if context.prefer == "future" and symbol.turn in (0, None):
        strict = symbol.turn is None and coming == dct  # who asks for Tuesday on a Tuesday means the next one
        return Resolved(Point("day", dct + timedelta(days=7) if strict else coming), Anchor.DCT)
    if symbol.turn == 0:
        monday = dct - timedelta(days=dct.weekday())
        return Resolved(Point("day", monday + timedelta(days=symbol.weekday - 1)), Anchor.DCT)
    forward = context.prefer == "future" or (context.prefer == "news" and context.ahead)
    return Resolved(Point("day", coming if forward else latest), Anchor.DCT)


def _year_of(symbol: Symbol, context: Context) -> tuple[int | None, Anchor]:
    if symbol.year is not None:
        return symbol.year, Anchor.EXPLICIT
    if symbol.year_offset is not None and context.dct is not None:
        return context.dct.year + symbol.year_offset, Anchor.DCT
    return None, Anchor.DCT


def _month(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    month = symbol.month or 1
    if year is not None:
        return Resolved(Point("month", date(year, month, 1)), anchor)
    if context.dct is None:
        return _unknown()
    if context.narrative is not None and symbol.turn is None:
        return Resolved(Point("month", date(context.narrative, month, 1)), Anchor.NARRATIVE)
    this = context.dct.replace(day=1)
    months = [date(context.dct.year + n, month, 1) for n in (-1, 0, 1)]
    if symbol.turn == 0:
        return Resolved(Point("month", months[1]), Anchor.DCT)
    if symbol.turn is not None:
        chosen = max(m for m in months if m < this) if symbol.turn < 0 else min(m for m in months if m > this)
        return Resolved(Point("month", chosen), Anchor.DCT)
    at_month = Context(this, context.prefer, ahead=context.ahead, behind=context.behind)
    return Resolved(Point("month", nearest(months, at_month)), Anchor.DCT)


def _season(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    number = symbol.number or 21
    if year is not None:
        return Resolved(Point("season", _season_start(year, number), number), anchor)
    if context.dct is None:
        return _unknown()
    dct = context.dct
    starts = [_season_start(dct.year + n, number) for n in (-2, -1, 0, 1)]
    if symbol.turn == -1:
        first = max(s for s in starts if _month_start(s.year, s.month + 3) <= dct)
    elif symbol.turn == 1 or (symbol.turn is None and (context.ahead or context.prefer == "future")):
        first = min((s for s in starts if s > dct), default=starts[-1])
    elif symbol.turn == 0:
        first = min(starts, key=lambda s: abs((s + timedelta(days=45) - dct).days))
    else:
        first = max(s for s in starts if s <= dct)
    return Resolved(Point("season", first, number), Anchor.DCT)


def _season_start(year: int, number: int) -> date:
    return date(year, (number - 20) * 3, 1)  # 21 March-May … 24 December-February, of the year of its December


def _numbered(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    number = symbol.number or 1
    months = 3 if symbol.unit == "quarter" else 6
    if year is None:
        if context.dct is None:
            return _unknown()
        dct, middle = context.dct, timedelta(days=15 * months)
        starts = [date(dct.year + n, (number - 1) * months + 1, 1) for n in (-1, 0, 1)]
        if context.ahead or context.prefer == "future":
            starts = [s for s in starts if s + 2 * middle > dct]
        elif context.prefer == "past":
            starts = [s for s in starts if s <= dct]
        year = (nearest([s + middle for s in starts], context) - middle).year
    return Resolved(Point(symbol.unit, date(year, (number - 1) * months + 1, 1), number), anchor)


def _long(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    return Resolved(Point(symbol.unit, date(year, 1, 1)), anchor) if year is not None else _unknown()


_NAMED: dict[str, Callable[[Symbol, Context], Resolved | None]] = {
    "day": _day,
    "month": _month,
    "season": _season,
    "quarter": _numbered,
    "half": _numbered,
    "year": _long,
    "decade": _long,
    "century": _long,
    "week": _long,
    "weekend": _long,
}
