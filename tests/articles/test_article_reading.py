"""Articles from import lines and feed entries."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import Origin, article_from_entry, article_from_json
from tracker.errors import ArticleError
from tracker.types import Article, Entry

NOW = datetime(2025, 6, 18, 12, tzinfo=UTC)
ORIGIN = Origin("https://news.example/rss", "News", "ru", "Europe/Moscow")


def read(**row: object) -> Article:
    whole = {"id": "a", "title": "T", "text": "Text.", "published": None} | row
    return article_from_json(json.dumps(whole), number=7, max_chars=1000)


def test_a_full_line_is_read_whole() -> None:
    article = read(published="2025-06-17T15:00:00+03:00", lang="ru", url="https://a.example/1", source="Paper")
    moscow = timezone(timedelta(hours=3))
    assert article == Article(
        "a", "T", "Text.", "ru", datetime(2025, 6, 17, 15, tzinfo=moscow), True, "https://a.example/1", "Paper"
    )
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize(
    ("published", "expected", "has_time"),
    [
        ("2025-11-12", datetime(2025, 11, 12, tzinfo=UTC), False),
        ("2025-11-12T08:30:00Z", datetime(2025, 11, 12, 8, 30, tzinfo=UTC), True),
        ("2025-11-12 08:30", datetime(2025, 11, 12, 8, 30, tzinfo=UTC), True),
        ("20251112T083000Z", datetime(2025, 11, 12, 8, 30, tzinfo=UTC), True),
        (None, None, True),
        ("", None, True),
        ("2025-11", None, True),
        ("None", None, True),
        (" null ", None, True),
        ("NaN", None, True),
    ],
)
def test_dates_come_with_or_without_time(published: object, expected: datetime | None, has_time: bool) -> None:
    article = read(published=published)
    assert (article.published, article.published_has_time) == (expected, has_time)


@pytest.mark.parametrize(("given_id", "expected"), [("x-1", "x-1"), (17, "17"), ("7\u0000\n8", "7 8"), (-3, "-3")])
def test_an_id_may_be_text_or_number(given_id: object, expected: str) -> None:
    assert read(id=given_id).id == expected


def test_texts_are_cleaned_and_cut() -> None:
    article = read(title=" A\n title\u0000 ", text="One.\r\nTwo.\u2028Three.\ud800\u0007" + "x" * 2000)
    assert article.title == "A title"
    assert article.text.startswith("One.\nTwo.\nThree.xxx")
    assert len(article.text) == 1000


def test_a_title_alone_is_an_article() -> None:
    assert article_from_json('{"id": 1, "title": "Only this"}', number=1, max_chars=10).text == ""


@pytest.mark.parametrize(
    "line",
    [
        "{not json", "", "[1]", "null", '{"id": "x"}', '{"title": "T"}', '{"id": "", "title": "T"}', '{"id": true, "title": "T"}',
        '{"id": {}, "title": "T"}', '{"id": 1, "title": 3}', '{"id": 1, "title": "T", "published": "yesterday"}',
        '{"id": 1, "title": "T", "published": 17}', '{"id": 1, "title": "T", "published": "2025-02-30"}',
        '{"id": 1, "title": "T", "published": "0001-01-01T00:00:00+14:00"}', '{"id": 1, "title": "T", "lang": 3}', "[" * 100_000,
        '{"id": ' + "9" * 5000 + ', "title": "T"}',
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(ArticleError, match="line 7") as refused:
        article_from_json(line, number=7, max_chars=100)
    assert refused.value.subject == "line 7"
    assert "\n" not in str(refused.value)


@given(
    st.text(max_size=100)
    | st.dictionaries(st.sampled_from(["id", "title", "text", "published", "lang"]), st.text() | st.integers()).map(
        json.dumps
    )
)
def test_any_line_is_an_article_or_refused(line: str) -> None:
    try:
        article = article_from_json(line, number=1, max_chars=50)
    except ArticleError:
        return
    assert article.id
    assert len(article.text) <= 50
    article.text.encode()


def entry(published: datetime | None = None, raw: str = "", language: str = "") -> Entry:
    return Entry("guid-1", "Title", "Text", "https://news.example/1", published, raw, language)


def make(item: Entry, origin: Origin = ORIGIN) -> Article:
    return article_from_entry(item, origin, now=NOW, max_chars=1000)


def test_an_entry_has_the_day_of_its_outlet() -> None:
    article = make(entry(datetime(2025, 6, 16, 22, 30, tzinfo=UTC)))
    assert article.dct is not None
    assert article.dct.isoformat() == "2025-06-17"
    assert article.published == datetime(2025, 6, 16, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "Nowhere/Else", "../etc", "x" * 300, "\x00"])
def test_without_a_usable_zone_the_stated_offset_stays(zone: str) -> None:
    stamp = datetime(2025, 6, 17, 1, tzinfo=timezone(timedelta(hours=7)))
    article = make(entry(stamp), Origin("f", "o", "", zone))
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("raw", ["", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_without_a_credible_date_an_entry_is_dated_when_first_seen(raw: str) -> None:
    article = make(entry(None, raw))
    assert article.published == NOW
    assert not article.published_has_time


def test_the_id_depends_on_feed_and_key_only() -> None:
    first, again, other = make(entry()), make(entry(NOW)), make(entry(), Origin("https://b.example", "", "", ""))
    assert first.id == again.id != other.id
    assert first.id.startswith("f-")
    assert len(first.id) == 18


def test_an_entrys_own_language_weighs_more_than_its_feeds() -> None:
    assert make(entry(language="id-ID")).language == "id"
    assert make(entry()).language == "ru"
