"""What are the figures of these measures, in this period, by these groups?

The runner chooses the rows of a period, lets each measure count them, and adds ratio and interval.
The table has always the same columns. It ranks nobody: groups stand in the order of their names,
and the group for which something is not known is always shown, even if it is empty. Small numbers
are not protected here but once, at the end, by disclosure control.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from cse_workbook.errors import Problem, WorkbookError, near, problem
from cse_workbook.frames.declared import SCHEMAS
from cse_workbook.frames.kinds import NOT_KNOWN
from cse_workbook.measures.model import Counted, Measure
from cse_workbook.measures.period import Period

# Units of the columns by which a table can be broken down: words and claims, never numbers or days.
GROUPING: Final = ("word", "true or false")
CONFIDENCE: Final = 0.95
WHEN: Final = ("measure", "period_start", "period_end")
FIGURES: Final = ("numerator", "denominator", "ratio", "low", "high", "n_not_known")
QUARTILES: Final[Mapping[str, float]] = {
    "lower_quartile": 0.25,
    "median": 0.5,
    "upper_quartile": 0.75,
}

# What two measures share that look at the same rows: frame, date, and whether as they stand.
Choice = tuple[str, str, bool]


class Chosen(NamedTuple):
    """The rows of a period, and their groups: one series a column to group by."""

    rows: pd.DataFrame
    keys: list[pd.Series]


def run(
    frames: Mapping[str, pd.DataFrame],
    measures: Sequence[Measure],
    period: Period,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Count each measure in a period, one row a group.

    Gives measure, period_start, period_end, the columns of `by`, numerator, denominator, ratio, low
    and high (Wilson, 95 %), n_not_known, and for times lower_quartile, median and upper_quartile in
    working days of those in the numerator. A ratio without a denominator is blank; n_not_known and
    the quartiles are blank where they do not apply. Raises MEASURE_04 for a group that a frame does
    not have or that may not stand in a table.
    """
    problems = [found for each in measures for found in _misfits(each, by)]
    if problems:
        raise WorkbookError(problems)
    chosen: dict[Choice, Chosen] = {}
    for each in measures:
        if _choice(each) not in chosen:
            chosen[_choice(each)] = _choose(frames[each.frame], each, period, by)
    tables = [_counted(chosen[_choice(each)], each, period, by) for each in measures]
    return pd.concat(tables, ignore_index=True)[[*WHEN, *by, *FIGURES, *QUARTILES]]


def wilson(numerator: pd.Series, denominator: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Give the Wilson interval (95 %) of each ratio, blank where there is no denominator.

    Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the
    American Statistical Association 22 (1927).
    """
    some = denominator > 0
    bounds = proportion_confint(
        numerator[some].to_numpy(dtype=float),
        denominator[some].to_numpy(dtype=float),
        alpha=1 - CONFIDENCE,
        method="wilson",
    )
    low, high = (
        pd.Series(bound, index=numerator.index[some], dtype="Float64").reindex(numerator.index)
        for bound in bounds
    )
    return low, high


def groups(frame: str) -> tuple[str, ...]:
    """Give the columns by which a frame can be broken down: of words, and not personal."""
    return tuple(
        str(name)
        for name, column in SCHEMAS[frame].columns.items()
        if not column.metadata["personal"] and column.metadata["unit"] in GROUPING
    )


def _misfits(measure: Measure, by: Sequence[str]) -> list[Problem]:
    """Find the groups that the frame of a measure does not have, or may not show."""
    known = groups(measure.frame)
    where = f"measure “{measure.key}”"
    return [
        problem("MEASURE_04", where, group=each, frame=measure.frame, near=near(each, known))
        for each in by
        if each not in known
    ]


def _choice(measure: Measure) -> Choice:
    return measure.frame, measure.date, measure.as_it_stands


def _choose(frame: pd.DataFrame, measure: Measure, period: Period, by: Sequence[str]) -> Chosen:
    """Choose the rows of a period, and name the groups of each."""
    days = frame[measure.date]
    rows = frame[period.reaches(days) if measure.as_it_stands else period.covers(days)]
    keys = [_named(frame[each], rows[each]) for each in by]
    return Chosen(rows, keys or [_everybody(rows)])


def _counted(chosen: Chosen, measure: Measure, period: Period, by: Sequence[str]) -> pd.DataFrame:
    """Count one measure, one row a group."""
    counted = measure.count(chosen.rows)
    table = _sums(counted, chosen.keys)
    if measure.of_all:
        table["denominator"] = table["denominator"].sum()
    table["ratio"] = (table["numerator"] / table["denominator"]).astype("Float64")
    table["low"], table["high"] = wilson(table["numerator"], table["denominator"])
    for column, share in QUARTILES.items():
        table[column] = _quantile(counted, chosen.keys, share, table.index)
    table.insert(0, "measure", measure.key)
    table.insert(1, "period_start", pd.Timestamp(period.start))
    table.insert(2, "period_end", pd.Timestamp(period.end))
    return table.reset_index(names=list(by) or ["all"])


def _named(whole: pd.Series, rows: pd.Series) -> pd.Series:
    """Name the group of each row. All groups of the whole frame are known in every period."""
    found = sorted({str(value) for value in whole.dropna().unique()} - {NOT_KNOWN})
    return rows.astype("str").fillna(NOT_KNOWN).astype(pd.CategoricalDtype([*found, NOT_KNOWN]))


def _everybody(chosen: pd.DataFrame) -> pd.Series:
    """Put all rows into one group, which stands in the table even without a row."""
    return pd.Series("all", chosen.index, dtype=pd.CategoricalDtype(["all"]))


def _sums(counted: Counted, keys: Sequence[pd.Series]) -> pd.DataFrame:
    """Count the rows of each group, in whole numbers."""
    flags = {
        "numerator": counted.numerator & counted.denominator,
        "denominator": counted.denominator,
    }
    if counted.not_known is not None:
        flags["n_not_known"] = counted.not_known
    sums = pd.DataFrame(flags).astype("Int64").groupby(list(keys), observed=False).sum()
    if counted.not_known is None:
        sums["n_not_known"] = pd.Series(pd.NA, sums.index, dtype="Int64")
    return sums


def _quantile(
    counted: Counted, keys: Sequence[pd.Series], share: float, groups: pd.Index
) -> pd.Series:
    """Give a quantile of the days of each group, blank for a measure that is no time."""
    if counted.days is None:
        return pd.Series(pd.NA, groups, dtype="Float64")
    days = counted.days.where(counted.numerator & counted.denominator).astype("Float64")
    return days.groupby(list(keys), observed=False).quantile(share).reindex(groups)
