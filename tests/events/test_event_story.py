"""The same news told under other kinds, days and words: what joins, and what stays apart."""

import pytest
from event_builders import Paper, Said, home, merged, tell

from tracker.events.story import SAME_STORY, alike, stories_of
from tracker.types import Anchor, Status, StoredMention

EN, DE, RU = (Paper(name, name, "2025-12-13T08:00:00") for name in ("en", "de", "ru"))
WHO, WHERE, COUNTED = ("Sergei Shoigu", "Kim Jong Un"), ("Pyongyang",), ((1000.0, "sapper"),)


def lead(paper: Paper, kind: str, date: str | None = "2025-12-12", **more: object) -> StoredMention:
    said = {"who": WHO, "where": WHERE, "numbers": COUNTED, "lead": True} | more
    return tell(paper, f"News of {paper.name}.", Said(kind, date, **said))


def one(*mentions: StoredMention) -> bool:
    plan = merged(*mentions)
    assert len({m.id for c in plan.clusters for m in mentions if m.id in c.mention_ids}) == len(mentions)
    return len(plan.clusters) == 1


def test_the_main_news_of_one_story_is_one_event_whatever_kind_each_paper_calls_it() -> None:
    assert one(lead(EN, "ceremony"), lead(DE, "talks"), lead(RU, "ceremony"))


def test_what_is_told_in_passing_keeps_its_kind() -> None:
    assert not one(lead(EN, "ceremony"), lead(DE, "law", lead=False))


def test_two_disasters_of_one_story_stay_two() -> None:
    assert not one(lead(EN, "eruption"), lead(DE, "flood"))


def test_news_of_two_days_is_two_under_two_kinds() -> None:
    assert not one(lead(EN, "ceremony"), lead(DE, "law", "2025-12-13"))


def test_a_plan_is_not_the_visit_on_which_it_was_announced() -> None:
    assert not one(lead(EN, "visit"), lead(DE, "construction", status=Status.PLANNED))


@pytest.mark.parametrize(("published", "joined"), [("2025-12-14~", True), ("2025-12-19~", False)])
def test_a_publication_day_yields_to_a_day_stated_shortly_before(published: str, joined: bool) -> None:
    late = Paper("late", "de", f"{published[:10]}T08:00:00")
    assert one(lead(EN, "talks"), lead(late, "talks", published, anchor=Anchor.PUBLISHED)) is joined


def test_a_headline_under_another_kind_belongs_to_its_lead() -> None:
    title = tell(
        EN, "Kim welcomes regiment, nine dead", Said("death_toll", who=("Kim Jong Un",), title=True, lead=True)
    )
    text = tell(EN, "Kim Jong Un received the regiment.", Said("talks", "2025-12-12", who=("Kim Jong Un",)))
    assert one(title, text)


def test_a_headline_of_a_plan_does_not_date_the_plan_by_the_visit() -> None:
    title = tell(EN, "Shoigu in Pyongyang: sappers", Said("visit", "2025-06-17", who=WHO[:1], title=True, lead=True))
    plan = tell(EN, "Sappers will be sent.", Said("deployment", None, status=Status.PLANNED, who=WHO[:1]))
    assert not one(title, plan)


def bare(paper: Paper, kind: str, country: str = "Russia") -> list[StoredMention]:
    """Tell a kind on a day with nothing else, in an article that names a person elsewhere."""
    context = tell(paper, "Shoigu spoke.", Said("statement", "2025-02-01", who=WHO[:1], where=(country,), start=500))
    return [tell(paper, f"It is on 23 February ({paper.name}).", Said(kind, "2025-02-23", start=100)), context]


def test_one_kind_on_a_named_day_is_one_event_where_the_articles_share_a_name() -> None:
    told = [*bare(EN, "vote"), *bare(DE, "vote")]
    assert home(merged(*told), told[0]) >= {told[0].id, told[2].id}


def test_one_kind_on_a_named_day_stays_two_where_nothing_is_shared() -> None:
    told = [bare(EN, "vote")[0], bare(DE, "vote")[0]]
    assert not one(*told)


def test_a_copy_published_days_later_tells_the_same() -> None:
    copy = Paper("copy", "en", "2025-12-16T08:00:00", copy_of=EN)
    assert one(
        tell(EN, "He resigned on Friday.", Said("resignation", "2025-12-12")),
        tell(copy, "He resigned on Friday.", Said("resignation", "2025-12-15")),
    )


def test_a_town_and_a_kind_alone_make_no_story() -> None:
    said = Said("flood", "2025-12-12", where=("Jakarta",))
    stories = stories_of([tell(EN, "Flood.", said), tell(DE, "Flut.", said)])
    assert alike(stories[EN.id], stories[DE.id]).value < SAME_STORY
    assert alike(stories[EN.id], stories[DE.id]) == alike(stories[DE.id], stories[EN.id])
