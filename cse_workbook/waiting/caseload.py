"""Who waits for what in the whole caseload, and in which order?

The order is by what is overdue longest, and where that is equal by reference. It never follows how
much is recorded about a child.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from cse_workbook.case import Case
from cse_workbook.case.events import RecordRead
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import standing, worker
from cse_workbook.waiting.case import unfinished, waiting
from cse_workbook.waiting.reason import Reason, Waiting, When

_READ: Final = RecordRead.__name__


class Row(msgspec.Struct, frozen=True):
    """One child in the caseload: what its record waits for, most pressing first, and who works with
    it.

    `view` is the key of the route that stands, blank where nobody gave a view; `worker` is the
    allocated worker by role and agency; `agencies` are all that wrote.
    """

    ref: str
    waiting: tuple[Waiting, ...]
    view: str = ""
    worker: str = ""
    agencies: tuple[str, ...] = ()
    school: str = ""

    def when(self, today: date) -> When:
        """Say how pressing the most pressing thing is."""
        return self.waiting[0].when(today) if self.waiting else When.NO_DATE


def rows(
    cases: Iterable[Case],
    instrument: Instrument,
    policy: Policy,
    now: datetime,
    *,
    schools: Mapping[str, str] | None = None,
    drafts: Mapping[str, datetime] | None = None,
) -> tuple[Row, ...]:
    """Give a row for every open case, and for every other child whose draft is not finished.

    `schools` and `drafts` (when last saved) are by reference. The policy has been applied to the
    instrument. Rows that wait for nothing stand last.
    """
    today, schools, left = now.astimezone().date(), schools or {}, dict(drafts or {})
    found: list[Row] = []
    for case in cases:
        if case.is_open:
            draft = _draft(left.pop(case.ref, None), now, policy)
            found.append(_row(case, draft, instrument, policy, now, schools))
    for ref, saved_at in left.items():
        if draft := _draft(saved_at, now, policy):
            found.append(Row(ref, draft, school=schools.get(ref, "")))
    return tuple(sorted(found, key=lambda row: _place(row, today)))


def _draft(saved_at: datetime | None, now: datetime, policy: Policy) -> tuple[Waiting, ...]:
    found = unfinished(saved_at, now, policy) if saved_at else None
    return (found,) if found else ()


def _row(
    case: Case,
    draft: Sequence[Waiting],
    instrument: Instrument,
    policy: Policy,
    now: datetime,
    schools: Mapping[str, str],
) -> Row:
    today, stands = now.astimezone().date(), standing(case, instrument)
    found = (*waiting(case, instrument, policy, now, stands=stands), *draft)
    return Row(
        ref=case.ref,
        waiting=tuple(sorted(found, key=lambda each: each.place(today))),
        view=stands.route if stands else "",
        worker=worker(case),
        agencies=tuple(dict.fromkeys(e.agency for e in case.entries if e.kind != _READ)),
        school=schools.get(case.ref, ""),
    )


def _place(row: Row, today: date) -> tuple[int, date, int, str]:
    """Give what to sort by; of references, C-9999 stands before C-10000."""
    pressing = row.waiting[0].place(today) if row.waiting else (len(When), date.max)
    return (*pressing, len(row.ref), row.ref)


def counts(found: Iterable[Row]) -> dict[Reason, int]:
    """Count the children that wait for each reason, in the order of the reasons."""
    numbers = dict.fromkeys(Reason, 0)
    for row in found:
        for reason in {each.reason for each in row.waiting}:
            numbers[reason] += 1
    return numbers


def chosen(
    found: Iterable[Row],
    *,
    reason: Reason | str | None = None,
    agency: str = "",
    worker: str = "",
    school: str = "",
    route: str = "",
) -> tuple[Row, ...]:
    """Keep the rows that fit every filter given; a blank one keeps all.

    A reason may be given in its words or by its name, such as “missing”. Raises CASE_19 for one
    there is not: an empty list would say that nobody waits for it.
    """
    wanted = _reason(reason) if reason else None
    return tuple(
        row
        for row in found
        if (wanted is None or any(each.reason is wanted for each in row.waiting))
        and (not agency or agency in row.agencies)
        and (not worker or worker == row.worker)
        and (not school or school == row.school)
        and (not route or route == row.view)
    )


def _reason(text: str) -> Reason:
    known = {name: reason for reason in Reason for name in (reason.value, reason.name.lower())}
    if text not in known:
        names = [reason.name.lower() for reason in Reason]
        listed, close = ", ".join(names), near(text, names)
        raise WorkbookError(problem("CASE_19", "reason", given=text, near=close, reasons=listed))
    return known[text]
