"""Referrals, episodes and actions in the frames of an audit, counted by hand on small cases."""

from typing import Any

import msgspec
import pandas as pd
import pytest

from cse_workbook.case import events, fold
from cse_workbook.case.events import CaseOpened, Evidence, ReferralSent
from tests.made_up_events import (
    OPENED,
    entry,
    screened,
    view,
)
from tests.made_up_histories import MONDAY, at, made, on, only, picked, rows, told


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


# Episodes

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


# Actions


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
