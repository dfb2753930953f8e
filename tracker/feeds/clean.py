"""Foreign markup to plain text: titles on one line, content as paragraphs. Nothing a feed says is trusted."""

from __future__ import annotations

import html
import re

import nh3

__all__ = ["plain_line", "plain_text", "unmarked"]

# Elements that end a line of text (HTML Standard, 15.3: those with display: block, list-item or table-row).
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|article|section|figure|figcaption|header|footer|hr|pre|dd|dt|dl)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_SOFT = re.compile(r"[\u00ad\u200b\u2060]")  # invisible break marks inside words would split them for every reader
_MOST = 200_000  # characters of markup that are read (polling.md, section 4)
_TITLE_MOST = 500


def plain_line(markup: str) -> str:
    """Give the text of a title: one line, no markup, no control or direction-turning characters."""
    return " ".join(_plain(markup[: _TITLE_MOST * 8]).split())[:_TITLE_MOST]


def plain_text(markup: str) -> str:
    """Give the text of an entry's content as paragraphs joined by newlines."""
    lined = _BLOCK.sub("\n", markup[:_MOST]) if "<" in markup else markup[:_MOST]
    lines = (_BLANKS.sub(" ", line).strip() for line in _plain(lined).splitlines())
    return "\n".join(line for line in lines if line)


def unmarked(text: str) -> str:
    """Clean what is no markup (JSON Feed's plain texts, identifiers): of characters no database or page can bear."""
    return _UNWANTED.sub("", text[:_MOST])


def _plain(markup: str) -> str:
    markup = _UNWANTED.sub("", markup)  # nh3 takes no lone surrogates
    stripped = nh3.clean(markup, tags=set()) if "<" in markup else markup
    return _SOFT.sub("", _UNWANTED.sub("", html.unescape(stripped)))
