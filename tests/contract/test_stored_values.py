"""Values kept as JSON: what was written is read back, older and newer forms are read, and what does not fit is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import edtf
from tracker.errors import StoreError
from tracker.store.codec import decode, encode
from tracker.types import EventDate, EventFacts, EventMention, MentionDate, Place, Quantity, Status

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.sampled_from(
    [None, *map(edtf.parse, ("2025-06-17", "2025-22", "../2025-06-11", "[2025-07-11,2025-07-12]", "20XX", "2025-06~"))]
)
SHARES, DEGREES = st.floats(0, 1), st.none() | st.floats(-180, 180)
PLACES = st.lists(st.builds(Place, name=TEXTS, lat=DEGREES, lon=DEGREES), max_size=2).map(tuple)
COUNTS = st.lists(st.builds(Quantity, value=st.integers(0, 10**15) | SHARES), max_size=2).map(tuple)
DATES = st.none() | st.builds(MentionDate, edtf=VALUES, weight=SHARES)
MENTIONS = st.builds(
    EventMention, quote=TEXTS, speaker=TEXTS, date=DATES, where=PLACES, quantities=COUNTS, salience=SHARES
)
FACTS = st.builds(
    EventFacts, title=TEXTS, date=st.builds(EventDate, edtf=VALUES), where=PLACES, quantities=COUNTS, importance=SHARES
)


@given(MENTIONS)
def test_a_mention_is_read_back_as_it_was_written(mention: EventMention) -> None:
    assert decode(EventMention, json.dumps(encode(mention))) == mention


@given(FACTS)
def test_facts_are_read_back_as_they_were_written(facts: EventFacts) -> None:
    assert decode(EventFacts, json.dumps(encode(facts), ensure_ascii=False)) == facts


OLD = '{"field": "text", "start": 0, "end": 3, "quote": "abc", "type": "visit", "status": "occurred", "date": null}'


def test_what_was_not_written_yet_takes_its_default() -> None:
    assert decode(EventMention, OLD) == EventMention("text", 0, 3, "abc", "visit", Status.OCCURRED, None)


def test_what_a_later_version_wrote_besides_is_left() -> None:
    newer = json.dumps(json.loads(OLD) | {"mood": ["bright"], "lead": True})
    assert decode(EventMention, newer) == replace(decode(EventMention, OLD), lead=True)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        OLD.replace('"occurred"', '"perhaps"'),
        OLD.replace("null", '{"edtf": "17 June"}'),
        OLD.replace("null", '{"edtf": 2025}'),
        OLD.replace("0", '"0"'),
        OLD[:-1],
    ],
)
def test_what_does_not_fit_is_refused_by_name(text: str) -> None:
    with pytest.raises(StoreError, match="EventMention"):
        decode(EventMention, text)
