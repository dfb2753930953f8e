"""The well-known are found by any of their names, alone and in running text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SettingsError
from tracker.names import NameBook, name_key, same_key

BOOK = NameBook.load()
KIM, SHOIGU, LAVROV, PUTIN = "Kim Jong-un", "Sergei Shoigu", "Sergei Lavrov", "Vladimir Putin"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Шойгу", SHOIGU), ("Сергеем Шойгу", SHOIGU), ("쇼이구", SHOIGU), ("绍伊古", SHOIGU), ("ショイグ", SHOIGU), ("شويغو", SHOIGU),
        ("Ким Чен Ыном", KIM), ("김정은", KIM), ("金正恩", KIM), ("kim jong un", KIM), ("Kim Jong Un", KIM),
        ("Сергея Лаврова", LAVROV), ("Lawrow", LAVROV), ("拉夫罗夫", LAVROV), ("لافروف", LAVROV), ("Путину", PUTIN), ("xi", "Xi Jinping"),
        ("Andrei Rudenko", "Andrei Rudenko"), ("Руденко", "Andrei Rudenko"), ("崔善姫", "Choe Son-hui"), ("金与正", "Kim Yo-jong"),
        ("ООН", "United Nations"), ("PBB", "United Nations"), ("WHO", "World Health Organization"), ("朝鮮中央通信", "KCNA"), ("nato", "NATO"),
    ],
)  # fmt: skip
def test_a_name_of_any_language_finds_its_actor(name: str, canonical: str) -> None:
    found = BOOK.find(name)
    assert found is not None
    assert found.name == canonical


@pytest.mark.parametrize("name", ["who", "Who", "un", "Kim", "김씨", "", "...", "Чен"])
def test_ordinary_words_and_lone_surnames_are_nobody(name: str) -> None:
    assert BOOK.find(name) is None


def test_a_known_person_meets_unknown_spellings_of_the_name() -> None:
    known = BOOK.find("Шойгу")
    assert known is not None
    assert same_key(known.key, name_key("Serghei Șoigu")) >= 0.72


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(text[start:end], actor.name) for start, end, actor in BOOK.scan(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "북한 김정은 국무위원장이 푸틴과 라브로프를 만났다고 조선중앙통신이 전했다", ["김정은", "푸틴", "라브로프", "조선중앙통신"]),
        ("ko", "왕이 죽었다. 푸틴산 사과", []),
        ("zh", "俄罗斯外长拉夫罗夫昨天在朝鲜元山会见金正恩。", ["拉夫罗夫", "金正恩"]),
        ("ja", "金正恩氏、セルゲイ・ショイグ氏と会談。ショイグル", ["金正恩", "セルゲイ・ショイグ"]),
        ("ar", "كيم جونغ أون وبوتين في بيونغ يانغ", ["كيم جونغ أون", "وبوتين"]),
        ("ru", "Сергей Шойгу встретился с Ким Чен Ыном в ООН", ["Сергей Шойгу", "Ким Чен Ыном", "ООН"]),
        ("en", "Who told the WHO? UN Security Council met Putin's envoy", ["WHO", "UN Security Council", "Putin"]),
        ("id", "Komisi XI DPR dan Xi Jinping serta DK PBB", ["Xi Jinping", "DK PBB"]),
        ("en", "The CPI rose, said Donald, Trump", ["Trump"]),
        ("de", "Putins Besuch bei der Nato", ["Putins", "Nato"]),
    ],
)  # fmt: skip
def test_names_are_found_in_running_text(language: str, text: str, expected: list[str]) -> None:
    assert [quote for quote, _ in found(text, language)] == expected


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_can_be_scanned_and_hits_do_not_overlap(text: str) -> None:
    hits = BOOK.scan(text, "en")
    assert all(0 <= start < end <= len(text) for start, end, _ in hits)
    assert all(a[1] <= b[0] for a, b in pairwise(hits))


def test_the_operators_names_weigh_more(tmp_path: Path) -> None:
    own = tmp_path / "aliases.toml"
    own.write_text(
        '[[actor]]\nkind = "person"\nnames = { en = ["Vera Putin", "Putin"] }\n'
        '[[actor]]\nkind = "country"\ncountry = "KP"\nnames = { en = ["Hermit Kingdom"] }\n',
        encoding="utf-8",
    )
    book = NameBook.load(own)
    assert [actor.name for actor in (book.find("Putin"), book.find("Hermit Kingdom")) if actor] == [
        "Vera Putin",
        "Hermit Kingdom",
    ]
    assert (kingdom := book.find("Hermit Kingdom")) is not None
    assert kingdom.key == "KP"


def test_an_absent_file_of_the_operator_is_no_error(tmp_path: Path) -> None:
    assert NameBook.load(tmp_path / "none.toml").find("Putin") is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actor = 3", "write names"), ('[[actor]]\nkind = "dog"', "kind must be"), ("[[actor", "cannot be read"),
        ('[[actor]]\nkind = "person"', "names"), ('[[actor]]\nkind = "person"\nnames = { en = [3] }', "names.en"),
        ('[[actor]]\nkind = "country"\nnames = { en = ["X"] }', "two-letter"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_name(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as refused:
        NameBook.load(path)
    assert str(path) in refused.value.subject
