"""Sentences that tell two events: each has its own day, words and kind, and what belongs together stays so."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader

# The articles of these tests were published on Wednesday, 14 May 2025.


def told(reader: Reader, text: str, iso: str) -> list[tuple[str, str]]:
    """Give (first words of the quote, date) of every mention."""
    return [
        (" ".join(m.quote.split()[:2]), m.date.edtf.text if m.date and m.date.edtf else "")
        for m in reader.all(text, iso)
    ]


@pytest.mark.parametrize(
    ("iso", "text", "wanted"),
    [
        (
            "en",
            "The mayor Ann Lee will open a new bridge in Oslo on 20 May and the council will vote on the toll on 27 May.",
            [("The mayor", "2025-05-20"), ("the council", "2025-05-27")],
        ),
        (
            "fr",
            "Le ministre Paul Riva visitera Tunis le 20 mai et les députés voteront la réforme le 27 mai.",
            [("Le ministre", "2025-05-20"), ("les députés", "2025-05-27")],
        ),
        (
            "de",
            "Ministerin Eva Kern reist am 20. Mai nach Oslo und der Landtag stimmt am 27. Mai über das Gesetz ab.",
            [("Ministerin Eva", "2025-05-20"), ("der Landtag", "2025-05-27")],
        ),
        (
            "ja",
            "２０日には大阪で抗議集会が予定され、２１日には同じ街で花火大会が開かれる。",
            [
                ("２０日には大阪で抗議集会が予定され", "2025-05-20"),
                ("２１日には同じ街で花火大会が開かれる。", "2025-05-21"),
            ],
        ),
    ],
)
def test_two_days_of_one_sentence_are_two_events_with_words_of_their_own(
    reader: Reader, iso: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert told(reader, text, iso) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The storm hit Manila on the evening of 1 May and early on 2 May.",
        "Ministers from Oslo and Lima held talks in Rome on 1 May and 2 May.",
        "Sappers and engineers from Oslo visited Lima on 1 May.",
    ],
)
def test_and_alone_parts_no_event(reader: Reader, text: str) -> None:
    assert [m.quote for m in reader.all(text)] == [text]


def test_an_event_behind_after_keeps_its_own_day(reader: Reader) -> None:
    text = "Mayor Ann Lee tabled a five-point plan after a knife attack last week in Lima."
    found = {m.type: m for m in reader.all(text)}
    assert found["attack"].quote == text
    assert found["attack"].status == "occurred"
    assert found["attack"].date is not None
    assert found["attack"].date.phrase == "last week"


def test_a_clause_too_short_to_be_understood_is_quoted_with_its_sentence(reader: Reader) -> None:
    text = "The draft will be debated by the Parliament of Norway on 20 May and put to a vote on 27 May."
    assert [m.quote for m in reader.all(text)][-1] == text


def test_who_says_so_is_no_event_beside_what_is_said(reader: Reader) -> None:
    text = "秘鲁救灾部门官员14日表示，利马12日晚发生的洪灾已造成4人死亡。"
    found = reader.all(text, "zh")
    assert [(m.type, m.date.edtf.text if m.date and m.date.edtf else "") for m in found] == [("flood", "2025-05-12")]


def test_an_ending_that_parts_clauses_stays_with_its_word(reader: Reader) -> None:
    found = reader.all("12일 부산에서 화재로 두 명이 숨졌고, 13일 대전에서 지진이 났다.", "ko")
    assert [m.quote for m in found] == ["12일 부산에서 화재로 두 명이 숨졌고", "13일 대전에서 지진이 났다."]


def test_a_clause_borrows_no_day_from_its_neighbour_where_its_own_does_not_fit(reader: Reader) -> None:
    text = "Mayor Ann Lee signed the deal in Oslo on 12 May; Carl Dun has pointed to late June."
    assert [m.date.edtf.text for m in reader.all(text) if m.date and m.date.edtf] == ["2025-05-12"]
