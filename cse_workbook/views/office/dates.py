"""How a day is written on the lead officer's pages: no longer than a person needs it there."""

from datetime import date

from cse_workbook.views.pages import written


def day(on: date, today: date) -> str:
    """Write a day: 16 November, with the year only where it is not this one.

    >>> day(date(2026, 11, 16), date(2026, 11, 23))
    '16 November'
    """
    return f"{on.day} {on:%B}" if on.year == today.year else written(on)


def due(on: date, today: date) -> str:
    """Write a day on which something is due: Wednesday 18 November.

    >>> due(date(2027, 1, 6), date(2026, 11, 23))
    'Wednesday 6 January 2027'
    """
    return f"{on:%A} {day(on, today)}"


def days(first: date, last: date, today: date) -> str:
    """Write from one day to another: 14 to 15 November, or one day where they are the same.

    >>> days(date(2026, 11, 14), date(2026, 11, 15), date(2026, 11, 23))
    '14 to 15 November'
    """
    if first == last:
        return day(first, today)
    begun = str(first.day) if (first.month, first.year) == (last.month, last.year) else ""
    return f"{begun or day(first, today)} to {day(last, today)}"
