"""Downloads over HTTP with the standard library: own redirect loop, guarded connections, hard deadlines.

In: a `Request`. Out: a `Download`, or FetchError in one line that names the URL.
Guarantees: no hop connects to an internal address; no answer holds a thread longer than ``total_s`` plus the wait for
the host's turn; no body over its cap is kept. Sends no cookies and no Referer, ignores the environment's proxies.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from tracker.downloads import guard
from tracker.downloads.body import read_body
from tracker.downloads.codings import accepted
from tracker.downloads.connect import Deadline, Dial, link, tls_context
from tracker.downloads.fetch import Request
from tracker.downloads.gaps import TOTAL_PARALLEL, HostTurns
from tracker.downloads.guard import Resolve, Target
from tracker.downloads.robots import ALLOW_ALL, ALLOW_NONE, Robots, RobotsMemory, read_robots
from tracker.errors import FetchError, ForbiddenAddress
from tracker.settings import FetchSettings
from tracker.types import Download, Validators

__all__ = ["HttpFetcher"]

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
_SAME_METHOD = frozenset({307, 308})  # RFC 9110, 15.4.8 and 15.4.9: the only ones that repeat a POST
PATIENCE = frozenset({429, 503})
HEADER_BYTES = 64_000  # all headers of an answer together; http.client itself stops at 100 lines
ROBOTS_BYTES = 500_000  # RFC 9309, section 2.5
_FORM = "application/x-www-form-urlencoded"
VALIDATOR_BYTES = 8_000  # a longer ETag or Last-Modified is dropped


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class HttpFetcher:
    """The real fetcher. Thread safe; share one, since it keeps the gaps between requests to a host.

    ``user_agent`` names Kronik and a contact. ``clock_scale`` shortens the gaps between requests (never a deadline).
    ``resolve`` is called like socket.getaddrinfo.
    """

    def __init__(
        self, settings: FetchSettings, *, user_agent: str, clock_scale: float = 1.0,
        resolve: Resolve = socket.getaddrinfo, now: Callable[[], datetime] = _utc_now,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._user_agent = user_agent
        self._resolve = resolve
        self._now = now
        self._allow = guard.allowed_pairs(settings.allow)
        self._turns = HostTurns(gap_s=settings.host_gap_s, parallel=settings.host_parallel, clock_scale=clock_scale)
        self._robots = RobotsMemory(clock_scale=clock_scale)
        self._names = ThreadPoolExecutor(TOTAL_PARALLEL, thread_name_prefix="resolve")
        self._tls = tls_context()

    def close(self) -> None:
        """Give up the threads that resolve names."""
        self._names.shutdown(wait=False, cancel_futures=True)

    def fetch(self, request: Request) -> Download:
        """Download a document; see `tracker.downloads.Fetcher`."""
        target = guard.read_url(request.url)
        typed_port = frozenset({target.port})
        left_s, permanent, seen = self._settings.total_s, True, {target.url}
        for hop in range(self._settings.max_redirects + 1):
            if request.obey_robots:
                self._ask_robots(target)
            answer, spent_s = self._hop(target, request, typed_port, left_s)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return self._download(target, answer, moved=permanent and hop > 0)
            if request.form and answer.status not in _SAME_METHOD:
                raise FetchError(f"answered a POST with {answer.status}", subject=request.url)
            onward = guard.follow(target, location)
            permanent = permanent and answer.status in PERMANENT and (target.scheme, onward.scheme) != ("https", "http")
            if onward.url in seen:
                raise FetchError("redirects in a circle", subject=request.url)
            seen.add(onward.url)
            target, left_s = onward, left_s - spent_s
        raise FetchError(f"redirects more than {self._settings.max_redirects} times", subject=request.url)

    def wait_s(self, url: str) -> float:
        """Give the seconds until a request to the host of ``url`` may start; see `tracker.downloads.Fetcher`."""
        try:
            return self._turns.wait_s(guard.read_url(url).host)
        except FetchError:
            return 0.0  # what is wrong with the address is said when it is asked

    def _ask_robots(self, target: Target) -> None:
        """Raises: ForbiddenAddress if the host's robots.txt forbids the page."""
        origin = urlunsplit((target.scheme, urlsplit(target.url).netloc, "", "", ""))
        rules = self._robots.rules(origin, partial(self._robots_of, origin))
        self._turns.keep_apart(target.host, rules.delay_s)
        if not rules.allows(target.path):
            raise ForbiddenAddress("robots.txt asks programs not to read it", subject=target.url)

    def _robots_of(self, origin: str) -> Robots:
        """Read a host's robots.txt: 4xx allows all, 5xx or no answer forbids all (RFC 9309, section 2.3.1)."""
        request = Request(f"{origin}/robots.txt", max_bytes=ROBOTS_BYTES, accept="text/plain, */*;q=0.1")
        try:
            download = self.fetch(request)
        except FetchError:
            return ALLOW_NONE
        if 200 <= download.status < 300:
            return read_robots(download.body, agent=self._user_agent.partition("/")[0])
        return ALLOW_NONE if download.status >= 500 or download.status == 429 else ALLOW_ALL

    def _hop(
        self, target: Target, request: Request, ports: frozenset[int], left_s: float
    ) -> tuple[_Answer, float]:  # fmt: skip
        """Ask one URL; give its answer and the seconds it took, the wait for the host's turn not counted."""
        with self._turns.turn(target.host):
            begun = time.monotonic()
            deadline = Deadline(begun + left_s, self._settings.total_s)
            try:
                answer = self._ask(target, request, ports, deadline)
            except (http.client.HTTPException, OSError, ValueError) as failure:
                if isinstance(failure, FetchError):
                    raise
                raise FetchError(_words(failure, deadline, self._settings), subject=target.url) from failure
        if answer.status in PATIENCE:
            self._turns.slow_down(target.host)
        elif answer.status < 400:
            self._turns.speed_up(target.host)
        return answer, time.monotonic() - begun

    def _ask(self, target: Target, request: Request, ports: frozenset[int], deadline: Deadline) -> _Answer:
        resolve = partial(self._in_time, deadline)
        addresses = guard.vet(target, resolve=resolve, allow=self._allow, ports=ports)
        limits = (self._settings.connect_s, self._settings.read_s)
        dial = Dial(target, addresses, deadline, self._allow, *limits)
        conditions = _conditions(request.validators, target)
        with closing(link(dial, self._tls)) as sock:
            sock.sendall(_asked(target, request, self._headers(request, conditions)))
            with closing(http.client.HTTPResponse(sock, method=_method(request))) as answer:
                answer.begin()
                headers = _headers_of(answer.headers.items(), target)
                body = b""
                if 200 <= answer.status < 300 and answer.status != 204:
                    _check_length(headers, request, target)
                    read = partial(_read, answer)
                    encoding = answer.headers.get("content-encoding", "")
                    body = read_body(read, encoding=encoding, cap=request.max_bytes, subject=target.url)
        if answer.status == 304:
            headers = _kept(headers, conditions, target)
        return _Answer(answer.status, headers, body)

    def _in_time(self, deadline: Deadline, host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        """Resolve a name in a thread of its own: getaddrinfo knows no deadline. An address asks nobody and needs none."""
        if guard.is_literal(host):
            return list(self._resolve(host, port, **options))
        wait_s = min(self._settings.connect_s, deadline.left())
        return list(self._names.submit(self._resolve, host, port, **options).result(wait_s))

    def _headers(self, request: Request, conditions: dict[str, str]) -> dict[str, str]:
        sent = {"Content-Type": _FORM, "Content-Length": str(len(request.form))} if request.form else {}
        return {
            "User-Agent": self._user_agent, "Accept": request.accept, "Accept-Encoding": accepted(),
            "Connection": "close", **sent, **conditions,
        }  # fmt: skip

    def _download(self, target: Target, answer: _Answer, *, moved: bool) -> Download:
        moved_to = target.url if moved else None
        return Download(target.url, answer.status, answer.headers, answer.body, self._now(), moved_to)


def _method(request: Request) -> str:
    return "POST" if request.form else "GET"


def _asked(target: Target, request: Request, headers: dict[str, str]) -> bytes:
    """Write a request; its parts hold no line breaks (`guard.read_url`, `_conditions`)."""
    host = target.pair.removesuffix(f":{guard.DEFAULT_PORT[target.scheme]}")
    named = [f"{name}: {value}" for name, value in headers.items()]
    lines = (f"{_method(request)} {target.path} HTTP/1.1", f"Host: {host}", *named)
    return "\r\n".join((*lines, "", "")).encode("latin-1", "replace") + request.form


def _read(answer: http.client.HTTPResponse, count: int) -> bytes:
    data = answer.read(count)
    if not data and answer.length:  # the library says nothing of a body that is shorter than its length
        raise http.client.IncompleteRead(data, answer.length)
    return data


def _conditions(validators: Validators | None, target: Target) -> dict[str, str]:
    """Give the headers that make a request conditional; none for another URL than the one that issued them."""
    if validators is None or guard.read_url(validators.url).url != target.url:
        return {}
    named = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in named.items() if value and value.isprintable()}


def _headers_of(items: object, target: Target) -> tuple[tuple[str, str], ...]:
    headers = tuple((str(name).lower(), str(value)) for name, value in items)  # type: ignore[attr-defined]  # a view
    if sum(len(name) + len(value) + 4 for name, value in headers) > HEADER_BYTES:
        raise FetchError(f"sent more than {HEADER_BYTES // 1000} kB of headers", subject=target.url)
    return tuple(
        (name, value)
        for name, value in headers
        if name not in {"etag", "last-modified"} or len(value) <= VALIDATOR_BYTES
    )


def _check_length(headers: tuple[tuple[str, str], ...], request: Request, target: Target) -> None:
    length = dict(headers).get("content-length", "")
    if length.isdecimal() and int(length) > request.max_bytes:
        raise FetchError(f"is larger than {request.max_bytes / 1_000_000:g} MB", subject=target.url)


def _kept(
    headers: tuple[tuple[str, str], ...], conditions: dict[str, str], target: Target
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """Complete a 304 by the validators it confirmed, so that `Download.validators` is whole again."""
    if not conditions:
        raise FetchError("answered 304 (not modified) although no condition was sent", subject=target.url)
    present = {name for name, _ in headers}
    sent = (("etag", conditions.get("If-None-Match", "")), ("last-modified", conditions.get("If-Modified-Since", "")))
    return (*headers, *((name, value) for name, value in sent if value and name not in present))


def _words(failure: Exception, deadline: Deadline, settings: FetchSettings) -> str:
    """Say in one line, without the URL, why no complete answer came."""
    cause = failure
    if isinstance(cause, TimeoutError) or "timed out" in str(failure):
        if deadline.left() <= 0.0:
            return f"gave no complete answer within {deadline.total_s:g} s"
        return f"answered nothing within {settings.read_s:g} s"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return f"no encrypted connection: {cause.reason or 'the handshake failed'}"
    for kind, words in _BROKEN:
        if isinstance(cause, kind):
            return words
    if isinstance(cause, OSError):
        return f"cannot be reached: {cause.strerror or 'no connection'}"
    return f"sent an answer that is no HTTP ({type(cause).__name__})"


_BROKEN: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "refused the connection"),
    (http.client.IncompleteRead, "broke off in the middle of its answer"),
    (http.client.RemoteDisconnected, "broke the connection off"),
    (ConnectionError, "broke the connection off"),
)
