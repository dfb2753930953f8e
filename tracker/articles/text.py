"""The text of a web page, without what stands around it.

In: a page's bytes. Out: its paragraphs, one a line. The only module that knows trafilatura.
"""

from __future__ import annotations

import trafilatura
from lxml.etree import LxmlError

__all__ = ["page_text"]


def page_text(body: bytes, *, url: str) -> str:
    """Give a page's article as paragraphs joined by newlines; '' where there is none, or the bytes are no page.

    ``url`` is the page's address after redirects: some layouts are told by it.
    """
    if not body.strip(b"\x00 \t\r\n"):
        return ""
    try:
        found = trafilatura.extract(
            body,
            url=url or None,
            include_comments=False,
            include_tables=False,
            include_formatting=False,
            with_metadata=False,
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        # lxml and trafilatura break on some malformed pages in ways of their own; such a page has no text for us.
        return ""
    lines = (line.strip() for line in (found or "").splitlines())
    return "\n".join(line for line in lines if line)
