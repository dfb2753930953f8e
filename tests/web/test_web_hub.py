"""Feeds name the WebSub hub that is told of their new events: in the document and in a header, the unfiltered ones only."""

import json
from dataclasses import replace

import feedparser
import pytest

from tests.web.fake_reads import WEB, sample_site
from tests.web.visits import client
from tracker.web import announced

HUB = "https://hub.example/"
SITE = replace(sample_site(), web=replace(WEB, hub_url=HUB))
FEEDS = [*announced("https://kronik.example/", ""), *announced("https://kronik.example", "ports")]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_names_its_hub_and_itself(address: str) -> None:
    answer = client(site=SITE).get(address.removeprefix("https://kronik.example"))
    assert answer.headers["Link"] == f'<{HUB}>; rel="hub", <{address}>; rel="self"'
    if address.endswith(".json"):
        document = json.loads(answer.data)
        assert (document["hubs"], document["feed_url"]) == ([{"type": "WebSub", "url": HUB}], address)
    else:
        links = {link["rel"]: link["href"] for link in feedparser.parse(answer.data).feed.links}
        assert (links["hub"], links["self"]) == (HUB, address)


@pytest.mark.parametrize("path", ["/feed.rss?status=planned", "/t/ports/feed.atom?type=visit", "/feed.json?ui=ko"])
def test_a_feed_that_is_not_announced_names_no_hub(path: str) -> None:
    answer = client(site=SITE).get(path)
    assert "Link" not in answer.headers
    assert HUB.encode() not in answer.data


def test_without_a_hub_set_none_is_named() -> None:
    answer = client().get("/feed.rss")
    assert "Link" not in answer.headers
    assert b'rel="hub"' not in answer.data
