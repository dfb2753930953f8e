"""No answer hangs, fills or confuses a download; each failure is said in one line that names the URL."""

import gzip
import re
import zlib
from collections.abc import Iterator

import pytest
from raw_server import FakeResolver, RawServer, Script, answer, fetcher

from tracker.downloads import Request
from tracker.errors import FetchError
from tracker.types import Download

FEED = b"<rss>" + b"news " * 2000 + b"</rss>"
START = b"HTTP/1.1 200 OK\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"


def deflate_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def get(server: RawServer, reply: bytes | Script, *, max_bytes: int = 1_000_000, **bounds: float) -> Download:
    server.answers["/f"] = reply
    own = fetcher(server, **bounds)
    try:
        return own.fetch(Request(server.url("/f"), max_bytes=max_bytes))
    finally:
        own.close()


def failure(server: RawServer, reply: bytes | Script, *, max_bytes: int = 1_000_000, **bounds: float) -> str:
    """Give what is said about a download that must fail."""
    with pytest.raises(FetchError) as refused:
        get(server, reply, max_bytes=max_bytes, **bounds)
    subject, said = f"{server.url('/f')}: ", str(refused.value)
    assert said.startswith(subject)
    assert "\n" not in said
    return said.removeprefix(subject)


def endless(piece: bytes, start: bytes = b"") -> Script:
    """Send ``piece`` again and again as fast as it is taken."""

    def script() -> Iterator[bytes]:
        yield start
        while True:
            yield piece

    return script


def dripping(piece: bytes, start: bytes = b"") -> Script:
    """Send ``piece`` again and again with a moment between."""

    def script() -> Iterator[bytes]:
        yield start
        while True:
            yield piece
            yield b""

    return script


def silent() -> Iterator[bytes]:
    while True:
        yield b""


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", FEED), ("identity", FEED), ("gzip", gzip.compress(FEED, mtime=0)), ("x-gzip", gzip.compress(FEED, mtime=0)), ("GZIP", gzip.compress(FEED, mtime=0)),
        ("", gzip.compress(FEED, mtime=0)), ("gzip", FEED), ("deflate", zlib.compress(FEED)), ("deflate", deflate_raw(FEED)), ("deflate", gzip.compress(FEED, mtime=0)),
        ("gzip", gzip.compress(FEED[:500], mtime=0) + gzip.compress(FEED[500:], mtime=0)), ("gzip", gzip.compress(FEED, mtime=0) + b"\0" * 20),
    ],
)  # fmt: skip
def test_every_coding_in_use_is_read(server: RawServer, coding: str, body: bytes) -> None:
    assert get(server, answer(body, Content_Encoding=coding)).body == FEED


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(FEED, mtime=0), mtime=0), "coded 2 times"), ("exi", b"xyz", "'exi', which nobody asked for"),
        ("gzip", gzip.compress(FEED, mtime=0)[:-20], "ends too early"), ("gzip", gzip.compress(FEED, mtime=0)[:40] + b"\xff" * 90, "damaged"),
        ("deflate", b"\x07never deflated", "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_decoded_is_said(server: RawServer, coding: str, body: bytes, words: str) -> None:
    assert words in failure(server, answer(body, Content_Encoding=coding))


def test_a_compressed_bomb_stops_at_the_cap(server: RawServer) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    assert failure(server, answer(bomb, Content_Encoding="gzip")) == "is larger than 1 MB"
    assert (
        failure(server, answer(zlib.compress(b"\0" * 30_000_000), Content_Encoding="deflate")) == "is larger than 1 MB"
    )


def test_a_body_of_exactly_the_cap_is_whole(server: RawServer) -> None:
    assert len(get(server, answer(b"x" * 5000), max_bytes=5000).body) == 5000
    assert failure(server, answer(b"x" * 5001), max_bytes=5000) == "is larger than 0.005 MB"


@pytest.mark.parametrize("start", [START + b"\r\n", CHUNKED])
def test_an_endless_body_stops_at_the_cap(server: RawServer, start: bytes) -> None:
    piece = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    assert failure(server, endless(piece, start), max_bytes=200_000) == "is larger than 200 kB"


def test_an_announced_size_over_the_cap_is_refused_unread(server: RawServer) -> None:
    assert "is larger than 1 MB" in failure(server, endless(b"", START + b"Content-Length: 99999999999\r\n\r\n"))


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (answer(FEED, length=len(FEED) + 1), "broke off in the middle"), (CHUNKED + b"10\r\nabc", "broke"), (CHUNKED + b"zz\r\nabc\r\n", "broke|no HTTP"),
        (CHUNKED + b"-5\r\nabc\r\n", "broke|no HTTP"), (CHUNKED + b"3\r\nabc\r\n", "broke"), (b"", "broke the connection off"), (START[:8], "no HTTP|broke"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "no HTTP"), (b"\0" * 500, "no HTTP"), (b"HTTP/1.1 abc OK\r\n\r\n", "no HTTP"), (b"HTTP/1.1 42\r\n\r\n", "no HTTP"),
        (b"X" * 70_000, "no HTTP"),
    ],
)  # fmt: skip
def test_a_broken_answer_is_never_taken_for_whole(server: RawServer, reply: bytes, words: str) -> None:
    assert re.search(words, failure(server, reply))


def test_a_body_longer_than_announced_ends_where_announced(server: RawServer) -> None:
    assert get(server, answer(FEED, length=5)).body == FEED[:5]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (b"X: y\r\n" * 101, "no HTTP"), (b"X: " + b"y" * 70_000 + b"\r\n", "no HTTP"),
        (b"".join(b"X%d: %s\r\n" % (n, b"y" * 7000) for n in range(10)), "sent more than 64 kB of headers"),
    ],
)  # fmt: skip
def test_a_flood_of_headers_is_refused(server: RawServer, lines: bytes, words: str) -> None:
    assert words in failure(server, START + lines + b"\r\n" + FEED)


@pytest.mark.parametrize(
    "reply",
    [
        dripping(b"x", START + b"\r\n"), dripping(b"1\r\nx\r\n", CHUNKED), dripping(b"1\r\nx\r\n", CHUNKED + b"0\r\n"), dripping(b"H"),
        dripping(b"a: b\r\n", START), dripping(b"HTTP/1.1 100 Continue\r\n\r\n"), endless(b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(b"X", START + b"X: y"),
    ],
    ids=["body", "chunks", "trailer", "status-line", "headers", "continue", "endless-continue", "header-line"],
)  # fmt: skip
def test_a_dripping_answer_ends_at_the_deadline_of_the_whole(server: RawServer, reply: Script) -> None:
    assert failure(server, reply, total_s=0.2) == "gave no complete answer within 0.2 s"


@pytest.mark.parametrize("start", [b"", START, START + b"Content-Length: 5\r\n\r\n", START + b"\r\nab"])
def test_a_silent_server_is_given_up_long_before_the_deadline(server: RawServer, start: bytes) -> None:
    def reply() -> Iterator[bytes]:
        yield start
        yield from silent()

    assert failure(server, reply, read_s=0.15) == "answered nothing within 0.15 s"


def test_the_deadline_counts_all_hops_together(server: RawServer) -> None:
    def slowly(to: str) -> Script:
        def script() -> Iterator[bytes]:
            yield from [b""] * 8
            yield f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()

        return script

    server.answers.update({f"/{number}": slowly(f"/{number + 1}") for number in range(5)})
    server.answers["/5"] = answer(FEED)
    own = fetcher(server, total_s=0.4)
    with pytest.raises(FetchError, match=r"within 0\.4 s"):
        own.fetch(Request(server.url("/0")))
    own.close()
    assert "/5" not in server.paths()


def test_a_refused_connection_is_said(server: RawServer) -> None:
    server.close()
    assert failure(server, b"") == "refused the connection"


def test_a_name_nobody_knows_is_said(server: RawServer) -> None:
    own = fetcher(server, resolve=FakeResolver())
    with pytest.raises(FetchError, match=r"no address is known for news\.example"):
        own.fetch(Request(server.url("/f")))
    own.close()


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 429, 451, 500, 503, 999])
def test_an_answer_that_is_no_success_is_handed_on_without_its_body(server: RawServer, status: int) -> None:
    download = get(server, answer(b"" if status == 204 else b"<html>no</html>", status=status, Retry_After="120"))
    assert (download.status, download.body, download.header("Retry-After")) == (status, b"", "120")


def test_an_endless_error_page_is_not_read(server: RawServer) -> None:
    assert get(server, endless(b"x" * 1000, b"HTTP/1.1 500 No\r\n\r\n")).status == 500


def test_after_every_failure_the_fetcher_is_as_good_as_new(server: RawServer) -> None:
    server.answers.update({"/bad": b"", "/good": answer(FEED)})
    own = fetcher(server, host_parallel=1)
    for _ in range(3):
        with pytest.raises(FetchError):
            own.fetch(Request(server.url("/bad")))
    assert own.fetch(Request(server.url("/good"))).body == FEED
    own.close()
