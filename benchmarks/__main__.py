"""`make bench`: run every benchmark, or those named: python -m benchmarks dates speed …"""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import (
    articles,
    coreference,
    dates,
    digests,
    fallback,
    hostile_articles,
    hostile_text,
    losses,
    merging,
    polling,
    prose,
    reading,
    real_feeds,
    site,
    speed,
    timelines,
)

BENCHMARKS: dict[str, Callable[[], None]] = {
    "articles": articles.run,
    "coreference": coreference.run,
    "dates": dates.run,
    "fallback": fallback.run,
    "speed": speed.run,
    "hostile_articles": hostile_articles.run,
    "hostile_text": hostile_text.run,
    "timelines": timelines.run,
    "feeds": real_feeds.run,
    "digests": digests.run,
    "merging": merging.run,
    "polling": polling.run,
    "prose": prose.run,
    "reading": reading.run,
    "losses": losses.run,
    "site": site.run,
}


def main() -> None:
    """Run what is named, everything without a name."""
    chosen = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in chosen:
        print(f"\n== {name} ==")
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
