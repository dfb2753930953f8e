"""Which days matter: an unlearned ranking anyone can add up again.

    weight(day) = [ sum over articles of log(1 + m)  +  small votes of articles published that day ] / season ** SEASON_POWER

``m`` is the weighted number of an article's sentences that name the day: more where the sentence is topical or close to what the
topic's sentences say together, where it looks back, and in articles that are about the topic. ``season`` is how much
is written of the months around the day, so that a busy season does not swallow the other years.

Constants were chosen by hand on the development parts of Timeline17, multilingual Crisis and Entities together, one setting for
all (docs/quality.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import log1p

from tracker.timeline.digest_terms import Vector, Vectors, cosine
from tracker.timeline.digest_values import Line, Told

__all__ = ["LEAD", "LEAST_WORDS", "in_season", "rank"]

LEAD = 5  # sentences that tell the news of the day, headline included
LEAST_WORDS = 5  # beside its dates; fewer is a date line or a caption
_LOOKS_BACK, _SAME_DAY, _AHEAD = 2.0, 1.0, 0.25  # what is told again later mattered; plans may come to nothing
_REPEATED = 0.6  # a day taken over from a sentence before
_TOPICAL = 8.0
_CLOSE = 4.0  # times the cosine to the topic's centroid
_TOPICAL_LEAD = 1.5
_ABOUT = 2.0  # times the share of topical sentences in the article, above _ABOUT_LEAST
_ABOUT_LEAST = 0.5
_VOTE = 0.3  # of an article for its day of publication, doubled where its lead is topical
_SEASON_DAYS = 90  # on either side
_SEASON_POWER = 0.25
_SEASON_LEAST = 0.5  # times the mean of the whole window: a day in an empty season is not famous for it


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is the same for every sentence of an article."""

    told: Told
    weight: float
    topical_lead: bool


def rank(articles: Sequence[Told], vectors: Vectors, topic: Vector) -> Mapping[date, float]:
    """Give every day that is named or published on its weight, before seasons are counted out (`in_season`).

    The order of articles makes no difference but for rounding.
    """
    weights: dict[date, float] = {}
    for told in articles:
        frame = _frame(told)
        for day, m in _mentions(frame, vectors, topic).items():
            weights[day] = weights.get(day, 0.0) + log1p(m)
        if told.published is not None:
            vote = _VOTE * (2.0 if frame.topical_lead else 1.0)
            weights[told.published] = weights.get(told.published, 0.0) + vote
    return weights


def in_season(weights: Mapping[date, float], first: date, last: date) -> Mapping[date, float]:
    """Give the weights of the days of a window, each set against what is written of the days around it, in the window or not."""
    days = sorted(weights)
    sums = [0.0, *accumulate(weights[day] for day in days)]

    def between(low: int, high: int) -> float:
        start = bisect_left(days, low, key=date.toordinal)
        return sums[bisect_right(days, high, key=date.toordinal)] - sums[start]

    begin, end = first.toordinal(), last.toordinal()
    least = _SEASON_LEAST * between(begin, end) / (end - begin + 1)
    result = {}
    for day in days[bisect_left(days, first) : bisect_right(days, last)]:
        at = day.toordinal()
        season = between(at - _SEASON_DAYS, at + _SEASON_DAYS) / (2 * _SEASON_DAYS + 1) + least
        result[day] = weights[day] / season**_SEASON_POWER
    return result


def _frame(told: Told) -> _Frame:
    topical = sum(line.topical for line in told.lines)
    lead = any(line.topical for line in told.lines[:LEAD])
    share = topical / max(1, len(told.lines))
    return _Frame(told, (_ABOUT_LEAST + _ABOUT * share) * (_TOPICAL_LEAD if lead else 1.0), lead)


def _mentions(frame: _Frame, vectors: Vectors, topic: Vector) -> Mapping[date, float]:
    """Give the weighted number of sentences of an article that name each day."""
    found: dict[date, float] = {}
    for line in frame.told.lines:
        if not line.days or line.words < LEAST_WORDS:
            continue
        weight = frame.weight * _line(line, vectors, topic)
        for named in line.days:
            own = weight * _direction(named.day, frame.told.published) * (_REPEATED if named.repeated else 1.0)
            found[named.day] = found.get(named.day, 0.0) + own
    return found


def _line(line: Line, vectors: Vectors, topic: Vector) -> float:
    return (1 + _TOPICAL * line.topical) * (1 + _CLOSE * cosine(vectors.of(line), topic))


def _direction(day: date, published: date | None) -> float:
    if published is None or day == published:
        return _SAME_DAY
    return _LOOKS_BACK if day < published else _AHEAD
