"""Documents whose declared encoding is wrong, read once more: as damaged UTF-8, or in the usual code page of the language.

feedparser takes such a document for windows-1252, which turns Moscow into ``Ìîñêâà`` without a word.
"""

from __future__ import annotations

__all__ = ["second_reading"]

# Legacy encodings by language: WHATWG Encoding Standard and HTML Standard, table of locale defaults.
_PAGES = {
    "ar": "cp1256", "be": "cp1251", "bg": "cp1251", "cs": "cp1250", "el": "cp1253", "et": "cp1257", "fa": "cp1256", "he": "cp1255",
    "hu": "cp1250", "ja": "cp932", "kk": "cp1251", "ko": "cp949", "ky": "cp1251", "lt": "cp1257", "lv": "cp1257", "mk": "cp1251",
    "pl": "cp1250", "ru": "cp1251", "sk": "cp1250", "sr": "cp1251", "tg": "cp1251", "th": "cp874", "tr": "cp1254", "uk": "cp1251",
    "vi": "cp1258", "zh": "gb18030",
}  # fmt: skip
_DAMAGE = 10  # one broken among ten letters beyond ASCII is UTF-8 with scratches; another encoding breaks nearly all


def second_reading(body: bytes, language: str) -> tuple[bytes, str] | None:
    """Give (the body in UTF-8, the encoding it was read in); None where nothing fits better than what was tried."""
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") * _DAMAGE <= beyond_ascii:
        return text.encode(), "utf-8"
    page = _PAGES.get(language[:2].lower())
    if page is None:
        return None
    try:
        return body.decode(page).encode(), page
    except UnicodeDecodeError:
        return None
