"""The ribbon as drawn: nothing leaves the frame, names are not cut off, today and the chosen window stand where they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.visits import many, one, page, parameters, rain, words
from tracker.filters import Filter
from tracker.rows import Mass
from tracker.timeline import plain_speech, ribbon
from tracker.web.drawing import BASE, Drawing, draw

TODAY = date(2025, 11, 20)
ENGLISH, ARABIC = plain_speech(), plain_speech("ar")


def days(*found: date, planned: bool = False, sure: bool = True) -> list[Mass]:
    return [Mass(day, day, sure, planned, 1) for day in found]


def drawn(masses: list[Mass], filter_: Filter | None = None, *, rtl: bool = False, today: date = TODAY) -> Drawing:
    speech = ARABIC if rtl else ENGLISH
    bins = ribbon(masses, today=today)
    found = draw(bins, filter_ or Filter(), link=lambda f: f"/?{f.query_string()}", speech=speech, today=today)
    assert found is not None
    return found


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


MONTHS = days(*(date(2023 + n // 12, n % 12 + 1, 9) for n in range(8, 35)))


def test_nothing_to_draw_is_no_drawing() -> None:
    assert draw(ribbon([], today=TODAY), Filter(), link=str, speech=ENGLISH, today=TODAY) is None
    assert many(page("/", [rain(1, None)]), ".ribbon") == []


@pytest.mark.parametrize("rtl", [False, True])
def test_the_first_and_last_names_begin_and_end_at_their_bars(rtl: bool) -> None:
    labels = drawn(MONTHS, rtl=rtl).labels
    first, last = labels[0], labels[-1]
    assert first.anchor == "start"
    assert {label.anchor for label in labels[1:-1]} == {"middle"}
    assert percent(first.x) < 2 or percent(first.x) > 98
    assert last.anchor == ("end" if abs(percent(last.x) - 50) > 42 else "middle")


def test_wide_bars_have_their_names_in_the_middle() -> None:
    labels = drawn(
        days(
            *(date(2025, 6, 1) + timedelta(days=n) for n in range(5)),
        ),
        today=date(2020, 1, 1),
    ).labels
    assert {label.anchor for label in labels} == {"middle"}


def test_the_year_is_named_where_it_begins_among_all_names_and_among_the_few() -> None:
    labels = drawn(MONTHS).labels
    assert labels[0].text == "Sept 2023"
    few = [label.text for label in labels if not label.minor]
    assert few == ["Sept 2023", "Sept 2024", "Sept 2025"]
    assert sum(label.text.endswith("2024") for label in labels) <= 2
    assert len(labels) <= 12


def test_a_bar_says_what_it_holds_and_leads_to_it() -> None:
    vague = Mass(date(2025, 6, 1), date(2025, 6, 30), False, False, 1)
    bars = drawn([*MONTHS, *days(date(2025, 6, 17)), vague]).bars
    june = next(bar for bar in bars if "from=2025-06-01" in bar.href)
    assert june.words == "June 2025: 2 events on known days, and 1 event only roughly dated"
    assert parameters(june.href) == {"from": "2025-06-01", "to": "2025-06-30"}
    assert [block.kind for block in june.blocks] == ["sure", "vague"]


def test_a_bar_of_only_roughly_dated_events_says_how_many_and_no_zero() -> None:
    vague = Mass(date(2025, 1, 1), date(2025, 12, 31), False, False, 3)
    bars = drawn([*days(date(2025, 1, 9), date(2025, 12, 9)), vague]).bars
    august = next(bar for bar in bars if "from=2025-08-01" in bar.href)
    assert august.words == "August 2025: 3 events only roughly dated"


def test_a_bar_of_the_future_is_planned() -> None:
    [bar] = [b for b in drawn([*MONTHS, *days(date(2026, 1, 9), planned=True)]).bars if "2026-01-01" in b.href]
    assert [block.kind for block in bar.blocks] == ["planned"]


def test_the_today_line_parts_past_from_future() -> None:
    found = drawn([*MONTHS, *days(date(2026, 1, 9), planned=True)])
    assert found.today is not None
    assert found.future is not None
    assert found.today.x == found.future[0]
    assert percent(found.future[0]) + percent(found.future[1]) == pytest.approx(100, abs=0.01)
    assert drawn(MONTHS, today=date(2035, 1, 1)).today is None


@pytest.mark.parametrize(
    ("rtl", "near_start", "anchor", "dx"),
    [(False, False, "end", "-6"), (False, True, "start", "6"), (True, False, "end", "6"), (True, True, "start", "-6")],
)
def test_the_word_today_stands_in_the_past_unless_it_would_be_cut_off(
    rtl: bool, near_start: bool, anchor: str, dx: str
) -> None:
    today = date(2023, 9, 20) if near_start else date(2025, 9, 20)
    found = drawn(MONTHS, rtl=rtl, today=today).today
    assert found is not None
    assert (found.anchor, found.dx) == (anchor, dx)


def test_with_a_right_to_left_interface_time_runs_from_right_to_left() -> None:
    bars, mirrored = drawn(MONTHS).bars, drawn(MONTHS, rtl=True).bars
    for left, right in zip(bars, mirrored, strict=True):
        assert left.href == right.href
        assert percent(left.x) + percent(left.width) + percent(right.x) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize(
    ("filter_", "bars"),
    [
        (Filter(from_=date(2024, 1, 1), to=date(2024, 3, 31)), 3), (Filter(from_=date(2025, 10, 1)), 2), (Filter(to=date(2023, 9, 30)), 1),
        (Filter(from_=date(1900, 1, 1), to=date(2100, 1, 1)), 27), (Filter(), None), (Filter(from_=date(2030, 1, 1)), None),
    ],
)  # fmt: skip
def test_the_chosen_window_is_drawn_over_its_bars(filter_: Filter, bars: int | None) -> None:
    found = drawn(MONTHS, filter_)
    if bars is None:
        assert found.window is None
    else:
        assert found.window is not None
        assert percent(found.window[1]) == pytest.approx(bars * 100 / 27, abs=0.02)


def test_cut_off_tails_are_linked_under_the_same_filter() -> None:
    found = drawn(MONTHS, Filter(q="rain", page=3))
    assert parameters(found.earlier_href) == {"q": "rain", "to": "2023-08-31"}
    assert parameters(found.later_href) == {"q": "rain", "from": "2025-12-01"}


def test_the_page_names_what_is_beside_the_ribbon() -> None:
    stored = [rain(1, None), rain(2, "../2025-06-11"), *(rain(n, f"2025-06-{n:02d}") for n in range(3, 9))]
    assert words(one(page("/", stored), ".beside")) == "+1 known only by a bound +1 without a date"


def test_a_month_and_a_year_are_the_unit_their_span_asks_for() -> None:
    few, many_years = [rain(1, "2025-06-01"), rain(2, "2025-06-04")], [rain(1, "1950"), rain(2, "2025-01-01")]
    assert "Events per day." in words(one(page("/", few), ".ribbon-head"))
    assert "Events per year." in words(one(page("/", many_years), ".ribbon-head"))


MASSES = st.lists(
    st.tuples(st.dates(), st.integers(0, 4000), st.booleans(), st.booleans(), st.integers(1, 99)).map(
        lambda m: Mass(m[0], min(m[0], date.max - timedelta(days=m[1])) + timedelta(days=m[1]), *m[2:])
    ),
    min_size=1,
    max_size=10,
)
BOUNDS = st.one_of(st.none(), st.dates())


@settings(max_examples=60, deadline=None)
@given(MASSES, st.dates(), BOUNDS, BOUNDS, st.booleans())
def test_whatever_happened_the_drawing_stays_in_its_frame(
    masses: list[Mass], today: date, first: date | None, last: date | None, rtl: bool
) -> None:
    chosen = Filter(from_=first, to=max(last, first) if last and first else last)
    found = drawn(masses, chosen, rtl=rtl, today=today)
    boxes = [(bar.x, bar.width) for bar in found.bars] + [box for box in (found.window, found.future) if box]
    assert all(percent(x) >= -0.001 and percent(x) + percent(width) <= 100.002 for x, width in boxes)
    assert all(-0.001 <= percent(label.x) <= 100.001 for label in found.labels)
    for bar in found.bars:
        assert bar.blocks
        assert all(0 <= float(block.y) <= BASE and float(block.height) >= 2 for block in bar.blocks)
