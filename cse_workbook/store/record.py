"""What has been recorded, in order, and how does an entry get there?

Entries are only ever added. A recording is one transaction: all its entries, the end of its draft,
and what is known of the child, or nothing. Randomness (salts) is made here; times come from the
caller.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from cse_workbook.case import AnyEvent, Entry, Event
from cse_workbook.case.events import CaseOpened
from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.store import chain, sql
from cse_workbook.store.chain import EMPTY, Head, Link, Verified
from cse_workbook.store.children import Child, Children
from cse_workbook.store.database import PATIENCE, Database
from cse_workbook.store.drafts import Drafts, stamp
from cse_workbook.store.folder import open_records

_FIRST_SCREENING: Final = CaseOpened("A screening was recorded.")


class Who(msgspec.Struct, frozen=True):
    """The person who records: name as signed in, role and agency."""

    name: str
    role: str
    agency: str


class Recorded(msgspec.Struct, frozen=True):
    """What became of a recording: its entries, the head there, whether this call made them."""

    case_ref: str
    seqs: tuple[int, ...]
    head: Head
    first_time: bool


_WORDS: Final = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
_EVENT: Final = msgspec.json.Decoder(AnyEvent)


class Store:
    """The open record store of one data folder."""

    def __init__(self, folder: Path, database: Database) -> None:
        """Work on this folder and its open database."""
        self.folder = folder
        self.database = database
        self.drafts = Drafts(database)
        self.children = Children(database)

    def __enter__(self) -> "Store":
        """Give the store itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the store, whatever happened."""
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.database.close()

    def record_draft(
        self,
        draft_id: str,
        events: Sequence[Event],
        *,
        tab: str,
        case_ref: str,
        happened_on: date,
        who: Who,
        at: datetime,
        child: Child | None = None,
        based_on: int | None = None,
    ) -> Recorded:
        """Record a draft as these entries, once, and remove it; a new case is opened first.

        The same draft again gives the same entries, with `first_time` false. Raises STORE_19 or
        STORE_20 as `Drafts.save` does, and STORE_02 as `append` does; the draft then stays.
        """
        with self.database.writing():
            if not self.drafts.remove(draft_id, tab=tab):
                if earlier := self.recorded(draft_id):
                    return earlier
                raise self.drafts.refusal(draft_id)
            place = self._end(case_ref, happened_on=happened_on, who=who, at=at)
            self._check_version(place, based_on)
            opening = () if place.case_version else (_FIRST_SCREENING,)
            sealed = self._add((*opening, *events), place, known=child)
            span = {"first_seq": sealed[0].seq, "last_seq": sealed[-1].seq}
            self.database.change(sql.RECORDED_ADD, draft_id=draft_id, **span)
        return _recorded(sealed)

    def recorded(self, draft_id: str) -> Recorded | None:
        """Say as which entries a draft was recorded, if it was."""
        rows = self.database.rows(sql.RECORDED, of=draft_id)
        if not rows:
            return None
        first, last, entry_hash, case_ref = rows[0]
        return Recorded(case_ref, tuple(range(first, last + 1)), Head(last, entry_hash), False)

    def append(
        self,
        case_ref: str,
        events: Sequence[Event],
        *,
        based_on: int | None,
        happened_on: date,
        who: Who,
        at: datetime,
    ) -> Recorded:
        """Add entries to a case, or open one: then `CaseOpened` comes first.

        `based_on` is the version of the case the writer had read, None where nothing read matters.
        Raises STORE_02 if more has been written since than who read it, STORE_21 if it is not open.
        """
        with self.database.writing():
            return self.add(
                case_ref, events, based_on=based_on, happened_on=happened_on, who=who, at=at
            )

    def add(
        self,
        case_ref: str,
        events: Sequence[Event],
        *,
        based_on: int | None,
        happened_on: date,
        who: Who,
        at: datetime,
        child: Child | None = None,
    ) -> Recorded:
        """Do what `append` does inside a transaction that its caller holds, so that many recordings
        are kept or none; `child` is what is known of the child.
        """
        place = self._end(case_ref, happened_on=happened_on, who=who, at=at)
        self._check_version(place, based_on)
        if not place.case_version and not isinstance(events[0], CaseOpened):
            raise WorkbookError(problem("STORE_21", f"Case {case_ref}"))
        return _recorded(self._add(events, place, known=child))

    def entries(self, case_ref: str | None = None) -> Iterator[Entry]:
        """Read the entries of a case, or of all, in order, a page at a time.

        Raises STORE_22 at an entry of a kind this version does not know.
        """
        return map(_entry, self.links(case_ref))

    def links(self, case_ref: str | None = None) -> Iterator[Link]:
        """Read entries as they are stored, a page at a time."""
        page, after = (sql.ENTRY_PAGE, 0) if case_ref is None else (sql.ENTRY_PAGE_OF_CASE, 0)
        while rows := self.database.rows(page, of=case_ref, after=after):
            for row in rows:
                link = Link(*row)
                yield link
            after = link.seq if case_ref is None else link.case_version

    def caseload_entries(self) -> Iterator[Entry]:
        """Read the entries of all cases in order, without those that only tell of a reading."""
        after = 0
        while rows := self.database.rows(sql.ENTRY_PAGE_UNREAD, after=after):
            yield from map(_read, rows)
            after = rows[-1][0]

    def case_refs(self) -> list[str]:
        """Give the references of all cases."""
        return [ref for (ref,) in self.database.rows(sql.CASE_REFS)]

    def head(self) -> Head:
        """Give the head of the chain."""
        rows = self.database.rows(sql.ENTRY_HEAD)
        return Head(*rows[0]) if rows else EMPTY

    def verify(self, against: Head | None = None) -> Verified:
        """Check the whole chain, and that it holds the head printed earlier, if one is given."""
        return chain.verify(self.links(), against)

    def _end(self, case_ref: str, *, happened_on: date, who: Who, at: datetime) -> Link:
        """Give the place behind which the next entry of a case goes: a link without a body."""
        rows = self.database.rows(sql.ENTRY_END, of=case_ref)
        seq, entry_hash, version = rows[0] if rows else (EMPTY.seq, EMPTY.entry_hash, 0)
        return Link(
            seq=seq,
            case_ref=case_ref,
            case_version=version or 0,
            kind="",
            happened_on=happened_on.isoformat(),
            recorded_at=stamp(at),
            recorded_by=who.name,
            role=who.role,
            agency=who.agency,
            entry_hash=entry_hash,
        )

    def _check_version(self, place: Link, based_on: int | None) -> None:
        """Refuse to write behind entries that the writer has not seen."""
        if based_on is None or based_on == place.case_version:
            return
        rows = self.database.rows(sql.ENTRY_COUNT_SINCE, of=place.case_ref, after=based_on)
        if rows[0][0]:
            raise WorkbookError(_moved_on(place, based_on, rows[0][0]))

    def _add(
        self, events: Sequence[Event], place: Link, known: Child | None = None
    ) -> Sequence[Link]:
        """Link events behind a place and write them down."""
        sealed = tuple(_sealed(events, place))
        self.database.change_each(sql.ENTRY_ADD, [msgspec.structs.asdict(link) for link in sealed])
        if known is not None or sealed[0].case_version == 1:
            self.children.note(known or Child(place.case_ref))
        return sealed


def open_store(folder: Path, *, patience: float = PATIENCE) -> Store:
    """Open the record store of a data folder.

    Waits `patience` seconds for other writers. Raises STORE_03 to STORE_11, and has touched
    nothing, if it cannot be used as it is.
    """
    return Store(folder, open_records(folder, patience=patience))


def _sealed(events: Sequence[Event], place: Link) -> Iterator[Link]:
    """Give each event its place behind the one before it."""
    for one in events:
        link = msgspec.structs.replace(
            place,
            seq=place.seq + 1,
            case_version=place.case_version + 1,
            kind=type(one).__name__,
            body=chain.canonical(one).decode(),
            salt=secrets.token_hex(16),
        )
        place = chain.seal(link, place.entry_hash)
        yield place


def _recorded(sealed: Sequence[Link]) -> Recorded:
    last = sealed[-1]
    seqs = tuple(link.seq for link in sealed)
    return Recorded(last.case_ref, seqs, Head(last.seq, last.entry_hash), True)


def _entry(link: Link) -> Entry:
    *shown, _, _, _, _, body = msgspec.structs.astuple(link)
    return _read((*shown, body))


def _read(row: Sequence[Any]) -> Entry:
    """Make an entry of what stands in its row, without the columns that only hold the chain."""
    seq, case_ref, case_version, kind, happened_on, recorded_at, by, role, agency, body = row
    try:
        event = None if body is None else _EVENT.decode(body)
    except msgspec.MsgspecError:
        # The cause would quote the record.
        raise WorkbookError(problem("STORE_22", f"entry {seq}", kind=kind)) from None
    return Entry(
        seq=seq,
        case_ref=case_ref,
        case_version=case_version,
        kind=kind,
        happened_on=date.fromisoformat(happened_on),
        recorded_at=datetime.fromisoformat(recorded_at),
        recorded_by=by,
        role=role,
        agency=agency,
        event=event,
    )


def _moved_on(place: Link, based_on: int, count: int) -> Problem:
    """Word a conflict: what was read, what is there now, how much there is to read."""
    new = "the new entry" if count == 1 else f"the {_WORDS.get(count, count)} new entries"
    where, version = f"Case {place.case_ref}", place.case_version
    return problem("STORE_02", where, based_on=based_on, version=version, new=new)
