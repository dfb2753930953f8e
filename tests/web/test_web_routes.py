"""Every address answers as it should: pages, what is missing, merged or withdrawn, wrong methods, failures."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import NOW
from tests.web.visits import asked, client, page, rain, read, words
from tracker.rows import TopicCount
from tracker.types import EventId, Revision

PAGES = ["/", "/t/ports", "/t/quiet", "/events/1", "/feeds", "/about"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_html_with_one_heading_a_language_and_a_description(path: str) -> None:
    answer = client().get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    tree = read(answer)
    assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1
    assert tree.xpath("//title/text()")[0].endswith("Kronik") or path == "/"
    assert tree.xpath("//meta[@name='description']/@content")[0].strip()


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_what_they_are_named_for_exists(path: str) -> None:
    tree = page(path)
    ids = tree.xpath("//*[@id]/@id")
    assert len(ids) == len(set(ids))
    named = {name for value in tree.xpath("//@aria-labelledby") for name in value.split()}
    assert named | set(tree.xpath("//label/@for")) <= set(ids)
    assert {href[1:] for href in tree.xpath("//a/@href | //*[local-name()='use']/@href") if href[0] == "#"} <= set(ids)


@pytest.mark.parametrize("path", [*PAGES, "/feed.rss", "/t/ports/feed.rss", "/healthz", "/robots.txt"])
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    head, got = client().head(path), client().get(path)
    assert head.status_code == 200
    assert head.get_data() == b""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers.get("ETag") == got.headers.get("ETag")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/t/unknown", "/t/unknown/feed.rss", "/t/", "/events/9999", "/events/0", "/events/-1", "/events/one", "/events/1x",
        "/events/99999999999999999999999", "/static/kronik.css", "/static/000000000000/kronik.css", "/static/x/../../app.py",
        "/static/000000000000/..%2fapp.py", "/t/..%2f..%2fetc", "/%00", "/t/%ff",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_told_in_words(path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 404
    tree = read(answer)
    assert words(tree.xpath("//h1")[0]) == "There is nothing at this address"
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("path", ["/", "/events/1", "/feed.rss", "/feeds", "/healthz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_those_that_are_allowed(path: str, method: str) -> None:
    answer = client().open(path, method=method)
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


def test_a_merged_event_moves_to_the_one_it_became_part_of_for_a_day() -> None:
    answer = client([rain(1, "2025-06-17"), replace(rain(2, "2025-06-17"), merged_into=EventId(1))]).get("/events/2")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/events/1")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_an_event_a_curator_hid_is_gone() -> None:
    hidden = replace(rain(1, "2025-06-17"), revisions=(Revision(2, "hidden", "", "", "curator", NOW),))
    answer = client([hidden]).get("/events/1")
    assert answer.status_code == 410
    assert words(read(answer).xpath("//h1")[0]) == "This event was withdrawn"


def test_merged_and_hidden_events_are_in_no_list() -> None:
    hidden = replace(rain(1, "2025-06-17"), revisions=(Revision(2, "hidden", "", "", "curator", NOW),))
    visit = client([hidden, replace(rain(2, "2025-06-17"), merged_into=EventId(3)), rain(3, "2025-06-17")])
    for path in ("/", "/feed.rss"):
        text = visit.get(path).get_data(as_text=True)
        assert "time 3." in text
        assert "time 1." not in text
        assert "time 2." not in text


def test_the_health_check_reads_nothing_and_is_never_kept() -> None:
    answer = client(site=replace(sample_site(), reads=Broken())).get("/healthz")
    assert (answer.status_code, answer.get_data()) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_crawlers_are_kept_out_of_filter_combinations() -> None:
    answer = client().get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /*?" in answer.get_data(as_text=True).splitlines()


@pytest.mark.parametrize(
    ("name", "mimetype"), [("kronik.css", "text/css"), ("kronik.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
)
def test_static_files_are_kept_for_good_under_their_digest(name: str, mimetype: str) -> None:
    visit = client()
    [address] = {a for a in page("/").xpath("//@href | //@src") if a.endswith(name)}
    answer = visit.get(address)
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.get_data()) > 200


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(path: str) -> None:
    visit = client()
    addresses = {a.partition("#")[0] for a in page(path).xpath("//a/@href | //link/@href | //script/@src")}
    local = sorted(a for a in addresses if a.startswith("/"))[:60]
    assert local
    assert {a: visit.get(a).status_code for a in local} == dict.fromkeys(local, 200)


@dataclass
class Broken(FakeReads):
    """A database that is gone."""

    def topics(self) -> Sequence[TopicCount]:
        raise RuntimeError("secret-host:5432 refused")


def test_a_failure_is_told_without_its_details_and_logged_with_its_path(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client(site=replace(sample_site(), reads=Broken())).get("/t/ports")
    assert answer.status_code == 500
    assert words(read(answer).xpath("//h1")[0]) == "Something went wrong here"
    assert "secret-host" not in answer.get_data(as_text=True)
    [record] = caplog.records
    assert (record.message, record.__dict__["path"]) == ("page failed", "/t/ports")
    assert record.exc_info is not None


@pytest.mark.parametrize("path", ["/nothing", "/?status=x", "/events/9999"])
def test_error_pages_are_not_kept(path: str) -> None:
    assert client().get(path).headers["Cache-Control"] == "no-store"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_path_has_an_answer_of_ours(path: str) -> None:
    assert asked("/" + path.lstrip("/"), []).status_code in {200, 302, 308, 400, 404}  # 302: "?x" chooses nothing


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["q", "from", "to", "place", "who", "type", "status", "language", "outlet", "precision", "min_outlets", "disputed", "order", "page", "x"]), st.text(max_size=30), max_size=4))  # fmt: skip
def test_any_parameters_are_answered_or_refused(given_parameters: dict[str, str]) -> None:
    for path in ("/", "/feed.rss"):
        wanted = {302, 400} if path == "/" and "" in given_parameters.values() else {200, 400}
        assert asked(path, [rain(1, "2025-06-17")], **given_parameters).status_code in wanted
