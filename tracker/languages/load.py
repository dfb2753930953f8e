"""Load the data of a language when it is first asked for. A language is one folder of `data/`, and no code."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tracker.errors import LanguageDataError
from tracker.languages.layers import layered
from tracker.languages.mentions_schema import MentionsData, read_mentions
from tracker.languages.times_schema import TimesData, read_times

__all__ = ["Languages", "shipped"]

DATA = Path(__file__).parent / "data"
BASE = "_base"


class Languages:
    """The languages of a folder. Safe to share between threads; each file is read and checked once.

    Raises, from every method that reads: LanguageDataError naming language, table and key.
    """

    def __init__(self, root: Path = DATA) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._times: dict[str, TimesData | None] = {}
        self._mentions: dict[str, MentionsData | None] = {}

    def codes(self) -> tuple[str, ...]:
        """Name every language there is, as ISO 639-1 codes in order."""
        return tuple(sorted(path.name for path in self.root.iterdir() if path.is_dir() and path.name != BASE))

    def times(self, iso: str) -> TimesData | None:
        """Give a language's words of time; None where there is no such language."""
        with self._lock:
            if iso not in self._times:
                self._times[iso] = self._read_times(iso)
            return self._times[iso]

    def _read_times(self, iso: str) -> TimesData | None:
        """Read a language's layers: what all share, what was generated, what was written by hand."""
        own = self.read(iso, "times")
        if own is None:
            return None
        tables, below = layered(own, self.read(iso, "base") or {}, self.read(BASE, "times") or {}, iso)
        return read_times(tables, below, iso)

    def mentions(self, iso: str) -> MentionsData | None:
        """Give a language's words of events; None where there is no such language."""
        times = self.times(iso)
        with self._lock:
            if iso not in self._mentions:
                tables = self.read(iso, "mentions")
                self._mentions[iso] = None if tables is None else read_mentions(tables, times, iso)
            return self._mentions[iso]

    def read(self, iso: str, name: str) -> Mapping[str, object] | None:
        """Read one file of a language as it stands; None where it is missing."""
        if not iso.replace("_", "").isalnum():
            return None
        path = self.root / iso / f"{name}.toml"
        if not path.is_file():
            return None
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
            raise LanguageDataError(f"{name}.toml cannot be read: {cause}", subject=iso) from cause


@cache
def shipped() -> Languages:
    """Give the languages that come with Kronik, one object a process: what is read and compiled of them serves everybody."""
    return Languages()
