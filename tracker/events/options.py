"""What merging may be told: thresholds, weights, and the one question it asks about places.

Weights are set by hand. Their order follows what separates events in practice: who and exactly where say most, a shared
country next to nothing; a day that a report names says more than the day it was printed on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["AGAIN_DAYS", "NEWS_DAYS", "REPORT_DAYS", "WINDOW_DAYS", "MergeOptions", "PlaceRelations", "Weights"]

WINDOW_DAYS = 1  # precise days this far apart may be one: zones, "night to"
REPORT_DAYS = 3  # what a report of one day tells without saying when may be what others date this many days before
NEWS_DAYS = 1  # the same of an article's main news: three days later the victims are named, which is other news
AGAIN_DAYS = 30  # an article whose main news has no day but its own may come back to news this many days old


class PlaceRelations(Protocol):
    """Answers whether two place keys are one place, or one lies within the other."""

    def related(self, a_key: str, b_key: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """What each agreement adds to a pair's score (0..1), and each contradiction takes away.

    Calibrated by the cases that must come out right: type + city + one day = .65 joins; type + city + one person without a
    day = .80 joins; type + country + one day = .50 never does (`needs an anchor`, see tracker.events.score).
    """

    type_same: float = 0.25  # the hub across languages: a trigger list per language, one scheme of types
    type_near: float = 0.16  # two sides of one happening ("sent", "deployed"): tracker.events.scheme
    type_generic: float = 0.08  # one side has no type: agreement costs nothing, so it says little
    day_same: float = 0.15
    day_next: float = 0.08  # zones, "night to", publication days
    day_default: float = 0.05  # a publication day is the day of the event in 3 of 5 articles only
    time_coarse: float = 0.05  # "last summer" fits a hundred days
    place_same: float = 0.25
    place_within: float = 0.16  # a city and its region
    country_same: float = 0.10
    place_clash: float = -0.20
    person_same: float = 0.25
    person_more: float = 0.06  # each further person
    person_clash: float = -0.15
    organisation_same: float = 0.16
    country_actor: float = 0.05  # one country that acts on both sides
    states_same: float = 0.14  # two or more: "Russia and North Korea"
    quantity_same: float = 0.18  # number and what is counted
    quantity_value: float = 0.14  # a telling number, counted things in two languages
    counted_in_story: float = 0.24  # one number of one kind in two reports of one story, small ones too
    wording: float = 0.35  # times the cosine, within one language
    wording_none: float = -0.08  # one language and not a word in common
    both_lead: float = 0.10  # the news of both articles
    other_news: float = -0.20  # the news of both, in articles that have little in common
    story: float = 0.25  # times the likeness of what else the two articles tell
    one_news: float = 0.10  # the main news of two articles so alike that they can only tell one
    story_number: float = 0.08  # what is counted elsewhere in them tells two visits of one summer apart
    lead_story: float = 0.40  # the same, further, where both are the main news
    named_day: float = 0.25  # one kind on one day that both name, told with nothing else by articles that share a name


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """Thresholds of merging; scores in 0..1, days whole.

    ``join_score``: two mentions this alike are one event. ``possible_score``: from here on they are shown as possibly the
    same. ``floor_score``: what the pairs of two groups must reach on the average to become one event. ``margin``: by how much the best
    event must lead the second for a coarse report to join it.
    """

    join_score: float = 0.62
    possible_score: float = 0.45
    floor_score: float = 0.55
    margin: float = 0.06
    weights: Weights = field(default_factory=Weights)
