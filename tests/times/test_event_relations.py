"""Phrases that count from an event are told apart from those that count from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import LanguageDataError
from tracker.languages import shipped
from tracker.languages.times_schema import read_times
from tracker.times import relations, tag
from tracker.types import TimeMention

LANGUAGES = shipped()
DAY = date(2025, 11, 12)


def related(text: str, iso: str = "en") -> tuple[TimeMention, ...]:
    data = LANGUAGES.times(iso)
    assert data is not None
    return relations(text, data=data, times=tag(text, data=data, dct=DAY))


@pytest.mark.parametrize(
    ("iso", "text", "bound", "event"),
    [
        ("en", "The deal was agreed last summer, after the minister's visit to Pyongyang.", "after", "the minister's visit to Pyongyang"),
        ("en", "Before the vote, the speaker fell ill.", "before", "the vote"),
        ("id", "Pengiriman diputuskan musim panas lalu, setelah kunjungan menteri ke Pyongyang.", "after", "kunjungan menteri ke Pyongyang"),
        ("ms", "Pasukan dihantar selepas lawatan menteri itu.", "after", "lawatan menteri itu"),
        ("ru", "Решение приняли прошлым летом, после визита министра в Пхеньян.", "after", "визита министра в Пхеньян"),
        ("uk", "Угоду підписали після переговорів у Відні.", "after", "переговорів у Відні"),
        ("ko", "장관의 평양 방문 이후 공병 파견이 결정됐다.", "after", "장관의 평양 방문"),
        ("ja", "大臣の平壌訪問の後、派遣が決まった。", "after", "大臣の平壌訪問"),
        ("zh", "部长访问平壤之后，双方决定派遣工兵。", "after", "部长访问平壤"),
        ("tr", "Bakanın ziyaretinin ardından karar alındı.", "after", "Bakanın ziyaretinin"),
        ("hi", "मंत्री की यात्रा के बाद फैसला हुआ।", "after", "मंत्री की यात्रा"),
        ("ar", "اتخذ القرار بعد زيارة الوزير إلى بيونغ يانغ.", "after", "زيارة الوزير إلى بيونغ يانغ"),
        ("de", "Die Entsendung wurde nach dem Besuch des Ministers beschlossen.", "after", "dem Besuch des Ministers beschlossen"),
        ("vi", "Thỏa thuận đạt được sau chuyến thăm của bộ trưởng.", "after", "chuyến thăm của bộ trưởng"),
    ],
)  # fmt: skip
def test_a_word_that_counts_from_an_event_names_it(iso: str, text: str, bound: str, event: str) -> None:
    (found,) = related(text, iso)
    assert (found.bound, found.bound_by) == (bound, event)
    assert found.edtf is None
    assert text[found.start : found.end] == found.text
    assert event in found.text


@pytest.mark.parametrize(
    "text",
    [
        "It opened after 5 May.",
        "It closed after three days.",
        "He came after 2019.",
        "They left before Friday.",
        "After, all was well.",
    ],
)
def test_what_counts_from_a_day_or_from_nothing_is_no_relation(text: str) -> None:
    assert related(text) == ()


def test_a_phrase_with_its_own_time_keeps_it_beside_the_relation() -> None:
    text = "It was agreed last summer, after the visit of the minister."
    data = LANGUAGES.times("en")
    assert data is not None
    assert [m.timex_value for m in tag(text, data=data, dct=DAY)] == ["2025-SU"]
    assert [m.bound_by for m in related(text)] == ["the visit of the minister"]


def test_the_words_of_the_event_end_where_a_time_begins() -> None:
    text = "Troops moved after the visit on 17 June to the north."
    (found,) = related(text)
    assert found.bound_by.startswith("the visit")
    assert found.end <= text.index("17 June")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ko", "zh", "ar", "tr"]))
def test_any_text_is_read_without_harm(text: str, iso: str) -> None:
    assert all(text[m.start : m.end] == m.text for m in related(text, iso))


def test_a_side_that_does_not_exist_is_refused_with_its_name() -> None:
    tables = {"name": "X", "order": "dmy", "boundaries": "both", "relations": {"above": {"after": ["x"]}}}
    with pytest.raises(LanguageDataError, match=r"relations\.above\.after"):
        read_times(tables, {}, "xx")


def test_words_that_count_from_an_event_end_at_the_times_beside_them_however_many_there_are() -> None:
    text = "Rain fell before the long war 3 May, " * 500
    found = related(text)
    assert [mention.text for mention in found] == ["before the long war"] * 500
