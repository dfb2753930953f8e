"""When two articles are one: hashes of texts. (Links are compared by `tracker.links`.)"""

from __future__ import annotations

import hashlib
import unicodedata

__all__ = ["content_hash", "fingerprint", "normalised"]

_LETTERS_LEAST = 200  # shorter texts are alike by chance: "no news today"
_HASH_DIGITS = 32


def fingerprint(title: str, text: str) -> str:
    """Give 32 hex digits equal for word-for-word copies, whatever their case, spacing, punctuation and title; '' for short texts.

    An outlet that takes over an agency's text writes its own title, so the title counts only where it opens the text.
    """
    letters = normalised(text)
    opening = normalised(title)
    if opening and letters.startswith(opening) and len(letters) - len(opening) >= _LETTERS_LEAST:
        letters = letters[len(opening) :]
    if len(letters) < _LETTERS_LEAST:
        return ""
    return hashlib.sha256(letters.encode()).hexdigest()[:_HASH_DIGITS]


def content_hash(title: str, text: str) -> str:
    """Give 64 hex digits that change with any change of title or text."""
    return hashlib.sha256(f"{title}\x00{text}".encode("utf-8", "surrogatepass")).hexdigest()


def normalised(text: str) -> str:
    """Keep a text's letters and digits only, in one case."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())
