"""Pages are read where they can do no harm, and once where several entries link to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tracker.articles import PageReader
from tracker.types import Download

URL = "https://news.example/story?utm_source=feed"
STORY = "The river rose by two metres in the night, and the mayor asked everybody to leave the old town. " * 6
PAGE = f"<html><body><nav>Home</nav><article><h1>Flood</h1><p>{STORY}</p></article></body></html>"


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def reader(clock: Seconds) -> Iterator[PageReader]:
    own = PageReader(60, clock=clock)
    yield own
    own.close()


def page(body: str) -> Download:
    return Download("https://news.example/story", 200, (), body.encode(), datetime(2026, 11, 24, tzinfo=UTC))


def test_a_page_gives_its_article_and_is_remembered_for_a_while(reader: PageReader, clock: Seconds) -> None:
    assert reader.known(URL) is None
    text = reader.read(URL, page(PAGE))
    assert "The river rose" in text
    assert "Home" not in text
    assert reader.known("http://news.example/story") == text
    clock.now = 601
    assert reader.known(URL) is None


@pytest.mark.parametrize("body", ["", "\x00", "<" * 5000, "<div>" * 3000])
def test_a_page_that_is_none_has_no_text_and_the_next_is_read(reader: PageReader, body: str) -> None:
    assert len(reader.read("https://news.example/odd", page(body))) < 20_000
    assert "The river rose" in reader.read(URL, page(PAGE))


def test_a_page_that_takes_too_long_has_no_text() -> None:
    hasty = PageReader(0.001)
    assert hasty.read(URL, page(PAGE)) == ""
    hasty.close()
