"""The interface language: CLDR patterns by babel, sentences by gettext.

Every sentence a reader of the interface meets passes `say` or `count`; catalogues are handed in, none is loaded here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

__all__ = ["Catalogue", "Speech", "isolated", "language_name", "plain_speech", "unturned"]

# CLDR's "en" writes the month first; an international site writes 17 June 2025 (ADR 0005 keeps one English interface).
_LOCALES = {"en": "en_GB"}

# CLDR leaves the word for "language" out where its speakers do not; the bare word names a country or a people.
_OWN_NAMES = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}


class Catalogue(Protocol):
    """What gettext and babel offer as translations."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class _Untranslated:
    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n == 1 else msgid2


@dataclass(frozen=True)
class Speech:
    """One interface language. ``code`` is its BCP 47 name, ``locale`` what CLDR knows of it."""

    code: str
    locale: Locale
    catalogue: Catalogue

    @property
    def direction(self) -> str:
        """'ltr' or 'rtl', for the page's ``dir``."""
        return str(self.locale.text_direction)

    def say(self, message: str, **parts: object) -> str:
        """Translate a sentence, then fill in its named parts."""
        return self.catalogue.gettext(message).format(**parts)

    def count(self, one: str, many: str, n: int, **parts: object) -> str:
        """Translate a sentence with a number, in the plural form the language asks for; the number is {n}."""
        if not parts:
            return _counted(self, one, many, n)
        return self.catalogue.ngettext(one, many, n).format(n=self.number(n), **parts)

    def number(self, value: float) -> str:
        """Write a number with the language's digits and grouping."""
        return _number(value, self.locale)

    def pattern(self, day: date, pattern: str) -> str:
        """Write a day after a CLDR pattern or one of full, long, medium, short."""
        return _pattern(day, pattern, self.locale)

    def skeleton(self, day: date, fields: str) -> str:
        """Write some fields of a day as the language orders them, named by a CLDR skeleton: yMMMd, yMMM, MMMd."""
        return _skeleton(day, fields, self.locale)

    def moment(self, value: datetime, *, has_time: bool = True) -> str:
        """Write a point in time with its zone; only the day where no hour is known."""
        day = self.pattern(value.date(), "long")
        if not has_time:
            return day
        hour = str(format_datetime(value, "HH:mm", locale=self.locale))
        joined = str(self.locale.datetime_formats["medium"]).replace("'", "")
        return f"{joined.replace('{0}', hour).replace('{1}', day)} {_zone(value)}"

    def either(self, parts: Iterable[str]) -> str:
        """Join with the language's "or"."""
        return str(format_list(list(parts), style="or", locale=self.locale))

    def all_of(self, parts: Iterable[str]) -> str:
        """Join with the language's "and"."""
        return str(format_list(list(parts), style="standard", locale=self.locale))

    def country(self, code: str) -> str:
        """Name a country in the interface language; '' where CLDR has no name."""
        return str(self.locale.territories.get(code.upper(), ""))

    def language(self, code: str) -> str:
        """Name a language in itself: ru -> русский; the code where CLDR has no name."""
        return language_name(code)


def plain_speech(code: str = "en", catalogue: Catalogue | None = None) -> Speech:
    """Build the speech of an interface language; without a catalogue the sentences stay English.

    Raises: babel.UnknownLocaleError for a code CLDR does not know.
    """
    return Speech(code, Locale.parse(_LOCALES.get(code, code)), catalogue or _Untranslated())


def language_name(code: str) -> str:
    """Name a language in itself: ru -> русский; the code where CLDR has no name."""
    return _own_name(code) or code


def _zone(value: datetime) -> str:
    """Write an offset as people write it: UTC, UTC+7, UTC+5:30."""
    minutes = round((value.utcoffset() or timedelta(0)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def isolated(text: str) -> str:
    """Wrap a foreign name so that its direction stays its own (Unicode 6.3 isolates); its own controls are dropped."""
    return f"\u2068{unturned(text)}\u2069"


def unturned(text: str) -> str:
    """Drop direction controls, for places where no markup can hold them in: titles of windows, attributes."""
    return "".join(c for c in text if c not in _BIDI)


_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=8192)
def _counted(speech: Speech, one: str, many: str, n: int) -> str:
    return speech.catalogue.ngettext(one, many, n).format(n=speech.number(n))


@lru_cache(maxsize=8192)  # a page writes hundreds, mostly the same
def _number(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=8192)
def _pattern(day: date, pattern: str, locale: Locale) -> str:
    return str(format_date(day, pattern, locale=locale))


@lru_cache(maxsize=8192)
def _skeleton(day: date, fields: str, locale: Locale) -> str:
    return str(format_skeleton(fields, day, locale=locale))


@lru_cache(maxsize=256)
def _own_name(code: str) -> str:
    return _OWN_NAMES.get(code) or next((str(name) for name in _names_of(code) if name), "")


def _names_of(code: str) -> Iterable[str | None]:
    if Locale.parse("en").languages.get(code) and code in _spoken():
        yield Locale.parse(code).get_language_name(code)
    yield Locale.parse("en").languages.get(code)


@lru_cache(maxsize=1)
def _spoken() -> frozenset[str]:
    return frozenset(locale_identifiers())
