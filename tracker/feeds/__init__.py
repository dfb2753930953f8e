"""Feeds: what an answer to a poll means, the entries in it, when to ask again, lists of feeds.

In: `Download`s and the state of a feed. Out: `Entry`s and decisions. Foreign bytes are read in a child process that can be
killed (`SafeParser`); nothing here fetches or stores.
"""

from __future__ import annotations

from tracker.feeds.discover import feed_links
from tracker.feeds.lists import opml_text, read_feeds, read_opml
from tracker.feeds.options import ParseOptions
from tracker.feeds.outcome import Outcome, judge, unreached, unreadable, with_entries
from tracker.feeds.safe import SafeParser
from tracker.feeds.schedule import Check, FeedState, ScheduleOptions, next_check, state_after

__all__ = [
    "Check",
    "FeedState",
    "Outcome",
    "ParseOptions",
    "SafeParser",
    "ScheduleOptions",
    "feed_links",
    "judge",
    "next_check",
    "opml_text",
    "read_feeds",
    "read_opml",
    "state_after",
    "unreached",
    "unreadable",
    "with_entries",
]
