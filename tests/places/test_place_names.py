"""Places are known by their names in every language the news is in."""

import pytest

from tracker.places import Gazetteer

SPELLINGS = {
    "1871859": "Pyongyang Пхеньян Пхеньяне Пхеньяна Пхеньяном 평양 平壤 平壌 بيونغيانغ Pjöngjang Pionyang ピョンヤン",
    "1866923": "Wonsan Вонсан Вонсане 원산 元山 وونسان ウォンサン",
    "524901": "Moscow Moskau Moskow Moskwa Москва Москве Москвы Москву 모스크바 莫斯科 モスクワ موسكو Moscou Moscú Mosca",
    "538560": "Kursk Курск Курске Курском 쿠르스크 库尔斯克 庫爾斯克 كورسك クルスク Koursk",
    "703448": "Kyiv Kiev Kiew Киев Киеве Київ Києві 키이우 基辅 キーウ كييف",
    "1642911": "Jakarta Джакарта Джакарте 자카르타 雅加达 ジャカルタ جاكرتا",
    "1624041": "Ternate Тернате 테르나테 特尔纳特 テルナテ",
    "1835848": "Seoul Сеул Сеуле 서울 首尔 ソウル سيول Seúl",
    "country:KP": "DPRK КНДР Korut 북한 朝鲜 朝鮮 北朝鮮 Nordkorea",
    "country:RU": "Russia Rusia Россия России РФ Росія Росії 러시아 俄罗斯 俄羅斯 ロシア روسيا Russland Rússia Russie",
    "country:US": "US USA США AS 미국 美国 米国 EUA ABD",
    "country:GB": "UK Inggris Великобритания 영국 英国 بريطانيا Großbritannien",
    "country:KR": "한국 韩国 韓国 Korsel 대한민국 Südkorea",
    "region:PS.GZA": "Gaza Газа 가자지구 加沙 ガザ غزة Gazastreifen",
    "region:UA.43": "Crimea Крым Крыму Крима 크림반도 克里米亚 القرم Krim Crimée",
    "region:ID.JI": "Jatim 동자바 东爪哇 東ジャワ",
    "region:DE.BY": "Bayern Bavaria Бавария 바이에른",
}


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in SPELLINGS.items() for name in names.split()])
def test_a_name_in_any_language_gives_its_place(gazetteer: Gazetteer, key: str, name: str) -> None:
    assert gazetteer.lookup(name)[0].key == key


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("1871859", "بيونغ يانغ"),
        ("country:KP", "North Korea"),
        ("country:KP", "Корейской Народно-Демократической Республики"),
        ("country:KP", "كوريا الشمالية"),
        ("country:CD", "Democratic Republic of the Congo"),
        ("country:US", "Соединённых Штатов"),
        ("country:US", "U.S."),
        ("region:RU.KRS", "Курскую область"),
        ("region:RU.KRS", "wilayah Kursk"),
        ("region:RU.KRS", "쿠르스크주"),
        ("region:RU.KRS", "库尔斯克州"),
        ("region:RU.KRS", "منطقة كورسك"),
        ("region:UA.14", "Донецькій області"),
        ("place:vostochny", "космодроме «Восточный»"),
        ("place:semeru", "Gunung Semeru"),
        ("498817", "Санкт-Петербурге"),
        ("5128581", "New York"),
        ("region:US.TX", "Texas"),
    ],
)
def test_names_of_several_words_give_their_place(gazetteer: Gazetteer, key: str, name: str) -> None:
    assert gazetteer.lookup(name)[0].key == key


@pytest.mark.parametrize("name", ["us", "", "-", "qwrtzp"])
def test_ordinary_words_are_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_a_city_has_all_its_facts(gazetteer: Gazetteer) -> None:
    place = gazetteer.get("1866923")
    assert place is not None
    assert (place.name, place.kind, place.country, place.geonames_id) == ("Wonsan", "city", "KP", 1866923)
    assert place.lat == pytest.approx(39.15, abs=0.1)
    assert place.lon == pytest.approx(127.44, abs=0.1)


def test_a_region_without_coordinates_stands_amid_its_cities(gazetteer: Gazetteer) -> None:
    kursk = gazetteer.get("region:RU.KRS")
    assert kursk is not None
    assert kursk.lat == pytest.approx(51.8, abs=0.4)


def test_an_unknown_key_gives_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.get("country:XX") is None
    assert gazetteer.parent("country:XX") is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("538560", "538560", True),
        ("538560", "region:RU.KRS", True),
        ("region:RU.KRS", "538560", True),
        ("538560", "country:RU", True),
        ("region:RU.KRS", "country:RU", True),
        ("place:vostochny", "region:RU.AMU", True),
        ("1625822", "region:ID.JAVA", True),
        ("place:semeru", "country:ID", True),
        ("538560", "524901", False),
        ("538560", "578072", False),
        ("region:RU.KRS", "region:RU.BEL", False),
        ("country:RU", "country:KP", False),
        ("nonsense", "country:KP", False),
    ],
)
def test_places_are_related_where_one_lies_in_the_other(gazetteer: Gazetteer, a: str, b: str, expected: bool) -> None:
    assert gazetteer.related(a, b) is expected


def test_parents_lead_from_a_city_up_to_its_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.parent("538560") == "region:RU.KRS"
    assert gazetteer.parent("region:RU.KRS") == "country:RU"
    assert gazetteer.parent("country:RU") is None
