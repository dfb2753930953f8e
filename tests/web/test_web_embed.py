"""The frame for other sites: newest events, no script, no control, and framed only where the operator allows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.fake_reads import WEB, sample_site
from tests.web.visits import client, page, read, words


@pytest.mark.parametrize("path", ["/embed", "/t/ports/embed", "/places/1871859/embed"])
def test_the_frame_shows_events_with_date_and_link_to_the_site(path: str) -> None:
    tree = page(path)
    items = tree.xpath("//main/ol/li")
    assert 0 < len(items) <= 12
    for item in items:
        assert words(item.xpath("./*[@class='when']")[0])
        assert item.xpath("./a/@href")[0].startswith("https://kronik.example/events/")
        assert item.xpath("./a/@target") == ["_blank"]


def test_the_frame_has_no_script_form_or_cookie() -> None:
    answer = client().get("/embed")
    assert read(answer).xpath("//script | //form | //input") == []
    assert "Set-Cookie" not in answer.headers
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_the_frame_keeps_the_filters_of_the_view() -> None:
    assert len(page("/embed?type=visit").xpath("//main/ol/li")) < len(page("/embed").xpath("//main/ol/li"))


def test_an_empty_topic_has_a_frame_that_says_so() -> None:
    assert "Nothing has been found yet." in words(page("/t/quiet/embed").xpath("//main")[0])


@pytest.mark.parametrize(
    ("origins", "policy"),
    [(("*",), "frame-ancestors *"), (("https://a.example", "https://b.example"), "frame-ancestors https://a.example https://b.example"), ((), "frame-ancestors 'self'")],
)  # fmt: skip
def test_who_may_frame_is_the_operators_choice(origins: tuple[str, ...], policy: str) -> None:
    site = replace(sample_site(), web=replace(WEB, embed_on=origins))
    assert client(site=site).get("/embed").headers["Content-Security-Policy"].endswith(policy)


def test_no_other_page_may_be_framed_elsewhere() -> None:
    assert client().get("/").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


def test_the_follow_page_gives_the_code_of_the_frame_with_its_filters() -> None:
    code = page("/t/ports/follow?type=visit").xpath("//input[@id='frame-code']/@value")[0]
    assert code.startswith('<iframe src="https://kronik.example/t/ports/embed?type=visit" title="Ports and bridges"')
