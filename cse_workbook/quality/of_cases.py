"""Is a case kept as it should be, as it stands on the day of the extract?"""

import pandas as pd

from cse_workbook.frames.kinds import NO, YES
from cse_workbook.measures.model import Counted, answered, counted
from cse_workbook.measures.sources import IICSA, LOOKED_AFTER, PHRASES, READS, REVIEWED
from cse_workbook.quality.model import rule


@rule(
    code="RQ_16",
    frame="cases",
    fields=("n_screenings",),
    message="The case holds no screening.",
    repair="Screen the child, or record why there is none.",
    source="Local practice: what follows rests on a screening",
    among="cases",
)
def case_without_screening(frame: pd.DataFrame) -> Counted:
    """Find cases without a screening."""
    return counted(frame["n_screenings"] == 0)


@rule(
    code="RQ_17",
    frame="cases",
    fields=("host_lead_named",),
    message="The host authority's lead is not named in the care plan.",
    repair="Ask the allocated social worker to name the lead and the contact in the care plan.",
    source=LOOKED_AFTER,
    among="host_lead_called_for",
    counts="host_lead_called_for but not host_lead_in_care_plan",
)
def host_lead_not_named(frame: pd.DataFrame) -> Counted:
    """Look at cases that ask for it; those break it whose host lead is not named."""
    return answered(frame["host_lead_named"], NO, (YES, NO))


@rule(
    code="RQ_18",
    frame="cases",
    fields=("iro_sighted",),
    message="The Independent Reviewing Officer has not seen the assessment.",
    repair="Send it to the reviewing officer, and record when it was seen.",
    source=LOOKED_AFTER,
    among="reviewing_officer_called_for",
    counts="reviewing_officer_called_for but not reviewing_officer_sighted",
)
def reviewing_officer_not_sighted(frame: pd.DataFrame) -> Counted:
    """Look at cases that ask for it; those break it that the reviewing officer has not seen."""
    return answered(frame["iro_sighted"], NO, (YES, NO))


@rule(
    code="RQ_19",
    frame="cases",
    fields=("is_open", "is_review_overdue"),
    message="The review is overdue.",
    repair="Hold the review, and record what it concluded.",
    source=REVIEWED,
    among="open_cases",
    counts="review_overdue",
)
def review_overdue(frame: pd.DataFrame) -> Counted:
    """Find open cases whose review is overdue."""
    return Counted(frame["is_review_overdue"], frame["is_open"])


@rule(
    code="RQ_20",
    frame="cases",
    fields=("n_actions", "n_actions_overdue"),
    message="The day of an action has passed, and it is not recorded as done.",
    repair="Record that it was done and what came of it, or do it today.",
    source="The record: ActionSet and ActionDone",
)
def action_overdue(frame: pd.DataFrame) -> Counted:
    """Find cases with an action overdue."""
    return Counted(frame["n_actions_overdue"] > 0, frame["n_actions"] > 0)


@rule(
    code="RQ_21",
    frame="cases",
    fields=("is_open", "n_actions_open"),
    message="The case is closed, and an action of it is not recorded as done.",
    repair="Record what became of the action; open the case again if it is still needed.",
    source=f"Local practice, after {IICSA}, section F.4: taken off the list while being harmed",
    among="closed_cases",
    nobody=("cases", "open_cases", "closed_cases"),
)
def closed_with_open_action(frame: pd.DataFrame) -> Counted:
    """Find closed cases with an open action."""
    return Counted(frame["n_actions_open"] > 0, ~frame["is_open"])


@rule(
    code="RQ_22",
    frame="cases",
    fields=("n_blaming_terms",),
    message="The record holds a phrase that puts blame on a child.",
    repair="Write an entry that says the same in words that tell what was done to the child.",
    source=PHRASES,
    among="cases",
    counts="records_with_blaming_terms",
)
def blaming_terms(frame: pd.DataFrame) -> Counted:
    """Find records with a blaming phrase."""
    return counted(frame["n_blaming_terms"] > 0)


@rule(
    code="RQ_23",
    frame="cases",
    fields=("n_reads", "n_reads_without_purpose"),
    message="The record was read, and the purpose is not given.",
    repair="Ask who read it for what, and let readers say so from now on.",
    source=READS,
    among="records_read",
    counts="read_without_purpose",
)
def read_without_purpose(frame: pd.DataFrame) -> Counted:
    """Find records that were read without a purpose."""
    return Counted(frame["n_reads_without_purpose"] > 0, frame["n_reads"] > 0)
