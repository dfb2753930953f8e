"""Numbers with what they count: "seribu sapper", "5,000 builders", "1000명", "тысячу сапёров"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.languages import LETTER
from tracker.mentions.lexicon import Lexicon
from tracker.types import Quantity

__all__ = ["quantities"]

_UNIT = re.compile(rf"\s?-?\s?(?P<unit>{LETTER}+(?:-{LETTER}+)?)")
_UNIT_UNSPACED = re.compile(r"\s?(?P<unit>[^\W\d_]{1,4})")
_FIGURE = re.compile(r"[0-9]")
_MOST = 4  # quantities kept of one clause
_LARGE = 1000  # from here on a multiplier closes what stands before it
_SMALLEST = 2  # "one" counts nothing a reader would compare


def quantities(
    text: str, folded: str, start: int, end: int, lexicon: Lexicon, *, masked: Sequence[tuple[int, int]]
) -> tuple[Quantity, ...]:
    """Give the quantities of a stretch of text; parts of dates (``masked``) are none.

    ``unit`` is the stem of the word behind the number, ``text`` the words as written.
    """
    found: list[Quantity] = []
    at = start
    while match := lexicon.numbers.search(folded, at, end):
        value, stop = _number(match, folded, end, lexicon)
        at = max(stop, match.end())
        if value is None or any(a < stop and match.start() < b for a, b in masked):
            continue
        unit = (_UNIT if lexicon.spaced else _UNIT_UNSPACED).match(folded, stop, end)
        if unit is None or not _counts(unit["unit"], value, lexicon):
            continue
        if folded[match.start("n") : stop] in lexicon.data.multipliers and not _counted(unit["unit"], lexicon):
            continue
        found.append(Quantity(value, _stem(unit["unit"], lexicon), text[match.start("n") : unit.end()]))
        if len(found) == _MOST:
            break
    return tuple(dict.fromkeys(found))


def _counts(unit: str, value: float, lexicon: Lexicon) -> bool:
    if value < _SMALLEST or unit in lexicon.data.units or unit in lexicon.data.get("numbers.not_counted"):
        return False
    if not lexicon.spaced:
        if any(unit.startswith(word) for word in lexicon.data.units):
            return False
        return not any(unit.startswith(word) for word in lexicon.data.get("numbers.not_counted"))
    return unit not in lexicon.stopwords


def _counted(unit: str, lexicon: Lexicon) -> bool:
    """Tell whether a bare "thousand" counts this, where a language lists what it may: the same sign begins other words ("만났다")."""
    counters = lexicon.data.get("numbers.counters")
    return not counters or any(unit.startswith(counter) for counter in counters)


def _stem(unit: str, lexicon: Lexicon) -> str:
    if not lexicon.spaced:
        return unit[:1]
    return str(lexicon.stem(unit))


def _number(match: re.Match[str], folded: str, end: int, lexicon: Lexicon) -> tuple[float | None, int]:
    """Read a number that may go on: "5 thousand", "dua ratus lima puluh", "1만 2천"."""
    total = section = small = 0.0
    stop, word = match.end("n"), " ".join(match["n"].split())
    while True:
        if word in lexicon.data.multipliers:
            factor = lexicon.data.multipliers[word]
            if factor >= _LARGE:
                total, section, small = total + max(section + small, 1) * factor, 0.0, 0.0
            else:
                section, small = section + max(small, 1) * factor, 0.0
        else:
            value = _figure(word) if _FIGURE.match(word) else lexicon.data.numbers[word]
            if value is None:
                return None, stop
            small += value
        following = lexicon.more.match(folded, stop, end)
        if following is None or not _continues(following, small, total + section, lexicon):
            return total + section + small, stop
        stop, word = following.end(), " ".join(following[0].strip(" -").split())


def _continues(following: re.Match[str], small: float, larger: float, lexicon: Lexicon) -> bool:
    """Tell whether a number word or figure belongs to the number before it: "twenty|-five", "4천|200", not "two| three"."""
    word = " ".join(following[0].strip(" -").split())
    if word in lexicon.data.multipliers:
        return True
    if following["figure"]:
        return not lexicon.spaced and not small and larger > 0
    value = lexicon.data.numbers[word]
    tens = small >= 20 and small % 10 == 0 and value < 10
    return not small or tens or (small >= 100 and small % 100 == 0 and value < 100)


def _figure(text: str) -> float | None:
    """Read figures; groups of three after a point, comma or blank are thousands."""
    if re.fullmatch(r"[0-9]{1,3}(?:[.,  ][0-9]{3})+", text):
        return float(re.sub(r"[^0-9]", "", text))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
