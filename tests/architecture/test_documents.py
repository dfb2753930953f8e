"""What the documents say is so: links lead somewhere, commands, targets and settings exist, nothing tells of one machine."""

from __future__ import annotations

import dataclasses
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import click
import pytest

from tracker.commands import FAMILIES, main
from tracker.settings import CONFIG_VARIABLE, DEFAULTS, Settings, variable

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCUMENTS = sorted([README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
NOT_OURS = {"__pycache__", "var", "node_modules"}  # and what begins with a dot, but for the folder of the checks
MACHINE_PATHS = tuple(f"/{folder}/" for folder in ("tmp", "work", "root", "home", "Users"))
SYSTEM_PATHS = ("C:\\" + "Users",)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """Give a document without its blocks of code."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Name the anchors of a document's headings as code hosts make them."""
    heads = re.findall(r"^#+ +(.*)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def leads(path: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    found = (path.parent / target) if target else path
    return found.exists() and (not anchor or anchor in anchors(found))


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file_that_is_there(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(path))
    own = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in own if not leads(path, link)] == []


def command(words: list[str]) -> click.Command | None:
    """Find the command that words begin with, as far as they name one."""
    found: click.Command | None = main
    for word in words:
        if not isinstance(found, click.Group) or word.startswith("-"):
            break
        found = found.get_command(click.Context(found), word)
    return found


def options(words: list[str]) -> set[str]:
    found = command(words)
    return {name for parameter in (found.params if found else ()) for name in parameter.opts} | {"--help", "-h"}


def calls(path: Path) -> Iterator[list[str]]:
    """Give the words of each call of the command line a document shows, in code or in backticks."""
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"python -m tracker((?: +[^\s#>|`]+)*)", text):
        yield line.split()
    for quoted in re.findall(r"`([a-z-]+(?: [^`]+)?)`", prose(path)):
        words = quoted.split()
        if words[0] in FAMILIES:
            yield words


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_command_a_document_names_exists_with_its_options(path: Path) -> None:
    given = list(calls(path))
    assert [" ".join(words) for words in given if command(words) is None] == []
    unknown = [
        (" ".join(words), word)
        for words in given
        for word in words
        if word.startswith("--") and word not in options(words)
    ]
    assert unknown == []


def test_the_readme_shows_calls_of_the_command_line() -> None:
    assert len(list(calls(README))) >= 5


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "Makefile", ROOT / ".ci/run"], ids=named)
def test_every_make_target_a_document_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"(?:`|^|# )make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert found <= targets()


def test_every_target_that_is_no_file_is_said_to_be_none() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets() - {"help"}


def settings() -> set[str]:
    """Name every field of every section as 'section.field'."""
    sections = {name: kind for name, kind in get_type_hints(Settings).items() if dataclasses.is_dataclass(kind)}
    return {f"{name}.{field.name}" for name, kind in sections.items() for field in dataclasses.fields(kind)}


def test_the_shipped_settings_are_those_of_the_code() -> None:
    shipped = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    assert {f"{section}.{key}" for section, table in shipped.items() for key in table} == settings()


def test_every_setting_has_a_comment_beside_it() -> None:
    lines = [line for line in DEFAULTS.read_text(encoding="utf-8").splitlines() if re.match(r"\w+ *=", line)]
    assert len(lines) == len(settings())
    assert [line for line in lines if not re.search(r"# \S.{5,}$", line)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_variable_and_setting_a_document_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    variables = {variable(key) for key in settings()} | {CONFIG_VARIABLE}
    given = {name.removesuffix("_FILE") for name in re.findall(r"\bTRACKER_[A-Z_]*[A-Z]\b", text)}
    assert given <= variables
    sections = {key.partition(".")[0] for key in settings()}
    keys = {key for key in re.findall(r"`([a-z]+\.[a-z_]+)`", text) if key.partition(".")[0] in sections}
    assert {key for key in keys if not key.endswith((".py", ".toml", ".md"))} <= settings()


def repository() -> Iterator[Path]:
    """Give every file of ours."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in NOT_OURS and (not f.startswith(".") or f == ".ci")]
        ours = (
            n for n in names if n != ".git" and not n.endswith((".db", ".pyc", ".png"))
        )  # a worktree's .git is a file
        yield from (Path(folder) / name for name in ours)


def test_no_file_tells_of_the_machine_it_was_written_on() -> None:
    found = [
        f"{named(path)}: {word}"
        for path in repository()
        for text in [path.read_bytes().decode("utf-8", "replace")]
        for word in (*MACHINE_PATHS, *SYSTEM_PATHS)
        if word in re.sub(r"https?://\S+", "", text)
    ]
    assert found == []
