"""Searched words are found however they are written: without their accents, their vowel signs, their hamza; phrases side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.folding import folded, wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olazábal", "OLAZABAL"),
        ("Łódź", "lodz"),
        ("İstanbul", "ISTANBUL"),
        ("Diyarbakır", "diyarbakir"),
        ("Müller-Straße", "muller-strasse"),
        ("ещё", "еще"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("عُمان", "عمان"),
        ("كيم جونغ أون", "كيم جونغ اون"),
        ("الـبركان", "البركان"),
        ("آسیا", "اسيا"),
        ("יְרוּשָׁלַיִם", "ירושלים"),
    ],
)
def test_these_are_written_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("감", "가만"), ("पुल", "पल"), ("ดี", "ดา"), ("が", "か"), ("بركان", "بركات"), ("bon", "ban")]
)
def test_these_stay_apart(one: str, other: str) -> None:
    assert folded(one) not in folded(other)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("q", "texts"),
    [
        ('Kim "Jong Un"', ["kim", "jong un"]),
        ("\u201ckim jong  un\u201d", ["kim jong un"]),
        ("\u00abдва слова\u00bb три", ["два слова", "три"]),
        ('"open', ["open"]),
        ('a"b', ["a", "b"]),
        ('"" \u201c \u201d', []),
        ("  ", []),
    ],
)
def test_words_and_phrases_are_told_apart(q: str, texts: list[str]) -> None:
    assert wanted(q) == texts
