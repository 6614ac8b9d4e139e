"""Help the people around a child notice sexual exploitation early and act on it the same day.

In a notebook, `cse_workbook.open()` opens the records, and `cse_workbook.show("caseload")` shows a
page of the workbook.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cse_workbook.widgets import Page
    from cse_workbook.workbook import Workbook

__all__ = ["open", "practise", "show"]


def open(home: str | Path | None = None) -> "Workbook":  # noqa: A001 # the word of the field for it
    """Open the records of a data folder, and look at them with the calls of `Workbook`.

    Takes the folder, or None for the one that `CSE_WORKBOOK_HOME` names, or else the user's own.
    Raises `WorkbookError` (STORE_03 to STORE_11) where the records cannot be opened as they are.
    """
    from cse_workbook.workbook import open_workbook

    return open_workbook(home)


def practise(cases: int = 40, seed: int = 1) -> "Workbook":
    """Open a made-up caseload to practise on, as a lead officer. The same numbers give the same."""
    from cse_workbook import workbook

    return workbook.practise(cases, seed)


def show(page: str, home: str | Path | None = None) -> "Page":
    """Show a page: screen_a_child, review_a_case, caseload, themes or macse_meeting.

    Where the records cannot be opened the page says so with a reference, and nothing is touched.
    """
    from cse_workbook.home import data_folder
    from cse_workbook.views import apps

    return apps.show(data_folder() if home is None else Path(home), page)
