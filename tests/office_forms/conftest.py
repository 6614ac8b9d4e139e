"""A lead officer at an open case."""

from pathlib import Path

import pytest

from cse_workbook import account
from tests.made_up_events import view
from tests.office_forms.typing_in import (
    GIVEN_AT,
    OPENED,
    SIGN,
)
from tests.office_window import Window, new_store, write


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "name", lambda: "l.example")


@pytest.fixture
def window(tmp_path: Path) -> Window:
    """Open a lead officer's window on the record of a child whom the teacher screened."""
    made = new_store(tmp_path / "home")
    write(made, OPENED, SIGN, view("refer_now", "self_harm"), at=GIVEN_AT)
    opened = Window(made)
    opened.open()
    opened.open_case()
    return opened
