"""Key dates of real topics against published timelines: articles are stored, `digest` is asked, its days are compared with the gold.

Prints Date-F1 per set (mean precision and recall over its timelines, then F, as published). ROUGE is left to an evaluator: each
digest is kept as JSON. Articles are stored only, neither read for events nor merged: a digest needs neither.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.data import required
from benchmarks.product import Product
from tracker import pipeline, settings, wiring
from tracker.articles import article_from_json
from tracker.errors import ArticleError
from tracker.types import Article

WIDER = {"t17": 0, "ml_crisis": 0, "entities": 7}  # days the window is wider than the gold on both sides, as published
MAX_CHARS = 200_000

Days = dict[date, int]
"""Gold days with the number of their sentences."""


def run() -> None:
    """Print Date-F1, timelines and seconds of each set."""
    for name, wider in WIDER.items():
        folder = required(f"digests {name}", "tls", name)
        if folder is not None:
            _set(name, sorted(path for path in folder.iterdir() if path.is_dir()), wider)


def _set(name: str, topics: list[Path], wider: int) -> None:
    started = time.perf_counter()
    scores = [
        score for topic in topics for score in _topic(topic, wider, topic.name[:2] if name == "ml_crisis" else "en")
    ]
    precision, recall = (sum(score[part] for score in scores) / len(scores) for part in (0, 1))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{name:10} {len(scores):3} timelines, Date-F1 {f1:.3f}, {time.perf_counter() - started:.0f} s")


def _topic(topic: Path, wider: int, language: str) -> Iterator[tuple[float, float]]:
    product = Product()
    _store(product, topic / "articles.jsonl.gz", language)
    words = json.loads((topic / "keywords.json").read_text(encoding="utf-8"))
    for number, line in enumerate((topic / "timelines.jsonl").open(encoding="utf-8")):
        gold: Days = {date.fromisoformat(row["date"][:10]): len(row["sentences"]) for row in json.loads(line)}
        each = max(1, round(sum(gold.values()) / len(gold)))
        done = product.run(
            "digest", "--query", " OR ".join(words), "--dates", str(len(gold)), "--sentences", str(each),
            "--from", str(min(gold) - timedelta(wider)), "--to", str(max(gold) + timedelta(wider)),
        )  # fmt: skip
        (product.folder / f"{topic.name}-{number}.json").write_text(done.output, encoding="utf-8")
        found = {date.fromisoformat(row["date"]) for row in json.loads(done.output)}
        hits = len(found & gold.keys())
        print(f"  {topic.name} {number}: {hits} of {len(gold)} days, {done.seconds:.0f} s; {product.folder}")
        yield hits / max(1, len(found)), hits / len(gold)


def _store(product: Product, path: Path, language: str) -> None:
    parts = wiring.build(settings.load(product.environment))
    try:
        pipeline.accept(parts, list(_articles(path, language)))
    finally:
        wiring.close(parts)


def _articles(path: Path, language: str) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line) | {"lang": language}
            try:
                yield article_from_json(json.dumps(row), number=number, max_chars=MAX_CHARS)
            except ArticleError as empty:  # some have neither title nor text
                print(f"  {path.parent.name}: {empty}")
