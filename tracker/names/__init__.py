"""Names of people and organisations across scripts: keys that are equal or close for one name, and the well-known by alias."""

from __future__ import annotations

from tracker.names.book import NameBook
from tracker.names.keys import NAME_ACCEPT, name_key, same_key, same_name
from tracker.names.skeletons import skeleton

__all__ = ["NAME_ACCEPT", "NameBook", "name_key", "same_key", "same_name", "skeleton"]
