"""Who writes what, and when, in a made-up case that a lead officer reviews."""

from datetime import UTC, datetime
from typing import Final

from cse_workbook.store import Who
from tests.made_up_events import screened, view
from tests.office_window import Window, write

YOUTH_WORKER: Final = Who("y.example", "youth worker", "Example Centre")
ANOTHER_LEAD: Final = Who("l.example", "lead officer", "Example School")


def on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def write_again(window: Window, **answers: str) -> list[int]:
    """Screen the child again on 16 November."""
    again = screened(**{"missing_from_home_or_care": "yes", **answers})
    drives = view("refer_now", "missing_from_home_or_care")
    return write(window.store, again, drives, at=on(11, 16), who=YOUTH_WORKER)
