"""API v1: answers are as described, pages by cursor tell every event once, errors are problems."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.api.shapes import faults, references, resolved
from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import NOW, event, events, report
from tests.web.visits import asked, client, rain
from tracker.errors import StoreError
from tracker.filters import PARAMETERS, Filter
from tracker.formats import event_object
from tracker.types import Event, EventId, Revision

BASE = "https://kronik.example"
API = "/api/v1"
HIDDEN = replace(rain(1, "2025-06-17"), revisions=(Revision(2, "hidden", "", "", "curator", NOW),))


def answer(path: str, stored: list[Event] | None = None) -> TestResponse:
    return client(stored).get(API + path)


def got(path: str, stored: list[Event] | None = None) -> dict[str, Any]:
    found = answer(path, stored)
    assert (found.status_code, found.content_type) == (200, "application/json"), path
    told: dict[str, Any] = found.json
    return told


DESCRIBED = got("/openapi.json")
PATHS: dict[str, Any] = DESCRIBED["paths"]


def schema_of(path: str, code: str) -> dict[str, Any]:
    told = PATHS[path]["get"]["responses"][code]
    told = resolved(told["$ref"], DESCRIBED) if "$ref" in told else told
    [content] = told["content"].values()
    return dict(content["schema"])


@pytest.mark.parametrize(
    ("path", "asked_for"),
    [
        ("/events", "/events?limit=200"), ("/events", "/events?limit=3&order=oldest&topic=ports"), ("/events", "/events?q=nothing"),
        ("/events/{id}", "/events/1"), ("/events/{id}", "/events/3"), ("/events/{id}", "/events/21"), ("/topics", "/topics"),
        ("/histogram", "/histogram"), ("/histogram", "/histogram?q=nothing"), ("/histogram", "/histogram?topic=ports"),
        ("/openapi.json", "/openapi.json"),
    ],
)  # fmt: skip
def test_an_answer_is_as_described(path: str, asked_for: str) -> None:
    assert list(faults(got(asked_for), schema_of(path, "200"), DESCRIBED)) == []


@pytest.mark.parametrize(
    ("path", "asked_for", "code"),
    [
        ("/events", "/events?status=x", 400), ("/events", "/events?topic=none", 400), ("/events", "/events?cursor=x", 400),
        ("/events", "/events?limit=201", 400), ("/events", "/events?limit=%D9%A3", 400), ("/events", "/events?limit=1&limit=2", 400),
        ("/events/{id}", "/events/9999", 404), ("/events/{id}", "/events/99999999999999999999", 404),
        ("/events/{id}", "/events/1", 410), ("/histogram", "/histogram?from=x", 400),
    ],
)  # fmt: skip
def test_an_error_is_a_problem_as_described(path: str, asked_for: str, code: int) -> None:
    found = answer(asked_for, [HIDDEN])
    assert (found.status_code, found.mimetype) == (code, "application/problem+json")
    told = json.loads(found.get_data())
    assert list(faults(told, schema_of(path, str(code)), DESCRIBED)) == []
    assert told["status"] == code
    assert code != 400 or told["parameter"] == asked_for.partition("?")[2].partition("=")[0]
    assert found.headers["Cache-Control"] == "no-store"


def test_a_merged_event_moves_for_a_day_and_says_whereto() -> None:
    found = answer("/events/2", [replace(rain(2, "2025-06-17"), merged_into=EventId(1))])
    assert (found.status_code, found.headers["Location"]) == (301, "/api/v1/events/1")
    assert found.headers["Cache-Control"] == "public, max-age=86400"
    assert list(faults(found.json, schema_of("/events/{id}", "301"), DESCRIBED)) == []
    assert found.json == {"id": 2, "merged_into": 1}


def test_the_event_object_is_that_of_the_export() -> None:
    stored = events()
    assert got("/events/1") == event_object(stored[0], base_url=BASE)
    by_id = {one["id"]: one for one in got("/events?limit=200")["events"]}
    assert by_id == {one.id: event_object(one, base_url=BASE) for one in stored}


def test_the_description_is_whole() -> None:
    assert DESCRIBED["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(DESCRIBED["info"])
    assert all(resolved(reference, DESCRIBED) for reference in references(DESCRIBED))
    used = set(references(DESCRIBED))
    parts = DESCRIBED["components"]
    assert {f"#/components/{kind}/{name}" for kind, named in parts.items() for name in named} == used
    names = [operation["get"]["operationId"] for operation in PATHS.values()]
    assert len(set(names)) == len(names)


def test_the_description_names_every_route_and_nothing_else() -> None:
    rules = {rule.rule for rule in client().application.url_map.iter_rules() if rule.rule.startswith(API)}
    assert rules == {API + path.replace("{id}", "<int:number>") for path in PATHS}


def test_the_description_names_every_filter() -> None:
    parameters = DESCRIBED["components"]["parameters"]
    assert set(parameters) == {*PARAMETERS, "topic", "limit", "cursor"} - {"page"}


def followed(start: str, stored: list[Event]) -> Iterator[dict[str, Any]]:
    """Give the pages of a list by their own links."""
    visit, path = client(stored), API + start
    while path:
        found = visit.get(path)
        page = found.json
        yield page
        assert ("Link" in found.headers) == (page["next"] is not None)
        assert page["next"] is None or found.headers["Link"] == f'<{page["next"]}>; rel="next"'
        path = (page["next"] or "").removeprefix(BASE)


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_tell_every_event_once_in_order_and_the_undated_last(order: str, size: int) -> None:
    stored = events()[:40]
    pages = list(followed(f"/events?limit={size}&order={order}", stored))
    found = [one for page in pages for one in page["events"]]
    assert sorted(one["id"] for one in found) == sorted(one.id for one in stored)
    assert len(pages) == -(-len(stored) // size)
    undated = [one["edtf"] is None for one in found]
    assert undated == sorted(undated)
    edges = [
        one["latest"] or one["earliest"] if order == "newest" else one["earliest"] or one["latest"] for one in found
    ]
    placed = [edge for edge in edges if edge]
    assert placed == sorted(placed, reverse=order == "newest")


def test_an_event_that_comes_meanwhile_moves_no_page() -> None:
    stored = [rain(n, f"2025-06-{n:02d}") for n in range(1, 11)]
    reads = FakeReads(stored)
    visit = client(site=replace(sample_site(), reads=reads))
    first = visit.get(f"{API}/events?limit=4").json
    reads.stored = [*stored, rain(99, "2025-07-01")]
    second = visit.get(first["next"].removeprefix(BASE)).json
    assert [one["id"] for one in first["events"] + second["events"]] == [10, 9, 8, 7, 6, 5, 4, 3]


def test_the_next_page_keeps_filter_and_topic() -> None:
    page = got("/events?topic=ports&q=train&limit=5&status=occurred")
    for part in ("q=train", "topic=ports", "limit=5", "status=occurred"):
        assert part in page["next"]


def test_events_are_narrowed_by_the_same_filters_as_pages() -> None:
    found = {one["id"] for one in got("/events?status=planned&limit=200")["events"]}
    assert found == {e.id for e in events() if e.facts.status == "planned"}


def test_the_histogram_counts_every_event_once() -> None:
    found = got("/histogram")
    drawn = sum(one["sure"] + one["vague"] + one["planned"] for one in found["bins"])
    assert round(drawn + sum(found[name] for name in ("earlier", "later", "open", "undated"))) == len(events())


def test_what_has_not_changed_is_not_sent_again() -> None:
    visit = client()
    for path in ("/events", "/events/1", "/topics", "/histogram", "/openapi.json"):
        etag = visit.get(API + path).headers["ETag"]
        assert visit.get(API + path, headers={"If-None-Match": etag}).status_code == 304


def test_a_further_report_alone_is_told() -> None:
    told = rain(1, "2025-06-17")
    more = replace(told, reports=(*told.reports, report("It poured.", "en", "2025-06-19T08:00")))
    assert answer("/events", [told]).headers["ETag"] != answer("/events", [more]).headers["ETag"]


def test_any_page_of_the_web_may_read_it() -> None:
    for path in ("/events", "/events/9999", "/nothing"):
        assert answer(path).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_those_that_are_allowed(method: str) -> None:
    found = client().open(f"{API}/events", method=method)
    assert (found.status_code, found.mimetype) == (405, "application/problem+json")
    assert {name.strip() for name in found.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v2/events", "/api/v1/nothing", "/api/v1/events/one", "/api/v1/events/"]
)
def test_what_is_not_there_is_a_problem(path: str) -> None:
    found = client().get(path)
    assert (found.status_code, found.mimetype) == (404, "application/problem+json")


def test_a_failure_is_a_problem_without_its_details() -> None:
    class Broken(FakeReads):
        def after(self, *_: object, **__: object) -> list[Event]:
            raise StoreError("refused", subject="secret-host")

    found = client(site=replace(sample_site(), reads=Broken())).get(f"{API}/events")
    assert (found.status_code, found.mimetype) == (500, "application/problem+json")
    assert "secret-host" not in found.get_data(as_text=True)


def test_lone_surrogates_are_written_as_something_utf_8_has() -> None:
    told = event(1, "2025-06-17", [report("a\ud800b", "en", "2025-06-18T08:00")])
    assert json.loads(answer("/events", [told]).get_data().decode())["events"][0]["title"] == "a?b"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*PARAMETERS, "topic", "limit", "cursor", "x"]), st.text(max_size=30), max_size=4)
)
def test_any_parameters_are_answered_or_refused(parameters: dict[str, str]) -> None:
    for path in ("/events", "/histogram"):
        found = asked(API + path, [rain(1, "2025-06-17"), rain(2, None)], **parameters)
        assert found.status_code in {200, 400}
        assert json.loads(found.get_data())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text(max_size=12) | st.integers() | st.dates().map(str), max_size=4))
def test_any_cursor_is_continued_or_refused(parts: list[object]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
    assert asked(f"{API}/events", [rain(1, "2025-06-17")], cursor=cursor).status_code in {200, 400}


def test_the_filter_s_page_is_no_matter_here() -> None:
    assert Filter().page == 1
    assert got("/events?page=7&limit=3") == got("/events?limit=3")
