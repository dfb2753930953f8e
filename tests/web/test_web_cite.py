"""An event can be cited and shared: words to copy, its address, and what other sites show of a link to it."""

import pytest
from lxml import html

from tests.web.fake_reads import sample_site
from tests.web.visits import client, many, one, page, read, words

ADDRESS = "https://kronik.example/events/1"


def shared(tree: html.HtmlElement) -> dict[str, str]:
    """Give the Open Graph properties of a page."""
    return {meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[starts-with(@property, 'og:')]")}


def test_a_citation_has_title_date_site_and_address() -> None:
    cited = one(page("/events/1"), "#citation")
    title = "Shoigu visited Pyongyang this month, his second trip in two weeks."
    assert words(cited) == f"“{title}” (17 June 2025). Kronik, {ADDRESS}"
    assert cited.xpath("./bdi/@lang") == ["en"]


def test_the_buttons_that_copy_are_hidden_until_a_script_shows_them() -> None:
    buttons = one(page("/events/1"), ".cite").xpath(".//button")
    assert [button.get("data-copy") for button in buttons] == ["citation", "permalink"]
    assert all(button.get("hidden") is not None for button in buttons)
    assert one(page("/events/1"), "#permalink").get("value") == ADDRESS


def test_what_is_shown_of_a_shared_event_says_when_and_what() -> None:
    found = shared(page("/events/1"))
    assert found["og:type"] == "article"
    assert found["og:url"] == ADDRESS
    assert found["og:title"].startswith("17 June 2025 — Shoigu visited Pyongyang")
    assert found["og:description"].endswith("5 outlets · 5 languages")


@pytest.mark.parametrize("path", ["/", "/t/ports", "/places/1871859"])
def test_a_shared_timeline_has_its_name_and_the_address_without_filters(path: str) -> None:
    found = shared(page(f"{path}?status=occurred"))
    assert found["og:type"] == "website"
    assert found["og:url"] == f"https://kronik.example{path}"
    assert found["og:title"]


def test_names_of_languages_and_their_codes_carry_their_language() -> None:
    tree = page("/events/1")
    assert [name.get("lang") for name in many(tree, ".lang-name")] == ["ko", "ar", "ru", "id"]
    assert all(chip.get("lang") == chip.text_content() for chip in many(tree, ".lang"))


def test_a_topic_s_title_is_in_the_site_s_language_whatever_the_reader_s_is() -> None:
    tree = read(client().get("/t/ports", query_string={"ui": "ar"}))
    assert one(tree, "#title").get("lang") == "en"


@pytest.mark.parametrize(("ui", "said"), [("en", "sample data"), ("ru", "пример данных")])
def test_the_badge_of_sample_data_is_in_the_reader_s_language(ui: str, said: str) -> None:
    tree = read(client(site=sample_site(badge="sample data")).get("/", query_string={"ui": ui}))
    assert words(one(tree, ".badge").xpath("./strong")[0]) == said
