"""Candidates for events: for each clause that names one, and for sentences that name none by word, all that is told of it.

In: a sentence of a scene and the thread of the story. Out: event mentions with what the gate asks about each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.mentions.lead import salience
from tracker.mentions.lexicon import Found
from tracker.mentions.narration import GENERIC, LEAD, Thread, is_news, names_year, planned_ahead
from tracker.mentions.order import offset, ordered, related
from tracker.mentions.publish import Candidate
from tracker.mentions.quantities import quantities
from tracker.mentions.remarks import own_date, remark, tells_plan
from tracker.mentions.scene import Scene
from tracker.mentions.sentences import MARKS, Clause, Sentence
from tracker.mentions.speaker import speaker, speech_at
from tracker.mentions.status import Standing, standing
from tracker.mentions.triggers import CAUSES, STATEMENT, Part, told_in, without_connective
from tracker.mentions.unreported import unreported
from tracker.mentions.when import Stretch, dated, said_on
from tracker.mentions.where import Whereabouts, whereabouts
from tracker.types import Actor, EventMention, MentionDate, Status

__all__ = ["candidates"]

_TOLL, _DEATHS = "death_toll", ("death", "death_toll")  # types
_POINTING = 16  # characters of a word like "this" and of a blank beside an event's word
_QUOTED_WORDS = 4  # with a meaning: a clause of fewer that names nobody is not understood without its sentence


@dataclass(frozen=True, slots=True)
class _View:
    """A sentence with its words of saying and its speaker."""

    scene: Scene
    sentence: Sentence
    said: tuple[Found, ...]
    who_says: str
    thread: Thread

    @property
    def today(self) -> MentionDate | None:
        """The day of the story so far."""
        dct = self.scene.dct
        return self.thread.last or (self.thread.today(dct) if dct else None)

    @property
    def whole(self) -> Clause:
        return Clause(self.sentence.start, self.sentence.end)


def candidates(scene: Scene, sentence: Sentence, thread: Thread) -> Iterator[tuple[Candidate, EventMention]]:
    """Give a candidate for each clause that names an event; one for the sentence where none does."""
    thread.look(scene, sentence)
    said = speech_at(scene.folded, sentence, scene.lexicon)
    view = _View(scene, sentence, said, _speaker(scene, sentence, said), thread)
    told = told_in(scene, sentence)
    if not told:
        yield _candidate(view, Part(view.whole, None))
    if len(told) == 1 and (before := _before_opinion(view, told[0])):
        yield _candidate(view, before)
    for part in (_of_its_own(view, part) for part in told):
        further = part.clause.start > sentence.start
        clause = without_connective(scene, part.clause) if further else part.clause
        yield _candidate(view, Part(clause, part.trigger, part.shared))


def _speaker(scene: Scene, sentence: Sentence, said: Sequence[Found]) -> str:
    return (
        speaker(scene.text, sentence, said, scene.actors_in(sentence.start, sentence.end), scene.lexicon)
        if said
        else ""
    )


def _before_opinion(view: _View, part: Part) -> Part | None:
    """Give what a sentence tells with a date before it turns to what might be: "in May she told the court how it would be …"."""
    scene, trigger = view.scene, part.trigger
    if trigger is None:
        return None
    cues = scene.lexicon.find("opinion", scene.folded, view.sentence.start, trigger.start)
    times = [t for t in scene.times_in(view.sentence.start, trigger.start) if t.edtf and t.edtf.days]
    if not cues or not any(time.end <= cues[0].start for time in times):
        return None
    return Part(Clause(view.sentence.start, cues[0].start), None, shared=True)


def _of_its_own(view: _View, part: Part) -> Part:
    """Leave out a word that only looks back to what was told: "after the vote she flew to Rome" tells no vote."""
    stretch = Stretch((view.sentence.start, view.sentence.end), (part.clause.start, part.clause.end), part.trigger, ())
    if part.trigger is None or related(stretch, view.scene) is None:
        return part
    told = any(mention.type == part.trigger.label for mention in view.thread.dated)
    return Part(part.clause, None) if told else part


def _candidate(view: _View, part: Part) -> tuple[Candidate, EventMention]:
    scene, clause, trigger = view.scene, part.clause, part.trigger
    lexicon, folded, dct = scene.lexicon, scene.folded, scene.dct
    at = trigger or Found(clause.start, clause.start, GENERIC)
    stands = standing(folded, clause.start, clause.end, at, lexicon)
    place, wide = _whereabouts(scene, clause), _whereabouts(scene, view.whole)
    where = place.of(at.label) or wide.of(at.label)
    hails = bool(place.left or wide.left)
    placed = bool(where) or hails
    who = _who(view, clause, place.states, placed=placed)
    inherited = not who and not place.of(at.label)
    if inherited:
        who = _who(view, view.whole, wide.states, placed=placed)
    masked = [(t.start, t.end) for t in scene.times_in(view.sentence.start, view.sentence.end)]
    counted = quantities(scene.text, folded, clause.start, clause.end, lexicon, masked=masked)
    when = _when(view, part, stands, told=bool(who or placed or counted or stands.certain))
    stands = planned_ahead(stands, when, dct)
    label = GENERIC if _says_plan(view, at, stands) else at.label
    if counted and (toll := _toll(view, part)):
        label, when = _TOLL, toll
    own = lexicon.content(folded, clause.start, clause.end)
    quoted = view.whole if part.shared or (inherited and len(own) < _QUOTED_WORDS) else clause
    mention = EventMention(
        field=scene.field, start=quoted.start, end=quoted.end, quote=scene.text[quoted.start : quoted.end],
        type=label, status=stands.status, date=when, who=who, where=where, quantities=counted,
        speaker=view.who_says, salience=salience(scene.field, view.sentence.number),
        tokens=lexicon.content(folded, quoted.start, quoted.end) if part.shared else own, trace=_trace(scene, at, stands, when),
    )  # fmt: skip
    quotation = _quotation(view, part)
    if quotation and not own_date(mention, quotation):
        mention = replace(mention, date=None)
    return Candidate(
        remark=quotation is not None and mention.date is None and not tells_plan(mention, quotation, _named(scene, clause)),
        plain=_plain(scene, clause), triggered=trigger is not None, aside=view.sentence.aside, negated=stands.negated,
        opinion=_opinion(scene, clause, trigger, when), opens=scene.field == "title" or view.sentence.number < LEAD,
        inherited=inherited, certain=stands.certain, cued=bool(stands.cue), dct=dct, words=len(mention.tokens),
        unreported=unreported(scene, view.sentence), refers=_refers(view, trigger), firm=place.firm and wide.firm, hails=hails,
    ), mention  # fmt: skip


def _quotation(view: _View, part: Part) -> tuple[int, int] | None:
    """Give somebody's words in which a clause tells what it tells; those that open a report are its news."""
    if not view.sentence.number:
        return None
    return remark(view.sentence, part.clause, part.trigger, view.said, spaced=view.scene.lexicon.spaced)


def _refers(view: _View, trigger: Found | None) -> bool:
    """Tell whether a word for an event only points to what was told: "this decision protects …", "keputusan ini …"."""
    if trigger is None or view.scene.field != "text" or not view.sentence.number:
        return False
    low, high = max(view.sentence.start, trigger.start - _POINTING), min(view.sentence.end, trigger.end + _POINTING)
    pointing = view.scene.lexicon.find("clauses.this", view.scene.folded, low, high)
    return any(0 <= max(trigger.start - word.end, word.start - trigger.end) <= 1 for word in pointing)


def _named(scene: Scene, clause: Clause) -> list[tuple[int, int]]:
    found = (inside(clause.start, clause.end) for inside in (scene.actors_in, scene.hits_in))
    return [(item.start, item.end) for items in found for item in items]


def _whereabouts(scene: Scene, clause: Clause) -> Whereabouts:
    hits = scene.hits_in(clause.start, clause.end)
    return whereabouts(scene.folded, clause.start, clause.end, hits, scene.lexicon)


def _plain(scene: Scene, clause: Clause) -> int:
    """Count the words with a meaning that are no part of a name, a place or a time."""
    found = (inside(clause.start, clause.end) for inside in (scene.actors_in, scene.hits_in, scene.times_in))
    at, words = clause.start, set[str]()
    for start, end in sorted((item.start, item.end) for items in found for item in items):
        words |= set(scene.lexicon.content(scene.folded, at, max(at, start)))
        at = max(at, end)
    return len(words | set(scene.lexicon.content(scene.folded, at, max(at, clause.end))))


def _toll(view: _View, part: Part) -> MentionDate | None:
    """Give the day on which somebody states how many died of what was told before: "… said on Tuesday the quake had killed 268"."""
    scene, clause, trigger = view.scene, part.clause, part.trigger
    if trigger is None or trigger.label not in CAUSES or scene.field != "text":
        return None
    died = any(f.label in _DEATHS for f in scene.lexicon.triggers(scene.folded, clause.start, clause.end))
    said = said_on(
        Stretch((view.sentence.start, view.sentence.end), (clause.start, clause.end), trigger, view.said), scene
    )
    if not died or said is None or said.edtf is None or said.edtf.earliest is None or (said.start or 0) > trigger.start:
        return None
    before = [m.date.edtf for m in view.thread.dated if m.type == trigger.label and m.date and m.date.edtf]
    return said if any(told.latest and told.latest < said.edtf.earliest for told in before) else None


def _says_plan(view: _View, at: Found, stands: Standing) -> bool:
    """Tell whether a word of saying tells a plan: "will close the mill in May, she announced" is no statement of May."""
    return at.label == STATEMENT and stands.status is Status.PLANNED and any(w.start == at.start for w in view.said)


def _when(view: _View, part: Part, stands: Standing, *, told: bool) -> MentionDate | None:
    """Date a clause: by its own words, by what it comes before or after, as news of the day, by what was told before it."""
    scene, sentence, dct = view.scene, view.sentence, view.scene.dct
    stretch = Stretch((sentence.start, sentence.end), (part.clause.start, part.clause.end), part.trigger, view.said)
    relation = related(stretch, scene)
    when = offset(relation, stretch, scene, stands, view.today) if relation else None
    if when is None and not (relation and stands.status is Status.PLANNED):
        when = dated(stretch, scene, stands)  # with an order, a summer or a month of the sentence
    if dct is None or sentence.aside or (part.shared and when is None):
        return when  # a clause that shares its word is told for its day alone
    at = part.trigger or Found(part.clause.start, part.clause.start, GENERIC)
    if (when is None or names_year(when, dct)) and is_news(scene, sentence, at, stands, view.thread):
        return view.thread.today(dct)
    if when is not None:
        return when
    if when := ordered(stretch, scene, stands, view.thread.dated):
        return when
    return view.thread.date(scene, sentence, part.clause, at, stands) if told and part.trigger else None


def _opinion(scene: Scene, clause: Clause, trigger: Found | None, when: MentionDate | None) -> bool:
    """Tell whether a clause says what should or might be; a cue behind an event's word, or beyond a mark behind its date, speaks of
    what follows from it."""
    end = trigger.end if trigger and scene.lexicon.spaced else clause.end
    if trigger is None and when is not None and when.end is not None and clause.start <= when.end < clause.end:
        mark = MARKS.search(scene.text, when.end, clause.end)
        end = mark.start() if mark else end
    return bool(scene.lexicon.find("opinion", scene.folded, clause.start, end))


def _who(view: _View, clause: Clause, states: Sequence[Actor], *, placed: bool) -> tuple[Actor, ...]:
    """Give the actors of a clause; who only speaks takes no part, unless nobody else does and no place is named."""
    inside = [n.actor for n in view.scene.actors_in(clause.start, clause.end) if n.end <= clause.end]
    acting = [actor for actor in inside if actor.name != view.who_says]
    return tuple(dict.fromkeys([*acting, *states])) or (() if placed else tuple(dict.fromkeys(inside)))


def _trace(scene: Scene, at: Found, stands: Standing, when: MentionDate | None) -> tuple[str, ...]:
    lines = [f"{at.label} by {scene.text[at.start : at.end]!r}" if at.end > at.start else "no word of a type"]
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
