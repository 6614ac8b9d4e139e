"""Every notebook runs from top to bottom, by nbval, on a made-up caseload of its own."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from cse_workbook import store
from cse_workbook.rehearsal import fill, work_as_lead_officer

BOOKS = Path(__file__).parents[1] / "notebooks"
GUIDES = sorted(path.name for path in BOOKS.glob("guide_*.ipynb"))
APPS = sorted({path.name for path in BOOKS.glob("*.ipynb")} - set(GUIDES))


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made up") / "home"
    store.init(folder)
    work_as_lead_officer(folder)
    with store.open_store(folder) as opened:
        fill(opened, cases=40, seed=1, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    return folder


def run(name: str, how: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", how, str(BOOKS / name)],
        env={**os.environ, "CSE_WORKBOOK_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def n_cells(name: str) -> int:
    """Count the cells with code."""
    cells = nbformat.read(BOOKS / name, as_version=4).cells
    return sum(cell.cell_type == "code" for cell in cells)


@pytest.mark.parametrize("name", APPS)
def test_a_notebook_runs(name: str, caseload: Path, tmp_path: Path) -> None:
    shutil.copytree(caseload, tmp_path / "home")

    ran = run(name, "--nbval-lax", tmp_path / "home")

    assert ran.returncode == 0, ran.stdout
    assert f"{n_cells(name)} passed" in ran.stdout


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_shows_again_exactly_what_it_shows(name: str, tmp_path: Path) -> None:
    ran = run(name, "--nbval", tmp_path / "nothing here")

    assert ran.returncode == 0, ran.stdout
    assert f"{n_cells(name)} passed" in ran.stdout
