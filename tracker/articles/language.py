"""Which language a text is in.

In: title and text, and what the feed or importer declares. Out: an ISO 639-1 code, '' where nothing tells. The only module that knows
py3langid.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["LanguageDetector"]

_READ_CHARACTERS = 1000
_LETTERS_LEAST = 12  # fewer Latin letters may be of any language
_CODE = re.compile(r"[A-Za-z]{2,3}")
_TO_ISO_639_1 = {
    "in": "id", "iw": "he", "ji": "yi", "nb": "no", "nn": "no", "ind": "id", "eng": "en", "rus": "ru", "kor": "ko", "zho": "zh", "chi": "zh",
    "jpn": "ja", "ara": "ar", "spa": "es", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "por": "pt", "ukr": "uk", "msa": "ms",
    "may": "ms", "vie": "vi", "tur": "tr", "ita": "it", "nld": "nl", "dut": "nl", "pol": "pl", "hin": "hi", "fas": "fa", "per": "fa",
    "cmn": "zh", "yue": "zh", "fil": "tl",
}  # fmt: skip
# First and last code points of scripts (Unicode 15, Blocks.txt). Han comes last: Japanese and Korean texts hold it too.
_SCRIPTS = (
    ("hangul", 0xAC00, 0xD7AF), ("hangul", 0x1100, 0x11FF), ("kana", 0x3040, 0x30FF), ("thai", 0x0E00, 0x0E7F), ("greek", 0x0370, 0x03FF),
    ("hebrew", 0x0590, 0x05FF), ("devanagari", 0x0900, 0x097F), ("bengali", 0x0980, 0x09FF), ("gurmukhi", 0x0A00, 0x0A7F),
    ("gujarati", 0x0A80, 0x0AFF), ("tamil", 0x0B80, 0x0BFF), ("telugu", 0x0C00, 0x0C7F), ("kannada", 0x0C80, 0x0CFF),
    ("malayalam", 0x0D00, 0x0D7F), ("sinhala", 0x0D80, 0x0DFF), ("burmese", 0x1000, 0x109F), ("khmer", 0x1780, 0x17FF),
    ("lao", 0x0E80, 0x0EFF), ("georgian", 0x10A0, 0x10FF), ("armenian", 0x0530, 0x058F), ("ethiopic", 0x1200, 0x137F),
    ("arabic", 0x0600, 0x06FF), ("arabic", 0xFB50, 0xFEFF), ("cyrillic", 0x0400, 0x052F), ("han", 0x3400, 0x9FFF), ("han", 0x20000, 0x3FFFF),
    ("latin", 0x0041, 0x024F), ("latin", 0x1E00, 0x1EFF),
)  # fmt: skip
# The languages written in a script; the first is meant where nothing else tells. Latin: all that are not named here.
_LANGUAGES = {
    "hangul": ("ko",), "kana": ("ja",), "han": ("zh", "ja"), "thai": ("th",), "greek": ("el",), "hebrew": ("he", "yi"),
    "devanagari": ("hi", "mr", "ne"), "bengali": ("bn", "as"), "gurmukhi": ("pa",), "gujarati": ("gu",), "tamil": ("ta",), "telugu": ("te",),
    "kannada": ("kn",), "malayalam": ("ml",), "sinhala": ("si",), "burmese": ("my",), "khmer": ("km",), "lao": ("lo",), "georgian": ("ka",),
    "armenian": ("hy",), "ethiopic": ("am", "ti"), "arabic": ("ar", "fa", "ur", "ps", "ku", "ug", "sd"),
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "uz", "tt", "ba", "ce"),
}  # fmt: skip
_NOT_LATIN = frozenset(code for codes in _LANGUAGES.values() for code in codes) - {"sr", "uz", "kk", "ku", "mn", "az"}
_KANA_SHARE = 0.05  # of Han and kana together: a Japanese text has more, a Chinese one that quotes a name has less
# Words of one of two close languages that the other does not use (KBBI, DBP Kamus Dewan: official word lists of Indonesia and Malaysia).
_INDONESIAN = frozenset(
    ("bahwa", "karena", "bisa", "kepada", "polisi", "rumah", "kantor", "sepeda", "bulan", "anda", "sudah", "uang", "mobil", "wib", "pemerintah",
     "kamis", "rabu", "jumat", "mengatakan", "tersebut", "gubernur", "provinsi", "kabupaten", "korban", "tewas", "inggris", "jepang", "beberapa", "saat")
)  # fmt: skip
_MALAY = frozenset(
    ("bahawa", "kerana", "boleh", "polis", "pejabat", "wang", "kereta", "khamis", "jumaat", "ahad", "berkata", "daripada", "kerajaan", "ialah",
     "perdana", "datuk", "ringgit", "isnin", "maut", "mangsa", "jepun", "beliau", "bagaimanapun", "menerusi", "turut", "semalam")
)  # fmt: skip
_LIKE_INDONESIAN = ("id", "ms", "jv", "jw", "su")  # the model takes short Indonesian texts for any of these
_UKRAINIAN, _BELARUSIAN = re.compile("[іїєґІЇЄҐ]"), re.compile("[ўЎ]")
_RUSSIAN = re.compile("[ыэёЫЭЁ]")  # ъ is Bulgarian too


class LanguageDetector:
    """Tells languages apart. The model is loaded at first need, once; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: LanguageIdentifier | None = None

    def detect(self, title: str, text: str, *, declared: str = "") -> str:
        """Give the ISO 639-1 code of an article's language, '' if undecided.

        1. ``declared`` ('id', 'zh-Hans', 'en_US') wins, unless the text is in a script that language is not written in.
        2. A script that only one language uses decides.
        3. A model decides among the script's languages, from the first 1000 characters.
        """
        sample = f"{title}\n{text}"[:_READ_CHARACTERS]
        script, letters = _script(sample)
        code = _code(declared)
        if code and _writes(code, script, letters):
            return code
        candidates = _LANGUAGES.get(script, ())
        if len(candidates) == 1 or script in ("han", "kana"):
            return candidates[0]
        if not script or (letters < _LETTERS_LEAST and not candidates):
            return ""
        return self._among(sample, script, candidates)

    def _among(self, sample: str, script: str, candidates: tuple[str, ...]) -> str:
        if script == "cyrillic" and (letter := _by_letters(sample)):
            return letter
        ranked = (code for code, _ in self._identifier().rank(sample))
        best = next((code for code in ranked if (code in candidates if candidates else code not in _NOT_LATIN)), "")
        if best in _LIKE_INDONESIAN:
            return _indonesian_or_malay(sample)
        return best or (candidates[0] if candidates else "")

    def _identifier(self) -> LanguageIdentifier:
        with self._lock:
            if self._model is None:
                self._model = LanguageIdentifier.from_model_file(MODEL_FILE)
            return self._model


def _code(declared: str) -> str:
    found = _CODE.match(declared.strip())
    code = found.group().lower() if found else ""
    code = _TO_ISO_639_1.get(code, code)
    return code if len(code) == 2 else ""


@lru_cache(maxsize=16384)
def _script_of(letter: str) -> str:
    return next((name for name, first, last in _SCRIPTS if first <= ord(letter) <= last), "other")


def _script(sample: str) -> tuple[str, int]:
    """Give the script of most letters and how many letters there are; kana decides over Han."""
    counts: Counter[str] = Counter()
    for character, times in Counter(sample).items():
        if character.isalpha():
            counts[_script_of(character)] += times
    if not counts:
        return "", 0
    if (
        counts["kana"] > _KANA_SHARE * (counts["kana"] + counts["han"])
        and counts["kana"] + counts["han"] > counts["hangul"]
    ):
        counts["kana"] += counts.pop("han", 0)
    # One Han character or Hangul syllable says as much as two or three letters.
    weights = {"han": 2, "kana": 2, "hangul": 2}
    script = max(counts, key=lambda name: (counts[name] * weights.get(name, 1), name))
    return script, sum(counts.values())


def _writes(code: str, script: str, letters: int) -> bool:
    """Tell whether a language may be written in a script; too few letters contradict nothing."""
    if not script or script == "other" or letters < 8:
        return True
    if script == "latin":
        return code not in _NOT_LATIN
    return code in _LANGUAGES.get(script, (code,))


def _by_letters(sample: str) -> str:
    """Tell Ukrainian, Belarusian and Russian by the letters only one of them has; '' where they do not tell."""
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if _BELARUSIAN.search(sample) and ukrainian and russian:
        return "be"
    if ukrainian > 2 * russian:
        return "uk"
    return "ru" if russian > 2 and not ukrainian else ""


def _indonesian_or_malay(sample: str) -> str:
    words = Counter(re.findall(r"[a-z]+", sample.lower()))
    indonesian, malay = (sum(words[word] for word in listed) for listed in (_INDONESIAN, _MALAY))
    return "ms" if malay > indonesian else "id"
