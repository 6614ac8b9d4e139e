"""What did people fill in by hand, in a table that was given to them?

A spreadsheet adds blanks and capitals, and leaves rows behind. This turns its cells into words and
names its rows in messages; what the words mean is for whoever gave the table out.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from cse_workbook.errors import Problem, WorkbookError

_SHOWN: Final = 5  # numbers named in a message


def words_of(table: pd.DataFrame) -> pd.DataFrame:
    """Give the cells as words without blanks around them, a blank cell as an empty word.

    Rows are numbered from 1, as people count them. A row without any word is left out, and the
    others keep their number.
    """
    cells = table.set_axis(range(1, len(table) + 1)).astype(object)
    cells = cells.where(cells.notna(), "").astype(str)
    words: pd.DataFrame = cells.apply(lambda column: column.str.strip())
    return words[(words != "").any(axis="columns")]


def listed(noun: str, numbers: Sequence[int] | pd.Index) -> str:
    """Name rows or lines by their numbers, the first few of many.

    >>> listed("row", [2, 3, 5, 7, 11, 13, 17])
    'rows 2, 3, 5, 7, 11 and 2 more'
    """
    named = ", ".join(str(each) for each in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"{noun}{'s' if len(numbers) > 1 else ''} {named}{more}"


def refuse(problems: Iterable[Problem]) -> None:
    """Raise all problems together, if there are any."""
    found = list(problems)
    if found:
        raise WorkbookError(found)
