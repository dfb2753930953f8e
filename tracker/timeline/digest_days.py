"""Which days a sentence speaks of, as far as a list of key dates is concerned.

In: the time mentions of a sentence. Out: exact days; "since 5 March" and "before 5 March" name a day too, "in March" names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.edtf import Precision
from tracker.timeline.digest_values import NamedDay
from tracker.types import Anchor, TimeMention

__all__ = ["named_days", "words_beside"]

_WORD = re.compile(
    r"[^\W\d_]{2,}|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"
)  # a letter is a word where none are spaced
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def named_days(mentions: Sequence[TimeMention], *, published: date | None, opening: bool) -> tuple[NamedDay, ...]:
    """Give the days that time mentions name, in their order.

    In the ``opening`` of an article the written-out day of publication is left out: it is the date line, and tells no event.
    """
    return tuple(
        NamedDay(day, mention.anchor is Anchor.PREVIOUS)
        for mention, day in _exact(mentions)
        if not (opening and day == published and mention.anchor is Anchor.EXPLICIT)
    )


def words_beside(text: str, start: int, mentions: Sequence[TimeMention]) -> int:
    """Count the words of a sentence that stand outside its phrases of time; ``start`` is where it begins in its field."""
    count, at = 0, 0
    for mention in sorted(mentions, key=lambda m: m.start):
        count += len(_WORD.findall(text, at, max(at, mention.start - start)))
        at = max(at, mention.end - start)
    return count + len(_WORD.findall(text, at))


def _exact(mentions: Sequence[TimeMention]) -> Iterator[tuple[TimeMention, date]]:
    for mention in mentions:
        day = _day(mention)
        if day is not None:
            yield mention, day


def _day(mention: TimeMention) -> date | None:
    """Give the one day of a mention, the known end of an open one, the first of two days in a night; None for all else."""
    value = mention.edtf
    if value is None or mention.timex_type not in ("DATE", "TIME"):
        return None
    if value.precision in (Precision.DAY, Precision.TIME):
        return value.earliest
    if value.precision is Precision.OPEN:
        return (value.earliest or value.latest) if _DAY.search(value.text) else None
    window = value.precision is Precision.INTERVAL and value.text.startswith("[") and ".." in value.text
    return value.earliest if window and value.days == 2 else None
