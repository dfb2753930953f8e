"""What becomes an event and what does not: who, where, how many, how sure, when, and which words say it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mentions.reading import Reader
from tracker.languages import shipped
from tracker.mentions import detect
from tracker.names import NameBook
from tracker.types import Article, Status

LANGUAGES = shipped()
NAMES = NameBook.load()


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("Chancellor Friedrich Merz visited Kyiv on 10 May.", "visit", "2025-05-10"),
        ("An earthquake of magnitude 6.1 hit Osaka on Monday.", "quake", "2025-05-12"),
        ("A court in Jakarta sentenced Budi Santoso to four years last week.", "verdict", "[2025-05-05..2025-05-11]"),
        ("Floods killed 12 people in Valencia yesterday.", "flood", "2025-05-13"),
        ("Indonesia and Singapore signed an agreement in Bali in March.", "agreement", "2025-03"),
    ],
)
def test_a_dated_happening_becomes_an_event_of_its_kind(reader: Reader, text: str, type_: str, value: str) -> None:
    mention = reader.one(text)
    assert (mention.type, mention.status) == (type_, Status.OCCURRED)
    assert mention.date is not None
    assert mention.date.edtf is not None
    assert mention.date.edtf.text == value
    assert mention.date.phrase in text


@pytest.mark.parametrize(
    "text",
    [
        "Is this not what true friendship looks like, and did Kim Jong-un visit Moscow on 3 May?",
        "Perhaps Moscow should sign an agreement with Pyongyang.",
        "If the government signs the agreement, prices in Jakarta will fall.",
        "The weather was fine.",
        "She did not visit Berlin on 3 May.",
        "In 2019 he was happy.",
        "Friendship is worth more than a hundred resolutions.",
        "Kyiv was founded on seven hills, guides say.",
    ],
)
def test_questions_opinions_negations_and_background_become_none(reader: Reader, text: str) -> None:
    assert reader.all(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Olaf Scholz will visit Beijing on 20 May.", Status.PLANNED),
        ("The talks between Iran and Oman in Muscat on 20 May were postponed.", Status.CANCELLED),
        ("The Kremlin denied on Monday that North Korea had sent troops to Kursk.", Status.DENIED),
        ("Ukraine allegedly attacked a refinery in Ryazan on Monday.", Status.ALLEGED),
        ("A summit meeting of ASEAN is under way in Kuala Lumpur today.", Status.ONGOING),
        ("The visit of Emmanuel Macron to Hanoi will take place on 25 May.", Status.PLANNED),
    ],
)
def test_a_status_is_read_from_its_cue(reader: Reader, text: str, status: Status) -> None:
    assert [mention.status for mention in reader.all(text)] == [status]


def test_a_plan_without_a_date_is_kept_with_its_numbers_and_no_invented_day(reader: Reader) -> None:
    mention = reader.one("North Korea will send 1,000 sappers and five thousand builders to the Kursk region.")
    assert (mention.status, mention.date) == (Status.PLANNED, None)
    assert [quantity.value for quantity in mention.quantities] == [1000, 5000]
    assert "Kursk" in mention.where[0].name


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("양국 외무장관은 14일 서울에서 만났다.", []),
        ("대통령은 14일 부산에서 만찬을 열었다.", []),
        ("14일 대구에서 지진이 나 만 명이 대피했다.", [10000]),
        ("14일 대구에서 홍수가 나 천 명이 대피하고 200채가 무너졌다.", [1000, 200]),
        ("14일 대구에서 홍수가 나 5천 명이 대피했다.", [5000]),
    ],
)
def test_the_sign_of_ten_thousand_counts_nothing_where_it_begins_another_word(
    reader: Reader, text: str, counted: list[int]
) -> None:
    found = [quantity.value for mention in reader.all(text, "ko") for quantity in mention.quantities]
    assert found == counted


def test_two_happenings_of_one_sentence_are_two_events(reader: Reader) -> None:
    text = "The decision was taken last summer in Moscow, after Sergei Shoigu visited Pyongyang."
    assert [m.type for m in reader.all(text, published="2025-11-12T10:00+00:00")] == ["decision", "visit"]


def test_the_day_of_saying_does_not_date_what_is_said(reader: Reader) -> None:
    text = "Police in Bandung arrested two men on 3 May, the governor said on Tuesday."
    (mention,) = reader.all(text)
    assert mention.date is not None
    assert mention.date.phrase == "3 May"


def test_who_says_so_is_named_and_takes_no_part(reader: Reader) -> None:
    mention = reader.one("A flood hit Surabaya on Monday, Governor Khofifah Parawansa said.")
    assert mention.speaker == "Khofifah Parawansa"
    assert "Khofifah Parawansa" not in [actor.name for actor in mention.who]


def test_a_headline_takes_its_date_from_the_text_that_tells_the_same(reader: Reader) -> None:
    found = reader.all("A flood hit the city of Surabaya on 12 May.", title="Flood hits Surabaya")
    assert {m.date.edtf.text for m in found if m.date and m.date.edtf} == {"2025-05-12"}
    assert [m.field for m in found if m.lead] == ["title"]


def test_news_without_a_date_lies_about_the_day_of_publication(reader: Reader) -> None:
    mention = reader.one("", title="Flood hits Surabaya")
    assert mention.date is not None
    assert (mention.date.edtf.text if mention.date.edtf else "", mention.date.phrase) == ("2025-05-14~", "")


def test_an_article_without_a_date_invents_none(reader: Reader) -> None:
    (mention,) = reader.all("", title="Flood hits Surabaya", published=None)
    assert mention.date is None


def test_capitals_of_a_headline_are_no_names(reader: Reader) -> None:
    mention = reader.one("", "id", title="Dua Warga Ditemukan Tewas di Lereng Gunung Semeru")
    assert mention.who == ()


def test_a_comma_inside_a_number_parts_no_clause(reader: Reader) -> None:
    mention = reader.one("The volcano Semeru erupted on Monday, sending ash 3,500 metres over Lumajang.")
    assert mention.quote.endswith("Lumajang.")


def test_a_language_without_data_gives_nothing_and_says_so(reader: Reader) -> None:
    article = Article("a", "", "Saluton.", "eo", None)
    detection = detect(article, (), data=None, gazetteer=reader.places, names=NAMES)
    assert detection.mentions == ()
    assert "eo" in detection.decisions[0].verdict


def test_every_sentence_has_a_decision(reader: Reader) -> None:
    detection = reader.detect("It rained. A flood hit Surabaya on Monday. Is that so?")
    assert len(detection.decisions) == 3
    assert all(decision.verdict for decision in detection.decisions)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(LANGUAGES.codes())))
def test_any_text_is_read_without_harm_and_quotes_are_exact(reader: Reader, text: str, iso: str) -> None:
    for mention in reader.all(text, iso, title=text[:80]):
        body = text if mention.field == "text" else text[:80]
        assert body[mention.start : mention.end] == mention.quote


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([iso for iso in LANGUAGES.codes() if LANGUAGES.mentions(iso)]))
def test_any_row_of_event_words_gives_exact_quotes(reader: Reader, data: st.DataObject, iso: str) -> None:
    words = LANGUAGES.mentions(iso)
    assert words is not None
    listed = sorted({word.rstrip("*") for several in words.words.values() for word in several})
    pieces = st.one_of(
        st.sampled_from(listed),
        st.sampled_from(["Moscow", "Jakarta", "17", "1,000", ".", ",", "“", "”", "\n", "Kim Jong-un"]),
    )
    text = " ".join(data.draw(st.lists(pieces, max_size=25)))
    for mention in reader.all(text, iso):
        assert text[mention.start : mention.end] == mention.quote


@pytest.mark.parametrize(
    ("iso", "text", "name"),
    [
        ("tr", "Mehmet Demir'e ödül pazartesi günü verildi.", "Mehmet Demir"),
        ("et", "Jean Dupont'ile anti esmaspäeval auhind.", "Jean Dupont"),
        ("en", "Conor O'Brien received an award on Monday.", "Conor O'Brien"),
    ],
)
def test_an_ending_behind_an_apostrophe_is_no_part_of_a_name(reader: Reader, iso: str, text: str, name: str) -> None:
    assert [actor.name for actor in reader.one(text, iso).who] == [name]


@pytest.mark.parametrize(
    ("iso", "text", "types"),
    [
        ("de", "Der Bürgermeister von Kassel trat am Montag zurück.", ["resignation"]),
        ("de", "Am Freitag nahm die Polizei in Kassel zwei Männer fest und durchsuchte ein Lager.", ["arrest"]),
        ("de", "Jens Holm trat am Montag in Kassel vor die Presse, er sei zurück.", ["event"]),
        ("nl", "De burgemeester van Gouda trad maandag af.", ["resignation"]),
        ("nl", "De politie hield vrijdag in Gouda twee mannen aan.", ["arrest"]),
    ],
)
def test_a_verb_is_found_though_its_particle_closes_the_clause(
    reader: Reader, iso: str, text: str, types: list[str]
) -> None:
    assert [mention.type for mention in reader.all(text, iso)] == types
