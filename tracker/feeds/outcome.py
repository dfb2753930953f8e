"""What an answer to a poll means: news, nothing new, or a failure in words with what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tracker.errors import FeedError, FetchError, ForbiddenAddress
from tracker.feeds.rhythm import Skips, read_skips
from tracker.types import Download, Entry, ParsedFeed, Validators

__all__ = ["Outcome", "judge", "unreached", "unreadable", "with_entries", "without_known"]

_LONGEST_WAIT_S = 7 * 86_400  # what a server may ask for at most
_END = re.compile(rb"</(?:[A-Za-z]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_TAIL = 20_000  # bytes behind the end a server may add: comments, scripts
_WHOLE = frozenset({200, 203, 226})  # answers whose body is the document (RFC 9110, section 15.3; RFC 3229)
_ADVICE = {
    401: "asks for a password (401)", 402: "asks for payment (402)", 403: "refuses us (403); its publisher may not want to be polled",
    404: "is not there (404); perhaps it moved: try `feeds discover` on the site", 410: "is gone for good (410)",
    429: "says we ask too often (429)", 451: "is blocked for legal reasons (451)", 503: "is overloaded or under repair (503)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a poll went. ``words`` say a failure in one line.

    ``ttl_s`` is the rhythm the feed's document asks for, ``floor_s`` the one the server's headers ask for, ``retry_s`` a
    Retry-After; all seconds, None where nothing is said. ``skips`` are the hours it wants its peace in, None where no
    document came. ``body_hash`` tells the document that was read, None where none was. ``missed``: none of the entries known is left in it. ``gone`` means never again.
    """

    ok: bool
    words: str = ""
    entries: tuple[Entry, ...] = ()
    validators: Validators | None = None
    moved_to: str | None = None
    title: str = ""
    ttl_s: int | None = None
    complaint: str = ""
    floor_s: int | None = None
    retry_s: int | None = None
    gone: bool = False
    skips: Skips | None = None
    missed: bool = False
    body_hash: str | None = None


def judge(download: Download, *, now: datetime) -> Outcome:
    """Say what an answer means before its body is read (polling.md, section 2)."""
    status, floor_s = download.status, _floor(download, now)
    if status == 304:
        return Outcome(ok=True, validators=download.validators, floor_s=floor_s)
    if status in _WHOLE and download.body.strip(b"\x00 \t\r\n"):
        return Outcome(ok=True, validators=download.validators, moved_to=download.moved_to, floor_s=floor_s)
    retry_s = _retry_after(download.header("retry-after"), now) if status in (429, 503) else None
    return Outcome(ok=False, words=_words(status), retry_s=retry_s, gone=status == 410)


def unreached(failure: FetchError) -> Outcome:
    """Say that no answer came."""
    hint = "; see fetch.allow" if isinstance(failure, ForbiddenAddress) and "fetch.allow" not in str(failure) else ""
    return Outcome(ok=False, words=f"{failure}{hint}")


def unreadable(failure: FeedError) -> Outcome:
    """Say that an answer is no feed."""
    return Outcome(ok=False, words=str(failure))


def with_entries(outcome: Outcome, parsed: ParsedFeed, download: Download, *, body_hash: str = "") -> Outcome:
    """Complete a good answer by what its body holds.

    A body that may have been cut short keeps its entries but no validators: the next poll asks for all of it again.
    """
    cut = _is_cut(download)
    undated = sum(entry.published is None for entry in parsed.entries)
    notes = (
        parsed.complaint,
        "cut short: it is asked for anew next time" if cut else "",
        f"{undated} of {len(parsed.entries)} entries without a credible date" if undated else "",
    )
    return replace(
        outcome, entries=parsed.entries, title=parsed.title, ttl_s=parsed.ttl_s, complaint="; ".join(filter(None, notes)),
        validators=Validators(download.url) if cut else outcome.validators, body_hash="" if cut else body_hash, skips=read_skips(download.body),
    )  # fmt: skip


def without_known(outcome: Outcome) -> Outcome:
    """Mark a good answer in which none of the entries known before is left."""
    note = "none of the entries known is left: some may have been missed"
    return replace(outcome, missed=True, complaint="; ".join(filter(None, (outcome.complaint, note))))


def _is_cut(download: Download) -> bool:
    """Tell whether XML stops without its end, in an answer that only the end of the connection ended (RFC 9112, 6.3)."""
    framed = download.header("content-length") or "chunked" in download.header("transfer-encoding").lower()
    if framed or not download.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    return b"\0" not in download.body[:200] and _END.search(download.body[-_TAIL:]) is None


def _words(status: int) -> str:
    if status in _ADVICE:
        return _ADVICE[status]
    if status in _WHOLE or status == 204:
        return f"answered without any content ({status})"
    if 300 <= status < 400:
        return f"redirects nowhere ({status})"
    return f"has a fault of its own ({status})" if 500 <= status < 600 else f"answered with {status}"


def _floor(download: Download, now: datetime) -> int | None:
    """Give the seconds a server wants us to keep its answer: max-age, else Expires; a past date is no floor."""
    if match := re.search(r"\bmax-age\s*=\s*\"?([0-9]{1,9})", download.header("cache-control"), re.IGNORECASE):
        return int(match[1])
    expires = _http_date(download.header("expires"))
    if expires is None:
        return None
    wait = int((expires - (_http_date(download.header("date")) or now)).total_seconds())
    return wait if wait > 0 else None


def _retry_after(value: str, now: datetime) -> int | None:
    if re.fullmatch(r"\s*[0-9]{1,100}\s*", value):
        return min(int(value), _LONGEST_WAIT_S)
    stamp = _http_date(value)
    wait = int((stamp - now).total_seconds()) if stamp else 0
    return min(wait, _LONGEST_WAIT_S) if wait > 0 else None


def _http_date(value: str) -> datetime | None:
    try:
        stamp = parsedate_to_datetime(value) if value else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return stamp if stamp is None or stamp.tzinfo else stamp.replace(tzinfo=UTC)
