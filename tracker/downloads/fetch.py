"""The port of downloading: what a caller asks for. `tracker.downloads.http` is its real side, tests bring their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tracker.types import Download, Validators

__all__ = ["ACCEPT", "PAGES", "Fetcher", "Request"]

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.1"
)
PAGES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """A document to download.

    ``validators`` make the request conditional; they are sent only to the URL that issued them.
    ``max_bytes`` caps the body after decompression; ``accept`` is the header of that name. ``obey_robots``: every hop is
    read only if its host's robots.txt allows it; for pages, which nobody subscribed to.
    """

    url: str
    validators: Validators | None = None
    max_bytes: int = 15_000_000
    accept: str = ACCEPT
    obey_robots: bool = False
    form: bytes = b""  # fields to send by POST, as a browser's form does; without them it is a GET


class Fetcher(Protocol):
    """Downloads documents politely."""

    def fetch(self, request: Request) -> Download:
        """Download a document, following redirects.

        Gives every complete answer, whatever its status; the body is kept for 2xx only.
        Raises: FetchError if no complete answer came within the bounds, ForbiddenAddress if a hop points inwards or, with
        ``obey_robots``, to a page that programs are asked not to read.
        """

    def wait_s(self, url: str) -> float:
        """Give the seconds until a request to the host of ``url`` may start: a hint, by which nobody waits in line for it."""
