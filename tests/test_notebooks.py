"""Every notebook runs from top to bottom, by nbval, on a store of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cse_workbook import store

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb")))
def test_a_notebook_runs(name, tmp_path):
    store.init(tmp_path / "home")

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", str(ROOT / "notebooks" / name)],
        env={**os.environ, "CSE_WORKBOOK_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout
