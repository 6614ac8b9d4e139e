"""Read and write tables of screenings, Parquet or CSV, batch by batch.

A table is written under another name and gets its own when it is whole. What a library says about
a damaged table is never passed on: it would quote cells.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.scoring import ROWS_AT_A_TIME

PARQUET: Final = ".parquet"
CSV: Final = ".csv"
_BLOCK: Final = 4_000_000  # bytes of CSV a batch
_MOST: Final = 20  # uneven rows named one by one

Batch = tuple[Any, float]  # rows, and what part of the table is read with them


def batches_of(source: Path) -> Iterator[Batch]:
    """Read a table batch by batch; raise TABLE_05 or TABLE_07 where that is not possible."""
    return _of_parquet(source) if source.suffix == PARQUET else _of_csv(source)


class Stretch(NamedTuple):
    """Row groups of a Parquet file that follow each other; no batch goes beyond its stretch.

    `after` is the number of rows before it, `total` the number of all rows of the file.
    """

    groups: range
    after: int
    total: int


def stretches_of(source: Path) -> list[Stretch]:
    """Read how a Parquet file is divided; raise TABLE_05 where that is not possible."""
    with _readable(source), source.open("rb") as stream:
        return list(_stretches(pq.ParquetFile(stream).metadata))


def batches_in(source: Path, stretch: Stretch) -> Iterator[Batch]:
    """Read one stretch batch by batch; raise TABLE_05 where that is not possible."""
    with _readable(source), source.open("rb") as stream:
        yield from _in(pq.ParquetFile(stream), stretch)


def _of_parquet(source: Path) -> Iterator[Batch]:
    with _readable(source), source.open("rb") as stream:
        file = pq.ParquetFile(stream)
        for stretch in _stretches(file.metadata):
            yield from _in(file, stretch)


def _stretches(metadata: Any) -> Iterator[Stretch]:
    """Divide a file so that each stretch but the last fills a batch."""
    first = after = rows = 0
    for group in range(metadata.num_row_groups):
        rows += metadata.row_group(group).num_rows
        if rows >= ROWS_AT_A_TIME or group == metadata.num_row_groups - 1:
            yield Stretch(range(first, group + 1), after, metadata.num_rows)
            first, after, rows = group + 1, after + rows, 0


def _in(file: Any, stretch: Stretch) -> Iterator[Batch]:
    done = stretch.after
    for batch in file.iter_batches(ROWS_AT_A_TIME, row_groups=list(stretch.groups)):
        done += batch.num_rows
        if batch.num_rows:
            yield batch, done / stretch.total


def _of_csv(source: Path) -> Iterator[Batch]:
    uneven: list[Problem] = []

    def note(row: Any) -> str:
        slots = {"given": row.actual_columns, "expected": row.expected_columns}
        # The heading is row 1 of the file.
        uneven.append(problem("TABLE_07", source.name, row=row.number - 1, **slots))
        return "skip"

    with _readable(source), source.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if not size:
            return
        names = _csv(stream, {}, lambda _: "skip").schema.names
        stream.seek(0)
        for batch in _csv(stream, dict.fromkeys(names, pa.string()), note):
            if uneven:
                raise WorkbookError(uneven[:_MOST])
            if batch.num_rows:
                yield batch, stream.tell() / size
        if uneven:
            raise WorkbookError(uneven[:_MOST])


def _csv(stream: Any, types: Mapping[str, Any], uneven: Callable[[Any], str]) -> Any:
    # One thread: else the numbers of the rows are not known.
    return pa.csv.open_csv(
        stream,
        read_options=pa.csv.ReadOptions(use_threads=False, block_size=_BLOCK),
        parse_options=pa.csv.ParseOptions(invalid_row_handler=uneven),
        convert_options=pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    """Translate what goes wrong while a table is read; the library's words would quote cells."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        known = isinstance(error, OSError) and error.errno
        detail = os.strerror(known) if known else f"it is not a whole {source.suffix} table"
        raise WorkbookError(problem("TABLE_05", source.name, detail=detail)) from None


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Give a file to write, and put it in its place only when it is whole."""
    with writable(target):
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(descriptor)
    part = Path(name)
    try:
        yield part
        with writable(target):
            part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def writable(target: Path) -> Iterator[None]:
    """Translate what goes wrong while a table is written."""
    try:
        yield
    except OSError as error:
        detail = os.strerror(error.errno) if error.errno else "the disk did not take it"
        raise WorkbookError(problem("TABLE_13", target.name, detail=detail)) from None


class Sink:
    """Write batches of one shape to a file, Parquet or CSV by the name it will have."""

    def __init__(self, part: Path, target: Path) -> None:
        """Take the file to write, and the one it will become."""
        self._part = part
        self._target = target
        self._writer: Any = None

    def write(self, table: Any) -> None:
        """Add a batch."""
        with writable(self._target):
            if self._writer is None:
                of_parquet = self._target.suffix == PARQUET
                make = pq.ParquetWriter if of_parquet else pa.csv.CSVWriter
                self._writer = make(str(self._part), table.schema)
            self._writer.write_table(table)

    def close(self) -> None:
        """Write what is still held back."""
        if self._writer is not None:
            with writable(self._target):
                self._writer.close()
