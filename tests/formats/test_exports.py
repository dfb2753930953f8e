"""CSV, GeoJSON and TimelineJS: what their readers require, no formula, no invented day, the same bytes each time."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.feed_samples import EVERY_KIND, HOSTILE, at, dated, numbered, titled, words
from tests.web.sample import PLACES, events
from tracker.formats import geojson, spreadsheet, timelinejs
from tracker.types import Event, Place

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def table(stored: list[Event]) -> list[dict[str, str]]:
    text = "".join(spreadsheet.rows(stored, base_url="https://kronik.example"))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_stock_reader_reads_every_row_and_column_back() -> None:
    found = table(events())
    assert [int(row["id"]) for row in found] == [e.id for e in events()]
    assert list(found[0]) == list(spreadsheet.COLUMNS)
    assert [row["title"] for row in found] == [e.facts.title for e in events()]
    assert [row["edtf"] for row in found] == [str(e.facts.date.edtf or "") for e in events()]


def test_lines_end_as_the_specification_says_and_one_holds_one_event() -> None:
    text = "".join(spreadsheet.rows(EVERY_KIND))
    assert text.count("\r\n") == len(EVERY_KIND) + 1
    assert "\n" not in text.replace("\r\n", "")


def test_lists_are_joined_and_the_first_known_place_is_placed() -> None:
    [row] = table([at(numbered(1), Place("Nowhere", "other", "", "x"), PLACES["Wonsan"])])
    assert (row["where"], row["lat"], row["lon"]) == ("Nowhere; Wonsan", "39.15278", "127.44361")
    assert row["languages"] == "id; ru; ar; ko; en"
    assert row["url"] == "https://kronik.example/events/1"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d", "\uff20", "\x00=", "\u202e="])
def test_no_foreign_cell_is_a_formula(begin: str) -> None:
    [row] = table([at(titled(f"{begin}cmd"), Place(f"{begin}cmd", "other", "", "x"))])
    assert row["title"][0] == row["where"][0] == "'"


def test_a_negative_latitude_stays_a_number() -> None:
    [row] = table([at(dated("2025-06-17"), Place("Jakarta", "city", "ID", "1", 1, -6.2, 106.8))])
    assert float(row["lat"]) == -6.2


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_any_text_stays_in_its_cell_and_is_no_formula(text: str) -> None:
    found = table([titled(text), dated(None)])
    assert len(found) == 2
    assert None not in found[0]
    assert not found[0]["title"].startswith(("=", "+", "-", "@", "\t", "\r"))


def map_of(stored: list[Event]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(geojson.features(stored, base_url="https://kronik.example")))
    return found


def test_the_map_follows_the_specification() -> None:
    found = map_of(events())
    assert set(found) == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == len(events())
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        geometry = feature["geometry"]
        points = [] if geometry is None else [geometry["coordinates"]]
        assert geometry is None or geometry["type"] == "Point"
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def test_the_longitude_stands_first() -> None:
    [feature] = map_of([numbered(1)])["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [125.75432, 39.03385]}


def test_several_places_are_several_points_and_none_is_no_geometry() -> None:
    unknown = Place("Nowhere", "other", "", "x")
    several, none = map_of([at(dated(None), PLACES["Wonsan"], unknown, PLACES["Kursk"]), at(dated(None), unknown)])[
        "features"
    ]
    assert several["geometry"] == {"type": "MultiPoint", "coordinates": [[127.44361, 39.15278], [36.0, 51.75]]}
    assert none["geometry"] is None


def test_the_map_quotes_no_report() -> None:
    [feature] = map_of([numbered(1)])["features"]
    assert {"reports", "titles", "quantities"}.isdisjoint(feature["properties"])
    assert feature["properties"]["edtf"] == "2025-06-17"


def test_an_empty_map_is_one() -> None:
    assert map_of([]) == {"type": "FeatureCollection", "features": []}


def left_out(n: int) -> str:
    return f"{n} <left out>"


def timeline(stored: list[Event]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        "".join(timelinejs.slides(stored, title="A & B", words=words, left_out=left_out))
    )
    return found


def slide(value: str) -> dict[str, Any]:
    [found] = timeline([dated(value)])["events"]
    return found


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2025-06-17", (2025, 6, 17), None), ("2025-06", (2025, 6), None), ("2025", (2025,), None), ("2025-06~", (2025, 6), None),
        ("2025-22", (2025, 6), (2025, 8)), ("2024-24", (2024, 12), (2025, 2)), ("2025-35", (2025, 7), (2025, 9)),
        ("2025-40", (2025, 1), (2025, 6)), ("202X", (2020,), (2029,)), ("20XX", (2000,), (2099,)),
        ("2025-07-01/2025-07-03", (2025, 7, 1), (2025, 7, 3)), ("2024/2025-06", (2024,), (2025, 6)),
        ("[2025-06-21..2025-06-30]", (2025, 6, 21), (2025, 6, 30)), ("[2025-07-11,2025-07-12]", (2025, 7, 11), (2025, 7, 12)),
    ],
)  # fmt: skip
def test_a_slide_s_date_has_only_the_parts_that_are_known(
    value: str, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    found = slide(value)
    assert tuple(found["start_date"].values()) == start
    assert tuple(found.get("end_date", {}).values()) == (end or ())
    assert list(found["start_date"]) == ["year", "month", "day"][: len(start)]
    assert found["display_date"] == f"On {value}"


def test_what_cannot_be_placed_is_counted_on_the_title_slide() -> None:
    found = timeline([dated("2025-06-17", 1), dated(None, 2), dated("2025-09/..", 3), dated("../2025-06-11", 4)])
    assert [one["unique_id"] for one in found["events"]] == ["1"]
    assert found["title"]["text"] == {"headline": "A &amp; B", "text": "3 &lt;left out&gt;"}


def test_every_slide_has_what_the_page_requires() -> None:
    found = timeline(events())
    assert len({one["unique_id"] for one in found["events"]}) == len(found["events"]) > 100
    for one in found["events"]:
        assert isinstance(one["start_date"]["year"], int)
        assert one["text"]["headline"]
        assert set(one) <= {"unique_id", "start_date", "end_date", "display_date", "text", "group"}


def test_an_empty_timeline_is_one() -> None:
    assert timeline([])["events"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_on_a_slide_is_no_markup(text: str) -> None:
    [found] = timeline([titled(text, outlet=text)])["events"]
    assert not {"<script", "<img"} & {found["text"][name][:7] for name in found["text"]}
    assert "<script" not in found["text"]["text"] + found["text"]["headline"]


def test_the_same_events_give_the_same_bytes() -> None:
    for write in (spreadsheet.rows, geojson.features):
        assert list(write(events())) == list(write(events()))
    assert timeline(events()) == timeline(events())
