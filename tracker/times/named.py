"""Where the name of a day, month, season or quarter points: its year said, else last/this/next, tense and the priors of news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tracker.times.moves import month_start
from tracker.times.points import Resolved, explicit, unknown
from tracker.times.priors import Context, nearest, turned
from tracker.times.symbols import Point, Symbol
from tracker.types import Anchor

__all__ = ["NAMED"]

_WEEKDAY_REACH = 13  # months within which every day falls on every weekday but for the rarest
_SOON_DAYS = 20  # a bare day further ahead is rather one just past, unless the verb it belongs to says otherwise
_JUST_OVER_DAYS = 45  # "will report on the third quarter" may speak of one that is over so long
_LATELY_DAYS = 10  # a bare "the 29th" said on the 3rd is last month's; said on the 17th of a month it is that month's


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
        return explicit("day", first, doubtful=doubtful)
    if context.dct is None:
        return unknown()
    if symbol.year_offset is not None:
        return Resolved(Point("day", date(context.dct.year + symbol.year_offset, month, day)), Anchor.DCT)
    if context.narrative is not None and symbol.turn is None:
        return Resolved(Point("day", _narrated(symbol, date(context.narrative, month, day))), Anchor.NARRATIVE)
    days = list(_existing((context.dct.year + n, month, day) for n in (-1, 0, 1)))
    if not days:  # 29 February far from a leap year
        days = list(_existing((context.dct.year + n, month, day) for n in range(-4, 5)))
    agreeing = [d for d in days if symbol.weekday and d.isoweekday() == symbol.weekday]
    chosen = turned(agreeing or days, symbol.turn, context)
    doubtful = bool(symbol.weekday) and not agreeing
    return Resolved(Point("day", chosen), Anchor.DCT, doubtful) if chosen else None


def _narrated(symbol: Symbol, first: date) -> date:
    """Give the day a passage tells of: of the years around, the one a weekday said beside it agrees with."""
    near = _existing((first.year + n, first.month, first.day) for n in (0, 1, -1, 2, -2, 3, -3))
    return next((d for d in near if d.isoweekday() == symbol.weekday), first) if symbol.weekday else first


def _existing(parts: Iterable[tuple[int, int, int]]) -> Iterable[date]:
    for year, month, day in parts:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _day_of_month(symbol: Symbol, day: int, context: Context) -> Resolved | None:
    dct = context.dct
    if dct is None:
        return unknown()
    if symbol.month_offset is not None:
        first = month_start(dct.year, dct.month + symbol.month_offset)
        return Resolved(Point("day", first.replace(day=day)), Anchor.DCT)
    if (
        context.beside is not None
        and context.prefer == "news"
        and symbol.turn is None
        and not symbol.weekday
        and day > context.beside.day
    ):
        return Resolved(Point("day", context.beside.replace(day=day)), Anchor.PREVIOUS)
    reach = _WEEKDAY_REACH if symbol.weekday and context.prefer == "future" else 2
    starts = [month_start(dct.year, dct.month + n) for n in range(-2, reach + 1)]
    days = list(_existing((s.year, s.month, day) for s in starts))
    if symbol.weekday:
        days = [d for d in days if d.isoweekday() == symbol.weekday]
        if days and context.prefer == "future":  # "Tuesday the 25th" of a request may be over
            return Resolved(Point("day", min(days, key=lambda d: (abs(d - dct), d < dct))), Anchor.DCT)
        return Resolved(Point("day", nearest(days, context)), Anchor.DCT) if days else None
    forward = symbol.turn == 1 or (symbol.turn is None and (context.ahead or context.prefer == "future"))
    if forward:
        coming = min(d for d in days if d >= dct)
        if symbol.turn == 1 or context.prefer != "news" or context.foretold or (coming - dct).days <= _SOON_DAYS:
            return Resolved(Point("day", coming), Anchor.DCT)
    past = [d for d in days if d < dct or (d == dct and symbol.turn != -1)]
    if symbol.turn is None and context.prefer == "news":
        mine = [d for d in days if (d.year, d.month) == (dct.year, dct.month)]
        recent = [d for d in past if (dct - d).days <= _LATELY_DAYS]
        past = recent or mine or past
    return Resolved(Point("day", max(past)), Anchor.DCT) if past else None


def _weekday(symbol: Symbol, context: Context) -> Resolved | None:
    dct = context.dct
    if dct is None or symbol.weekday is None:
        return unknown()
    if symbol.week_offset is not None:
        monday = dct - timedelta(days=dct.weekday()) + timedelta(weeks=symbol.week_offset)
        return Resolved(Point("day", monday + timedelta(days=symbol.weekday - 1)), Anchor.DCT)
    back = (dct.isoweekday() - symbol.weekday) % 7
    latest, coming = dct - timedelta(days=back), dct + timedelta(days=(-back) % 7)
    weeks = timedelta(weeks=abs(symbol.turn or 1) - 1)
    if symbol.turn is not None and symbol.turn < 0:
        return Resolved(Point("day", (latest if back else dct - timedelta(days=7)) - weeks), Anchor.DCT)
    if symbol.turn is not None and symbol.turn > 0:
        first = (coming if coming > dct else dct + timedelta(days=7)) + weeks
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
        return unknown()
    if context.narrative is not None and symbol.turn is None:
        return Resolved(Point("month", date(context.narrative, month, 1)), Anchor.NARRATIVE)
    this = context.dct.replace(day=1)
    closing = symbol.last_month or month  # of a range the last month decides
    months = [date(context.dct.year + n, closing, 1) for n in (-1, 0, 1)]
    if symbol.turn == 0:
        return Resolved(Point("month", months[1].replace(month=month)), Anchor.DCT)
    if symbol.turn is not None:
        chosen = max(m for m in months if m < this) if symbol.turn < 0 else min(m for m in months if m > this)
        further = (abs(symbol.turn) - 1) * (1 if symbol.turn > 0 else -1)
        chosen = chosen.replace(year=chosen.year + further, month=month)
        return Resolved(Point("month", chosen), Anchor.DCT)
    at_month = Context(this, context.prefer, ahead=context.ahead, behind=context.behind)
    return Resolved(Point("month", nearest(months, at_month).replace(month=month)), Anchor.DCT)


def _season(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    number = symbol.number or 21
    if year is not None:
        return Resolved(Point("season", _season_start(year, number), number), anchor)
    if context.dct is None:
        return unknown()
    if context.within and context.narrative is not None and symbol.turn is None:
        return Resolved(Point("season", _season_start(context.narrative, number), number), Anchor.NARRATIVE)
    dct = context.dct
    starts = [_season_start(dct.year + n, number) for n in (-2, -1, 0, 1)]
    if symbol.turn == -1:
        first = max(s for s in starts if month_start(s.year, s.month + 3) <= dct)
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
    if symbol.number is None and year is not None and context.quarter is None:
        return Resolved(Point("year", date(year, 1, 1)), anchor)  # "the 1988 quarter", and none was spoken of
    number = symbol.number or (context.quarter.number if context.quarter else None) or 1
    months = 3 if symbol.unit == "quarter" else 6
    if year is None and context.within and context.narrative is not None:
        year, anchor = context.narrative, Anchor.NARRATIVE
    if year is None:
        if context.dct is None:
            return unknown()
        dct, middle = context.dct, timedelta(days=15 * months)
        starts = [date(dct.year + n, (number - 1) * months + 1, 1) for n in (-1, 0, 1)]
        if context.ahead or context.prefer == "future":
            grace = timedelta(days=_JUST_OVER_DAYS if context.prefer == "news" else 0)
            starts = [s for s in starts if s + 2 * middle > dct - grace]
            year = min(starts).year
        else:
            starts = [s for s in starts if s <= dct] if context.prefer == "past" else starts
            year = (nearest([s + middle for s in starts], context) - middle).year
    return Resolved(Point(symbol.unit, date(year, (number - 1) * months + 1, 1), number), anchor)


def _week(symbol: Symbol, context: Context) -> Resolved | None:
    """Give the ISO week of a number; without a year the nearest."""
    year, anchor = _year_of(symbol, context)
    if symbol.number is None or (year is None and context.dct is None):
        return unknown()
    if year is not None:
        return Resolved(Point("week", date.fromisocalendar(year, symbol.number, 1)), anchor)
    now = (context.dct or date.min).isocalendar().year
    week = timedelta(days=6)
    ends = [date.fromisocalendar(now + n, min(symbol.number, 52), 1) + week for n in (-1, 0, 1)]
    return Resolved(Point("week", nearest(ends, context) - week), anchor)


def _weekend(symbol: Symbol, context: Context) -> Resolved | None:
    del symbol
    if context.dct is None:
        return unknown()
    days = 5 - context.dct.weekday()  # to the Saturday of the running week
    ahead = context.ahead or context.prefer == "future"
    past = timedelta(days=days if days <= 0 or ahead else days - 7)
    return Resolved(Point("weekend", context.dct + past), Anchor.DCT)


def _long(symbol: Symbol, context: Context) -> Resolved | None:
    year, anchor = _year_of(symbol, context)
    return Resolved(Point(symbol.unit, date(year, 1, 1)), anchor) if year is not None else unknown()


NAMED: dict[str, Callable[[Symbol, Context], Resolved | None]] = {
    "day": _day,
    "month": _month,
    "season": _season,
    "quarter": _numbered,
    "half": _numbered,
    "year": _long,
    "decade": _long,
    "century": _long,
    "week": _week,
    "weekend": _weekend,
}
