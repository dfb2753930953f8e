"""What must hold for any reports in any order: hypothesis plays the newsroom, a dictionary the database."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from event_builders import Atlas, Paper, Said, merged, stories_of, tell, text_of, together
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.events import Memory, MergeOptions, fuse, merge, nearby, prepare
from tracker.events.compact import unpack_story, unpack_unit
from tracker.events.units import build_units
from tracker.rows import Telling
from tracker.types import Anchor, ArticleId, EventId, MentionId, MergePlan, Status, StoredMention

START = datetime(2025, 6, 14, tzinfo=UTC)
DATES = (None, "2025-06-15", "2025-06-16", "2025-06-17", "2025-06-18", "2025-06", "2025-22", "2025", "2025-06-16/..")
NUMBERS = ((), ((1000.0, "sapper"),), ((37.0, "house"),))
PROFILE = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


class Newsroom:
    """Events and what was prepared of articles in dictionaries: what the store does, without a database."""

    def __init__(self) -> None:
        self.told: dict[MentionId, StoredMention] = {}
        self.homes: dict[MentionId, EventId] = {}
        self.born: dict[EventId, datetime] = {}
        self.shelved: dict[MentionId, tuple[ArticleId, str]] = {}
        self.keys: dict[str, list[MentionId]] = {}
        self.kept_stories: dict[ArticleId, str] = {}
        self.memory = Memory(most=50)
        self.pairs: dict[tuple[MentionId, MentionId], float] = {}

    def arrive(self, article: Sequence[StoredMention]) -> None:
        """Take an article in and merge it, as the pipeline does."""
        self.shelve(article)
        self.merge(article)

    def shelve(self, article: Sequence[StoredMention]) -> None:
        """Keep what merging compares of an article."""
        prepared = prepare(article, text=text_of(article))
        self.told |= {mention.id: mention for mention in article}
        self.kept_stories[article[0].article_id] = json.dumps(prepared.story)
        for telling, data, keys in prepared.tellings:
            self.shelved[telling] = (article[0].article_id, json.dumps(data))
            for key in keys:
                self.keys.setdefault(key, []).append(telling)

    def leave(self, article: Sequence[StoredMention]) -> None:
        """Take an article back, as when its page is emptied: its events are decided anew without it."""
        gone = {mention.id for mention in article}
        touched = {self.homes.pop(i) for i in gone}
        self.shelved = {i: kept for i, kept in self.shelved.items() if i not in gone}
        self.keys = {key: [i for i in ids if i not in gone] for key, ids in self.keys.items()}
        self.pairs = {pair: score for pair, score in self.pairs.items() if gone.isdisjoint(pair)}
        self.merge((), touched & set(self.homes.values()))

    def merge(self, article: Sequence[StoredMention], orphaned: Collection[EventId] = ()) -> MergePlan:
        """Decide anew about an article and carry the plan out."""
        options = MergeOptions()
        touched = {self.homes[m.id] for m in article if m.id in self.homes} | set(orphaned)
        near = nearby(
            article, touched, self, options=options, relations=Atlas(), limit=1000, hops=50, memory=self.memory
        )
        plan = merge(near, born=self.born, options=options, tell=lambda ids: [self.told[i] for i in ids])
        for cluster in plan.clusters:
            event = cluster.event_id or EventId(len(self.born) + 1)
            self.born.setdefault(event, START + timedelta(minutes=len(self.born)))
            self.homes |= dict.fromkeys(cluster.mention_ids, event)
        judged = set(plan.compared)
        self.pairs = {pair: score for pair, score in self.pairs.items() if not judged >= set(pair)}
        self.pairs |= {(a, b): score for a, b, score in plan.possible}
        return plan

    def clusters(self) -> set[frozenset[MentionId]]:
        """Give the events as sets of mentions."""
        return {frozenset(told) for told in self.members(set(self.homes.values())).values()}

    def under(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[MentionId]]:
        return {key: self.keys[key][-most:] for key in keys if key in self.keys}

    def events_of(self, ids: Collection[MentionId]) -> Mapping[MentionId, EventId]:
        return {i: self.homes[i] for i in ids if i in self.homes}

    def tellings(self, ids: Collection[MentionId]) -> Sequence[Telling]:
        return [Telling(i, *self.shelved[i]) for i in ids if i in self.shelved]

    def members(self, events: Collection[EventId]) -> Mapping[EventId, Mapping[MentionId, bool]]:
        told: dict[EventId, dict[MentionId, bool]] = {}
        for mention, event in sorted(self.homes.items()):
            if event in events:
                told.setdefault(event, {})[mention] = mention in self.shelved
        return told

    def linked(self, events: Collection[EventId], least: float) -> Sequence[EventId]:
        ends = {frozenset(self.homes[i] for i in pair) for pair, score in self.pairs.items() if score >= least}
        return sorted({event for pair in ends if pair & set(events) for event in pair} - set(events))

    def stories(self, articles: Collection[ArticleId]) -> Mapping[ArticleId, str]:
        return {article: self.kept_stories[article] for article in articles}


@st.composite
def articles(draw: st.DrawFn) -> list[list[StoredMention]]:
    """Draw up to seven articles of one to three mentions in a small world, so that much collides."""
    return [draw(article(f"paper{number}")) for number in range(draw(st.integers(1, 7)))]


@st.composite
def article(draw: st.DrawFn, name: str) -> list[StoredMention]:
    published = START + timedelta(days=draw(st.integers(0, 8)), hours=draw(st.integers(0, 20)))
    paper = Paper(name, draw(st.sampled_from(["id", "ru", "en"])), published.replace(tzinfo=None).isoformat())
    return [draw(mention(paper, number)) for number in range(draw(st.integers(1, 3)))]


@st.composite
def mention(draw: st.DrawFn, paper: Paper, number: int) -> StoredMention:
    when = draw(st.sampled_from([*DATES, "published"]))
    anchor = Anchor.PUBLISHED if when == "published" else Anchor.EXPLICIT
    said = Said(
        type=draw(st.sampled_from(["visit", "talks", "attack", "event", "statement"])),
        date=f"{paper.published[:10]}~" if when == "published" else when,
        anchor=anchor,
        status=draw(st.sampled_from([Status.OCCURRED, Status.OCCURRED, Status.PLANNED, Status.DENIED])),
        who=tuple(draw(st.lists(st.sampled_from(["Sergei Shoigu", "Шойгу", "Kim Jong-un"]), max_size=2, unique=True))),
        where=tuple(draw(st.lists(st.sampled_from(["Pyongyang", "Kursk", "Kursk Oblast", "Russia"]), max_size=2))),
        numbers=draw(st.sampled_from(NUMBERS)),
        lead=number == 0,
        title=number == 0 and draw(st.booleans()),
        start=number * 200,
    )
    words = draw(st.lists(st.sampled_from(["sappers", "arrived", "bridge", "treaty", "signed"]), max_size=3))
    return tell(paper, " ".join([*words, "ends."]), said)


@PROFILE
@given(articles(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_events(told: list[list[StoredMention]], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)
    one, other = Newsroom(), Newsroom()
    for item in told:
        one.arrive(item)
    for item in shuffled:
        other.arrive(item)
    assert one.clusters() == other.clusters()
    assert one.clusters() == together(merged(*(mention for item in told for mention in item)))


@PROFILE
@given(articles())
def test_an_article_taken_back_leaves_the_events_as_they_were_without_it(told: list[list[StoredMention]]) -> None:
    room, without = Newsroom(), Newsroom()
    for item in told:
        room.arrive(item)
    for item in told[:-1]:
        without.arrive(item)
    room.leave(told[-1])
    assert room.clusters() == without.clusters()
    assert {i for event in room.clusters() for i in event} == {m.id for item in told[:-1] for m in item}


@PROFILE
@given(articles())
def test_merging_again_changes_nothing(told: list[list[StoredMention]]) -> None:
    room = Newsroom()
    for item in told:
        room.arrive(item)
    homes, pairs = dict(room.homes), dict(room.pairs)
    for item in told:
        assert room.merge(item).redirects == ()
        assert (room.homes, room.pairs) == (homes, pairs)


@PROFILE
@given(articles())
def test_what_is_no_news_to_an_event_is_not_worked_out_again(told: list[list[StoredMention]]) -> None:
    mentions = [mention for item in told for mention in item]
    first = merged(*mentions)
    current = {m: EventId(n) for n, cluster in enumerate(first.clusters, 1) for m in cluster.mention_ids}
    assert merged(*mentions, current=current, fresh=False).clusters == ()
    again = merged(*mentions, current=current)
    assert [cluster.event_id for cluster in again.clusters] == list(range(1, len(first.clusters) + 1))
    assert [cluster.facts for cluster in again.clusters] == [cluster.facts for cluster in first.clusters]
    assert again.redirects == ()


@PROFILE
@given(article("kept"))
def test_what_is_stored_for_merging_reads_back_as_it_was(told: list[StoredMention]) -> None:
    prepared = prepare(told, text=text_of(told))
    units = [unpack_unit(json.loads(json.dumps(data))) for _, data, _ in prepared.tellings]
    assert units == build_units(told, stories_of(told))
    assert unpack_story(json.loads(json.dumps(prepared.story))) == stories_of(told)[told[0].article_id]


@PROFILE
@given(articles())
def test_every_mention_is_in_exactly_one_event(told: list[list[StoredMention]]) -> None:
    mentions = [mention for item in told for mention in item]
    placed = [mention for cluster in merged(*mentions).clusters for mention in cluster.mention_ids]
    assert sorted(placed) == sorted(mention.id for mention in mentions)


@PROFILE
@given(articles())
def test_no_event_holds_days_more_than_one_apart(told: list[list[StoredMention]]) -> None:
    by_id = {mention.id: mention for item in told for mention in item}
    for cluster in merged(*by_id.values()).clusters:
        days = [day for m in cluster.mention_ids if (day := stated_day(by_id[m])) is not None]
        assert not days or (max(days) - min(days)).days <= 1


@PROFILE
@given(articles())
def test_no_undisputed_date_is_wider_than_the_best_report_or_outside_all(told: list[list[StoredMention]]) -> None:
    by_id = {mention.id: mention for item in told for mention in item}
    for cluster in merged(*by_id.values()).clusters:
        fused = cluster.facts.date.edtf
        dated = [by_id[m].mention.date for m in cluster.mention_ids]
        values = [d.edtf for d in dated if d and d.edtf]
        stated = [d.edtf for d in dated if d and d.edtf and d.anchor is not Anchor.PUBLISHED and d.edtf.days]
        if fused is None or cluster.facts.disputed:
            continue
        assert any(value.contains(fused) for value in values)
        assert not stated or (fused.days or 0) <= min(value.days or 0 for value in stated)


@PROFILE
@given(articles(), st.randoms(use_true_random=False))
def test_a_wider_report_never_moves_a_date(told: list[list[StoredMention]], random: object) -> None:
    mentions = [mention for item in told for mention in item]
    before = fuse(mentions)
    if before.edtf is None or before.edtf.days is None or any(m.mention.date is None for m in mentions):
        return
    if all(m.mention.date is None or m.mention.date.anchor is Anchor.PUBLISHED for m in mentions):
        return  # any stated date outweighs days of publication
    wide = tell(Paper("wide", "de", "2025-09-01T00:00:00"), "Im Jahr 2025.", Said(date="2025"))
    after = fuse(random.sample([*mentions, wide], len(mentions) + 1))
    assert (after.earliest, after.latest) == (before.earliest, before.latest)


def stated_day(mention: StoredMention) -> date | None:
    when = mention.mention.date
    if when is None or when.edtf is None or when.anchor is Anchor.PUBLISHED or when.edtf.days != 1:
        return None
    return when.edtf.earliest
