"""The page on adding a language is true to the letter: what it shows makes a language that passes its own check."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "add-a-language.md").read_text(encoding="utf-8")
STEPS = PAGE.partition("## A language in five minutes")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```(?P<kind>sh|toml)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the commands need, and leave the project itself alone."""
    copied = tmp_path_factory.mktemp("project")
    for folder in ("tracker", "config"):
        shutil.copytree(ROOT / folder, copied / folder, ignore=shutil.ignore_patterns("__pycache__", "*.db"))
    return copied


def run(line: str, project: Path) -> str:
    """Run a line of a block as the page has it, with this Python."""
    piped, _, command = line.rpartition(" | ")
    words = [sys.executable if word == ".venv/bin/python" else word for word in shlex.split(command)]
    said = " ".join(shlex.split(piped)[1:])
    done = subprocess.run(words, cwd=project, input=said, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def said(project: Path) -> str:
    """Do all that the page says, in its order; give what was printed."""
    printed = ""
    for block in BLOCK.finditer(STEPS):
        if block["kind"] == "sh":
            printed += "".join(run(line, project) for line in block["body"].splitlines())
            continue
        path, _, body = block["body"].removeprefix("# ").partition("\n")
        (project / path).write_text(body, encoding="utf-8")
    return printed


def test_the_example_is_a_language_the_project_does_not_have() -> None:
    assert not (ROOT / "tracker" / "languages" / "data" / "gl").exists()


def test_following_the_page_makes_a_language_that_passes_its_check(said: str) -> None:
    assert "gl/base.toml written" in said
    assert "6 examples, 0 failed" in said
    assert '"2025-05-13"' in said


def test_the_list_says_that_it_reads_dates_only(said: str) -> None:
    line = next(line for line in said.splitlines() if line.startswith("gl "))
    assert "Galician" in line
    assert "dates only" in line
