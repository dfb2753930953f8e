"""The page of sources: a hundred feeds a page, all or those in trouble, with their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.visits import client, read
from tracker.rows import FeedHealth


def many(size: int = 250, *, sick_one_in: int = 5) -> FlaskClient:
    rows = [
        FeedHealth(
            f"Paper {n:03}",
            f"https://paper{n}.example/rss",
            "en",
            n,
            None,
            None,
            "gone" if sick_one_in and n % sick_one_in == 0 else "",
        )
        for n in range(size)
    ]
    return client([], site=replace(sample_site(), reads=FakeReads([], rows)))


def names(tree: html.HtmlElement) -> list[str]:
    return [str(cell.text_content()) for cell in tree.xpath("//tbody//th")]


def links(tree: html.HtmlElement, rel: str) -> list[str]:
    return [str(href) for href in tree.xpath(f"//nav[@class='paging']//a[@rel='{rel}']/@href")]


def test_a_page_holds_a_hundred_and_names_the_next() -> None:
    visit = many()
    first, last = read(visit.get("/feeds")), read(visit.get("/feeds?page=3"))
    assert names(first) == [f"Paper {n:03}" for n in range(100)]
    assert (links(first, "prev"), links(first, "next")) == ([], ["/feeds?page=2"])
    assert len(names(last)) == 50
    assert (links(last, "prev"), links(last, "next")) == (["/feeds?page=2"], [])


def test_those_in_trouble_can_be_seen_alone_with_their_number() -> None:
    visit = many(600)
    tree = read(visit.get("/feeds?state=trouble&ui=id"))
    assert names(tree) == [f"Paper {n:03}" for n in range(0, 500, 5)]
    assert links(tree, "next") == ["/feeds?state=trouble&page=2&ui=id"]
    chosen = tree.xpath("//nav[@class='kinds']//a[@aria-current='page']")
    assert [link.text_content().split()[-1] for link in chosen] == ["120"]


def test_few_feeds_that_are_all_well_have_neither_pages_nor_a_choice() -> None:
    tree = read(many(3, sick_one_in=0).get("/feeds?page=1"))
    assert tree.xpath("//nav[@class='paging' or @class='kinds']") == []


@pytest.mark.parametrize(
    ("query", "status"), [("?page=9", 200), ("?page=x", 400), ("?state=ill", 400), ("?page=0", 400)]
)
def test_a_page_that_is_not_there_is_said_in_words(query: str, status: int) -> None:
    answer = many().get(f"/feeds{query}")
    assert answer.status_code == status
    if status == 200:
        assert links(read(answer), "prev") == ["/feeds?page=3"]
