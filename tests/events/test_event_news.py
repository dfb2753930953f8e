"""Reports of one piece of news that see different sides of it, or come back to it: what their articles as a whole join."""

import pytest
from event_builders import Paper, Said, merged, tell

from tracker.types import Anchor, StoredMention

BRIDGE = (
    "The harbour council closed the rusting swing bridge to lorries after inspectors found cracked girders, and ferries "
    "will carry freight between the islands until engineers replace the hinges, councillors told residents yesterday evening"
)
VOLCANO = (
    "Ash from the mountain covered terraced villages while volcanologists warned farmers to stay away from the crater, and "
    "schools handed out masks as rangers closed every hiking trail around the summit lake before nightfall"
)


def lead(paper: str, published: str, kind: str, date: str = "", story: str = BRIDGE, **more: object) -> StoredMention:
    """Tell an article's main news; without a date the day of its article is all that is known."""
    said = {"date": date or f"{published}~", "anchor": Anchor.EXPLICIT if date else Anchor.PUBLISHED, "lead": True}
    return tell(Paper(paper, "en", f"{published}T08:00:00"), f"{story} ({paper}).", Said(kind, **(said | more)))


def events(*mentions: StoredMention) -> int:
    return len(merged(*mentions).clusters)


def test_articles_that_are_alike_lead_with_one_thing_whatever_kind_they_call_it() -> None:
    assert events(lead("harbour", "2025-12-12", "decision"), lead("island", "2025-12-12", "accident")) == 1


def test_articles_of_one_language_that_share_no_words_lead_with_two() -> None:
    told = lead("harbour", "2025-12-12", "decision"), lead("peak", "2025-12-12", "accident", story=VOLCANO)
    assert events(*told) == 2


@pytest.mark.parametrize(("published", "count"), [("2025-12-22", 1), ("2026-01-20", 2)])
def test_a_report_without_a_day_comes_back_to_news_of_the_last_weeks(published: str, count: int) -> None:
    assert events(lead("harbour", "2025-12-12", "decision", "2025-12-11"), lead("late", published, "decision")) == count


def test_a_report_that_names_another_day_tells_other_news() -> None:
    told = lead("harbour", "2025-12-12", "decision", "2025-12-11"), lead("late", "2025-12-22", "decision", "2025-12-21")
    assert events(*told) == 2


def test_nothing_is_reported_before_the_day_on_which_it_happens() -> None:
    assert events(lead("early", "2025-12-12", "decision"), lead("late", "2025-12-23", "decision", "2025-12-22")) == 2


@pytest.mark.parametrize(("day", "count"), [("2025-12-13", 1), ("2025-12-15", 2), ("2025-12-22", 2)])
def test_what_comes_days_after_an_eruption_is_the_next_or_other_news_of_it(day: str, count: int) -> None:
    first = lead("peak", "2025-12-12", "eruption", story=VOLCANO, numbers=((9.0, "hiker"),))
    later = lead("coast", day, "eruption", story=VOLCANO, numbers=((9.0, "hiker"),))
    assert events(first, later) == count


def test_the_news_of_some_weeks_joins_as_a_whole_though_each_report_is_near_to_some_only() -> None:
    days = ("2025-12-12", "2025-12-13", "2025-12-20", "2025-12-24")
    assert events(*(lead(f"paper{day}", day, "decision") for day in days)) == 1
