"""Where measuring data lies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def folder() -> Path | None:
    """Give the folder of measuring data, None where there is none."""
    path = (ROOT / os.environ.get("KRONIK_DATA", "../shared/data")).resolve()
    return path if path.is_dir() else None


def required(name: str, *parts: str) -> Path | None:
    """Give a file or folder of the measuring data; say visibly that ``name`` is skipped where it is missing."""
    base = folder()
    path = base.joinpath(*parts) if base else None
    if path is None or not path.exists():
        print(f"SKIPPED {name}: no {'/'.join(parts) or 'data'} (set KRONIK_DATA)", file=sys.stderr)
        return None
    return path
