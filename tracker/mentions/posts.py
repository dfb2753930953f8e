"""Posts of networks quoted in an article: their signatures, whose dates say when somebody wrote and not when anything happened.

A handle in round brackets with a date behind it is how pages show a quoted post in every language. The post itself is
a reader's remark; its stamp dates no event, and what stands behind it begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.types import TimeMention

__all__ = ["is_link", "stamps"]

_SIGNATURE = re.compile(r"(?:(?:--|—|–|-|―)\s*)?[^\n.!?()（）]{0,40}[(（][@＠]\w{1,40}[)）]")
_BETWEEN = 6  # characters between a handle and its date
_LINK = re.compile(r"https?://\S+|\b(?:pic\.\w+\.com|t\.co)/\S+")
_TAG = re.compile(r"(?<!\w)[#@＃＠]\w+")
_MOST_TAGS = 2  # handles and hashtags a sentence of a report may hold
_PROSE = 4  # words a sentence must have beside its links


def stamps(text: str, times: Sequence[TimeMention]) -> tuple[tuple[int, int], ...]:
    """Give the stretches of signatures with their dates, in order; none where a text quotes no posts."""
    if "@" not in text and "＠" not in text:
        return ()
    found = []
    for match in _SIGNATURE.finditer(text):
        time = next((time for time in times if match.end() <= time.start <= match.end() + _BETWEEN), None)
        if time is not None:
            found.append((match.start(), time.end))
    return tuple(found)


def is_link(sentence: str) -> bool:
    """Tell whether a sentence is a post or a row of links rather than prose."""
    rest = _LINK.sub(" ", sentence)
    tags = _TAG.findall(rest)
    if len(tags) > _MOST_TAGS:
        return True
    return rest != sentence and len(_TAG.sub(" ", rest).split()) < _PROSE
