"""Whole runs through the command line, each on a database of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Kronik:
    """`python -m tracker` with an environment of its own."""

    environment: dict[str, str]
    folder: Path
    log: list[str] = field(default_factory=list)

    def run(self, *arguments: str, stdin: str = "", code: int = 0) -> str:
        """Run a command to its end; give its standard output."""
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, env=self.environment, input=stdin,
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        self.log.append(done.stderr)
        assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def import_articles(self, *articles: dict[str, Any]) -> str:
        """Import articles given as objects."""
        path = self.folder / f"articles-{len(self.log)}.jsonl"
        path.write_text(
            "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8"
        )
        return self.run("import", str(path))

    def events(self, *options: str) -> list[dict[str, Any]]:
        """Export everything as event objects."""
        return [json.loads(line) for line in self.run("export", "--format", "jsonl", *options).splitlines()]


@pytest.fixture
def kronik(database_url: str, tmp_path: Path, gazetteer_dir: Path) -> Kronik:
    """A command line on an empty, migrated database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    environment |= {
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_DATA_DIR": str(gazetteer_dir),
        "TRACKER_FEEDS_FILE": str(tmp_path / "feeds.toml"),
        "PYTHONWARNINGS": "default",
    }
    (tmp_path / "feeds.toml").write_text("", encoding="utf-8")
    product = Kronik(environment, tmp_path)
    product.run("migrate")
    return product


def matching(events: Sequence[dict[str, Any]], *words: str) -> list[dict[str, Any]]:
    """Events of which some report's quote holds all the words."""
    return [e for e in events if any(all(w.lower() in r["quote"].lower() for w in words) for r in e["reports"])]
