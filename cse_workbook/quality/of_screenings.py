"""Is a screening written so that somebody who opens it in a year can see what was known?"""

from typing import Final

import pandas as pd

from cse_workbook.frames.kinds import NO, NOT_GIVEN, NOT_KNOWN, YES
from cse_workbook.measures.model import Counted, answered, counted
from cse_workbook.measures.sources import (
    ANSWERED,
    CHILDS_VOICE,
    DECISIVE,
    EVIDENCE,
    IICSA,
    LOWER_VIEW,
    ROUTES,
)
from cse_workbook.measures.volumes import REFER
from cse_workbook.quality.model import rule

WHO: Final = f"{IICSA}, sections D.3 (boys), D.4 (children with disabilities) and H.4 (ethnicity)"


def _every(frame: pd.DataFrame, part: str) -> Counted:
    """Look at screenings with concerns; those break it of which some concerns lack something."""
    return Counted(frame[part] < frame["n_concerns"], frame["n_concerns"] > 0)


@rule(
    code="RQ_01",
    frame="screenings",
    fields=("n_concerns", "n_concerns_with_evidence"),
    message="A yes or a possible has no evidence in words.",
    repair="Write in a sentence what was seen or heard.",
    source=EVIDENCE,
    among="screenings_with_concerns",
    counts="screenings_with_concerns but not every_concern_has_evidence",
)
def concern_without_evidence(frame: pd.DataFrame) -> Counted:
    """Find concerns without evidence."""
    return _every(frame, "n_concerns_with_evidence")


@rule(
    code="RQ_02",
    frame="screenings",
    fields=("n_concerns", "n_concerns_with_date"),
    message="A yes or a possible has no day on which it was seen.",
    repair="Add the day, or the first day of the week or month it was in.",
    source=EVIDENCE,
    among="screenings_with_concerns",
    counts="screenings_with_concerns but not every_concern_has_a_day",
)
def concern_without_day(frame: pd.DataFrame) -> Counted:
    """Find concerns without a day."""
    return _every(frame, "n_concerns_with_date")


@rule(
    code="RQ_03",
    frame="screenings",
    fields=("n_concerns", "n_concerns_with_source"),
    message="A yes or a possible does not say from whom or what it is known.",
    repair="Name the source, such as a log or a conversation.",
    source=EVIDENCE,
    among="screenings_with_concerns",
)
def concern_without_source(frame: pd.DataFrame) -> Counted:
    """Find concerns without a source."""
    return _every(frame, "n_concerns_with_source")


@rule(
    code="RQ_04",
    frame="screenings",
    fields=("has_child_voice",),
    message="Nothing the child said is written down.",
    repair="Write what the child said, in the child's words, or who will speak with the child.",
    source=CHILDS_VOICE,
    among="screenings",
    counts="screenings but not childs_voice_recorded",
)
def no_child_voice(frame: pd.DataFrame) -> Counted:
    """Find screenings without the child's voice."""
    return counted(~frame["has_child_voice"])


@rule(
    code="RQ_05",
    frame="screenings",
    fields=("view",),
    message="The practitioner's own view is not given.",
    repair="Give a view: the rules know only what was answered.",
    source=f"{IICSA}, section F.3: a list does not replace professional judgement",
    among="screenings",
    counts="screenings_without_view",
    nobody=("screenings_without_view", f"screenings where view is {NOT_GIVEN}"),
)
def no_view(frame: pd.DataFrame) -> Counted:
    """Find screenings without a view."""
    return counted(frame["view"] == NOT_GIVEN)


@rule(
    code="RQ_06",
    frame="screenings",
    fields=("view", "n_drivers"),
    message="The view does not say what drives it.",
    repair="Name one to three things that drive the view.",
    source="Local practice: a view names one to three things that drive it",
    among="screenings",
    unknown="screenings_without_view",
)
def view_without_driver(frame: pd.DataFrame) -> Counted:
    """Find views without a driver."""
    return Counted(frame["n_drivers"] == 0, frame["view"] != NOT_GIVEN)


@rule(
    code="RQ_07",
    frame="screenings",
    fields=("is_lower_explained",),
    message="The view asks for less than the rules, and does not say why.",
    repair="Write the reason, and who was consulted.",
    source=LOWER_VIEW,
    among="view_below_outcome",
    counts="view_below_outcome but not lower_view_explained",
)
def lower_view_unexplained(frame: pd.DataFrame) -> Counted:
    """Find lower views without their reason."""
    return answered(frame["is_lower_explained"], NO, (YES, NO))


@rule(
    code="RQ_08",
    frame="screenings",
    fields=("n_all_at_once",),
    message="Questions were marked not known in one go.",
    repair="Go through them one by one, and ask those who would know.",
    source=ANSWERED,
    among="screenings",
    counts="marked_not_known_in_one_go",
)
def not_known_in_one_go(frame: pd.DataFrame) -> Counted:
    """Find screenings with questions marked in one go."""
    return counted(frame["n_all_at_once"] > 0)


@rule(
    code="RQ_09",
    frame="screenings",
    fields=("n_decisive_not_known", "n_decisive_blank", "days_to_next_screening"),
    message="An answer is still open that alone would raise the route.",
    repair="Ask who would know, and screen again with the answer.",
    source=DECISIVE,
)
def decisive_unknown_left_open(frame: pd.DataFrame) -> Counted:
    """Look at screenings that no other follows; those break it that leave such an answer open."""
    left_open = (frame["n_decisive_not_known"] + frame["n_decisive_blank"]) > 0
    return Counted(left_open, frame["days_to_next_screening"].isna())


@rule(
    code="RQ_10",
    frame="screenings",
    fields=("n_asked", "n_blank"),
    message="A question was left blank that should be answered.",
    repair="Answer it: not known is an answer too.",
    source=ANSWERED,
    among="screenings",
    counts="screenings but not nothing_left_blank",
)
def question_left_blank(frame: pd.DataFrame) -> Counted:
    """Find screenings with a blank."""
    return Counted(frame["n_blank"] > 0, frame["n_asked"] > 0)


@rule(
    code="RQ_11",
    frame="screenings",
    fields=("n_asked", "n_blank", "n_not_known"),
    message="No question was answered with yes, possible or no.",
    repair="Ask those who know the child, and screen again; keep the worry that was written.",
    source=ANSWERED,
    among="screenings",
)
def nothing_answered(frame: pd.DataFrame) -> Counted:
    """Find screenings in which everything is blank or not known."""
    nothing = (frame["n_blank"] + frame["n_not_known"]) == frame["n_asked"]
    return Counted(nothing, frame["n_asked"] > 0)


@rule(
    code="RQ_12",
    frame="screenings",
    fields=("route", "referred_on"),
    message="The route asks for a referral now, and none is recorded.",
    repair="Refer today, or record the referral that was made.",
    source=ROUTES,
    among="routed_to_referral",
    counts="routed_to_referral but not referred_where_the_route_asks",
)
def no_referral_where_the_route_asks(frame: pd.DataFrame) -> Counted:
    """Find screenings with a route to a referral, and no referral before the next screening."""
    return Counted(frame["referred_on"].isna(), frame["route"].isin(REFER))


@rule(
    code="RQ_13",
    frame="screenings",
    fields=("sex",),
    message="The child's sex is not recorded.",
    repair="Record it where the form asks; one that does not ask hides that boys are overlooked.",
    source=WHO,
    among="screenings",
    nobody=("RQ_13", f"screenings where sex is {NOT_KNOWN}"),
)
def sex_not_recorded(frame: pd.DataFrame) -> Counted:
    """Find screenings without the child's sex."""
    return counted(frame["sex"] == NOT_KNOWN)


@rule(
    code="RQ_14",
    frame="screenings",
    fields=("ethnicity",),
    message="The child's ethnicity is not recorded.",
    repair="Record it where the form asks; one that does not ask hides whom it overlooks.",
    source=WHO,
    among="screenings",
    counts="screenings but not ethnicity_recorded",
)
def ethnicity_not_recorded(frame: pd.DataFrame) -> Counted:
    """Find screenings without the child's ethnicity."""
    return counted(frame["ethnicity"] == NOT_KNOWN)


@rule(
    code="RQ_15",
    frame="screenings",
    fields=("disability",),
    message="It is not known whether the child is disabled.",
    repair="Ask the school or the family: disabled children are missed.",
    source=WHO,
    among="screenings",
    nobody=("RQ_15", f"screenings where disability is {NOT_KNOWN}"),
)
def disability_not_known(frame: pd.DataFrame) -> Counted:
    """Find screenings in which a disability is not known."""
    return counted(frame["disability"] == NOT_KNOWN)
