"""What does a printed cell count, and what does its print tell of the true count?

A cell is known by where it stands: what is counted, of which groups, in which period. A column
that is not among its groups is not split, so the cell is a total over it. All here is what anyone
can read in a release; no true count is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final

import msgspec

from cse_workbook.disclosure.numbers import NOT_SHOWN, span
from cse_workbook.policy import Disclosure

HIDDEN: Final = "*"  # 1 up to the limit
UNTOLD: Final = ""  # never printed: it could be any number
NOT_ASKED: Final = "not asked"
ANY_OTHER: Final = "any other"  # the groups of a column that a table does not list
ALL_BUT_FEW: Final = "all but *"  # so many that the others of the denominator are 1 to the limit
Groups = tuple[tuple[str, str], ...]
Columns = tuple[str, ...]


class Cell(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Where a count stands: what it counts, of which groups (column and value), from when to when.

    Groups are sorted by column. Both days are counted.
    """

    of: str
    groups: Groups
    start: date
    end: date

    def __str__(self) -> str:
        """Write it for a person: what is counted, its groups, its period."""
        groups = "".join(f", {column} {value}" for column, value in self.groups)
        return f"{self.of}{groups}, {self.start:%-d %B %Y} to {self.end:%-d %B %Y}"


Marks = Mapping[Cell, str]


def reading(mark: str, disclosure: Disclosure) -> tuple[int, int | None]:
    """Give the smallest and the largest count that a mark can stand for; None is without end.

    >>> limits = Disclosure(suppress_up_to=7, round_to=5)
    >>> [reading(mark, limits) for mark in ("0", "10", "*", "not shown", "")]
    [(0, 0), (8, 12), (1, 7), (1, None), (0, None)]
    """
    if mark in (NOT_SHOWN, UNTOLD):
        return int(mark == NOT_SHOWN), None
    return span(None if mark == HIDDEN else int(mark), disclosure)


def sums(cells: Iterable[Cell]) -> dict[Cell, list[list[Cell]]]:
    """Give each total that the cells of one table are parts of, with each way it is split.

    A table lists every group of the columns that it splits by. The total need not be in the table.
    """
    found: dict[Cell, dict[Columns, list[Cell]]] = {}
    for cell in sorted(cells):
        for total in _totals(cell):
            columns = tuple(column for column, _ in cell.groups)
            found.setdefault(total, {}).setdefault(columns, []).append(cell)
    return {total: list(splits.values()) for total, splits in found.items()}


def _totals(cell: Cell) -> Iterator[Cell]:
    """Give what a cell is a part of: the same without one or more of its columns."""
    for width in range(len(cell.groups)):
        for groups in combinations(cell.groups, width):
            yield Cell(cell.of, groups, cell.start, cell.end)
