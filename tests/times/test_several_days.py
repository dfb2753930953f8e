"""Several days in one breath: lists, a night between two days, one day in two calendars, and from here on."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.languages import shipped
from tracker.times import tag

LANGUAGES = shipped()


def read(text: str, iso: str) -> list[tuple[str, str, str]]:
    data = LANGUAGES.times(iso)
    assert data is not None
    found = tag(text, data=data, dct=date(2025, 5, 14))
    return [(m.text, m.timex_value, m.edtf.text if m.edtf else "") for m in found]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Отряды вышли 5, 7 и 9 мая.", ["2025-05-05", "2025-05-07", "2025-05-09"]),
        ("Отряды вышли 20 и 21 мая 2019 года.", ["2019-05-20", "2019-05-21"]),
    ],
)
def test_each_day_of_a_list_is_a_date_of_its_own(text: str, days: list[str]) -> None:
    assert [value for _, value, _ in read(text, "ru")] == days


def test_days_that_fall_are_no_list() -> None:
    assert [value for _, value, _ in read("Число жертв выросло до 15 и 9 мая превысило 20.", "ru")] == ["2025-05-09"]


@pytest.mark.parametrize(
    ("text", "value", "window"),
    [
        ("В ночь с 3 на 4 июня 2024 года шёл снег.", "2024-06-03TNI", "[2024-06-03..2024-06-04]"),
        ("В ночь с 31 декабря на 1 января 2024 года шёл снег.", "2023-12-31TNI", "[2023-12-31..2024-01-01]"),
        ("В ночь с воскресенья на понедельник шёл снег.", "2025-05-11TNI", "[2025-05-11..2025-05-12]"),
        ("В ночь на 4 мая шёл снег.", "2025-05-04TNI", "[2025-05-03..2025-05-04]"),
    ],
)
def test_a_night_begins_on_the_first_of_two_days(text: str, value: str, window: str) -> None:
    assert [found[1:] for found in read(text, "ru")] == [(value, window)]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Указ вышел 25 октября (7 ноября) 1917 года.", "1917-10-25", "1917-11-07"),
        ("Указ вышел 7 ноября (25 октября по старому стилю) 1917 года.", "1917-10-25", "1917-11-07"),
        ("Указ вышел 8 (21) марта 1917 года.", "1917-03-08", "1917-03-21"),
        ("Указ вышел 19 февраля (3 марта) 1861 года.", "1861-02-19", "1861-03-03"),
        ("Указ вышел 23 декабря (4 января) 1800 года.", "1799-12-23", "1800-01-04"),
    ],
)
def test_of_two_calendars_the_new_one_dates_both(text: str, old: str, new: str) -> None:
    assert sorted((value, edtf) for _, value, edtf in read(text, "ru")) == [(old, new), (new, new)]


def test_two_dates_that_are_no_ten_days_apart_are_two_dates() -> None:
    found = read("Сбор 25 октября (1 ноября) 2024 года.", "ru")
    assert "2024-10-25" in {edtf for _, _, edtf in found}


def test_from_here_on_is_no_with() -> None:
    assert read("Проезд подорожал с марта.", "ru") == [("марта", "2025-03", "2025-03/..")]
    assert read("Цены сравнили с мартом.", "ru") == [("мартом", "2025-03", "2025-03")]


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2月28～31日に会議が開かれる。", "ja"), ("2月28-31日开会。", "zh"), ("2월 28~31일 회의가 열린다.", "ko")],
)
def test_a_span_beyond_the_end_of_its_month_ends_there(text: str, iso: str) -> None:
    assert all(edtf <= "2026-02-28/2026-02-28" for _, _, edtf in read(text, iso) if "/" in edtf)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("He came on 20 May 2024. Three days later, on Thursday, he left.", ["2024-05-20", "2024-05-23", "2025-05-08"]),
        ("On 3 May he came. Two days and a half later he left.", ["2025-05-03", ""]),
        ("He came on 3 May. Two days later, on 9 May, he left.", ["2025-05-03", "2025-05-09", "2025-05-09"]),
    ],
)
def test_a_day_behind_a_comma_is_the_one_counted_to(text: str, days: list[str]) -> None:
    assert [edtf for _, _, edtf in read(text, "en")] == days
