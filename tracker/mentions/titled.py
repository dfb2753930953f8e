"""Names beside titles, for scripts without capitals: "메르츠 총리", "ドブリント内相", "المستشار أولاف شولتس".

The language's data say on which side titles stand. Once named, somebody is known again without the title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.languages import LETTER
from tracker.mentions.lexicon import Found, Lexicon
from tracker.places import PlaceHit

__all__ = ["Spelled", "spelled"]

_JOINERS = "・=·"
_HAN = re.compile(r"[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)*")
_LONGEST_WORD = 6  # characters of a listed word that may follow a name
_NEXT_LISTS = (
    "speech.verbs",
    "places.to",
    "places.at",
    "places.from",
    "joins",
    "negation",
    "names.titles",
    "clauses.borders",
    "today",
)
_HAN_MOST, _LETTERS_MOST, _LEAST = 4, 12, 2
_LONGEST = 20  # letters of a name
_REACH = 26  # characters before a title in which a name may stand
_WORD = f"{LETTER}{{2,{_LONGEST}}}(?:-{LETTER}+)*"
_NEXT = re.compile(rf"\s(?P<first>{_WORD})(?:\s(?P<second>{_WORD}))?")
_NEXT_GLUED = re.compile(rf"\s?(?P<first>{_WORD})(?!{LETTER})(?:\s(?P<second>{_WORD})(?!{LETTER}))?")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name as it stands in a text."""

    start: int
    end: int
    name: str


def spelled(text: str, folded: str, lexicon: Lexicon, hits: Sequence[PlaceHit]) -> tuple[Spelled, ...]:
    """Give the names that stand beside titles, and the same words wherever they stand again, in order."""
    side = lexicon.data.title_side
    if not side:
        return ()
    sides = {"before": (_behind,), "after": (_before,)}.get(side, (_behind, _before))
    found: dict[int, Spelled] = {}
    for title in lexicon.find("names.titles", folded, 0, len(folded)):
        name = next(filter(None, (beside(text, folded, title, lexicon) for beside in sides)), None)
        if name is not None and not any(hit.start < name.end and name.start < hit.end for hit in hits):
            found[name.start] = name
    for name in list(found.values()):
        for again in _again(text, name.name):
            found.setdefault(again.start, again)
    return tuple(sorted(found.values(), key=lambda item: item.start))


def _before(text: str, folded: str, title: Found, lexicon: Lexicon) -> Spelled | None:
    """Take the run of one script before a title; one that goes on too far to the left is no name."""
    end = title.start
    if end and text[end - 1] == " ":
        end -= 1
    for mark in lexicon.data.get("names.particles"):  # "former", "new" written on to the title
        if folded.endswith(mark, 0, end):
            end -= len(mark)
    script = _script(text[end - 1 : end])
    start = end
    while start > max(0, end - _REACH) and (_script(text[start - 1]) == script or text[start - 1] in _JOINERS):
        start -= 1
    if script == "HANGUL" and end == title.start and end - start <= _LEAST:
        return None  # "부산시장" is the mayor of Busan
    most = _HAN_MOST if script == "CJK" else _LETTERS_MOST
    name = text[start:end].strip(_JOINERS)
    family = lexicon.data.get("names.family")
    if script == "CJK" and family and not name.startswith(family):
        return None  # "候任总理"
    if not script or not _LEAST <= len(name) <= most or _is_word(folded[start:end], lexicon):
        return None
    return Spelled(end - len(name), end, name)


def _behind_han(text: str, folded: str, title: Found, lexicon: Lexicon) -> Spelled | None:
    """Take a family name the language lists and the one or two characters of a given name; a foreign name has a dot in it."""
    match = _HAN.match(text, title.end)
    if match is None:
        return None
    run, dotted = match[0], "·" in match[0]
    family = next((name for name in lexicon.data.get("names.family") if run.startswith(name)), "")
    if not (family or dotted):
        return None
    least = run.index("·") + 2 if dotted else len(family) + 1
    most = len(run) if dotted else min(len(run), len(family) + 2)
    end = next((n for n in range(least, most + 1) if _begins_word(folded, title.end + n, lexicon)), most)
    if len(run) < least or _begins_word(folded, title.end, lexicon):
        return None
    return Spelled(title.end, title.end + end, text[title.end : title.end + end])


def _begins_word(folded: str, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word of the language's lists begins at a place."""
    end = min(len(folded), at + _LONGEST_WORD)
    found = [*lexicon.triggers(folded, at, end), *lexicon.status(folded, at, end)]
    found += [item for name in _NEXT_LISTS for item in lexicon.find(name, folded, at, end)]
    return any(item.start == at for item in found)


def _behind(text: str, folded: str, title: Found, lexicon: Lexicon) -> Spelled | None:
    """Take one or two words behind a title, as far as they are no words we know."""
    if _script(text[title.end : title.end + 1]) == "CJK":
        return _behind_han(text, folded, title, lexicon)
    match = (_NEXT if lexicon.spaced else _NEXT_GLUED).match(text, title.end)
    if match is None or _is_word(folded[match.start("first") : match.end("first")], lexicon):
        return None
    end = match.end("first")
    article = any(text.startswith(prefix, match.start("second")) for prefix in lexicon.data.prefixes if len(prefix) > 1)
    if match["second"] and not article and not _is_word(folded[match.start("second") : match.end("second")], lexicon):
        end = match.end("second")
    start = match.start("first")
    return Spelled(start, end, text[start:end])


def _is_word(folded: str, lexicon: Lexicon) -> bool:
    """Tell whether letters are a word of the language's own lists, and so hardly a name."""
    if folded in lexicon.stopwords or folded in lexicon.data.units or folded in lexicon.data.get("names.not_names"):
        return True
    if lexicon.find("names.titles", folded, 0, len(folded)):
        return True
    listed = ("names.organisations", "speech.verbs", "negation")
    whole = [*lexicon.triggers(folded, 0, len(folded)), *lexicon.status(folded, 0, len(folded))]
    whole += [item for name in listed for item in lexicon.find(name, folded, 0, len(folded))]
    return any(item.start == 0 or item.end == len(folded) for item in whole)


def _again(text: str, name: str) -> Iterator[Spelled]:
    least = _LEAST + 1 if len(name) > _LEAST else _LEAST
    if len(name) < least:
        return
    for match in re.finditer(re.escape(name), text):
        yield Spelled(match.start(), match.end(), name)


def _script(character: str) -> str:
    """Name the script of a letter (its Unicode name's first word), '' for what is none."""
    if not character or not character.isalpha():
        return "KATAKANA" if character == "ー" else ""
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
