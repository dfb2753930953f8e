"""Letters arrive as written, whatever the encoding was declared to be."""

import pytest
from feed_builders import item, options, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

MOSCOW = "Москва сообщает о событии"
SEOUL = "연합뉴스 속보 대통령"
RIO = "Última notícia: ação"


def declared(name: str) -> str:
    return f'<?xml version="1.0" encoding="{name}"?>'


@pytest.mark.parametrize("text", [MOSCOW, SEOUL, RIO, "元山で会談", "أخبار عاجلة", "😀"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_unicode_is_read_in_each_of_its_forms(text: str, encoding: str) -> None:
    body = rss(item(title=text), declaration=declared(encoding.removesuffix("-sig"))).encode(encoding)
    feed = read(body)
    assert (feed.entries[0].title, feed.complaint) == (text, "")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(MOSCOW, "windows-1251"), (MOSCOW, "koi8-r"), (SEOUL, "euc-kr"), ("元山で会談", "shift_jis"), ("朝鲜元山", "gb2312"), (RIO, "iso-8859-1"), ("Świat", "iso-8859-2")],
)  # fmt: skip
@pytest.mark.parametrize(
    "content_type", ["", "application/rss+xml", "text/xml", "application/octet-stream", "text/html"]
)
def test_a_declared_encoding_is_believed_whatever_the_media_type(text: str, encoding: str, content_type: str) -> None:
    feed = read(rss(item(title=text), declaration=declared(encoding)).encode(encoding), content_type=content_type)
    assert (feed.entries[0].title, feed.complaint) == (text, "")


def test_an_encoding_may_stand_in_the_header_alone() -> None:
    body = rss(item(title=MOSCOW), declaration='<?xml version="1.0"?>').encode("cp1251")
    assert read(body, content_type="text/xml; charset=windows-1251").entries[0].title == MOSCOW


def test_a_header_that_contradicts_unicode_is_overruled() -> None:
    feed = read(rss(item(title=f"{MOSCOW} {SEOUL}")), content_type="application/xml; charset=us-ascii")
    assert feed.entries[0].title == f"{MOSCOW} {SEOUL}"


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [(MOSCOW, "cp1251", "ru"), ("Події в Києві", "cp1251", "uk"), (SEOUL, "cp949", "ko"), ("元山で会談", "cp932", "ja"), ("朝鲜元山", "gb18030", "zh"), ("Gdańsk: święto", "cp1250", "pl")],
)  # fmt: skip
def test_a_code_page_declared_as_unicode_is_read_by_the_feeds_language(text: str, encoding: str, language: str) -> None:
    body = rss(item(title=text, description=text)).encode(encoding)
    feed = read(body, options(language), content_type="text/xml")
    assert (feed.entries[0].title, feed.entries[0].text) == (text, text)
    assert feed.complaint.startswith("not in the encoding it declares: read as ")


def test_the_language_may_be_the_one_the_feed_states() -> None:
    body = rss(item(title=MOSCOW), head="<language>ru-RU</language>").encode("cp1251")
    assert read(body).entries[0].title == MOSCOW


def test_without_a_language_western_europe_is_guessed_and_the_guess_is_said() -> None:
    feed = read(rss(item(title=RIO)).encode("cp1252"))
    assert feed.entries[0].title == RIO
    assert feed.complaint.startswith("malformed: ")


@pytest.mark.parametrize("language", ["ru", "", "pt"])
def test_a_few_broken_bytes_do_not_garble_the_rest(language: str) -> None:
    body = rss(*(item(title=f"{MOSCOW} {n}") for n in range(9))).encode().replace(b" 3<", b" 3\xff\xd0<")
    feed = read(body, options(language))
    assert [entry.title for entry in feed.entries if " 3" not in entry.title] == [
        f"{MOSCOW} {n}" for n in range(9) if n != 3
    ]
    assert feed.entries[3].title.startswith(f"{MOSCOW} 3")
    assert feed.complaint == "not in the encoding it declares: read as utf-8"


# Beyond Latin-1: feedparser mends text that was encoded twice, and takes a few short strings of Latin-1 for such.
@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=0x100, max_codepoint=0x52F, categories=["L"]), min_size=1, max_size=30),
       st.sampled_from(["utf-8", "utf-16"]))  # fmt: skip
def test_letters_come_back_as_they_were_sent(text: str, encoding: str) -> None:
    assert read(rss(item(title=text), declaration=declared(encoding)).encode(encoding)).entries[0].title == text
