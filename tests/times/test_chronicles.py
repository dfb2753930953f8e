"""A text that tells of long past years throughout: bare and relative phrases hang on the time last spoken of."""

from __future__ import annotations

from datetime import date

from tracker.languages import shipped
from tracker.times import tag
from tracker.types import Anchor, TimeMention

LANGUAGES = shipped()
DAY = date(2025, 5, 14)
HISTORY = (
    "The canal was begun in 1861 and finished in May 1869. The bank failed in 1873.\n"
    "The first lock was opened on 3 April 1874. A flood came in 1876, another in March 1880.\n"
    "In 1891 the harbour was widened. It froze in December 1892.\n"
)


def placed(text: str, dct: date | None = DAY) -> dict[str, TimeMention]:
    data = LANGUAGES.times("en")
    assert data is not None
    return {mention.text: mention for mention in tag(text, data=data, dct=dct)}


def test_a_bare_day_lies_in_the_year_told_of_across_paragraphs() -> None:
    mention = placed(HISTORY + "In 1895 the new bridge was planned.\n\nThe work began on 7 June.")["7 June"]
    assert (mention.timex_value, mention.anchor) == ("1895-06-07", Anchor.NARRATIVE)


def test_a_story_in_december_goes_on_in_the_next_january() -> None:
    assert placed(HISTORY + "The ice broke in January.")["January"].timex_value == "1893-01"


def test_a_relative_phrase_counts_from_the_time_told_of() -> None:
    found = placed(HISTORY + "The town bought the harbour in 1901. Two years later it was sold.")
    assert found["Two years later"].timex_value == "1903"


def test_a_quarter_lies_in_the_year_told_of() -> None:
    found = placed(HISTORY + "The line was closed in 1902. In the third quarter the rails were sold.")
    assert found["third quarter"].timex_value == "1902-Q3"


def test_a_weekday_chooses_among_the_years_around() -> None:
    found = placed(HISTORY + "The bridge was planned in 1895. It fell on Monday, 7 June.")
    assert found["Monday, 7 June"].timex_value == "1897-06-07"


def test_today_is_nowadays_in_a_chronicle() -> None:
    assert placed(HISTORY + "Today the canal is a park.")["Today"].timex_value == "PRESENT_REF"


def test_a_report_with_history_in_it_stays_in_its_own_day() -> None:
    report = "The council met on Monday. It said yesterday that it will decide on 7 June.\n"
    assert placed(HISTORY + report * 2)["7 June"].timex_value == "2025-06-07"


def test_without_a_day_of_writing_no_text_is_a_chronicle() -> None:
    assert placed(HISTORY + "The work began on 7 June.", None)["7 June"].timex_value == "XXXX-06-07"
