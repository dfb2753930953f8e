"""What a careful editor leaves out of a story: remarks, background without a date, more of the same, imprints."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader

# The articles of these tests were published on Wednesday, 14 May 2025.
FLOOD = "A flood hit Lima on Monday. The river Rimac rose by two metres overnight. Schools in Lima stay shut. "


def quotes(reader: Reader, text: str, iso: str = "en") -> list[str]:
    return [mention.quote for mention in reader.all(text, iso)]


@pytest.mark.parametrize(
    ("iso", "remark"),
    [
        ("en", "“The flood took everything we had in the house,” said Ana Ruiz, a baker from Lima, on Tuesday."),
        (
            "id",
            "“Banjir itu datang begitu cepat dan kami langsung lari,” kata Budi Santoso, warga Ambon, Selasa (13/5/2025).",
        ),
    ],
)
def test_the_day_of_a_remark_is_no_day_of_what_it_tells(reader: Reader, iso: str, remark: str) -> None:
    first = {"en": "A flood hit Lima on Monday. ", "id": "Banjir melanda Ambon pada Senin. "}[iso]
    assert quotes(reader, first + remark, iso) == [first.strip()]


def test_a_remark_with_a_day_in_it_tells_what_happened_then(reader: Reader) -> None:
    text = (
        "Lima is quiet again. “The flood hit the market of Lima on 9 May and took two lives,” said Ana Ruiz on Tuesday."
    )
    found = reader.all(text)
    assert [(m.type, m.date.edtf.text if m.date and m.date.edtf else "") for m in found] == [("flood", "2025-05-09")]


def test_a_plan_of_the_speaker_alone_is_a_remark(reader: Reader) -> None:
    text = "Talk of help went on. “We will all focus on the relief work in the next days,” said Ana Ruiz on Tuesday."
    assert quotes(reader, text) == []


def test_a_plan_told_in_somebodys_words_is_kept(reader: Reader) -> None:
    text = "Talk of help went on. “North Korea will clear mines in the Kursk region,” said Ivan Petrov."
    assert [mention.type for mention in reader.all(text)] == ["demining"]


def test_more_of_an_event_told_before_is_no_further_event(reader: Reader) -> None:
    more = "The flood spread through fields and gardens."
    assert more not in quotes(reader, FLOOD + more)


def test_the_same_kind_of_event_on_the_same_day_tells_no_further_one_without_anybody_new(reader: Reader) -> None:
    more = "The flood of Monday went through fields and gardens."
    assert more not in quotes(reader, FLOOD + more)


@pytest.mark.parametrize(
    "more",
    ["The flood killed 12 people.", "The flood spread to Cusco.", "A fire broke out in a mill of Lima."],
)
def test_a_number_a_place_or_a_kind_of_its_own_makes_a_further_event(reader: Reader, more: str) -> None:
    assert more in quotes(reader, FLOOD + more)


def test_what_goes_on_with_a_look_back_is_not_news_of_the_day(reader: Reader) -> None:
    text = "Ann Lee signed a deal in Oslo on Monday. The dispute began in 2019. Soon after, Norway came close to buying Umbra."
    assert not any(quote.startswith("Soon after") for quote in quotes(reader, text))


def test_a_new_paragraph_ends_a_look_back(reader: Reader) -> None:
    text = "Ann Lee signed a deal in Oslo. The dispute began in 2019.\nPolice in Oslo arrested two men."
    assert "Police in Oslo arrested two men." in quotes(reader, text)


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("ru", "Берлин, 6 мая (Балтийский телеграф)."),
        ("de", "Diese Nachricht wurde am 13.05.2025 im Programm Radio Bonn gesendet."),
        ("en", "Powerful currents arrived rapidly."),
        ("en", "Norway sits on a fault line and is prone to earthquakes."),
    ],
)
def test_an_imprint_and_what_is_always_so_are_none(reader: Reader, iso: str, text: str) -> None:
    assert reader.all(text, iso) == ()


def test_a_headline_keeps_the_day_the_text_names_for_its_news(reader: Reader) -> None:
    title = "Norway's council passes the water law"
    text = "The council of Norway met on Monday in Oslo. Parliament had passed the law on 2 May."
    headline = reader.all(text, title=title)[0]
    assert headline.date is not None
    assert headline.date.edtf is not None
    assert headline.date.edtf.text != "2025-05-02"
