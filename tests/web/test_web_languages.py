"""Interface languages: every catalogue is whole and sound, the right one is chosen, and it stays chosen."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.web.visits import client, many, one, rain, read, words
from tracker.types import Event
from tracker.web.translations import FOLDER, speeches
from tracker.web.translations.update import sentences, updated

CODES = sorted(path.stem for path in FOLDER.glob("*.po"))
MARKUP = re.compile(r"</?[a-z]+>")


def messages(code: str) -> list[Message]:
    """Give the messages of a catalogue; the header is none."""
    with (FOLDER / f"{code}.po").open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def parts(text: str) -> list[str]:
    """Name the places of a sentence that are filled in, and its markup."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return sorted([*names, *MARKUP.findall(text)])


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[1]


def test_the_languages_of_the_brief_are_there() -> None:
    assert set(speeches()) >= {"en", "id", "ru", "ko", "ar"}
    assert next(iter(speeches())) == "en"


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_every_sentence_of_the_code_and_no_other(code: str) -> None:
    ids = {tuple(m.id) if isinstance(m.id, list | tuple) else m.id for m in messages(code)}
    assert ids == set(sentences())


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated_in_every_plural_form(code: str) -> None:
    assert [message.id for message in messages(code) if not all(forms(message)) or message.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_fills_in_what_its_sentence_does(code: str) -> None:
    """A form for exactly one or two may leave the number out: many languages say it in the word."""
    wrong = []
    for message in messages(code):
        wanted = parts(source(message))
        last = len(forms(message)) - 1
        for index, form in enumerate(forms(message)):
            spoken = [*parts(form), "n"] if index < last and "n" in wanted and "n" not in parts(form) else parts(form)
            if sorted(spoken) != wanted:
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_bringing_a_catalogue_up_to_date_keeps_its_translations(code: str) -> None:
    again = {str(message.id): message.string for message in updated(FOLDER / f"{code}.po") if message.id}
    assert again == {str(message.id): message.string for message in messages(code)}


@pytest.mark.parametrize("code", ["en", *CODES])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 11, 21, 100, 1000000])
def test_every_number_has_a_form(code: str, n: int) -> None:
    said = speeches()[code].count("{n} event", "{n} events", n)
    assert said.strip()
    assert "{" not in said


@pytest.mark.parametrize(
    ("code", "n", "said"),
    [("ru", 1, "1 событие"), ("ru", 3, "3 события"), ("ru", 11, "11 событий"), ("ar", 2, "حدثان"), ("ar", 5, "5 أحداث"),
        ("ar", 11, "11 حدثًا"), ("ar", 100, "100 حدث"), ("id", 2, "2 peristiwa"), ("ko", 7, "사건 7건")],
)  # fmt: skip
def test_plurals_are_those_of_the_language(code: str, n: int, said: str) -> None:
    assert speeches()[code].count("{n} event", "{n} events", n) == said


@pytest.mark.parametrize(
    ("asked", "header", "code"),
    [
        ("", "", "en"), ("", "ru", "ru"), ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("", "ko-KR", "ko"), ("", "xx, fr;q=0.9", "en"),
        ("", "fr, ar-EG;q=0.5, en;q=0.3", "ar"), ("id", "ru", "id"), ("en", "ru", "en"), ("xx", "ru", "ru"), ("<b>", "", "en"),
        ("", "en-US,en;q=0.9,id;q=0.8", "en"), ("", "*", "en"), ("", ";;q=,,", "en"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_asked_for_else_the_browser_s(asked: str, header: str, code: str) -> None:
    answer = client().get("/about", query_string={"ui": asked} if asked else {}, headers={"Accept-Language": header})
    tree = read(answer)
    assert (tree.get("lang"), tree.get("dir")) == (code, "rtl" if code == "ar" else "ltr")
    assert "Accept-Language" in answer.vary


@pytest.mark.parametrize(
    "path", ["/", "/t/ports?status=planned", "/events/3", "/feeds", "/about", "/follow", "/nothing"]
)
@pytest.mark.parametrize("code", CODES)
def test_no_english_sentence_is_left_on_a_page(path: str, code: str) -> None:
    tree = read(client().get(path, headers={"Accept-Language": code}))
    for foreign in tree.xpath(
        "//*[@lang][not(self::html)] | //bdi | //code | //h1[@dir] | //script | //*[@dir='auto']"
    ):
        foreign.drop_tree()
    shown = {line.strip() for line in tree.body.itertext() if line.strip()}
    spoken = {source(message): forms(message) for message in messages(code)}
    assert {line for line in shown if line in spoken and line not in spoken[line]} == set()


@pytest.mark.parametrize("path", ["/", "/t/ports", "/events/1", "/feeds", "/about", "/follow", "/places/1871859"])
def test_a_language_chosen_by_hand_stays_chosen(path: str) -> None:
    tree = read(client().get(path, query_string={"ui": "ko"}))
    own = [a.get("href") for a in tree.xpath("//a[not(ancestor::nav[@class='tongues'])]") if a.get("href")[0] == "/"]
    assert own
    assert [href for href in own if "ui=ko" not in href] == []


def test_the_form_keeps_the_language() -> None:
    tree = read(client().get("/", query_string={"ui": "ar"}))
    assert tree.xpath("//form//input[@name='ui']/@value") == ["ar"]
    assert read(client().get("/", query_string={"ui": "<b>"})).xpath("//form//input[@name='ui']") == []


def test_the_switch_offers_this_very_page_in_every_language_by_its_own_name() -> None:
    tree = read(client().get("/t/ports?status=planned&q=a%26b&ui=ru"))
    links = one(tree, ".tongues").xpath(".//a")
    assert [words(a) for a in links] == ["English", "العربية", "Bahasa Indonesia", "한국어", "Русский"]
    assert [a.get("lang") for a in links] == ["en", "ar", "id", "ko", "ru"]
    assert links[0].get("href") == "/t/ports?status=planned&q=a%26b&ui=en"
    assert [words(a) for a in links if a.get("aria-current")] == ["Русский"]


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2F%2Fevil.example", "/\\evil.example"])
def test_the_switch_never_leads_to_another_site(path: str) -> None:
    tree = read(client().get(path, follow_redirects=True))
    assert not [a for a in one(tree, ".tongues").xpath(".//a/@href") if a.startswith(("//", "/\\"))]


def dates(visit: FlaskClient, code: str) -> str:
    return words(one(read(visit.get("/events/1", query_string={"ui": code})), ".big-date"))


def test_dates_are_written_as_the_language_writes_them() -> None:
    visit = client()
    assert {code: dates(visit, code) for code in ("en", *CODES)} == {
        "en": "17 June 2025 Tuesday",
        "id": "17 Juni 2025 Selasa",
        "ru": "17 июня 2025 г. вторник",
        "ko": "2025년 6월 17일 화요일",
        "ar": "17 يونيو 2025 الثلاثاء",
    }


def test_the_feeds_of_a_page_are_offered_in_its_language() -> None:
    tree = read(client().get("/t/ports", headers={"Accept-Language": "id"}))
    assert "/t/ports/feed.rss?ui=id" in tree.xpath("//link[@rel='alternate']/@href")
    assert one(tree, "#feed-address").get("value") == "https://kronik.example/t/ports/feed.rss?ui=id"


def test_a_feed_asks_nobody_s_browser() -> None:
    plain = client().get("/feed.rss")
    asked = client().get("/feed.rss", headers={"Accept-Language": "ru"})
    assert plain.get_data() == asked.get_data()
    assert "Accept-Language" not in asked.vary


def test_a_report_s_own_words_keep_their_language_and_direction() -> None:
    tree = read(client().get("/events/1", query_string={"ui": "ar"}))
    assert {q.get("lang") for q in tree.xpath("//blockquote")} >= {"ru", "id", "ko", "en"}
    assert {q.get("dir") for q in tree.xpath("//blockquote")} == {"auto"}
    assert all(e.get("lang") for e in many(tree, ".p-name"))


def told(*titles: tuple[str, str]) -> Event:
    """Build an event whose title is Russian, told in the languages given."""
    return rain(1, "2025-06-17", title="Шёл дождь.", title_language="ru", titles=(("ru", "Шёл дождь."), *titles))


@pytest.mark.parametrize(
    ("ui", "titles", "shown"),
    [
        ("ar", (("en", "It rained."), ("ar", "هطل المطر.")), ("هطل المطر.", "ar")),
        ("ar", (("en", "It rained."),), ("It rained.", "en")),
        ("ar", (("ko", "비가 왔다."),), ("Шёл дождь.", "ru")),
    ],
)
def test_a_title_is_the_reader_s_else_english_else_the_event_s_own(
    ui: str, titles: tuple[tuple[str, str], ...], shown: tuple[str, str]
) -> None:
    tree = read(client([told(*titles)]).get("/events/1", query_string={"ui": ui}))
    [head] = tree.xpath("//main//h1")
    assert (words(head), head.get("lang")) == shown


def test_days_of_publication_and_the_ribbon_are_written_as_the_language_does() -> None:
    visit = client()
    tree = read(visit.get("/events/1", query_string={"ui": "ko"}))
    assert "2025년 6월 18일" in words(tree.xpath("//main//figcaption")[1])
    labels = [words(label) for label in read(visit.get("/", query_string={"ui": "ko"})).xpath("//*[@class='major']")]
    assert labels
    assert all("년" in label or label.endswith("월") for label in labels)


@pytest.mark.parametrize(("ui", "arrow"), [("en", "→"), ("ar", "←")])
def test_an_arrow_of_the_history_points_where_reading_goes(ui: str, arrow: str) -> None:
    history = one(read(client().get("/events/1", query_string={"ui": ui})), ".history")
    assert [sign for sign in "→←" if sign in words(history)] == [arrow]
