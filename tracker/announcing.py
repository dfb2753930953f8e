"""WebSub: tells a hub that feeds have new events, so that its subscribers hear of them at once instead of asking.

Runs in a thread of its own and holds nothing up: what has not been told yet is told later, also after a restart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tracker.downloads import Fetcher, Request
from tracker.errors import FetchError, StoreError
from tracker.store import Store, announced

__all__ = ["Announcer"]

log = logging.getLogger(__name__)

_EVERY_S = 5.0  # what happens within it is told together
_FIRST_WAIT_S, _LONGEST_WAIT_S = 30.0, 3600.0  # after a failure; doubles
_TOGETHER = 100  # addresses in one request
_ANSWER_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Announcer:
    """Tells ``hub``. ``addresses`` gives the public addresses of the feeds of a topic, of those of everything for ''.

    The hub is asked through the fetcher: a hub inside your network must be named in fetch.allow.
    """

    store: Store
    fetcher: Fetcher
    hub: str
    addresses: Callable[[str], Sequence[str]]
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Tell what is new until ``stop`` is set."""
        wait_s = 0.0
        while not self.stop.wait(wait_s or _EVERY_S):
            try:
                self.tell()
                wait_s = 0.0
            except Exception as failure:  # the one place of a thread that outlives any failure
                wait_s = min(2 * wait_s or _FIRST_WAIT_S, _LONGEST_WAIT_S)
                unforeseen = not isinstance(failure, (FetchError, StoreError))
                log.warning("the hub was not told, tried again in %d s: %s", wait_s, failure, exc_info=unforeseen)

    def tell(self) -> int:
        """Tell which feeds have new events since the last time; give their number.

        The first time of all nothing is told: what is there already is no news.
        Raises: FetchError when the hub did not take it; nothing counts as told then.
        """
        with self.store.read() as db:
            news = announced.news(db)
        if news is None:
            return 0
        feeds = self._feeds(news.topics)
        for part in _parts(feeds):
            self._post(part)
        with self.store.write() as db:
            announced.mark(db, news)
        return len(feeds)

    def _feeds(self, topics: Collection[str]) -> list[str]:
        return [address for slug in sorted(topics) for address in self.addresses(slug)]

    def _post(self, feeds: Sequence[str]) -> None:
        form = urlencode([("hub.mode", "publish"), *(("hub.url", address) for address in feeds)])
        answer = self.fetcher.fetch(Request(self.hub, max_bytes=_ANSWER_BYTES, accept="*/*", form=form.encode()))
        if not 200 <= answer.status < 300:
            raise FetchError(f"answered with {answer.status}", subject=self.hub)


def _parts(feeds: Sequence[str]) -> Iterator[Sequence[str]]:
    return (feeds[start : start + _TOGETHER] for start in range(0, len(feeds), _TOGETHER))
