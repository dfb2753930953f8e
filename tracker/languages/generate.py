"""Write base.toml of a language from locale data, the same for the same versions of the data.

Sources: CLDR (`cldr`) and dateparser's locale data (`fallback`). Words that would do harm in running text are left out:
single letters, and whatever holds a figure. Abbreviations are `weak`. What a source has wrong is dropped or overridden in
times.toml, never mended here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import UnknownLocaleError

from tracker.errors import LanguageDataError
from tracker.languages import cldr, fallback
from tracker.languages.cldr import Word
from tracker.languages.times_schema import fold

__all__ = ["base", "write"]

# ISO 639-1 code -> locales of CLDR and of dateparser, where they have another name or a language has two scripts.
_CLDR: Mapping[str, tuple[str, ...]] = {"no": ("nb", "nn"), "sr": ("sr", "sr_Latn"), "zh": ("zh", "zh_Hant")}
_DATEPARSER: Mapping[str, tuple[str, ...]] = {"no": ("nb",), "sr": ("sr", "sr-Latn"), "zh": ("zh", "zh-Hant")}
_TABLES = ("months", "weekdays", "units", "relative", "ago", "ahead", "dayparts", "refs", "marks")
# Letters of words that dateparser has beside CLDR: its shorter ones are abbreviations of forms ("die", "we", "fred").
_LEAST: Mapping[str, int] = {"months": 5, "weekdays": 5, "units": 5}
_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x2066, 0x206A)))  # directions of writing
_JUNK = re.compile(r"[0-9{}]|(?:^| )\w\.?$")  # figures, and what ends in a single letter: "this m."
_JOINER = "\u200c"  # Persian writes it, a blank or nothing
_HEAD = """\
# Generated, do not edit: python -m tracker languages generate {iso}
# What is wrong here is dropped ([drop]) or overridden in times.toml.
# Sources: CLDR {cldr} by way of Babel (Unicode License V3), locale data of dateparser {dateparser} (BSD-3-Clause); see ../NOTICE.
"""


def write(root: Path, iso: str) -> Path:
    """Write a language's base.toml, making its folder where there is none. Raises: LanguageDataError for an unknown code."""
    text = base(iso)
    path = root / iso / "base.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def base(iso: str) -> str:
    """Give the text of a language's base.toml. Raises: LanguageDataError for a code the sources do not have."""
    if not re.fullmatch("[a-z]{2}", iso):
        raise LanguageDataError("is no ISO 639-1 code", subject=iso)
    locales = _CLDR.get(iso, (iso,))
    try:
        order, name = cldr.order(locales[0]), cldr.english_name(iso)
        found = list(cldr.words(locales))
    except (OSError, UnknownLocaleError) as cause:
        raise LanguageDataError(f"CLDR has no such language: {cause}", subject=iso) from cause
    for code in _DATEPARSER.get(iso, (iso,)):
        found += [Word(*word) for word in fallback.locale_words(code) if len(word[-1]) >= _LEAST.get(word[0], 0)]
    cleaned = [word for raw in found for word in _clean(raw)]
    units = {fold(word.text) for word in found if word.table == "units"} - {""}
    cleaned = [word for word in cleaned if word.table != "relative" or _by_itself(word, units)]
    head = _HEAD.format(iso=iso, cldr=cldr.version(), dateparser=fallback.VERSION)
    return head + "\n".join(_lines(name, order, _abbreviated(cleaned))) + "\n"


def _by_itself(word: Word, units: set[str]) -> bool:
    """Tell whether a word says a time without naming its unit: "last week" is for the grammar, which also reads the words around it."""
    return word.key.startswith("day") or not any(part in word.text for part in (" ", *units))


def _clean(word: Word) -> Iterator[Word]:
    """Give the ways a word is written, none for one that is better left out."""
    text = fold(unicodedata.normalize("NFC", word.text.translate(_INVISIBLE))).strip(" ,")
    for spelled in dict.fromkeys((text, text.replace(_JOINER, " "), text.replace(_JOINER, ""))):
        if len(spelled) > 1 and any(char.isalpha() for char in spelled) and not _JUNK.search(spelled):
            yield word._replace(text=spelled)


def _abbreviated(found: list[Word]) -> list[Word]:
    """Keep as abbreviations those names that no calendar writes out, with and without their full stop."""
    named = [word for word in found if word.table in ("months", "weekdays")]
    full = {word.text for word in named if not word.short}
    short = [word for word in named if word.short and word.text not in full]
    stopped = [word._replace(text=word.text + ".") for word in short if word.text[-1].lower() != word.text[-1].upper()]
    bare = [word._replace(text=word.text[:-1]) for word in short if word.text[-1] == "." and len(word.text) > 2]
    rest = [word for word in found if word not in short and not word.text.endswith(".")]
    kept = [word for word in (*short, *stopped, *bare) if word.text not in full]
    return _once([*(word._replace(short=False) for word in rest), *kept])


def _once(found: list[Word]) -> list[Word]:
    """Keep what a word was said to be first, table by table: French "matin" is a morning before it is a night."""
    first: dict[tuple[str, str], Word] = {}
    for word in found:
        first.setdefault((word.table, word.text), word)
    return list(first.values())


def _lines(name: str, order: str, found: list[Word]) -> Iterator[str]:
    yield f'name = "{name}"'
    yield f'order = "{order}"'
    yield 'boundaries = "both"'
    if order == "mdy":
        yield "month_first = true"
    yield f"weak = {_listed({word.text for word in found if word.short})}"
    for table in _TABLES:
        keys = {word.key for word in found if word.table == table}
        if keys:
            yield f"\n[{table}]"
        for key in sorted(keys, key=lambda key: (len(key) if key.isdigit() else 0, key)):
            quoted = key if re.fullmatch("[A-Za-z0-9_]+", key) else f'"{key}"'
            yield f"{quoted} = {_listed({word.text for word in found if (word.table, word.key) == (table, key)})}"


def _listed(words: set[str]) -> str:
    escaped = (word.replace("\\", "\\\\").replace('"', '\\"') for word in sorted(words))
    return "[" + ", ".join(f'"{word}"' for word in escaped) + "]"
