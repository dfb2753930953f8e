"""The event object of exports and API: exactly the keys that stay stable, in order, one JSON object a line."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.sample import event, events, report
from tracker.formats import event_object, jsonl
from tracker.types import Event, EventId, Quantity

EVENT_KEYS = [
    "id", "url", "title", "language", "edtf", "earliest", "latest", "precision", "status", "type", "who", "where",
    "quantities", "titles", "importance", "outlets", "languages", "topics", "first_published", "updated", "revision",
    "merged_into", "disputed", "reports",
]  # fmt: skip
REPORT_KEYS = [
    "article_id", "url", "title", "outlet", "language", "published", "quote", "field", "start", "end", "lead", "status",
    "speaker", "date",
]  # fmt: skip
BY_ID = {found.id: found for found in events()}
VISIT = BY_ID[EventId(1)]


def with_quote(quote: str) -> Event:
    return event(1, "2025-06-17", [report(quote, "en", "2025-06-18T08:00")])


@pytest.mark.parametrize("stored", events()[:20], ids=lambda e: f"event-{e.id}")
def test_keys_are_those_that_stay_stable_in_their_order(stored: Event) -> None:
    found = event_object(stored)
    assert list(found) == EVENT_KEYS
    assert all(list(one) == REPORT_KEYS for one in found["reports"])
    assert all(
        list(one["date"]) == ["phrase", "start", "end", "anchor", "edtf", "rule"]
        for one in found["reports"]
        if one["date"]
    )
    assert all(list(one) == ["name", "kind"] for one in found["who"])
    assert all(list(one) == ["name", "geonames_id", "lat", "lon"] for one in found["where"])
    assert all(list(one) == ["value", "unit", "text"] for one in found["quantities"])
    assert all(list(one) == ["field", "values"] for one in found["disputed"])


def test_an_event_is_written_with_its_evidence() -> None:
    found = event_object(VISIT, base_url="https://kronik.example")
    assert found["url"] == "https://kronik.example/events/1"
    assert (found["edtf"], found["earliest"], found["latest"], found["precision"]) == ("2025-06-17",) * 3 + ("day",)
    assert found["titles"]["en"] == "Shoigu visited Pyongyang this month, his second trip in two weeks."
    assert found["reports"][0]["date"] == {
        "phrase": "pada Selasa", "start": 40 + 32, "end": 40 + 43, "anchor": "dct", "edtf": "2025-06-17", "rule": "id:sample",
    }  # fmt: skip
    assert found["where"] == [{"name": "Pyongyang", "geonames_id": 1871859, "lat": 39.03385, "lon": 125.75432}]


def test_without_a_public_address_the_url_is_a_path() -> None:
    assert event_object(VISIT)["url"] == "/events/1"


def test_a_dispute_names_the_articles_of_each_value() -> None:
    [dispute] = event_object(BY_ID[EventId(3)])["disputed"]
    assert dispute["field"] == "date"
    assert [value["value"] for value in dispute["values"]] == ["2025-07-12", "2025-07-11"]
    assert [len(value["article_ids"]) for value in dispute["values"]] == [2, 1]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (21, (None, None, None, "unknown")), (12, ("../2025-06-11", None, "2025-06-11", "open")),
        (13, ("2025-09/..", "2025-09-01", None, "open")), (10, ("2025-22", "2025-06-01", "2025-08-31", "season")),
    ],
)  # fmt: skip
def test_unknown_dates_and_open_bounds_are_null(number: int, expected: tuple[str | None, ...]) -> None:
    found = event_object(BY_ID[EventId(number)])
    assert (found["edtf"], found["earliest"], found["latest"], found["precision"]) == expected


def test_publication_keeps_the_outlet_s_offset_and_no_hour_nobody_gave() -> None:
    at = datetime(2025, 6, 18, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    told = replace(report("It rained.", "ko", "2025-06-18T00:30"), published=at)
    variants = [told, replace(told, published_has_time=False), replace(told, published=None)]
    found = event_object(event(1, "2025-06-17", variants))
    assert [one["published"] for one in found["reports"]] == ["2025-06-18T00:30:00+09:00", "2025-06-18", None]


def test_our_own_times_are_written_in_utc() -> None:
    at = datetime(2025, 6, 18, 0, 30, 5, 999, tzinfo=timezone(timedelta(hours=9)))
    found = event_object(replace(VISIT, first_published=at, updated=at.astimezone(UTC)))
    assert found["first_published"] == found["updated"] == "2025-06-17T15:30:05Z"


@pytest.mark.parametrize(("value", "written"), [(1000, "1000"), (1000.0, "1000"), (2.5, "2.5"), (0, "0")])
def test_whole_numbers_are_written_whole(value: float, written: str) -> None:
    counted = replace(VISIT, facts=replace(VISIT.facts, quantities=(Quantity(value, "ton", "tons"),)))
    assert f'"quantities":[{{"value":{written},' in next(jsonl.lines([counted]))


def test_lines_are_one_object_each_and_keep_the_order_given() -> None:
    stored = [BY_ID[EventId(n)] for n in (21, 1, 10)]
    written = list(jsonl.lines(stored))
    assert [json.loads(line)["id"] for line in written] == [21, 1, 10]
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in written)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_any_text_stays_itself_and_on_one_line(text: str) -> None:
    [line] = jsonl.lines([with_quote(text)])
    assert line.encode().count(b"\n") == 1
    found = json.loads(line)
    assert (found["title"], found["reports"][0]["quote"]) == (text, text)


def test_the_same_events_give_the_same_bytes() -> None:
    assert list(jsonl.lines(events())) == list(jsonl.lines(events()))


def test_exports_are_in_order_of_bounds_then_id_with_undated_last() -> None:
    values = ["2025-06-17", "2025-06-17", "2025-06", "../2025-06-11", "2025-06-12/..", None]
    stored = [event(n + 1, value, [report("It rained.", "en", "2025-06-18T08:00")]) for n, value in enumerate(values)]
    for order in permutations(stored, len(stored)):
        assert [e.id for e in jsonl.in_order(order)] == [3, 4, 5, 1, 2, 6]
