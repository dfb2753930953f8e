"""The quick reader gives what feedparser gives, or steps back."""

from __future__ import annotations

import pytest
from feed_builders import URL, XML, atom, item, options, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds import parse
from tracker.feeds.quick import read_quick
from tracker.types import ParsedFeed

USUAL = rss(
    item(title="Tide &amp; time", guid="1", link="https://a.example/1", pubDate="Mon, 23 Nov 2026 14:30:00 +0900"),
    item(title="B", link="https://a.example/2", description="&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"),
    '<item><guid isPermaLink="false">x</guid><title><![CDATA[<b>Bold</b> news]]></title></item>',
    "<item><guid>https://a.example/3</guid><title>By its guid</title></item>",
    head="<language>en-GB</language><ttl>90</ttl><link>https://a.example/</link>",
)
ATOM = atom(
    '<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link href="https://a.example/1"/>'
    "<updated>2026-11-23T10:00:00Z</updated><summary>Short.</summary></entry>",
    '<entry><id>urn:2</id><title>C</title><link rel="self" href="https://a.example/x"/>'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two.</p><p>Three.</p></div></content></entry>',
)
EXTENDED = (
    f'{XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:own="https://own.example/ns" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>News</title>'
    "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    "<item><title>A</title><guid>1</guid><dc:date>2026-11-23T10:00:00+07:00</dc:date><own:rank>3</own:rank>"
    '<media:thumbnail url="https://a.example/p.png"/><content:encoded>Longer text.</content:encoded>'
    "<description>Text.</description></item></channel></rss>"
)


def with_feedparser(body: str, monkeypatch: pytest.MonkeyPatch) -> ParsedFeed:
    monkeypatch.setattr("tracker.feeds.parse.read_quick", lambda body, kind: None)
    return read(body)


@pytest.mark.parametrize("body", [USUAL, ATOM, EXTENDED], ids=["rss", "atom", "extended"])
def test_a_usual_feed_is_read_quickly_and_as_feedparser_reads_it(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_quick(body.encode(), "") is not None
    assert read(body) == with_feedparser(body, monkeypatch)


@pytest.mark.parametrize(
    "body",
    [
        USUAL.replace("<title>B</title>", "<title>B</title><title>C</title>"),
        USUAL.replace("<title>B</title>", "<title>B <b>bold</b></title>"),
        USUAL.replace("<title>B</title>", "<headline>B</headline>"),
        USUAL.replace("utf-8", "iso-8859-1"),
        USUAL.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
        USUAL.replace("<title>B", "<title>crÃ©e"),
        USUAL.replace("<title>B", "<title>B\x85"),
        USUAL.replace("https://a.example/2", "/2"),
        USUAL.replace("https://a.example/2", "https://a.example/?a=1&amp;amp;b=2"),
        USUAL.replace("<channel>", '<channel xml:base="https://b.example/">'),
        EXTENDED.replace("<media:thumbnail", "<media:title>Other</media:title><media:thumbnail"),
        EXTENDED.replace("xmlns:own", "xmlns:itunes").replace("own:rank", "itunes:subtitle"),
        ATOM.replace('type="html"', 'type="image/png"'),
        rss(),
        "<html><body/></html>",
        "no document",
        "",
    ],
)
def test_what_is_unusual_is_left_to_feedparser(body: str) -> None:
    assert read_quick(body.encode(), "") is None


@pytest.mark.parametrize("kind", ["text/xml; charset=windows-1251", 'application/xml; charset="koi8-r"'])
def test_another_encoding_in_the_header_is_left_to_feedparser(kind: str) -> None:
    assert read_quick(USUAL.encode(), kind) is None


def test_a_byte_that_is_no_utf8_is_left_to_feedparser() -> None:
    assert read_quick(USUAL.encode().replace(b"Bold", b"B\xffld"), "text/xml") is None


PIECES = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<guid>", "</guid>", "a", " ", "&amp;", "<![CDATA[<i>x</i>]]>", "é", "<link/>",
     "<description>d</description>", "<title>t</title>", "<guid>g</guid>", "<link>https://a.example/1</link>"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_whatever_stands_in_an_item_is_read_as_feedparser_reads_it_or_not_at_all(pieces: list[str]) -> None:
    body = rss("<item><title>first</title></item>", f"<item>{''.join(pieces)}</item>").encode()
    quick = read_quick(body, "")
    if quick is not None:
        slow, _ = parse._read(body, "", options())
        assert quick.entries == tuple(parse._raw(entry) for entry in slow.entries)
        assert URL
