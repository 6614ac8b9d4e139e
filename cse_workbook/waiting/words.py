"""How are the days and the questions that a record waits for written in a sentence?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from cse_workbook.instrument import Instrument

_NAMED: Final = 3  # of the questions in one sentence


def place(route: str, instrument: Instrument) -> int:
    """Give the place of a route, 0 for the lowest and for one that the instrument has not."""
    return next((n for n, each in enumerate(instrument.routes) if each.key == route), 0)


def views(routes: Iterable[str], instrument: Instrument) -> Sequence[str]:
    """Give what views are called, the one that asks for least first."""
    labels = {route.key: route.view_label for route in instrument.routes}
    return [labels.get(key, key) for key in sorted(routes, key=lambda key: place(key, instrument))]


def questions(keys: Iterable[str], instrument: Instrument) -> Sequence[str]:
    """Give what questions are called within a sentence."""
    labels = {indicator.key: indicator.label for indicator in instrument.indicators}
    named = [labels.get(key, key.replace("_", " ")) for key in keys]
    return [label[0].lower() + label[1:] for label in named]


def listed(named: Sequence[str]) -> str:
    """List the first few, and say where there are more: never how many."""
    return "; ".join([*named[:_NAMED], *(["and more"] if len(named) > _NAMED else [])])


def days(count: int) -> str:
    """Count days.

    >>> days(1), days(9)
    ('1 day', '9 days')
    """
    return "1 day" if count == 1 else f"{count} days"


def written(day: date, today: date) -> str:
    """Write a day, with its year unless it is this year.

    >>> written(date(2026, 11, 14), date(2026, 11, 23))
    '14 November'
    """
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def span(first: date, last: date, today: date) -> str:
    """Write from which day to which.

    >>> span(date(2026, 11, 14), date(2026, 11, 15), date(2026, 11, 23))
    '14 to 15 November'
    """
    if first == last:
        return f"on {written(first, today)}"
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begun = str(first.day) if is_one_month else written(first, today)
    return f"{begun} to {written(last, today)}"
