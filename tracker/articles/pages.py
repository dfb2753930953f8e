"""Texts of web pages, read in children that can be killed, and remembered for a while: several entries may link to one page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from tracker.children import Children
from tracker.links import canonical_link
from tracker.types import Download

__all__ = ["PageReader"]

_CHILDREN = 2
_KEPT_S = 600.0
_KEPT_MOST = 64


class PageReader:
    """Reads pages. Safe to share between threads. ``limit_s`` is the time a page may take, ``clock`` gives monotonic seconds."""

    def __init__(self, limit_s: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._children = Children("tracker.articles.child", limit_s, most=_CHILDREN)
        self._clock = clock
        self._kept: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def known(self, url: str) -> str | None:
        """Give the text of a page that was read a moment ago, None where none was."""
        with self._lock:
            kept = self._kept.get(canonical_link(url))
        return kept[1] if kept is not None and kept[0] > self._clock() else None

    def read(self, url: str, page: Download) -> str:
        """Give a page's text and remember it under the address that was asked for; '' where it has none for us."""
        answer = self._children.ask({"url": page.url}, page.body)
        text = answer[1].decode() if answer is not None and answer[0]["ok"] else ""
        with self._lock:
            self._kept.pop(canonical_link(url), None)
            self._kept[canonical_link(url)] = (self._clock() + _KEPT_S, text)
            for oldest in list(self._kept)[:-_KEPT_MOST]:
                del self._kept[oldest]
        return text

    def close(self) -> None:
        """End the children."""
        self._children.close()
