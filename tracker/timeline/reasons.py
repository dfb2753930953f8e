"""Why this date? What the reports say, how it was read, and how far they agree, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.edtf import Edtf, Precision
from tracker.timeline.speech import Speech
from tracker.timeline.words import in_words
from tracker.types import Anchor, Event, MentionDate, Report

__all__ = ["Reason", "agreement", "because", "chief_report"]


@dataclass(frozen=True, slots=True)
class Reason:
    """How one report's date came about. ``phrase`` is in the report's language, '' when the text holds none."""

    phrase: str
    language: str
    published: str
    reading: str
    rule: str


def chief_report(event: Event) -> Report | None:
    """Give the report that says the event's date most directly: same value, then weight, then the earliest."""
    value = event.facts.date.edtf
    dated = [report for report in event.reports if report.date is not None]

    def directness(report: Report) -> tuple[bool, float, bool]:
        said = report.date
        same = said is not None and value is not None and said.edtf is not None and said.edtf.text == value.text
        return same, said.weight if said else 0.0, not report.copy

    return max(dated, key=directness, default=None)


def because(report: Report, speech: Speech) -> Reason | None:
    """Say how a report's date was read; None where it gives none."""
    said = report.date
    if said is None:
        return None
    published = speech.say("not known")
    if report.published is not None:
        published = speech.moment(report.published, has_time=report.published_has_time)
    return Reason(said.phrase, report.language, published, _reading(said, report, speech), said.rule)


def _reading(said: MentionDate, report: Report, speech: Speech) -> str:
    if said.edtf is None:
        return speech.say("says when, but names no place on the calendar")
    result = in_words(said.edtf, speech).full
    return speech.say("{way} \u2192 {date}", way=_way(said, report, speech), date=result)


def _way(said: MentionDate, report: Report, speech: Speech) -> str:
    ways = {
        Anchor.EXPLICIT: speech.say("written out in the report"),
        Anchor.DCT: _from_publication(said, report, speech),
        Anchor.PREVIOUS: speech.say("counted from the date named before it"),
        Anchor.NARRATIVE: speech.say("within a passage that tells of an earlier time"),
        Anchor.HOLIDAY: speech.say("a day of the calendar of feasts"),
        Anchor.EVENT: speech.say("bounded by another event the report names"),
        Anchor.PUBLISHED: speech.say("no date in the text: the report tells news of its day"),
    }
    return ways[said.anchor]


def _from_publication(said: MentionDate, report: Report, speech: Speech) -> str:
    """Count the days between publication and the date, where both are days."""
    if said.edtf is None or said.edtf.earliest is None or report.published is None:
        return speech.say("counted from the day of publication")
    if said.edtf.precision not in (Precision.DAY, Precision.TIME):
        return speech.say("seen from the day of publication")
    if str(said.edtf.earliest.day) in _numbers(said.phrase):
        return speech.say("not written in full; seen from the day of publication")
    days = (said.edtf.earliest - report.published.date()).days
    if days == 0:
        return speech.say("the day of publication")
    if days < 0:
        return speech.count("{n} day before publication", "{n} days before publication", -days)
    return speech.count("{n} day after publication", "{n} days after publication", days)


def _numbers(phrase: str) -> set[str]:
    """Give the numbers of a phrase, in whatever figures it writes them."""
    return {str(int(figures)) for figures in re.findall(r"\d+", phrase)}


def agreement(event: Event, speech: Speech) -> str:
    """Say how many reports give this date. An article is one report, however often it tells it; copies do not count."""
    value = event.facts.date.edtf
    own = {report.article_id for report in event.reports if not report.copy}
    given = _given(event)
    if value is None or not given:
        return speech.count("{n} report, none with a date", "{n} reports, none with a date", len(own))
    wanted = _values(value)
    same = [texts[0] for dates in given if (texts := [date.text for date in dates if date.text in wanted])]
    rest = [dates for dates in given if not any(date.text in wanted for date in dates)]
    wider = sum(any(date.contains(value) for date in dates) for dates in rest)
    parts = [_same(same, len(own), speech, day=value.precision is Precision.DAY)] if same else []
    if wider:
        parts.append(speech.count("{n} gives a wider time that holds it", "{n} give a wider time that holds it", wider))
    other, silent = len(rest) - wider, len(own) - len(given)
    if other:
        parts.append(speech.count("{n} gives another", "{n} give another", other))
    if silent and len(own) > 1:
        parts.append(speech.count("{n} gives none", "{n} give none", silent))
    return _sentence(parts, speech)


def _given(event: Event) -> list[list[Edtf]]:
    """Give the dates of every article that gives one, in the order of reports."""
    found: dict[str, list[Edtf]] = {}
    for report in event.reports:
        if not report.copy and report.date and report.date.edtf:
            found.setdefault(report.article_id, []).append(report.date.edtf)
    return list(found.values())


def _values(value: Edtf) -> Sequence[str]:
    """Give the dates of a one-of set, or the one date."""
    one_of = value.text.startswith("[") and ".." not in value.text
    return value.text[1:-1].split(",") if one_of else (value.text,)


def _same(same: Sequence[str], total: int, speech: Speech, *, day: bool) -> str:
    given = len(set(same))
    if given > 1:
        dates = speech.number(given)
        return speech.count("{n} report gives {dates} dates", "{n} reports give {dates} dates", len(same), dates=dates)
    if total == 1:
        return speech.say("the only report gives this day") if day else speech.say("the only report gives this date")
    all_ = speech.number(total)
    if day:
        return speech.count(
            "{n} of {total} reports gives this day", "{n} of {total} reports give this day", len(same), total=all_
        )
    return speech.count(
        "{n} of {total} reports gives this date", "{n} of {total} reports give this date", len(same), total=all_
    )


def _sentence(parts: Sequence[str], speech: Speech) -> str:
    return speech.say("; ").join(parts)
