"""Which clauses of a sentence name an event, and by which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.mentions.lexicon import Found, Lexicon
from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Clause, Sentence, clauses

__all__ = ["STATEMENT", "told_in", "without_connective"]

STATEMENT = "statement"
_OBJECT_WORDS, _OBJECT_REACH = 3, 30  # between a verb of confirming and what it confirms
# The fuller word for what an earlier word of the clause only names: "the treaty was ratified" is a ratification.
_COMPLETES = {
    ("agreement", "ratification"), ("law", "vote"), ("trial", "verdict"), ("agreement", "decision"), ("quake", "death_toll"),
    ("talks", "agreement"), ("statement", "agreement"), ("crime", "arrest"), ("crime", "trial"),
    ("crime", "verdict"), ("arrest", "verdict"), ("decision", "law"),
}  # fmt: skip
_PARTICIPANTS = frozenset({"demining"})  # its words name people too: "sappers came home" is a homecoming
_WEAK = frozenset(
    {"price", "ceremony", "launch", "construction", "aid", "training", "evacuation", "award", "business", "discovery"}
)
# What people died of names the event better than their deaths do; a toll is news of its own.
_CAUSES = frozenset(
    {"quake", "eruption", "flood", "landslide", "storm", "fire", "accident", "explosion", "attack", "battle", "disease", "crime"}
)  # fmt: skip


def told_in(scene: Scene, sentence: Sentence) -> list[tuple[Clause, Found]]:
    """Give the clauses that name an event, with the words that do; a headline is one clause.

    What is only stated gives way to what happened. A further clause counts where it names somebody or a place of its own:
    "…, sending ash over the town" is part of the eruption.
    """
    lexicon, folded = scene.lexicon, scene.folded
    whole = (Clause(sentence.start, sentence.end),)
    parts = clauses(scene.text, folded, sentence, lexicon) if scene.field == "text" else whole
    told = []
    for clause in parts:
        trigger = _main(lexicon.triggers(folded, clause.start, clause.end))
        if trigger is not None:
            told.append((clause, _confirmed(trigger, clause, folded, lexicon)))
    told = [item for item in told if item[1].label != STATEMENT] or told[:1]
    return [item for number, item in enumerate(told) if number == 0 or _names_own(scene, item[0])]


def _names_own(scene: Scene, clause: Clause) -> bool:
    """Tell whether a clause names somebody, or begins with a conjunction and names a place."""
    folded, lexicon = scene.folded, scene.lexicon
    if any(clause.start <= actor.start and actor.end <= clause.end for actor in scene.actors):
        return True
    heads = ("joins", "clauses.after", "clauses.before", "clauses.borders")
    begins = any(
        f.start == clause.start for name in heads for f in lexicon.find(name, folded, clause.start, clause.end)[:1]
    )
    states = any(hit.place.kind == "country" and clause.start <= hit.start < clause.end for hit in scene.hits)
    return states or (begins and any(clause.start <= hit.start < clause.end for hit in scene.hits))


def _confirmed(trigger: Found, clause: Clause, folded: str, lexicon: Lexicon) -> Found:
    """Make a statement of a deed that is only confirmed: "on Saturday Moscow confirmed the deployment"."""
    for word in lexicon.find("speech.confirms", folded, clause.start, clause.end):
        between = folded[word.end : trigger.start] if word.end <= trigger.start else folded[trigger.end : word.start]
        after = word.start >= trigger.end and not lexicon.spaced
        if (
            (word.end <= trigger.start or after)
            and len(between.split()) <= _OBJECT_WORDS
            and len(between) <= _OBJECT_REACH
        ):
            return replace(trigger, label=STATEMENT)
    return trigger


def _main(triggers: Sequence[Found]) -> Found | None:
    """Choose the word that names a clause's event: the first, unless a later one is the fuller word for it."""
    chosen: Found | None = None
    for trigger in triggers:
        weaker = chosen is not None and (
            (chosen.label, trigger.label) in _COMPLETES
            or (chosen.label == STATEMENT and trigger.label != STATEMENT)
            or (chosen.label in _PARTICIPANTS and trigger.label not in _PARTICIPANTS | {STATEMENT})
            or (chosen.label in _WEAK and trigger.label not in _WEAK | {STATEMENT})
            or (chosen.label == "death" and trigger.label in _CAUSES)
        )
        if chosen is None or weaker:
            chosen = trigger
    return chosen


def without_connective(scene: Scene, clause: Clause) -> Clause:
    """Leave out "after", "before" or "but" at a clause's head."""
    for name in ("clauses.after", "clauses.before", "clauses.borders"):
        for found in scene.lexicon.find(name, scene.folded, clause.start, clause.end)[:1]:
            if found.start == clause.start and found.end < clause.end - 8:
                start = found.end
                while start < clause.end and scene.text[start].isspace():
                    start += 1
                return Clause(start, clause.end)
    return clause
