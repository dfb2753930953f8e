"""The gate: what is told beyond the words of types, and what is no telling at all."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader
from tracker.types import Status


@pytest.mark.parametrize(
    ("iso", "title", "text"),
    [
        ("en", "Kivu Mining closes pits over dusty river", ""),
        ("en", "", "Kivu Mining has closed two pits over a dusty river."),
        ("it", "Kivu Minerali chiude due miniere sul fiume lontano", ""),
    ],
)
def test_news_that_no_word_of_a_type_names_is_an_event_of_its_day(
    reader: Reader, iso: str, title: str, text: str
) -> None:
    mention = reader.one(text, iso, title=title)
    assert (mention.type, mention.date.edtf.text if mention.date and mention.date.edtf else "") == (
        "event",
        "2025-05-14~",
    )


@pytest.mark.parametrize(
    "title",
    ["Is Kivu Mining closing pits over a dusty river?", "Weather", "Kivu Mining should close pits over river"],
)
def test_a_headline_that_asks_or_wishes_or_names_nobody_tells_nothing(reader: Reader, title: str) -> None:
    assert reader.all("", title=title) == ()


def test_a_headline_without_a_known_word_gives_way_to_the_opening_that_names_the_event(reader: Reader) -> None:
    found = reader.all(
        "Toblenut, the biscuit maker of Bern, signed a deal on Monday. Toblenut grows.",
        title="Sweet days for Toblenut of Bern",
    )
    assert [m.type for m in found] == ["agreement"]


def test_a_text_that_is_careful_where_its_headline_is_bare_decides_the_status(reader: Reader) -> None:
    found = reader.all(
        "Die Regierung in Peking erwägt angeblich, Nordwerk an Elon Musk abzugeben.",
        "de",
        title="Peking gibt Nordwerk an Elon Musk",
    )
    assert {m.status for m in found} == {Status.ALLEGED}


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "On Thursday evening the party had put the long paper online."),
        ("de", "Am Donnerstagabend hatte die Partei das Papier selbst ins Netz gestellt."),
    ],
)
def test_a_certain_deed_of_a_late_day_needs_no_name(reader: Reader, iso: str, text: str) -> None:
    assert reader.dates(text, iso) == ["2025-05-08"]


def test_a_mood_of_some_year_stays_none(reader: Reader) -> None:
    assert reader.all("In 2019 he had felt happy and calm and free.") == ()


def test_a_happening_of_the_story_that_names_nobody_takes_the_day_told_before(reader: Reader) -> None:
    text = "A flood hit Surabaya on Monday. The flood has destroyed 400 houses and two bridges."
    assert reader.dates(text) == ["2025-05-12", "2025-05-12~"]


def test_a_number_alone_makes_no_news(reader: Reader) -> None:
    assert reader.all("Friendship is worth more than a hundred resolutions.") == ()


def test_a_plan_of_somebody_named_is_kept_without_a_date(reader: Reader) -> None:
    text = "It rained. It snowed. It froze. Ana Silva is expected to sign the treaty in the coming days."
    mention = reader.one(text)
    assert (mention.status, mention.date) == (Status.PLANNED, None)


def test_a_denial_of_somebody_named_is_kept(reader: Reader) -> None:
    text = "It rained. It snowed. It froze. Ann Lee and Bob Ray denied all wrongdoing."
    assert [m.status for m in reader.all(text)] == [Status.DENIED]


def test_what_was_called_off_is_not_the_event_before_the_comma(reader: Reader) -> None:
    mention = reader.one("Semeru erupted on Monday, and dozens of flights were cancelled.")
    assert (mention.type, mention.status) == ("eruption", Status.OCCURRED)


def test_a_dated_telling_before_an_opinion_is_an_event(reader: Reader) -> None:
    text = "In January Ann Lee told the judges in Ottawa how hard it would be to obey the law."
    assert reader.dates(text) == ["2025-01"]


def test_the_stamp_of_a_quoted_post_dates_nothing(reader: Reader) -> None:
    text = "A fire destroyed a theatre in Austin on Monday. So sad for Austin! -- Ann Lee (@annlee) May 3, 2025 Ann Lee moved on."
    assert reader.dates(text) == ["2025-05-12"]
    assert "a quoted post or links" in [d.verdict for d in reader.detect(text).decisions]


def test_a_handle_in_prose_is_no_quoted_post(reader: Reader) -> None:
    assert reader.dates("Ann Lee (@annlee) opened a new museum in Austin on Monday.") == ["2025-05-12"]


def test_a_post_younger_than_the_stated_day_of_publication_corrects_it(reader: Reader) -> None:
    text = "Many fans reacted. So sad! -- Ann Lee (@annlee) May 20, 2025"
    assert reader.dates(text, title="Fire destroys theatre in Austin") == ["2025-05-20~"]


def test_a_day_with_a_capital_is_nobody(reader: Reader) -> None:
    assert all(actor.name != "Christmas" for m in reader.all("Shops in Oslo open at Christmas.") for actor in m.who)


def test_every_decision_names_its_rule_and_what_it_rests_on(reader: Reader) -> None:
    (decision,) = reader.detect("A flood hit Surabaya on Monday.").decisions
    assert decision.verdict == "flood, occurred"
    assert "flood by 'flood'" in decision.features
    assert "where: 1" in decision.features


def test_a_refusal_names_what_it_rests_on_too(reader: Reader) -> None:
    (decision,) = reader.detect("Moscow should sign an agreement with Pyongyang.").decisions
    assert decision.verdict == "an opinion or condition"
    assert "opinion" in decision.features


def test_a_headline_without_a_place_takes_that_of_the_opening(reader: Reader) -> None:
    (lead,) = (
        m for m in reader.all("LIMA (Agencia) - The river rose.", title="Ann Lee loses forty houses in flood") if m.lead
    )
    assert [place.name for place in lead.where] == ["Lima"]


def test_a_headline_with_a_place_keeps_it(reader: Reader) -> None:
    (lead,) = (m for m in reader.all("LIMA (Agencia) - The river rose.", title="Flood hits Surabaya") if m.lead)
    assert [place.name for place in lead.where] == ["Surabaya"]
