"""The command by which a second person releases the results of an audit."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cse_workbook.home import data_folder


def release(folder: Path, /, *, revised: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Release the tables of an audit, after somebody else has made them: all of them or none.

    For a lead officer or an auditor. The files have to be as the audit wrote them, and each table
    is weighed against all that was released before: one that would give a hidden number away is
    refused. What is released is entered in the record.

    Parameters
    ----------
    folder
        Folder of results that `cse-workbook audit` wrote.
    revised
        The record has changed since an earlier release, so that a number of it is another now. Such
        a number is then no longer held against the table; all others still are.
    """
    from cse_workbook import releasing
    from cse_workbook.casework import open_casework

    folder, casework = folder.resolve(), open_casework(data_folder())
    with casework.store:
        done = releasing.release(folder, casework, revised=revised)
    for name in done.tables:
        print(f"Released: {name}")
    tables = f"{len(done.tables)} {'table' if len(done.tables) == 1 else 'tables'}"
    print(f"Released from {folder.name}: {tables}. Head {done.head}")
    return 0
