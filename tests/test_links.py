"""Links are compared by what leads to the page, and only those are kept that may be shown and followed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.links import canonical_link, safe_link

BASE = "https://news.example/feeds/all.xml"
LINKS = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "HTTPS", "ftp"]),
        st.text(max_size=12),
        st.text("/a?=&%2Fäé#:;+ ", max_size=20),
    ),
)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/a?x=1&y=2", "http://NEWS.example/a?y=2&x=1", "http://news.example:80/a?x=1&y=2", "https://news.example:443/a/?x=1&y=2",
        "http://news.example/a?x=1&y=2#top", "http://news.example/a?utm_source=rss&x=1&UTM_Medium=feed&y=2", "http://news.example/a?x=1&y=2&fbclid=Z&gclid=Q",
        "http://me:pw@news.example/a?x=1&y=2", "http://news.example./a?x=1&y=2", "http://news.example/%61?x=1&y=2", " http://news.example/a?x=1&y=2\n",
    ],
)  # fmt: skip
def test_the_same_page_has_one_canonical_link(other: str) -> None:
    assert canonical_link(other) == "http://news.example/a?x=1&y=2"


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/A?x=1", "http://news.example/a?x=2", "http://news.example/a", "http://news.example:8080/a?x=1", "http://www.news.example/a?x=1",
        "http://news.example/a?x=1&utm=1", "http://news.example/a?X=1",
    ],
)  # fmt: skip
def test_other_pages_keep_theirs(other: str) -> None:
    assert canonical_link(other) != canonical_link("http://news.example/a?x=1")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://news.example/где", "http://news.example/%D0%B3%D0%B4%D0%B5"), ("http://news.example/%d0%b3%D0%B4%d0%b5", "http://news.example/%D0%B3%D0%B4%D0%B5"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]"), ("https://news.example/?q=&p", "http://news.example?p=&q="),
    ],
)  # fmt: skip
def test_spellings_of_an_address_become_one(url: str, canonical: str) -> None:
    assert canonical_link(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "/relative",
        "http://",
        "http://.",
        "http://h:99999/",
        "http://[::1",
        "urn:x:1",
    ],
)
def test_what_is_no_web_address_has_no_canonical_link(url: str) -> None:
    assert canonical_link(url) == ""


@settings(max_examples=300)
@given(LINKS)
def test_a_canonical_link_is_its_own(url: str) -> None:
    once = canonical_link(url)
    assert canonical_link(once) == once


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("http://a.example/x", "http://a.example/x"), ("/x", "https://news.example/x"), ("x", "https://news.example/feeds/x"), ("//a.example/x", "https://a.example/x"),
        ("?page=2", "https://news.example/feeds/all.xml?page=2"), ("  http://a.example/x\n", "http://a.example/x"), ("http://a.example/a b", "http://a.example/a%20b"),
        ("http://a.example/где", "http://a.example/где"), ("HTTPS://a.example/", "https://a.example/"),
    ],
)  # fmt: skip
def test_a_link_is_made_whole(link: str, whole: str) -> None:
    assert safe_link(link, BASE) == whole


@pytest.mark.parametrize(
    "link",
    [
        "", "   ", "javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.example/",
        "mailto:a@b.example", "http://me:pw@a.example/", "http://me@a.example/", "http://", "http:///", "http://[::1", "http://a.example/\x00", "http://a.example/\x1b[2J",
        "http://a.example/\r\nSet-Cookie:x", "http://a.example/\u202egpj.exe", "http://a.example/\ud800", "http://a.example/\x85x", "http://a.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_a_link_that_cannot_be_shown_or_followed_is_none(link: str) -> None:
    assert safe_link(link, BASE) == ""


@settings(max_examples=300)
@given(LINKS, st.sampled_from(["", BASE]))
def test_any_text_gives_a_web_address_or_nothing(text: str, base: str) -> None:
    link = safe_link(text, base)
    assert not link or link.lower().startswith(("http://", "https://"))
    assert not re.search(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", link)
    assert safe_link(link) == link
