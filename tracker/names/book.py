"""The well-known by name: an alias table, and finding its names in running text.

In: TOML files of ``[[actor]]`` with ``kind`` and ``names`` per language. Out: actors with one key in all scripts.
Names are matched token by token, without case endings in Cyrillic, prefixes in Arabic and particles in Korean; in scripts without blanks
anywhere in the text.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tracker.errors import SettingsError
from tracker.names.keys import KNOWN, name_key, split_name
from tracker.types import Actor

__all__ = ["NameBook"]

SHIPPED = Path(__file__).with_name("aliases.toml")
_KINDS = ("person", "organisation", "country")
_WORD = re.compile(r"[^\W_]+")
_WORDS_KEPT = 50_000  # words whose folded forms are remembered
_GLUED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CASE_ENDINGS = re.compile(
    r"(?<=..)(?:ого|его|ому|ему|ием|ией|еем|ыми|ими|ой|ей|ою|ею|ом|ем|ём|ым|им|ий|ый|ия|ию|ии|ие|ів|ові|еві|ея|ею|ее|їв|а|я|у|ю|е|и|ы|о|ь|і|ї|й)$"
)
_ARABIC_PREFIXES = re.compile(r"^(?:[وف]?(?:ال|لل|[بكل]ال)|[وفبلك])(?=..)")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآىةیک", "ااايهيك")
# What may follow a short name in Korean: particles, and titles written on.
_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|만|로|으로|측|씨|보다|까지|부터|이나|나|대통령|총리|장관|총서기|·|서)"
)


@dataclass(frozen=True, slots=True)
class _Alias:
    tokens: tuple[str, ...]
    exact: tuple[str, ...]  # per token: how an acronym must be written, '' where case does not matter
    languages: frozenset[str]
    actor: Actor


class NameBook:
    """Known actors by any of their names. Immutable once loaded, so safe to share between threads."""

    def __init__(self, rows: list[tuple[Actor, Mapping[str, list[str]]]]) -> None:
        words: dict[str, dict[tuple[tuple[str, ...], str], _Alias]] = {}
        glued: dict[str, dict[str, Actor]] = {}
        for actor, names in rows:
            for language, forms in names.items():
                for form in forms:
                    if _GLUED.search(form):
                        text = unicodedata.normalize("NFKC", form)
                        glued.setdefault(text[0], {}).setdefault(text, actor)
                    else:
                        _add(words, form, language, actor)
        self._words = {first: sorted(found.values(), key=_longest_first) for first, found in words.items()}
        self._glued = {first: sorted(found.items(), key=lambda item: -len(item[0])) for first, found in glued.items()}
        self._found = lru_cache(maxsize=_WORDS_KEPT)(self._find)
        self._glued_first = re.compile(f"[{''.join(map(re.escape, self._glued))}]" if self._glued else "(?!)")

    @classmethod
    def load(cls, path: Path | None = None) -> NameBook:
        """Read the shipped table, and the operator's own where ``path`` exists; the operator's names weigh more.

        Raises: SettingsError naming the file and the actor that cannot be read.
        """
        own = _read(path) if path is not None and path.exists() else []
        return cls([*own, *_read(SHIPPED)])

    def find(self, name: str, language: str = "") -> Actor | None:
        """Give the known actor of that name, in any script, case form or order of upper and lower case; None if unknown."""
        return self._found(name, language)

    def _find(self, name: str, language: str) -> Actor | None:
        text = unicodedata.normalize("NFKC", name).strip()
        if _GLUED.search(text):
            bare = re.sub(r"[\s·・]", "", text)
            return next(
                (actor for form, actor in self._glued.get(bare[:1], ()) if re.sub(r"[\s·・]", "", form) == bare), None
            )
        tokens = split_name(text)
        for folded in _foldings(tokens):
            found = [
                alias for alias in self._words.get(folded[0], ()) if alias.tokens == folded and _asked(alias, tokens)
            ]
            if found:
                return min(found, key=lambda alias: language not in alias.languages).actor
        return None

    def scan(self, text: str, language: str) -> tuple[tuple[int, int, Actor], ...]:
        """Find known names in running text: (start, end, actor) in order, longest match, none overlapping.

        Names in cased scripts must begin with a capital, acronyms must be in capitals.
        """
        found = sorted([*self._scan_words(text, language), *self._scan_glued(text)], key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, Actor]] = []
        for hit in found:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return tuple(kept)

    def _scan_words(self, text: str, language: str) -> Iterator[tuple[int, int, Actor]]:
        words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text) if not _GLUED.match(text, m.start())]
        after = 0
        for at, (start, _, word) in enumerate(words):
            if at < after or word[0].islower():
                continue
            alias = self._match(words, at, text, language)
            if alias is not None:
                after = at + len(alias.tokens)
                yield start, words[after - 1][1], alias.actor

    def _match(self, words: list[tuple[int, int, str]], at: int, text: str, language: str) -> _Alias | None:
        best: _Alias | None = None
        for form in _forms(words[at][2]):
            for alias in self._words.get(form, ()):
                if best is not None and len(alias.tokens) < len(best.tokens):
                    break
                if self._fits(alias, words, at, text, language) and (
                    best is None or len(alias.tokens) > len(best.tokens) or language in alias.languages
                ):
                    best = alias
        return best

    @staticmethod
    def _fits(alias: _Alias, words: list[tuple[int, int, str]], at: int, text: str, language: str) -> bool:
        run = words[at : at + len(alias.tokens)]
        if len(run) < len(alias.tokens) or not _written(alias, tuple(word for _, _, word in run)):
            return False
        if len(run) == 1 and _is_acronym(alias.exact[0]) and language and not alias.languages & {"en", language}:
            return False
        if any(token not in _forms(word) for token, (_, _, word) in zip(alias.tokens, run, strict=True)):
            return False
        gaps = (text[a[1] : b[0]] for a, b in pairwise(run))
        return all(len(gap) <= 2 and "\n" not in gap and not set(gap) & set(',;:!?()"') for gap in gaps)

    def _scan_glued(self, text: str) -> Iterator[tuple[int, int, Actor]]:
        after = 0
        for first in self._glued_first.finditer(text):
            at = first.start()
            if at < after:
                continue
            for form, actor in self._glued[first[0]]:
                if text.startswith(form, at) and _bounded(text, at, at + len(form)):
                    after = at + len(form)
                    yield at, after, actor
                    break


def _add(words: dict[str, dict[tuple[tuple[str, ...], str], _Alias]], form: str, language: str, actor: Actor) -> None:
    pieces = split_name(form)
    tokens = tuple(_plain(piece) for piece in pieces)
    exact = tuple(piece if _is_acronym(piece) or (len(piece) == 2 and len(pieces) == 1) else "" for piece in pieces)
    slot = words.setdefault(tokens[0], {})
    known = slot.get((tokens, actor.key))
    languages = (known.languages if known else frozenset()) | {language}
    slot[tokens, actor.key] = _Alias(tokens, exact, languages, actor)


def _longest_first(alias: _Alias) -> tuple[int, tuple[str, ...]]:
    return -len(alias.tokens), alias.tokens


def _is_acronym(piece: str) -> bool:
    return len(piece) > 1 and piece.isupper() and not _ARABIC.search(piece)


def _asked(alias: _Alias, words: tuple[str, ...]) -> bool:
    """Tell whether a name asked for may be an alias: long acronyms and short names in any case, "who" and "us" only in capitals."""
    return all(
        not exact or word == exact or (word.islower() and (len(exact) > 3 or not _is_acronym(exact)))
        for exact, word in zip(alias.exact, words, strict=True)
    )


def _written(alias: _Alias, words: tuple[str, ...]) -> bool:
    """Tell whether acronyms are in capitals; an ending may follow ('НАТОвский' is another word, "NATOs" is not)."""
    return all(
        not exact or word == exact or word in (exact + "s", exact + "S")
        for exact, word in zip(alias.exact, words, strict=False)
    )


@lru_cache(maxsize=_WORDS_KEPT)
def _plain(word: str) -> str:
    """Fold one word: no case, no accents, no Russian ending, no Arabic article."""
    if _CYRILLIC.search(word):
        return (
            word.casefold().replace("ё", "е")
            if _is_acronym(word)
            else _CASE_ENDINGS.sub("", word.casefold()).replace("ё", "е")
        )
    if _ARABIC.search(word):
        return re.sub(r"^ال(?=..)", "", _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS))
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=_WORDS_KEPT)
def _forms(word: str) -> tuple[str, ...]:
    """Give the folded forms a word of a text may have: as it is, without genitive s, without Arabic prefixes, without case ending."""
    plain = _plain(word)
    if _ARABIC.search(word):
        marked = _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
        return tuple(dict.fromkeys((plain, _ARABIC_PREFIXES.sub("", marked, count=1))))
    if plain.endswith("s") and len(plain) > 4:
        return plain, plain[:-1]
    return (plain,)


def _foldings(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if tokens:
        yield tuple(_plain(token) for token in tokens)
        yield (*(_plain(token) for token in tokens[:-1]), _forms(tokens[-1])[-1])


def _bounded(text: str, start: int, end: int) -> bool:
    """Tell whether a name in Hangul or katakana stands by itself; Han characters have no borders."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _HANGUL.match(text[start]):
        if before and _HANGUL.match(before):
            return False
        return end - start > 2 or not after or not _HANGUL.match(after) or bool(_PARTICLES.match(text, end))
    if _KATAKANA.match(text[start]):
        return not (before and _KATAKANA.match(before)) and not (
            _KATAKANA.match(text[end - 1]) and after and _KATAKANA.match(after)
        )
    return True


def _read(path: Path) -> list[tuple[Actor, Mapping[str, list[str]]]]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("actor", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise SettingsError(f"cannot be read: {cause}", subject=str(path)) from cause
    if not isinstance(rows, list):
        raise SettingsError("write names as [[actor]]", subject=str(path))
    return [_row(row, f"{path}, actor {number}") for number, row in enumerate(rows, 1)]


def _row(row: object, subject: str) -> tuple[Actor, Mapping[str, list[str]]]:
    if not isinstance(row, dict) or row.get("kind") not in _KINDS:
        raise SettingsError(f"kind must be one of {', '.join(_KINDS)}", subject=subject)
    names = row.get("names")
    if not isinstance(names, dict) or not names:
        raise SettingsError("names = { en = [...], ... } is missing", subject=subject)
    for language, forms in names.items():
        if (
            not isinstance(forms, list)
            or not all(isinstance(form, str) and split_name(form) for form in forms)
            or not forms
        ):
            raise SettingsError(f"names.{language} is no list of names", subject=subject)
    canonical = (names.get("en") or next(iter(names.values())))[0]
    return Actor(canonical, row["kind"], _key(row, canonical, subject)), names


def _key(row: Mapping[str, object], canonical: str, subject: str) -> str:
    if row["kind"] == "person":
        return name_key(canonical)
    if row["kind"] == "organisation":
        return KNOWN + ".".join(token.casefold() for token in split_name(canonical))
    country = row.get("country")
    if not isinstance(country, str) or not re.fullmatch("[A-Z]{2}", country):
        raise SettingsError("a country needs country = its two-letter ISO 3166 code", subject=subject)
    return country
