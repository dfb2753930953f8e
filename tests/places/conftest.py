"""One gazetteer for all tests of places: building takes some seconds."""

from pathlib import Path

import pytest

from tracker.places import Gazetteer, build_apart


@pytest.fixture(scope="session")
def gazetteer_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gazetteer file, built once, as `serve` builds it."""
    path = tmp_path_factory.mktemp("gazetteer") / "places.db"
    build_apart(path)
    return path


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path: Path) -> Gazetteer:
    """The gazetteer, opened."""
    return Gazetteer.open(gazetteer_path)
