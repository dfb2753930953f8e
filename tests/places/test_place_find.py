"""Finding places in running text: the longest name, the likeliest place, and no words that merely look like towns."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.places import Gazetteer


def found(gazetteer: Gazetteer, text: str, language: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.place.key) for hit in gazetteer.find(text, language=language)]


KP, RU = "country:KP", "country:RU"
KURSK_REGION, PYONGYANG = "region:RU.KRS", "1871859"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "Pasukan zeni Korea Utara di wilayah Kursk", [("Korea Utara", KP), ("Kursk", KURSK_REGION)]),
        ("en", "North Korean sappers in the Kursk region", [("North Korean", KP), ("Kursk region", KURSK_REGION)]),
        ("ru", "В Пхеньяне встретили сапёров из Курской области", [("Пхеньяне", PYONGYANG), ("Курской области", KURSK_REGION)]),
        ("ru", "северокорейских и российской", [("северокорейских", KP), ("российской", RU)]),
        ("uk", "у Києві та Курській області", [("Києві", "703448"), ("Курській області", KURSK_REGION)]),
        ("ko", "북한이 평양에서 러시아 쿠르스크주에 파병", [("북한", KP), ("평양", PYONGYANG), ("러시아", RU), ("쿠르스크주", KURSK_REGION)]),
        ("zh", "从俄罗斯库尔斯克州回到平壤", [("俄罗斯", RU), ("库尔斯克州", KURSK_REGION), ("平壤", PYONGYANG)]),
        ("pl", "w Krakowie", [("Krakowie", "3094802")]),
        ("pl", "pod Krakowem, we Włoszech", [("Krakowem", "3094802"), ("Włoszech", "country:IT")]),
        ("et", "laupäeval Tartus", [("Tartus", "588335")]),
        ("th", "ที่จังหวัดเชียงใหม่เมื่อวาน", [("เชียงใหม่", "1153671")]),
        ("th", "เลย", []),
        ("el", "στον Βόλο", [("Βόλο", "251833")]),
        ("ru", "в Туле", [("Туле", "480562")]),
        ("de", "in Krakowie", []),
        ("ja", "ロシア西部クルスク州から平壌へ", [("ロシア", RU), ("クルスク州", KURSK_REGION), ("平壌", PYONGYANG)]),
        ("ar", "في بيونغ يانغ وروسيا إلى منطقة كورسك", [("بيونغ يانغ", PYONGYANG), ("وروسيا", RU), ("منطقة كورسك", KURSK_REGION)]),
        ("de", "Russlands Präsident in Pjöngjang", [("Russlands", RU), ("Pjöngjang", PYONGYANG)]),
        ("es", "en la región de Kursk", [("región de Kursk", KURSK_REGION)]),
        ("en", "Reading a book is Nice. Most of the Best Man", []),
        ("en", "The US said it cost US$5, and told us", [("US", "country:US")]),
        ("id", "AS dan Jawa Barat. Barat Daya", [("AS", "country:US"), ("Jawa Barat", "region:ID.JB")]),
        ("id", "Kita Aman. Lima Orang Tewas", []),
        ("nl", "Het Best", []),
    ],
)  # fmt: skip
def test_places_are_found_in_text(
    gazetteer: Gazetteer, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    hits = found(gazetteer, text, language)
    assert [key for _, key in hits] == [key for _, key in expected]
    for (written, _), (name, _) in zip(hits, expected, strict=True):
        assert name in written


def test_masked_persons_are_no_places(gazetteer: Gazetteer) -> None:
    text = "Paris Hilton met Jordan in Paris"
    assert [hit.start for hit in gazetteer.find(text, language="en", masked=((0, 12), (17, 23)))] == [27]


def test_a_country_named_in_the_text_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    assert ("Salto", "3440714") in found(gazetteer, "The bridge to Salto in Uruguay", "en")
    assert ("Salto", "3450594") in found(gazetteer, "The bridge to Salto in Brazil", "en")


def test_towns_told_of_together_lie_together(gazetteer: Gazetteer) -> None:
    hits = found(gazetteer, "Between Concordia and Salto", "en")
    assert hits == [("Concordia", "3435261"), ("Salto", "3440714")]


def test_a_word_that_is_also_written_small_is_no_town(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Tigre y otro tigre", "es") == []


def test_many_threads_may_ask_at_once(gazetteer: Gazetteer) -> None:
    def ask(_: int) -> int:
        return len(gazetteer.find("Shoigu flew from Moscow to Pyongyang", language="en"))

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(40))) == {2}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60), language=st.sampled_from(["", "en", "ru", "ko", "zh"]))
def test_any_text_can_be_searched_and_hits_are_in_order(gazetteer: Gazetteer, text: str, language: str) -> None:
    hits = gazetteer.find(text, language=language)
    ends = [0]
    for hit in hits:
        assert ends[-1] <= hit.start < hit.end <= len(text)
        ends.append(hit.end)
