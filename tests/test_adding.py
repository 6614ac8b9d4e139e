"""What stands against an entry, each as a whole sentence under its code.

1. Who may write it, and whether the case is open.
2. What an entry has to say.
3. Which entries it may follow.
4. Which days fit.

What a correction can put right stands in `test_adding_corrections`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from cse_workbook.adding import Author
from cse_workbook.case import AnyEvent, events
from tests.made_up_additions import (
    ACTION,
    BLOCKAGE,
    EPISODE,
    HOUR,
    LEAD,
    NOON,
    SIGN,
    TEACHER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    against,
)
from tests.made_up_events import view

# 1. Who, and whether the case is open


def test_advice_is_a_lead_officer_s_to_give(occ):
    said = against(events.AdviceGiven("", "Refer", "teacher"), occ, author=TEACHER)

    assert said == [
        "CASE_02 · Case C-0001: you cannot do this: it is for a lead officer. If you need it, ask"
        " a lead officer and say why."
    ]


@pytest.mark.parametrize(
    "event",
    [
        events.SecondReading(2, "refer_now", ()),
        events.StepDownAgreed("refer_now", "consult", (), "", ""),
        events.ThemeNoted("Cars", "transport"),
        BLOCKAGE,
        events.BlockageResolved(2, TODAY, "A room was found"),
        ACTION,
        events.ReviewHeld("Nothing is new"),
        events.MacseListed(TOMORROW, "Missing again"),
        events.MacseHeard(TODAY, "Go on"),
    ],
)
def test_what_is_a_lead_officer_s_is_nobody_else_s(occ, event):
    [said] = against(event, occ, SIGN, author=TEACHER)

    assert said.startswith("CASE_02 · ")


@pytest.mark.parametrize(
    "event",
    [
        EPISODE,
        events.SharingDecision("The worry", "school nurse", True, "She can help"),
        events.RiskAssessed("Harm is likely"),
        events.ReferralSent("social worker"),
        events.CaseClosed("Grown up"),
    ],
)
def test_what_anybody_may_write_a_practitioner_may(occ, event):
    assert against(event, occ, author=TEACHER) == []


def test_advice_on_a_closed_case_is_refused_with_the_way_on(occ):
    said = against(events.AdviceGiven("", "", ""), occ, events.CaseClosed("Grown up"))

    assert said == [
        "CASE_03 · Case C-0001: this case is closed. Open it again first, or add a note to the"
        " closing entry."
    ]


@pytest.mark.parametrize(
    "event",
    [
        events.CaseOpened("A new worry"),
        events.RecordRead("to give advice"),
        events.ReferralDrafted("social worker"),
        events.ReferralSent("social worker"),
    ],
)
def test_a_closed_case_is_opened_read_and_referred(occ, event):
    assert against(event, occ, events.CaseClosed("Grown up")) == []


# 2. What an entry has to say


WORDS = [
    (events.AdviceGiven("", " ", ""), "advice", "Write your advice"),
    (events.SecondReading(2, "", ()), "route", "Select what you think should happen now"),
    (events.SecondReading(2, "up", ()), "route", "Select what you think should happen now"),
    (events.ActionSet("", "x", TODAY), "what", "Write what is to be done"),
    (events.ActionSet("x", "", TODAY), "who", "Enter who will do it"),
    (
        events.ThemeNoted("", "transport"),
        "theme",
        "Describe the theme without names of children. Use references",
    ),
    (events.BlockageNoted("", TODAY, "x"), "stops", "Write what stops action"),
    (events.BlockageNoted("x", TODAY, ""), "agency", "Enter which agency"),
    (events.ReviewHeld(""), "concluded", "Write what the review concluded"),
    (events.CaseClosed(""), "because", "Write why the case is closed"),
    (events.CaseOpened(""), "reason", "Write why the case is opened"),
    (events.RecordRead("  "), "purpose", "Select why you are opening this record"),
    (events.RiskAssessed(""), "found", "Write what the assessment found"),
    (events.MacseListed(TODAY, ""), "because", "Write why C-0001 is to be heard"),
    (
        events.MacseHeard(TODAY),
        "decided",
        "Write what was decided, or put it off and say why",
    ),
    (
        events.MacseHeard(TODAY, "x", put_off_to=TOMORROW),
        "decided",
        "Write what was decided, or put it off and say why",
    ),
    (events.SharingDecision("", "x", True, "x"), "what", "Write what it is about"),
    (events.SharingDecision("x", "", True, "x"), "with_whom", "Enter with whom"),
    (events.SharingDecision("x", "x", False, ""), "because", "Write why"),
]


@pytest.mark.parametrize(("event", "field", "words"), WORDS)
def test_what_an_entry_has_to_say_is_asked_for_in_words(occ, event, field, words):
    assert against(event, occ, SIGN) == [f"CASE_04 · Case C-0001, {field}: it is blank. {words}."]


FOLLOWING = [
    (events.BlockageResolved(2, TODAY, ""), BLOCKAGE, "how", "Write how it ended"),
    (
        events.ReferralDeclined(2, ""),
        events.ReferralSent("nurse"),
        "because",
        "Write why the service did not take it up",
    ),
    (
        events.ReferralClosed(2, ""),
        events.ReferralSent("nurse"),
        "because",
        "Write how it ended",
    ),
    (
        events.ReturnInterview(2),
        EPISODE,
        "offered_on",
        "Enter when the interview was offered or done, or write why it was not",
    ),
    (events.Corrected(2, "to", "x", ""), None, "reason", "Write why it is corrected"),
]


@pytest.mark.parametrize(("event", "followed", "field", "words"), FOLLOWING)
def test_what_follows_an_entry_has_to_say_something_too(occ, event, followed, field, words):
    before = followed or events.ReferralSent("nurse")

    assert against(event, occ, before, author=TEACHER if followed is None else LEAD) == [
        f"CASE_04 · Case C-0001, {field}: it is blank. {words}."
    ]


def test_a_step_down_asks_for_the_child_s_view_and_for_a_route(occ):
    made = events.StepDownAgreed("refer_now", "", (), "", "R. Example")

    said = against(made, occ, SIGN, view("refer_now", "self_harm"))

    assert said[:2] == [
        "CASE_04 · Case C-0001, child_view: it is blank. Write the child's or the family's view,"
        " or why it could not be asked.",
        "CASE_04 · Case C-0001, to_route: it is blank. Select what you think should happen now.",
    ]


# 3. Which entries it may follow


FOLLOWERS: Sequence[tuple[AnyEvent, AnyEvent]] = [
    (SIGN, events.SecondReading(2, "refer_now", ())),
    (events.ReferralSent("nurse"), events.ReferralAcknowledged(2)),
    (events.ReferralSent("nurse"), events.ReferralAccepted(2)),
    (events.ReferralSent("nurse"), events.ReferralDeclined(2, "Too young")),
    (events.ReferralSent("nurse"), events.ReferralClosed(2, "Seen")),
    (ACTION, events.ActionDone(2)),
    (EPISODE, events.ReturnInterview(2, TODAY)),
    (BLOCKAGE, events.BlockageResolved(2, TODAY, "A room was found")),
]


@pytest.mark.parametrize(("followed", "event"), FOLLOWERS)
def test_an_entry_follows_one_of_its_own_kind(occ, followed, event):
    assert against(event, occ, followed) == []


@pytest.mark.parametrize(("followed", "event"), FOLLOWERS)
def test_an_entry_follows_none_of_another_kind_and_none_that_is_not_there(occ, followed, event):
    field = next(iter(type(event).__struct_fields__))
    wanted = [
        f"CASE_05 · Case C-0001, {field}: entry 2 of the record is not one that this can follow."
        " Name an entry of this case, of the kind that is followed up."
    ]

    assert against(event, occ, events.ReviewHeld("Nothing is new")) == wanted
    assert against(event, occ) == wanted


def test_a_second_reading_of_one_s_own_screening_is_refused(occ):
    own = Author("t.example", "lead officer", "Example School", "lead_officer")

    assert against(events.SecondReading(2, "refer_now", ()), occ, SIGN, author=own) == [
        "CASE_06 · Case C-0001: you made this screening. A second reading has to come from"
        " somebody else."
    ]


@pytest.mark.parametrize(
    ("begun", "end", "field"),
    [
        (ACTION, events.ActionDone(2), "action"),
        (BLOCKAGE, events.BlockageResolved(2, TODAY, "A room was found"), "blockage"),
    ],
)
def test_what_has_ended_does_not_end_again(occ, begun, end, field):
    assert against(end, occ, begun, end) == [
        f"CASE_07 · Case C-0001, {field}: it has been ended already, in entry 3. Read that entry;"
        " if it is wrong, correct it."
    ]


def test_what_ended_says_nothing_of_another_that_has_not(occ):
    assert against(events.ActionDone(3), occ, ACTION, ACTION, events.ActionDone(2)) == []


# 4. Days


AHEAD = [
    (events.BlockageNoted("x", TOMORROW, "x"), None, "since_on"),
    (events.BlockageResolved(2, TOMORROW, "x"), BLOCKAGE, "ended_on"),
    (events.MissingEpisode(NOON + timedelta(days=2)), None, "missing_at"),
    (events.MissingEpisode(NOON, NOON + timedelta(days=2)), None, "returned_at"),
    (events.ReturnInterview(2, TOMORROW), EPISODE, "offered_on"),
    (events.ReturnInterview(2, done_at=NOON + timedelta(days=2)), EPISODE, "done_at"),
    (events.RiskAssessed("x", iro_seen_on=TOMORROW), None, "iro_seen_on"),
    (events.RiskAssessed("x", host_lead_in_plan_on=TOMORROW), None, "host_lead_in_plan_on"),
]


@pytest.mark.parametrize(("event", "before", "field"), AHEAD)
def test_what_has_happened_does_not_lie_ahead(occ, event, before, field):
    assert against(event, occ, before or SIGN) == [
        f"CASE_08 · Case C-0001, {field}: the date lies ahead. The date must be today or in the"
        " past."
    ]


def test_an_action_is_not_due_before_it_is_set(occ):
    assert against(events.ActionSet("x", "y", YESTERDAY), occ) == [
        "CASE_09 · Case C-0001, due_on: it is due before it is set. The due date must be today or"
        " later."
    ]
    assert against(events.ActionSet("x", "y", TODAY), occ) == []


def test_the_next_review_does_not_lie_in_the_past(occ):
    [said] = against(events.ReviewHeld("x", YESTERDAY), occ)

    assert said.startswith("CASE_09 · Case C-0001, next_on: ")
    assert against(events.ReviewHeld("x", TODAY), occ) == []


BACKWARDS = [
    (
        events.BlockageResolved(2, YESTERDAY - timedelta(days=1), "x"),
        BLOCKAGE,
        "ended_on",
        "22 November 2026",
    ),
    (events.MissingEpisode(NOON, NOON - HOUR), None, "returned_at", "22 November 2026"),
    (
        events.ReturnInterview(2, done_at=NOON),
        EPISODE,
        "done_at",
        "22 November 2026",
    ),
    (
        events.MacseHeard(TODAY, put_off_to=YESTERDAY, because="Nobody came"),
        None,
        "put_off_to",
        "23 November 2026",
    ),
]


@pytest.mark.parametrize(("event", "before", "field", "begun"), BACKWARDS)
def test_nothing_ends_before_it_begins(occ, event, before, field, begun):
    assert against(event, occ, before or SIGN) == [
        f"CASE_10 · Case C-0001, {field}: it ends before it begins. The end must be on or after"
        f" the beginning, {begun}."
    ]


def test_an_interview_of_a_child_who_is_not_back_is_measured_from_when_they_went(occ):
    away = events.MissingEpisode(NOON)

    assert against(events.ReturnInterview(2, done_at=NOON), occ, away) == []
    [said] = against(events.ReturnInterview(2, done_at=NOON - HOUR), occ, away)
    assert said.startswith("CASE_10 · ")


def test_a_moment_without_its_time_zone_is_refused_before_it_is_compared(occ):
    zoneless = events.MissingEpisode(datetime(2026, 11, 22, 12, 0), NOON)

    assert against(zoneless, occ) == [
        "CASE_13 · Case C-0001, missing_at: the value does not fit the field “missing_at”. Give a"
        " value of the kind that stands there."
    ]


def test_what_names_no_entry_of_the_case_is_said_once_and_no_days_are_compared(occ):
    ends = events.BlockageResolved(9, YESTERDAY, "x")
    done = events.ReturnInterview(9, done_at=NOON)

    assert [len(against(each, occ)) for each in (ends, done)] == [1, 1]
