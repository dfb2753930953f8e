"""br and zstd are asked for where they can be read, come back whole, and are measured like all else."""

import io

import brotli
import pytest
import zstandard

from tracker.downloads.body import read_body
from tracker.downloads.codings import DECODERS, accepted
from tracker.errors import FetchError

BODY = b"".join(b"line %d of a feed\n" % n for n in range(20_000))
PACKERS = {"br": brotli.compress, "zstd": zstandard.compress}


def read(body: bytes, encoding: str, cap: int = 10_000_000) -> bytes:
    return read_body(io.BytesIO(body).read, encoding=encoding, cap=cap, subject="http://a.example/")


def test_what_can_be_read_is_asked_for() -> None:
    assert accepted() == ", ".join(name for name in ("gzip", "br", "zstd") if name in DECODERS)


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_coded_body_comes_back_whole(coding: str) -> None:
    assert read(PACKERS[coding](BODY), coding) == BODY


@pytest.mark.parametrize("coding", sorted(PACKERS))
@pytest.mark.parametrize("left_out", [1, 50, 1000])
def test_a_coded_body_cut_short_is_never_taken_for_whole(coding: str, left_out: int) -> None:
    with pytest.raises(FetchError, match="ends too early"):
        read(PACKERS[coding](BODY)[:-left_out], coding)


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_coded_bomb_is_not_read_to_its_end(coding: str) -> None:
    bomb = PACKERS[coding](bytes(100_000_000))
    with pytest.raises(FetchError, match="larger than 1 MB"):
        read(bomb, coding, cap=1_000_000)


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_bytes_in_no_coding_are_said_to_be_damaged(coding: str) -> None:
    with pytest.raises(FetchError, match=r"damaged|too early"):
        read(b"\x00\x01\x02 no such coding" * 20, coding)
