"""`export` in every format, over a filled store: what it promises, and nothing else on standard output."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result

from tests.contract.store_builders import NOW, Told, event
from tracker.commands import main
from tracker.store import Store, topics
from tracker.types import Topic

TOLD = (
    Told("=It rained", "2025-06-17", where=("Ust-Luga",)),
    Told("It snowed", "2024-24"),
    Told("It hailed", None),
    Told("It blew", "2025-07-01/2025-07-03"),
)
FORMATS = ["jsonl", "csv", "geojson", "timelinejs", "ics", "rss", "atom", "jsonfeed"]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of an embedded database with four events and an empty topic."""
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
    return filled(f"sqlite:///{tmp_path / 'kronik.db'}", TOLD)


def filled(url: str, told: tuple[Told, ...]) -> str:
    store = Store.open(url)
    store.migrate(now=NOW, authority="kronik.test")
    for one in told:
        event(store, one)
    with store.write() as db:
        topics.put(db, Topic("quiet", "Quiet", "zeppelin"))
    store.close()
    return url


def run(address: str, *options: str, code: int = 0) -> Result:
    environment = {
        "TRACKER_DATABASE_URL": address,
        "TRACKER_WEB_BASE_URL": "https://kronik.test",
        "TRACKER_LOG_LEVEL": "error",
    }
    result = CliRunner(env=environment).invoke(main, ["export", *options], catch_exceptions=False)
    assert result.exit_code == code, result.stderr
    return result


def written(address: str, format_: str, *options: str) -> str:
    return run(address, "--format", format_, *options).stdout_bytes.decode()


@pytest.mark.parametrize("format_", FORMATS)
def test_two_runs_write_the_same_bytes(address: str, format_: str) -> None:
    assert written(address, format_) == written(address, format_) != ""


def test_csv_holds_every_event_by_date(address: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written(address, "csv"), newline="")))
    assert [row["title"] for row in rows] == ["It snowed", "'=It rained", "It blew", "It hailed"]


def test_csv_begins_with_a_mark_where_one_is_wanted(address: str) -> None:
    assert written(address, "csv", "--bom").startswith("\ufeffid,url,")
    assert written(address, "csv").startswith("id,url,")


def test_a_mark_is_for_csv_alone(address: str) -> None:
    assert "--bom" in run(address, "--format", "rss", "--bom", code=2).stderr


def test_the_map_and_the_timeline_hold_what_they_can(address: str) -> None:
    assert len(json.loads(written(address, "geojson"))["features"]) == 4
    timeline = json.loads(written(address, "timelinejs"))
    assert [slide["display_date"] for slide in timeline["events"]] == [
        "Winter 2024–25",
        "17 June 2025",
        "1–3 July 2025",
    ]
    assert timeline["title"]["text"]["text"].startswith("1 ")


def test_the_calendar_holds_days_and_short_spans(address: str) -> None:
    body = written(address, "ics")
    assert body.count("BEGIN:VEVENT") == 2
    assert "\n" not in body.replace("\r\n", "")


@pytest.mark.parametrize(("format_", "name"), [("rss", "feed.rss"), ("atom", "feed.atom")])
def test_feeds_are_those_of_the_site(address: str, format_: str, name: str) -> None:
    found = feedparser.parse(written(address, format_, "--query", "it").encode())
    assert not found.bozo
    assert {entry.id for entry in found.entries} == {f"tag:kronik.test,2025:event/{n}" for n in (1, 2, 3, 4)}
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"https://kronik.test/{name}?q=it"]


def test_a_json_feed_is_one(address: str) -> None:
    assert len(json.loads(written(address, "jsonfeed"))["items"]) == 4


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_narrowed_alike(address: str, format_: str) -> None:
    body = written(address, format_, "--from", "2025-06-17", "--to", "2025-06-17")
    assert "It rained" in body
    assert not any(word in body for word in ("snowed", "hailed", "blew"))


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_topic_gives_a_document_without_events(address: str, format_: str) -> None:
    assert not any(told.title in written(address, format_, "--topic", "quiet") for told in TOLD)


def test_a_long_timeline_is_warned_of(tmp_path: Path, address: str) -> None:
    many = filled(f"sqlite:///{tmp_path / 'many.db'}", tuple(Told(f"It rained {n}") for n in range(301)))
    assert "301 events" in run(many, "--format", "timelinejs").stderr
    assert run(address, "--format", "timelinejs").stderr == ""


def test_an_unknown_format_or_topic_is_wrong_usage(address: str) -> None:
    run(address, "--format", "xml", code=2)
    assert "there is no topic" in run(address, "--topic", "none", code=2).stderr
