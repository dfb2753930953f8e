"""What is installed: the tools' lock pins what the runtime's locks pin, in the same versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(path: str) -> dict[str, str]:
    found = _PIN.findall((ROOT / path).read_text(encoding="utf-8"))
    return {plain(name): version for name, version in found}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", ["requirements.txt", "config/scale-requirements.txt"])
def test_the_tools_install_what_the_runtime_needs(lock: str) -> None:
    wanted, tools = pins(lock), pins("tests/requirements.txt")
    assert wanted
    assert {name: tools.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("name", ["requirements", "config/scale-requirements", "tests/requirements"])
def test_every_library_that_is_named_is_pinned(name: str) -> None:
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    named = {plain(re.split(r"[\[<>=; ]", line)[0]) for line in lines if line and line[0].isalpha()}
    assert named <= pins(f"{name}.txt").keys()
