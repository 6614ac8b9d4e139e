"""Is Dask on two workers worth it, for a quarter's measures over a million screenings?

Two processes of one thread on this machine, with a scheduler between them, do what one process does
with pandas: read an extract of 1,000,000 screenings and 300,000 rows in each other frame, check
its contract, and count all measures of a quarter by agency. Both tables are first found to be the
same. The workers have been started, and have loaded the package. Scheduler, workers and the process
that asks share two processors here, so much cannot be won; what Dask is for is more machines.

And a table of 1,000,000 screenings, scored into another by the command's own function: the workers
read and count, and one process writes. Both files are first found to be the same.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from distributed import LocalCluster

from benchmarks.ratio import Ratio, medians, seconds
from cse_workbook import instrument, measures, policy, scaled
from cse_workbook.extracts import read_extract
from cse_workbook.frames import SCHEMAS
from cse_workbook.instrument import Instrument
from cse_workbook.measures import MEASURES, read_period
from cse_workbook.scaled import Engine
from cse_workbook.scoring import ROWS_AT_A_TIME
from cse_workbook.tables import Counting, here, score_file
from tests.made_up_frames import made_up
from tests.made_up_parts import written

SCREENINGS = 1_000_000
OTHERS = 300_000
WORKERS = 2
QUARTER = read_period("2026-Q2")
ALL = list(MEASURES.values())


def compare() -> Iterator[Ratio]:
    """Compare two workers with one process."""
    local = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        tempfile.TemporaryDirectory() as name,
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, **local) as cluster,
        scaled.engine(cluster.scheduler_address) as on,
    ):
        yield measuring(Path(name) / "extract")
        yield scoring(Path(name), on)


def measuring(folder: Path) -> Ratio:
    """Compare the measures of a quarter, from the files to the table."""
    rows = dict.fromkeys(SCHEMAS, OTHERS) | {"screenings": SCREENINGS}
    tables = {name: made_up(name, n_rows) for name, n_rows in rows.items()}
    written(folder, tables, rows_a_group=4 * ROWS_AT_A_TIME)

    def ours() -> pd.DataFrame:
        return scaled.run(scaled.read_extract(folder), ALL, QUARTER, ["agency"])

    def theirs() -> pd.DataFrame:
        return measures.run(read_extract(folder).by_name(), ALL, QUARTER, ["agency"])

    pd.testing.assert_frame_equal(ours(), theirs(), check_exact=True)
    found = medians({"ours": seconds(ours), "theirs": seconds(theirs)}, rounds=5)
    return Ratio("a quarter's measures, Dask", "pandas, one process", **found, unit="s", target=1)


def scoring(folder: Path, on: Engine) -> Ratio:
    """Compare scoring a table into another."""
    occ = policy.applied(instrument.load(), policy.load())
    table = screenings(occ)
    pq.write_table(table, folder / "in.parquet", row_group_size=2 * ROWS_AT_A_TIME)

    def scored(counting: Counting) -> bytes:
        target = folder / "out.parquet"
        score_file(folder / "in.parquet", target, occ, lambda *_: None, counting)
        content = target.read_bytes()
        target.unlink()
        return content

    sides = {"ours": partial(scaled.counted, on), "theirs": here}
    if scored(sides["ours"]) != scored(here):
        raise AssertionError("the two tables differ")
    found = medians({name: seconds(partial(scored, how)) for name, how in sides.items()}, rounds=5)
    return Ratio("score a file, Dask", "one process", **found, unit="s", target=1)


def screenings(occ: Instrument) -> pa.Table:
    """Make up a table in words, every answer as often as any other."""
    chance = np.random.default_rng(2026)
    words = pa.array(["no", "not_known", "possible", "yes", ""])
    given = {i.key: words.take(pa.array(chance.integers(0, 5, SCREENINGS))) for i in occ.asked()}
    return pa.table({"age": chance.integers(9, 18, SCREENINGS), **given})
