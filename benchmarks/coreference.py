"""Event coreference on ECB+ with gold mentions: which of them merging would call one event, without gold topics.

The texts have no dates, so time, that carries merging, says nothing here. What is left: articles of one story by `alike`,
grouped by mean likeness; in a story the mentions of one kind of event are one, those of no kind by their stems. Prints
BCubed; CoNLL F1 is left to an evaluator, for which the clusters are kept as JSON Lines.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import required
from tracker.events.story import SAME_STORY, Story, alike, story_of
from tracker.languages import shipped
from tracker.mentions.lexicon import Lexicon

SPLIT, LANGUAGE = "dev", "en"
Row = tuple[str, str, str]
"""A mention's name, its gold chain, and our cluster."""


def run() -> None:
    """Print the figures and where the clusters lie."""
    path = required("coreference", "cluster", "ecbplus.jsonl.gz")
    if path is None:
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [row for row in map(json.loads, lines) if row["split"] == SPLIT]
    rows = list(_clustered(articles))
    folder = Path(tempfile.mkdtemp(prefix="kronik-coreference-"))
    for name, column in (("gold", 1), ("clusters", 2)):
        text = "".join(json.dumps({"id": row[0], "cluster": row[column]}) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    precision, recall = _bcubed(rows), _bcubed([(name, ours, gold) for name, gold, ours in rows])
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"ecbplus {SPLIT}: {len(articles)} articles, {len(rows)} mentions, BCubed {precision:.3f}/{recall:.3f}/{f1:.3f}"
    )
    print(f"gold.jsonl and clusters.jsonl for an evaluator of CoNLL F1 in {folder}")


def _clustered(articles: Sequence[Mapping[str, Any]]) -> Iterator[Row]:  # Any: JSON
    data = shipped().mentions(LANGUAGE)
    if data is None:
        return
    lexicon = Lexicon(data)
    homes = _stories([_story(article) for article in articles])
    for article, home in zip(articles, homes, strict=True):
        for number, mention in enumerate(article["mentions"]):
            if mention["kind"] == "event" and mention["validated"]:
                yield (
                    f"{article['id']}#{number}",
                    mention["chain"],
                    f"{home}|{_kind(mention['text'].casefold(), lexicon)}",
                )


def _kind(words: str, lexicon: Lexicon) -> str:
    found = lexicon.triggers(words, 0, len(words))
    return found[0].label if found else " ".join(sorted(lexicon.stem(word) for word in words.split()))


def _story(article: Mapping[str, Any]) -> Story:  # Any: JSON
    return story_of([], text="\n".join(" ".join(tokens) for tokens in article["tokens"]), language=LANGUAGE)


def _stories(stories: Sequence[Story]) -> list[int]:
    """Group by mean likeness, the most alike groups first; give the number of each one's group."""
    groups = {number: [number] for number in range(len(stories))}
    pairs = [(a, b) for a in groups for b in groups if a < b]
    likeness = {(a, b): alike(stories[a], stories[b]).value for a, b in pairs}
    while likeness:
        (a, b), best = max(likeness.items(), key=lambda item: item[1])
        if best < SAME_STORY:
            break
        size_a, joined = len(groups[a]), groups.pop(b)
        for other in groups.keys() - {a}:
            to_a, to_b = (min(a, other), max(a, other)), (min(b, other), max(b, other))
            likeness[to_a] = (likeness[to_a] * size_a + likeness.pop(to_b) * len(joined)) / (size_a + len(joined))
        del likeness[a, b]
        groups[a] += joined
    homes = {member: number for number, members in groups.items() for member in members}
    return [homes[number] for number in range(len(stories))]


def _bcubed(rows: Sequence[Row]) -> float:
    """Give the mean share of each mention's cluster that is of its chain."""
    both, ours = Counter((gold, mine) for _, gold, mine in rows), Counter(mine for _, _, mine in rows)
    return sum(both[gold, mine] / ours[mine] for _, gold, mine in rows) / len(rows)
