"""How is a sheet that people fill in handed out?

It is a working paper: it goes into a new file of its own that the command was told, beside the
extract, and never among the results.
"""

import pandas as pd

from cse_workbook.audit.shown import Facts, Shown
from cse_workbook.audit.source import find
from cse_workbook.errors import WorkbookError, problem

NO_SHEET = "No file was named for it: give the parameter “sheet” the name of a new file."


def handed_out(sheet: str, filled_in: pd.DataFrame, *notes: str) -> Shown:
    """Write a sheet into a new file, and say so with notes; without a name, say how to get one.

    Raises AUDIT_15 where there is a file of this name.
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


def _written(sheet: str, filled_in: pd.DataFrame) -> str:
    path = find(sheet)
    if path.exists():
        raise WorkbookError(problem("AUDIT_15", path.name))
    filled_in.to_csv(path, index=False)
    return f"The reading sheet was written to {path.name}."
