"""What each language covers, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.languages.check import examples
from tracker.languages.load import Languages

__all__ = ["lines"]


def lines(languages: Languages) -> Iterator[str]:
    """Give a heading and a line per language: words of time, words of events, examples."""
    yield f"{'iso':4} {'language':14} {'time words':>10} {'event words':>11} {'examples':>8} {'skipped':>7}"
    for iso in languages.codes():
        times, mentions = languages.times(iso), languages.mentions(iso)
        tried = examples(languages, iso)
        skipped = sum(1 for example in tried if example.skip)
        yield (
            f"{iso:4} {times.name if times else '-':14} {len(times.lexicon) if times else 0:>10} "
            f"{mentions.size if mentions else 'dates only':>11} {len(tried) - skipped:>8} {skipped:>7}"
        )
