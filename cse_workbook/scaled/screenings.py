"""Score tables of screenings, with the very function that scores them on one machine."""

# mypy: allow-untyped-calls
# Dask gives types to few of its functions.

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
from dask.base import compute
from dask.delayed import delayed

from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.instrument import Instrument
from cse_workbook.scaled.engine import Engine
from cse_workbook.scaled.pieces import Sent, Shared, shared
from cse_workbook.tables import Counted, count, in_turn, worded
from cse_workbook.tables.files import PARQUET, batches_of, stretches_of


def counted(on: Engine, source: Path, instrument: Instrument) -> Iterator[Counted]:
    """Count a table as `tables.here` does, in pieces at a time; give them in their order.

    A Parquet file is read by the workers, in stretches of its row groups; a CSV file is read here,
    because only who reads it from the start knows the numbers of its rows.
    """
    pieces = shared(source, stretches_of(source)) if source.suffix == PARQUET else _sent(source)
    work = partial(_counted, instrument=instrument, name=source.name)
    for found, problems in _in_order(on, work, pieces):
        yield from found
        if problems:
            raise WorkbookError(problems)


def _sent(source: Path) -> Iterator[Sent]:
    after = 0
    for batch in batches_of(source):
        yield Sent(batch, after)
        after += batch[0].num_rows


def _counted(
    piece: Sent | Shared, instrument: Instrument, name: str
) -> tuple[list[Counted], Sequence[Problem]]:
    """Count a piece up to its first problem; the batches before are as good as on one machine."""
    found: list[Counted] = []
    try:
        for each in in_turn(piece.batches(), instrument, name, piece.after):
            found.append(each)
    except WorkbookError as error:
        return found, error.problems
    return found, ()


def _in_order(on: Engine, work: Callable[..., Any], pieces: Iterable[Any]) -> Iterator[Any]:
    """Hand over some pieces at a time, and give what came of each in their order."""
    waiting: deque[Any] = deque()
    try:
        for piece in pieces:
            waiting.append(on.submit(work, piece))
            if len(waiting) == on.at_a_time:
                yield waiting.popleft().result()
    except WorkbookError:
        # A piece could not be read: what is wrong before it comes first.
        yield from (each.result() for each in waiting)
        raise
    yield from (each.result() for each in waiting)


def score(frame: dd.DataFrame, instrument: Instrument, name: str = "table") -> dd.DataFrame:
    """Score a Dask DataFrame, with the columns that `score_file` takes and gives.

    Each partition is a batch. The rows of each are counted at once, because a row has its number in
    the whole table. Raises TABLE_10 for a table without rows, and TABLE_01 to TABLE_16 when it is
    computed.
    """
    parts = frame.to_delayed()
    up_to = list(accumulate(compute(*map(delayed(len), parts)), initial=0))
    if not up_to[-1]:
        raise WorkbookError(problem("TABLE_10", name))
    work = delayed(partial(_scored, instrument=instrument, name=name))
    scored = [work(part, after) for part, after in zip(parts, up_to, strict=False)]
    table: dd.DataFrame = dd.from_delayed(scored, meta=_scored(frame._meta, 0, instrument, name))
    return table


def _scored(part: pd.DataFrame, after: int, instrument: Instrument, name: str) -> pd.DataFrame:
    rows = pa.RecordBatch.from_pandas(part, preserve_index=False)
    found: pd.DataFrame = worded(
        count((rows, 1.0), instrument, name, after), instrument
    ).to_pandas()
    return found
