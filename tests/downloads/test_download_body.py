"""Bodies are decoded to the last byte, whatever their size, and measured against their cap while they grow."""

import gzip
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.downloads.body import CHUNK, read_body
from tracker.errors import FetchError


def deflate_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKERS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "raw": deflate_raw}


def read(body: bytes, encoding: str, cap: int = 10_000_000) -> bytes:
    return read_body(io.BytesIO(body).read, encoding=encoding, cap=cap, subject="http://a.example/")


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=40), st.integers(1, 6000), st.sampled_from(sorted(PACKERS)))
def test_a_packed_body_comes_back_whole(seed: bytes, times: int, packing: str) -> None:
    body = seed * times
    if body.startswith(b"\x1f\x8b"):
        return  # looks like gzip: judged by its bytes
    assert read(PACKERS[packing](body), packing.replace("raw", "deflate")) == body


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw"])
@pytest.mark.parametrize("pieces", [1, 2])
def test_what_is_longer_than_a_piece_by_a_little_loses_nothing(packing: str, pieces: int) -> None:
    for more in range(-3, 300, 7):
        body = b"a" * (pieces * CHUNK + more)
        assert read(PACKERS[packing](body), packing.replace("raw", "deflate")) == body


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=30), st.sampled_from(["", "gzip", "deflate", "gzip, deflate", "br", "identity"]), st.booleans()
)
def test_any_bytes_give_a_body_or_an_error_of_ours(noise: bytes, encoding: str, looks_packed: bool) -> None:
    body = gzip.compress(b"abc" * 50)[:12] + noise if looks_packed else noise
    try:
        decoded = read(body, encoding, cap=1000)
    except FetchError:
        return
    assert len(decoded) <= 1000


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 300_000), st.integers(0, 300_000), st.sampled_from(sorted(PACKERS)))
def test_a_body_passes_exactly_when_it_fits_its_cap(size: int, cap: int, packing: str) -> None:
    body, encoding = PACKERS[packing](b"a" * size), packing.replace("raw", "deflate")
    if size <= cap:
        assert len(read(body, encoding, cap)) == size
    else:
        with pytest.raises(FetchError, match="is larger than"):
            read(body, encoding, cap)


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=400), st.data())
def test_a_packed_body_cut_anywhere_is_never_taken_for_whole(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    with pytest.raises(FetchError, match="ends too early"):
        read(packed[: data.draw(st.integers(2, len(packed) - 1))], "gzip")


def test_a_bomb_is_not_read_to_its_end() -> None:
    stream = io.BytesIO(gzip.compress(b"\0" * 200_000_000, compresslevel=1))
    with pytest.raises(FetchError, match="is larger than 100 kB"):
        read_body(stream.read, encoding="gzip", cap=100_000, subject="http://a.example/")
    assert stream.tell() == CHUNK


@pytest.mark.parametrize(("cap", "words"), [(999, "999 bytes"), (500_000, "500 kB"), (15_000_000, "15 MB")])
def test_a_cap_is_named_in_words(cap: int, words: str) -> None:
    with pytest.raises(FetchError, match=f"larger than {words}"):
        read(b"x" * (cap + 1), "", cap)
