"""The application: routes, error pages and response headers put together around one `Site`."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from tracker.errors import FilterError, StoreError
from tracker.rows import TopicCount
from tracker.timeline import Speech, plain_speech
from tracker.web import (
    api,
    api_page,
    assets,
    context,
    crawlers,
    exports,
    faces,
    feeds,
    headers,
    keeping,
    pages,
    watching,
)
from tracker.web.context import KEY, SPEECH_KEY, page
from tracker.web.site import Site

__all__ = ["create_app"]

log = logging.getLogger(__name__)


def create_app(site: Site, *, speech: Speech | None = None) -> Flask:
    """Build the WSGI application; reads templates and static files of this package, opens nothing else.

    ``speech`` is the interface language, English where none is given.
    """
    app = Flask("tracker.web", static_folder=None)
    app.extensions[KEY] = site
    app.extensions[SPEECH_KEY] = speech or plain_speech()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    keeping.keep(app)
    app.register_blueprint(api.blueprint())
    app.register_blueprint(api_page.blueprint())
    app.register_blueprint(crawlers.blueprint())
    app.register_blueprint(exports.blueprint())
    app.register_blueprint(faces.blueprint())
    app.register_blueprint(feeds.blueprint())
    app.register_blueprint(watching.blueprint())
    app.register_blueprint(pages.blueprint())
    app.register_blueprint(assets.blueprint(app))
    app.register_error_handler(FilterError, api.or_problem(_bad_filter))
    app.register_error_handler(HTTPException, api.or_problem(_http_error))
    app.register_error_handler(Exception, api.or_problem(_unexpected))
    watching.watch(app)  # its hook runs last, so that it sees what is sent
    app.after_request(headers.finish)
    return app


def _bad_filter(error: Exception) -> Response:
    response = page("error.html", code=400, problem=str(error), filter_error=True)
    response.status_code = 400
    return response


def _http_error(error: Exception) -> Response:
    code = getattr(error, "code", None) or 500
    if 300 <= code < 400 and isinstance(error, HTTPException):
        return Response(status=code, headers=error.get_headers(request.environ))
    response = page(
        "error.html",
        code=code,
        problem="",
        filter_error=False,
        topics=_topics(code),
        language_asked=context.language_asked(),
    )
    response.status_code = code
    if code == 405 and isinstance(error, HTTPException):
        response.headers["Allow"] = dict(error.get_headers(request.environ)).get("Allow", "GET")
    return response


def _topics(code: int) -> Sequence[TopicCount]:
    """Give the topics a reader who took a wrong turn can go on to; none while the store cannot be read."""
    if code not in (404, 410):
        return ()
    try:
        return context.site().reads.topics()
    except StoreError:
        return ()


def _unexpected(error: Exception) -> Response:
    """The one place where a page's failure ends: logged with its path, told in words."""
    log.error("page failed", extra={"path": request.path}, exc_info=error)
    return _http_error(InternalServerError(original_exception=error))
