"""Screen a child: the form and its outcome, as the notebook `screen_a_child` shows it."""

import atexit
import os
from pathlib import Path

from cse_workbook import instrument, policy
from cse_workbook.store import open_store
from cse_workbook.views.journey import Journey
from cse_workbook.widgets import Page


def show() -> Page:
    """Open the screening form on the record store of the data folder CSE_WORKBOOK_HOME.

    A policy file `policy.toml` in that folder is the local policy. Raises STORE_03 to STORE_11.
    """
    folder = Path(os.environ["CSE_WORKBOOK_HOME"])
    own = folder / "policy.toml"
    local = policy.load(str(own)) if own.exists() else policy.load()
    page = Page()
    journey = Journey(page, open_store(folder), instrument.load(), local)
    page.on_msg(lambda _page, message, _buffers: journey.receive(message))
    atexit.register(journey.close)
    return page
