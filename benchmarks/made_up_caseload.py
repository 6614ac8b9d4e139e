"""A caseload of any size, made up fast: a year of 500 children, dealt as often as is needed.

The children are those of `cse-workbook demo`, each with all that happened to them. The second and
any later time they are dealt they have references of their own. What is written of all of them
stands in the order of time, so that the entries of a case lie far apart. Last, the lead officer
reads records until there are fifteen entries a case.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from random import Random

import msgspec

from cse_workbook import instrument, policy
from cse_workbook.case import Event
from cse_workbook.case.events import RecordRead
from cse_workbook.store import Store, chain, sql
from cse_workbook.store.chain import EMPTY, Link
from cse_workbook.store.drafts import stamp
from cse_workbook.synthetic import LAST_DAY, make_up, numbered
from cse_workbook.themes import AGENCY

CHILDREN = 500
SEED = 2026
A_CASE = 15
AT = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 17, 30, tzinfo=UTC)
_AT_ONCE = 5_000
_READ = RecordRead("To give advice")


class Line(msgspec.Struct, frozen=True):
    """One entry of a made-up child: which child, the row but for its place, and what it says."""

    child: int
    link: Link
    event: Event


def entries(cases: int) -> Iterator[Link]:
    """Make up so many cases, with their references and numbers in the record, not sealed yet."""
    seqs = defaultdict[str, list[int]](list)
    for seq, (ref, line) in enumerate(islice(_dealt(cases), cases * A_CASE), 1):
        own = seqs[ref]
        event = numbered(line.event, own)
        body = line.link.body if event is line.event else chain.canonical(event).decode()
        own.append(seq)
        yield msgspec.structs.replace(
            line.link,
            seq=seq,
            case_ref=ref,
            case_version=len(own),
            # A screening and its outcome say for whom they are.
            body=(body or "").replace(f'"{line.link.case_ref}"', f'"{ref}"'),
        )


def fill(store: Store, cases: int) -> None:
    """Write so many cases into an empty store, sealed into one chain, many in a transaction."""
    head, unsealed = EMPTY.entry_hash, entries(cases)
    store.database.pragma("synchronous=OFF")
    while part := list(islice(unsealed, _AT_ONCE)):
        rows = []
        for link in part:
            link = chain.seal(msgspec.structs.replace(link, salt=secrets.token_hex(16)), head)
            head = link.entry_hash
            rows.append(msgspec.structs.asdict(link))
        with store.database.writing():
            store.database.change_each(sql.ENTRY_ADD, rows)
    store.database.pragma("synchronous=FULL")


def ref_of(number: int) -> str:
    """Give the reference of a case by its number, from 0."""
    return f"C-{number + 1:04d}"


def _dealt(cases: int) -> Iterator[tuple[str, Line]]:
    """Give each line of the 500 children to every case that has that child; then the readings."""
    for line in _lines():
        for number in range(line.child, cases, CHILDREN):
            yield ref_of(number), line
    while True:
        for number in range(cases):
            yield ref_of(number), _reading()


@cache
def _lines() -> list[Line]:
    local = policy.load()
    occ = policy.applied(instrument.load(), local)
    told = [
        made_up for made_up in make_up(CHILDREN, SEED, occ, local) if made_up.case_ref != AGENCY
    ]
    # Otherwise a small caseload would hold the children whose cases are oldest.
    mixed = Random(SEED).sample(sorted({made_up.case_ref for made_up in told}), k=CHILDREN)
    children = {ref: number for number, ref in enumerate(mixed)}
    lines = []
    for made_up in told:
        row = Link(
            seq=0,
            case_ref=made_up.case_ref,
            case_version=0,
            kind="",
            happened_on=made_up.happened_on.isoformat(),
            recorded_at=stamp(made_up.at),
            recorded_by=made_up.who_name,
            role=made_up.who_role,
            agency=made_up.who_agency,
        )
        lines += [
            Line(children[made_up.case_ref], _said(row, event), event) for event in made_up.events
        ]
    return lines


@cache
def _reading() -> Line:
    row = Link(
        seq=0,
        case_ref="",
        case_version=0,
        kind="",
        happened_on=LAST_DAY.isoformat(),
        recorded_at=stamp(AT),
        recorded_by="l.example",
        role="lead officer",
        agency="Example School",
    )
    return Line(0, _said(row, _READ), _READ)


def _said(row: Link, event: Event) -> Link:
    body = chain.canonical(event).decode()
    return msgspec.structs.replace(row, kind=type(event).__name__, body=body)
