"""kill -9 in the middle of an import: after a restart everything is processed exactly once."""

from __future__ import annotations

import json
import signal
import time

import pytest

from tests.e2e.conftest import Kronik

CITIES = ["Surabaya", "Bandung", "Medan", "Makassar", "Semarang", "Palembang", "Denpasar", "Padang", "Manado", "Ambon"]


def articles(count: int) -> list[dict[str, object]]:
    """Reports of floods that share no event: another city and another day each."""
    return [
        {
            "id": f"flood-{n}",
            "lang": "en",
            "published": f"2025-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}T09:00:00+07:00",
            "source": f"Gazette {n % 7}",
            "title": f"Flood hits {CITIES[n % 10]}",
            "text": f"A flood hit {CITIES[n % 10]} yesterday and destroyed {n + 10} houses, the mayor said.",
        }
        for n in range(count)
    ]


@pytest.mark.slow
def test_a_killed_import_is_completed_by_the_next_one(kronik: Kronik) -> None:
    path = kronik.folder / "many.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles(120)), encoding="utf-8")
    for wait_s in (1.5, 2.5):
        process = kronik.start("import", str(path))
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    kronik.run("import", str(path))
    events = kronik.events()
    told = [(r["article_id"], r["field"], r["start"]) for e in events for r in e["reports"]]
    assert len(told) == len(set(told))
    assert {article_id for article_id, _, _ in told} == {f"flood-{n}" for n in range(120)}

    untouched = kronik.folder / "fresh.jsonl"
    untouched.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    kronik.run("import", str(untouched))
    assert kronik.events() == events
