"""`make gate`: no language gets worse unnoticed. Scores every corpus of dates and holds it against its floor in floors.toml.

Floors are per corpus and language, never an average; skipped examples may only become fewer. `python -m benchmarks.gate --write` sets the
floors to what is measured now and rewrites the table of docs/quality.md; a floor that falls needs a line in CHANGELOG.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping

from benchmarks import dates
from benchmarks.data import ROOT, required
from tracker.languages import Languages, check

FLOORS = ROOT / "benchmarks" / "floors.toml"
PAGE = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- dates: written by make gate -->", "<!-- end of dates -->"
SLACK = 0.1  # percent points a score may move by rounding
# Other systems on the same documents, relaxed / value F1: dateparser 1.5.0 search_dates, HeidelTime 2.2 without POS tags.
PEERS = {
    "kompas_dev": ("77.0 / 49.5", "70.1 / 58.2"), "timebank": ("54.2 / 22.6", "88.8 / 75.5"), "aquaint": ("77.1 / 25.1", "88.0 / 60.7"),
    "meantime_en": ("75.8 / 49.7", "89.6 / 79.0"), "meantime_es": ("68.2 / 46.9", "87.2 / 63.8"), "te3_es": ("65.2 / 37.9", "90.6 / 81.5"),
    "te2_fr": ("70.8 / 25.7", "88.4 / 65.3"), "te2_it": ("60.4 / 41.0", "85.1 / 69.4"), "te2_zh": ("49.9 / 23.9", "0 / 0"),
    "te2_ko": ("26.7 / 13.2", "16.7 / 4.3"), "estonian": ("37.8 / 22.1", "56.0 / 41.0"),
}  # fmt: skip

Scores = Mapping[str, Mapping[str, float]]
"""Name of a corpus and language ("te3_es es") -> relaxed and value F1 in percent."""


def main() -> None:
    """Compare, or write with --write."""
    languages = Languages()
    skipped = {iso: sum(1 for e in check.examples(languages, iso) if e.skip) for iso in languages.codes()}
    folder = required("gate", "temporal")
    scores = dict(dates.scores(folder, languages)) if folder else {}
    if "--write" in sys.argv:
        write(scores, skipped)
        return
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    losses = [*compare(scores, floors["dates"]), *compare_skipped(skipped, floors["skipped"])]
    for loss in losses:
        print(loss)
    print(f"{len(scores)} corpora, {len(skipped)} languages, {len(losses)} below their floor")
    if losses:
        sys.exit(1)


def compare(scores: Scores, floors: Scores) -> Iterator[str]:
    """Name every score below its floor. A corpus without a floor is named too: the gate must know all it sees."""
    for name, row in scores.items():
        if name not in floors:
            yield f"{name}: has no floor; run python -m benchmarks.gate --write"
            continue
        for kind, floor in floors[name].items():
            if row.get(kind, 0.0) < floor - SLACK:
                yield f"{name}: {kind} F1 {row.get(kind, 0.0):.1f}, floor {floor:.1f}"


def compare_skipped(skipped: Mapping[str, int], most: Mapping[str, int]) -> Iterator[str]:
    """Name every language with more skipped examples than before."""
    for iso, count in skipped.items():
        if count > most.get(iso, 0):
            yield f"{iso}: {count} examples are skipped, {most.get(iso, 0)} before"


def write(scores: Scores, skipped: Mapping[str, int]) -> None:
    """Write floors and table."""
    rows = [
        f'"{name}" = {{ ' + ", ".join(f"{kind} = {value:.1f}" for kind, value in row.items()) + " }"
        for name, row in scores.items()
    ]
    counts = [f"{iso} = {count}" for iso, count in skipped.items()]
    head = "# What `make gate` holds every change against. Written by python -m benchmarks.gate --write."
    FLOORS.write_text("\n".join([head, "", "[dates]", *rows, "", "[skipped]", *counts, ""]), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table(scores)}\n{END}{after}", encoding="utf-8")


def table(scores: Scores) -> str:
    """Write the scores as a table in Markdown, other systems beside them."""
    lines = ["| corpus | language | Kronik | dateparser | HeidelTime |", "| --- | --- | --- | --- | --- |"]
    for name, row in scores.items():
        corpus, _, iso = name.partition(" ")
        own = f"{row['relaxed']:.1f} / " + (f"{row['value']:.1f}" if "value" in row else "-")
        peers = PEERS.get(corpus, ("", ""))
        lines.append(f"| {corpus} | {iso} | **{own}** | {peers[0]} | {peers[1]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
