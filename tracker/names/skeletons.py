"""A name in Latin letters, and its consonants in classes: what survives when a name passes from script to script.

In: one token of a name, any script. Out: a spelling in a-z with a few capitals for letters that can be read two ways, and
skeletons over the classes P (p b f v) T (t d) K (k g q c x) S (s z j ch sh zh ts) R (l r) M N.

Capitals in a spelling: ``X`` Cyrillic х (k or h), ``J`` Arabic ج and Chinese j q x (s or k), ``C`` Japanese ch (s or t), ``Z`` Japanese
and Korean s (s or th). ``w`` is v, f or a vowel in every script.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii

__all__ = ["fold_spelling", "index_token", "skeleton", "skeletons", "spell"]

_CLASSES = {
    **dict.fromkeys("pbfv", "P"), **dict.fromkeys("td", "T"), **dict.fromkeys("kgq", "K"), **dict.fromkeys("szj", "S"),
    **dict.fromkeys("lr", "R"), "m": "M", "n": "N",
}  # fmt: skip
_AMBIGUOUS = {"X": ("K", ""), "J": ("S", "K"), "C": ("S", "T"), "Z": ("S", "T"), "w": ("P", "")}
_FIRST_READING = {"w": ""}  # where the usual reading is not the first: 'Shoigu' in Arabic letters has a w for its u
_ALTERNATIVES_MOST = 16
# Longest first: what several letters stand for one consonant class. 'c' before e, i, y is s, else k.
_DIGRAPHS = re.compile(
    r"(?P<z>dsch|dzh|zh|dz|dj)|(?P<s>shch|tsch|sch|tch|tsh|tz|ts|cz|ch|sh|c(?=[eiy]))|(?P<g>gh)|(?P<k>kh|ck|c)"
    r"|(?P<p>ph)|(?P<t>th)|(?P<n>ng)|(?P<x>x)"
)
_VOICED = {"b": "B", "v": "B", "d": "D", "g": "G", "z": "Z", "j": "Z", "J": "Z"}
_CYRILLIC_ENDINGS = re.compile(
    r"(?:(?<=ов)ым|(?<=ев)ым|(?<=ёв)ым|(?<=ин)ым|(?<=ын)ым|(?<=[кцгх])им|(?<=...)(?:ого|его|ому|ему|ом|ою)|(?<=..[ецжшчщь])ем|(?<=..и)ем)$"
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")


@lru_cache(maxsize=16384)
def spell(token: str) -> str:
    """Write a token in Latin letters: case endings of Russian and Ukrainian and the Arabic article off, ambiguous letters as capitals."""
    text = token.casefold()
    if _CYRILLIC.search(text):
        return _letters(_CYRILLIC_ENDINGS.sub("", text), (("х", "X"),))
    if _ARABIC.search(text):
        text = re.sub(r"[\u064b-\u065f\u0670\u0640]", "", text)
        return _letters(re.sub(r"^ال(?=...)", "", text), (("ج", "J"), ("و", "w")))
    if _HANGUL.search(text):
        return _letters(anyascii(text).lower().replace("eu", "u").replace("eo", "o"), (("s", "Z"),))
    if _KANA.search(text):
        return _letters(anyascii(text).lower(), (("sh", "sh"), ("ch", "C"), ("s", "Z")))
    if _HAN.search(text):
        return _letters(anyascii(text).lower(), (("zh", "zh"), ("j", "J"), ("q", "J"), ("x", "J")))
    return _letters(text, ())


def _letters(text: str, capitals: tuple[tuple[str, str], ...]) -> str:
    """Romanise all but the ambiguous letters. 'sh' -> 'sh' in the table keeps a digraph from being split."""
    if not capitals:
        return re.sub(r"[^a-z]", "", anyascii(text).lower())
    table = dict(capitals)
    parts = re.split("(" + "|".join(re.escape(letter) for letter, _ in capitals) + ")", text)
    spelled = [table[part] if part in table else re.sub(r"[^a-z]", "", anyascii(part).lower()) for part in parts]
    return "".join(spelled)


def skeleton(token: str) -> str:
    """Give the likeliest consonant skeleton of a token in any script, 'SK' for Shoigu; '' where it has only vowels."""
    return skeletons(spell(token))[0]


@lru_cache(maxsize=16384)
def skeletons(spelling: str) -> tuple[str, ...]:
    """Give every skeleton a spelling (see `spell`) may have, the likeliest first; at most sixteen."""
    text = _one_letter_each(spelling)
    options: list[tuple[str, ...]] = []
    for letter in text:
        if letter in _AMBIGUOUS:
            first = _reading(letter)
            options.append((first, *(reading for reading in _AMBIGUOUS[letter] if reading != first)))
        elif letter in _CLASSES:
            options.append((_CLASSES[letter],))
    found = ("".join(choice) for choice in islice(product(*options), _ALTERNATIVES_MOST))
    return tuple(dict.fromkeys(re.sub(r"(.)\1+", r"\1", consonants) for consonants in found))


def index_token(spelling: str) -> str:
    """Give what a name is looked up by: its skeleton; one of two consonants or fewer tells b from p, d from t, g from k, z from s too."""
    first = skeletons(spelling)[0]
    if len(first) > 2:
        return first
    consonants = [_VOICED.get(letter) or _reading(letter) for letter in _one_letter_each(spelling)]
    return re.sub(r"(.)\1+", r"\1", "".join(consonants))


def _reading(letter: str) -> str:
    if letter in _AMBIGUOUS:
        return _FIRST_READING.get(letter, _AMBIGUOUS[letter][0])
    return _CLASSES.get(letter, "")


def _one_letter_each(spelling: str) -> str:
    return _DIGRAPHS.sub(lambda found: "ks" if found.lastgroup == "x" else str(found.lastgroup), spelling)


@lru_cache(maxsize=16384)
def fold_spelling(spelling: str) -> str:
    """Level out what romanisations differ in, for comparing letters: w u, y i, kh h, ph f, doubled letters."""
    text = (
        spelling.lower()
        .replace("kh", "h")
        .replace("ph", "f")
        .replace("sch", "sh")
        .replace("x", "h" if "X" in spelling else "ks")
    )
    text = text.translate(str.maketrans("wyvq", "uibk"))
    return re.sub(r"(.)\1+", r"\1", text)
