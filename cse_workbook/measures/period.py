"""Which days belong to a period?

A period is a month, a quarter of the calendar year, or the days between two days, both included.
The financial year is not known here: its first quarter is the calendar's second, and every result
prints the first and the last day.
"""

import re
from datetime import date, timedelta
from typing import Final

import msgspec
import pandas as pd

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.months import before, month

MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])")
BETWEEN: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


class Period(msgspec.Struct, frozen=True):
    """The days from `start` to `end`, both included. Raises MEASURE_02 for the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            where = f"{self.start}..{self.end}"
            raise WorkbookError(problem("MEASURE_02", where, start=self.start, end=self.end))

    def covers(self, days: pd.Series) -> pd.Series:
        """Tell of each day whether it lies in the period; a blank day never does."""
        return self.reaches(days) & (pd.to_datetime(days) >= pd.Timestamp(self.start))

    def reaches(self, days: pd.Series) -> pd.Series:
        """Tell of each day whether it lies in the period or before it."""
        return pd.to_datetime(days) < pd.Timestamp(self.end) + pd.Timedelta(days=1)


def read_period(text: str) -> Period:
    """Read a period: “2026-11”, “2026-Q4”, or “2026-11-01..2026-11-15”.

    Raises MEASURE_01 for anything else, and MEASURE_02 for the wrong way round. The first and the
    last day of the calendar belong to no period: one has no day before it, the other none after.

    >>> read_period("2026-Q4")
    Period(start=datetime.date(2026, 10, 1), end=datetime.date(2026, 12, 31))
    """
    try:
        period = _read(text)
    except ValueError:
        period = None
    if period is None or period.start == date.min or period.end == date.max:
        raise WorkbookError(problem("MEASURE_01", text))
    return period


def run_up(period: Period, n_periods: int) -> tuple[Period, ...]:
    """Give so many periods of the same kind in a row, of which the given one is the last.

    A period of whole months is preceded by as many whole months, any other by as many days. Raises
    MEASURE_07 where the calendar does not go back so far.
    """
    periods = [period]
    try:
        while len(periods) < n_periods:
            periods.append(_preceding(periods[-1]))
    except (ValueError, OverflowError):
        where = f"{period.start}..{period.end}"
        raise WorkbookError(problem("MEASURE_07", where, n_periods=n_periods)) from None
    return tuple(reversed(periods))


def _read(text: str) -> Period | None:
    """Read a period, and give nothing where its form is another; a day that is none is an error."""
    if found := MONTH.fullmatch(text):
        return _months(date(int(found[1]), int(found[2]), 1), 1)
    if found := QUARTER.fullmatch(text):
        return _months(date(int(found[1]), 3 * int(found[2]) - 2, 1), 3)
    if found := BETWEEN.fullmatch(text):
        return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    return None


def _preceding(period: Period) -> Period:
    end = period.start - timedelta(days=1)
    n_months = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month
    if period.start.day == 1 and (period.end + timedelta(days=1)).day == 1:
        return Period(_first(before(month(period.start), n_months + 1)), end)
    return Period(end - (period.end - period.start), end)


def _months(first: date, n_months: int) -> Period:
    following = _first(before(month(first), -n_months))
    return Period(first, following - timedelta(days=1))


def _first(key: str) -> date:
    return date.fromisoformat(f"{key}-01")
