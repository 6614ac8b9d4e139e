"""An extract that is not as it was written is refused by its rows, and never by what they say."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cse_workbook import extracts
from cse_workbook.extracts import (
    read_extract,
    write_extract,
)
from tests.made_up_extracts import (
    CANARY,
    Change,
    change_manifest,
    sign,
    source,
    two_cases,
)
from tests.made_up_store import refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an extract of two cases."""
    write_extract(tmp_path / "extract", two_cases(), source())
    return tmp_path / "extract"


def test_a_folder_without_a_manifest_is_no_extract(tmp_path: Path) -> None:
    assert refusal(lambda: read_extract(tmp_path)) == (
        f"EXTRACT_01 · {tmp_path.name}: there is no extract here, or its manifest cannot be read."
        " Give the folder that `cse-workbook extract` wrote."
    )


@pytest.mark.parametrize("content", [b"", b"[]", b'{"version": 1}', b"\xff"])
def test_a_manifest_that_is_none_is_no_extract(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)

    assert refusal(lambda: read_extract(folder)).startswith("EXTRACT_01 · extract: ")


@pytest.mark.parametrize(("theirs", "shown"), [("9.9.9", "9.9.9"), (CANARY, "another")])
def test_an_extract_of_another_version_is_refused(folder: Path, theirs: str, shown: str) -> None:
    change_manifest(folder, version=theirs)

    assert refusal(lambda: read_extract(folder)) == (
        f"EXTRACT_02 · extract: it was written by version {shown} of the workbook, and this is"
        f" {extracts.VERSION}. Make the extract again with this version, or use the other one."
    )


def test_a_file_that_was_changed_or_taken_away_is_refused(folder: Path) -> None:
    (folder / "cases.parquet").write_bytes(b"changed")
    (folder / "actions.parquet").unlink()

    assert refusal(lambda: read_extract(folder)).splitlines() == [
        f"EXTRACT_03 · extract, {name}.parquet: this is not the file that was written: it was"
        " changed, damaged or taken away. Make the extract again, and copy the folder whole."
        for name in ("cases", "actions")
    ]


def test_answers_that_were_taken_away_are_noticed_also_where_they_are_not_read(
    folder: Path,
) -> None:
    (folder / "answers.parquet").unlink()

    assert refusal(lambda: read_extract(folder)).startswith(
        "EXTRACT_03 · extract, answers.parquet: this is not the file that was written: "
    )


def test_a_file_that_is_no_table_is_refused_also_with_its_digest(folder: Path) -> None:
    (folder / "cases.parquet").write_bytes(b"no table")
    sign(folder)

    assert refusal(lambda: read_extract(folder)).startswith("EXTRACT_03 · cases.parquet: ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda frame: frame.assign(route=[CANARY, ""]).assign(sex=["not_known", CANARY]),
            [
                "EXTRACT_04 · screenings, column “sex”: row 2: the value is not one that the"
                " contract allows. Make the extract again; its tables are not to be edited.",
                "EXTRACT_04 · screenings, column “route”: row 2: the value is not one that the"
                " contract allows. Make the extract again; its tables are not to be edited.",
            ],
        ),
        (
            lambda frame: pd.concat([frame] * 4, ignore_index=True).assign(n_yes=-1),
            [
                "EXTRACT_04 · screenings, column “n_yes”: rows 1, 2, 3, 4, 5 and 3 more: the value"
                " is not one that the contract allows. Make the extract again; its tables are not"
                " to be edited.",
            ],
        ),
        (
            lambda frame: frame.assign(n_yes=["1", CANARY]),
            [
                "EXTRACT_04 · screenings, column “n_yes”: its values are not of the declared type."
                " Make the extract again; its tables are not to be edited.",
            ],
        ),
        (
            lambda frame: frame.rename(columns={"n_yes": "n_yess"}).assign(**{CANARY: 1}),
            [
                "EXTRACT_04 · screenings, column “n_yes”: it is not there. Did you mean “n_yess”?"
                " Make the extract again; its tables are not to be edited.",
                "EXTRACT_04 · screenings, column “n_yess”: it is not declared. Did you mean"
                " “n_yes”? Make the extract again; its tables are not to be edited.",
                "EXTRACT_04 · screenings, column “…”: it is not declared. Make the extract again;"
                " its tables are not to be edited.",
            ],
        ),
        (
            lambda frame: frame[[*frame.columns[1:], frame.columns[0]]],
            [
                "EXTRACT_04 · screenings: its columns are not in their order. Make the extract"
                " again; its tables are not to be edited.",
            ],
        ),
    ],
)
def test_a_table_that_breaks_its_contract_is_refused_with_its_rows(
    folder: Path, change: Change, message: list[str]
) -> None:
    path = folder / "screenings.parquet"
    changed = change(pq.read_table(str(path)).to_pandas())
    pq.write_table(pa.Table.from_pandas(changed, preserve_index=False), str(path))
    sign(folder)

    assert refusal(lambda: read_extract(folder)).splitlines() == message
