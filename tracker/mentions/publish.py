"""Which candidates become event mentions: the gate between what is said and what a timeline should show.

An event needs somebody or somewhere, and a kind or a day. Questions, opinions and negations are none; background without
a date is none; an undated plan must say who and where, or how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.mentions.narration import GENERIC, NEWS_DAY
from tracker.mentions.unreported import Unreported
from tracker.types import Anchor, EventMention, Status

__all__ = ["REPEATED", "Candidate", "is_of_the_day", "refusal", "repeats"]

_WEEK, _MONTH = 7, 31  # days
REPEATED = "more of an event told before"
_LEAST_WORDS = 4  # with a meaning, for a headline that no known word names
_NEEDS_LEAD = frozenset({"statement", "price", "match", "ceremony", "decision", "law", "vote"})

_NEEDS_SOMEBODY = frozenset({"visit", "statement", "appointment", "resignation"})
_STORY = 2  # sentences after which a text tells more of what it has told
_BORROWED = 0.4  # the weight of a date taken from what was told before, or from the day of the news
_LEAST_PLAIN = 2  # words beside names and days, for an event that no word names

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
    aside: bool  # a quoted post, a row of links
    negated: bool
    opinion: bool
    opens: bool  # headline or the first sentences
    inherited: bool  # who and where come from the rest of the sentence
    certain: bool  # a cue says that it has happened
    cued: bool  # a cue tells its standing
    dct: date | None
    words: int  # words with a meaning of their own
    remark: bool  # somebody's own words, and no day in them
    firm: bool  # it happened where its places say; else something is only of there
    hails: bool  # somebody or something in it comes from a place it names
    plain: int  # words that are no part of a name, a place or a time
    refers: bool  # its word only points to what was told before
    unreported: Unreported  # what the sentence is when it reports nothing

    def features(self, mention: EventMention) -> tuple[str, ...]:
        """Name what the gate found, for `explain`."""
        named = ("aside", "remark", "negated", "opinion", "opens", "inherited", "certain")
        said = tuple(name for name in named if getattr(self, name))
        held = (("who", mention.who), ("where", mention.where), ("how many", mention.quantities))
        return (*said, *(f"{name}: {len(values)}" for name, values in held if values))


def refusal(candidate: Candidate, mention: EventMention) -> str:
    """Say why a candidate tells no event, '' when it does."""
    if nothing := _nothing(candidate, mention):
        return nothing
    if not candidate.triggered:
        return _generic(candidate, mention)
    if mention.type in _NEEDS_SOMEBODY and not (mention.who or mention.where or _has_day(mention)):
        return f"a {mention.type} of nobody, nowhere"
    named = mention.who or mention.where or candidate.hails
    if not named and not _has_day(mention) and not _counted(candidate, mention):
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
    if candidate.aside:
        return "a quoted post or links"
    if candidate.remark:
        return "somebody's own words, on no day of theirs"
    if candidate.refers and not mention.quantities and (mention.date is None or _borrowed(mention)):
        return "speaks of what was told before"
    kind = candidate.unreported
    if (kind == "general" and _on_a_day(mention)) or (kind == "weather" and candidate.triggered):
        kind = ""
    return _NOTHING.get(kind, "") or ("says that it did not happen" if candidate.negated else "")


def _generic(candidate: Candidate, mention: EventMention) -> str:
    """A date with somebody somewhere tells an event even where no word names its kind; so does the news of the headline."""
    date_ = mention.date
    if date_ is None or date_.edtf is None or date_.edtf.days is None:
        return "no word that names an event, and no date"
    acting = _acting(mention)
    if is_of_the_day(mention):
        told = acting and candidate.words >= _LEAST_WORDS and not candidate.opinion
        return "" if told else "no word that names an event"
    if candidate.opinion or mention.status not in (Status.OCCURRED, Status.PLANNED) or candidate.plain < _LEAST_PLAIN:
        return "no word that names an event"
    told_of = (
        acting
        + (candidate.firm and _below_country(mention))
        + bool(mention.quantities)
        + _told_lately(candidate, mention)
    )
    if told_of < (1 if date_.edtf.days <= _MONTH else 2):
        return "a date, but too little of who, where and how many"
    return ""


def _acting(mention: EventMention) -> bool:
    return any(actor.kind in ("person", "organisation", "unknown") for actor in mention.who)


def _told_lately(candidate: Candidate, mention: EventMention) -> bool:
    """Tell whether a sentence says for certain what has happened on a day of the last weeks, or is planned for one of the next."""
    value = mention.date.edtf if mention.date else None
    if value is None or value.earliest is None or candidate.dct is None:
        return False
    ago = (candidate.dct - value.earliest).days
    lately = candidate.certain and 0 <= ago <= _MONTH
    soon = candidate.cued and mention.status is Status.PLANNED and 0 <= -ago <= _MONTH
    return (lately or soon) and (value.days or _MONTH) <= _WEEK and candidate.words >= _LEAST_WORDS


def _counted(candidate: Candidate, mention: EventMention) -> bool:
    """Tell whether a happening names nobody, but a day of the story with how many, or that it is done."""
    if mention.date is None:
        return False
    done = candidate.certain and candidate.words >= _LEAST_WORDS
    return done or (bool(mention.quantities) and bool(mention.date.phrase))


def repeats(mention: EventMention, told: Sequence[EventMention], number: int) -> str:
    """Say that a sentence (``number`` of the text) only tells more of an event told before, '' where it tells another.

    It names no day but that event's, and nobody, nowhere and no number that was not named with it.
    """
    opens = number < _STORY and bool(number == 0 or mention.who or mention.where or not _borrowed(mention))
    if mention.field == "title" or opens or mention.quantities or mention.type == GENERIC:
        return ""
    alike = [m for m in told if m.type == mention.type and m.status == mention.status]
    same = [m for m in alike if (_overlap(m, mention) if _borrowed(mention) else _same_day(m, mention))]
    if not same:
        return ""
    who = {actor.key for m in same for actor in m.who}
    where = {place.key for m in same for place in m.where}
    more = any(a.key not in who for a in mention.who) or any(p.key not in where for p in mention.where)
    return "" if more else REPEATED


def _borrowed(mention: EventMention) -> bool:
    date_ = mention.date
    taken = date_ is not None and (is_of_the_day(mention) or date_.anchor is Anchor.PREVIOUS)
    return taken and date_ is not None and date_.weight <= _BORROWED


def _same_day(one: EventMention, other: EventMention) -> bool:
    a, b = (mention.date.edtf if mention.date else None for mention in (one, other))
    return a is not None and b is not None and a.days == b.days == 1 and a.earliest == b.earliest


def _overlap(one: EventMention, other: EventMention) -> bool:
    a, b = (mention.date.edtf if mention.date else None for mention in (one, other))
    return a is not None and b is not None and a.overlaps(b)


def is_of_the_day(mention: EventMention) -> bool:
    """Tell whether a mention has no date of its own, but that of the news: the day the opening names, or of publication."""
    return mention.date is not None and (mention.date.rule == NEWS_DAY or not mention.date.phrase)


def _has_day(mention: EventMention) -> bool:
    """Tell whether a phrase dates the mention to about a month or better."""
    date = mention.date
    if date is None or not date.phrase or date.edtf is None:
        return False
    return (date.edtf.days or _MONTH + 1) <= _MONTH


def _on_a_day(mention: EventMention) -> bool:
    """Tell whether a phrase of its own dates the mention to one day."""
    date = mention.date
    own = date is not None and not is_of_the_day(mention) and date.anchor is not Anchor.PREVIOUS
    return own and date is not None and date.edtf is not None and date.edtf.days == 1


def _undated(candidate: Candidate, mention: EventMention) -> str:
    if mention.status in (Status.OCCURRED, Status.ONGOING):
        if mention.status is Status.ONGOING and candidate.opens and _below_country(mention):
            return ""
        if candidate.dct is None and candidate.opens:
            return ""  # the article itself has no date: its news is kept, undated
        return "background without a date"
    acting = _acting(mention) and not candidate.inherited
    if mention.status is Status.DENIED and acting:
        return ""
    if mention.type in _NEEDS_LEAD and not candidate.opens:
        return f"an undated {mention.type.replace('_', ' ')} told in passing"
    if candidate.opinion or candidate.inherited or not (mention.who or mention.quantities):
        return f"{mention.status} without a date, and nobody named"
    if not (_below_country(mention) or mention.quantities or candidate.opens or acting):
        return f"{mention.status} without a date, a place or a number"
    return ""


def _below_country(mention: EventMention) -> bool:
    return any(place.kind != "country" for place in mention.where)


def _firm(mention: EventMention) -> bool:
    return mention.date is not None and bool(mention.date.phrase) and bool(mention.who)
