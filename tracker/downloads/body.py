"""Read a body against its cap: streamed, decompressed in pieces, one coding layer.

In: a function that reads raw bytes and the Content-Encoding. Out: the decoded bytes, or FetchError.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tracker.errors import FetchError

__all__ = ["read_body"]

CHUNK = 65_536  # bytes read, and inflated, at once: the most a compressed bomb gets before it is measured
GZIP_MAGIC = b"\x1f\x8b"


def read_body(read: Callable[[int], bytes], *, encoding: str, cap: int, subject: str) -> bytes:
    """Read until the end and decode gzip and deflate, also gzip that no header announces.

    ``cap`` counts decoded bytes. ``subject`` is the URL errors name.
    Raises: FetchError if the body is over the cap, in another coding, damaged or cut short.
    """
    first = read(CHUNK)
    inflate = _decoder(first, _coding(encoding, subject))
    body = bytearray()
    try:
        data = first
        while data:
            body += inflate.feed(data, cap - len(body) + 1) if inflate else data
            if len(body) > cap:
                raise FetchError(f"is larger than {_size(cap)}", subject=subject)
            data = read(CHUNK)
    except zlib.error as failure:
        raise FetchError("sent a damaged compressed body", subject=subject) from failure
    if inflate and not inflate.complete:
        raise FetchError("sent a compressed body that ends too early", subject=subject)
    return bytes(body)


class _Inflate:
    """Inflates one stream, or several gzip members in a row."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._begun = False

    @property
    def complete(self) -> bool:
        return self._stream.eof

    def feed(self, data: bytes, room: int) -> bytes:
        """Inflate ``data``; stop as soon as ``room`` bytes have come out."""
        out, held = bytearray(), False
        while (data or held) and len(out) < room:
            if self._stream.eof:
                if self._wbits < 16 or not data.startswith(GZIP_MAGIC[:1]):
                    return bytes(out)  # padding behind the end is ignored, as gzip does
                self._stream = zlib.decompressobj(self._wbits)
            limit = min(room - len(out), CHUNK)
            piece = self._piece(data, limit)
            out += piece
            held = len(piece) == limit and not self._stream.eof  # zlib took all of the data but may hold output back
            data = self._stream.unconsumed_tail or self._stream.unused_data
        return bytes(out)

    def _piece(self, data: bytes, room: int) -> bytes:
        try:
            piece = self._stream.decompress(data, room)
        except zlib.error:
            if self._begun or self._wbits != zlib.MAX_WBITS:
                raise
            # "deflate" should be a zlib stream; many servers send it raw (RFC 9110, section 8.4.1.2).
            self._wbits = -zlib.MAX_WBITS
            self._stream = zlib.decompressobj(self._wbits)
            piece = self._stream.decompress(data, room)
        self._begun = True
        return piece


def _coding(encoding: str, subject: str) -> str:
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in {"", "identity", "none"}]
    if len(names) > 1:
        raise FetchError(f"sent a body coded {len(names)} times ({encoding[:60]})", subject=subject)
    if names and names[0] not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"sent a body in the coding {names[0][:20]!r}, which nobody asked for", subject=subject)
    return names[0] if names else ""


def _decoder(first: bytes, coding: str) -> _Inflate | None:
    """Choose by the bytes, then by the header: both "gzip" on a plain body and unannounced gzip occur."""
    if first.startswith(GZIP_MAGIC):
        return _Inflate(16 + zlib.MAX_WBITS)
    return _Inflate(zlib.MAX_WBITS) if coding == "deflate" and first else None


def _size(count: int) -> str:
    """Say a number of bytes in words."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:g} MB"
    return f"{count / 1_000:g} kB" if count >= 1_000 else f"{count} bytes"
