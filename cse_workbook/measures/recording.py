"""How complete and how careful is what was written down?

A screening is complete if somebody who opens it in a year can see what was known, from where, and
what the child said. None of these figures says that a child was helped.
"""

import pandas as pd

from cse_workbook.frames.kinds import NOT_KNOWN
from cse_workbook.measures.model import Counted, all_of, answered, counted, measure
from cse_workbook.measures.sources import (
    ANSWERED,
    CHILDS_VOICE,
    DECISIVE,
    EVIDENCE,
    IICSA,
    LOOKED_AFTER,
    PHRASES,
    READS,
)

TRUE = "Whether what is written is right, or tells what matters."


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings was every question answered that should be?",
    source=ANSWERED,
    does_not_show="Whether an answer was thought about: not known counts as an answer.",
    among="screenings",
)
def nothing_left_blank(frame: pd.DataFrame) -> Counted:
    """Count screenings without a blank."""
    return Counted(frame["n_blank"] == 0, frame["n_asked"] > 0)


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings could no single unknown answer raise the route?",
    source=DECISIVE,
    does_not_show="What two unknown answers together could change.",
    among="screenings",
)
def nothing_decisive_unknown(frame: pd.DataFrame) -> Counted:
    """Count screenings without a decisive unknown or blank."""
    return counted((frame["n_decisive_not_known"] + frame["n_decisive_blank"]) == 0)


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings were questions marked not known in one go?",
    source=ANSWERED,
    does_not_show="Whether these questions had been thought about.",
    among="screenings",
)
def marked_not_known_in_one_go(frame: pd.DataFrame) -> Counted:
    """Count screenings with answers given all at once."""
    return counted(frame["n_all_at_once"] > 0)


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings does every concern have its evidence in words?",
    source=EVIDENCE,
    does_not_show=TRUE,
    among="screenings_with_concerns",
)
def every_concern_has_evidence(frame: pd.DataFrame) -> Counted:
    """Count screenings whose concerns all have evidence."""
    return Counted(
        frame["n_concerns_with_evidence"] == frame["n_concerns"], frame["n_concerns"] > 0
    )


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings does every concern have the day on which it was seen?",
    source=EVIDENCE,
    does_not_show=TRUE,
    among="screenings_with_concerns",
)
def every_concern_has_a_day(frame: pd.DataFrame) -> Counted:
    """Count screenings whose concerns all have a day."""
    return Counted(frame["n_concerns_with_date"] == frame["n_concerns"], frame["n_concerns"] > 0)


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings is something the child said written down?",
    source=CHILDS_VOICE,
    does_not_show="Whether these are the child's own words, and whether the child was seen alone.",
    among="screenings",
)
def childs_voice_recorded(frame: pd.DataFrame) -> Counted:
    """Count screenings with the child's voice."""
    return Counted(frame["has_child_voice"], all_of(frame))


@measure(
    frame="screenings",
    date="screened_on",
    question="In how many screenings is something that protects the child written down?",
    source=f"{IICSA}, section F.3: the narrative explains protective factors too",
    does_not_show="How strong it is. It lowers no concern.",
    among="screenings",
)
def protective_factors_recorded(frame: pd.DataFrame) -> Counted:
    """Count screenings with something that protects the child."""
    return Counted(frame["has_protective"], all_of(frame))


@measure(
    frame="screenings",
    date="screened_on",
    question="Of how many screenings is the child's ethnicity recorded?",
    source=f"{IICSA}, section H.4: failures to record ethnicity",
    does_not_show="Whether the child was asked. Where a form does not ask, nobody is recorded.",
    among="screenings",
    nobody=("screenings", "ethnicity_recorded", f"screenings where ethnicity is {NOT_KNOWN}"),
)
def ethnicity_recorded(frame: pd.DataFrame) -> Counted:
    """Count screenings whose ethnicity is known."""
    return counted(frame["ethnicity"] != NOT_KNOWN)


@measure(
    frame="cases",
    date="opened_on",
    question="Where a looked-after child's host lead has to be in the care plan, how often is it?",
    source=LOOKED_AFTER,
    does_not_show="Whether the host lead was told anything since.",
    as_it_stands=True,
    among="host_lead_called_for",
)
def host_lead_in_care_plan(frame: pd.DataFrame) -> Counted:
    """Count cases with the host lead in the care plan."""
    return answered(frame["host_lead_named"])


@measure(
    frame="cases",
    date="opened_on",
    question="Where the Independent Reviewing Officer has to see the assessment, how often is it?",
    source=LOOKED_AFTER,
    does_not_show="What the reviewing officer did with it.",
    as_it_stands=True,
    among="reviewing_officer_called_for",
)
def reviewing_officer_sighted(frame: pd.DataFrame) -> Counted:
    """Count cases that the reviewing officer saw."""
    return answered(frame["iro_sighted"])


@measure(
    frame="cases",
    date="opened_on",
    question="How many records hold a phrase that puts blame on a child?",
    source=PHRASES,
    does_not_show="Quotations, which count too; blame in other words.",
    as_it_stands=True,
    among="cases",
)
def records_with_blaming_terms(frame: pd.DataFrame) -> Counted:
    """Count records with at least one blaming phrase."""
    return counted(frame["n_blaming_terms"] > 0)


@measure(
    frame="cases",
    date="opened_on",
    question="How many records hold a correction?",
    source="Local practice: the record is corrected, never edited",
    does_not_show="Mistakes nobody has found. A correction is good practice.",
    as_it_stands=True,
    among="cases",
)
def records_corrected(frame: pd.DataFrame) -> Counted:
    """Count records with at least one correction."""
    return counted(frame["n_corrections"] > 0)


@measure(
    frame="cases",
    date="opened_on",
    question="Of the records that were read, how many were read without a purpose given?",
    source=READS,
    does_not_show="Whether a purpose that was given is a good one.",
    as_it_stands=True,
    among="records_read",
)
def read_without_purpose(frame: pd.DataFrame) -> Counted:
    """Count records read at least once without a purpose."""
    return Counted(frame["n_reads_without_purpose"] > 0, frame["n_reads"] > 0)
