"""Files that hold all events of a view: the same filters, streamed, safe to open, few at once."""

import csv
import io
import json

import pytest

from tests.web.fake_reads import sample_site
from tests.web.sample import event, events, report
from tests.web.visits import client, page, read
from tracker.web import create_app

PATHS = ["/export.csv", "/export.jsonl", "/export.geojson", "/export.timelinejs.json"]
TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "geojson": "application/geo+json", "json": "application/json"}


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client().get(path).get_data(as_text=True))))


@pytest.mark.parametrize("path", [*PATHS, *(f"/t/ports{path}" for path in PATHS)])
def test_an_export_is_a_file_of_its_type_that_nobody_keeps(path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 200
    assert answer.content_type == f"{TYPES[path.rpartition('.')[2]]}; charset=utf-8"
    name = "ports" if path.startswith("/t/") else "events"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.{path.partition("export.")[2]}"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_all_events_are_in_it_the_undated_last() -> None:
    told = [json.loads(line) for line in client().get("/export.jsonl").get_data(as_text=True).splitlines()]
    assert sorted(one["id"] for one in told) == sorted(one.id for one in events())
    dated = [one["edtf"] is not None for one in told]
    assert dated == sorted(dated, reverse=True)


def test_the_filters_of_a_page_are_those_of_its_files() -> None:
    for path in ("/?status=planned", "/t/ports?type=visit"):
        tree, name = page(path), path.replace("?", "/export.csv?", 1).replace("//", "/")
        shown = {link.get("href").partition("?")[0] for link in tree.xpath("//main//h3/a")}
        assert {f"/events/{row['id']}" for row in rows(name)} == shown
        assert name.split("&")[0] in " ".join(tree.xpath("//main//p[contains(@class, 'take')]//a/@href"))


def test_a_view_of_nothing_offers_no_files_and_an_unknown_topic_has_none() -> None:
    assert not page("/t/quiet").xpath("//p[contains(@class, 'take')]")
    assert [client().get(f"/t/nowhere{path}").status_code for path in PATHS] == [404] * len(PATHS)
    assert client().get("/export.csv?status=perhaps").status_code == 400


def test_a_formula_stays_text_in_a_spreadsheet() -> None:
    hostile = event(1, "2025-06-17", [report("=HYPERLINK(1)", "en", "2025-06-18T08:00")])
    told = client([hostile]).get("/export.csv").get_data(as_text=True)
    assert "'=HYPERLINK(1)" in told


def test_a_third_export_at_once_is_told_to_come_again_and_one_that_ended_makes_room() -> None:
    app = create_app(sample_site())
    open_ones = [app.test_client().get("/export.csv", buffered=False) for _ in range(2)]
    busy = app.test_client().get("/export.csv")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
    open_ones[0].close()
    assert app.test_client().get("/export.csv").status_code == 200


def test_the_page_on_following_names_the_files_and_the_api() -> None:
    tree = read(client().get("/t/ports/follow"))
    links = tree.xpath("//main//a/@href")
    assert "/t/ports/export.csv" in links
    assert "/api" in links


def test_a_form_s_empty_fields_are_no_part_of_an_address() -> None:
    answer = client().get("/t/ports?from=&to=&min_outlets=1&q=rain&ui=")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/t/ports?q=rain")
    assert client().get("/t/ports?from=&q=").headers["Location"] == "/t/ports"
    assert client().get("/?from=yesterday&q=").status_code == 400


def test_the_api_is_told_on_a_page_whose_addresses_answer() -> None:
    visit = client()
    tree = read(visit.get("/api"))
    told = tree.xpath("//main//h2/code/text()")
    assert {"GET /events", "GET /events/{id}", "GET /topics", "GET /histogram", "Event", "Report"} <= set(told)
    tried = tree.xpath("//main//a[starts-with(@href, '/api/v1/')]/@href")
    assert len(tried) > len(told) // 4
    assert {visit.get(address).status_code for address in tried} == {200}
    assert not tree.xpath("//main//small/a[not(starts-with(@href, '#shape-'))]")
