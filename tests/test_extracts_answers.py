"""The answers in an extract, for scoring them again: only where they are asked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cse_workbook.case import events
from cse_workbook.extracts import (
    read_extract,
    read_with_answers,
    write_extract,
)
from cse_workbook.frames import WithAnswers, answers_schema, frames
from tests.made_up_events import OCC, OPENED, POLICY, case_on, screened
from tests.made_up_extracts import CANARY, TODAY, Change, change_manifest, sign, source, two_cases
from tests.made_up_store import refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an extract of two cases."""
    write_extract(tmp_path / "extract", two_cases(), source())
    return tmp_path / "extract"


def one_child() -> WithAnswers:
    """Make up a child whose case was corrected and screened twice."""
    return frames(
        [
            case_on(
                (date(2026, 9, 9), OPENED),
                (date(2026, 9, 9), screened(age=12, self_harm="yes", young_carer="not_known")),
                (date(2026, 9, 10), events.Corrected(2, "answers.young_carer", "no", "A mistake")),
                (date(2026, 10, 9), screened(age=13, self_harm="possible")),
            )
        ],
        OCC,
        POLICY,
        TODAY,
    )


def test_the_answers_stand_beside_the_screenings_and_a_blank_is_not_not_known(
    tmp_path: Path,
) -> None:
    write_extract(tmp_path / "x", one_child(), source())

    found = read_with_answers(tmp_path / "x")

    shown = found.answers[["number", "age", "edition", "self_harm", "young_carer", "under_13"]]
    assert shown.astype(object).where(shown.notna(), None).to_numpy().tolist() == [
        [1, 12, 1, 3, 0, 3],
        [2, 13, 1, 2, None, 0],
    ]
    assert found.answers["self_harm"].dtype == "UInt8"
    assert found.answers["case"].tolist() == found.screenings["case"].tolist()
    assert found.answers["homeless"].isna().all()


def test_every_indicator_has_its_column_and_no_answer_is_for_a_result(tmp_path: Path) -> None:
    manifest = write_extract(tmp_path / "x", one_child(), source())
    columns = answers_schema(manifest.indicators).columns

    assert manifest.indicators == tuple(indicator.key for indicator in OCC.indicators)
    assert list(columns) == ["case", "number", "age", "instrument", "edition", *manifest.indicators]
    assert all(columns[each].description and columns[each].metadata["unit"] for each in columns)
    personal = {each for each in columns if columns[each].metadata["personal"]}
    assert personal == {"case", "age", *manifest.indicators}


def test_an_answer_to_what_is_no_longer_asked_is_left_out() -> None:
    fewer = tuple(each for each in OCC.indicators if each.key != "self_harm")
    case = case_on((date(2026, 9, 9), OPENED), (date(2026, 9, 9), screened(self_harm="yes")))

    found = frames([case], msgspec.structs.replace(OCC, indicators=fewer), POLICY, TODAY)

    assert "self_harm" not in found.answers
    assert found.answers.drop(columns=["case", "instrument"]).max().max() == 14


@pytest.mark.parametrize("read", [read_extract, read_with_answers])
def test_an_extract_without_its_answers_is_not_as_it_was_written(
    folder: Path, read: Callable[[Path], object]
) -> None:
    (folder / "answers.parquet").unlink()

    assert refusal(lambda: read(folder)) == (
        "EXTRACT_03 · extract, answers.parquet: this is not the file that was written: it was"
        " changed, damaged or taken away. Make the extract again, and copy the folder whole."
    )


_ONE_ROW_EACH = (
    "EXTRACT_04 · answers: it has not one row for each screening. Make the extract again; its"
    " tables are not to be edited."
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda frame: frame.assign(self_harm=pd.array([3, 4], dtype="UInt8")),
            "EXTRACT_04 · answers, column “self_harm”: row 2: the value is not one that the"
            " contract allows. Make the extract again; its tables are not to be edited.",
        ),
        (
            lambda frame: frame.assign(self_harm=[3.0, None]),
            "EXTRACT_04 · answers, column “self_harm”: its values are not of the declared type."
            " Make the extract again; its tables are not to be edited.",
        ),
        (
            lambda frame: frame.rename(columns={"self_harm": "self_injury"}),
            "EXTRACT_04 · answers, column “self_harm”: it is not there. Did you mean"
            " “self_injury”? Make the extract again; its tables are not to be edited.",
        ),
        (
            lambda frame: frame.assign(number=[1, 2]),
            "EXTRACT_04 · answers, column “case”: row 2: the value is not one that the contract"
            " allows. Make the extract again; its tables are not to be edited.",
        ),
        (lambda frame: frame[:1], _ONE_ROW_EACH),
        (lambda frame: pd.concat([frame] * 2, ignore_index=True), _ONE_ROW_EACH),
    ],
)
def test_answers_that_break_their_contract_are_refused_with_their_rows(
    folder: Path, change: Change, message: str
) -> None:
    path = folder / "answers.parquet"
    changed = change(pq.read_table(str(path)).to_pandas())
    pq.write_table(pa.Table.from_pandas(changed, preserve_index=False), str(path))
    sign(folder)

    assert refusal(lambda: read_with_answers(folder)).splitlines()[0] == message


def test_a_manifest_with_what_cannot_be_a_key_is_no_extract(folder: Path) -> None:
    change_manifest(folder, indicators=["self_harm", CANARY])

    assert refusal(lambda: read_with_answers(folder)).startswith("EXTRACT_01 · extract: ")


def test_an_indicator_that_is_named_like_another_column_is_refused(tmp_path: Path) -> None:
    named = msgspec.structs.replace(OCC.indicators[0], key="age")
    other = msgspec.structs.replace(OCC, indicators=(named, *OCC.indicators[1:]))
    changed = msgspec.structs.replace(source(), instrument=other)

    assert refusal(lambda: write_extract(tmp_path / "x", two_cases(), changed)) == (
        "EXTRACT_09 · answers: the instrument has an indicator “age”, and another column has this"
        " name. Give the indicator another key, in an edition that is not released yet."
    )
    assert list(tmp_path.iterdir()) == []
