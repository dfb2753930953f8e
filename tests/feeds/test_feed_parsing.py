"""Every format of feed becomes the same entries; what is no feed says what it is instead."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_builders import URL, XML, atom, item, options, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import FeedError
from tracker.types import Entry, ParsedFeed

PUBLISHED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
WHOLE = Entry("urn:1", "Quake hits coast", "First.\nSecond.", "https://news.example/1", PUBLISHED)
RSS = rss(
    item(title="Quake hits coast", link="/1", guid="urn:1", description="&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;",
         pubDate="Fri, 20 Nov 2026 08:30:00 GMT"),
    head="<language>en-GB</language><ttl>90</ttl>",
)  # fmt: skip
ATOM = atom(
    "<entry><title>Quake hits coast</title><id>urn:1</id><link href='/1'/><published>2026-11-20T08:30:00Z</published>"
    "<summary>First.</summary><content type='html'>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content></entry>"
)
RDF = (
    f'{XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="x">'
    "<title>News</title><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>"
    '<item rdf:about="urn:1"><title>Quake hits coast</title><link>/1</link><description>First.&lt;br&gt;Second.</description>'
    "<dc:date>2026-11-20T08:30:00Z</dc:date></item></rdf:RDF>"
)


def json_feed(*items: object, **head: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items, **head})


JSON = json_feed(
    {"id": "urn:1", "url": "/1", "title": "Quake hits coast", "content_html": "<p>First.</p><p>Second.</p>", "date_published": "2026-11-20T08:30:00Z"},
    language="en",
)  # fmt: skip


@pytest.mark.parametrize("body", [RSS, ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_every_format_gives_the_same_entry(body: str) -> None:
    feed = read(body)
    assert (feed.title, feed.complaint, len(feed.entries)) == ("News", "", 1)
    found = feed.entries[0]
    assert (found.key, found.title, found.text, found.link, found.published) == (
        WHOLE.key, WHOLE.title, WHOLE.text, WHOLE.link, WHOLE.published,
    )  # fmt: skip
    assert found.published_raw in {"Fri, 20 Nov 2026 08:30:00 GMT", "2026-11-20T08:30:00Z"}


@pytest.mark.parametrize(
    ("body", "language"),
    [(RSS, "en-GB"), (JSON, "en"), (ATOM, ""), (rss(head="<language>" + "x" * 50 + "</language>"), "x" * 12)],
)
def test_the_language_a_feed_states_is_kept_short(body: str, language: str) -> None:
    assert read(body).language == language


@pytest.mark.parametrize(
    ("head", "ttl_s"),
    [
        ("<ttl>90</ttl>", 5400), ("<ttl> 5 </ttl>", 300), ("<ttl>0</ttl>", 0), ("<ttl>-5</ttl>", None), ("<ttl>soon</ttl>", None), ("<ttl>99999999</ttl>", None),
        ("<ttl></ttl>", None), ("", None),
    ],
)  # fmt: skip
def test_the_ttl_counts_minutes_or_nothing(head: str, ttl_s: int | None) -> None:
    assert read(rss(item(title="A"), head=head)).ttl_s == ttl_s


@pytest.mark.parametrize(
    ("period", "frequency", "ttl_s"),
    [
        ("daily", "4", 21_600), ("hourly", "1", 3600), ("Weekly", "7", 86_400), ("daily", "0", None), ("daily", "-1", None), ("daily", "9999999", None),
        ("daily", "often", None), ("fortnightly", "1", None),
    ],
)  # fmt: skip
def test_the_syndication_module_asks_for_a_rhythm(period: str, frequency: str, ttl_s: int | None) -> None:
    body = RDF.replace("daily", period).replace("<sy:updateFrequency>4", f"<sy:updateFrequency>{frequency}")
    assert read(body).ttl_s == ttl_s


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()) == ParsedFeed("News", "", ())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/a.xml"></head></html>',
         r"web page, no feed; it links to https://news\.example/a\.xml$"),
        ("<html><body>Just a moment</body></html>", "web page, no feed and links to none"), ("\ufeff \n<!DOCTYPE HTML><p>x", "web page"),
        (f'{XML}<opml version="2.0"><body/></opml>', "OPML.*import-opml"), ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no feed that can be read"),
        ("", "no feed that can be read"), ("plain words", "no feed that can be read"), ("{}", "no feed"), ("[1]", "no feed"), ("{" * 5000, "no feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "no feed"), ('{"version": "https://evil.example/", "items": []}', "no feed"),
        ('{"version": 1, "items": []}', "no feed"), ("\x00\x01\x02", "no feed"), ("/etc/passwd", "no feed"), ("http://127.0.0.1/", "no feed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_what_it_is(body: str, words: str) -> None:
    with pytest.raises(FeedError, match=words) as refused:
        read(body)
    assert refused.value.subject == URL


def test_a_page_names_three_feeds_at_most() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}.xml">' for n in range(9))
    with pytest.raises(FeedError) as refused:
        read(f"<!doctype html><html><head>{links}</head></html>")
    assert str(refused.value).count("https://news.example/") == 4  # the subject and three


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (rss(item(title="A"), item(title="B"))[:-30], ["A"]), ("\n\n  " + rss(item(title="A")), ["A"]), ("<br />\n<b>Warning</b>: foo()<br />\n" + rss(item(title="A")), ["A"]),
        (rss(item(title="A")) + "\n<!-- cached --><script>1</script>", ["A"]), (rss(item(title="Tom & Jerry < 5")), ["Tom & Jerry < 5"]),
        (rss(item(title="Caf&eacute;&nbsp;l&rsquo;x")), ["Café l’x"]), (rss(item(title="a\x0bb\x08")), ["ab"]), (rss("<item><title>A</title>" * 3), ["A"]),
    ],
)  # fmt: skip
def test_a_malformed_feed_gives_what_can_be_saved_and_says_so(body: str, titles: list[str]) -> None:
    feed = read(body)
    assert [entry.title for entry in feed.entries][: len(titles)] == titles
    assert feed.complaint.startswith("malformed: ")


@pytest.mark.parametrize(
    "reference",
    [
        "&#0;",
        "&#xD800;",
        "&#55296;",
        "&#xFFFF;",
        "&#x110000;",
        "&#99999999999999999999;",
        "&#8;",
        "&#x" + "F" * 300 + ";",
    ],
)
@pytest.mark.parametrize("rest", ["", "<b>"])
def test_a_reference_to_no_character_costs_only_itself(reference: str, rest: str) -> None:
    feed = read(rss(item(title=f"a{reference}b", guid=f"g{reference}h", description=f"{rest}c{reference}")))
    assert [(entry.key, entry.title, entry.text) for entry in feed.entries] == [("gh", "ab", "c")]


def test_good_references_are_read() -> None:
    assert read(rss(item(title="&#1052;&#x43E;&#x1F600;&#38;"))).entries[0].title == "Мо😀&"


@pytest.mark.parametrize(
    "body",
    [
        rss(*(item(title=f"T{n}") for n in range(8))), atom(*(f"<entry><title>T{n}</title></entry>" for n in range(8))),
        RDF.replace("</rdf:RDF>", "".join(f"<item><title>T{n}</title></item>" for n in range(7)) + "</rdf:RDF>"),
        rss("".join(f"<item><title>T{n}</title>" for n in range(8))), json_feed(*({"title": f"T{n}"} for n in range(8))),
        rss(*(item(title=f"T{n}") for n in range(8))).replace("utf-8", "utf-16").encode("utf-16"),
    ],
    ids=["rss", "atom", "rdf", "unclosed", "json", "utf-16"],
)  # fmt: skip
def test_entries_beyond_the_limit_are_cut_and_counted(body: str | bytes) -> None:
    feed = read(body, options(most=3))
    assert len(feed.entries) == 3
    assert feed.complaint.endswith("5 entries beyond the limit were left out")


def test_a_document_at_the_limit_is_whole() -> None:
    assert read(rss(*(item(title=f"T{n}") for n in range(3))), options(most=3)) == read(
        rss(*(item(title=f"T{n}") for n in range(3)))
    )


def test_entities_from_elsewhere_are_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    doctype = (
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY y SYSTEM "http://127.0.0.1:1/">]>'
    )
    feed = read(rss(item(title="before &x;&y; after"), declaration=XML + doctype))
    assert "hunter2" not in repr(feed)
    assert feed.entries[0].title.startswith("before")


@pytest.mark.parametrize("depth", [3, 9])
def test_a_bomb_of_entities_is_not_expanded(depth: int) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth + 1))
    body = rss(item(title=f"&l{depth};", guid="1"), declaration=f'{XML}<!DOCTYPE r [<!ENTITY l0 "lol">{entities}]>')
    assert len(repr(read(body))) < 2000


NOISE = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: rss(item(title=text, guid=text, link=text, pubDate=text, description=text)).encode("utf-8", "surrogatepass")),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
                 lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "url", "title", "content_text", "content_html", "date_published", "language", "items"]), inner, max_size=6),
                 max_leaves=12).map(lambda value: json_feed(value, value, language=value).encode()),
    st.integers(0, len(RSS)).map(lambda cut: RSS.encode()[:cut]), st.integers(0, len(RDF)).map(lambda cut: RDF.encode()[cut:]),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(NOISE)
def test_any_bytes_give_storable_entries_or_an_error_of_ours(body: bytes) -> None:
    try:
        feed = read(body)
    except FeedError:
        return
    keys = [entry.key for entry in feed.entries]
    assert len(set(keys)) == len(keys)
    for entry in feed.entries:
        texts = (entry.key, entry.title, entry.text, entry.link, entry.published_raw, entry.language)
        assert "\0" not in "".join(texts).encode().decode()  # a lone surrogate cannot be encoded
        assert entry.key
        assert not entry.published or entry.published.tzinfo
