"""What is a measure?

One question put to a declared frame: a small pure function from its rows to true/false columns.
A measure looks at each row by itself, so the same function serves a table in parts or whole. It
knows nothing of periods, groups, intervals or small numbers: the runner and the disclosure control
do these.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypedDict, Unpack

import msgspec
import pandas as pd

from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.frames.kinds import NO, YES

FrameName = Literal["screenings", "cases", "referrals", "episodes", "actions"]


class Counted(NamedTuple):
    """What a measure says of each row: it is in the numerator, it is in the denominator.

    `not_known` marks rows that would belong to the denominator, if what decides it were known.
    `days`, for times only, are whole working days; blank in rows that have not got there.
    """

    numerator: pd.Series
    denominator: pd.Series
    not_known: pd.Series | None = None
    days: pd.Series | None = None


def all_of(frame: pd.DataFrame) -> pd.Series:
    """Take every row."""
    return pd.Series(True, frame.index)


def counted(numerator: pd.Series) -> Counted:
    """Measure which of all rows belong to the numerator."""
    return Counted(numerator, pd.Series(True, numerator.index))


def answered(column: pd.Series, answer: str = YES, among: Sequence[str] = (YES, NO)) -> Counted:
    """Measure how many of several words are one word; any other word belongs to neither."""
    return Counted(column == answer, column.isin(list(among)))


def timed(days: pd.Series, started: pd.Series, ended: pd.Series) -> Counted:
    """Measure a time in working days: of those that started, how many ended, and after how long.

    Where it ended and the days are blank, the days were written down wrongly: not known.
    """
    not_known = started & ended & days.isna()
    return Counted(days.notna(), started & ~not_known, not_known, days)


Count = Callable[[pd.DataFrame], Counted]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its function. `date` is the column that puts a row into a period.

    With `of_all`, the denominator is counted over the whole period, not within each group: the
    ratio is then the share of a group in all. With `as_it_stands`, every row up to the end of the
    period is counted, as it stands on the day of the extract.

    Which rows are counted has names, the same for the same rows in every measure and every rule, so
    that what is printed of them can be compared: `among` those asked about, `unknown` those of them
    that are in no denominator, `counts` the numerator (a name, or “one but not another”), `nobody`
    a name and parts that leave nobody of it out. A name that is left out is the measure's own.
    """

    key: str
    frame: FrameName
    date: str
    question: str
    source: str
    does_not_show: str
    count: Count
    of_all: bool = False
    as_it_stands: bool = False
    among: str = ""
    counts: str = ""
    unknown: str = ""
    nobody: tuple[str, ...] = ()


class Rows(TypedDict, total=False):
    """The names of the rows that are counted, as `Measure` has them."""

    among: str
    counts: str
    unknown: str
    nobody: tuple[str, ...]


class _More(Rows, total=False):
    of_all: bool
    as_it_stands: bool


MEASURES: Final[dict[str, Measure]] = {}


def measure(
    *,
    frame: FrameName,
    date: str,
    question: str,
    source: str,
    does_not_show: str,
    **more: Unpack[_More],
) -> Callable[[Count], Count]:
    """Register a function as a measure under its own name, and give it back as it is.

    Takes the fields of `Measure`; those with a value of their own may be left out.
    """

    def register(count: Count) -> Count:
        key = count.__name__
        if key in MEASURES:
            raise ValueError(f"two measures have the name {key}")
        MEASURES[key] = Measure(
            key=key,
            frame=frame,
            date=date,
            question=question,
            source=source,
            does_not_show=does_not_show,
            count=count,
            **more,
        )
        return count

    return register


def find(key: str, measures: Mapping[str, Measure] = MEASURES) -> Measure:
    """Give a measure by its key. Raises MEASURE_03 with the near miss."""
    if key not in measures:
        raise WorkbookError(problem("MEASURE_03", key, near=near(key, list(measures))))
    return measures[key]
