"""What did the readers find?

Counts of each grade, of all that were read. What would be true of all cases is not told: by stratum
the counts are so small that nearly all of them are hidden.
"""

from typing import Final

import pandas as pd

from cse_workbook.measures import wilson
from cse_workbook.sampling.drawing import Sample
from cse_workbook.sampling.questions import DOES_NOT_APPLY, QUESTIONS
from cse_workbook.sampling.sheet import graded

_GRADED: Final = pd.MultiIndex.from_tuples(
    [(each.key, grade) for each in QUESTIONS for grade in each.grades if grade != DOES_NOT_APPLY],
    names=["measure", "grade"],
)
PLAINLY: Final = (
    "Each line counts cases that were read. Where a question does not apply to a case, the case is"
    " not counted for it.",
    "The ratio takes every case alike, so it speaks of the cases that were read, not of all cases:"
    " of a small stratum a larger share was drawn. Its interval (Wilson, 95 %) says how far chance"
    " could move it, if all cases had been equally likely to be drawn.",
    "Few cases were read. The figures say where to look, and rank nobody.",
)


def results(filled: pd.DataFrame, sample: Sample) -> pd.DataFrame:
    """Count a filled reading sheet of a sample.

    A row a question and grade: `measure`, `grade`, `numerator`, `denominator` (all who were graded,
    whatever the grade), `ratio`, `low` and `high` (Wilson, 95 %). Raises SAMPLE_03 to SAMPLE_10 as
    `graded` does.
    """
    read = graded(filled, sample)
    given = [int((read[key] == grade).sum()) for key, grade in _GRADED]
    counts = _GRADED.to_frame(index=False).assign(numerator=pd.array(given, "Int64"))
    counts["denominator"] = counts.groupby("measure")["numerator"].transform("sum")
    counts["ratio"] = (counts["numerator"] / counts["denominator"]).astype("Float64")
    counts["low"], counts["high"] = wilson(counts["numerator"], counts["denominator"])
    return counts
