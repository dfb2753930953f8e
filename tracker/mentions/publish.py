"""Which candidates become event mentions: the gate between what is said and what a timeline should show.

An event needs somebody or somewhere, and a kind or a day. Questions, opinions and negations are none; background without
a date is none; an undated plan must say who and where, or how many.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.mentions.unreported import Unreported
from tracker.types import EventMention, Status

__all__ = ["Candidate", "refusal"]

_WEEK, _MONTH = 7, 31  # days
_NEEDS_LEAD = frozenset({"statement", "price", "match", "ceremony", "decision", "law", "vote"})

_NOTHING = {
    "boilerplate": "a caption, an advertisement or a call to subscribe",
    "condition": "a condition",
    "general": "what is usual, on no day of its own",
    "question": "a question",
    "weather": "a forecast of the weather",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the gate asks beside the mention itself."""

    triggered: bool
    negated: bool
    opinion: bool
    opens: bool  # headline or the first sentences
    inherited: bool  # who and where come from the rest of the sentence
    has_dct: bool
    unreported: Unreported = ""  # what the sentence is when it reports nothing


def refusal(candidate: Candidate, mention: EventMention) -> str:
    """Say why a candidate tells no event, '' when it does."""
    if nothing := _nothing(candidate, mention):
        return nothing
    if candidate.negated:
        return "says that it did not happen"
    if not candidate.triggered:
        return _generic(candidate, mention)
    if not mention.who and not mention.where and not _has_day(mention):
        return "nobody and no place named, and no date"
    if candidate.opinion and (mention.date is None or not mention.date.phrase) and mention.field == "text":
        return "an opinion or condition"
    if mention.date is None:
        return _undated(candidate, mention)
    if mention.type in _NEEDS_LEAD and not candidate.opens and not (_has_day(mention) or _firm(mention)):
        return f"a {mention.type.replace('_', ' ')} told in passing"
    return ""


def _nothing(candidate: Candidate, mention: EventMention) -> str:
    """Say what kind of text it is that reports nothing; what is usual may have happened on one day, for all that."""
    kind = candidate.unreported
    if (kind == "general" and _on_a_day(mention)) or (kind == "weather" and candidate.triggered):
        return ""
    return _NOTHING.get(kind, "")


def _generic(candidate: Candidate, mention: EventMention) -> str:
    """A date with somebody somewhere tells an event even where no word names its kind."""
    date = mention.date
    if date is None or date.edtf is None or not date.phrase or date.edtf.days is None:
        return "no word that names an event, and no date"
    if candidate.opinion or mention.status not in (Status.OCCURRED, Status.PLANNED):
        return "no word that names an event"
    acting = any(actor.kind in ("person", "organisation", "unknown") for actor in mention.who)
    told = acting + bool(_below_country(mention)) + bool(mention.quantities)
    if told < (1 if date.edtf.days <= _WEEK else 2):
        return "a date, but too little of who, where and how many"
    return ""


def _has_day(mention: EventMention) -> bool:
    """Tell whether a phrase dates the mention to about a month or better."""
    date = mention.date
    return date is not None and bool(date.phrase) and date.edtf is not None and (date.edtf.days or _MONTH + 1) <= _MONTH


def _on_a_day(mention: EventMention) -> bool:
    """Tell whether a phrase dates the mention to one day."""
    date = mention.date
    return date is not None and bool(date.phrase) and date.edtf is not None and date.edtf.days == 1


def _undated(candidate: Candidate, mention: EventMention) -> str:
    if mention.status in (Status.OCCURRED, Status.ONGOING):
        if mention.status is Status.ONGOING and candidate.opens and _below_country(mention):
            return ""
        if not candidate.has_dct and candidate.opens:
            return ""  # the article itself has no date: its news is kept, undated
        return "background without a date"
    if mention.type in _NEEDS_LEAD and not candidate.opens:
        return f"an undated {mention.type.replace('_', ' ')} told in passing"
    if candidate.opinion or candidate.inherited or not (mention.who or mention.quantities):
        return f"{mention.status} without a date, and nobody named"
    if not (_below_country(mention) or mention.quantities or candidate.opens):
        return f"{mention.status} without a date, a place or a number"
    return ""


def _below_country(mention: EventMention) -> bool:
    return any(place.kind != "country" for place in mention.where)


def _firm(mention: EventMention) -> bool:
    return mention.date is not None and bool(mention.date.phrase) and bool(mention.who)
