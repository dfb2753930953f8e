"""The child process that reads web pages: `python -m tracker.articles.child` (see `tracker.children`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker import children
from tracker.articles.text import page_text

__all__ = ["main"]


def main() -> None:
    """Answer requests until there are no more."""
    children.serve(_read)


def _read(head: Mapping[str, Any], body: bytes) -> bytes:  # Any: JSON
    return page_text(body, url=head["url"]).encode("utf-8", "replace")


if __name__ == "__main__":
    main()
