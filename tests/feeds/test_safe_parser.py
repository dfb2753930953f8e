"""A document that hangs, fills or kills its reader harms no other document."""

import io
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from feed_builders import NOW, URL, XML, download, item, options, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.children import read_message, write_message
from tracker.errors import FeedError
from tracker.feeds import SafeParser
from tracker.feeds.wire import feed_of, line_of, options_of
from tracker.types import Entry, ParsedFeed

GOOD = rss(
    item(title="Москва", guid="1", pubDate="Mon, 23 Nov 2026 14:30:00 +0900"), item(title="B"), head="<ttl>90</ttl>"
)


@pytest.fixture(scope="module")
def parser() -> Iterator[SafeParser]:
    """One parser for the file: what a test does to its children, the next must survive."""
    shared = SafeParser(limit_s=60)
    yield shared
    shared.close()


def titles(parser: SafeParser, body: str | bytes = GOOD) -> list[str]:
    return [entry.title for entry in parser.parse(download(body), options()).entries]


def test_a_child_gives_what_reading_here_would(parser: SafeParser) -> None:
    feed = parser.parse(download(GOOD, content_type="application/rss+xml"), options("ru", "Europe/Moscow"))
    assert (feed.title, feed.ttl_s, len(feed.entries)) == ("News", 5400, 2)
    first = feed.entries[0]
    assert (first.key, first.title) == ("1", "Москва")
    assert first.published is not None
    assert first.published.isoformat() == "2026-11-23T14:30:00+09:00"


def test_the_header_and_the_options_reach_the_child(parser: SafeParser) -> None:
    body = rss(item(title="Москва", pubDate="23 ноября 2026, 14:30"), declaration='<?xml version="1.0"?>').encode(
        "cp1251"
    )
    answer = download(body, content_type="text/xml; charset=windows-1251")
    feed = parser.parse(answer, options("ru", "Europe/Moscow", "RU"))
    assert feed.entries[0].title == "Москва"
    assert str(feed.entries[0].published) == "2026-11-23 14:30:00+03:00"


def test_what_is_no_feed_is_said_once_with_its_address(parser: SafeParser) -> None:
    with pytest.raises(FeedError) as refused:
        parser.parse(download("<html><body>no</body></html>"), options())
    assert str(refused.value) == f"{URL}: is a web page, no feed and links to none"
    assert titles(parser) == ["Москва", "B"]


def test_one_child_reads_document_after_document(parser: SafeParser) -> None:
    titles(parser)
    child = parser.children.idle[-1].process.pid
    assert titles(parser) == ["Москва", "B"]
    assert parser.children.idle[-1].process.pid == child


def test_a_child_killed_between_documents_is_replaced(parser: SafeParser) -> None:
    titles(parser)
    for idle in parser.children.idle:
        idle.process.kill()
        idle.process.wait()
    assert titles(parser) == ["Москва", "B"]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs signals of POSIX")
def test_a_child_that_hangs_is_killed_at_the_limit_and_the_next_document_is_read(
    parser: SafeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles(parser)
    hanging = parser.children.idle[-1].process
    os.kill(hanging.pid, signal.SIGSTOP)
    monkeypatch.setattr(parser.children, "limit_s", 0.2)
    with pytest.raises(FeedError, match=r"took more than 0\.2 s or too much memory to read") as refused:
        titles(parser)
    assert refused.value.subject == URL
    assert hanging.poll() is not None
    monkeypatch.undo()
    assert titles(parser) == ["Москва", "B"]


def test_a_limit_that_is_too_short_even_to_start_is_an_error_in_words() -> None:
    hasty = SafeParser(limit_s=0.001)
    with pytest.raises(FeedError, match="took more than"):
        titles(hasty)
    hasty.close()
    assert hasty.children.idle == []


def test_a_document_too_large_for_the_child_is_refused_and_the_next_is_read(parser: SafeParser) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b'{"":[]},' * 2_500_000 + b"{}]}"
    with pytest.raises(FeedError, match=r"MemoryError|too much memory"):
        parser.parse(download(body), options())
    assert titles(parser) == ["Москва", "B"]


def test_a_child_that_grew_is_not_kept(parser: SafeParser, monkeypatch: pytest.MonkeyPatch) -> None:
    titles(parser)
    grown = parser.children.idle[-1].process
    monkeypatch.setattr("tracker.children._memory", lambda child: 10**9 if child.process is grown else 0)
    assert titles(parser) == ["Москва", "B"]
    assert grown.poll() is not None
    assert titles(parser) == ["Москва", "B"]


@pytest.mark.parametrize(
    "body",
    ["{" * 100_000, "[" * 100_000, '{"a":' * 50_000, rss(item(description="<b>" * 4000 + "</b>" * 4000)), f'{XML}<!DOCTYPE r [<!ENTITY a "' + "A" * 50_000 + '">]><rss version="2.0"><channel>' + item(title="&a;" * 500) + "</channel></rss>"],
    ids=["braces", "brackets", "nested-json", "nested-tags", "quadratic"],
)  # fmt: skip
def test_a_document_made_to_exhaust_is_survived(parser: SafeParser, body: str) -> None:
    try:
        feed = parser.parse(download(body), options())
    except FeedError as refused:
        said = str(refused)
    else:
        said = repr(feed)
    assert len(said) < 600_000
    assert titles(parser) == ["Москва", "B"]


def test_several_threads_read_at_once(parser: SafeParser) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda number: titles(parser, rss(item(title=f"T{number}"))), range(9)))
    assert found == [[f"T{number}"] for number in range(9)]


def test_closing_ends_the_children_and_lets_no_other_stay() -> None:
    own = SafeParser(limit_s=60)
    titles(own)
    process = own.children.idle[-1].process
    own.close()
    assert process.poll() is not None
    assert titles(own) == ["Москва", "B"]
    assert own.children.idle == []


TEXT = st.text(max_size=20)
ENTRIES = st.builds(
    Entry, key=TEXT, title=TEXT, text=TEXT, link=TEXT, published=st.none() | st.datetimes(timezones=st.timezones()).map(lambda t: datetime.fromisoformat(t.isoformat())),
    published_raw=TEXT, language=TEXT,
)  # fmt: skip
FEEDS = st.builds(
    ParsedFeed, TEXT, TEXT, st.lists(ENTRIES, max_size=3).map(tuple), st.none() | st.integers(0, 10**9), TEXT
)


@settings(max_examples=60, deadline=None)
@given(FEEDS)
def test_a_feed_passes_between_parent_and_child_unchanged(feed: ParsedFeed) -> None:
    assert feed_of(line_of(feed)) == feed


@settings(max_examples=60)
@given(
    st.dictionaries(TEXT.filter(lambda key: key != "bytes"), TEXT, max_size=4),
    st.binary(max_size=60),
    st.binary(max_size=60),
)
def test_messages_follow_one_another_whole(head: dict[str, str], first: bytes, second: bytes) -> None:
    stream = io.BytesIO()
    write_message(stream, head, first)
    write_message(stream, {}, second)
    stream.seek(0)
    assert read_message(stream) == ({**head, "bytes": len(first)}, first)
    assert read_message(stream) == ({"bytes": len(second)}, second)
    assert read_message(stream) is None


def test_a_message_cut_short_is_none() -> None:
    stream = io.BytesIO()
    write_message(stream, {"a": "b"}, b"body")
    for length in range(len(stream.getvalue())):
        assert read_message(io.BytesIO(stream.getvalue()[:length])) is None


def test_options_survive_the_way() -> None:
    given_options = replace(options("ru", "Europe/Moscow", "RU", most=7), really="+03:00")
    head = {
        "language": "ru",
        "zone": "Europe/Moscow",
        "country": "RU",
        "max_entries": 7,
        "now": NOW.astimezone(UTC).isoformat(),
        "really": "+03:00",
    }
    assert options_of(head) == given_options
