"""A server that misbehaves as told, and a canary that no download may reach."""

import os
from collections.abc import Iterator

import pytest
from raw_server import RawServer


@pytest.fixture(autouse=True)
def authorities(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the machine's certificates; reading them would take most of the time, too."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)


@pytest.fixture
def server() -> Iterator[RawServer]:
    running = RawServer()
    yield running
    running.close()


@pytest.fixture
def canary() -> Iterator[RawServer]:
    """An internal service: whoever asks it anything was led inwards."""
    running = RawServer()
    yield running
    running.close()
    assert running.asked == []
