"""Reading documents of feeds in children that can be killed, so that none hangs, fills or ends Kronik."""

from __future__ import annotations

from tracker.children import Children
from tracker.errors import FeedError
from tracker.feeds.options import ParseOptions
from tracker.feeds.wire import feed_of
from tracker.types import Download, ParsedFeed

__all__ = ["SafeParser"]


class SafeParser:
    """Gives each document to a child process; see `Children`. ``limit_s`` is the time a document may take."""

    def __init__(self, limit_s: float) -> None:
        self.children = Children("tracker.feeds.child", limit_s)

    def parse(self, download: Download, options: ParseOptions) -> ParsedFeed:
        """Read a feed's document. Raises: FeedError if it is none, takes too long or too much memory."""
        head = {
            "url": download.url, "headers": dict(reversed(download.headers)), "language": options.language, "zone": options.zone,
            "country": options.country, "max_entries": options.max_entries, "now": options.now.isoformat(),
            "really": options.really,
        }  # fmt: skip
        answer = self.children.ask(head, download.body)
        if answer is None:
            reason = f"took more than {self.children.limit_s:g} s or too much memory to read"
            raise FeedError(reason, subject=download.url)
        facts, body = answer
        if not facts["ok"]:
            raise FeedError(str(facts["error"]))
        return feed_of(body)

    def close(self) -> None:
        """End the children."""
        self.children.close()
