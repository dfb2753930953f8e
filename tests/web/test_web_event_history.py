"""The history of an event's page: changes in the reader's words, titles with their language, causes without ids."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from tests.web.visits import client, one, rain, read, reported, words
from tracker.types import Event, Revision

MOMENT = datetime(2025, 6, 18, 2, 20, tzinfo=UTC)


def changed(kind: str, old: str, new: str, cause: str = "first report") -> Event:
    """Build an event told in English and Russian that has changed once."""
    reports = (reported("It rained."), reported("Шёл дождь.", language="ru", article_id="ru-1"))
    titles = (("en", "It rained."), ("ru", "Шёл дождь."))
    told = replace(rain(1, "2025-06-17", title="It rained.", titles=titles), reports=reports)
    return replace(told, revisions=(Revision(2, kind, old, new, cause, MOMENT),))


def entry(event: Event, ui: str = "en") -> html.HtmlElement:
    """Give the one entry of the event's history."""
    [found] = one(read(client([event]).get("/events/1", query_string={"ui": ui})), ".history").xpath("./li")
    return found


@pytest.mark.parametrize(
    ("ui", "cause", "said"),
    [
        ("en", "report of 항구일보 (ko-7f3a)", "after a report of 항구일보"),
        ("en", "report of The Post (evening) (en-1)", "after a report of The Post (evening)"),
        ("ru", "report of 항구일보 (ko-7f3a)", "после сообщения: 항구일보"),
        ("en", "report of unknown outlet (f-1)", "after a report"),
        ("en", "the editors looked it up", "the editors looked it up"),
    ],
)
def test_a_cause_names_the_outlet_in_the_reader_s_words_and_no_id(ui: str, cause: str, said: str) -> None:
    assert words(entry(changed("redated", "2025-06", "2025-06-17", cause), ui)).endswith(f"· {said}")


def test_a_title_struck_and_the_new_one_carry_their_languages() -> None:
    told = entry(changed("retitled", "Шёл дождь.", "It rained."))
    assert [(part.get("lang"), part.get("dir")) for part in told.xpath("./s | ./span")] == [
        ("ru", "auto"),
        ("en", "auto"),
    ]


def test_a_change_of_the_title_s_language_only_says_so() -> None:
    assert words(entry(changed("retitled", "Шёл дождь.", "It rained."))).startswith("Title in another language")
    assert words(entry(changed("retitled", "It poured.", "It rained."))).startswith("Retitled It poured. → It rained.")


def test_a_status_is_told_in_words_of_the_interface() -> None:
    told = words(entry(changed("status", "planned", "occurred")))
    assert told.startswith("Status changed planned → happened")
