"""Connections that go only to vetted addresses and whose every read knows the deadline.

In: a `Dial`. Out: a socket. A timeout per read alone lets a server drip a byte a second for ever: each
read here waits for the shorter of ``read_s`` and what is left of the whole.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any

from tracker.downloads import guard
from tracker.downloads.guard import Address, Target

__all__ = ["Deadline", "Dial", "link", "tls_context"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a download must be over: ``at`` in monotonic seconds; ``total_s`` is what it was given, for messages."""

    at: float
    total_s: float

    def left(self) -> float:
        """Give the seconds left, 0.0 when it has passed."""
        return max(self.at - time.monotonic(), 0.0)

    def limit(self, seconds: float) -> float:
        """Give the shorter of ``seconds`` and what is left. Raises: TimeoutError when nothing is left."""
        left = self.left()
        if left <= 0.0:
            raise TimeoutError("timed out")
        return min(seconds, left)


@dataclass(frozen=True, slots=True)
class Dial:
    """Whom to connect to, and within which bounds."""

    target: Target
    addresses: tuple[Address, ...]
    deadline: Deadline
    allow: frozenset[str]
    connect_s: float
    read_s: float

    def connect(self) -> _Socket:
        """Connect to the first address that answers and check who it is, before a byte is sent."""
        until = Deadline(time.monotonic() + self.deadline.limit(self.connect_s), self.connect_s)
        last: OSError = TimeoutError("timed out")
        for address in self.addresses:
            sock = _Socket(address.family, socket.SOCK_STREAM)
            try:
                sock.settimeout(until.limit(self.connect_s))
                sock.connect(address.sockaddr)
                guard.check_peer(self.target, str(sock.getpeername()[0]), allow=self.allow)
            except OSError as failure:
                sock.close()
                last = failure
            except BaseException:
                sock.close()
                raise
            else:
                sock.bounds = (self.deadline, self.read_s)
                sock.settimeout(self.deadline.limit(self.read_s))  # also bounds the TLS handshake
                return sock
        raise last


class _Socket(socket.socket):
    """A socket whose reads end at a deadline."""

    bounds: tuple[Deadline, float] | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # Any: the signature of socket.socket
        """Read as the base does, but never beyond the deadline."""
        if self.bounds is not None:
            self.settimeout(self.bounds[0].limit(self.bounds[1]))
        return super().recv_into(*args, **kwargs)


class _TlsSocket(ssl.SSLSocket):
    """The same over TLS."""

    bounds: tuple[Deadline, float] | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:  # Any: the signature of ssl.SSLSocket
        """Read as the base does, but never beyond the deadline."""
        if self.bounds is not None:
            self.settimeout(self.bounds[0].limit(self.bounds[1]))
        return super().recv_into(*args, **kwargs)


def tls_context() -> ssl.SSLContext:
    """Give a context that verifies certificates and host names against the system's authorities."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TlsSocket
    return context


def link(dial: Dial, tls: ssl.SSLContext) -> socket.socket:
    """Connect as told; over TLS, server name and certificate are those of the host in the URL, not of the address."""
    sock = dial.connect()
    if dial.target.scheme != "https":
        return sock
    try:
        secure = tls.wrap_socket(sock, server_hostname=dial.target.host)
    except BaseException:
        sock.close()
        raise
    if isinstance(secure, _TlsSocket):
        secure.bounds = (dial.deadline, dial.read_s)
    return secure
