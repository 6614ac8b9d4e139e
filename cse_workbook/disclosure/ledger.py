"""What was released before, and would a new table give away what that hid?

The ledger remembers tables as they were printed, and no true count, so whoever has the releases can
check it. A new table is refused where it leaves fewer than two counts for one that is small, by
itself or taken together with any released table that counts the same: other groups, an overlapping
period, a total and its parts.

Source: the rules of the UK LLC guidebook and of Hospital Episode Statistics (see `system` and
`numbers`); releases are compared because two tables that are protected each by itself can still be
subtracted from each other.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import pandas as pd

from cse_workbook.disclosure.cells import HIDDEN, UNTOLD, Cell, Marks, families
from cse_workbook.disclosure.layout import NO_MEANINGS, Layout, Meaning, shares_of
from cse_workbook.disclosure.numbers import NOT_SHOWN
from cse_workbook.disclosure.reach import STEPS, Contradiction, Reach, TooMuch
from cse_workbook.disclosure.system import System
from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.policy import Disclosure

_TWO: Final = 2  # a count for which fewer are left is given away
Told = tuple[dict[Cell, str], Disclosure]  # what a table prints, and by which limits
_SECRET: Final = (HIDDEN, NOT_SHOWN, UNTOLD)


class Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell and what was printed for it: a number, a mark, or nothing."""

    cell: Cell
    mark: str


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table that was printed, under its name, with the limits that it was protected by.

    `release` names what it was released with, as a refusal tells it.
    """

    name: str
    limits: Disclosure
    printed: tuple[Printed, ...]
    release: str = ""

    def of(self, names: Collection[str]) -> dict[Cell, str]:
        """Give the marks of rows of these names."""
        return {each.cell: each.mark for each in self.printed if each.cell.of in names}


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tables that were released, in their order."""

    tables: tuple[Table, ...] = ()

    @property
    def printed(self) -> list[tuple[Marks, Disclosure]]:
        """The marks of each table, with the limits that it was protected by."""
        return [({p.cell: p.mark for p in each.printed}, each.limits) for each in self.tables]

    def remembering(self, *tables: Table) -> "Ledger":
        """Give the ledger with tables that are released now."""
        return Ledger((*self.tables, *tables))


def read_table(
    name: str,
    shown: pd.DataFrame,
    counts: Sequence[str],
    margins: Mapping[str, str],
    disclosure: Disclosure,
    of_all: Sequence[bool] | None = None,
    some: Sequence[str] = (),
    meanings: Mapping[str, Meaning] = NO_MEANINGS,
) -> Table:
    """Read a table that `tables.protect` has made for printing, with the same arguments."""
    shares = shares_of(of_all, shown)
    layout = Layout(tuple(counts), margins, tuple(some), meanings)
    marks = layout.marks(shown, shares, disclosure)
    return Table(name, disclosure, tuple(Printed(cell, marks[cell]) for cell in sorted(marks)))


def refuses(
    ledger: Ledger, table: Table, steps: int = STEPS, *, revised: bool = False
) -> list[Problem]:
    """Find what a new table would give away (DISCLOSURE_04), or why that cannot be told (_03, _05).

    What cannot be told is refused as well: an empty list is the leave to release. `revised` says
    that the record has changed since: a number that is printed otherwise now is no longer known,
    and a table that does not fit in spite of that tells nothing of the new one.
    """
    cells = [each.cell for of in (*ledger.tables, table) for each in of.printed]
    return [
        found
        for names in _compared(cells, {each.cell.of for each in table.printed})
        for found in _objections(ledger, table, names, steps, revised)
    ]


def write(ledger: Ledger) -> bytes:
    """Write a ledger as JSON."""
    return msgspec.json.format(msgspec.json.encode(ledger))


def read(content: bytes, where: str) -> Ledger:
    """Read a ledger. Raises DISCLOSURE_06."""
    try:
        return msgspec.json.decode(content, type=Ledger)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WorkbookError(problem("DISCLOSURE_06", where, detail=error)) from error


def _compared(cells: Iterable[Cell], names: Collection[str]) -> list[frozenset[str]]:
    """Give the names of a table, each with all names that it is compared with."""
    family = families(cells)
    asked = sorted({family[name] for name in names})
    return [frozenset(name for name in family if family[name] == each) for each in asked]


def _objections(
    ledger: Ledger, table: Table, names: Collection[str], steps: int, revised: bool
) -> Iterator[Problem]:
    before = [each for each in ledger.tables if each.of(names)]
    known = [(each.of(names), each.limits) for each in before]
    now = (table.of(names), table.limits)
    printed = [*(_still(known, now) if revised else known), now]
    system = System(printed)
    secret = {cell for marks, _ in printed for cell, mark in marks.items() if mark in _SECRET}
    try:
        reach = Reach(system, table.limits.suppress_up_to, now[0], steps)
        for cell in reach.known((*secret, *system.between()), _TWO):
            yield problem("DISCLOSURE_04", table.name, cell=cell)
    except TooMuch:
        yield problem("DISCLOSURE_03", table.name)
    except Contradiction:
        yield problem("DISCLOSURE_05", table.name, before=_named(before) or "its own totals")


def _named(before: Sequence[Table]) -> str:
    """Name releases, each once; tables where none of them is known to be of a release."""
    releases = dict.fromkeys(each.release for each in before if each.release)
    return "; ".join(releases or [f"“{each.name}”" for each in before])


def _still(known: Sequence[Told], now: Told) -> list[Told]:
    """Give what can still be true of tables, the last ones first, beside one that revises them."""
    marks, limits = now
    kept: list[Told] = []
    for before, its_limits in reversed(known):
        open_now = {cell for cell, mark in before.items() if marks.get(cell, mark) != mark}
        told = before | dict.fromkeys(open_now, UNTOLD), its_limits
        try:
            Reach(System([*kept, told, now]), limits.suppress_up_to, [*told[0], *marks])
        except Contradiction:
            continue
        kept.append(told)
    return kept
