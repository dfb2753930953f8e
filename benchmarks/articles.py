"""Articles read in a second by one core, from the text to its event mentions, and which stage takes how much of it.

Articles are pieces of 3,000 characters of news; a corpus that is shorter is repeated. Times are of the processor, so that a busy
machine says the same.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.data import ROOT, required
from tracker.articles import LanguageDetector
from tracker.languages import Languages, MentionsData, TimesData, fold, shipped
from tracker.mentions import detect
from tracker.mentions.lexicon import compiled
from tracker.mentions.sentences import sentences
from tracker.names import NameBook
from tracker.places import Gazetteer, build, is_current
from tracker.times import tag
from tracker.types import Article

SIZE = 3_000  # characters of an article
MOST = 60  # articles of a language
GOAL = 100  # articles a second and core
WORKER_MB = 350
PUBLISHED = datetime(2025, 5, 14, 8, 0, tzinfo=UTC)
CORPORA = {
    "en": "timebank",
    "es": "te3_es",
    "id": "kompas_dev",
    "zh": "te2_zh",
    "uk": "wikiwars_uk",
    "fr": "te2_fr",
    "it": "te2_it",
}
TOPICS = ("german-government", "indonesia-disasters", "tiktok-us")
COLUMNS = ("language", "dates", "names", "places", "sentences", "mentions")


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading an article needs, opened once as in a worker."""

    detector: LanguageDetector
    languages: Languages
    names: NameBook
    places: Gazetteer


def run() -> None:
    """Print articles a second for each language and the share of each stage; then the memory it all took."""
    corpora = dict(_corpora())
    if not corpora:
        return
    tools = _tools()
    print(f"{'iso':4} {'articles':>8} {'a second':>9}  " + " ".join(f"{name:>9}" for name in COLUMNS))
    total_s, count = 0.0, 0
    for iso, texts in sorted(corpora.items()):
        times, data = tools.languages.times(iso), tools.languages.mentions(iso)
        if times is None or data is None:
            continue
        articles = [Article(str(n), "", text, iso, PUBLISHED) for n, text in enumerate(texts)]
        taken = _stages(articles, tools, times, data)
        seconds = taken["language"] + taken["dates"] + taken["detect"]
        inner = sum(taken[name] for name in ("names", "places", "sentences"))
        taken["mentions"] = taken["detect"] - inner
        shares = " ".join(f"{100 * taken[name] / seconds:7.0f} %" for name in COLUMNS)
        print(f"{iso:4} {len(articles):8} {len(articles) / seconds:9.0f}  {shares}", flush=True)
        total_s, count = total_s + seconds, count + len(articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all  {count:8} {count / total_s:9.0f}  (goal {GOAL}); peak memory {peak:.0f} MB (goal {WORKER_MB})")


def _stages(articles: list[Article], tools: Tools, times: TimesData, data: MentionsData) -> dict[str, float]:
    """Give the seconds of each stage over all articles; ``detect`` is names, places, sentences and all that follows them."""
    lexicon = compiled(data)
    tagged = [tag(article.text, data=times, dct=PUBLISHED) for article in articles]
    people = [tools.names.scan(article.text, article.language) for article in articles]
    masks = [[(start, end) for start, end, actor in found if actor.kind == "person"] for found in people]
    return {
        "language": _seconds(lambda a, _: tools.detector.detect(a.title, a.text), articles),
        "dates": _seconds(lambda a, _: tag(a.text, data=times, dct=PUBLISHED), articles),
        "names": _seconds(lambda a, _: tools.names.scan(a.text, a.language), articles),
        "places": _seconds(lambda a, n: tools.places.find(a.text, language=a.language, masked=masks[n]), articles),
        "sentences": _seconds(lambda a, _: (fold(a.text), sentences(a.text, lexicon, dateline=True)), articles),
        "detect": _seconds(lambda a, n: detect(a, tagged[n], data=data, gazetteer=tools.places, names=tools.names), articles),
    }  # fmt: skip


def _seconds(work: Callable[[Article, int], object], articles: list[Article], *, rounds: int = 5) -> float:
    """Give the seconds all articles take, each in the fastest of several rounds: what the machine can do when nothing disturbs it."""
    best = [float("inf")] * len(articles)
    for _ in range(rounds):
        for number, article in enumerate(articles):
            begun = time.process_time()
            work(article, number)
            best[number] = min(best[number], time.process_time() - begun)
    return sum(best)


def _tools() -> Tools:
    path = ROOT / "var" / "places.db"
    if not is_current(path):
        build(path)
    return Tools(LanguageDetector(), shipped(), NameBook.load(), Gazetteer.open(path))


def _corpora() -> Iterable[tuple[str, list[str]]]:
    """Give the articles of each language: annotated news where there is much of it, else the news of the hand-made topics."""
    topics: dict[str, list[str]] = {}
    for topic in TOPICS:
        if (path := required("articles", "news", f"{topic}.articles.jsonl")) is None:
            continue
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            topics.setdefault(row["lang"], []).append(f"{row['title']}\n\n{row['text']}")
    for iso, name in CORPORA.items():
        if (path := required("articles", "temporal", f"{name}.jsonl")) is not None:
            topics[iso] = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    for iso, texts in topics.items():
        whole = "\n\n".join(texts)
        whole *= SIZE // len(whole) + 1
        yield iso, [whole[at : at + SIZE] for at in range(0, min(len(whole) - SIZE + 1, MOST * SIZE), SIZE)]
