"""How a clause stands with what it tells: denied > alleged > cancelled > planned > ongoing > occurred.

A cue counts only within its clause. Reported speech leaves the status alone: the speaker says it, the status is the
deed's. A plain negation makes no event at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.mentions.lexicon import Found, Lexicon
from tracker.mentions.scanning import word_end
from tracker.types import Status

__all__ = ["OF_JUSTICE", "Standing", "standing"]

_STRENGTH = ("denied", "alleged", "cancelled", "planned", "ongoing", "occurred")
_BEHIND_WORDS = 7  # words between a noun that names an event and the verb that says it will be
OF_JUSTICE = frozenset({"arrest", "trial", "verdict"})  # those it is done to are alleged to have done something
_NEGATION_REACH = 24  # characters between a negation and the trigger it negates
_UNSPACED_LAST, _UNSPACED_BEFORE, _UNSPACED_BEHIND = 4, 10, 6  # the same where words are not parted by blanks
_MARK = re.compile(r"[,;:，；：、。]")


@dataclass(frozen=True, slots=True)
class Standing:
    """``told`` is the cue's own words, '' where none stands there. ``negated``: it says that it did not happen."""

    status: Status
    cue: str = ""
    negated: bool = False
    certain: bool = False  # a cue of the past stands in the clause


def standing(folded: str, start: int, end: int, trigger: Found, lexicon: Lexicon) -> Standing:
    """Judge one clause (``start``..``end`` of folded text) about its trigger."""
    cues = [cue for cue in lexicon.status(folded, start, end) if not _part_of(cue, trigger)]
    negated = _negated(folded, start, trigger, lexicon)
    cues = [cue for cue in cues if not _of_the_deed(cue, trigger, lexicon)]
    past = next((cue for cue in cues if cue.label == "occurred"), None)
    for label in _STRENGTH[:5]:
        if any(cue.label == label for cue in cues) and _counts(label, cues, folded, trigger, lexicon):
            cue = next(cue for cue in cues if cue.label == label)
            firm = label in ("denied", "cancelled")
            done = label == "alleged" and past is not None
            return Standing(Status(label), folded[cue.start : cue.end], negated and not firm, done)
    return Standing(Status.OCCURRED, folded[past.start : past.end] if past else "", negated, past is not None)


def _counts(label: str, cues: list[Found], folded: str, trigger: Found, lexicon: Lexicon) -> bool:
    """Tell whether the cues of a standing speak of the trigger, and not of what stands beside it."""
    mine = [cue for cue in cues if cue.label == label]
    if label == "cancelled":
        planned = any(cue.label == "planned" for cue in cues)
        named = trigger.end > trigger.start and not all(_apart(cue, folded, trigger) for cue in mine)
        return planned or named  # else what was called off is something else: "the eruption …, flights were cancelled"
    if label == "planned" and any(cue.start < trigger.end and trigger.start < cue.end for cue in mine):
        return True  # a verb that tells what will be, whatever was said of it before: "ha detto che visiterà"
    if label in ("planned", "ongoing") and not any(_reaches(cue, folded, trigger, lexicon) for cue in mine):
        return False
    return not (label == "planned" and any(cue.label == "occurred" for cue in cues) and _nearer(cues, trigger))


def _part_of(cue: Found, trigger: Found) -> bool:
    """Tell whether a cue is the trigger itself and says nothing of its standing: "is fighting on" is no cue of a battle.

    A future verb is both ("посетит", "enviará"), and so is the verb of a statement ("denied").
    """
    inside = trigger.start <= cue.start and cue.end <= trigger.end
    return inside and cue.label != "planned" and trigger.label != "statement"


def _of_the_deed(cue: Found, trigger: Found, lexicon: Lexicon) -> bool:
    """Tell whether "suspected" speaks of what somebody is arrested or tried for: "reportedly arrested" alone doubts the arrest."""
    if cue.label != "alleged" or trigger.label not in OF_JUSTICE:
        return False
    return not (lexicon.spaced and trigger.start - cue.end == 1)


def _reaches(cue: Found, folded: str, trigger: Found, lexicon: Lexicon) -> bool:
    """Tell whether a cue speaks of the trigger: it stands before it, or behind it with nothing in between that begins anew.

    "The visit will take place" is a plan; "she visited Bonn and will go on to Rome" is a visit.
    """
    if not lexicon.spaced or cue.start < trigger.start:
        return True
    between = folded[trigger.end : cue.start]
    begins_anew = any(mark in between for mark in ",;:") or bool(lexicon.find("joins", folded, trigger.end, cue.start))
    return not begins_anew and len(between.split()) <= _BEHIND_WORDS


def _apart(cue: Found, folded: str, trigger: Found) -> bool:
    """Tell whether a mark parts a cue from a trigger before it."""
    return cue.start >= trigger.end and any(mark in folded[trigger.end : cue.start] for mark in ",;:，；：、،؛")


def _nearer(cues: list[Found], trigger: Found) -> bool:
    """Tell whether the nearest cue left of the trigger speaks of the past ("had planned", "telah")."""
    left = [cue for cue in cues if cue.end <= trigger.start and cue.label in ("planned", "occurred")]
    return bool(left) and left[-1].label == "occurred"


def _negated(folded: str, start: int, trigger: Found, lexicon: Lexicon) -> bool:
    excused = lexicon.find("not_negation", folded, start, trigger.start)
    low = max(start, trigger.start - _NEGATION_REACH)
    if not lexicon.spaced:
        return any(
            not any(e.start <= n.start < e.end for e in excused) for n in _unspaced(folded, start, trigger, lexicon)
        )
    window = lexicon.find("negation", folded, low, trigger.start)
    behind = lexicon.find("negation", folded, trigger.end, word_end(folded, trigger.end + _NEGATION_REACH))
    window += [found for found in behind if found.start - trigger.end <= 1]  # "sent no deputy"
    return any(not any(e.start <= n.start < e.end for e in excused) for n in window)


def _unspaced(folded: str, start: int, trigger: Found, lexicon: Lexicon) -> list[Found]:
    """Give the negations near a trigger in a script without blanks, none beyond a mark: "发生地震，暂无伤亡" denies no earthquake.

    Where verbs stand last a negation stands behind, else before, with what it denies in between.
    """
    before = _UNSPACED_LAST if lexicon.data.verbs_last else _UNSPACED_BEFORE
    low, high = max(start, trigger.start - before), min(len(folded), trigger.end + _UNSPACED_BEHIND)
    low = max((mark.end() for mark in _MARK.finditer(folded, low, trigger.start)), default=low)
    mark = _MARK.search(folded, trigger.end, high)
    return lexicon.find("negation", folded, low, mark.start() if mark else high)
