"""Words of events in a sense that names none, and the same words where they do."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader
from tracker.types import Status

# The articles of these tests were published on Wednesday, 14 May 2025.


@pytest.mark.parametrize(
    ("iso", "text", "wrong"),
    [
        ("en", "Norway lies on the ring of fire, Ann Lee wrote on Monday.", "fire"),
        ("en", "Ann Lee pointed to late March in Oslo.", "protest"),
        ("en", "Finally, Ann Lee left Oslo on Monday.", "match"),
        ("en", "Ann Lee took the train to Oslo on Monday.", "training"),
        ("de", "Unter Berufung auf Kreise meldete Eva Kern am Montag einen Streit.", "appointment"),
        ("es", "Ana Ruiz aludió el lunes en Lima a su madre.", "landslide"),
        ("id", "Tenggat baru jatuh pada 5 Mei 2025, kata Budi Santoso.", "accident"),
        ("ru", "Оркестр в Риге сыграл песню Анны Берг в понедельник.", "match"),
        ("ko", "김민수 장관은 12일 서울에서 방화벽을 설명했다.", "fire"),
        ("uk", "Перша зустріч у Києві призначена на 20 травня.", "appointment"),
    ],
)
def test_a_word_in_another_sense_names_no_event(reader: Reader, iso: str, text: str, wrong: str) -> None:
    assert wrong not in {mention.type for mention in reader.all(text, iso)}


@pytest.mark.parametrize(
    ("iso", "text", "right"),
    [
        ("en", "A fire destroyed a mill in Oslo on Monday.", "fire"),
        ("en", "Thousands marched through Oslo on Monday.", "protest"),
        ("en", "Norway played Peru in the final in Lima on Monday.", "match"),
        ("es", "Un alud sepultó el lunes una aldea cerca de Lima.", "landslide"),
        ("id", "Sebuah pesawat jatuh di Ambon pada 5 Mei 2025.", "accident"),
        ("ko", "12일 서울에서 방화로 두 명이 다쳤다.", "fire"),
        ("uk", "Олену Коваль призначено міністеркою 12 травня.", "appointment"),
    ],
)
def test_the_same_word_in_its_sense_names_one(reader: Reader, iso: str, text: str, right: str) -> None:
    assert right in {mention.type for mention in reader.all(text, iso)}


@pytest.mark.parametrize(
    ("text", "status", "value"),
    [
        ("Zwei Männer sollen am Montag in Bonn einen Anschlag verübt haben.", Status.ALLEGED, "2025-05-12"),
        ("In Bonn soll am Montag ein Wachmann getötet worden sein.", Status.ALLEGED, "2025-05-12"),
        ("Am Montag soll in Bonn das Gesetz beschlossen werden.", Status.PLANNED, "2025-05-19"),
    ],
)
def test_a_cue_of_two_parts_tells_a_rumour_from_a_plan(reader: Reader, text: str, status: Status, value: str) -> None:
    mention = reader.one(text, "de")
    assert (mention.status, mention.date.edtf.text if mention.date and mention.date.edtf else "") == (status, value)


def test_what_somebody_is_arrested_for_has_not_the_day_of_the_arrest(reader: Reader) -> None:
    found = reader.all("大阪市で男性を殺害したとして、大阪府警は１３日、会社員の男を逮捕した。", "ja")
    assert [(m.type, m.date.edtf.text if m.date and m.date.edtf else "") for m in found] == [("arrest", "2025-05-13")]


def test_a_crime_with_its_own_day_stands_beside_the_arrest(reader: Reader) -> None:
    found = reader.all("３日に大阪市の公園で男性を刺した疑いで、大阪府警は５日、無職の男を逮捕した。", "ja")
    assert [(m.type, m.date.edtf.text if m.date and m.date.edtf else "") for m in found] == [
        ("attack", "2025-05-03"),
        ("arrest", "2025-05-05"),
    ]
    assert found[0].status == Status.ALLEGED
