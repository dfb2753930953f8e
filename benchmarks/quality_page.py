"""The tables of dates in docs/quality.md, written from what the gate measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.dates import HARD, REQUESTS

__all__ = ["NEWS", "PHRASES", "rewrite"]

NEWS = ("<!-- news: written by make gate -->", "<!-- end of news -->")
PHRASES = ("<!-- phrases: written by make gate -->", "<!-- end of phrases -->")
# Other systems on the same documents, relaxed / value F1: dateparser 1.5.0 search_dates, HeidelTime 2.2 without POS tags.
PEERS = {
    "kompas_dev": ("77.0 / 49.5", "70.1 / 58.2"), "timebank": ("54.2 / 22.6", "88.8 / 75.5"), "aquaint": ("77.1 / 25.1", "88.0 / 60.7"),
    "meantime_en": ("75.8 / 49.7", "89.6 / 79.0"), "meantime_es": ("68.2 / 46.9", "87.2 / 63.8"), "te3_es": ("65.2 / 37.9", "90.6 / 81.5"),
    "te2_fr": ("70.8 / 25.7", "88.4 / 65.3"), "te2_it": ("60.4 / 41.0", "85.1 / 69.4"), "te2_zh": ("49.9 / 23.9", "0 / 0"),
    "te2_ko": ("26.7 / 13.2", "16.7 / 4.3"), "estonian": ("37.8 / 22.1", "56.0 / 41.0"),
}  # fmt: skip

Scores = Mapping[str, Mapping[str, float]]


def rewrite(page: Path, scores: Scores) -> None:
    """Replace the tables between their marks; nothing is written where nothing was measured."""
    if not scores:
        return
    text = page.read_text(encoding="utf-8")
    text = _between(text, NEWS, _news(scores))
    page.write_text(_between(text, PHRASES, _phrases(scores)), encoding="utf-8")


def _between(text: str, marks: tuple[str, str], table: str) -> str:
    before, begun, rest = text.partition(marks[0])
    _, ended, after = rest.partition(marks[1])
    if not begun or not ended:
        raise ValueError(f"the page has no {marks[0]} … {marks[1]}")
    return f"{before}{begun}\n{table}\n{ended}{after}"


def _news(scores: Scores) -> str:
    lines = [
        "| corpus | language | strict | relaxed | type | value | days, months, years | dateparser | HeidelTime |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, row in scores.items():
        corpus, _, iso = name.partition(" ")
        if corpus == HARD or corpus.startswith(REQUESTS):
            continue
        own = " | ".join(_figure(row, kind) for kind in ("strict", "relaxed", "type", "value", "anchored"))
        lines.append(f"| {corpus} | {iso} | {own} | {' | '.join(PEERS.get(corpus, ('', '')))} |")
    return "\n".join(lines)


def _phrases(scores: Scores) -> str:
    lines = ["| phrases | language | recognised | placed on the calendar rightly |", "| --- | --- | --- | --- |"]
    for name, row in scores.items():
        corpus, _, iso = name.partition(" ")
        if corpus.startswith(REQUESTS):
            lines.append(f"| {corpus} | {iso} | {_figure(row, 'relaxed')} | {_figure(row, 'calendar')} |")
    if HARD in scores:
        hard = scores[HARD]
        lines.append(
            f"| {HARD} | eleven | | {hard['right']:.1f}; {hard['silent']:.1f} of those without a date left alone |"
        )
    return "\n".join(lines)


def _figure(row: Mapping[str, float], kind: str) -> str:
    return f"{row[kind]:.1f}" if kind in row else "-"
