"""Formats: events -> bytes for others, one module a format. Pure: no clock, no database, no web."""

from tracker.formats import atom, changes, geojson, ics, jsonfeed, jsonl, opml, rss, sitemap, spreadsheet, timelinejs
from tracker.formats.item import Channel, ItemWords, Words
from tracker.formats.jsonl import event_object

__all__ = [
    "Channel",
    "ItemWords",
    "Words",
    "atom",
    "changes",
    "event_object",
    "geojson",
    "ics",
    "jsonfeed",
    "jsonl",
    "opml",
    "rss",
    "sitemap",
    "spreadsheet",
    "timelinejs",
]
