"""A year of two hundred made-up children, and how it stands in the record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from cse_workbook.case import Case, Entry, Event, fold
from cse_workbook.synthetic import LAST_DAY, MadeUp, make_up, numbered
from cse_workbook.themes import AGENCY
from tests.made_up_events import OCC, POLICY

TODAY: Final = LAST_DAY + timedelta(1)
A_WEEK: Final = timedelta(7)


@cache
def a_year() -> Sequence[MadeUp]:
    """Make up a year of two hundred children."""
    return tuple(make_up(200, 7, OCC, POLICY))


@cache
def entries_of_a_year() -> Sequence[Entry]:
    """Give the same as it stands in the record."""
    return tuple(recorded(a_year()))


@cache
def cases_of_a_year() -> Sequence[Case]:
    """Give the same, case by case, without what is noted of the agency as a whole."""
    by_case = defaultdict(list)
    for entry in entries_of_a_year():
        by_case[entry.case_ref].append(entry)
    return tuple(fold(each) for ref, each in by_case.items() if ref != AGENCY)


def recorded(year: Iterable[MadeUp]) -> Iterator[Entry]:
    """Give the entries that a record of these recordings would hold."""
    seqs, seq = defaultdict[str, list[int]](list), 0
    for made_up in year:
        for event in [numbered(each, seqs[made_up.case_ref]) for each in made_up.events]:
            seq += 1
            seqs[made_up.case_ref].append(seq)
            yield Entry(
                seq=seq,
                case_ref=made_up.case_ref,
                case_version=len(seqs[made_up.case_ref]),
                kind=type(event).__name__,
                happened_on=made_up.happened_on,
                recorded_at=made_up.at,
                recorded_by=made_up.who_name,
                role=made_up.who_role,
                agency=made_up.who_agency,
                event=event,  # type: ignore[arg-type]  # of the kinds there are
            )


def events(cases: Iterable[Case], kind: type[Event]) -> list[Any]:
    return [e.event for case in cases for e in case.entries if isinstance(e.event, kind)]
