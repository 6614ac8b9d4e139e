"""When the view of a child may be lowered, and what is pointed out before.

1. Each driver of the view that stands needs evidence of change: what, seen when, known from where.
2. The view is lowered to a route below it, with a second reader who is somebody else.
3. A fast lowering is pointed out, also one in several steps, and is never refused.
"""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from cse_workbook.case import AnyEvent, Case, Entry, fold
from cse_workbook.case.events import Evidence, SecondReading, StepDownAgreed
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import OTHER, standing
from cse_workbook.stepdown import (
    driver_label,
    drivers_of,
    interruption,
    objections,
    routes_below,
    screeners,
)
from tests import made_up_events
from tests.made_up_events import OPENED, START, entry, view

SIGN = made_up_events.screened(self_harm="yes")
# The screening is entry 2 and the view entry 3: a day after one another.
GIVEN_ON = (START + timedelta(days=2)).date()
SEEN_ON = GIVEN_ON + timedelta(days=5)
TODAY = GIVEN_ON + timedelta(days=19)
LEAD = "l.example"


def case_of(*events: AnyEvent, by: str = "t.example") -> Case:
    made = [OPENED, SIGN, *events]
    return fold([entry(seq, event, recorded_by=by) for seq, event in enumerate(made, 1)])


REFER = case_of(view("refer_now", "self_harm"))


def evidence(driver: str = "self_harm", **others: Any) -> Evidence:
    given = {"changed": "Has somebody to talk to", "seen_on": SEEN_ON, "source": "school nurse"}
    return Evidence(driver, **{**given, **others})


def lowered(
    *found: Evidence, from_route: str = "refer_now", to: str = "assess_today", reader: str = "R. Ex"
) -> StepDownAgreed:
    return StepDownAgreed(from_route, to, found, "Feels safer at home", reader)


def against(
    event: StepDownAgreed, occ: Instrument, case: Case = REFER, writer: str = LEAD
) -> list[str]:
    return [str(each) for each in objections(event, case, writer, TODAY, occ)]


# 1. Evidence


def test_dated_evidence_for_each_driver_and_a_second_reader_are_enough(occ):
    assert against(lowered(evidence()), occ) == []


def test_a_driver_without_evidence_is_named_in_words(occ):
    assert against(lowered(), occ) == [
        "CASE_15 · Case C-0001, evidence.self_harm.changed: the evidence is not complete. Write"
        " what has changed for: Self-harm.",
        "CASE_15 · Case C-0001, evidence.self_harm.source: the evidence is not complete. Enter the"
        " source of the evidence for: Self-harm.",
    ]


def test_each_of_two_drivers_needs_evidence_of_its_own(occ):
    case = case_of(view("refer_now", "self_harm", other_driver="A made-up feeling"))

    assert against(lowered(evidence()), occ, case) == [
        "CASE_15 · Case C-0001, evidence.other.changed: the evidence is not complete. Write what"
        " has changed for: what else drives the view.",
        "CASE_15 · Case C-0001, evidence.other.source: the evidence is not complete. Enter the"
        " source of the evidence for: what else drives the view.",
    ]
    assert against(lowered(evidence(), evidence(OTHER)), occ, case) == []


def test_a_view_that_names_no_driver_is_not_lowered_without_evidence(occ):
    case = case_of(view("consult", "self_harm"), SecondReading(2, "refer_now", ()))
    stands = standing(case, occ)

    assert stands is not None
    assert drivers_of(stands) == (OTHER,)
    assert len(against(lowered(), occ, case)) == 2
    assert against(lowered(evidence(OTHER)), occ, case) == []


def test_evidence_older_than_the_view_shows_no_change(occ):
    older = evidence(seen_on=GIVEN_ON - timedelta(days=1))

    assert against(lowered(older), occ) == [
        "CASE_16 · Case C-0001, evidence.self_harm.seen_on: the evidence for Self-harm is older"
        " than the view it is to change. Give evidence that was seen since."
    ]
    assert against(lowered(evidence(seen_on=GIVEN_ON)), occ) == []


def test_evidence_that_lies_ahead_is_none(occ):
    assert against(lowered(evidence(seen_on=TODAY + timedelta(days=1))), occ) == [
        "CASE_08 · Case C-0001, evidence.self_harm.seen_on: the date lies ahead. The date must be"
        " today or in the past."
    ]
    assert against(lowered(evidence(seen_on=TODAY)), occ) == []


# 2. The route, and the second reader


@pytest.mark.parametrize("to", ["refer_now", "emergency", "nowhere"])
def test_a_view_is_lowered_to_a_route_below_it(occ, to):
    assert against(lowered(evidence(), to=to), occ) == [
        "CASE_14 · Case C-0001, to_route: this does not lower the view that stands (Refer now)."
        " Choose a route below it."
    ]


def test_a_view_that_does_not_stand_is_not_lowered(occ):
    [said] = against(lowered(evidence(), from_route="emergency"), occ)

    assert said.startswith("CASE_14 · Case C-0001, to_route: ")


def test_where_nobody_has_given_a_view_there_is_none_to_lower(occ):
    assert against(lowered(evidence()), occ, case_of()) == [
        "CASE_14 · Case C-0001, to_route: this does not lower the view that stands (none yet)."
        " Choose a route below it."
    ]


def test_a_route_of_another_instrument_has_none_below_it(occ):
    case = case_of(view("a_route_of_another", "self_harm"))
    stands = standing(case, occ)

    assert stands is not None
    assert routes_below(stands, occ) == ()
    assert "(a_route_of_another)" in against(lowered(evidence()), occ, case)[0]


def test_the_routes_below_a_view_are_offered_lowest_first(occ):
    stands = standing(REFER, occ)

    assert stands is not None
    below = [route.key for route in routes_below(stands, occ)]
    assert below == ["keep_watching", "consult", "assess_today"]


@pytest.mark.parametrize(
    "reader", ["", "  ", LEAD, "L.Example", "L.Example, lead officer", "t.example", "(t.example)"]
)
def test_the_second_reader_is_neither_the_writer_nor_the_one_who_screened(occ, reader):
    assert against(lowered(evidence(), reader=reader), occ) == [
        "CASE_17 · Case C-0001, second_reader: there is no second reader. Name a second reader. It"
        " cannot be you or the person who screened."
    ]


def test_nobody_lowers_the_view_of_a_screening_of_their_own(occ):
    assert against(lowered(evidence()), occ, writer="t.example") == [
        "CASE_06 · Case C-0001: you made this screening. A second reading has to come from"
        " somebody else."
    ]


def test_a_later_screening_by_somebody_else_does_not_make_the_view_another_s(occ):
    later = entry(4, made_up_events.screened(), recorded_by="n.example")
    case = fold([*REFER.entries, later])
    stands = standing(case, occ)

    assert stands is not None
    assert screeners(case, stands) == {"t.example", "n.example"}
    assert against(lowered(evidence()), occ, case, "t.example")[0].startswith("CASE_06 · ")


def test_a_view_given_without_a_screening_has_no_screener(occ):
    case = fold([entry(1, OPENED), entry(2, view("refer_now", "self_harm"))])

    assert against(lowered(evidence()), occ, case) == []


def test_a_driver_is_named_as_the_instrument_does(occ):
    assert driver_label("self_harm", occ) == "Self-harm"
    assert driver_label(OTHER, occ) == "what else drives the view"


# 3. Fast lowering


def pointed_out(case: Case, to: str, occ: Instrument, policy: Policy, days: int = 19) -> str | None:
    return interruption(case, to, GIVEN_ON + timedelta(days=days), occ, policy)


def test_two_steps_are_pointed_out_with_the_days_since_the_view_was_given(occ, default_policy):
    said = pointed_out(REFER, "consult", occ, default_policy)

    assert said == "You are lowering this view by two steps in 19 days"


@pytest.mark.parametrize(
    ("route", "to", "days", "words"),
    [
        ("emergency", "keep_watching", 1, "four steps in 1 day"),
        ("refer_now", "keep_watching", 400, "three steps in 400 days"),
        ("assess_today", "keep_watching", 0, "two steps in less than a day"),
    ],
)
def test_more_steps_are_pointed_out_however_long_it_took(
    occ, default_policy, route, to, days, words
):
    case = case_of(view(route, "self_harm"))

    said = pointed_out(case, to, occ, default_policy, days)

    assert said == f"You are lowering this view by {words}"


@pytest.mark.parametrize("to", ["assess_today", "refer_now", "emergency", "", "nowhere"])
def test_one_step_is_not_pointed_out_and_neither_is_what_lowers_nothing(occ, default_policy, to):
    assert pointed_out(REFER, to, occ, default_policy) is None


def test_where_nobody_has_given_a_view_nothing_is_pointed_out(occ, default_policy):
    assert pointed_out(case_of(), "keep_watching", occ, default_policy) is None


def stepped(from_route: str, to: str, days: int) -> Case:
    """Give a case whose view came down by one step so many days after it was given."""
    agreed = lowered(evidence(), from_route=from_route, to=to)
    on = GIVEN_ON + timedelta(days=days)
    later: Entry = entry(4, agreed, happened_on=on, recorded_by=LEAD)
    first = case_of(view(from_route, "self_harm")).entries
    return fold([*first, later])


def test_from_refer_now_to_the_lowest_two_in_single_steps_inside_one_review_interval(
    occ, default_policy
):
    case = stepped("refer_now", "assess_today", 10)
    interval = default_policy.times.review_days

    soon = pointed_out(case, "consult", occ, default_policy, 10 + interval - 1)
    late = pointed_out(case, "consult", occ, default_policy, 10 + interval)

    assert soon == f"You are lowering this view by two steps in {interval - 1} days"
    assert late is None


def test_single_steps_between_lower_routes_are_not_pointed_out(occ, default_policy):
    case = stepped("assess_today", "consult", 10)

    assert pointed_out(case, "keep_watching", occ, default_policy, 12) is None


def test_single_steps_between_higher_routes_are_not_pointed_out(occ, default_policy):
    case = stepped("emergency", "refer_now", 10)

    assert pointed_out(case, "assess_today", occ, default_policy, 12) is None
    assert pointed_out(case, "refer_now", occ, default_policy, 12) is None


def test_raising_a_view_after_it_came_down_is_not_pointed_out(occ, default_policy):
    case = stepped("refer_now", "keep_watching", 10)

    assert pointed_out(case, "consult", occ, default_policy, 12) is None


def test_a_view_of_an_instrument_with_more_routes_is_counted_in_figures(occ, default_policy):
    more = [msgspec.structs.replace(occ.routes[0], key=f"more_{n}") for n in range(3)]
    longer = msgspec.structs.replace(occ, routes=(*more, *occ.routes))
    case = case_of(view("emergency", "self_harm"))

    said = pointed_out(case, "more_0", longer, default_policy, 3)

    assert said == "You are lowering this view by 7 steps in 3 days"


def test_dates_of_this_module_are_in_order():
    assert date(2026, 9, 3) == GIVEN_ON < SEEN_ON < TODAY
