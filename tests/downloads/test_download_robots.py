"""Pages are read only where robots.txt lets programs read them; a feed a person follows is not asked for."""

from collections.abc import Iterator
from fnmatch import translate
from re import match

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_server import SITE, RawServer, answer, fetcher, redirect

from tracker.downloads import HttpFetcher, Request
from tracker.downloads.gaps import HostTurns
from tracker.downloads.robots import ALLOW_ALL, ALLOW_NONE, RobotsMemory, read_robots
from tracker.errors import ForbiddenAddress

PAGE = b"<html>story</html>"


def allows(text: str, path: str) -> bool:
    return read_robots(text.encode(), agent="Kronik").allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/x", False), ("User-agent: *\nDisallow: /private/", "/public", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True), ("User-agent: *\nDisallow:", "/x", True), ("", "/x", True), ("Disallow: /", "/x", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True), ("User-agent: *\nAllow: /news/\nDisallow: /", "/sport", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True), ("User-agent: *\nDisallow: /*?print=", "/a/b?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False), ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True), ("User-agent: *\nDisallow: /fish*", "/fishheads", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Kronik\nDisallow: /only", "/x", True), ("User-agent: kronik/2.0\nDisallow: /", "/x", False),
        ("User-agent: other\nUser-agent: KRONIK\nDisallow: /", "/x", False), ("User-agent: Other\nDisallow: /", "/x", True),
        ("User-agent: Kronik\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: Kronik\nDisallow: /b", "/b", False),
        ("\ufeffUser-Agent: * # all\r\nDISALLOW: /x # none", "/x", False), ("User-agent: *\nDisallow: /%7ejoe/", "/~joe/a", False),
        ("User-agent: *\nDisallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", False), ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", False),
        ("User-agent: *\nCrawl-delay: 5\nDisallow: /x", "/x", False), ("<html>not found</html>", "/x", True),
    ],
)  # fmt: skip
def test_the_longest_rule_for_our_name_decides(rules: str, path: str, allowed: bool) -> None:
    assert allows(rules, path) is allowed


@pytest.mark.parametrize(("value", "delay_s"), [("5", 5.0), ("0.5", 0.5), ("-1", 0.0), ("soon", 0.0), ("9" * 400, 0.0)])
def test_a_pause_that_is_asked_for_is_read(value: str, delay_s: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}".encode(), agent="Kronik").delay_s == delay_s


@settings(max_examples=300)
@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_a_pattern_fits_as_a_shells_does(pattern: str, path: str) -> None:
    forbidden = not allows(f"User-agent: *\nDisallow: /{pattern}$", f"/{path}")
    assert forbidden is (match(translate(f"/{pattern}"), f"/{path}") is not None)


@settings(max_examples=200)
@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"user-agent:*\ndisallow:{text}".encode()),
    st.text(max_size=60),
)
def test_any_bytes_give_an_answer(body: bytes, path: str) -> None:
    assert isinstance(read_robots(body, agent="Kronik").allows(f"/{path}"), bool)


@pytest.fixture
def site(server: RawServer) -> Iterator[HttpFetcher]:
    own = fetcher(server)
    yield own
    own.close()


def page(server: RawServer, path: str = "/story") -> Request:
    server.answers.setdefault(path, answer(PAGE))
    return Request(server.url(path), obey_robots=True)


@pytest.mark.parametrize(
    "robots",
    [answer(b"User-agent: *\nDisallow: /private/"), answer(status=404), answer(status=403), answer(b"\xff\xfe")],
)
def test_a_page_that_is_not_forbidden_is_read(server: RawServer, site: HttpFetcher, robots: bytes) -> None:
    server.answers["/robots.txt"] = robots
    assert site.fetch(page(server)).body == PAGE


@pytest.mark.parametrize(
    "robots",
    [answer(b"User-agent: *\nDisallow: /story"), answer(status=500), answer(status=503), answer(b"x" * 600_000), b""],
)
def test_a_forbidden_page_is_not_asked_for(server: RawServer, site: HttpFetcher, robots: bytes) -> None:
    server.answers["/robots.txt"] = robots
    with pytest.raises(ForbiddenAddress, match=r"/story: robots\.txt asks programs not to read it"):
        site.fetch(page(server))
    assert server.paths() == ["/robots.txt"]


def test_robots_are_asked_once_for_many_pages(server: RawServer, site: HttpFetcher) -> None:
    for number in range(3):
        site.fetch(page(server, f"/{number}"))
    assert server.paths().count("/robots.txt") == 1


def test_a_redirect_does_not_lead_past_the_rules(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /secret")
    server.answers["/story"] = redirect("/secret")
    with pytest.raises(ForbiddenAddress, match="/secret"):
        site.fetch(page(server))
    assert "/secret" not in server.paths()


def test_a_feed_a_person_follows_is_exempt(server: RawServer, site: HttpFetcher) -> None:
    server.answers["/feed"] = answer(b"<rss/>")
    assert site.fetch(Request(server.url("/feed"))).status == 200
    assert server.paths() == ["/feed"]


def test_robots_that_lead_inwards_forbid_the_page(server: RawServer, canary: RawServer) -> None:
    server.answers["/robots.txt"] = redirect(f"http://127.0.0.1:{canary.port}/robots.txt")
    own = fetcher(server)
    with pytest.raises(ForbiddenAddress):
        own.fetch(page(server))
    own.close()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rules_are_kept_for_a_day_and_silence_for_an_hour() -> None:
    clock, asked = Clock(), []
    memory = RobotsMemory(clock=clock)
    for hours, rules in ((0, ALLOW_NONE), (0.9, ALLOW_ALL), (1.1, ALLOW_ALL), (25, ALLOW_NONE), (25.2, ALLOW_NONE)):
        clock.now = hours * 3600
        memory.rules("http://a", lambda hours=hours, rules=rules: asked.append(hours) or rules)
    assert asked == [0, 1.1, 25.2]


def test_a_host_may_ask_for_longer_pauses_up_to_a_minute() -> None:
    turns = HostTurns(gap_s=1.0, parallel=2, clock=lambda: 0.0)
    turns.keep_apart(SITE, 5.0)
    turns.speed_up(SITE)
    assert (turns.start(SITE), turns.start(SITE)) == (0.0, 5.0)
    turns.keep_apart(SITE, 9999.0)
    turns.finish(SITE)
    assert turns._hosts[SITE].gap_s == 60.0
