"""Make frames of rows, and rows that no longer say who somebody is.

Intervals have been worked out by then: a day that is made coarser afterwards changes none of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

import msgspec
import numpy as np
import pandas as pd
import pandera.pandas as pa

from cse_workbook.frames.declared import SCHEMAS
from cse_workbook.frames.kinds import DAY_TYPE, type_of

Coarseness = Literal["day", "week", "month"]
KEYS: Final = ("child", "case")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_NO_DAY: Final = np.iinfo(np.int64).min  # how numpy writes that there is none


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


class Table:
    """A frame while its rows are added; a row is let go at once, only its values are kept."""

    def __init__(self, schema: pa.DataFrameSchema) -> None:
        """Begin with every declared column, and no row."""
        self._types = {name: type_of(column) for name, column in schema.columns.items()}
        self._values: dict[str, list[Any]] = {name: [] for name in self._types}

    def add(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Add rows, each with a value for every column."""
        for row in rows:
            for name, values in self._values.items():
                values.append(row[name])

    def whole(self) -> pd.DataFrame:
        """Give the frame."""
        columns = {
            name: _column(values, self._types[name]) for name, values in self._values.items()
        }
        return pd.DataFrame(columns)


def _column(values: Sequence[Any], dtype: str) -> Any:
    if dtype != DAY_TYPE:
        return pd.array(values, dtype=dtype)  # type: ignore[call-overload]
    # By the number of the day: numpy takes far longer over dates.
    days = [_NO_DAY if each is None else each.toordinal() - _EPOCH for each in values]
    return np.array(days, dtype="int64").view("M8[D]").astype("M8[us]")


def shielded(frames: Frames, name_of: Callable[[str, str], str], dates: Coarseness) -> Frames:
    """Give frames in which a pseudonym stands for every child and case, and days are coarser.

    `name_of` takes what is named (child or case) and its reference. Rows stand in the order of the
    pseudonyms: their order in the record would tell which is which.
    """
    given: dict[str, pd.DataFrame] = {}
    for name, frame in frames.by_name().items():
        named = frame.assign(
            **{key: frame[key].map(_names(frame[key], key, name_of)).astype("str") for key in KEYS}
        )
        days = [each for each in frame.columns if frame[each].dtype == DAY_TYPE]
        coarse = named.assign(**{each: coarser(frame[each], dates) for each in days})
        given[name] = coarse.sort_values("case", kind="stable", ignore_index=True)
    return Frames(**given)


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
