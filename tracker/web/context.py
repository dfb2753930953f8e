"""What every page has at hand: the site, the interface language, today, links, assets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date
from urllib.parse import quote, urlencode

from flask import Response, current_app, g, make_response, render_template, request
from markupsafe import Markup

from tracker.filters import NEWEST, Filter
from tracker.formats import geojson, jsonl, spreadsheet, timelinejs
from tracker.timeline import Speech
from tracker.web import assets
from tracker.web.shown import Shown
from tracker.web.site import Site
from tracker.web.translations import speeches

__all__ = [
    "EXPORTS", "KEY", "PAGE_MAX_AGE", "SPEECH_KEY", "Tongue", "actor_path", "base_url", "exports_of", "feed_path", "feeds_of", "given_filter",
    "language_asked", "link", "page", "permalink", "place_path", "shown", "site", "speech", "to", "today",
]  # fmt: skip

KEY = "kronik"
PAGE_MAX_AGE = "public, max-age=60"
SPEECH_KEY = "kronik-speech"
_NEGOTIATED = frozenset(
    {None, "pages", "api_page"}
)  # blueprints that ask the browser; a feed or an export is the same for everyone
_FEEDS = (
    ("feed.rss", "application/rss+xml", "RSS"),
    ("feed.atom", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
    ("calendar.ics", "text/calendar", "iCalendar"),
)
EXPORTS = (
    ("export.csv", spreadsheet.MEDIA_TYPE, "CSV"),
    ("export.jsonl", jsonl.MEDIA_TYPE, "JSON Lines"),
    ("export.geojson", geojson.MEDIA_TYPE, "GeoJSON"),
    ("export.timelinejs.json", timelinejs.MEDIA_TYPE, "TimelineJS"),
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """An interface language one can switch to: its own name, and this page in it."""

    code: str
    name: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of what a page shows, for autodiscovery and for people."""

    name: str
    media_type: str
    format: str
    href: str


def site() -> Site:
    """Give the site this application was built around."""
    found: Site = current_app.extensions[KEY]
    return found


def speech() -> Speech:
    """Give the interface language of this request: ``ui``, else what the browser asks for, else the site's own."""
    if "speech" not in g:
        g.speech = _speech()
    found: Speech = g.speech
    return found


def _speech() -> Speech:
    own: Speech = current_app.extensions[SPEECH_KEY]
    known = {**speeches(), own.code: own}
    asked = language_asked()
    if asked:
        return known[asked]
    if request.blueprint not in _NEGOTIATED:
        return own
    wanted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((known[code] for code in wanted if code in known), own)


def language_asked() -> str:
    """Give the language chosen by hand, '' where none is or where it is none of ours."""
    asked = request.args.get("ui", "")
    return asked if asked in speeches() else ""


def shown() -> Shown:
    """Give the words and markup of this request's language and day."""
    return Shown(speech(), today())


def today() -> date:
    """Give the calendar day in UTC, by the site's clock."""
    return site().now().astimezone(UTC).date()


def base_url() -> str:
    """Give the public address without a slash at its end: as set, else as requested."""
    return (site().web.base_url or request.url_root).rstrip("/")


def permalink(number: int) -> str:
    """Give the public address of an event, the same in every language."""
    return f"{base_url()}/events/{number}"


def given_filter() -> Filter:
    """Read the request's filter. Raises: FilterError."""
    return Filter.read(request.args.to_dict(flat=False))


def link(path: str, filter_: Filter) -> str:
    """Write a path with a filter's canonical parameters; a language chosen by hand stays chosen."""
    return _with_language(path, filter_, language_asked())


def to(path: str, **parameters: str) -> str:
    """Write a path of this site with parameters; a language chosen by hand stays chosen."""
    code = language_asked()
    query = urlencode(parameters | ({"ui": code} if code else {}))
    return f"{path}?{query}" if query else path


def _with_language(path: str, filter_: Filter, code: str) -> str:
    query = "&".join(part for part in (filter_.query_string(), f"ui={code}" if code else "") if part)
    return f"{path}?{query}" if query else path


def topic_path(slug: str) -> str:
    """Give the path of a topic's timeline, '/' for everything."""
    return f"/t/{quote(slug)}" if slug else "/"


def place_path(key: str) -> str:
    """Give the path of a place's timeline."""
    return f"/places/{quote(key, safe=':')}"


def actor_path(key: str) -> str:
    """Give the path of an actor's timeline."""
    return f"/actors/{quote(key, safe=':')}"


def feed_path(slug: str, name: str = "feed.rss") -> str:
    """Give the path of a topic's feed."""
    return f"{topic_path(slug).rstrip('/')}/{name}"


def feeds_of(slug: str, filter_: Filter) -> tuple[FeedLink, ...]:
    """List the feeds of a timeline under a filter, in the reader's language, as far as this application serves them."""
    served = current_app.url_map.bind("")
    wanted, code = replace(filter_, order=NEWEST, page=1), _code_to_say()
    return tuple(
        FeedLink(name, media_type, format_, _with_language(feed_path(slug, name), wanted, code))
        for name, media_type, format_ in _FEEDS
        if served.test(f"/{name}")
    )


def exports_of(slug: str, filter_: Filter) -> tuple[FeedLink, ...]:
    """List the files that hold all of a timeline under a filter, in the reader's language."""
    wanted, code = replace(filter_, order=NEWEST, page=1), _code_to_say()
    return tuple(
        FeedLink(name, media_type, format_, _with_language(feed_path(slug, name), wanted, code))
        for name, media_type, format_ in EXPORTS
    )


def _code_to_say() -> str:
    """Give the reader's language where an address must name it: '' for the site's own."""
    own: Speech = current_app.extensions[SPEECH_KEY]
    return speech().code if speech().code != own.code else ""


def page(template: str, **values: object) -> Response:
    """Render a page with what every page needs."""
    words = speech()
    values.setdefault("feeds", feeds_of("", Filter(order=NEWEST)))
    values.setdefault("feeds_name", "")
    html = render_template(
        template,
        site=site(),
        speech=words,
        tongues=tuple(_tongues()),
        _=words.say,
        n_=words.count,
        rich=rich,
        shown=shown(),
        own_language=current_app.extensions[SPEECH_KEY].code,
        asset=assets.address,
        link=link,
        topic_path=topic_path,
        base_url=base_url(),
        now=site().now(),
        **values,
    )
    response: Response = make_response(html)
    response.vary.add("Accept-Language")
    return response


def _tongues() -> Iterable[Tongue]:
    """Offer this page in every language; its path cannot lead to another site."""
    path = "/" + quote(request.path.lstrip("/"))
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "ui"]
    for code, words in speeches().items():
        name = words.language(code)
        href = f"{path}?{urlencode([*kept, ('ui', code)])}"
        yield Tongue(code, name[:1].upper() + name[1:], href, code == speech().code)


def rich(message: str, **parts: object) -> Markup:
    """Translate a sentence that holds markup of ours; its parts are escaped."""
    trusted = speech().catalogue.gettext(message)  # our own sentence or its translation; only the parts are foreign
    return Markup(trusted).format(**parts)  # noqa: S704
