"""Other calendars: their months begin on the published days, and what is said in them is placed in ours."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tracker.languages import shipped
from tracker.times import tag
from tracker.times.calendars import CALENDARS
from tracker.times.feasts import feast

LANGUAGES = shipped()


def read(text: str, iso: str, dct: str = "2025-05-14") -> list[str]:
    data = LANGUAGES.times(iso)
    assert data is not None
    return [m.edtf.text for m in tag(text, data=data, dct=date.fromisoformat(dct)) if m.edtf]


# Published by Umm al-Qura: 1 Muharram and 1 Shawwal of each year.
ISLAMIC = {
    1411: ("1990-07-23", "1991-04-15"), 1421: ("2000-04-06", "2000-12-27"), 1425: ("2004-02-21", "2004-11-14"),
    1429: ("2008-01-10", "2008-10-01"), 1433: ("2011-11-26", "2012-08-19"), 1436: ("2014-10-25", "2015-07-17"),
    1439: ("2017-09-21", "2018-06-15"), 1441: ("2019-08-31", "2020-05-24"), 1444: ("2022-07-30", "2023-04-21"),
    1445: ("2023-07-19", "2024-04-10"), 1446: ("2024-07-07", "2025-03-30"), 1447: ("2025-06-26", "2026-03-20"),
}  # fmt: skip


@pytest.mark.parametrize("year", sorted(ISLAMIC))
def test_an_islamic_year_begins_on_its_published_day(year: int) -> None:
    days = tuple(date.fromisoformat(day) for day in ISLAMIC[year])
    assert (CALENDARS["islamic"].start(year, 1), CALENDARS["islamic"].start(year, 10)) == days


PERSIAN = {1370: "1991-03-21", 1375: "1996-03-20", 1379: "2000-03-20", 1390: "2011-03-21", 1395: "2016-03-20",
           1399: "2020-03-20", 1400: "2021-03-21", 1403: "2024-03-20", 1404: "2025-03-21", 1408: "2029-03-20"}  # fmt: skip


@pytest.mark.parametrize("year", sorted(PERSIAN))
def test_a_persian_year_begins_at_nowruz(year: int) -> None:
    first = date.fromisoformat(PERSIAN[year])
    assert CALENDARS["persian"].start(year, 1) == first == feast("nowruz+0", first.year)
    assert CALENDARS["persian"].start(year, 7) == first + timedelta(days=6 * 31)


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_the_months_of_every_calendar_follow_one_another(name: str) -> None:
    calendar = CALENDARS[name]
    year = calendar.year_at(date(2025, 1, 1))
    starts = [calendar.start(n, month) for n in range(year - 35, year + 11) for month in range(1, 13)]
    lengths = {(b - a).days for a, b in pairwise(starts)}
    assert min(lengths) >= 29
    assert max(lengths) <= (31 if name != "lunar" else 60)  # the Chinese one skips its leap months


DIWALI = "1990-10-18 1994-11-03 1998-10-19 2001-11-14 2005-11-01 2009-10-17 2013-11-03 2017-10-19 2021-11-04 2024-10-31 2025-10-20 2028-10-17"
LUNAR_NEW_YEAR = "1990-01-27 1995-01-31 2000-02-05 2004-01-22 2007-02-18 2012-01-23 2015-02-19 2020-01-25 2023-01-22 2025-01-29 2033-01-31 2035-02-08"
VESAK = "2010-05-28 2013-05-25 2015-06-02 2018-05-29 2020-05-07 2022-05-16 2024-05-23 2025-05-12"
ORTHODOX = "1990-04-15 1994-05-01 2001-04-15 2002-05-05 2010-04-04 2013-05-05 2016-05-01 2019-04-28 2021-05-02 2024-05-05 2025-04-20 2035-04-29"
EASTER = "1990-04-15 1997-03-30 2000-04-23 2005-03-27 2008-03-23 2011-04-24 2016-03-27 2019-04-21 2024-03-31 2025-04-20 2030-04-21 2035-03-25"
JEWISH_NEW_YEAR = "1990-09-20 1994-09-06 2000-09-30 2005-10-04 2010-09-09 2013-09-05 2016-10-03 2020-09-19 2024-10-03 2025-09-23 2030-09-28 2035-10-04"
INDONESIAN_LEBARAN = "2010-09-10 2012-08-19 2014-07-28 2016-07-06 2018-06-15 2020-05-24 2022-05-02 2023-04-22 2024-04-10 2025-03-31 2026-03-21"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("diwali+0", DIWALI),
        ("lunar01-01", LUNAR_NEW_YEAR),
        ("vesak+0", VESAK),
        ("orthodox+0", ORTHODOX),
        ("easter+0", EASTER),
        ("hebrew+0", JEWISH_NEW_YEAR),
        ("mabims10-01", INDONESIAN_LEBARAN),
    ],
)
def test_a_movable_feast_falls_on_its_published_days(rule: str, days: str) -> None:
    assert [feast(rule, int(day[:4])).isoformat() for day in days.split()] == days.split()


@pytest.mark.parametrize(
    ("text", "iso", "values"),
    [
        ("15 Ramadan 1446 H", "id", ["2025-03-15"]),
        ("27 Rajab 1446 H", "id", ["2025-01-27"]),
        ("Ramadan 2024", "id", ["[2024-03-12..2024-04-09]"]),
        ("awal Ramadan 1446 H", "id", ["[2025-03-01..2025-03-10]"]),
        ("Ramadan lalu", "id", ["[2025-03-01..2025-03-30]"]),
        ("45 Ramadan 1446 H", "id", ["[2025-03-01..2025-03-30]"]),
    ],
)
def test_a_date_of_another_calendar_is_placed_in_ours(text: str, iso: str, values: list[str]) -> None:
    assert read(f"Rapat itu digelar pada {text}.", iso) == values
