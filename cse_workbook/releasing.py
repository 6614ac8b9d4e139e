"""Who may publish the results of an audit, and would they give a hidden number away?

Release is by a second person, and is entered in the record: one entry a table, about no child. All
tables of a run are released or none. What was released before is the fold of these entries and
nothing else, so whoever has the record can check it. Nothing is copied anywhere: the entries name
the files by their digests.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import msgspec

from cse_workbook.audit import results
from cse_workbook.audit.parameters import FOLDER
from cse_workbook.audit.results import Result
from cse_workbook.case import Case, Entry
from cse_workbook.case.events import TableReleased
from cse_workbook.casework import AGENCY, OF_THE_AGENCY, Casework
from cse_workbook.disclosure.cells import families
from cse_workbook.disclosure.ledger import Ledger, Table, refuses
from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.store import Head
from cse_workbook.store.chain import canonical

_NAMED: Final = 3  # tables of an earlier release named in a refusal


class Released(msgspec.Struct, frozen=True):
    """What was released: the names of the tables, and the head of the record then."""

    tables: tuple[str, ...]
    head: Head


def release(folder: Path, casework: Casework, *, revised: bool = False) -> Released:
    """Enter the tables in a folder of results as released: all of them or none.

    `revised` says that the record has changed since earlier releases: see `ledger.refuses`.
    Raises CASE_02 for who may not release, AUDIT_13 where there are no results, RELEASE_01 to
    RELEASE_05 for results that were changed, that the same account made, of made-up children,
    without a table or released already, DISCLOSURE_03 to DISCLOSURE_05 for tables that would give a
    hidden number away, and STORE_02 where somebody else has written meanwhile.
    """
    casework.audits("a release")
    result = results.read(folder)
    _raise([*_against(folder, result, casework.who.name)])
    named, agency = results.read_tables(folder, result), casework.of_the_agency()
    _raise([*_known(folder, [digest for digest, _ in named], agency)])
    found = given_away(released(agency), [table for _, table in named], revised)
    _raise([*_told_once(found)])
    recorded = casework.store.append(
        AGENCY,
        [*(() if agency.version else (OF_THE_AGENCY,)), *(_event(*each) for each in named)],
        based_on=agency.version,
        happened_on=casework.today,
        who=casework.who,
        at=casework.now(),
    )
    return Released(tuple(table.name for _, table in named), recorded.head)


def released(agency: Case) -> Ledger:
    """Give the tables that were released, from what is noted of the agency's work as a whole.

    What was recorded at one moment is one release. Raises STORE_22 for a table that this version
    cannot read.
    """
    releases = groupby(_releases(agency), key=lambda each: each[0].recorded_at)
    return Ledger(tuple(table for _, entries in releases for table in _tables([*entries])))


def _raise(found: list[Problem]) -> None:
    if found:
        raise WorkbookError(found)


def _against(folder: Path, result: Result, account: str) -> Iterator[Problem]:
    """Find what stands against releasing results at all."""
    for name in results.changed(folder, result):
        yield problem("RELEASE_01", f"{folder.name}, {name}")
    if result.is_by(account):
        yield problem("RELEASE_02", folder.name)
    extract = result.inputs.get(FOLDER)
    if extract is None or extract.made_of is None:
        yield problem("RELEASE_03", folder.name)


def _known(folder: Path, digests: list[str], agency: Case) -> Iterator[Problem]:
    """Say where there is nothing to release, or nothing that is not released."""
    before = {event.digest: entry.seq for entry, event in _releases(agency)}
    if not digests:
        yield problem("RELEASE_04", folder.name)
    elif before.keys() >= set(digests):
        yield problem("RELEASE_05", folder.name, entry=before[digests[0]])


def given_away(before: Ledger, tables: list[Table], revised: bool) -> Iterator[Problem]:
    """Find what tables would give away, one after another, with all that was released before.

    What was never released before was weighed within the run.
    """
    for table in tables:
        cells = [each.cell for of in (*before.tables, table) for each in of.printed]
        family = families(cells)
        known = {family[each.cell.of] for of in before.tables for each in of.printed}
        common = tuple(each for each in table.printed if family[each.cell.of] in known)
        found = refuses(before, msgspec.structs.replace(table, printed=common), revised=revised)
        yield from found
        before = before if found else before.remembering(table)


def _told_once(found: Iterable[Problem]) -> Iterator[Problem]:
    """Name all tables together that cannot be true with the same releases, and others as found."""
    tables: dict[Problem, dict[str, None]] = {}
    for each in found:
        alike = msgspec.structs.replace(each, where="") if each.code == "DISCLOSURE_05" else each
        tables.setdefault(alike, {})[each.where] = None
    for each, names in tables.items():
        yield msgspec.structs.replace(each, where=", ".join(names))


def _event(digest: str, table: Table) -> TableReleased:
    return TableReleased(table.name, digest, canonical(table).decode())


def _releases(agency: Case) -> Iterator[tuple[Entry, TableReleased]]:
    for entry in agency.releases:
        if isinstance(entry.event, TableReleased):
            yield entry, entry.event


def _tables(entries: Sequence[tuple[Entry, TableReleased]]) -> list[Table]:
    """Give the tables of one release, each with what names the release."""
    told = _named(entries)
    tables = (_table(*each) for each in entries)
    return [msgspec.structs.replace(each, release=told) for each in tables]


def _named(entries: Sequence[tuple[Entry, TableReleased]]) -> str:
    """Name a release by its day, its entries and its first tables."""
    first, last = entries[0][0], entries[-1][0]
    seqs = f"entry {first.seq}" if first is last else f"entries {first.seq} to {last.seq}"
    names = ", ".join(f"“{event.name}”" for _, event in entries[:_NAMED])
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    return f"{seqs} of {first.recorded_at:%-d %B %Y} ({names}{more})"


def _table(entry: Entry, event: TableReleased) -> Table:
    try:
        return msgspec.json.decode(event.as_printed, type=Table)
    except msgspec.MsgspecError:
        raise WorkbookError(problem("STORE_22", f"entry {entry.seq}", kind=entry.kind)) from None
