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
    ],
)
def test_the_place_is_where_one_is_else_what_alone_is_named(
    reader: Reader, iso: str, text: str, places: list[str]
) -> None:
    assert [place.name for place in reader.one(text, iso).where] == places


def test_a_state_that_acts_takes_part_as_well(reader: Reader) -> None:
    mention = reader.one("Peru approved a law on mines on Monday.")
    assert ([place.name for place in mention.where], [actor.name for actor in mention.who]) == (["Peru"], ["Peru"])
