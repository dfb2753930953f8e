"""Two states that a word of East Asia names by a sign each: "한미", "日米", "中美". Data: ``data/pairs.toml``.

In: a text and its language. Out: the sign of each state and its ISO code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["paired_states"]

_DATA = Path(__file__).parent / "data" / "pairs.toml"
_HANGUL = "[가-힣]"


@dataclass(frozen=True, slots=True)
class _Pairs:
    pattern: re.Pattern[str]
    signs: Mapping[str, str]


def paired_states(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Give where each sign of a pair stands, and the ISO code of its state."""
    known = _known().get(language)
    for match in known.pattern.finditer(text) if known else ():
        for at, sign in enumerate(match[0], match.start()):
            yield at, known.signs[sign] if known else ""


@cache
def _known() -> Mapping[str, _Pairs]:
    tables = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {language: _Pairs(_pattern(table), table["signs"]) for language, table in tables.items()}


def _pattern(table: Mapping[str, object]) -> re.Pattern[str]:
    pairs, followers = (_any(table[name]) for name in ("pairs", "followers"))
    if table["whole"]:
        return re.compile(f"(?<!{_HANGUL}){pairs}(?={followers}?(?!{_HANGUL}))")
    return re.compile(f"{pairs}(?={followers})")


def _any(forms: object) -> str:
    return f"(?:{'|'.join(map(re.escape, forms))})" if isinstance(forms, list) else ""
