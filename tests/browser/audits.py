"""Every notebook of an audit, run by the command, for the pages that people look at."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.browser.served import made_up

OF_EXTRACT: Final = ("audit_period", "compare_periods", "audit_record_quality", "audit_case_sample")
NAMES: Final = (*OF_EXTRACT, "calibration")
EXTRACT: Final = "extract"


def run_all(folder: Path) -> None:
    """Write an extract into a folder, and the result of each notebook under its name."""
    home, extract = made_up(folder / "home"), folder / EXTRACT
    _command(home, "extract", str(extract))
    for name in NAMES:
        given = ["-p", f"extract={extract}"] if name in OF_EXTRACT else []
        _command(home, "audit", name, str(folder / name), *given)


def _command(home: Path, *arguments: str) -> None:
    # In a process of its own: here, the browser's event loop runs.
    told = [sys.executable, "-m", "cse_workbook", "--store", str(home), *arguments]
    subprocess.run(told, check=True, capture_output=True)
