"""Does a table keep the contract that was declared for it?

What breaks it is told by column and row, with the first few rows, and never by what stands there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa

from cse_workbook.errors import Problem, near, problem
from cse_workbook.frames.kinds import type_of
from cse_workbook.frames.tables import WithAnswers

Schema = pa.DataFrameSchema
_SHOWN: Final = 5  # rows named in a message


def breaks(name: str, frame: pd.DataFrame, schema: Schema) -> Iterator[Problem]:
    """Find what breaks the contract of one table: EXTRACT_04, one problem a column."""
    declared = list(schema.columns)
    given = [str(column) for column in frame.columns]
    if given != declared:
        yield from _columns(name, given, declared)
        return
    others = [n for n, c in schema.columns.items() if str(frame[n].dtype) != type_of(c)]
    if others:
        detail = "its values are not of the declared type."
        for column in others:
            yield problem("EXTRACT_04", f"{name}, column “{column}”", detail=detail)
        return
    try:
        schema.validate(frame, lazy=True, inplace=True)  # nothing is coerced, so no copy
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for column, found in cases.groupby("column", sort=False):
            detail = _rows(found["index"].dropna())
            yield problem("EXTRACT_04", f"{name}, column “{column}”", detail=detail)


def apart(given: WithAnswers) -> Iterator[Problem]:
    """Find answers that do not stand in the row of their screening: EXTRACT_04."""
    one, other = (frame[["case", "number"]] for frame in (given.screenings, given.answers))
    if len(one) != len(other):
        yield problem("EXTRACT_04", "answers", detail="it has not one row for each screening.")
    elif len(rows := np.flatnonzero((one != other).any(axis="columns"))):
        yield problem("EXTRACT_04", "answers, column “case”", detail=_rows(rows))


def _columns(name: str, given: Sequence[str], declared: Sequence[str]) -> Iterator[Problem]:
    lacking = [each for each in declared if each not in given]
    others = [each for each in given if each not in declared]
    for each in lacking:
        detail = f"it is not there.{near(each, others)}"
        yield problem("EXTRACT_04", f"{name}, column “{each}”", detail=detail)
    for each in others:
        detail = f"it is not declared.{near(each, lacking)}"
        shown = each if re.fullmatch(r"\w{1,40}", each) else "…"
        yield problem("EXTRACT_04", f"{name}, column “{shown}”", detail=detail)
    if not lacking and not others:
        yield problem("EXTRACT_04", name, detail="its columns are not in their order.")


def _rows(places: Iterable[int]) -> str:
    """Name the rows that break a contract, from 1, and never what stands in them."""
    rows = sorted({int(each) + 1 for each in places})
    listed = ", ".join(map(str, rows[:_SHOWN]))
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    number = "row" if len(rows) == 1 else "rows"
    return f"{number} {listed}{more}: the value is not one that the contract allows."
