"""Visiting pages in tests: a client over the sample site, and answers read as HTML."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.web.fake_reads import FakeReads, sample_site
from tests.web.sample import event, report
from tracker.types import Event, Report
from tracker.web import Site, create_app


def client(stored: Sequence[Event] | None = None, *, site: Site | None = None, size: int = 200) -> FlaskClient:
    """Give a client of the application over the sample events, or those given."""
    site = site or sample_site(None if stored is None else list(stored), size=size)
    return create_app(site).test_client()


@cache
def _kept() -> tuple[FakeReads, FlaskClient]:
    """One application for many visits: compiling its templates takes longer than a page."""
    reads = FakeReads([])
    return reads, client(site=replace(sample_site(), reads=reads))


def asked(path: str, stored: Sequence[Event], **parameters: str) -> TestResponse:
    """Visit a path of the kept application, for properties tried many times."""
    reads, visit = _kept()
    reads.stored = list(stored)
    return visit.get(path, query_string=parameters or None)


def quotes(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Give the quotes that are shown; the template beside an event's page repeats them for the panel."""
    return list(tree.xpath("//blockquote[not(ancestor::template)]"))


def read(answer: TestResponse) -> html.HtmlElement:
    """Read an answer as HTML."""
    return html.fromstring(answer.get_data(as_text=True).removeprefix("<!doctype html>"))


def page(path: str, stored: Sequence[Event] | None = None, *, size: int = 200) -> html.HtmlElement:
    """Visit a path that has to exist."""
    answer = client(stored, size=size).get(path)
    assert answer.status_code == 200
    return read(answer)


def words(element: html.HtmlElement) -> str:
    """Give an element's text with single blanks."""
    return " ".join(element.text_content().split())


def one(tree: html.HtmlElement, selector: str) -> html.HtmlElement:
    """Give the one element of a class or id, written ``.class`` or ``#id``."""
    found = many(tree, selector)
    assert len(found) == 1, f"{selector}: {len(found)} elements"
    return found[0]


def many(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Give the elements of a class or id, written ``.class`` or ``#id``."""
    if selector.startswith("#"):
        return list(tree.xpath("//*[@id=$value]", value=selector[1:]))
    return list(tree.xpath(".//*[contains(concat(' ', @class, ' '), $value)]", value=f" {selector[1:]} "))


def listed(tree: html.HtmlElement) -> list[int]:
    """Give the ids of the events in the list, from top to bottom."""
    return [int(entry.get("id", "")[1:]) for entry in many(tree, ".ev")]


def parameters(href: str) -> dict[str, str]:
    """Give the parameters of an address."""
    return dict(parse_qsl(urlsplit(href).query, keep_blank_values=True))


def rain(number: int, value: str | None, **changed: object) -> Event:
    """Build a plain event; ``changed`` are fields of its facts."""
    told = event(number, value, [report(f"It rained, time {number}.", "en", "2025-06-18T08:00")])
    return replace(told, facts=replace(told.facts, **changed))


def reported(quote: str = "It rained.", **changed: object) -> Report:
    """Build an English report with some fields changed."""
    return replace(report(quote, "en", "2025-06-18T08:00"), **changed)


def later(told: Event, moment: datetime) -> Event:
    """Give the event as changed at a moment."""
    return replace(told, updated=moment)
