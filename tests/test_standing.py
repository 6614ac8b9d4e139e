"""Which view of a child stands, and who has to know.

1. A view that asks for as much or more stands at once; one that asks for less lowers nothing.
2. A step-down lowers the view it was agreed about.
3. A second reading can raise a view, and can do nothing else to it.
4. Harm recorded earlier stays visible.
5. Who has to know of a looked-after child was told in one of three ways.
"""

from datetime import date

import msgspec
import pytest

from cse_workbook.case import AnyEvent, Case, Entry, Thread, fold
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    CaseOpened,
    Corrected,
    Evidence,
    ReferralAccepted,
    ReferralDeclined,
    ReferralSent,
    ReviewHeld,
    RiskAssessed,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import (
    HOST_LEAD,
    IRO,
    OTHER,
    Standing,
    harm_recorded,
    is_reached,
    outcome_today,
    route_of,
    screened,
    standing,
    told,
    view_at,
    worker,
)
from tests import made_up_events
from tests.made_up_events import OPENED, entries_of, entry, view

DAY = date(2026, 9, 20)
SIGN = made_up_events.screened(self_harm="yes")
NOTHING = made_up_events.screened()


def case_of(*events: AnyEvent) -> Case:
    """Fold these events as the entries 2, 3 … of a case, each a day after the one before it."""
    return fold(entries_of(OPENED, *events))


def lowered(from_route: str, to_route: str, *drivers: str) -> StepDownAgreed:
    evidence = [Evidence(driver, "A made-up change", DAY, "nurse") for driver in drivers]
    return StepDownAgreed(from_route, to_route, tuple(evidence), "Agrees", "A second reader")


def found(case: Case, instrument: Instrument) -> tuple[str, tuple[str, ...], int]:
    """Give the route and drivers of the view that stands, and the number of its entry."""
    stands = standing(case, instrument)
    assert stands is not None
    return stands.route, stands.drivers, stands.entry.seq


def lower_since(case: Case, instrument: Instrument) -> list[int]:
    stands = standing(case, instrument)
    assert stands is not None
    return [each.seq for each in stands.lower_since]


# 1. Views


def test_without_a_view_none_stands(occ: Instrument) -> None:
    assert standing(case_of(SIGN), occ) is None


def test_the_only_view_stands(occ: Instrument) -> None:
    case = case_of(SIGN, view("consult", "self_harm"))

    assert found(case, occ) == ("consult", ("self_harm",), 3)
    assert lower_since(case, occ) == []


def test_a_higher_view_stands_at_once(occ: Instrument) -> None:
    case = case_of(view("consult", "self_harm"), view("refer_now", "homeless"))

    assert found(case, occ) == ("refer_now", ("homeless",), 3)


def test_a_lower_view_lowers_nothing_and_stands_beside(occ: Instrument) -> None:
    case = case_of(view("refer_now", "self_harm"), view("consult"), view("keep_watching"))

    assert found(case, occ) == ("refer_now", ("self_harm",), 2)
    assert lower_since(case, occ) == [3, 4]


def test_an_equal_view_stands_with_its_own_drivers(occ: Instrument) -> None:
    case = case_of(view("consult", "self_harm"), view("consult", "homeless"))

    assert found(case, occ) == ("consult", ("homeless",), 3)


def test_what_asked_for_less_is_past_when_a_view_as_high_is_given_again(occ: Instrument) -> None:
    case = case_of(view("refer_now"), view("consult"), view("refer_now", "homeless"))

    assert lower_since(case, occ) == []


def test_a_driver_in_own_words_is_named_as_such(occ: Instrument) -> None:
    case = case_of(view("consult", "self_harm", other_driver="A made-up driver"))

    assert found(case, occ) == ("consult", ("self_harm", OTHER), 2)


def test_a_view_corrected_upwards_stands_as_corrected(occ: Instrument) -> None:
    case = case_of(
        view("assess_today"), view("consult"), Corrected(3, "route", "refer_now", "Slip")
    )

    assert found(case, occ) == ("refer_now", (), 3)


def test_a_view_of_a_route_that_the_instrument_has_not_lowers_nothing(occ: Instrument) -> None:
    case = case_of(view("refer_now"), view("another_route"))

    assert found(case, occ) == ("refer_now", (), 2)


# 2. Step-downs


def test_a_step_down_lowers_the_view(occ: Instrument) -> None:
    case = case_of(view("refer_now", "self_harm"), lowered("refer_now", "consult", "self_harm"))

    assert found(case, occ) == ("consult", ("self_harm",), 3)


def test_after_a_step_down_a_higher_view_raises_at_once(occ: Instrument) -> None:
    case = case_of(view("refer_now"), lowered("refer_now", "consult"), view("assess_today"))

    assert found(case, occ) == ("assess_today", (), 4)


def test_a_step_down_agreed_about_a_lower_view_leaves_the_higher_one(occ: Instrument) -> None:
    case = case_of(
        view("assess_today"),
        lowered("assess_today", "consult"),
        Corrected(2, "route", "refer_now", "Slip"),
    )

    assert found(case, occ) == ("refer_now", (), 2)
    assert lower_since(case, occ) == [3]


# 3. Second readings


def test_a_second_reading_that_asks_for_more_stands_at_once(occ: Instrument) -> None:
    reading = SecondReading(2, "refer_now", ("homeless",))

    case = case_of(SIGN, view("assess_today", "self_harm"), reading)

    assert found(case, occ) == ("refer_now", ("homeless",), 4)


def test_a_second_reading_that_asks_for_the_same_leaves_the_first_view(occ: Instrument) -> None:
    reading = SecondReading(2, "assess_today", ("homeless",))

    case = case_of(SIGN, view("assess_today", "self_harm"), reading)

    assert found(case, occ) == ("assess_today", ("self_harm",), 3)
    assert lower_since(case, occ) == []


def test_a_second_reading_that_asks_for_less_lowers_nothing(occ: Instrument) -> None:
    case = case_of(SIGN, view("assess_today"), SecondReading(2, "consult", ()))

    assert found(case, occ) == ("assess_today", (), 3)
    assert lower_since(case, occ) == [4]


def test_a_view_after_a_second_reading_is_read_in_the_order_written(occ: Instrument) -> None:
    reading = SecondReading(2, "refer_now", ())

    case = case_of(SIGN, view("consult"), reading, lowered("refer_now", "consult"))

    assert found(case, occ) == ("consult", (), 5)


@pytest.mark.parametrize(
    ("event", "route"),
    [
        (view("consult"), "consult"),
        (SecondReading(2, "refer_now", ()), "refer_now"),
        (lowered("refer_now", "consult"), "consult"),
        (OPENED, ""),
    ],
    ids=["view", "second reading", "step-down", "none of them"],
)
def test_views_readings_and_step_downs_name_a_route(event: AnyEvent, route: str) -> None:
    assert route_of(entry(2, event)) == route


def test_a_standing_view_shows_its_entry_only(occ: Instrument) -> None:
    stands = standing(case_of(view("consult", "self_harm")), occ)

    assert isinstance(stands, Standing)
    assert repr(stands) == "Standing(entry 2)"


# The view of a screening


def test_the_view_of_a_screening_is_the_last_before_the_next_screening() -> None:
    views = [view("consult"), view("consult", because="Explained"), view("refer_now")]

    case = case_of(SIGN, views[0], views[1], SIGN, views[2])

    assert view_at(case, case.screenings[0]) == views[1]
    assert view_at(case, case.screenings[1]) == views[2]


def test_a_step_down_is_no_view_of_a_screening() -> None:
    case = case_of(view("refer_now"), SIGN, lowered("refer_now", "consult"))

    assert view_at(case, case.screenings[0]) is None


# What the rules say today


def test_a_screening_is_read_again_by_the_rules_of_today(
    occ: Instrument, default_policy: Policy
) -> None:
    (thread,) = case_of(SIGN).screenings

    outcome = outcome_today(screened(thread).screening, occ, default_policy)

    assert outcome == SIGN.outcome


def test_a_screening_of_another_instrument_is_not_read_by_this_one(
    occ: Instrument, default_policy: Policy
) -> None:
    other = msgspec.structs.replace(SIGN.screening, instrument="another")

    assert outcome_today(other, occ, default_policy) is None


def test_a_thread_that_begins_with_no_screening_is_refused() -> None:
    with pytest.raises(TypeError, match="not a screening"):
        screened(Thread(entry(2, OPENED)))


def test_an_outcome_tells_which_steps_it_asks_for() -> None:
    placed = made_up_events.screened(looked_after="yes", placed_outside_home_authority="yes")

    assert is_reached(placed.outcome, IRO)
    assert is_reached(placed.outcome, HOST_LEAD)
    assert not is_reached(SIGN.outcome, IRO)


# 4. Harm


def test_harm_stays_visible_when_a_later_screening_does_not_find_it(occ: Instrument) -> None:
    later = made_up_events.screened(self_harm="no")

    assert harm_recorded(case_of(SIGN, later), occ) == {"self_harm": date(2026, 9, 2)}


def test_harm_stays_visible_after_a_step_down(occ: Instrument) -> None:
    case = case_of(SIGN, view("assess_today"), lowered("assess_today", "consult"))

    assert list(harm_recorded(case, occ)) == ["self_harm"]


def test_of_harm_recorded_twice_the_latest_day_is_given(occ: Instrument) -> None:
    possible = made_up_events.screened(self_harm="possible", homeless="yes")

    assert harm_recorded(case_of(SIGN, possible), occ) == {
        "self_harm": date(2026, 9, 3),
        "homeless": date(2026, 9, 3),
    }


def test_a_screening_written_down_late_does_not_move_harm_back(occ: Instrument) -> None:
    entries = [*entries_of(OPENED, SIGN), entry(3, SIGN, happened_on=date(2026, 8, 1))]

    assert harm_recorded(fold(entries), occ) == {"self_harm": date(2026, 9, 2)}


def test_what_no_rule_counts_is_no_harm(occ: Instrument) -> None:
    circumstances = made_up_events.screened(looked_after="yes", disabled="yes", self_harm="no")

    assert harm_recorded(case_of(circumstances), occ) == {}


def test_what_is_not_known_is_no_harm_recorded(occ: Instrument) -> None:
    unknown = made_up_events.screened(self_harm="not_known")

    assert harm_recorded(case_of(unknown), occ) == {}


# 5. Who has to know


@pytest.mark.parametrize("step", [HOST_LEAD, IRO])
def test_nobody_was_told_where_nothing_says_so(step: str) -> None:
    case = case_of(SIGN, RiskAssessed("Harm likely"), ActionSet("Tell", "social worker", DAY, step))

    assert told(case, step) is None


def test_nobody_was_told_of_a_child_who_was_never_screened() -> None:
    assert told(case_of(), IRO) is None


@pytest.mark.parametrize("step", [HOST_LEAD, IRO])
def test_they_were_told_when_the_action_for_it_was_done(step: str) -> None:
    case = case_of(SIGN, ActionSet("Tell", "social worker", DAY, step), ActionDone(3))

    assert told(case, step) == date(2026, 9, 4)


def test_an_action_for_something_else_tells_nobody() -> None:
    case = case_of(SIGN, ActionSet("Tell", "social worker", DAY, HOST_LEAD), ActionDone(3))

    assert told(case, IRO) is None


@pytest.mark.parametrize("step", [HOST_LEAD, IRO])
def test_they_were_told_when_an_assessment_says_so(step: str) -> None:
    field = {HOST_LEAD: "host_lead_in_plan_on", IRO: "iro_seen_on"}[step]

    assert told(case_of(SIGN, RiskAssessed("Harm likely", **{field: DAY})), step) == DAY


@pytest.mark.parametrize("step", [HOST_LEAD, IRO])
def test_they_were_told_when_the_last_screening_says_so(step: str) -> None:
    field = {HOST_LEAD: "host_lead_named", IRO: "iro_seen"}[step]

    assert told(case_of(SIGN, made_up_events.screened({field: "yes"})), step) == date(2026, 9, 3)


def test_a_screening_that_is_not_the_last_tells_nobody() -> None:
    case = case_of(made_up_events.screened({"iro_seen": "yes"}), SIGN)

    assert told(case, IRO) is None


def test_a_screening_that_says_no_tells_nobody() -> None:
    assert told(case_of(made_up_events.screened({"iro_seen": "no"})), IRO) is None


def test_of_several_days_the_last_is_given() -> None:
    early, late = date(2026, 8, 1), date(2026, 8, 20)
    assessed = [RiskAssessed("", iro_seen_on=late), RiskAssessed("", iro_seen_on=early)]

    assert told(case_of(*assessed), IRO) == late


# The worker


def test_the_worker_is_who_took_up_the_last_referral() -> None:
    sent = ReferralSent("social care")
    first, last = ReferralAccepted(2, "social worker, A"), ReferralAccepted(3, "social worker, B")

    assert worker(case_of(sent, sent, first, last)) == "social worker, B"


def test_a_referral_that_names_no_worker_is_passed_over() -> None:
    sent = ReferralSent("social care")
    follow = (ReferralAccepted(2, "social worker, A"), ReferralAccepted(3), ReferralDeclined(4, ""))

    assert worker(case_of(sent, sent, sent, *follow)) == "social worker, A"


def test_until_a_referral_is_taken_up_the_worker_is_who_screened_last() -> None:
    entries = [
        *entries_of(OPENED, SIGN, ReferralSent("social care")),
        entry(4, NOTHING, role="nurse", agency="Example Clinic"),
    ]

    assert worker(fold(entries)) == "nurse, Example Clinic"


def test_without_a_screening_the_worker_is_who_opened_the_case() -> None:
    opened: list[Entry] = [entry(1, CaseOpened("Referred first"), role="youth worker")]

    assert worker(fold([*opened, entry(2, ReviewHeld("Go on"))])) == "youth worker, Example School"
