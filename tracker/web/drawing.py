"""The ribbon as a drawing: bins -> bars with links, labels, today and the chosen window, in per cent and pixels.

Widths are per cent so that one drawing fits a phone and a wall; heights are pixels. With a right-to-left interface
time runs from right to left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tracker.edtf import Precision, shift
from tracker.filters import Filter
from tracker.timeline import Bin, Ribbon, Speech, Unit, day_words, month_words, range_words

__all__ = ["Bar", "Drawing", "draw"]

TOP, BASE = 18.0, 96.0  # pixels from the top: highest bar, and where bars stand
_FILLED = 0.76  # of a bar's slot; the rest is the gap
_LABELS = 12  # most labels along the axis
_MAJOR = 4  # every which of them a phone shows: three side by side, each with its year, fit 270 pixels
_EDGE = 8.0  # per cent; half a label on a phone: nearer to an edge it would be cut off, so it begins or ends at its bar
_ANY_PERIOD = f"from={date.min}&to={date.max}"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a bar: its kind chooses colour and outline."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its link and the sentence that sums it up; ``blocks`` from the base upwards."""

    x: str
    width: str
    slot_x: str
    slot_width: str
    href: str
    words: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the axis; ``minor`` ones are left out on small screens. ``anchor`` is SVG's text-anchor."""

    x: str
    text: str
    minor: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Today:
    """The today line, and on which side of it its name stands: in the past, unless that would be cut off."""

    x: str
    anchor: str
    dx: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template needs to write the SVG."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    unit: Unit
    summary: str
    dense: bool
    today: Today | None
    future: tuple[str, str] | None
    window: tuple[str, str] | None
    earlier_href: str
    undated_href: str
    open_href: str
    later_href: str
    days: str  # first days of all bins, for the script that lets a reader choose a period
    end: str  # last day of the last bin
    period_href: str  # the address of a period, from year 1 to 9999: the script writes its days there


@dataclass(frozen=True, slots=True)
class _Axis:
    """Places days between 0 and 100 per cent."""

    bins: tuple[Bin, ...]
    rtl: bool

    @property
    def slot(self) -> float:
        return 100 / len(self.bins)

    def place(self, day: date) -> float | None:
        """Give where a day begins; None outside the drawing."""
        for index, bin_ in enumerate(self.bins):
            if bin_.first <= day <= bin_.last:
                return (index + (day - bin_.first).days / ((bin_.last - bin_.first).days + 1)) * self.slot
        return None

    def left(self, start: float, width: float) -> str:
        """Give the left edge of something that begins ``start`` per cent into time."""
        return _percent(100 - start - width if self.rtl else start)


def draw(
    ribbon: Ribbon, filter_: Filter, *, link: Callable[[Filter], str], speech: Speech, today: date
) -> Drawing | None:
    """Draw the ribbon; None where there is nothing to draw."""
    if not ribbon.bins:
        return None
    axis = _Axis(ribbon.bins, speech.direction == "rtl")
    period = link(replace(filter_, from_=date.min, to=date.max, page=1))
    before, after = period.split(_ANY_PERIOD)  # a link is written once, not for every bar
    bars = tuple(
        _bar(index, ribbon, axis, (f"{before}from={bin_.first}&to={bin_.last}{after}", _sum(bin_, ribbon.unit, speech)))
        for index, bin_ in enumerate(ribbon.bins)
        if bin_.height
    )
    now = axis.place(today)
    return Drawing(
        bars=bars,
        labels=_labels(ribbon, axis, speech),
        unit=ribbon.unit,
        summary=_summary(ribbon, speech),
        dense=len(ribbon.bins) > 60,
        today=_today(now, axis) if now is not None else None,
        future=(axis.left(now, 100 - now), _percent(100 - now)) if now is not None else None,
        window=_window(filter_, axis),
        undated_href=link(replace(filter_, from_=None, to=None, precision=(Precision.UNKNOWN,), page=1)),
        open_href=link(replace(filter_, from_=None, to=None, precision=(Precision.OPEN,), page=1)),
        earlier_href=link(replace(filter_, from_=None, to=shift(ribbon.bins[0].first, days=-1), page=1)),
        later_href=link(replace(filter_, from_=shift(ribbon.bins[-1].last, days=1), to=None, page=1)),
        days=" ".join(bin_.first.isoformat() for bin_ in ribbon.bins),
        end=ribbon.bins[-1].last.isoformat(),
        period_href=period,
    )


def _bar(index: int, ribbon: Ribbon, axis: _Axis, texts: tuple[str, str]) -> Bar:
    start, width = index * axis.slot, axis.slot * _FILLED
    inset = (axis.slot - width) / 2
    return Bar(
        x=axis.left(start + inset, width),
        width=_percent(width),
        slot_x=axis.left(start, axis.slot),
        slot_width=_percent(axis.slot),
        href=texts[0],
        words=texts[1],
        blocks=_blocks(ribbon.bins[index], (BASE - TOP) / ribbon.highest),
    )


def _blocks(bin_: Bin, scale: float) -> tuple[Block, ...]:
    """Stack sure, planned and vague mass, each at least 2 pixels high so that one event never vanishes."""
    blocks, floor = [], BASE
    for kind, mass in (("sure", float(bin_.sure)), ("planned", bin_.planned), ("vague", bin_.vague)):
        if mass:
            height = max(mass * scale, 2.0)
            floor -= height
            blocks.append(Block(kind, f"{max(floor, 1.0):.1f}", f"{height:.1f}"))
            floor -= 1.5
    return tuple(blocks)


def _sum(bin_: Bin, unit: Unit, speech: Speech) -> str:
    """Say what a bar holds; a part of a vague event counts as touching the period."""
    period = _period_words(bin_, unit, speech)
    known = bin_.sure + round(bin_.planned)
    words = speech.count("{n} event on a known day", "{n} events on known days", known)
    if not bin_.vague:
        return speech.say("{period}: {events}", period=period, events=words)
    rough = speech.count("{n} event only roughly dated", "{n} events only roughly dated", bin_.touching)
    if not known:
        return speech.say("{period}: {events}", period=period, events=rough)
    return speech.say("{period}: {events}, and {others}", period=period, events=words, others=rough)


def _period_words(bin_: Bin, unit: Unit, speech: Speech) -> str:
    if unit is Unit.DAY:
        return day_words(bin_.first, speech)
    if unit is Unit.MONTH:
        return month_words(bin_.first, speech)
    if unit is Unit.YEAR:
        return speech.pattern(bin_.first, "y")
    return range_words(bin_.first, bin_.last, speech)


def _summary(ribbon: Ribbon, speech: Speech) -> str:
    busiest = max(ribbon.bins, key=lambda bin_: bin_.height)
    span = range_words(ribbon.bins[0].first, ribbon.bins[-1].last, speech)
    return speech.say(
        "Events from {span}. Busiest: {sum}. The same numbers stand in the list below.",
        span=span,
        sum=_sum(busiest, ribbon.unit, speech),
    )


def _labels(ribbon: Ribbon, axis: _Axis, speech: Speech) -> tuple[Label, ...]:
    """Name every n-th bar, so that at most a dozen names stand along the axis; the year where it begins, among all
    names and among the few of a small screen."""
    step = -(-len(ribbon.bins) // _LABELS)
    labels: list[Label] = []
    years = {True: 0, False: 0}  # of the name before: among all, among those that are not minor
    for index in range(0, len(ribbon.bins), step):
        first, minor = ribbon.bins[index].first, (index // step) % _MAJOR != 0
        fields = _axis_fields(ribbon.unit, new_year=first.year != years[minor])
        years |= {True: first.year} if minor else {True: first.year, False: first.year}
        place, anchor = _anchored(index, axis)
        labels.append(Label(axis.left(place, 0), speech.skeleton(first, fields), minor, anchor))
    return tuple(labels)


def _today(now: float, axis: _Axis) -> Today:
    anchor = "start" if now < _EDGE else "end"
    return Today(axis.left(now, 0), anchor, "6" if (anchor == "start") != axis.rtl else "-6")


def _anchored(index: int, axis: _Axis) -> tuple[float, str]:
    """Give where a bar's name stands and what stands there: its middle, near the edges its start or end."""
    gap = axis.slot * (1 - _FILLED) / 2
    middle = (index + 0.5) * axis.slot
    if middle < _EDGE:
        return index * axis.slot + gap, "start"
    if middle > 100 - _EDGE:
        return (index + 1) * axis.slot - gap, "end"
    return middle, "middle"


def _axis_fields(unit: Unit, *, new_year: bool) -> str:
    if unit is Unit.YEAR:
        return "y"
    if unit in (Unit.DAY, Unit.WEEK):
        return "yMMMd" if new_year else "MMMd"
    return "yMMM" if new_year else "MMM"


def _window(filter_: Filter, axis: _Axis) -> tuple[str, str] | None:
    """Give left edge and width of the chosen period, cut to the drawing; None where none is chosen."""
    if not (filter_.from_ or filter_.to):
        return None
    low, high = axis.bins[0].first, axis.bins[-1].last
    first, last = max(filter_.from_ or low, low), min(filter_.to or high, high)
    start, end = axis.place(first), axis.place(last)
    if start is None or end is None or first > last:
        return None
    width = end - start + axis.slot / _days(axis, last)
    return axis.left(start, width), _percent(width)


def _days(axis: _Axis, day: date) -> int:
    return next(((b.last - b.first).days + 1 for b in axis.bins if b.first <= day <= b.last), 1)


def _percent(value: float) -> str:
    return f"{value:.3f}%"
