"""How much of a text is read: prose always, endless tables of dates in part, so that a text of any kind takes bounded time."""

from __future__ import annotations

__all__ = ["Budget"]

# Words of time in the densest tenth of news are 1 in 25 characters over some hundred characters, and 1 in 57 over a whole
# chronicle; at that rate 64,000 characters are read whole, a book's chapter. A text of nothing but dates has 1 in 8: of a
# megabyte of them 3,000 are read, which takes a second.
_AT_ONCE = 1_000
_PER_CHARACTER = 1 / 500
_REOPEN = 25


class Budget:
    """The triggers still to be read of one text: many at once, and more as the text goes on. Not to be shared."""

    def __init__(self) -> None:
        self._left = float(_AT_ONCE)
        self._at = 0
        self._open = True

    def allows(self, position: int) -> bool:
        """Tell whether the trigger at ``position`` is read, and count it. Positions must not go back.

        Once all is used up nothing is read until a stretch is saved up again: single words out of a table would say nothing.
        """
        self._left = min(_AT_ONCE, self._left + (position - self._at) * _PER_CHARACTER)
        self._at = position
        if not self._open and self._left < _REOPEN:
            return False
        self._left -= 1
        self._open = self._left > 0
        return True
