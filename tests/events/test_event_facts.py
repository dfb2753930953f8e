"""Who, where, how many, how important and under which title."""

from event_builders import PLACES, Paper, Said, tell

from tracker.events import facts_of, importance, importance_parts
from tracker.types import Status

EN = Paper("en", "en", "2025-06-17T10:00:00")
RU = Paper("ru", "ru", "2025-06-17T11:00:00")
DE = Paper("de", "de", "2025-06-17T12:00:00")


def test_spellings_of_one_name_are_one_actor_under_the_commonest() -> None:
    told = [
        tell(EN, "Shoigu arrived.", Said(who=("Sergei Shoigu",))),
        tell(RU, "Шойгу прибыл.", Said(who=("Сергей Шойгу",))),
        tell(DE, "Schoigu traf ein.", Said(who=("Sergei Shoigu", "Kim Jong-un"))),
    ]
    assert [actor.name for actor in facts_of(told).who] == ["Sergei Shoigu", "Kim Jong-un"]


def test_places_named_most_come_first_then_the_more_exact() -> None:
    told = [
        tell(EN, "One.", Said(where=("North Korea", "Pyongyang"))),
        tell(RU, "Two.", Said(where=("Pyongyang", "North Korea"))),
        tell(DE, "Three.", Said(where=("Moscow",))),
    ]
    assert [place.name for place in facts_of(told).where] == ["Pyongyang", "North Korea", "Moscow"]
    assert facts_of(told).where[0] == PLACES["Pyongyang"]


def test_one_number_counted_in_two_languages_is_told_once() -> None:
    told = [
        tell(EN, "A thousand sappers will go.", Said(numbers=((1000, "sapper"),), lead=True)),
        tell(RU, "Тысяча саперов.", Said(numbers=((1000, "сапер"), (5000, "строитель")))),
    ]
    assert [quantity.text for quantity in facts_of(told).quantities] == ["1000 sapper", "5000 строитель"]


def test_the_type_is_the_commonest_named_one() -> None:
    told = [tell(EN, "One.", Said("event")), tell(RU, "Two.", Said("talks")), tell(DE, "Three.", Said("event"))]
    assert facts_of(told).type == "talks"
    assert facts_of(told[:1]).type == "event"


def test_a_title_beats_a_long_body_sentence_and_each_language_has_its_own() -> None:
    long = "Sergei Shoigu, who had left Moscow early in the morning, arrived in the capital of the North, " * 3
    told = [
        tell(EN, long, Said(who=("Shoigu",), where=("Pyongyang",), lead=True, date="2025-06-17")),
        tell(RU, "Шойгу прибыл в Пхеньян", Said(who=("Шойгу",), where=("Pyongyang",), title=True)),
    ]
    facts = facts_of(told)
    assert (facts.title, facts.title_language) == ("Шойгу прибыл в Пхеньян", "ru")
    assert dict(facts.titles) == {"en": long, "ru": "Шойгу прибыл в Пхеньян"}


def test_a_title_is_not_taken_from_a_denial_of_what_happened() -> None:
    told = [
        tell(EN, "Kremlin denies the visit took place", Said(title=True, status=Status.DENIED, who=("Shoigu",))),
        tell(RU, "Шойгу прибыл в Пхеньян", Said(title=True, who=("Шойгу",))),
    ]
    assert facts_of(told).title_language == "ru"


def test_importance_grows_with_outlets_and_languages_but_not_with_copies() -> None:
    one = [tell(EN, "One.", Said(lead=True))]
    copy = tell(Paper("copy", "en", EN.published, copy_of=EN), "One.", Said(lead=True))
    english = tell(Paper("other", "en", EN.published), "Two.", Said(lead=True))
    russian = tell(RU, "Three.", Said(lead=True))
    assert importance([*one, copy]) == importance(one)
    assert importance(one) < importance([*one, english]) < importance([*one, russian])
    assert sum(value for _, value in importance_parts([*one, russian])) > 0


def test_a_second_article_of_an_outlet_adds_half() -> None:
    first = tell(Paper("a", "en", EN.published, outlet="A"), "One.", Said(lead=True))
    second = tell(Paper("b", "en", EN.published, outlet="A"), "Two.", Said(lead=True))
    assert importance([first, second]) == round(importance([first]) * 1.5, 4)


def test_the_order_of_mentions_changes_no_fact() -> None:
    told = [
        tell(EN, "One.", Said(who=("Kim",), lead=True)),
        tell(RU, "Two.", Said(who=("Ким",))),
        tell(DE, "Three.", Said()),
    ]
    assert facts_of(told) == facts_of(told[::-1])
