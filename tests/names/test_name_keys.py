"""One name in several scripts is one name; brothers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.names import NAME_ACCEPT, name_key, same_key, same_name, skeleton

ACCEPT = NAME_ACCEPT

SAME = [
    ("Шойгу", "Shoigu"),
    ("Сергей Шойгу", "Sergei Shoigu"),
    ("Shoigu", "Sergei Shoigu"),
    ("Schoigu", "Shoigu"),
    ("쇼이구", "Shoigu"),
    ("绍伊古", "Shoigu"),
    ("ショイグ", "Shoigu"),
    ("شويغو", "Shoigu"),
    ("Рубио", "Rubio"),
    ("루비오", "Rubio"),
    ("روبيو", "Rubio"),
    ("Рудненко", "Rudnenko"),
    ("رودينكو", "Rudenko"),
    ("루덴코", "Rudenko"),
    ("Зеленським", "Zelenskyy"),
    ("Зеленского", "Zelensky"),
    ("젤렌스키", "Zelensky"),
    ("Володимир Зеленський", "Vladimir Zelensky"),
    ("プーチン", "Putin"),
    ("Хегсет", "Hegseth"),
    ("ヘグセス", "Hegseth"),
    ("Трампом", "Trump"),
    ("Джоко Видодо", "Joko Widodo"),
    ("S. Shoigu", "Sergei Shoigu"),
    ("김정은", "Kim Jong-un"),
    ("习近平", "Xi Jinping"),
    ("Park Jong-chon", "Pak Jong Chon"),
    ("الرئيس", "رئيس"),
]
OTHER = [
    ("Kim Jong-un", "Kim Jong-il"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("김정은", "김정일"),
    ("Kim", "Kim Jong-un"),
    ("Sergei Lavrov", "Sergei Shoigu"),
    ("Andrei Rudenko", "Andrei Rudnev"),
    ("Donald Trump", "Melania Trump"),
    ("Рубио", "Робин"),
    ("Merkel", "Merz"),
    ("Wang Yi", "Wang Li"),
    ("Wang Yi", "Sergei Shoigu"),
    ("Joko Widodo", "Shoigu"),
    ("岸田", "Kim"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name_in_two_spellings_is_accepted(a: str, b: str) -> None:
    assert same_name(a, b) >= ACCEPT


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_two_names_are_kept_apart(a: str, b: str) -> None:
    assert same_name(a, b) < ACCEPT


def test_a_skeleton_is_the_same_in_every_script() -> None:
    assert {skeleton(name) for name in ("Shoigu", "Шойгу", "쇼이구", "绍伊古", "ショイグ", "شويغو", "Szojgu")} == {"SK"}


def test_spellings_share_a_token_to_be_found_by() -> None:
    tokens = [set(name_key(name).split()) for name in ("Sergei Shoigu", "Шойгу", "쇼이구", "شويغو")]
    assert set.intersection(*tokens) == {"SG"}


def test_known_organisations_are_equal_or_other() -> None:
    assert same_key("#united.nations", "#united.nations") == 1.0
    assert same_key("#united.nations", name_key("United Nations")) == 0.0


def test_what_has_no_letters_has_no_key() -> None:
    assert name_key(" -- ") == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_in_bounds_for_any_text(a: str, b: str) -> None:
    score = same_name(a, b)
    assert 0.0 <= score <= 1.0
    assert score == same_name(b, a)
    assert same_key(name_key(a), name_key(a)) == 1.0


@given(st.text(max_size=30), st.text(max_size=30))
def test_keys_of_any_kind_can_be_compared(a: str, b: str) -> None:
    assert 0.0 <= same_key(a, b) <= 1.0
