"""Over TLS the same bounds hold, certificates are verified, and no redirect gives the encryption away for good."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from raw_server import FakeResolver, RawServer, Script, answer, fetcher, redirect

from tracker.downloads import HttpFetcher, Request
from tracker.errors import FetchError

FEED = b"<rss>" + b"news " * 50_000 + b"</rss>"
NAMES = FakeResolver(news_example="127.0.0.1", other_example="127.0.0.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for news.example, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl: its command line makes the certificate")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = path.with_name("certificate.pem")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
               "-keyout", path, "-out", made, "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    path.write_text(path.read_text() + made.read_text())
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[RawServer]:
    """A server that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    running = RawServer(context)
    yield running
    running.close()


@pytest.fixture
def trusting(
    certificate: Path, secure: RawServer, server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[HttpFetcher]:
    """A fetcher to whom the certificate is an authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    own = fetcher(secure, server, resolve=NAMES)
    yield own
    own.close()


def test_a_verified_page_is_read_whole(secure: RawServer, trusting: HttpFetcher) -> None:
    secure.answers["/f"] = answer(FEED)
    assert trusting.fetch(Request(secure.url("/f"))).body == FEED


def test_a_certificate_nobody_vouches_for_is_refused(secure: RawServer) -> None:
    own = fetcher(secure)
    with pytest.raises(FetchError, match=r"its certificate is not valid: self.signed"):
        own.fetch(Request(secure.url("/f")))
    own.close()
    assert secure.asked == []


def test_a_certificate_of_another_host_is_refused(
    secure: RawServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    own = fetcher(secure, resolve=NAMES, allow=(f"other.example:{secure.port}",))
    with pytest.raises(FetchError, match="its certificate is not valid: Hostname mismatch"):
        own.fetch(Request(secure.url("/f", "other.example")))
    own.close()
    assert secure.asked == []


def test_a_server_without_encryption_is_said(server: RawServer, trusting: HttpFetcher) -> None:
    with pytest.raises(FetchError, match="no encrypted connection"):
        trusting.fetch(Request(server.url("/f").replace("http:", "https:")))


def silent() -> Iterator[bytes]:
    while True:
        yield b""


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"x"
        yield b""


@pytest.mark.parametrize(
    ("script", "bounds", "words"),
    [
        (silent, {"read_s": 0.3}, r"answered nothing within 0\.3 s"),
        (dripping, {"total_s": 0.4}, r"no complete answer within 0\.4 s"),
    ],
)
def test_the_deadlines_hold_over_tls(
    secure: RawServer, certificate: Path, monkeypatch: pytest.MonkeyPatch, script: Script, bounds: dict[str, float], words: str
) -> None:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.answers["/f"] = script
    own = fetcher(secure, **bounds)
    with pytest.raises(FetchError, match=words):
        own.fetch(Request(secure.url("/f")))
    own.close()


def test_a_move_to_encryption_is_kept(server: RawServer, secure: RawServer, trusting: HttpFetcher) -> None:
    server.answers["/f"] = redirect(secure.url("/f"), 301)
    secure.answers["/f"] = answer(FEED)
    assert trusting.fetch(Request(server.url("/f"))).moved_to == secure.url("/f")


@pytest.mark.parametrize("status", [301, 308])
def test_a_move_that_loses_encryption_is_followed_but_not_kept(
    server: RawServer, secure: RawServer, trusting: HttpFetcher, status: int
) -> None:
    secure.answers["/f"] = redirect(server.url("/f"), status)
    server.answers["/f"] = answer(FEED)
    download = trusting.fetch(Request(secure.url("/f")))
    assert (download.url, download.body, download.moved_to) == (server.url("/f"), FEED, None)


def test_encryption_lost_on_the_way_and_found_again_is_not_kept(
    server: RawServer, secure: RawServer, trusting: HttpFetcher
) -> None:
    secure.answers["/f"] = redirect(server.url("/f"), 301)
    server.answers["/f"] = redirect(secure.url("/g"), 301)
    secure.answers["/g"] = answer(FEED)
    assert trusting.fetch(Request(secure.url("/f"))).moved_to is None
