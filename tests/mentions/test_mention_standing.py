"""Whose standing a cue tells: the event's own, or that of something beside it."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader
from tracker.types import Status


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "Police in Lima arrested four men on Monday who are suspected of theft."),
        ("id", "Polisi menangkap empat orang yang diduga mencuri di Surabaya pada Senin."),
        ("es", "La policía detuvo el lunes en Rosario al presunto autor del robo."),
    ],
)
def test_the_suspicion_is_the_suspects_and_the_arrest_is_done(reader: Reader, iso: str, text: str) -> None:
    assert reader.one(text, iso).status is Status.OCCURRED


def test_an_attack_that_is_alleged_stays_so(reader: Reader) -> None:
    assert reader.one("Ukraine allegedly attacked a refinery in Ryazan on Monday.").status is Status.ALLEGED


def test_a_plan_that_was_called_off_is_cancelled_whatever_mark_stands_between(reader: Reader) -> None:
    mention = reader.one("27日に横浜で予定されていた花火大会は、強風のため中止となった。", "ja")
    assert mention.status is Status.CANCELLED


@pytest.mark.parametrize(
    "text",
    [
        "The minister sent no troops to Kigali.",
        "Ann Lee did not visit Kigali on Monday.",
        "Nobody was reported dead in Kigali by Monday.",
    ],
)
def test_a_negation_on_either_side_of_the_word_makes_no_event(reader: Reader, text: str) -> None:
    assert reader.all(text) == ()


def test_a_condition_that_opens_a_sentence_tells_nothing_even_with_a_date(reader: Reader) -> None:
    assert reader.all("If parliament in Bern approved the law in July the franc would fall.") == ()


def test_a_limit_ahead_of_the_report_makes_a_plan(reader: Reader) -> None:
    mention = reader.one("Сапери розміновуватимуть поля на Миколаївщині до кінця серпня 2025 року.", "uk")
    assert (mention.status, mention.date.edtf.text if mention.date and mention.date.edtf else "") == (
        Status.PLANNED,
        "../2025-08-31",
    )


def test_a_plan_with_a_beginning_is_dated_by_its_first_day(reader: Reader) -> None:
    assert reader.dates("政府は、首相が今月15日からベトナムのハノイを訪問すると発表した。", "ja") == ["2025-05-15"]


def test_a_plan_somebody_tells_is_no_statement_of_the_day_it_is_planned_for(reader: Reader) -> None:
    mention = reader.one("Завод в Тольятти остановит конвейер 28 июня, заявил Олег Савин.", "ru")
    assert (mention.type, mention.status, mention.speaker) == ("business", Status.PLANNED, "Олег Савин")


@pytest.mark.parametrize(
    ("iso", "text", "types"),
    [
        ("zh", "5月10日，云南大理发生地震，暂无人员伤亡报告。", ["quake"]),
        ("zh", "据中国驻智利大使馆消息，暂无中国公民伤亡的报告。", []),
        ("zh", "5月10日，云南大理发生地震，造成3人死亡。", ["quake"]),
    ],
)
def test_a_negation_without_blanks_reaches_over_words_but_not_over_marks(
    reader: Reader, iso: str, text: str, types: list[str]
) -> None:
    assert [mention.type for mention in reader.all(text, iso)] == types
