"""Filters: what is read, what is refused in words, and that writing and reading are inverse."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.edtf import Precision
from tracker.errors import FilterError
from tracker.filters import OLDEST, Filter
from tracker.types import Status


def test_no_parameters_are_the_default_filter() -> None:
    assert Filter.read({}) == Filter()
    assert Filter().query_string() == ""
    assert not Filter().narrows


def test_repeated_and_comma_separated_values_are_the_same() -> None:
    repeated = Filter.read({"status": ["planned", "denied"], "language": ["ru", "id"]})
    joined = Filter.read({"status": ["denied,planned"], "language": ["id,ru"]})
    assert repeated == joined
    assert repeated.status == (Status.PLANNED, Status.DENIED)
    assert repeated.query_string() == "status=planned,denied&language=id,ru"


def test_names_that_are_not_ours_and_empty_fields_are_ignored() -> None:
    assert Filter.read({"utm_source": ["x"], "q": [" "], "from": [""], "place": ["", ","]}) == Filter()


def test_a_month_or_year_bounds_by_its_first_and_last_day() -> None:
    read = Filter.read({"from": ["2024"], "to": ["2024-02"]})
    assert (read.from_, read.to) == (date(2024, 1, 1), date(2024, 2, 29))


def test_a_comma_belongs_to_a_name_when_escaped_and_to_a_search_always() -> None:
    read = Filter.read({"place": ["Washington\\, D.C.,Kursk"], "q": ["a, b"]})
    assert read.place == ("Kursk", "Washington, D.C.")
    assert read.q == "a, b"
    assert Filter.read(parse_qs(read.query_string())) == read


def test_defaults_are_left_out_and_the_order_is_fixed() -> None:
    read = Filter.read({"page": ["1"], "order": ["oldest"], "min_outlets": ["3"], "disputed": ["0"], "q": ["Кім"]})
    assert read.query_string() == "q=%D0%9A%D1%96%D0%BC&min_outlets=3&order=oldest"


def test_order_and_page_do_not_narrow() -> None:
    assert not Filter(order=OLDEST, page=3).narrows
    assert Filter(precision=(Precision.DAY,)).narrows


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("status", "maybe", "status: 'maybe' is none of occurred, ongoing"),
        ("precision", "day,century", "precision: 'century' is none of"),
        ("from", "17.06.2025", "from: '17.06.2025' is no date; write 2025-06-17"),
        ("to", "2025-13", "to: '2025-13' is no date"),
        ("to", "2025-00", "to: '2025-00' is no date"),
        ("to", "2025-02-30", "to: '2025-02-30' is no date"),
        ("to", "0000", "to: '0000' is no date"),
        ("min_outlets", "0", "min_outlets: '0' is no whole number from 1 to 1000"),
        ("page", "-1", "page: '-1' is no whole number"),
        ("page", "٣", "page: '٣' is no whole number"),
        ("disputed", "maybe", "disputed: 'maybe' is neither 1"),
        ("order", "random", "order: 'random' is none of newest, oldest"),
        ("language", "English", "language: 'English' is no language code"),
        ("type", "Visit!", "type: 'Visit!' is no type of event"),
        ("q", "x" * 201, "q: 'xxxxxxxxxxxxxxxxxxxx'… is longer than 200 characters"),
        ("place", ",".join(map(str, range(51))), "place: has 51 values; at most 50"),
    ],
)
def test_unknown_values_are_refused_in_words(name: str, value: str, words: str) -> None:
    with pytest.raises(FilterError) as refusal:
        Filter.read({name: [value]})
    assert str(refusal.value).startswith(words)
    assert refusal.value.subject == name


def test_a_single_value_cannot_be_given_twice() -> None:
    with pytest.raises(FilterError, match="order: is given 2 times"):
        Filter.read({"order": ["newest", "oldest"]})


def test_a_range_that_holds_no_day_is_refused() -> None:
    with pytest.raises(FilterError, match="2025-07-01 is later than to = 2025-06-30"):
        Filter.read({"from": ["2025-07"], "to": ["2025-06"]})


def test_one_value_or_a_whole_field_can_be_dropped() -> None:
    chosen = Filter(status=(Status.PLANNED, Status.DENIED), from_=date(2025, 1, 1), page=4)
    assert chosen.without("status", {"planned"}).parameters() == (("from", "2025-01-01"), ("status", "denied"))
    assert chosen.without("from").parameters() == (("status", "planned,denied"),)


def test_control_characters_are_no_part_of_a_value() -> None:
    assert Filter.read({"q": ["a\x00b\r\nc"]}).q == "a b c"


_NAMES = st.lists(st.text(max_size=20), max_size=4)


@given(q=st.text(max_size=50), place=_NAMES, who=_NAMES, outlet=_NAMES, page=st.integers(1, 10_000))
def test_what_is_written_reads_back_as_itself(
    q: str, place: list[str], who: list[str], outlet: list[str], page: int
) -> None:
    read = Filter.read({"q": [q], "place": place, "who": who, "outlet": outlet, "page": [str(page)]})
    assert Filter.read(parse_qs(read.query_string())) == read
