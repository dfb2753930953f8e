"""A real HTTP server for the sample feeds, on loopback only, so that the demo polls as one polls in the wild.

In: requests. Out: feeds and articles with ETag and Last-Modified, and 304 for those who have them already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tracker.demo.content import DemoFeed, Page, demo_feeds, pages

__all__ = ["DemoServer"]

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
_MAX_AGE_S = 300  # how long a reader may keep a feed unasked; short, so that the demo is seen to poll again


class DemoServer:
    """Serves the sample feeds while the ``with`` block lasts; port 0 takes a free one.

    Raises (on entering): OSError when the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._pages: Mapping[str, Page] = {}
        self._server: ThreadingHTTPServer | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer((HOST, self._port), partial(_Handler, self._page))
        self._port = self._server.server_port
        self._pages = pages(self.url)
        self._thread = Thread(target=self._server.serve_forever, name="demo-feeds", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    @property
    def address(self) -> str:
        """The ``host:port`` that setting ``fetch.allow`` needs, as the guard refuses loopback otherwise."""
        return f"{HOST}:{self._port}"

    @property
    def url(self) -> str:
        """Where the server listens, without a slash at its end. Known once the block is entered."""
        return f"http://{self.address}"

    @property
    def feeds(self) -> tuple[DemoFeed, ...]:
        """The sample feeds under their addresses here."""
        return demo_feeds(self.url)

    def _page(self, path: str) -> Page | None:
        return self._pages.get(path)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; keeps connections open as real servers do, but not for long."""

    protocol_version = "HTTP/1.1"
    server_version = "KronikDemo"
    sys_version = ""
    timeout = 5  # seconds an idle connection is kept
    wbufsize = -1  # head and body in one segment

    def __init__(self, find: Callable[[str], Page | None], *request: Any) -> None:  # Any: socketserver's own arguments
        self._find = find
        super().__init__(*request)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        page = self._find(urlsplit(self.path).path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        unchanged = _has(page, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
        self.send_header("ETag", page.etag)
        self.send_header("Last-Modified", format_datetime(page.modified, usegmt=True))
        self.send_header("Cache-Control", f"max-age={_MAX_AGE_S}")
        if not unchanged:
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  named so by http.server; Any: as there
        log.debug(format, *args)


def _has(page: Page, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Tell whether the client's copy is current; the ETag decides where both are sent (RFC 9110, 13.2.2)."""
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in tags or page.etag in tags
    since = _http_date(if_modified_since)
    return since is not None and page.modified <= since


def _http_date(text: str | None) -> datetime | None:
    """Read an HTTP date; a malformed one, or one without a zone, is ignored (RFC 9110, 13.1.3)."""
    try:
        value = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return value if value and value.tzinfo else None
