"""Where something happened: by the words beside places, and by what little is named where they say nothing."""

from __future__ import annotations

import pytest

from tests.mentions.reading import Reader


@pytest.mark.parametrize(
    ("iso", "text", "places"),
    [
        ("fr", "Le tribunal correctionnel de Lille a condamné lundi un notaire.", ["Lille"]),
        ("en", "A cargo rocket lifted off from Florida on Monday.", ["Florida"]),
        ("en", "Ann Lee returned from Lima on Monday for talks in Oslo.", ["Oslo"]),
        ("es", "El Banco Central de Chile recortó el lunes su tasa de interés.", ["Chile"]),
        ("ar", "زار وزير الخارجية تونس يوم الاثنين وأجرى محادثات مع نظيره.", ["Tunisia"]),
        ("es", "El Parlamento boliviano aprobó el martes la ley de minería.", ["Bolivia"]),
        ("fr", "Le Parlement malgache a adopté mardi la loi sur les mines.", ["Madagascar"]),
        ("it", "Il Senato francese ha approvato martedì la legge sul bilancio.", ["France"]),
        ("nl", "De Belgische regering keurde dinsdag de begroting goed.", ["Belgium"]),
        ("pl", "Czeski rząd przyjął we wtorek ustawę o lasach.", ["Czechia"]),
        ("en", "Chile and Peru signed a treaty on Monday.", []),
        ("en", "Chile and Peru signed a treaty in Bolivia on Monday.", ["Bolivia"]),
        ("en", "China condemned the attack in Lagos on Monday.", ["Lagos"]),
        ("en", "Demonstrators from Lille blocked the motorway on Monday.", []),
        ("en", "A coach from Lyon crashed near Turin on Monday.", ["Turin"]),
        ("en", "Four hundred people were evacuated from Valencia on Monday.", ["Valencia"]),
        ("de", "Busfahrer aus Kassel streikten am Montag.", []),
        ("de", "Der Bürgermeister von Kassel trat am Montag zurück.", ["Kassel"]),
        ("es", "Manifestantes llegados desde Sevilla cortaron el lunes la carretera.", []),
        ("ru", "Учёные из Томска обнаружили останки неизвестного вида лошади.", ["Tomsk"]),
    ],
)
def test_the_place_is_where_one_is_else_what_alone_is_named(
    reader: Reader, iso: str, text: str, places: list[str]
) -> None:
    assert [place.name for place in reader.one(text, iso).where] == places


def test_a_state_that_acts_takes_part_as_well(reader: Reader) -> None:
    mention = reader.one("Peru approved a law on mines on Monday.")
    assert ([place.name for place in mention.where], [actor.name for actor in mention.who]) == (["Peru"], ["Peru"])


def test_a_word_of_a_headline_in_capitals_that_the_text_writes_small_is_no_place(reader: Reader) -> None:
    title = "Banjir Tewaskan 14 Orang di Bogor"
    found = reader.all("Sebanyak 14 orang tewas dalam banjir di Bogor, Senin.", "id", title=title)
    assert {place.name for mention in found for place in mention.where} == {"Bogor"}


def test_a_town_of_a_headline_stays_where_the_text_does_not_write_it_small(reader: Reader) -> None:
    found = reader.all("The storm reached the town on Monday.", title="Storm Tears Roofs From Houses in Reading")
    assert not found or all(place.name != "Orang" for mention in found for place in mention.where)
