"""Settings: defaults, the operator's file, the environment, and errors that name key, value and place."""

from pathlib import Path

import pytest

from tracker.errors import SettingsError
from tracker.settings import PROJECT, load, variable


def test_the_shipped_defaults_load() -> None:
    loaded = load({})
    assert loaded.web.port == 8000
    assert loaded.database_url == f"sqlite:///{PROJECT / 'var' / 'kronik.db'}"
    assert loaded.sources == ()


def test_the_operators_file_beats_the_defaults_and_the_environment_beats_both(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[web]\nport = 9000\nsite_name = "Mine"\n')
    loaded = load({"TRACKER_CONFIG": str(mine), "TRACKER_WEB_PORT": "9001"})
    assert (loaded.web.port, loaded.web.site_name) == (9001, "Mine")
    assert dict(loaded.sources) == {"web.port": "TRACKER_WEB_PORT", "web.site_name": str(mine)}


def test_an_unknown_key_of_a_file_is_named_with_value_and_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[web]\nprot = 9000\n")
    with pytest.raises(SettingsError, match=r"mine\.toml: unknown setting web\.prot = 9000"):
        load({"TRACKER_CONFIG": str(mine)})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("TRACKER_WEB_PORT", "eight", r"TRACKER_WEB_PORT: web\.port = 'eight' is no whole number"),
        ("TRACKER_WEB_PORT", "70000", r"web\.port = '70000' is not between 1 and 65535"),
        ("TRACKER_CLOCK_SCALE", "0", r"service\.clock_scale = '0' is not between"),
        ("TRACKER_CLOCK_SCALE", "nan", r"service\.clock_scale = 'nan' is not between"),
        ("TRACKER_LOG_LEVEL", "loud", r"service\.log_level = 'loud' is none of debug"),
        ("TRACKER_WEB_PROT", "8000", r"TRACKER_WEB_PROT: = '8000' is no setting"),
        ("TRACKER_CONFIG", "/nowhere.toml", r"/nowhere\.toml: cannot be read"),
    ],
)
def test_a_bad_value_is_refused_with_key_value_and_place(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load({name: value})


def test_a_value_of_the_wrong_kind_in_a_file_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[web]\nport = true\n")
    with pytest.raises(SettingsError, match=r"web\.port = True is no whole number"):
        load({"TRACKER_CONFIG": str(mine)})


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("port: 9000")
    with pytest.raises(SettingsError, match=r"mine\.toml: is no TOML file"):
        load({"TRACKER_CONFIG": str(mine)})


def test_a_secret_can_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://kronik@db/kronik\n")
    assert load({"TRACKER_DATABASE_URL_FILE": str(secret)}).database_url == "postgresql://kronik@db/kronik"


def test_lists_may_be_written_with_commas_and_spaces() -> None:
    assert load({"TRACKER_FETCH_ALLOW": "127.0.0.1:8099, ::1:8099"}).fetch.allow == ("127.0.0.1:8099", "::1:8099")


def test_the_service_section_has_no_prefix_of_its_own() -> None:
    assert variable("service.database_url") == "TRACKER_DATABASE_URL"
    assert variable("fetch.allow") == "TRACKER_FETCH_ALLOW"
