"""Kronik as its users run it: `python -m tracker` on a database of its own, with time and peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import ROOT


@dataclass(frozen=True, slots=True)
class Run:
    """One command: standard output, seconds of wall clock, peak resident memory of any command so far in MB."""

    output: str
    errors: str
    seconds: float
    peak_mb: float


class Product:
    """A command line on an empty SQLite database in a folder of its own."""

    def __init__(self, **environment: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kronik-bench-"))
        (self.folder / "feeds.toml").write_text("", encoding="utf-8")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")} | {
            "TRACKER_DATABASE_URL": f"sqlite:///{self.folder / 'kronik.db'}",
            "TRACKER_FEEDS_FILE": str(self.folder / "feeds.toml"),
            **environment,
        }

    def run(self, *arguments: str, stdin: str = "") -> Run:
        """Run a command to its end. Raises: CalledProcessError with its messages."""
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, env=self.environment, input=stdin,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - started
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{arguments}: {done.stderr[-2000:]}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return Run(done.stdout, done.stderr, seconds, peak)

    def events(self) -> list[dict[str, Any]]:
        """Export every event."""
        return [json.loads(line) for line in self.run("export", "--format", "jsonl").output.splitlines()]
