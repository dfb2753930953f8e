"""For crawlers and feed readers: which addresses there are, which to leave alone, and the topics as a list of feeds."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from tracker.filters import Filter
from tracker.formats import opml, sitemap
from tracker.formats.opml import Outline
from tracker.rows import State
from tracker.web import context
from tracker.web.feeds import address, conditional

__all__ = ["blueprint"]

_BLOCK = 40_000  # event ids in one file: with the pages and topics it stays below the protocol's 50,000
_PAGES = ("/", "/about", "/feeds")
_LARGEST = 2**31 - 1  # what the column of ids holds


def blueprint() -> Blueprint:
    """Give the routes for crawlers."""
    routes = Blueprint("crawlers", __name__)
    routes.add_url_rule("/robots.txt", view_func=robots)
    routes.add_url_rule("/sitemap.xml", view_func=sitemap_whole)
    routes.add_url_rule("/sitemap-<int:number>.xml", view_func=sitemap_part)
    routes.add_url_rule("/topics.opml", view_func=topics)
    return routes


def robots() -> Response:
    """Keep crawlers out of filter combinations, which are without end, and name the sitemap."""
    rules = ("/*?", "/admin/", "/api/")
    text = "User-agent: *\n" + "".join(f"Disallow: {rule}\n" for rule in rules)
    response = Response(content_type="text/plain; charset=utf-8")
    response.set_data(f"{text}\nSitemap: {context.base_url()}/sitemap.xml\n")
    return response


def sitemap_whole() -> Response:
    """Give all pages, or the list of files where there are more than one file may hold."""
    files = _files()
    if files == 1:
        return _part(1, _state())
    base = context.base_url()

    def written() -> bytes:
        return sitemap.index((f"{base}/sitemap-{n}.xml", None) for n in range(1, files + 1))

    return conditional(sitemap.MEDIA_TYPE, State(None, files), f"{base} index", written)


def sitemap_part(number: int) -> Response:
    """Give one file of pages."""
    if not 1 <= number <= _files():
        abort(404)
    return _part(number, _state())


def _files() -> int:
    return max(1, -(-context.site().reads.last_id() // _BLOCK))


def _state() -> State:
    return context.site().reads.state(Filter(), topic="")


def _part(number: int, state: State) -> Response:
    """Give the events of a block of ids, so that a file changes only with its own events; the first has the pages too."""
    reads, base = context.site().reads, context.base_url()
    known = [context.topic_path(row.topic.slug) for row in reads.topics()] if number == 1 else []

    def written() -> bytes:
        first, last = (number - 1) * _BLOCK + 1, min(number * _BLOCK, _LARGEST)
        own = [(base + path, None) for path in (*_PAGES, *known)] if number == 1 else []
        told = [(f"{base}/events/{id_}", changed) for id_, changed in reads.addresses(first, last)]
        return sitemap.pages([*own, *told])

    return conditional(sitemap.MEDIA_TYPE, state, f"{base} {number} {known}", written)


def topics() -> Response:
    """Give the topics' feeds as OPML, to follow all of them at once."""
    site, base = context.site(), context.base_url()
    rows = sorted((row.topic for row in site.reads.topics()), key=lambda topic: topic.slug)
    found = [
        Outline(
            topic.title,
            base + address(topic.slug, "feed.rss"),
            base + context.topic_path(topic.slug),
            topic.description,
        )
        for topic in rows
    ]
    whole = Outline(site.web.site_name, f"{base}/feed.rss", f"{base}/")

    def written() -> bytes:
        return opml.outlines(site.web.site_name, [whole, *found])

    return conditional(opml.MEDIA_TYPE, State(None, len(found)), repr((whole, found)), written)
