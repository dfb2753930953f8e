"""The key dates of a topic: which days matter, which sentences tell them, and what makes no difference."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import edtf
from tracker.timeline.digest import key_dates
from tracker.timeline.digest_dates import in_season
from tracker.timeline.digest_days import named_days, words_beside
from tracker.timeline.digest_values import DigestOptions, Line, NamedDay, Told
from tracker.types import Anchor, TimeMention

FLOOD, TRIAL, DULL = date(2024, 3, 5), date(2024, 6, 1), date(2024, 4, 9)


def line(text: str, *days: date, position: int = 0, topical: bool = True, repeated: bool = False) -> Line:
    named = tuple(NamedDay(day, repeated) for day in days)
    words = tuple(dict.fromkeys(text.lower().split()))
    return Line(text, position, max(6, len(words)), topical, named, words)


def told(name: str, published: date | None, *lines: Line) -> Told:
    return Told(name, published, lines)


def days(articles: list[Told], *, n: int = 1, **window: date) -> list[date]:
    return [key.day for key in key_dates(articles, DigestOptions(n, 1, **window))]


def later(day: date, n: int) -> date:
    return day + timedelta(days=n)


NEWS = [
    told("a", later(FLOOD, 1), line("The flood broke the dam of the valley on Tuesday", FLOOD)),
    told("b", later(FLOOD, 2), line("The flood that broke the dam on Tuesday took the bridge", FLOOD)),
    told("c", TRIAL, line("The trial about the dam that the flood broke on 5 March began", FLOOD, TRIAL)),
    told("d", DULL, line("The valley had a quiet market on this day", DULL, topical=False)),
]


def test_the_day_most_articles_come_back_to_is_the_first_key_date() -> None:
    assert days(NEWS) == [FLOOD]


def test_key_dates_stand_in_calendar_order() -> None:
    assert days(NEWS, n=2) == [FLOOD, TRIAL]


def test_only_days_of_the_window_are_given() -> None:
    assert days(NEWS, n=5, first=later(FLOOD, 5), last=later(DULL, 1)) == [DULL]


def test_there_are_no_key_dates_without_articles_or_outside_their_days() -> None:
    assert days([]) == []
    assert days(NEWS, first=date(1999, 1, 1), last=date(1999, 12, 31)) == []


def test_a_day_nobody_writes_a_sentence_of_is_no_key_date() -> None:
    silent = Told("e", DULL, (Line("9 April", 0, 0),))
    assert days([silent], n=3) == []


def test_what_is_said_of_the_topic_outweighs_what_is_said_beside_it() -> None:
    beside = [told(f"x{n}", DULL, line(f"Number {n} of a fair on 9 April", DULL, topical=False)) for n in range(2)]
    assert days([*NEWS[:2], *beside]) == [FLOOD]


def test_a_plan_told_before_its_day_weighs_less_than_a_memory_of_it() -> None:
    plan = told("p", later(FLOOD, -9), line("The council will open the dam then", FLOOD))
    memory = told("q", later(TRIAL, 9), line("The judges left the hall that day", TRIAL))
    assert days([plan, memory]) == [TRIAL]


def test_the_sentence_most_others_agree_with_is_chosen_and_near_copies_of_it_are_not() -> None:
    same = "The flood broke the dam of the valley"
    articles = [told(f"n{n}", later(FLOOD, 1), line(same, FLOOD)) for n in range(3)]
    articles.append(told("z", later(FLOOD, 2), line("Cinemas in town were closed", FLOOD)))
    (key,) = key_dates(articles, DigestOptions(1, 3))
    assert list(key.sentences).count(same) == 1


def test_sentences_are_verbatim() -> None:
    written = {one.text for article in NEWS for one in article.lines}
    assert {text for key in key_dates(NEWS, DigestOptions(9, 9)) for text in key.sentences} <= written


@given(st.permutations(NEWS))
def test_the_order_of_articles_makes_no_difference(articles: list[Told]) -> None:
    assert key_dates(articles, DigestOptions(3, 2)) == key_dates(NEWS, DigestOptions(3, 2))


@given(
    st.lists(
        st.builds(
            told, st.uuids().map(str), st.none() | st.dates(),
            st.builds(line, st.text(max_size=60), st.dates(), topical=st.booleans(), repeated=st.booleans()),
        ),
        max_size=6,
    ),
    st.integers(1, 5), st.integers(1, 3),
)  # fmt: skip
def test_any_articles_give_at_most_what_is_asked_for(articles: list[Told], dates: int, sentences: int) -> None:
    found = key_dates(articles, DigestOptions(dates, sentences))
    assert len(found) <= dates
    assert all(1 <= len(key.sentences) <= sentences for key in found)


def test_a_busy_season_does_not_swallow_the_other_years() -> None:
    busy = {later(FLOOD, n): 2.0 for n in range(40)}
    alone = date(2020, 1, 1)
    weights = in_season({**busy, alone: 1.6}, alone, later(FLOOD, 60))
    assert weights[alone] > max(weights[day] for day in busy)


def mention(
    value: str, *, anchor: Anchor = Anchor.DCT, start: int = 0, end: int = 0, kind: str = "DATE"
) -> TimeMention:
    return TimeMention(start, end, "", kind, value, edtf.parse(value), anchor, "rule")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05/..", "2024-03-05"),
        ("../2024-03-05", "2024-03-05"),
        ("[2024-03-04..2024-03-05]", "2024-03-04"),
        ("2024-03", None),
        ("2024-03/..", None),
        ("[2024-03-04..2024-03-10]", None),
    ],
)
def test_a_phrase_names_a_day_or_none(value: str, day: str | None) -> None:
    found = named_days([mention(value)], published=None, opening=False)
    assert [one.day.isoformat() for one in found] == ([day] if day else [])


def test_the_date_line_of_an_article_tells_no_event() -> None:
    line_of_date = [mention("2024-03-05", anchor=Anchor.EXPLICIT)]
    assert named_days(line_of_date, published=FLOOD, opening=True) == ()
    assert named_days(line_of_date, published=FLOOD, opening=False) == (NamedDay(FLOOD),)


def test_a_day_taken_over_from_before_is_marked() -> None:
    assert named_days([mention("2024-03-05", anchor=Anchor.PREVIOUS)], published=None, opening=False) == (
        NamedDay(FLOOD, repeated=True),
    )


def test_words_beside_a_date_are_counted() -> None:
    assert words_beside("On 5 March 2024 the dam broke", 10, [mention("2024-03-05", start=13, end=25)]) == 4
