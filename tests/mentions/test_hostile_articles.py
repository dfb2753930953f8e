"""What a hostile text may cost: each of these ends soon, with few events, and all offsets inside the text."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.languages import Languages
from tracker.mentions import Detection, detect
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.times import tag
from tracker.types import Article

LANGUAGES, NAMES = Languages(), NameBook.load()
PUBLISHED = datetime(2025, 5, 14, tzinfo=UTC)
SIZE = 60_000
TEXTS = {
    "one line": "soldiers came to the city and ",
    "names": "Ana Borg met Carl Dun in Paris. ",
    "names without a stop": "Ana Borg Carl Dun, ",
    "quotes": "“He said “she said ‘they went ",
    "quotes that never end": '"' * 30,
    "bidi and zero width": "\u202eVisit\u202c to\u200b Pa\u200dris\ufeff on 3\u2066 May\u2069. ",
    "null bytes": "The minister visited Berlin on Monday.\x00 ",
    "one event again and again": "Mayor Ann Lee visited Lima on Monday. ",
    "triggers": "attack visit talks explosion ",
    "commas": "a, b, c; ",
    "figures": "12 thousand 5 million ",
    "one word": "a",
    "capitals": "A",
    "marks": "e\u0301",
    "days": "on Monday ",
}  # fmt: skip


@pytest.fixture(scope="module")
def places(gazetteer_dir: Path) -> Gazetteer:
    """The gazetteer of this run."""
    return Gazetteer.open(gazetteer_dir / "places.db")


def read(text: str, gazetteer: Gazetteer, language: str = "en") -> Detection:
    """Read an article as a worker does."""
    article = Article("1", text[:200], text, language, PUBLISHED)
    times, data = LANGUAGES.times(language), LANGUAGES.mentions(language)
    assert times is not None
    tagged = (*tag(article.title, data=times, dct=PUBLISHED, field="title"), *tag(text, data=times, dct=PUBLISHED))
    return detect(article, tagged, data=data, gazetteer=gazetteer, names=NAMES)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_gives_a_bounded_result(name: str, places: Gazetteer) -> None:
    text = TEXTS[name] * (SIZE // len(TEXTS[name]))
    found = read(text, places)
    assert len(found.mentions) <= 40
    assert all(0 <= m.start < m.end <= len(text) for m in found.mentions)
    assert all(len(m.quote) <= 600 for m in found.mentions)
