"""What are the figures of these measures, in this period, by these groups?

The rows of a period are counted in `tallies`; here their numbers become a table, with quartiles,
ratio and interval. It has always the same columns. It ranks nobody: groups stand in the order of
their names or of their declaration, never of their figures, and the group for which something is
not known is always shown, even if it is empty.
Small numbers are not protected here but once, at the end, by disclosure control.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from cse_workbook.errors import Problem, WorkbookError, near, problem
from cse_workbook.frames.declared import SCHEMAS
from cse_workbook.frames.kinds import NOT_KNOWN, in_order
from cse_workbook.measures.model import Measure
from cse_workbook.measures.period import Period
from cse_workbook.measures.tallies import ALL, DAYS, Part, tallied

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


class Count(Protocol):
    """What counts measures: see `run`."""

    def __call__(
        self,
        frames: Mapping[str, pd.DataFrame],
        measures: Sequence[Measure],
        period: Period,
        by: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Give the table of `run`."""
        ...


def run(
    frames: Mapping[str, pd.DataFrame],
    measures: Sequence[Measure],
    period: Period,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Count each measure in a period, one row a group.

    Gives measure, period_start (blank of what is counted as it stands), period_end, the columns of
    `by`, numerator, denominator, ratio, low and high (Wilson, 95 %), n_not_known, and for times
    lower_quartile, median and upper_quartile in working days of those in the numerator. A ratio
    without a denominator is blank; n_not_known and the quartiles are blank where they do not apply.
    Raises MEASURE_04 for a group that a frame does not have or that may not stand in a table.
    """
    asked = asked_of(measures, by)
    parts = {name: tallied(frames[name], found, period, by) for name, found in asked.items()}
    return figures(parts, measures, period, by)


def asked_of(measures: Sequence[Measure], by: Sequence[str]) -> dict[str, list[Measure]]:
    """Give the measures that are asked of each frame. Raises MEASURE_04, as `run` does."""
    problems = [found for each in measures for found in _misfits(each, by)]
    if problems:
        raise WorkbookError(problems)
    asked: dict[str, list[Measure]] = {}
    for each in measures:
        asked.setdefault(each.frame, []).append(each)
    return asked


def figures(
    parts: Mapping[str, Part], measures: Sequence[Measure], period: Period, by: Sequence[str]
) -> pd.DataFrame:
    """Work out the table of `run` from what each frame comes to."""
    tables = [_sums(parts[each.frame], each, by) for each in measures]
    table = pd.concat(tables, ignore_index=True)
    # What is counted as it stands is counted from the beginning on.
    standing = {each.key for each in measures if each.as_it_stands}
    table["period_start"] = pd.Series(pd.Timestamp(period.start), table.index).mask(
        table["measure"].isin(standing)
    )
    table["period_end"] = pd.Timestamp(period.end)
    table["ratio"] = (table["numerator"] / table["denominator"]).astype("Float64")
    table["low"], table["high"] = wilson(table["numerator"], table["denominator"])
    return table[[*WHEN, *by, *FIGURES, *QUARTILES]]


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


def _sums(part: Part, measure: Measure, by: Sequence[str]) -> pd.DataFrame:
    """Give the counts and quartiles of one measure, one row a group, even for one without rows."""
    # In the order of their names or of their declaration, never of their figures; not known last.
    columns = SCHEMAS[measure.frame].columns
    words = {
        key: [*in_order(columns[key], found), NOT_KNOWN]
        for key, found in zip(by, part.groups, strict=True)
    }
    names, product = list(words) or [ALL], itertools.product(*words.values() or [[ALL]])
    cells = pd.DataFrame(product, columns=names).set_index(names).index
    tally = part.tallies[measure.key]
    table = tally.sums.reindex(cells, fill_value=0).astype("Int64")
    if "n_not_known" not in table:
        table["n_not_known"] = pd.Series(pd.NA, cells, dtype="Int64")
    if measure.of_all:
        table["denominator"] = table["denominator"].sum()
    table = table.join(_quartiles(tally.days, cells)).assign(measure=measure.key)
    groups = {key: pd.CategoricalDtype(found) for key, found in words.items()}
    return table.reset_index().astype(groups)


def _quartiles(days: pd.Series | None, cells: pd.Index) -> pd.DataFrame:
    """Give the quartiles of the days of each group, blank for a measure that is no time."""
    each = () if days is None else days.groupby(level=list(cells.names))
    found: dict[Any, list[float]] = {cell: _quantiles(rows) for cell, rows in each}
    blank = [pd.NA] * len(QUARTILES)
    rows = [found.get(cell, blank) for cell in cells.to_frame().itertuples(index=False, name=None)]
    return pd.DataFrame(rows, cells, list(QUARTILES), dtype="Float64")


def _quantiles(rows: pd.Series) -> list[float]:
    """Find the quantiles among so many rows of each number of days, between two days linearly."""
    days, up_to = rows.index.get_level_values(DAYS).to_numpy(), rows.cumsum().to_numpy()
    places = np.array(list(QUARTILES.values())) * (up_to[-1] - 1)
    before = np.floor(places)
    lower = days[np.searchsorted(up_to, before, side="right")]
    upper = days[np.searchsorted(up_to, np.ceil(places), side="right")]
    return list(lower + (upper - lower) * (places - before))
