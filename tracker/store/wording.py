"""Which events hold which words, for searching: built by the first search of a process, exact though never taken back.

A searched text is found anywhere in a word, as ``LIKE '%text%'`` finds it: the vocabulary, far smaller than the texts, is
read through, and the events of the words it is found in are united. What changed since the words were read, and what is
searched with signs in it, is looked up in the database; after many changes the words are read anew.
"""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import sqlalchemy as sa
from pyroaring import BitMap
from sqlalchemy.engine import Connection

from tracker.filters import Filter
from tracker.store import changes
from tracker.store.engine import chunks
from tracker.store.folding import wanted
from tracker.store.selecting import searched, visible
from tracker.store.tables import events

__all__ = ["Wording"]

_WORD = re.compile(
    r"[^\s!-/:-@\[-^`{-~\u00ab\u00bb\u2010-\u2027\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+"
)  # no blanks, no signs
_SHARE = 20  # one in so many events may have changed before the words are read anew
_KEPT = 20  # searches whose events are kept: a page asks three times, and readers turn pages
_DEAR = 3  # an event looked up by its id costs as much as so many in a scan of all


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all events that were there at a change, with the events that hold each."""

    change: int
    events: int
    sets: dict[str, BitMap]
    listed: tuple[str, ...]
    text: str  # the vocabulary, a line a word
    ends: tuple[int, ...]  # where each word ends in it

    def holding(self, parts: Iterable[str]) -> BitMap:
        """Give the events that hold every one of the texts."""
        found: BitMap | None = None
        for part in dict.fromkeys(parts):
            sets = [self.sets[word] for word in self._around(part)]
            held = BitMap.union(*sets) if sets else BitMap()
            found = held if found is None else found & held
        return found or BitMap()

    def _around(self, part: str) -> Iterator[str]:
        """Give the words that hold a text."""
        at = self.text.find(part)
        while at >= 0:
            number = bisect_right(self.ends, at)
            yield self.listed[number]
            at = self.text.find(part, self.ends[number])


@dataclass(slots=True)
class Wording:
    """The words of all events, as they were some changes ago. Safe from any thread.

    They are read anew when more than ``few`` events changed since, and more than one in twenty of all.
    """

    few: int = 2_000
    _words: _Words | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _found: dict[tuple[object, ...], BitMap] = field(default_factory=dict)  # of searches at a change, the newest last
    _lock_found: threading.Lock = field(default_factory=threading.Lock)

    def find(self, db: Connection, filter_: Filter) -> BitMap | None:
        """Give the events in which every searched word is found, None where none is searched; not to be changed."""
        texts = wanted(filter_.q)
        if not texts:
            return None
        asked = (changes.last(db), *texts)
        found = self._found.get(asked)
        if found is None:
            found = self._search(db, filter_, texts)
            with self._lock_found:
                self._found[asked] = found
                while len(self._found) > _KEPT:
                    del self._found[next(iter(self._found))]
        return found

    def _search(self, db: Connection, filter_: Filter, texts: Sequence[str]) -> BitMap:
        parts = [part for text in texts for part in _WORD.findall(text)]
        if not parts:
            return _looked_up(db, filter_, visible())
        words, changed = self._current(db)
        found = words.holding(parts) - changed
        if not all(_WORD.fullmatch(text) for text in texts):
            if len(found) > words.events // _DEAR:
                return _looked_up(db, filter_, visible())
            found = BitMap(i for some in chunks(found) for i in _looked_up(db, filter_, events.c.id.in_(some)))
        return found | _looked_up(db, filter_, events.c.change > words.change) if changed else found

    def _current(self, db: Connection) -> tuple[_Words, BitMap]:
        """Give the words, and the events that came or changed after they were read.

        Who finds that too many did reads the words anew, one at a time; others go on with those there are.
        """
        words = self._words or self._first(db)
        changed = BitMap(db.scalars(sa.select(events.c.id).where(events.c.change > words.change)).all())
        if len(changed) <= max(self.few, words.events // _SHARE) or not self._lock.acquire(blocking=False):
            return words, changed
        try:
            if self._words is words:
                self._words = _read(db)
                return self._words, BitMap()
        finally:
            self._lock.release()
        return words, changed

    def _first(self, db: Connection) -> _Words:
        with self._lock:
            self._words = self._words or _read(db)
            return self._words


def _read(db: Connection) -> _Words:
    came: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    change, count = changes.last(db), 0  # the number first: what comes while the words are read is looked up as well
    rows = db.execute(sa.select(events.c.id, events.c.search).where(visible()), execution_options={"yield_per": 5_000})
    for count, (event_id, text) in enumerate(rows, 1):  # noqa: B007
        for word in set(_WORD.findall(text)):
            came[word].append(event_id)
    listed = tuple(came)
    ends = tuple(accumulate(len(word) + 1 for word in listed))
    return _Words(
        change, count, {word: BitMap(ids) for word, ids in came.items()}, listed, "\n".join([*listed, ""]), ends
    )


def _looked_up(db: Connection, filter_: Filter, where: sa.ColumnElement[bool]) -> BitMap:
    """Ask the database which events of some hold what is searched."""
    return BitMap(db.scalars(sa.select(events.c.id).where(where, *searched(filter_))).all())
