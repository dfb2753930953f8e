"""The face of a feed for those who open its address in a browser: a style sheet that says what it is and lists its entries.

Browsers are giving up XSLT (Chrome says so since 2025), and another document for browsers under the same address would be kept by
caches for readers; a style sheet changes nothing for a reader. Its words stand in the interface language, as the feed's do.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from tracker.web import assets, context

__all__ = ["address", "blueprint", "css_text", "shown_as_page"]

_PATH = "/feed.css"
_OPENED = "Sec-Fetch-Dest"  # browsers say in it what they ask for; readers do not send it


def blueprint() -> Blueprint:
    """Give the route of the style sheet."""
    routes = Blueprint("faces", __name__)
    routes.add_url_rule(_PATH, view_func=style)
    return routes


def address() -> str:
    """Give the address of the style sheet in the language of this request."""
    return context.to(_PATH)


def shown_as_page(response: Response) -> None:
    """Send an XML feed that a browser opens as a page as ``application/xml``: Chromium shows feed types as bare text.

    The bytes are the same, and readers take either type, so that it does no harm where a cache mixes the two up.
    """
    response.vary.add(_OPENED)
    if request.headers.get(_OPENED) == "document":
        response.content_type = "application/xml; charset=utf-8"


def style() -> Response:
    """Give the style sheet, with its one sentence in the interface language."""
    speech = context.speech()
    said = speech.say(
        "This is a feed. Copy the address of this page into a feed reader, and new events will come to you."
    )
    own = f":root {{ direction: {speech.direction}; }}\n:root::before {{ content: {css_text(said)}; }}\n"
    return Response(assets.text("feed.css") + own, content_type="text/css; charset=utf-8")


def css_text(text: str) -> str:
    """Write a text as CSS does; nothing in it ends the string."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<' or ord(c) < 32 else c for c in text) + '"'
