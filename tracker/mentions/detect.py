"""Find the events an article tells: what happened, who, where, when, how sure, who says so, and which words say it.

For every sentence there is a decision in words, kept for `explain`: which rule took it, or why it tells no event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.languages import MentionsData, fold
from tracker.mentions.lexicon import Found, Lexicon, compiled
from tracker.mentions.publish import Candidate, refusal
from tracker.mentions.quantities import quantities
from tracker.mentions.sentences import Clause, Sentence, clauses, sentences
from tracker.mentions.speaker import speaker, speech_at
from tracker.mentions.status import Standing, standing
from tracker.mentions.when import Stretch, dated, published
from tracker.mentions.where import whereabouts
from tracker.mentions.who import Named, named
from tracker.names import NameBook
from tracker.places import Gazetteer, PlaceHit
from tracker.types import Actor, Article, EventMention, Field, MentionDate, Status, TimeMention

__all__ = ["Decision", "Detection", "detect"]

GENERIC = "event"
STATEMENT = "statement"
_FULL_WEIGHT = 8  # sentences after the title that count fully (events.md, section 2)
_LEAD = 3  # sentences in which the news of an article stands
_OBJECT_WORDS, _OBJECT_REACH = 3, 30  # between a verb of confirming and what it confirms
_TOLD_BELOW = 0.9  # of the weight, for a headline dated by the text below it
_MOST_MENTIONS = 40  # of one article: beyond it is a list, not a report
# The fuller word for what an earlier word of the clause only names: "the treaty was ratified" is a ratification.
_COMPLETES = {
    ("agreement", "ratification"), ("law", "vote"), ("trial", "verdict"), ("agreement", "decision"), ("quake", "death_toll"),
    ("talks", "agreement"), ("statement", "agreement"),
}  # fmt: skip
_PARTICIPANTS = frozenset({"demining"})  # its words name people too: "sappers came home" is a homecoming
_WEAK = frozenset({"price", "ceremony", "launch", "construction", "aid", "training", "evacuation"})


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


@dataclass(frozen=True, slots=True)
class _Scene:
    """One field of an article, with everything found in it."""

    article: Article
    field: Field
    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    actors: tuple[Named, ...]
    hits: tuple[PlaceHit, ...]
    times: tuple[TimeMention, ...]
    lexicon: Lexicon


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
    text = _scene(article, "text", times, lexicon, gazetteer, names)
    for scene in (_scene(article, "title", times, lexicon, gazetteer, names, told=text.actors), text):
        for sentence in scene.sentences:
            for candidate, mention in _of_sentence(scene, sentence, _title_types(found)):
                reason = (
                    refusal(candidate, mention) if len(found) < _MOST_MENTIONS else "more events than a report tells"
                )
                verdict = reason or f"{mention.type}, {mention.status}: {mention.trace[0]}"
                decisions.append(Decision(scene.field, mention.start, mention.end, verdict))
                if not reason:
                    found.append(mention)
    return Detection(_with_lead(_headline_dated(found)), tuple(decisions))


def _scene(
    article: Article, field: Field, times: Sequence[TimeMention], lexicon: Lexicon, gazetteer: Gazetteer, names: NameBook,
    *, told: Sequence[Named] | None = None,
) -> _Scene:  # fmt: skip
    """Find all there is to find in a field. ``told`` are the actors of the text, which a headline may name again."""
    text = article.body(field)
    folded = fold(text)
    language = article.language
    parts = sentences(text, lexicon, dateline=field == "text")
    known = names.scan(text, language)
    masked = [(start, end) for start, end, actor in known if actor.kind == "person"]
    hits = gazetteer.find(text, language=language, masked=masked)
    actors = named(text, folded, language, parts, lexicon, names, hits, told=told)
    people = [(n.start, n.end) for n in actors if n.actor.kind == "person"]
    hits = tuple(hit for hit in hits if not any(a < hit.end and hit.start < b for a, b in people))
    own = tuple(t for t in times if t.field == field)
    return _Scene(article, field, text, folded, parts, actors, hits, own, lexicon)


def _title_types(found: Sequence[EventMention]) -> frozenset[str]:
    return frozenset(mention.type for mention in found if mention.field == "title")


def _of_sentence(
    scene: _Scene, sentence: Sentence, title_types: frozenset[str]
) -> Iterator[tuple[Candidate, EventMention]]:
    """Give a candidate for each clause that names an event; one for the sentence where none does."""
    lexicon = scene.lexicon
    said = speech_at(scene.folded, sentence, lexicon)
    who_says = speaker(sentence, said, scene.actors)
    told = _told(scene, sentence)
    if not told:
        yield _candidate(
            scene, sentence, Clause(sentence.start, sentence.end), None, said, who_says, title_types, alone=True
        )
    for clause, trigger in told:
        alone = len(told) == 1
        where = Clause(sentence.start, sentence.end) if alone else _without_connective(scene, clause)
        yield _candidate(scene, sentence, where, trigger, said, who_says, title_types, alone=alone)


def _told(scene: _Scene, sentence: Sentence) -> list[tuple[Clause, Found]]:
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


def _names_own(scene: _Scene, clause: Clause) -> bool:
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
        )
        if chosen is None or weaker:
            chosen = trigger
    return chosen


def _without_connective(scene: _Scene, clause: Clause) -> Clause:
    """Leave out "after", "before" or "but" at a clause's head."""
    for name in ("clauses.after", "clauses.before", "clauses.borders"):
        for found in scene.lexicon.find(name, scene.folded, clause.start, clause.end)[:1]:
            if found.start == clause.start and found.end < clause.end - 8:
                start = found.end
                while start < clause.end and scene.text[start].isspace():
                    start += 1
                return Clause(start, clause.end)
    return clause


def _candidate(
    scene: _Scene, sentence: Sentence, clause: Clause, trigger: Found | None, said: tuple[Found, ...], who_says: str,
    title_types: frozenset[str], *, alone: bool,
) -> tuple[Candidate, EventMention]:  # fmt: skip
    lexicon, folded = scene.lexicon, scene.folded
    at = trigger or Found(clause.start, clause.start, GENERIC)
    stands = standing(folded, clause.start, clause.end, at, lexicon)
    stretch = Stretch(
        scene.field, (sentence.start, sentence.end), (clause.start, clause.end), at.start, said, others=not alone
    )
    dct = scene.article.dct
    when = dated(stretch, scene.times, stands.status, dct, folded)
    stands = _ahead(stands, when, dct)
    opens = scene.field == "title" or sentence.number < _LEAD
    if when is None and dct is not None and _is_news(scene, sentence, at, stands, title_types):
        when = published(dct)
    place = whereabouts(folded, clause.start, clause.end, scene.hits, lexicon)
    wide = whereabouts(folded, sentence.start, sentence.end, scene.hits, lexicon)
    placed = bool(place.places or wide.places)
    who = _who(scene, clause, place.states, who_says, placed=placed)
    inherited = not who and not place.places
    if inherited:
        who = _who(scene, Clause(sentence.start, sentence.end), wide.states, who_says, placed=placed)
    masked = [(t.start, t.end) for t in scene.times]
    counted = quantities(scene.text, folded, clause.start, clause.end, lexicon, masked=masked)
    mention = EventMention(
        field=scene.field, start=clause.start, end=clause.end, quote=scene.text[clause.start : clause.end], type=at.label,
        status=stands.status, date=when, who=who, where=place.places or wide.places, quantities=counted, speaker=who_says,
        salience=_salience(scene.field, sentence.number), tokens=lexicon.content(folded, clause.start, clause.end),
        trace=_trace(scene, at, stands, when, trigger is not None),
    )  # fmt: skip
    opinion = bool(lexicon.find("opinion", folded, clause.start, clause.end))
    return Candidate(
        trigger is not None, sentence.asks, stands.negated, opinion, opens, inherited, dct is not None
    ), mention


def _ahead(stands: Standing, when: MentionDate | None, dct: date | None) -> Standing:
    """What is told without a cue and lies ahead of its report is a plan."""
    value = when.edtf if when else None
    if value is None or dct is None or value.earliest is None or stands.status is not Status.OCCURRED or stands.certain:
        return stands
    return replace(stands, status=Status.PLANNED, cue="a day ahead of the report") if value.earliest > dct else stands


def _is_news(scene: _Scene, sentence: Sentence, at: Found, stands: Standing, title_types: frozenset[str]) -> bool:
    """Tell whether an undated clause is the news of the day: the headline, or what opens the text and the headline names.

    Without a headline the first sentence counts, if it says that something has happened.
    """
    if stands.status not in (Status.OCCURRED, Status.ALLEGED) or stands.negated or at.label == GENERIC:
        return False
    if scene.field == "title":
        return not sentence.asks
    if scene.article.title:
        return sentence.number < _LEAD and at.label in title_types
    return sentence.number == 0 and stands.certain


def _who(
    scene: _Scene, clause: Clause, states: Sequence[Actor], who_says: str, *, placed: bool
) -> tuple[Actor, ...]:  # fmt: skip
    """Give the actors of a clause; who only speaks takes no part, unless nobody else does and no place is named."""
    inside = [n.actor for n in scene.actors if clause.start <= n.start and n.end <= clause.end]
    acting = [actor for actor in inside if actor.name != who_says]
    return tuple(dict.fromkeys([*acting, *states])) or (() if placed else tuple(dict.fromkeys(inside)))


def _salience(field: Field, number: int) -> float:
    if field == "title":
        return 1.0
    return round(max(0.2, 0.9 - 0.7 * number / _FULL_WEIGHT), 3)


def _trace(scene: _Scene, at: Found, stands: Standing, when: MentionDate | None, triggered: bool) -> tuple[str, ...]:
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


def _headline_dated(found: Sequence[EventMention]) -> list[EventMention]:
    """Give a headline without a date of its own the date that the opening of the text gives the same event."""
    return [_with_date_of_text(mention, found) for mention in found]


def _with_date_of_text(mention: EventMention, found: Sequence[EventMention]) -> EventMention:
    if mention.field != "title" or (mention.date is not None and mention.date.phrase):
        return mention
    source = next((m for m in found if _tells_headline(m, mention)), None)
    if source is None or source.date is None:
        return mention
    date_ = replace(source.date, weight=round(source.date.weight * _TOLD_BELOW, 3))
    line = f"date {date_.edtf} from {date_.phrase!r} in the text, which tells the same"
    return replace(mention, date=date_, trace=(*mention.trace, line))


def _tells_headline(body: EventMention, title: EventMention) -> bool:
    same = body.field == "text" and body.type == title.type and body.status == title.status
    return same and body.date is not None and bool(body.date.phrase) and body.salience >= _salience("text", _LEAD)


def _with_lead(found: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """Mark the one mention an article is mainly about: the headline's, else the earliest; a statement only if alone."""
    if not found:
        return ()
    best = min(range(len(found)), key=lambda n: (found[n].type in (STATEMENT, GENERIC), -found[n].salience, n))
    return tuple(replace(mention, lead=n == best) for n, mention in enumerate(found))
