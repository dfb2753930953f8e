"""What every command shares: help, exit codes, and failures told in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.commands.conftest import Cli
from tracker import __version__
from tracker.commands import FAMILIES, main

ROOT = Path(__file__).resolve().parents[2]
PROMISED = (
    "serve",
    "web",
    "demo",
    "migrate",
    "poll",
    "import",
    "export",
    "tag",
    "explain",
    "feeds",
    "topics",
    "doctor",
    "languages",
)
SUBCOMMANDS = {
    "feeds": {"list", "add", "remove", "import-opml", "export-opml", "discover"},
    "topics": {"list", "add", "remove"},
    "languages": {"list", "check"},
}


def tree(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """Name every command below a group."""
    for name in group.list_commands(click.Context(group)):
        yield (*path, name)
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from tree(command, *path, name)


COMMANDS = sorted(tree(main))


def test_every_promised_command_exists() -> None:
    assert set(PROMISED) <= set(FAMILIES)


@pytest.mark.parametrize(("group", "names"), SUBCOMMANDS.items())
def test_every_promised_subcommand_exists(group: str, names: set[str]) -> None:
    assert {path[1] for path in COMMANDS if len(path) == 2 and path[0] == group} >= names


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(cli: Cli, path: tuple[str, ...]) -> None:
    shown = cli.run(*path, "--help").stdout
    assert shown.startswith("Usage: kronik " + " ".join(path))
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_the_list_of_commands_has_each_with_a_line(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli.run(*arguments, code=0 if arguments else 2)
    lines = (result.stdout + result.stderr).splitlines()
    assert {line.split()[0] for line in lines if line.startswith("  ") and len(line.split()) > 2} >= set(PROMISED)


def test_the_version_is_told(cli: Cli) -> None:
    assert cli.run("--version").stdout == f"kronik, version {__version__}\n"


@pytest.mark.parametrize("path", [(), *COMMANDS], ids=" ".join)
def test_an_unknown_option_is_wrong_usage(cli: Cli, path: tuple[str, ...]) -> None:
    assert "--no-such-option" in cli.error(*path, "--no-such-option", code=2)


@pytest.mark.parametrize("group", [(), *[(name,) for name in SUBCOMMANDS]], ids=" ".join)
def test_an_unknown_command_is_wrong_usage(cli: Cli, group: tuple[str, ...]) -> None:
    assert "no-such-command" in cli.error(*group, "no-such-command", code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",), ("import", "/no/such/file"), ("explain",), ("feeds", "add"), ("feeds", "remove"), ("topics", "add", "x"),
        ("export", "--format", "stone"), ("export", "--from", "June"), ("tag", "--prefer", "never"), ("export", "--topic", "none"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_missing_or_impossible_argument_is_wrong_usage(cli: Cli, arguments: tuple[str, ...]) -> None:
    cli.error(*arguments, code=2)


WORKING = [
    ("topics", "list"),
    ("feeds", "list"),
    ("export",),
    ("migrate",),
    ("doctor",),
    ("languages", "list"),
    ("tag",),
    ("poll",),
    ("serve",),
]


@pytest.mark.parametrize("arguments", WORKING, ids=" ".join)
def test_an_unknown_setting_is_named_by_every_command(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert cli.error(*arguments, TRACKER_WEB_PROT="80").startswith("Error: TRACKER_WEB_PROT: = '80' is no setting")


@pytest.mark.parametrize("arguments", [("topics", "list"), ("tag",)], ids=" ".join)
def test_an_unknown_key_of_a_settings_file_is_named_with_the_file(cli: Cli, arguments: tuple[str, ...]) -> None:
    path = cli.file("mine.toml", "[web]\nprot = 80\n")
    assert cli.error(*arguments, TRACKER_CONFIG=path) == (
        f"Error: {path}: unknown setting web.prot = 80; config/default.toml lists all"
    )


STORING = [
    ("topics", "list"),
    ("feeds", "list"),
    ("export",),
    ("migrate",),
    ("poll",),
    ("serve",),
    ("web",),
    ("explain", "1"),
]


@pytest.mark.parametrize("arguments", STORING, ids=" ".join)
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://someone:s3cret@127.0.0.1:1/kronik", "127.0.0.1"),
        ("sqlite:////dev/null/kronik.db", "/dev/null"),
        ("mysql://host/kronik", "is neither SQLite nor PostgreSQL"),
    ],
    ids=["no server", "no folder", "no such kind"],
)
def test_a_database_that_cannot_be_had_is_named_in_one_line(
    cli: Cli, arguments: tuple[str, ...], url: str, words: str
) -> None:
    told = cli.error(*arguments, TRACKER_DATABASE_URL=url)
    assert words in told
    assert "s3cret" not in told


@pytest.mark.parametrize("arguments", [("poll",), ("serve",)], ids=" ".join)
@pytest.mark.parametrize(
    ("list_", "content", "words"),
    [
        ("feeds.toml", '[[feed]]\nurl = "ftp://x/"\n', "is no http or https address"),
        ("feeds.toml", "[[feed", "cannot be read"),
        ("topics.toml", '[[topic]]\nslug = "A b"\ntitle = "x"\nquery = "x"\n', "A b"),
    ],
)
def test_a_list_that_cannot_be_used_is_named_in_one_line(
    cli: Cli, arguments: tuple[str, ...], list_: str, content: str, words: str
) -> None:
    path = cli.file(list_, content)
    told = cli.error(*arguments)
    assert path in told
    assert words in told


def test_a_list_of_names_that_cannot_be_used_is_named_in_one_line(cli: Cli) -> None:
    path = cli.file("aliases.toml", "[[actor")
    assert path in cli.error("poll", TRACKER_ALIASES_FILE=path)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["explain", "nobody"], 1), (["no-such-command"], 2)]
)
def test_the_exit_code_reaches_the_shell(cli: Cli, arguments: list[str], code: int) -> None:
    environment = {**os.environ, **cli.environment}
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
