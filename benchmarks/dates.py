"""Quality of the date reader on annotated corpora, and on sentences made to be hard."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.data import required
from benchmarks.timex import KINDS, Score
from tracker import edtf
from tracker.errors import EdtfError
from tracker.languages import Languages, shipped
from tracker.times import TagOptions, tag
from tracker.types import TimeMention

REQUESTS = ("ms_", "duckling_")  # phrases said to an assistant: bare weekdays point forward
HARD = "tricky_dates"

Document = dict[str, Any]


def run() -> None:
    """Print a line per corpus and language, and one for the hard sentences."""
    folder = required("dates", "temporal")
    if folder is None:
        return
    print(f"{'corpus':18} {'iso':4}" + "".join(f" {kind:>8}" for kind in KINDS))
    for name, row in scores(folder):
        corpus, _, iso = name.partition(" ")
        print(f"{corpus:18} {iso:4}" + "".join(f" {row[kind]:8.1f}" if kind in row else f" {'-':>8}" for kind in KINDS))
    if (hard := hard_sentences(folder, shipped())) is not None:
        print(f"{HARD}: {hard['right']:.1f} % right, {hard['silent']:.1f} % of the sentences without a date left alone")


def scores(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Give the figures of every corpus in a language there is data for: ("te3_es es", {"relaxed": 87.0, "value": 76.5, …})."""
    paths = [path for path in sorted(folder.glob("*.jsonl")) if path.stem != HARD]
    with ProcessPoolExecutor(2) as pool:
        for rows in pool.map(_scored, paths):
            yield from rows


def _scored(path: Path) -> list[tuple[str, dict[str, float]]]:
    languages = shipped()
    prefer = "future" if path.stem.startswith(REQUESTS) else "news"
    return [
        (f"{path.stem} {iso}", evaluate(documents, iso, languages, prefer=prefer).percent())
        for iso, documents in _by_language(path)
        if languages.times(iso) is not None
    ]


def evaluate(documents: Sequence[Document], iso: str, languages: Languages, *, prefer: str) -> Score:
    """Score one language's documents."""
    score = Score()
    for document in documents:
        found = _tagged(document, iso, languages, prefer=prefer)
        spans = [{"start": m.start, "end": m.end, "type": m.timex_type, "value": m.timex_value} for m in found]
        score.add(document["timexes"], spans)
    return score


def _tagged(document: Document, iso: str, languages: Languages, *, prefer: str) -> tuple[TimeMention, ...]:
    data = languages.times(iso)
    if data is None:
        return ()
    dct = _written(document.get("dct"), moment=prefer == "future")
    return tag(document["text"], data=data, dct=dct, options=TagOptions(prefer=prefer))  # type: ignore[arg-type]  # one of two words


def _written(dct: str | None, *, moment: bool) -> date | None:
    """Give the day a document was written, or the moment a request was said: its hours count from then."""
    if not dct:
        return None
    return datetime.fromisoformat(dct) if moment else date.fromisoformat(dct[:10])


def _by_language(path: Path) -> Iterator[tuple[str, list[Document]]]:
    documents = [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]
    for iso in sorted({document["lang"] for document in documents}):
        yield iso, [document for document in documents if document["lang"] == iso]


def hard_sentences(folder: Path, languages: Languages) -> dict[str, float] | None:
    """Give the share of expected intervals found, and of sentences without a date that got none, in percent.

    A phrase is right if it lies in the expected one, or around it, and its EDTF value has the same bounds.
    """
    path = folder / f"{HARD}.jsonl"
    if not path.exists():
        return None
    documents = [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]
    expected = right = empty = silent = 0
    for document in documents:
        found = [m for m in _tagged(document, document["lang"], languages, prefer="news") if m.edtf]
        expected += len(document["expect"])
        right += sum(_is_placed(wanted, found) for wanted in document["expect"])
        empty += not document["expect"]
        silent += not document["expect"] and not found
    return {"right": round(100 * right / expected, 1), "silent": round(100 * silent / empty, 1)}


def _is_placed(wanted: Document, found: Sequence[TimeMention]) -> bool:
    answers = [_bounds(text) for text in (wanted["edtf"], *wanted.get("alt", []))]
    return any(
        m.edtf is not None
        and _bounds(m.edtf.text) in answers
        and (m.text in wanted["text"] or wanted["text"] in m.text)
        for m in found
    )


def _bounds(text: str) -> object:
    """Give the first and last day of a value; the value itself where our subset does not hold it."""
    try:
        value = edtf.parse(text)
    except EdtfError:
        return text
    return value.earliest, value.latest
