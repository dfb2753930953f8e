"""Feasts of every calendar fall on their published days, and ordinals count as calendars do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.languages import shipped
from tracker.times import TagOptions, tag
from tracker.times.feasts import feast

LANGUAGES = shipped()


def read(text: str, iso: str = "en", dct: date | None = date(2025, 5, 14), prefer: str = "news") -> list[str]:
    data = LANGUAGES.times(iso)
    assert data is not None
    options = TagOptions(prefer=prefer)  # type: ignore[arg-type]
    return [m.timex_value for m in tag(text, data=data, dct=dct, options=options)]


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("12-25", "2025-12-25"),
        ("easter+0", "2025-04-20"),
        ("orthodox+0", "2024-05-05"),
        ("11w4d4", "2024-11-28"),
        ("11w4d4+1", "2024-11-29"),
        ("05wLd1", "2025-05-26"),
        ("lunar01-01", "2024-02-10"),
        ("lunar01-01", "2033-01-31"),
        ("lunar08-15", "2020-10-01"),
        ("islamic10-01", "2018-06-15"),
        ("islamic12-10", "2018-08-21"),
        ("islamic10-01", "2025-03-30"),
        ("mabims10-01", "2025-03-31"),
        ("hebrew+0", "2024-10-03"),
        ("hebrew+9", "2018-09-19"),
        ("diwali+0", "2019-10-27"),
        ("hindu07-30e", "2019-10-27"),
        ("hindu12-15e+1", "2019-03-21"),
        ("hindu07-10n", "2019-10-08"),
        ("hindu05-23m", "2019-08-23"),
        ("advent+0", "2019-12-01"),
        ("advent-11", "2019-11-20"),
        ("04-27!7-1", "2014-04-26"),
        ("04-27!7-1", "2024-04-27"),
        ("sun180+0", "2019-09-23"),
    ],
)
def test_a_feast_falls_on_its_published_day(rule: str, day: str) -> None:
    assert feast(rule, int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize("rule", ["someday", "13-01x", "lunar", "11w6d4"])
def test_a_rule_nobody_knows_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="no rule"):
        feast(rule, 2025)


@settings(max_examples=100, deadline=None)
@given(st.integers(1900, 2099))
def test_the_lunar_new_year_lies_between_its_bounds(year: int) -> None:
    assert date(year, 1, 20) <= feast("lunar01-01", year) <= date(year, 2, 21)


@settings(max_examples=100, deadline=None)
@given(st.integers(1950, 2080))
def test_an_islamic_feast_moves_by_a_year_of_twelve_moons(year: int) -> None:
    days = (feast("islamic10-01", year + 1) - feast("islamic10-01", year)).days
    assert days in {353, 354, 355, 356} or 707 <= days <= 710  # the latter where a year of ours holds two of them


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the first Monday of June 2026", "2026-06-01"),
        ("the last Friday of May 2026", "2026-05-29"),
        ("the second week of 2026", "2026-W02"),
        ("the last day of February 2024", "2024-02-29"),
        ("the third month of 2026", "2026-03"),
        ("the last half of 2024", "2024-H2"),
    ],
)
def test_an_ordinal_counts_inside_what_it_names(text: str, value: str) -> None:
    assert read(f"It happened on {text}.") == [value]


def test_a_fifth_monday_that_does_not_exist_is_no_date() -> None:
    assert "2026-06-29" in read("the fifth Monday of June 2026")
    assert read("the fifth Monday of July 2026") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 3 pm on Monday", "2025-05-12T15:00"),
        ("on Monday at 12 am", "2025-05-12T00:00"),
        ("on Tuesday at half past three in the afternoon", "2025-05-13T15:30"),
        ("yesterday at a quarter to nine pm", "2025-05-13T20:45"),
    ],
)
def test_a_day_and_its_hour_are_one_time(text: str, value: str) -> None:
    assert read(f"It happened {text}.") == [value]


def test_a_bare_hour_or_pair_of_figures_is_a_time_in_requests_only() -> None:
    assert read("on Monday they lost at 15 places, 28/4 of them") == ["2025-05-12"]
    assert read("28/4", "es", prefer="future") == ["2026-04-28"]


def test_a_request_counts_hours_from_the_moment_it_is_said() -> None:
    said = datetime(2025, 5, 14, 23, 30, tzinfo=UTC)
    assert read("in two hours", dct=said, prefer="future") == ["2025-05-15T01:30"]
    assert read("in two hours", dct=date(2025, 5, 14), prefer="future") == ["2025-05-14"]
