"""How long does each step take, in working days, and is it in time?

Each time is of those that got there by the day of the extract; those that did not are in the
denominator and have no days, so the quartiles of a recent period are too short. For half of the
children it took longer than the median: read the upper quartile too.
"""

import pandas as pd

from cse_workbook.measures.model import Counted, all_of, answered, measure, timed
from cse_workbook.measures.sources import ACKNOWLEDGED, LEAD_OFFICERS, REVIEWED

WAITING = "What was done meanwhile. Those still waiting have no days and are in no quartile."
STEPS = (
    "Local practice; screening, referral and MACSE meeting as in"
    f" {LEAD_OFFICERS}, “Useful References and links”"
)


def _timed(key: str) -> tuple[str, str]:
    """Name those who got there: after days that are known, and after days that are not."""
    return key, f"{key}, not known"


@measure(
    frame="screenings",
    date="screened_on",
    question="How many screenings led to a referral, and after how many working days?",
    source=STEPS,
    does_not_show="Whether a referral was called for. " + WAITING,
    among="screenings",
    unknown="screening_to_referral, not known",
)
def screening_to_referral(frame: pd.DataFrame) -> Counted:
    """Time the way from a screening to the referral after it."""
    days = frame["working_days_to_referral"]
    return timed(days, all_of(frame), frame["referred_on"].notna())


@measure(
    frame="referrals",
    date="sent_on",
    question="How many referrals were acknowledged, and after how many working days?",
    source=STEPS,
    does_not_show=WAITING,
    among="referrals",
    unknown="referral_to_acknowledgement, not known",
    nobody=("referrals_acknowledged", *_timed("referral_to_acknowledgement")),
)
def referral_to_acknowledgement(frame: pd.DataFrame) -> Counted:
    """Time the way from a referral to the first word from the service."""
    days = frame["working_days_to_acknowledgement"]
    return timed(days, all_of(frame), frame["is_acknowledged"])


@measure(
    frame="referrals",
    date="sent_on",
    question="How many acknowledged referrals were decided, and after how many working days?",
    source=STEPS,
    does_not_show=WAITING,
    among="referrals_acknowledged",
    unknown="acknowledgement_to_decision, not known",
    nobody=("referrals_decided", *_timed("acknowledgement_to_decision")),
)
def acknowledgement_to_decision(frame: pd.DataFrame) -> Counted:
    """Time the way from the acknowledgement to the decision."""
    days = frame["working_days_to_decision"]
    return timed(days, frame["is_acknowledged"], frame["is_decided"])


@measure(
    frame="referrals",
    date="sent_on",
    question="How many decided referrals came to a meeting, and after how many working days?",
    source=STEPS,
    does_not_show="Whether a meeting was called for. " + WAITING,
    among="referrals_decided",
    unknown="decision_to_meeting, not known",
)
def decision_to_meeting(frame: pd.DataFrame) -> Counted:
    """Time the way from the decision to the meeting that heard the child."""
    days = frame["working_days_to_meeting"]
    return timed(days, frame["is_decided"], frame["meeting_on"].notna())


@measure(
    frame="referrals",
    date="sent_on",
    question="After how many meetings was the case reviewed, and after how many working days?",
    source=STEPS,
    does_not_show=WAITING,
    among="referrals_met_about",
    unknown="meeting_to_review, not known",
)
def meeting_to_review(frame: pd.DataFrame) -> Counted:
    """Time the way from the meeting to the review after it."""
    days = frame["working_days_to_review"]
    return timed(days, frame["meeting_on"].notna(), frame["reviewed_on"].notna())


@measure(
    frame="referrals",
    date="sent_on",
    question="How many referrals were acknowledged within the days of the policy?",
    source=ACKNOWLEDGED,
    does_not_show="Referrals that still have time, which are left out.",
    among="referrals_with_their_time_over",
)
def acknowledged_in_time(frame: pd.DataFrame) -> Counted:
    """Count referrals acknowledged in time."""
    return answered(frame["is_acknowledged_in_time"])


@measure(
    frame="actions",
    date="due_on",
    question="How many reviews were held by the day on which they were due?",
    source=REVIEWED,
    does_not_show="How thorough they were. Reviews that still have time are left out.",
)
def reviews_on_time(frame: pd.DataFrame) -> Counted:
    """Count reviews held by their day."""
    return answered(frame["is_on_time"].where(frame["kind"] == "review"))


@measure(
    frame="actions",
    date="due_on",
    question="How many actions were done by the day on which they were due?",
    source="The record: ActionSet and ActionDone",
    does_not_show="Whether they helped. Actions that still have time are left out.",
)
def actions_on_time(frame: pd.DataFrame) -> Counted:
    """Count actions done by their day."""
    return answered(frame["is_on_time"].where(frame["kind"] == "action"))


@measure(
    frame="cases",
    date="opened_on",
    question="Of the open cases, how many have a review overdue?",
    source=REVIEWED,
    does_not_show="For how long it has been overdue.",
    as_it_stands=True,
    among="open_cases",
)
def review_overdue(frame: pd.DataFrame) -> Counted:
    """Count open cases whose review is overdue."""
    return Counted(frame["is_review_overdue"], frame["is_open"])


@measure(
    frame="screenings",
    date="screened_on",
    question="How many screenings follow another of the same case within 12 months?",
    source="Local practice: counted within 12 months, as repeat referrals are",
    does_not_show="Whether it is persistence of concern or good follow-up; other agencies' forms.",
    among="screenings",
)
def screened_again_within_12_months(frame: pd.DataFrame) -> Counted:
    """Count repeat screenings."""
    return Counted(frame["is_repeat_12_months"], all_of(frame))


@measure(
    frame="referrals",
    date="sent_on",
    question="How many referrals follow another of the same case within 12 months?",
    source="Slough Local Safeguarding Children Board, Performance Report 2017/18: repeat referrals;"
    " the 12 months are local practice",
    does_not_show="Whether the first was closed too early, or something new happened.",
    among="referrals",
)
def referred_again_within_12_months(frame: pd.DataFrame) -> Counted:
    """Count repeat referrals."""
    return Counted(frame["is_rereferral_12_months"], all_of(frame))
