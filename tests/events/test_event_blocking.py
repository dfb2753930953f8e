"""Keys: what can be one event meets, what cannot stays out of the way, and few rows a mention."""

from dataclasses import replace

import pytest
from event_builders import Paper, Said, tell

from tracker.events import blocking_keys, lookup_keys
from tracker.types import Anchor, ArticleId, Status, StoredMention

PAPER = Paper("a", "en", "2025-07-01T08:00:00")


NINE = {"who": (), "where": (), "numbers": ((9, "soldiers"),)}  # a small number, told of nobody and nowhere


def said(date: str | None = None, type_: str = "visit", **more: object) -> StoredMention:
    who = more.pop("who", ("Sergei Shoigu",))
    where = more.pop("where", ("Pyongyang",))
    return tell(PAPER, "Shoigu visits.", Said(type_, date, who=who, where=where, **more))


def unlike(mention: StoredMention) -> StoredMention:
    """Give the same mention in words of another language."""
    return replace(mention, language="id")


def elsewhere(mention: StoredMention) -> StoredMention:
    """Give the same mention in another article."""
    return replace(mention, article_id=ArticleId(7))


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
        (said("2025-06-17", "death", **NINE), said("2025-06-18", "death", **NINE)),
        (said("2025"), said(None)),
        (said("2025-22"), said("2025-06")),
    ],
)
def test_what_can_be_one_event_meets(a: StoredMention, b: StoredMention) -> None:
    assert meet(a, elsewhere(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("2025-06-17"), said("2025-09-17")),
        (said("2025-06-17", "eruption"), said("2025-06-17", "flood")),
        (said("2025-06-17", who=(), where=("Russia",)), said("2025-06-25", who=(), where=("Russia",))),
        (said("2025-06-17"), said("2025-06-17", who=("Joko Widodo",), where=("Jakarta",), numbers=())),
        (said("2025-06-17", "death", **NINE), unlike(said("2025-06-17", "arrest", **NINE))),
        (said("2025-06-17", "death", **NINE), unlike(said("2025-06-27", "death", **NINE))),
        (said("2020"), said(None)),
        (said("198X"), said("2025")),
    ],
)
def test_what_cannot_be_one_event_does_not_meet(a: StoredMention, b: StoredMention) -> None:
    if "Joko Widodo" in {actor.name for actor in b.mention.who}:
        b = tell(
            PAPER, "Other words altogether.", Said("visit", "2025-06-17", who=("Joko Widodo",), where=("Jakarta",))
        )
    assert not meet(a, elsewhere(b))


def test_a_mention_costs_few_rows_even_with_forty_names() -> None:
    crowd = tuple(f"{first}{middle}an Delegate{first}" for first in "bdfgklmnpr" for middle in "aeio")
    assert len(blocking_keys(said("2025-22", who=crowd))) < 200
    assert len(blocking_keys(said("2025-06-17"))) <= 30


def test_an_undated_mention_of_an_undated_article_meets_copies_of_its_text_only() -> None:
    mention = tell(Paper("x", "en", ""), "Shoigu visits.", Said(who=("Shoigu",)))
    assert blocking_keys(mention) == lookup_keys(mention)
    assert [key[:2] for key in blocking_keys(mention)] == ["x:"]


def test_copies_of_one_text_meet_whenever_they_are_printed() -> None:
    copy = Paper("copy", "en", "2025-08-01T08:00:00", copy_of=PAPER)
    first, second = (
        tell(paper, "It rained.", Said("flood", day)) for paper, day in ((PAPER, "2025-07-01"), (copy, "2025-08-01"))
    )
    assert meet(first, second)


def test_what_a_report_tells_without_a_day_meets_the_day_others_name() -> None:
    late = Paper("late", "en", "2025-07-03T08:00:00")
    told = Said("visit", "2025-07-03~", Anchor.PUBLISHED, who=("Sergei Shoigu",))
    assert meet(tell(late, "Shoigu visits.", told), said("2025-06-30"))
    assert not meet(tell(late, "Then Shoigu leaves.", told), said("2025-06-20"))
