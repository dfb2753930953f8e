"""A second request asks whether anything changed, with exactly what the server gave and nothing else."""

from collections.abc import Iterator

import pytest
from raw_server import SITE, RawServer, answer, fetcher, redirect

from tracker.downloads import HttpFetcher, Request
from tracker.errors import FetchError
from tracker.types import Validators


@pytest.fixture
def site(server: RawServer) -> Iterator[HttpFetcher]:
    own = fetcher(server)
    yield own
    own.close()


CONDITIONS = ("if-none-match", "if-modified-since")


def conditions(server: RawServer) -> tuple[str | None, str | None]:
    """Give the conditions of the last request."""
    etag, since = (server.asked[-1].headers.get(name) for name in CONDITIONS)
    return etag, since


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        ('"abc"', ""), ('W/"abc-gzip"', ""), ("", "Tue, 1 Jan 2030 00:00:00 GMT"), ('"a"', "last tuesday, perhaps"), ("unquoted", ""),
        ('"with "inner" quotes"', ""), ('"caf\xe9"', ""), ('"' + "x" * 7000 + '"', ""),
    ],
)  # fmt: skip
def test_validators_come_back_to_the_letter(server: RawServer, site: HttpFetcher, etag: str, modified: str) -> None:
    given = {name: value for name, value in (("ETag", etag), ("Last_Modified", modified)) if value}
    server.answers["/f"] = answer(b"x", **given)
    first = site.fetch(Request(server.url("/f")))
    assert first.validators == Validators(server.url("/f"), etag, modified)
    site.fetch(Request(server.url("/f"), validators=first.validators))
    assert conditions(server) == (etag or None, modified or None)


def test_the_first_request_has_no_condition(server: RawServer, site: HttpFetcher) -> None:
    site.fetch(Request(server.url("/f"), validators=Validators(server.url("/f"))))
    assert conditions(server) == (None, None)


@pytest.mark.parametrize("other", ["/other", "/f?x=1", "/F"])
def test_validators_are_not_sent_to_another_url(server: RawServer, site: HttpFetcher, other: str) -> None:
    site.fetch(Request(server.url("/f"), validators=Validators(server.url(other), '"e"', "yesterday")))
    assert conditions(server) == (None, None)


def test_after_a_redirect_only_the_url_that_issued_them_gets_validators(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/old"] = redirect("/new")
    server.answers["/new"] = answer(status=304)
    download = site.fetch(Request(server.url("/old"), validators=Validators(server.url("/new"), '"n"')))
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"n"']
    assert download.status == 304


def test_a_304_confirms_the_validators_it_does_not_carry(server: RawServer, site: HttpFetcher) -> None:
    sent = Validators(server.url("/f"), '"old"', "yesterday")
    server.answers["/f"] = answer(status=304, ETag='"new"')
    download = site.fetch(Request(server.url("/f"), validators=sent))
    assert (download.status, download.body) == (304, b"")
    assert download.validators == Validators(server.url("/f"), '"new"', "yesterday")


def test_a_304_without_any_keeps_both(server: RawServer, site: HttpFetcher) -> None:
    sent = Validators(server.url("/f"), 'W/"old"', "yesterday")
    server.answers["/f"] = answer(status=304)
    assert site.fetch(Request(server.url("/f"), validators=sent)).validators == sent


def test_a_304_nobody_asked_for_is_a_failure(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/f"] = answer(status=304)
    with pytest.raises(FetchError, match="although no condition was sent"):
        site.fetch(Request(server.url("/f")))


def test_validators_missing_from_a_complete_answer_are_cleared(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/f"] = answer(b"x")
    download = site.fetch(Request(server.url("/f"), validators=Validators(server.url("/f"), '"e"', "yesterday")))
    assert download.validators == Validators(server.url("/f"))


def test_an_overlong_validator_is_dropped(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/f"] = answer(b"x", ETag='"' + "x" * 8000 + '"', Last_Modified="yesterday")
    assert site.fetch(Request(server.url("/f"))).validators == Validators(server.url("/f"), "", "yesterday")


@pytest.mark.parametrize("etag", ['"a"\r\nX-Injected: 1', '"a"\nb', '"a"\0'])
def test_a_validator_cannot_add_a_header(server: RawServer, site: HttpFetcher, etag: str) -> None:
    site.fetch(Request(server.url("/f"), validators=Validators(server.url("/f"), etag)))
    assert conditions(server) == (None, None)
    assert "x-injected" not in server.asked[-1].headers


def test_a_request_says_who_asks_and_nothing_it_need_not(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/f"] = answer(b"x", Set_Cookie="sid=123; Path=/")
    for _ in range(2):
        site.fetch(Request(server.url("/f")))
    headers = server.asked[-1].headers
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert headers["user-agent"] == "Kronik/test (+mailto:desk@kronik.test)"
    assert (headers["host"], headers["accept-encoding"]) == (f"{SITE}:{server.port}", "gzip, br, zstd")


def test_the_proxy_of_the_environment_is_ignored(
    server: RawServer, canary: RawServer, site: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    server.answers["/f"] = answer(b"x")
    assert site.fetch(Request(server.url("/f"))).body == b"x"
