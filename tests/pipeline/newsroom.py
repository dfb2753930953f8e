"""A newsroom on this machine: whatever feeds and pages a test wants, served over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from xml.sax.saxutils import escape

START = datetime(2025, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What the newsroom answers under one path. With an ETag it answers 304 to who has it already."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Newsroom:
    """A server with one answer a path; ``asked`` are the requests so far, as (path, If-None-Match)."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The ``host:port`` that setting ``fetch.allow`` needs."""
        return self.url.removeprefix("http://")

    def feed(self, path: str, *items: tuple[str, str, str], etag: str = "", title: str = "Example Gazette") -> str:
        """Publish an RSS feed of (name, title, text); give its address."""
        body = f'<rss version="2.0"><channel><title>{title}</title><link>{self.url}</link>'
        for number, (name, headline, text) in enumerate(items):
            published = format_datetime(START - timedelta(hours=number + 1))
            body += (
                f'<item><guid isPermaLink="false">{name}</guid><link>{self.url}/{name}</link><pubDate>{published}</pubDate>'
                f"<title>{escape(headline)}</title><description>{escape(text)}</description></item>"
            )
        headers = {"ETag": etag} if etag else {}
        self.answers[path] = Answer(
            f"{body}</channel></rss>", headers={"Content-Type": "application/rss+xml", **headers}
        )
        return f"{self.url}{path}"


def _handler(newsroom: Newsroom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            has = self.headers.get("If-None-Match", "")
            newsroom.asked.append((self.path, has))
            answer = newsroom.answers.get(self.path, Answer("not here", 404))
            if has and has == answer.headers.get("ETag"):
                answer = Answer("", 304, answer.headers)
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
            return

    return Handler


@contextmanager
def newsroom_at_work() -> Iterator[Newsroom]:
    """Serve an empty newsroom while the block lasts."""
    room = Newsroom()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(room))
    room.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
