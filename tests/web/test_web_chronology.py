"""The timeline page: order, bands, trays, the today line, pages, evidence, and that all of it is plain HTML."""

from dataclasses import replace

import pytest

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import events
from tests.web.visits import client, listed, many, one, page, parameters, rain, read, words
from tracker.types import Status


def headings(path: str, values: list[str]) -> list[str]:
    tree = page(path, [rain(n + 1, value) for n, value in enumerate(values)])
    return [words(period.xpath("./h2")[0]) for period in many(tree, ".period")]


def test_newest_comes_first_and_turning_turns_the_list() -> None:
    stored = [rain(1, "2025-06-04"), rain(2, "2025-06-17"), rain(3, "2024-01-01")]
    assert listed(page("/", stored)) == [2, 1, 3]
    assert listed(page("/?order=oldest", stored)) == [3, 1, 2]


def test_the_link_that_turns_the_list_keeps_the_filter_and_starts_at_page_one() -> None:
    tree = page("/t/ports?status=occurred&q=train&page=1")
    [turned] = one(tree, ".order").xpath("./a/@href")
    assert turned.startswith("/t/ports?")
    assert parameters(turned) == {"q": "train", "status": "occurred", "order": "oldest"}
    [back] = one(page("/?order=oldest&q=train"), ".order").xpath("./a/@href")
    assert parameters(back) == {"q": "train"}


def test_headings_name_months_seasons_and_years_with_their_number_of_events() -> None:
    values = ["2025-06-17", "2025-06-18", "2025-22", "2025", "1953-07-27"]
    assert headings("/", values) == ["2025 1 event", "Summer 2025 1 event", "June 2025 2 events", "1953 1 event"]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("2025-22", "Some time in summer 2025"), ("2025-06", "Some time in June 2025"), ("2025", "Some time in 2025"),
        ("[2025-06-21..2025-06-30]", "Some time in June 2025"), ("202X", "Some time in the 2020s"),
    ],
)  # fmt: skip
def test_a_vague_event_stands_in_a_band_that_says_so(value: str, band: str) -> None:
    tree = page("/", [rain(1, value), rain(2, "2025-06-17")])
    found = one(tree, ".band")
    assert words(found.xpath("./p")[0]) == band
    assert [entry.get("id") for entry in many(found, ".ev")] == ["e1"]


def test_a_vague_event_shows_no_day_anywhere() -> None:
    tree = page("/", [rain(1, "2025-22"), rain(2, "2025-06")])
    assert [words(when) for when in many(tree, ".when")] == ["summer Jun – Aug 2025", "June day not known"]
    assert tree.xpath("//time/@datetime") == ["2025-06"]
    assert tree.xpath("//@data-edtf")[0] == "2025-22"


@pytest.mark.parametrize(("value", "datetime"), [("2025-06-17", ["2025-06-17"]), ("2025", ["2025"]), ("2025-06~", ["2025-06"]), ("2025-22", []), ("../2025-06-11", [])])  # fmt: skip
def test_machines_are_told_a_day_month_or_year_and_nothing_finer_than_known(value: str, datetime: list[str]) -> None:
    assert many(page("/", [rain(1, value)]), ".ev")[0].xpath(".//time/@datetime") == datetime


def test_announced_events_wait_at_the_future_end() -> None:
    planned = [rain(n, None, status=Status.PLANNED) for n in (1, 2, 3, 4)]
    stored = [*planned, rain(9, "2025-06-17")]
    newest, oldest = page("/", stored), page("/?order=oldest", stored)
    assert listed(newest)[-1] == 9
    assert listed(oldest)[0] == 9
    tray = one(newest, ".tray")
    assert words(tray.xpath("./h2")[0]) == "Announced, no date yet 4 events"
    assert [len(part.xpath("./li")) for part in tray.xpath("./ol")] == [2]
    assert words(tray.xpath("./details/summary")[0]) == "2 more without a date"


def test_what_is_reported_without_a_date_is_folded_up_beside_dated_events_and_open_alone() -> None:
    stored = [rain(1, None), rain(2, "2025-06-17")]
    folded, alone = page("/", stored), page("/", stored[:1])
    assert words(one(folded, ".tray").xpath(".//summary")[0]) == "Reported without a date 1 event"
    assert folded.xpath("//details[@open]") == []
    assert len(alone.xpath("//details[@open]")) == 1


def test_an_undated_event_says_when_it_was_spoken_of() -> None:
    assert words(many(page("/", [rain(1, None)]), ".when")[0]) == "no date said 18 Jun 2025"


def test_undated_events_are_on_the_first_page_only() -> None:
    stored = [rain(1, None), *(rain(n, f"2025-06-{n:02d}") for n in range(2, 12))]
    assert 1 in listed(page("/", stored, size=4))
    assert 1 not in listed(page("/?page=2", stored, size=4))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("/", [20], [2, 1]), ("/?order=oldest", [1, 2], [20]), ("/?to=2025-06-30", None, None), ("/?from=2026-01-01", None, None),
        ("/?from=2025-01-01", [20], [2, 1]),
    ],
)  # fmt: skip
def test_the_today_line_parts_what_is_ahead_from_what_is_not(
    path: str, before: list[int] | None, after: list[int] | None
) -> None:
    tree = page(path, [rain(1, "2025-06-04"), rain(2, "2025-11-14"), rain(20, "2026-05-03")])
    lines = many(tree, ".now")
    if before is None or after is None:
        assert lines == []
        return
    assert [words(line) for line in lines] == ["today"]
    entries = many(tree, ".ev")
    order = {element: at for at, element in enumerate(tree.iter())}
    above = [int(entry.get("id", "")[1:]) for entry in entries if order[entry] < order[lines[0]]]
    below = [int(entry.get("id", "")[1:]) for entry in entries if order[entry] > order[lines[0]]]
    assert (above, below) == (before, after)


def test_the_today_line_is_drawn_once_over_all_pages() -> None:
    stored = [rain(n, f"20{n}-05-03") for n in range(20, 32)]
    for order in ("newest", "oldest"):
        drawn = [len(many(page(f"/?order={order}&page={n}", stored, size=5), ".now")) for n in (1, 2, 3)]
        assert sum(drawn) == 1


def test_pages_follow_one_another_without_loss_and_keep_the_filter() -> None:
    stored = [rain(n, f"2025-06-{n:02d}") for n in range(1, 12)]
    seen: list[int] = []
    href = "/?q=rained"
    for _ in range(10):
        tree = page(href, stored, size=4)
        seen += listed(tree)
        following = tree.xpath("//nav[@class='paging']/a[@rel='next']/@href")
        assert following == tree.xpath("//link[@rel='next']/@href")
        if not following:
            break
        [href] = following
        assert parameters(href)["q"] == "rained"
    assert seen == [*range(11, 0, -1)]
    assert words(one(tree, ".paging")) == "Page before Page 3 of 3"


def test_one_page_needs_no_paging_and_a_page_too_far_leads_back() -> None:
    stored = [rain(1, "2025-06-17")]
    assert many(page("/", stored), ".paging") == []
    [back] = page("/?page=7", stored).xpath("//a[@rel='prev']/@href")
    assert parameters(back) == {}


def test_the_promise_counts_what_is_there() -> None:
    assert words(one(page("/"), ".lede")) == (
        "Each event stands at the date it happened, not the date it was reported. "
        "118 events from 129 reports, 8 outlets, 8 languages. Last check 6 minutes ago."
    )


def test_topics_are_offered_on_the_first_page_and_a_topic_shows_only_its_own() -> None:
    tree = page("/")
    assert one(tree, ".topics").xpath(".//a/@href") == ["/t/ports", "/t/quiet"]
    own = page("/t/ports", [replace(rain(1, "2025-06-17"), topics=()), rain(2, "2025-06-17")])
    assert listed(own) == [2]
    assert words(own.xpath("//h1")[0]) == "Ports and bridges"
    assert own.xpath("//link[@rel='canonical']/@href") == ["https://kronik.example/t/ports"]


def test_an_empty_topic_says_what_it_waits_for_and_when_it_looks_next() -> None:
    text = words(one(page("/t/quiet"), ".empty"))
    assert "waits for reports that match: zeppelin" in text
    assert "The next feed is read at 20 November 2025, 09:39 UTC." in text


def test_a_site_without_feeds_says_so() -> None:
    tree = read(client([], site=replace(sample_site(), reads=FakeReads([], []))).get("/feeds"))
    assert "No feed is known yet." in words(one(tree, "#list"))


def test_the_badge_says_that_the_data_are_made_up() -> None:
    tree = read(client(site=sample_site(badge="sample data")).get("/"))
    assert words(one(tree, ".badge")).startswith("sample data These events, outlets and quotes are made up")
    assert many(page("/"), ".badge") == []


def test_the_most_important_event_has_its_evidence_open_with_the_reason_for_its_date() -> None:
    tree = page("/?from=2025-06-01&to=2025-06-30")
    panel = one(tree, "#evidence")
    assert [entry.get("id") for entry in many(tree, ".ev") if entry.get("data-open") is not None] == ["e1"]
    text = words(one(panel, ".why"))
    assert "Phrase pada Selasa id" in text
    assert "Published 18 June 2025, 09:12 UTC+7" in text
    assert "Reading 1 day before publication → 17 June 2025" in text
    assert "Agreement 4 of 5 reports give this day; 1 gives a wider time that holds it" in text


def test_every_entry_says_its_status_outlets_languages_and_leads_to_its_page() -> None:
    tree = page("/")
    entries = {entry.get("id"): entry for entry in many(tree, ".ev")}
    assert len(entries) == len(events())
    assert all(entry.xpath(".//h3/a/@href") == [f"/events/{key[1:]}"] for key, entry in entries.items())
    assert "planned, no report that it happened" in words(entries["e22"])
    assert "according to \u2068РИА Порт\u2069" in words(entries["e12"])
    assert "cancelled" in words(entries["e24"])
    assert "off" in entries["e24"].get("class", "")
    assert "dates differ between reports" in words(entries["e3"])
    assert "5 outlets id ru ar ko en" in words(entries["e1"])


def test_a_title_is_told_in_the_reader_s_language_where_a_report_is() -> None:
    title = one(many(page("/"), ".ev")[0].getroottree().getroot().xpath("//li[@id='e10']")[0], ".p-name")
    assert (title.get("lang"), words(title)) == ("en", "Builders began to restore the villages in the summer.")
    assert [mark.text_content() for mark in title.iter("mark")] == ["in the summer"]


def test_filtered_pages_are_not_for_crawlers_and_lead_to_the_whole() -> None:
    tree = page("/?q=train")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://kronik.example/"]
    assert page("/").xpath("//meta[@name='robots']") == []
