"""Made-up results of audits, and the people who make and release them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from cse_workbook import instrument
from cse_workbook.audit import results
from cse_workbook.audit.results import Input, Origin, Result, new_run
from cse_workbook.casework import Casework
from cse_workbook.disclosure.cells import Cell
from cse_workbook.disclosure.ledger import Ledger, Printed, Table, write
from cse_workbook.outcome import Edition, PolicyUsed
from cse_workbook.policy import Disclosure, Person
from cse_workbook.store import Store
from tests.made_up_events import POLICY

FIRST, SECOND = "zephyrine.quillfeather", "second.example"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LEAD = Person(role="lead officer", agency="Example School", works_as="lead_officer")
AUDITOR = Person(role="auditor", agency="Example Audit", works_as="auditor")
EXACT = Disclosure(suppress_up_to=7, round_to=1)
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
HALF = (date(2026, 7, 1), date(2026, 12, 31))
FOUND = Origin(
    version="0.1.0",
    made_on=date(2026, 11, 22),
    instrument=Edition("occ_safeguard", 1, "sha256:0"),
    policy=PolicyUsed("default", "sha256:0"),
    head="7:abc",
    of="all",
    files={},
)


def table(name: str, count: str, of: str = "referrals", days: tuple[date, date] = QUARTER) -> Table:
    return Table(name, EXACT, (Printed(Cell(of, (), *days), count),))


ONE = table("01-referrals", "20")
TWO = table("02-reviews", "*", "reviews")


def results_in(folder: Path, *tables: Table, **others: Any) -> Path:
    """Write results with these tables, and with these parts of the manifest."""
    folder.mkdir()
    for each in tables:
        (folder / f"{each.name}.csv").write_text(f"{each}\n", encoding="utf-8")
    (folder / results.TABLES).write_bytes(write(Ledger(tables)))
    made = Result(
        run=new_run(FIRST),
        made_at=NOW,
        notebook="audit_period",
        notebook_sha256="",
        parameters={},
        inputs={"extract": Input(name="extract", sha256="", made_of=FOUND)},
        versions={},
        rows_in={},
        rows_out={},
        checks=(),
        files=results.digests(folder),
    )
    results.write(folder, msgspec.structs.replace(made, **others))
    return folder


def works(opened: Store, person: Person = AUDITOR, account: str = SECOND) -> Casework:
    """Let an account of a kind work on a store."""
    local = msgspec.structs.replace(POLICY, person=person)
    casework = Casework(opened, instrument.load(), local, now=lambda: NOW)
    casework.who = msgspec.structs.replace(casework.who, name=account)
    return casework
