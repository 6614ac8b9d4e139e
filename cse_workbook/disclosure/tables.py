"""How may a whole table be printed?

Each count by itself first, then what would give a hidden one away, then the ratios, from what is
printed. Printed counts are whole numbers or one of four marks: `*` (1 up to the limit), “all but *”
(all of the denominator but 1 up to the limit), “not shown” (hidden because another hidden number
could be worked out from it) and “not asked”.

Source: as for `numbers`: other counts to the nearest 5, totals rounded by themselves, percentages
from the rounded values. Protection comes last, for tables, pictures, text and files alike.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from cse_workbook.disclosure.cells import UNTOLD, Cell, Marks, families
from cse_workbook.disclosure.hiding import Weighing, secured
from cse_workbook.disclosure.layout import (
    NO_MEANINGS,
    OTHERS,
    PART,
    RATES,
    TIMES,
    WHOLE,
    Layout,
    Meaning,
    printed,
    rows,
    shares_of,
)
from cse_workbook.disclosure.reach import STEPS, Contradiction, TooMuch
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.policy import Disclosure

_ALPHA: Final = 0.05  # of a 95 % interval


def protect(
    table: pd.DataFrame,
    counts: Sequence[str],
    margins: Mapping[str, str],
    disclosure: Disclosure,
    of_all: Sequence[bool] | None = None,
    some: Sequence[str] = (),
    before: Sequence[tuple[Marks, Disclosure]] = (),
    steps: int = STEPS,
    meanings: Mapping[str, Meaning] = NO_MEANINGS,
) -> pd.DataFrame:
    """Give a table as it may be printed, its rows and columns as they were.

    `counts`, `margins` and `some` are those of `Layout`. `of_all` tells for each row whether its
    denominator is that of all groups together. `before` holds the marks of tables that were printed
    already, each with its limits: with them, too, nothing that is hidden here shall be told.
    `meanings` tells of what a row names which rows it counts, where tables of other names count the
    same. Raises DISCLOSURE_01 where a total cannot be the sum of its parts, DISCLOSURE_02 where two
    rows count the same differently, and DISCLOSURE_03 where it cannot be weighed in so many steps.
    """
    layout = Layout(tuple(counts), margins, tuple(some), meanings)
    shares = shares_of(of_all, table)
    marks = layout.marks(table, shares, disclosure)
    family = families(cell for same, _ in (*before, (marks, disclosure)) for cell in same)
    compared: dict[str, dict[Cell, str]] = {}
    for cell, mark in marks.items():
        compared.setdefault(family[cell.of], {})[cell] = mark
    for each, same in compared.items():
        names = {name for name in family if family[name] == each}
        marks |= _secured(same, Weighing(disclosure, [*_of(names, before)], steps))
    shown = table.copy()
    for count in counts:
        values = [
            printed(
                row,
                count,
                marks.get(layout.cell(row, count, share), UNTOLD),
                marks.get(layout.cell(row, OTHERS, share), UNTOLD),
            )
            for row, share in zip(rows(table), shares, strict=True)
        ]
        shown[count] = pd.Series(values, table.index, dtype=object)
    return _with_rates(shown) if layout.is_paired else shown


def _of(
    names: Collection[str], before: Sequence[tuple[Marks, Disclosure]]
) -> Iterator[tuple[Marks, Disclosure]]:
    """Give of tables that were printed already what can be compared."""
    for marks, limits in before:
        if same := {cell: mark for cell, mark in marks.items() if cell.of in names}:
            yield same, limits


def _secured(marks: Marks, weighing: Weighing) -> dict[Cell, str]:
    """Hide what else is needed of what can be compared."""
    of = next(iter(marks)).of
    try:
        return secured(marks, weighing)
    except Contradiction as error:
        raise WorkbookError(problem("DISCLOSURE_01", of)) from error
    except TooMuch as error:
        raise WorkbookError(problem("DISCLOSURE_03", of)) from error


def _with_rates(shown: pd.DataFrame) -> pd.DataFrame:
    """Compute ratios and intervals from printed counts; blank what rests on a hidden one."""
    part, whole = (pd.to_numeric(shown[count], errors="coerce") for count in (PART, WHOLE))
    told = part.notna() & (whole > 0)
    low, high = proportion_confint(part[told], whole[told], alpha=_ALPHA, method="wilson")
    rates = {"ratio": part[told] / whole[told], "low": low, "high": high}
    for rate in (name for name in RATES if name in shown):
        values = pd.Series(rates[rate], part[told].index, dtype="Float64")
        shown[rate] = values.reindex(shown.index)
    for time in (name for name in TIMES if name in shown):
        shown[time] = shown[time].where(told)
    return shown
