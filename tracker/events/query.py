"""The query language of topics and search: text in, a small tree out.

    kursk sappers            both, in any order           "weapons test"     the words side by side
    -football                not                          a OR b             either; AND binds tighter
    ( … )                    grouping                     place:Kursk        at or within a place
    who:"Kim Jong-un"        someone who takes part       type:visit lang:ko event type; language of a report

Errors say what is wrong and at which character, counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from tracker.errors import FilterError

__all__ = ["All", "Any_", "Node", "Not", "Query", "Term", "fold", "parse_query"]

Scope = Literal["", "place", "who", "type", "lang"]
_SCOPES: tuple[Scope, ...] = ("place", "who", "type", "lang")
_LONGEST = 1000  # characters of a query; it may come from anyone's URL
_MOST_TERMS = 64
_DEEPEST = 16
_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))|(?:(?P<scope>\w+):)?(?:\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s()\"]+)))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, in one scope or ('') anywhere. ``text`` is folded: compare it with folded text."""

    text: str
    scope: Scope = ""
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  `Any` means something else in typed Python
    nodes: tuple[Node, ...]


Node = Term | Not | All | Any_


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query and the text it came from."""

    text: str
    root: Node


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["open", "close", "minus", "or", "term", "end"]
    at: int
    term: Term | None = None


def parse_query(text: str) -> Query:
    """Read a query.

    Raises: FilterError in words, with the position, for an empty query or part, a missing bracket or quote, an unknown field,
    and for queries beyond 1000 characters, 64 terms or 16 nested brackets.
    """
    if len(text) > _LONGEST:
        raise FilterError(f"is longer than {_LONGEST} characters", subject="query")
    tokens = _tokens(text)
    if sum(token.kind == "term" for token in tokens) > _MOST_TERMS:
        raise FilterError(f"has more than {_MOST_TERMS} terms", subject="query")
    reader = _Reader(tokens)
    root = reader.either(depth=0)
    reader.expect_end()
    return Query(text, root)


def fold(text: str) -> str:
    """Give the form in which texts and terms are compared: compatibility forms unified, no case, single blanks."""
    return " ".join(normalize("NFKC", text).casefold().split())


class _Reader:
    """Recursive descent over tokens: either = all OR all …; all = part part …; part = -part | ( either ) | term."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def either(self, *, depth: int) -> Node:
        if depth > _DEEPEST:
            raise _wrong("too many nested brackets", self._peek().at)
        nodes = [self._all(depth)]
        while self._peek().kind == "or":
            self._take()
            nodes.append(self._all(depth))
        return nodes[0] if len(nodes) == 1 else Any_(tuple(nodes))

    def expect_end(self) -> None:
        token = self._peek()
        if token.kind != "end":
            raise _wrong("a bracket closes that was never opened", token.at)

    def _all(self, depth: int) -> Node:
        nodes: list[Node] = []
        while self._peek().kind in ("term", "minus", "open"):
            nodes.append(self._part(depth))
        if not nodes:
            raise _wrong("a word is missing", self._peek().at)
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _part(self, depth: int) -> Node:
        token = self._take()
        if token.term is not None:
            return token.term
        if token.kind == "minus":
            if self._peek().kind not in ("term", "open"):
                raise _wrong("a word is missing after '-'", token.at)
            return Not(self._part(depth))
        node = self.either(depth=depth + 1)
        if self._peek().kind != "close":
            raise _wrong("the bracket opened here is never closed", token.at)
        self._take()
        return node

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next += 1
        return token


def _tokens(text: str) -> list[_Token]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise _wrong("a quotation mark is never closed", start)
        tokens.append(_token(match))
        at = match.end()
    return [*tokens, _Token("end", end)]


def _token(match: re.Match[str]) -> _Token:
    at = match.end() - len(match.group().lstrip())
    for kind in ("open", "close", "minus"):
        if match[kind]:
            return _Token(kind, at)
    phrase, word, scope = match["phrase"], match["word"], match["scope"]
    if word == "OR" and not scope:
        return _Token("or", at)
    return _Token("term", at, _term(scope, phrase if phrase is not None else word, phrase is not None, at))


def _term(scope: str | None, text: str, phrase: bool, at: int) -> Term:
    known: Scope = ""
    if scope:
        found = next((name for name in _SCOPES if name == scope.casefold()), None)
        if found is None:
            raise _wrong(f"unknown field {scope!r}; use {', '.join(_SCOPES)}", at)
        known = found
    folded = fold(text)
    if phrase and not folded:
        raise _wrong("the quotation marks hold nothing", at)
    if not scope and folded[:-1] in _SCOPES and folded.endswith(":"):
        raise _wrong(f"the field {folded!r} has no value; write it without a space", at)
    if not any(character.isalnum() for character in folded):
        raise _wrong(f"{text!r} is no word", at)
    return Term(folded, known, phrase)


def _wrong(what: str, at: int) -> FilterError:
    return FilterError(f"{what} (at character {at + 1})", subject="query")
