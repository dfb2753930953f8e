"""Who says it: the subject of the verb of saying, not whoever stands nearest."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader


@pytest.mark.parametrize(
    ("iso", "text", "name"),
    [
        ("en", "Minister Lena Olsen told Peter Moss on Sunday that the bridge in Lille would open on 3 June.", "Lena Olsen"),
        ("en", "The fire in Bergen on Saturday killed three people, Mayor Ann Webb said.", "Ann Webb"),
        ("en", "Ole Hansen, of the Bank of Bergen, said on Sunday that the fire in Bergen killed three people.", "Ole Hansen"),
        ("en", "A court in Bergen jailed Dana Wolff on Friday, officials said.", ""),
        ("de", "Der Brand in Kiel am Samstag traf zwölf Häuser, sagte Jens Holm dem Reporter Uwe Kraft.", "Jens Holm"),
        ("es", "El incendio del sábado en Cuenca dejó dos muertos, dijo el alcalde Luis Paz, amigo de Ana Ruiz.", "Luis Paz"),
        ("ko", "김민수 시장은 10일 이영희 장관이 부산을 방문했다고 밝혔다.", "김민수"),
        ("ja", "佐藤健一市長は11日、田中一郎知事が10日に神戸を訪問したと述べた。", "佐藤健一"),
        ("zh", "市长王建国表示，10日在西安发生的爆炸造成3人死亡。", "王建国"),
        ("ar", "قال المحافظ أحمد سالم إن حريقا في الإسكندرية يوم السبت أدى إلى مقتل ثلاثة أشخاص.", "أحمد سالم"),
        ("hi", "मुख्यमंत्री राकेश वर्मा ने कहा कि शनिवार को पटना में आग से तीन लोगों की मौत हो गई।", "राकेश वर्मा"),
        ("id", "Menurut Gubernur Budi Santoso, banjir di Semarang pada Sabtu menewaskan tiga orang.", "Budi Santoso"),
    ],
)  # fmt: skip
def test_the_speaker_is_the_subject_of_the_verb_of_saying(reader: Reader, iso: str, text: str, name: str) -> None:
    assert {mention.speaker for mention in reader.all(text, iso, published="2025-05-12")} == {name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("候任总理12日抵达西安。", []),
        ("总理阿纳·索尔12日抵达西安。", ["阿纳·索尔"]),
        ("省长李明介绍，火灾12日在昆明造成2人死亡。", ["李明"]),
    ],
)
def test_a_chinese_name_has_a_family_name_or_a_dot(reader: Reader, text: str, names: list[str]) -> None:
    found = reader.all(text, "zh", published="2025-05-13")
    told = {actor.name for mention in found for actor in mention.who if actor.kind == "person"}
    assert sorted(told | {mention.speaker for mention in found if mention.speaker}) == names


def test_a_town_written_on_to_a_korean_title_is_no_name(reader: Reader) -> None:
    mention = reader.one("김민수 부산시장은 11일 화재 현장을 방문했다.", "ko", published="2025-05-12")
    assert "부산" not in [actor.name for actor in mention.who]


def test_a_clause_that_only_says_who_said_it_tells_no_trial(reader: Reader) -> None:
    text = "Police arrested Dana Wolff in Bergen on Friday, prosecutor Mark Lee said."
    assert [mention.type for mention in reader.all(text)] == ["arrest"]
