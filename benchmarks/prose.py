"""Events in invented news prose: what is found, how it is typed, dated and judged, and what is made of nothing.

The passages are `tests/mentions/prose/<iso>.toml`: the text of a short article, its day, and each event a careful reader
would write down, or ``none`` with the kind of text it is. Half of them, ``held``, are for measuring only: words and rules
are improved on the errors of the other half, ``dev``.

found   share of the events for which a mention stands in the clause of their ``word`` (or one of their type elsewhere)
type, status, date, place, count, speaker   share of the found events, of those that name one, that have it right
false   share of the passages without events that give one
extra   mentions that fit no event, per passage with events; statements beside what is stated are not counted

Dates are right when their first and last day are; "from 1 October" also when the first is and the end stays open. Several right
answers are listed, "" is none at all.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from benchmarks.data import ROOT
from tracker import edtf
from tracker.languages import shipped
from tracker.mentions import detect
from tracker.names import NameBook
from tracker.places import Gazetteer, build, is_current
from tracker.times import relations, tag
from tracker.types import Article, EventMention

__all__ = ["CAPPED", "FLOORS", "PINNED", "Case", "Reader", "Score", "measured", "read_cases", "scored"]

FOLDER = ROOT / "tests" / "mentions" / "prose"
KINDS = ("found", "type", "status", "date", "place", "count", "speaker", "false", "extra")
PINNED, CAPPED = ("found", "type", "status", "date"), ("false",)
FLOORS = FOLDER / "floors.toml"
SLACK = 10.0  # percent: one of the ten events or so of a language's half
_NOON = time(12, tzinfo=UTC)

Gold = Mapping[str, Any]
"""``types``, ``status`` and ``dates`` (right answers), ``word``, and perhaps ``place``, ``count``, ``speaker``."""


@dataclass(frozen=True, slots=True)
class Case:
    """One passage; ``none`` says what kind of text it is when it tells no event."""

    iso: str
    half: str
    published: date
    title: str
    text: str
    events: tuple[Gold, ...]
    none: str

    @property
    def body(self) -> str:
        return self.title or self.text


@dataclass(slots=True)
class Score:
    """Right answers and chances of each kind; ``percent`` gives the figures."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def count(self, kind: str, right: bool | int, of: int = 1) -> None:
        """Add answers of one kind."""
        self.right[kind] += int(right)
        self.of[kind] += of

    def add(self, other: Score) -> None:
        """Add all answers of another score."""
        for kind in KINDS:
            self.count(kind, other.right[kind], other.of[kind])

    def percent(self) -> dict[str, float]:
        """Give each figure in percent, one decimal; kinds without a chance are left out."""
        return {kind: round(100 * self.right[kind] / self.of[kind], 1) for kind in KINDS if self.of[kind]}


class Reader:
    """Reads passages as the pipeline reads articles."""

    def __init__(self, places: Gazetteer) -> None:
        self.places = places
        self._languages, self._names = shipped(), NameBook.load()

    def mentions(self, case: Case) -> tuple[EventMention, ...]:
        """Give the event mentions of a passage."""
        moment = datetime.combine(case.published, _NOON)
        article = Article("", case.title, case.text, case.iso, moment, published_has_time=False)
        data = self._languages.times(case.iso)
        assert data is not None, case.iso
        titled = tag(case.title, data=data, dct=moment, field="title")
        told = tag(case.text, data=data, dct=moment)
        times = (
            *titled,
            *relations(case.title, data=data, times=titled, field="title"),
            *told,
            *relations(case.text, data=data, times=told),
        )
        words = self._languages.mentions(case.iso)
        return detect(article, times, data=words, gazetteer=self.places, names=self._names).mentions


def read_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Read all passages, in the order of languages and files."""
    return tuple(
        Case(
            path.stem, row["half"], row["published"], row.get("title", ""), row.get("text", ""),
            tuple(row.get("events", ())), row.get("none", ""),
        )
        for path in sorted(folder.glob("??.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    )  # fmt: skip


def scored(case: Case, found: Sequence[EventMention], places: Gazetteer) -> tuple[Score, list[str]]:
    """Score one passage; with it, each error in words."""
    score, errors = Score(), []
    if case.none:
        score.count("false", bool(found))
        return score, [f"{case.none} gives {_said(mention)}" for mention in found]
    pairs = dict(_pairs(case, found))
    for n, gold in enumerate(case.events):
        mention = found[pairs[n]] if n in pairs else None
        score.count("found", mention is not None)
        if mention is None:
            errors.append(f"missed {'/'.join(gold['types'])} at {gold['word']!r}")
            continue
        for kind, right in _judged(gold, mention, places):
            score.count(kind, right)
            if not right:
                errors.append(f"{kind} at {gold['word']!r}: {_said(mention)}; right: {_wanted(gold)}")
    extra = [m for n, m in enumerate(found) if n not in pairs.values() and m.type != "statement"]
    score.count("extra", len(extra))
    return score, errors + [f"extra {_said(mention)}" for mention in extra]


def _pairs(case: Case, found: Sequence[EventMention]) -> Iterator[tuple[int, int]]:
    """Pair the events with mentions, each at most once, the best fitting ones first."""
    ranked = sorted(
        (
            (not _typed(gold, m), not _dated(gold, m), m.status not in gold["status"], n, k)
            for n, gold in enumerate(case.events)
            for k, m in enumerate(found)
            if m.start <= case.body.index(gold["word"]) < m.end or _typed(gold, m)
        )
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for *_, n, k in ranked:
        if n not in taken[0] and k not in taken[1]:
            taken[0].add(n)
            taken[1].add(k)
            yield n, k


def _judged(gold: Gold, mention: EventMention, places: Gazetteer) -> Iterator[tuple[str, bool]]:
    yield "type", _typed(gold, mention)
    yield "status", mention.status in gold["status"]
    yield "date", _dated(gold, mention)
    known = places.lookup(gold["place"]) if "place" in gold else ()
    if known:
        yield "place", any(places.related(a.key, b.key) or a.key == b.key for a in known for b in mention.where)
    if "count" in gold:
        yield "count", any(abs(quantity.value - gold["count"]) < 0.001 for quantity in mention.quantities)
    if "speaker" in gold:
        yield "speaker", gold["speaker"] in mention.speaker


def _typed(gold: Gold, mention: EventMention) -> bool:
    return mention.type in gold["types"]


def _dated(gold: Gold, mention: EventMention) -> bool:
    value = mention.date.edtf if mention.date else None
    if value is None:
        return "" in gold["dates"]
    wanted = [edtf.parse(text) for text in gold["dates"] if text]
    return any(value.earliest == w.earliest and value.latest in (w.latest, None) for w in wanted)


def _said(mention: EventMention) -> str:
    value = mention.date.edtf if mention.date else None
    return f"{mention.type} {mention.status} {value} {[p.name for p in mention.where]} [{' | '.join(mention.trace)}]"


def _wanted(gold: Gold) -> str:
    return " ".join(str(value) for key, value in gold.items() if key != "word")


def measured(places: Gazetteer) -> dict[str, dict[str, float]]:
    """Give the figures of every language and half, by "en held", and of all together, by "all held"."""
    reader, scores = Reader(places), dict[str, Score]()
    for case in read_cases():
        score, _ = scored(case, reader.mentions(case), places)
        for iso in (case.iso, "all"):
            scores.setdefault(f"{iso} {case.half}", Score()).add(score)
    return {name: score.percent() for name, score in sorted(scores.items())}


def run() -> None:
    """Print the figures of each language and half, then of each half in all.

    ``KRONIK_BENCH_PROSE`` names languages whose errors in the dev half are printed first; the held half shows none.
    """
    places = _gazetteer()
    for iso in filter(None, os.environ.get("KRONIK_BENCH_PROSE", "").split(",")):
        _print_errors(iso, places)
    print("           " + " ".join(f"{kind:>8}" for kind in KINDS))
    for name, figures in sorted(measured(places).items(), key=lambda item: (item[0].startswith("all"), item[0])):
        print(f"{name:10} " + " ".join(f"{figures.get(kind, float('nan')):8.1f}" for kind in KINDS))


def write_floors() -> None:
    """Pin what is measured now: in each language one answer fewer may be right, over all languages one in a hundred."""
    lines = [
        "# What tests/mentions/test_prose.py holds the prose against. Written by python -m benchmarks.prose --write"
    ]
    for name, figures in measured(_gazetteer()).items():
        slack = 1.0 if name.startswith("all") else SLACK
        least = {kind: max(0.0, round(figures[kind] - slack, 1)) for kind in PINNED}
        most = {kind: round(figures[kind] + slack, 1) for kind in CAPPED}
        pairs = ", ".join(f"{kind} = {value}" for kind, value in (least | most).items())
        lines.append(f'"{name}" = {{ {pairs} }}')
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _gazetteer() -> Gazetteer:
    path = ROOT / "var" / "places.db"
    if not is_current(path):
        build(path)
    return Gazetteer.open(path)


def _print_errors(iso: str, places: Gazetteer) -> None:
    reader = Reader(places)
    for case in read_cases():
        if (case.iso, case.half) == (iso, "dev"):
            _, errors = scored(case, reader.mentions(case), places)
            if errors:
                print(f"{iso} {case.published} {case.body}", *errors, sep="\n    ")


if __name__ == "__main__":
    write_floors() if "--write" in sys.argv else run()
