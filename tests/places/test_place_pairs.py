"""Two states that one word names by a sign each, and words that only look like such a pair."""

import pytest

from tracker.places import Gazetteer

KP, KR, RU, US, CN, JP = (f"country:{code}" for code in ("KP", "KR", "RU", "US", "CN", "JP"))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "북러 조약에 따라 열렸다", [("북", KP), ("러", RU)]),
        ("ko", "한미는 훈련을 시작했다", [("한", KR), ("미", US)]),
        ("ko", "미중 간의 협상", [("미", US), ("중", CN)]),
        ("ko", "한미약품이 발표했다", []),
        ("ko", "북미 시장에 진출했다", []),
        ("ko", "착한일이 많다", []),
        ("ja", "日米首脳会談が行われた", [("日", JP), ("米", US)]),
        ("ja", "日中は暑くなる", []),
        ("ja", "在日米軍の基地", []),
        ("zh", "中美经贸磋商", [("中", CN), ("美", US)]),
        ("zh", "其中美国队获胜", []),
        ("zh", "日美同盟", [("日", JP), ("美", US)]),
    ],
)
def test_a_word_of_two_signs_names_two_states(
    gazetteer: Gazetteer, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(text[hit.start : hit.end], hit.place.key) for hit in gazetteer.find(text, language=language)]
    countries = [item for item in found if item[1].startswith("country:")]
    assert [item for item in countries if len(item[0]) == 1] == expected
