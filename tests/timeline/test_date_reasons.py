"""Why this date, how far reports agree, and what is said beside a mark."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.web.sample import event, report
from tracker import edtf
from tracker.timeline import agreement, because, chief_report, plain_speech, status_words, tags
from tracker.timeline.speech import isolated, unturned
from tracker.types import Anchor, Dispute, Event, Report, Status

ENGLISH = plain_speech()
TODAY = date(2025, 11, 20)


def dated(value: str | None, *, phrase: str = "", anchor: Anchor = Anchor.DCT, day: str = "2025-06-18") -> Report:
    quote = f"It rained {phrase} in {value} on {day}."
    return report(quote, "en", f"{day}T08:00", phrase=phrase, value=value, anchor=anchor)


def reading(value: str, anchor: Anchor) -> str:
    reason = because(dated(value, anchor=anchor), ENGLISH)
    assert reason is not None
    return reason.reading


@pytest.mark.parametrize(
    ("value", "anchor", "words"),
    [
        ("2025-06-18", Anchor.DCT, "the day of publication → 18 June 2025"),
        ("2025-06-17", Anchor.DCT, "1 day before publication → 17 June 2025"),
        ("2025-06-20", Anchor.DCT, "2 days after publication → 20 June 2025"),
        ("2025-06", Anchor.DCT, "seen from the day of publication → June 2025"),
        ("../2025-06-11", Anchor.DCT, "counted from the day of publication → before 12 June 2025"),
        ("2025-06-17", Anchor.EXPLICIT, "written out in the report → 17 June 2025"),
        ("2025-06-17", Anchor.PREVIOUS, "counted from the date named before it → 17 June 2025"),
        ("2025-06-17", Anchor.NARRATIVE, "within a passage that tells of an earlier time → 17 June 2025"),
        ("2025-06-17", Anchor.HOLIDAY, "a day of the calendar of feasts → 17 June 2025"),
        ("2025-06-12/..", Anchor.EVENT, "bounded by another event the report names → 12 June 2025 or later"),
        ("2025-06-17", Anchor.PUBLISHED, "no date in the text: the report tells news of its day → 17 June 2025"),
    ],
)  # fmt: skip
def test_the_way_to_a_date_is_said(value: str, anchor: Anchor, words: str) -> None:
    assert reading(value, anchor) == words


def test_days_are_counted_in_the_zone_of_the_outlet() -> None:
    late = replace(dated("2025-06-17"), published=datetime(2025, 6, 18, 0, 30, tzinfo=timezone(timedelta(hours=9))))
    reason = because(late, ENGLISH)
    assert reason is not None
    assert reason.reading.startswith("1 day before")
    assert reason.published == "18 June 2025, 00:30 UTC+9"


@pytest.mark.parametrize(
    ("minutes", "zone"), [(0, "UTC"), (330, "UTC+5:30"), (-210, "UTC\u22123:30"), (480, "UTC+8")],
)  # fmt: skip
def test_an_offset_is_written_as_people_write_it(minutes: int, zone: str) -> None:
    moment = datetime(2025, 6, 18, 9, 5, tzinfo=timezone(timedelta(minutes=minutes)))
    assert ENGLISH.moment(moment) == f"18 June 2025, 09:05 {zone}"


def test_no_hour_is_shown_where_only_the_day_is_known() -> None:
    reason = because(replace(dated("2025-06-17"), published_has_time=False), ENGLISH)
    assert reason is not None
    assert reason.published == "18 June 2025"


def test_a_report_without_a_day_of_publication_says_so() -> None:
    reason = because(replace(dated("2025-06-17"), published=None), ENGLISH)
    assert reason is not None
    assert (reason.published, reason.reading) == ("not known", "counted from the day of publication → 17 June 2025")


def test_a_phrase_that_is_no_place_on_the_calendar_is_named_as_such() -> None:
    reason = because(dated(None, phrase="soon"), ENGLISH)
    assert reason is not None
    assert (reason.phrase, reason.reading) == ("soon", "says when, but names no place on the calendar")


def test_a_silent_report_has_no_reason() -> None:
    assert because(dated(None), ENGLISH) is None


def test_the_chief_report_says_the_event_s_own_date() -> None:
    vague, exact = dated("2025-06", phrase="in June"), dated("2025-06-17", phrase="on Tuesday")
    assert chief_report(event(1, "2025-06-17", [vague, exact])) is exact
    assert chief_report(event(1, None, [dated(None)])) is None


@pytest.mark.parametrize(
    ("value", "given", "words"),
    [
        ("2025-06-17", ["2025-06-17"], "the only report gives this day"),
        ("2025-06", ["2025-06"], "the only report gives this date"),
        ("2025-06-17", ["2025-06-17", None], "1 of 2 reports gives this day; 1 gives none"),
        ("2025-06-17", ["2025-06-17", "2025-06-17", "2025-06"], "2 of 3 reports give this day; 1 gives a wider time that holds it"),
        ("2025-06-17", ["2025-06-17", "2025-06-17", "2025-06-19"], "2 of 3 reports give this day; 1 gives another"),
        ("2025-06", ["2025-06", "2025-06"], "2 of 2 reports give this date"),
        ("[2025-07-11,2025-07-12]", ["2025-07-11", "2025-07-12", "2025-07-12"], "3 reports give 2 dates"),
        ("[2025-07-11,2025-07-12]", ["2025-07-11", "2025-07-12", "2025-07"], "2 reports give 2 dates; 1 gives a wider time that holds it"),
        (None, [None], "1 report, none with a date"),
        (None, [None, None], "2 reports, none with a date"),
    ],
)  # fmt: skip
def test_agreement_is_told_in_counts(value: str | None, given: list[str | None], words: str) -> None:
    reports = [replace(dated(one), article_id=f"a-{n}") for n, one in enumerate(given)]
    assert agreement(event(1, value, reports), ENGLISH) == words


def test_an_article_that_tells_it_twice_is_one_report() -> None:
    title, lead = dated("2025-06"), dated("2025-06-17")
    other = replace(dated("2025-06-17"), article_id="other")
    reports = [replace(title, article_id="one"), replace(lead, article_id="one"), other]
    assert agreement(event(1, "2025-06-17", reports), ENGLISH) == "2 of 2 reports give this day"


def test_a_day_that_is_written_without_its_year_is_not_said_to_be_counted() -> None:
    for phrase in ("17 June", "17日", "\u0661\u0667 \u064a\u0648\u0646\u064a\u0648"):
        reason = because(dated("2025-06-17", phrase=phrase), ENGLISH)
        assert reason is not None
        assert reason.reading == "not written in full; seen from the day of publication \u2192 17 June 2025"
    for phrase in ("on Tuesday", "at 11", "yesterday"):
        reason = because(dated("2025-06-17", phrase=phrase), ENGLISH)
        assert reason is not None
        assert reason.reading == "1 day before publication \u2192 17 June 2025"


def test_a_copy_is_no_second_witness() -> None:
    copied = replace(dated("2025-06-17"), copy=True)
    assert agreement(event(1, "2025-06-17", [dated("2025-06-17"), copied]), ENGLISH) == "the only report gives this day"


def told(status: Status, value: str | None = "2025-06-17", speaker: str = "") -> Event:
    said = replace(dated(value), status=status, speaker=speaker)
    return event(1, value, [said], status=status)


@pytest.mark.parametrize(
    ("told_event", "kind", "words"),
    [
        (told(Status.PLANNED, "2026-05-03"), "planned", "planned"),
        (told(Status.PLANNED, "2025-10-01"), "planned", "planned, no report that it happened"),
        (told(Status.PLANNED, None), "planned", "planned"),
        (told(Status.ALLEGED), "status", "alleged"),
        (told(Status.ALLEGED, speaker="РИА Порт"), "status", "according to \u2068РИА Порт\u2069"),
        (told(Status.DENIED), "denied", "denied"),
        (told(Status.DENIED, speaker="Ministerio"), "denied", "denied by \u2068Ministerio\u2069"),
        (told(Status.CANCELLED), "denied", "cancelled"),
        (told(Status.ONGOING), "status", "ongoing"),
        (told(Status.OCCURRED, "[2025-07-11,2025-07-12]"), "disputed", "dates differ between reports"),
    ],
)  # fmt: skip
def test_status_and_disagreement_are_said_in_words(told_event: Event, kind: str, words: str) -> None:
    assert [(tag.kind, tag.text) for tag in tags(told_event, ENGLISH, today=TODAY)] == [(kind, words)]


def test_what_occurred_on_a_known_day_needs_no_words() -> None:
    assert tags(told(Status.OCCURRED), ENGLISH, today=TODAY) == ()


def test_disagreement_on_anything_but_the_date_is_said_too() -> None:
    plain = told(Status.OCCURRED)
    toll = replace(plain, facts=replace(plain.facts, disputed=(Dispute("quantity", (("12", ("a",)), ("14", ("b",)))),)))
    assert [tag.text for tag in tags(toll, ENGLISH, today=TODAY)] == ["reports differ"]


def test_each_status_has_a_name_of_its_own() -> None:
    assert len({status_words(status, ENGLISH) for status in Status}) == len(Status)


def test_a_name_cannot_turn_the_words_around_it() -> None:
    assert isolated("evil\u202e\u2066name\u2069") == "\u2068evilname\u2069"
    assert unturned("a\u200fb\u202ec") == "abc"


@pytest.mark.parametrize(
    ("code", "name"), [("ru", "русский"), ("ko", "한국어"), ("id", "Bahasa Indonesia"), ("xx", "xx"), ("", "")]
)
def test_a_language_is_named_in_itself(code: str, name: str) -> None:
    assert ENGLISH.language(code) == name


def test_direction_and_numbers_are_those_of_the_interface() -> None:
    assert (ENGLISH.direction, plain_speech("ar").direction) == ("ltr", "rtl")
    assert (ENGLISH.number(1234), plain_speech("de").number(1234)) == ("1,234", "1.234")
    assert ENGLISH.pattern(datetime(2025, 6, 18, tzinfo=UTC).date(), "d MMM y") == "18 Jun 2025"


def test_every_value_an_event_may_have_can_be_explained() -> None:
    for text in ("202X", "[2025-06-21..2025-06-30]", "2025-24", "2025-06/2025-08", "2025-06~"):
        assert edtf.parse(text)
        assert reading(text, Anchor.DCT).startswith("seen from")


@pytest.mark.parametrize(
    ("code", "day", "month", "moment"),
    [
        ("en", "18 Jun 2025", "Jun 2025", "18 June 2025, 17:05 UTC"),
        ("ko", "2025년 6월 18일", "2025년 6월", "2025년 6월 18일 17:05 UTC"),
        ("ar", "18 يونيو 2025", "يونيو 2025", "18 يونيو 2025، 17:05 UTC"),
        ("id", "18 Jun 2025", "Jun 2025", "18 Juni 2025 17:05 UTC"),
    ],
)
def test_dates_and_moments_are_put_together_as_the_language_does(code: str, day: str, month: str, moment: str) -> None:
    speech, at = plain_speech(code), datetime(2025, 6, 18, 17, 5, tzinfo=UTC)
    assert speech.skeleton(at.date(), "yMMMd") == day
    assert speech.skeleton(at.date(), "yMMM") == month
    assert speech.moment(at) == moment
