"""Reading the gazetteer: places by name or key, how they lie in one another, and the places a text names.

In: the file `build` made, texts. Out: `PlaceHit`s and `Place`s. Reads only; safe to share between threads.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from tracker.errors import StoreError
from tracker.places.building import LOWER, UPPER, is_current
from tracker.places.forms import form_of
from tracker.places.pairs import paired_states
from tracker.places.spotting import Spot, spots
from tracker.places.vocabulary import Vocabulary
from tracker.spans import Spans
from tracker.types import Place

__all__ = ["Gazetteer", "PlaceHit"]

_NAMES_KEPT = 20_000  # names whose places are remembered
_VOTE, _VOTE_MORE, _VOTES_MOST = 1.2, 0.3, 4  # in powers of ten of a city's population
_HOME = 0.7
_NEAR, _NEAR_DEGREES, _NEAR_MOST = (
    1.5,
    1.0,
    40,
)  # places told of together lie together; degrees of latitude, about 110 km
# Where the readers of a language are at home: a name of two cities is rather the one there.
_HOMES = {
    "id": ("ID",), "et": ("EE",), "el": ("GR", "CY"), "th": ("TH",), "ms": ("MY", "BN", "SG"), "ru": ("RU", "UA"), "uk": ("UA",), "ko": ("KR", "KP"), "ja": ("JP",), "zh": ("CN", "TW"), "de": ("DE", "AT", "CH"),
    "it": ("IT",), "nl": ("NL", "BE"), "tr": ("TR",), "vi": ("VN",), "hi": ("IN",), "pl": ("PL",), "pt": ("BR", "PT"), "fr": ("FR",),
    "es": ("ES", "MX", "AR", "CO", "PE", "CL", "VE", "EC", "UY", "PY", "BO", "CU", "DO", "GT", "HN", "NI", "SV", "CR", "PA"),
    "ar": ("EG", "SA", "IQ", "SY", "LB", "JO", "PS", "YE", "SD", "LY", "TN", "DZ", "MA", "AE", "QA", "KW", "OM", "BH"),
}  # fmt: skip
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_THAI_LEAST = 5  # characters of a town's name, where nothing parts words and short names stand within many
_SMALL = 6.5  # rank below which a town beside another capitalised word is rather part of a name
_CAPITALS_ARE_NAMES = frozenset(("de",))  # not in German, where every noun has one


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place named in a text: ``text[start:end]`` is its name, with whatever ending or prefix it has there."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    rank: float
    flags: int
    language: str
    country: str
    kind: str
    seat_of: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rest of a text says about which place a name means."""

    votes: Counter[str]
    near: frozenset[str]
    language: str

    def weight(self, candidate: _Candidate) -> tuple[float, str]:
        score = candidate.rank + (_NEAR if candidate.key in self.near else 0)
        if self.votes[candidate.country]:
            score += _VOTE + _VOTE_MORE * min(self.votes[candidate.country] - 1, _VOTES_MOST)
        if candidate.country in _HOMES.get(self.language, ()):
            score += _HOME
        return score, candidate.key


class Gazetteer:
    """An opened gazetteer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self._places: dict[str, Place | None] = {}
        self._parents: dict[str, str | None] = {}
        rows = self._ask("select kind, language, form from word")
        self._endings: dict[str, list[tuple[str, str]]] = {}
        for kind, language, form in rows:
            if kind == "ending":
                case, _, name = form.partition(">")
                self._endings.setdefault(language, []).append((case, name))
        self._vocabularies: dict[str, Vocabulary] = {}
        self._stops = {(language, form) for kind, language, form in rows if kind == "stop"}
        self._before = _pattern((form for kind, _, form in rows if kind == "before"), r"(?:^|\W)(?:{})\s+$")
        self._after = _pattern((form for kind, _, form in rows if kind == "after"), r"\s?(?:{})(?![a-z])")
        self._candidates = lru_cache(maxsize=_NAMES_KEPT)(self._ask_candidates)

    @classmethod
    def open(cls, path: Path) -> Gazetteer:
        """Open the gazetteer at ``path``.

        Raises: StoreError if there is none of this version (`build` makes it).
        """
        if not is_current(path):
            raise StoreError("there is no gazetteer of this version; build it", subject=str(path))
        return cls(path)

    def find(self, text: str, *, language: str, masked: Sequence[tuple[int, int]] = ()) -> tuple[PlaceHit, ...]:
        """Find the places a text names, in order: the longest name at each spot, the likeliest place of that name.

        ``masked`` are spans to leave out, such as persons' names. Likeliest: the largest, and more so in a country the text names or
        the language is at home in. Towns that are words of the language are no places (``data/words.toml``).
        """
        hidden = Spans(masked)
        found = [spot for spot in spots(text, self._vocabulary_of(language)) if not hidden.touch(spot.start, spot.end)]
        chosen: list[tuple[Spot, list[_Candidate]]] = []
        for spot in sorted(found, key=lambda spot: (spot.start, -spot.end)):
            if chosen and spot.start < chosen[-1][0].end:
                continue
            candidates = self._fitting(spot, text, language)
            if candidates:
                chosen.append((spot, candidates))
        context = _Context(_votes(chosen), _neighbours(chosen), language)
        hits = [self._hit(spot, candidates, context, text) for spot, candidates in chosen]
        taken = Spans([*masked, *((spot.start, spot.end) for spot, _ in chosen)])
        for at, code in paired_states(text, language):
            state = None if taken.touch(at, at + 1) else self.get(f"country:{code}")
            hits.append(PlaceHit(at, at + 1, state) if state else None)
        return tuple(sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.start))

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Give the places of a name in any language, the likeliest first."""
        form = form_of(name)
        found = self._candidates(form) if form else ()
        shout = name.islower() and len(form) < 3  # "us" is a word
        kept = [c for c in found if not (shout and c.flags & UPPER)]
        places = (self.get(c.key) for c in sorted(kept, key=lambda c: (-c.rank, c.key)))
        return tuple(place for place in places if place is not None)

    def get(self, key: str) -> Place | None:
        """Give the place of a key, None if unknown."""
        if key not in self._places:
            self._load(key)
        return self._places[key]

    def parent(self, key: str) -> str | None:
        """Give the key of what a place lies in: a city's region or country, a region's country; None for countries and unknown keys."""
        if key not in self._parents:
            self._load(key)
        return self._parents[key]

    def related(self, a_key: str, b_key: str) -> bool:
        """Tell whether two keys are one place or one lies in the other; two places in one country are not related."""
        return a_key == b_key or b_key in self._chain(a_key) or a_key in self._chain(b_key)

    def _chain(self, key: str) -> list[str]:
        chain: list[str] = []
        above = self.parent(key)
        while above is not None and above not in chain:
            chain.append(above)
            above = self.parent(above)
        return chain

    def _load(self, key: str) -> None:
        rows = self._ask(
            "select name, kind, country, key, geonames_id, lat, lon, parent from place where key = ?", (key,)
        )
        self._places[key] = Place(*rows[0][:7]) if rows else None
        self._parents[key] = rows[0][7] if rows else None

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """All forms, read when a text is first searched."""
        lower = self._ask("select form from name where flags & ?", (LOWER,))
        forms = [form for (form,) in self._ask("select distinct form from name order by form")]
        return Vocabulary(forms, frozenset(form.partition(" ")[0] for (form,) in lower))

    def _vocabulary_of(self, language: str) -> Vocabulary:
        """Give the forms as a language's texts may have them."""
        if language not in self._endings:
            return self._vocabulary
        if language not in self._vocabularies:
            endings = sorted(self._endings[language], key=lambda pair: -len(pair[0]))
            self._vocabularies[language] = self._vocabulary.with_endings(endings)
        return self._vocabularies[language]

    def _ask_candidates(self, form: str) -> tuple[_Candidate, ...]:
        rows = self._ask(
            "select key, rank, flags, language, country, kind, seat_of, lat, lon from name join place using (key) where form = ?", (form,)
        )  # fmt: skip
        return tuple(_Candidate(*facts) for facts in rows)

    def _fitting(self, spot: Spot, text: str, language: str) -> list[_Candidate]:
        """Give the candidates of the first form of a spot that has any which may be meant there."""
        written = text[spot.start : spot.end]
        if text.startswith("$", spot.end):
            return []
        best: list[_Candidate] = []
        for form in spot.forms:
            if ("all", form) in self._stops or (language, form) in self._stops:
                continue
            fitting = [c for c in self._candidates(form) if _may_be(c, written, form, language)]
            if not fitting or (spot.lower_elsewhere and max(c.rank for c in fitting) < 8):
                continue
            if language not in self._endings:
                return fitting
            best = max(best, fitting, key=lambda found: _rank_at_home(found, language))
        return best

    def _hit(self, spot: Spot, candidates: list[_Candidate], context: _Context, text: str) -> PlaceHit | None:
        best = max(candidates, key=context.weight)
        at_home = best.country in _HOMES.get(context.language, ())
        expected = at_home or context.votes[best.country] > (len({c.country for c in candidates}) == 1)
        if spot.beside_capital and best.rank < _SMALL and not expected and context.language not in _CAPITALS_ARE_NAMES:
            return None
        place = self.get(self._region_meant(best, spot, text) or best.key)
        return PlaceHit(spot.start, spot.end, place) if place is not None else None

    def _region_meant(self, candidate: _Candidate, spot: Spot, text: str) -> str | None:
        """Give the region named after a city where the text says 'region' beside it."""
        if candidate.seat_of is None:
            return None
        before, after = text[max(0, spot.start - 20) : spot.start].casefold(), text[spot.end : spot.end + 12].casefold()
        tail = spot.tail + after if spot.tail else after
        return candidate.seat_of if self._before.search(before) or self._after.match(tail) else None

    def _ask(
        self, statement: str, values: tuple[object, ...] = ()
    ) -> list[tuple[Any, ...]]:  # Any: columns of several types
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            db = self._threads.db = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)
        return db.execute(statement, values).fetchall()


def _rank_at_home(candidates: Sequence[_Candidate], language: str) -> float:
    """Rank what a form may mean where a word may be the case of several names: "Tartus" is Tartu's in Estonian."""
    homes = _HOMES.get(language, ())
    return max((c.rank + (2 * _HOME if c.country in homes else 0) for c in candidates), default=0.0)


def _may_be(candidate: _Candidate, written: str, form: str, language: str) -> bool:
    """Tell whether a name as written in the text can be the candidate's: capitals, language."""
    latin = bool(_LATIN.match(written))
    foreign = latin and bool(language) and candidate.language not in ("", "en", language)
    if candidate.flags & UPPER:
        letters = "".join(character for character in written if character.isalpha())
        return letters.isupper() and not (foreign and len(letters) < 4)
    if foreign and candidate.kind != "city":
        return False
    if candidate.kind == "city" and len(form) < _THAI_LEAST and _THAI.match(written):
        return False
    if written[0].islower() and not candidate.flags & LOWER:
        return False
    if candidate.kind == "city" and latin and any(len(word) > 3 and word.islower() for word in written.split()[1:]):
        return False
    return not (written.isupper() and len(form) < 4 and candidate.kind == "city")


def _votes(chosen: Sequence[tuple[Spot, list[_Candidate]]]) -> Counter[str]:
    """Count for each country the distinct names in a text that can only lie there."""
    seen = {
        (min(spot.forms), candidates[0].country)
        for spot, candidates in chosen
        if len({c.country for c in candidates}) == 1
    }
    seen |= {(min(spot.forms), c.country) for spot, candidates in chosen for c in candidates if c.kind == "country"}
    return Counter(country for _, country in seen)


def _neighbours(chosen: Sequence[tuple[Spot, list[_Candidate]]]) -> frozenset[str]:
    """Give the keys of candidates for one name that lie near a candidate for another: Salto and Concordia face each other."""
    names = {min(spot.forms): [c for c in candidates if c.kind == "city"] for spot, candidates in chosen}
    if not any(len({c.country for c in candidates}) > 1 for candidates in names.values()):
        return frozenset()
    near: set[str] = set()
    for first, second in combinations(list(names.values())[:_NEAR_MOST], 2):
        near |= {key for a in first for b in second if a.key != b.key and _close(a, b) for key in (a.key, b.key)}
    return frozenset(near)


def _close(a: _Candidate, b: _Candidate) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return abs(a.lat - b.lat) < _NEAR_DEGREES and abs(a.lon - b.lon) < _NEAR_DEGREES


def _pattern(forms: Iterable[str], frame: str) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(frame.format("|".join(re.escape(form.casefold()) for form in longest_first)))
