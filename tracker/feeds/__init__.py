"""Feeds: what an answer to a poll means, the entries in it, when to ask again, lists of feeds.

In: `Download`s and the state of a feed. Out: `Entry`s and decisions. Foreign bytes are read in a child process that can be
killed (`SafeParser`); nothing here fetches or stores.
"""

from __future__ import annotations

from tracker.feeds.discover import IS_PAGE, feed_links, looks_like_page
from tracker.feeds.lists import opml_text, read_feeds, read_opml
from tracker.feeds.options import ParseOptions
from tracker.feeds.outcome import Outcome, judge, unreached, unreadable, with_entries, without_known
from tracker.feeds.rhythm import Skips, skips_of
from tracker.feeds.safe import SafeParser
from tracker.feeds.schedule import Check, FeedState, ScheduleOptions, address_to_ask, next_check, state_after
from tracker.feeds.zones import Lead, feed_zone, lead_after

__all__ = [
    "IS_PAGE",
    "Check",
    "FeedState",
    "Lead",
    "Outcome",
    "ParseOptions",
    "SafeParser",
    "ScheduleOptions",
    "Skips",
    "address_to_ask",
    "feed_links",
    "feed_zone",
    "judge",
    "lead_after",
    "looks_like_page",
    "next_check",
    "opml_text",
    "read_feeds",
    "read_opml",
    "skips_of",
    "state_after",
    "unreached",
    "unreadable",
    "with_entries",
    "without_known",
]
