"""`poll` and `feeds`, against a newsroom on this machine."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import Cli
from tests.pipeline.newsroom import Answer, Newsroom

FLOOD = (
    "flood",
    "Flood hits Surabaya",
    "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said.",
)
QUAKE = ("quake", "Earthquake shakes Padang", "An earthquake shook Padang on 21 November 2025 and injured 37 people.")
ELSEWHERE = "https://example.org/rss"


def listed(cli: Cli) -> list[str]:
    return cli.run("feeds", "list").stdout.splitlines()


def days(cli: Cli) -> list[str]:
    return [json.loads(line)["edtf"] for line in cli.run("export").stdout.splitlines()]


def test_a_feed_that_is_added_is_polled_at_once(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD, QUAKE)
    result = cli.run("feeds", "add", url, "--language", "en", "--outlet", "Gazette")
    assert result.stdout.startswith(f"{url}: 2 new; next check ")
    assert "1 feeds polled, 0 failed, 2 new entries" in result.stderr
    assert len(listed(cli)) == 1
    assert listed(cli)[0].startswith(f"active  en  {url}  entries 2, last success 20")


def test_a_feed_can_be_added_without_asking_it(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD)
    assert cli.run("feeds", "add", url, "--no-poll").stdout == f"{url}: added\n"
    assert cli.run("feeds", "add", url, "--no-poll").stdout == f"{url}: known already, facts updated\n"
    assert newsroom.asked == []
    assert "last success never" in listed(cli)[0]


def test_a_feed_that_cannot_be_read_is_followed_and_told(cli: Cli, newsroom: Newsroom) -> None:
    result = cli.run("feeds", "add", f"{newsroom.url}/missing", code=1)
    assert "failed: is not there (404)" in result.stdout
    assert "is not there (404)" in listed(cli)[0]


def page(*links: str) -> Answer:
    head = "".join(f'<link rel="alternate" type="application/rss+xml" title="News" href="{link}">' for link in links)
    return Answer(f"<html><head>{head}</head><body/></html>", headers={"Content-Type": "text/html"})


def test_the_one_feed_a_page_names_is_followed_in_its_place(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD)
    newsroom.answers["/"] = page("/rss")
    result = cli.run("feeds", "add", f"{newsroom.url}/", "-l", "en")
    assert "is a web page; following the feed it names" in result.stdout
    assert [line.split()[:3] for line in listed(cli)] == [["active", "en", url]]


@pytest.mark.parametrize(
    ("links", "words"), [((), "names no feed"), (("/rss", "/sport"), "names several feeds: add one of them")]
)
def test_a_page_that_names_no_or_several_feeds_is_not_followed(
    cli: Cli, newsroom: Newsroom, links: tuple[str, ...], words: str
) -> None:
    newsroom.answers["/"] = page(*links)
    result = cli.run("feeds", "add", f"{newsroom.url}/", code=1)
    assert words in result.stderr
    assert [line for line in result.stdout.splitlines() if line.endswith("\tNews")] == [
        f"{newsroom.url}{link}\tNews" for link in links
    ]
    assert listed(cli) == []


@pytest.mark.parametrize(("status", "headers"), [(429, {"Retry-After": "60"}), (503, {"Retry-After": "60"}), (404, {})])
def test_a_server_that_fails_is_not_asked_again_for_a_page(
    cli: Cli, newsroom: Newsroom, status: int, headers: dict[str, str]
) -> None:
    newsroom.answers["/"] = replace(page("/rss"), status=status, headers=headers)
    result = cli.run("feeds", "add", f"{newsroom.url}/", code=1)
    assert f"({status})" in result.stdout
    assert [path for path, _ in newsroom.asked] == ["/"]
    assert len(listed(cli)) == 1


@pytest.mark.parametrize("links", [(), ("/rss", "/sport"), ("/rss",)])
def test_what_was_listed_before_is_not_lost_where_it_turns_out_to_be_a_page(
    cli: Cli, newsroom: Newsroom, links: tuple[str, ...]
) -> None:
    newsroom.feed("/rss", FLOOD)
    newsroom.answers["/"] = page(*links)
    cli.run("feeds", "add", f"{newsroom.url}/", "--no-poll")
    result = cli.run("feeds", "add", f"{newsroom.url}/", code=0 if len(links) == 1 else 1)
    urls = {line.split()[2] for line in listed(cli)}
    assert urls == {f"{newsroom.url}/", *(f"{newsroom.url}{link}" for link in links if len(links) == 1)}
    assert ("until `feeds remove`" in result.stdout) is (len(links) == 1)


def test_adding_or_naming_a_feed_asks_no_other_that_is_due(cli: Cli, newsroom: Newsroom) -> None:
    first, second = newsroom.feed("/one", FLOOD), newsroom.feed("/two", QUAKE)
    cli.run("feeds", "add", ELSEWHERE, "--no-poll")
    cli.run("feeds", "add", first)
    cli.run("feeds", "add", second, "--no-poll")
    cli.run("poll", "--no-read", second)
    assert [path for path, _ in newsroom.asked] == ["/one", "/two"]
    assert "last success never" in next(line for line in listed(cli) if ELSEWHERE in line)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/rss", "example.org/rss", "", "http://user:pass@example.org/", "http://[/"]
)
def test_what_is_no_address_is_not_followed(cli: Cli, url: str) -> None:
    assert "is no http or https address" in cli.error("feeds", "add", url)
    assert listed(cli) == []


def test_an_address_inside_is_refused_unless_allowed(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD)
    result = cli.run("feeds", "add", url, code=1, TRACKER_FETCH_ALLOW="")
    assert "fetch.allow" in result.stdout
    assert newsroom.asked == []


def test_a_feed_is_removed_once_and_its_events_stay(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD)
    cli.run("feeds", "add", url, "-l", "en")
    cli.run("poll")
    assert cli.run("feeds", "remove", url).stdout == f"{url}: removed\n"
    assert listed(cli) == []
    assert "2025-11-20" in days(cli)
    assert cli.error("feeds", "remove", url) == f"Error: {url}: is no feed we follow"


def test_a_removed_feed_that_comes_back_at_the_next_start_is_told(cli: Cli) -> None:
    path = cli.file("feeds.toml", f'[[feed]]\nurl = "{ELSEWHERE}"\n')
    cli.run("feeds", "add", ELSEWHERE, "--no-poll")
    assert f"is listed in {path}" in cli.run("feeds", "remove", ELSEWHERE).stdout


def test_no_feeds_are_told_with_what_to_do(cli: Cli) -> None:
    result = cli.run("feeds", "list")
    assert (result.stdout, "feeds add" in result.stderr) == ("", True)


OPML = f"""<opml version="2.0"><head/><body><outline text="Asia">
<outline type="rss" text="One" xmlUrl="{ELSEWHERE}" language="id" country="id"/><outline text="No address"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></outline><outline text="Again" xmlUrl="{ELSEWHERE}"/>
<outline text="Two" xmlUrl="https://example.net/atom"/></body></opml>"""


def test_feeds_come_from_opml_once(cli: Cli) -> None:
    path = cli.file("feeds.opml", OPML)
    assert cli.run("feeds", "import-opml", path).stdout == "2 feeds in the file, 2 new\n"
    assert cli.run("feeds", "import-opml", "-", stdin=OPML.encode()).stdout == "2 feeds in the file, 0 new\n"
    assert len(listed(cli)) == 2


def test_feeds_go_to_opml_and_come_back_the_same(cli: Cli) -> None:
    hostile = '<b> & "quotes" ☂'
    cli.run(
        "feeds",
        "add",
        ELSEWHERE,
        "--no-poll",
        "--name",
        hostile,
        "-l",
        "ru",
        "--zone",
        "Europe/Moscow",
        "--country",
        "ru",
    )
    written = cli.run("feeds", "export-opml").stdout
    outline = ET.fromstring(written).find("body/outline")
    assert outline is not None
    assert (outline.get("text"), outline.get("xmlUrl"), outline.get("country")) == (hostile, ELSEWHERE, "RU")
    before = listed(cli)
    assert cli.run("feeds", "import-opml", "-", stdin=written.encode()).stdout == "1 feeds in the file, 0 new\n"
    assert cli.run("feeds", "export-opml").stdout == written
    assert listed(cli) == before


@pytest.mark.parametrize("content", [b"", b"Dear reader", b"<html/>", b"\xff\xfe\x00"])
def test_what_is_no_opml_is_told_in_one_line(cli: Cli, content: bytes) -> None:
    assert "is no OPML" in cli.error("feeds", "import-opml", "-", stdin=content)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=80)
    | st.text(max_size=40).map(lambda text: f"<opml><outline xmlUrl='{text}'/></opml>".encode("utf-8", "ignore"))
)
def test_any_bytes_as_opml_are_read_or_refused_in_one_line(cli: Cli, content: bytes) -> None:
    path = cli.file("any.opml", content)
    told = cli.run("feeds", "import-opml", path) if content.startswith(b"<opml>") else None
    assert told is None or "feeds in the file" in told.stdout
    if told is None:
        assert "is no OPML" in cli.error("feeds", "import-opml", path)


def test_a_page_is_asked_which_feeds_it_links_to(cli: Cli, newsroom: Newsroom) -> None:
    link = '<link rel="alternate" type="application/{}" title="{}" href="{}">'
    head = link.format("rss+xml", "News", "/rss") + link.format("atom+xml", "Sport", "http://example.org/sport")
    newsroom.answers["/"] = Answer(f"<html><head>{head}</head><body/></html>", headers={"Content-Type": "text/html"})
    assert cli.run("feeds", "discover", f"{newsroom.url}/").stdout.splitlines() == [
        f"{newsroom.url}/rss\tNews", "http://example.org/sport\tSport",
    ]  # fmt: skip


def test_a_feed_is_known_as_one(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD, title="Example Gazette")
    assert cli.run("feeds", "discover", url).stdout == f"{url}\tExample Gazette\n"


@pytest.mark.parametrize(("path", "words"), [("/missing", "answered with 404"), ("/plain", "links to no feed")])
def test_a_page_without_feeds_is_told_in_one_line(cli: Cli, newsroom: Newsroom, path: str, words: str) -> None:
    newsroom.answers["/plain"] = Answer("<html><body>Nothing.</body></html>", headers={"Content-Type": "text/html"})
    assert words in cli.error("feeds", "discover", f"{newsroom.url}{path}")


def test_polling_prints_a_line_each_and_finds_events(cli: Cli, newsroom: Newsroom) -> None:
    good, bad = newsroom.feed("/rss", FLOOD), f"{newsroom.url}/missing"
    cli.file("feeds.toml", "".join(f'[[feed]]\nurl = "{url}"\nlanguage = "en"\n' for url in (good, bad)))
    result = cli.run("poll", code=1)
    lines = {line.partition(": ")[0]: line for line in result.stdout.splitlines()}
    assert set(lines) == {good, bad}
    assert ": 1 new; next check " in lines[good]
    assert ": failed: is not there (404)" in lines[bad]
    assert "2 feeds polled, 1 failed, 1 new entries" in result.stderr
    assert "2025-11-20" in days(cli)


def test_a_second_poll_asks_only_what_is_due_or_named(cli: Cli, newsroom: Newsroom) -> None:
    first, second = newsroom.feed("/one", FLOOD), newsroom.feed("/two", QUAKE)
    cli.file("feeds.toml", f'[[feed]]\nurl = "{first}"\n[[feed]]\nurl = "{second}"\n')
    hasty = {
        "TRACKER_CLOCK_SCALE": "100",
        "TRACKER_POLL_MIN_INTERVAL_S": "1",
    }  # asked again at once, due after a minute
    for arguments, asked in (((), 2), ((), 0), ((second,), 1), (("--all",), 2)):
        newsroom.asked.clear()
        cli.run("poll", "--no-read", *arguments, **hasty)
        assert len(newsroom.asked) == asked


def test_a_feed_that_is_due_again_at_once_is_asked_once_a_poll(cli: Cli, newsroom: Newsroom) -> None:
    cli.file(
        "feeds.toml",
        f'[[feed]]\nurl = "{newsroom.feed("/one", FLOOD)}"\n[[feed]]\nurl = "{newsroom.feed("/two", QUAKE)}"\n',
    )
    cli.run("poll", "--no-read", TRACKER_CLOCK_SCALE="1000000")
    assert sorted(path for path, _ in newsroom.asked) == ["/one", "/two"]


def test_a_feed_is_not_asked_twice_within_ten_minutes_even_by_hand(cli: Cli, newsroom: Newsroom) -> None:
    url = newsroom.feed("/rss", FLOOD)
    cli.run("feeds", "add", url)
    newsroom.asked.clear()
    assert "; it may be asked again at " in cli.error("poll", url)
    cli.run("poll", "--no-read", "--all")
    cli.run("feeds", "add", url)
    assert newsroom.asked == []


def test_a_password_in_an_address_is_refused_and_not_shown(cli: Cli) -> None:
    told = cli.error("feeds", "add", "https://reader:hunter2@example.org/rss")
    assert "hunter2" not in told
    assert "https://example.org/rss" in told


def test_a_feed_nobody_follows_is_not_polled(cli: Cli) -> None:
    assert cli.error("poll", ELSEWHERE) == f"Error: {ELSEWHERE}: is no feed we follow; add it with `feeds add`"


def test_what_was_only_stored_is_read_by_the_next_poll(cli: Cli, newsroom: Newsroom) -> None:
    cli.file("feeds.toml", f'[[feed]]\nurl = "{newsroom.feed("/rss", FLOOD)}"\nlanguage = "en"\n')
    cli.run("poll", "--no-read")
    assert days(cli) == []
    cli.run("poll")
    assert "2025-11-20" in days(cli)
