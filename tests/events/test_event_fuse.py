"""From reports to one date: it sharpens, never blurs, and disagreement is shown."""

from itertools import permutations

from event_builders import Paper, Said, tell

from tracker.events import date_dispute, facts_of, fuse
from tracker.types import Anchor, Status, StoredMention

DAY = "2025-07-12T20:00:00"


def report(name: str, date: str | None, **more: object) -> StoredMention:
    said = Said(date=date, anchor=more.pop("anchor", Anchor.EXPLICIT), status=more.pop("status", Status.OCCURRED))
    return tell(Paper(name, "en", str(more.pop("published", DAY)), **more), f"Report of {name}.", said)


def fused(*mentions: StoredMention) -> str:
    date = fuse(mentions)
    return date.edtf.text if date.edtf else "-"


def test_nested_times_agree_on_the_finest() -> None:
    told = [report("a", "2025-22"), report("b", "2025-06"), report("c", "2025-06-17")]
    assert {fused(*order) for order in permutations(told)} == {"2025-06-17"}
    assert date_dispute(told) is None
    assert fuse(told).basis == "1 of 3 reports give the same day, 2 a wider time that holds it"


def test_neighbouring_days_without_a_leader_are_both_given_and_disputed() -> None:
    told = [report("a", "2025-07-11"), report("b", "2025-07-12")]
    assert fused(*told) == "[2025-07-11,2025-07-12]"
    dispute = date_dispute(told)
    assert dispute is not None
    assert dispute.values == (("2025-07-11", ("a",)), ("2025-07-12", ("b",)))


def test_a_clear_leader_is_the_date_and_the_other_is_still_shown() -> None:
    told = [report("a", "2025-07-12"), report("b", "2025-07-12"), report("c", "2025-07-11")]
    assert fused(*told) == "2025-07-12"
    assert fuse(told).basis == "2 of 3 reports give the same day, others contradict"
    assert date_dispute(told) is not None


def test_an_outlet_has_one_vote() -> None:
    told = [
        report("a1", "2025-07-12", outlet="A"),
        report("a2", "2025-07-12", outlet="A"),
        report("b", "2025-07-11", outlet="B"),
    ]
    assert fused(*told) == "[2025-07-11,2025-07-12]"


def test_copies_speak_with_one_voice() -> None:
    wire = Paper("wire", "en", DAY)
    told = [
        tell(wire, "On 12 July.", Said(date="2025-07-12")),
        tell(Paper("x", "en", DAY, copy_of=wire), "On 12 July.", Said(date="2025-07-12")),
        tell(Paper("y", "en", DAY), "On 11 July.", Said(date="2025-07-11")),
    ]
    assert fused(*told) == "[2025-07-11,2025-07-12]"
    assert facts_of(told).outlets == 2


def test_an_outlet_that_corrects_itself_votes_for_its_later_date() -> None:
    told = [
        report("a1", "2025-07-11", outlet="A", published="2025-07-12T08:00:00"),
        report("a2", "2025-07-12", outlet="A", published="2025-07-12T12:00:00"),
        report("a3", "2025-07-12", outlet="A", published="2025-07-13T12:00:00"),
    ]
    assert fused(*told) == "2025-07-12"


def test_publication_days_yield_to_any_stated_date() -> None:
    told = [report("a", "2025-07-12~", anchor=Anchor.PUBLISHED), report("b", "2025-07", anchor=Anchor.DCT)]
    assert fused(*told) == "2025-07"


def test_of_publication_days_the_earliest_counts() -> None:
    told = [
        report("a", "2025-07-13~", anchor=Anchor.PUBLISHED),
        report("b", "2025-07-12~", anchor=Anchor.PUBLISHED),
    ]
    assert fused(*told) == "2025-07-12~"
    assert date_dispute(told) is None


def test_a_bound_cuts_a_wide_date_but_never_empties_it() -> None:
    after = report("b", "2025-06-17/..", anchor=Anchor.EVENT)
    assert fused(report("a", "2025-22"), after) == "[2025-06-17..2025-08-31]"
    assert fused(report("a", "2025-05"), after) == "2025-05"
    assert date_dispute([report("a", "2025-05"), after]) is not None
    assert fused(after) == "2025-06-17/.."


def test_nothing_said_is_no_date() -> None:
    assert fused(report("a", None)) == "-"
    assert fuse([report("a", None)]).basis == "no report says when"


def test_partly_overlapping_times_take_the_heavier_and_are_no_dispute() -> None:
    told = [report("a", "[2025-06-20..2025-07-05]", anchor=Anchor.DCT), report("b", "2025-07")]
    assert fused(*told) == "2025-07"
    assert date_dispute(told) is None


def test_one_dated_report_says_so() -> None:
    assert fuse([report("a", "2025-07-12")]).basis == "the one dated report gives this day"


def test_a_late_plan_does_not_undo_what_happened() -> None:
    told = [report("a", "2025-07-12"), report("b", None, status=Status.PLANNED, published="2025-07-20T00:00:00")]
    assert facts_of(told).status is Status.OCCURRED


def test_a_denial_beside_a_report_is_a_dispute() -> None:
    told = [report("a", "2025-07-12"), report("b", "2025-07-12", status=Status.DENIED)]
    facts = facts_of(told)
    assert facts.status is Status.OCCURRED
    assert [d.field for d in facts.disputed] == ["status"]
    assert facts.disputed[0].values == (("occurred", ("a",)), ("denied", ("b",)))


def test_the_latest_of_plan_and_cancellation_counts() -> None:
    plan = report("a", "2025-08-01", status=Status.PLANNED, published="2025-07-01T00:00:00")
    off = report("b", "2025-08-01", status=Status.CANCELLED, published="2025-07-20T00:00:00")
    assert facts_of([plan, off]).status is Status.CANCELLED


def told_on(name: str, day: str, **more: object) -> StoredMention:
    return report(name, f"{day}~", anchor=Anchor.PUBLISHED, **more)


def test_two_outlets_that_report_on_one_day_sharpen_a_vaguer_time() -> None:
    summer = report("a", "2025-22")
    assert fused(summer, told_on("b", "2025-06-18"), told_on("c", "2025-06-17")) == "2025-06-17~"
    assert fused(summer, told_on("b", "2025-06-17")) == "2025-22"
    assert fused(summer, told_on("b", "2025-06-17"), told_on("c", "2025-07-20")) == "2025-22"
    assert fused(summer, told_on("b", "2025-11-17"), told_on("c", "2025-11-17")) == "2025-22"


def test_one_voice_does_not_sharpen_however_often_it_speaks() -> None:
    twice = [told_on("b", "2025-06-17", outlet="B"), told_on("c", "2025-06-17", outlet="B")]
    assert fused(report("a", "2025-22"), *twice) == "2025-22"
