"""Copies are known by their texts, pages by their links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import content_hash, fingerprint
from tracker.articles.text import page_text
from tracker.links import canonical_link

LONG = "The bridge between the two towns was opened on Saturday after three years of work. " * 5


@pytest.mark.parametrize(
    "link",
    [
        "https://News.Example/a/b/?b=2&a=1", "http://news.example/a/b?a=1&b=2", "https://news.example:443/a/b?a=1&b=2#top",
        "http://news.example:80/a/b?utm_source=rss&a=1&b=2&fbclid=x", " https://news.example/a/b?gclid=3&UTM_Medium=q&b=2&a=1 ",
    ],
)  # fmt: skip
def test_links_to_one_page_are_one(link: str) -> None:
    assert canonical_link(link) == "http://news.example/a/b?a=1&b=2"


def test_links_to_two_pages_are_two() -> None:
    links = [
        "https://a.example/1",
        "https://a.example/2",
        "https://b.example/1",
        "https://a.example:8080/1",
        "https://a.example/1?id=2",
    ]
    assert len({canonical_link(link) for link in links}) == len(links)


def test_escaped_and_plain_letters_are_the_same() -> None:
    assert canonical_link("https://a.example/новости") == canonical_link(
        "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"
    )


@pytest.mark.parametrize(
    "link", ["", "no link", "mailto:a@b.example", "javascript:1", "https://", "http://[::1", "https://a.example:x/"]
)
def test_what_is_no_web_address_has_no_canonical_link(link: str) -> None:
    assert canonical_link(link) == ""


@given(st.text(max_size=60).map(lambda tail: "https://a.example/" + tail) | st.text(max_size=60))
def test_a_canonical_link_is_its_own(link: str) -> None:
    once = canonical_link(link)
    assert canonical_link(once) == once


def test_a_copy_has_the_same_fingerprint_whatever_its_title_and_spacing() -> None:
    original = fingerprint("Bridge opens", LONG)
    assert len(original) == 32
    assert fingerprint("Another title", LONG.upper().replace(". ", ".\n\n")) == original
    assert fingerprint("Bridge opens", "Bridge opens\n" + LONG) == original
    assert fingerprint("Bridge opens", LONG.replace("three", "two")) != original


def test_a_short_text_has_no_fingerprint() -> None:
    assert fingerprint("T", "Too short to tell.") == ""


def test_any_change_changes_the_content_hash() -> None:
    hashes = [
        content_hash("a", "b"),
        content_hash("ab", ""),
        content_hash("", "ab"),
        content_hash("a", "b "),
        content_hash("\ud800", ""),
    ]
    assert len(set(hashes)) == len(hashes)
    assert content_hash("a", "b") == hashes[0]


PAGE = (
    "<html><head><title>T</title></head><body><nav>Home | Sport | Subscribe to our newsletter</nav><article><h1>Bridge opens</h1>"
    + "".join(
        f"<p>Paragraph {n}: the bridge between the two towns was opened on Saturday after three years of work.</p>"
        for n in range(5)
    )
    + "</article><footer>Cookies and terms</footer></body></html>"
)


def test_a_page_gives_its_paragraphs_a_line_each() -> None:
    lines = page_text(PAGE.encode(), url="https://a.example/1").splitlines()
    assert sum(line.startswith("Paragraph") for line in lines) == 5
    assert not any("newsletter" in line or "Cookies" in line for line in lines)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 50,
        b"   ",
        b"\xff\xfe\x00\x01",
        b"<html></html>",
        b"plain words",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
    ],
)
def test_what_has_no_article_gives_no_text(body: bytes) -> None:
    assert page_text(body, url="") in ("", "plain words")


@given(st.binary(max_size=300) | st.text(alphabet="<>ap/ bdiv=\"'&;!-", max_size=200).map(str.encode))
def test_any_bytes_can_be_a_page(body: bytes) -> None:
    assert isinstance(page_text(body, url="https://a.example/"), str)
