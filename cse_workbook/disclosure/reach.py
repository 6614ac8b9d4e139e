"""What could a hidden count still be, by all that is printed?

Each question is the smallest or the largest that a sum of unknown whole numbers can be (see
`system`), which scipy's `milp` answers exactly.
"""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped] # no types
from scipy.sparse import csr_array  # type: ignore[import-untyped] # scipy has no types

from cse_workbook.disclosure.cells import Cell
from cse_workbook.disclosure.system import Row, System

STEPS: Final = 5000  # questions that are asked at most, so that an answer comes in bounded time
_NODES: Final = 1000  # branches that one question may take
_NO_WAY: Final = 2  # how milp says that nothing fits


class Contradiction(Exception):
    """Nothing fits all that is printed."""


class TooMuch(Exception):
    """There is more to weigh than the steps allow."""


class Reach:
    """What fits all that is printed.

    A count that is seen to fit needs no question of its own. Raises `Contradiction` at once where
    nothing fits, and `TooMuch` whenever the steps are used up.
    """

    def __init__(self, system: System, limit: int, steps: int = STEPS) -> None:
        """Take the sums that are known, and the limit up to which a count is small."""
        self._system, self._limit, self._steps = system, limit, steps
        self._most = _most(system, limit)
        self._known = _constraints(system)
        self._seen: list[dict[int, int]] = []
        self._ask({}, 1)

    def known(self, cells: Iterable[Cell], room: int) -> list[Cell]:
        """Give the cells known to be small, but not zero, with fewer than `room` counts left."""
        rows = {cell: self._system.row(cell) for cell in sorted(cells)}
        every = dict.fromkeys((place for row in rows.values() for place in row), 1)
        for sign in (1, -1):
            self._ask(every, sign)
        return [cell for cell, row in rows.items() if self._is_known(row, room)]

    def _is_known(self, row: Row, room: int) -> bool:
        room = min(room, self._limit)
        counts = [_total(row, seen) for seen in self._seen]
        low, high = min(counts), max(counts)
        if low == 0 or high > self._limit or high - low + 1 >= room:
            return False
        low = self._ask(row, 1)
        return low > 0 and self._ask(row, -1) <= min(self._limit, low + room - 2)

    def _ask(self, row: Row, sign: int) -> int:
        """Give the smallest (1) or the largest (-1) that a sum can be."""
        self._steps -= 1
        aim = np.zeros(self._system.size)
        aim[list(row)] = sign
        answer = milp(
            aim,
            integrality=np.ones_like(aim),
            bounds=Bounds(0, self._most),
            constraints=self._known,
            options={"node_limit": _NODES},
        )
        if answer.status == _NO_WAY:
            raise Contradiction
        if answer.status or self._steps < 0:
            raise TooMuch
        self._seen.append(dict(enumerate(np.rint(answer.x).astype(int).tolist())))
        return _total(row, self._seen[-1])


def _total(row: Row, counts: dict[int, int]) -> int:
    return sum(times * counts[place] for place, times in row.items())


def _most(system: System, limit: int) -> int:
    """Give a number that no count needs to go beyond for any question."""
    return sum(low + limit + 1 if high is None else high for _, low, high in system.rows)


def _constraints(system: System) -> Any:
    """Write the known sums in the way scipy reads them."""
    rows = [row for row, _, _ in system.rows]
    at = [(number, place) for number, row in enumerate(rows) for place in row]
    times = [times for row in rows for times in row.values()]
    matrix = csr_array((times, tuple(zip(*at, strict=True))), shape=(len(rows), system.size))
    lows = [low for _, low, _ in system.rows]
    highs = [np.inf if high is None else high for _, _, high in system.rows]
    return LinearConstraint(matrix, lows, highs)
