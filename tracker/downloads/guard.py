"""Which addresses may be connected to. Pure: the resolver is an argument, nothing is opened here.

In: a URL and what its host resolves to. Out: a `Target` with vetted socket addresses, or ForbiddenAddress.
Odd spellings of addresses (``127.1``, ``0x7f000001``) are not matched as patterns: what they resolve to is judged, and
the fetcher judges the peer again after connecting, so that no second resolution can swap it (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from tracker.errors import FetchError, ForbiddenAddress

__all__ = [
    "Address",
    "Resolve",
    "Target",
    "allowed_pairs",
    "check_peer",
    "follow",
    "is_forbidden",
    "is_literal",
    "read_url",
    "vet",
]

Resolve = Callable[..., Sequence[tuple[Any, ...]]]  # Any: the tuples of socket.getaddrinfo

STANDARD_PORTS = frozenset({80, 443})
MAX_URL = 2000  # characters
DEFAULT_PORT = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
# What ipaddress.is_global lets through although it leads inwards or carries another address (tried on Python 3.11).
_INWARDS = tuple(ipaddress.ip_network(text) for text in ("2002::/16", "2001::/32", "3fff::/20", "192.88.99.0/24"))
# All public IPv6 hosts (IANA, "IPv6 Global Unicast Address Assignments"); outside are NAT64, IPv4-translated and other carriers.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Address:
    """One socket address: ``family`` as in the socket module, ``sockaddr`` for connect, ``ip`` as text."""

    family: int
    sockaddr: tuple[Any, ...]  # Any: two or four fields, depending on the family
    ip: str


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart. ``host`` is in ASCII and lower case, ``path`` what stands in the request line."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def pair(self) -> str:
        """Give host:port, as written in ``fetch.allow``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def allowed_pairs(texts: Sequence[str]) -> frozenset[str]:
    """Read the host:port pairs that are exempt from the guard. Never a network, never a host without a port."""
    return frozenset(text.strip().lower() for text in texts if text.strip())


@lru_cache(maxsize=4096)  # a feed's address is taken apart several times a poll
def read_url(url: str) -> Target:
    """Take a URL apart and write it in one form.

    Raises: ForbiddenAddress for another scheme than http and https or with credentials, FetchError if it is no URL.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _ascii_host(parts), parts.port
    except ValueError as failure:
        raise FetchError("is not an address Kronik can read", subject=url[:200]) from failure
    if parts.scheme not in DEFAULT_PORT:
        raise ForbiddenAddress("only http and https are fetched", subject=url[:200])
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddress("a user name in an address is refused", subject=f"{parts.scheme}://{host}")
    if not host or _CONTROL.search(host) or len(url) > MAX_URL:
        raise FetchError("is not an address Kronik can read", subject=url[:200])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._[]")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    port = DEFAULT_PORT[parts.scheme] if port is None else port
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == DEFAULT_PORT[parts.scheme] else f"{shown}:{port}"
    whole = urlunsplit((parts.scheme, netloc, path, query, ""))
    return Target(whole, parts.scheme, host, port, urlunsplit(("", "", path, query, "")))


def follow(target: Target, location: str) -> Target:
    """Give the target of a redirect. ``location`` is the header as received: raw UTF-8 read as Latin-1 is mended."""
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = location
    try:
        joined = urljoin(target.url, text.strip())
    except ValueError as failure:
        raise FetchError(f"redirects to no address: {text[:100]!r}", subject=target.url) from failure
    return read_url(joined)


def vet(target: Target, *, resolve: Resolve, allow: frozenset[str], ports: frozenset[int]) -> tuple[Address, ...]:
    """Resolve a host once and keep the addresses that may be connected to.

    ``allow`` holds exempt host:port pairs, ``ports`` what is accepted besides 80 and 443 (the port the user typed).
    Raises: ForbiddenAddress if none is left, FetchError if the name has no address.
    """
    exempt = target.pair in allow
    if not exempt and target.port not in STANDARD_PORTS | ports:
        raise ForbiddenAddress(f"port {target.port} is not fetched", subject=target.url)
    found = _resolved(target, resolve)
    fit = tuple(address for address in found if exempt or not is_forbidden(address.ip))
    if not fit:
        shown = ", ".join(sorted({address.ip for address in found}))
        which = f"{target.host} ({shown})" if shown != target.host else shown
        raise ForbiddenAddress(f"{which} is an internal address; see fetch.allow", subject=target.url)
    return fit


def check_peer(target: Target, ip: str, *, allow: frozenset[str]) -> None:
    """Refuse a connected peer that is an internal address. To be called before the first byte is sent."""
    if target.pair not in allow and is_forbidden(ip):
        raise ForbiddenAddress(f"{target.host} led to the internal address {ip}", subject=target.url)


def is_forbidden(ip: str) -> bool:
    """Tell whether an IP address is anything but a public host. What cannot be read is forbidden."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_V6:
        return True
    return any(address in network for network in _INWARDS if network.version == address.version)


def is_literal(host: str) -> bool:
    """Tell whether a host is an IP address in its usual spelling, which no resolver has to be asked for."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolved(target: Target, resolve: Resolve) -> tuple[Address, ...]:
    try:
        rows = resolve(target.host, target.port, type=socket.SOCK_STREAM)
    except TimeoutError:
        raise  # the download's own deadline, which its caller reports
    except (OSError, UnicodeError) as failure:
        raise FetchError(f"no address is known for {target.host}", subject=target.url) from failure
    addresses = dict.fromkeys(Address(int(row[0]), tuple(row[4]), str(row[4][0])) for row in rows)
    if not addresses:
        raise FetchError(f"no address is known for {target.host}", subject=target.url)
    return tuple(addresses)


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")
