"""What do printed tables say about the counts behind them, as sums of unknown whole numbers?

An attacker knows of each printed cell the smallest and the largest count it can stand for, that a
total is the sum of its parts, that rows are those with something and those without it, and that a
long period is the sum of the short ones in it. Periods are cut where any of them begins or ends;
the unknowns are the counts between two cuts.

Source of the attack: the UK LLC guidebook, “Statistical disclosure control”, which treats what can
be derived as what is printed, https://guidebook.ukllc.ac.uk/docs/user_guide/sdc
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from cse_workbook.disclosure.cells import (
    Cell,
    Groups,
    Marks,
    Name,
    families,
    reading,
    rest,
    sums,
    where_in,
)
from cse_workbook.policy import Disclosure

Row = dict[int, int]  # the place of an unknown, and how often it is taken
Bounded = tuple[Row, int, int | None]  # a sum, the least and the most that it can be
_DAY = timedelta(days=1)


class System:
    """The unknowns behind tables, and the sums that are known of them.

    `rows` holds each sum with the least and the most it can be; None is without end.
    """

    def __init__(self, tables: Sequence[tuple[Marks, Disclosure]]) -> None:
        """Take the marks of each table, with the limits that they were printed by."""
        self.rows: list[Bounded] = []
        self._places: dict[tuple[Name, Groups, date], int] = {}
        cells = {cell for marks, _ in tables for cell in marks}
        self._cells = frozenset(cells)
        self._family = families(cells)
        self._cuts = _cuts(cells, self._family)
        self._told = {(cell.name, cell.groups) for cell in cells}
        self._listed = {each for told in self._told for each in _columns(*told)}
        for marks, limits in tables:
            self._add(marks, limits)

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return len(self._places)

    def row(self, cell: Cell) -> Row:
        """Give the unknowns that a cell is the sum of."""
        return dict.fromkeys(self._span(cell), 1)

    def between(self) -> Iterator[Cell]:
        """Give the parts of periods that no table prints by themselves."""
        for name, groups, start in self._places:
            cuts = self._cuts[self._family[name.of]]
            end = min(cut for cut in cuts if cut > start) - _DAY
            cell = Cell(name.of, groups, start, end, name.but_not)
            if cell not in self._cells:
                yield cell

    def _span(self, cell: Cell) -> list[int]:
        cuts = self._cuts[self._family[cell.of]]
        keys = [(cell.name, cell.groups, day) for day in cuts if cell.start <= day <= cell.end]
        return [self._places.setdefault(key, len(self._places)) for key in keys]

    def _add(self, marks: Marks, limits: Disclosure) -> None:
        """Add what a table prints, and its totals, which hold between any two cuts within it."""
        self.rows += [(self.row(cell), *reading(marks[cell], limits)) for cell in sorted(marks)]
        for total, splits in sums(marks).items():
            for parts in splits if (total.name, total.groups) in self._told else ():
                self._add_up(total, parts)
        for cell in (each for each in marks if each.but_not):
            total, *parts = rest(cell)
            wheres = [where_in(name) for name in cell.but_not]
            kept = [p for p, c in zip(parts, wheres, strict=True) if not self._is_left_out(p, c)]
            self._add_up(total, [*kept, cell])

    def _is_left_out(self, cell: Cell, column: str) -> bool:
        """Tell whether a table lists other groups of a column and not this one, which is empty."""
        others = tuple(each for each in cell.groups if each[0] != column)
        is_told = (cell.name, cell.groups) in self._told
        return not is_told and (cell.name, others, column) in self._listed

    def _add_up(self, total: Cell, parts: Sequence[Cell]) -> None:
        spans = (self._span(cell) for cell in (total, *parts))
        for whole, *others in zip(*spans, strict=True):
            self.rows.append(({whole: -1, **dict.fromkeys(others, 1)}, 0, 0))


def _columns(name: Name, groups: Groups) -> Iterator[tuple[Name, Groups, str]]:
    """Give the columns by which rows are split, each with the other groups they belong to."""
    for group in groups:
        yield name, tuple(each for each in groups if each != group), group[0]


def _cuts(cells: Iterable[Cell], family: Mapping[str, str]) -> dict[str, list[date]]:
    """Give the first days of periods, and the days after their last, of all that is compared."""
    cuts: dict[str, set[date]] = {}
    for cell in cells:
        cuts.setdefault(family[cell.of], set()).update((cell.start, cell.end + _DAY))
    return {name: sorted(days) for name, days in cuts.items()}
