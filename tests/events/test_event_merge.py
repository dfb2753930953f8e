"""Which reports are one event: the story of a vague report and two exact ones, and the cases that must stay apart."""

from itertools import permutations

import pytest
from event_builders import Paper, Said, dates, home, merged, tell, together

from tracker.types import Anchor, Status, StoredMention

SHOIGU = ("Sergei Shoigu",)
VAGUE = Paper("vague", "id", "2025-11-12T08:00:00")
EXACT = Paper("exact", "ru", "2025-06-17T10:00:00")
EARLIER = Paper("earlier", "ru", "2025-06-04T15:00:00")
KOREAN = Paper("korean", "ko", "2025-06-18T01:00:00")


def vague_visit() -> StoredMention:
    quote = "Keputusan itu diambil musim panas lalu, setelah Sergei Shoigu berkunjung ke Pyongyang."
    return tell(VAGUE, quote, Said(date="2025-22", anchor=Anchor.DCT, who=SHOIGU, where=("Pyongyang",), start=300))


def vague_sappers() -> StoredMention:
    quote = "Seribu sapper akan dilatih di Rusia."
    said = Said("training", status=Status.PLANNED, numbers=((1000, "sapper"),), where=("Russia",), start=420)
    return tell(VAGUE, quote, said)


def exact_visit() -> StoredMention:
    said = Said(date="2025-06-17", anchor=Anchor.DCT, who=("Сергей Шойгу",), where=("Pyongyang",), lead=True)
    return tell(EXACT, "Сергей Шойгу сегодня прибыл в Пхеньян.", said)


def exact_sappers() -> StoredMention:
    said = Said("demining", status=Status.PLANNED, numbers=((1000, "сапер"),), where=("Kursk Oblast",), start=90)
    return tell(EXACT, "КНДР направит тысячу саперов в Курскую область.", said)


def earlier_visit() -> StoredMention:
    said = Said(date="2025-06-04", who=("Сергей Шойгу",), where=("Pyongyang",), lead=True)
    return tell(EARLIER, "Сергей Шойгу 4 июня встретился в Пхеньяне с Ким Чен Ыном.", said)


def earlier_sappers() -> StoredMention:
    said = Said("demining", status=Status.PLANNED, numbers=((1000, "сапер"),), where=("Kursk Oblast",), start=90)
    return tell(EARLIER, "На встрече говорили о тысяче саперов для Курской области.", said)


def test_a_vague_report_takes_the_day_of_an_exact_one_in_another_language() -> None:
    plan = merged(vague_visit(), vague_sappers(), exact_visit(), exact_sappers())
    visit = next(c for c in plan.clusters if vague_visit().id in c.mention_ids)
    assert exact_visit().id in visit.mention_ids
    assert visit.facts.date.edtf is not None
    assert visit.facts.date.edtf.text == "2025-06-17"
    assert visit.facts.languages == ("id", "ru")
    assert visit.facts.outlets == 2


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_vague_report_joins_the_visit_its_sappers_point_to_in_any_order(order: tuple[int, ...]) -> None:
    articles = [[vague_visit(), vague_sappers()], [exact_visit(), exact_sappers()], [earlier_visit()]]
    plan = merged(*(mention for number in order for mention in articles[number]))
    assert home(plan, vague_visit()) == {vague_visit().id, exact_visit().id}
    assert home(plan, earlier_visit()) == {earlier_visit().id}


def test_a_vague_report_that_fits_two_visits_equally_stays_possible_to_each() -> None:
    plan = merged(vague_visit(), vague_sappers(), exact_visit(), exact_sappers(), earlier_visit(), earlier_sappers())
    assert home(plan, vague_visit()) == {vague_visit().id}
    pairs = {frozenset(pair[:2]) for pair in plan.possible}
    assert frozenset({vague_visit().id, exact_visit().id}) in pairs
    assert frozenset({vague_visit().id, earlier_visit().id}) in pairs


def test_a_vague_report_alone_with_one_exact_visit_joins_it() -> None:
    plan = merged(vague_visit(), earlier_visit())
    assert together(plan) == {frozenset({vague_visit().id, earlier_visit().id})}


def test_two_visits_two_weeks_apart_stay_two() -> None:
    assert dates(merged(exact_visit(), earlier_visit())) == ["2025-06-04", "2025-06-17"]


def test_names_in_three_scripts_are_one_visitor() -> None:
    said = Said(date="2025-06-17", who=("Shoigu",), where=("Pyongyang",), lead=True)
    plan = merged(exact_visit(), tell(KOREAN, "쇼이구 서기가 17일 평양에 도착했다.", said))
    assert len(plan.clusters) == 1
    assert any("same person" in reason for _, reason in plan.clusters[0].reasons)


def test_another_person_in_the_same_city_on_the_same_day_is_another_visit() -> None:
    said = Said(date="2025-06-17", who=("Wang Yi",), where=("Pyongyang",), lead=True)
    plan = merged(exact_visit(), tell(KOREAN, "왕이 부장이 17일 평양을 방문했다.", said))
    assert len(plan.clusters) == 2


def test_a_plan_joins_what_came_of_it_by_who_where_and_kind() -> None:
    before = Paper("before", "en", "2025-06-10T09:00:00")
    plan_said = Said(status=Status.PLANNED, who=("Sergei Shoigu",), where=("Pyongyang",), lead=True)
    announced = tell(before, "Sergei Shoigu will travel to Pyongyang soon.", plan_said)
    plan = merged(announced, exact_visit())
    assert len(plan.clusters) == 1
    assert plan.clusters[0].facts.status is Status.OCCURRED


def test_a_plan_without_a_place_stays_apart() -> None:
    before = Paper("before", "en", "2025-06-10T09:00:00")
    announced = tell(before, "Sergei Shoigu will travel soon.", Said(status=Status.PLANNED, who=SHOIGU, lead=True))
    assert len(merged(announced, exact_visit()).clusters) == 2


def test_a_plan_announced_after_a_visit_is_another_visit() -> None:
    after = Paper("after", "en", "2025-07-10T09:00:00")
    said = Said(status=Status.PLANNED, who=SHOIGU, where=("Pyongyang",), lead=True)
    assert len(merged(tell(after, "Sergei Shoigu will travel to Pyongyang.", said), exact_visit()).clusters) == 2


def test_an_eruption_and_its_mudflow_stay_two() -> None:
    one, two = Paper("one", "id", "2025-11-20T08:00:00"), Paper("two", "id", "2025-11-21T08:00:00")
    eruption = tell(one, "Gunung meletus di Lumajang.", Said("eruption", "2025-11-20", where=("Lumajang",), lead=True))
    mudflow = tell(
        two, "Lahar menerjang desa di Lumajang.", Said("flood", "2025-11-20", where=("Lumajang",), lead=True)
    )
    assert len(merged(eruption, mudflow).clusters) == 2


def test_type_country_and_day_alone_never_join() -> None:
    papers = [
        Paper(name, language, "2025-03-03T08:00:00") for name, language in (("a", "en"), ("b", "de"), ("c", "ru"))
    ]
    told = [tell(paper, f"Attack {paper.name}.", Said("attack", "2025-03-03", where=("Russia",))) for paper in papers]
    plan = merged(*told)
    assert len(plan.clusters) == 3
    assert plan.possible == ()


def test_publication_days_join_only_with_more_than_one_sign() -> None:
    papers = [Paper(name, language, "2025-03-03T08:00:00") for name, language in (("a", "en"), ("b", "de"))]
    said = Said("flood", "2025-03-03~", Anchor.PUBLISHED, where=("Jakarta",))
    assert len(merged(*(tell(paper, f"Flood {paper.name} Jakarta.", said) for paper in papers)).clusters) == 2
    counted = Said("flood", "2025-03-03~", Anchor.PUBLISHED, where=("Jakarta",), numbers=((412, "x"),))
    assert len(merged(*(tell(paper, f"Flood {paper.name} Jakarta.", counted) for paper in papers)).clusters) == 1


def test_a_title_and_its_lead_are_one_event_with_the_date_of_the_lead() -> None:
    title = Said(date="2025-06-17~", anchor=Anchor.PUBLISHED, who=("Шойгу",), where=("Pyongyang",), title=True)
    plan = merged(tell(EXACT, "Шойгу прибыл в Пхеньян", title), exact_visit())
    assert dates(plan) == ["2025-06-17"]
    assert plan.clusters[0].facts.title == "Шойгу прибыл в Пхеньян"


def test_two_attacks_told_by_one_article_stay_two() -> None:
    drones = tell(EXACT, "Drones struck a depot.", Said("attack", "2025-06-17", where=("Kursk",), start=10))
    rockets = tell(EXACT, "Rockets later hit houses.", Said("attack", "2025-06-17", where=("Kursk",), start=900))
    assert len(merged(drones, rockets).clusters) == 2


def test_a_region_and_its_city_are_one_place() -> None:
    one, two = Paper("one", "ru", "2025-06-17T08:00:00"), Paper("two", "en", "2025-06-17T09:00:00")
    numbers = ((37, "x"),)
    city = tell(one, "Атака на Курск.", Said("attack", "2025-06-17", where=("Kursk",), numbers=numbers, lead=True))
    said = Said("attack", "2025-06-17", where=("Kursk Oblast",), numbers=numbers, lead=True)
    assert len(merged(city, tell(two, "Attack on the Kursk region.", said)).clusters) == 1
