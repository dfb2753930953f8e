"""Formats: events -> bytes for others, one module a format. Pure: no clock, no database, no web."""

from tracker.formats import jsonl, rss
from tracker.formats.jsonl import event_object

__all__ = ["event_object", "jsonl", "rss"]
