"""Frames filled by their declaration: values that the contract allows, each as likely as any."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from cse_workbook.frames import SCHEMAS, type_of
from cse_workbook.frames.kinds import DAY_TYPE, FLAG_TYPE, WORD_TYPE

NOT_COLLECTED = ("sex", "ethnicity", "school_type")
AGENCIES = ("Example Clinic", "Example School", "not_known")


def made_up(frame: str, n_rows: int, seed: int = 2026) -> pd.DataFrame:
    """Fill a frame; days lie in 2026, and a blank stands where one may."""
    chance = np.random.default_rng(seed)
    columns = SCHEMAS[frame].columns
    values = {name: _values(chance, column, n_rows) for name, column in columns.items()}
    table = pd.DataFrame(values | {"agency": chance.choice(AGENCIES, n_rows)})
    return table.astype({name: type_of(column) for name, column in columns.items()})


@cache
def at_random(frame: str) -> pd.DataFrame:
    """Fill a frame also with what forms do not collect, so that what measures count differs."""
    table = made_up(frame, 5000)
    chance = np.random.default_rng(1)
    for column in (each for each in NOT_COLLECTED if each in table):
        table[column] = chance.choice(["a", "b", "not_known"], len(table))
    if "n_asked" in table:  # every form asks something
        table["n_asked"] += 1
    if "view_beside" in table:  # a view that is not given is beside nothing
        table["view"] = table["view"].mask(table["view_beside"] == "not_given", "not_given")
    return table


def _values(chance: np.random.Generator, column: Any, n_rows: int) -> Any:
    kind = type_of(column)
    if kind == FLAG_TYPE:
        return chance.random(n_rows) < 0.4
    if column.metadata["unit"] == "key":
        return [f"{number:020x}" for number in chance.integers(0, 2**62, n_rows)]
    if kind == WORD_TYPE:
        allowed = [check.statistics.get("allowed_values") for check in column.checks]
        return chance.choice(allowed[0] or ["refer_now", "consult"], n_rows)
    if kind == DAY_TYPE:
        values = pd.Series(np.datetime64("2026-01-01") + chance.integers(0, 365, n_rows))
    else:
        values = pd.Series(chance.integers(0, 5, n_rows), dtype="Int64")
    return values.mask(chance.random(n_rows) < (0.3 if column.nullable else 0))
