"""A feed opened in a browser says what it is: by a style sheet, which no reader of feeds minds."""

from __future__ import annotations

import feedparser
import pytest
from lxml import etree

from tests.web.visits import client
from tracker.web import faces

XML_FEEDS = ["/feed.rss", "/feed.atom", "/t/ports/feed.rss?status=planned", "/changes.rss"]


def style_of(body: bytes) -> str:
    """Give the address of a document's style sheet."""
    said = (
        etree.fromstring(body)
        .getroottree()
        .xpath("preceding-sibling::processing-instruction() | /processing-instruction()")
    )
    return str(said[0].get("href"))


@pytest.mark.parametrize("path", XML_FEEDS)
def test_an_xml_feed_names_a_style_sheet_of_this_site_and_is_read_as_before(path: str) -> None:
    visit = client()
    body = visit.get(path).data
    assert not feedparser.parse(body).bozo
    answer = visit.get(style_of(body))
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/css")
    assert "This is a feed" in answer.text


@pytest.mark.parametrize("path", XML_FEEDS)
def test_a_browser_is_told_it_is_xml_and_a_reader_that_it_is_a_feed(path: str) -> None:
    visit = client()
    reader, browser = visit.get(path), visit.get(path, headers={"Sec-Fetch-Dest": "document"})
    assert browser.content_type == "application/xml; charset=utf-8"
    assert reader.content_type.partition(";")[0] in ("application/rss+xml", "application/atom+xml")
    assert browser.data == reader.data
    assert "Sec-Fetch-Dest" in reader.vary
    again = visit.get(path, headers={"Sec-Fetch-Dest": "document", "If-None-Match": reader.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/feed.json", "/calendar.ics", "/sitemap.xml", "/topics.opml"])
def test_nothing_else_names_one(path: str) -> None:
    assert b"xml-stylesheet" not in client().get(path).data


def test_its_words_are_in_the_language_of_the_feed_and_run_its_way() -> None:
    visit = client()
    style = style_of(visit.get("/feed.rss?ui=ar").data)
    assert style == "/feed.css?ui=ar"
    text = visit.get(style).text
    assert "direction: rtl" in text
    assert "خلاصة" in text


@pytest.mark.parametrize("text", ['a "quoted" word', "a \\ stroke", "two\nlines", "</style>", ""])
def test_no_text_ends_its_string(text: str) -> None:
    written = faces.css_text(text)
    assert written[0] == written[-1] == '"'
    assert not set(written[1:-1]) & {'"', "\n", "<"}
