"""The pages: one short function each. They read rows, build what is shown, and render."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as Answer

from tracker.filters import NEWEST, OLDEST, Filter
from tracker.timeline import Chronology, chronology, ribbon
from tracker.types import EventId, Topic
from tracker.web import context, drawing, narrow

__all__ = ["blueprint"]

_LARGEST_ID = 2**63 - 1  # what a database integer holds
_MERGED_MAX_AGE = "public, max-age=86400"  # a merge can be undone; an unlimited 301 cannot


def blueprint() -> Blueprint:
    """Give the routes of all pages."""
    routes = Blueprint("pages", __name__, template_folder="templates")
    routes.add_url_rule("/", view_func=home)
    routes.add_url_rule("/t/<slug>", view_func=topic)
    routes.add_url_rule("/events/<int:number>", view_func=event)
    routes.add_url_rule("/feeds", view_func=feeds)
    routes.add_url_rule("/about", view_func=about)
    routes.add_url_rule("/healthz", view_func=healthz)
    routes.add_url_rule("/robots.txt", view_func=robots)
    return routes


def home() -> Response:
    """Show the newest timeline of everything, with the topics."""
    return _chronology_page(None)


def topic(slug: str) -> Response:
    """Show a topic's timeline."""
    found = find_topic(slug)
    if found is None:
        abort(404)
    return _chronology_page(found)


def find_topic(slug: str) -> Topic | None:
    """Give the topic of a slug, None where there is none."""
    return next((known.topic for known in context.site().reads.topics() if known.topic.slug == slug), None)


def _chronology_page(chosen: Topic | None) -> Response:
    reads, speech, today = context.site().reads, context.speech(), context.today()
    given = context.given_filter()
    slug = chosen.slug if chosen else ""
    path = context.topic_path(slug)
    listing = reads.listing(given, topic=slug, size=context.site().web.page_events)

    def here(filter_: Filter) -> str:
        return context.link(path, filter_)

    built = narrow.groups(reads.facets(given, topic=slug), given, speech)
    bins = ribbon(reads.masses(given, topic=slug), today=today)
    newest = given.order == NEWEST
    grouped = chronology((*listing.events, *listing.undated), today=today, newest_first=newest)
    first = _first_shown(grouped)
    return context.page(
        "chronology.html",
        topic=chosen,
        topics=reads.topics(),
        counts=reads.counts(topic=slug),
        filter=given,
        here=here,
        path=path,
        listing=listing,
        grouped=grouped,
        line=_today_line(grouped, given, listing.pages),
        groups=built,
        chips=narrow.chips(given, built, speech, link=here),
        ribbon=bins,
        drawing=drawing.draw(bins, given, link=here, speech=speech, today=today),
        selected=reads.event(first) if first is not None else None,
        turned=here(replace(given, order=OLDEST if newest else NEWEST, page=1)),
        pages=_page_links(given, listing.pages),
        feed=(context.link(context.feed_path(slug), _feed_filter(given)), chosen.title if chosen else ""),
    )


def _feed_filter(given: Filter) -> Filter:
    return replace(given, order=NEWEST, page=1)


def _first_shown(grouped: Chronology) -> EventId | None:
    """Choose whose evidence is open at first: the most important placed event of the first periods."""
    rows = [row for period in grouped.periods[:6] for row in (*period.rows, *period.band)]
    best = max(rows, key=lambda row: row.event.facts.importance, default=None)
    if best is None:
        best = next(iter((*grouped.announced, *grouped.undated)), None)
    return best.event.id if best else None


def _today_line(grouped: Chronology, given: Filter, pages: int) -> int | None:
    """Draw the today line between periods only where both of its sides are on this page or at the list's own end."""
    at, today = grouped.today_before, context.today()
    if (given.to and given.to < today) or (given.from_ and given.from_ > today):
        return None
    if (at == 0 and given.page > 1) or (at == len(grouped.periods) and given.page < pages):
        return None
    return at


def _page_links(given: Filter, pages: int) -> tuple[Filter | None, Filter | None]:
    """Give the filters of the page before and the page after."""
    before = replace(given, page=min(given.page - 1, pages)) if given.page > 1 else None
    return before, replace(given, page=given.page + 1) if given.page < pages else None


def event(number: int) -> Answer:
    """Show one event with its evidence; 301 to the event it was merged into, 410 where a curator hid it."""
    found = context.site().reads.event(EventId(number)) if number <= _LARGEST_ID else None
    if found is None:
        abort(404)
    if found.merged_into is not None:
        moved = redirect(f"/events/{found.merged_into}", code=301)
        moved.headers["Cache-Control"] = _MERGED_MAX_AGE
        return moved
    if found.revisions and found.revisions[-1].kind == "hidden":
        abort(410)
    return context.page("event.html", event=found, topics=context.site().reads.topics())


def feeds() -> Response:
    """Show which feeds are polled and how they fare."""
    return context.page("feeds.html", rows=context.site().reads.feeds())


def about() -> Response:
    """Explain the method, its limits, and whose data is used."""
    return context.page("about.html", counts=context.site().reads.counts(topic=""))


def healthz() -> Response:
    """Say that the process answers; reads nothing, so that a slow database does not get it restarted."""
    response = Response("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def robots() -> Response:
    """Keep crawlers out of filter combinations, which are without end."""
    text = "User-agent: *\nDisallow: /*?\nDisallow: /admin/\nDisallow: /api/\n"
    return Response(text, content_type="text/plain; charset=utf-8")
