"""Entities of a document's own: letters and names stay, bombs and files go."""

import time

import pytest
from feed_builders import XML, item, read

from tracker.feeds.entities import plain_entities


def rss_with(declared: str, title: str) -> str:
    return f'{XML}<!DOCTYPE rss [{declared}]><rss version="2.0"><channel>{item(title=title, guid="1")}</channel></rss>'


@pytest.mark.parametrize(
    ("declared", "title", "expected"),
    [
        ('<!ENTITY eacute "&#233;">', "Caf&eacute;", "Café"),
        ("<!ENTITY paper 'The Daily \"News\"'>", "&paper;", 'The Daily "News"'),
        ('<!ENTITY a "A"><!ENTITY b "B">', "&a;&b;", "AB"),
        ('<!ENTITY a "&b;&b;"><!ENTITY b "B">', "&a; and &b;", "&a; and &b;"),
        ('<!ENTITY f SYSTEM "file:///etc/hostname">', "&f; told", "&f; told"),
        ('<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd">%p;', "Told", "Told"),
        (f'<!ENTITY long "{"A" * 201}">', "&long; told", "&long; told"),
    ],
    ids=["letter", "name", "two", "nested", "file", "parameter", "page"],
)
def test_plain_entities_are_read_and_others_are_text(declared: str, title: str, expected: str) -> None:
    assert read(rss_with(declared, title)).entries[0].title == expected


def test_what_stands_in_the_document_itself_is_left_alone() -> None:
    body = rss_with("", "x").encode() + b" " * 200_000 + b'<!ENTITY a "&b;">'
    assert plain_entities(body) == body


@pytest.mark.parametrize(
    "hostile",
    [b"<!ENTITY" * 200_000, b'<!ENTITY a "' * 100_000, b"<!ENTITY a '" + b'"' * 190_000, b"<!ENTITY" + b" " * 190_000, b'<!ENTITY a "' + b"&#1;" * 50_000],
    ids=["bare", "unclosed", "quotes", "blanks", "references"],
)  # fmt: skip
def test_declarations_made_to_exhaust_are_read_through_once(hostile: bytes) -> None:
    begun = time.process_time()
    plain_entities(hostile)
    assert time.process_time() - begun < 2
