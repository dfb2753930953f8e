"""Keys of names and how alike two are.

A key is ``SRK SG =sergei.shoigu``: the consonant skeletons of the tokens (what an index looks up, equal in every script), then the
spelling in Latin letters (what the score is worked out from). ``~`` instead of ``=`` marks an East Asian person's name: there siblings
share a skeleton, so the given name must agree in every letter. ``#united.nations`` is a known organisation: equal or other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from tracker.names.alignment import alignment
from tracker.names.skeletons import fold_spelling, index_token, skeletons, spell

__all__ = ["EAST_ASIAN", "KNOWN", "NAME_ACCEPT", "name_key", "same_key", "same_name", "split_name"]

NAME_ACCEPT = 0.75  # likeness from which two keys are one name: no wrong pair but one on the half of tests/names/figures.tsv that was looked at
EAST_ASIAN, KNOWN, _PLAIN = "~", "#", "="
_TOKENS_MOST = 6  # longer "names" are titles of things; permutations of more cost too much
_SKELETON_SHARE = (0.0, 0.3, 0.5, 0.65, 0.75, 0.8)  # by consonants in common: one or two say little by themselves
_MANY = len(_SKELETON_SHARE) - 1
_SHORTER = 0.92  # a surname against a full name
_LONE_SURNAME = 0.6  # 'Kim' may be any Kim: below what is accepted
_SMALL_WORDS = frozenset((
    "al", "el", "ad", "ibn", "bin", "de", "da", "di", "do", "dos", "del", "van", "von", "der", "la", "le", "the",
    "of", "and", "und", "y", "e",
))  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,4}")
_SYLLABLE = re.compile(r"(?:[bcdfghjklmnpqrstwxyz]{0,3})[aeiouy]{1,3}(?:ng|rk|n|m|k|l|p|t|r|h|g)?")
# Surnames of Korea, China and Vietnam in the usual spellings; a name that begins with one and goes on in single syllables is
# East Asian. Source: the commonest surnames of the 2015 census of South Korea and of China's 2020 statistics.
_SURNAMES = frozenset((
    "kim", "lee", "yi", "rhee", "ri", "park", "pak", "bak", "choi", "choe", "jung", "jong", "jeong", "chung", "kang",
    "jo", "cho", "yoon", "yun", "jang", "im", "lim", "han", "oh", "seo", "so", "shin", "sin", "kwon", "hwang", "ahn",
    "an", "song", "ryu", "yu", "yoo", "hong", "ko", "go", "moon", "mun", "son", "yang", "pae", "bae", "paek", "baek",
    "no", "roh", "noh", "ha", "kwak", "gwak", "sung", "cha", "chu", "joo", "wang", "li", "zhang", "liu", "chen",
    "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin", "he", "guo", "ma", "luo", "liang", "xi",
    "deng", "peng", "cai", "qin", "feng", "tang", "nguyen", "tran", "le", "pham", "hoang", "phan", "vu", "vo",
    "dang", "bui", "do", "ho", "ngo", "duong", "ly", "to", "gim", "i", "ro", "nam", "ra", "na", "pan", "ban", "tsai",
    "lai", "su",
))  # fmt: skip
_KOREAN_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류유홍고문손양배백노로하곽성차주남라나반리림려태현표")
# Korean and Chinese spellings of one syllable: Revised Romanisation, McCune-Reischauer and what newspapers write.
_SYLLABLE_FORMS = (("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("oi", "oe"), ("yi", "i"))
_SYLLABLE_STARTS = {"g": "k", "d": "t", "b": "p"}
_SURNAME_FORMS = {
    "lee": "ri",
    "yi": "ri",
    "i": "ri",
    "rhee": "ri",
    "park": "pak",
    "choi": "choe",
    "roh": "no",
    "noh": "no",
    "ro": "no",
}


def split_name(name: str) -> tuple[str, ...]:
    """Split a name into tokens at blanks, hyphens, dots and the middle dot; marks such as the possessive 's are dropped."""
    text = re.sub(r"[’'`ʼ](?:s\b)?", "", unicodedata.normalize("NFKC", name))
    return tuple(token for token in re.split(r"[\W_]+", text) if token)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Give the key of a name in any script; '' where nothing of it can be spelled.

    Keys of one name in two scripts are equal or close: compare them with `same_key`, not with ``==``. East Asian names meet only in
    one spelling system or by alias (`NameBook.find`); Japanese names in kanji only by alias, since their letters are read as Chinese.
    """
    syllables = _east_asian(name)
    if syllables:
        return _write(EAST_ASIAN, syllables)
    spelled = [spell(token) for token in split_name(name)]
    tokens = [token for token in spelled if token and token not in _SMALL_WORDS] or [
        token for token in spelled if token
    ]
    return _write(_PLAIN, tuple(tokens[:_TOKENS_MOST])) if tokens else ""


@lru_cache(maxsize=65536)
def same_key(a: str, b: str) -> float:
    """Tell how alike two keys are, 0..1; from `NAME_ACCEPT` on they are one name. Symmetric; a key is like itself 1.

    Share of skeletons .65 and of letters .35, less for skeletons of one or two consonants; tokens are paired as fits best, weighted by
    length, and the worst pair counts most: brothers share one name of two. Source: the design's measurement on 92 names in 11 languages.
    """
    if a == b:
        return 1.0
    (kind_a, first), (kind_b, second) = _read(a), _read(b)
    if KNOWN in (kind_a, kind_b) or not first or not second:
        return 0.0
    if EAST_ASIAN in (kind_a, kind_b):
        return _east_asian_likeness(first, second, both=kind_a == kind_b)
    return _likeness(*sorted((first, second), key=lambda tokens: (len(tokens), tokens)))


def same_name(a: str, b: str) -> float:
    """Tell how alike two names are as written, 0..1 (see `same_key`)."""
    return same_key(name_key(a), name_key(b))


def _write(kind: str, tokens: tuple[str, ...]) -> str:
    parts = dict.fromkeys(index_token(token) for token in tokens)
    return " ".join([*(part for part in parts if part), kind + ".".join(tokens)])


@lru_cache(maxsize=16384)
def _read(key: str) -> tuple[str, tuple[str, ...]]:
    last = key.rpartition(" ")[2]
    if last[:1] not in (_PLAIN, EAST_ASIAN, KNOWN):
        return KNOWN, ()
    return last[0], tuple(token for token in last[1:].split(".") if token)


def _east_asian(name: str) -> tuple[str, ...]:
    """Give the syllables of a Korean, Chinese or Vietnamese name in one spelling; nothing for any other name."""
    text = name.strip()
    if _HAN.fullmatch(text) or (_HANGUL.fullmatch(text) and text[0] in _KOREAN_SURNAMES and len(text) > 2):
        tokens = [anyascii(character).lower() for character in text]
    else:
        tokens = [anyascii(token).lower() for token in split_name(text)]
        if len(tokens) == 2 and re.search("[A-Za-z]", text):
            tokens = [tokens[0], *_two_syllables(tokens[1])]
    if not 2 <= len(tokens) <= 4 or tokens[0] not in _SURNAMES:
        return ()
    if not all(_SYLLABLE.fullmatch(token) for token in tokens):
        return ()
    return (_SURNAME_FORMS.get(tokens[0], _one_spelling(tokens[0])), *(_one_spelling(token) for token in tokens[1:]))


def _two_syllables(given: str) -> list[str]:
    """Split 'jinping' into 'jin', 'ping'; a word that is no two syllables stays whole."""
    if len(given) < 5 or _SYLLABLE.fullmatch(given):
        return [given]
    for cut in range(len(given) - 2, 1, -1):
        if given[cut] not in "aeiouy" and _SYLLABLE.fullmatch(given[:cut]) and _SYLLABLE.fullmatch(given[cut:]):
            return [given[:cut], given[cut:]]
    return [given]


def _one_spelling(syllable: str) -> str:
    for form, plain in _SYLLABLE_FORMS:
        syllable = syllable.replace(form, plain) if len(syllable) > 2 or form != "yi" else syllable
    return _SYLLABLE_STARTS.get(syllable[0], syllable[0]) + syllable[1:]


def _east_asian_likeness(a: tuple[str, ...], b: tuple[str, ...], *, both: bool) -> float:
    if 1 in (len(a), len(b)):
        lone, full = (a, b) if len(a) == 1 else (b, a)
        return _LONE_SURNAME if _token_likeness(lone[0], full[0]) > 0.8 else 0.0
    if not both or len(a) != len(b) or a[-1] != b[-1]:
        return 0.0
    return min(_token_likeness(x, y) for x, y in zip(a, b, strict=True))


def _likeness(shorter: tuple[str, ...], longer: tuple[str, ...]) -> float:
    """Pair tokens as fits best; the more consonants agree in the whole name, the more they count against vowels."""
    best = 0.0
    for choice in permutations(range(len(longer)), len(shorter)):
        pairs = [(shorter[row], longer[column]) for row, column in enumerate(choice)]
        common = sum(min(len(skeletons(x)[0]), len(skeletons(y)[0])) for x, y in pairs)
        scores = [(_token_likeness(x, y, min(common, _MANY)), _weight(x, y)) for x, y in pairs]
        mean = sum(score * weight for score, weight in scores) / sum(weight for _, weight in scores)
        worst = min((score for score, weight in scores if weight > 1), default=mean)
        best = max(best, 0.4 * mean + 0.6 * worst)
    if max(len(token) for token in shorter) < 2:
        return min(best, _LONE_SURNAME)
    return round(best * (_SHORTER if len(shorter) < len(longer) else 1.0), 4)


def _weight(a: str, b: str) -> int:
    return min(len(a), len(b))


@lru_cache(maxsize=65536)
def _token_likeness(a: str, b: str, consonants: int = _MANY) -> float:
    """Tell how alike two tokens are; ``consonants`` are those of the whole names."""
    if a == b:
        return 1.0
    if 1 in (len(a), len(b)):  # an initial
        return 0.9 if a[0] == b[0] else 0.0
    letters = float(Levenshtein.normalized_similarity(fold_spelling(a), fold_spelling(b)))
    aligned = max(alignment(x, y) for x in skeletons(a) for y in skeletons(b))
    share = _SKELETON_SHARE[consonants]
    return share * aligned + (1 - share) * letters
