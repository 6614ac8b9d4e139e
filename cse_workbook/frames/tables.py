"""Make frames of rows, and rows that no longer say who somebody is.

Intervals have been worked out by then: a day that is made coarser afterwards changes none of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, Literal, TypeVar

import msgspec
import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from cse_workbook.frames.declared import SCHEMAS
from cse_workbook.frames.kinds import DAY_TYPE, NUMBER_TYPE, WORD_TYPE, type_of

Coarseness = Literal["day", "week", "month"]
KEYS: Final = ("child", "case")
_AT_ONCE: Final = 1000  # rows that are held before their values are put into columns
_ARROW: Final = {WORD_TYPE: arrow.large_string(), NUMBER_TYPE: arrow.int64()}
Some = TypeVar("Some", bound="Frames")


class Frames(msgspec.Struct, frozen=True):
    """The five frames; their columns are declared in `SCHEMAS`."""

    screenings: pd.DataFrame
    cases: pd.DataFrame
    referrals: pd.DataFrame
    episodes: pd.DataFrame
    actions: pd.DataFrame

    def __repr__(self) -> str:
        """Show how many rows there are, never what is in them."""
        rows = ", ".join(f"{len(frame)} {name}" for name, frame in self.by_name().items())
        return f"Frames({rows})"

    def by_name(self) -> dict[str, pd.DataFrame]:
        """Give the frames by their names, in the order of the declaration."""
        return {name: getattr(self, name) for name in SCHEMAS}


class WithAnswers(Frames, frozen=True):
    """The five frames, and what was answered in each screening, in the same rows: see `of_answers`.

    Only an extract holds the answers. Measures count the five.
    """

    answers: pd.DataFrame


class Table:
    """A frame while its rows are added; a row is let go at once, only its values are kept."""

    def __init__(self, schema: pa.DataFrameSchema) -> None:
        """Begin with every declared column, and no row."""
        self._types = {str(name): type_of(column) for name, column in schema.columns.items()}
        self._values_of = itemgetter(*self._types)
        self._rows: list[tuple[Any, ...]] = []
        self._columns: list[list[Any]] = [[] for _ in self._types]

    def add(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Add rows, each with a value for every column."""
        self._rows.extend(map(self._values_of, rows))
        if len(self._rows) >= _AT_ONCE:
            self._settle()

    def _settle(self) -> None:
        for column, values in zip(self._columns, zip(*self._rows, strict=True), strict=False):
            column.extend(values)
        self._rows.clear()

    def whole(self) -> pd.DataFrame:
        """Give the frame."""
        self._settle()
        each = zip(self._types.items(), self._columns, strict=True)
        return pd.DataFrame({name: _column(values, dtype) for (name, dtype), values in each})


def _column(values: Sequence[Any], dtype: str) -> Any:
    # By way of arrow where that is much faster than by pandas.
    if dtype == DAY_TYPE:
        days = arrow.array(values, arrow.date32())
        return days.cast(arrow.timestamp("us")).to_numpy(zero_copy_only=False)
    if dtype in _ARROW:
        kind: Any = pd.api.types.pandas_dtype(dtype)
        return kind.__from_arrow__(arrow.array(values, _ARROW[dtype]))
    return np.array(values, dtype)


def shielded(frames: Some, name_of: Callable[[str, str], str], dates: Coarseness) -> Some:
    """Give frames in which a pseudonym stands for every child and case, and days are coarser.

    `name_of` takes what is named (child or case) and its reference. Rows stand in the order of the
    pseudonyms: their order in the record would tell which is which.
    """
    # Every child and case has a row among the cases.
    names = {key: _names(frames.cases[key], key, name_of) for key in KEYS}
    given = {}
    for name, frame in msgspec.structs.asdict(frames).items():
        keys = [each for each in KEYS if each in frame]
        named = frame.assign(**{key: frame[key].map(names[key]).astype("str") for key in keys})
        days = [each for each in frame.columns if frame[each].dtype == DAY_TYPE]
        coarse = named.assign(**{each: coarser(frame[each], dates) for each in days})
        given[name] = coarse.sort_values("case", kind="stable", ignore_index=True)
    return msgspec.structs.replace(frames, **given)


def _names(
    references: "pd.Series[str]", key: str, name_of: Callable[[str, str], str]
) -> dict[str, str]:
    return {each: name_of(key, each) for each in references.unique()}


def coarser(days: "pd.Series[pd.Timestamp]", dates: Coarseness) -> "pd.Series[pd.Timestamp]":
    """Give the day itself, the Monday of its week, or the first day of its month."""
    if dates == "day":
        return days
    into = days.dt.day - 1 if dates == "month" else days.dt.day_of_week
    coarse: pd.Series[pd.Timestamp] = (days - pd.to_timedelta(into, unit="D")).astype(DAY_TYPE)
    return coarse
