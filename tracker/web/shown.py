"""How values are shown: one object that templates ask, bound to the interface language and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from markupsafe import Markup, escape

from tracker.edtf import Edtf, Precision, parse
from tracker.errors import EdtfError
from tracker.timeline import (
    DateWords,
    Mark,
    Period,
    PeriodKind,
    Reason,
    Speech,
    Tag,
    agreement,
    because,
    chief_report,
    in_common,
    in_words,
    kind_words,
    language_name,
    mark_of,
    month_words,
    place_kind_words,
    range_words,
    status_words,
    tags,
    unturned,
)
from tracker.types import Dispute, Event, Place, Report, Revision, Status

__all__ = ["Disagreement", "QuoteGroup", "Shown", "Side", "highlighted"]

_NAMED_OUTLETS = 5  # of each side of a disagreement; the others are folded up


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """The same words from one or several outlets: the first report, and who else has them."""

    report: Report
    also: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a field reports disagree on: who gives it, each outlet once, the earliest first."""

    words: str
    shown: tuple[Report, ...]
    folded: tuple[Report, ...]

    @property
    def outlets(self) -> int:
        """Number of outlets that give the value."""
        return len(self.shown) + len(self.folded)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field with the values reports give, the one most outlets give first."""

    field: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Words and markup for templates; every piece of foreign text is escaped here or by the template."""

    speech: Speech
    today: date

    def when(self, event: Event, year: int | None = None) -> DateWords:
        """Say an event's date; the year is left out where it is the heading's."""
        return in_words(event.facts.date.edtf, self.speech, year=year, status=event.facts.status)

    def mark(self, event: Event) -> Mark:
        """Give the certainty mark."""
        return mark_of(event)

    def tags(self, event: Event) -> tuple[Tag, ...]:
        """Give the remarks on status and disagreement."""
        return tags(event, self.speech, today=self.today)

    def status(self, status: Status) -> str:
        """Name a status."""
        return status_words(status, self.speech)

    def title(self, event: Event) -> tuple[str, str]:
        """Give a report's sentence in the reader's language, else in English, else the title; with its language."""
        titles = dict(event.facts.titles)
        code = next((code for code in (self.speech.code, "en") if titles.get(code)), "")
        return (titles[code], code) if code else (event.facts.title, event.facts.title_language)

    def plain_title(self, event: Event) -> str:
        """Give the title for a window or an attribute, where direction controls would turn what follows."""
        return unturned(self.title(event)[0])

    def headline(self, event: Event) -> tuple[Markup, str]:
        """Give the title with its language, its date phrase marked where it is a report's own sentence."""
        title, language = self.title(event)
        for report in event.reports:
            if report.quote == title and report.language == language:
                return highlighted(report), language
        return escape(title), language

    def chips(self, codes: Sequence[str]) -> Markup:
        """Give the codes of languages, each with its own name for those who point at it or listen."""
        return _chips(tuple(codes))

    def heading(self, period: Period) -> str:
        """Name a period; the first letter large, as it stands alone."""
        name = self._period_name(period)
        return name[:1].upper() + name[1:]

    def band(self, period: Period) -> str:
        """Say that the events of a band happened some time in the period."""
        return self.speech.say("Some time in {period}", period=self._period_name(period))

    def _period_name(self, period: Period) -> str:
        if period.kind is PeriodKind.UNIT and period.unit is not None:
            return in_words(period.unit, self.speech).full
        if period.kind is PeriodKind.YEAR:
            return self.speech.pattern(period.first, "y")
        if period.kind is PeriodKind.MONTH:
            return month_words(period.first, self.speech)
        return range_words(period.first, period.last, self.speech)

    def year_of(self, period: Period) -> int | None:
        """Give the year a heading names, None where it names several."""
        return period.first.year if period.first.year == period.last.year else None

    def datetime_value(self, event: Event) -> str:
        """Give what ``<time datetime>`` may hold: year, month or day; '' for everything else."""
        value = event.facts.date.edtf
        fits = value is not None and value.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
        return value.text.rstrip("~?%") if value is not None and fits else ""

    def quote(self, report: Report) -> Markup:
        """Give a quote with its date phrase marked."""
        return highlighted(report)

    def quotes(self, event: Event) -> tuple[QuoteGroup, ...]:
        """Group an event's reports by their words; lead reports and early ones first."""
        ordered = sorted(event.reports, key=_report_order)
        groups: dict[str, list[Report]] = {}
        for report in ordered:
            groups.setdefault(report.quote, []).append(report)
        return tuple(QuoteGroup(first, tuple(rest)) for first, *rest in groups.values())

    def reason(self, event: Event) -> Reason | None:
        """Say why the event has its date, after the report that says it most directly."""
        report = chief_report(event)
        return because(report, self.speech) if report else None

    def reading(self, report: Report) -> Reason | None:
        """Say how one report's date was read."""
        return because(report, self.speech)

    def agreement(self, event: Event) -> str:
        """Say how far the reports agree."""
        return agreement(event, self.speech)

    def said(self, event: Event) -> str:
        """Say when an undated event was spoken of: the phrase, if there is one, and the newest report's day."""
        newest = max((r for r in event.reports if r.published), key=_published, default=None)
        if newest is None or newest.published is None:
            return ""
        day = self.speech.skeleton(newest.published.date(), "yMMMd")
        return self.speech.say("said {day}", day=day)

    def published(self, report: Report) -> str:
        """Write a report's day of publication, as its outlet counts days."""
        if report.published is None:
            return self.speech.say("date of publication unknown")
        return self.speech.skeleton(report.published.date(), "yMMMd")

    def disagreements(self, event: Event) -> tuple[Disagreement, ...]:
        """Say what reports disagree on, grouped by field and value."""
        return tuple(
            Disagreement(self._field_words(dispute.field), self._sides(event, dispute))
            for dispute in event.facts.disputed
        )

    def _sides(self, event: Event, dispute: Dispute) -> tuple[Side, ...]:
        sides = []
        for value, ids in dispute.values:
            given = sorted((report for report in event.reports if report.article_id in ids), key=_report_order)
            once = tuple({report.outlet or report.article_id: report for report in reversed(given)}.values())[::-1]
            words = self._value_words(dispute.field, value)
            sides.append(Side(words, once[:_NAMED_OUTLETS], once[_NAMED_OUTLETS:]))
        return tuple(sorted(sides, key=lambda side: -side.outlets))

    def _field_words(self, field: str) -> str:
        names = {
            "date": self.speech.say("When"),
            "status": self.speech.say("Whether"),
            "quantity": self.speech.say("How many"),
        }
        return names.get(field, field.replace("_", " "))

    def _value_words(self, field: str, value: str) -> str:
        if field == "status" and value in {status.value for status in Status}:
            return status_words(Status(value), self.speech)
        return self.edtf_words(value)

    def name(self, text: str) -> Markup:
        """Give a foreign name for use inside a sentence; its direction stays its own."""
        return Markup("<bdi>{}</bdi>").format(text)

    def code(self, text: str) -> Markup:
        """Give an address or a command for use inside a sentence, read from left to right everywhere."""
        return Markup('<code dir="ltr">{}</code>').format(text)

    def kind(self, event: Event) -> str:
        """Name the kind of an event."""
        return kind_words(event.facts.type, self.speech)

    def place_kind(self, place: Place) -> str:
        """Say what a place is and where: "city or town, Russia"; '' where nothing is known."""
        country = self.speech.country(place.country) if place.kind != "country" else ""
        parts = [part for part in (place_kind_words(place.kind, self.speech), country) if part]
        return self.speech.say(", ").join(parts)

    def edtf_words(self, text: str) -> str:
        """Say an EDTF text, or any other value as it is."""
        value = _parsed(text)
        return in_words(value, self.speech).full if value else text

    def moment(self, value: datetime) -> str:
        """Write a point in time, in UTC."""
        return self.speech.moment(value)

    def ago(self, value: datetime, now: datetime) -> str:
        """Say roughly how long ago something was."""
        passed = max(now - value, timedelta(0))
        minutes, hours, days = int(passed.total_seconds() // 60), int(passed.total_seconds() // 3600), passed.days
        if minutes < 1:
            return self.speech.say("just now")
        if hours < 1:
            return self.speech.count("{n} minute ago", "{n} minutes ago", minutes)
        if days < 1:
            return self.speech.count("{n} hour ago", "{n} hours ago", hours)
        return self.speech.count("{n} day ago", "{n} days ago", days)

    def in_common(self, event: Event, other: Event) -> str:
        """Say why two events may be one."""
        return " \u00b7 ".join(in_common(event.facts, other.facts, self.speech))

    def change(self, revision: Revision) -> str:
        """Name a kind of change."""
        names = {
            "created": self.speech.say("First published"),
            "redated": self.speech.say("Redated"),
            "retitled": self.speech.say("Retitled"),
            "status": self.speech.say("Status changed"),
            "merged": self.speech.say("Merged"),
            "split": self.speech.say("Split"),
            "hidden": self.speech.say("Hidden"),
        }
        return names.get(revision.kind, revision.kind)


def highlighted(report: Report) -> Markup:
    """Mark the date phrase in a quote, by its offsets; the quote alone where the phrase stands elsewhere."""
    said = report.date
    inside = (
        said is not None
        and said.start is not None
        and said.end is not None
        and said.field == report.field
        and report.start <= said.start < said.end <= report.end
    )
    if said is None or said.start is None or said.end is None or not inside:
        return escape(report.quote)
    start, end = said.start - report.start, said.end - report.start
    before, phrase, after = (
        escape(part) for part in (report.quote[:start], report.quote[start:end], report.quote[end:])
    )
    return Markup(f"{before}<mark>{phrase}</mark>{after}")  # noqa: S704  # each part is escaped; a page marks hundreds


@lru_cache(maxsize=4096)
def _chips(codes: tuple[str, ...]) -> Markup:
    chip = Markup('<abbr class="lang" lang="{code}" role="img" aria-label="{name}" title="{name}">{code}</abbr>')
    return Markup(" ").join(chip.format(name=language_name(code), code=code) for code in codes)


def _report_order(report: Report) -> tuple[bool, bool, float]:
    published = report.published.timestamp() if report.published else float("inf")
    return report.copy, report.date is None or not report.date.phrase, published


def _published(report: Report) -> float:
    return report.published.timestamp() if report.published else 0.0


def _parsed(text: str) -> Edtf | None:
    try:
        return parse(text)
    except EdtfError:
        return None
