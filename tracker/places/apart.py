"""Building the gazetteer in a process of its own: the 240 MB that takes end with it, and do not stay with a server for years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tracker.errors import StoreError

__all__ = ["build_apart"]

_ROOT = Path(__file__).resolve().parents[2]


def build_apart(path: Path) -> None:
    """Build the gazetteer at ``path`` as `tracker.places.build` does. Raises: StoreError where it cannot be written."""
    command = [sys.executable, "-m", "tracker.places", str(path.absolute())]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own module
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"the process ended with {done.returncode}"])[-1]
        raise StoreError(f"the gazetteer cannot be built: {reason}", subject=str(path))
