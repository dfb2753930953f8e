"""When to ask a feed again: by its own rhythm, by what its server asks for, ever more rarely while it fails.

    base   = max(adaptive, ttl or sy:update…, max-age or Expires)
    ok     = clamp(base, shortest, longest)
    failed = clamp(max(base, shortest * 2**failures, Retry-After), shortest, longest)   # Retry-After alone up to 7 days
    next   = now + wait * (1 + jitter), out of skipHours and skipDays                   # jitter only ever adds

Source: polling.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from tracker.feeds.outcome import Outcome
from tracker.feeds.rhythm import Skips

__all__ = ["Check", "FeedState", "ScheduleOptions", "address_to_ask", "next_check", "state_after"]

_GAPS = 20  # newest entries whose gaps tell a feed's rhythm
_SILENCE_SHARE = 20  # a feed silent for 20 days is asked once a day
_MOST_DOUBLINGS = 16
_HOUR_S = 3600
_GIVE_UP = timedelta(days=30)
_MOVED_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """Seconds, all of them; ``scale`` > 1 makes waits that much shorter (for trials)."""

    shortest_s: int
    longest_s: int
    unknown_s: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between polls. ``rhythm_s`` is half the usual gap between its entries."""

    failures: int
    subscribed_at: datetime
    last_ok: datetime | None
    last_new: datetime | None
    rhythm_s: int | None
    ttl_s: int | None
    interval_s: int | None
    skips: Skips = field(default_factory=Skips)


@dataclass(frozen=True, slots=True)
class Check:
    """The next poll: when, after how many seconds of the feed's own time, and why then. ``rhythm_s`` is to be remembered."""

    at: datetime
    interval_s: int
    why: str
    rhythm_s: int | None = None


def next_check(state: FeedState, outcome: Outcome, *, options: ScheduleOptions, now: datetime, jitter: float) -> Check:
    """Decide when to ask again. ``jitter`` is a share of the wait, 0 to 0.1."""
    base, why = _base(state, outcome, options, now)
    longest = options.longest_s
    if not outcome.ok:
        failures = state.failures + 1
        backoff = options.shortest_s * 2 ** min(failures, _MOST_DOUBLINGS)
        if backoff >= base:
            base, why = backoff, f"{failures} failure{'s' if failures > 1 else ''} in a row"
        if outcome.retry_s is not None and outcome.retry_s >= min(base, longest):
            base, longest, why = outcome.retry_s, max(longest, outcome.retry_s), "the server asked for it"
    wait = min(max(base, options.shortest_s), longest)
    jitter = max(0.0, jitter)
    interval = wait * (1 + jitter)
    moment = now + timedelta(seconds=interval)
    skips = state.skips if outcome.skips is None else outcome.skips
    allowed = skips.after(moment)
    if allowed > moment:
        wait, why = (allowed - now).total_seconds(), "the feed asks for its peace until then"
        interval = wait + jitter * _HOUR_S
    rhythm_s = _rhythm(outcome)
    kept = state.rhythm_s if rhythm_s is None else rhythm_s
    return Check(now + timedelta(seconds=interval / options.scale), int(wait), why, kept)


def address_to_ask(url: str, original: str, state: FeedState, *, now: datetime, scale: float = 1.0) -> str:
    """Give the address of the next poll. A feed that moved and then failed for a week is asked at its old one in turn."""
    silence = (now - (state.last_ok or state.subscribed_at)) * scale
    return original if silence > _MOVED_BACK and state.failures % 2 else url


def state_after(state: FeedState, outcome: Outcome, *, now: datetime, scale: float = 1.0) -> str:
    """Name the feed's state after a failure: gone after a 410, paused after 30 days without success, else active."""
    if outcome.gone:
        return "gone"
    silence = (now - (state.last_ok or state.subscribed_at)) * scale
    return "paused" if silence > _GIVE_UP else "active"


def _base(state: FeedState, outcome: Outcome, options: ScheduleOptions, now: datetime) -> tuple[float, str]:
    if state.interval_s:
        best, why = float(state.interval_s), "set in the list of feeds"
    else:
        best, why = _adaptive(state, outcome, options, now)
    for value, reason in (
        (outcome.ttl_s or state.ttl_s, "the feed asks for it"),
        (outcome.floor_s, "the server asked for it"),
    ):
        if value is not None and value > best:
            best, why = float(value), reason
    return best, why


def _adaptive(state: FeedState, outcome: Outcome, options: ScheduleOptions, now: datetime) -> tuple[float, str]:
    """Half the median gap between the newest entries, and at least a twentieth of the silence."""
    if outcome.missed:
        return float(options.shortest_s), "entries may have been missed"
    rhythm_s = _rhythm(outcome)
    rhythm_s = state.rhythm_s if rhythm_s is None else rhythm_s
    if rhythm_s is None:
        best, why = float(options.unknown_s), "its rhythm is not known yet"
    else:
        best, why = float(rhythm_s), "the feed's own rhythm"
    heard = max([state.subscribed_at, *([state.last_new] if state.last_new else []), *_stamps(outcome)[:1]])
    silence = (now - heard).total_seconds() * options.scale / _SILENCE_SHARE
    return (silence, "it has been silent for long") if silence > best else (best, why)


def _rhythm(outcome: Outcome) -> int | None:
    """Give half the median gap of the newest entries in seconds; None where their dates do not tell."""
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(_stamps(outcome))]
    return int(median(gaps) / 2) if gaps else None


def _stamps(outcome: Outcome) -> list[datetime]:
    return sorted((entry.published for entry in outcome.entries if entry.published), reverse=True)[:_GAPS]
