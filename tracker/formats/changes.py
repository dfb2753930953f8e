"""The feed of changes: what was redated, retitled, merged, split or withdrawn, an item a change.

Several changes of one event within an hour are one item. A further report alone is no change. What a curator hid is
named by its number only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree
from markupsafe import Markup

from tracker.formats.elements import ATOM, written
from tracker.formats.elements import add as _add
from tracker.formats.item import Channel, inert
from tracker.formats.rss import channel_element, rfc822
from tracker.types import Event, EventId, Revision

__all__ = ["MEDIA_TYPE", "Change", "ChangeWords", "changes", "feed"]

MEDIA_TYPE = "application/rss+xml"
_TOGETHER = timedelta(hours=1)
_NO_CHANGE = frozenset({"created"})


@dataclass(frozen=True, slots=True)
class Change:
    """What changed about an event within an hour. ``shown`` is the event whose page tells of it now."""

    event: Event
    revisions: tuple[Revision, ...]

    @property
    def changed(self) -> datetime:
        """When the last of it changed."""
        return self.revisions[-1].changed

    @property
    def hidden(self) -> bool:
        """Tell whether the event was withdrawn, so that nothing of it is shown any more."""
        return bool(self.event.revisions) and self.event.revisions[-1].kind == "hidden"

    @property
    def shown(self) -> EventId:
        """The event whose page tells of it: itself, or the one it became part of."""
        return self.event.merged_into or self.event.id


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change in the feed's language: its title, and a line for each thing that changed."""

    title: str
    lines: tuple[str, ...]


def changes(events: Iterable[Event], *, limit: int) -> list[Change]:
    """Gather the events' revisions into changes, newest first; events carry their revisions."""
    found = [change for event in events for change in _grouped(event)]
    return sorted(found, key=lambda change: (change.changed, change.event.id), reverse=True)[:limit]


def feed(channel: Channel, found: Sequence[Change], *, words: Callable[[Change], ChangeWords]) -> bytes:
    """Write the changes as RSS 2.0, in the order given."""
    root = etree.Element("rss", nsmap={"atom": ATOM}, version="2.0")
    head = channel_element(root, channel, built=max((change.changed for change in found), default=None))
    for change in found:
        _item(etree.SubElement(head, "item"), channel, change, words(change))
    return written(root, style=channel.style)


def _grouped(event: Event) -> list[Change]:
    groups: list[list[Revision]] = []
    for revision in event.revisions:
        if revision.kind in _NO_CHANGE or (revision.kind == "merged" and event.merged_into is None):
            continue  # a merge is told once, by the event that went
        if groups and revision.changed - groups[-1][0].changed <= _TOGETHER:
            groups[-1].append(revision)
        else:
            groups.append([revision])
    return [Change(event, tuple(group)) for group in groups]


def _item(item: etree._Element, channel: Channel, change: Change, words: ChangeWords) -> None:
    """The guid is the first change's, so that an item that grows within its hour is not announced twice."""
    _add(item, "title", words.title)
    if not change.hidden:
        _add(item, "link", f"{channel.base_url}/events/{change.shown}")
    name = f"{channel.tag}event/{change.event.id}#rev-{change.revisions[0].number}"
    _add(item, "guid", name, isPermaLink="false")
    _add(item, "pubDate", rfc822(change.changed))
    _add(item, "description", inert(str(Markup("").join(Markup("<p>{}</p>").format(line) for line in words.lines))))
    for kind in dict.fromkeys(revision.kind for revision in change.revisions):
        _add(item, "category", kind)
