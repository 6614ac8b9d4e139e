"""Frames, extracts and tables of screenings that fall into several parts."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cse_workbook.extracts import Source, write_extract
from cse_workbook.frames import SCHEMAS
from cse_workbook.frames import frames as made_of_cases
from tests.made_up_events import OCC, POLICY
from tests.made_up_frames import made_up

N_EPISODES = 150_000


def cut(frame: pd.DataFrame, *places: int) -> list[pd.DataFrame]:
    """Cut a frame before these rows."""
    return [frame.iloc[start:end] for start, end in pairwise((0, *places, len(frame)))]


def joined(parts: Sequence[pd.DataFrame]) -> dd.DataFrame:
    """Make a Dask DataFrame of its partitions."""
    return dd.from_map(lambda place: parts[place], range(len(parts)), meta=parts[0].iloc[:0])


def written(folder: Path, tables: Mapping[str, pd.DataFrame], rows_a_group: int = 50_000) -> Path:
    """Write an extract of nobody, and then tables into it as if they were its own."""
    source = Source(OCC, POLICY, "7:abc", "all", date(2026, 11, 22))
    write_extract(folder, made_of_cases([], OCC, POLICY, source.today), source)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        rows = pa.Table.from_pandas(table, preserve_index=False)
        pq.write_table(rows, path, row_group_size=rows_a_group)
        digest = sha256(path.read_bytes()).hexdigest()
        manifest["files"][path.name] = {"rows": len(table), "sha256": digest}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def in_parts(folder: Path) -> Path:
    """Write an extract in which no action is, and the episodes stand in three row groups."""
    tables = {name: made_up(name, 200) for name in SCHEMAS}
    tables["episodes"] = made_up("episodes", N_EPISODES)
    tables["actions"] = tables["actions"].iloc[:0]
    return written(folder, tables)


def table(n_rows: int = 300_000) -> pa.Table:
    """Make up screenings with a few indicators in words, blanks and numbers."""
    chance = np.random.default_rng(5)
    words = pa.array(["no", "not_known", "possible", "yes", "", None])
    return pa.table(
        {
            "age": chance.integers(9, 18, n_rows),
            "self_harm": words.take(pa.array(chance.integers(0, 6, n_rows))),
            "young_carer": chance.integers(0, 4, n_rows),
        }
    )


def as_text() -> pa.Table:
    """Make up screenings that can stand in a text, in several blocks of it."""
    references = pa.array([f"C-{row:038}" for row in range(300_000)])
    return table().drop(["young_carer"]).append_column("child_ref", references)


def changed(column: str, row: int, value: Any, rows: pa.Table) -> pa.Table:
    """Put another value into one cell."""
    values = rows[column].to_pylist()
    values[row] = value
    return rows.set_column(rows.column_names.index(column), column, pa.array(values))
