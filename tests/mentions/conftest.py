"""One reader of articles for all tests of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mentions.reading import Reader
from tracker.places import Gazetteer


@pytest.fixture(scope="session")
def reader(gazetteer_dir: Path) -> Reader:
    return Reader(Gazetteer.open(gazetteer_dir / "places.db"))
