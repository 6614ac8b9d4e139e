"""One meeting as a window sees it: who is on its agenda, in which order, and each child's sheet."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from cse_workbook.case import Entry
from cse_workbook.meeting import PURPOSE, Item, Sheet, agenda, read_for, sheet
from cse_workbook.store import Draft, Head
from cse_workbook.views.office.reading import Reading
from cse_workbook.waiting import Row

if TYPE_CHECKING:
    from cse_workbook.casework import Casework


class Child(msgspec.Struct, frozen=True):
    """One child on the agenda, with its case as it is read and the sheet that is shown of it."""

    item: Item
    reading: Reading
    sheet: Sheet

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Child(entry {self.item.entry})"


class MeetingDay:
    """The meeting of a day. Whom others have listed is seen once it is read again."""

    def __init__(self, casework: "Casework", on: date) -> None:
        """Take the records and the day."""
        self.casework, self.on = casework, on
        self._refs: tuple[str, ...] | None = None
        self._rows: tuple[Head, tuple[Row, ...]] | None = None

    def read_again(self) -> None:
        """Look through all cases for those that are listed, when it is next asked for."""
        self._refs = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The agenda as it stands, in the order the person has chosen."""
        if self._refs is None:
            self._refs = tuple(item.ref for item in agenda(self.casework.cases(), self.on))
        cases = [self.casework.look(ref) for ref in self._refs]
        kept = self.draft
        return agenda(cases, self.on, kept.answers.get("order", ()) if kept else ())

    @property
    def draft(self) -> Draft | None:
        """What the person keeps of this meeting: who is chosen, and the order."""
        wanted = {"form": "meeting", "meeting_on": self.on.isoformat()}
        mine = self.casework.store.drafts.of(self.casework.who.name)
        found = (d for d in mine if all(d.answers.get(k) == v for k, v in wanted.items()))
        return next(found, None)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The caseload, read again where anything has been written since."""
        head = self.casework.store.head()
        if self._rows is None or self._rows[0] != head:
            self._rows = (head, self.casework.caseload())
        return self._rows[1]

    def child(self, item: Item, new: tuple[Entry, ...] = ()) -> Child:
        """Give a child's sheet. That its record is read for this meeting is entered once."""
        casework = self.casework
        case = casework.look(item.ref)
        if read_for(case, item, casework.who.name) is None:
            case = casework.open(item.ref, PURPOSE)
        opened = read_for(case, item, casework.who.name) or case.entries[-1]
        reading = Reading(casework=casework, case=case, opened=opened, purpose=PURPOSE, new=new)
        return Child(item, reading, sheet(case, item, self.on, casework.instrument))
