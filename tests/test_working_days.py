"""Working days from one day to another, counted by hand against a calendar."""

from datetime import date

import pytest

from cse_workbook.frames import working_days


@pytest.mark.parametrize(
    ("start", "end", "expected", "why"),
    [
        ("2026-11-16", "2026-11-16", 0, "The same day."),
        ("2026-11-16", "2026-11-17", 1, "Monday to Tuesday."),
        ("2026-11-20", "2026-11-23", 1, "Friday to Monday."),
        ("2026-11-21", "2026-11-23", 1, "Saturday to Monday: the next working day."),
        ("2026-11-20", "2026-11-21", 0, "Friday to Saturday: no working day has come."),
        ("2026-11-16", "2026-11-30", 10, "Two weeks."),
        ("2026-12-24", "2026-12-29", 1, "Christmas Day, a weekend, Boxing Day on Monday."),
        ("2026-04-02", "2026-04-07", 1, "Good Friday and Easter Monday."),
        ("2026-08-28", "2026-09-01", 1, "The August holiday of England and Wales."),
        ("2026-03-16", "2026-03-18", 2, "Saint Patrick's Day is no holiday in England."),
        ("2011-12-30", "2012-01-04", None, "No list of holidays is known of 2011."),
        ("2028-12-28", "2029-01-02", None, "No list of holidays is known of 2029."),
        (None, "2026-11-17", None, "It has not started."),
        ("2026-11-16", None, None, "It has not ended."),
        ("2026-11-17", "2026-11-16", None, "It cannot end before it starts."),
    ],
)
def test_working_days(start: str | None, end: str | None, expected: int | None, why: str) -> None:
    days = [date.fromisoformat(each) if each else None for each in (start, end)]

    assert working_days(*days) == expected, why
