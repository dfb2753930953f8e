"""What the steps work with, and their names.

Built once by `tracker.wiring` and handed down; a step takes from it what it needs and changes nothing in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tracker.articles import LanguageDetector, PageReader
from tracker.downloads import Fetcher
from tracker.events import Memory, Query, Resolver
from tracker.feeds import SafeParser
from tracker.languages import Languages
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.settings import Settings
from tracker.store import Store

__all__ = ["Dawdlers", "Parts", "Rush", "Step"]

_GIVE_WAY_S = 0.1
_LONG_S = 5.0


class Step(StrEnum):
    """The steps, in the order in which an article passes them."""

    POLL = "poll"
    READ = "read"
    EXTRACT = "extract"
    MERGE = "merge"


class Rush:
    """Whether more feeds wait than can be asked at once: then reading, which has time, makes way for polls, which have not.

    All of it runs in one process, whose threads take turns. Reading is slowed, never stopped.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        self._over.set()

    def tell(self, *, busy: bool) -> None:
        """Say whether there is a rush of polls."""
        if busy:
            self._over.clear()
        else:
            self._over.set()

    def give_way(self) -> None:
        """Wait a moment while there is a rush."""
        self._over.wait(_GIVE_WAY_S)


class Dawdlers:
    """Feeds whose server took long when it was asked last, while this process runs. Safe to share between threads."""

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def note(self, feed_id: int, seconds: float) -> None:
        """Note how long a feed's server took to answer, or not to."""
        if seconds > _LONG_S:
            self._ids.add(feed_id)
        else:
            self._ids.discard(feed_id)

    def __contains__(self, feed_id: int) -> bool:
        """Tell whether a feed is one of them."""
        return feed_id in self._ids


@dataclass(frozen=True, slots=True)
class Parts:
    """What the steps work with; built once by `tracker.wiring`.

    ``topics`` gives the compiled queries by slug. Once ``stop`` is set, a batch ends after the row under way.
    """

    store: Store
    fetcher: Fetcher
    parser: SafeParser
    pages: PageReader
    languages: Languages
    detector: LanguageDetector
    gazetteer: Gazetteer
    names: NameBook
    resolver: Resolver
    topics: Callable[[], Sequence[tuple[str, Query]]]
    settings: Settings
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    worker: str
    stop: threading.Event = field(default_factory=threading.Event)
    rush: Rush = field(default_factory=Rush)
    dawdlers: Dawdlers = field(default_factory=Dawdlers)
    memory: Memory = field(default_factory=Memory)
