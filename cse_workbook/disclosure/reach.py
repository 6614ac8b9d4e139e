"""What could a hidden count still be, by all that is printed?

Each question is the smallest or the largest that a sum of unknown whole numbers can be (see
`system`), which scipy's `milp` answers exactly. Only the sums are taken that have something to do
with what is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped] # no types
from scipy.sparse import csr_array  # type: ignore[import-untyped] # scipy has no types
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped] # no types

from cse_workbook.disclosure.cells import Cell
from cse_workbook.disclosure.system import Bounded, Row, System

STEPS: Final = 5000  # questions that are asked at most, so that an answer comes in bounded time
_NODES: Final = 1000  # branches that one question may take
_NO_WAY: Final = 2  # how milp says that nothing fits


class Contradiction(Exception):
    """Nothing fits all that is printed."""


class TooMuch(Exception):
    """There is more to weigh than the steps allow."""


class Reach:
    """What fits all that is printed, as far as it bears on some cells.

    Raises `Contradiction` at once where nothing fits, and `TooMuch` whenever the steps are used up.
    """

    def __init__(
        self, system: System, limit: int, about: Iterable[Cell], steps: int = STEPS
    ) -> None:
        """Take the sums that are known, the limit up to which a count is small, and the cells."""
        self._system, self._limit = system, limit
        self._steps = iter(range(steps))
        self._part_of, rows = _parts(system)
        labels = {self._part_of[place] for cell in about for place in system.row(cell)}
        self._parts = {each: _Part(rows[each], limit, self._steps) for each in sorted(labels)}

    def known(self, cells: Iterable[Cell], room: int) -> list[Cell]:
        """Give the cells known to be small, but not zero, with fewer than `room` counts left.

        Cells that have nothing to do with those it is about are left out.
        """
        asked: dict[int, dict[Cell, Row]] = {}
        for cell in sorted(cells):
            row = self._system.row(cell)
            asked.setdefault(self._part_of[next(iter(row))], {})[cell] = row
        room = min(room, self._limit)
        return sorted(
            cell
            for label, part in self._parts.items()
            for cell in part.known(asked.get(label, {}), room)
        )


class _Part:
    """The sums that have to do with one another. A count that is seen to fit needs no question."""

    def __init__(self, rows: Sequence[Bounded], limit: int, steps: Iterator[int]) -> None:
        self._limit, self._steps = limit, steps
        self._places: dict[int, int] = {}
        for row, _, _ in rows:
            for place in row:
                self._places.setdefault(place, len(self._places))
        self._most = _most(rows, limit)
        self._known = _constraints(rows, self._places)
        self._seen: list[Any] = []
        self._ask({}, 1)

    def known(self, rows: Mapping[Cell, Row], room: int) -> Iterator[Cell]:
        every = dict.fromkeys((place for row in rows.values() for place in row), 1)
        for sign in (1, -1) if rows else ():
            self._ask(every, sign)
        return (cell for cell, row in rows.items() if self._is_known(row, room))

    def _is_known(self, row: Row, room: int) -> bool:
        counts = [self._total(row, seen) for seen in self._seen]
        low, high = min(counts), max(counts)
        if low == 0 or high > self._limit or high - low + 1 >= room:
            return False
        low = self._ask(row, 1)
        return low > 0 and self._ask(row, -1) <= min(self._limit, low + room - 2)

    def _ask(self, row: Row, sign: int) -> int:
        """Give the smallest (1) or the largest (-1) that a sum can be."""
        aim = np.zeros(len(self._places))
        aim[[self._places[place] for place in row]] = sign
        if next(self._steps, None) is None:
            raise TooMuch
        answer = milp(
            aim,
            integrality=np.ones_like(aim),
            bounds=Bounds(0, self._most),
            constraints=self._known,
            options={"node_limit": _NODES},
        )
        if answer.status == _NO_WAY:
            raise Contradiction
        if answer.status:
            raise TooMuch
        self._seen.append(np.rint(answer.x).astype(int))
        return self._total(row, self._seen[-1])

    def _total(self, row: Row, counts: Any) -> int:
        return sum(times * int(counts[self._places[place]]) for place, times in row.items())


def _parts(system: System) -> tuple[list[int], dict[int, list[Bounded]]]:
    """Sort the sums by what has to do with one another: by unknown, and by part."""
    first = [(next(iter(row)), place) for row, _, _ in system.rows for place in row]
    linked = csr_array(
        (np.ones(len(first)), tuple(zip(*first, strict=True))), shape=(system.size, system.size)
    )
    label: list[int] = connected_components(linked, directed=False)[1].tolist()
    rows: dict[int, list[Bounded]] = {}
    for each in system.rows:
        rows.setdefault(label[next(iter(each[0]))], []).append(each)
    return label, rows


def _most(rows: Sequence[Bounded], limit: int) -> int:
    """Give a number that no count needs to go beyond for any question."""
    return sum(low + limit + 1 if high is None else high for _, low, high in rows)


def _constraints(rows: Sequence[Bounded], places: Mapping[int, int]) -> Any:
    """Write the known sums in the way scipy reads them."""
    at = [(number, places[place]) for number, (row, _, _) in enumerate(rows) for place in row]
    times = [times for row, _, _ in rows for times in row.values()]
    matrix = csr_array((times, tuple(zip(*at, strict=True))), shape=(len(rows), len(places)))
    highs = [np.inf if high is None else high for _, _, high in rows]
    return LinearConstraint(matrix, [low for _, low, _ in rows], highs)
