"""Redirects are followed within bounds, outwards only, and kept only where every hop said so for good."""

from collections.abc import Iterator

import pytest
from raw_server import SITE, FakeResolver, RawServer, answer, fetcher, redirect

from tracker.downloads import HttpFetcher, Request
from tracker.errors import FetchError, ForbiddenAddress

FEED = b"<rss/>"


@pytest.fixture
def site(server: RawServer) -> Iterator[HttpFetcher]:
    """A fetcher that may go to the server, and knows two names that lead inwards."""
    names = FakeResolver(news_example="127.0.0.1", inner_example="127.0.0.1", lan_example="192.168.1.1")
    own = fetcher(server, resolve=names)
    yield own
    own.close()


def chain(server: RawServer, *statuses: int) -> str:
    """Lay /0 -> /1 -> ... -> a feed; give the first address."""
    for number, status in enumerate(statuses):
        server.answers[f"/{number}"] = redirect(f"/{number + 1}", status)
    server.answers[f"/{len(statuses)}"] = answer(FEED)
    return server.url("/0")


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308), (308, 301, 301, 308, 301)])
def test_a_permanent_chain_moves_the_feed(server: RawServer, site: HttpFetcher, statuses: tuple[int, ...]) -> None:
    download = site.fetch(Request(chain(server, *statuses)))
    last = server.url(f"/{len(statuses)}")
    assert (download.url, download.moved_to, download.body) == (last, last, FEED)


@pytest.mark.parametrize("statuses", [(302,), (303,), (307,), (301, 302), (302, 301), (301, 302, 301), (308, 307, 308)])
def test_one_temporary_hop_keeps_the_old_address(
    server: RawServer, site: HttpFetcher, statuses: tuple[int, ...]
) -> None:
    download = site.fetch(Request(chain(server, *statuses)))
    assert (download.url, download.moved_to) == (server.url(f"/{len(statuses)}"), None)
    assert download.body == FEED


def test_without_a_redirect_nothing_moves(server: RawServer, site: HttpFetcher) -> None:
    assert site.fetch(Request(chain(server))).moved_to is None


def test_a_target_that_fails_is_the_answer(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/old"] = redirect("/gone", 301)
    server.answers["/gone"] = answer(b"sorry", status=410)
    download = site.fetch(Request(server.url("/old")))
    assert (download.status, download.body) == (410, b"")


@pytest.mark.parametrize(
    "hops", [{"/a": "/a"}, {"/a": "/b", "/b": "/a"}, {"/a": "/b", "/b": "/c", "/c": "/b"}, {"/a": "/a#part"}]
)
def test_a_circle_is_left_at_once(server: RawServer, site: HttpFetcher, hops: dict[str, str]) -> None:
    server.answers.update({path: redirect(to) for path, to in hops.items()})
    with pytest.raises(FetchError, match="redirects in a circle") as refused:
        site.fetch(Request(server.url("/a")))
    assert refused.value.subject == server.url("/a")
    assert len(server.asked) == len(hops)


@pytest.mark.parametrize("most", [0, 1, 5])
def test_too_many_hops_are_given_up(server: RawServer, most: int) -> None:
    own = fetcher(server, max_redirects=most)
    assert own.fetch(Request(chain(server, *[302] * most))).body == FEED
    server.asked.clear()
    with pytest.raises(FetchError, match=f"redirects more than {most} times"):
        own.fetch(Request(chain(server, *[302] * (most + 1))))
    own.close()
    assert len(server.asked) == most + 1


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_a_redirect_without_a_target_is_handed_on_as_it_is(server: RawServer, site: HttpFetcher, status: int) -> None:
    server.answers["/x"] = answer(b"choose", status=status)
    download = site.fetch(Request(server.url("/x")))
    assert (download.status, download.body, download.moved_to) == (status, b"", None)


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_codes_of_the_family_are_not_followed(server: RawServer, site: HttpFetcher, status: int) -> None:
    server.answers["/x"] = answer(status=status, Location="/elsewhere")
    if status == 304:
        with pytest.raises(FetchError, match="304"):
            site.fetch(Request(server.url("/x")))
    else:
        assert site.fetch(Request(server.url("/x"))).status == status
    assert server.paths() == ["/x"]


@pytest.mark.parametrize("depth", [0, 1, 2, 4])
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://127.0.0.1:{canary}/", "127.0.0.1"), ("http://inner.example:{canary}/", "port"), ("http://inner.example:{server}/", "internal"),
        ("http://inner.example/", "internal"), ("https://inner.example/", "internal"), ("//lan.example/", "internal"),
        ("http://news.example:{canary}/", "port"), ("http://news.example/", "internal"), ("http://me:pw@news.example:{server}/", "user name"),
        ("file:///etc/passwd", "only http"), ("javascript:alert(1)", "only http"), ("ftp://news.example/", "only http"),
    ],
)  # fmt: skip
def test_no_hop_leads_inwards(
    server: RawServer, canary: RawServer, site: HttpFetcher, target: str, words: str, depth: int
) -> None:
    url = chain(server, *[302] * depth)
    server.answers[f"/{depth}"] = redirect(target.format(canary=canary.port, server=server.port))
    with pytest.raises(ForbiddenAddress, match=words):
        site.fetch(Request(url))
    assert len(server.asked) == depth + 1


def test_each_hop_is_resolved_once(server: RawServer) -> None:
    names = FakeResolver(news_example="127.0.0.1")
    own = fetcher(server, resolve=names)
    own.fetch(Request(chain(server, 302, 302)))
    own.close()
    assert names.asked == [SITE] * 3


@pytest.mark.parametrize(
    "location",
    ["http://", "http://[::1", "//", "http://a.example:99999/", "https://\x01.example/"],
)
def test_a_location_that_is_no_address_is_an_error_in_words(
    server: RawServer, site: HttpFetcher, location: str
) -> None:
    server.answers["/x"] = redirect(location)
    with pytest.raises(FetchError, match=r"no address|is not an address|in a circle"):
        site.fetch(Request(server.url("/x")))


@pytest.mark.parametrize(
    ("location", "path"),
    [("/new", "/new"), ("new", "/dir/new"), ("../new", "/new"), ("?page=2", "/dir/x?page=2"), ("  /new  ", "/new"), ("/где", "/%D0%B3%D0%B4%D0%B5"),
     ("/a b", "/a%20b"), ("/a%0d%0aX-Injected:%201", "/a%0d%0aX-Injected:%201"), ("//news.example:{port}/new", "/new")],
)  # fmt: skip
def test_a_target_is_read_relative_to_its_page(server: RawServer, site: HttpFetcher, location: str, path: str) -> None:
    server.answers["/dir/x"] = redirect(location.format(port=server.port))
    server.answers[path] = answer(FEED)
    assert site.fetch(Request(server.url("/dir/x"))).body == FEED
    assert server.paths() == ["/dir/x", path]
    assert "x-injected" not in server.asked[-1].headers
