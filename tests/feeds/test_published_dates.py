"""A feed's dates keep the outlet's hour and offset, or are none: never silently hours off."""

from datetime import UTC, datetime, timedelta

import pytest
from feed_builders import NOW, item, options, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds.published import read_published
from tracker.languages.fallback import feed_date


def iso(raw: str, language: str = "", zone: str = "", country: str = "") -> str | None:
    found = read_published(raw, options(language, zone, country))
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mon, 23 Nov 2026 14:30:00 +0900", "2026-11-23T14:30:00+09:00"), ("Wed, 23 Nov 2026 14:30:00 +0900", "2026-11-23T14:30:00+09:00"),
        ("Mon, 23 Nov 2026 14:30:00 GMT", "2026-11-23T14:30:00+00:00"), ("23 Nov 26 14:30 UT", "2026-11-23T14:30:00+00:00"),
        ("Mon, 23 Nov 2026 14:30:00 -0000", "2026-11-23T14:30:00+00:00"), ("Mon, 23 Nov 2026 14:30:00 +0900 (KST)", "2026-11-23T14:30:00+09:00"),
        ("2026-11-23T14:30:00Z", "2026-11-23T14:30:00+00:00"), ("2026-11-23T14:30:00.123456789+07:00", "2026-11-23T14:30:00.123456+07:00"),
        ("2026-11-23 14:30:00 +0700", "2026-11-23T14:30:00+07:00"), ("20261123T143000Z", "2026-11-23T14:30:00+00:00"),
        ("2026-11-23T14:30-03:30", "2026-11-23T14:30:00-03:30"), ("  Mon, 23 Nov\n 2026 14:30:00  GMT ", "2026-11-23T14:30:00+00:00"),
        ("1795444200", "2026-11-23T14:30:00+00:00"), ("1795444200000", "2026-11-23T14:30:00+00:00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("language", "zone"), [("", ""), ("ko", "Asia/Seoul"), ("ru", "Europe/Moscow")])
def test_a_stated_offset_counts_whatever_the_feeds_zone(raw: str, expected: str, language: str, zone: str) -> None:
    assert iso(raw, language, zone) == expected


@pytest.mark.parametrize(
    ("raw", "language", "zone", "expected"),
    [
        ("23 ноября 2026, 14:30", "ru", "Europe/Moscow", "2026-11-23T14:30:00+03:00"), ("Пн, 23 ноя 2026 14:30:00 +0300", "ru", "", "2026-11-23T14:30:00+03:00"),
        ("2026년 11월 23일 14:30", "ko", "Asia/Seoul", "2026-11-23T14:30:00+09:00"), ("2026년11월23일 오후 2시 30분", "ko", "Asia/Seoul", "2026-11-23T14:30:00+09:00"),
        ("2026年11月23日 14:30", "ja", "Asia/Tokyo", "2026-11-23T14:30:00+09:00"), ("23. November 2026, 14:30 Uhr", "de", "Europe/Berlin", "2026-11-23T14:30:00+01:00"),
        ("23 novembre 2026 à 14h30", "fr", "Europe/Paris", "2026-11-23T14:30:00+01:00"), ("Senin, 23 November 2026 14:30", "id", "Asia/Jakarta", "2026-11-23T14:30:00+07:00"),
        ("23 Agustus 2026 14:30", "id", "Asia/Jakarta", "2026-08-23T14:30:00+07:00"), ("2026-11-23 14:30:00", "ko", "Asia/Seoul", "2026-11-23T14:30:00+09:00"),
        ("2026-11-23T14:30", "", "", "2026-11-23T14:30:00+00:00"), ("23.11.2026 14:30", "ru", "Europe/Moscow", "2026-11-23T14:30:00+03:00"),
        ("Mon, 23 Nov 2026 14:30:00", "ru", "Europe/Moscow", "2026-11-23T14:30:00+03:00"), ("23 July 2026 14:30", "de", "Europe/Berlin", "2026-07-23T14:30:00+02:00"),
        ("Пн, 23 ноя 2026 01:30:00 +07:00", "ru", "Europe/Moscow", "2026-11-23T01:30:00+07:00"), ("yesterday 14:30", "en", "Europe/Berlin", "2026-11-23T14:30:00+01:00"),
    ],
)  # fmt: skip
def test_a_local_date_is_read_in_the_feeds_language_and_zone(raw: str, language: str, zone: str, expected: str) -> None:
    assert iso(raw, language, zone) == expected


@pytest.mark.parametrize(
    ("name", "country", "offset"),
    [
        ("WIB", "ID", "+07:00"), ("WITA", "ID", "+08:00"), ("WIT", "ID", "+09:00"), ("MSK", "RU", "+03:00"), ("KST", "KR", "+09:00"), ("JST", "JP", "+09:00"),
        ("EST", "", "-05:00"), ("EDT", "", "-04:00"), ("PDT", "US", "-07:00"), ("NPT", "NP", "+05:45"), ("CEST", "DE", "+02:00"),
        ("IST", "IN", "+05:30"), ("IST", "IE", "+01:00"), ("IST", "IL", "+02:00"), ("CST", "US", "-06:00"), ("CST", "CN", "+08:00"), ("CST", "CU", "-05:00"),
        ("BST", "GB", "+01:00"), ("BST", "BD", "+06:00"), ("IST", "", "+05:30"), ("CST", "", "-06:00"), ("BST", "", "+01:00"),
    ],
)  # fmt: skip
def test_a_zones_name_is_read_by_the_feeds_country(name: str, country: str, offset: str) -> None:
    assert iso(f"Mon, 23 Nov 2026 14:30:00 {name}", "en", "Asia/Tokyo", country) == f"2026-11-23T14:30:00{offset}"


@pytest.mark.parametrize(
    ("language", "country", "day"),
    [("id", "ID", "2025-12-11"), ("en", "", "2025-11-12"), ("en", "US", "2025-11-12"), ("en", "GB", "2025-12-11"), ("es", "", "2025-12-11"), ("fil", "PH", "2025-11-12")],
)  # fmt: skip
def test_figures_are_read_in_the_order_of_the_country(language: str, country: str, day: str) -> None:
    assert iso("11/12/2025", language, "", country) == f"{day}T00:00:00+00:00"


@pytest.mark.parametrize(
    "raw",
    [
        "", "  ", "soon", "n/a", "0", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1994-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
        "Mon, 23 Nov 2026 25:30:00 GMT", "Mon, 32 Nov 2026 14:30:00 GMT", "Mon, 23 Nov 2026 14:30:00 +9900", "2026-02-31T10:00:00Z", "99999999999999", "-1",
    ],
)  # fmt: skip
def test_what_is_no_date_or_an_incredible_one_is_none(raw: str) -> None:
    assert iso(raw) is None


@pytest.mark.parametrize(
    ("ahead", "credible"),
    [(timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False), (timedelta(days=400), False)],
)
def test_a_day_ahead_is_the_most(ahead: timedelta, credible: bool) -> None:
    assert (iso((NOW + ahead).isoformat()) is not None) is credible


def test_an_incredible_date_keeps_what_was_written() -> None:
    entry = read(rss(item(title="A", pubDate="Thu, 01 Jan 1970 00:00:00 GMT"))).entries[0]
    assert (entry.published, entry.published_raw) == (None, "Thu, 01 Jan 1970 00:00:00 GMT")


def test_what_was_written_is_kept_short() -> None:
    assert len(read(rss(item(title="A", pubDate="x" * 5000))).entries[0].published_raw) == 64


@settings(max_examples=100, deadline=None)
@given(
    st.integers(820_000_000, 1_795_000_000).map(
        lambda second: datetime.fromtimestamp(second, UTC).replace(tzinfo=None)
    ),
    st.integers(-12 * 4, 14 * 4),
    st.sampled_from(["%a, %d %b %Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d %b %Y %H:%M:%S"]),
)
def test_every_moment_with_an_offset_comes_back(moment: datetime, quarters: int, form: str) -> None:
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    found = read_published(
        f"{moment:{form}} {sign}{minutes // 60:02d}{minutes % 60:02d}", options("ru", "Europe/Moscow")
    )
    assert found is not None
    assert found.replace(tzinfo=None) == moment
    assert found.utcoffset() == timedelta(minutes=quarters * 15)


PIECES = st.lists(
    st.sampled_from(
        [
            "23",
            "2026",
            "11",
            "Nov",
            "ноя",
            "Z",
            "GMT",
            "+0900",
            "-",
            ":",
            "T",
            " ",
            "/",
            "(",
            ")",
            "IST",
            "Mon,",
            "1795444200",
            "월",
            "\0",
            "é",
        ]
    ),
    max_size=9,
)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(st.text(max_size=30), PIECES.map("".join), PIECES.map(" ".join)),
    st.sampled_from(["", "en", "ru", "xx", "zz-ZZ"]),
    st.sampled_from(["", "Asia/Seoul", "Mars/Phobos"]),
)
def test_any_text_gives_a_credible_moment_or_none(raw: str, language: str, zone: str) -> None:
    found = read_published(raw, options(language, zone))
    if found is not None:
        assert found.tzinfo is not None
        assert datetime(1995, 1, 1, tzinfo=UTC) <= found <= NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("languages", "found"), [(("xx", "ru"), True), (("", "ru"), True), (("de",), False), (("ru", "ru"), True)]
)
def test_languages_are_tried_in_turn_and_unknown_ones_skipped(languages: tuple[str, ...], found: bool) -> None:
    assert bool(feed_date("23 ноября 2026", languages=languages, zone="", now=NOW)) is found


@pytest.mark.parametrize("raw", ["November", "2026", "14:30", "Monday"])
def test_a_date_without_a_day_and_a_month_is_none(raw: str) -> None:
    assert feed_date(raw, languages=("en",), zone="", now=NOW) is None


def test_a_zone_may_be_an_offset() -> None:
    found = feed_date("23 November 2026 14:30", languages=("en",), zone="+05:45", now=NOW)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=5, minutes=45)
