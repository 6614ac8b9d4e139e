"""What did the readers find, and what does that say of all cases?

Counts of each grade, of all that were read and by stratum. A stratum of which more were drawn than
its share would call for tells too much in the plain ratio: `weighted` gives each stratum the share
that it has among all cases.
"""

from typing import Any, Final

import msgspec
import pandas as pd

from cse_workbook.measures import wilson
from cse_workbook.sampling.drawing import Sample
from cse_workbook.sampling.questions import DOES_NOT_APPLY, QUESTIONS
from cse_workbook.sampling.sheet import graded

_KEYS: Final = ["measure", "grade"]
_GRADED: Final = pd.MultiIndex.from_tuples(
    [(each.key, grade) for each in QUESTIONS for grade in each.grades if grade != DOES_NOT_APPLY],
    names=_KEYS,
)
PLAINLY: Final = (
    "Each line counts cases that were read. Where a question does not apply to a case, the case is"
    " not counted for it.",
    "The ratio takes every case alike, so it speaks of the cases that were read. Its interval"
    " (Wilson, 95 %) says how far chance could move it, if all cases had been equally likely to be"
    " drawn.",
    "The weighted ratio gives each stratum the share that it has among all cases, so it speaks of"
    " all cases. It has no interval of its own: with few cases it is no surer than the ratio.",
    "Few cases were read. The figures say where to look, and rank nobody.",
)


class Results(msgspec.Struct, frozen=True):
    """What readers found.

    `counts`: a row a question and grade, with `measure`, `grade`, `numerator`, `denominator` (all
    who were graded, whatever the grade), `ratio`, `low` and `high` (Wilson, 95 %). `by_stratum`:
    `measure`, `grade` (those to whom a question does not apply as well), the columns of the strata,
    and `numerator`.
    """

    counts: pd.DataFrame
    by_stratum: pd.DataFrame

    def __repr__(self) -> str:
        """Show how much was counted, never what."""
        return f"Results({len(self.counts)} counts, {len(self.by_stratum)} by stratum)"


def results(filled: pd.DataFrame, sample: Sample) -> Results:
    """Count a filled reading sheet of a sample. Raises SAMPLE_03 to SAMPLE_10 as `graded` does."""
    by_stratum = _by_stratum(graded(filled, sample), sample.columns)
    found = by_stratum.groupby(_KEYS)["numerator"].sum()
    counts = found.reindex(_GRADED, fill_value=0).reset_index()
    counts["denominator"] = counts.groupby("measure")["numerator"].transform("sum")
    counts["ratio"] = (counts["numerator"] / counts["denominator"]).astype("Float64")
    counts["low"], counts["high"] = wilson(counts["numerator"], counts["denominator"])
    return Results(counts, by_stratum)


def _by_stratum(read: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    strata = [read[each] for each in columns]
    tables = [
        (read[question.key] == grade)
        .astype("Int64")
        .groupby(strata)
        .sum()
        .rename("numerator")
        .reset_index()
        .assign(measure=question.key, grade=grade)
        for question in QUESTIONS
        for grade in question.grades
    ]
    return pd.concat(tables, ignore_index=True)[[*_KEYS, *columns, "numerator"]]


def weighted(counts: pd.DataFrame, by_stratum: pd.DataFrame, strata: pd.DataFrame) -> pd.DataFrame:
    """Give `counts` with a column `weighted`: the ratio if each stratum had its share of all cases.

    Takes the tables of `Results` and `Sample`, as they were counted or as they are printed: where a
    number is hidden, and where the plain ratio is blank, the weighted one is blank too.
    """
    columns = [each for each in strata if each not in ("size", "drawn")]
    rows = by_stratum.merge(strata, on=columns)
    stands_for = _numbers(rows["size"]) / _numbers(rows["drawn"])
    told = rows[_KEYS].assign(cases=_numbers(rows["numerator"]) * stands_for)
    told = told[told["grade"] != DOES_NOT_APPLY]
    part = told.groupby(_KEYS)["cases"].agg(_sum)
    whole = part.groupby("measure").agg(_sum)
    ratio = part / whole.reindex(part.index, level="measure")
    found = counts[_KEYS].join(ratio.rename("ratio"), on=_KEYS)["ratio"]
    return counts.assign(weighted=found.where(counts["ratio"].notna()).astype("Float64"))


def _numbers(counts: "pd.Series[Any]") -> "pd.Series[float]":
    return pd.to_numeric(counts, errors="coerce").astype("float64")


def _sum(cases: "pd.Series[float]") -> float:
    """Add up; what is hidden in one stratum is hidden in the sum."""
    return float(cases.sum(skipna=False))
