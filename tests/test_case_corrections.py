"""A correction changes how an entry reads; as it was written, it stays."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from cse_workbook.case import AnyEvent, corrected, fold
from cse_workbook.case.events import (
    ActionDone,
    Corrected,
    JudgementRecorded,
    MissingEpisode,
)
from tests.made_up_cases import ACTION, DAY, NIGHT, SCREENED, SENT, VIEW, event_of, numbers, threads
from tests.made_up_events import (
    OPENED,
    entries_of,
    erased,
    screened,
    view,
)


def test_a_corrected_answer_reads_as_corrected_and_stays_as_it_was_written() -> None:
    right = Corrected(2, "answers.self_harm", "not_known", "Heard wrongly")

    case = fold(entries_of(OPENED, SCREENED, right))

    assert event_of(case.screenings[0].start).screening.answers["self_harm"].answer == "not_known"
    assert event_of(case.written[2]) == SCREENED
    assert numbers(case.corrections[2]) == [3]


def test_what_the_rules_said_at_the_time_stays_beside_a_corrected_answer() -> None:
    right = Corrected(2, "answers.self_harm", "no", "Heard wrongly")

    case = fold(entries_of(OPENED, screened({"needs": "quiet"}, self_harm="yes"), right))

    assert event_of(case.entry(2)).outcome == SCREENED.outcome
    assert event_of(case.entry(2)).circumstances == {"needs": "quiet"}


def test_what_stands_behind_a_corrected_answer_stays_with_it() -> None:
    behind = {"evidence": "Fresh cuts on one arm", "seen_on": "2026-09-01", "source": "A friend"}
    event = screened(self_harm={"answer": "yes", **behind})
    right = Corrected(2, "answers.self_harm", "possible", "Not sure after all")

    (thread,) = fold(entries_of(OPENED, event, right)).screenings
    answer = event_of(thread.start).screening.answers["self_harm"]

    assert (answer.answer, answer.evidence) == ("possible", "Fresh cuts on one arm")
    assert (answer.seen_on, answer.source) == (date(2026, 9, 1), "A friend")


def test_an_answer_that_was_left_blank_can_be_put_right() -> None:
    right = Corrected(2, "answers.young_carer", "yes", "Left out")

    (thread,) = fold(entries_of(OPENED, SCREENED, right)).screenings

    assert sorted(event_of(thread.start).screening.answers) == ["self_harm", "young_carer"]


def test_a_corrected_view_reads_with_the_right_route() -> None:
    case = fold(entries_of(OPENED, view("consult"), Corrected(2, "route", "refer_now", "Slip")))

    assert event_of(case.views[0]).route == "refer_now"
    assert event_of(case.written[2]).route == "consult"


def test_a_corrected_date_reads_as_a_date() -> None:
    case = fold(entries_of(OPENED, ACTION, Corrected(2, "due_on", "2026-10-01", "Wrong month")))

    assert event_of(case.actions[0].start).due_on == date(2026, 10, 1)
    assert event_of(case.written[2]).due_on == DAY


def test_a_corrected_number_leads_to_the_right_entry() -> None:
    right = Corrected(4, "action", "3", "The other one")

    case = fold(entries_of(OPENED, ACTION, ACTION, ActionDone(2), right))

    assert threads(case.actions) == [[2], [3, 4]]


def test_a_return_that_was_a_mistake_is_taken_back_with_null() -> None:
    back = MissingEpisode(NIGHT, datetime(2026, 9, 3, 7, 0, tzinfo=UTC))

    case = fold(entries_of(OPENED, back, Corrected(2, "returned_at", "null", "Another child")))

    assert event_of(case.missing[0].start).returned_at is None


def test_the_day_on_which_something_happened_can_be_put_right() -> None:
    case = fold(entries_of(OPENED, VIEW, Corrected(2, "happened_on", "2026-08-20", "Told late")))

    assert case.views[0].happened_on == date(2026, 8, 20)
    assert case.views[0].event == VIEW
    assert case.written[2].happened_on == date(2026, 9, 2)


def test_a_case_opened_on_another_day_says_so() -> None:
    right = Corrected(1, "happened_on", "2026-08-20", "Told late")

    assert fold(entries_of(OPENED, right)).opened_on == date(2026, 8, 20)


def test_of_two_corrections_of_a_field_the_later_stands() -> None:
    rights = (Corrected(2, "route", "keep_watching", "Slip"), Corrected(2, "route", "consult", "2"))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]).route == "consult"
    assert event_of(case.written[2]) == VIEW
    assert numbers(case.corrections[2]) == [3, 4]


def test_corrections_of_two_fields_stand_together() -> None:
    rights = (Corrected(2, "route", "consult", "Slip"), Corrected(2, "because", "Told today", ""))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]) == JudgementRecorded("consult", ("self_harm",), "Told today")


def test_a_correction_of_an_erased_entry_brings_nothing_back() -> None:
    right = Corrected(2, "route", "consult", "Slip")

    case = fold(erased(entries_of(OPENED, VIEW, right), 2))

    assert case.views == ()
    assert case.entry(2) == case.written[2]
    assert numbers(case.corrections[2]) == [3]


def test_the_day_of_an_erased_entry_can_still_be_put_right() -> None:
    right = Corrected(2, "happened_on", "2026-08-20", "Told late")

    found = fold(erased(entries_of(OPENED, VIEW, right), 2)).entry(2)

    assert found is not None
    assert found.happened_on == date(2026, 8, 20)


def test_an_erased_correction_corrects_nothing() -> None:
    case = fold(erased(entries_of(OPENED, VIEW, Corrected(2, "route", "consult", "Slip")), 3))

    assert case.views[0].event == VIEW
    assert case.corrections == {}


def test_a_correction_of_an_entry_that_is_not_of_this_case_changes_nothing() -> None:
    case = fold(entries_of(OPENED, VIEW, Corrected(99, "route", "consult", "Slip")))

    assert case.views[0].event == VIEW
    assert case.written == {}
    assert numbers(case.entries) == [1, 2, 3]


def test_a_correction_is_not_itself_corrected() -> None:
    rights = (Corrected(2, "route", "consult", "Slip"), Corrected(3, "value", "emergency", "Slip"))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]).route == "consult"
    assert event_of(case.entry(3)) == rights[0]


def test_a_correction_counts_from_the_moment_it_was_written() -> None:
    entries = entries_of(OPENED, VIEW, Corrected(2, "route", "consult", "Slip"))

    before = fold(entries, until=entries[1].recorded_at)

    assert event_of(before.views[0]).route == "refer_now"
    assert before.corrections == before.written == {}


def test_a_field_that_an_entry_has_not_is_refused() -> None:
    with pytest.raises(LookupError):
        corrected(VIEW, Corrected(2, "rout", "consult", "Slip"))


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [(ACTION, "due_on", "soon"), (SCREENED, "answers.self_harm", "maybe"), (SENT, "written", "x")],
)
def test_a_value_that_does_not_fit_the_field_is_refused(
    event: AnyEvent, field: str, value: str
) -> None:
    with pytest.raises(msgspec.ValidationError):
        corrected(event, Corrected(2, field, value, "Slip"))
