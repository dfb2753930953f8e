"""Lists of feeds are read with their errors named, and written so that they can be read again."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import FeedError, SettingsError
from tracker.feeds import opml_text, read_feeds, read_opml
from tracker.types import FeedFacts


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_whole_entry_is_read(tmp_path: Path) -> None:
    text = (
        '[[feed]]\nurl = " https://a.example/rss "\nname = "Ä"\noutlet = "A News"\nlanguage = "id"\nzone = "Asia/Jakarta"\n'
        'country = "ID"\nfull_text = true\ninterval_s = 900\ntags = ["asia", "news"]\n[[feed]]\nurl = "http://b.example/"\n'
    )
    assert read_feeds(toml(tmp_path, text)) == (
        FeedFacts(
            "https://a.example/rss",
            "Ä",
            "A News",
            "id",
            "Asia/Jakarta",
            "ID",
            full_text=True,
            interval_s=900,
            tags=("asia", "news"),
        ),
        FeedFacts("http://b.example/"),
    )


def test_an_absent_or_empty_list_holds_nothing(tmp_path: Path) -> None:
    assert read_feeds(tmp_path / "none.toml") == read_feeds(toml(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feed]", "cannot be read"), ("feed = 3", r"something else than \[\[feed\]\] tables"), ('[settings]\nx = 1\n', "something else than"), ("feed = [3]", "feed 1: is no table"),
        ("[[feed]]", "feed 1: url = '' is no http or https address"), ('[[feed]]\nurl = "ftp://a.example/"', "ftp://a.example/"),
        ('[[feed]]\nurl = "javascript:alert(1)"', "no http or https"), ('[[feed]]\nurl = "http://me:pw@a.example/"', "no http or https"),
        ('[[feed]]\nurl = "http://a.example/"\n[[feed]]\nurl = 3', "feed 2: url = 3 is no str"),
        ('[[feed]]\nurl = "http://a.example/"\nlangauge = "id"', r"feed 1: unknown key langauge = 'id'; known: url, name"),
        ('[[feed]]\nurl = "http://a.example/"\nfull_text = "yes"', "full_text = 'yes' is no bool"), ('[[feed]]\nurl = "http://a.example/"\ninterval_s = true', "interval_s = True is no int"),
        ('[[feed]]\nurl = "http://a.example/"\ninterval_s = 1.5', "is no int"), ('[[feed]]\nurl = "http://a.example/"\ntags = "x"', "tags = 'x' is no list"),
        ('[[feed]]\nurl = "http://a.example/"\nzone = "Asia/Jakrta"', "zone = 'Asia/Jakrta' is no time zone such as"), ('[[feed]]\nurl = "http://a.example/"\nzone = "../x"', "no time zone"),
    ],
)  # fmt: skip
def test_an_error_names_file_feed_and_key(tmp_path: Path, text: str, words: str) -> None:
    path = toml(tmp_path, text)
    with pytest.raises(SettingsError, match=words) as refused:
        read_feeds(path)
    assert refused.value.subject.startswith(str(path))


def test_a_list_in_another_encoding_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes("# Москва".encode("cp1251"))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_feeds(path)


OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Asia"><outline title="East"><outline type="rss" text="short" title="A" xmlUrl=" https://a.example/rss " language="ko" zone="Asia/Seoul" country="kr" outlet="A"/>
</outline></outline><outline text="B" xmlURL="http://b.example/" zone="Mars/Phobos"/><outline text="no feed" htmlUrl="http://c.example/"/>
<outline text="evil" xmlUrl="javascript:alert(1)"/><outline text="file" xmlUrl="file:///etc/passwd"/><outline text="A &amp; B"/></body></opml>"""


def test_the_feeds_of_an_opml_are_read_with_folders_and_our_own_attributes() -> None:
    assert read_opml(OPML.encode()) == (
        FeedFacts("https://a.example/rss", "A", "A", "ko", "Asia/Seoul", "KR", tags=("East", "Asia")),
        FeedFacts("http://b.example/", "B"),
    )


def test_a_feed_named_twice_is_one() -> None:
    twice = '<opml><outline text="A" xmlUrl="http://a.example/"/><outline text="B" xmlUrl="http://a.example/"/></opml>'
    assert [feed.url for feed in read_opml(twice.encode())] == ["http://a.example/"]


@pytest.mark.parametrize("body", [b"", b"\0", b"plain", b"<html/>", b"<rss/>", b"<!-- x -->", b"{}"])
def test_what_is_no_opml_is_said(body: bytes) -> None:
    with pytest.raises(FeedError, match="is no OPML"):
        read_opml(body)


@pytest.mark.parametrize(
    "body", [OPML.encode()[:-30], b"\xef\xbb\xbf" + OPML.encode(), OPML.replace("A &amp; B", "Tom & Jerry").encode()]
)
def test_a_damaged_opml_gives_what_can_be_saved(body: bytes) -> None:
    assert [feed.url for feed in read_opml(body)] == ["https://a.example/rss", "http://b.example/"]


def test_entities_of_an_opml_reach_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    doctype = f'<!DOCTYPE o [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY % y SYSTEM "http://127.0.0.1:1/"> %y;]>'
    body = f'{doctype}<opml><body><outline text="a&x;b" xmlUrl="http://a.example/">&x;</outline></body></opml>'
    assert "hunter2" not in repr(read_opml(body.encode()))


def test_a_bomb_of_entities_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE o [<!ENTITY l0 "lol">{entities}]><opml><body><outline text="&l9;" xmlUrl="http://a.example/"/></body></opml>'
    assert len(repr(read_opml(body.encode()))) < 1000


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.integers(0, len(OPML)).map(lambda cut: OPML[:cut].encode()),
        st.text(max_size=40).map(
            lambda text: f'<opml><outline text="{text}" xmlUrl="http://{text}/"/></opml>'.encode(
                "utf-8", "surrogatepass"
            )
        ),
    )
)
def test_any_bytes_give_feeds_or_an_error_of_ours(body: bytes) -> None:
    try:
        found = read_opml(body)
    except FeedError:
        return
    assert all(feed.url.startswith("http") for feed in found)


LETTERS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
FACTS = st.builds(
    FeedFacts, LETTERS.map(lambda path: f"https://a.example/{path}"), LETTERS, outlet=st.just("") | LETTERS, language=st.sampled_from(["", "id", "ru"]),
    zone=st.sampled_from(["", "Asia/Seoul"]), country=st.sampled_from(["", "KR"]), tags=st.just(()) | st.tuples(LETTERS),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(FACTS, max_size=5, unique_by=lambda facts: facts.url), LETTERS)
def test_what_is_written_is_read_again(feeds: list[FeedFacts], title: str) -> None:
    written = opml_text(feeds, title=title)
    assert set(read_opml(written.encode())) == set(feeds)
    assert ElementTree.fromstring(written).findtext("head/title") == title


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=20))
def test_any_name_makes_a_well_formed_opml(text: str) -> None:
    written = opml_text([FeedFacts("http://a.example/", text, outlet=text, tags=(text,))], title=text)
    assert [
        outline.get("xmlUrl")
        for outline in ElementTree.fromstring(written.encode()).iter("outline")
        if outline.get("type")
    ] == ["http://a.example/"]


def test_feeds_are_sorted_into_folders_by_their_first_tag() -> None:
    written = opml_text(
        [
            FeedFacts("http://a.example/", tags=("x", "y")),
            FeedFacts("http://b.example/"),
            FeedFacts("http://c.example/", tags=("x",)),
        ],
        title="T",
    )
    assert [feed.tags for feed in read_opml(written.encode())] == [("x",), ("x",), ()]
    assert written.count('text="x"') == 1
    assert 'text="http://b.example/"' in written
