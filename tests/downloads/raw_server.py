"""A server on loopback that answers each path with exactly the bytes, or the misbehaviour, a test chooses."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.downloads import HttpFetcher
from tracker.settings import FetchSettings

SITE = "news.example"  # the fake resolver leads it to loopback; its pair with the server's port is on the allow list
TURN_S = 0.02  # between two bytes of a slow answer
Script = Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]


def answer(body: bytes = b"", *, status: int = 200, length: int | None = None, **headers: str) -> bytes:
    """Write an answer; underscores in header names are hyphens. ``length`` overrides the true Content-Length."""
    lines = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(to: str, status: int = 302) -> bytes:
    """Write a redirect; ``to`` is sent as UTF-8."""
    return answer(status=status, Location=to.encode().decode("latin-1"))


class RawServer:
    """Listens on a free port of 127.0.0.1 until closed. An answer is bytes, or a function that yields bytes.

    After a pause it yields ``b""``: the server waits a moment, or ends when it is closed.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.answers: dict[str, bytes | Script] = {}
        self.asked: list[Asked] = []
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def url(self, path: str, host: str = SITE) -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def close(self) -> None:
        self._closing.set()
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        with connection:
            try:
                if self._tls is None:
                    return self._talk(connection)
                with self._tls.wrap_socket(connection, server_side=True) as encrypted:
                    return self._talk(encrypted)
            except OSError:
                return None  # the client hung up: what most tests are about

    def _talk(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            if stream.peek(1).startswith(b"\x16"):
                return connection.sendall(answer(status=400))  # TLS on a plain port: what web servers say then
            first = stream.readline().split(b" ")
            if len(first) < 2:
                return None
            lines = iter(stream.readline, b"\r\n")
            pairs = (line.decode("latin-1").rstrip("\r\n").partition(": ") for line in lines)
            self.asked.append(Asked(first[1].decode("latin-1"), {name.lower(): value for name, _, value in pairs}))
            return self._reply(connection, self.answers.get(self.asked[-1].path, answer(status=404)))

    def _reply(self, connection: socket.socket, reply: bytes | Script) -> None:
        for piece in [reply] if isinstance(reply, bytes) else reply():
            if piece:
                connection.sendall(piece)
            elif self._closing.wait(TURN_S):
                return
        connection.shutdown(socket.SHUT_WR)


class FakeResolver:
    """Knows the names a test gives it; stands for socket.getaddrinfo."""

    def __init__(self, **names: str | Sequence[str]) -> None:
        self.names = {
            name.replace("_", "."): [ips] if isinstance(ips, str) else list(ips) for name, ips in names.items()
        }
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **options: object) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [_row(ip, port) for ip in self.names[host]]


def _row(ip: str, port: int) -> tuple[Any, ...]:
    if ":" in ip:
        return socket.AF_INET6, socket.SOCK_STREAM, 6, "", (ip, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)


def settings(*allow: str, **bounds: Any) -> FetchSettings:
    """Bounds of a download, generous unless a test makes them small."""
    usual: dict[str, Any] = {
        "contact": "mailto:desk@kronik.test", "connect_s": 5.0, "read_s": 5.0, "total_s": 10.0, "max_redirects": 5,
        "feed_bytes": 15_000_000, "page_bytes": 5_000_000, "host_gap_s": 0.0, "host_parallel": 2,
    }  # fmt: skip
    return FetchSettings(allow=allow, **{**usual, **bounds})


def fetcher(*servers: RawServer, resolve: FakeResolver | None = None, **bounds: Any) -> HttpFetcher:
    """A real fetcher that finds the servers under `SITE`."""
    known = resolve or FakeResolver(news_example="127.0.0.1")
    allow = [*(f"{SITE}:{server.port}" for server in servers), *bounds.pop("allow", ())]
    return HttpFetcher(settings(*allow, **bounds), user_agent="Kronik/test (+mailto:desk@kronik.test)", resolve=known)
