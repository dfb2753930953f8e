"""The local server answers like one on the net: media types, validators, 304, 404."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from tracker.demo import DemoServer

FEED = "/feeds/nevsky-hronometr.xml"


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


def _ask(server: DemoServer, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(server.address, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_a_feed_comes_whole_and_with_validators(server: DemoServer) -> None:
    response, body = _ask(server, FEED)
    assert (response.status, len(body)) == (200, int(response.headers["Content-Length"]))
    assert response.headers["ETag"]
    assert response.headers["Last-Modified"]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html"),
        (FEED, "application/rss+xml"),
        ("/feeds/elbauen-kurier.xml", "application/atom+xml"),
        ("/feeds/shinonome-nippo.xml", "application/rdf+xml"),
        ("/article/pacific-lantern/night-of-ash", "text/html"),
    ],
)
def test_each_kind_of_page_has_its_media_type(server: DemoServer, path: str, media_type: str) -> None:
    assert _ask(server, path)[0].headers["Content-Type"] == f"{media_type}; charset=utf-8"


def test_who_has_the_etag_gets_304_and_no_body(server: DemoServer) -> None:
    etag = _ask(server, FEED)[0].headers["ETag"]
    response, body = _ask(server, FEED, If_None_Match=f'"other", W/{etag}')
    assert (response.status, body, response.headers["ETag"]) == (304, b"", etag)


def test_who_has_the_last_version_gets_304(server: DemoServer) -> None:
    since = _ask(server, FEED)[0].headers["Last-Modified"]
    assert _ask(server, FEED, If_Modified_Since=since)[0].status == 304


def test_who_has_an_older_version_gets_the_new_one(server: DemoServer) -> None:
    assert _ask(server, FEED, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT")[0].status == 200


def test_the_etag_decides_where_the_date_disagrees(server: DemoServer) -> None:
    since = _ask(server, FEED)[0].headers["Last-Modified"]
    assert _ask(server, FEED, If_None_Match='"other"', If_Modified_Since=since)[0].status == 200


@pytest.mark.parametrize("since", ["yesterday", "32 Foo 2000", "Sat, 01 Jan 2050 00:00:00 -0000"])
def test_a_date_that_is_no_http_date_is_ignored(server: DemoServer, since: str) -> None:
    assert _ask(server, FEED, If_Modified_Since=since)[0].status == 200


def test_head_gives_the_head_alone(server: DemoServer) -> None:
    response, body = _ask(server, FEED, method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 0


@pytest.mark.parametrize("path", ["/feeds/../server.py", "/feeds/none.xml", "/article/pacific-lantern/../page"])
def test_nothing_but_the_samples_is_served(server: DemoServer, path: str) -> None:
    assert _ask(server, path)[0].status == 404


def test_two_requests_can_share_a_connection(server: DemoServer) -> None:
    connection = HTTPConnection(server.address, timeout=10)
    try:
        for _ in range(2):
            connection.request("GET", FEED)
            assert connection.getresponse().read()
    finally:
        connection.close()


def test_the_listed_feeds_are_all_served(server: DemoServer) -> None:
    paths = [feed.url.removeprefix(server.url) for feed in server.feeds]
    assert [path for path in paths if _ask(server, path)[0].status != 200] == []


def test_the_port_is_free_again_after_the_block() -> None:
    with DemoServer() as first:
        port = int(first.address.rpartition(":")[2])
    with DemoServer(port) as second:
        assert second.address == first.address
