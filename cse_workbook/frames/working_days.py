"""How many working days lie between two days?

A working day is Monday to Friday and no bank holiday in England and Wales. The list of holidays is
the one that the package govuk-bank-holidays ships: nothing is asked of the internet. The day from
which the time runs is not counted; the day on which it ends is, if it is a working day.
"""

from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from govuk_bank_holidays.bank_holidays import BankHolidays

_SATURDAY: Final = 5


class _Calendar(NamedTuple):
    """For each day from `first`, by its ordinal, how many working days there were by its end."""

    first: int
    by_end_of: list[int]


def working_days(start: date | None, end: date | None) -> int | None:
    """Count the working days after one day, up to and including another.

    None where either day is not there, where the end lies before the start, and outside the years
    for which bank holidays are known.

    >>> working_days(date(2026, 4, 2), date(2026, 4, 7))  # over Easter
    1
    """
    if start is None or end is None or end < start:
        return None
    first, by_end_of = _calendar()
    begin, last = start.toordinal() - first, end.toordinal() - first
    if begin < 0 or last >= len(by_end_of):
        return None
    return by_end_of[last] - by_end_of[begin]


@cache
def _calendar() -> _Calendar:
    shipped = BankHolidays(use_cached_holidays=True)
    known = shipped.get_holidays(BankHolidays.ENGLAND_AND_WALES)
    holidays = {holiday["date"] for holiday in known}
    first = date(min(holidays).year, 1, 1)
    length = (date(max(holidays).year + 1, 1, 1) - first).days
    days = (first + timedelta(days=number) for number in range(length))
    is_working = (day.weekday() < _SATURDAY and day not in holidays for day in days)
    return _Calendar(first.toordinal(), list(accumulate(map(int, is_working))))
