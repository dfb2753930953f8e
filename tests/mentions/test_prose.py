"""Invented news prose in twenty-two languages: the events a careful reader would write down, and the texts that tell none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks import prose
from tracker.places import Gazetteer
from tracker.types import Status

CASES = prose.read_cases()
PINNED = tomllib.loads(prose.FLOORS.read_text(encoding="utf-8"))
LANGUAGES = sorted({case.iso for case in CASES})


@pytest.fixture(scope="session")
def figures(gazetteer_dir: Path) -> dict[str, dict[str, float]]:
    return prose.measured(Gazetteer.open(gazetteer_dir / "places.db"))


def test_a_third_of_the_passages_tell_no_event_and_both_halves_are_alike() -> None:
    held = [case for case in CASES if case.half == "held"]
    assert len(LANGUAGES) >= 10
    assert len(CASES) >= 300
    assert abs(2 * len(held) - len(CASES)) <= 2 * len(LANGUAGES)
    for half in (CASES, held):
        assert 0.28 <= sum(bool(case.none) for case in half) / len(half) <= 0.4


@pytest.mark.parametrize("iso", LANGUAGES)
def test_every_expected_event_has_its_word_in_the_passage_and_a_status(iso: str) -> None:
    for case in CASES:
        if case.iso == iso:
            assert bool(case.events) != bool(case.none), case.body
            assert all(gold["word"] in case.body for gold in case.events), case.body
            assert all(Status(status) for gold in case.events for status in gold["status"])


@pytest.mark.parametrize("name", [*(f"{iso} {half}" for iso in [*LANGUAGES, "all"] for half in ("dev", "held"))])
def test_prose_is_read_as_well_as_before(figures: dict[str, dict[str, float]], name: str) -> None:
    lost = {kind: figures[name][kind] for kind in prose.PINNED if figures[name][kind] < PINNED[name][kind]}
    made_up = {kind: figures[name][kind] for kind in prose.CAPPED if figures[name][kind] > PINNED[name][kind]}
    assert (lost, made_up) == ({}, {})
