"""Every example of every language holds, on every phrase and value it names."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.languages import TimesData, check, coverage, shipped
from tracker.languages.check import Example
from tracker.times import TagOptions, tag
from tracker.types import TimeMention

LANGUAGES = shipped()
EXAMPLES = [example for iso in LANGUAGES.codes() for example in check.examples(LANGUAGES, iso)]


def tagger(text: str, data: TimesData, day: date, prefer: str) -> tuple[TimeMention, ...]:
    return tag(text, data=data, dct=day, options=TagOptions(prefer=prefer))  # type: ignore[arg-type]


@pytest.mark.parametrize("iso", LANGUAGES.codes())
def test_the_examples_of_a_language_hold(iso: str) -> None:
    results = check.run(LANGUAGES, iso, tagger)
    assert [str(result) for result in results if not result.ok] == []


@pytest.mark.parametrize("iso", LANGUAGES.codes())
def test_a_language_has_examples_and_counter_examples(iso: str) -> None:
    own = [example for example in EXAMPLES if example.iso == iso]
    assert len(own) >= 30
    assert sum(1 for example in own if not example.expect) >= 5


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """Give the line of each language in the list."""
    return {line.split()[0]: line for line in coverage.lines(LANGUAGES)}


@pytest.mark.parametrize("iso", LANGUAGES.codes())
def test_a_language_has_words_of_events_or_says_that_it_reads_dates_only(iso: str, listed: dict[str, str]) -> None:
    data = LANGUAGES.mentions(iso)
    assert data.size >= 200 if data is not None else "dates only" in listed[iso]


def test_few_examples_are_skipped_and_each_says_why() -> None:
    skipped = [example for example in EXAMPLES if example.skip]
    assert len(skipped) <= 0.1 * len(EXAMPLES)
    assert all(len(example.skip) > 10 for example in skipped)


def test_an_example_that_fails_is_told_with_what_was_read_instead() -> None:
    example = Example("en:1", "en", "He left yesterday.", date(2025, 5, 14), ((("edtf", "2025-05-01"),),))
    result = check.judge(example, tagger(example.text, LANGUAGES.times("en"), example.dct, "news"))  # type: ignore[arg-type]
    assert not result.ok
    assert "2025-05-13" in str(result)
    assert "wanted edtf '2025-05-01'" in str(result)
