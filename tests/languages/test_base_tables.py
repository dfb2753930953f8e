"""The generated tables of every language are what the locale data gives now; hand-written ones lie above them."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tracker.errors import LanguageDataError
from tracker.languages import Languages, generate
from tracker.languages.layers import layered

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tracker" / "languages" / "data"
PROBE = "import json, sys; from tracker.languages import generate; print(json.dumps({c: generate.base(c) for c in sys.argv[1:]}))"
OWN: dict[str, object] = {"name": "Testish", "order": "dmy", "boundaries": "both"}


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """Generate every base.toml in a process of its own: Babel's data depends on which locales were read before."""
    run = subprocess.run(
        [sys.executable, "-c", PROBE, *Languages().codes()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("iso", Languages().codes())
def test_the_base_table_of_a_language_is_the_one_its_command_writes(iso: str, generated: dict[str, str]) -> None:
    written = (DATA / iso / "base.toml").read_text(encoding="utf-8")
    assert written == generated[iso], f"run: python -m tracker languages generate {iso}"


def test_a_base_table_names_its_sources_and_their_versions(generated: dict[str, str]) -> None:
    head = generated["nl"].partition("name =")[0]
    assert "CLDR 4" in head
    assert "Unicode License" in head
    assert "dateparser 1." in head
    assert "BSD-3-Clause" in head


def test_months_days_units_and_directions_come_from_locale_data(generated: dict[str, str]) -> None:
    tables = tomllib.loads(generated["nl"])
    assert tables["months"]["1"] == ["jan", "jan.", "januari"]
    assert "maandag" in tables["weekdays"]["1"]
    assert "dagen" in tables["units"]["day"]
    assert tables["ago"] == {"after": ["geleden"]}
    assert "jan" in tables["weak"]
    assert "januari" not in tables["weak"]


def test_a_language_the_sources_do_not_have_is_refused() -> None:
    with pytest.raises(LanguageDataError, match="xq: CLDR has no such language"):
        generate.base("xq")
    with pytest.raises(LanguageDataError, match="ISO 639-1"):
        generate.base("../../etc")


def test_a_dropped_word_is_gone_and_the_others_stay() -> None:
    base = {"months": {"3": ["mar", "marzo"]}, "weak": ["mar"]}
    _, below = layered(OWN | {"drop": {"months": ["mar"]}}, base, {}, "xx")
    assert below["months"] == {"3": ["marzo"]}


def test_a_dropped_word_that_was_never_there_is_named() -> None:
    with pytest.raises(LanguageDataError, match=r"xx: drop\.months: base.toml has no 'mai'"):
        layered(OWN | {"drop": {"months": ["mai"]}}, {"months": {"3": ["mar"]}}, {}, "xx")
    with pytest.raises(LanguageDataError, match="drop holds lists"):
        layered(OWN | {"drop": ["mai"]}, {}, {}, "xx")


def test_a_word_listed_by_hand_is_no_longer_weak() -> None:
    base = {"months": {"3": ["mar"], "5": ["mai"]}, "weak": ["mar", "mai"]}
    tables, _ = layered(OWN | {"months": {"5": ["mai"]}}, base, {}, "xx")
    assert tables["weak"] == ["mar"]


def test_plain_keys_are_those_of_the_base_where_the_hand_says_nothing() -> None:
    tables, below = layered(
        {"boundaries": "none"}, {"name": "Thai", "order": "dmy"}, {"marks": {"zone": ["utc"]}}, "th"
    )
    assert (tables["name"], tables["order"], tables["boundaries"]) == ("Thai", "dmy", "none")
    assert below == {"marks": {"zone": ["utc"]}}
