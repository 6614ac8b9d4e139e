"""How is a sheet that people fill in handed out, and how does it come back?

It is a working paper: it goes into a new file of its own that the command was told, beside the
extract, which no other account can read, and never among the results.
"""

import os

import pandas as pd

from cse_workbook.audit.shown import Facts, Shown
from cse_workbook.audit.source import find
from cse_workbook.errors import WorkbookError, problem

NO_SHEET = "No file was named for it: give the parameter “sheet” the name of a new file."


def handed_out(sheet: str, filled_in: pd.DataFrame, *notes: str) -> Shown:
    """Write a sheet into a new file, and say so with notes; without a name, say how to get one.

    Raises AUDIT_15 where there is a file of this name, and AUDIT_19 where none can be written.
    """
    told = _written(sheet, filled_in) if sheet else NO_SHEET
    return Shown(
        title="Reading sheet",
        head=(),
        body=(),
        data=pd.DataFrame({"sheet": [told]}),
        facts=Facts(name="reading-sheet", rows=0),
        notes=(told, *notes),
    )


def taken_back(name: str) -> pd.DataFrame:
    """Read a sheet that people filled in; its cells are words, or blank.

    Raises AUDIT_20 for what cannot be read as a table, and AUDIT_21 for other marks than commas
    between its columns.
    """
    path = find(name)
    try:
        table = pd.read_csv(path, dtype=str, compression=None)
    except (OSError, ValueError):
        # What pandas says may quote a cell.
        raise WorkbookError(problem("AUDIT_20", path.name)) from None
    if len(table.columns) == 1:
        raise WorkbookError(problem("AUDIT_21", path.name))
    return table


def _written(sheet: str, filled_in: pd.DataFrame) -> str:
    path = find(sheet)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            filled_in.to_csv(file, index=False)
    except FileExistsError:
        raise WorkbookError(problem("AUDIT_15", path.name)) from None
    except OSError:
        raise WorkbookError(problem("AUDIT_19", path.name, folder=path.parent)) from None
    return f"The reading sheet was written to {path.name}."
