"""What stands in the frames of an audit, counted by hand on small cases.

1. Every declared column is there, of its type, with its meaning, also where there is no row.
2. Screenings. 3. Cases. 4. Referrals. 5. Episodes. 6. Actions.
7. Any history makes frames that keep their contract.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pandas as pd
import pytest
from hypothesis import given, settings

from cse_workbook.case import AnyEvent, Case, events, fold
from cse_workbook.case.events import CaseOpened, Corrected, Evidence, ReferralSent
from cse_workbook.frames import BREAKDOWNS, SCHEMAS, Frames, frames, shielded, type_of
from cse_workbook.frames.reading import band
from cse_workbook.frames.tables import coarser
from tests.made_up_events import (
    OCC,
    OPENED,
    POLICY,
    case_on,
    entries_of,
    entry,
    erased,
    histories,
    screened,
    view,
)

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 9, 7)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def at(days: int, hour: int = 10) -> datetime:
    return datetime(2026, 9, 7, hour, tzinfo=UTC) + timedelta(days=days)


def made(*cases: Case, today: date = TODAY) -> Frames:
    return frames(cases, OCC, POLICY, today)


def told(name: str, *happened: tuple[int, AnyEvent], today: date = TODAY) -> pd.DataFrame:
    """Give a frame of a case, opened on Monday 7 September; the numbers are days since then."""
    case = case_on((MONDAY, OPENED), *((on(days), event) for days, event in happened))
    return made(case, today=today).by_name()[name]


def only(name: str, *happened: tuple[int, AnyEvent], today: date = TODAY) -> dict[str, Any]:
    """Give the only row of a frame, blanks as None."""
    [row] = rows(told(name, *happened, today=today))
    return row


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    blanks = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in blanks.to_dict("records")]


def picked(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


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
        assert set(column.metadata) == {"type", "unit", "personal"}
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


def test_a_referral_is_timed_from_the_screening_to_the_review() -> None:
    row = only(
        "referrals",
        (0, screened(self_harm="yes")),
        (1, ReferralSent("social worker")),
        (3, events.ReferralAcknowledged(3)),
        (7, events.ReferralAccepted(3)),
        (9, events.MacseHeard(on(14), decided="A plan")),
        (21, events.ReviewHeld("As before")),
    )

    assert picked(row, [name for name in row if name.startswith("working_days_")]) == {
        "working_days_from_screening": 1,
        "working_days_to_acknowledgement": 2,
        "working_days_to_decision": 2,
        "working_days_to_meeting": 5,
        "working_days_to_review": 5,
    }
    assert (row["status"], row["is_acknowledged_in_time"]) == ("accepted", "yes")


@pytest.mark.parametrize(("today", "expected"), [(3, "not_yet"), (4, "no")])
def test_a_referral_without_an_answer_has_until_the_day_of_the_policy(
    today: int, expected: str
) -> None:
    row = only("referrals", (0, ReferralSent("social worker")), today=on(today))

    assert (row["status"], row["is_acknowledged_in_time"]) == ("waiting", expected)
    assert row["screened_on"] is None


def test_a_referral_on_the_same_day_is_no_second_one() -> None:
    sent = ReferralSent("social worker")

    frame = told("referrals", (0, sent), (0, sent), (90, sent))

    assert list(frame["is_rereferral_12_months"]) == [False, False, True]


# 5

RETURNED = events.MissingEpisode(at(0), at(1))
_OFFER = {"offered_on": on(1)}


@pytest.mark.parametrize(
    ("interview", "today", "expected"),
    [
        (None, 4, ("no", "does_not_apply", "no", "not_yet")),
        (None, 5, ("no", "does_not_apply", "no", "no")),
        (_OFFER, 2, ("yes", "not_known", "no", "not_yet")),
        ({**_OFFER, "because_not": "Not wanted"}, 9, ("yes", "no", "no", "no")),
        ({**_OFFER, "done_at": at(4)}, 9, ("yes", "yes", "yes", "yes")),
        ({**_OFFER, "done_at": at(4, 11)}, 9, ("yes", "yes", "yes", "no")),
    ],
)
def test_an_interview_is_offered_accepted_and_done_in_time_or_not(
    interview: dict[str, Any] | None, today: int, expected: tuple[str, ...]
) -> None:
    after = [(4, events.ReturnInterview(2, **interview))] if interview else []

    row = only("episodes", (1, RETURNED), *after, today=on(today))

    names = ("interview_offered", "interview_accepted", "interview_done", "interview_in_time")
    assert tuple(row[name] for name in names) == expected
    assert row["hours_missing"] == 24


def test_while_a_child_is_missing_no_interview_is_asked_for() -> None:
    row = only("episodes", (0, events.MissingEpisode(at(0))))

    assert not row["is_returned"]
    assert row["interview_offered"] == row["interview_in_time"] == "does_not_apply"


def test_interviews_are_added_up_for_the_child() -> None:
    done = events.ReturnInterview(2, offered_on=on(1), done_at=at(2))

    row = only("cases", (1, RETURNED), (2, done), (3, RETURNED), (4, events.MissingEpisode(at(4))))

    assert (row["n_episodes"], row["n_returns"]) == (3, 2)
    assert (row["n_interviews_done"], row["n_interviews_in_time"]) == (1, 1)
    assert row["n_interviews_late"] == 1


# 6


def of_kind(kind: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in rows(frame) if row["kind"] == kind]


def test_reviews_are_counted_from_the_one_before_and_the_next_is_waited_for() -> None:
    frame = told(
        "actions",
        (42, events.ReviewHeld("In time", next_on=on(50))),
        (51, events.ReviewHeld("Late")),
    )

    found = of_kind("review", frame)

    assert [row["is_on_time"] for row in found] == ["yes", "no", "not_yet"]
    assert [row["days_overdue"] for row in found] == [0, 1, None]
    assert [row["is_done"] for row in found] == [True, True, False]


def test_a_case_that_was_closed_is_reviewed_from_its_next_opening() -> None:
    frame = told(
        "actions",
        (1, events.CaseClosed("A made-up reason")),
        (60, CaseOpened("Again")),
        (70, events.ReviewHeld("In time")),
    )

    assert [row["is_on_time"] for row in of_kind("review", frame)] == ["yes", "not_yet"]


def test_a_meeting_that_was_put_off_is_one_place_on_an_agenda() -> None:
    frame = told(
        "actions",
        (0, events.MacseListed(on(7), "A made-up reason")),
        (7, events.MacseHeard(on(7), put_off_to=on(14))),
        (14, events.MacseHeard(on(14), decided="A plan")),
        (15, events.MacseListed(on(21), "A made-up reason")),
    )

    found = of_kind("meeting", frame)

    assert [row["is_on_time"] for row in found] == ["yes", "no"]
    assert found[0]["set_on"] == pd.Timestamp(MONDAY)


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, set()),
        ({"evidence": ()}, {"has_evidence"}),
        ({"child_view": " "}, {"has_child_view"}),
        ({"second_reader": "t.example"}, {"has_second_reader"}),
    ],
)
def test_a_step_down_has_each_safeguard_or_lacks_it(
    changes: dict[str, Any], lacking: set[str]
) -> None:
    whole = events.StepDownAgreed(
        "refer_now",
        "assess_today",
        (Evidence("self_harm", "None since", on(5), "School"),),
        "I am glad",
        "o.example, lead officer",
    )
    start = [
        entry(1, OPENED),
        entry(2, screened(self_harm="yes")),
        entry(3, view("refer_now", "self_harm"), happened_on=MONDAY),
    ]
    lowered = entry(
        4,
        msgspec.structs.replace(whole, **changes),
        happened_on=on(10),
        recorded_by="l.example",
    )

    [row] = of_kind("step_down", made(fold([*start, lowered])).actions)

    names = ("has_evidence", "has_child_view", "has_second_reader")
    assert {name for name in names if row[name] == "no"} == lacking
    assert row["has_all_safeguards"] == ("no" if lacking else "yes")
    assert (row["view_direction"], row["n_steps_fallen"]) == ("lower", 1)


def test_an_action_is_done_by_its_day_or_not() -> None:
    sent = events.ActionSet("Call", "teacher", on(2))
    step = msgspec.structs.replace(sent, step="tell_iro")

    found = of_kind("action", told("actions", (0, sent), (0, step), (5, events.ActionDone(2))))

    assert [(row["step"], row["is_on_time"], row["is_done"]) for row in found] == [
        ("own", "no", True),
        ("tell_iro", "no", False),
    ]


# 7


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
