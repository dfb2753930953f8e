"""Feeds and calendars over HTTP: what is asked, whether it changed, and only then the document itself.

Whatever a page shows under a filter can be followed under the same parameters, as RSS, Atom, JSON Feed or a calendar.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, request

from tracker.edtf import Precision
from tracker.filters import NEWEST, Filter
from tracker.formats import Channel, ItemWords, atom, changes, ics, jsonfeed, rss
from tracker.formats.changes import Change, ChangeWords
from tracker.rows import State
from tracker.timeline import Speech, in_words, status_words, tags
from tracker.types import Event, Revision, Status, Topic
from tracker.web import context, faces
from tracker.web.keeping import body_of
from tracker.web.shown import Shown

__all__ = ["address", "announced", "blueprint", "channel_of", "conditional", "item_words"]

_WRITER = "feeds-3"  # changes with the form of the documents, so that no reader keeps an old one
_MAX_AGE = "public, max-age=300"
_CALENDAR_EVENTS = 1000  # entries of a calendar; readers load all of it each time
_FORMS = {
    "feed.rss": (rss.MEDIA_TYPE, rss.feed),
    "feed.atom": (atom.MEDIA_TYPE, atom.feed),
    "feed.json": (jsonfeed.MEDIA_TYPE, jsonfeed.feed),
}
_FACED = frozenset({rss.MEDIA_TYPE, atom.MEDIA_TYPE})
_NAMES = ",".join(f'"{name}"' for name in _FORMS)


def blueprint() -> Blueprint:
    """Give the routes of the feeds."""
    routes = Blueprint("following", __name__)
    routes.add_url_rule(f"/<any({_NAMES}):name>", view_func=everything)
    routes.add_url_rule(f"/t/<slug>/<any({_NAMES}):name>", view_func=topic)
    routes.add_url_rule("/calendar.ics", view_func=calendar)
    routes.add_url_rule("/t/<slug>/calendar.ics", view_func=topic_calendar)
    routes.add_url_rule("/changes.rss", view_func=changed)
    return routes


def everything(name: str) -> Response:
    """Give the newest events of everything, under the request's filter."""
    return _feed(name, None)


def topic(slug: str, name: str) -> Response:
    """Give the newest events of a topic, under the request's filter."""
    return _feed(name, _known(slug))


def calendar() -> Response:
    """Give the calendar of everything, under the request's filter."""
    return _calendar(None)


def topic_calendar(slug: str) -> Response:
    """Give the calendar of a topic, under the request's filter."""
    return _calendar(_known(slug))


def changed() -> Response:
    """Give what was redated, retitled, merged, split or withdrawn; no filter applies."""
    site, speech, base = context.site(), context.speech(), context.base_url()
    channel = Channel(
        title=speech.say("{topic} \u2014 {site}", topic=speech.say("Changes"), site=_site_name()),
        description=speech.say("Events whose date, status or title changed, or that were merged, split or withdrawn."),
        link=f"{base}/",
        self_url=f"{base}/changes.rss",
        base_url=base,
        tag=site.tag,
        language=speech.code,
        style=faces.address(),
    )

    def written() -> bytes:
        most = site.web.feed_events
        return changes.feed(
            channel, changes.changes(site.reads.changed(limit=4 * most), limit=most), words=change_words
        )

    return conditional(changes.MEDIA_TYPE, site.reads.changes_state(), repr(channel), written)


def _known(slug: str) -> Topic:
    found = next((row.topic for row in context.site().reads.topics() if row.topic.slug == slug), None)
    if found is None:
        abort(404)
    return found


def _feed(name: str, chosen: Topic | None) -> Response:
    site, (media_type, write) = context.site(), _FORMS[name]
    given = replace(context.given_filter(), order=NEWEST, page=1)
    slug = chosen.slug if chosen else ""
    channel = channel_of(chosen, given, name)
    if not given.parameters() and not context.language_asked():  # only these are announced
        channel = replace(channel, hub=site.web.hub_url)

    def written() -> bytes:
        return write(channel, site.reads.newest(given, topic=slug, limit=site.web.feed_events), words=_words)

    response = conditional(media_type, site.reads.state(given, topic=slug), f"{name} {channel!r}", written)
    if channel.hub:
        response.headers["Link"] = f'<{channel.hub}>; rel="hub", <{channel.self_url}>; rel="self"'
    return response


def _calendar(chosen: Topic | None) -> Response:
    """Give a year back and all ahead; the first day moves once a month, so that a calendar seldom changes by itself."""
    site, today = context.site(), context.today()
    given = replace(context.given_filter(), order=NEWEST, page=1)
    slug = chosen.slug if chosen else ""
    channel = channel_of(chosen, given, "calendar.ics")
    first = date(today.year - 1, today.month, 1)

    def written() -> bytes:
        found = site.reads.happening(given, topic=slug, first=first, limit=_CALENDAR_EVENTS)
        fitting = [event for event in found if ics.fits(event, vague=bool(given.precision))]
        return ics.calendar(channel, fitting, words=_words)

    return conditional(ics.MEDIA_TYPE, site.reads.state(given, topic=slug), f"{first} {channel!r}", written)


def conditional(media_type: str, state: State, name: str, written: Callable[[], bytes]) -> Response:
    """Answer 304 where nothing changed, else the document, which is written only then.

    ``name`` tells documents of one state apart: the channel (its address holds the filter), the form and the days. The ETag
    moves with every write to an event that fits, so with places, people and quotes as well, which come without an
    update; Last-Modified is the last update's, so who sends only that is told of updates.
    A kept document serves until anything in the database changes.
    """
    json = media_type.endswith("json")
    response = Response(content_type=media_type if json else f"{media_type}; charset=utf-8")
    response.headers["Cache-Control"] = _MAX_AGE
    changed_at = state.updated.isoformat() if state.updated else ""
    key = "\n".join((_WRITER, media_type, name, changed_at, str(state.events), str(state.change)))
    response.set_etag(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:24])
    response.last_modified = state.updated
    if media_type in _FACED:
        faces.shown_as_page(response)
    if response.make_conditional(request).status_code != 304:
        response.set_data(body_of(f"{key}\n{context.site().reads.version()}", written))
    return response


def address(slug: str, name: str) -> str:
    """Give the path of a feed of a topic, or of everything where the slug is ''."""
    return f"{context.topic_path(slug).rstrip('/')}/{name}"


def announced(base: str, slug: str) -> tuple[str, ...]:
    """Give the public addresses of the feeds of a topic, of everything for '', that a hub is told of."""
    return tuple(base.rstrip("/") + address(slug, name) for name in _FORMS)


def channel_of(chosen: Topic | None, given: Filter, name: str) -> Channel:
    """Build what the feed of that name says of itself."""
    site, speech, base = context.site(), context.speech(), context.base_url()
    slug = chosen.slug if chosen else ""
    said = _site_name()
    described = chosen.description if chosen else ""
    return Channel(
        title=speech.say("{topic} \u2014 {site}", topic=chosen.title, site=said) if chosen else said,
        description=described or speech.say("Events from the news, each with the date it happened and its sources."),
        link=base + context.link(context.topic_path(slug), given),
        self_url=base + context.link(address(slug, name), given),
        base_url=base,
        tag=site.tag,
        language=speech.code,
        author=said,
        style=faces.address(),
    )


def _site_name() -> str:
    site = context.site()
    return f"{site.web.site_name} ({site.badge})" if site.badge else site.web.site_name


def _words(event: Event) -> ItemWords:
    return item_words(event, context.speech())


def item_words(event: Event, speech: Speech) -> ItemWords:
    """Say date and status; remarks that depend on today are left out, so that a document never changes by itself."""
    value = event.facts.date.edtf
    full = in_words(value, speech, status=event.facts.status).full
    first_day = event.first_published.date()
    remarks = tuple(tag.text for tag in tags(event, speech, today=first_day))
    unit = value is not None and value.precision not in (Precision.INTERVAL, Precision.OPEN)
    band = speech.say("Some time in {period}", period=full) if unit else full
    return ItemWords(_raised(full), remarks, _raised(band))


def change_words(change: Change) -> ChangeWords:
    """Say what changed, from what to what, and why; of a withdrawn event nothing but its number."""
    shown = Shown(context.speech(), context.today())
    if change.hidden:
        return ChangeWords(
            f"{shown.speech.say('Hidden')}: {change.event.id}", (shown.speech.say("This event was withdrawn"),)
        )
    last = change.revisions[-1]
    told = [_told(revision, shown) for revision in change.revisions]
    head = f"{shown.change(last)}: {change.event.facts.title}"
    step = _step(last, shown) if last.kind in ("redated", "status") else ""
    return ChangeWords(f"{head} \u2014 {step}" if step else head, tuple(told))


def _told(revision: Revision, shown: Shown) -> str:
    parts = (f"{shown.change(revision)}: {_step(revision, shown)}".rstrip(": "), revision.cause)
    return " \u00b7 ".join(part for part in parts if part)


def _step(revision: Revision, shown: Shown) -> str:
    """Write from what to what; a merge names the title that went."""
    if revision.kind == "redated":
        return " \u2192 ".join(
            shown.edtf_words(text) or shown.speech.say("no date") for text in (revision.old, revision.new)
        )
    if revision.kind == "status":
        return " \u2192 ".join(_status(text, shown) for text in (revision.old, revision.new))
    if revision.kind == "retitled":
        return f"{revision.old} \u2192 {revision.new}"
    return revision.old if revision.kind == "merged" else ""


def _status(text: str, shown: Shown) -> str:
    return status_words(Status(text), shown.speech) if text in set(Status) else text


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]
