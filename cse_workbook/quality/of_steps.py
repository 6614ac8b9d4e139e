"""Are referrals, episodes of being missing, actions and step-downs written down whole?

Where something has ended and the time it took is blank, one of the two days is written down
wrongly: the end lies before the beginning.
"""

from typing import Final

import pandas as pd

from cse_workbook.frames.kinds import NO, NOT_KNOWN, YES
from cse_workbook.measures.model import Counted, answered, counted
from cse_workbook.measures.sources import ACKNOWLEDGED, RETURNS, TOO_QUICKLY
from cse_workbook.quality.model import rule

DAYS: Final = "The frames: a negative time is written down wrongly, and is blank"
_CORRECT: Final = "Look both days up, and correct the entry that is wrong."


@rule(
    code="RQ_24",
    frame="referrals",
    fields=("screened_on",),
    message="The referral has no screening before it.",
    repair="Screen the child with what is known, so that the referral's reasons are on record.",
    source="Local practice, after Wirral Safeguarding Children Board: its CSE Screening Tool 2016"
    " can go with the referral",
    among="referrals",
)
def referral_without_screening(frame: pd.DataFrame) -> Counted:
    """Find referrals without a screening by then."""
    return counted(frame["screened_on"].isna())


@rule(
    code="RQ_25",
    frame="referrals",
    fields=(
        "is_acknowledged",
        "is_decided",
        "working_days_to_acknowledgement",
        "working_days_to_decision",
    ),
    message="The referral was answered, and the days that it took cannot be told.",
    repair=_CORRECT,
    source=DAYS,
    among="referrals_acknowledged",
)
def answered_without_days(frame: pd.DataFrame) -> Counted:
    """Look at referrals that were answered; those break it whose days are written wrongly."""
    said, decided = frame["is_acknowledged"], frame["is_decided"]
    wrong = said & frame["working_days_to_acknowledgement"].isna()
    return Counted(wrong | (decided & frame["working_days_to_decision"].isna()), said | decided)


@rule(
    code="RQ_26",
    frame="referrals",
    fields=("is_acknowledged_in_time",),
    message="No answer to the referral is recorded within the days of the policy.",
    repair="Ask the service whether it has the referral, and record what it says.",
    source=ACKNOWLEDGED,
    among="referrals_with_their_time_over",
    counts="referrals_with_their_time_over but not acknowledged_in_time",
)
def not_acknowledged_in_time(frame: pd.DataFrame) -> Counted:
    """Look at referrals whose time is over; those break it that were not answered in time."""
    return answered(frame["is_acknowledged_in_time"], NO, (YES, NO))


@rule(
    code="RQ_27",
    frame="episodes",
    fields=("is_returned", "hours_missing"),
    message="The child came back, and the hours away cannot be told.",
    repair=_CORRECT,
    source=DAYS,
    among="returns",
)
def returned_without_hours(frame: pd.DataFrame) -> Counted:
    """Find returns that are written down as before the child went missing."""
    return Counted(frame["hours_missing"].isna(), frame["is_returned"])


@rule(
    code="RQ_28",
    frame="episodes",
    fields=("interview_offered",),
    message="No offer of a return interview is recorded.",
    repair="Offer it today, or record the offer that was made.",
    source=RETURNS,
    among="returns",
    counts="returns but not return_interview_offered",
)
def no_interview_offered(frame: pd.DataFrame) -> Counted:
    """Find returns without an offer."""
    return answered(frame["interview_offered"], NO, (YES, NO))


@rule(
    code="RQ_29",
    frame="episodes",
    fields=("interview_accepted",),
    message="A return interview was offered, and what came of it is not recorded.",
    repair="Record that it was done, or why the child did not want it.",
    source=RETURNS,
    among="return_interview_offered",
    counts="return_interview_not_answered",
)
def offer_without_answer(frame: pd.DataFrame) -> Counted:
    """Look at offers; those break it of which nothing more is recorded."""
    return answered(frame["interview_accepted"], NOT_KNOWN, (YES, NO, NOT_KNOWN))


@rule(
    code="RQ_30",
    frame="actions",
    fields=("kind", "due_on"),
    message="The action has no day by which it is to be done.",
    repair="Agree a day with whoever is to do it.",
    source="Local practice: an action has a day by which it is to be done",
)
def action_without_due_day(frame: pd.DataFrame) -> Counted:
    """Find actions without a day."""
    return Counted(frame["due_on"].isna(), frame["kind"] == "action")


@rule(
    code="RQ_31",
    frame="actions",
    fields=("kind", "is_done", "working_days_to_done"),
    message="The action was done, and the days that it took cannot be told.",
    repair=_CORRECT,
    source=DAYS,
)
def done_without_days(frame: pd.DataFrame) -> Counted:
    """Find actions that are written down as done before they were set."""
    done = (frame["kind"] == "action") & frame["is_done"]
    return Counted(frame["working_days_to_done"].isna(), done)


@rule(
    code="RQ_32",
    frame="actions",
    fields=("kind", "has_all_safeguards"),
    message="The view was lowered without all three safeguards.",
    repair="Add dated evidence for each driver, the child's or family's view and a second reader,"
    " or raise the view again.",
    source=TOO_QUICKLY,
    among="step_downs",
    counts="step_downs but not step_downs_with_all_safeguards",
)
def step_down_without_safeguards(frame: pd.DataFrame) -> Counted:
    """Find agreements to lower a view that lack a safeguard."""
    return Counted(frame["has_all_safeguards"] == NO, frame["kind"] == "step_down")
