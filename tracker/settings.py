"""Settings: one frozen object, built once at the edge.

Order of weight: config/default.toml, then the file named by TRACKER_CONFIG, then TRACKER_<SECTION>_<KEY> variables
(section ``service`` has no prefix of its own: TRACKER_DATABASE_URL). A secret may also be given as the name of a file
in TRACKER_…_FILE. Each stage receives only its own section; nothing else reads the environment.

Units stand in the names: ``_s`` seconds, ``_bytes`` bytes.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from tracker.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
DEFAULTS = PROJECT / "config" / "default.toml"
PREFIX = "TRACKER_"
CONFIG_VARIABLE = "TRACKER_CONFIG"


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Where things are, and how fast the clock runs."""

    database_url: str
    data_dir: Path
    feeds_file: Path
    topics_file: Path
    aliases_file: Path
    clock_scale: float
    log_level: str
    log_format: str


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The site: address, name, and how much stands on a page and in a feed."""

    host: str
    port: int
    base_url: str
    site_name: str
    page_events: int
    feed_events: int
    embed_on: tuple[str, ...]
    hub_url: str
    threads: int


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Bounds of one download and of the load on one host."""

    allow: tuple[str, ...]
    contact: str
    connect_s: float
    read_s: float
    total_s: float
    max_redirects: int
    feed_bytes: int
    page_bytes: int
    host_gap_s: float
    host_parallel: int


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How often feeds are asked, and what one feed may bring."""

    min_interval_s: int
    max_interval_s: int
    default_interval_s: int
    max_entries: int
    parse_s: float
    batch: int


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """How work is claimed, retried and set aside."""

    workers: int
    batch: int
    lease_s: float
    max_attempts: int
    retry_base_s: float


@dataclass(frozen=True, slots=True)
class ArticleSettings:
    """What an article may be."""

    max_chars: int
    teaser_chars: int


@dataclass(frozen=True, slots=True)
class TimeSettings:
    """How dates are read."""

    hemisphere: str
    prefer: str


@dataclass(frozen=True, slots=True)
class MergeSettings:
    """When two mentions are one event."""

    join_score: float
    possible_score: float
    nearby_events: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it; ``sources`` tells which file or variable gave a value that is not the default."""

    service: ServiceSettings
    web: WebSettings
    fetch: FetchSettings
    poll: PollSettings
    work: WorkSettings
    articles: ArticleSettings
    times: TimeSettings
    merge: MergeSettings
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def database_url(self) -> str:
        """The database's address; the embedded SQLite file where none is set."""
        return self.service.database_url or f"sqlite:///{self.service.data_dir / 'kronik.db'}"


_SECTIONS: dict[str, type[Any]] = {  # Any: each section is another dataclass
    "service": ServiceSettings,
    "web": WebSettings,
    "fetch": FetchSettings,
    "poll": PollSettings,
    "work": WorkSettings,
    "articles": ArticleSettings,
    "times": TimeSettings,
    "merge": MergeSettings,
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "service.log_level": ("debug", "info", "warning", "error"),
    "service.log_format": ("text", "json"),
    "times.hemisphere": ("north", "south"),
    "times.prefer": ("news", "past", "future"),
}
_BOUNDS: dict[str, tuple[float, float]] = {
    "service.clock_scale": (1e-3, 1e6),
    "web.port": (1, 65535),
    "web.page_events": (10, 1000),
    "web.feed_events": (1, 1000),
    "web.threads": (1, 64),
    "fetch.max_redirects": (0, 20),
    "fetch.host_gap_s": (0, 3600),
    "work.workers": (1, 64),
    "merge.join_score": (0, 1),
    "merge.possible_score": (0, 1),
}
_POSITIVE = (1e-3, 1e12)


def load(environment: Mapping[str, str]) -> Settings:
    """Build the settings from the shipped defaults, the operator's file and the environment.

    Raises: SettingsError naming key, value and where it was read.
    """
    values: dict[str, tuple[object, str]] = {}
    _read_file(DEFAULTS, values, known=None)
    known = frozenset(values)
    if environment.get(CONFIG_VARIABLE):
        _read_file(Path(environment[CONFIG_VARIABLE]), values, known=known)
    _read_environment(environment, values)
    sections = {name: _section(name, kind, values) for name, kind in _SECTIONS.items()}
    changed = tuple((key, origin) for key, (_, origin) in sorted(values.items()) if origin != str(DEFAULTS))
    return Settings(**sections, sources=changed)


def variable(key: str) -> str:
    """Name the environment variable of a setting: 'web.port' -> 'TRACKER_WEB_PORT'."""
    section, _, name = key.partition(".")
    return PREFIX + (name if section == "service" else f"{section}_{name}").upper()


def _read_file(path: Path, values: dict[str, tuple[object, str]], *, known: frozenset[str] | None) -> None:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise SettingsError(f"cannot be read ({cause.strerror})", subject=str(path)) from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise SettingsError(f"is no TOML file: {cause}", subject=str(path)) from cause
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise SettingsError(f"{section} = {table!r} stands outside a section such as [web]", subject=str(path))
        for name, value in table.items():
            key = f"{section}.{name}"
            if known is not None and key not in known:
                raise SettingsError(
                    f"unknown setting {key} = {value!r}; config/default.toml lists all", subject=str(path)
                )
            values[key] = (value, str(path))


def _read_environment(environment: Mapping[str, str], values: dict[str, tuple[object, str]]) -> None:
    variables = {variable(key): key for key in values}
    for name, text in sorted(environment.items()):
        if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
            continue
        if name in variables:
            values[variables[name]] = (text, name)
        elif name.removesuffix("_FILE") in variables:
            values[variables[name.removesuffix("_FILE")]] = (_read_secret(name, text), name)
        else:
            raise SettingsError(f"= {text!r} is no setting; config/default.toml lists all", subject=name)


def _read_secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as cause:
        raise SettingsError(f"= {path!r} cannot be read ({cause.strerror})", subject=name) from cause


def _section(section: str, kind: type[Any], values: Mapping[str, tuple[object, str]]) -> Any:  # Any: as _SECTIONS
    hints = get_type_hints(kind)
    return kind(**{f.name: _convert(f"{section}.{f.name}", hints[f.name], values) for f in dataclasses.fields(kind)})


def _convert(key: str, kind: object, values: Mapping[str, tuple[object, str]]) -> object:
    value, origin = values[key]
    reader, wanted = _READERS[kind]
    try:
        result = reader(value)
    except (TypeError, ValueError) as cause:
        raise SettingsError(f"{key} = {value!r} is no {wanted}", subject=origin) from cause
    if key in _CHOICES and result not in _CHOICES[key]:
        raise SettingsError(f"{key} = {value!r} is none of {', '.join(_CHOICES[key])}", subject=origin)
    if isinstance(result, int | float):
        low, high = _BOUNDS.get(key, _POSITIVE)
        if not low <= result <= high:
            raise SettingsError(f"{key} = {value!r} is not between {low:g} and {high:g}", subject=origin)
    return result


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(value)
    return int(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(value)
    return float(value)


def _path(value: object) -> Path:
    return PROJECT / Path(_text(value)).expanduser()


def _names(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else _text(value).split(",")
    return tuple(stripped for part in parts if (stripped := _text(part).strip()))


_READERS: dict[object, tuple[Callable[[object], object], str]] = {
    str: (_text, "text"),
    int: (_whole, "whole number"),
    float: (_number, "number"),
    Path: (_path, "path"),
    tuple[str, ...]: (_names, "list of names"),
}
