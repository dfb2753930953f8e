"""What `mentions.toml` may hold: words of events, status, speech and names of one language.

Words are lower-case. A word ending in ``*`` stands for all words that begin so ("visit*"); with a stemmer, other words
stand for all words of their stem. In scripts without blanks between words every entry is found anywhere.
Types are the hub across languages: every language lists the same names, `TYPES`. ``not_events`` are phrases in which a word of
a type names no event ("ring of fire"). A cue of status with "…" in it has words between ("soll … *t haben"): a star there stands
for any beginning, and its end tells that the deed is past. ``separable`` are particles that leave their verb for the end of its
clause: a type's "trat zurück" stands for "trat am Montag zurück" too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tracker.errors import LanguageDataError
from tracker.languages.times_schema import TimesData, fold

__all__ = ["TYPES", "MentionsData", "read_mentions"]

# After the event types of ACLED, PLOVER and EM-DAT, cut to what news of all kinds tells in one sentence.
TYPES = (
    "visit", "talks", "statement", "agreement", "ratification", "decision", "law", "vote", "election", "appointment", "resignation",
    "protest", "attack", "battle", "explosion", "deployment", "training", "weapons_test", "arrest", "trial", "verdict", "sanction",
    "aid", "price", "construction", "demining", "quake", "eruption", "flood", "landslide", "storm", "fire", "accident",
    "death", "death_toll", "disease", "evacuation", "launch", "match", "ceremony", "award", "crime", "business", "discovery",
)  # fmt: skip
STATUSES = ("planned", "ongoing", "denied", "alleged", "cancelled", "occurred")
_STEMMERS = (
    "arabic", "danish", "dutch", "english", "finnish", "french", "german", "hindi", "hungarian", "indonesian", "italian",
    "norwegian", "portuguese", "romanian", "russian", "spanish", "swedish", "turkish",
)  # fmt: skip
_OF_TIME = frozenset(
    ("UNIT", "MONTH", "DAYPART", "WDAY", "YEAR_AFTER", "MONTH_AFTER", "DAY_AFTER", "CLOCK_AFTER", "SEASON", "ZONE", "AM", "PM")
)  # fmt: skip
# table -> keys it may have
_TABLES: Mapping[str, tuple[str, ...]] = {
    "types": TYPES,
    "status": STATUSES,
    "speech": ("verbs", "according", "confirms"),
    "names": ("titles", "organisations", "particles", "not_names", "endings_behind", "family"),
    "places": ("to", "at", "of", "from"),
    "clauses": ("borders", "endings", "after", "before", "earlier", "counted_from", "set_off", "this"),
    "numbers": ("at_least", "counters", "not_counted"),
}
_LISTS = (
    "abbreviations", "negation", "not_negation", "opinion", "conditional", "general", "weather", "boilerplate", "today",
    "stopwords", "not_events", "affected", "asking", "separable",
)  # fmt: skip
_PLAIN = {"stemmer", "capitals", "noun_capitals", "title_side", "multipliers", *_LISTS}


@dataclass(frozen=True, eq=False)
class MentionsData:
    """One language's words of events. Compared and hashed by identity: loaded once, compiled once.

    ``boundaries`` as in the words of time. ``capitals`` tells that names have capitals; with ``noun_capitals`` all nouns do too.
    ``title_side``: in scripts without capitals, whether titles stand before or after names, or both. ``verbs_last``: as in the words of time.
    ``words`` holds the lists by "table.key" or plain name. ``numbers`` and ``multipliers``: number word -> value.
    ``units`` are words of time, which no quantity counts; ``joins`` are the words for "and".
    """

    iso: str
    boundaries: Literal["both", "left", "none"]
    stemmer: str
    capitals: bool
    noun_capitals: bool
    title_side: str
    words: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, float]
    multipliers: Mapping[str, float]
    units: frozenset[str]
    joins: tuple[str, ...] = ()
    verbs_last: bool = False
    prefixes: tuple[str, ...] = ()

    def get(self, name: str) -> tuple[str, ...]:
        """Give a list of words, empty where the language has none."""
        return self.words.get(name, ())

    @property
    def size(self) -> int:
        """Number of words that name events."""
        return sum(len(words) for name, words in self.words.items() if name.startswith("types."))


def read_mentions(tables: Mapping[str, object], times: TimesData | None, iso: str) -> MentionsData:
    """Check a language's tables. Numbers are those of its words of time, with the larger ones added here.

    Raises: LanguageDataError naming the language, the table and the key.
    """
    known = _PLAIN | set(_TABLES)
    for name in tables:
        if name not in known:
            raise LanguageDataError(
                f"mentions.toml: unknown table {name}; known: {', '.join(sorted(known))}", subject=iso
            )
    words = {name: _words(tables.get(name, []), name, iso) for name in _LISTS}
    for table, keys in _TABLES.items():
        for key, value in _table(tables, table, iso).items():
            if key not in keys:
                raise LanguageDataError(
                    f"mentions.toml: unknown key {table}.{key}; known: {', '.join(keys)}", subject=iso
                )
            words[f"{table}.{key}"] = _words(value, f"{table}.{key}", iso)
    stemmer = tables.get("stemmer", "")
    if stemmer not in ("", *_STEMMERS):
        raise LanguageDataError(f"mentions.toml: stemmer {stemmer!r} is none of {', '.join(_STEMMERS)}", subject=iso)
    side = tables.get("title_side", "")
    if side not in ("", "before", "after", "both"):
        raise LanguageDataError(f"mentions.toml: title_side {side!r} is none of before, after, both", subject=iso)
    numbers, multipliers, units = _counting(times)
    for value, listed in _table(tables, "multipliers", iso).items():
        if not re.fullmatch("[0-9]+", value):
            raise LanguageDataError(f"mentions.toml: multipliers.{value} is no number", subject=iso)
        multipliers |= dict.fromkeys(_words(listed, f"multipliers.{value}", iso), float(value))
    return MentionsData(
        iso=iso, boundaries=times.boundaries if times else "both", stemmer=str(stemmer),
        capitals=bool(tables.get("capitals", False)), noun_capitals=bool(tables.get("noun_capitals", False)), title_side=str(side), words=words, numbers=numbers, multipliers=multipliers, units=units,
        joins=tuple(p for p, classes in times.lexicon.items() if any(c == "AND" for c, _ in classes)) if times else (),
        prefixes=times.prefixes if times else (), verbs_last=times.verbs_last if times else False,
    )  # fmt: skip


def _counting(times: TimesData | None) -> tuple[dict[str, float], dict[str, float], frozenset[str]]:
    numbers: dict[str, float] = {}
    multipliers: dict[str, float] = {}
    units = set()
    for phrase, classes in (times.lexicon if times else {}).items():
        for class_, value in classes:
            if class_ == "NUM":
                numbers[phrase] = float(value)
            elif class_ == "MULT":
                multipliers[phrase] = float(value)
            elif class_ in _OF_TIME:
                units.add(phrase)
    return numbers, multipliers, frozenset(units)


def _table(tables: Mapping[str, object], name: str, iso: str) -> Mapping[str, object]:
    table = tables.get(name, {})
    if not isinstance(table, Mapping):
        raise LanguageDataError(f"mentions.toml: {name} is no table", subject=iso)
    return table


def _words(value: object, where: str, iso: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() == word != "" for word in value):
        raise LanguageDataError(f"mentions.toml: {where} is no list of words", subject=iso)
    return tuple(dict.fromkeys(fold(word) for word in value))
