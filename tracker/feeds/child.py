"""The child process that reads documents of feeds: `python -m tracker.feeds.child` (see `tracker.children`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker import children
from tracker.feeds.parse import parse
from tracker.feeds.wire import line_of, options_of

__all__ = ["main"]


def main() -> None:
    """Answer requests until there are no more."""
    children.serve(_read)


def _read(head: Mapping[str, Any], body: bytes) -> bytes:  # Any: JSON
    return line_of(parse(body, head["headers"], head["url"], options_of(head)))


if __name__ == "__main__":
    main()
