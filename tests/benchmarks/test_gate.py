"""The gate tells every loss, and lets nobody lower a floor in passing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gate
from benchmarks.gate import Measured, compare
from benchmarks.quality_page import NEWS, PHRASES, rewrite
from benchmarks.timex import Score, normal

FLOORS = '[dates]\n"news xx" = { relaxed = 90.0, value = 80.0 }\n\n[skipped]\nxx = 1\n'
PINNED = {"dates": {"news xx": {"relaxed": 90.0, "value": 80.0}}, "skipped": {"xx": 1}}


def measured(relaxed: float = 90.0, value: float = 80.0, *, skipped: int = 1, failed: tuple[str, ...] = ()) -> Measured:
    return Measured({"news xx": {"relaxed": relaxed, "value": value}}, {"xx": skipped}, failed)


def phrase(
    start: int, end: int, type_: str | None = "DATE", value: str | None = "2024", **more: object
) -> dict[str, object]:
    return {"start": start, "end": end, "type": type_, "value": value, **more}


def test_what_is_as_good_as_before_is_no_loss() -> None:
    assert list(compare(measured(), PINNED)) == []
    assert list(compare(measured(89.95, 99.0, skipped=0), PINNED)) == []


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (measured(value=79.8), "value 79.8, floor 80.0"),
        (measured(relaxed=50.0, value=99.0), "relaxed 50.0"),
        (measured(skipped=2), "2 examples are skipped"),
        (measured(failed=("xx:7: wrong",)), "example xx:7: wrong"),
        (Measured({"new yy": {"relaxed": 1.0}, **measured().dates}, {"xx": 0}, ()), "new yy: is not pinned"),
        (Measured({"other xx": {"relaxed": 1.0}}, {"xx": 0}, ()), "news xx: has a floor and was not measured"),
    ],
    ids=[
        "value falls",
        "one falls while another rises",
        "skips grow",
        "an example fails",
        "a new corpus",
        "a corpus is gone",
    ],
)
def test_a_loss_is_named(now: Measured, words: str) -> None:
    assert any(words in loss for loss in compare(now, PINNED))


def test_without_corpora_only_the_examples_of_the_repository_are_held_against_their_floor() -> None:
    assert list(compare(Measured({}, {"xx": 1}, ()), PINNED)) == []
    assert list(compare(Measured({}, {"xx": 2}, ()), PINNED)) != []


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    floors, page = tmp_path / "floors.toml", tmp_path / "quality.md"
    floors.write_text(FLOORS, encoding="utf-8")
    page.write_text(
        f"# Page\n{NEWS[0]}\nold\n{NEWS[1]}\nbetween\n{PHRASES[0]}\nold\n{PHRASES[1]}\nend\n", encoding="utf-8"
    )
    return {"floors": floors, "page": page}


def test_a_fall_makes_the_command_fail(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "measure", lambda: measured(value=70.0))
    assert gate.main([], **files) == 1
    monkeypatch.setattr(gate, "measure", measured)
    assert gate.main([], **files) == 0


def test_a_rise_is_pinned_and_shown(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "measure", lambda: measured(value=85.0))
    assert gate.main(["--write"], **files) == 0
    assert "value = 85.0" in files["floors"].read_text(encoding="utf-8")
    assert "| news | xx | - | 90.0 | - | 85.0 | - |" in files["page"].read_text(encoding="utf-8")


def test_a_floor_falls_only_when_told_to(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "measure", lambda: measured(value=70.0))
    assert gate.main(["--write"], **files) == 1
    assert files["floors"].read_text(encoding="utf-8") == FLOORS
    assert gate.main(["--write", "--lower"], **files) == 0
    assert "value = 70.0" in files["floors"].read_text(encoding="utf-8")


def test_a_page_without_its_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="news: written by make gate"):
        rewrite(page, measured().dates)


def test_everything_right_is_a_hundred_percent() -> None:
    gold = [phrase(0, 5, value="2024-01-02"), phrase(10, 20, "DURATION", "P1D"), phrase(30, 40)]
    score = Score()
    score.add(gold, gold)
    assert set(score.percent().values()) == {100.0}


def test_spans_types_values_and_days_are_told_apart() -> None:
    gold = [phrase(0, 5, value="2024-01-02"), phrase(10, 20, "DURATION", "P1D")]
    found = [phrase(0, 4, value="2024-01-02TMO"), phrase(10, 20, "DATE", "P1D"), phrase(50, 60)]
    score = Score()
    score.add(gold, found)
    assert score.percent() == {
        "strict": 40.0, "relaxed": 80.0, "type": 40.0, "value": 40.0, "anchored": 66.7, "calendar": 100.0,
    }  # fmt: skip


def test_one_phrase_found_over_two_of_gold_counts_once_and_the_exact_one_wins() -> None:
    score = Score()
    score.add([phrase(0, 5), phrase(6, 9)], [phrase(0, 9)])
    assert (score.matched, score.gold) == (1, 2)
    exact = Score()
    exact.add([phrase(0, 5)], [phrase(0, 3, value="1999"), phrase(0, 5)])
    assert (exact.exact, exact.right) == (1, 1)


def test_gold_without_a_value_and_what_overlaps_it_are_left_out_of_the_values() -> None:
    score = Score()
    score.add([phrase(0, 5, None, None), phrase(6, 9)], [phrase(0, 5, value="1999"), phrase(6, 9)])
    assert score.percent()["value"] == 100.0


def test_other_right_answers_and_other_spellings_of_a_value_count() -> None:
    score = Score()
    score.add([phrase(0, 5, value="1999", values=["2024-3-5"])], [phrase(0, 5, value="2024-03-05")])
    assert score.percent()["value"] == 100.0
    assert normal("2024-03-05T10:00:00") == normal("2024-03-05T10:00")
