"""The layers of a language's words of time: what all share, what was generated (base.toml), what is written by hand (times.toml).

A word means what each layer says; under one table the upper layer decides. ``[drop]`` of times.toml takes words out of
base.toml, table by table, because a generated file is never edited.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.errors import LanguageDataError
from tracker.languages.times_schema import fold

__all__ = ["layered"]

Tables = Mapping[str, object]
_NAMED = ("months", "weekdays")


def layered(own: Tables, generated: Tables, shared: Tables, iso: str) -> tuple[Tables, Tables]:
    """Give the hand-written tables with all plain keys, and the tables that lie below them.

    A generated word is weak only where ``own`` does not list it itself. Raises: LanguageDataError for a dropped word that base.toml does not have.
    """
    kept = _without(generated, _dropped(own, iso), iso)
    listed = {fold(word) for name in _NAMED for words in _words(own, name).values() for word in words}
    weak = [word for word in _list(kept.get("weak")) if word not in listed]
    plain = {key: value for key, value in kept.items() if not isinstance(value, Mapping)}
    below = {name: _joined(_words(shared, name), _words(kept, name)) for name in (*shared, *kept) if name not in plain}
    return {**plain, **own, "weak": [*_list(own.get("weak")), *weak]}, below


def _dropped(own: Tables, iso: str) -> Mapping[str, tuple[str, ...]]:
    drop = own.get("drop", {})
    if not isinstance(drop, Mapping) or not all(isinstance(words, list) for words in drop.values()):
        raise LanguageDataError("drop holds lists of words by table", subject=iso)
    return {name: tuple(words) for name, words in drop.items()}


def _without(generated: Tables, drop: Mapping[str, tuple[str, ...]], iso: str) -> Tables:
    kept = dict(generated)
    for name, words in drop.items():
        table = _words(generated, name)
        unknown = set(words) - {word for listed in table.values() for word in listed}
        if unknown:
            raise LanguageDataError(f"drop.{name}: base.toml has no {min(unknown)!r} there", subject=iso)
        kept[name] = {key: [word for word in listed if word not in words] for key, listed in table.items()}
    return kept


def _joined(first: Mapping[str, list[str]], second: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    return {key: [*first.get(key, []), *second.get(key, [])] for key in (*first, *second)}


def _words(tables: Tables, name: str) -> Mapping[str, list[str]]:
    """Give the lists of words of a table; what is none is left to the schema to refuse."""
    table = tables.get(name)
    return {key: _list(words) for key, words in table.items()} if isinstance(table, Mapping) else {}


def _list(value: object) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
