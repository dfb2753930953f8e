"""`import`, `export`, `explain` and `topics`: articles in, events out, and why."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import Cli
from tracker.articles import article_from_json
from tracker.errors import ArticleError, KronikError
from tracker.events import check_topic
from tracker.types import Topic

FLOOD = {
    "id": "flood", "lang": "en", "published": "2025-11-21T09:00:00+07:00", "source": "Gazette", "url": "https://gazette.example/flood",
    "title": "Flood hits Surabaya", "text": "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said.",
}  # fmt: skip
QUAKE = {
    "id": 17, "lang": "en", "published": "2025-11-22", "source": "Herald",
    "title": "", "text": "An earthquake shook Padang on 21 November 2025 and injured 37 people.",
}  # fmt: skip
EVENT_KEYS = {
    "id", "url", "title", "language", "edtf", "earliest", "latest", "precision", "status", "type", "who", "where", "quantities",
    "titles", "importance", "outlets", "languages", "topics", "first_published", "updated", "revision", "merged_into",
    "disputed", "reports",
}  # fmt: skip
REPORT_KEYS = {
    "article_id", "url", "title", "outlet", "language", "published", "quote", "field", "start", "end", "lead", "status",
    "speaker", "date",
}  # fmt: skip


def jsonl(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def exported(cli: Cli, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in cli.run("export", *options).stdout.split("\n")[:-1]]


def days(cli: Cli, *options: str) -> set[str]:
    return {event["edtf"] for event in exported(cli, *options)}


def counted(stderr: str) -> str:
    return stderr.strip().splitlines()[-1]


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """A command line on a database with two articles."""
    cli.run("import", "-", stdin=jsonl(FLOOD, QUAKE))
    return cli


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_articles_of_a_file_become_events(cli: Cli, packed: bool) -> None:
    raw = jsonl(FLOOD, QUAKE)
    path = cli.file("news.jsonl.gz", gzip.compress(raw)) if packed else cli.file("news.jsonl", b"\xef\xbb\xbf" + raw)
    assert counted(cli.run("import", path).stderr) == "2 articles read, 2 new or changed, 0 bad lines, 0 set aside"
    assert {"2025-11-20", "2025-11-21"} <= days(cli)


def test_importing_again_changes_nothing(filled: Cli) -> None:
    before = filled.run("export").stdout
    told = filled.run("import", "-", stdin=jsonl(FLOOD, QUAKE)).stderr
    assert counted(told) == "2 articles read, 0 new or changed, 0 bad lines, 0 set aside"
    assert filled.run("export").stdout == before


def test_bad_lines_are_named_and_the_rest_is_kept(cli: Cli) -> None:
    rows = [
        jsonl(FLOOD),
        b"{not json\n",
        b"\n",
        b'{"id": "caf\xe9", "text": "x"}\n',
        b'{"id": "empty"}\n',
        jsonl(QUAKE),
    ]
    told = cli.run("import", "-", stdin=b"".join(rows), code=1).stderr.splitlines()
    assert [line.split(": ")[1] for line in told[:-1]] == ["line 2", "line 4", "line 5"]
    assert told[-1] == "2 articles read, 2 new or changed, 3 bad lines, 0 set aside"
    assert {"2025-11-20", "2025-11-21"} <= days(cli)


@pytest.mark.parametrize(
    "content", [b"no gzip at all", gzip.compress(jsonl(FLOOD), mtime=0)[:-9]], ids=["no gzip", "cut off"]
)
def test_a_file_that_ends_early_is_told_in_one_line(cli: Cli, content: bytes) -> None:
    path = cli.file("news.jsonl.gz", content)
    assert cli.error("import", path).startswith(f"Error: {path}: cannot be read to its end")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=80)
    | st.fixed_dictionaries(
        {"id": st.text(max_size=9) | st.integers(), "text": st.text(max_size=30)},
        optional={"published": st.text(max_size=9) | st.none(), "lang": st.text(max_size=4), "url": st.text(max_size=9), "x": st.none()},
    ).map(lambda row: json.dumps(row).encode())
)  # fmt: skip
def test_any_bytes_are_imported_or_named_line_by_line(cli: Cli, raw: bytes) -> None:
    lines = [line for line in io.BytesIO(raw) if line.strip()]
    before = sum(1 for line in lines if not acceptable(line))
    cli.run("import", "-", stdin=raw, code=1 if before else 0)


def acceptable(line: bytes) -> bool:
    """Tell whether a line is an article, by reading it the way `import` promises to."""
    try:
        article_from_json(line.decode("utf-8-sig"), number=1, max_chars=1000)
    except (ArticleError, UnicodeDecodeError):
        return False
    return True


def test_an_exported_event_has_the_promised_keys(filled: Cli) -> None:
    events = exported(filled)
    assert {frozenset(event) for event in events} == {frozenset(EVENT_KEYS)}
    assert {frozenset(report) for event in events for report in event["reports"]} == {frozenset(REPORT_KEYS)}
    flood = next(event for event in events if event["edtf"] == "2025-11-20")
    assert (flood["earliest"], flood["latest"], flood["precision"]) == ("2025-11-20", "2025-11-20", "day")
    report = flood["reports"][0]
    assert FLOOD[report["field"]][report["start"] : report["end"]] == report["quote"]


def test_ids_of_the_caller_come_back(filled: Cli) -> None:
    assert {r["article_id"] for event in exported(filled) for r in event["reports"]} == {"flood", "17"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--from", "2025-11-21"), {"2025-11-21"}),
        (("--to", "2025-11-20"), {"2025-11-20"}),
        (("--query", "padang"), {"2025-11-21"}),
        (("-q", "nothing of the kind"), set()),
    ],
)
def test_an_export_is_narrowed_by_days_and_words(filled: Cli, options: tuple[str, ...], expected: set[str]) -> None:
    assert days(filled, *options) == expected


def test_days_that_contradict_one_another_are_told(cli: Cli) -> None:
    assert "later than to" in cli.error("export", "--from", "2025-02-01", "--to", "2025-01-01")


def test_an_export_of_nothing_is_empty(cli: Cli) -> None:
    assert cli.run("export").stdout == ""


def test_events_are_exported_by_date_the_undated_last(filled: Cli) -> None:
    keys = [(e["edtf"] is None, e["earliest"] or e["latest"] or "", e["id"]) for e in exported(filled)]
    assert keys == sorted(keys)


def test_an_article_is_explained_by_its_phrases_and_sentences(filled: Cli) -> None:
    story = filled.run("explain", "flood").stdout
    assert story.startswith("article flood: Flood hits Surabaya [en]\npublished 2025-11-21T09:00:00+07:00 by Gazette\n")
    assert "'20 November 2025' -> 2025-11-20" in story
    assert "flood (occurred" in story


def test_a_text_too_long_is_cut_and_everybody_is_told(cli: Cli) -> None:
    long = FLOOD | {"text": FLOOD["text"] + " The rain went on." * 300}
    limit = {"TRACKER_ARTICLES_MAX_CHARS": "2000"}
    told = cli.run("import", "-", stdin=jsonl(long, QUAKE), **limit).stderr.strip().splitlines()
    assert told[-2] == "1 texts cut after 2000 characters (articles.max_chars)"
    story = cli.run("explain", "flood", **limit).stdout
    assert "cut after 2000 characters (articles.max_chars): nothing read from here on" in story
    assert "cut after" not in cli.run("explain", "17", **limit).stdout


def test_a_line_too_long_is_named_once_and_the_next_is_read(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.commands.articles._LINE_BYTES", 1000)
    long = jsonl(FLOOD | {"text": "The rain went on. " * 500})
    told = cli.run("import", "-", stdin=long + jsonl(QUAKE), code=1).stderr.strip().splitlines()
    assert [line for line in told if "longer" in line] == ["-: line 1: is longer than 0.001 MB"]
    assert counted("\n".join(told)) == "1 articles read, 1 new or changed, 1 bad lines, 0 set aside"


def test_an_event_is_explained_by_its_reports(filled: Cli) -> None:
    number = next(event["id"] for event in exported(filled) if event["edtf"] == "2025-11-20")
    story = filled.run("explain", str(number)).stdout
    assert "20 November 2025" in story
    assert "Gazette" in story


@pytest.mark.parametrize("name", ["nobody", "0", "99", "9" * 12, "9" * 400, "-", "'; drop table events", "٣"])
def test_what_is_neither_article_nor_event_is_told_in_one_line(cli: Cli, name: str) -> None:
    assert cli.error("explain", "--", name).endswith("is the id of no article and no event")


def topics(cli: Cli) -> dict[str, list[str]]:
    rows = (line.split("\t") for line in cli.run("topics", "list").stdout.splitlines())
    return {slug: rest for slug, *rest in rows}


def test_a_topic_takes_in_what_is_stored_and_what_comes(cli: Cli) -> None:
    cli.run("import", "-", stdin=jsonl(FLOOD))
    assert (
        cli.run("topics", "add", "disasters", "flood OR earthquake", "--title", "Disasters").stdout
        == "disasters: 1 events\n"
    )
    cli.run("import", "-", stdin=jsonl(QUAKE))
    assert topics(cli) == {"disasters": ["2", "Disasters", "flood OR earthquake"]}
    assert days(cli, "--topic", "disasters") == {"2025-11-20", "2025-11-21"}


def test_a_topic_is_changed_by_adding_it_again(filled: Cli) -> None:
    filled.run("topics", "add", "news", "flood")
    filled.run("topics", "add", "news", "earthquake")
    assert topics(filled) == {"news": ["1", "News", "earthquake"]}
    assert days(filled, "--topic", "news") == {"2025-11-21"}


def test_a_topic_is_removed_once_and_its_events_stay(filled: Cli) -> None:
    filled.run("topics", "add", "news", "flood")
    assert filled.run("topics", "remove", "news").stdout == "news: removed\n"
    assert filled.error("topics", "remove", "news") == "Error: news: is no topic"
    assert topics(filled) == {}
    assert "2025-11-20" in days(filled)


@pytest.mark.parametrize(
    ("slug", "query"),
    [("Bad Slug", "flood"), ("", "flood"), ("x", ""), ("x", "place:"), ("x", "(flood"), ("x", '"flood')],
)
def test_a_topic_that_cannot_be_is_refused_in_one_line(cli: Cli, slug: str, query: str) -> None:
    cli.error("topics", "add", "--", slug, query)
    assert topics(cli) == {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=20) | st.text(alphabet='ab"() -:ORwho', max_size=20))
def test_any_query_makes_a_topic_or_is_refused_in_one_line(cli: Cli, query: str) -> None:
    try:
        check_topic(Topic("any", "Any", query))
    except KronikError:
        cli.error("topics", "add", "--", "any", query)
    else:
        assert cli.run("topics", "add", "--", "any", query).stdout.startswith("any: ")


def test_stored_articles_are_read_again_and_events_keep_their_addresses(cli: Cli) -> None:
    cli.run("import", cli.file("a.jsonl", jsonl(FLOOD, QUAKE)))
    before = {(event["id"], event["edtf"], event["first_published"]) for event in exported(cli)}
    assert "2 articles read again" in cli.run("reprocess").stderr
    assert "1 articles read again" in cli.run("reprocess", "--since", "2025-11-22").stderr
    assert {(event["id"], event["edtf"], event["first_published"]) for event in exported(cli)} == before
