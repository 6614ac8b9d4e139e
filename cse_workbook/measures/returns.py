"""After a child was missing: was a return interview offered, wanted, done, and done in time?

By episode, and by child: a child who was missing often counts once, and only if every return was
answered. The limit is the policy's, 72 hours in the statutory guidance on children who go missing.
"""

import pandas as pd

from cse_workbook.frames.kinds import NO, NOT_KNOWN, YES
from cse_workbook.measures.model import Counted, answered, measure
from cse_workbook.measures.sources import RETURNS

LIMIT = f"{RETURNS}; the policy's return_interview_hours"
TALK = "Whether the child could speak freely, and what was done with what they said."
UNREPORTED = "Episodes that nobody reported, and what was said in the interview."


@measure(
    frame="episodes",
    date="missing_on",
    question="After how many returns was an interview offered?",
    source=RETURNS,
    does_not_show=UNREPORTED,
    among="returns",
)
def return_interview_offered(frame: pd.DataFrame) -> Counted:
    """Count returns with an offer."""
    return answered(frame["interview_offered"])


@measure(
    frame="episodes",
    date="missing_on",
    question="Of the interviews offered, how many were accepted?",
    source=RETURNS,
    does_not_show="How it was offered, and why a child did not want it.",
    among="return_interview_offered",
    counts="return_interview_done",
    unknown="return_interview_not_answered",
)
def return_interview_accepted(frame: pd.DataFrame) -> Counted:
    """Count offers accepted; those of which nothing more is recorded are not known."""
    accepted = frame["interview_accepted"]
    return answered(accepted, YES, (YES, NO))._replace(not_known=accepted == NOT_KNOWN)


@measure(
    frame="episodes",
    date="missing_on",
    question="After how many returns was the interview done?",
    source=RETURNS,
    does_not_show=TALK,
    among="returns",
)
def return_interview_done(frame: pd.DataFrame) -> Counted:
    """Count returns with an interview."""
    return answered(frame["interview_done"])


@measure(
    frame="episodes",
    date="missing_on",
    question="After how many returns was the interview done within the limit of the policy?",
    source=LIMIT,
    does_not_show="Returns that still have time, which are left out. " + TALK,
)
def return_interview_in_time(frame: pd.DataFrame) -> Counted:
    """Count returns with an interview in time."""
    return answered(frame["interview_in_time"])


@measure(
    frame="cases",
    date="opened_on",
    question="Of the children who returned, to how many was an interview offered every time?",
    source=RETURNS,
    does_not_show=UNREPORTED,
    as_it_stands=True,
    among="children_who_returned",
)
def child_offered_every_interview(frame: pd.DataFrame) -> Counted:
    """Count children with an offer after each return."""
    return Counted(frame["n_interviews_offered"] == frame["n_returns"], frame["n_returns"] > 0)


@measure(
    frame="cases",
    date="opened_on",
    question="Of the children who were offered an interview, how many accepted one?",
    source=RETURNS,
    does_not_show="How it was offered, and why a child did not want it.",
    as_it_stands=True,
)
def child_accepted_an_interview(frame: pd.DataFrame) -> Counted:
    """Count children who accepted at least one interview."""
    return Counted(frame["n_interviews_accepted"] > 0, frame["n_interviews_offered"] > 0)


@measure(
    frame="cases",
    date="opened_on",
    question="Of the children who returned, with how many was an interview done every time?",
    source=RETURNS,
    does_not_show=TALK,
    as_it_stands=True,
    among="children_who_returned",
)
def child_interviewed_every_time(frame: pd.DataFrame) -> Counted:
    """Count children with an interview after each return."""
    return Counted(frame["n_interviews_done"] == frame["n_returns"], frame["n_returns"] > 0)


@measure(
    frame="cases",
    date="opened_on",
    question="Of the children who returned, how many had each interview within the limit?",
    source=LIMIT,
    does_not_show="Returns that still have time, which are left out. " + TALK,
    as_it_stands=True,
)
def child_interviewed_in_time_every_time(frame: pd.DataFrame) -> Counted:
    """Count children none of whose interviews is late."""
    in_time, late = frame["n_interviews_in_time"], frame["n_interviews_late"]
    return Counted(late == 0, (in_time + late) > 0)
