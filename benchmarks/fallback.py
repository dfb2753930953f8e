"""What dateparser would add as a fallback: its values on the very spans our reader delimits, where gold names a day, month or year.

The question is not who is better, but how often it is right where we are wrong, and how a caller could tell (ADR 0010).
"""

from __future__ import annotations

import json
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.data import required
from benchmarks.timex import calendar_day, matches
from tracker.languages import shipped
from tracker.times import tag

CORPORA = {
    "timebank": "en", "meantime_en": "en", "te3_es": "es", "meantime_es": "es", "te2_fr": "fr", "te2_it": "it", "kompas_dev": "id", "te2_zh": "zh",
    "te2_ko": "ko", "estonian": "et",
}  # fmt: skip


def run() -> None:
    """Print a line per corpus: how many spans, who is right on them, and how often dateparser is right alone."""
    folder = required("fallback", "temporal")
    if folder is None:
        return
    print(
        f"{'corpus':14} {'spans':>6} {'ours right':>10} {'dateparser right':>16} {'right alone':>11} {'wrong alone':>11} {'ms a call':>9}"
    )
    for name, iso in CORPORA.items():
        counts, spent_s = _compared(folder / f"{name}.jsonl", iso)
        total = max(1, counts["spans"])
        shares = [f"{100 * counts[key] / total:.1f} %" for key in ("ours", "theirs", "only theirs", "only ours")]
        print(
            f"{name:14} {counts['spans']:6} {shares[0]:>10} {shares[1]:>16} {shares[2]:>11} {shares[3]:>11} {1000 * spent_s / total:9.1f}"
        )


def _compared(path: Path, iso: str) -> tuple[Counter[str], float]:
    from dateparser.date import DateDataParser

    counts: Counter[str] = Counter()
    spent_s = 0.0
    for dct, found, gold in _spans(path, iso):
        settings = {
            "RELATIVE_BASE": datetime.combine(dct, datetime.min.time()),
            "REQUIRE_PARTS": ["year"],
            "PREFER_DATES_FROM": "past",
        }
        begun = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            said = DateDataParser(languages=[iso], settings=settings).get_date_data(found["text"])
        spent_s += time.perf_counter() - begun
        theirs = (
            said.date_obj.date().isoformat()[: {"year": 4, "month": 7}.get(said.period, 10)] if said.date_obj else ""
        )
        mine_right, theirs_right = calendar_day(found) == gold, theirs == gold
        counts["spans"] += 1
        counts["ours"] += mine_right
        counts["theirs"] += theirs_right
        counts["only theirs"] += theirs_right and not mine_right
        counts["only ours"] += mine_right and not theirs_right
    return counts, spent_s


def _spans(path: Path, iso: str) -> Iterator[tuple[date, dict[str, Any], str]]:
    """Give each span we delimit whose gold is a place on the calendar: the day of writing, what we read, the gold."""
    data = shipped().times(iso)
    for line in path.open(encoding="utf-8"):
        document = json.loads(line)
        if data is None or not document.get("dct"):
            continue
        dct = date.fromisoformat(document["dct"][:10])
        mentions = tag(document["text"], data=data, dct=dct)
        found = [
            {"start": m.start, "end": m.end, "type": m.timex_type, "value": m.timex_value, "text": m.text}
            for m in mentions
        ]
        for gold, mine in matches(document["timexes"], found):
            if day := calendar_day(gold):
                yield dct, dict(mine), day
