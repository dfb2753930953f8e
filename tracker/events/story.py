"""What an article tells as a whole: the context that shows that two articles report the same news.

In: an article's opening and all of its mentions. Out: weighted items and how alike two such bags are. Between languages that
write names with capitals the names and numbers of the text are compared, by their consonants; between others what the mentions
name; within one language words count too. Weights are fixed, not counted from the store, so that a likeness never depends
on what else has arrived.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, log, sqrt

from tracker.events.blocking import telling
from tracker.events.scheme import GENERIC
from tracker.names import skeleton
from tracker.types import StoredMention

__all__ = ["ONE_NEWS", "OTHER_STORY", "SAME_STORY", "Likeness", "Story", "alike", "cosine", "marks", "story_of"]

SAME_STORY = 0.5  # a likeness from here on: the two articles report one piece of news
# From here on what they lead with is one thing, whatever kind each calls it: of 60 and 42 stories, within three days, .97 of the pairs
# this alike are of one, three quarters of a story's pairs are, and sister stories of one day hardly are.
ONE_NEWS = 0.6
OTHER_STORY = 0.35  # below it they report two; one pair of fifty of one story lies here, nine of ten of two stories
# Likeness at which two articles published within three days are one story with a precision of .95 or more, measured on
# 60 stories in four languages and 42 in one: shares of weight of what mentions tell and of names; cosine within a language.
_EVEN_TOLD, _EVEN_NAMES, _EVEN_WITHIN = 0.25, 0.25, 0.24
_NAME, _NUMBER, _PLACE, _TYPE, _COUNTRY = 1.0, 1.0, 0.7, 0.3, 0.2
_KINDS = (("a", "names"), ("q", "numbers"), ("p", "places"), ("t", "kinds of events"), ("c", "countries"))
_OPENING = (
    1000  # characters of the text, and of the headline; more is background, and no figure is longer than Python reads
)
_WORDS_OF = 2500  # characters of the text whose words count: two reports of one story open differently
_WORDS = (
    60  # an article's commonest, the longer ones first: as telling as all of them, and stored as short as its opening
)
_HEADLINE = 3  # times a word of the headline counts more
_WORD_SHORTEST = 5  # letters; shorter ones are in every text
_STEM = 6  # letters; endings come after
_NAME_SHORTEST = 3
_SKELETON = 4  # consonants
_UNSURE = 0.5  # a capital where a sentence begins
_NOUNS = 0.3  # of the words within sentences; where more have a capital, it marks no names (German: a third; English news: a seventh)
_FEWEST_NAMES = 8  # of a text; by fewer it is no better known than by what its mentions name
# Of a story: of 60 and 42 stories 1.00 and .94 of the pairs of articles have one of eight in common, .2 of those of two stories.
_MARKS = 8
_MARK_WEIGHT = (0.0, 0.25, 0.5, 0.75, 1.0)  # by consonants: the fewer, the more names share them
_YEARS = range(1900, 2100)
_WORD = re.compile(r"[^\W_]+")
_NO_BLANKS = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)  # written without blanks, or with particles
_SENTENCE_ENDS = re.compile(r"[.!?…:;\"“”‘«»(\n—–-]\s*$")


@dataclass(frozen=True, slots=True)
class Story:
    """An article's bags, values are weights.

    ``told``: names, numbers, places, kinds of events of its mentions. ``names``: names and numbers of the text, none where
    capitals do not mark names. ``words``: beginnings of words, comparable within ``language``. ``square`` is the sum of the
    squares of words and names, worked out once: a story is compared with many.
    """

    told: Mapping[str, float]
    names: Mapping[str, float]
    words: Mapping[str, float]
    language: str
    square: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        square = fsum([weight * weight for bag in (self.names, self.words) for weight in bag.values()])
        object.__setattr__(self, "square", square)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two articles report the same news, 0..1 (`SAME_STORY`), and in words what they share.

    ``named``: a name, place or number is among it. ``number``: a telling number is. ``read``: it rests on the texts, so that
    a low value says that they report other news.
    """

    value: float
    words: str
    named: bool
    number: bool
    read: bool = False


def story_of(mentions: Sequence[StoredMention], *, language: str, title: str = "", text: str = "") -> Story:
    """Sum up an article by its mentions and the opening of its text."""
    title = title[:_OPENING]
    return Story(_told(mentions), _names(title, text[:_OPENING]), _words(title, text[:_WORDS_OF]), language)


def alike(a: Story | None, b: Story | None) -> Likeness:
    """Compare what two articles tell as a whole. Symmetric."""
    if a is None or b is None:
        return Likeness(0.0, "", named=False, number=False)
    read = True
    common = a.told.keys() & b.told.keys()
    kinds = {key[0] for key in common}
    shared = [name for kind, name in _KINDS if kind in kinds]
    if a.language == b.language and a.words and b.words:
        value = _even(_cosine(a, b), _EVEN_WITHIN)
        shared += [] if a.words.keys().isdisjoint(b.words.keys()) else ["words"]
    elif a.names and b.names:
        value = _even(_share(a.names, b.names), _EVEN_NAMES)
    else:
        read = False
        value = _even(_share(a.told, b.told), _EVEN_TOLD)
        if not kinds & {"a", "q"}:
            value = min(value, SAME_STORY - 0.01)  # a kind of event in a town: tomorrow's news there is another story
    return Likeness(round(value, 4), ", ".join(shared), bool(kinds & {"a", "p", "q"}), "q" in kinds, read)


def marks(story: Story) -> frozenset[str]:
    """Give what finds the main news of other articles of the same story: the names and numbers it tells most often, long names first.

    Where capitals mark no names it is what the mentions name.
    """
    told = {item: weight for item, weight in story.told.items() if item[0] in "apq"}
    weights = {item: weight * _rarity(item) for item, weight in story.names.items()} or told
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return frozenset(item for item, _ in ranked[:_MARKS])


def _rarity(name: str) -> float:
    return _MARK_WEIGHT[3] if name.startswith("#") else _MARK_WEIGHT[len(name)]


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """Give the cosine of two token sets, 0..1."""
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0


def _even(share: float, even: float) -> float:
    """Bring a share to 0..1 so that ``even`` is a half; it grows without a step, so that the likelier of two stories leads."""
    return share / (share + even) if share else 0.0


def _share(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    shared = fsum([min(a[item], b[item]) for item in a.keys() & b.keys()])
    total = fsum(a.values()) + fsum(b.values()) - shared
    return shared / total if total else 0.0


def _cosine(a: Story, b: Story) -> float:
    products = [a.words[word] * b.words[word] for word in a.words.keys() & b.words.keys()]
    products += [a.names[name] * b.names[name] for name in a.names.keys() & b.names.keys()]
    return fsum(products) / sqrt(a.square * b.square) if products else 0.0  # fsum: the same sum in any order


def _told(told: Sequence[StoredMention]) -> dict[str, float]:
    items: dict[str, float] = {}
    for said in (mention.mention for mention in told):
        items |= {f"t:{said.type}": _TYPE} if said.type != GENERIC else {}
        items |= {f"q:{quantity.value:g}": _NUMBER for quantity in said.quantities if telling(quantity.value)}
        for actor in said.who:
            items |= {f"c:{actor.key}": _COUNTRY} if actor.kind == "country" else _name_items(actor.key)
        for place in said.where:
            items |= {f"p:{place.key}": _PLACE} if place.kind != "country" else {f"c:{place.country}": _COUNTRY}
    return items


def _name_items(key: str) -> dict[str, float]:
    tokens = key.split()
    skeletons = [token for token in tokens[:-1] if len(token) > 1]
    return {f"a:{token}": _NAME for token in skeletons or tokens[-1:]}


def _words(title: str, text: str) -> dict[str, float]:
    """Weigh the words a text tells most, those of its headline above the others."""
    heading, body = _beginnings(title), _beginnings(text)
    weights = {
        word: round(1 + log(body[word] + heading[word]) + (log(_HEADLINE) if word in heading else 0.0), 2)
        for word in body.keys() | heading.keys()
    }
    return dict(sorted(weights.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))[:_WORDS])


def _beginnings(text: str) -> Counter[str]:
    """Count the beginnings of the words of a text; of scripts without blanks each two neighbouring characters."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if _NO_BLANKS.search(word):
            found.update(word[n : n + 2] for n in range(max(1, len(word) - 1)))
        elif len(word) >= _WORD_SHORTEST:
            found[_plain(word)[:_STEM]] += 1
    return found


def _names(title: str, text: str) -> dict[str, float]:
    """Weigh the names and numbers of a text; nothing where capitals do not mark names.

    A capital in a headline or at the beginning of a sentence may be any word's.
    """
    found: dict[str, float] = defaultdict(float)
    within = capitals = 0
    for word, sure in [*((word, False) for word, _ in _placed(title)), *_placed(text)]:
        within += sure and word[0].isalpha()
        if word[0].isupper() and len(word) >= _NAME_SHORTEST:
            capitals += sure
            found[skeleton(word)[:_SKELETON]] += 1.0 if sure else _UNSURE
        elif word.isdecimal() and len(word) > 1 and int(word) not in _YEARS:
            found[f"#{int(word)}"] += 1.0
    found.pop("", None)
    if len(found) < _FEWEST_NAMES or capitals > _NOUNS * within:
        return {}
    return {name: round(1 + log(times), 2) if times >= 1 else times for name, times in found.items()}


def _placed(text: str) -> Iterator[tuple[str, bool]]:
    """Give each word, and whether it surely stands within a sentence."""
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        yield match[0], match.start() > 0 and not _SENTENCE_ENDS.search(before)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
