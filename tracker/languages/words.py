"""Many words as one expression: a prefix tree, so that scanning costs the same for a hundred words as for a thousand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["alternation"]

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
    return r"\s" if char == " " else re.escape(char)
