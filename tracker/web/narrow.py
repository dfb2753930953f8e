"""The filter form: groups of values with counts, what is chosen, and links that loosen one thing each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.edtf import Precision
from tracker.filters import Filter
from tracker.rows import FacetValue
from tracker.timeline import Speech, day_words, kind_words, status_words
from tracker.types import Status

__all__ = ["Chip", "Group", "Option", "chips", "groups"]

_SHOWN = 8  # values a group shows; what is chosen is always shown
_DATE_GROUPS = (
    (Precision.TIME, Precision.DAY),
    (
        Precision.WEEK,
        Precision.MONTH,
        Precision.SEASON,
        Precision.QUARTER,
        Precision.HALF,
        Precision.YEAR,
        Precision.DECADE,
        Precision.INTERVAL,
    ),
    (Precision.OPEN,),
    (Precision.UNKNOWN,),
)

Counted = Mapping[str, Sequence[FacetValue]]


@dataclass(frozen=True, slots=True)
class Option:
    """One checkbox or radio button; ``language`` is that of its label, '' for the interface's."""

    value: str
    label: str
    count: int
    chosen: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one field; ``single`` ones exclude each other, ``more`` are folded up, none of them chosen.

    ``typed`` names a field for a value that is not listed, '' where every value is.
    """

    name: str
    legend: str
    options: tuple[Option, ...]
    single: bool = False
    more: tuple[Option, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing chosen, in words, with the address of the same page without it."""

    words: str
    href: str


def groups(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Group, ...]:
    """Build the form's groups; a group without values to choose from is left out."""
    found = (
        Group("precision", speech.say("Date known to"), _precisions(counted, filter_, speech)),
        Group("status", speech.say("Status"), _statuses(counted, filter_, speech)),
        Group("min_outlets", speech.say("Reported by"), _outlet_numbers(counted, filter_, speech), single=True),
        Group("place", speech.say("Place"), _named(counted, "place", filter_.place), typed=speech.say("Another place")),
        Group("who", speech.say("Who"), _named(counted, "who", filter_.who), typed=speech.say("Another name")),
        Group("type", speech.say("Kind of event"), _kinds(counted, filter_, speech)),
        Group("language", speech.say("Reported in"), _languages(counted, filter_, speech)),
        Group("outlet", speech.say("Outlet"), _named(counted, "outlet", filter_.outlet)),
    )
    return tuple(_folded(group) for group in found if group.options)


def chips(
    filter_: Filter, built: Sequence[Group], speech: Speech, *, link: Callable[[Filter], str]
) -> tuple[Chip, ...]:
    """Name everything that is chosen, with a link that drops just that."""
    spoken = {
        "q": speech.say("\u201c{text}\u201d", text=filter_.q) if filter_.q else "",
        "from": speech.say("from {day}", day=day_words(filter_.from_, speech)) if filter_.from_ else "",
        "to": speech.say("to {day}", day=day_words(filter_.to, speech)) if filter_.to else "",
        "disputed": speech.say("reports differ") if filter_.disputed else "",
    }
    found = [Chip(words, link(filter_.without(name))) for name, words in spoken.items()]
    for group in built:
        found += [_chip(group, option, filter_, link) for option in group.options if option.chosen]
    return tuple(chip for chip in found if chip.words)


def _chip(group: Group, option: Option, filter_: Filter, link: Callable[[Filter], str]) -> Chip:
    if group.single:
        return Chip("" if filter_.min_outlets == 1 else option.label, link(filter_.without(group.name)))
    values = set(option.value.split(",")) if group.name == "precision" else {option.value}
    return Chip(option.label, link(filter_.without(group.name, values)))


def _precisions(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Option, ...]:
    names = (
        speech.say("the day"),
        speech.say("the month, season or year"),
        speech.say("only before or after"),
        speech.say("no date given"),
    )
    counts = {value.value: value.count for value in counted.get("precision", ())}
    options = []
    for name, members in zip(names, _DATE_GROUPS, strict=True):
        number = sum(counts.get(member.value, 0) for member in members)
        chosen = any(member in filter_.precision for member in members)
        if number or chosen:
            options.append(Option(",".join(member.value for member in members), name, number, chosen))
    return tuple(options)


def _statuses(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Option, ...]:
    counts = {value.value: value.count for value in counted.get("status", ())}
    return tuple(
        Option(status.value, status_words(status, speech), counts.get(status.value, 0), status in filter_.status)
        for status in Status
        if counts.get(status.value) or status in filter_.status
    )


def _outlet_numbers(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Option, ...]:
    values = {int(value.value): value.count for value in counted.get("min_outlets", ())}
    values.setdefault(filter_.min_outlets, 0)
    return tuple(Option(str(n), _at_least(n, speech), values[n], filter_.min_outlets == n) for n in sorted(values))


def _at_least(n: int, speech: Speech) -> str:
    return (
        speech.say("any number of outlets") if n == 1 else speech.count("{n} outlet or more", "{n} outlets or more", n)
    )


def _kinds(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Option, ...]:
    options = _named(counted, "type", filter_.type)
    return tuple(replace(option, label=kind_words(option.value, speech)) for option in options)


def _languages(counted: Counted, filter_: Filter, speech: Speech) -> tuple[Option, ...]:
    options = _named(counted, "language", filter_.language)
    return tuple(replace(option, label=speech.language(option.value), language=option.value) for option in options)


def _folded(group: Group) -> Group:
    """Fold up what is neither among the most frequent values nor chosen."""
    shown = tuple(option for index, option in enumerate(group.options) if index < _SHOWN or option.chosen)
    return replace(group, options=shown, more=tuple(option for option in group.options if option not in shown))


def _named(counted: Counted, name: str, chosen: Sequence[str]) -> tuple[Option, ...]:
    """List the counted values and all chosen ones, those nothing was found for included.

    A value chosen by its name, as people type it, stands instead of its key.
    """
    values: dict[str, FacetValue] = {}
    for value in (_as_typed(value, chosen) for value in counted.get(name, ())):
        values.setdefault(value.value, value)
    missing = [FacetValue(value, 0) for value in chosen if value not in values]
    return tuple(
        Option(value.value, value.label or value.value.replace("_", " "), value.count, value.value in chosen)
        for value in (*values.values(), *missing)
    )


def _as_typed(value: FacetValue, chosen: Sequence[str]) -> FacetValue:
    typed = (text for text in chosen if value.label and text.casefold() == value.label.casefold())
    return replace(value, value=next(typed, value.value)) if value.value not in chosen else value
