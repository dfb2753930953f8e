"""Find the events an article tells: what happened, who, where, when, how sure, who says so, and which words say it.

For every sentence there is a decision in words, kept for `explain`: which rule took it, or why it tells no event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.languages import MentionsData
from tracker.mentions.lexicon import Found, compiled
from tracker.mentions.narration import (
    GENERIC,
    LEAD,
    Thread,
    headline_dated,
    is_news,
    news_day,
    planned_ahead,
    salience,
    with_lead,
)
from tracker.mentions.publish import Candidate, refusal
from tracker.mentions.quantities import quantities
from tracker.mentions.scene import Scene, scene_of
from tracker.mentions.sentences import Clause, Sentence
from tracker.mentions.speaker import speaker, speech_at
from tracker.mentions.status import Standing, standing
from tracker.mentions.triggers import told_in, without_connective
from tracker.mentions.unreported import unreported
from tracker.mentions.when import Stretch, dated
from tracker.mentions.where import whereabouts
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.types import Actor, Article, EventMention, Field, MentionDate, TimeMention

__all__ = ["Decision", "Detection", "detect"]

_MOST_MENTIONS = 40  # of one article: beyond it is a list, not a report


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one sentence or clause, in words."""

    field: Field
    start: int
    end: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Detection:
    """The event mentions of an article, and a decision for each of its sentences."""

    mentions: tuple[EventMention, ...]
    decisions: tuple[Decision, ...]


def detect(
    article: Article, times: Sequence[TimeMention], *, data: MentionsData | None, gazetteer: Gazetteer, names: NameBook
) -> Detection:
    """Give the event mentions of an article in reading order. Never raises on any text.

    A language without words of events gives none, and says so.
    """
    if data is None:
        said = f"no words of events for language {article.language or 'unknown'}"
        return Detection((), (Decision("text", 0, len(article.text), said),))
    lexicon = compiled(data)
    decisions: list[Decision] = []
    found: list[EventMention] = []
    text = scene_of(article, "text", times, lexicon, gazetteer, names)
    thread = Thread(news_day(text))
    heading = scene_of(article, "title", times, lexicon, gazetteer, names, told=text.actors)
    for scene in (heading, text):
        for sentence in scene.sentences:
            for candidate, mention in _of_sentence(scene, sentence, thread):
                reason = (
                    refusal(candidate, mention) if len(found) < _MOST_MENTIONS else "more events than a report tells"
                )
                verdict = reason or f"{mention.type}, {mention.status}: {mention.trace[0]}"
                decisions.append(Decision(scene.field, mention.start, mention.end, verdict))
                if not reason:
                    found.append(mention)
                    thread.follow(mention, sentence.number)
    return Detection(with_lead(headline_dated(found), article.dct), tuple(decisions))


def _of_sentence(scene: Scene, sentence: Sentence, thread: Thread) -> Iterator[tuple[Candidate, EventMention]]:
    """Give a candidate for each clause that names an event; one for the sentence where none does."""
    lexicon = scene.lexicon
    said = speech_at(scene.folded, sentence, lexicon)
    who_says = speaker(sentence, said, scene.actors)
    told = told_in(scene, sentence)
    if not told:
        yield _candidate(
            scene, sentence, Clause(sentence.start, sentence.end), None, said, who_says, thread, alone=True
        )
    for clause, trigger in told:
        alone = len(told) == 1
        where = Clause(sentence.start, sentence.end) if alone else without_connective(scene, clause)
        yield _candidate(scene, sentence, where, trigger, said, who_says, thread, alone=alone)


def _candidate(
    scene: Scene, sentence: Sentence, clause: Clause, trigger: Found | None, said: tuple[Found, ...], who_says: str,
    thread: Thread, *, alone: bool,
) -> tuple[Candidate, EventMention]:  # fmt: skip
    lexicon, folded = scene.lexicon, scene.folded
    at = trigger or Found(clause.start, clause.start, GENERIC)
    stands = standing(folded, clause.start, clause.end, at, lexicon)
    stretch = Stretch(
        scene.field, (sentence.start, sentence.end), (clause.start, clause.end), at.start, said, others=not alone
    )
    dct = scene.article.dct
    when = dated(stretch, scene.times, stands.status, dct, folded)
    stands = planned_ahead(stands, when, dct)
    opens = scene.field == "title" or sentence.number < LEAD
    if when is None and dct is not None and is_news(scene, sentence, at, stands, thread):
        when = thread.today(dct)
    place = whereabouts(folded, clause.start, clause.end, scene.hits, lexicon)
    wide = whereabouts(folded, sentence.start, sentence.end, scene.hits, lexicon)
    placed = bool(place.places or wide.places)
    who = _who(scene, clause, place.states, who_says, placed=placed)
    inherited = not who and not place.places
    if inherited:
        who = _who(scene, Clause(sentence.start, sentence.end), wide.states, who_says, placed=placed)
    if when is None and trigger is not None and dct is not None and (who or placed):
        when = thread.date(scene, sentence, clause, at, stands)
    masked = [(t.start, t.end) for t in scene.times]
    counted = quantities(scene.text, folded, clause.start, clause.end, lexicon, masked=masked)
    mention = EventMention(
        field=scene.field, start=clause.start, end=clause.end, quote=scene.text[clause.start : clause.end], type=at.label,
        status=stands.status, date=when, who=who, where=place.places or wide.places, quantities=counted, speaker=who_says,
        salience=salience(scene.field, sentence.number), tokens=lexicon.content(folded, clause.start, clause.end),
        trace=_trace(scene, at, stands, when, trigger is not None),
    )  # fmt: skip
    opinion = bool(lexicon.find("opinion", folded, clause.start, clause.end))
    return Candidate(
        trigger is not None, stands.negated, opinion, opens, inherited, dct is not None,
        unreported(scene, sentence),
    ), mention  # fmt: skip


def _who(
    scene: Scene, clause: Clause, states: Sequence[Actor], who_says: str, *, placed: bool
) -> tuple[Actor, ...]:  # fmt: skip
    """Give the actors of a clause; who only speaks takes no part, unless nobody else does and no place is named."""
    inside = [n.actor for n in scene.actors if clause.start <= n.start and n.end <= clause.end]
    acting = [actor for actor in inside if actor.name != who_says]
    return tuple(dict.fromkeys([*acting, *states])) or (() if placed else tuple(dict.fromkeys(inside)))


def _trace(scene: Scene, at: Found, stands: Standing, when: MentionDate | None, triggered: bool) -> tuple[str, ...]:
    lines = [
        f"{at.label} by {scene.text[at.start : at.end]!r}"
        if triggered
        else "a day with who and where, no word of a type"
    ]
    if stands.cue:
        lines.append(f"{stands.status} by {stands.cue!r}")
    if when is None:
        lines.append("no date in its clause or sentence")
    elif when.phrase:
        lines.append(
            f"date {when.edtf} from {when.phrase!r} ({when.rule}, anchor {when.anchor}, weight {when.weight:g})"
        )
    else:
        lines.append(f"date {when.edtf}: the day the news was published, weight {when.weight:g}")
    return tuple(lines)
