"""What commands share: progress on a terminal, and the parts opened for as long as a command runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from tracker import wiring
from tracker.pipeline import Parts, Step
from tracker.settings import Settings

__all__ = ["opened", "run_steps"]


@contextmanager
def opened(settings: Settings) -> Iterator[Parts]:
    """Build the parts and end them after the block."""
    parts = wiring.build(settings)
    try:
        yield parts
    finally:
        wiring.close(parts)


def run_steps(parts: Parts, steps: tuple[Step, ...], label: str) -> None:
    """Run steps until nothing is due, with a progress bar on a terminal."""
    with _progress(label) as report:
        wiring.run_all(parts, steps, report)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int], None]]:
    """Give a function that takes the number of rows left; the total is the most that was ever left."""
    if not sys.stderr.isatty():
        yield _silent
        return
    most = 0
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def report(left: int) -> None:
            nonlocal most
            most = max(most, left, 1)
            bar.length = most
            bar.pos = most - left
            bar.update(0)

        yield report


def _silent(left: int) -> None:
    """Report nothing: nobody watches."""
    del left
