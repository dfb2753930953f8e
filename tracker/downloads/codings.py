"""The codings a body may travel in: gzip, deflate, and br and zstd where their libraries are installed.

A decoder takes bytes as they come and gives at most about as many as there is room for: what a bomb would be is never held.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Any, Protocol

__all__ = ["CHUNK", "GZIP_MAGIC", "DECODERS", "Decoder", "Damaged", "Inflate", "accepted"]  # noqa: RUF022  # by rank

CHUNK = 65_536  # bytes read, and decoded, at once: the most a compressed bomb gets before it is measured
GZIP_MAGIC = b"\x1f\x8b"
# A zstd block of four bytes stands for 128 kB at most (RFC 8878, 3.1.1.2): fed so many bytes at once, 8 MB come out.
_ZSTD_BYTES = 256
_ZSTD_WINDOW = 8 * 1024 * 1024  # what a decoder has to support (RFC 9659)


class Damaged(Exception):  # said in words by who reads the body
    """A body is not what its coding says."""


class Decoder(Protocol):
    """Decodes one stream."""

    @property
    def complete(self) -> bool:
        """Tell whether the stream has come to its end."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Decode ``data``, and stop once about ``room`` bytes have come out. Raises: Damaged."""


class Inflate:
    """Inflates one stream, or several gzip members in a row."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._begun = False

    @property
    def complete(self) -> bool:
        """Tell whether the stream has come to its end."""
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
        except zlib.error as failure:
            if self._begun or self._wbits != zlib.MAX_WBITS:
                raise Damaged from failure
            # "deflate" should be a zlib stream; many servers send it raw (RFC 9110, section 8.4.1.2).
            self._wbits = -zlib.MAX_WBITS
            self._stream = zlib.decompressobj(self._wbits)
            piece = self._raw(data, room)
        self._begun = True
        return piece

    def _raw(self, data: bytes, room: int) -> bytes:
        try:
            return self._stream.decompress(data, room)
        except zlib.error as failure:
            raise Damaged from failure


class _Brotli:
    def __init__(self) -> None:
        self._library: Any = _BROTLI  # Any: a library without types
        self._stream: Any = self._library.Decompressor()  # Any: as above

    @property
    def complete(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        try:
            while not self.complete and len(out) < room:
                piece = self._stream.process(data, output_buffer_limit=CHUNK)
                data = b""
                out += piece
                if not piece and self._stream.can_accept_more_data():
                    break
        except self._library.error as failure:
            raise Damaged from failure
        return bytes(out)


class _Zstd:
    def __init__(self) -> None:
        self._library: Any = _ZSTD  # Any: as above
        self._stream: Any = self._library.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    @property
    def complete(self) -> bool:
        return bool(self._stream.eof)

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        try:
            for start in range(0, len(data), _ZSTD_BYTES):
                if self.complete or len(out) >= room:
                    break
                out += self._stream.decompress(data[start : start + _ZSTD_BYTES])
        except self._library.ZstdError as failure:
            raise Damaged from failure
        return bytes(out)


def accepted() -> str:
    """Write the header Accept-Encoding."""
    return ", ".join(name for name in ("gzip", "br", "zstd") if name in DECODERS)


def _library(name: str, needs: str) -> Any:  # Any: a library without types
    """Import a library; None where it is not installed, or too old to bound what it gives."""
    try:
        found = importlib.import_module(name)
    except ImportError:
        return None
    return found if hasattr(getattr(found, needs.partition(".")[0], None), needs.partition(".")[2]) else None


_BROTLI = _library("brotli", "Decompressor.can_accept_more_data")
_ZSTD = _library("zstandard", "ZstdDecompressor.decompressobj")
DECODERS: dict[str, type[_Brotli | _Zstd] | None] = {"gzip": None, "x-gzip": None, "deflate": None}
if _BROTLI is not None:
    DECODERS["br"] = _Brotli
if _ZSTD is not None:
    DECODERS["zstd"] = _Zstd
