"""Token classes as single characters, so that a row of tokens is a string and a production is an expression over it.

A word may be of several classes at once ("minggu": a week and a Sunday). Every set of classes that occurs gets a
character of its own, and ``<UNIT>`` in a production stands for all characters whose set holds UNIT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.languages import CLASSES

__all__ = ["OWN", "Alphabet"]

# Classes that figures and signs have, beside those of words.
OWN = (
    "YEAR", "DATE3", "DATE2", "DECIMAL", "COMMA", "LEFT", "RIGHT", "DASH", "PLUS", "SLASH", "DOT", "STOP", "BREAK", "OTHER",
    "PERCENT", "YY", "DOTTED", "RELD", "RELW", "RELM", "RELY",
)  # fmt: skip
_FIRST = 0xE000  # the private use area: no character of any text
_NAME = re.compile(r"<([A-Z0-9_]+)>")


class Alphabet:
    """The characters of one language's sets of classes."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        singles = [frozenset({name}) for name in (*CLASSES, *OWN)]
        extra = [frozenset({"YEAR", "NUM"}), frozenset({"DATE2", "CLOCK", "DECIMAL"})]
        extra += [frozenset({base, own}) for base in ("REL", "PREV") for own in ("RELD", "RELW", "RELM", "RELY")]
        every = dict.fromkeys([*singles, *extra, *sets])
        self._characters = {classes: chr(_FIRST + n) for n, classes in enumerate(every)}
        self._known = frozenset((*CLASSES, *OWN))

    def character(self, *classes: str) -> str:
        """Give the character of a set of classes. Raises: KeyError for one that was never announced."""
        return self._characters[frozenset(classes)]

    def members(self, name: str) -> str:
        """Give the characters of all sets that hold a class."""
        return "".join(char for classes, char in self._characters.items() if name in classes)

    def compile(self, production: str) -> re.Pattern[str]:
        """Make an expression over characters of a production over class names."""
        return re.compile(_NAME.sub(lambda match: f"[{self._class(match[1])}]", production))

    def _class(self, name: str) -> str:
        if name not in self._known:
            raise KeyError(f"no token class {name}")
        return self.members(name)
