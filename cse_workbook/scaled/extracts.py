"""Read the frames of an extract as Dask DataFrames, and count measures of such frames."""

# mypy: allow-untyped-calls
# Dask gives types to few of its functions.

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from dask.base import compute
from dask.delayed import delayed

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import check_files, read_manifest
from cse_workbook.frames import SCHEMAS, type_of
from cse_workbook.frames.contract import breaks
from cse_workbook.measures import Measure, Period
from cse_workbook.measures.running import asked_of, figures
from cse_workbook.measures.tallies import added, tallied
from cse_workbook.scaled.pieces import Shared, shared
from cse_workbook.tables.files import Stretch, stretches_of


def read_extract(folder: Path) -> dict[str, dd.DataFrame]:
    """Read the frames of an extract, a partition for each stretch of row groups.

    Raises EXTRACT_01 to EXTRACT_03 as `extracts.read_extract` does, and EXTRACT_04 when it is
    computed, for the first partition that breaks the contract.
    """
    check_files(folder, read_manifest(folder))
    return {name: _frame(folder / f"{name}.parquet", name) for name in SCHEMAS}


def _frame(path: Path, name: str) -> dd.DataFrame:
    stretches = stretches_of(path) or [Stretch(range(0), 0, 0)]
    columns = SCHEMAS[name].columns.items()
    meta = pd.DataFrame({key: pd.Series(dtype=type_of(column)) for key, column in columns})
    pieces = shared(path, stretches)
    # Words stay of the type that is declared.
    with dask.config.set({"dataframe.convert-string": False}):
        frame: dd.DataFrame = dd.from_map(partial(_part, name=name), pieces, meta=meta)
    return frame


def _part(piece: Shared, name: str) -> pd.DataFrame:
    """Read a part of a frame that keeps its contract; its rows have their numbers in the whole."""
    try:
        file = pq.ParquetFile(piece.seen())
        part: pd.DataFrame = file.read_row_groups(list(piece.stretch.groups)).to_pandas()
    except (OSError, pa.ArrowException):
        # What the library says would quote cells.
        raise WorkbookError(problem("EXTRACT_03", piece.path.name)) from None
    part.index = pd.RangeIndex(piece.after, piece.after + len(part))
    if problems := list(breaks(name, part, SCHEMAS[name])):
        raise WorkbookError(problems)
    return part


def run(
    frames: Mapping[str, dd.DataFrame],
    measures: Sequence[Measure],
    period: Period,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Count measures as `measures.run` does, partition by partition; the table is the same."""
    asked = asked_of(measures, by)
    tallies = {name: _tallies(frames[name], asked[name], period, by) for name in asked}
    (done,) = compute(tallies)
    parts = {name: added(found) for name, found in done.items()}
    return figures(parts, measures, period, by)


def _tallies(
    frame: dd.DataFrame, measures: Sequence[Measure], period: Period, by: Sequence[str]
) -> list[Any]:
    work = delayed(partial(tallied, measures=measures, period=period, by=by))
    return [work(part) for part in frame.to_delayed()]
