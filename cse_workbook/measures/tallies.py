"""What does a part of a frame come to, so that the parts of a large frame can be counted apart?

A measure looks at each row by itself. All that has to be kept of a part are whole numbers of rows,
by group, and for a time by number of days; the numbers of all parts are added. A frame that is
whole is one part: there is no second way to count. What the numbers mean is worked out once, from
their sums, in `running`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from cse_workbook.frames.kinds import NOT_KNOWN
from cse_workbook.measures.model import Counted, Measure
from cse_workbook.measures.period import Period

ALL: Final = "all"  # the only group of a table that is not broken down
DAYS: Final = "days"

Flags = npt.NDArray[np.bool_]

# What two measures share that look at the same rows: date, and whether as they stand.
Choice = tuple[str, bool]


class Tally(NamedTuple):
    """How many rows a measure counts in each group.

    `sums` has numerator, denominator and, if the measure tells it, n_not_known. `days`, for a time,
    has the rows of the numerator by group and, in the last level, by number of days.
    """

    sums: pd.DataFrame
    days: pd.Series | None


class Part(NamedTuple):
    """The tallies of a part, by measure, and the groups there are in each column to group by.

    Groups are those of all rows of the part, also of those outside the period.
    """

    tallies: Mapping[str, Tally]
    groups: Sequence[frozenset[str]]


class Rows:
    """Rows of a frame, of which a column is taken when it is asked for: a measure looks at few."""

    def __init__(self, frame: pd.DataFrame, chosen: Flags) -> None:
        """Take the rows that are chosen."""
        self._frame, self._places = frame, np.flatnonzero(chosen)
        self._taken: dict[str, pd.Series] = {}
        self.index = frame.index[self._places]

    def __getitem__(self, column: str) -> pd.Series:
        """Give one column."""
        if column not in self._taken:
            self._taken[column] = self._frame[column].take(self._places)
        return self._taken[column]


class Chosen(NamedTuple):
    """The rows of a period, the words of their groups, the cell of each row, and all cells."""

    rows: Rows
    words: pd.DataFrame
    places: npt.NDArray[Any]
    cells: pd.Index


def tallied(
    frame: pd.DataFrame, measures: Sequence[Measure], period: Period, by: Sequence[str]
) -> Part:
    """Count measures of one frame in a part of it."""
    chosen: dict[Choice, Chosen] = {}
    tallies = {}
    for each in measures:
        choice = each.date, each.as_it_stands
        if choice not in chosen:
            chosen[choice] = _choose(frame, each, period, by)
        # A measure asks a frame for columns and for its index, and these are what rows give.
        rows = cast(pd.DataFrame, chosen[choice].rows)
        tallies[each.key] = _tally(each.count(rows), chosen[choice])
    groups = (frozenset(map(str, frame[each].dropna().unique())) for each in by)
    return Part(tallies, [found - {NOT_KNOWN} for found in groups])


def added(parts: Sequence[Part]) -> Part:
    """Add up the parts of one frame, of which there is at least one."""
    if len(parts) == 1:
        return parts[0]
    tallies = {
        key: Tally(
            _sum([part.tallies[key].sums for part in parts]),
            None if tally.days is None else _sum([part.tallies[key].days for part in parts]),
        )
        for key, tally in parts[0].tallies.items()
    }
    groups = zip(*(part.groups for part in parts), strict=True)
    return Part(tallies, [frozenset().union(*found) for found in groups])


def _sum(tables: Sequence[Any]) -> Any:
    whole = pd.concat(tables)
    return whole.groupby(level=list(whole.index.names)).sum()


def _choose(frame: pd.DataFrame, measure: Measure, period: Period, by: Sequence[str]) -> Chosen:
    """Choose the rows of a period, and find the group of each."""
    days = frame[measure.date]
    inside = period.reaches(days) if measure.as_it_stands else period.covers(days)
    rows = Rows(frame, inside.to_numpy(dtype=bool))
    if not by:
        words = pd.DataFrame({ALL: pd.Series(ALL, rows.index, dtype="str")})
        cells = words.head(1).set_index(ALL).index
        return Chosen(rows, words, np.zeros(len(words), dtype=np.intp), cells)
    words = pd.DataFrame({each: rows[each].astype("str").fillna(NOT_KNOWN) for each in by})
    grouped = words.groupby(list(words), sort=False)
    # The first row of each group stands for it; they come in the order of their numbers.
    cells = grouped.head(1).set_index(list(words)).index
    return Chosen(rows, words, grouped.ngroup().to_numpy(), cells)


def _tally(counted: Counted, chosen: Chosen) -> Tally:
    """Count the rows of each group, in whole numbers."""
    inside = _flags(counted.numerator & counted.denominator)
    flags = {"numerator": inside, "denominator": _flags(counted.denominator)}
    if counted.not_known is not None:
        flags["n_not_known"] = _flags(counted.not_known)
    n_cells = len(chosen.cells)
    sums = pd.DataFrame(
        {name: np.bincount(chosen.places[flag], minlength=n_cells) for name, flag in flags.items()},
        index=chosen.cells,
    )
    return Tally(sums, None if counted.days is None else _by_days(counted.days, inside, chosen))


def _by_days(days: pd.Series, inside: Flags, chosen: Chosen) -> pd.Series:
    here = inside & days.notna().to_numpy()
    table = chosen.words[here].assign(**{DAYS: days[here].astype("int64")})
    return table.groupby([*chosen.words, DAYS]).size()


def _flags(claims: pd.Series) -> Flags:
    """Give claims as plain ones; what is not known is not claimed."""
    return claims.to_numpy(dtype=bool, na_value=False)
