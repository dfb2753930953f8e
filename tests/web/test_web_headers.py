"""Headers: a strict policy that every page keeps, validators that work, codings that do not mislead caches."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

import tracker.web
from tests.web.fake_reads import sample_site
from tests.web.sample import events
from tests.web.visits import client, later, page, rain

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:", "connect-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'self'",
}  # fmt: skip
PAGES = ["/", "/?q=zzz", "/t/ports", "/t/quiet", "/events/1", "/events/3", "/events/21", "/feeds", "/about", "/api"]
EVERYTHING = [*PAGES, "/feed.rss", "/healthz", "/robots.txt", "/nothing", "/?status=x"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_carries_the_policy_and_no_cookie(path: str) -> None:
    headers = client().get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/?status=x"])
def test_no_page_has_code_or_style_the_policy_would_refuse(path: str) -> None:
    text = client().get(path).get_data(as_text=True)
    tree = page(path) if path in PAGES else None
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]* src=|[^>]* type=\"application/ld\+json\")", text)
    if tree is not None:
        attributes = {name.lower() for element in tree.iter() for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on")}
        assert "style" not in attributes


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_anywhere_else(path: str) -> None:
    tree = page(path)
    loaded = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //*[local-name()='use']/@href")
    assert loaded
    assert all(address.startswith(("/static/", "#")) for address in loaded)


def test_the_script_uses_nothing_the_policy_refuses() -> None:
    script = (Path(tracker.web.__file__).parent / "static" / "kronik.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|\.style\b|https?://", script)


def test_the_style_loads_nothing() -> None:
    style = (Path(tracker.web.__file__).parent / "static" / "kronik.css").read_text(encoding="utf-8")
    assert "@import" not in style
    assert "http" not in style.replace('href^="http"', "")
    assert not re.search(r"\b(?:margin|padding|border)-(?:left|right)\b", style)


@pytest.mark.parametrize("path", ["/", "/events/1", "/feeds", "/feed.rss", "/t/ports/feed.rss"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(path: str, coding: str) -> None:
    visit = client()
    first = visit.get(path, headers={"Accept-Encoding": coding})
    again = visit.get(path, headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert first.headers["Vary"] == again.headers["Vary"]
    assert "Accept-Encoding" in first.vary
    assert ("Accept-Language" in first.vary) == ("feed" not in path or path == "/feeds")
    assert visit.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_pages_are_kept_a_minute_and_feeds_five() -> None:
    assert client().get("/").headers["Cache-Control"] == "public, max-age=60"
    assert client().get("/feed.rss").headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", ["/", "/feed.rss", "/about"])
def test_the_zipped_answer_is_the_plain_one(path: str) -> None:
    visit = client()
    plain = visit.get(path, headers={"Accept-Encoding": "identity"})
    zipped = visit.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.get_data()) == plain.get_data()
    assert int(zipped.headers["Content-Length"]) == len(zipped.get_data())


def test_gzip_is_not_sent_to_who_refuses_it_nor_for_a_few_bytes() -> None:
    assert "Content-Encoding" not in client().get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in client().get("/robots.txt", headers={"Accept-Encoding": "gzip"}).headers


def test_two_hundred_events_stay_within_the_budget() -> None:
    stored = [rain(n, f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}") for n in range(1, 201)]
    answer = client(stored).get("/", headers={"Accept-Encoding": "gzip"})
    assert len(answer.get_data()) < 60_000
    folder = Path(tracker.web.__file__).parent / "static"
    assert len(gzip.compress((folder / "kronik.css").read_bytes())) < 12_000
    assert len(gzip.compress((folder / "kronik.js").read_bytes())) < 10_000


def test_a_reader_without_an_etag_is_answered_by_date() -> None:
    visit = client()
    changed = visit.get("/feed.rss").headers["Last-Modified"]
    assert visit.get("/feed.rss", headers={"If-Modified-Since": changed}).status_code == 304
    before = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    assert visit.get("/feed.rss", headers={"If-Modified-Since": before}).status_code == 200


def test_the_etag_wins_over_the_date() -> None:
    visit = client()
    changed = visit.get("/feed.rss").headers["Last-Modified"]
    headers = {"If-None-Match": '"another"', "If-Modified-Since": changed}
    assert visit.get("/feed.rss", headers=headers).status_code == 200


def etag(path: str, **options: object) -> str:
    return client(**options).get(path).headers["ETag"]  # type: ignore[arg-type]


def test_the_feed_s_etag_changes_with_events_and_with_nothing_else() -> None:
    stored = events()[:5]
    changed = [*stored[:4], later(stored[4], stored[4].updated + timedelta(days=400))]
    assert etag("/feed.rss", stored=stored) == etag("/feed.rss", stored=stored[::-1])
    assert len({etag("/feed.rss", stored=s) for s in (stored, changed, stored[:4], [])}) == 4


@pytest.mark.parametrize("other", ["/feed.rss?q=train", "/t/ports/feed.rss", "/feed.rss?status=planned"])
def test_each_filter_and_topic_has_an_etag_of_its_own(other: str) -> None:
    assert etag("/feed.rss") != etag(other)


def test_spellings_of_one_filter_share_an_etag() -> None:
    assert etag("/feed.rss?status=planned&status=denied&utm=x") == etag(
        "/feed.rss?status=denied,planned&page=2&order=oldest"
    )


def test_a_renamed_site_is_a_changed_feed() -> None:
    assert etag("/feed.rss") != etag("/feed.rss", site=sample_site(badge="sample data"))


def test_a_hostile_host_name_stays_text() -> None:
    answer = client(site=sample_site(base_url="")).get("/", headers={"Host": 'x"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.get_data(as_text=True)
