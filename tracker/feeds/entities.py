"""Entities a document declares for itself (XML 1.0, section 4.2).

Short ones that stand for plain text stay: publishers use them for letters. Those that refer to others, to files or hold
whole pages go: a kilobyte of them can stand for a gigabyte. A reference to one that went is text like any other.
"""

from __future__ import annotations

import re

__all__ = ["plain_entities"]

_HEAD = 200_000  # bytes of a document that may hold its document type
_START = b"<!ENTITY"
_DECLARED = re.compile(rb"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_PLAIN = re.compile(rb"\s++[^\s%&\"'<>]++\s++(?:\"(?:[^\"%&]|&#\w{1,8};){0,200}\"|'(?:[^'%&]|&#\w{1,8};){0,200}')\s*+>")


def plain_entities(body: bytes) -> bytes:
    """Give a document without its own entities but the plain ones."""
    if _START not in body[:_HEAD]:
        return body
    first, *declared = body[:_HEAD].split(_START)
    return b"".join((first, *map(_kept, declared), body[_HEAD:]))


def _kept(declared: bytes) -> bytes:
    """Give a declaration that is plain, with what follows it; of another only what follows."""
    if _PLAIN.match(declared):
        return _START + declared
    end = _DECLARED.match(declared)
    return declared[end.end() :] if end else declared.partition(b">")[2]
