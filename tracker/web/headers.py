"""Headers of every response: what a page may load and do, how long it may be kept, and in which coding it travels."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from flask import Response, request

from tracker.web.context import PAGE_MAX_AGE

__all__ = ["embed_policy", "finish"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_FRAMED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors "
_SMALL = 1000  # bytes; below it gzip saves nothing
_LEVEL = 6


def embed_policy(origins: Sequence[str]) -> str:
    """Give the policy of a page made to be framed by ``origins`` (scheme and host, or ``*``); by this site alone where there are none."""
    return _FRAMED_POLICY + " ".join(origins or ("'self'",))


def finish(response: Response) -> Response:
    """Set the security headers, an ETag and the coding; answer 304 where nothing changed."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if response.status_code >= 400:  # what is missing now may be there in a minute
        response.headers.setdefault("Cache-Control", "no-store")
    if response.status_code == 304:  # of a feed or a kept page; it repeats what its 200 would say (RFC 9110, 15.4.5)
        response.vary.add("Accept-Encoding")
        _weaken(response)
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    response.headers.setdefault("Cache-Control", PAGE_MAX_AGE)
    if "no-store" in response.headers["Cache-Control"]:
        return response
    response.vary.add("Accept-Encoding")
    _compress(response)
    response.make_conditional(request)
    return response


def _compress(response: Response) -> None:
    """Zip what is text; the ETag becomes weak, since it names the content and not its coding."""
    if "Content-Encoding" in response.headers:  # a page that was kept
        return
    body = response.get_data()
    if "ETag" not in response.headers:
        response.add_etag()
    _weaken(response)
    if len(body) < _SMALL or request.accept_encodings.quality("gzip") <= 0:
        return
    response.set_data(gzip.compress(body, compresslevel=_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"


def _weaken(response: Response) -> None:
    etag, _ = response.get_etag()
    response.set_etag(etag or "", weak=True)
