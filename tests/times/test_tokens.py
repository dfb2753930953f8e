"""How a stretch of text becomes tokens: words that say nothing of time cost next to nothing, and hide nothing."""

from __future__ import annotations

import pytest

from tracker.languages import fold, shipped
from tracker.times.grammar import compiled

LANGUAGES = shipped()


def split(text: str, iso: str) -> list[str]:
    data = LANGUAGES.times(iso)
    assert data is not None
    folded = fold(text)
    return [folded[t.start : t.end] for t in compiled(data)._tokeniser.split(folded, 0, len(folded))]


@pytest.mark.parametrize(
    ("iso", "text", "parts"),
    [
        ("en", "Nobody ever spoke yesterday", ["n", "spoke", "yesterday"]),
        ("en", "Nobody spoke", ["n", "spoke"]),
        ("en", "Nobody", ["nobody"]),
        ("zh", "中国科学院昨天", ["中", "院", "昨天"]),
        ("ko", "대통령이 서울에서 어제", ["대", "서", "어제"]),
        ("ko", "KBS 어제", ["kbs", "어제"]),
    ],
)
def test_a_run_of_unknown_words_is_two_tokens_however_long_it_is(iso: str, text: str, parts: list[str]) -> None:
    assert split(text, iso) == parts


def test_a_word_of_time_that_begins_within_an_unknown_word_is_found_where_no_blanks_part_words() -> None:
    assert "星期三" in split("会议在星期三举行", "zh")


def test_a_word_of_time_is_not_looked_for_within_words_where_blanks_part_them() -> None:
    assert "may" not in split("The mayor of Mayfield", "en")
