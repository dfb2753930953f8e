"""The key dates of a topic: the N days that matter, with K sentences each. No training, no model, no GPU.

articles -> vectors of their dated and leading sentences -> topic centroid
         -> weight of every day (digest_dates) -> the first N that have a sentence (digest_sentences)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.timeline.digest_dates import LEAD, in_season, rank
from tracker.timeline.digest_sentences import best, candidates
from tracker.timeline.digest_terms import Vectors, centroid
from tracker.timeline.digest_values import DigestOptions, KeyDate, Told

__all__ = ["key_dates"]


def key_dates(articles: Sequence[Told], options: DigestOptions) -> tuple[KeyDate, ...]:
    """Give up to ``options.dates`` days in calendar order, each with at least one sentence.

    Fewer where the articles speak of fewer. The same articles in any order give the same days.
    """
    told = sorted(articles, key=lambda article: article.article_id)
    lines = [line for article in told for line in article.lines if line.days or line.position < LEAD]
    vectors = Vectors(lines)
    topic = centroid((vectors.of(line), 1.0) for line in lines if line.topical)
    weights = rank(told, vectors, topic)
    inside = [day for day in weights if options.holds(day)]
    if not inside:
        return ()
    seasonal = in_season(weights, options.first or min(inside), options.last or max(inside))
    order = sorted(seasonal, key=lambda day: (-round(seasonal[day], 9), day))
    return tuple(sorted(_told(told, vectors, order, seasonal, options), key=lambda found: found.day))


def _told(
    articles: Sequence[Told],
    vectors: Vectors,
    order: Sequence[date],
    weights: Mapping[date, float],
    options: DigestOptions,
) -> list[KeyDate]:
    """Take days from the front of ``order`` until there are enough that have sentences."""
    found: list[KeyDate] = []
    size = 2 * options.dates + 10
    for start in range(0, len(order), size):
        for day, chances in candidates(articles, order[start : start + size]).items():
            sentences = best(chances, vectors, most=options.sentences) if len(found) < options.dates else ()
            if sentences:
                found.append(KeyDate(day, weights[day], sentences))
        if len(found) >= options.dates:
            break
    return found
