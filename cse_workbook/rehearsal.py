"""Fill a record store with made-up children, to try the workbook out, to teach and to practise.

Everything in it is invented (`synthetic`). It is never mixed with records: whoever calls sees to it
that the store is empty.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from cse_workbook import account
from cse_workbook import instrument as instruments
from cse_workbook import policy as policies
from cse_workbook.case.events import Screened
from cse_workbook.screening import Screening
from cse_workbook.store import Child, Store, Who
from cse_workbook.synthetic import COLLEGE, make_up, numbered
from cse_workbook.themes import AGENCY

_UNFINISHED: Final = 2
_SOME_DAYS: Final = timedelta(days=2)
_PERSON: Final = re.compile(r"^\[person\]\n(?:\w+ = .*\n)+", re.MULTILINE)
_LEAD_OFFICER: Final = """[person]
role = "lead officer"
agency = "Example School"
works_as = "lead_officer" # or "practitioner", "auditor", "administrator"
"""


def work_as_lead_officer(folder: Path) -> bool:
    """Write a local policy by which whoever tries the program out sees all its pages, unless there
    is a policy; say whether it was written.
    """
    own = folder / "policy.toml"
    if own.exists():
        return False
    shipped = (policies.SHIPPED / "default.toml").read_text(encoding="utf-8")
    own.write_text(_PERSON.sub(_LEAD_OFFICER, shipped, count=1), encoding="utf-8")
    return True


def fill(store: Store, *, cases: int, seed: int, now: datetime | None = None) -> int:
    """Fill an empty store with made-up cases up to the day before, and with drafts that were left;
    give the number of screenings.
    """
    now = now or datetime.now(UTC)
    number = add_made_up(store, cases=cases, seed=seed, until=now.date() - timedelta(1))
    add_unfinished(store, cases=_UNFINISHED, now=now)
    return number


def add_made_up(store: Store, *, cases: int, seed: int, until: date) -> int:
    """Record made-up cases up to a day, all or none, and give the number of screenings."""
    policy = policies.local(store.folder)
    instrument = policies.applied(instruments.load(), policy)
    number, seqs = 0, defaultdict[str, list[int]](list)
    with store.database.writing():
        for made_up in make_up(cases, seed, instrument, policy, until):
            ref = made_up.case_ref
            child = made_up.child and msgspec.structs.asdict(made_up.child)
            recorded = store.add(
                ref,
                [numbered(event, seqs[ref]) for event in made_up.events],
                based_on=None,
                happened_on=made_up.happened_on,
                who=Who(made_up.who_name, made_up.who_role, made_up.who_agency),
                at=made_up.at,
                child=Child(ref, **child) if child else None,
            )
            seqs[ref] += recorded.seqs
            number += sum(isinstance(event, Screened) for event in made_up.events)
    return number


def add_unfinished(store: Store, *, cases: int, now: datetime) -> None:
    """Leave the person at this machine drafts of new screenings, some days old, of the children
    whose cases began last before them.
    """
    tab, at = "made-up", now - _SOME_DAYS
    for ref, screening in islice(_screened_before(store, at), cases):
        draft = store.drafts.start(
            account.name(), ref, tab=tab, at=at, instrument=screening.instrument, edition=1
        )
        for field, value in (
            ("child.known", "existing"),
            ("child.ref", ref),
            ("age", str(screening.age)),
            ("worry", screening.worry),
        ):
            store.drafts.save(draft, field, value, tab=tab, at=at)
        store.drafts.release(draft, tab=tab)


def _screened_before(store: Store, at: datetime) -> Iterator[tuple[str, Screening]]:
    """Give children of the school who were first screened before a moment, the last ones first."""
    children = (ref for ref in store.case_refs() if ref != AGENCY)
    for ref in sorted(children, key=lambda each: (len(each), each), reverse=True):
        for entry in store.entries(ref):
            if isinstance(entry.event, Screened):
                if entry.agency != COLLEGE and entry.recorded_at < at:
                    yield ref, entry.event.screening
                break
