"""150 spellings of places in eight languages, inflected and as adjectives, each in a phrase; and words that only look like towns."""

import csv
from pathlib import Path

import pytest

from tracker.places import Gazetteer

TABLE = Path(__file__).with_name("spellings.tsv")


def rows(half: str) -> list[dict[str, str]]:
    """Give the spellings of a half; those that are no place have none."""
    with TABLE.open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t") if row["half"] == half]


def first(gazetteer: Gazetteer, row: dict[str, str]) -> str:
    """Give the key of the place found at the spelling, '' for none."""
    start = row["text"].casefold().index(row["name"].casefold())
    hits = gazetteer.find(row["text"], language=row["language"])
    return next((h.place.key for h in hits if h.start < start + len(row["name"]) and start < h.end), "")


@pytest.mark.parametrize(("half", "share"), [("looked at", 0.95), ("held out", 0.83)])
def test_spellings_of_many_languages_give_their_place_first(gazetteer: Gazetteer, half: str, share: float) -> None:
    asked = [row for row in rows(half) if row["place"]]
    assert sum(first(gazetteer, row) == row["place"] for row in asked) >= share * len(asked)


@pytest.mark.parametrize("half", ["looked at", "held out"])
def test_words_that_look_like_towns_are_no_places(gazetteer: Gazetteer, half: str) -> None:
    assert [row["text"] for row in rows(half) if not row["place"] and first(gazetteer, row)] == []
