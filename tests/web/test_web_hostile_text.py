"""Foreign text is text: markup, scripts, addresses and direction controls in it do nothing, wherever it stands."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import NOW
from tests.web.visits import asked, client, many, one, page, quotes, rain, read, reported, words
from tracker import edtf
from tracker.rows import FeedHealth
from tracker.types import Actor, Anchor, Dispute, Event, MentionDate, Place, Quantity, Report, Revision, Status
from tracker.web.shown import highlighted

PATHS = ["/", "/?order=oldest", "/events/1"]
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></textarea></script><script src=//evil.example/x.js></script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<b>x'>",
    "<style>*{display:none}</style>",
    "<!-- <base href=//evil.example/>",
    "]]><![CDATA[",
    "{{ config }}{% raw %}",
    "&lt;script&gt;",
    "\u202egnihtemos\u202c \u2067turned",
    "{speaker} %(n)s {0}",
]
TAGS = {"script", "iframe", "img", "style", "base", "object", "embed", "textarea", "math", "video"}


def everywhere(text: str, url: str = "https://en.example.org/a") -> Event:
    """Build an event with a text at every place that foreign text can reach."""
    said = MentionDate(edtf.parse("2025-06-17"), Anchor.DCT, text, 0.8, text, 40, 40 + len(text), "text")
    first = reported(
        text, url=url, title=text, outlet=text, article_id=text, speaker=text, date=said, status=Status.ALLEGED
    )
    other = replace(first, outlet=f"other {text}", url=url)
    told = rain(
        1, "2025-06-17", title=text, status=Status.ALLEGED, type="fire", who=(Actor(text, "person", text),),
        where=(Place(text, "city", "KP", text, None, 1.0, 2.0),), quantities=(Quantity(3, text, text),),
        titles=(("en", text), ("ru", f"ru {text}")), disputed=(Dispute("date", ((text, (text,)),)),),
    )  # fmt: skip
    changes = (Revision(1, "created", "", "", text, NOW), Revision(2, text, text, f"new {text}", text, NOW))
    return replace(told, reports=(first, other), revisions=changes)


def scripts(tree: html.HtmlElement) -> set[str]:
    """Name the scripts of a page by their files, "data" for what is none; whatever else runs is named in full."""
    data = tree.xpath("//script[@type='application/ld+json']")
    return {s.get("src", str(s.text)).rpartition("/")[2] if s not in data else "data" for s in tree.xpath("//script")}


def skeleton(tree: html.HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of a page with the names of their attributes, which foreign text must not change."""
    return [(str(element.tag), tuple(sorted(element.attrib))) for element in tree.iter()]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_a_page_is_made_of(path: str, text: str) -> None:
    assert skeleton(page(path, [everywhere(text)])) == skeleton(page(path, [everywhere("harmless")]))


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_the_text_is_shown_as_it_was_written(text: str) -> None:
    tree = page("/events/1", [everywhere(text)])
    assert words(tree.xpath("//h1")[0]) == text
    assert [words(quote) for quote in quotes(tree)] == [text]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>", "vbscript:x",
        "//evil.example/x", "/events/2", "file:///etc/passwd", "", "https\u202e://x", "ftp://x/y", 'http"onclick="x',
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    for path in PATHS:
        tree = page(path, [everywhere("It rained.", url)])
        links = [a for quote in many(tree, ".quote") for a in quote.xpath(".//a")]
        assert many(tree, ".quote")
        assert links == []


def test_a_web_address_with_quotes_and_spaces_stays_one_address() -> None:
    url = 'https://en.example.org/a" onclick="alert(1)'
    tree = page("/events/1", [everywhere("It rained.", url)])
    links = [a for quote in many(tree, ".quote") for a in quote.xpath(".//a")]
    assert {a.get("href") for a in links} == {url}
    assert all(set(a.attrib) == {"href", "rel"} for a in links)
    assert all("noreferrer" in a.get("rel", "") for a in links)


def test_foreign_text_carries_its_language_and_finds_its_own_direction() -> None:
    for path in ("/", "/events/1"):
        tree = page(path)
        titles = many(tree, ".p-name")
        assert titles
        assert quotes(tree)
        assert all(element.get("dir") == "auto" and element.get("lang") for element in [*titles, *quotes(tree)])
    arabic = [q for q in quotes(page("/events/1")) if q.get("lang") == "ar"]
    assert [words(q) for q in arabic] == ["وصل شويغو إلى بيونغ يانغ يوم الثلاثاء في زيارة هي الثانية خلال أسبوعين."]


def test_names_are_kept_apart_from_the_words_around_them() -> None:
    tree = page("/", [everywhere("evil\u202ename")])
    for place in many(tree, ".p-location"):
        assert place.xpath("./bdi")
    assert all(a.xpath("./bdi") for quote in many(tree, ".quote") for a in quote.xpath(".//a"))


def test_direction_controls_stay_out_of_window_titles_and_descriptions() -> None:
    tree = page("/events/1", [everywhere("It \u202erained\u2067 there.")])
    [title] = tree.xpath("//title/text()")
    assert title == "17 June 2025 — It rained there. — Kronik"
    assert tree.xpath("//meta[@name='description']/@content") == [
        "17 June 2025 — It rained there. · 1 outlet · 1 language"
    ]


def test_a_hostile_search_comes_back_as_text() -> None:
    query = '"><script>alert(1)</script>'
    answer = client().get("/", query_string={"q": query})
    tree = read(answer)
    assert one(tree, "#q").get("value") == query
    assert scripts(tree) == {"kronik.js", "ribbon.js", "live.js"}
    assert words(one(tree, ".empty").xpath(".//li")[0]) == f"without “{query}”"


def test_a_hostile_filter_value_is_refused_as_text() -> None:
    answer = client().get("/", query_string={"status": "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert "'<script>alert(1)</script>' is none of occurred" in words(one(read(answer), "#list"))
    assert len(read(answer).xpath("//script")) == 1


def test_a_hostile_feed_is_shown_as_text_and_linked_only_on_the_web() -> None:
    rows = [
        FeedHealth(HOSTILE[0], "javascript:alert(1)", "<b>", 1, NOW, NOW, HOSTILE[2]),
        FeedHealth("", "https://x.example/<b>", "", 0, None, None),
    ]
    site = replace(sample_site(), reads=FakeReads(health=rows))
    tree = read(client(site=site).get("/feeds"))
    assert [a.get("href") for a in tree.xpath("//table//a")] == ["https://x.example/<b>"]
    assert HOSTILE[0] in words(tree.xpath("//table")[0])
    assert not tree.xpath("//table//script | //table//img | //table//b")


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=50), st.text(st.characters(codec="utf-8"), max_size=50)
)
def test_any_text_is_inert_on_every_page(text: str, url: str) -> None:
    for path in PATHS:
        answer = asked(path, [everywhere(text, url)])
        assert answer.status_code == 200
        tree = read(answer)
        assert {str(e.tag) for e in tree.iter()} & TAGS == {"script"}
        assert scripts(tree) <= {"kronik.js", "ribbon.js", "live.js", "data"}
        assert all(a.startswith(("/", "#", "https://", "http://", "geo:")) for a in tree.xpath("//a/@href"))


def phrase_marked(told: Report) -> list[str]:
    tree = page("/events/1", [replace(rain(1, "2025-06-17"), reports=(told,))])
    return [mark.text_content() for quote in quotes(tree) for mark in quote.iter("mark")]


@pytest.mark.parametrize("phrase", ["on <Tuesday>", "يوم الثلاثاء", "지난 17일", "👩‍🚀 on & on", "7 июня"])
def test_exactly_the_date_phrase_is_highlighted(phrase: str) -> None:
    quote = f"It <rained> {phrase} & stopped."
    said = MentionDate(edtf.parse("2025-06-17"), Anchor.DCT, "r", 0.8, phrase, 40 + 12, 40 + 12 + len(phrase), "text")
    assert phrase_marked(reported(quote, date=said, end=40 + len(quote))) == [phrase]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(10, 20, "text"), (35, 45, "text"), (45, 4000, "text"), (45, 45, "text"), (50, 45, "text"), (None, None, "text"), (42, 45, "title")],
)  # fmt: skip
def test_a_phrase_outside_the_quote_marks_nothing(start: int | None, end: int | None, field: str) -> None:
    said = MentionDate(
        edtf.parse("2025-06-17"), Anchor.DCT, "r", 0.8, "x", start, end, "title" if field == "title" else "text"
    )
    assert phrase_marked(reported(date=said)) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=20), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_the_mark_holds_the_phrase_and_nothing_else(before: str, phrase: str, after: str) -> None:
    quote = before + phrase + after
    start = 40 + len(before)
    said = MentionDate(edtf.parse("2025-06-17"), Anchor.DCT, "r", 0.8, phrase, start, start + len(phrase), "text")
    marked = str(highlighted(reported(quote, date=said, end=40 + len(quote))))
    assert re.fullmatch("(.*)<mark>(.*)</mark>(.*)", marked, re.DOTALL).groups() == (
        *(str(escape(part)) for part in (before, phrase, after)),
    )
