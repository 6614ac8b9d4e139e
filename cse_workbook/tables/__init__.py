"""How is a whole table of screenings scored, a million rows as well as ten?

A row is a screening and a column an indicator, in Parquet or CSV. Rows go through in batches, so
that memory does not grow with the table; the result is written under another name and renamed when
it is whole. All counting is done by `scoring`. No message quotes a cell.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.instrument import Instrument
from cse_workbook.scoring import readings, score
from cse_workbook.screening import ADULT, Answer, Screening, columns_of, shown
from cse_workbook.tables.cells import Column, ages, answers, named, no_references
from cse_workbook.tables.files import CSV, PARQUET, Sink, batches_of, placed, writable

AGE: Final = "age"
REFERENCE: Final = "child_ref"
ROW: Final = "row"

Told = Callable[[int, float], None]


def score_file(source: Path, target: Path, instrument: Instrument, told: Told) -> int:
    """Score the rows of a table into a new one, and give their number.

    In: `age` (whole years, required), `child_ref` (optional), and a column for at least one
    indicator: words, or whole numbers 0 to 3; an empty cell or an absent column is a blank. Out:
    `child_ref` or `row`, `route`, `route_confirmed`, `route_possible`, and a column a rule.
    `told` hears, after each batch, how many rows are done and what part of the table this is, 0 to
    1. Raises TABLE_01 to TABLE_16, and has left nothing behind then.
    """
    for path in (source, target):
        if path.suffix not in (PARQUET, CSV):
            raise WorkbookError(problem("TABLE_04", path.name, suffix=path.suffix))
    with writable(target):
        taken = target.exists()
    if taken:
        raise WorkbookError(problem("TABLE_12", target.name))
    scorer = _Scorer(source.name, instrument)
    with placed(target) as part, closing(Sink(part, target)) as sink:
        for batch, share in batches_of(source):
            sink.write(scorer.scored(batch))
            told(scorer.rows, share)
        if not scorer.rows:
            raise WorkbookError(problem("TABLE_10", source.name))
    return scorer.rows


class _Scorer:
    """Score batch after batch of one table."""

    def __init__(self, name: str, instrument: Instrument) -> None:
        self.name = name
        self.instrument = instrument
        self.rows = 0
        # What the age and the blanks come to is said once, by `columns_of`.
        self._by_age = [
            columns_of(Screening("row", age, {}, instrument.key), instrument)
            for age in range(ADULT)
        ]

    def scored(self, batch: Any) -> Any:
        """Give the result of a batch; raise every problem of it."""
        if not self.rows:
            _check_columns(batch.schema.names, self.name, self.instrument)
        results = score(self._columns(batch), self.instrument)
        keys = pa.array([route.key for route in self.instrument.routes])
        out = {REFERENCE: batch[REFERENCE]} if REFERENCE in batch.schema.names else {}
        if not out:
            out[ROW] = pa.array(np.arange(self.rows + 1, self.rows + 1 + batch.num_rows))
        for name, places in readings(results, self.instrument).items():
            out[name] = keys.take(pa.array(places))
        words = pa.array([answer.key for answer in Answer])
        for rule, reached in results.items():
            out[rule] = words.take(pa.array(reached))
        self.rows += batch.num_rows
        return pa.table(out)

    def _columns(self, batch: Any) -> dict[str, Column]:
        """Give one column of answers for each indicator; raise every cell that is none."""
        years, bad = ages(batch[AGE], f"{self.name}, column “{AGE}”")
        columns = {}
        for key, blank in self._by_age[0].items():
            if key in batch.schema.names:
                where = f"{self.name}, column “{key}”"
                columns[key], no_answers = answers(batch[key], blank, where)
                bad += no_answers
            else:
                columns[key] = np.array([by[key] for by in self._by_age], dtype=np.uint8)[years]
        if REFERENCE in batch.schema.names:
            bad += no_references(batch[REFERENCE], f"{self.name}, column “{REFERENCE}”")
        if bad:
            last = self.rows + batch.num_rows
            raise WorkbookError(named(bad, self.name, after=self.rows, last=last))
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
