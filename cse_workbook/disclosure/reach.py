"""What could a hidden count still be, by all that is printed?

An attacker knows of each printed cell the smallest and the largest count it can stand for, that a
total is the sum of its parts, and that a long period is the sum of the short ones in it. Periods
are cut where any of them begins or ends; the unknowns are the counts between two cuts. What a
hidden count could still be is then found with whole numbers by scipy's `milp`, exactly.

Source of the attack: the UK LLC guidebook, “Statistical disclosure control”, which counts numbers
that can be derived as published, https://guidebook.ukllc.ac.uk/docs/user_guide/sdc
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from cse_workbook.disclosure.cells import Cell, Groups, Marks, reading, sums
from cse_workbook.policy import Disclosure

Unknown = tuple[str, Groups, date]
Row = dict[int, int]
STEPS: Final = 4000  # how many sums are solved for one answer
_INFEASIBLE: Final = 2
_DAY: Final = timedelta(days=1)


class Contradiction(Exception):
    """What is printed cannot all be true."""


class TooMuch(Exception):
    """There is more to weigh than the steps allow."""


class Printed:
    """Tables as an attacker reads them: whole numbers that are unknown, and what they add up to."""

    def __init__(
        self, tables: Sequence[tuple[Marks, Disclosure]], rounding: Disclosure, steps: int = STEPS
    ) -> None:
        """Take the marks of each table with the limits they were printed by."""
        self._limit, self._steps = rounding.suppress_up_to, steps
        self._cells = sorted({cell for marks, _ in tables for cell in marks})
        self._cuts = _cuts(self._cells)
        self._places: dict[Unknown, int] = {}
        self._spans = {cell: self._span(cell) for cell in self._cells}
        self._rows: list[tuple[Row, float, float]] = []
        for marks, limits in tables:
            self._add(marks, limits)
        self._seen: list[np.ndarray[Any, np.dtype[np.int64]]] = []

    def _span(self, cell: Cell) -> Row:
        """Give the unknowns that a cell is the sum of."""
        cuts = self._cuts[cell.of]
        days = [day for day in cuts if cell.start <= day <= cell.end]
        keys = [(cell.of, cell.groups, day) for day in days]
        return {self._places.setdefault(key, len(self._places)): 1 for key in keys}

    def _add(self, marks: Marks, limits: Disclosure) -> None:
        """Add what a table prints, and its totals, which hold between any two cuts within it."""
        for cell in sorted(marks):
            low, high = reading(marks[cell], limits)
            self._rows.append((self._spans[cell], low, np.inf if high is None else high))
        for (total, _), parts in sums(marks).items():
            columns = zip(self._spans[total], *(self._spans[part] for part in parts), strict=True)
            for first, *others in columns:
                self._rows.append(({first: -1, **dict.fromkeys(others, 1)}, 0, 0))

    def given_away(self, among: Iterable[Cell], room: int) -> list[Cell]:
        """Give the cells known to be small for which fewer than `room` counts are left.

        Between two cuts that no table prints by itself, the count is looked at as well. Raises
        `Contradiction` and `TooMuch`.
        """
        self._solve({}, 1)
        watched = {cell: self._spans[cell] for cell in among}
        watched |= {cell: {place: 1} for cell, place in self._between()}
        self._spread(list(watched.values()))
        return [cell for cell in sorted(watched) if self._is_known(watched[cell], room)]

    def _between(self) -> Iterator[tuple[Cell, int]]:
        """Give the parts of periods that no cell prints by itself."""
        for (of, groups, start), place in self._places.items():
            end = self._cuts[of][self._cuts[of].index(start) + 1] - _DAY
            cell = Cell(of, groups, start, end)
            if cell not in self._spans:
                yield cell, place

    def _is_known(self, row: Row, room: int) -> bool:
        """Tell whether a count is between 1 and the limit, with fewer than `room` left for it."""
        counts = [_sum(row, seen) for seen in self._seen]
        if min(counts) == 0 or _is_wide(counts, room):
            return False
        low = self._solve(row, 1)
        if low == 0 or low > self._limit:
            return False
        high = self._solve(row, -1)
        return high <= self._limit and high - low + 1 < min(room, self._limit)

    def _spread(self, rows: Sequence[Row]) -> None:
        """See most counts small and large at once, so that few are asked after one by one."""
        places = {place for row in rows for place in row}
        for sign in (1, -1) if places else ():
            self._solve(dict.fromkeys(sorted(places), 1), sign)

    def _solve(self, row: Row, sign: int) -> int:
        """Give the smallest (1) or largest (-1) sum of a row by all that is printed."""
        self._steps -= 1
        aim = np.zeros(len(self._places))
        aim[list(row)] = sign
        answer = milp(aim, integrality=1, bounds=self._bounds(), constraints=self._constraints())
        if answer.status == _INFEASIBLE:
            raise Contradiction
        if answer.x is None or self._steps < 0:
            raise TooMuch
        self._seen.append(np.rint(answer.x).astype(np.int64))
        return _sum(row, self._seen[-1])
