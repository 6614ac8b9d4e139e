"""What stands in the frames of an audit, counted by hand on small cases.

1. Every declared column is there, of its type, with its meaning, also where there is no row.
2. Screenings. 3. Cases; referrals, episodes and actions stand in `test_frames_steps`.
4. Any history makes frames that keep their contract.
"""

from typing import Any

import msgspec
import pandas as pd
import pytest
from hypothesis import given, settings

from cse_workbook.case import AnyEvent, events, fold
from cse_workbook.case.events import Corrected, Evidence, ReferralSent
from cse_workbook.frames import BREAKDOWNS, SCHEMAS, shielded, type_of
from cse_workbook.frames.reading import band
from cse_workbook.frames.tables import coarser
from tests.made_up_events import (
    OCC,
    OPENED,
    case_on,
    entries_of,
    entry,
    erased,
    histories,
    screened,
    view,
)
from tests.made_up_histories import MONDAY, made, on, only, picked, rows, told

# 1


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_declared_column_is_there_with_its_type_also_without_rows(name: str) -> None:
    frame = made().by_name()[name]

    assert {str(column): str(kind) for column, kind in frame.dtypes.items()} == {
        column: type_of(declared) for column, declared in SCHEMAS[name].columns.items()
    }
    SCHEMAS[name].validate(frame)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_says_its_unit_its_meaning_and_whether_it_is_personal(name: str) -> None:
    for column in SCHEMAS[name].columns.values():
        assert column.description.endswith(".")
        assert set(column.metadata) == {"type", "unit", "personal", "words"}
    assert {"child", "case", *BREAKDOWNS} <= set(SCHEMAS[name].columns)


def test_what_is_not_known_is_a_word_and_never_blank() -> None:
    row = only("cases")

    assert {row[name] for name in BREAKDOWNS if name != "agency"} == {"not_known"}
    assert row["route"] == row["view"] == "not_given"


def test_a_repr_shows_numbers_only() -> None:
    assert repr(made(case_on((MONDAY, OPENED)))) == (
        "Frames(0 screenings, 1 cases, 0 referrals, 0 episodes, 1 actions)"
    )


# 2


def test_a_screening_counts_its_answers_and_what_stands_behind_them() -> None:
    behind = {"answer": "yes", "evidence": "Made up", "seen_on": "2026-09-01", "source": "School"}
    dated = {"answer": "possible", "seen_on": "2026-09-01"}
    event = screened(self_harm=behind, gifts_from_unknown_sources=dated, young_carer="not_known")

    row = only("screenings", (0, event))

    n_expected = row["n_asked"]
    assert n_expected == 3 + row["n_blank"]
    assert picked(row, [name for name in row if name.startswith("n_")]) == {
        **dict.fromkeys(["n_all_at_once", "n_corrections", "n_blaming_terms"], 0),
        **dict.fromkeys(["n_yes", "n_possible", "n_not_known"], 1),
        "n_asked": n_expected,
        "n_no": 0,
        "n_blank": n_expected - 3,
        "n_decisive_not_known": row["n_decisive_not_known"],
        "n_decisive_blank": row["n_decisive_blank"],
        "n_concerns": 2,
        "n_concerns_with_evidence": 1,
        "n_concerns_with_date": 2,
        "n_concerns_with_both": 1,
        "n_concerns_with_source": 1,
        "n_drivers": 0,
    }


def test_questions_that_are_usually_left_blank_are_not_counted_as_blank() -> None:
    row = only("screenings", (0, screened(self_harm="yes")))

    usual = {group.key for group in OCC.groups if group.blanks_are_normal}
    asked = [each for each in OCC.asked() if each.group not in usual]
    under = [each for each in asked if each.asked_under or each.blank_counts_as == "no"]
    assert row["n_asked"] == len(asked) - len(under)


@pytest.mark.parametrize(
    ("given_view", "beside"),
    [("consult", "lower"), ("assess_today", "same"), ("refer_now", "higher")],
)
def test_a_view_lies_beside_the_route(given_view: str, beside: str) -> None:
    row = only("screenings", (0, screened(self_harm="yes")), (0, view(given_view, "self_harm")))

    assert (row["route"], row["view"], row["view_beside"]) == ("assess_today", given_view, beside)
    assert row["is_lower_explained"] == ("no" if beside == "lower" else "does_not_apply")


def test_a_reason_explains_a_lower_view() -> None:
    lower = view("consult", "self_harm", lower_because="A made-up reason")

    row = only("screenings", (0, screened(self_harm="yes")), (0, lower))

    assert row["is_lower_explained"] == "yes"


def test_a_second_reading_lies_beside_the_view() -> None:
    second = events.SecondReading(2, "refer_now", ("self_harm",))

    row = only(
        "screenings", (0, screened(self_harm="yes")), (0, view("consult", "self_harm")), (1, second)
    )

    assert (row["second_view"], row["second_beside"]) == ("refer_now", "higher")


def test_a_repeat_lies_less_than_a_year_after_the_screening_before() -> None:
    frame = told(
        "screenings",
        (-400, screened(self_harm="no")),
        (-30, screened(self_harm="yes")),
        (0, screened(self_harm="yes")),
    )

    assert list(frame["number"]) == [1, 2, 3]
    assert list(frame["is_repeat_12_months"]) == [False, False, True]
    assert [row["days_since_last_screening"] for row in rows(frame)] == [None, 370, 30]
    assert [row["days_to_next_screening"] for row in rows(frame)] == [370, 30, None]


def test_the_way_to_the_referral_is_counted_in_working_days_up_to_the_next_screening() -> None:
    frame = told(
        "screenings",
        (0, screened(self_harm="yes")),
        (7, ReferralSent("social worker")),
        (8, screened(self_harm="yes")),
    )

    assert [row["working_days_to_referral"] for row in rows(frame)] == [5, None]
    assert frame["referred_on"][0] == pd.Timestamp(on(7))


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, "under_10"), (9, "under_10"), (10, "10_to_12"), (13, "13_to_15"), (17, "16_to_17")],
)
def test_ages_stand_in_bands(age: int, expected: str) -> None:
    assert band(age) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "not_known"),
        ({"looked_after": "no"}, "no"),
        ({"looked_after": "yes"}, "not_known"),
        ({"looked_after": "yes", "placed_outside_home_authority": "yes"}, "yes"),
    ],
)
def test_only_a_child_who_is_looked_after_is_placed(answers: Any, expected: str) -> None:
    assert only("screenings", (0, screened(**answers)))["placed_out"] == expected


def test_blaming_words_are_counted_but_for_those_of_the_child() -> None:
    blaming = {"answer": "yes", "evidence": "She is promiscuous and hard to reach."}
    event = screened({"what_happened": "x"}, self_harm=blaming)
    own = msgspec.structs.replace(event.screening, child_said="Promiscuous, they say")
    said = events.Screened.of(own, event.outcome)

    case = case_on(
        (MONDAY, OPENED),
        (MONDAY, said),
        (MONDAY, view("consult", "self_harm", because="Promiscuous")),
        (on(1), ReferralSent("social worker", written={"worry": "hard to", "more": ["reach"]})),
        (on(2), events.AdviceGiven("Is promiscuous", "Refer", "teacher")),
    )

    assert list(made(case).screenings["n_blaming_terms"]) == [3]
    assert list(made(case).cases["n_blaming_terms"]) == [4]


# 3


def test_a_case_counts_what_stands_in_its_record() -> None:
    case = case_on(
        (MONDAY, OPENED),
        (MONDAY, screened(self_harm="yes")),
        (on(1), events.RecordRead("To give advice")),
        (on(1), events.RecordRead(" ", identity=True)),
        (on(2), Corrected(2, "answers.self_harm", "no", "A made-up mistake")),
        (on(3), events.CaseClosed("A made-up reason")),
    )

    [row] = rows(made(case).cases)

    assert picked(
        row,
        ["is_open", "n_entries", "n_reads", "n_reads_without_purpose", "n_identity_shown"],
    ) == {
        "is_open": False,
        "n_entries": 4,
        "n_reads": 2,
        "n_reads_without_purpose": 1,
        "n_identity_shown": 1,
    }
    assert row["closed_on"] == pd.Timestamp(on(3))
    assert (row["n_corrections"], row["review_due_on"]) == (1, None)
    assert list(made(case).screenings["n_corrections"]) == [1]


def test_a_view_that_fell_two_steps_since_the_review_shows_both() -> None:
    lowered = events.StepDownAgreed(
        "refer_now",
        "consult",
        (Evidence("self_harm", "None since", on(5), "School"),),
        "I am glad",
        "o.example, lead officer",
    )
    happened: list[tuple[int, AnyEvent]] = [
        (0, screened(self_harm="yes")),
        (0, view("refer_now", "self_harm")),
        (1, events.ReviewHeld("As before")),
        (10, lowered),
    ]

    row = only("cases", *happened)

    assert (row["view_at_last_review"], row["view"]) == ("refer_now", "consult")
    assert (row["view_since_review"], row["n_steps_fallen"]) == ("lower", 2)
    assert (row["n_step_downs"], row["is_review_overdue"]) == (1, True)


@pytest.mark.parametrize(
    ("told_of", "expected"), [({}, "no"), ({"host_lead_named": "yes", "iro_seen": "yes"}, "yes")]
)
def test_who_has_to_know_of_a_child_placed_elsewhere_was_told_or_not(
    told_of: dict[str, str], expected: str
) -> None:
    away = screened(told_of, looked_after="yes", placed_outside_home_authority="yes")

    row = only("cases", (0, away))

    assert row["host_lead_named"] == row["iro_sighted"] == expected


def test_where_nobody_else_has_to_know_it_does_not_apply() -> None:
    row = only("cases", (0, screened(looked_after="no")))

    assert row["host_lead_named"] == row["iro_sighted"] == "does_not_apply"


# 4


@given(histories())
@settings(max_examples=60)
def test_any_history_makes_frames_that_keep_their_contract(history: Any) -> None:
    found = made(fold(history))

    for name, frame in found.by_name().items():
        SCHEMAS[name].validate(frame, lazy=True)


def test_what_was_erased_is_not_counted() -> None:
    gone = fold(erased(entries_of(OPENED, screened(self_harm="yes")), 2))

    assert len(made(gone).screenings) == 0


@pytest.mark.parametrize(
    ("dates", "expected"),
    [("day", "2026-11-22"), ("week", "2026-11-16"), ("month", "2026-11-01")],
)
def test_days_are_made_coarser(dates: Any, expected: str) -> None:
    days = pd.Series(pd.to_datetime(["2026-11-22", None])).astype("M8[us]")

    first, blank = coarser(days, dates)

    assert first == pd.Timestamp(expected)
    assert blank is pd.NaT


def test_rows_stand_in_the_order_of_the_pseudonyms_and_not_of_the_record() -> None:
    cases = [fold([entry(1, OPENED, case_ref=f"C-{number}")]) for number in (1, 2, 3)]

    found = shielded(made(*cases), lambda what, ref: str(9 - int(ref[-1])) + what, "day")

    assert list(found.cases["child"]) == ["6child", "7child", "8child"]
