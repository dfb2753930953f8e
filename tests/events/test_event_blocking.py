"""Keys: what can be one event meets, what cannot stays out of the way, and few rows a mention."""

import pytest
from event_builders import Paper, Said, tell

from tracker.events import blocking_keys, lookup_keys, neighbourhood
from tracker.types import Anchor, EventId, Status, StoredMention

PAPER = Paper("a", "en", "2025-07-01T08:00:00")


def said(date: str | None = None, type_: str = "visit", **more: object) -> StoredMention:
    who = more.pop("who", ("Sergei Shoigu",))
    where = more.pop("where", ("Pyongyang",))
    return tell(PAPER, "Shoigu visits.", Said(type_, date, who=who, where=where, **more))


def meet(a: StoredMention, b: StoredMention) -> bool:
    there, back = set(blocking_keys(a)) & set(lookup_keys(b)), set(blocking_keys(b)) & set(lookup_keys(a))
    assert bool(there) == bool(back)
    return bool(there)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("2025-06-17"), said("2025-06-17")),
        (said("2025-06-30"), said("2025-07-01")),
        (said("2025-06-17"), said("2025-22")),
        (said("2025-06-17"), said("2025")),
        (said("2025-06-17"), said(None)),
        (said("2025-07-20"), said(None, status=Status.PLANNED)),
        (said("2025-06-17"), said("../2025-07-01", anchor=Anchor.EVENT)),
        (said("2025-06-17", "visit"), said("2025-06-17", "talks")),
        (said("2025-06-17", "visit"), said("2025-06-17", "event")),
        (said("2025-06-17", who=("Shoigu",), where=()), said("2025-06-17", who=("Сергей Шойгу",), where=())),
        (said("2025-06-17", who=(), where=("Russia",)), said("2025-06-18", who=(), where=("Kursk",))),
        (said("2025"), said(None)),
        (said("2025-22"), said("2025-06")),
    ],
)
def test_what_can_be_one_event_meets(a: StoredMention, b: StoredMention) -> None:
    assert meet(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("2025-06-17"), said("2025-09-17")),
        (said("2025-06-17", "eruption"), said("2025-06-17", "flood")),
        (said("2025-06-17", who=(), where=("Russia",)), said("2025-06-25", who=(), where=("Russia",))),
        (said("2025-06-17"), said("2025-06-17", who=("Joko Widodo",), where=("Jakarta",), numbers=())),
        (said("2020"), said(None)),
        (said("198X"), said("2025")),
    ],
)
def test_what_cannot_be_one_event_does_not_meet(a: StoredMention, b: StoredMention) -> None:
    if "Joko Widodo" in {actor.name for actor in b.mention.who}:
        b = tell(
            PAPER, "Other words altogether.", Said("visit", "2025-06-17", who=("Joko Widodo",), where=("Jakarta",))
        )
    assert not meet(a, b)


def test_a_mention_costs_few_rows_even_with_forty_names() -> None:
    crowd = tuple(f"{first}{middle}an Delegate{first}" for first in "bdfgklmnpr" for middle in "aeio")
    assert len(blocking_keys(said("2025-22", who=crowd))) < 200
    assert len(blocking_keys(said("2025-06-17"))) <= 20


def test_an_undated_mention_of_an_undated_article_has_no_keys() -> None:
    mention = tell(Paper("x", "en", ""), "Shoigu visits.", Said(who=("Shoigu",)))
    assert blocking_keys(mention) == lookup_keys(mention) == ()


def test_the_neighbourhood_grows_by_hops_until_the_cap() -> None:
    steps = [said(f"2025-06-{day}", start=day) for day in (10, 11, 12, 13)]
    stored = {EventId(number): (mention,) for number, mention in enumerate(steps, 1)}

    def find(keys: object, most: int) -> dict[EventId, tuple[StoredMention, ...]]:
        near = {e: told for e, told in stored.items() if set(keys) & {k for k in blocking_keys(told[0]) if "d:" in k}}
        return dict(list(near.items())[:most])

    new = [said("2025-06-09")]
    assert len(neighbourhood(new, find, limit=10, hops=1).current) == 1
    assert len(neighbourhood(new, find, limit=10, hops=9).current) == 4
    assert len(neighbourhood(new, find, limit=2, hops=9).current) == 2
    assert new[0].id in {mention.id for mention in neighbourhood(new, find, limit=10).mentions}
