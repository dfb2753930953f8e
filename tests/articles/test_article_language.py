"""A text's language: what is declared, unless the script says otherwise; then script; then the model."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import LanguageDetector

DETECTOR = LanguageDetector()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "id",
            "Pasukan zeni Korea Utara sedang bersiap menjinakkan ranjau di wilayah Kursk, kata wakil menteri luar negeri",
        ),
        ("ms", "Polis berkata mangsa maut itu ditemui di dalam kereta di Kuala Lumpur semalam"),
        ("en", "The minister said the sappers would leave in June."),
        ("ru", "Президент России заявил, что это было вчера"),
        ("uk", "Президент України Володимир Зеленський заявив про це"),
        ("be", "Начальнік адказаў, што ўсё добра, і ён быў рады"),
        ("bg", "Вчера министърът заяви, че пътят ще бъде открит до края на месеца"),
        ("th", "นายกรัฐมนตรีเดินทางเยือนญี่ปุ่นเมื่อวันที่ 13 พฤษภาคม"),
        ("he", "ראש הממשלה אמר אתמול כי ההסכם ייחתם בחודש הבא"),
        ("ka", "პრემიერ-მინისტრმა გუშინ განაცხადა"),
        ("no", "Statsministeren sa i går at broen skal åpne igjen neste uke, ikke i høst"),
        ("ko", "북한 김정은 국무위원장이 12일 평양에서"),
        ("zh", "朝鲜领导人金正恩12月12日在平壤出席仪式"),
        ("ja", "北朝鮮の金正恩総書記は12日、ロシア西部クルスク州"),
        ("ar", "التقى وزير الخارجية الروسي سيرغي لافروف اليوم السبت"),
        ("fa", "رئیس جمهور ایران گفت که این کشور به مذاکرات ادامه می‌دهد"),
        ("es", "El presidente dijo que no va a ir mañana a la capital"),
        ("pt", "O presidente disse que não vai amanhã à capital"),
        ("de", "Der Präsident sagte, dass er nicht kommen werde"),
        ("fr", "Le président a déclaré qu’il ne viendrait pas demain"),
        ("hi", "भारत के प्रधानमंत्री ने कहा"),
        ("th", "นายกรัฐมนตรีกล่าวว่า"),
        ("el", "Ο πρωθυπουργός είπε"),
        ("he", "ראש הממשלה אמר היום"),
        ("", "12345 – 67"),
        ("", ""),
        ("", "Ja"),
    ],
)
def test_the_language_of_a_text_is_told(language: str, text: str) -> None:
    assert DETECTOR.detect("", text) == language


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("id", "Polis berkata mangsa maut itu", "id"),
        ("in-ID", "Halo", "id"),
        ("zh_Hans", "平壤", "zh"),
        ("ja", "日本政府発表", "ja"),
        ("eng", "1-0", "en"),
        ("en", "한국 정부는 오늘 발표했다", "ko"),
        ("ko", "The minister said the sappers would leave", "en"),
        ("en-US", "Президент России заявил, что это было вчера", "ru"),
        ("unknown", "The minister said the sappers would leave", "en"),
        ("sr", "Predsednik je rekao da neće doći sutra", "sr"),
    ],
)
def test_what_is_declared_holds_unless_the_script_contradicts(declared: str, text: str, expected: str) -> None:
    assert DETECTOR.detect("", text, declared=declared) == expected


def test_a_chinese_text_that_quotes_a_japanese_name_stays_chinese() -> None:
    text = "日本首相高市早苗周二在东京会见来访的印度尼西亚总统，双方讨论了地区安全与经济合作问题，并签署多项协议" * 2
    assert DETECTOR.detect("", text + "「ゆめ」") == "zh"


def test_threads_may_share_a_detector_that_has_loaded_nothing_yet() -> None:
    fresh = LanguageDetector()
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda _: fresh.detect("", "The minister said the sappers would leave"), range(8))
        assert set(found) == {"en"}


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_gives_a_code_or_nothing(text: str, declared: str) -> None:
    found = DETECTOR.detect("", text, declared=declared)
    assert found == "" or (2 <= len(found) <= 3 and found.isascii())
