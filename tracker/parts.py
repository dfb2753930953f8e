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
from tracker.events import Query, Resolver
from tracker.feeds import SafeParser
from tracker.languages import Languages
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.settings import Settings
from tracker.store import Store

__all__ = ["Parts", "Rush", "Step"]

_GIVE_WAY_S = 0.1


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
