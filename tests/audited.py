"""An extract to run audit notebooks on: made-up children, and one of whom everything is known."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import store
from cse_workbook.audit.parameters import declared
from cse_workbook.audit.running import notebook_of
from cse_workbook.casework import open_casework
from cse_workbook.errors import WorkbookError
from cse_workbook.extracts import Source, write_extract
from cse_workbook.frames import frames
from cse_workbook.rehearsal import fill, work_as_lead_officer
from tests.browser.full_case import full_case

CANARY = "Zephyrine Quillfeather of Thistlewick Lane"
QUARTER = "2026-Q3"
COMMAND = (sys.executable, "-m", "cse_workbook")
AGENCIES = ["Example College", "Example School"]
WITHOUT_EXTRACT = ("calibration",)


def make(place: Path) -> None:
    """Write `home`, with a record, and `extract`, made of it, into a folder."""
    home = place / "home"
    store.init(home)
    work_as_lead_officer(home)
    with store.open_store(home) as opened:
        fill(opened, cases=160, seed=4)
    full_case(home, CANARY)
    casework = open_casework(home)
    with casework.store:
        found = frames([*casework.audited()], casework.instrument, casework.policy, casework.today)
    named = {
        name: frame.assign(
            agency=frame["agency"].where(frame["agency"] == AGENCIES[1], AGENCIES[0])
        )
        for name, frame in found.by_name().items()
    }
    today = date(2026, 11, 22)
    source = Source(casework.instrument, casework.policy, "9:abc", "all", today)
    write_extract(place / "extract", msgspec.structs.replace(found, **named), source)


def given(name: str, place: Path) -> dict[str, str]:
    """Give the parameters that a notebook needs."""
    if name in WITHOUT_EXTRACT:
        return {}
    chosen = {"extract": str(place / "extract"), "period": QUARTER}
    return {key: value for key, value in chosen.items() if key in declared(notebook_of(name))}


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def copied(folder: Path, target: Path) -> None:
    target.mkdir()
    for path in folder.iterdir():
        (target / path.name).write_bytes(path.read_bytes())


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(WorkbookError) as refused:
        call()
    return str(refused.value)
