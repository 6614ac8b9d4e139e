"""Screen a child: the form and its outcome, as the notebook `screen_a_child` shows it."""

import atexit
import os
from pathlib import Path

from cse_workbook import instrument, policy
from cse_workbook.errors import WorkbookError
from cse_workbook.faults import noted
from cse_workbook.store import open_store
from cse_workbook.views import shell
from cse_workbook.views.journey import Journey
from cse_workbook.widgets import Page


def show() -> Page:
    """Open the screening form on the record store of the data folder CSE_WORKBOOK_HOME.

    A policy file `policy.toml` in that folder is the local policy. Where the records or the policy
    cannot be opened, the page says so with a reference, and nothing is touched.
    """
    folder, page = Path(os.environ["CSE_WORKBOOK_HOME"]), Page()
    try:
        journey = Journey(page, open_store(folder), instrument.load(), policy.local(folder))
    except WorkbookError as error:
        closed = {"kind": "page", "page": shell.closed(noted(error, folder).reference)}
        page.on_msg(lambda _page, _message, _buffers: page.send(closed))
        return page
    page.on_msg(lambda _page, message, _buffers: journey.receive(message))
    atexit.register(journey.close)
    return page
