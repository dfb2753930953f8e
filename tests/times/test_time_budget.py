"""A text of nothing but dates is read in part, prose wholly."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.languages import shipped
from tracker.times import tag
from tracker.times.budget import Budget
from tracker.times.grammar import any_of

LANGUAGES = shipped()
SENTENCE = (
    "The council met on 3 May and again two weeks later, when the mayor spoke to the press for an hour about it all. "
)


def found(text: str, iso: str = "en") -> int:
    data = LANGUAGES.times(iso)
    assert data is not None
    return len(tag(text, data=data, dct=date(2025, 5, 14)))


def test_a_chronicle_of_a_hundred_thousand_characters_is_read_wholly() -> None:
    filler = "Nothing else of note was told in any of the letters that came to the house by the river. "
    text = (SENTENCE + 2 * filler) * 300
    assert found(text) == 3 * 300


@pytest.mark.parametrize("words", ["May June ", "17/6/2025 ", "12:30 ", "yesterday ", "2 days ago "])
def test_what_is_read_of_nothing_but_dates_is_bounded_by_the_length(words: str) -> None:
    text = words * (200_000 // len(words))
    assert 100 < found(text) <= 1_100 + len(text) / 80


def test_prose_behind_a_table_of_dates_is_read_again() -> None:
    table, prose = "17/6/2025 " * 3_000, "No date stands here, nor there, nor anywhere. " * 300
    assert found(table + prose + SENTENCE) == found(table + prose) + 3


def test_a_budget_that_is_used_up_opens_again_for_a_whole_stretch() -> None:
    budget = Budget()
    allowed = [budget.allows(position) for position in range(20_000)]
    closed = allowed.index(False)
    reopened = allowed.index(True, closed)
    assert closed >= 1_000
    assert reopened - closed >= 10_000
    assert all(allowed[reopened : reopened + 25])


def test_expressions_joined_under_one_edge_match_what_they_matched_before() -> None:
    expressions = [r"\bthe day\b", r"[0-9]+ per cent", r"\bmay be|might be", r"\b(?:new )?year's eve"]
    text = "On the day 12 per cent might be told; it may be new year's eve, bayou might be."
    joined = any_of(expressions)
    apart = [match.group() for expression in expressions for match in re.finditer(expression, text)]
    assert sorted(match.group() for match in joined.finditer(text)) == sorted(apart)
