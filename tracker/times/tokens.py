"""From a stretch of folded text to a row of tokens: words of the lexicon, figures, signs, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from tracker.languages import MARKS, WORD_BEFORE, WORD_ENDS, TimesData, alternation
from tracker.times.classes import Alphabet
from tracker.times.spoken import spoken, spoken_names, spoken_values

__all__ = ["Relative", "Token", "Tokeniser"]

_RELATIVE = re.compile(r"(?P<unit>[a-z]+)(?P<offset>[+±-][0-9]+)(?:@(?P<part>[A-Z]+))?")
FIRST_YEAR, LAST_YEAR = 1500, 2099  # four figures outside are numbers (dates.md, guards)
# Years of one or two figures after a comma or an apostrophe are not figures of ours to read as anything else.
_FIGURES = (
    r"(?P<date3>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}(?![0-9])"
    r"|[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}(?P<sep>[/.-])[0-9]{1,2}(?P=sep)(?:[0-9]{4}|[0-9]{2})(?![0-9]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9]))"
    r"|(?P<big>[0-9]{1,3}(?:[.,][0-9]{3})+(?![0-9]))"
    r"|(?P<pair>[0-9]{1,2}[./][0-9]{1,2}(?![0-9]|[./][0-9]))"
    r"|(?P<decimal>[0-9]+[.,][0-9]+)"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<yy>(?<!')'[0-9]{2}(?![0-9]))"
)
_SIGNS = {
    ",": "COMMA", "、": "COMMA", "·": "COMMA", "،": "COMMA", "(": "LEFT", "[": "LEFT", ")": "RIGHT", "]": "RIGHT", "-": "DASH", "+": "PLUS",
    "~": "DASH", "〜": "DASH", "～": "DASH", "/": "SLASH", ".": "DOT", "!": "STOP", "?": "STOP", ";": "STOP", "。": "STOP",
    "！": "STOP", "？": "STOP", "؟": "STOP", "।": "STOP", "\n": "BREAK", "%": "PERCENT", "％": "PERCENT",
}  # fmt: skip
_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Relative:
    """A number of units from an anchor. ``counted``: the number was said, so it names a day near it, not a unit."""

    unit: str
    offset: float
    daypart: str = ""
    part: str = ""  # START MID END: "year's end" in one word
    counted: bool = False
    previous: bool = False
    either: bool = False  # one word for yesterday and tomorrow: the tense of the clause decides
    certain: bool = True  # False: "in two weeks", which is a time to come only if the clause speaks of the future
    amount: tuple[int, int] | None = (
        None  # where the amount alone stands in the text: what is left where it is no time to come
    )

    @classmethod
    def read(cls, text: str, *, previous: bool = False) -> Relative:
        """Read 'day-1@NI' as the language data writes it."""
        match = _RELATIVE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no relative time")
        either, offset = match["offset"].startswith("±"), int(match["offset"].replace("±", "-"))
        part = match["part"] or ""
        early = part in ("START", "MID", "END")
        return cls(
            match["unit"], offset, "" if early else part, part if early else "", previous=previous, either=either
        )


class Token(NamedTuple):
    """``char`` names the set of classes; ``values`` holds a value for each class that has one."""

    start: int
    end: int
    char: str
    values: Mapping[str, object] = _NO_VALUES


def _token(fields: tuple[int, int, str, Mapping[str, object]]) -> Token:
    """Make a token of its fields in order: half the time of the constructor, which counts where every word becomes one."""
    return tuple.__new__(Token, fields)


def condensed(tokens: Sequence[Token], others: frozenset[str]) -> list[Token]:
    """Leave out the middle of every run of words that say nothing of time: no rule looks further than two of them.

    Two are kept on each side of what may say something, so that nothing becomes a neighbour that was none.
    """
    kept: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if token.char in others:
            run.append(token)
            continue
        if kept and len(run) <= 2 * _NEAR:
            kept += run
        else:
            kept += [*(run[:_NEAR] if kept else ()), *run[-_NEAR:]]
        kept.append(token)
        run = []
    return [*kept, *run[:_NEAR]]


_NEAR = 2


class Tokeniser:
    """Splits text of one language. Holds compiled expressions only; safe to share."""

    def __init__(self, data: TimesData, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._entries = {phrase: _entry(classes, alphabet) for phrase, classes in data.lexicon.items()}
        self._spaced = data.boundaries == "both"
        self._reckoning = data.reckoning
        self._months = alphabet.members("MONTH")
        self._spoken = spoken_values(data)
        self._pattern = re.compile(_expression(data))
        self._asked = (
            re.compile(f"{spoken_names(data)}|{_expression(data, apart=True)}") if self._spoken else self._pattern
        )
        self._typed = data.typed
        self._signs = {sign: alphabet.character(name) for sign, name in _SIGNS.items()}
        self._other = alphabet.character("OTHER")
        self._no_time = self._other + alphabet.members("BEGIN")
        self._money = alphabet.members("CURRENCY")
        self._figured = alphabet.members("QUARTER_BEFORE") + alphabet.members("DECADE_BEFORE") + self._money
        self._figured += "".join(
            alphabet.members(name) for name in ("ERA", "CLOCK_BEFORE", "CLOCK_AFTER", "YEAR_BEFORE")
        )

    def split(self, text: str, start: int, end: int, *, asked: bool = False) -> list[Token]:
        """Give the tokens of ``text[start:end]`` (folded), blanks left out; ``asked``: of a request."""
        tokens: list[Token] = []
        entries = self._entries
        for match in (self._asked if asked else self._pattern).finditer(text, start, end):
            kind = match.lastgroup
            if kind == "others":  # most of the text, in prose
                tokens += self._others(match.start(), match.end(), text)
            elif kind == "lexicon":
                word = match[kind]
                tokens.append(_token(match.span(kind) + (entries.get(word) or entries[_plain(word)])))
            elif kind == "figures":
                tokens.append(self._figure(match, text, tokens))
            elif kind == "sign":
                self._sign(match, text, tokens)
            elif kind == "dotted":
                values = {"DATE2": match["dotted"].replace("·", "/")}
                tokens.append(Token(*match.span(), self._alphabet.character("DOTTED"), values))
            elif kind == "counted":
                number = spoken(match["spoken"].strip(), self._spoken)
                tokens.append(self._digits(*match.span("spoken"), str(number), tokens))
                tokens.append(Token(*match.span("counted"), *self._entries[_plain(match["counted"])]))
            elif kind == "ending" and not self._follows(tokens, match.start()):
                tokens.append(Token(match.start(), match.end(), self._other))
            elif kind is not None:  # an ending that follows a word of time, a name of figures
                tokens.append(Token(*match.span(kind), *self._entries[_plain(match[kind])]))
        return tokens

    def _others(self, start: int, end: int, text: str) -> tuple[Token, ...]:
        """Give the tokens of a run of words that say nothing of time: its first and its last one, the rest is left out."""
        last = text.rfind(" ", start, end) + 1 if self._spaced else end - 1
        if last <= start or (not self._spaced and text[start:end].isascii() and " " not in text[start:end]):
            return (_token((start, end, self._other, _NO_VALUES)),)
        first = _token((start, start + 1, self._other, _NO_VALUES))
        return first, _token((last, end, self._other, _NO_VALUES))

    def _sign(self, match: re.Match[str], text: str, tokens: list[Token]) -> None:
        """Add a sign; an apostrophe that stands for the accent of the word before it is the end of that word: "lunedi'"."""
        start, end = match.span()
        if self._typed and match[0] == "'" and tokens and text[tokens[-1].start : start] in self._typed:
            tokens[-1] = tokens[-1]._replace(end=end)
        else:
            tokens.append(Token(start, end, self._signs.get(match[0], self._other)))

    def _follows(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether a word of time ends where an ending begins."""
        return bool(tokens) and tokens[-1].end == start and tokens[-1].char not in self._no_time

    def _figure(self, match: re.Match[str], text: str, before: Sequence[Token]) -> Token:
        start, end = match.span()
        last = before[-1] if before and before[-1].end == start else None
        if last is not None and self._glued(last, text):
            return Token(start, end, self._other)
        character = self._alphabet.character
        if match["date3"]:
            return Token(start, end, character("DATE3"), {"DATE3": self._reckoned(match["date3"])})
        if match["clock"]:
            return Token(start, end, character("CLOCK"), {"CLOCK": match["clock"]})
        if match["big"]:
            return Token(start, end, character("NUM"), {"NUM": int(re.sub("[.,]", "", match["big"])), "big": 1})
        if match["pair"]:
            return self._pair(start, end, match["pair"])
        if match["decimal"]:
            return Token(start, end, character("DECIMAL"), {"NUM": float(match["decimal"].replace(",", "."))})
        if match["yy"]:
            return Token(start, end, character("YY"), {"YEAR": int(match["yy"][1:])})
        return self._digits(start, end, match[0], before)

    def _glued(self, last: Token, text: str) -> bool:
        """Tell whether figures belong to a sum, a code or a version: $27, QZ8501, v3.5."""
        if last.char in self._money:
            return True
        return self._spaced and text[last.end - 1].isalpha() and last.char not in self._figured

    def _pair(self, start: int, end: int, text: str) -> Token:
        slash = "/" in text
        char = self._alphabet.character("DATE2") if slash else self._alphabet.character("DATE2", "CLOCK", "DECIMAL")
        values: dict[str, object] = {"DATE2": text, "pair": 1}
        if not slash:
            values |= {"CLOCK": text, "NUM": float(text)}
        return Token(start, end, char, values)

    def _year(self, value: int) -> int | None:
        """Give the year of four figures, reckoned from another era where the language has one of its own."""
        if value > LAST_YEAR:
            value += self._reckoning
        return value if FIRST_YEAR <= value <= LAST_YEAR else None

    def _reckoned(self, text: str) -> str:
        """Write a date in figures with the year as we count it: 13/5/2568 and 13/5/68 of the Buddhist era are of 2025."""
        if not self._reckoning:
            return text
        head, sign, last = re.split("([/.-])(?=[0-9]+$)", text)
        number = int(last)
        if len(last) == 2 and len(head) <= len("17/12"):
            number += (2000 - self._reckoning) // 100 * 100
        return f"{head}{sign}{self._year(number) or last}" if number > LAST_YEAR else text

    def _digits(self, start: int, end: int, text: str, before: Sequence[Token]) -> Token:
        value = int(text[:12])
        year = self._year(value) if len(text) == 4 else None
        if self._reckoning and len(text) == 2 and before and before[-1].char in self._months:
            value = year = value + (2000 - self._reckoning) // 100 * 100 + self._reckoning
        if year is not None:
            return Token(start, end, self._alphabet.character("YEAR", "NUM"), {"YEAR": year, "NUM": value, "digits": 4})
        return Token(start, end, self._alphabet.character("NUM"), {"NUM": value, "digits": len(text)})


def _expression(data: TimesData, *, apart: bool = False) -> str:
    """Give the expression of a language's tokens; ``apart``: every character of an unknown word may begin a known one.

    What a part may begin with is asked before the part is tried: most characters begin nothing.
    """
    left = "" if data.boundaries == "none" else WORD_BEFORE
    if data.prefixes and data.boundaries == "both":
        left = f"{WORD_BEFORE}(?:{alternation(data.prefixes)})??"
    right = WORD_ENDS if data.boundaries == "both" else ""
    words, endings = [word for word in data.lexicon if not _only_inside(word, data)], _endings(data)
    first, lexicon = _first([*words, *data.prefixes]), alternation(words)
    known = f"{first}{left}(?:{lexicon}){right}"
    ending = f"{_first(endings)}(?:{alternation(endings)})" if endings else "(?!)"
    others = _OTHER_CHARACTERS if apart else _others(data.boundaries, known, ending)
    return (
        f"(?=[0-9'])(?:{_numeral_names(data)}|(?P<figures>{_FIGURES}))"
        f"|{first}{left}(?P<lexicon>{lexicon}){right}|(?P<ending>{ending})|(?P<others>{others})|(?P<sign>[^\\w\\s]|\\n|_)"
    )


def _others(boundaries: str, known: str, ending: str) -> str:
    """Give an expression of runs of words that are none of the ``known`` ones: in prose most of what there is.

    Where blanks do not part words, any character may begin a known one; where particles follow, only an ending may within a word.
    """
    if boundaries == "both":
        return rf"{_WORD}(?: +(?!{known}){_WORD})*+"
    if boundaries == "left":
        return rf"(?:{_OTHER_CHARACTERS})(?: *(?!{known}|{ending})[^\W\d_])*+"
    return rf"[a-z]+|[^\W\d_](?:(?!{known}|{ending})[^\W\d_a-z])*+"


_OTHER_CHARACTERS = r"[a-z]+|[^\W\d_]"
_WORD = rf"(?:[^\W\d_]++|[{MARKS}]++)++"


def _first(words: Iterable[str]) -> str:
    """Give a look at the character that any of the words begins with."""
    return f"(?=[{''.join(sorted({re.escape(word[0]) for word in words}))}])"


def _numeral_names(data: TimesData) -> str:
    """Give an expression of names that begin with figures: feasts like 9·11, and month·day before a word for an event."""
    words = [
        word for word, classes in data.lexicon.items()
        if word[0].isdigit() and any(name in ("HOLIDAY", "NUMBERED") for name, _ in classes)
    ]  # fmt: skip
    events = [word for word, classes in data.lexicon.items() if any(name == "EVENT_AFTER" for name, _ in classes)]
    named = f"(?<![0-9.,:/·])(?P<named>{alternation(words)})(?![0-9·])"
    return rf"{named}|(?<![0-9.,:/·])(?P<dotted>[0-9]{{1,2}}·[0-9]{{1,2}})(?=\s?(?:{alternation(events)}))"


def _only_inside(word: str, data: TimesData) -> bool:
    """Tell whether a word is no word by itself: an ending that only blurs the time before it, or a spoken numeral."""
    names = {name for name, _ in data.lexicon[word]}
    return names == {"SPOKEN"} or (word in data.endings and names == {"APPROXA"})


def _endings(data: TimesData) -> Sequence[str]:
    """Give what may follow a word of time without a blank: its endings, and the words that only look like one."""
    if not data.endings:
        return ()
    return (
        *data.endings,
        *(word for word, classes in data.lexicon.items() if any(name == "BEGIN" for name, _ in classes)),
    )


def _entry(classes: Sequence[tuple[str, object]], alphabet: Alphabet) -> tuple[str, Mapping[str, object]]:
    values: dict[str, object] = dict(classes)
    names = set(values)
    for name in ("REL", "PREV"):
        if name in values:
            relative = Relative.read(str(values[name]), previous=name == "PREV")
            values[name] = relative
            names |= relative_classes(relative)
    if "WDAY" in values:  # "1@AF": Monday afternoon in one word
        weekday, _, part = str(values["WDAY"]).partition("@")
        values |= {"WDAY": int(weekday)} | ({"part": part} if part else {})
    return alphabet.character(*names), values


def relative_classes(relative: Relative) -> frozenset[str]:
    """Name the classes of a relative time: productions ask for days, weeks, months and years apart."""
    own = {"day": "RELD", "week": "RELW", "month": "RELM", "year": "RELY"}.get(relative.unit)
    general = "PREV" if relative.previous else "REL"
    return frozenset({general, own} if own else {general})


def _plain(phrase: str) -> str:
    if "-" in phrase:
        phrase = _BROKEN.sub("-", phrase)
    return " ".join(phrase.split()) if "  " in phrase or "\n" in phrase or "\t" in phrase else phrase


_BROKEN = re.compile(r"-\s")
