"""Articles from what comes in: lines of an import file, entries of feeds.

In: one JSON object a line, or an `Entry` with what is known of its feed. Out: `Article`s with clean text and an aware date.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.errors import ArticleError
from tracker.types import Article, Entry

__all__ = ["Origin", "article_from_entry", "article_from_json", "is_cut"]

_TITLE_MOST = 1000
_ID_MOST = 500
_LINK_MOST = 4000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d{2})?")
_UNKNOWN = frozenset(
    {"none", "null", "nil", "nan", "nat", "n/a", "na", "undefined", "unknown", "-"}
)  # null as other programs write it
# Control and format characters that no text needs: all of C0 and C1 but tab and newline, surrogates, noncharacters, byte order mark.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of the feed an entry comes from: ``zone`` is an IANA name or '', ``language`` an ISO 639-1 code or ''."""

    feed_url: str
    outlet: str
    language: str
    zone: str


def article_from_json(line: str, *, number: int, max_chars: int) -> Article:
    """Read one line of an import file.

    Needs ``id`` (a text or a number) and some ``title`` or ``text``; knows ``published`` (ISO 8601 with or without time and zone, or null, also as
    the text "None", "null", "NaN" …), ``lang``, ``url`` and ``source``; other keys are ignored. A date without a time is midnight UTC with ``published_has_time`` False, a time without a zone is UTC.
    Texts are cut after ``max_chars``.
    Raises: ArticleError with the subject ``line <number>``.
    """
    subject = f"line {number}"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as cause:
        raise ArticleError(f"is no JSON: {cause}", subject=subject) from cause
    if not isinstance(row, dict):
        raise ArticleError("is no JSON object", subject=subject)
    title = _clean(_text(row, "title", subject), one_line=True)[:_TITLE_MOST]
    text = _clean(_text(row, "text", subject))[:max_chars]
    if not title and not text:
        raise ArticleError("has neither title nor text", subject=subject)
    published, has_time = _published(row.get("published"), subject)
    return Article(
        id=_identifier(row.get("id"), subject), title=title, text=text,
        language=_language(_text(row, "lang", subject)), published=published, published_has_time=has_time,
        url=_clean(_text(row, "url", subject), one_line=True)[:_LINK_MOST], outlet=_clean(_text(row, "source", subject), one_line=True)[:_TITLE_MOST],
    )  # fmt: skip


def is_cut(article: Article, max_chars: int) -> bool:
    """Tell whether an article's text was cut: it is as long as a text may be."""
    return len(article.text) >= max_chars


def article_from_entry(entry: Entry, origin: Origin, *, now: datetime, max_chars: int) -> Article:
    """Make an entry of a feed an article.

    Its id is the same whenever the feed is read. Its date is in the outlet's zone, so that its day is the outlet's day; where the feed
    gives none, or none that can be believed, it is when we first saw the entry (``now``), with ``published_has_time`` False.
    """
    published = entry.published if entry.published is not None else now
    identity = hashlib.sha256(f"{origin.feed_url}{entry.key}".encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=f"f-{identity[:16]}",
        title=_clean(entry.title, one_line=True)[:_TITLE_MOST],
        text=_clean(entry.text)[:max_chars],
        language=_language(entry.language) or _language(origin.language),
        published=_in_zone(published, origin.zone),
        published_has_time=entry.published is not None,
        url=_clean(entry.link, one_line=True)[:_LINK_MOST],
        outlet=_clean(origin.outlet, one_line=True),
    )


def _text(row: dict[str, object], key: str, subject: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleError(f"{key} is no text", subject=subject)
    return value


def _identifier(value: object, subject: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return str(value)[:_ID_MOST]
        except ValueError as cause:  # Python refuses to write numbers of thousands of digits
            raise ArticleError("id is too long", subject=subject) from cause
    identifier = _clean(value, one_line=True)[:_ID_MOST] if isinstance(value, str) else ""
    if not identifier:
        raise ArticleError("id is missing, or neither text nor whole number", subject=subject)
    return identifier


def _published(value: object, subject: str) -> tuple[datetime | None, bool]:
    if value is None or value == "":
        return None, True
    if not isinstance(value, str):
        raise ArticleError(f"published = {value!r} is no ISO 8601 date", subject=subject)
    stamp = value.strip()
    try:
        if _DAY.fullmatch(stamp):
            return datetime.combine(date.fromisoformat(stamp), time(), UTC), False
        if not stamp or stamp.lower() in _UNKNOWN or _MONTH_OR_YEAR.fullmatch(stamp):
            return None, True  # no day: nothing could be counted from it
        read = datetime.fromisoformat(stamp)
        read.astimezone(UTC)  # refuses what has no place in years 1 to 9999
    except (ValueError, OverflowError) as cause:
        raise ArticleError(f"published = {stamp[:40]!r} is no ISO 8601 date", subject=subject) from cause
    return (read if read.tzinfo else read.replace(tzinfo=UTC)), True


def _language(declared: str) -> str:
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", declared.strip())
    return found.group().lower() if found else ""


def _in_zone(stamp: datetime, zone: str) -> datetime:
    try:
        return stamp.astimezone(ZoneInfo(zone)) if zone else stamp
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return stamp


def _clean(text: str, *, one_line: bool = False) -> str:
    """Drop characters no text needs, level out line ends; a title is one line."""
    kept = _UNWANTED.sub("", _BREAKS.sub("\n", text))
    return " ".join(kept.split()) if one_line else kept.strip()
