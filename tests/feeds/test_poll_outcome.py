"""Every answer to a poll means one thing, and a failure says in one line what to do."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest
from feed_builders import NOW, URL, download
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import FeedError, FetchError, ForbiddenAddress
from tracker.feeds import Outcome, Skips, judge, unreached, unreadable, with_entries, without_known
from tracker.types import Entry, ParsedFeed, Validators

WEEK_S = 7 * 86_400


def outcome(status: int = 200, body: str = "<rss/>", **headers: str) -> Outcome:
    return judge(download(body, status, **headers), now=NOW)


def http_date(ahead: timedelta) -> str:
    return format_datetime(NOW + ahead, usegmt=True)


@pytest.mark.parametrize("status", [200, 203, 226])
def test_a_body_is_good_news_with_its_validators(status: int) -> None:
    told = outcome(status, etag='W/"1"', last_modified="yesterday")
    assert told == Outcome(ok=True, validators=Validators(URL, 'W/"1"', "yesterday"))


def test_a_move_is_handed_on_only_with_a_body() -> None:
    moved = replace(download("<rss/>"), moved_to="https://new.example/")
    assert judge(moved, now=NOW).moved_to == "https://new.example/"
    assert judge(replace(moved, body=b" "), now=NOW).moved_to is None
    assert judge(replace(moved, status=404), now=NOW).moved_to is None


def test_nothing_new_is_a_success_that_keeps_its_validators() -> None:
    assert outcome(304, "", etag='"2"') == Outcome(ok=True, validators=Validators(URL, '"2"', ""))


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, "", "without any content (200)"), (200, " \r\n\t\0", "without any content (200)"), (204, "", "without any content (204)"), (201, "x", "answered with 201"),
        (206, "<rss>", "answered with 206"), (300, "", "redirects nowhere (300)"), (301, "", "redirects nowhere (301)"), (307, "", "redirects nowhere (307)"),
        (400, "", "answered with 400"), (401, "", "password (401)"), (402, "", "payment (402)"), (403, "", "refuses us (403)"), (404, "", "feeds discover"),
        (410, "", "gone for good (410)"), (418, "", "answered with 418"), (429, "", "too often (429)"), (451, "", "legal reasons (451)"),
        (500, "", "fault of its own (500)"), (503, "", "overloaded or under repair (503)"), (599, "", "fault of its own (599)"), (999, "", "answered with 999"),
    ],
)  # fmt: skip
def test_a_failure_says_what_to_do(status: int, body: str, words: str) -> None:
    told = outcome(status, body, etag='"e"')
    assert not told.ok
    assert words in told.words
    assert "\n" not in told.words
    assert (told.validators, told.entries) == (None, ())


@pytest.mark.parametrize(("status", "gone"), [(410, True), (404, False), (200, False), (403, False), (451, False)])
def test_only_a_410_is_for_ever(status: int, gone: bool) -> None:
    assert outcome(status).gone is gone


@pytest.mark.parametrize(
    ("value", "retry_s"),
    [
        ("120", 120), (" 5 ", 5), ("0", 0), (http_date(timedelta(hours=1)), 3600), (http_date(timedelta(days=30)), WEEK_S), ("999999999", WEEK_S), ("99999999999", WEEK_S),
        ("-5", None), ("soon", None), ("", None), ("1.5", None), ("١٢٠", None), (http_date(timedelta(hours=-1)), None), ("Mon, 99 Nov 2026 99:99:99 GMT", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_seconds_or_a_date_to_come(status: int, value: str, retry_s: int | None) -> None:
    assert outcome(status, retry_after=value).retry_s == retry_s


@pytest.mark.parametrize("status", [200, 301, 403, 404, 500])
def test_retry_after_counts_with_429_and_503_only(status: int) -> None:
    assert outcome(status, retry_after="120").retry_s is None


@pytest.mark.parametrize(
    ("headers", "floor_s"),
    [
        ({"cache_control": "max-age=3600"}, 3600), ({"cache_control": 'public, MAX-AGE = "60"'}, 60), ({"cache_control": "no-store"}, None),
        ({"cache_control": "max-age=-1"}, None), ({"cache_control": "s-maxage=60"}, None), ({"cache_control": "max-age=0"}, 0),
        ({"expires": http_date(timedelta(hours=2))}, 7200), ({"expires": "0"}, None), ({"expires": http_date(timedelta(hours=-2))}, None), ({"expires": "-1"}, None),
        ({"expires": http_date(timedelta(hours=2)), "date": http_date(timedelta(hours=1))}, 3600),
        ({"expires": http_date(timedelta(hours=2)), "date": "garbage"}, 7200),
        ({"expires": http_date(timedelta(hours=2)), "cache_control": "max-age=60"}, 60), ({}, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 304])
def test_max_age_then_expires_is_the_servers_rhythm(status: int, headers: dict[str, str], floor_s: int | None) -> None:
    assert outcome(status, **headers).floor_s == floor_s


VALUES = st.one_of(
    st.text(st.characters(max_codepoint=255), max_size=40),
    st.lists(
        st.sampled_from(
            ["Mon,", "24", "Nov", "2026", "99999", "12:00:00", "GMT", "+9999", "-0000", "max-age=", "\t", "-"]
        ),
        max_size=8,
    ).map(" ".join),
)


@settings(max_examples=200)
@given(st.integers(100, 999), VALUES)
def test_any_headers_give_an_outcome_with_sane_seconds(status: int, value: str) -> None:
    told = outcome(status, retry_after=value, expires=value, date=value, cache_control=value)
    assert told.retry_s is None or 0 <= told.retry_s <= WEEK_S
    assert told.floor_s is None or told.floor_s >= 0
    assert told.ok or told.words


def test_a_download_that_failed_is_told_in_its_own_words() -> None:
    assert unreached(FetchError("refused the connection", subject=URL)) == Outcome(
        ok=False, words=f"{URL}: refused the connection"
    )


@pytest.mark.parametrize("said", ["10.0.0.1 is an internal address; see fetch.allow", "port 81 is not fetched"])
def test_a_forbidden_address_names_the_setting_once(said: str) -> None:
    assert unreached(ForbiddenAddress(said, subject=URL)).words.count("fetch.allow") == 1


def test_a_document_that_is_no_feed_is_a_failure() -> None:
    assert unreadable(FeedError("is a web page", subject=URL)) == Outcome(ok=False, words=f"{URL}: is a web page")


def test_what_a_body_held_completes_the_outcome() -> None:
    entry = Entry("1", "T", "", "", NOW)
    parsed = ParsedFeed("News", "en", (entry,), ttl_s=60, complaint="malformed: x")
    told = with_entries(outcome(etag='"e"'), parsed, download("<rss></rss>"), body_hash="b1")
    assert told == Outcome(
        ok=True, entries=(entry,), title="News", ttl_s=60, complaint="malformed: x", validators=Validators(URL, '"e"', ""), skips=Skips(),
        body_hash="b1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "headers", "cut"),
    [
        ("<rss><item>", {}, True), ("<rss></rss>\n<!-- cached -->", {}, False), ("<a:RDF></rdf:RDF >", {}, False), ("<feed></feed>", {}, False), ('{"items": [', {}, False),
        ("<rss><item>", {"content_length": "11"}, False), ("<rss><item>", {"transfer_encoding": "Chunked"}, False), ("<rss><item>", {"transfer_encoding": "gzip"}, True),
    ],
)  # fmt: skip
def test_a_body_that_may_be_cut_short_gives_no_validators(body: str, headers: dict[str, str], cut: bool) -> None:
    answer = download(body, etag='"e"', **headers)
    told = with_entries(judge(answer, now=NOW), ParsedFeed("News", "", ()), answer)
    assert (told.validators, "cut short" in told.complaint) == (Validators(URL, "" if cut else '"e"'), cut)


def test_entries_without_a_credible_date_are_counted() -> None:
    entries = (Entry("1", "T", "", "", None), Entry("2", "U", "", "", NOW))
    told = with_entries(outcome(), ParsedFeed("News", "", entries, complaint="malformed: x"), download("<rss></rss>"))
    assert told.complaint == "malformed: x; 1 of 2 entries without a credible date"


def test_a_document_without_any_known_entry_says_so() -> None:
    told = without_known(Outcome(ok=True, complaint="malformed: x"))
    assert told.missed
    assert told.complaint == "malformed: x; none of the entries known is left: some may have been missed"
