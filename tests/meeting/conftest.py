"""A lead officer's window at the pages of a meeting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.meeting.window import open_meeting
from tests.office_window import Window, new_store


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with new_store(tmp_path / "home") as opened:
        yield open_meeting(opened)
