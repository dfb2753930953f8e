"""What reports nothing whatever words stand in it, and what only looks like it. Articles are of Wednesday, 14 May 2025."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.languages import shipped
from tracker.mentions import detect
from tracker.names import NameBook
from tracker.places import Gazetteer
from tracker.times import tag
from tracker.types import Article, EventMention, Status

LANGUAGES = shipped()
NAMES = NameBook.load()
DAY = datetime(2025, 5, 14, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def places(gazetteer_dir: Path) -> Gazetteer:
    return Gazetteer.open(gazetteer_dir / "places.db")


def read(places: Gazetteer, iso: str, text: str) -> tuple[EventMention, ...]:
    data = LANGUAGES.times(iso)
    assert data is not None
    times = tag(text, data=data, dct=DAY)
    words = LANGUAGES.mentions(iso)
    return detect(Article("a", "", text, iso, DAY), times, data=words, gazetteer=places, names=NAMES).mentions


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("en", "Subscribe to our morning briefing before Friday and meet our Berlin team."),
        ("en", "File photo: police arrest a demonstrator in Paris on 1 May 2023."),
        ("en", "If Hungary signs the treaty on 20 May, Brussels will have won."),
        ("en", "Floods usually hit Bangkok in October."),
        ("en", "Friday will be sunny in Madrid, with highs of 27 degrees."),
        ("id", "Baca juga: Gempa guncang Malang pada 3 Mei."),
        ("id", "Setiap tahun banjir melanda Semarang pada Januari."),
        ("de", "Lesen Sie auch: Regierung in Wien trat am 3. Mai zurück."),
        ("de", "Hätte Merz am 3. Mai in Paris den Vertrag unterzeichnet, wäre vieles leichter."),
        ("es", "Si el Gobierno de Lima firma el acuerdo el 20 de mayo, subirán los precios."),
        ("fr", "Chaque année, des incendies ravagent la Corse en août."),
        ("ru", "Читайте также: в Казани 3 мая задержали чиновника."),
        ("ja", "もし日本が5月20日に条約に署名すれば、東京の株価は上がる。"),
        ("zh", "图为5月3日在上海举行的开幕典礼。"),
        ("ar", "اقرأ أيضا: اعتقال وزير سابق في بغداد يوم 3 مايو"),
        ("tr", "Yarın Ankara'da hava güneşli olacak."),
        ("hi", "अगर सरकार 20 मई को दिल्ली में समझौते पर हस्ताक्षर करती है तो कीमतें गिरेंगी।"),
        ("ko", "만약 정부가 5월 20일 부산에서 협정에 서명한다면 물가가 내릴 것이다."),
    ],
)
def test_advertisements_captions_conditions_forecasts_and_general_truths_are_no_events(
    places: Gazetteer, iso: str, text: str
) -> None:
    assert read(places, iso, text) == ()


@pytest.mark.parametrize(
    ("iso", "text", "kind"),
    [
        ("en", "The usually quiet town of Hallstatt was hit by a landslide on 12 May.", "landslide"),
        ("en", "Police in Lyon arrested two men on Monday, asking if they had robbed the bank.", "arrest"),
        (
            "en",
            "A storm with gusts of 140 km/h hit Brest on Monday as temperatures of 30 degrees Celsius fell.",
            "storm",
        ),
        ("fr", "Le 3 mai, Paris et Rome ont signé un accord, même si la presse en doutait.", "agreement"),
        ("es", "Si bien llovía, miles de personas protestaron el lunes en Bogotá.", "protest"),
    ],
)
def test_what_only_sounds_general_or_conditional_is_kept(places: Gazetteer, iso: str, text: str, kind: str) -> None:
    assert [mention.type for mention in read(places, iso, text)] == [kind]


@pytest.mark.parametrize(
    ("iso", "text", "status"),
    [
        ("en", "Police in Oslo arrested a man suspected of arson on Monday.", Status.OCCURRED),
        ("en", "A journalist was reportedly arrested in Minsk on Monday.", Status.ALLEGED),
        ("en", "Rebels suspected of arson attacked Goma on Monday.", Status.ALLEGED),
        ("es", "La policía detuvo el lunes en Lima al presunto autor de un robo.", Status.OCCURRED),
        ("id", "Polisi menangkap pria yang diduga mencuri emas di Medan, Senin.", Status.OCCURRED),
        ("ko", "경찰은 12일 부산에서 절도 혐의를 받는 남성을 체포했다.", Status.OCCURRED),
    ],
)
def test_what_somebody_is_arrested_for_is_alleged_not_the_arrest(
    places: Gazetteer, iso: str, text: str, status: Status
) -> None:
    assert [mention.status for mention in read(places, iso, text)] == [status]


@pytest.mark.parametrize(
    ("iso", "text", "kind"),
    [
        ("en", "Four people died on Monday in a crash near Graz.", "accident"),
        ("en", "The novelist Ana Reyes died in Seville on Monday.", "death"),
        ("en", "The death toll from the floods in Valencia rose to 40 on Monday.", "death_toll"),
        ("en", "Three men robbed a jeweller in Antwerp on Monday.", "crime"),
        ("en", "A court in Milan sentenced two men on Monday for robbery.", "verdict"),
        ("en", "The steelmaker laid off 300 people in Linz on Monday.", "business"),
        ("en", "Archaeologists unearthed a temple near Luxor on Monday.", "discovery"),
        ("en", "According to Ahmad Karimi, a bus overturned near Herat on Monday.", "accident"),
        ("de", "Bei einem Unfall in Graz starben am Montag vier Menschen.", "accident"),
        ("fr", "Quatre personnes sont mortes lundi dans un incendie à Nice.", "fire"),
        ("id", "Empat orang tewas dalam kecelakaan bus di Subang, Senin.", "accident"),
        ("ru", "В понедельник в Казани ограбили банк.", "crime"),
        ("tr", "İzmir'de pazartesi günü bir banka soyuldu.", "crime"),
        ("zh", "5月12日，考古人员在西安发现一座唐代古墓。", "discovery"),
        ("ja", "東芝は12日、大阪の工場で人員削減を行った。", "business"),
    ],
)
def test_the_fuller_word_names_the_kind(places: Gazetteer, iso: str, text: str, kind: str) -> None:
    assert [mention.type for mention in read(places, iso, text)] == [kind]


def test_what_is_going_on_in_the_first_sentence_goes_on_when_it_is_told(places: Gazetteer) -> None:
    (mention,) = read(places, "en", "Firemen in Marseille are still battling a blaze that has destroyed a warehouse.")
    assert (mention.status, str(mention.date.edtf) if mention.date else "") == (Status.ONGOING, "2025-05-14~")
