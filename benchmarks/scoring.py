"""How long does counting ten million screenings take, all rules in all three readings?

Against one pass of numpy over the same bytes: the largest value of each column, which reads every
byte once and writes nothing, so it is as fast as this machine reads memory in one thread. Nothing
that looks at every answer can take less. It is timed over several passes in a row, because a short
measurement on a shared machine escapes the interruptions that fall on a long one.

Against the same rules in Polars, DuckDB and pandas (`engines.py`), on the same rows, each with the
threads it takes by itself, where ours is one thread. Their tables are made before the clock starts,
and their results are first found to equal ours. DuckDB takes so long that it is given one million,
and so are we beside it.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.engines import in_duckdb, in_pandas, in_polars
from benchmarks.ratio import Ratio, medians, seconds
from cse_workbook import instrument
from cse_workbook.instrument import Instrument
from cse_workbook.scoring import Columns, readings, score

SAMPLE = 100_000
MILLION = 1_000_000
PASSES = 8
ENGINES = {
    "Polars": (in_polars, 10),
    "DuckDB SQL": (in_duckdb, 1),
    "pandas": (in_pandas, 10),
}


def compare() -> Iterator[Ratio]:
    """Compare with one pass over the memory, and with three libraries."""
    occ = instrument.load()
    yield _beside_a_pass(occ, millions=10)
    sample = made_up(SAMPLE, occ)
    for name, (engine, millions) in ENGINES.items():
        check(name, engine(sample, occ)(), ours(sample, occ))
        columns = made_up(millions * MILLION, occ)
        sides = {
            "ours": seconds(partial(ours, columns, occ)),
            "theirs": seconds(engine(columns, occ)),
        }
        yield Ratio(
            f"score, {millions} million", f"in {name}", **medians(sides, 5), unit="s", target=1
        )


def _beside_a_pass(occ: Instrument, millions: int) -> Ratio:
    columns = made_up(millions * MILLION, occ)
    sides = {
        "ours": seconds(lambda: ours(columns, occ)),
        "theirs": seconds(lambda: [column.max() for column in columns.values()], times=PASSES),
    }
    found = medians(sides, rounds=21)
    return Ratio(
        f"score, {millions} million", "numpy, one pass (max)", **found, unit="s", target=10
    )


def made_up(rows: int, occ: Instrument) -> Columns:
    """Give a column an indicator, every answer as often as any other."""
    random = np.random.default_rng(2026)
    return {i.key: random.integers(0, 4, rows, dtype=np.uint8) for i in occ.indicators}


def ours(columns: Columns, occ: Instrument) -> Columns:
    """Give the result of every rule, and the place of the route in each reading."""
    results = score(columns, occ)
    return {**results, **readings(results, occ)}


def check(name: str, theirs: Columns, expected: Columns) -> None:
    """See that a library gives the same results as we do; otherwise it does not do the same."""
    same = theirs.keys() == expected.keys() and all(
        np.array_equal(np.asarray(theirs[key]), expected[key]) for key in expected
    )
    if not same:
        raise AssertionError(f"{name} does not count what `score` counts")
