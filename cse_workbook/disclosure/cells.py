"""What does a printed cell count, and what does its print tell of the true count?

A cell is known by the rows that it counts: which they are, of which groups, in which period. Two
tables that count the same rows print the same cell. A column that is not among its groups is not
split, so the cell is a total over it. All here is what anyone can read in a release; no true count
is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

import msgspec

from cse_workbook.disclosure.numbers import NOT_SHOWN, span
from cse_workbook.policy import Disclosure

HIDDEN: Final = "*"  # 1 up to the limit
UNTOLD: Final = ""  # never printed: it could be any number
NOT_ASKED: Final = "not asked"
ANY_OTHER: Final = "any other"  # the groups of a column that a table does not list
ALL_BUT_FEW: Final = "all but *"  # so many that the others of the denominator are 1 to the limit
WHERE, IS = " where ", " is "
Groups = tuple[tuple[str, str], ...]
Columns = tuple[str, ...]


class Name(NamedTuple):
    """Which rows are counted, whatever their groups and period: those of one name, but not those of
    others, which are among them and of which no row is in two.

    Among the others may stand rows of a group, as “screenings where route is consult”.
    """

    of: str
    but_not: tuple[str, ...] = ()


class Cell(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a count stands: what it counts, of which groups (column and value), from when to when.

    Groups are sorted by column. Both days are counted. `of` and `but_not` are those of `Name`.
    """

    of: str
    groups: Groups
    start: date
    end: date
    but_not: tuple[str, ...] = ()

    @property
    def name(self) -> Name:
        """Which rows it counts."""
        return Name(self.of, self.but_not)

    def counting(self, name: Name) -> "Cell":
        """Give the cell of other rows, of the same groups and period."""
        return Cell(name.of, self.groups, self.start, self.end, name.but_not)

    def __str__(self) -> str:
        """Write it for a person: what is counted, its groups, its period."""
        but_not = f" but not {' or '.join(self.but_not)}" if self.but_not else ""
        groups = "".join(f", {column} {value}" for column, value in self.groups)
        return f"{self.of}{but_not}{groups}, {self.start:%-d %B %Y} to {self.end:%-d %B %Y}"


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

    A table lists every group of the columns that it splits by; of those that it does not list, it
    is not known by which others they are split. The total need not be in the table.
    """
    found: dict[Cell, dict[Columns, list[Cell]]] = {}
    cells = sorted(cells)
    some = {column for cell in cells for column, value in cell.groups if _is_other(value)}
    for cell in cells:
        columns = tuple(column for column, _ in cell.groups)
        for total in _totals(cell):
            away = {*columns} - {column for column, _ in total.groups}
            if away <= some if away & some else not any(_is_other(v) for _, v in cell.groups):
                found.setdefault(total, {}).setdefault(columns, []).append(cell)
    return {total: list(splits.values()) for total, splits in found.items()}


def _is_other(value: str) -> bool:
    return value.startswith(ANY_OTHER)


def rest(cell: Cell) -> list[Cell]:
    """Give, of a cell that counts some rows but not others, the cell of all of them, and those of
    the others.
    """
    return [cell.counting(Name(cell.of)), *(_part(cell, each) for each in cell.but_not)]


def _part(cell: Cell, name: str) -> Cell:
    of, _, where = name.partition(WHERE)
    column, _, value = where.partition(IS)
    groups = {**dict(cell.groups), column: value} if column else dict(cell.groups)
    return Cell(of, tuple(sorted(groups.items())), cell.start, cell.end)


def where_in(name: str) -> str:
    """Give the column that a name of rows of a group is about; blank of any other."""
    return name.partition(WHERE)[2].partition(IS)[0]


def families(cells: Iterable[Cell]) -> dict[str, str]:
    """Give of each name of rows the name that stands for all that it can be compared with."""
    stands: dict[str, str] = {}

    def top(name: str) -> str:
        while (above := stands.setdefault(name, name)) != name:
            name = above
        return name

    for of, but_not in {cell.name for cell in cells}:
        for each in but_not:
            stands[top(each.partition(WHERE)[0])] = top(of)
        top(of)
    return {name: top(name) for name in stands}


def _totals(cell: Cell) -> Iterator[Cell]:
    """Give what a cell is a part of: the same without one or more of its columns."""
    for width in range(len(cell.groups)):
        for groups in combinations(cell.groups, width):
            yield Cell(cell.of, groups, cell.start, cell.end, cell.but_not)
