"""How searched words and the texts they are sought in are written alike: no case, no accents, no Arabic vowel signs or hamza seats.

Marks that make another letter of another word in their script (Indic vowels, Thai tones) stay. What is stored is folded when it is
written, so a change here needs a migration that folds again.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["folded", "wanted"]

_MARKS: Final = re.compile(
    "[\u0300-\u036f"  # of Latin, Greek and Cyrillic letters
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670]"  # Arabic vowel signs, and the stroke that only lengthens a word
)
_ALIKE: Final = str.maketrans(
    {"\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647",
     "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i"}
)  # fmt: skip
_QUOTED: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTATION_MARKS: Final = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d"), '"')


def folded(text: str) -> str:
    """Fold a text; folding again changes nothing."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    bare = _MARKS.sub("", unicodedata.normalize("NFD", plain))  # of an alef with hamza the alef stays
    return unicodedata.normalize("NFC", bare.translate(_ALIKE))


def wanted(q: str) -> list[str]:
    """Give what a search looks for, folded: its words, and in quotation marks words that stand side by side."""
    parts = (phrase or word for phrase, word in _QUOTED.findall(q.translate(_QUOTATION_MARKS)))
    return [" ".join(folded(part).split()) for part in parts if part.strip()]
