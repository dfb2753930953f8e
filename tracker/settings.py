"""Settings: one frozen object, built once at the edge.

Order of weight: config/default.toml, then the file named by TRACKER_CONFIG, then TRACKER_<SECTION>_<KEY> variables
(section ``service`` has no prefix of its own: TRACKER_DATABASE_URL). A secret may also be given as the name of a file
in TRACKER_…_FILE. Each stage receives only its own section; nothing else reads the environment.

Units stand in the names: ``_s`` seconds, ``_bytes``, ``_days``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    """The site: address, name, and what stands in feeds."""

    host: str
    port: int
    base_url: str
    site_name: str
    contact: str
    page_events: int
    feed_events: int
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
    """All of it."""

    service: ServiceSettings
    web: WebSettings
    fetch: FetchSettings
    poll: PollSettings
    work: WorkSettings
    articles: ArticleSettings
    times: TimeSettings
    merge: MergeSettings
