"""The same news told under other kinds, days and words: what joins, and what stays apart."""

import pytest
from event_builders import Paper, Said, home, merged, stories_of, tell

from tracker.events.story import SAME_STORY, alike, story_of
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


RAIN_EN = (
    "Heavy rain over the island of Sulawesi has buried two villages. Rescuers from Makassar reached Toraja on Monday, and "
    "Governor Bahtiar Baharuddin said that 340 people had been moved to schools in Makale."
)
RAIN_RU = (
    "Сильные дожди на острове Сулавеси погребли под землёй две деревни. Спасатели из Макассара добрались до Тораджи в "
    "понедельник, губернатор Бахтиар Бахаруддин сообщил, что 340 человек размещены в школах Макале."
)
STRIKE_EN = (
    "Nurses in Hamburg have stopped work for a third day. The union Verdi said that most wards of the Eppendorf clinic "
    "were closed, while Senator Melanie Schlotzhauer called for talks before Friday."
)
RAIN_ZH, TALKS_ZH = (
    "苏拉威西岛暴雨引发山体滑坡，两个村庄被埋，三百四十人转移到学校。",
    "工会与医院代表周五在汉堡举行第三轮谈判。",
)


def likeness(a: tuple[Paper, str], b: tuple[Paper, str]) -> float:
    (one_, other) = (story_of([], language=paper.language, text=text) for paper, text in (a, b))
    assert alike(one_, other) == alike(other, one_)
    return alike(one_, other).value


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ((EN, RAIN_EN), (EN, RAIN_EN.replace("buried", "swept away").replace("reached", "are in")), True),
        ((EN, RAIN_EN), (RU, RAIN_RU), True),
        ((EN, RAIN_EN), (EN, STRIKE_EN), False),
        ((RU, RAIN_RU), (EN, STRIKE_EN), False),
        (
            (Paper("zh", "zh", "2025-12-13"), RAIN_ZH),
            (Paper("zh2", "zh", "2025-12-13"), "官员说，" + RAIN_ZH[3:]),
            True,
        ),
        ((Paper("zh", "zh", "2025-12-13"), RAIN_ZH), (Paper("zh2", "zh", "2025-12-13"), TALKS_ZH), False),
    ],
)
def test_articles_are_one_story_by_their_words_or_across_languages_by_names_and_numbers(
    first: tuple[Paper, str], second: tuple[Paper, str], same: bool
) -> None:
    assert (likeness(first, second) >= SAME_STORY) is same


@pytest.mark.parametrize(
    "text",
    ["", "I. II. III.", "ALL IN CAPITALS AND NOTHING ELSE", "１２３ 456", "Der Mann und die Frau im Haus am See."],
)
def test_a_text_whose_capitals_mark_no_names_gives_none(text: str) -> None:
    assert not any(name[0] != "#" for name in story_of([], language="de", text=text).names)


def test_main_news_of_one_story_is_one_event_though_others_tell_of_it_in_passing() -> None:
    story = "Shoigu Kim Pyongyang sappers Kursk regiment"
    leads = [tell(paper, f"{story} {n}.", Said(kind, "2025-12-12", who=WHO, where=WHERE, lead=True, numbers=COUNTED))
             for n, (paper, kind) in enumerate([(EN, "business"), (Paper("c", "en", "2025-12-13"), "price")])]  # fmt: skip
    asides = [tell(paper, f"It was told ({paper.name}).", Said("business", "2025-12-12", who=WHO, where=WHERE))
              for paper in (Paper("d", "de", "2025-12-13"), Paper("f", "de", "2025-12-13"))]  # fmt: skip
    assert home(merged(*leads, *asides), leads[0]) == home(merged(*leads, *asides), leads[1])


@pytest.mark.parametrize(("day", "joined"), [("2025-12-12", True), ("2025-12-10", False)])
def test_a_dateline_day_yields_to_a_day_stated_shortly_before(day: str, joined: bool) -> None:
    late = Paper("late", "de", "2025-12-14T08:00:00")
    assert one(lead(EN, "talks", day), lead(late, "talks", "2025-12-14~")) is joined


def test_main_news_of_two_stories_in_one_town_stays_two() -> None:
    said = {"where": ("Jakarta",), "lead": True}
    flood = tell(EN, RAIN_EN, Said("death_toll", "2025-12-12", **said))
    strike = tell(Paper("other", "en", "2025-12-13T08:00:00"), STRIKE_EN, Said("accident", "2025-12-12", **said))
    assert not one(flood, strike)
    assert one(
        flood,
        tell(
            Paper("same", "en", "2025-12-13T08:00:00"), RAIN_EN + " It rains.", Said("accident", "2025-12-12", **said)
        ),
    )


def test_a_kind_on_a_named_day_stays_two_in_articles_that_have_little_in_common() -> None:
    who = {"who": WHO[:1], "start": 900}
    told = [
        *(tell(EN, RAIN_EN, Said("statement", "2025-02-01", **who)), tell(EN, "It was in May.", Said("attack", "2025-05-05"))),
        *(tell(DE, STRIKE_EN, Said("statement", "2025-03-01", **who)), tell(DE, "So it was.", Said("attack", "2025-05-05"))),
    ]  # fmt: skip
    assert home(merged(*told), told[1]) == {told[1].id}


@pytest.mark.parametrize(
    ("count", "other", "other_text", "joined"),
    [(4200, 4200, RAIN_RU, True), (4200, 3100, RAIN_RU, False), (4200, 4200, STRIKE_EN, False),
     (9, 9, RAIN_RU, True), (9, 8, RAIN_RU, False), (9, 9, STRIKE_EN, False), (1, 1, RAIN_RU, False)],
)  # fmt: skip
def test_a_number_of_one_kind_is_one_in_reports_of_one_story_only(
    count: float, other: float, other_text: str, joined: bool
) -> None:
    day = {"anchor": Anchor.PREVIOUS, "start": 900}
    told = [
        tell(EN, RAIN_EN, Said("flood", "2025-12-12", lead=True)),
        tell(EN, "So many left.", Said("evacuation", "2025-12-12~", numbers=((count, "people"),), **day)),
        tell(RU, other_text, Said("flood", "2025-12-12", lead=True)),
        tell(RU, "Uehali.", Said("evacuation", "2025-12-12~", numbers=((other, "людей"),), **day)),
    ]
    assert (home(merged(*told), told[1]) == {told[1].id, told[3].id}) is joined


def test_a_headline_sums_up_the_first_sentence_before_a_later_one_of_its_kind() -> None:
    title = tell(
        EN, "Kim greets regiment, nine dead", Said("death", "2025-12-12", who=("Kim Jong Un",), title=True, lead=True)
    )
    first = tell(EN, "Kim Jong Un greeted the regiment.", Said("ceremony", "2025-12-12", who=("Kim Jong Un",)))
    later = tell(
        EN, "Nine of its engineers were killed clearing mines last autumn.", Said("death", "2025-12-12", start=120)
    )
    assert home(merged(title, first, later), title) == {title.id, first.id}


@pytest.mark.parametrize("endless", ["1" * 50_000, "A" * 50_000, "雨" * 50_000, "\u202e" * 50_000])
def test_an_endless_headline_or_text_makes_a_small_story(endless: str) -> None:
    story = story_of([], language="en", title=endless, text=endless)
    assert len(story.words) + len(story.names) < 20
