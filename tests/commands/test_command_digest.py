"""`digest`: the days that matter to a topic, with the sentences that say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands.conftest import Cli

ARTICLES = [
    {"id": "1", "lang": "en", "published": "2025-11-21", "source": "Gazette", "title": "Flood hits Surabaya",
     "text": "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said. Help came late."},
    {"id": "2", "lang": "en", "published": "2025-11-24", "source": "Herald", "title": "After the flood",
     "text": "The flood of 20 November 2025 left Surabaya without power for three days, officials said."},
    {"id": "3", "lang": "en", "published": "2025-11-26", "source": "Herald", "title": "Court hears the dam case",
     "text": "Judges in Jakarta heard the builders of the Surabaya dam on Tuesday after the flood."},
    {"id": "4", "lang": "en", "published": "2025-11-26", "source": "Herald", "title": "Football",
     "text": "Madrid won the final on 23 November 2025 in front of a full house."},
    {"id": "5", "lang": "id", "published": "2025-11-22", "source": "Harian", "title": "Banjir di Surabaya",
     "text": "Banjir melanda Surabaya pada 20 November 2025 dan merusak ratusan rumah warga di tepi sungai."},
]  # fmt: skip


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """A command line on a database with a few articles."""
    cli.run("import", "-", stdin="".join(json.dumps(row) + "\n" for row in ARTICLES).encode())
    return cli


def digested(cli: Cli, query: str, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cli.run("digest", "--query", query, *options).stdout)
    return found


def test_the_days_of_a_topic_are_given_with_sentences_and_events(filled: Cli) -> None:
    (key,) = digested(filled, "Surabaya flood", "--dates", "1", "--sentences", "1")
    assert set(key) == {"date", "sentences", "events"}
    assert key["date"] == "2025-11-20"
    assert any(key["sentences"][0] in row["text"] for row in ARTICLES)
    exported = [json.loads(row) for row in filled.run("export").stdout.splitlines()]
    assert set(key["events"]) <= {event["id"] for event in exported if event["edtf"].startswith("2025-11-20")}


def test_a_digest_keeps_to_its_topic_and_window(filled: Cli) -> None:
    days = [key["date"] for key in digested(filled, "Surabaya", "--from", "2025-11-21", "--to", "2025-11-25")]
    assert "2025-11-20" not in days
    assert "2025-11-23" not in days
    assert "2025-11-25" in days


def test_articles_in_another_language_answer_by_what_they_name(filled: Cli) -> None:
    (key,) = digested(filled, "place:Surabaya lang:id", "--dates", "1", "--sentences", "1")
    assert key["sentences"] == [ARTICLES[4]["text"]]


def test_part_of_a_query_is_enough_where_nothing_answers_all_of_it(filled: Cli) -> None:
    done = filled.run("digest", "--query", "Surabaya zzyzx -football", "--dates", "1")
    assert [key["date"] for key in json.loads(done.stdout)] == ["2025-11-20"]
    assert "a part of it" in done.stderr


def test_a_topic_nobody_wrote_of_has_no_key_dates(filled: Cli) -> None:
    assert digested(filled, "zzyzx") == []


def test_the_same_database_gives_the_same_digest(filled: Cli) -> None:
    assert digested(filled, "Surabaya OR Madrid") == digested(filled, "Surabaya OR Madrid")


def test_a_query_that_cannot_be_read_is_reported_in_one_line(cli: Cli) -> None:
    assert "never closed" in cli.error("digest", "--query", '"Surabaya')


def test_a_window_that_ends_before_it_begins_is_wrong_usage(cli: Cli) -> None:
    assert "no day lies between" in cli.error(
        "digest", "--query", "x", "--from", "2025-02-01", "--to", "2025-01-01", code=2
    )
