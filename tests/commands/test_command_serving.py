"""Kronik as a running service: it answers while it runs, reads feeds, and ends soon after it is told to."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import pytest

from tests.commands.conftest import Cli
from tests.pipeline.newsroom import Newsroom

ROOT = Path(__file__).resolve().parents[2]
FLOOD = (
    "flood",
    "Flood hits Surabaya",
    "A flood hit Surabaya on 20 November 2025 and destroyed 412 houses, the mayor said.",
)
PATIENCE_S = 60  # a machine under load; what is measured is far below


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def wait_until(true: Callable[[], bool]) -> bool:
    """Look again and again until something is true, or patience ends."""
    end = time.monotonic() + PATIENCE_S
    while not (done := true()) and time.monotonic() < end:
        Event().wait(0.1)
    return done


@contextmanager
def running(cli: Cli, *arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a service while the block lasts; give its process and its port once it says where it is."""
    port = free_port()
    environment = {**os.environ, **cli.environment, "TRACKER_WEB_PORT": str(port), **variables}
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        try:
            assert process.stdout is not None
            assert f"http://127.0.0.1:{port}" in process.stdout.readline(), process.stderr
            yield process, port
        finally:
            process.kill()


def end(process: subprocess.Popen[str], name: signal.Signals = signal.SIGINT) -> tuple[int, float, str]:
    """Tell a process to end; give its exit code, the seconds it took, and what it wrote to standard error."""
    start = time.monotonic()
    process.send_signal(name)
    _, stderr = process.communicate(timeout=PATIENCE_S)
    return process.returncode, time.monotonic() - start, stderr


@pytest.mark.parametrize("command", ["serve", "web"])
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_service_answers_and_ends_within_seconds_of_a_signal(cli: Cli, command: str, name: signal.Signals) -> None:
    with running(cli, command) as (process, port):
        assert get(port, "/healthz")[0] == 200
        assert get(port, "/")[0] == 200
        code, seconds, stderr = end(process, name)
    assert (code, "Traceback" in stderr) == (0, False), stderr
    assert seconds < 10


def test_serve_follows_its_list_and_shows_the_events(cli: Cli, newsroom: Newsroom) -> None:
    cli.file("feeds.toml", f'[[feed]]\nurl = "{newsroom.feed("/rss", FLOOD)}"\nlanguage = "en"\n')
    with running(cli, "serve") as (process, port):
        assert wait_until(lambda: "Surabaya" in get(port, "/")[1])
        assert end(process)[0] == 0
    days = [json.loads(line)["edtf"] for line in cli.run("export").stdout.split("\n")[:-1]]
    assert "2025-11-20" in days


def test_serve_ends_after_the_download_under_way(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"127.0.0.1:{mute.getsockname()[1]}"
        cli.file("feeds.toml", "".join(f'[[feed]]\nurl = "http://{address}/{n}"\n' for n in range(16)))
        variables = {"TRACKER_FETCH_ALLOW": address, "TRACKER_FETCH_READ_S": "3"}
        with running(cli, "serve", **variables) as (process, _), mute.accept()[0]:
            code, seconds, _ = end(process)
    assert (code, seconds < 20) == (0, True)
    assert cli.run("feeds", "list").stdout.count("last success never") == 16


def test_the_demo_needs_no_list_and_leaves_nothing_behind(cli: Cli) -> None:
    with running(cli, "demo") as (process, port):
        assert get(port, "/healthz")[0] == 200
        assert wait_until(lambda: "/events/" in get(port, "/")[1])
        assert end(process)[0] == 0
    assert list(cli.folder.glob("*.db")) == []


def refused(cli: Cli, *arguments: str, **variables: str) -> str:
    """Run a service that cannot start, in a process of its own; give what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *arguments], cwd=ROOT, env={**os.environ, **cli.environment, **variables},
        capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


@pytest.mark.parametrize("command", ["serve", "web"])
def test_a_port_that_is_taken_is_told_with_what_to_do(cli: Cli, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = refused(cli, command, TRACKER_WEB_PORT=port)
    assert f"cannot listen on 127.0.0.1:{port}" in told
    assert "TRACKER_WEB_PORT" in told


def test_an_address_that_is_not_ours_is_told(cli: Cli) -> None:
    assert "cannot listen on 192.0.2.1" in refused(cli, "web", TRACKER_WEB_HOST="192.0.2.1")


def test_migrating_says_that_the_database_is_up_to_date(cli: Cli) -> None:
    for _ in range(2):
        assert cli.run("migrate").stdout == f"{cli.environment['TRACKER_DATABASE_URL']}: up to date\n"


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_server_database_is_migrated_only_when_told(cli: Cli, database_url: str) -> None:
    for arguments in (["topics", "list"], ["export"], ["poll"], ["explain", "x"], ["web"]):
        told = cli.error(*arguments, TRACKER_DATABASE_URL=database_url)
        assert told.endswith("is empty; run: python -m tracker migrate")
    cli.run("migrate", TRACKER_DATABASE_URL=database_url)
    assert cli.run("export", TRACKER_DATABASE_URL=database_url).stdout == ""


def examined(lines: Sequence[str]) -> dict[str, set[str]]:
    """Sort the lines of `doctor` by what was examined."""
    found: dict[str, set[str]] = {}
    for line in lines:
        verdict, name, _ = re.split(r"\s+|: ", line, maxsplit=2)
        found.setdefault(name, set()).add(verdict)
    return found


def test_the_doctor_looks_at_everything_in_a_line_each(cli: Cli) -> None:
    cli.run("migrate")
    healthy = cli.run("languages", "check", code=None)  # the languages have tests of their own
    lines = cli.run("doctor", code=healthy.exit_code).stdout.splitlines()
    found = examined(lines)
    assert set(found) == {"configuration", "lists", "database", "gazetteer", "languages", "clock"}
    assert all(found[name] == {"ok"} for name in found if name != "languages")


def test_the_doctor_names_what_is_wrong_and_goes_on(cli: Cli) -> None:
    path = cli.file("feeds.toml", "[[feed")
    letter = f"sqlite:///{cli.file('letter.txt', 'Dear reader, ' * 99)}"
    result = cli.run("doctor", code=1, TRACKER_DATABASE_URL=letter)
    found = examined(result.stdout.splitlines())
    assert (found["lists"], found["database"], found["clock"]) == ({"WRONG"}, {"WRONG"}, {"ok"})
    assert path in result.stdout


def test_every_language_has_a_line(cli: Cli) -> None:
    lines = cli.run("languages", "list").stdout.splitlines()
    folders = {
        p.name
        for p in (ROOT / "tracker/languages/data").iterdir()
        if (p / "times.toml").is_file() and p.name != "_base"
    }
    assert {line.split()[0] for line in lines} >= folders


def test_the_examples_of_a_language_are_run(cli: Cli) -> None:
    assert re.fullmatch(r"\d+ examples, 0 failed\n", cli.run("languages", "check", "en").stdout)


@pytest.mark.parametrize("iso", ["xx", "EN", "_base", "../en"])
def test_a_language_we_do_not_have_is_told_with_those_we_have(cli: Cli, iso: str) -> None:
    told = cli.error("languages", "check", iso)
    assert "is no language Kronik has" in told
    assert "id, " in told
