"""Open a page of the workbook, as each of the notebooks shows one."""

import atexit
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cse_workbook import instrument
from cse_workbook.casework import Casework, open_casework
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.faults import noted
from cse_workbook.views import shell
from cse_workbook.views.journey import Journey
from cse_workbook.widgets import Page

# The name of a notebook, and the page that its window begins with.
HOMES: Final[Mapping[str, str]] = {
    "screen_a_child": "start",
    "review_a_case": "opening",
    "caseload": "caseload",
    "themes": "themes",
    "macse_meeting": "macse",
}


def show(folder: Path, name: str) -> Page:
    """Open the page of a notebook on the records of a data folder.

    A policy file `policy.toml` in that folder is the local policy. Where the records or the policy
    cannot be opened, the page says so with a reference, and nothing is touched. Raises APP_06 for a
    name that is none of the notebooks.
    """
    if name not in HOMES:
        raise WorkbookError(problem("APP_06", name[:60], near=near(name, list(HOMES))))
    try:
        casework = open_casework(folder)
    except WorkbookError as error:
        page = Page()
        closed = {"kind": "page", "page": shell.closed(noted(error, folder).reference)}
        page.on_msg(lambda _page, _message, _buffers: page.send(closed))
        return page
    return page_of(casework, HOMES[name])


def page_of(casework: Casework, home: str) -> Page:
    """Show the page called `home` on records that are open."""
    page = Page()
    receive, close = _speaker(page, casework, home)
    page.on_msg(lambda _page, message, _buffers: receive(message))
    atexit.register(close)
    return page


def _speaker(
    page: Page, casework: Casework, home: str
) -> tuple[Callable[[object], None], Callable[[], None]]:
    """Give who answers a page: the form alone for whoever has no other page, as it opens sooner."""
    published = instrument.load()
    if home == "start" and not casework.is_lead:
        journey = Journey(page, casework.store, published, casework.policy, casework.now)
        return journey.receive, journey.close
    from cse_workbook.views.office.front import Front

    front = Front(page, casework, published, home)
    return front.receive, front.close
