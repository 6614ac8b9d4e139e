"""Twelve measures, said again in SQL and counted by DuckDB on 100,000 made-up rows a frame.

The SQL is written from the questions, not from the functions. Each is counted by agency, in a
quarter, and for two of them the quartiles of the days are compared too.
"""

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd
import pytest

from cse_workbook.frames import SCHEMAS
from cse_workbook.measures import MEASURES, read_period, run
from tests.made_up_frames import made_up

N_ROWS = 100_000
QUARTER = read_period("2026-Q2")
WITHIN = "BETWEEN DATE '2026-04-01' AND DATE '2026-06-30'"
BY_THEN = "<= DATE '2026-06-30'"

# measure: (rows of the period, in the numerator, in the denominator)
ASKED = {
    "view_below_outcome": (
        f"screened_on {WITHIN}",
        "view_beside = 'lower'",
        "view_beside <> 'not_given'",
    ),
    "every_concern_has_evidence": (
        f"screened_on {WITHIN}",
        "n_concerns > 0 AND n_concerns - n_concerns_with_evidence = 0",
        "n_concerns > 0",
    ),
    "nothing_decisive_unknown": (
        f"screened_on {WITHIN}",
        "n_decisive_not_known = 0 AND n_decisive_blank = 0",
        "true",
    ),
    "screening_to_referral": (
        f"screened_on {WITHIN}",
        "working_days_to_referral IS NOT NULL",
        "referred_on IS NULL OR working_days_to_referral IS NOT NULL",
    ),
    "referral_to_acknowledgement": (
        f"sent_on {WITHIN}",
        "working_days_to_acknowledgement IS NOT NULL",
        "NOT is_acknowledged OR working_days_to_acknowledgement IS NOT NULL",
    ),
    "referred_again_within_12_months": (
        f"sent_on {WITHIN}",
        "is_rereferral_12_months",
        "true",
    ),
    "return_interview_accepted": (
        f"missing_on {WITHIN}",
        "interview_accepted = 'yes'",
        "interview_accepted = 'yes' OR interview_accepted = 'no'",
    ),
    "return_interview_in_time": (
        f"missing_on {WITHIN}",
        "interview_in_time = 'yes'",
        "interview_in_time NOT IN ('not_yet', 'does_not_apply')",
    ),
    "reviews_on_time": (
        f"due_on {WITHIN} AND kind = 'review'",
        "is_on_time = 'yes'",
        "is_on_time NOT IN ('not_yet', 'does_not_apply')",
    ),
    "view_fallen_two_steps_at_review": (
        f"done_on {WITHIN} AND kind = 'review' AND is_done",
        "n_steps_fallen > 1 AND view_direction NOT IN ('not_given', 'does_not_apply')",
        "view_direction NOT IN ('not_given', 'does_not_apply')",
    ),
    "review_overdue": (f"opened_on {BY_THEN}", "is_open AND is_review_overdue", "is_open"),
    "child_interviewed_in_time_every_time": (
        f"opened_on {BY_THEN}",
        "n_interviews_in_time > 0 AND n_interviews_late = 0",
        "n_interviews_in_time > 0 OR n_interviews_late > 0",
    ),
}
DAYS = {
    "screening_to_referral": "working_days_to_referral",
    "referral_to_acknowledgement": "working_days_to_acknowledgement",
}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return {name: made_up(name, N_ROWS) for name in SCHEMAS}


def in_sql(frames: Mapping[str, pd.DataFrame], key: str) -> list[tuple[Any, ...]]:
    """Count numerator and denominator by agency, and the quartiles of the days if there are any."""
    rows, numerator, denominator = ASKED[key]
    frame = frames[MEASURES[key].frame]
    days = DAYS.get(key, "NULL::INTEGER")
    with duckdb.connect() as database:
        database.register("frame", frame)
        return database.sql(
            f"SELECT agency, count(*) FILTER (WHERE {numerator}),"
            f" count(*) FILTER (WHERE {denominator}),"
            f" quantile_cont({days}, [0.25, 0.5, 0.75])"
            f" FROM frame WHERE {rows} GROUP BY agency ORDER BY agency"
        ).fetchall()


@pytest.mark.parametrize("key", ASKED)
def test_sql_counts_the_same(frames: dict[str, pd.DataFrame], key: str) -> None:
    found = run(frames, [MEASURES[key]], QUARTER, ["agency"])

    said = in_sql(frames, key)
    assert [row[:3] for row in said] == list(
        found[["agency", "numerator", "denominator"]].itertuples(index=False, name=None)
    )
    assert min(row[1] for row in said) > 0


@pytest.mark.parametrize("key", DAYS)
def test_sql_finds_the_same_quartiles(frames: dict[str, pd.DataFrame], key: str) -> None:
    found = run(frames, [MEASURES[key]], QUARTER, ["agency"])

    assert [row[3] for row in in_sql(frames, key)] == (
        found[["lower_quartile", "median", "upper_quartile"]].astype(float).to_numpy().tolist()
    )
