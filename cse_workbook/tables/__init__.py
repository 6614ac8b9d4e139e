"""How is a whole table of screenings scored, a million rows as well as ten?

A row is a screening and a column an indicator, in Parquet or CSV. Rows go through in batches, so
that memory does not grow with the table; the result is written under another name and renamed when
it is whole. All counting is done by `scoring`. No message quotes a cell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.instrument import Instrument
from cse_workbook.scoring import readings, score
from cse_workbook.screening import ADULT, Answer, Screening, columns_of, shown
from cse_workbook.tables.cells import Column, ages, answers, named, no_references
from cse_workbook.tables.files import CSV, PARQUET, Batch, Sink, batches_of, placed, writable

AGE: Final = "age"
REFERENCE: Final = "child_ref"
ROW: Final = "row"

Told = Callable[[int, float], None]


class Counted(NamedTuple):
    """What came of a batch: the answer of every rule, and the references if there are any.

    `after` is the number of rows before it; `share` says what part of the table is done with it.
    """

    results: Mapping[str, Column]
    references: Any
    n_rows: int
    after: int
    share: float


Counting = Callable[[Path, Instrument], Iterator[Counted]]


def here(source: Path, instrument: Instrument) -> Iterator[Counted]:
    """Count a table batch after batch. Raises TABLE_01 to TABLE_16."""
    return in_turn(batches_of(source), instrument, source.name)


def in_turn(
    batches: Iterable[Batch], instrument: Instrument, name: str, after: int = 0
) -> Iterator[Counted]:
    """Count batches that follow each other, of which the first comes after so many rows."""
    for batch in batches:
        counted = count(batch, instrument, name, after)
        after += counted.n_rows
        yield counted


def score_file(
    source: Path, target: Path, instrument: Instrument, told: Told, counting: Counting = here
) -> int:
    """Score the rows of a table into a new one, and give their number.

    In: `age` (whole years, required), `child_ref` (optional), and a column for at least one
    indicator: words, or whole numbers 0 to 3; an empty cell or an absent column is a blank. Out:
    `child_ref` or `row`, `route`, `route_confirmed`, `route_possible`, and a column a rule.
    `told` hears, after each batch, how many rows are done and what part of the table this is, 0 to
    1. `counting` says where the batches are counted, and gives what came of each, in order. Raises
    TABLE_01 to TABLE_16, and has left nothing behind then.
    """
    for path in (source, target):
        if path.suffix not in (PARQUET, CSV):
            raise WorkbookError(problem("TABLE_04", path.name, suffix=path.suffix))
    with writable(target):
        taken = target.exists()
    if taken:
        raise WorkbookError(problem("TABLE_12", target.name))
    rows = 0
    with placed(target) as part, closing(Sink(part, target)) as sink:
        for counted in counting(source, instrument):
            sink.write(worded(counted, instrument))
            rows += counted.n_rows
            told(rows, counted.share)
        if not rows:
            raise WorkbookError(problem("TABLE_10", source.name))
    return rows


def count(batch: Batch, instrument: Instrument, name: str, after: int) -> Counted:
    """Count the rows of a batch, of which so many come after; raise every problem of it."""
    rows, share = batch
    names = rows.schema.names
    _check_columns(names, name, instrument)
    results = score(_columns(rows, instrument, name, after), instrument)
    references = rows[REFERENCE] if REFERENCE in names else None
    return Counted(results, references, rows.num_rows, after, share)


def worded(counted: Counted, instrument: Instrument) -> Any:
    """Give the table of a batch."""
    keys = pa.array([route.key for route in instrument.routes])
    words = pa.array([answer.key for answer in Answer])
    first = counted.after + 1
    numbered = {ROW: pa.array(np.arange(first, first + counted.n_rows))}
    out = numbered if counted.references is None else {REFERENCE: counted.references}
    for name, places in readings(counted.results, instrument).items():
        out[name] = keys.take(pa.array(places))
    for rule, reached in counted.results.items():
        out[rule] = words.take(pa.array(reached))
    return pa.table(out)


def _columns(rows: Any, instrument: Instrument, name: str, after: int) -> dict[str, Column]:
    """Give one column of answers for each indicator; raise every cell that is none."""
    # What the age and the blanks come to is said once, by `columns_of`.
    by_age = [
        columns_of(Screening("row", age, {}, instrument.key), instrument) for age in range(ADULT)
    ]
    years, bad = ages(rows[AGE], f"{name}, column “{AGE}”")
    columns = {}
    for key, blank in by_age[0].items():
        if key in rows.schema.names:
            columns[key], no_answers = answers(rows[key], blank, f"{name}, column “{key}”")
            bad += no_answers
        else:
            columns[key] = np.array([by[key] for by in by_age], dtype=np.uint8)[years]
    if REFERENCE in rows.schema.names:
        bad += no_references(rows[REFERENCE], f"{name}, column “{REFERENCE}”")
    if bad:
        raise WorkbookError(named(bad, name, after=after, last=after + rows.num_rows))
    return columns


def _check_columns(names: Sequence[str], name: str, instrument: Instrument) -> None:
    asked = [indicator.key for indicator in instrument.asked()]
    known = [AGE, REFERENCE, *asked]
    problems = []
    if AGE not in names:
        problems.append(problem("TABLE_01", name, key=AGE, near=near(AGE, names)))
    if not set(asked) & set(names):
        problems.append(problem("TABLE_16", name, instrument=instrument.key))
    for key, times in Counter(names).items():
        where = f"{name}, column “{shown(key)}”"
        if times > 1:
            problems.append(problem("TABLE_08", where))
        if key in {indicator.key for indicator in instrument.indicators} - set(asked):
            problems.append(problem("TABLE_15", where))
        elif key not in known:
            problems.append(problem("TABLE_14", where, near=near(key, known)))
    if problems:
        raise WorkbookError(problems)
