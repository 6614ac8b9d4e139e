"""The command that opens the pages: `app`."""

import os
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from cse_workbook import policy as policies
from cse_workbook.cli.records import filled, opened
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.home import HOME, data_folder

PORT: Final = 8737
LEAD_OFFICERS_PAGES: Final = ("caseload", "themes", "macse_meeting")
_PACKAGE: Final = Path(__file__).parent.parent
# As it is installed, or as it stands in the repository.
_NOTEBOOKS: Final = (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks")


def app(
    page: Literal[
        "screen_a_child", "review_a_case", "caseload", "themes", "macse_meeting"
    ] = "screen_a_child",
    /,
    *,
    port: int = PORT,
    no_browser: Annotated[bool, Parameter(negative=())] = False,
    demo: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Open the pages in a browser, on this machine only, until Ctrl+C.

    Makes the record store on first use. Prints one line with an address that works once. The
    caseload, the themes and the meeting are for whoever the policy names a lead officer.

    Parameters
    ----------
    page
        Which page to open.
    port
        Port of this machine to answer on.
    no_browser
        Print the address and open no browser.
    demo
        Add a made-up caseload, if there is no record yet, for a lead officer to look at.
    """
    from cse_workbook.serving import serve

    folder = data_folder()
    policies.local(folder)  # refused here, with its line, rather than on a page
    with opened(folder) as store:
        if demo and store.head().seq == 0:
            filled(store)
        elif demo:
            print("There are records here already, so no made-up caseload was added.")
    works_as = policies.local(folder).person.works_as
    if page in LEAD_OFFICERS_PAGES and works_as != "lead_officer":
        raise WorkbookError(problem("CASE_02", page, needed="a lead officer"))
    # The kernel of a page finds the records by this name.
    os.environ[HOME] = str(folder.resolve())
    serve(_notebook(page), folder, port, not no_browser, _say_ready)
    return 0


def _notebook(page: str) -> Path:
    paths = [folder / f"{page}.ipynb" for folder in _NOTEBOOKS]
    return next(path for path in paths if path.is_file())


def _say_ready(address: str) -> None:
    print(f"Open {address}", flush=True)
