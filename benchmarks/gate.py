"""`make gate`: no language gets worse unnoticed. Scores every corpus of dates and holds it against its floor in floors.toml.

Floors are per corpus and language, never an average; an example of the repository's own that fails is a loss, and skipped examples may only become
fewer. `python -m benchmarks.gate --write` sets the floors to what is measured now and rewrites the tables of docs/quality.md; it refuses to lower a floor
unless --lower is given too, and a floor that falls needs a line in CHANGELOG.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import dates
from benchmarks.data import ROOT, required
from benchmarks.quality_page import rewrite
from tracker.commands.dates import tagger
from tracker.languages import check, shipped

FLOORS = ROOT / "benchmarks" / "floors.toml"
PAGE = ROOT / "docs" / "quality.md"
SLACK = 0.1  # percent points a score may move by rounding

Scores = Mapping[str, Mapping[str, float]]
"""Name of a corpus and language ("te3_es es") -> its figures in percent."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of the gate sees. ``dates`` is empty where there are no corpora; ``failed`` names own examples that fail."""

    dates: Scores
    skipped: Mapping[str, int]
    failed: tuple[str, ...]


def main(arguments: list[str], *, floors: Path = FLOORS, page: Path = PAGE) -> int:
    """Compare, or write with --write. Gives the exit code: 1 where something is below its floor."""
    measured = measure()
    pinned = tomllib.loads(floors.read_text(encoding="utf-8"))
    losses = list(compare(measured, pinned))
    if "--write" in arguments:
        lowered = [loss for loss in losses if "floor" in loss]
        if lowered and "--lower" not in arguments:
            print("\n".join([*lowered, "floors fall: mend it, or add --lower and a line in CHANGELOG.md"]))
            return 1
        write(measured, floors)
        rewrite(page, measured.dates)
        return 0
    for loss in losses:
        print(loss)
    print(f"{len(measured.dates)} corpora, {len(measured.skipped)} languages, {len(losses)} below their floor")
    return 1 if losses else 0


def measure() -> Measured:
    """Score what there is."""
    languages = shipped()
    results = check.run(languages, None, tagger)
    folder = required("gate", "temporal")
    scores = dict(dates.scores(folder)) if folder else {}
    if folder and (hard := dates.hard_sentences(folder, languages)) is not None:
        scores[dates.HARD] = hard
    return Measured(
        dates=scores,
        skipped={iso: sum(1 for e in check.examples(languages, iso) if e.skip) for iso in languages.codes()},
        failed=tuple(str(result) for result in results if not result.ok),
    )


def compare(measured: Measured, pinned: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Name every loss: a figure below its floor, a corpus nobody pinned, a corpus that is gone, an own example that fails or is newly skipped."""
    floors = pinned["dates"]
    for name, row in measured.dates.items():
        if name not in floors:
            yield f"{name}: is not pinned; run python -m benchmarks.gate --write"
            continue
        yield from _below(name, row, floors[name])
    if measured.dates:
        yield from (f"{name}: has a floor and was not measured" for name in floors if name not in measured.dates)
    yield from (f"example {failure}" for failure in measured.failed)
    for iso, count in measured.skipped.items():
        most = pinned["skipped"].get(iso, 0)
        if isinstance(most, int) and count > most:
            yield f"{iso}: {count} examples are skipped, at most {most} may be (floor)"


def _below(name: str, row: Mapping[str, float], floors: object) -> Iterator[str]:
    if not isinstance(floors, Mapping):
        yield f"{name}: its floor is no table"
        return
    for kind, floor in floors.items():
        if row.get(kind, 0.0) < floor - SLACK:
            yield f"{name}: {kind} {row.get(kind, 0.0):.1f}, floor {floor:.1f}"


def write(measured: Measured, floors: Path) -> None:
    """Pin what is measured now."""
    rows = [
        f'"{name}" = {{ ' + ", ".join(f"{kind} = {value:.1f}" for kind, value in row.items()) + " }"
        for name, row in measured.dates.items()
    ]
    counts = [f"{iso} = {count}" for iso, count in measured.skipped.items()]
    head = "# What `make gate` holds every change against, in percent. Written by python -m benchmarks.gate --write."
    floors.write_text("\n".join([head, "", "[dates]", *rows, "", "[skipped]", *counts, ""]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
