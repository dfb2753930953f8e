"""The gazetteer's file is replaced as a whole and rebuilt when code or data changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tracker.errors import StoreError
from tracker.places import ATTRIBUTION, Gazetteer, build, build_apart, is_current


def test_a_fresh_gazetteer_is_current_and_small(gazetteer_path: Path) -> None:
    assert is_current(gazetteer_path)
    assert gazetteer_path.stat().st_size < 60_000_000


def test_building_leaves_nothing_else_behind(gazetteer_path: Path) -> None:
    assert [path.name for path in gazetteer_path.parent.iterdir()] == [gazetteer_path.name]


def test_what_is_no_gazetteer_of_this_version_is_refused(tmp_path: Path) -> None:
    junk, old = tmp_path / "junk.db", tmp_path / "old.db"
    junk.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with closing(sqlite3.connect(old)) as db:
        db.execute("create table meta (version text)")
        db.execute("insert into meta values ('older')")
        db.commit()
    for path in (junk, old, tmp_path / "absent.db"):
        assert not is_current(path)
        with pytest.raises(StoreError, match="build"):
            Gazetteer.open(path)


def test_a_failed_build_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "places.db"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("tracker.places.building._write", fail)
    with pytest.raises(OSError, match="disk full"):
        build(path)
    assert [p.name for p in tmp_path.iterdir()] == ["places.db"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_named_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"places.db: the gazetteer cannot be built: .*file'?$") as failure:
        build_apart(tmp_path / "file" / "places.db")
    assert "\n" not in str(failure.value)


def test_the_source_is_named_with_its_licence() -> None:
    assert ATTRIBUTION == ("GeoNames, CC BY 4.0", "https://www.geonames.org/")
