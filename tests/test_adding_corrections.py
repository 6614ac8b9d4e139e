"""What a correction can put right, and what stands against one."""

from collections.abc import Sequence
from typing import Any

import pytest

from cse_workbook.adding import HAPPENED_ON, correctable, objections
from cse_workbook.case import AnyEvent, events, fold
from cse_workbook.instrument import Instrument
from tests.made_up_additions import (
    ACTION,
    BLOCKAGE,
    EPISODE,
    SIGN,
    TEACHER,
    TODAY,
    against,
)
from tests.made_up_events import OPENED, entries_of, entry, erased, view

SENT = events.ReferralSent("nurse", will_do="Call back")


def correction(field: str, value: str, entry: int = 2) -> events.Corrected:
    return events.Corrected(entry, field, value, "A slip of the pen")


def corrected(field: str, value: str, occ: Instrument, *before: AnyEvent) -> list[str]:
    return against(correction(field, value), occ, *(before or (SENT,)), author=TEACHER)


FITS: Sequence[tuple[AnyEvent, str, Any]] = [
    (SENT, "to", "social worker"),
    (SENT, "will_do", ""),
    (SENT, HAPPENED_ON, "2026-11-20"),
    (SIGN, "answers.self_harm", "no"),
    (SIGN, HAPPENED_ON, "2026-11-20"),
    (ACTION, "due_on", "2026-01-01"),
    (EPISODE, "returned_at", "2026-11-22T14:30:00+00:00"),
    (events.SharingDecision("x", "y", True, "z"), "is_shared", "false"),
    # The theme was left blank by mistake and stays so: what is put right is its kind.
    (events.ThemeNoted("", "transport"), "of_kind", "gifts"),
]


@pytest.mark.parametrize(("event", "field", "value"), FITS)
def test_an_author_puts_an_entry_of_theirs_right_also_when_the_case_is_closed(
    occ, event, field, value
):
    assert corrected(field, value, occ, event) == []
    assert corrected(field, value, occ, event, events.CaseClosed("Grown up")) == []


def test_an_entry_of_somebody_else_is_not_corrected(occ):
    assert against(correction("to", "social worker"), occ, SENT) == [
        "CASE_11 · Case C-0001: somebody else wrote this entry (teacher, Example School). Ask them"
        " to correct it, or add an entry of your own."
    ]


def test_a_field_that_is_not_there_is_refused_with_one_like_it(occ):
    assert corrected("will_does", "Nothing", occ) == [
        "CASE_12 · Case C-0001, field: the entry has no field “will_does” that can be corrected."
        " Did you mean “will_do”? Name a field of that entry."
    ]


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (view("consult", "self_harm"), "route"),
        (events.SecondReading(2, "consult", ()), "route"),
        (events.SecondReading(2, "consult", ()), "screening"),
        (events.StepDownAgreed("refer_now", "consult", (), "x", "y"), "to_route"),
        (events.StepDownAgreed("refer_now", "consult", (), "x", "y"), "second_reader"),
        (events.ActionDone(2), "action"),
        (SENT, "written"),
    ],
)
def test_what_a_view_rests_on_and_what_an_entry_follows_is_not_corrected(occ, event, field):
    [said] = corrected(field, "keep_watching", occ, event)

    assert said.startswith("CASE_12 · Case C-0001, field: ")


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        (ACTION, "due_on", "soon"),
        (SIGN, "answers.self_harm", "perhaps"),
        (SENT, HAPPENED_ON, "yesterday"),
        (EPISODE, "returned_at", "2026-11-22T14:30:00"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(occ, event, field, value):
    assert corrected(field, value, occ, event) == [
        f"CASE_13 · Case C-0001, value: the value does not fit the field “{field}”. Give a value"
        " of the kind that stands there."
    ]


@pytest.mark.parametrize(
    ("event", "field", "value", "code"),
    [
        (SENT, HAPPENED_ON, "2026-11-24", "CASE_08"),
        (BLOCKAGE, "since_on", "2026-11-24", "CASE_08"),
        (BLOCKAGE, "stops", " ", "CASE_04"),
        (EPISODE, "returned_at", "2026-11-22T11:59:00+00:00", "CASE_10"),
        (EPISODE, "missing_at", "2026-11-30T11:59:00+00:00", "CASE_08"),
    ],
)
def test_an_entry_is_not_corrected_into_one_that_could_not_be_written(
    occ, event, field, value, code
):
    [said] = corrected(field, value, occ, event)

    assert said.startswith(f"{code} · Case C-0001, value: ")


@pytest.mark.parametrize(
    "event", [events.RecordRead("x"), correction("to", "x"), events.TableReleased("x", "y", "z")]
)
def test_what_nobody_worded_is_not_corrected(occ, event):
    [said] = corrected("purpose", "another", occ, event)

    assert said.startswith("CASE_05 · Case C-0001, entry: entry 2 ")


def test_an_entry_that_is_not_there_or_was_erased_is_not_corrected(occ):
    gone = fold(erased(entries_of(OPENED, SENT), 2))
    made = correction("to", "social worker")

    [said] = (str(each) for each in objections(made, gone, TEACHER, TODAY, occ))

    assert said.startswith("CASE_05 · Case C-0001, entry: entry 2 ")
    assert against(correction("to", "x", 9), occ, author=TEACHER)[0].startswith("CASE_05 · ")


def test_the_fields_that_can_be_put_right_are_those_in_words_and_the_day(occ):
    assert correctable(entry(2, ACTION), occ) == ["what", "who", "due_on", "step", HAPPENED_ON]
    assert correctable(entry(2, SIGN), occ)[-2:] == ["answers.disabled", HAPPENED_ON]
