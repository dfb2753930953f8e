"""How a name of a place is written down for look-up, and which words of a text could be such a name.

In: names and texts of any script. Out: forms: folded, without Russian and Ukrainian case endings and the Arabic article; words joined by
a blank in Latin and Cyrillic, by nothing in all other scripts, where spacing differs from outlet to outlet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii

__all__ = [
    "FIRST_HANGUL",
    "GLUED",
    "HANGUL",
    "cased",
    "fold",
    "form_of",
    "hangul_stems",
    "is_glued",
    "join",
    "stems",
    "variants",
    "words",
]

# A word: letters with the marks that belong to them. Han and kana have no word borders and are left out.
_LETTER = r"^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARK = r"\u0300-\u036f\u064b-\u065f\u0670\u0640\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c"
_WORD = re.compile(f"[{_LETTER}](?:[{_LETTER}]|[{_MARK}])*")
GLUED = re.compile(r"[\u0e01-\u0e4e\u30a1-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
FIRST_HANGUL = "\uac00"
HANGUL = re.compile(r"[\uac00-\ud7af]")
_STEM_LEAST = 4  # letters
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CASE_ENDINGS = re.compile(
    r"(?<=...)(?:ого|его|ому|ему|ыми|ими|ами|ями|ах|ях|ам|ям|ах|ою|ею|єю|ью|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ой|ей|ом|ем|ём|єм|ым|им|ий|ый|ої|ій|"
    r"ові|еві|єві|а|я|у|ю|е|є|и|ы|о|ь|і|ї|й)$"
)
_SECOND_ENDINGS = re.compile(r"(?<=...)(?:ом|ем|ым|им|ой|ей)$")
_SOFT = str.maketrans({"ё": "е", "ґ": "г", "’": None, "ʼ": None, "'": None})
_ARABIC_LETTERS = str.maketrans("أإآىةیکٱ", "ااايهيكا")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u200c]")
_ARTICLE = re.compile(r"^ال(?=...)")
_ARABIC_PREFIXES = re.compile(r"^(?:[وف]?(?:ال|لل|[بكل]ال)|[وف][بلك]|[وفبلك])(?=...)")
_HANGUL_TAIL = re.compile(
    r"(?:주|시|도|군|현|성|섬|반도|지역|주재|측|발|산|인|계|행|식|내|전|땅|정부|대통령|총리|외무|외교|국방|공항|항)?"
    r"(?:은|는|이|가|을|를|의|에|에서|에게|에선|에는|에도|와|과|도|만|로|으로|까지|부터|이나|나|이라고|라고|보다|서|산|인|군|측|으로부터|로부터|에서는|이며|이다)?"
)


def words(text: str) -> list[tuple[int, int, str]]:
    """Cut a text into words with their places: (start, end, word)."""
    return [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]


def is_glued(name: str) -> bool:
    """Tell whether a name is in a script without word borders: Han, kana or Thai."""
    return bool(GLUED.search(name))


def cased(word: str) -> bool:
    """Tell whether a word is of a script with capitals."""
    return word[0].lower() != word[0].upper()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold one word: case, accents, case endings, article."""
    if _CYRILLIC.search(word):
        plain = word.casefold().translate(_SOFT)
        if word.isupper() and len(word) < 6:
            return plain
        # Twice, so that what is left of "космодроме" and of "космодром" is the same.
        return _SECOND_ENDINGS.sub("", _CASE_ENDINGS.sub("", plain))
    if _ARABIC.search(word):
        return _ARTICLE.sub("", _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS))
    if _LATIN.search(word):
        return re.sub(r"[^a-z]", "", anyascii(word).lower())
    return unicodedata.normalize("NFKC", word).casefold()


def stems(form: str, endings: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give the forms a folded word may be a case of, by (ending of the case, ending of the name) pairs: "krakowie" of "krakow"."""
    bare = (form[: -len(case)] + name for case, name in endings if form.endswith(case))
    return tuple(dict.fromkeys(stem for stem in bare if len(stem) >= _STEM_LEAST and stem != form))


def form_of(name: str) -> str:
    """Give the form a name is stored under; '' where it has no letters."""
    if is_glued(name):
        return re.sub(r"[\s·・=＝]", "", unicodedata.normalize("NFKC", name))
    return join([fold(word) for _, _, word in words(name.replace("'", "").replace("’", "").replace("ʼ", ""))])


def join(folded: list[str]) -> str:
    """Put folded words together."""
    kept = [word for word in folded if word]
    if not kept:
        return ""
    return (" " if cased(kept[0]) else "").join(kept)


def variants(word: str) -> tuple[str, ...]:
    """Give the folded forms a word of a text may stand for: also without a genitive s, without Arabic prefixes."""
    plain = fold(word)
    if _ARABIC.search(word):
        bare = _ARABIC_PREFIXES.sub("", _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS), count=1)
        return (plain, bare) if bare != plain else (plain,)
    if plain.endswith("s") and len(plain) > 4:
        return plain, plain[:-1]
    return (plain,) if plain else ()


@lru_cache(maxsize=65536)
def hangul_stems(word: str) -> tuple[tuple[str, int], ...]:
    """Give the names a Korean word may begin with, particles and titles off: (name, its length), longest first."""
    lengths = range(len(word), 1, -1)
    return tuple((word[:length], length) for length in lengths if _HANGUL_TAIL.fullmatch(word, length))
