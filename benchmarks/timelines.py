"""Timelines of real topics against gold: the events are exported and handed to an evaluator outside this repository."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.data import required
from benchmarks.product import Product

TOPICS = ("german-government", "indonesia-disasters", "tiktok-us")


def run() -> None:
    """Print events, reports and events per article of each topic."""
    for topic in TOPICS:
        path = required(f"timeline {topic}", "news", f"{topic}.articles.jsonl")
        if path is not None:
            _topic(topic, path)


def _topic(topic: str, path: Path) -> None:
    product = Product()
    done = product.run("import", str(path))
    events = product.events()
    articles = sum(1 for line in path.open(encoding="utf-8") if line.strip())
    (product.folder / "events.jsonl").write_text(
        "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in events), encoding="utf-8"
    )
    reports = sum(len(event["reports"]) for event in events)
    print(
        f"{topic:20} {articles:3} articles, {len(events):3} events ({len(events) / articles:.1f} an article), {reports} reports, "
        f"{done.seconds:.1f} s; events in {product.folder / 'events.jsonl'}"
    )
