"""How alike two units are: a score with its reasons in words, or no comparison at all.

A pair needs an *anchor* to join: a person, an organisation, two states, a place below a country, a telling number or shared
wording.
Type, country and day alone never join. Where the day is only the day of publication, or the time is vague, two anchors are
needed, and so where both name persons but none in common; where one side is a plan and the other tells that it happened, who and where must both agree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tracker.events.options import (
    AGAIN_DAYS,
    NEWS_DAYS,
    REPORT_DAYS,
    WINDOW_DAYS,
    MergeOptions,
    PlaceRelations,
    Weights,
)
from tracker.events.scheme import GENERIC, PHYSICAL, SINGULAR, STATEMENT, Fit, fit
from tracker.events.story import ONE_NEWS, OTHER_STORY, SAME_STORY, Likeness, Story, alike, cosine
from tracker.events.units import Level, Unit
from tracker.events.verdicts import Memory, Verdict
from tracker.names import NAME_ACCEPT, same_key
from tracker.types import ArticleId, MentionId

__all__ = ["Comparer", "Recalled"]

_WORDING_ANCHOR = 0.4  # ECB+: sentences of one event share about this much, of one topic half of it
_DOUBT = 0.5  # of a contradiction between the main news of one story: one side names a photographer, a dateline
_FITS: tuple[Fit, ...] = ("same", "near", "generic", "clash")  # best first


_SAME_TEXT = Verdict(1.0, frozenset({"wording"}), ("the same text",))


@dataclass(slots=True)
class _Tally:
    score: float = 0.0
    anchors: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    other_persons: bool = False
    clashes: bool = False

    def add(self, value: float, reason: str = "", anchor: str = "") -> None:
        self.score += value
        if reason:
            self.reasons.append(reason)
        if anchor:
            self.anchors.add(anchor)

    def contradict(self, value: float, reason: str) -> None:
        self.add(value, reason)
        self.clashes = True


Recalled = tuple[Memory, Mapping[MentionId, int]]  # what is remembered, and as what content each unit is known there


class Comparer:
    """Scores pairs of units of one neighbourhood and remembers what it has worked out. Symmetric in its arguments."""

    def __init__(
        self,
        stories: Mapping[ArticleId, Story],
        options: MergeOptions,
        relations: PlaceRelations,
        recalled: Recalled | None = None,
    ) -> None:
        self._stories = stories
        self._memory, self._contents = recalled or (Memory(), {})
        self._options = options
        self._weights: Weights = options.weights
        self._relations = relations
        self._names: dict[tuple[str, str], float] = {}
        self._places: dict[tuple[str, str], bool] = {}
        self._likeness: dict[tuple[ArticleId, ArticleId], Likeness] = {}
        self._verdicts: dict[tuple[MentionId, MentionId], Verdict | None] = {}
        self._fits: dict[tuple[frozenset[str], frozenset[str]], Fit] = {}

    def compare(self, a: Unit, b: Unit) -> Verdict | None:
        """Score a pair; None where the two cannot be one event (other times, types that never merge)."""
        mine, other = a.id, b.id
        key = (mine, other) if mine <= other else (other, mine)
        if key not in self._verdicts:
            self._verdicts[key] = self._compared(a, b)
        return self._verdicts[key]

    def _compared(self, a: Unit, b: Unit) -> Verdict | None:
        if self._copied(a, b):
            return _SAME_TEXT
        if not (self._at_one_time(a, b) or self._told_again(a, b)) or not self._kinds_fit(a, b):
            return None
        first, second = (a, b) if a.order <= b.order else (b, a)
        one, other = self._contents.get(a.id), self._contents.get(b.id)
        if one is None or other is None:
            return self._judge(first, second)
        return self._memory.verdict(one, other, lambda: self._judge(first, second))

    def _kinds_fit(self, a: Unit, b: Unit) -> bool:
        fitness = self.fit(a, b)
        if fitness == "clash":
            return self._one_news(a, b)
        if fitness != "generic":
            return True
        return not (a.wide or b.wide) if a.types == b.types else a.width == 0 == b.width

    def apart(self, a: Unit, b: Unit) -> bool:
        """Tell what no likeness outweighs: days more than the window apart, wider times that do not overlap, two disasters.

        What a report of one day tells without saying when may be what others date a few days before.
        """
        return not self._at_one_time(a, b) and not self._copied(a, b)

    def _at_one_time(self, a: Unit, b: Unit) -> bool:
        later, earlier = (a, b) if a.low > b.high else (b, a)
        days = later.low - earlier.high  # between the two; not above 0 where they overlap
        slack = WINDOW_DAYS if a.width == 0 == b.width else 0
        if days > slack and (days > slack + REPORT_DAYS or days > slack + self._delay(later, earlier)):
            return False
        return not self._two_disasters(a, b)

    def _delay(self, a: Unit, b: Unit) -> int:
        """Give how many days before its report what ``a`` tells may have happened, where ``b`` says when."""
        told_later = a.level is Level.DEFAULT and b.level in (Level.DAY, Level.COARSE)
        if a.printed and not b.printed and b.level is Level.DAY:
            told_later = self._lead_one_story(a, b)
        if not told_later:
            return 0
        return NEWS_DAYS if a.lead else REPORT_DAYS

    def likeness(self, a: Unit, b: Unit) -> float:
        """Tell how alike their articles are as a whole, 0..1; 0 where only what mentions name can be compared."""
        story = self._story(a, b)
        return story.value if story.read else 0.0

    def _one_news(self, a: Unit, b: Unit) -> bool:
        """Tell whether two kinds can be two sides of one piece of news: both lead reports of one story on one day."""
        if self._alike_news(a, b):
            return True
        if a.planned != b.planned or max(a.level, b.level) > Level.DEFAULT:
            return False
        if a.level is b.level is Level.DAY and a.low != b.low:
            return False
        return self._lead_one_story(a, b)

    def _lead_one_story(self, a: Unit, b: Unit) -> bool:
        return a.lead and b.lead and a.article != b.article and self._story(a, b).value >= SAME_STORY

    def _alike_news(self, a: Unit, b: Unit) -> bool:
        """Tell whether both lead articles that are so alike that they can only tell one thing."""
        return self._lead_one_story(a, b) and self._story(a, b).read and self._story(a, b).value >= ONE_NEWS

    def _told_again(self, a: Unit, b: Unit) -> bool:
        """Tell whether the later of two can come back to the news of the other: its own day is all that it says of the time."""
        later, earlier = (a, b) if a.low > b.high else (b, a)
        if not later.undated or later.low - earlier.high > AGAIN_DAYS or not (a.lead and b.lead):
            return False
        return self._lead_one_story(a, b) and not self._two_disasters(a, b)

    def _two_disasters(self, a: Unit, b: Unit) -> bool:
        """Tell whether both are happenings one can see, of two kinds."""
        if a.types.isdisjoint(PHYSICAL) or b.types.isdisjoint(PHYSICAL):
            return False
        return self.fit(a, b) == "clash"

    def _named_day(self, a: Unit, b: Unit) -> bool:
        """Tell whether both name one day for one kind of happening, in articles about the same people or places."""
        kinds = (a.types & b.types) - {GENERIC, STATEMENT}
        if a.article == b.article or not (a.kinds and b.kinds and kinds) or not self._one_day(a, b):
            return False
        story = self._story(a, b)
        if kinds & SINGULAR:
            return story.named or story.value > 0
        return story.named and not (story.read and story.value < OTHER_STORY)

    @staticmethod
    def _one_day(a: Unit, b: Unit) -> bool:
        return a.level is b.level is Level.DAY and a.low == b.low

    @staticmethod
    def _copied(a: Unit, b: Unit) -> bool:
        """Tell whether two outlets print one text: then "yesterday" in it is one day, whenever each was published."""
        return a.root == b.root and a.article != b.article and not a.quotes.isdisjoint(b.quotes)

    def fit(self, a: Unit, b: Unit) -> Fit:
        """Give the best fit of any kind of one with any of the other."""
        key = (a.types, b.types)
        found = self._fits.get(key)
        if found is None:
            fits = {fit(x, y) for x in a.types for y in b.types}
            found = self._fits[key] = next(kind for kind in _FITS if kind in fits)
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
        return Verdict(round(max(0.0, score), 4), frozenset(tally.anchors), tuple(tally.reasons))

    def _capped(self, tally: _Tally, a: Unit, b: Unit) -> float:
        """Hold a score below the thresholds its anchors do not carry."""
        if not tally.anchors - {"story"}:
            if not tally.clashes and self._named_day(a, b):
                tally.add(self._weights.named_day, "both name the day, and their articles the same people or places")
                return tally.score
            if not self._lead_one_story(a, b):
                return min(tally.score, self._options.possible_score - 0.01)
        if self._carried(tally.anchors, a, b) and not (tally.other_persons and len(tally.anchors) < 2):
            return tally.score
        return min(tally.score, self._options.join_score - 0.01)

    def _carried(self, anchors: set[str], a: Unit, b: Unit) -> bool:
        if a.article == b.article and "wording" not in anchors and len(anchors) < 3 and not self._again(anchors, a, b):
            return False
        singular, alike_news = bool(a.types & b.types & SINGULAR), self._alike_news(a, b)
        if a.planned != b.planned and not self._one_day(a, b) and not alike_news:
            return "actor" in anchors and ("place" in anchors or singular)
        if alike_news or (self._lead_one_story(a, b) and len(anchors) > 1):
            return True
        if STATEMENT in (a.type, b.type):
            if not self._one_day(a, b) or a.article == b.article:
                return "actor" in anchors and bool(anchors & {"wording", "number", "story"})
            return bool(anchors & {"actor", "states"}) and len(anchors) > 1
        if max(a.level, b.level) == Level.DAY:
            return True
        if max(a.level, b.level) == Level.DEFAULT and (
            (a.lead and b.lead) or self._counted_in_one_story(anchors, a, b)
        ):
            return True
        return len(anchors - {"story"}) >= (1 if singular or self._lead_one_story(a, b) else 2)

    def _counted_in_one_story(self, anchors: set[str], a: Unit, b: Unit) -> bool:
        """Tell whether two reports of one story give one number of one kind: "4,200 were evacuated", without a day or a place."""
        if a.article == b.article or "number" not in anchors or self.fit(a, b) != "same":
            return False
        return self._story(a, b).value >= SAME_STORY

    def _again(self, anchors: set[str], a: Unit, b: Unit) -> bool:
        """Tell whether an article comes back to what it told: one kind, at one time, by one of the same."""
        kinds = (a.types & b.types) - {GENERIC, STATEMENT}
        return bool(kinds and "actor" in anchors) and (a.low, a.high) == (b.low, b.high)

    def _add_type(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        match self.fit(a, b):
            case "same":
                tally.add(w.type_same, f"same type {min(a.types & b.types)}")
            case "near":
                tally.add(w.type_near, f"near types {a.type} and {b.type}")
            case "generic":
                tally.add(w.type_generic)
            case _:
                tally.add(0.0, f"the same news as {a.type} and as {b.type}")

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
        doubt = _DOUBT if self._lead_one_story(a, b) else 1.0
        same = sorted(set(a.places) & set(b.places))
        if same:
            tally.add(w.place_same, f"same place {same[0]}", "place")
        elif any(self._related(p, q) for p in a.places for q in b.places):
            tally.add(w.place_within, "one place lies in the other", "place")
        elif a.places and b.places:
            tally.contradict(w.place_clash * doubt, "other places")
        elif a.countries & b.countries:
            tally.add(w.country_same, "same country")
        elif a.countries and b.countries:
            tally.contradict(w.place_clash * doubt, "other countries")

    def _add_actors(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        shared = self._shared_names(a.persons, b.persons)
        if shared:
            tally.add(w.person_same * max(shared), f"same person, likeness {max(shared):.2f}", "actor")
            tally.add(w.person_more * min(len(shared) - 1, 2))
        elif a.persons and b.persons:
            tally.contradict(w.person_clash * (_DOUBT if self._lead_one_story(a, b) else 1.0), "other persons")
            tally.other_persons = True
        if self._shared_names(a.organisations, b.organisations):
            tally.add(w.organisation_same, "same organisation", "actor")
        states = len(a.country_actors & b.country_actors)
        if states > 1:
            tally.add(w.states_same, f"{states} states that act in both", "states")
        else:
            tally.add(w.country_actor * states)

    def _add_numbers(self, tally: _Tally, a: Unit, b: Unit) -> None:
        w = self._weights
        if a.counts & b.counts and self.fit(a, b) == "same" and self._story(a, b).value >= SAME_STORY:
            tally.add(w.counted_in_story, f"same number {min(a.counts & b.counts):g} in one story", "number")
        elif a.quantities & b.quantities:
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
        story = self._story(a, b)
        if a.lead and b.lead and story.read and story.value < OTHER_STORY:
            tally.contradict(self._weights.other_news, "their articles report other news")
        if story.value:
            weight = self._weights.story + (self._weights.lead_story if a.lead and b.lead else 0.0)
            anchor = "story" if story.value >= SAME_STORY else ""
            tally.add(weight * story.value, f"the articles share {story.words}", anchor)
        if self._alike_news(a, b):
            tally.add(self._weights.one_news, "articles so alike lead with one thing")
        if story.number:
            tally.add(self._weights.story_number)

    def _wording(self, a: Unit, b: Unit) -> float:
        if a.language != b.language:
            return 0.0
        return max([cosine(x, y) for x in a.tokens for y in b.tokens], default=0.0)

    def _story(self, a: Unit, b: Unit) -> Likeness:
        key = (a.article, b.article) if a.article <= b.article else (b.article, a.article)
        likeness = self._likeness.get(key)
        if likeness is None:
            likeness = self._likeness[key] = alike(self._stories.get(key[0]), self._stories.get(key[1]))
        return likeness

    def _shared_names(self, these: Collection[str], those: Collection[str]) -> list[float]:
        """Give how surely each name of these is one of those, of those that are."""
        if not these or not those:
            return []
        best = [1.0 if name in those else max([self._same_name(name, other) for other in those]) for name in these]
        return [likeness for likeness in best if likeness >= NAME_ACCEPT]

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
