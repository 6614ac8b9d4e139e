"""Frames filled by their declaration: values that the contract allows, each as likely as any."""

from typing import Any

import numpy as np
import pandas as pd

from cse_workbook.frames import SCHEMAS, type_of
from cse_workbook.frames.kinds import DAY_TYPE, FLAG_TYPE, WORD_TYPE

AGENCIES = ("Example Clinic", "Example School", "not_known")


def made_up(frame: str, n_rows: int, seed: int = 2026) -> pd.DataFrame:
    """Fill a frame; days lie in 2026, and a blank stands where one may."""
    chance = np.random.default_rng(seed)
    columns = SCHEMAS[frame].columns
    values = {name: _values(chance, column, n_rows) for name, column in columns.items()}
    table = pd.DataFrame(values | {"agency": chance.choice(AGENCIES, n_rows)})
    return table.astype({name: type_of(column) for name, column in columns.items()})


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
