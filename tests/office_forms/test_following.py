"""Missing episodes, interviews, referrals, end to end through the page on a real store."""

from datetime import timedelta

import pytest

from cse_workbook.case import events
from tests.office_forms.typing_in import (
    TODAY,
    added,
    also,
    local,
    panel,
    problems,
    type_in,
)
from tests.office_window import entries, texts


def test_a_missing_episode_is_recorded_with_its_times_on_the_day_it_began(window):
    begun, back = TODAY - timedelta(days=5), TODAY - timedelta(days=4)
    times = {"missing_at_time": "22:10", "returned_at_time": "6.05"}

    made = added(
        window, "missing", missing_at=begun, returned_at=back, reported_to="police", **times
    )

    assert made == events.MissingEpisode(local(begun, 22, 10), local(back, 6, 5), "police")
    assert entries(window.store)[-1].happened_on == begun


def test_a_child_who_is_missing_now_has_no_return(window):
    begun = TODAY - timedelta(days=1)

    made = added(window, "missing", missing_at=begun, missing_at_time="7:00")

    assert made == events.MissingEpisode(local(begun, 7, 0))
    assert "report it to the police now" in texts(panel(window.press("write:missing")))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, [("missing.missing_at.day", "Enter since when the child was missing")]),
        (
            {"missing_at": TODAY},
            [("missing.missing_at_time", "Enter the time, as near as you know")],
        ),
        (
            {"missing_at": TODAY, "missing_at_time": "25:00"},
            [("missing.missing_at_time", "Enter the time like this: 14:30")],
        ),
        (
            {"missing_at": TODAY, "missing_at_time": "7:00", "returned_at_time": "7:30"},
            [("missing.returned_at.day", "Enter the day as well")],
        ),
        (
            {"missing_at": TODAY + timedelta(days=1), "missing_at_time": "7:00"},
            [("missing.missing_at", "The date must be today or in the past")],
        ),
        (
            {
                **{"missing_at": TODAY, "missing_at_time": "7:00"},
                **{"returned_at": TODAY, "returned_at_time": "6:30"},
            },
            [
                (
                    "missing.returned_at",
                    "The end must be on or after the beginning, 23 November 2026",
                )
            ],
        ),
    ],
)
def test_the_times_of_an_episode_are_whole_and_in_order(window, typed, said):
    window.press("write:missing")
    type_in(window, **typed)

    assert problems(window) == said


def test_a_return_interview_is_recorded_as_offered_done_or_not_done(window):
    begun = TODAY - timedelta(days=5)
    episode = events.MissingEpisode(local(begun, 22, 10), local(begun, 23, 10))
    seq = also(window, episode)
    done_on = TODAY - timedelta(days=3)

    shown = texts(panel(window.press(f"write:interview:{seq}")))
    done = added(
        window,
        f"interview:{seq}",
        **{"offered_on": begun, "done_at": done_on, "done_at_time": "16:00", "by": "youth worker"},
    )
    not_done = added(window, f"interview:{seq}", because_not="The child did not want it")

    assert "About the episode that began on 18 November 2026." in shown
    assert done == events.ReturnInterview(int(seq), begun, local(done_on, 16, 0), by="youth worker")
    assert not_done == events.ReturnInterview(int(seq), because_not="The child did not want it")


def test_a_return_interview_says_something_and_names_an_episode(window):
    seq = also(window, events.MissingEpisode(local(TODAY, 1, 0)))

    window.press(f"write:interview:{seq}")
    blank = problems(window)
    window.press("cancel")
    window.press("write:interview")
    type_in(window, offered_on=TODAY)

    assert blank == [
        (
            "interview.offered_on",
            "Enter when the interview was offered or done, or write why it was not",
        )
    ]
    assert problems(window)[0][1].startswith("Entry 0 of the record is not one")


@pytest.mark.parametrize(
    ("became", "typed", "made"),
    [
        (
            "acknowledged",
            {"by": "duty desk"},
            lambda n: events.ReferralAcknowledged(n, "duty desk"),
        ),
        ("accepted", {"worker": "nurse"}, lambda n: events.ReferralAccepted(n, "nurse")),
        ("declined", {"because": "Too far"}, lambda n: events.ReferralDeclined(n, "Too far")),
        ("closed", {"because": "Seen"}, lambda n: events.ReferralClosed(n, "Seen")),
    ],
)
def test_what_became_of_a_referral_is_recorded_with_its_day(window, became, typed, made):
    seq, on = also(window, events.ReferralSent("nurse")), TODAY - timedelta(days=1)

    assert added(window, f"referral:{seq}", became=became, on=on, **typed) == made(int(seq))
    assert entries(window.store)[-1].happened_on == on


def test_what_became_of_a_referral_has_to_be_chosen_and_explained_where_it_ended(window):
    seq = also(window, events.ReferralSent("made-up nurse"))

    shown = texts(panel(window.press(f"write:referral:{seq}")))
    nothing = problems(window)
    type_in(window, became="declined")

    assert "Referral to made-up nurse, 23 November 2026." in shown
    assert nothing == [("referral.became", "Select what has happened")]
    assert problems(window) == [("referral.because", "Write why the service did not take it up")]
