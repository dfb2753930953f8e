"""Foreign markup becomes plain text: no element, script or direction-turning character is left of it."""

import json
import re

import pytest
from feed_builders import item, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds.clean import plain_line, plain_text, unmarked

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Plain", "Plain"), ("  two \n  lines\t", "two lines"), ("<b>bold</b> move", "bold move"), ("<script>alert(1)</script>Title", "Title"),
        ("<img src=x onerror=alert(2)>Title", "Title"), ("<svg/onload=alert(4)>Title", "Title"), ("<style>*{}</style>Title", "Title"),
        ("Tom &amp; Jerry", "Tom & Jerry"), ("3 &lt; 4", "3 < 4"), ("3 < 4 > 2", "3 < 4 > 2"), ("&amp;lt;b&amp;gt;", "&lt;b&gt;"), ("caf&eacute;&nbsp;x", "café x"),
        ("a\u202eevil\u202cb", "aevilb"), ("\u2066x\u2069", "x"), ("so\u00adft zero\u200bwidth", "soft zerowidth"), ("nul\0 bell\x07 \x9b", "nul bell"), ("\ud800x", "x"),
        ("{{7*7}} ${7*7}", "{{7*7}} ${7*7}"), ("", ""), ("<p></p>", ""), ("<!-- x -->", ""), ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("x" * 900, "x" * 500), ("<b> " * 3000 + "deep", ""), ("a\r\nb\rc", "a b c"),
    ],
)  # fmt: skip
def test_a_title_is_one_line_of_text(markup: str, text: str) -> None:
    assert plain_line(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."), ("One.<br>Two.<BR/>Three.", "One.\nTwo.\nThree."), ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>a <i>b</i>\n c</p>", "a b\nc"), ("no markup\n\n\nat all", "no markup\nat all"), ("<script>x()</script><p>a</p>", "a"),
        ("<form action=//evil><input></form>a", "a"), ("<iframe src=//evil></iframe>a", "a"), ("<h2 class='x' onclick=\"y()\">Head</h2>Body", "Head\nBody"),
        ("a&#13;\nb", "a\nb"), ("a\rb", "a\nb"), ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"),
    ],
)  # fmt: skip
def test_content_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_no_more_than_two_hundred_thousand_characters_are_read() -> None:
    assert len(plain_text("x" * 300_000)) == len(unmarked("x" * 300_000)) == 200_000


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<script>",
                "</script>",
                "<b",
                ">",
                "&lt;",
                "&#x202e;",
                "&#0;",
                "\u202e",
                "\0",
                "a",
                " ",
                "\n",
                "<!--",
                "-->",
                "\ud800",
                "<p>",
                '"',
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_markup_gives_text_fit_to_store(markup: str) -> None:
    line, text = plain_line(markup), plain_text(markup)
    assert "\n" not in line
    assert not FORBIDDEN.search(line + text + unmarked(markup))
    assert all(part == part.strip() and part for part in text.splitlines())


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["C", "Z"]), min_size=1, max_size=50))
def test_text_without_markup_is_left_alone(text: str) -> None:
    assert plain_line(text) == plain_text(text) == unmarked(text) == text


HOSTILE = rss(
    item(title="&lt;script&gt;alert(1)&lt;/script&gt; one", link="javascript:alert(document.cookie)", guid="1"),
    item(title="two", link="data:text/html;base64,PHNjcmlwdD4=", description="&lt;svg/onload=alert(4)&gt;&lt;iframe src=//evil&gt;&lt;/iframe&gt;body", guid="2"),
    item(title="three", link="  JaVaScRiPt:alert(5)", description='<![CDATA[<a href="java&#10;script:alert(6)">x</a><style>*{}</style>]]>', guid="3"),
    item(title="Bidi \u202eevil\u202c", link="http://user:pass@127.0.0.1:1/x", guid="\u202e4"),
    head="<title>&lt;script&gt;alert('chan')&lt;/script&gt;All</title>",
)  # fmt: skip


def test_nothing_hostile_is_left_of_a_hostile_feed() -> None:
    feed = read(HOSTILE)
    assert [(entry.key, entry.title, entry.text, entry.link) for entry in feed.entries] == [
        ("1", "one", "", ""), ("2", "two", "body", ""), ("3", "three", "x", ""), ("4", "Bidi evil", "", ""),
    ]  # fmt: skip
    assert "script" not in feed.title


def test_plain_texts_of_a_json_feed_keep_their_signs_and_lose_the_rest() -> None:
    row = {
        "id": "a\0\ud800",
        "title": "<b>T</b>",
        "content_text": "3 < 4\0 <b>\u202ex\ud800",
        "url": "javascript:alert(1)",
        "language": "d\0e",
    }
    entry = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [row]})).entries[0]
    assert (entry.key, entry.title, entry.text, entry.link, entry.language) == ("a", "T", "3 < 4 <b>x", "", "de")
