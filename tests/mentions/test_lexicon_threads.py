"""A language is shared by all threads that read articles, and says the same to each."""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from tracker.languages import shipped
from tracker.mentions.lexicon import Lexicon

WORDS = [
    "".join(parts) for parts in product(("ver", "be", "ein", "auf"), ("kauf", "stell", "räum", "häus"), ("ungen", "lichkeit", "ern", "endes"))
]  # fmt: skip


@pytest.mark.parametrize("iso", ["de", "ru"])
def test_stems_are_the_same_for_threads_that_ask_at_once(iso: str) -> None:
    data = shipped().mentions(iso)
    assert data is not None
    alone = [Lexicon(data).stem(word) for word in WORDS]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            shared = Lexicon(data)
            with ThreadPoolExecutor(4) as pool:
                found = list(pool.map(lambda _, stem=shared.stem: [stem(word) for word in WORDS], range(4)))
            assert found == [alone] * 4
    finally:
        sys.setswitchinterval(interval)
