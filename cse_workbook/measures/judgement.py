"""Where do the practitioner's view and the outcome of the rules differ, and how do views move?

A view that differs is no mistake: the rules know only what was answered. What matters is which way
views differ, whether a lower one is explained, and whether views fall too quickly.
"""

import pandas as pd

from cse_workbook.frames.kinds import NOT_GIVEN
from cse_workbook.measures.model import Counted, answered, measure
from cse_workbook.measures.sources import IICSA, LOWER_VIEW, MERSEYSIDE, TOO_QUICKLY

BESIDE = ("same", "higher", "lower")
DIFFER = f"{IICSA}, section F.5: a child known to be at high risk was not classified so"
MOVED = f"{MERSEYSIDE}: since the last review; {IICSA}, section F.5"
# Every view that was given is one of the three.
SIDES = (
    *("screenings", "screenings_without_view"),
    *("view_same_as_outcome", "view_above_outcome", "view_below_outcome"),
)
NOT_RIGHT = "Which of the two was right."


def _beside(column: pd.Series, answer: str) -> Counted:
    """Measure one direction among all pairs of views; a view that was not given is not known."""
    return answered(column, answer, BESIDE)._replace(not_known=column == NOT_GIVEN)


@measure(
    frame="screenings",
    date="screened_on",
    question="How often does the practitioner's view ask for the same as the rules?",
    source=DIFFER,
    does_not_show=NOT_RIGHT,
    among="screenings",
    unknown="screenings_without_view",
    nobody=SIDES,
)
def view_same_as_outcome(frame: pd.DataFrame) -> Counted:
    """Count views that are the same as the route."""
    return _beside(frame["view_beside"], "same")


@measure(
    frame="screenings",
    date="screened_on",
    question="How often does the practitioner's view ask for more than the rules?",
    source=DIFFER,
    does_not_show=NOT_RIGHT,
    among="screenings",
    unknown="screenings_without_view",
    nobody=SIDES,
)
def view_above_outcome(frame: pd.DataFrame) -> Counted:
    """Count views that ask for more than the route."""
    return _beside(frame["view_beside"], "higher")


@measure(
    frame="screenings",
    date="screened_on",
    question="How often does the practitioner's view ask for less than the rules?",
    source=DIFFER,
    does_not_show=NOT_RIGHT,
    among="screenings",
    unknown="screenings_without_view",
    nobody=SIDES,
)
def view_below_outcome(frame: pd.DataFrame) -> Counted:
    """Count views that ask for less than the route."""
    return _beside(frame["view_beside"], "lower")


@measure(
    frame="screenings",
    date="screened_on",
    question="Of the views that ask for less than the rules, how many are explained?",
    source=LOWER_VIEW,
    does_not_show="Whether the reason is a good one.",
    among="view_below_outcome",
)
def lower_view_explained(frame: pd.DataFrame) -> Counted:
    """Count lower views with their reason."""
    return answered(frame["is_lower_explained"])


@measure(
    frame="screenings",
    date="screened_on",
    question="Of the screenings read by a second person, how often do both ask for the same?",
    source="Local practice; no published figure of agreement was found for a UK tool",
    does_not_show="Agreement by chance, for which see Cohen's kappa; and which view was right.",
)
def second_reading_agrees(frame: pd.DataFrame) -> Counted:
    """Count second readings that are the same as the view."""
    return answered(frame["second_beside"], "same", BESIDE)


@measure(
    frame="actions",
    date="done_on",
    question="At how many reviews did the view stand higher than at the review before?",
    source=MOVED,
    does_not_show="Whether the child's life changed, or what is known of it.",
    among="reviews_held",
    unknown="reviews_without_direction",
)
def view_risen_at_review(frame: pd.DataFrame) -> Counted:
    """Count reviews at which the view had risen."""
    return _at_review(frame, frame["view_direction"] == "higher")


@measure(
    frame="actions",
    date="done_on",
    question="At how many reviews did the view stand lower than at the review before?",
    source=MOVED,
    does_not_show="Whether the child's life changed, or what is known of it.",
    among="reviews_held",
    unknown="reviews_without_direction",
)
def view_fallen_at_review(frame: pd.DataFrame) -> Counted:
    """Count reviews at which the view had fallen."""
    return _at_review(frame, frame["view_direction"] == "lower")


@measure(
    frame="actions",
    date="done_on",
    question="At how many reviews had the view fallen by two steps or more since the one before?",
    source=TOO_QUICKLY,
    does_not_show="Whether the fall had its reasons: see the safeguards of step-downs.",
    among="reviews_held",
    unknown="reviews_without_direction",
)
def view_fallen_two_steps_at_review(frame: pd.DataFrame) -> Counted:
    """Count reviews at which the view had fallen by two steps or more."""
    return _at_review(frame, frame["n_steps_fallen"] >= 2)


def _at_review(frame: pd.DataFrame, moved: pd.Series) -> Counted:
    held = (frame["kind"] == "review") & frame["is_done"]
    known = frame["view_direction"].isin(BESIDE)
    return Counted(moved, held & known, held & ~known)


@measure(
    frame="cases",
    date="opened_on",
    question="Of the cases that were reviewed, in how many does the view stand lower since?",
    source=MOVED,
    does_not_show="Falls before the last review.",
    as_it_stands=True,
)
def view_fallen_since_review(frame: pd.DataFrame) -> Counted:
    """Count cases whose view stands lower than at the last review."""
    return answered(frame["view_since_review"], "lower", BESIDE)


@measure(
    frame="actions",
    date="set_on",
    question="How many agreements to lower a view have all three safeguards?",
    source=TOO_QUICKLY,
    does_not_show="How good the evidence is, and how freely the child could speak.",
    among="step_downs",
)
def step_downs_with_all_safeguards(frame: pd.DataFrame) -> Counted:
    """Count step-downs with evidence, the child's or family's view, and a second reader."""
    return answered(frame["has_all_safeguards"])
