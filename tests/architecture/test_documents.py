"""What is written about Kronik is true of Kronik."""

import dataclasses
import re
import tomllib
from pathlib import Path

import click
import pytest

from tracker import settings
from tracker.commands import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_stands_in_default_toml_with_a_comment() -> None:
    lines = (ROOT / "config/default.toml").read_text(encoding="utf-8").splitlines()
    uncommented = [line for line in lines if re.match(r"\w+ = ", line) and "#" not in line]
    assert uncommented == []


def test_default_toml_and_the_settings_classes_name_the_same_keys() -> None:
    tables = tomllib.loads((ROOT / "config/default.toml").read_text(encoding="utf-8"))
    written = {f"{section}.{key}" for section, table in tables.items() for key in table}
    loaded = settings.load({})
    known = {
        f"{section.name}.{field.name}"
        for section in dataclasses.fields(loaded)
        if section.name != "sources"
        for field in dataclasses.fields(getattr(loaded, section.name))
    }
    assert written == known


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_of_a_document_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_a_document_names_exists(path: Path) -> None:
    named = set(re.findall(r"python -m tracker ([a-z]+)", path.read_text(encoding="utf-8")))
    assert named <= set(main.commands)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_make_target_a_document_names_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
    assert named <= targets


def _commands(group: click.Group) -> list[click.Command]:
    found: list[click.Command] = []
    for command in group.commands.values():
        found.extend(_commands(command) if isinstance(command, click.Group) else [command])
    return found


def test_every_command_and_option_explains_itself() -> None:
    silent = [c.name for c in _commands(main) if not c.help]
    silent += [
        f"{c.name} {p.name}" for c in _commands(main) for p in c.params if isinstance(p, click.Option) and not p.help
    ]
    assert silent == []
