"""Which further cells must be hidden, so that a hidden one keeps what hides it?

Rounding alone leaves room around most hidden cells. Where it does not, further cells are hidden,
until what is printed tells no more of a hidden count than that it is from 1 to the limit: totals
beside the cell first, as `numbers.protected_line` does, and of these the smallest. Then each that
turned out to be needless is shown again, the largest first. So the same table is always hidden
alike, and none of the cells could be shown again by itself. A zero is never hidden.

To hide totals, and to leave all the room, is more than two possible counts would ask for. It is
done because someone who knows this method can also reason from what it chose to hide; with less,
such a reader finds a hidden count in small tables (see the tests).

Source of the need: the rule of Hospital Episode Statistics before September 2018, 1 to 5 hidden
with secondary suppression, see `numbers`.
"""

from collections.abc import Iterator, Sequence

import msgspec

from cse_workbook.disclosure.cells import HIDDEN, UNTOLD, Cell, Marks, rest, sums
from cse_workbook.disclosure.numbers import NOT_SHOWN
from cse_workbook.disclosure.reach import STEPS, Reach
from cse_workbook.disclosure.system import System
from cse_workbook.policy import Disclosure

_KEPT = ("0", NOT_SHOWN, UNTOLD)
_SECRET = (HIDDEN, NOT_SHOWN, UNTOLD)


class Weighing(msgspec.Struct, frozen=True):
    """By what limits a table is weighed, together with what was printed before, in how many steps.

    What was printed before cannot be hidden any more; each table of it stands with its own limits.
    """

    limits: Disclosure
    before: Sequence[tuple[Marks, Disclosure]] = ()
    steps: int = STEPS

    def known(self, marks: Marks, among: Sequence[Cell] = ()) -> list[Cell]:
        """Give the cells that the marks of a table tell more of than the limit does.

        Looks at all that is not printed, or only at the cells that are named.
        """
        limit, system = self.limits.suppress_up_to, System([*self.before, (marks, self.limits)])
        secret = [cell for cell, mark in marks.items() if mark in _SECRET]
        reach = Reach(system, limit, marks, self.steps)
        return reach.known(among or (*secret, *system.between()), limit)


def secured(marks: Marks, weighing: Weighing) -> dict[Cell, str]:
    """Hide what is needed of one kind of count, so that each hidden one could be any small one.

    Where what was printed before leaves nothing to hide, the table is given as it is then: whether
    it may be printed is for the ledger to say.

    Raises `reach.Contradiction` where a total cannot be the sum of its parts, and `reach.TooMuch`
    where so many steps are not enough to look at the marks once.
    """
    now = {cell: marks[cell] for cell in sorted(marks)}
    extra: list[Cell] = []
    while (known := weighing.known(now)) and (chosen := _next(known[0], now, weighing)):
        extra.append(chosen)
        now[chosen] = NOT_SHOWN
    for cell in sorted(extra, key=lambda cell: _size(cell, marks), reverse=True):
        trial = now | {cell: marks[cell]}
        if not weighing.known(trial):
            now = trial
    return now


def _next(known: Cell, marks: Marks, weighing: Weighing) -> Cell | None:
    """Choose the cell to hide: the first that is enough, or else the first, if there is one."""
    beside = set(_beside(known, marks))
    hideable = [cell for cell, mark in marks.items() if mark not in _KEPT]
    ranked = sorted(hideable, key=lambda cell: (cell not in beside, *_size(cell, marks)))
    for cell in ranked:
        if not weighing.known({**marks, cell: NOT_SHOWN}, [known]):
            return cell
    return ranked[0] if ranked else None


def _beside(known: Cell, marks: Marks) -> Iterator[Cell]:
    """Give the cells that share a total with a cell."""
    made_up = [(total, *parts) for total, splits in sums(marks).items() for parts in splits]
    apart = [(*rest(cell), cell) for cell in marks if cell.but_not]
    for together in (*made_up, *apart):
        if known in together:
            yield from together


def _size(cell: Cell, marks: Marks) -> tuple[bool, int, int, Cell]:
    """Order cells: totals first, then by how little is lost with them; hidden ones last."""
    mark = marks[cell]
    return mark == HIDDEN, len(cell.groups), 0 if mark == HIDDEN else int(mark), cell
