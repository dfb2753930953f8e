"""Which clauses of a sentence name an event, and by which word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.mentions.clauses import clauses
from tracker.mentions.lexicon import Found, Lexicon
from tracker.mentions.scene import Scene
from tracker.mentions.sentences import Clause, Sentence, trimmed
from tracker.mentions.status import OF_JUSTICE

__all__ = ["CAUSES", "STATEMENT", "Part", "told_in", "without_connective"]

STATEMENT = "statement"
_ORDERS = ("clauses.after", "clauses.before")
_OBJECT_WORDS, _OBJECT_REACH = 3, 30  # between a verb of confirming and what it confirms
# The fuller word for what an earlier word of the clause only names: "the treaty was ratified" is a ratification.
_COMPLETES = {
    ("deployment", "aid"), ("agreement", "ratification"), ("law", "vote"), ("trial", "verdict"), ("agreement", "decision"), ("quake", "death_toll"),
    ("talks", "agreement"), ("statement", "agreement"), ("crime", "arrest"), ("crime", "trial"),
    ("crime", "verdict"), ("arrest", "verdict"), ("decision", "law"),
}  # fmt: skip
_SIDE, _SIDE_WORDS = 10, 2  # characters and words between what stands side by side
_A_DAY, _NO_DAYS = 2, 10**9  # days of a time that may be one day's; however many
_SAYER_WORDS = 8  # of a clause that names who says what stands before it
_SAYING_END = 6  # characters between a word of saying and the end of its clause: "that"
_CLOSING = '”»“」』’"'  # a clause that begins with one says whose words these were
_SHARING_WORDS = 5  # with a meaning, of a clause that leaves out the word for its event
_DEATHS = frozenset({"death", "death_toll"})
_FOR_SUFFERERS = frozenset(
    {"aid", "visit", "ceremony", "construction", "deployment", "protest", "decision", "law", "trial"}
)
_PARTICIPANTS = frozenset({"demining"})  # its words name people too: "sappers came home" is a homecoming
_WEAK = frozenset(
    {"price", "ceremony", "launch", "construction", "aid", "training", "evacuation", "award", "business", "discovery"}
)

# What people died of names the event better than their deaths do; a toll is news of its own.
CAUSES = frozenset(
    {"quake", "eruption", "flood", "landslide", "storm", "fire", "accident", "explosion", "attack", "battle", "disease", "crime"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that tells an event, and the word that names it. ``shared``: that word stands in another clause."""

    clause: Clause
    trigger: Found | None
    shared: bool = False


def told_in(scene: Scene, sentence: Sentence) -> list[Part]:
    """Give the clauses that name an event, with the words that do; a headline is one clause.

    What is only stated gives way to what happened. A further clause counts where it names somebody or a place of its own:
    "…, sending ash over the town" is part of the eruption. A clause with a day and an actor of its own shares the word of
    its neighbour: "the party met on Monday, its youth wing on Tuesday".
    """
    lexicon, folded = scene.lexicon, scene.folded
    whole = (Clause(sentence.start, sentence.end),)
    times = [(t.start, t.end) for t in scene.times_in(sentence.start, sentence.end) if t.edtf and t.edtf.days]
    parts = clauses(scene.text, folded, sentence, lexicon, times=times) if scene.field == "text" else whole
    told = []
    for clause in parts:
        trigger = _main(_told_now(_naming(scene, clause), scene, clause))
        if trigger is not None:
            told.append(Part(clause, _confirmed(trigger, clause, folded, lexicon)))
    told = [item for n, item in enumerate(told) if n == 0 or not _attributes(scene, item.clause)]
    told = _without_charges(scene, _without_sayings(scene, told, sentence.end))
    kept = [
        item for number, item in enumerate(told)
        if number == 0 or _names_own(scene, item.clause) or _tells_anew(scene, told[number - 1], item)
    ]  # fmt: skip
    if len(kept) == 1 and (ahead := _with_plan(scene, kept[0])):
        return ahead
    found = sorted([*kept, *_sharing(scene, parts, kept)], key=lambda part: part.clause.start)
    return [_alone(scene, found[0], parts, whole[0])] if len(found) == 1 else found


def _naming(scene: Scene, clause: Clause) -> list[Found]:
    """Give the words of a clause that name events: not those that are a day ("in March") or say who says so ("unter Berufung auf")."""
    found = scene.lexicon.triggers(scene.folded, clause.start, clause.end)
    spans = [(t.start, t.end) for t in scene.times_in(clause.start, clause.end) if t.edtf and t.edtf.days]
    sources = scene.lexicon.find("speech.according", scene.folded, clause.start, clause.end) if found else []
    spans += [(word.start, word.end) for word in sources]
    return [word for word in found if not any(start <= word.start and word.end <= end for start, end in spans)]


def _told_now(found: Sequence[Found], scene: Scene, clause: Clause) -> Sequence[Found]:
    """Leave out what is only spoken of: a disaster beside those who suffered it ("a camp for flood victims"), the object of
    a statement that has a day of its own ("condemned on Monday the attack")."""
    if len(found) < 2:
        return found
    rest = _without_suffered(found, scene, clause)
    first = rest[0]
    if first.label == STATEMENT and len(rest) > 1 and _dated_itself(first, rest[1], scene, clause):
        return rest[:1]
    return rest


def _without_suffered(found: Sequence[Found], scene: Scene, clause: Clause) -> Sequence[Found]:
    """Leave out the disasters beside a word for those who suffered them, where something is done for them."""
    near = list(scene.lexicon.find("affected", scene.folded, clause.start, clause.end))
    if not near or not any(word.label in _FOR_SUFFERERS for word in found):
        return found
    kept = []
    for word in found:
        if word.label in CAUSES | _DEATHS and any(_beside(word, other, scene) for other in near):
            near.append(word)  # "victims of the flood and the storm"
        else:
            kept.append(word)
    return kept


def _beside(word: Found, other: Found, scene: Scene) -> bool:
    """Tell whether two words stand side by side, a small word or two between them."""
    between = scene.folded[min(word.end, other.end) : max(word.start, other.start)]
    return (
        len(between) <= _SIDE and len(between.split()) <= _SIDE_WORDS and not any(mark in between for mark in ",;:，；")
    )


def _dated_itself(said: Found, other: Found, scene: Scene, clause: Clause) -> bool:
    """Tell whether the only day of a clause stands right beside its word of a statement, which has an object and no "that"."""
    days = [t for t in scene.times_in(clause.start, clause.end) if t.edtf and t.edtf.days]
    announced = scene.lexicon.find("speech.verbs", scene.folded, said.start, said.end)  # what is announced is the news
    if len(days) != 1 or announced or not scene.lexicon.spaced:
        return False
    gap = max(said.start - days[0].end, days[0].start - said.end)
    between = scene.folded[said.end : other.start]
    apart = any(mark in between for mark in ",;:") or scene.lexicon.find(
        "clauses.borders", scene.folded, said.end, other.start
    )
    verbs = scene.lexicon.status(scene.folded, other.start, clause.end)
    return 0 <= gap <= _SIDE and days[0].end <= other.start and not apart and not verbs


def _without_sayings(scene: Scene, told: Sequence[Part], end: int) -> list[Part]:
    """Leave out what is only stated beside what happened, unless each has a day of its own."""
    done = [part for part in told if part.trigger and part.trigger.label != STATEMENT]
    if not done:
        return list(told[:1])
    dated = any(_has_day(scene, part.clause) for part in done)
    return [
        part for part in told
        if part in done or (dated and _has_day(scene, part.clause) and not _only_says(scene, part.clause, end))
    ]  # fmt: skip


def _without_charges(scene: Scene, told: Sequence[Part]) -> list[Part]:
    """Leave out what somebody is only held or tried for where the sentence dates the arrest alone."""
    if not any(part.trigger and part.trigger.label in OF_JUSTICE for part in told):
        return list(told)
    return [
        part for part in told
        if (part.trigger and part.trigger.label in OF_JUSTICE) or _has_day(scene, part.clause) or not any(
            cue.label == "alleged" for cue in scene.lexicon.status(scene.folded, part.clause.start, part.clause.end)
        )
    ]  # fmt: skip


def _alone(scene: Scene, part: Part, parts: Sequence[Clause], whole: Clause) -> Part:
    """Give the only clause that names an event: all of its sentence is told of it, unless the rest is told of another time.

    Behind a word of order it has a day of its own, and is understood only with its sentence.
    """
    if _has_day(scene, part.clause):
        if sum(_has_day(scene, clause) for clause in parts) > 1:
            return part
        if part.clause.start > parts[0].start and part.clause != _past(scene, part.clause, _ORDERS):
            return replace(part, shared=True)
    return replace(part, clause=whole)


def _with_plan(scene: Scene, part: Part) -> list[Part]:
    """Part what is told from what is planned with it: "considers delaying a ban | which is due to take effect on Sunday"."""
    lexicon, folded, clause, trigger = scene.lexicon, scene.folded, part.clause, part.trigger
    if trigger is None or scene.dct is None:
        return []
    borders = lexicon.find("clauses.borders", folded, trigger.end, clause.end)
    joins = lexicon.find("joins", folded, trigger.end, clause.end)
    for border in (*borders, *joins):
        cue = next((c for c in lexicon.status(folded, border.end, clause.end) if c.label == "planned"), None)
        if border in joins and (cue is None or cue.start - border.end > 1):
            continue  # "and" alone parts nothing; "and will" does
        ahead = cue and any(
            t.edtf and cue.end <= t.start < clause.end and (t.edtf.earliest or scene.dct) >= scene.dct
            for t in scene.times_in(cue.end, clause.end)
        )
        if ahead:
            plan = Clause(border.start, clause.end)
            own = _main(_naming(scene, plan))
            shared = Part(plan, replace(trigger, start=border.start, end=border.start), shared=True)
            return [Part(Clause(clause.start, border.start), trigger), Part(plan, own) if own else shared]
    return []


def _sharing(scene: Scene, parts: Sequence[Clause], told: Sequence[Part]) -> Iterator[Part]:
    """Give the clauses with a day and somebody named that leave out the word for their event.

    Beside a clause with a day they share its word ("…, its youth wing on Tuesday"), else they tell something of their own.
    """
    for clause in parts:
        near = min(told, key=lambda part: abs(part.clause.start - clause.start), default=None)
        if near is None or near.trigger is None or any(part.clause == clause for part in told):
            continue
        placed = bool(scene.hits_in(clause.start, clause.end))
        few, beside = _few_words(scene, clause), _has_day(scene, near.clause)
        if not _has_day(scene, clause) or not (
            placed or _names_own(scene, clause) or (beside and not few and _has_day(scene, clause, most=_A_DAY))
        ):
            continue
        if near.trigger.label == STATEMENT or _only_says(scene, clause, parts[-1].end):
            continue  # what is only stated is no event of its own, nor that it is stated
        if beside and few:
            yield Part(clause, replace(near.trigger, start=clause.start, end=clause.start), shared=True)
        elif beside or len(told) == 1:
            yield Part(clause, None)


def _only_says(scene: Scene, clause: Clause, end: int) -> bool:
    """Tell whether a clause only says who says what follows before ``end``: "an official said on Monday | …"."""
    folded, lexicon = scene.folded, scene.lexicon
    said = lexicon.find("speech.verbs", folded, clause.start, clause.end)[-1:]
    ends = bool(said) and clause.end - said[0].end <= _SAYING_END and clause.end < end
    behind = bool(said) and scene.text[clause.start] in _CLOSING
    return ends or behind or bool(lexicon.find("speech.according", folded, clause.start, clause.end))


def _attributes(scene: Scene, clause: Clause) -> bool:
    """Tell whether a clause behind another only says whose words those were: ", prosecutor Mark Lee said", ", dijo el fiscal Luis Paz"."""
    said = scene.lexicon.find("speech.verbs", scene.folded, clause.start, clause.end)
    if not said or not scene.lexicon.spaced:
        return False
    ends = clause.end - said[-1].end <= 1 and len(scene.folded[clause.start : clause.end].split()) <= _SAYER_WORDS
    return ends or said[0].start == clause.start


def _few_words(scene: Scene, clause: Clause) -> bool:
    """Tell whether a clause is too short to have a verb of its own."""
    return len(scene.lexicon.content(scene.folded, clause.start, clause.end)) <= _SHARING_WORDS


def _tells_anew(scene: Scene, before: Part, part: Part) -> bool:
    """Tell whether two clauses tell of two days, or of one kind of event at two times: "erupted in May, and again in June"."""
    if _has_day(scene, before.clause) and _has_day(scene, part.clause):
        return True
    same = before.trigger and part.trigger and before.trigger.label == part.trigger.label
    return bool(same) and _has_time(scene, before.clause) and _has_time(scene, part.clause)


def _has_time(scene: Scene, clause: Clause) -> bool:
    return any(time.edtf and time.end <= clause.end for time in scene.times_in(clause.start, clause.end))


def _has_day(scene: Scene, clause: Clause, *, most: int = _NO_DAYS) -> bool:
    return any(
        time.edtf
        and time.edtf.days
        and time.edtf.days <= most
        and clause.start <= time.start
        and time.end <= clause.end
        for time in scene.times_in(clause.start, clause.end)
    )


def _names_own(scene: Scene, clause: Clause) -> bool:
    """Tell whether a clause names somebody, or begins with a conjunction and names a place."""
    folded, lexicon = scene.folded, scene.lexicon
    if any(actor.end <= clause.end for actor in scene.actors_in(clause.start, clause.end)):
        return True
    heads = ("joins", "clauses.after", "clauses.before", "clauses.borders")
    begins = any(
        f.start == clause.start for name in heads for f in lexicon.find(name, folded, clause.start, clause.end)[:1]
    )
    states = any(hit.place.kind == "country" for hit in scene.hits_in(clause.start, clause.end))
    return states or (begins and bool(scene.hits_in(clause.start, clause.end)))


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
            or (chosen.label == "death" and trigger.label in CAUSES)
        )
        if chosen is None or weaker:
            chosen = trigger
    return chosen


def without_connective(scene: Scene, clause: Clause) -> Clause:
    """Leave out "after", "before", "but" or "and" at a clause's head."""
    return _past(scene, clause, (*_ORDERS, "clauses.borders", "joins"))


def _past(scene: Scene, clause: Clause, lists: Sequence[str]) -> Clause:
    for name in lists:
        for found in scene.lexicon.find(name, scene.folded, clause.start, clause.end)[:1]:
            if found.start == clause.start and found.end < clause.end - 8:
                return trimmed(scene.text, found.end, clause.end)
    return clause
