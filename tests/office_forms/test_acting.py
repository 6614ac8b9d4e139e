"""Actions, reviews, sharing, closing, end to end through the page on a real store."""

from datetime import timedelta

import pytest

from cse_workbook.case import events
from tests.office_forms.typing_in import (
    GIVEN_AT,
    NURSE,
    OPENED,
    TODAY,
    added,
    also,
    box,
    panel,
    problems,
    type_in,
)
from tests.office_window import MORNING, Window, entries, new_store, texts, write


def test_an_action_is_set_also_one_that_carries_out_a_step_of_the_guidance(window):
    due_on = TODAY + timedelta(days=3)

    window.press("write:action")
    step = box(window, "action.step")["options"][0]["value"]
    plain = added(window, "action", what="Call the school", who="teacher", due_on=due_on)
    carried = added(window, "action", what="x", who="y", due_on=due_on, step=step)
    none = added(window, "action", what="x", who="y", due_on=due_on, step="none")

    assert plain == events.ActionSet("Call the school", "teacher", due_on)
    assert step in [each.key for each in window.casework.instrument.actions]
    assert carried == events.ActionSet("x", "y", due_on, step)
    assert none == events.ActionSet("x", "y", due_on)


def test_an_action_for_a_child_without_a_screening_names_no_step(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    set_now = added(window, "action", what="x", who="y", due_on=TODAY, step="tell_iro")

    assert set_now == events.ActionSet("x", "y", TODAY)


def test_an_action_is_marked_as_done_on_the_day_that_is_given_or_today(window):
    on = TODAY - timedelta(days=2)
    action = events.ActionSet("Call the school", "teacher", TODAY)
    first, second = also(window, action), also(window, action)

    shown = texts(panel(window.press(f"write:done:{first}")))
    done = added(window, f"done:{first}", note="They called back", on=on)
    day_done = entries(window.store)[-1].happened_on
    again = added(window, f"done:{second}", note="")

    assert "Call the school (teacher)" in shown
    assert done == events.ActionDone(int(first), "They called back")
    assert day_done == on
    assert again == events.ActionDone(int(second))
    assert entries(window.store)[-1].happened_on == TODAY


def test_an_action_is_not_done_twice_and_not_tomorrow(window):
    action = events.ActionSet("Call the school", "teacher", TODAY)
    seq = also(window, action)
    window.press(f"write:done:{seq}")
    type_in(window, on=TODAY + timedelta(days=1))

    ahead = problems(window)
    write(window.store, events.ActionDone(int(seq)), at=MORNING, who=NURSE)
    type_in(window, on=TODAY)
    told = window.press("add")["alert"]["heading"]
    ended = problems(window)

    assert ahead == [("done.on", "The date must be today or in the past")]
    assert ended == [
        (
            "done.action",
            f"It has been ended already, in entry {int(seq) + 1}. Read that entry; if it is wrong,"
            " correct it",
        )
    ]
    assert told == "Somebody else has added to this record"


def test_a_review_is_recorded_with_the_day_of_the_next_or_without(window):
    next_on = TODAY + timedelta(days=30)

    assert added(window, "review", concluded="Go on") == events.ReviewHeld("Go on")
    assert added(window, "review", concluded="Go on", next_on=next_on) == events.ReviewHeld(
        "Go on", next_on
    )
    window.press("write:review")
    type_in(window, next_on=TODAY - timedelta(days=1))
    assert problems(window) == [
        ("review.concluded", "Write what the review concluded"),
        ("review.next_on", "The due date must be today or later"),
    ]


@pytest.mark.parametrize(("chosen", "is_shared"), [("yes", True), ("no", False)])
def test_a_sharing_decision_says_what_with_whom_whether_and_why(window, chosen, is_shared):
    given = {"what": "The worry", "with_whom": "school nurse", "because": "She can help"}

    made = added(window, "sharing", is_shared=chosen, **given)

    assert made == events.SharingDecision("The worry", "school nurse", is_shared, "She can help")


def test_a_sharing_decision_is_asked_for_as_a_whole(window):
    window.press("write:sharing")

    assert problems(window) == [
        ("sharing.what", "Write what it is about"),
        ("sharing.with_whom", "Enter with whom"),
        ("sharing.is_shared", "Select whether it is shared"),
        ("sharing.because", "Write why"),
    ]


def test_a_person_closes_a_case_and_opens_it_again(window):
    closed = added(window, "close", because="Grown up")
    is_open = window.office.case.is_open
    again = added(window, "open_again", reason="A new worry")

    assert (closed, again) == (events.CaseClosed("Grown up"), events.CaseOpened("A new worry"))
    assert (is_open, window.office.case.is_open) == (False, True)


def test_a_case_is_neither_closed_nor_opened_without_a_reason(window):
    window.press("write:close")
    closing = problems(window)
    window.press("write:open_again")

    assert closing == [("close.because", "Write why the case is closed")]
    assert problems(window) == [("open_again.reason", "Write why the case is opened")]
