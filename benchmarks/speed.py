"""Speed of dates and mentions, as ratios against references in the same run; in processor time, so that a busy machine says the same."""

from __future__ import annotations

import json
import re
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import feedparser

from benchmarks.data import ROOT, required
from tracker.languages import Languages, shipped
from tracker.mentions import detect
from tracker.names import NameBook
from tracker.places import Gazetteer, build, is_current
from tracker.times import tag
from tracker.types import Article

DAY = date(2025, 5, 14)
SEARCHED = 20_000  # characters given to search_dates, which needs seconds for them
ARTICLE = 3_000  # characters of an article
CORPORA = {"en": "timebank", "es": "te3_es", "id": "kompas_dev", "zh": "te2_zh", "uk": "wikiwars_uk"}
RUSSIAN = (
    "feeds",
    "real",
    "ru",
    "lenta.xml",
)  # there is no annotated Russian news: headlines and teasers of a real feed


def run() -> None:
    """Print characters per second of the tagger beside a bare scan and dateparser, articles per second of the reader.

    The bare scan is one plain alternation of 100 words of time, years and figures over the raw text, without regard to case.
    """
    folder = required("speed", "temporal")
    if folder is None:
        return
    languages = shipped()
    print(
        f"{'iso':4} {'characters':>10} {'tagger c/s':>12} {'bare scan c/s':>14} {'ratio':>6} {'search_dates c/s':>17} {'times':>7}"
    )
    for iso, name in CORPORA.items():
        rows = [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
        texts = [row["text"] for row in rows]
        _dates(iso, texts, languages)
    if (feed := required("speed", *RUSSIAN)) is not None:
        entries = feedparser.parse(feed.read_bytes()).entries
        _dates("ru", [f"{entry.get('title', '')}. {entry.get('summary', '')}\n" for entry in entries], languages)
    _articles("en", texts=[json.loads(line)["text"] for line in (folder / "timebank.jsonl").open(encoding="utf-8")])


def _dates(iso: str, texts: Sequence[str], languages: Languages) -> None:
    data = languages.times(iso)
    if data is None:
        return
    total = sum(map(len, texts))
    tag(texts[0], data=data, dct=DAY)
    own = total / _best(lambda: [tag(text, data=data, dct=DAY) for text in texts])
    words = [re.escape(word) for word in data.lexicon][:100]
    scan = re.compile(rf"\b(?:{'|'.join(words)})\b|[0-9]{{4}}|[0-9]{{1,2}}[/.][0-9]{{1,2}}", re.IGNORECASE)
    bare = total / _best(lambda: [sum(1 for _ in scan.finditer(text)) for text in texts])
    peer = _search_dates(iso, "".join(texts)[:SEARCHED])
    print(f"{iso:4} {total:10} {own:12,.0f} {bare:14,.0f} {own / bare:6.2f} {peer:17,.0f} {own / peer:7.0f}")


def _search_dates(iso: str, text: str) -> float:
    from dateparser.search import search_dates

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings = {"RELATIVE_BASE": datetime(2025, 5, 14)}  # noqa: DTZ001  dateparser wants it without a zone
        begun = time.process_time()
        search_dates(text, languages=[iso], settings=settings)  # type: ignore[arg-type]  # its stubs ask for a private type
    return len(text) / (time.process_time() - begun)


def _articles(iso: str, texts: Sequence[str]) -> None:
    languages, names = shipped(), NameBook.load()
    path = ROOT / "var" / "places.db"
    if not is_current(path):
        build(path)
    places, data, times = Gazetteer.open(path), languages.mentions(iso), languages.times(iso)
    if data is None or times is None:
        return
    whole = " ".join(texts)
    pieces = [whole[at : at + ARTICLE] for at in range(0, min(len(whole), 200 * ARTICLE), ARTICLE)]
    articles = [Article(str(n), "", text, iso, datetime(2025, 5, 14, tzinfo=UTC)) for n, text in enumerate(pieces)]
    tagged = [tag(article.text, data=times, dct=DAY) for article in articles]
    dates_s = _best(lambda: [tag(article.text, data=times, dct=DAY) for article in articles])
    events_s = _best(
        lambda: [detect(a, t, data=data, gazetteer=places, names=names) for a, t in zip(articles, tagged, strict=True)]
    )
    share = 100 * dates_s / (dates_s + events_s)
    print(
        f"{len(articles) / (dates_s + events_s):.0f} articles of {ARTICLE} characters a second and core; dates take {share:.0f} % of it"
    )


def _best(work: Callable[[], object], *, rounds: int = 3) -> float:
    """Give the seconds of the fastest of several rounds: what the machine can do when nothing disturbs it."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)
