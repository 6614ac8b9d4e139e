"""How do protected figures read?

A count is a number or one of the marks of disclosure control; a rate is never shown without what it
is a rate of, nor without its interval.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from cse_workbook.disclosure.cells import ALL_BUT_FEW, HIDDEN, NOT_ASKED
from cse_workbook.disclosure.numbers import NOT_SHOWN
from cse_workbook.measures import Measure, Period
from cse_workbook.policy import Disclosure

STANDS: Final = (
    "Told as it stood when the extract was made, of what had begun by the end of the period."
)
TOTAL: Final = "all"
BLANK: Final = "–"
_COUNTS: Final = ("numerator", "denominator", "n_not_known")
_HEADS: Final[Mapping[str, str]] = {
    "numerator": "Number",
    "denominator": "Out of",
    "ratio": "Rate (95% interval)",
    "n_not_known": "Not known",
    "median": "Working days, median (middle half)",
}
Row = Mapping[str, Any]


def rows(table: pd.DataFrame) -> Iterator[Row]:
    """Give the rows of a table, by the names of their columns."""
    return ({str(name): value for name, value in row.items()} for row in table.to_dict("records"))


def heads(table: pd.DataFrame) -> list[str]:
    """Give the heads of the figures that a table has."""
    return [_HEADS[each] for each in _told(table)]


def figures(row: Row, table: pd.DataFrame) -> list[str]:
    """Write the figures of a row of a table, under its `heads`."""
    written = {"ratio": rate, "median": days}
    return [written[each](row) if each in written else count(row[each]) for each in _told(table)]


def count(value: Any) -> str:
    """Write a count as it is printed."""
    return value if isinstance(value, str) else f"{value:,}"


def rate(row: Row) -> str:
    """Write a ratio with its interval, in per cent."""
    if pd.isna(row["ratio"]):
        is_hidden = any(isinstance(row[each], str) for each in ("numerator", "denominator"))
        return NOT_SHOWN if is_hidden else BLANK
    ratio, low, high = (f"{100 * row[each]:.0f}%" for each in ("ratio", "low", "high"))
    return f"{ratio} ({low} to {high})"


def rated(row: Row) -> str:
    """Write a ratio with its counts and its interval."""
    return f"{count(row['numerator'])} of {count(row['denominator'])}: {rate(row)}"


def difference(row: Row) -> str:
    """Write the difference of two rates with its interval, in percentage points."""
    if pd.isna(row["difference"]):
        return BLANK
    apart, low, high = (
        f"{100 * row[each]:+.0f}" for each in ("difference", "difference_low", "difference_high")
    )
    return f"{apart} points ({low} to {high})"


def days(row: Row) -> str:
    """Write the median of a time, and between which days the middle half lies."""
    if pd.isna(row["median"]):
        return BLANK
    low, middle, high = (
        f"{row[each]:g}" for each in ("lower_quartile", "median", "upper_quartile")
    )
    return f"{middle} ({low} to {high})"


def plain(key: object) -> str:
    """Write the name of a group in plain words."""
    return str(key).replace("_", " ")


def heading(key: str) -> str:
    """Write the name of a column in plain words, to stand over it."""
    return plain(key).capitalize()


def day(on: Any) -> str:
    """Write a day."""
    found = pd.Timestamp(on)
    return f"{found.day} {found:%B %Y}"


def period(row: Row) -> str:
    """Write the period of a row by its first and its last day."""
    return f"{day(row['period_start'])} to {day(row['period_end'])}"


def of(when: Period) -> str:
    """Write a period by its first and its last day."""
    return period({"period_start": when.start, "period_end": when.end})


def notes_on(measures: Iterable[Measure]) -> list[str]:
    """Say of each measure how it is meant, what it does not show, and its source."""
    return [
        f"{each.question}{f' {STANDS}' if each.as_it_stands else ''} What it does not show:"
        f" {each.does_not_show} Source: {each.source}."
        for each in measures
    ]


def marks(table: pd.DataFrame, disclosure: Disclosure) -> list[str]:
    """Explain the marks that stand in the figures of a table."""
    values = {value for each in _told(table) if each in _COUNTS for value in table[each]}
    limit, unit = disclosure.suppress_up_to, disclosure.round_to
    told = {
        HIDDEN: f"“{HIDDEN}” is a number from 1 to {limit}.",
        ALL_BUT_FEW: f"“{ALL_BUT_FEW}” is all of them but 1 to {limit}.",
        NOT_SHOWN: f"“{NOT_SHOWN}”: another hidden number could be worked out from it.",
        NOT_ASKED: f"“{NOT_ASKED}”: this does not apply to the question.",
    }
    rounded = f"Other numbers are rounded to the nearest {unit}, totals by themselves."
    if "ratio" in table and unit > 1:
        rounded += " Rates are of the numbers as printed, so parts need not add up to 100%."
    return [*(said for mark, said in told.items() if mark in values), rounded]


def _told(table: pd.DataFrame) -> list[str]:
    """Give which figures a table has, without those that are blank or not asked throughout."""
    blank = {
        each
        for each, nothing in (("median", pd.NA), ("n_not_known", NOT_ASKED))
        if each in table and table[each].fillna(nothing).isin([nothing]).all()
    }
    return [each for each in _HEADS if each in table and each not in blank]


def listed(value: str) -> list[str]:
    """Read names that stand after one another, between commas."""
    return [each.strip() for each in value.split(",") if each.strip()]
