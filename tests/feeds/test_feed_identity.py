"""Each entry of a document has a key of its own, which stays the same while the entry does."""

import json
from random import Random

import pytest
from feed_builders import item, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st


def keys(*items: str, url: str = "https://news.example/feeds/all.xml") -> list[str]:
    return [entry.key for entry in read(rss(*items), url=url).entries]


def test_a_guid_is_opaque() -> None:
    assert keys(item(title="A", guid="42"), item(title="B", guid="Tag:X,2026:é")) == ["42", "Tag:X,2026:é"]


@pytest.mark.parametrize("url", ["https://news.example/feeds/all.xml", "http://moved.example/rss"])
def test_keys_do_not_change_when_a_feed_moves(url: str) -> None:
    assert keys(item(title="A", guid="42"), item(title="B", link="http://news.example/b"), item(title="C"), url=url)[:2] == [
        "42", "http://news.example/b",
    ]  # fmt: skip
    assert keys(item(title="C"), url=url) == keys(item(title="C"))


def test_without_a_guid_the_canonical_link_is_the_key() -> None:
    assert keys(item(title="A", link="HTTPS://News.example:443/a/?utm_source=rss#top")) == ["http://news.example/a"]


def test_entries_of_words_only_are_told_apart() -> None:
    found = keys(item(title="A"), item(title="B"), item(description="A"), item(title="A", description="more"))
    assert len(set(found)) == 4
    assert all(key.startswith("text:") for key in found)


def test_an_entry_of_words_only_has_no_link() -> None:
    assert read(rss(item(title="A"))).entries[0].link == ""


@pytest.mark.parametrize("guid", ["42", "a b", "urn-1"])
def test_a_guid_that_is_no_address_is_no_link(guid: str) -> None:
    assert read(rss(item(title="A", guid=guid))).entries[0].link == ""


def test_a_guid_that_is_an_address_is_the_link_unless_it_says_otherwise() -> None:
    assert read(rss(item(title="A", guid="https://news.example/a"))).entries[0].link == "https://news.example/a"
    denied = '<item><title>A</title><guid isPermaLink="false">https://news.example/a</guid></item>'
    assert read(rss(denied)).entries[0].link == ""


def test_a_guid_shared_by_all_is_told_apart_by_the_link() -> None:
    items = [item(title=f"T{n}", guid="same", link=f"http://news.example/{n}") for n in range(10)]
    assert keys(*items) == [f"same http://news.example/{n}" for n in range(10)]


@pytest.mark.parametrize(
    "parts",
    [{"guid": "same", "link": "http://news.example/live"}, {"guid": "same"}, {"link": "http://news.example/live"}],
)
def test_a_live_page_with_one_guid_or_link_for_all_loses_no_entry(parts: dict[str, str]) -> None:
    items = [item(title=f"T{n}", **parts) for n in range(10)]
    found = keys(*items)
    assert len(set(found)) == 10
    assert keys(*items[::-1]) == found[::-1]


@pytest.mark.parametrize(
    "parts", [{"guid": "1"}, {"link": "http://news.example/a"}, {}, {"guid": "1", "link": "http://news.example/a"}]
)
def test_an_entry_told_twice_is_one_with_its_usual_key(parts: dict[str, str]) -> None:
    twice = item(title="A", description="x", **parts)
    assert keys(twice, twice, item(title="B", guid="2")) == [*keys(twice), "2"]


def test_two_versions_of_one_entry_are_one_and_the_first_is_kept() -> None:
    parts = {"guid": "1", "link": "http://news.example/a", "title": "A"}
    feed = read(rss(item(description="newer", **parts), item(description="older", **parts)))
    assert [entry.text for entry in feed.entries] == ["newer"]


def test_an_edited_text_keeps_its_key() -> None:
    assert keys(item(title="A", guid="1", description="x")) == keys(item(title="A!", guid="1", description="y"))
    assert keys(item(title="A", link="http://news.example/a")) == keys(
        item(title="B", link="http://news.example/a?utm_medium=rss")
    )


def test_an_overlong_guid_is_known_by_its_digest() -> None:
    long, other = keys(item(title="A", guid="x" * 1001), item(title="B", guid="x" * 1002))
    assert long.startswith("long:")
    assert (len(long), len({long, other})) == (69, 2)
    assert keys(item(title="A", guid="x" * 1000)) == ["x" * 1000]


def test_an_entry_that_says_nothing_is_left_out() -> None:
    assert keys("<item/>", item(guid="1"), item(title="  "), item(title="A", guid="2")) == ["2"]


def test_a_json_feed_may_number_its_items() -> None:
    items = [
        {"id": 7, "title": "A"},
        {"id": True, "title": "B"},
        {"id": 2.5, "title": "C"},
        {"title": "D"},
        3,
        None,
        "x",
    ]
    feed = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))
    assert [entry.title for entry in feed.entries] == ["A", "B", "C", "D"]
    assert feed.entries[0].key == "7"
    assert len({entry.key for entry in feed.entries}) == 4


ITEMS = st.lists(
    st.fixed_dictionaries({"title": st.sampled_from("AB"), "guid": st.sampled_from(["", "1", "2"]), "link": st.sampled_from(["", "/x", "/y"])}),
    max_size=8,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_no_entry_is_lost_and_their_order_does_not_matter(rows: list[dict[str, str]], random: Random) -> None:
    items = [item(**{name: text for name, text in row.items() if text}) for row in rows]
    found = read(rss(*items)).entries
    told = {(row["title"], row["guid"], row["link"]) for row in rows}
    assert len({entry.key for entry in found}) == len(found) == len(told)
    random.shuffle(items)
    assert {entry.key: entry.title for entry in read(rss(*items)).entries} == {
        entry.key: entry.title for entry in found
    }
