"""A page offers the feeds it names itself, declared ones first; no address is guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds import feed_links
from tracker.feeds.discover import looks_like_page

PAGE = "https://news.example/section/index.html"


def offered(body: str | bytes) -> list[tuple[str, str]]:
    return list(feed_links(body.encode() if isinstance(body, str) else body, url=PAGE))


def declared(href: str, kind: str = "application/rss+xml", title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    ("href", "address"),
    [("/rss", "https://news.example/rss"), ("rss", "https://news.example/section/rss"), ("../atom", "https://news.example/atom"), ("//a.example/x", "https://a.example/x"),
     ("http://a.example/x?a=1&amp;b=2", "http://a.example/x?a=1&b=2"), (" /r s ", "https://news.example/r%20s")],
)  # fmt: skip
def test_a_declared_feed_is_offered_with_its_whole_address(href: str, address: str) -> None:
    assert offered(declared(href, title="  All\n news ")) == [(address, "All news")]


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "APPLICATION/ATOM+XML", "application/feed+json", "application/rdf+xml", "application/json"],
)
def test_each_media_type_of_feeds_is_known(kind: str) -> None:
    assert offered(declared("/x", kind)) == [("https://news.example/x", "")]


@pytest.mark.parametrize(
    "page",
    [
        declared("/x", "text/css"), declared("/x", rel="stylesheet"), declared("/x", rel="canonical"), declared("/x", "text/html"), '<a href="/about">About</a>', "<a>rss</a>",
        declared("javascript:alert(1)"), declared("data:application/rss+xml,x"), declared("http://me:pw@a.example/"), '<a href="javascript:rss()">RSS</a>',
        '<a href="mailto:feed@news.example">x</a>', declared(""), "", "plain words", "<!-- <link rel=alternate type=application/rss+xml href=/x> -->",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_not_offered(page: str) -> None:
    assert offered(page) == []


def test_links_that_look_like_feeds_come_after_declared_ones() -> None:
    page = f'<body><a href="/feed.xml"><b>Our</b> feed</a><a href="/rss">RSS</a><a href="/home">x</a>{declared("/rss", title="All")}</body>'
    assert offered(page) == [("https://news.example/rss", "All"), ("https://news.example/feed.xml", "Our feed")]


def test_addresses_count_from_the_base_a_page_sets() -> None:
    assert offered(f'<base target="_top"><base href="/en/"><base href="/fr/">{declared("rss")}') == [
        ("https://news.example/en/rss", "")
    ]


@pytest.mark.parametrize("base", ["javascript:alert(1)", "file:///etc/", "", "http://[::1"])
def test_a_base_that_is_no_web_address_is_ignored(base: str) -> None:
    assert offered(f'<base href="{base}">{declared("/rss")}') == [("https://news.example/rss", "")]


def test_no_more_than_forty_are_offered() -> None:
    assert len(offered("".join(declared(f"/{n}.xml") for n in range(100)))) == 40


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (b"<!DOCTYPE html><p>", True), (b"\xef\xbb\xbf\r\n <HTML lang=ru>", True), (b'<?xml version="1.0"?><!DOCTYPE x><html xmlns="y">', True), (b"<rss><item>&lt;html</item>", False),
        (b'<?xml version="1.0"?><rss><description><html></description>', False), (b"<feed/>", False), (b"", False), (b"{}", False),
    ],
)  # fmt: skip
def test_a_page_is_told_from_a_feed(body: bytes, page: bool) -> None:
    assert looks_like_page(body) is page


SCRAPS = st.lists(
    st.sampled_from(
        [
            "<link",
            " rel=alternate",
            " type='application/rss+xml'",
            " href=",
            "'http://[",
            "/rss",
            "'",
            ">",
            "<a href=rss>",
            "<base href=",
            "\0",
            "&#xD800;",
            "é",
            "<!--",
            "</",
        ]
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=100), SCRAPS.map("".join).map(str.encode)))
def test_any_bytes_give_addresses_or_none(body: bytes) -> None:
    for address, title in offered(body):
        assert address.startswith(("http://", "https://"))
        assert title == " ".join(title.split())
