"""Which date belongs to which event: clauses, plans, days of saying, weeks, limits."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader
from tracker.types import Status

# The articles of these tests were published on Wednesday, 14 May 2025.


@pytest.mark.parametrize(
    ("iso", "text", "value"),
    [
        ("en", "Olaf Scholz will visit Beijing on Monday.", "2025-05-19"),
        ("de", "Wolodymyr Selenskyj wird am Montag Berlin besuchen.", "2025-05-19"),
        ("en", "Olaf Scholz visited Beijing on Monday.", "2025-05-12"),
    ],
)
def test_a_planned_weekday_lies_ahead_and_a_past_one_behind(reader: Reader, iso: str, text: str, value: str) -> None:
    assert reader.dates(text, iso) == [value]


def test_two_neighbouring_days_that_stand_side_by_side_are_one_stretch(reader: Reader) -> None:
    assert reader.dates("The storm hit Manila on the evening of 1 May and early on 2 May.") == ["2025-05-01/2025-05-02"]


def test_days_far_from_each_other_are_no_stretch(reader: Reader) -> None:
    assert reader.dates("The storm hit Manila on 1 May and again on 9 May.") != ["2025-05-01/2025-05-09"]


def test_a_clause_that_leaves_out_its_verb_shares_that_of_its_neighbour(reader: Reader) -> None:
    found = reader.all("The union met in Leipzig on Monday, its youth group in Dresden on Tuesday.")
    assert [(m.type, m.date.edtf.text if m.date and m.date.edtf else "") for m in found] == [
        ("talks", "2025-05-12"),
        ("talks", "2025-05-13"),
    ]


def test_what_will_happen_is_not_dated_by_who_said_so(reader: Reader) -> None:
    mention = reader.one("Maria Lopez said on Tuesday that the gathering in Lima will take place in June.")
    assert (mention.status, mention.date.edtf.text if mention.date and mention.date.edtf else "") == (
        Status.PLANNED,
        "2025-06",
    )


def test_where_only_the_saying_has_a_day_the_saying_is_what_happened(reader: Reader) -> None:
    assert reader.dates("Maria Lopez said on Tuesday that she wants to see Lima.") == ["2025-05-13"]


def test_a_day_of_a_plan_does_not_date_what_is_told_beside_it(reader: Reader) -> None:
    text = "Mayor Ann Lee signed an agreement in Oslo which is expected to end on 3 June."
    found = {m.status: m.date.edtf.text if m.date and m.date.edtf else "" for m in reader.all(text)}
    assert found[Status.PLANNED] == "2025-06-03"
    assert found.get(Status.OCCURRED, "") != "2025-06-03"


def test_a_plan_keeps_its_limit(reader: Reader) -> None:
    assert reader.dates("Friedrich Merz will visit Kyiv before Christmas.") == ["../2025-12-25"]


@pytest.mark.parametrize(
    "text",
    [
        "At a meeting in Bonn Ann Lee told Bob Ray to act at once rather than wait until 20 May.",
        "Ann Lee signed the treaty in Bonn with the country that had been at war since 1950.",
    ],
)
def test_a_limit_or_an_old_beginning_dates_nothing_that_happened(reader: Reader, text: str) -> None:
    assert not {"../2025-05-20", "1950/.."} & set(reader.dates(text))


def test_a_year_beside_a_noun_gives_way_to_a_month(reader: Reader) -> None:
    assert reader.dates("In March the cabinet in Berlin approved the budget of 2025.") == ["2025-03"]


def test_a_bare_day_ahead_of_its_report_does_not_date_what_has_happened(reader: Reader) -> None:
    text = "Ben Ray has won the match in Boston in the 30th minute, or rather the 30th."
    assert "2025-05-30" not in reader.dates(text)


def test_a_second_time_of_the_same_kind_is_a_second_event(reader: Reader) -> None:
    text = "The volcano Semeru erupted in January, and a smaller eruption followed in March."
    assert reader.dates(text) == ["2025-01", "2025-03"]


def test_the_only_late_day_of_a_text_dates_the_headline_it_tells_of(reader: Reader) -> None:
    body = "A long look back. " * 5 + "The derailed tram in Croydon left its track on Monday, drivers say."
    found = reader.all(body, title="Croydon tram derailed near depot")
    assert [m.date.edtf.text for m in found if m.lead and m.date and m.date.edtf] == ["2025-05-12~"]


def test_an_hour_alone_names_no_day_of_the_news(reader: Reader) -> None:
    found = reader.all("It was 6.10am when sirens were heard.", title="Flood hits Surabaya")
    assert [m.date.phrase for m in found if m.lead and m.date] == [""]


def test_a_headline_with_the_year_of_a_contest_is_news_of_its_day(reader: Reader) -> None:
    assert reader.dates("", title="World Cup 2025: Brazil beat Peru") == ["2025-05-14~"]


@pytest.mark.parametrize(
    ("iso", "text", "day", "status"),
    [
        ("ja", "爆発は10日。", "2025-05-10", "occurred"),
        ("ko", "폭발은 10일.", "2025-05-10", "occurred"),
        ("ja", "大阪市長選挙は20日。", "2025-05-20", "planned"),
        ("de", "Am Samstag stürzte bei Landshut ein Kleinflugzeug ab.", "2025-05-10", "occurred"),
    ],
)
def test_what_nobody_plans_lies_behind_its_report(reader: Reader, iso: str, text: str, day: str, status: str) -> None:
    mention = reader.one(text, iso, published="2025-05-12")
    value = mention.date.edtf if mention.date else None
    assert (value and value.text, mention.status) == (day, status)
