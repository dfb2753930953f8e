"""RSS over HTTP: what is asked, whether it changed, and only then the feed itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from flask import Blueprint, Response, abort, request

from tracker.filters import NEWEST, Filter
from tracker.formats import rss
from tracker.rows import State
from tracker.timeline import in_words, tags
from tracker.types import Event, Topic
from tracker.web import context
from tracker.web.pages import find_topic

__all__ = ["blueprint"]

_WRITER = "rss-1"  # changes with the form of the document, so that no reader keeps an old one
_MAX_AGE = "public, max-age=300"


def blueprint() -> Blueprint:
    """Give the routes of the feeds."""
    routes = Blueprint("rss", __name__)
    routes.add_url_rule("/feed.rss", view_func=everything)
    routes.add_url_rule("/t/<slug>/feed.rss", view_func=topic)
    return routes


def everything() -> Response:
    """Give the newest events of everything, under the request's filter."""
    return _feed(None)


def topic(slug: str) -> Response:
    """Give the newest events of a topic, under the request's filter."""
    found = find_topic(slug)
    if found is None:
        abort(404)
    return _feed(found)


def _feed(chosen: Topic | None) -> Response:
    site = context.site()
    given = replace(context.given_filter(), order=NEWEST, page=1)
    slug = chosen.slug if chosen else ""
    state = site.reads.state(given, topic=slug)
    response = Response(content_type=f"{rss.MEDIA_TYPE}; charset=utf-8")
    response.headers["Cache-Control"] = _MAX_AGE
    channel = _channel(chosen, given)
    response.set_etag(_key(state, channel))
    response.last_modified = state.updated
    if response.make_conditional(request).status_code == 304:
        return response
    events = site.reads.newest(given, topic=slug, limit=site.web.feed_events)
    response.set_data(rss.feed(channel, events, words=_words))
    return response


def _key(state: State, channel: rss.Channel) -> str:
    """Name the document's state: the same channel (its address holds the filter), events and writer give the same bytes."""
    updated = state.updated.isoformat() if state.updated else ""
    parts = (_WRITER, repr(channel), updated, str(state.events))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _channel(chosen: Topic | None, given: Filter) -> rss.Channel:
    site, speech, base = context.site(), context.speech(), context.base_url()
    slug = chosen.slug if chosen else ""
    name = site.web.site_name
    title = speech.say("{topic} \u2014 {site}", topic=chosen.title, site=name) if chosen else name
    if site.badge:
        title = f"{title} ({site.badge})"
    described = chosen.description if chosen else ""
    return rss.Channel(
        title=title,
        description=described or speech.say("Events from the news, each with the date it happened and its sources."),
        link=base + context.link(context.topic_path(slug), given),
        self_url=base + context.link(context.feed_path(slug), given),
        base_url=base,
        tag=site.tag,
        language=speech.code,
    )


def _words(event: Event) -> rss.ItemWords:
    """Say date and status; remarks that depend on today are left out, so that a document never changes by itself."""
    speech = context.speech()
    words = in_words(event.facts.date.edtf, speech, status=event.facts.status)
    first_day = event.first_published.date()
    remarks = tuple(tag.text for tag in tags(event, speech, today=first_day))
    return rss.ItemWords(words.full[:1].upper() + words.full[1:], remarks)
