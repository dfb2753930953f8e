"""What merging looks at when an article has been read: the events its tellings may belong to, and those linked to these.

First the stored units that share keys with the article's, the rarest keys first and few of each; of these the ones that
compare as possibly the same name the events near. From there stored links lead on: pairs that merging found nearly the
same and kept apart. So the work follows what is alike, not what the store holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from tracker.events.blocking import blocking_keys, lead_keys, lead_lookup_keys, lookup_keys, reach, weak_date
from tracker.events.compact import pack_story, pack_unit, read_story, read_unit
from tracker.events.options import MergeOptions, PlaceRelations
from tracker.events.score import Comparer
from tracker.events.story import Story, story_of
from tracker.events.units import Order, Unit, build_units, meets, order_of
from tracker.events.verdicts import Memory
from tracker.rows import Prepared, Telling
from tracker.types import ArticleId, EventId, MentionId, StoredMention

__all__ = ["Neighbourhood", "Shelf", "nearby", "prepare", "prepare_told"]

_UNDER_KEY = 40  # tellings read of one key, the last stored: what stands under more says little
_CANDIDATES = 32  # tellings compared with one of the article's
_IN_A_ROW = 8  # of these; where none of so many is possibly the same, the others, which share less, are not read
_RANKED, _AT_ONCE = 128, 32  # tellings whose events are asked for at most, and in one question
_OF_EVENT = 4  # of these, of one event: a much told one must not hide the others
_MOST_DAYS = 10**7  # more than any calendar has
_CROWD = 24  # tellings by which a much told event is judged; the others go where it goes


class Shelf(Protocol):
    """What is asked of the store."""

    def under(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[MentionId]]:
        """Give the tellings stored under each key, at most ``most``, the last stored first."""
        ...

    def events_of(self, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
        """Tell which event each living mention belongs to; those that belong to none are left out."""
        ...

    def tellings(self, ids: Collection[MentionId]) -> Sequence[Telling]:
        """Load tellings by name, those whose mentions are retired left out."""
        ...

    def members(self, events: Collection[EventId]) -> Mapping[EventId, Mapping[MentionId, bool]]:
        """Name the mentions of events, in the order of their rows, and tell which of them name a telling."""
        ...

    def linked(self, events: Collection[EventId], least: float) -> Sequence[EventId]:
        """Name the events that hold a mention possibly the same as one of these with at least this score, the most alike first."""
        ...

    def stories(self, articles: Collection[ArticleId]) -> Mapping[ArticleId, str]:
        """Load articles' stories, the text of the JSON that `prepare` gave."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What `merge` decides about.

    ``units`` are to be grouped; ``comparer`` knows their articles' stories. ``current`` is where each mention belongs now.
    ``followers`` are mentions that go where their event goes. ``fresh`` are the article's own: events that hold one are
    worked out again even where their members stay.
    """

    units: tuple[Unit, ...]
    comparer: Comparer
    current: Mapping[MentionId, EventId]
    followers: Mapping[EventId, tuple[MentionId, ...]]
    fresh: frozenset[MentionId]


def prepare(mentions: Sequence[StoredMention], *, title: str = "", text: str = "") -> Prepared:
    """Work out what is stored of one article's mentions and its words, so that merging need not read them again."""
    if not mentions:
        return Prepared(None, ())
    return prepare_told(mentions, story_of(mentions, language=mentions[0].language, title=title, text=text))


def prepare_told(mentions: Sequence[StoredMention], story: Story) -> Prepared:
    """Work out the same of mentions, at least one, of an article whose story is known."""
    by_id = {mention.id: mention for mention in mentions}
    units = build_units(mentions, {mentions[0].article_id: story})
    return Prepared(
        pack_story(story),
        tuple(
            (unit.id, pack_unit(unit), tuple(sorted(_keys(blocking_keys, lead_keys, unit, by_id)))) for unit in units
        ),
    )


def _keys(
    of: Callable[[StoredMention], Iterable[str]],
    of_lead: Callable[[StoredMention, Collection[str]], Iterable[str]],
    unit: Unit,
    by_id: Mapping[MentionId, StoredMention],
) -> set[str]:
    """Give the keys of a unit: what one of its mentions knows (kind, time), all of them are sought under."""
    told = [by_id[i] for i in unit.mention_ids]
    best = min(told, key=_width).mention.date
    alike = [
        replace(mention, mention=replace(mention.mention, type=type_, date=date))
        for mention in told
        for type_ in {other.mention.type for other in told}
        for date in {best, mention.mention.date}
    ]
    keys = {key for mention in alike for key in of(mention)}
    return keys | {key for mention in alike for key in of_lead(mention, unit.marks)} if unit.lead else keys


def _width(mention: StoredMention) -> tuple[bool, int, Order]:
    """Rank mentions by how narrowly their time is stated, a day of publication last of those that have one."""
    span = reach(mention)
    days = (span[1] - span[0]).days if span else _MOST_DAYS
    return (weak_date(mention), days, order_of(mention))


def nearby(
    mentions: Sequence[StoredMention],
    touched: Collection[EventId],
    shelf: Shelf,
    *,
    options: MergeOptions,
    relations: PlaceRelations,
    limit: int,
    hops: int = 3,
    memory: Memory | None = None,
) -> Neighbourhood:
    """Gather what an article's ``mentions`` have to be grouped with.

    ``touched``: events that hold, or lost, a mention of the article. At most ``limit`` events besides these are loaded, in up
    to ``hops`` steps from link to link. ``memory`` is asked for pairs judged before under the same options and relations. As long as no limit cuts, the events that come of it do not depend on the order in
    which articles arrive.
    """
    gathering = _Gathering(mentions, shelf, options, relations, memory or Memory())
    least = options.join_score - options.margin  # a pair below neither joins nor stands in another's way
    near = gathering.events_alike(mentions)
    events = dict.fromkeys([*touched, *near])
    events = dict.fromkeys(islice(events, limit + len(touched)))
    edge: Sequence[EventId] = tuple(events)
    for _ in range(hops):
        room = limit + len(touched) - len(events)
        if room <= 0 or not edge:
            break
        edge = [event for event in shelf.linked(edge, least) if event not in events][:room]
        events |= dict.fromkeys(edge)
    return gathering.load(tuple(events))


class _Gathering:
    """One article's look around, with the units and stories it has read so far."""

    def __init__(
        self,
        mentions: Sequence[StoredMention],
        shelf: Shelf,
        options: MergeOptions,
        relations: PlaceRelations,
        memory: Memory,
    ) -> None:
        self._shelf, self._options = shelf, options
        self._fresh = frozenset(mention.id for mention in mentions)
        self._units: dict[MentionId, Unit] = {}
        self._contents: dict[MentionId, int] = {}
        self._stories: dict[ArticleId, Story] = {}
        self._story_texts: dict[ArticleId, str] = {}
        self._comparer = Comparer(self._stories, options, relations, (memory, self._contents))
        self._read(shelf.tellings(self._fresh))
        self._own = sorted(self._units.values(), key=lambda unit: unit.order)

    def events_alike(self, mentions: Sequence[StoredMention]) -> list[EventId]:
        """Name the events with a telling that is possibly the same as one of the article's, the most alike first."""
        by_id = {mention.id: mention for mention in mentions}
        keys = {unit.id: _keys(lookup_keys, lead_lookup_keys, unit, by_id) for unit in self._own}
        asked = {key for some in keys.values() for key in some}
        stored = {key: [i for i in ids if i not in self._fresh] for key, ids in self._under(asked).items()}
        left = self._chosen({unit.id: _rarest_first(stored, keys[unit.id]) for unit in self._own})
        best: dict[EventId, float] = {}
        while left:
            some = {unit: dict(islice(chosen.items(), _IN_A_ROW)) for unit, chosen in left.items()}
            self._read(self._shelf.tellings({i for chosen in some.values() for i in chosen} - self._units.keys()))
            found = {unit for unit, chosen in some.items() if self._compare(self._units[unit], chosen, best)}
            rest = {unit: dict(islice(left[unit].items(), _IN_A_ROW, None)) for unit in found}
            left = {unit: chosen for unit, chosen in rest.items() if chosen}
        return sorted(best, key=lambda event: (-best[event], event))

    def _compare(self, unit: Unit, chosen: Mapping[MentionId, EventId], best: dict[EventId, float]) -> bool:
        """Note the likeness of the events whose tellings are possibly the same; tell whether any is."""
        found = False
        for i, event in chosen.items():
            other = self._units.get(i)  # none where it was taken back after its event was named
            verdict = self._comparer.compare(unit, other) if other is not None and meets(unit, other) else None
            if verdict is not None and verdict.score >= self._options.possible_score:
                best[event] = max(best.get(event, 0.0), verdict.score)
                found = True
        return found

    def load(self, events: Collection[EventId]) -> Neighbourhood:
        """Load the events' units, of a much told event those read so far and the first told."""
        members = self._shelf.members(events)
        heads = {event: [i for i, head in told.items() if head] for event, told in members.items()}
        wanted = {i for ids in heads.values() for i in islice(sorted(ids, key=self._unread), _CROWD)}
        self._read(self._shelf.tellings(wanted - self._units.keys()))
        units = [*self._own, *(self._units[i] for i in sorted(wanted) if i in self._units and i not in self._fresh)]
        inside = {i for unit in units for i in unit.mention_ids}
        current = {i: event for event, told in members.items() for i in told}
        followers = {event: tuple(i for i in told if i not in inside) for event, told in members.items()}
        return Neighbourhood(tuple(units), self._comparer, current, followers, self._fresh)

    def _chosen(self, ranked: Mapping[MentionId, Sequence[MentionId]]) -> dict[MentionId, dict[MentionId, EventId]]:
        """Choose for each unit the tellings it is compared with, and name their events; the events of later ones are seldom asked for."""
        chosen: dict[MentionId, dict[MentionId, EventId]] = {unit: {} for unit in ranked}
        for start in range(0, _RANKED, _AT_ONCE):
            asked = {
                unit: ids[start : start + _AT_ONCE] for unit, ids in ranked.items() if len(chosen[unit]) < _CANDIDATES
            }
            homes = self._shelf.events_of({i for ids in asked.values() for i in ids})
            for unit, ids in asked.items():
                _take(chosen[unit], ids, homes)
        return chosen

    def _under(self, keys: Collection[str]) -> Mapping[str, Sequence[MentionId]]:
        return self._shelf.under(keys, _UNDER_KEY)

    def _unread(self, telling: MentionId) -> tuple[bool, bool, MentionId]:
        return (telling not in self._fresh, telling not in self._units, telling)

    def _read(self, tellings: Iterable[Telling]) -> None:
        new = {telling.id: telling for telling in tellings if telling.id not in self._units}
        missing = {telling.article_id for telling in new.values()} - self._story_texts.keys()
        texts = self._shelf.stories(missing)
        self._story_texts |= texts
        self._stories |= {article: read_story(text) for article, text in texts.items()}
        self._units |= {i: read_unit(telling.data) for i, telling in new.items()}
        self._contents |= {i: hash((t.data, self._story_texts.get(t.article_id, ""))) for i, t in new.items()}


def _rarest_first(stored: Mapping[str, Sequence[MentionId]], keys: Iterable[str]) -> list[MentionId]:
    """Rank the tellings under some keys: each key they share counts the more the fewer stand under it."""
    weight: dict[MentionId, float] = {}
    for key in sorted(keys):
        ids = stored.get(key, ())
        for telling in ids:
            weight[telling] = weight.get(telling, 0.0) + 1 / (3 + len(ids))
    return sorted(weight, key=lambda i: (-weight[i], -i))[:_RANKED]


def _take(chosen: dict[MentionId, EventId], ids: Sequence[MentionId], homes: Mapping[MentionId, EventId]) -> None:
    """Add the first few of each event, until as many are chosen as are compared."""
    taken = Counter(chosen.values())
    for i in ids:
        if i in homes and taken[homes[i]] < _OF_EVENT and len(chosen) < _CANDIDATES:
            taken[homes[i]] += 1
            chosen[i] = homes[i]
