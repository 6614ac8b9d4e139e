"""An audit by the command: its parameters, one agency or each, and what does not go together."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from cse_workbook.audit.inquiry import begin
from cse_workbook.audit.parameters import declared
from cse_workbook.audit.running import NAMES, notebook_of
from cse_workbook.cli import run
from cse_workbook.extracts import read_extract
from cse_workbook.measures import read_period
from tests.audited import AGENCIES, COMMAND, QUARTER, files_of


def test_one_agency_is_counted_by_itself(place: Path) -> None:
    during = read_period(QUARTER)
    counted = {
        agency: begin(str(place / "extract"), agency)
        .measures("Screenings", ["screenings_recorded"], during)
        .data["numerator"][0]
        for agency in ("all", *AGENCIES)
    }

    found = read_extract(place / "extract").screenings
    for agency, number in counted.items():
        rows = found if agency == "all" else found[found["agency"] == agency]
        exact = int(rows["screened_on"].between("2026-07-01", "2026-09-30").sum())
        assert (number, exact <= 7) == ("*", True) or abs(int(number) - exact) <= 2


def test_every_agency_gets_results_of_its_own(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["-p", f"extract={place / 'extract'}", "--all-agencies"]

    assert run(["audit", "compare_periods", str(tmp_path / "each"), *told]) == 0
    names = sorted(path.name for path in (tmp_path / "each").iterdir())
    out = capsys.readouterr().out
    assert names == ["01-example-college", "02-example-school"]
    for name, agency in zip(names, AGENCIES, strict=True):
        manifest = json.loads((tmp_path / "each" / name / "manifest.json").read_bytes())
        assert manifest["parameters"]["agency"] == agency
        assert f"of 2: {agency}" in out


def test_the_command_tells_the_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "audit_period", "--parameters"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[3].startswith("by: str = ")
    assert "n_periods: int = 12  Periods in a run chart, the last of which is the period" in lines


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_meaning(name: str) -> None:
    found = declared(notebook_of(name)).values()

    assert [each.name for each in found if not each.meaning] == []


def test_an_audit_that_the_system_ends_leaves_nothing(place: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    started = subprocess.Popen(
        [*COMMAND, "audit", "compare_periods", "new", "-p", f"extract={place}/extract"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(scratch), "CSE_WORKBOOK_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 120
    while not [*tmp_path.glob(".new*")] and time.monotonic() < until:
        time.sleep(0.05)

    started.terminate()
    out, err = started.communicate(timeout=60)

    assert (started.returncode, out) == (130, b"")
    assert b"Stopped. Nothing was left half done." in err
    assert [*tmp_path.iterdir()] == [scratch]
    # Stopped in the moment of its start, a kernel leaves the file that says where it would listen.
    assert [each for each in files_of(scratch) if each.suffix != ".json"] == []


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        (["-p", "period"], "Not key=value: “period”"),
        (["-p", "period=2026-Q3", "-p", "period=2026-Q2"], "Given twice: “period”"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler goes with --engine dask"),
        (
            ["--all-agencies", "-p", "agency=Example School"],
            "--all-agencies runs it for each: leave out -p agency",
        ),
        (
            ["--all-agencies", "--engine", "dask"],
            "--all-agencies has a process for each already: leave out --engine",
        ),
    ],
)
def test_the_command_refuses_what_does_not_go_together(
    wrong: list[str], detail: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "audit_period", *wrong]) == 2
    assert detail in capsys.readouterr().err
