"""What `times.toml` may hold, and how it becomes a lexicon: each phrase with the token classes it may be.

A file says *meaning = [words]*; no word of any language stands in code, and no rule in data. A phrase listed under two
meanings is both (Indonesian "minggu" is a week and a Sunday): the grammar decides by what stands beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tracker.errors import LanguageDataError

__all__ = ["CLASSES", "UNITS", "TimesData", "Value", "fold", "read_times", "unaccented"]

Value = int | float | str
Classes = tuple[tuple[str, Value], ...]

UNITS = (
    "second", "minute", "hour", "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade",
    "century",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}  # EDTF level 1
_TURNS = {"last_but_one": -2, "last": -1, "this": 0, "next": 1, "next_but_one": 2, "next_but_two": 3}
_PARTS = ("START", "MID", "END")  # TIMEX3's mod
_DAYPARTS = ("MO", "MI", "AF", "EV", "NI", "DT")  # TIMEX3
_REFS = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")  # TIMEX3
_RELATIVE = re.compile(
    rf"(?P<unit>{'|'.join(UNITS)})(?P<offset>[+±-][0-9]+)(?P<part>@(?:{'|'.join((*_DAYPARTS, *_PARTS))}))?"
)
_UNIT = re.compile(rf"(?P<unit>{'|'.join(UNITS)})(?:\*(?P<times>[0-9]+(?:\.[0-9]+)?))?")
_HOLIDAY = re.compile(
    r"(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}(?:![1-7][+-][0-9]+)?|(?:easter|orthodox|hebrew|diwali|vesak|nowruz|advent|sun[0-9]{3})[+-][0-9]+|hindu[0-9]{2}-[0-9]{2}[dnem]?(?:[+-][0-9]+)?|[0-9]{2}w[1-5L]d[1-7](?:[+-][0-9]+)?"
    r"|(?:lunar|islamic|mabims)[0-9]{2}-[0-9]{2}(?:<[1-7])?(?:[+-][0-9]+)?"
)
_CALENDAR_MONTH = re.compile(r"(?:islamic|mabims|persian|lunar)(?:0[1-9]|1[0-2])")
_DURATION = re.compile(r"P(?:T?[0-9X]+[YMWDH])")
_SET = re.compile(rf"{_DURATION.pattern}|XXXX-WXX-[1-7]")

Reader = Callable[[str], Value]


def _number(text: str) -> Value:
    value = float(text)
    return int(value) if value.is_integer() else value


def _within(low: int, high: int) -> Reader:
    def read(text: str) -> Value:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(f"is not in {low}..{high}")
        return value

    return read


def _one_of(*known: str) -> Reader:
    def read(text: str) -> Value:
        if text not in known:
            raise ValueError(f"is none of {', '.join(known)}")
        return text

    return read


def _mapped(known: Mapping[str, int]) -> Reader:
    def read(text: str) -> Value:
        _one_of(*known)(text)
        return known[text]

    return read


def _shaped(pattern: re.Pattern[str]) -> Reader:
    def read(text: str) -> Value:
        if not pattern.fullmatch(text):
            raise ValueError(f"does not look like {pattern.pattern}")
        return text

    return read


def _weekday(text: str) -> Value:
    """Read "1", or "1@AF" for a weekday and a part of the day in one word."""
    day, _, part = text.partition("@")
    return f"{_within(1, 7)(day)}@{_one_of(*_DAYPARTS)(part)}" if part else _within(1, 7)(day)


_turn = _mapped(_TURNS)
_part = _one_of(*_PARTS)
_relative = _shaped(_RELATIVE)
_MARKS = (
    "of", "the", "on", "and", "or", "to", "from", "year_before", "year_after", "month_after", "day_after", "day_before",
    "decade_after", "century_after", "decade_before", "ordinal_after", "clock_before", "clock_after", "minute_after", "half_hour", "am",
    "pm", "zone", "utc", "quarter_before", "quarter_after", "since_before", "since_after", "onward", "until_before", "until_after", "ahead_of", "earlier_than", "later_than",
    "count_day", "within_after", "calendar_week", "after_the", "counted_from", "minutes_past", "minutes_to", "before_the", "every", "currency", "percent", "night_to", "night_from", "age_after", "begin", "fiscal", "style", "some",
    "amid", "owner", "indef", "hour_before", "short_year_before", "short_year_sure", "plural", "zero", "half_before", "am_glued", "pm_glued",
    "moon", "event_after", "first", "from_after",
)  # fmt: skip

# table (dotted when nested) -> token class and reader of its keys
_TABLES: Mapping[str, tuple[str, Reader]] = {
    "months": ("MONTH", _within(1, 12)),
    "calendar_months": ("CMONTH", _shaped(_CALENDAR_MONTH)),
    "calendar_years": ("CYEAR", _one_of("islamic", "mabims", "persian")),
    "weekdays": ("WDAY", _weekday),
    "seasons": ("SEASON", _mapped(_SEASONS)),
    "units": ("UNIT", _shaped(_UNIT)),
    "numbers": ("NUM", _number),
    "multipliers": ("MULT", _number),
    "spoken": ("SPOKEN", _number),
    "ordinals": ("ORD", _number),
    "relative": ("REL", _relative),
    "previous": ("PREV", _relative),
    "before": ("MODB", _turn),
    "after": ("MODA", _turn),
    "ago": ("AGO", _one_of("before", "after")),
    "ahead": ("AHEAD", _one_of("before", "after")),
    "later": ("LATER", _one_of("before", "after")),
    "earlier": ("EARLIER", _one_of("before", "after")),
    "parts.before": ("PARTB", _part),
    "parts.after": ("PARTA", _part),
    "approx": ("APPROX", _one_of("before", "after")),
    "minutes.before": ("MINB", _within(-59, 59)),
    "minutes.after": ("MINA", _within(-59, 59)),
    "dayparts": ("DAYPART", _one_of(*_DAYPARTS)),
    "sets": ("SETWORD", _shaped(_SET)),
    "refs": ("REF", _one_of(*_REFS)),
    "holidays": ("HOLIDAY", _shaped(_HOLIDAY)),
    "eras": ("ERA", _within(-3000, 2100)),
    "spans": ("SPAN", _shaped(_DURATION)),
    "decades": ("DECADE", _within(0, 90)),
    "clocks": ("CLOCK", _shaped(re.compile(r"[0-2][0-9]:[0-5][0-9]"))),
    "numbered": ("NUMBERED", _shaped(re.compile(r"quarter[1-4]|half[12]"))),
    "moon_months": ("MOON_MONTH", _within(1, 12)),
    "moon_days": ("MOON_DAY", _within(1, 30)),
    "hours": ("HOUR", _within(0, 24)),
}
_SIDED = {"AGO": ("AGOB", "AGOA"), "AHEAD": ("AHEADB", "AHEADA"), "LATER": ("LATERB", "LATERA"),
          "EARLIER": ("EARLIERB", "EARLIERA"), "APPROX": ("APPROXB", "APPROXA")}  # fmt: skip
CLASSES: tuple[str, ...] = (
    *dict.fromkeys(
        side for class_, _ in _TABLES.values() for side in _SIDED.get(class_, (class_,))
    ),
    *(mark.upper() for mark in _MARKS),
)  # fmt: skip
_PLAIN = {
    "drop",
    "name",
    "order",
    "boundaries",
    "month_first",
    "prefixes",
    "endings",
    "weak",
    "small",
    "companions",
    "never",
    "cues",
    "marks",
    "parts",
    "relations",
    "minutes",
    "verbs_last",
    "reckoning",
    "accents",
    "accented",
    "calendar",
}


@dataclass(frozen=True, eq=False)
class TimesData:
    """One language's words of time. Compared and hashed by identity: loaded once, compiled once.

    ``lexicon``: folded phrase -> its (class, value) pairs. ``order``: of day, month and year in figures (dmy mdy ymd).
    ``boundaries``: where a word must end: both sides, left (particles follow), none (no blanks between words).
    ``month_first``: "June 17" is a day. ``prefixes`` may be written on to any word, ``endings`` (words of the lexicon) may
    follow any word of time without a blank. ``weak`` words are dates only in
    company ("may", "march"), ``small`` ones are names where they are written great and nothing cues them, and behind
    ``companions`` (forms of a case) a word for "from … on" means "with". ``never`` are expressions whose matches are no dates. ``future`` and ``past`` are cues of
    tense for bare weekdays and months, one with a star in front any word with that ending, one of two parts ("は…。") the words right around the
    phrase; with ``verbs_last`` they are sought behind the phrase first. Where `accents` are
    "optional", words are read without them too, but for those in `accented`; where they are "typed", an apostrophe behind a word
    (``typed``: the words without it) may stand for the last one: "lunedi'". ``reckoning`` is what is added to four figures
    beyond our years (-543: the Buddhist era); ``calendar`` is the one whose years 13xx and 14xx need no word. ``relations``: words that count from an
    event ("after the visit"), each as (where it stands: before or after that event; what it says: after or before; word).
    """

    iso: str
    name: str
    order: Literal["dmy", "mdy", "ymd"]
    boundaries: Literal["both", "left", "none"]
    month_first: bool
    lexicon: Mapping[str, Classes]
    prefixes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    weak: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()
    never: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    verbs_last: bool = False
    reckoning: int = 0
    calendar: str = ""
    typed: frozenset[str] = frozenset()
    relations: tuple[tuple[str, str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


# One character for one: offsets into folded text are offsets into the text.
_FOLD = {
    **{0x0660 + n: str(n) for n in range(10)}, **{0x06F0 + n: str(n) for n in range(10)},
    **{0x0966 + n: str(n) for n in range(10)}, **{0x09E6 + n: str(n) for n in range(10)},
    **{0x0E50 + n: str(n) for n in range(10)}, **{0xFF10 + n: str(n) for n in range(10)},
    **dict.fromkeys((0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000, 0x2002, 0x2003), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x02BC, 0x00B4), "'"),
    **dict.fromkeys((0x30FB, 0x2027, 0x2022, 0x22C5, 0x318D, 0xFF65), "·"),
    0x0130: "i", 0xFF08: "(", 0xFF09: ")", 0xFF0C: ",", 0xFF1A: ":", 0xFF0F: "/", 0xFF0E: ".", 0x0640: "ـ",
}  # fmt: skip


def fold(text: str) -> str:
    """Lower text and unify digits, blanks, dashes and quotes, character for character: the length never changes."""
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLD).lower()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_FOLD))


def read_times(tables: Mapping[str, object], base: Mapping[str, object], iso: str) -> TimesData:
    """Check a language's tables and make its lexicon; ``base`` holds what all languages share.

    Raises: LanguageDataError naming the language, the table and the key.
    """
    lexicon: dict[str, dict[str, Value]] = {}
    counts: dict[str, int] = {}
    for source in (base, tables):
        _check_keys(source, iso)
        _read_tables(source, lexicon, counts, iso)
        for mark, words in _table(source, "marks", iso).items():
            if mark not in _MARKS:
                raise LanguageDataError(f"marks.{mark} is no mark; known: {', '.join(_MARKS)}", subject=iso)
            for word in _words(words, f"marks.{mark}", iso):
                _add(lexicon, (word,), mark.upper(), word if mark == "zone" else mark)
    accents, typed = _choice(tables, "accents", iso, ("optional", "typed", "needed"), "needed"), list[str]()
    if accents != "needed":
        typed = _add_plain(lexicon, frozenset(map(fold, _words(tables.get("accented", []), "accented", iso))))
    cues = _table(tables, "cues", iso)
    endings = tuple(fold(word) for word in _words(tables.get("endings", []), "endings", iso))
    if unknown := [word for word in endings if word not in lexicon]:
        raise LanguageDataError(f"endings: {unknown[0]} is no word of this language", subject=iso)
    return TimesData(
        iso=iso,
        name=_choice(tables, "name", iso, None),
        order=_choice(tables, "order", iso, ("dmy", "mdy", "ymd")),  # type: ignore[arg-type]  # checked by _choice
        boundaries=_choice(tables, "boundaries", iso, ("both", "left", "none")),  # type: ignore[arg-type]  # as above
        month_first=bool(tables.get("month_first", False)),
        lexicon={phrase: tuple(sorted(classes.items())) for phrase, classes in lexicon.items()},
        prefixes=_words(tables.get("prefixes", []), "prefixes", iso),
        endings=endings,
        weak=frozenset(fold(word) for word in _words(tables.get("weak", []), "weak", iso)),
        small=frozenset(fold(word) for word in _words(tables.get("small", []), "small", iso)),
        companions=frozenset(fold(word) for word in _words(tables.get("companions", []), "companions", iso)),
        never=_expressions(tables.get("never", []), iso),
        future=_cues(cues, "future", tables, iso),
        past=_cues(cues, "past", tables, iso),
        verbs_last=bool(tables.get("verbs_last", False)),
        reckoning=_reckoning(tables.get("reckoning", 0), iso),
        calendar=_choice(tables, "calendar", iso, ("", "islamic", "mabims", "persian"), ""),
        typed=frozenset(typed if accents == "typed" else ()),
        relations=tuple(_relations(_table(tables, "relations", iso), iso)),
        counts=counts,
    )


def _cues(cues: Mapping[str, object], key: str, tables: Mapping[str, object], iso: str) -> tuple[str, ...]:
    """Give the cues of a tense. Raises: LanguageDataError for an ending where blanks do not part words."""
    words = _words(cues.get(key, []), f"cues.{key}", iso)
    if tables.get("boundaries") != "both" and (ending := next((word for word in words if word[0] == "*"), None)):
        raise LanguageDataError(f"cues.{key}: {ending} stands for whole words, which nothing parts here", subject=iso)
    return tuple(map(fold, words))


def _reckoning(value: object, iso: str) -> int:
    """Give what is added to years of an era of one's own. Raises: LanguageDataError for what is no whole number."""
    if not isinstance(value, int) or not -2000 < value < 2000:
        raise LanguageDataError(f"reckoning = {value!r} is no number of years", subject=iso)
    return value


def _relations(table: Mapping[str, object], iso: str) -> Iterator[tuple[str, str, str]]:
    for side in table:
        for kind, words in _table(table, side, iso).items():
            if side not in ("before", "after") or kind not in ("before", "after"):
                raise LanguageDataError(f"relations.{side}.{kind}: both are before or after", subject=iso)
            yield from ((side, kind, fold(word)) for word in _words(words, f"relations.{side}.{kind}", iso))


def _check_keys(tables: Mapping[str, object], iso: str) -> None:
    known = _PLAIN | {name.partition(".")[0] for name in _TABLES}
    unknown = sorted(set(tables) - known)
    if unknown:
        raise LanguageDataError(f"unknown table {unknown[0]}; known: {', '.join(sorted(known))}", subject=iso)


def _read_tables(
    source: Mapping[str, object], lexicon: dict[str, dict[str, Value]], counts: dict[str, int], iso: str
) -> None:
    for name, (class_, read) in _TABLES.items():
        outer, _, inner = name.partition(".")
        table = _table(source, outer, iso)
        table = _table(table, inner, iso) if inner else table
        for key, words in table.items():
            where = f"{name}.{key}"
            try:
                value = read(key)
            except ValueError as cause:
                raise LanguageDataError(f"{where}: {cause}", subject=iso) from cause
            listed = _words(words, where, iso)
            chosen = _SIDED[class_][value != "before"] if class_ in _SIDED else class_
            _add(lexicon, listed, chosen, value)
            counts[outer] = counts.get(outer, 0) + len(listed)


def _add(lexicon: dict[str, dict[str, Value]], words: tuple[str, ...], class_: str, value: Value) -> None:
    for word in words:
        lexicon.setdefault(fold(word), {})[class_] = value


def unaccented(word: str) -> str:
    """Write a word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _add_plain(lexicon: dict[str, dict[str, Value]], accented: frozenset[str]) -> list[str]:
    """Let words be written without their accents, as in haste ("manana"), where that is no other word of the lexicon.

    Gives the words that lack an accent at their end.
    """
    typed = []
    for phrase, classes in list(lexicon.items()):
        plain = unaccented(phrase)
        if plain != phrase and phrase not in accented and plain not in lexicon and len(plain) >= _PLAIN_LENGTH:
            lexicon[plain] = dict(classes)
        if plain[-1] != phrase[-1] and lexicon.get(plain) == classes:
            typed.append(plain)
    return typed


_PLAIN_LENGTH = 4  # shorter words without accents are other words: "às", "há", "dì"


def _table(source: Mapping[str, object], name: str, iso: str) -> Mapping[str, object]:
    table = source.get(name, {})
    if not isinstance(table, Mapping):
        raise LanguageDataError(f"{name} is no table", subject=iso)
    return table


def _words(value: object, where: str, iso: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() == word != "" for word in value):
        raise LanguageDataError(f"{where} is no list of words", subject=iso)
    return tuple(value)


def _choice(
    tables: Mapping[str, object], key: str, iso: str, known: tuple[str, ...] | None, default: str | None = None
) -> str:
    value = tables.get(key, default)
    if not isinstance(value, str) or (known is not None and value not in known):
        raise LanguageDataError(f"{key} = {value!r} is none of {', '.join(known or ('a name',))}", subject=iso)
    return value


def _expressions(value: object, iso: str) -> tuple[str, ...]:
    patterns = _words(value, "never", iso)
    for pattern in patterns:
        try:
            compiled = re.compile(pattern)
        except re.error as cause:
            raise LanguageDataError(f"never: {pattern!r} is no expression: {cause}", subject=iso) from cause
        if compiled.groups != len(compiled.groupindex):
            raise LanguageDataError(f"never: {pattern!r} has a group without a name", subject=iso)
    return patterns
