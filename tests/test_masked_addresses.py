"""What of an address is a secret stands in no log and on no page."""

import pytest

from tracker.links import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://reader:hunter2@news.example/rss", "https://news.example/rss"),
        ("https://news.example/rss?token=abc123&page=2", "https://news.example/rss?token=…&page=2"),
        ("https://news.example/rss?user_key=abc;x=1", "https://news.example/rss?user_key=…;x=1"),
        ("cannot read https://a.example/?API_KEY=1 and https://b.example/?auth=2", "cannot read https://a.example/?API_KEY=… and https://b.example/?auth=…"),
        ("https://news.example/rss?topic=keys&id=4", "https://news.example/rss?topic=keys&id=4"),
        ("write to desk@news.example", "write to desk@news.example"),
        ("", ""),
    ],
)  # fmt: skip
def test_passwords_and_keys_are_hidden_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown
