"""One event's page: the date in words, why it is that, every report with its quote, what disagrees, what changed."""

from dataclasses import replace

import pytest

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.visits import client, many, one, page, quotes, rain, read, reported, words
from tracker import edtf
from tracker.types import Actor, Anchor, MentionDate, Place, Status

ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


def test_the_head_says_when_what_and_where() -> None:
    head = one(page("/events/1"), ".event-head")
    assert words(one(head, ".big-date")) == "17 June 2025 Tuesday"
    assert words(head.xpath("./h1")[0]) == "Shoigu visited Pyongyang this month, his second trip in two weeks."
    assert words(one(head, ".strong")) == "Pyongyang 5 outlets"


@pytest.mark.parametrize(
    ("number", "words_shown"),
    [
        (3, "11–12 July 2025 2 dates given"), (5, "1–3 July 2025 3 days"), (10, "summer 2025 Jun – Aug 2025"),
        (11, "late June 2025 (21–30 June 2025)"), (12, "before 12 June 2025 exact day unknown"), (13, "since September 2025"),
        (14, "August 2025 day not known"), (15, "2019 month not known"), (20, "3 May 2026 Sunday"), (21, "No date yet"),
    ],
)  # fmt: skip
def test_every_kind_of_date_is_said_in_words(number: int, words_shown: str) -> None:
    assert words(one(page(f"/events/{number}"), ".big-date")) == words_shown


def test_every_report_is_quoted_with_outlet_day_and_reading() -> None:
    tree = page("/events/1")
    assert [q.get("lang") for q in quotes(tree)] == ["ru", "id", "ar", "ko", "en"]
    assert [mark.text_content() for q in quotes(tree) for mark in q.iter("mark")] == [
        "17 июня", "pada Selasa", "يوم الثلاثاء", "지난 17일", "this month",
    ]  # fmt: skip
    captions = [words(caption) for caption in tree.xpath("//main//figcaption")]
    assert captions[1] == "id Harian Pelabuhan 18 Jun 2025 pada Selasa: 1 day before publication → 17 June 2025"


def test_the_same_words_from_several_outlets_are_one_quote() -> None:
    outlets = ("The Post", "The Copy", "The Echo")
    same = tuple(
        reported("It rained.", outlet=name, url=f"https://{n}.example/", copy=n > 0) for n, name in enumerate(outlets)
    )
    tree = page("/events/1", [replace(rain(1, "2025-06-17"), reports=(*same, reported("It poured.")))])
    assert [words(q) for q in quotes(tree)] == ["It rained.", "It poured."]
    assert "same words in: The Copy, The Echo" in words(tree.xpath("//main//figcaption")[0])


def test_who_says_which_date_is_told_where_reports_disagree() -> None:
    box = one(page("/events/3").xpath("//main")[0], ".differ")
    assert "12 July 2025 2 outlets Hafenbote, El Correo del Puerto" in words(box)
    assert "11 July 2025 1 outlet 港口日报" in words(box)
    assert "Agreement 3 reports give 2 dates" in words(one(page("/events/3").xpath("//main")[0], ".why"))


def test_an_undated_event_says_why_it_has_no_date() -> None:
    why = one(page("/events/21").xpath("//main")[0], ".why")
    assert words(why) == (
        "Why no date? No report says when. The event stays without a date until one does; nothing is guessed."
    )


def test_the_history_is_told_newest_first() -> None:
    entries = [words(entry) for entry in one(page("/events/1"), ".history").xpath("./li")]
    assert entries == [
        "Redated June 2025 → 17 June 2025 18 June 2025, 02:20 UTC · a report names the day",
        "First published 17 June 2025, 15:51 UTC · first report",
    ]


def test_an_event_without_revisions_says_when_it_was_first_published() -> None:
    assert words(one(page("/events/4"), ".history")) == "First published 5 June 2025, 10:11 UTC+3"


def test_facts_are_listed_with_coordinates_and_numbers() -> None:
    facts = words(one(page("/events/2"), ".facts"))
    for part in (
        "Status happened",
        "Where Kursk Oblast 51.75, 36.00",
        "Numbers 1,000 sappers, 5,000 military builders",
        "Kind announcement",
        "EDTF 2025-06-17",
    ):
        assert part in facts


def test_a_place_at_zero_degrees_has_coordinates_and_one_without_has_none() -> None:
    told = rain(1, "2025-06-17")
    from tests.web.sample import PLACES

    at_zero = replace(PLACES["Kursk"], lat=0.0, lon=0.0)
    tree = page("/events/1", [replace(told, facts=replace(told.facts, where=(at_zero, PLACES["Tumen"])))])
    assert [a.get("href") for a in many(tree, ".geo")] == ["geo:0.00000,0.00000"]


def test_titles_in_other_languages_are_kept_under_their_language() -> None:
    others = one(page("/events/1"), ".others")
    assert [(s.get("lang"), s.get("dir")) for s in others.xpath(".//li/span[2]")] == [
        (c, "auto") for c in ("ko", "ar", "ru", "id")
    ]


def test_it_knows_its_own_address_and_its_topics() -> None:
    tree = page("/events/1")
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://kronik.example/events/1"]
    assert [words(a) for a in one(tree, ".crumb").xpath("./a")] == ["All events", "Ports and bridges"]
    assert tree.xpath("//a[@rel='bookmark']/@href") == ["https://kronik.example/events/1"]


def test_the_panel_s_part_travels_with_the_page_and_shows_three_quotes() -> None:
    [part] = page("/events/1").xpath("//template[@id='evidence-body']")
    assert len(part.xpath(".//blockquote")) == 3
    assert words(part.xpath(".//p[@class='more']/a")[0]) == "2 more reports and the history"


def test_a_report_without_outlet_day_or_phrase_is_shown_all_the_same() -> None:
    bare = reported(outlet="", title="", url="", language="", published=None, date=None, article_id="a-1")
    tree = page("/events/1", [replace(rain(1, "2025-06-17"), reports=(bare,))])
    assert words(tree.xpath("//main//figcaption")[0]) == "a-1 date of publication unknown"
    assert "lang" not in quotes(tree)[0].attrib


def test_an_event_without_any_report_still_has_a_page() -> None:
    assert quotes(page("/events/1", [replace(rain(1, "2025-06-17"), reports=())])) == []
    assert len(many(page("/", [replace(rain(1, None), reports=())]), ".ev")) == 1


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_said(status: Status) -> None:
    facts = words(one(page("/events/1", [rain(1, "2025-06-17", status=status)]), ".facts"))
    assert f"Status {'happened' if status is Status.OCCURRED else status.value}" in facts


def test_a_phrase_in_the_title_marks_the_title_s_quote_only() -> None:
    said = MentionDate(edtf.parse("2025-06-17"), Anchor.DCT, "r", 0.8, "today", 10, 15, "title")
    title = reported("It rained today", field="title", start=0, end=15, date=said)
    text = reported("It rained at noon", date=said)
    tree = page("/events/1", [replace(rain(1, "2025-06-17"), reports=(title, text))])
    assert [[m.text_content() for m in q.iter("mark")] for q in quotes(tree)] == [["today"], []]


def test_what_may_be_the_same_is_linked_with_what_they_share() -> None:
    place, other_place = Place("Ulsan", "city", "KR", "ulsan"), Place("Busan", "city", "KR", "busan")
    who = (Actor("Kim Min-ji", "person", "kim"),)
    stored = [
        rain(1, "2025-06-17", where=(place,), who=who, type="flood"),
        rain(2, "2025-06", where=(place, other_place), who=who, type="flood"),
        rain(3, "2024-06-17"),
    ]
    site = replace(sample_site(), reads=FakeReads(stored, possible=[{1, 2}, {1, 3}]))
    box = one(read(client(site=site).get("/events/1")).xpath("//main")[0], ".alike")
    assert [link.get("href") for link in box.iter("a")] == ["/events/2", "/events/3"]
    near, far = (words(item).translate(ISOLATES) for item in box.iter("li"))
    assert near.endswith("dates that overlap · both name Kim Min-ji · both in Ulsan · the same kind of event")
    assert far.endswith("told in similar words")


def test_an_event_like_no_other_says_nothing_of_it() -> None:
    assert many(page("/events/1"), ".alike") == []


def test_the_reason_of_the_date_is_found_by_its_heading() -> None:
    headings = [words(heading) for heading in page("/events/3").xpath("//main//h2")]
    assert headings[:3] == ["Why this date?", "What reports disagree on", "What the reports say 3 reports"]


def test_a_language_is_read_out_by_its_name_and_many_by_their_number() -> None:
    chip = many(page("/events/1"), ".lang")[0]
    assert (chip.text_content(), chip.get("aria-label")) == ("id", "Bahasa Indonesia")
    entry = one(page("/t/ports?from=2025-06-17&to=2025-06-17"), "#e1")
    assert one(entry, ".langs").get("aria-label") == "5 languages"
