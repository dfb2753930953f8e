"""Filters are the address: the form, the chips, the bars and the feed all say the same, and nothing is lost on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.fake_reads import FakeReads, matches
from tests.web.sample import events
from tests.web.visits import asked, client, listed, many, one, page, parameters, rain, read, words
from tracker.errors import StoreError
from tracker.filters import Filter
from tracker.types import Event, Place

CHOSEN = "q=a&from=2025-01-01&to=2025-12-31&status=occurred,planned&language=en,ru&min_outlets=1"


@pytest.mark.parametrize(
    "query",
    [
        "status=planned", "status=planned&status=denied", "language=ko", "place=1871859", "who=shoigu", "type=visit", "precision=season",
        "precision=time,day", "precision=unknown", "min_outlets=3", "disputed=1", "q=Pyongyang", "q=쇼이구", "outlet=Hafenbote",
        "from=2025-07-01", "to=2025-01", "from=2025-06-17&to=2025-06-17", "language=ru&type=visit",
    ],
)  # fmt: skip
def test_the_list_holds_what_the_filter_lets_through(query: str) -> None:
    wanted = Filter.read({name: [value] for name, value in parameters(f"?{query}").items()})
    if query.count("status") == 2:
        wanted = Filter.read({"status": ["planned", "denied"]})
    expected = {e.id for e in events() if matches(e, wanted)}
    assert set(listed(page(f"/?{query}"))) == expected
    assert 0 < len(expected) < len(events())


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("status=happened", "status: 'happened' is none of occurred, ongoing"), ("from=yesterday", "from: 'yesterday' is no date"),
        ("from=2025-07-01&to=2025-06-01", "from: 2025-07-01 is later than to = 2025-06-01"), ("page=0", "page: '0' is no whole number"),
        ("order=up", "order: 'up' is none of newest, oldest"), ("min_outlets=many", "min_outlets: 'many'"), ("disputed=maybe", "disputed: 'maybe'"),
        ("precision=exact", "precision: 'exact' is none of time, day"), ("language=English", "language: 'English' is no language code"),
        ("page=1&page=2", "page: is given 2 times"), ("to=2025-02-30", "to: '2025-02-30' is no date"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/t/ports", "/feed.rss", "/t/ports/feed.rss"])
def test_an_unknown_value_is_refused_in_words(path: str, query: str, problem: str) -> None:
    answer = client().get(f"{path}?{query}")
    assert answer.status_code == 400
    tree = read(answer)
    assert problem.replace(":", "").split()[0] in words(one(tree, "#list"))
    assert problem.split(": ", 1)[1] in words(one(tree, "#list"))
    [out] = [a.get("href") for a in many(tree, ".main")]
    assert client().get(out).status_code == 200


def test_parameters_of_others_are_ignored() -> None:
    assert listed(page("/?utm_source=x&fbclid=1")) == listed(page("/"))


def test_every_link_on_a_filtered_page_that_stays_on_it_keeps_the_rest_of_the_filter() -> None:
    tree = page(f"/t/ports?{CHOSEN}")
    stay = [
        a
        for a in tree.xpath("//main//a/@href | //section[contains(@class, 'ribbon')]//a/@href")
        if a.startswith("/t/ports?")
    ]
    assert len(stay) > 5
    for href in stay:
        kept = parameters(href)
        dropped = {name for name in parameters(f"?{CHOSEN}") if name not in kept} - {"min_outlets"}
        assert len(dropped - {"from", "to"}) <= 1
        assert kept.get("q", "a") == "a"


def test_a_bar_chooses_its_period_and_keeps_the_rest() -> None:
    tree = page("/?type=transport&order=oldest")
    bars = many(tree, ".bar")
    hrefs = [bar.get("href") for bar in bars if bar.tag == "a"]
    assert len(hrefs) > 10
    for href in hrefs:
        chosen = parameters(href)
        assert (chosen["type"], chosen["order"]) == ("transport", "oldest")
        assert chosen["from"] <= chosen["to"]
        assert listed(read(asked("/", events(), **chosen)))


def test_the_form_shows_what_is_chosen_and_sends_it_again() -> None:
    tree = page(
        "/?status=planned&precision=time,day&min_outlets=2&disputed=1&from=2025-01-01&order=oldest&q=bridge&place=1871859"
    )
    form = one(tree, "#narrow")
    assert (form.get("method"), form.get("action")) == ("get", "/")
    checked = {(i.get("name"), i.get("value")) for i in form.xpath(".//input[@checked]")}
    assert checked == {
        ("status", "planned"),
        ("precision", "time,day"),
        ("min_outlets", "2"),
        ("disputed", "1"),
        ("place", "1871859"),
    }
    values = {i.get("name"): i.get("value") for i in form.xpath(".//input[@type='date' or @type='hidden']")}
    assert values == {"from": "2025-01-01", "to": "", "order": "oldest"}
    assert (one(tree, "#q").get("form"), one(tree, "#q").get("value")) == ("narrow", "bridge")
    assert form.xpath(".//button")


def test_every_input_has_a_label() -> None:
    tree = page("/")
    for field in tree.xpath("//input[not(@type='hidden')]"):
        labelled = field.xpath("ancestor::label") or tree.xpath("//label[@for=$id]", id=field.get("id"))
        assert labelled, field.attrib


@pytest.mark.parametrize("name", ["place", "who", "type", "status", "language", "outlet", "precision", "min_outlets"])
def test_the_counts_beside_a_value_are_what_choosing_it_gives(name: str) -> None:
    inputs = one(page("/"), "#narrow").xpath(f".//input[@name='{name}'][not(@type='text')]")
    assert inputs
    for field in inputs:
        count = int(many(field.getparent(), ".n")[0].text_content())
        found = read(asked("/", events(), **{name: field.get("value", "")}))
        assert len(listed(found)) == count, field.get("value")


def test_each_chip_drops_one_thing_and_all_can_be_dropped() -> None:
    tree = page(
        "/?status=planned,denied&from=2025-01-01&language=ar&disputed=1&min_outlets=2&q=x&precision=day&place=Atlantis"
    )
    chips = {
        words(chip).removesuffix(" × remove this filter"): parameters(chip.get("href", ""))
        for chip in many(tree, ".chip")
    }
    assert set(chips) == {
        "“x”", "from 1 January 2025", "reports differ", "planned", "denied", "2 outlets or more", "العربية", "the day", "Atlantis",
    }  # fmt: skip
    assert chips["planned"]["status"] == "denied"
    assert chips["denied"]["status"] == "planned"
    assert "q" not in chips["“x”"]
    assert "place" not in chips["Atlantis"]
    assert all(len(kept) >= 7 for kept in chips.values())
    assert tree.xpath("//div[@class='chips']//a[text()='Clear all']/@href") == ["/"]


def test_an_empty_result_names_each_filter_to_loosen() -> None:
    tree = page("/?status=denied&type=visit")
    empty = one(tree, ".empty")
    assert [words(a) for a in empty.xpath(".//li/a")] == ["without denied", "without visit"]
    for href in empty.xpath(".//li/a/@href"):
        assert listed(page(href))


def test_the_feed_offered_is_the_feed_of_this_view() -> None:
    tree = page("/t/ports?status=planned&order=oldest&page=1")
    feeds = tree.xpath("//link[@rel='alternate']/@href")
    names = ("feed.rss", "feed.atom", "feed.json", "calendar.ics")
    assert feeds == [f"/t/ports/{name}?status=planned" for name in names]
    feed = feeds[0]
    assert one(tree, "#feed-address").get("value") == f"https://kronik.example{feed}"
    assert set(feeds) <= set(one(tree, ".pop").xpath(".//a/@href"))
    assert "/t/ports/follow?status=planned" in one(tree, ".pop").xpath(".//a/@href")
    assert "It keeps the filters you have chosen." in words(one(tree, ".pop"))


def test_a_name_with_a_comma_stays_one_name_in_the_form() -> None:
    told = rain(1, "2025-06-17", where=(Place("Washington, D.C.", "city", "US", "Washington, D.C."),))
    [field] = one(page("/", [told]), "#narrow").xpath(".//input[@name='place'][@type='checkbox']")
    answer = client([told]).get("/", query_string={"place": field.get("value")})
    assert listed(read(answer)) == [1]
    assert [words(chip) for chip in many(read(answer), ".chip")] == ["Washington, D.C. × remove this filter"]


NAMES = st.sampled_from(["Kursk", "a,b", "c\\d", "<b>", "é", "한국"])


@settings(max_examples=30, deadline=None)
@given(st.fixed_dictionaries({}, optional={
    "q": NAMES, "place": NAMES, "outlet": NAMES, "status": st.sampled_from(["planned", "denied,occurred"]), "from": st.dates().map(str),
    "min_outlets": st.sampled_from(["1", "2"]), "disputed": st.sampled_from(["0", "1"]), "order": st.sampled_from(["newest", "oldest"]),
}))  # fmt: skip
def test_turning_the_list_twice_comes_back_to_the_same_address(chosen: dict[str, str]) -> None:
    stored = [rain(1, "2025-06-17")]
    [once] = one(read(asked("/", stored, **chosen)), ".order").xpath("./a/@href")
    [twice] = one(read(asked("/", stored, **parameters(once))), ".order").xpath("./a/@href")
    first = Filter.read({name: [value] for name, value in chosen.items()})
    assert Filter.read({name: [value] for name, value in parameters(twice).items()}) == first


def places(number: int) -> list[Event]:
    """Build events in so many places, the first the most frequent."""
    named = [Place(f"Port {n}", "city", "KR", f"key-{n}") for n in range(number)]
    return [rain(n + 1, "2025-06-17", where=tuple(named[: number - n])) for n in range(number)]


def test_values_beyond_the_most_frequent_are_folded_up_and_can_be_chosen_there() -> None:
    form = one(page("/", places(11)), "#narrow")
    boxes = form.xpath(".//input[@name='place'][@type='checkbox']")
    assert [box.get("value") for box in boxes] == [f"key-{n}" for n in range(11)]
    folded = one(form, ".rest")
    assert words(folded.xpath("./summary")[0]) == "3 more"
    assert [box.get("value") for box in folded.xpath(".//input")] == ["key-8", "key-9", "key-10"]


def test_a_folded_value_that_is_chosen_stands_among_the_first() -> None:
    form = one(page("/?place=key-10", places(11)), "#narrow")
    assert form.xpath(".//details//input[@checked]") == []
    assert [box.get("value") for box in form.xpath(".//input[@name='place'][@checked]")] == ["key-10"]


def test_a_place_or_a_name_that_is_not_listed_can_be_typed() -> None:
    form = one(page("/"), "#narrow")
    assert [field.get("name") for field in form.xpath(".//input[@type='text']")] == ["place", "who"]


def test_a_value_chosen_by_its_name_stands_once() -> None:
    form = one(page("/?place=kursk+oblast"), "#narrow")
    labels = [words(name) for name in many(form, ".name") if "Kursk" in words(name)]
    assert labels == ["Kursk Oblast"]
    assert form.xpath(".//input[@name='place'][@checked]/@value") == ["kursk oblast"]


def test_a_place_in_the_list_leads_to_its_own_timeline() -> None:
    entry = one(page("/t/ports?ui=ru"), "#e1")
    assert [link.get("href") for link in many(entry, ".p-location")] == ["/places/1871859?ui=ru"]
    nameless = rain(1, "2025-06-17", where=(Place("Somewhere", "city", "", ""),))
    assert many(page("/", [nameless]), ".p-location")[0].tag == "span"


def test_what_is_known_only_by_a_bound_is_a_link_that_keeps_the_filter() -> None:
    links = [a for a in many(page("/?type=agreement"), ".beside")[0].iter("a") if "bound" in words(a)]
    assert [parameters(a.get("href")) for a in links] == [{"type": "agreement", "precision": "open"}]
    assert listed(page(links[0].get("href"))) == [12]


@pytest.mark.parametrize("path", ["/nowhere", "/t/none", "/events/999999"])
def test_a_wrong_address_offers_a_search_and_the_topics(path: str) -> None:
    tree = read(client().get(path, query_string={"ui": "en"}))
    form = one(tree, ".search")
    assert (form.get("action"), [field.get("name") for field in form.iter("input")]) == ("/", ["ui", "q"])
    assert "/t/ports?ui=en" in tree.xpath("//main//a/@href")


def test_a_wrong_address_is_told_though_the_store_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(_reads: FakeReads) -> None:
        raise StoreError("is not there", subject="the store")

    monkeypatch.setattr(FakeReads, "topics", unread)
    assert client().get("/nowhere").status_code == 404
