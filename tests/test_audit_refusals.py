"""What an audit refuses: before anything runs, and, of what fails, with nothing left of it."""

import json
import stat
import tempfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from cse_workbook.audit import running
from cse_workbook.audit.running import notebook_of
from cse_workbook.audit.running import run as run_audit
from cse_workbook.audit.working_paper import handed_out, taken_back
from cse_workbook.cli import run
from tests.audited import CANARY, QUARTER, copied, files_of, given, refused


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"perod": QUARTER},
            "AUDIT_01 · perod: the notebook audit_period takes no parameter of this name. Did you"
            " mean “period” or “n_periods”? Run `cse-workbook audit audit_period --parameters` to"
            " see those it takes.",
        ),
        (
            {"a=1;import os": "x"},
            "AUDIT_01 · a=1;import os: the notebook audit_period takes no parameter of this name."
            " Run `cse-workbook audit audit_period --parameters` to see those it takes.",
        ),
        (
            {"n_periods": "twelve"},
            "AUDIT_02 · n_periods: the value does not fit. It means: Periods in a run chart, the"
            " last of which is the period. Give a value of that kind; a number is a whole one, from"
            " 1.",
        ),
        (
            {"agency": "Example Scool"},
            "AUDIT_03 · Example Scool: the extract holds nothing of an agency of this name. Did you"
            " mean “Example School” or “Example College”? Name an agency of the extract, or all.",
        ),
        (
            {"extract": ""},
            "AUDIT_04 · extract: the notebook audit_period counts an extract, and none was named."
            " Add `-p extract=FOLDER`; `cse-workbook extract FOLDER` makes one.",
        ),
        (
            {"period": "2026-09-30..2026-07-01"},
            "MEASURE_02 · 2026-09-30..2026-07-01: the period is the wrong way round: it starts on"
            " 2026-09-30 and ends on 2026-07-01. Give the earlier day first.",
        ),
        (
            {"by": "age_band, agancy"},
            "AUDIT_11 · agancy: figures cannot be broken down by this column. Did you mean"
            " “agency”? Name any of these, with commas between them: agency, age_band, sex,"
            " ethnicity, disability, looked_after, placed_out, school_type.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_runs(
    place: Path, tmp_path: Path, wrong: dict[str, str], message: str
) -> None:
    fits = {"extract": str(place / "extract"), "period": QUARTER}

    assert refused(lambda: run_audit("audit_period", fits | wrong, tmp_path / "new")) == message
    assert list(tmp_path.iterdir()) == []


def test_an_extract_of_another_version_is_refused(place: Path, tmp_path: Path) -> None:
    copied(place / "extract", tmp_path / "old")
    manifest = tmp_path / "old" / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"version": "0.0.9"}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    with_it = {"extract": str(tmp_path / "old")}

    said = refused(lambda: run_audit("audit_period", with_it, tmp_path / "new"))
    assert said.startswith("EXTRACT_02 · old: it was written by version 0.0.9")


def test_a_notebook_that_is_none_is_refused_with_the_near_miss() -> None:
    assert refused(lambda: notebook_of("audit_perod")) == (
        "AUDIT_12 · audit_perod: there is no audit notebook of this name. Did you mean"
        " “audit_period”? Name one of: audit_period, compare_periods, audit_record_quality,"
        " audit_case_sample, calibration."
    )


def test_a_folder_that_cannot_be_made_is_said_so(place: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "not there" / "new"

    said = refused(lambda: run_audit("compare_periods", given("compare_periods", place), nowhere))
    assert said == (
        "AUDIT_09 · new: the results cannot be written (No such file or directory). Nothing is left"
        " half written. Check the folder, its permissions and the room on the disk."
    )


def test_a_file_that_is_not_there_is_refused(place: Path, tmp_path: Path) -> None:
    missing = {"readings": str(tmp_path / "nothing.csv")}

    assert refused(lambda: run_audit("calibration", missing, tmp_path / "new")) == (
        "AUDIT_10 · nothing.csv: there is no such file. Check its name and where it stands."
    )


def test_a_reading_sheet_is_never_written_over(place: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("filled in\n", encoding="utf-8")
    told = {**given("audit_case_sample", place), "sheet": str(tmp_path / "sheet.csv")}

    assert refused(lambda: run_audit("audit_case_sample", told, tmp_path / "new")) == (
        "AUDIT_15 · sheet.csv: there is a file of this name already. Give another name: a reading"
        " sheet is never written over."
    )


def test_a_sheet_in_a_folder_that_is_not_there_is_refused_before_anything_runs(
    tmp_path: Path,
) -> None:
    nowhere = {"sheet": str(tmp_path / "nowhere" / "sheet.csv")}

    assert refused(lambda: run_audit("calibration", nowhere, tmp_path / "new")) == (
        f"AUDIT_19 · sheet.csv: the folder {tmp_path / 'nowhere'} is not there, or no file can be"
        " written in it. Make it, see to its permissions, or name a file in another one."
    )


def test_a_notebook_without_an_extract_is_not_run_for_each_agency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "calibration", str(tmp_path / "each"), "--all-agencies"]) == 2

    assert capsys.readouterr().err == (
        "AUDIT_17 · --all-agencies: the notebook calibration counts no extract, so there is no"
        " agency to run it for. Leave out --all-agencies.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_has_its_own_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(notebook_of("calibration"), as_version=4)
    notebook.cells = [*notebook.cells[:2], nbformat.v4.new_code_cell("raise KeyError")]
    nbformat.write(notebook, tmp_path / "calibration.ipynb")
    monkeypatch.setattr(running, "_NOTEBOOKS", (tmp_path,))

    assert run(["audit", "calibration", str(tmp_path / "new")]) == 3
    assert "AUDIT_06 · calibration: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "filled"), [("audit_case_sample", "results"), ("calibration", "readings")]
)
def test_a_run_that_is_refused_leaves_no_sheet(
    place: Path, tmp_path: Path, name: str, filled: str
) -> None:
    bad, sheet = tmp_path / "bad.csv", tmp_path / "sheet.csv"
    bad.write_text("name,word\nx,y\n", encoding="utf-8")
    told = {**given(name, place), filled: str(bad), "sheet": str(sheet)}

    said = refused(lambda: run_audit(name, told, tmp_path / "new"))

    assert said.startswith(f"AUDIT_05 · {name}: cell ")
    assert [*tmp_path.iterdir()] == [bad]


def test_a_sheet_is_for_the_account_that_asked_for_it_alone(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"

    handed_out(str(sheet), pd.DataFrame({"line": [1], "grade": [""]}))

    assert sheet.read_text(encoding="utf-8") == "line,grade\n1,\n"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


def test_a_sheet_that_cannot_be_written_is_refused_also_where_it_was_not_looked_at_before(
    tmp_path: Path,
) -> None:
    sheet = pd.DataFrame({"line": [1]})
    taken, nowhere = tmp_path / "taken.csv", tmp_path / "not there" / "sheet.csv"
    taken.write_text("filled in\n", encoding="utf-8")

    assert refused(lambda: handed_out(str(taken), sheet)).startswith("AUDIT_15 · taken.csv: ")
    assert refused(lambda: handed_out(str(nowhere), sheet)).startswith("AUDIT_19 · sheet.csv: ")
    assert taken.read_text(encoding="utf-8") == "filled in\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a = 1\n[made.up]\nb = [1, 2, 3]\n",
        b"PK\x03\x04\xff\xfe\x00\x9c",
        "sample,line\nS-1,café\n".encode("cp1252"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_such(tmp_path: Path, content: bytes) -> None:
    filled = tmp_path / "filled.csv.gz"
    filled.write_bytes(content)

    assert refused(lambda: taken_back(str(filled))) == (
        "AUDIT_20 · filled.csv.gz: it cannot be read as a table. Give the sheet that was filled in,"
        " saved as CSV: commas between the columns, and UTF-8."
    )


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_marks_between_columns_are_named_once(tmp_path: Path, mark: str) -> None:
    filled = tmp_path / "filled.csv"
    filled.write_text(f"sample{mark}line{mark}row\nS-1{mark}1{mark}7\n", encoding="utf-8")

    assert refused(lambda: taken_back(str(filled))) == (
        "AUDIT_21 · filled.csv: its columns are not separated by commas. Save it once more as CSV"
        " with commas: a spreadsheet may write semicolons or tabs."
    )


def test_two_inputs_of_one_last_name_are_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "extract").write_text("row\n", encoding="utf-8")
    named = {"extract": str(place / "extract"), "results": str(tmp_path / "extract")}

    assert refused(lambda: run_audit("audit_case_sample", named, tmp_path / "new")) == (
        "AUDIT_24 · audit_case_sample: two of its files or folders have the same last name"
        " (extract, extract), by which a run knows them. Give one of them another name."
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "audit.measures('x', ['screenings_recordet'], during)",
            "AUDIT_05 · compare_periods: cell 5 of the notebook was refused: MEASURE_03 ·"
            " screenings_recordet: there is no such measure. Did you mean “screenings_recorded” or"
            " “screening_to_referral”?"
            " Name a measure that the workbook knows. Nothing was written. Correct what it names,"
            " and run it again.",
        ),
        (
            f"raise KeyError('{CANARY}')",
            "AUDIT_06 · compare_periods: cell 5 of the notebook stopped with KeyError, a fault of"
            " ours. Nothing was written. Open the notebook in JupyterLab"
            " and run it there to see where.",
        ),
        (
            "audit.source.frames['cases']",
            "AUDIT_07 · notebook, cell 5: cell 5 of the notebook shows something that did not go"
            " through disclosure control. Nothing was written. Let the cell end with a call of the"
            " audit, and print nothing.",
        ),
        (
            "print('a row')",
            "AUDIT_07 · notebook, cell 5: cell 5 of the notebook shows something that did not go"
            " through disclosure control. Nothing was written. Let the cell end with a call of the"
            " audit, and print nothing.",
        ),
    ],
)
def test_nothing_is_left_of_a_run_that_fails(
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    message: str,
) -> None:
    notebook = nbformat.read(notebook_of("compare_periods"), as_version=4)
    notebook.cells = [
        *notebook.cells[:3],
        nbformat.v4.new_code_cell(f"during = periods[0]\n{source}"),
    ]
    (tmp_path / "books").mkdir()
    nbformat.write(notebook, tmp_path / "books" / "compare_periods.ipynb")
    monkeypatch.setattr(running, "_NOTEBOOKS", (tmp_path / "books",))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    fits = given("compare_periods", place)
    assert refused(lambda: run_audit("compare_periods", fits, tmp_path / "new")) == message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["books", "scratch"]
    assert list(files_of(scratch)) == []
