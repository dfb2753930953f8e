"""What a sentence tells now, beside what it only speaks of: sufferers, objects of statements, tolls, plans joined by "and"."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader
from tracker.types import EventMention, Status

# The articles of these tests were published on Wednesday, 14 May 2025.


def told(mention: EventMention) -> tuple[str, str]:
    return mention.type, mention.date.edtf.text if mention.date and mention.date.edtf else ""


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("id", "Koperasi Sari mendirikan posko untuk membantu korban longsor dan banjir di Padang, Senin (12/5/2025)."),
        ("en", "The Sari fund sent aid to flood victims in Padang on Monday."),
        ("de", "Der Verein Sari schickte am Montag Hilfsgüter für Opfer des Erdbebens nach Padang."),
    ],
)
def test_what_is_done_for_those_who_suffered_is_no_disaster_of_that_day(reader: Reader, iso: str, text: str) -> None:
    assert [told(m) for m in reader.all(text, iso)] == [("aid", "2025-05-12")]


def test_a_disaster_and_its_victims_are_that_disaster(reader: Reader) -> None:
    assert told(reader.one("The flood in Padang killed twelve people on Monday, most victims were children.")) == (
        "flood",
        "2025-05-12",
    )


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "President Ann Lee on Monday condemned the attack in Lagos."),
        ("en", "Ann Lee criticised on Monday the agreement with Peru."),
        ("id", "Presiden Sari Wibowo pada Senin mengecam serangan di Lagos."),
    ],
)
def test_the_day_beside_a_statement_is_not_that_of_its_object(reader: Reader, iso: str, text: str) -> None:
    assert told(reader.one(text, iso)) == ("statement", "2025-05-12")


def test_what_is_announced_is_the_news(reader: Reader) -> None:
    assert reader.one("Ann Lee announced on Monday the acquisition of the Lima bank.").type == "business"


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "A quake struck Lima on Monday. The agency said on Tuesday the quake had killed at least 268 people."),
        ("zh", "秘鲁利马12日发生地震。秘鲁抗灾署13日表示，地震造成至少268人死亡。"),
    ],
)
def test_a_toll_stated_later_is_news_of_the_day_it_is_stated(reader: Reader, iso: str, text: str) -> None:
    assert [told(m) for m in reader.all(text, iso)] == [("quake", "2025-05-12"), ("death_toll", "2025-05-13")]


def test_a_toll_of_what_was_not_told_before_tells_the_disaster(reader: Reader) -> None:
    text = "The agency said on Tuesday a quake had killed at least 268 people in Lima."
    assert reader.one(text).type == "quake"


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("de", "Nach Angaben der Polizei wurden am Montag in Köln zwei Männer festgenommen."),
        ("de", "Die Polizei hat nach Angaben des Ministeriums am Montag in Köln zwei Männer festgenommen."),
        ("nl", "Volgens de politie werden maandag in Gent twee mannen aangehouden."),
        ("tr", "Polise göre pazartesi günü İzmir'de iki kişi gözaltına alındı."),
    ],
)
def test_the_day_behind_who_says_so_belongs_to_the_verb_at_the_end(reader: Reader, iso: str, text: str) -> None:
    mention = reader.one(text, iso)
    assert told(mention) == ("arrest", "2025-05-12")
    assert mention.date is not None
    assert mention.date.anchor != "published"


def test_a_day_of_who_says_so_stays_that_of_the_saying(reader: Reader) -> None:
    text = "Laut einer Mitteilung vom Montag hat Anna Berg in Bonn den Vertrag unterzeichnet."
    assert told(reader.one(text, "de")) != ("agreement", "2025-05-12")


def test_a_plan_behind_and_is_parted_from_what_was_done(reader: Reader) -> None:
    found = reader.all("The council in Lyon voted on Monday and will meet again on 20 May.")
    assert [(told(m), m.status) for m in found] == [
        (("vote", "2025-05-12"), Status.OCCURRED),
        (("talks", "2025-05-20"), Status.PLANNED),
    ]


@pytest.mark.parametrize(
    ("iso", "text"), [("de", "Die Frist läuft am 20. Mai in Bonn ab."), ("en", "The term in Bonn is ending on 20 May.")]
)
def test_what_goes_on_until_a_day_ahead_ends_then(reader: Reader, iso: str, text: str) -> None:
    mention = reader.one(text, iso)
    assert (mention.status, told(mention)[1]) == (Status.PLANNED, "2025-05-20")


def test_what_would_follow_makes_no_opinion_of_a_dated_plan(reader: Reader) -> None:
    mention = reader.one("Die Fähre Lotte soll am Sonntag in Kiel vom Netz gehen, Tausende wären betroffen.", "de")
    assert (mention.status, told(mention)[1]) == (Status.PLANNED, "2025-05-18")


@pytest.mark.parametrize(
    ("iso", "title"),
    [
        ("de", "Handelsstreit: Wie Anna Berg die Bank retten will"),
        ("en", "Why Ann Lee wants to keep the Lisbon bank"),
        ("fr", "Comment Anna Leroux veut garder la banque de Lyon"),
        ("ru", "Почему Анна Лебедева хочет сохранить банк в Риге"),
    ],
)
def test_a_headline_that_promises_to_say_why_tells_nothing(reader: Reader, iso: str, title: str) -> None:
    assert reader.all("", iso, title=title) == ()


def test_a_headline_that_promises_to_say_how_something_happened_tells_it(reader: Reader) -> None:
    assert reader.one("", title="How the storm hit Lisbon").type == "storm"


def test_a_title_that_only_cuts_the_text_short_is_read_once_and_in_full(reader: Reader) -> None:
    text = "秘鲁利马火山12日晚和13日凌晨两次喷发，火山灰柱高达一千米。"
    mention = reader.one(text, "zh", title=text[:9])
    assert (mention.field, told(mention)) == ("text", ("eruption", "2025-05-12/2025-05-13"))


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("id", "Gempa mengguncang Padang pada Senin (12/5/2025). Episenter gempa berada 12 kilometer di barat Painan."),
        ("zh", "秘鲁利马12日发生地震。震中位于卡亚俄西南方向10公里处。"),
        ("es", "Un terremoto sacudió Lima el lunes. El epicentro se situó 10 kilómetros al oeste del Callao."),
    ],
)
def test_where_a_quake_had_its_centre_is_no_second_quake(reader: Reader, iso: str, text: str) -> None:
    assert [m.type for m in reader.all(text, iso)] == ["quake"]


def test_what_follows_a_toll_happened_with_the_disaster(reader: Reader) -> None:
    text = (
        "A quake struck Lima on Monday. The agency said on Tuesday the quake had killed at least 268 people. "
        "A fire broke out in Callao."
    )
    assert told(reader.all(text)[-1]) == ("fire", "2025-05-12~")


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "The council in Leeds closed the mine on Monday. Mayor Ann Lee said this decision protects the valley."),
        (
            "id",
            "Pemerintah Kota Bogor menutup tambang, Senin. Wali Kota Budi Santoso menyatakan keputusan ini melindungi warga.",
        ),
        (
            "de",
            "Der Rat in Kassel schloss am Montag den Steinbruch. Diese Entscheidung schütze das Tal, sagte Jens Holm.",
        ),
    ],
)
def test_a_word_that_only_points_to_what_was_told_tells_nothing_new(reader: Reader, iso: str, text: str) -> None:
    assert "decision" not in [mention.type for mention in reader.all(text, iso)[1:]]


@pytest.mark.parametrize(
    ("iso", "text", "type_"),
    [
        ("en", "The council in Leeds met on Monday. This decision was taken on Friday by Mayor Ann Lee.", "decision"),
        ("en", "The council in Leeds met on Monday. This attack in Hull killed 14 people.", "attack"),
    ],
)
def test_what_was_told_is_told_again_for_its_own_day_or_number(reader: Reader, iso: str, text: str, type_: str) -> None:
    assert type_ in [mention.type for mention in reader.all(text, iso)]


def test_the_outlet_of_a_dateline_is_no_actor(reader: Reader) -> None:
    mention = reader.one("BOGOR, WARTA.com -- Banjir merendam 40 rumah di Bogor, Senin (12/5/2025).", "id")
    assert (mention.who, mention.quote[:6]) == ((), "Banjir")
