"""From articles to dated, merged events through the command line."""

from __future__ import annotations

import json

from tests.e2e.conftest import Kronik, matching

VAGUE = {
    "id": "vague",
    "lang": "id",
    "published": "2025-11-12",
    "source": "Suara Contoh",
    "title": "",
    "text": (
        "Pasukan zeni Korea Utara sedang bersiap menjinakkan ranjau di wilayah Kursk, kata Wakil Menteri Luar Negeri Rusia "
        "Andrei Rudenko kepada wartawan.\n"
        "Menurut Rudenko, jadwal dimulainya pekerjaan itu belum ditetapkan.\n"
        "Keputusan mengirim tenaga ahli diambil pada musim panas lalu, setelah kunjungan Sergei Shoigu ke Pyongyang.\n"
        "Seribu sapper Korea Utara akan dilatih di pusat latihan Rusia.\n"
        "Lima ribu pekerja konstruksi lainnya akan membantu pemulihan wilayah Kursk.\n"
        "Bukankah persahabatan sejati terlihat dari perbuatan?"
    ),
}
PRECISE = {
    "id": "precise",
    "lang": "ru",
    "published": "2025-06-17T15:00:00+03:00",
    "source": "Пример-Новости",
    "title": "Шойгу прибыл в Пхеньян",
    "text": (
        "Секретарь Совета безопасности России Сергей Шойгу сегодня прибыл в Пхеньян. "
        "КНДР направит в Курскую область тысячу сапёров, сообщил он журналистам."
    ),
}
EARLIER = {
    "id": "earlier",
    "lang": "ru",
    "published": "2025-06-05T10:00:00+03:00",
    "source": "Другая газета",
    "title": "Шойгу встретился с Ким Чен Ыном",
    "text": "Секретарь Совбеза России Сергей Шойгу 4 июня посетил Пхеньян и встретился с Ким Чен Ыном.",
}


def visits(events: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    found = matching(events, "Shoigu", "Pyongyang") + matching(events, "Шойгу", "Пхеньян")
    return {event["edtf"]: event for event in found if event["type"] in ("visit", "talks")}


def test_an_article_without_a_plain_date_gives_a_summer_and_plans_without_a_day(kronik: Kronik) -> None:
    kronik.import_articles(VAGUE)
    events = kronik.events()
    assert "2025-22" in visits(events)
    assert [e["edtf"] for e in matching(events, "Keputusan")].count("2025-22") >= 1
    thousand = [e for e in events if any(q["value"] == 1000 for q in e["quantities"])]
    five_thousand = [e for e in events if any(q["value"] == 5000 for q in e["quantities"])]
    assert {e["status"] for e in thousand + five_thousand} == {"planned"}
    demining = matching(events, "bersiap menjinakkan ranjau")[0]
    assert (demining["status"], demining["edtf"]) == ("planned", None)
    assert "Rudenko" in demining["reports"][0]["speaker"]
    assert matching(events, "Bukankah") == []


def test_every_quote_is_an_exact_piece_of_its_article(kronik: Kronik) -> None:
    articles = {a["id"]: a for a in (VAGUE, PRECISE, EARLIER)}
    kronik.import_articles(*articles.values())
    reports = [report for event in kronik.events() for report in event["reports"]]
    assert reports
    for report in reports:
        body = articles[report["article_id"]][report["field"]]
        assert body[report["start"] : report["end"]] == report["quote"]


def test_a_precise_report_in_another_language_sharpens_the_date(kronik: Kronik) -> None:
    kronik.import_articles(VAGUE)
    kronik.import_articles(PRECISE)
    kronik.import_articles(EARLIER)
    found = visits(kronik.events())
    assert {"2025-06-17", "2025-06-04"} <= set(found)
    assert "2025-22" not in found
    assert set(found["2025-06-17"]["languages"]) == {"id", "ru"}
    assert {r["article_id"] for r in found["2025-06-04"]["reports"]} == {"earlier"}


def test_the_order_of_arrival_does_not_matter(kronik: Kronik) -> None:
    kronik.import_articles(EARLIER)
    kronik.import_articles(PRECISE)
    kronik.import_articles(VAGUE)
    found = visits(kronik.events())
    assert {r["article_id"] for r in found["2025-06-17"]["reports"]} == {"precise", "vague"}


def test_importing_twice_changes_nothing(kronik: Kronik) -> None:
    kronik.import_articles(VAGUE, PRECISE)
    before = kronik.events()
    kronik.import_articles(VAGUE, PRECISE)
    assert kronik.events() == before


def test_a_bad_line_is_named_and_the_rest_is_kept(kronik: Kronik) -> None:
    path = kronik.folder / "mixed.jsonl"
    path.write_text("\n".join([json.dumps(PRECISE), "{not json", '{"id": "x"}', json.dumps(EARLIER)]), encoding="utf-8")
    kronik.run("import", str(path), code=1)
    assert "line 2" in kronik.log[-1]
    assert "line 3" in kronik.log[-1]
    assert {r["article_id"] for e in kronik.events() for r in e["reports"]} == {"precise", "earlier"}


def test_explain_tells_how_a_date_came_about(kronik: Kronik) -> None:
    kronik.import_articles(VAGUE)
    story = kronik.run("explain", "vague")
    assert "musim panas lalu" in story
    assert "2025-22" in story
    event = next(iter(visits(kronik.events()).values()))
    assert "musim panas lalu" in kronik.run("explain", str(event["id"]))


def test_explain_of_nothing_known_fails_in_one_line(kronik: Kronik) -> None:
    kronik.run("explain", "no-such-thing", code=1)
    assert "no-such-thing" in kronik.log[-1]
