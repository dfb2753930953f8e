"""Many words as one expression: a prefix tree, so that scanning costs the same for a hundred words as for a thousand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["LETTER", "MARKS", "WORD_AFTER", "WORD_BEFORE", "WORD_ENDS", "alternation"]

# Combining marks up to Myanmar, and the joiners (Unicode 15, categories Mn and Mc): vowel signs are no \w for `re`, yet no word ends before one.
MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u07fd\u0816-\u0819"
    r"\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0898-\u089f\u08ca-\u08e1\u08e3-\u0903\u093a-\u093c\u093e-\u094f"
    r"\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2-\u09e3\u09fe-\u0a03\u0a3c-\u0a51\u0a70-\u0a71"
    r"\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2-\u0ae3\u0afa-\u0b03\u0b3c\u0b3e-\u0b57\u0b62-\u0b63\u0b82\u0bbe-\u0bcd"
    r"\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c56\u0c62-\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03"
    r"\u0d3b-\u0d3c\u0d3e-\u0d4d\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0df2-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84\u0f86-\u0f87\u0f8d-\u0fbc"
    r"\u0fc6\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
    r"\u200c-\u200d"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
WORD_BEFORE = rf"(?<![^\W\d_])(?<![{MARKS}])"
WORD_AFTER = rf"(?![^\W\d_]|[{MARKS}])"
WORD_ENDS = rf"(?:{WORD_AFTER}|(?<=['.]))"  # behind a sign a word ends whatever follows: "d'abril", "28.Oktober"

_END = ""
Tree = dict[str, "Tree"]


def alternation(words: Iterable[str]) -> str:
    """Give an expression that matches the longest of ``words`` at a place; one that never matches for no words."""
    tree: Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _write(tree) if tree else "(?!)"


def _write(node: Mapping[str, Tree]) -> str:
    ends = _END in node
    branches = [(char, _write(child)) for char, child in node.items() if char != _END]
    if not branches:
        return ""
    single = [char for char, rest in branches if not rest]
    options = [_escape(char) + rest for char, rest in branches if rest]
    if len(single) == 1:
        options.append(_escape(single[0]))
    elif single:
        options.append("[" + "".join(re.escape(char) for char in single) + "]")
    body = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return body + "?" if ends else body


def _escape(char: str) -> str:
    if char == "-":  # "sexta- feira", as lines were broken and joined again
        return r"-\s?"
    return r"\s" if char == " " else re.escape(char)
