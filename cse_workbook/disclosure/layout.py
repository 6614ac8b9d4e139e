"""Which cell stands at which place of a table, and how is it marked by itself?

A table is long: one row a group, with columns of counts. Where it has `numerator` and
`denominator`, those of the denominator who are not in the numerator are a cell as well, although it
is never printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
import pandas as pd

from cse_workbook.disclosure.cells import (
    ALL_BUT_FEW,
    ANY_OTHER,
    HIDDEN,
    NOT_ASKED,
    UNTOLD,
    Cell,
    Name,
    where_in,
)
from cse_workbook.disclosure.numbers import NOT_SHOWN, protected
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.policy import Disclosure

PERIOD: Final = ("period_start", "period_end")
RATES: Final = ("ratio", "low", "high")
TIMES: Final = ("lower_quartile", "median", "upper_quartile")
PART, WHOLE, OTHERS, UNKNOWN = "numerator", "denominator", "others", "n_not_known"
_PAIR: Final = (PART, WHOLE, OTHERS)
BUT_NOT: Final = " but not "
NONE: Final = "0"
_EVER: Final = (date(1, 1, 1), date(9999, 12, 30))
Row = Mapping[str, Any]


class Meaning(msgspec.Struct, frozen=True):
    """Which rows a row of a table counts, in names that are the same for the same rows everywhere.

    `among` are those it asks about, `unknown` those of them of which it cannot be told (they are in
    no denominator), `counts` those of the numerator: one name, or “one but not another”. Each of
    `nobody` names rows and parts of them that leave nobody out.
    """

    among: str
    counts: str
    unknown: str = ""
    nobody: tuple[tuple[str, ...], ...] = ()

    def name(self, count: str) -> Name:
        """Give the name of the rows that a count is of: numerator, denominator, others, unknown."""
        unknown = (self.unknown,) if self.unknown else ()
        of, *but_not = self.counts.split(BUT_NOT)
        part = Name(of, tuple(but_not))
        others = Name(part.but_not[0]) if part.but_not else self._but(*unknown, part.of)
        names = {WHOLE: self._but(*unknown), PART: part, OTHERS: others}
        return names.get(count, Name(self.unknown))

    def _but(self, *names: str) -> Name:
        return Name(self.among, tuple(sorted(names)))


NO_MEANINGS: Final[Mapping[str, Meaning]] = {}


class Layout(msgspec.Struct, frozen=True):
    """What the columns of a table are.

    `counts` names the columns of counts; a blank count was not asked. `margins` names the columns
    that split the table, each with the word that stands for the total over it (a blank stands for
    it as well); a table lists every group of them, but for the columns in `some`. Any other column
    but `PERIOD`, `RATES` and `TIMES` says what is counted, and `meanings` which rows these are.
    """

    counts: tuple[str, ...]
    margins: Mapping[str, str]
    some: tuple[str, ...] = ()
    meanings: Mapping[str, Meaning] = NO_MEANINGS

    @property
    def is_paired(self) -> bool:
        """Whether the table has ratios of a numerator and a denominator."""
        return {PART, WHOLE} <= set(self.counts)

    def name(self, row: Row) -> str:
        """Say what a row counts, apart from its groups and its period."""
        told = {*self.counts, *self.margins, *PERIOD, *RATES, *TIMES}
        return ", ".join(str(row[column]) for column in row if column not in told)

    def cell(self, row: Row, count: str, of_all: bool) -> Cell:
        """Give the cell that stands in a row, in the column of a count."""
        groups = {
            column: str(row[column])
            for column, total in self.margins.items()
            if not _is_blank(row[column]) and row[column] != total
        }
        name = self._counted(row, count, of_all)
        if of_all and count == WHOLE:
            groups = {column: groups[column] for column in self.some if column in groups}
        start, end = (
            ever if _is_blank(row.get(day)) else pd.Timestamp(row[day]).date()
            for day, ever in zip(PERIOD, _EVER, strict=True)
        )
        return Cell(name.of, tuple(sorted(groups.items())), start, end, name.but_not)

    def _counted(self, row: Row, count: str, of_all: bool) -> Name:
        """Name the rows that are counted. Of a share in all, the parts are rows of the whole."""
        name = self.name(row)
        meaning = self.meanings.get(name, Meaning(name, f"{name}, {PART}"))
        if self.is_paired and of_all and count in (PART, WHOLE):
            return Name(meaning.among)
        if (self.is_paired and count in _PAIR) or (count == UNKNOWN and meaning.unknown):
            return meaning.name(count)
        if count == PART and name in self.meanings:
            return Name(meaning.counts)
        return Name(", ".join(filter(None, (name, count))))

    def marks(
        self, table: pd.DataFrame, of_all: Sequence[bool], disclosure: Disclosure
    ) -> dict[Cell, str]:
        """Mark each count of a table by itself. What is printed already keeps its mark.

        Raises DISCLOSURE_02 where two rows count the same differently.
        """
        marks: dict[Cell, str] = {}
        for row, is_share in zip(rows(table), of_all, strict=True):
            for count, mark in self._marked(row, is_share, disclosure):
                cell = self.cell(row, count, is_share)
                marks[cell] = _both(cell, marks.get(cell, UNTOLD), mark)
            marks |= dict.fromkeys(self._nobody(row), NONE)
        others = {other for cell in marks for other in self._any_other(cell)}
        return marks | dict.fromkeys(others, UNTOLD)

    def _nobody(self, row: Row) -> Iterator[Cell]:
        """Give the rows of which there are none, beside what a row counts."""
        meaning = self.meanings.get(self.name(row))
        for of, *parts in meaning.nobody if meaning else ():
            cell = self.cell(row, WHOLE, False)
            if {column for column, _ in cell.groups}.isdisjoint(map(where_in, parts)):
                yield cell.counting(Name(of, tuple(sorted(parts))))

    def _any_other(self, cell: Cell) -> Iterator[Cell]:
        """Give what lies beside a cell, and makes up a total with it, but is not listed."""
        groups = dict(cell.groups)
        for column in self.some:
            if column in groups:
                other = f"{ANY_OTHER} than {groups[column]}"
                beside = tuple(sorted({**groups, column: other}.items()))
                yield Cell(cell.of, beside, cell.start, cell.end, cell.but_not)

    def _marked(self, row: Row, of_all: bool, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
        told = {count: row[count] for count in self.counts if not _is_blank(row[count])}
        marks = {count: _mark(value, disclosure) for count, value in told.items()}
        if {PART, WHOLE} <= told.keys() and not of_all:
            marks[PART], marks[OTHERS] = _apart(told[PART], told[WHOLE], disclosure)
        yield from marks.items()


def rows(table: pd.DataFrame) -> list[Row]:
    """Give the rows of a table, by the names of their columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def shares_of(of_all: Sequence[bool] | None, table: pd.DataFrame) -> list[bool]:
    """Tell for each row whether its denominator is that of all groups: of none, unless told."""
    return [False] * len(table) if of_all is None else list(of_all)


def printed(row: Row, count: str, mark: str, others: str) -> int | str:
    """Give what is printed in a row: a whole number, or a mark.

    `others` is the mark of those who are in the denominator only.
    """
    if _is_blank(row[count]):
        return NOT_ASKED
    if count == PART and mark == NOT_SHOWN and others == HIDDEN:
        return ALL_BUT_FEW
    return int(mark) if mark.isdigit() else mark


def _both(cell: Cell, one: str, other: str) -> str:
    """Mark what two rows count: the same rows may be all that one asks about, and a part of another
    that is hidden there.
    """
    marks = {one, other} - {UNTOLD}
    if NOT_SHOWN in marks and all(mark.isdigit() for mark in marks - {NOT_SHOWN}):
        return NOT_SHOWN
    if len(marks) > 1:
        raise WorkbookError(problem("DISCLOSURE_02", cell.of, cell=cell))
    return marks.pop() if marks else UNTOLD


def _is_blank(value: Any) -> bool:
    return value == NOT_ASKED if isinstance(value, str) else bool(pd.isna(value))


def _mark(value: Any, disclosure: Disclosure) -> str:
    """Give the mark of a count, or of what is printed for it."""
    if isinstance(value, str) and not value.isdigit():
        return NOT_SHOWN if value == ALL_BUT_FEW else value
    shown = protected(int(value), disclosure)
    return HIDDEN if shown.is_hidden else str(shown.number)


def _apart(part: Any, whole: Any, disclosure: Disclosure) -> tuple[str, str]:
    """Give the marks of a numerator and of those who are in the denominator only.

    The numerator is hidden as well where so few are left that they would be hidden, and where so
    few seem to be left by what is printed.
    """
    marks = [_mark(value, disclosure) for value in (part, whole)]
    if part == ALL_BUT_FEW:
        return NOT_SHOWN, HIDDEN
    if not all(mark.isdigit() for mark in marks) or marks[0] == "0":
        return marks[0], UNTOLD
    few = range(1, disclosure.suppress_up_to + 1)
    if int(whole) - int(part) in few:
        return NOT_SHOWN, HIDDEN
    return (NOT_SHOWN if int(marks[1]) - int(marks[0]) in few else marks[0]), UNTOLD
