"""Frames of made-up histories."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from cse_workbook.case import AnyEvent, Case
from cse_workbook.frames import Frames, frames
from tests.made_up_events import (
    OCC,
    OPENED,
    POLICY,
    case_on,
)

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 9, 7)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def at(days: int, hour: int = 10) -> datetime:
    return datetime(2026, 9, 7, hour, tzinfo=UTC) + timedelta(days=days)


def made(*cases: Case, today: date = TODAY) -> Frames:
    return frames(cases, OCC, POLICY, today)


def told(name: str, *happened: tuple[int, AnyEvent], today: date = TODAY) -> pd.DataFrame:
    """Give a frame of a case, opened on Monday 7 September; the numbers are days since then."""
    case = case_on((MONDAY, OPENED), *((on(days), event) for days, event in happened))
    return made(case, today=today).by_name()[name]


def only(name: str, *happened: tuple[int, AnyEvent], today: date = TODAY) -> dict[str, Any]:
    """Give the only row of a frame, blanks as None."""
    [row] = rows(told(name, *happened, today=today))
    return row


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    blanks = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in blanks.to_dict("records")]


def picked(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}
