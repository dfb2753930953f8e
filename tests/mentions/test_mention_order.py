"""Before and after: an order bounds a date, and with a distance gives one."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader


@pytest.mark.parametrize(
    ("iso", "text", "value"),
    [
        ("en", "On 19 May 2024 the parliament met in Jakarta, a day before Sari Wibowo took office.", "2024-05-20"),
        ("id", "Pada 19 Mei 2024 parlemen bersidang di Jakarta, dua hari sebelum Sari Wibowo dilantik.", "2024-05-21"),
        ("en", "A day after Washington suspended aid, Ann Lee met Bob Ray in Oslo on Monday.", "2025-05-11"),
        ("pt", "O anúncio surge um dia depois de Washington ter suspendido a ajuda a Kiev.", "2025-05-13~"),
    ],
)
def test_a_stated_distance_dates_the_other_event(reader: Reader, iso: str, text: str, value: str) -> None:
    assert value in reader.dates(text, iso)


def test_a_distance_does_not_date_its_own_clause_by_the_day_spoken_of_before(reader: Reader) -> None:
    text = "On 19 May 2024 the parliament met in Jakarta, a day before Sari Wibowo took office."
    assert "2024-05-18" not in reader.dates(text)


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "The council voted in Lyon on Monday. After the vote Claire Dupont flew to Rome."),
        ("ru", "В понедельник парламент в Риме проголосовал за закон. После голосования Марио Росси вылетел в Милан."),
    ],
)
def test_what_comes_after_an_event_told_before_lies_between_it_and_the_report(
    reader: Reader, iso: str, text: str
) -> None:
    first, second = reader.all(text, iso)
    assert first.date is not None
    assert second.date is not None
    assert (first.date.edtf.text, second.date.edtf.text) == ("2025-05-12", "[2025-05-12..2025-05-14]")  # type: ignore[union-attr]  # both have a value
    assert second.type == "event"


def test_a_word_that_looks_back_tells_no_second_event_of_its_kind(reader: Reader) -> None:
    text = "The council voted in Lyon on Monday. After the vote Claire Dupont flew to Rome."
    assert [m.type for m in reader.all(text)].count("vote") == 1


def test_an_order_without_a_distance_gives_about_the_day_of_its_sentence(reader: Reader) -> None:
    text = "On Monday Ann Lee flew to Lima, after police had arrested Bob Ray in Cusco."
    assert "2025-05-12~" in reader.dates(text)


def test_an_order_to_what_is_planned_gives_no_day(reader: Reader) -> None:
    text = "CDU bugün Berlin'de toplanıyor; Friedrich Merz'in seçimden sonra uygulanacak bir plan sunması bekleniyor."
    assert "2025-05-14~" not in [
        m.date.edtf.text for m in reader.all(text, "tr") if m.type == "election" and m.date and m.date.edtf
    ]


@pytest.mark.parametrize(
    ("iso", "text", "value"),
    [
        ("zh", "布拉格5月9日举行了选举。选举三天后，安娜·诺瓦克在布尔诺会见了外长。", "2025-05-12~"),
        ("ja", "９日にプラハで選挙があった。選挙の３日後、ノバク首相は外相と会談した。", "2025-05-12~"),
        ("ko", "9일 프라하에서 선거가 있었다. 선거 사흘 뒤인 12일 노바크 총리가 외무장관과 회담했다.", "2025-05-12"),
        ("hi", "9 मई को प्राग में चुनाव हुआ। चुनाव के तीन दिन बाद प्रधानमंत्री नोवाक ने ब्रनो का दौरा किया।", "2025-05-12~"),
    ],
)
def test_an_amount_of_days_behind_an_event_counts_from_it(reader: Reader, iso: str, text: str, value: str) -> None:
    assert value in reader.dates(text, iso)
    assert "2025-05-17" not in reader.dates(text, iso)


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("zh", "布拉格的选举将在三天后举行。"),
        ("ja", "プラハの選挙は３日後に行われる。"),
    ],
)
def test_an_event_that_lies_days_ahead_counts_from_the_day_of_the_report(reader: Reader, iso: str, text: str) -> None:
    assert reader.dates(text, iso) == ["2025-05-17"]
