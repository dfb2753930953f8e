"""Quality of the date reader on annotated corpora: relaxed and value F1 after TempEval-3, per corpus.

A gold phrase and a found one match when they overlap, each at most once, exact ones first. Value: a match with the same TIMEX3 value. Gold without a value counts
for the relaxed score only. UzZaman et al., SemEval-2013 task 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.data import required
from tracker.languages import Languages
from tracker.times import TagOptions, tag

REQUESTS = ("ms_", "duckling_")  # phrases said to an assistant: bare weekdays point forward


@dataclass(slots=True)
class Score:
    """Counts over a corpus; percentages as properties."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    valued: int = 0
    valued_found: int = 0
    right: int = 0

    @property
    def relaxed(self) -> float:
        """F1 of recognition in percent."""
        return _f1(self.matched, self.found, self.gold)

    @property
    def value(self) -> float:
        """F1 of values in percent; what overlaps gold without a value is left out."""
        return _f1(self.right, self.valued_found, self.valued)


def run() -> None:
    """Print a line per corpus and language."""
    folder = required("dates", "temporal")
    if folder is None:
        return
    print(f"{'corpus':18} {'iso':4} {'relaxed':>8} {'value':>6}")
    for name, row in scores(folder, Languages()):
        corpus, _, iso = name.partition(" ")
        value = f"{row['value']:6.1f}" if "value" in row else "     -"
        print(f"{corpus:18} {iso:4} {row['relaxed']:8.1f} {value}")


def scores(folder: Path, languages: Languages) -> Iterator[tuple[str, dict[str, float]]]:
    """Give the F1 of every corpus in a language there is data for: ("te3_es es", {"relaxed": 87.0, "value": 76.5})."""
    for path in sorted(folder.glob("*.jsonl")):
        for iso, documents in _by_language(path):
            if "timexes" not in documents[0] or languages.times(iso) is None:
                continue
            prefer = "future" if path.stem.startswith(REQUESTS) else "news"
            score = evaluate(documents, iso, languages, prefer=prefer)
            value = {"value": round(score.value, 1)} if score.valued else {}
            yield f"{path.stem} {iso}", {"relaxed": round(score.relaxed, 1), **value}


def evaluate(documents: Sequence[dict[str, Any]], iso: str, languages: Languages, *, prefer: str) -> Score:
    """Score one language's documents."""
    data, score = languages.times(iso), Score()
    for document in documents:
        dct = _written(document.get("dct"), moment=prefer == "future")
        options = TagOptions(prefer=prefer)  # type: ignore[arg-type]  # one of two words above
        found = tag(document["text"], data=data, dct=dct, options=options) if data else ()
        _count(score, document["timexes"], [{"start": m.start, "end": m.end, "value": m.timex_value} for m in found])
    return score


def _written(dct: str | None, *, moment: bool) -> date | None:
    """Give the day a document was written, or the moment a request was said: its hours count from then."""
    if not dct:
        return None
    return datetime.fromisoformat(dct) if moment else date.fromisoformat(dct[:10])


def _by_language(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    documents = [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]
    for iso in sorted({document["lang"] for document in documents}):
        yield iso, [document for document in documents if document["lang"] == iso]


def _count(score: Score, gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> None:
    pairs = list(_pairs(gold, found))
    valued = [pair for pair in pairs if pair[0].get("value")]
    score.gold += len(gold)
    score.found += len(found)
    score.matched += len(pairs)
    score.valued += sum(1 for phrase in gold if phrase.get("value"))
    score.valued_found += len(found) - (len(pairs) - len(valued))
    score.right += sum(_normal(f["value"]) in map(_normal, [g["value"], *(g.get("values") or [])]) for g, f in valued)


def _pairs(
    gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]
) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair gold with found, exact spans first, then by length of overlap."""
    ranked = sorted(
        ((_overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if _overlap(g, f) > 0),
        key=lambda item: (not _exact(gold[item[1]], found[item[2]]), -item[0], item[1], item[2]),
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in ranked:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            yield gold[i], found[j]


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> int:
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _exact(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def _normal(value: str) -> str:
    return value.strip().removesuffix(":00") if value.count(":") > 1 else value.strip()


def _f1(right: int, found: int, gold: int) -> float:
    return 200 * right / (found + gold) if right else 0.0
