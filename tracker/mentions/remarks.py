"""What is somebody's own words: a witness's remark, a comment, a slogan. Who says it, and when, is no part of what is told in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.mentions.lexicon import Found
from tracker.mentions.sentences import Clause, Sentence
from tracker.types import EventMention, Status

__all__ = ["own_date", "remark", "tells_plan"]

_WHOLE, _WHOLE_UNSPACED = 40, 20  # characters of a quotation that is a sentence rather than a word held up for show
_MOSTLY, _PARTLY = (
    0.5,
    0.3,
)  # of a clause: what is named beside it is where and when it was said; of one that names no event by word

_Span = tuple[int, int]


def remark(
    sentence: Sentence, clause: Clause, trigger: Found | None, said: Sequence[Found], *, spaced: bool
) -> _Span | None:
    """Give the quotation in which a clause tells what it tells; None where it is told by the article itself."""
    if not said:
        return None
    least = _WHOLE if spaced else _WHOLE_UNSPACED
    whole = [(a, b) for a, b in sentence.quoted if b - a >= least]
    inside = next(((a, b) for a, b in whole if trigger is not None and a <= trigger.start < b), None)
    if inside is not None or (trigger is not None and trigger.label == "statement"):
        return inside
    share = [(min(b, clause.end) - max(a, clause.start), (a, b)) for a, b in whole]
    length, span = max(share, default=(0, (0, 0)))
    most = _PARTLY if trigger is None else _MOSTLY
    return span if length > most * (clause.end - clause.start) else None


def own_date(mention: EventMention, quotation: _Span) -> bool:
    """Tell whether the words quoted give a day; one beside them is that of the saying."""
    date = mention.date
    return date is not None and date.start is not None and quotation[0] <= date.start < quotation[1]


def tells_plan(mention: EventMention, quotation: _Span, named: Iterable[_Span]) -> bool:
    """Tell whether somebody's words name (``named``) who or where something is planned, denied or alleged."""
    inside = any(quotation[0] <= start and end <= quotation[1] for start, end in named)
    return inside and mention.status not in (Status.OCCURRED, Status.ONGOING)
