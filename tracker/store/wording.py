"""Which events hold which words, for searching: built by the first search of a process, exact though never taken back.

A searched text is found anywhere in a word, as ``LIKE '%text%'`` finds it: the vocabulary, far smaller than the texts, is
read through, and the events of the words it is found in are united. What changed since the words were read, and what is
searched with signs in it, is looked up in the database.
"""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from pyroaring import BitMap
from sqlalchemy.engine import Connection

from tracker.filters import Filter
from tracker.store.selecting import searched, visible
from tracker.store.tables import events

__all__ = ["Wording"]

_WORD = re.compile(
    r"[^\s!-/:-@\[-^`{-~\u00ab\u00bb\u2010-\u2027\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+"
)  # no blanks, no signs
_CHUNK = 400  # ids in one statement


@dataclass(slots=True)
class Wording:
    """The words of all events that were there when it was built. Safe from any thread."""

    _sets: dict[str, BitMap] = field(default_factory=dict)
    _text: str = ""  # the vocabulary, a line a word
    _ends: list[int] = field(default_factory=list)  # where each word ends in it
    _words: list[str] = field(default_factory=list)
    _built: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, db: Connection, filter_: Filter, *, changed: BitMap) -> BitMap | None:
        """Give the events in which every searched word is found, None where none is searched.

        ``changed`` are the events that came or changed after this was built.
        """
        wanted = filter_.q.casefold().split()
        if not wanted:
            return None
        with self._lock:
            if not self._built:
                self._build(db)
        parts = [part for text in wanted for part in _WORD.findall(text)]
        found = self._holding(parts) if parts else None
        plain = all(_WORD.fullmatch(text) for text in wanted)
        if found is None:
            return BitMap(db.scalars(sa.select(events.c.id).where(visible(), *searched(filter_))).all())
        unsure = changed if plain else found | changed
        return (found - unsure) | BitMap(_confirmed(db, filter_, unsure))

    def _holding(self, parts: Iterable[str]) -> BitMap:
        found: BitMap | None = None
        for part in dict.fromkeys(parts):
            sets = [self._sets[word] for word in self._around(part)]
            held = BitMap.union(*sets) if sets else BitMap()
            found = held if found is None else found & held
        return found or BitMap()

    def _around(self, part: str) -> Iterator[str]:
        """Give the words that hold a text."""
        at = self._text.find(part)
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield self._words[number]
            at = self._text.find(part, self._ends[number])

    def _build(self, db: Connection) -> None:
        came: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        rows = db.execute(
            sa.select(events.c.id, events.c.search).where(visible()), execution_options={"yield_per": 5_000}
        )
        for event_id, text in rows:
            for word in set(_WORD.findall(text)):
                came[word].append(event_id)
        self._sets = {word: BitMap(ids) for word, ids in came.items()}
        self._words = list(self._sets)
        self._text = "\n".join([*self._words, ""])
        end = 0
        for word in self._words:
            end += len(word) + 1
            self._ends.append(end)
        self._built = True


def _confirmed(db: Connection, filter_: Filter, ids: BitMap) -> Iterator[int]:
    """Look up which of the events hold what is searched."""
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        chosen = sa.select(events.c.id).where(events.c.id.in_(listed[start : start + _CHUNK]), *searched(filter_))
        yield from db.scalars(chosen)
