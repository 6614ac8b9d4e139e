"""A lead officer's window on the page of a case."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_up_events import OPENED, screened, view
from tests.office_window import Window, new_store, write
from tests.review_page.made_up import on


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    """A window on the page that opens a case, on an empty store."""
    with new_store(tmp_path / "home") as opened:
        made = Window(opened, home="opening")
        made.open()
        yield made


@pytest.fixture
def plain(window: Window) -> Window:
    """A case that was opened, with nothing else in it."""
    write(window.store, OPENED, at=on(9, 2))
    return window


@pytest.fixture
def seen(window: Window) -> Window:
    """A case with one screening, opened once before, and all that happened since."""
    first = screened(missing_from_home_or_care="possible", gifts_from_unknown_sources="not_known")
    write(
        window.store, OPENED, first, view("assess_today", "missing_from_home_or_care"), at=on(9, 2)
    )
    window.now = on(11, 3)
    window.open_case()
    window.now = on(11, 23, 8)
    return window
