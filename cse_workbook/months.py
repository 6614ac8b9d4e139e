"""Months as keys like “2026-11”, which sort as they follow one another."""

from datetime import date


def month(day: date) -> str:
    """Give the month of a day.

    >>> month(date(2026, 11, 23))
    '2026-11'
    """
    return f"{day.year:04d}-{day.month:02d}"


def months(first: str, last: str) -> list[str]:
    """Give all months from one to another, both included.

    >>> months("2026-11", "2027-01")
    ['2026-11', '2026-12', '2027-01']
    """
    return [_key(each) for each in range(_number(first), _number(last) + 1)]


def before(month: str, n_months: int) -> str:
    """Give the month that lies so many before another.

    >>> before("2027-01", 2)
    '2026-11'
    """
    return _key(_number(month) - n_months)


def name_of(month: str) -> str:
    """Write a month as a person reads it.

    >>> name_of("2026-11")
    'November 2026'
    """
    return f"{date(int(month[:4]), int(month[5:]), 1):%B %Y}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _key(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
