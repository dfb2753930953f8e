"""Texts made to be slow: what the date reader takes for a megabyte of nothing but time words, and whether its memory stays flat.

Times are of the processor, so that a busy machine says the same. Bound: one second a megabyte.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from datetime import date

from benchmarks.data import required
from tracker.languages import CLASSES, TimesData, shipped
from tracker.times import tag

DAY = date(2025, 5, 14)
SIZE = 1_000_000
FLAT_MB = 100
_SCREENED, _MEASURED = 50_000, 4
FIXED = {
    "digits": "7", "figures": "12 ", "brackets": "(", "years": "2020 ", "dates": "17/6/2025 ", "pairs": "17/6 ", "clock times": "12:30 ",
    "dashes": "1-2-3-4-", "dots": "1.2.3.", "apostrophes": "'9",
}  # fmt: skip


def run() -> None:
    """Print the slowest texts of each language, then the memory over a hundred megabytes of news."""
    languages = shipped()
    print(f"{'iso':4} {'texts':>5} {'slowest s/MB':>12} {'median s/MB':>11}  slowest")
    for iso in languages.codes():
        if (data := languages.times(iso)) is not None:
            _language(iso, data)
    _memory()


def _language(iso: str, data: TimesData) -> None:
    """Screen all texts in short, then measure the slowest of them at full length."""
    screened = sorted(((_seconds(text[:_SCREENED], data), name, text) for name, text in _texts(data)), reverse=True)
    taken = [(_seconds(text, data), name) for _, name, text in screened[:_MEASURED]]
    slowest, name = max(taken)
    middle = screened[len(screened) // 2][2]
    print(f"{iso:4} {len(screened):5} {slowest:12.2f} {_seconds(middle, data):11.2f}  {name}", flush=True)


def _texts(data: TimesData) -> Iterator[tuple[str, str]]:
    """Give texts of one thing, of all words of a class, of one word of it, and of figures before it."""
    for name, piece in FIXED.items():
        yield name, piece * (SIZE // len(piece))
    for class_ in CLASSES:
        words = sorted(word for word, classes in data.lexicon.items() if any(name == class_ for name, _ in classes))
        for kind, piece in (("all of", " ".join(words) + " "), ("figures and", f"3 {words[0]} " if words else "")):
            if words:
                yield f"{kind} {class_}", (piece * (SIZE // len(piece) + 1))[:SIZE]


def _seconds(text: str, data: TimesData) -> float:
    begun = time.process_time()
    tag(text, data=data, dct=DAY)
    return (time.process_time() - begun) * 1e6 / len(text)


def _memory() -> None:
    folder = required("hostile_text", "temporal")
    if folder is None:
        return
    data = shipped().times("en")
    texts = [json.loads(line)["text"] for line in (folder / "timebank.jsonl").open(encoding="utf-8")]
    whole = "\n\n".join(texts)
    document = whole * (1_000_000 // len(whole) + 1)
    peaks = []
    for _ in range(FLAT_MB):
        if data is not None:
            tag(document, data=data, dct=DAY)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(
        f"peak memory after 1, 10 and {FLAT_MB} MB of English news: {peaks[0]:.0f}, {peaks[9]:.0f}, {peaks[-1]:.0f} MB"
    )
