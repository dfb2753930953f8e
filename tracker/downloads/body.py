"""Read a body against its cap: streamed, decoded in pieces, one coding layer.

In: a function that reads raw bytes and the Content-Encoding. Out: the decoded bytes, or FetchError.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tracker.downloads.codings import CHUNK, DECODERS, GZIP_MAGIC, Damaged, Decoder, Inflate
from tracker.errors import FetchError

__all__ = ["read_body"]


def read_body(read: Callable[[int], bytes], *, encoding: str, cap: int, subject: str) -> bytes:
    """Read until the end and decode what is coded, also gzip that no header announces.

    ``cap`` counts decoded bytes. ``subject`` is the URL errors name.
    Raises: FetchError if the body is over the cap, in another coding, damaged or cut short.
    """
    first = read(CHUNK)
    decoder = _decoder(first, _coding(encoding, subject))
    body = bytearray()
    try:
        data = first
        while data:
            body += decoder.feed(data, cap - len(body) + 1) if decoder else data
            if len(body) > cap:
                raise FetchError(f"is larger than {_size(cap)}", subject=subject)
            data = read(CHUNK)
    except Damaged as failure:
        raise FetchError("sent a damaged compressed body", subject=subject) from failure
    if decoder and not decoder.complete:
        raise FetchError("sent a compressed body that ends too early", subject=subject)
    return bytes(body)


def _coding(encoding: str, subject: str) -> str:
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in {"", "identity", "none"}]
    if len(names) > 1:
        raise FetchError(f"sent a body coded {len(names)} times ({encoding[:60]})", subject=subject)
    if names and names[0] not in DECODERS:
        raise FetchError(f"sent a body in the coding {names[0][:20]!r}, which nobody asked for", subject=subject)
    return names[0] if names else ""


def _decoder(first: bytes, coding: str) -> Decoder | None:
    """Choose by the bytes, then by the header: both "gzip" on a plain body and unannounced gzip occur."""
    if first.startswith(GZIP_MAGIC):
        return Inflate(16 + zlib.MAX_WBITS)
    if coding == "deflate" and first:
        return Inflate(zlib.MAX_WBITS)
    kind = DECODERS.get(coding)
    return kind() if kind and first else None


def _size(count: int) -> str:
    """Say a number of bytes in words."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:g} MB"
    return f"{count / 1_000:g} kB" if count >= 1_000 else f"{count} bytes"
