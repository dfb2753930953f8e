"""Numerals that are syllables of countless other words: read in requests only, right before what they count."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.languages import WORD_BEFORE, TimesData, alternation

__all__ = ["spoken", "spoken_names", "spoken_values"]

_COUNTED = frozenset({"UNIT", "YEAR_AFTER", "MONTH_AFTER", "DAY_AFTER", "CLOCK_AFTER", "MINUTE_AFTER"})
_BESIDE = frozenset({"YEAR_AFTER", "MONTH_AFTER", "CLOCK_AFTER"})  # behind which a number may follow without a blank
_TEN = 10


def spoken_values(data: TimesData) -> Mapping[str, int]:
    """Give the syllables and their values; empty for most languages."""
    return {
        phrase: int(str(value))
        for phrase, classes in data.lexicon.items()
        for name, value in classes
        if name == "SPOKEN"
    }


def spoken_names(data: TimesData) -> str:
    """Give an expression of a row of them and of what they count, that is no word of its own ("this month")."""
    values = spoken_values(data)
    names = {phrase: {name for name, _ in classes} for phrase, classes in data.lexicon.items()}
    counted = alternation(phrase for phrase, classes in names.items() if classes & _COUNTED)
    own = alternation(phrase for phrase, classes in names.items() if " " in phrase and classes & {"REL", "PREV"})
    ends = "".join(sorted({phrase[-1] for phrase, classes in names.items() if classes & _BESIDE}))
    begin = f"(?:{WORD_BEFORE}(?<![0-9])|(?<=[{ends}])(?<![0-9].))(?!{own})"
    one = alternation(values)
    return rf"{begin}(?P<spoken>(?:{one})(?:(?:{one})+\s?)?)(?P<counted>{counted})"


def spoken(text: str, values: Mapping[str, int]) -> int:
    """Give the number of a row of figures and powers of ten."""
    total = figure = 0
    for syllable in text:
        value = values[syllable]
        if value < _TEN:
            figure = figure * _TEN + value
        else:
            total, figure = total + max(figure, 1) * value, 0
    return total + figure
