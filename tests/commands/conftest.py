"""The command line inside this process, on a database and in a folder of its own."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.pipeline.newsroom import Newsroom, newsroom_at_work
from tracker.commands import main


@dataclass(frozen=True)
class Cli:
    """`python -m tracker` with an environment of its own."""

    environment: dict[str, str]
    folder: Path

    def run(self, *arguments: str, stdin: bytes = b"", code: int | None = 0, **variables: str) -> Result:
        """Run a command to its end; a failure that is not reported in words is raised."""
        runner = CliRunner(env={**self.environment, **variables})
        result = runner.invoke(main, arguments, input=stdin, catch_exceptions=False, prog_name="kronik")
        assert code in (None, result.exit_code), (
            f"{arguments}: exit {result.exit_code}\n{result.stdout}\n{result.stderr}"
        )
        return result

    def error(self, *arguments: str, stdin: bytes = b"", code: int = 1, **variables: str) -> str:
        """Run a command that fails; give the one line that says why."""
        told = self.run(*arguments, stdin=stdin, code=code, **variables).stderr.strip().splitlines()
        errors = [line for line in told if line.startswith("Error: ")]
        assert len(errors) == 1, told
        assert told[-1] == errors[0], f"the error goes on after its line: {told}"
        return errors[0]

    def file(self, name: str, content: str | bytes) -> str:
        """Write a file into the folder; give its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """An empty newsroom."""
    with newsroom_at_work() as room:
        yield room


@pytest.fixture
def cli(tmp_path: Path, gazetteer_dir: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """A command line on an empty embedded database, with lists that are empty too."""
    for name in os.environ:
        if name.startswith("TRACKER_"):
            monkeypatch.delenv(name)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    environment = {
        "TRACKER_DATABASE_URL": f"sqlite:///{tmp_path / 'kronik.db'}",
        "TRACKER_DATA_DIR": str(gazetteer_dir),
        "TRACKER_FEEDS_FILE": str(tmp_path / "feeds.toml"),
        "TRACKER_TOPICS_FILE": str(tmp_path / "topics.toml"),
        "TRACKER_FETCH_ALLOW": newsroom.address,
        "TRACKER_FETCH_HOST_GAP_S": "0",
        "TRACKER_LOG_LEVEL": "error",
    }
    yield Cli(environment, tmp_path)
    root.handlers[:], level = before
    root.setLevel(level)
