"""Lowering a view, end to end through the page on a real store."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from cse_workbook.case import events
from cse_workbook.store import Who
from tests.made_up_events import view
from tests.office_forms.typing_in import (
    GIVEN_AT,
    MARKUP,
    NURSE,
    OPENED,
    SIGN,
    TODAY,
    also,
    box,
    boxes,
    last,
    panel,
    problems,
    type_in,
)
from tests.office_window import MORNING, Window, entries, new_store, texts, write

SEEN_ON = TODAY - timedelta(days=5)
EVIDENCE: dict[str, Any] = {
    "evidence__self_harm__changed": "Has somebody to talk to",
    "evidence__self_harm__seen_on": SEEN_ON,
    "evidence__self_harm__source": "school nurse",
}
REST = {"child_view": "Feels safer at home", "second_reader": "R. Example, nurse"}
LOWERED = events.StepDownAgreed(
    "refer_now",
    "assess_today",
    (events.Evidence("self_harm", "Has somebody to talk to", SEEN_ON, "school nurse"),),
    "Feels safer at home",
    "R. Example, nurse",
)


def test_a_view_is_lowered_by_one_step_and_harm_stays_visible(window):
    window.press("write:step_down")
    type_in(window, to_route="assess_today", **EVIDENCE, **REST)

    page = window.press("add")

    assert last(window) == LOWERED
    assert texts(page["blocks"][0]) == (
        "The view is now Assess today. Harm recorded earlier stays visible: Homeless, Self-harm."
        " Added to the record as entry 5."
    )


def test_lowering_asks_for_all_that_makes_it_hard(window):
    window.press("write:step_down")

    assert problems(window) == [
        ("step_down.evidence.self_harm.changed", "Write what has changed for: Self-harm"),
        (
            "step_down.evidence.self_harm.seen_on.day",
            "Enter the date of the evidence for: Self-harm",
        ),
        (
            "step_down.evidence.self_harm.source",
            "Enter the source of the evidence for: Self-harm",
        ),
        (
            "step_down.child_view",
            "Write the child's or the family's view, or why it could not be asked",
        ),
        (
            "step_down.second_reader",
            "Name a second reader. It cannot be you or the person who screened",
        ),
        ("step_down.to_route", "Select what you think should happen now"),
    ]


@pytest.mark.parametrize(
    ("seen_on", "words"),
    [
        (
            GIVEN_AT.date() - timedelta(days=1),
            "The evidence for Self-harm is older than the view it is to change",
        ),
        (TODAY + timedelta(days=1), "The date must be today or in the past"),
    ],
)
def test_the_evidence_is_as_new_as_it_has_to_be(window, seen_on, words):
    window.press("write:step_down")
    type_in(
        window,
        to_route="assess_today",
        **{**EVIDENCE, "evidence__self_harm__seen_on": seen_on},
        **REST,
    )

    assert problems(window) == [("step_down.evidence.self_harm.seen_on", words)]


def test_only_routes_below_the_view_are_offered(window):
    window.press("write:step_down")

    offered = [o["value"] for o in box(window, "step_down.to_route")["options"]]
    assert offered == ["keep_watching", "consult", "assess_today"]


def two_steps(window: Window) -> Mapping[str, Any]:
    window.press("write:step_down")
    type_in(window, to_route="consult", **EVIDENCE, **REST)
    return window.press("add")


def test_two_steps_are_interrupted_by_a_page_without_fields(window):
    page = two_steps(window)

    assert page["id"] != "case"
    assert page["heading"] == "You are lowering this view by two steps in 19 days"
    assert list(boxes(page["blocks"])) == []
    assert texts(page["blocks"]) == (
        "Children have been harmed after being lowered too fast. Past harm stays in the record."
        " Go on Leave the view as it is"
    )
    assert not isinstance(last(window), events.StepDownAgreed)


def test_going_on_from_the_interruption_lowers_the_view(window):
    two_steps(window)

    page = window.press("anyway")

    assert last(window) == msgspec.structs.replace(LOWERED, to_route="consult")
    assert "The view is now Report the concern." in texts(page["blocks"][0])


def test_leaving_the_view_as_it_is_writes_nothing(window):
    two_steps(window)

    page = window.press("cancel")

    assert (page["id"], page["draft"]) == ("case", None)
    assert len(entries(window.store)) == 4


def test_going_back_from_the_interruption_shows_the_form_as_it_was(window):
    two_steps(window)

    page = window.press("back")

    assert (page["id"], page["focus"]) == ("case", "writing")
    assert box(window, "step_down.to_route")["value"] == "consult"
    assert window.press("add")["heading"].startswith("You are lowering this view")


def test_leaving_by_the_navigation_interrupts_no_other_page(window):
    two_steps(window)

    page = window.press("go:caseload")

    assert page["id"] == "caseload"


def test_a_conflict_after_going_on_shows_the_form_and_what_is_new(window):
    two_steps(window)
    write(window.store, events.ReferralSent("nurse"), at=MORNING, who=NURSE)

    page = window.press("anyway")

    assert page["alert"]["heading"] == "Somebody else has added to this record"
    assert box(window, "step_down.to_route")["value"] == "consult"


def test_where_somebody_has_raised_the_view_meanwhile_the_page_shows_the_view_that_stands(window):
    window.press("write:step_down")
    type_in(window, to_route="assess_today", **EVIDENCE, **REST)
    write(window.store, view("emergency", "homeless"), at=MORNING, who=NURSE)

    told = window.press("add")["alert"]["heading"]

    assert told == "Somebody else has added to this record"
    assert problems(window)[0] == (
        "step_down.evidence.homeless.changed",
        "Write what has changed for: Homeless",
    )
    assert "The view that stands is Call 999 now" in texts(panel(window.page))


def test_a_driver_in_the_practitioner_s_own_words_is_shown_in_them(window):
    also(window, view("refer_now", other_driver=MARKUP))

    page = window.press("write:step_down")

    assert MARKUP in texts(panel(page))
    assert "What has changed for: what else drives the view?" in texts(panel(page))


def test_a_view_without_a_named_driver_is_not_lowered_without_evidence_either(window):
    also(window, events.SecondReading(2, "emergency", ()))

    page = window.press("write:step_down")

    assert "What else drives the view" in texts(panel(page))


def test_nobody_lowers_a_view_of_their_own_screening(window):
    own = Who("l.example", "lead officer", "Example School")
    also(window, SIGN, view("refer_now", "self_harm"), by=own)

    page = window.press("write:step_down")

    assert "You made this screening. A second reading has to come from somebody else." in texts(
        panel(page)
    )


def test_where_nobody_has_given_a_view_there_is_none_to_lower(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    page = window.press("write:step_down")

    assert "There is no view that can be lowered." in texts(panel(page))
    assert problems(window)[-1][0] == "step_down.to_route"
