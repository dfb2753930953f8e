"""What every page has at hand: the site, the interface language, today, links, assets."""

from __future__ import annotations

from datetime import UTC, date
from urllib.parse import quote

from flask import Response, current_app, make_response, render_template, request
from markupsafe import Markup

from tracker.filters import Filter
from tracker.timeline import Speech
from tracker.web import assets
from tracker.web.shown import Shown
from tracker.web.site import Site

__all__ = ["KEY", "SPEECH_KEY", "base_url", "feed_path", "given_filter", "link", "page", "site", "speech", "today"]

KEY = "kronik"
SPEECH_KEY = "kronik-speech"


def site() -> Site:
    """Give the site this application was built around."""
    found: Site = current_app.extensions[KEY]
    return found


def speech() -> Speech:
    """Give the interface language of this request."""
    found: Speech = current_app.extensions[SPEECH_KEY]
    return found


def today() -> date:
    """Give the calendar day in UTC, by the site's clock."""
    return site().now().astimezone(UTC).date()


def base_url() -> str:
    """Give the public address without a slash at its end: as set, else as requested."""
    return (site().web.base_url or request.url_root).rstrip("/")


def given_filter() -> Filter:
    """Read the request's filter. Raises: FilterError."""
    return Filter.read(request.args.to_dict(flat=False))


def link(path: str, filter_: Filter) -> str:
    """Write a path with a filter's canonical parameters."""
    query = filter_.query_string()
    return f"{path}?{query}" if query else path


def topic_path(slug: str) -> str:
    """Give the path of a topic's timeline, '/' for everything."""
    return f"/t/{quote(slug)}" if slug else "/"


def feed_path(slug: str) -> str:
    """Give the path of a topic's RSS feed."""
    return f"{topic_path(slug).rstrip('/')}/feed.rss"


def page(template: str, **values: object) -> Response:
    """Render a page with what every page needs."""
    words = speech()
    values.setdefault("feed", ("/feed.rss", site().web.site_name))
    html = render_template(
        template,
        site=site(),
        speech=words,
        _=words.say,
        n_=words.count,
        rich=rich,
        shown=Shown(words, today()),
        asset=assets.address,
        link=link,
        topic_path=topic_path,
        base_url=base_url(),
        now=site().now(),
        **values,
    )
    response: Response = make_response(html)
    return response


def rich(message: str, **parts: object) -> Markup:
    """Translate a sentence that holds markup of ours; its parts are escaped."""
    trusted = speech().catalogue.gettext(message)  # our own sentence or its translation; only the parts are foreign
    return Markup(trusted).format(**parts)  # noqa: S704
