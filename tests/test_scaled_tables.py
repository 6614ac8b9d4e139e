"""Tables of screenings come out of Dask as they come out of one process, or are refused as there.

1. Files: the same bytes and the same refusals.
2. Dask DataFrames of screenings.
"""

from functools import partial
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from cse_workbook import scaled
from cse_workbook.errors import WorkbookError
from cse_workbook.scaled.pieces import Sent, Shared
from cse_workbook.tables import Counting, here, score_file
from cse_workbook.tables.files import stretches_of
from tests.made_up_events import OCC
from tests.made_up_parts import as_text, changed, cut, joined, table
from tests.made_up_store import refusal

BATCH = 65_536


# 1


def untold(_rows: int, _part: float) -> None:
    """Show no progress."""


def outcome(
    source: Path, target: Path, counting: Counting
) -> tuple[bytes, list[tuple[int, float]], str]:
    """Give what was written, what was told, and what was refused."""
    told: list[tuple[int, float]] = []
    try:
        score_file(source, target, OCC, lambda *each: told.append(each), counting)
    except WorkbookError as error:
        assert not target.exists()
        return b"", told, str(error)
    return target.read_bytes(), told, ""


def same(source: Path, target: str) -> tuple[bytes, list[tuple[int, float]], str]:
    """Score a table here and by Dask, see that all of it is the same, and give it."""
    folder = source.parent
    whole = outcome(source, folder / f"here.{target}", here)
    with scaled.engine() as on:
        found = outcome(source, folder / f"dask.{target}", partial(scaled.counted, on))
    assert found == whole
    return found


@pytest.mark.parametrize("row_group_size", [10_000, BATCH, 100_000, 1_000_000])
@pytest.mark.parametrize("target", ["csv", "parquet"])
def test_the_same_file_is_written_and_the_same_told(
    row_group_size: int, target: str, tmp_path: Path
) -> None:
    references = pa.array([f"C-{row:06}" for row in range(300_000)])
    rows = table().append_column("child_ref", references) if target == "csv" else table()
    pq.write_table(rows, tmp_path / "in.parquet", row_group_size=row_group_size)

    content, told, refused = same(tmp_path / "in.parquet", target)

    assert content
    assert told[-1] == (300_000, 1.0)
    assert refused == ""


def test_a_text_table_gives_the_same_file(tmp_path: Path) -> None:
    pa.csv.write_csv(as_text(), tmp_path / "in.csv")

    content, told, _ = same(tmp_path / "in.csv", "parquet")

    assert content
    assert len(told) > 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed("self_harm", 200_000, "maybe", table()), "row 200001: this is not an answer."),
        (changed("age", 299_999, 40, table()), "row 300000: the age is not"),
        (changed("young_carer", 70_000, 9, table()), "row 70001: this is not an answer."),
        (table().set_column(0, "age", pa.array([40] * 300_000)), "TABLE_11 · in.parquet: 65516"),
        (table().rename_columns(["Age", "self_harm", "young_carer"]), "TABLE_01 · in.parquet"),
        (table(0), "TABLE_10 · in.parquet"),
        (table(3).set_column(0, "age", pa.array([14.5] * 3)), "TABLE_06 · in.parquet"),
    ],
)
def test_the_same_is_refused_with_the_same_rows(rows: pa.Table, said: str, tmp_path: Path) -> None:
    pq.write_table(rows, tmp_path / "in.parquet", row_group_size=BATCH)

    content, _, refused = same(tmp_path / "in.parquet", "parquet")

    assert content == b""
    assert said in refused
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_what_is_wrong_first_is_told_first(tmp_path: Path) -> None:
    pa.csv.write_csv(changed("age", 10, 40, as_text()), tmp_path / "in.csv")
    with (tmp_path / "in.csv").open("a", encoding="utf-8") as text:
        text.write("14\n")

    _, _, refused = same(tmp_path / "in.csv", "csv")

    assert refused.startswith("TABLE_03 · in.csv, column “age”: row 11: ")


def test_rows_of_another_length_are_refused(tmp_path: Path) -> None:
    pa.csv.write_csv(as_text(), tmp_path / "in.csv")
    with (tmp_path / "in.csv").open("a", encoding="utf-8") as text:
        text.write("14\n")

    _, _, refused = same(tmp_path / "in.csv", "csv")

    assert refused.startswith("TABLE_07 · in.csv: row 300001 has 1 cells, and the heading has 3.")


@pytest.mark.parametrize("name", ["in.parquet", "in.csv", "none.parquet", "none.csv"])
def test_a_file_that_is_no_table_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1 Zoltan Example")
    (tmp_path / "in.csv").write_bytes(b"age,self_harm\n14,\xff Zoltan Example\n")

    _, _, refused = same(tmp_path / name, "csv")

    assert refused.startswith(f"TABLE_05 · {name}: ")
    assert "Zoltan" not in refused


def test_the_threads_of_this_machine_open_no_port() -> None:
    before = listening()

    with scaled.engine() as on:
        assert on.submit(len, "abc").result() == 3
        assert listening() == before


def listening() -> set[Any]:
    connections = psutil.Process().net_connections()
    return {each.laddr for each in connections if each.status == psutil.CONN_LISTEN}


def test_a_worker_that_sees_another_file_is_told(tmp_path: Path) -> None:
    pq.write_table(table(3), tmp_path / "in.parquet")
    [stretch] = stretches_of(tmp_path / "in.parquet")

    for piece in (
        Shared(tmp_path / "in.parquet", 1, stretch),
        Shared(tmp_path / "none.parquet", 1, stretch),
    ):
        assert refusal(lambda piece=piece: list(piece.batches())) == (
            f"SCALE_05 · {piece.path.name}: a worker does not see this file, or sees another one"
            " under its name. Put it into a folder that every machine sees under the same path."
        )


def test_what_a_worker_writes_down_of_its_work_holds_no_cell() -> None:
    [batch] = pa.table({"child_ref": ["Zoltan"]}).to_batches()

    assert repr(Sent((batch, 1.0), 7)) == "Sent(after=7)"


# 2


def frame(rows: pa.Table, *places: int) -> dd.DataFrame:
    """Divide a table before these rows."""
    return joined(cut(rows.to_pandas(), *places))


@pytest.mark.parametrize("references", [True, False])
def test_a_dask_dataframe_gives_the_rows_of_the_file(references: bool, tmp_path: Path) -> None:
    rows = table(1_000)
    if references:
        rows = rows.append_column("child_ref", pa.array([f"C-{row}" for row in range(1_000)]))
    pq.write_table(rows, tmp_path / "in.parquet")
    score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", OCC, untold)

    found = scaled.score(frame(rows, 0, 10, 400), OCC)

    whole = pd.read_parquet(tmp_path / "out.parquet")
    pd.testing.assert_frame_equal(found.compute().reset_index(drop=True), whole)
    assert list(found.columns) == list(whole.columns)
    assert list(found.dtypes) == list(whole.dtypes)


def test_a_bad_row_of_a_dask_dataframe_has_its_number_in_the_whole() -> None:
    rows = changed("self_harm", 700, "maybe", table(1_000))

    assert refusal(scaled.score(frame(rows, 400), OCC).compute) == (
        "TABLE_02 · table, column “self_harm”: row 701: this is not an answer. Use yes, possible,"
        " no or not_known (in Parquet also 0 to 3), or leave the cell empty."
    )


def test_a_dask_dataframe_without_rows_or_with_other_columns_is_refused_at_once() -> None:
    assert refusal(lambda: scaled.score(frame(table(0)), OCC, "rows")) == (
        "TABLE_10 · rows: there is no row in it. Give at least one screening."
    )
    assert refusal(lambda: scaled.score(frame(table(3).drop(["age"])), OCC)).startswith("TABLE_01")
