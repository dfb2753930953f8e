"""How alike two units are: a score in 0..1 with its reasons in words, or no comparison at all.

A pair needs an *anchor* to join: a person, an organisation, a place below a country, a telling number or shared wording.
Type, country and day alone never join. Where the day is only the day of publication, or the time is vague, two anchors are
needed, and so where both name persons but none in common; where one side is a plan and the other tells that it happened, who and where must both agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.events.options import MergeOptions, PlaceRelations, Weights
from tracker.events.scheme import STATEMENT, Fit, fit
from tracker.events.units import Level, Story, Unit, cosine
from tracker.names import same_key
from tracker.types import ArticleId

__all__ = ["Comparer", "Verdict"]

_NAME_ACCEPT = 0.72  # tracker.names: one name in two scripts from here on
_WORDING_ANCHOR = 0.4  # ECB+: sentences of one event share about this much, of one topic half of it
_STORY_ANCHOR = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` 0..1 before thresholds; ``anchors`` names the kinds of evidence that can carry a merge."""

    score: float
    anchors: frozenset[str]
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    score: float = 0.0
    anchors: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    other_persons: bool = False

    def add(self, value: float, reason: str = "", anchor: str = "") -> None:
        self.score += value
        if reason:
            self.reasons.append(reason)
        if anchor:
            self.anchors.add(anchor)


class Comparer:
    """Scores pairs of units of one neighbourhood and remembers what it has worked out. Symmetric in its arguments."""

    def __init__(self, stories: Mapping[ArticleId, Story], options: MergeOptions, relations: PlaceRelations) -> None:
        self._stories = stories
        self._options = options
        self._weights: Weights = options.weights
        self._relations = relations
        self._names: dict[tuple[str, str], float] = {}
        self._places: dict[tuple[str, str], bool] = {}
        self._likeness: dict[tuple[ArticleId, ArticleId], tuple[float, str]] = {}
        self._verdicts: dict[tuple[int, int], Verdict] = {}
        self._fits: dict[tuple[str, str], Fit] = {}

    def compare(self, a: Unit, b: Unit) -> Verdict | None:
        """Score a pair; None where the two cannot be one event (other times, types that never merge)."""
        if not self.possible(a, b):
            return None
        first, second = (a, b) if a.order <= b.order else (b, a)
        key = (id(first), id(second))
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = self._judge(first, second)
        return verdict

    def possible(self, a: Unit, b: Unit) -> bool:
        """Tell whether time and type allow one event: days at most the window apart, wider times overlapping."""
        slack = self._options.window_days if a.width == 0 == b.width else 0
        if a.low > b.high + slack or b.low > a.high + slack:
            return False
        fitness = self._fit(a.type, b.type)
        return fitness != "clash" and not (fitness == "generic" and (a.wide or b.wide))

    def _fit(self, a: str, b: str) -> Fit:
        found = self._fits.get((a, b))
        if found is None:
            found = self._fits[a, b] = fit(a, b)
        return found

    def _judge(self, a: Unit, b: Unit) -> Verdict:
        tally = _Tally()
        self._add_type(tally, a, b)
        self._add_time(tally, a, b)
        self._add_places(tally, a, b)
        self._add_actors(tally, a, b)
        self._add_numbers(tally, a, b)
        self._add_wording(tally, a, b, self._wording(a, b))
        self._add_story(tally, a, b)
        score = self._capped(tally, a, b)
        return Verdict(round(max(0.0, min(1.0, score)), 4), frozenset(tally.anchors), tuple(tally.reasons))

    def _capped(self, tally: _Tally, a: Unit, b: Unit) -> float:
        """Hold a score below the thresholds its anchors do not carry."""
        if not tally.anchors - {"story"}:
            return min(tally.score, self._options.possible_score - 0.01)
        if self._carried(tally.anchors, a, b) and not (tally.other_persons and len(tally.anchors) < 2):
            return tally.score
        return min(tally.score, self._options.join_score - 0.01)

    def _carried(self, anchors: set[str], a: Unit, b: Unit) -> bool:
        if a.article == b.article and "wording" not in anchors and len(anchors) < 3:
            return False
        if a.planned != b.planned:
            return {"actor", "place"} <= anchors
        if STATEMENT in (a.type, b.type):
            return "actor" in anchors and bool(anchors & {"wording", "number"})
        if max(a.level, b.level) == Level.DAY:
            return True
        if max(a.level, b.level) == Level.DEFAULT and a.lead and b.lead:
            return True
        return len(anchors) >= 2

    def _add_type(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        match self._fit(a.type, b.type):
            case "same":
                tally.add(w.type_same, f"same type {a.type}")
            case "near":
                tally.add(w.type_near, f"near types {a.type} and {b.type}")
            case _:
                tally.add(w.type_generic)

    def _add_time(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        worst = max(a.level, b.level)
        if worst >= Level.COARSE:
            tally.add(w.time_coarse if worst == Level.COARSE else 0.0, "times fit")
        elif worst == Level.DEFAULT:
            tally.add(w.day_default, "published within a day of it")
        elif a.low == b.low:
            tally.add(w.day_same, "same day")
        else:
            tally.add(w.day_next, "neighbouring days")

    def _add_places(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        same = sorted(set(a.places) & set(b.places))
        if same:
            tally.add(w.place_same, f"same place {same[0]}", "place")
        elif any(self._related(p, q) for p in a.places for q in b.places):
            tally.add(w.place_within, "one place lies in the other", "place")
        elif a.places and b.places:
            tally.add(w.place_clash, "other places")
        elif a.countries & b.countries:
            tally.add(w.country_same, "same country")
        elif a.countries and b.countries:
            tally.add(w.place_clash, "other countries")

    def _add_actors(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        best = [max((self._same_name(p, q) for q in b.persons), default=0.0) for p in a.persons]
        shared = [score for score in best if score >= _NAME_ACCEPT]
        if shared:
            tally.add(w.person_same * max(shared), f"same person, likeness {max(shared):.2f}", "actor")
            tally.add(w.person_more * min(len(shared) - 1, 2))
        elif a.persons and b.persons:
            tally.add(w.person_clash, "other persons")
            tally.other_persons = True
        if any(self._same_name(p, q) >= _NAME_ACCEPT for p in a.organisations for q in b.organisations):
            tally.add(w.organisation_same, "same organisation", "actor")
        tally.add(w.country_actor * min(len(a.country_actors & b.country_actors), 2))

    def _add_numbers(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        if a.quantities & b.quantities:
            tally.add(w.quantity_same, "same number of the same", "number")
        elif shared := a.numbers & b.numbers:
            tally.add(w.quantity_value, f"same number {min(shared):g}", "number")

    def _add_wording(self, tally: _Tally, a: Unit, b: Unit, wording: float) -> None:
        if a.language != b.language or not all((*a.tokens, *b.tokens)):
            return
        if wording < 0.08:
            tally.add(self._weights.wording_none)
        else:
            anchor = "wording" if wording >= _WORDING_ANCHOR else ""
            tally.add(self._weights.wording * wording, f"wording {wording:.2f} alike", anchor)

    def _add_story(self, tally: _Tally, a: Unit, b: Unit) -> None:
        if a.article == b.article:
            return
        if a.lead and b.lead:
            tally.add(self._weights.both_lead, "the main news of both articles")
        likeness, words = self._story(a.article, b.article)
        if likeness:
            anchor = "story" if likeness >= _STORY_ANCHOR else ""
            tally.add(self._weights.story * likeness, f"the articles share {words}", anchor)

    def _wording(self, a: Unit, b: Unit) -> float:
        if a.language != b.language:
            return 0.0
        return max((cosine(x, y) for x in a.tokens for y in b.tokens), default=0.0)

    def _story(self, a: ArticleId, b: ArticleId) -> tuple[float, str]:
        key = (a, b) if a <= b else (b, a)
        if key not in self._likeness:
            self._likeness[key] = _story_likeness(self._stories.get(a), self._stories.get(b))
        return self._likeness[key]

    def _same_name(self, a: str, b: str) -> float:
        if a == b:
            return 1.0
        key = (a, b) if a <= b else (b, a)
        if key not in self._names:
            self._names[key] = same_key(*key)
        return self._names[key]

    def _related(self, a: str, b: str) -> bool:
        key = (a, b) if a <= b else (b, a)
        if key not in self._places:
            self._places[key] = self._relations.related(*key)
        return self._places[key]


def _story_likeness(a: Story | None, b: Story | None) -> tuple[float, str]:
    """Weigh what two articles tell in common: numbers say most, then further kinds of events, names, places."""
    if a is None or b is None:
        return 0.0, ""
    shared = (
        (0.5 * min(len(a.numbers & b.numbers), 2), "numbers"),
        (0.15 * min(len(a.types & b.types) - 1, 2) if len(a.types & b.types) > 1 else 0.0, "kinds of events"),
        (0.1 * min(len(a.names & b.names), 2), "names"),
        (0.1 * min(len(a.places & b.places), 2), "places"),
        (cosine(a.tokens, b.tokens) if a.language == b.language else 0.0, "words"),
    )
    parts = [(value, name) for value, name in shared if value > 0]
    return min(1.0, sum(value for value, _ in parts)), ", ".join(name for _, name in parts)
