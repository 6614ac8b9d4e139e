"""What can a person do with the records they may see?

The pages and the calls of a notebook both go through here: opening a record is refused or entered
in it, an entry is checked and written behind the version its writer had read. Which records a
person may see follows their job and agency. On the embedded store the account of the operating
system is the boundary: this keeps honest people to their own cases, and is no lock against whoever
holds the key file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import msgspec

from cse_workbook import account
from cse_workbook import instrument as instruments
from cse_workbook import policy as policies
from cse_workbook.adding import Author, objections
from cse_workbook.case import AnyEvent, Case, Entry, fold
from cse_workbook.case.events import CaseOpened, MacseHeard, MacseListed, RecordRead
from cse_workbook.case.fold import fold_all
from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Contact, Policy
from cse_workbook.screening import is_reference
from cse_workbook.standing import screened
from cse_workbook.store import Child, Recorded, Store, Who, open_store
from cse_workbook.themes import AGENCY as _AGENCY
from cse_workbook.themes import Gathered, gathered
from cse_workbook.waiting import Row, rows

_CLOSE: Final = 8
AGENCY: Final = _AGENCY
OF_THE_AGENCY: Final = CaseOpened("What is noted of the agency's work.")


class Casework:
    """The open records of a data folder, as one person sees them."""

    def __init__(
        self,
        store: Store,
        instrument: Instrument,
        policy: Policy,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the open store, the instrument as published, the local policy and a clock."""
        person = policy.person
        self.store, self.policy, self.now = store, policy, now
        self.instrument = policies.applied(instrument, policy)
        self.who = Who(account.name(), person.role, person.agency)
        self.author = Author(self.who.name, person.role, person.agency, person.works_as)

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.now().astimezone().date()

    @property
    def is_lead(self) -> bool:
        """Whether the person works here as a lead officer."""
        return self.author.works_as == "lead_officer"

    def cases(self) -> Iterator[Case]:
        """Fold every case the person may see, without what only tells that it was read.

        Raises CASE_02 for anybody but a lead officer.
        """
        self._leads("the caseload")
        entries = self.store.caseload_entries()
        return (c for c in fold_all(entries) if c.ref != AGENCY and self.may_open(c))

    def audited(self) -> Iterator[Case]:
        """Fold every case the person may have counted, with what tells that it was read: those of
        their own agency for a lead officer, all for an auditor, who can open none of them.

        Raises CASE_02 for anybody else.
        """
        self.audits("an extract")
        cases = (case for case in fold_all(self.store.entries()) if case.ref != AGENCY)
        return (case for case in cases if not self.is_lead or self._is_of_own_agency(case))

    def audits(self, what: str) -> None:
        """Raise CASE_02 for anybody but a lead officer and an auditor."""
        if self.author.works_as not in ("lead_officer", "auditor"):
            needed = "a lead officer or an auditor"
            raise WorkbookError(problem("CASE_02", what, needed=needed))

    def caseload(self) -> tuple[Row, ...]:
        """Say who waits for what, in the order of what is overdue longest, drafts included."""
        schools = self.store.children.schools()
        drafts = {
            draft.child_ref: draft.saved_at
            for draft in reversed(self.store.drafts.of(self.who.name))
            if draft.child_ref and not {"follows", "form"} & draft.answers.keys()
        }
        return rows(
            self.cases(), self.instrument, self.policy, self.now(), schools=schools, drafts=drafts
        )

    def noted(self) -> Gathered:
        """Gather the themes and blockages noted of the cases the person may see, and of the
        agency's work as a whole. Raises CASE_02 for anybody but a lead officer.
        """
        self._leads("themes and blockages")
        own = self.of_the_agency()
        return gathered((*self.cases(), own), self.store.children.schools())

    def of_the_agency(self) -> Case:
        """Give what stands for no child, also before anything has been written there."""
        none = Case(ref=AGENCY, version=0, opened_on=self.today, is_open=True, entries=())
        return self._folded(AGENCY) or none

    def may_open(self, case: Case) -> bool:
        """Tell whether the person may see a case: one of their agency, or listed for a meeting;
        for a practitioner, one they wrote in themselves.
        """
        if self.author.works_as == "practitioner":
            return any(entry.recorded_by == self.who.name for entry in case.entries)
        if not self.is_lead:
            return False
        listed = any(isinstance(e.event, MacseListed | MacseHeard) for e in case.meetings)
        return listed or self._is_of_own_agency(case)

    def open(self, ref: str, purpose: str) -> Case:
        """Open a record: enter that it was read and for what, and give the case as it then stands.

        Raises CASE_01, with near misses among one's own cases, where there is none, CASE_18 where
        one may not open it, and CASE_04 where no purpose is given.
        """
        self.look(ref)
        return self._read(ref, RecordRead(purpose))

    def look(self, ref: str) -> Case:
        """Give a case that has been opened already as it stands now. Raises as `open` does."""
        case = self._folded(ref)
        if case is None:
            raise WorkbookError(self._not_there(ref))
        if not self.may_open(case):
            raise WorkbookError(self._not_yours(ref))
        return case

    def identity(self, ref: str, purpose: str) -> Child:
        """Show who a child is, and enter that it was shown. Raises as `open` does."""
        self.look(ref)
        self._read(ref, RecordRead(purpose, identity=True))
        return self.store.children.read(ref) or Child(ref)

    def add(
        self,
        ref: str,
        *events: AnyEvent,
        based_on: int | None,
        happened_on: date | None = None,
        draft: tuple[str, str] | None = None,
    ) -> Recorded:
        """Check entries and write them behind the version that was read (None: whatever stands):
        all of them or none.

        `draft` names the draft they were written in and the window that holds it: the draft is gone
        once they are written, and is kept where one is refused. Raises CASE_01 to CASE_18, and
        STORE_02 where somebody else has written since.
        """
        day = happened_on or self.today
        found = [each for one in events for each in self.against(ref, one, happened_on=day)]
        if found:
            raise WorkbookError(found)
        if ref == AGENCY and self._folded(AGENCY) is None:
            self._append(AGENCY, [OF_THE_AGENCY], None, self.today)
        if draft is None:
            return self._append(ref, events, based_on, day)
        draft_id, tab = draft
        return self.store.record_draft(
            draft_id,
            events,
            tab=tab,
            case_ref=ref,
            happened_on=day,
            who=self.who,
            at=self.now(),
            based_on=based_on,
        )

    def against(
        self, ref: str, event: AnyEvent, *, happened_on: date | None = None
    ) -> list[Problem]:
        """Find what stands against an entry, before it is written.

        Raises CASE_01 or CASE_18 where the case is not there or not one's own, and CASE_02 for
        anybody but a lead officer where it is noted of the agency as a whole.
        """
        if ref == AGENCY:
            self._leads("themes and blockages")
        case = self.of_the_agency() if ref == AGENCY else self.look(ref)
        found = list(objections(event, case, self.author, self.today, self.instrument))
        if happened_on is not None and happened_on > self.today:
            found.append(problem("CASE_08", f"Case {ref}, happened_on"))
        return found

    def signposts(self, keys: Sequence[str] = (), words: str = "") -> tuple[Contact, ...]:
        """Search the directory of the policy: by what is recorded of a case, or by words.

        With neither, the whole directory in its order; every word has to be found.
        """
        wanted = words.casefold().split()
        return tuple(
            contact
            for contact in self.policy.contact
            if (not keys or set(keys) & set(contact.offered_on))
            and all(word in " ".join(_texts(contact)).casefold() for word in wanted)
        )

    def offered(self, case: Case) -> tuple[Contact, ...]:
        """Give the signposts that fit what the last screening of a case recorded."""
        if not case.screenings:
            return ()
        last = screened(case.screenings[-1])
        answers, outcome = last.screening.answers, last.outcome
        concerns = [key for key, given in answers.items() if given.answer in ("yes", "possible")]
        rules = [finding.rule for finding in (*outcome.findings, *outcome.pathways)]
        return self.signposts([*concerns, *rules]) if concerns or rules else ()

    def _read(self, ref: str, event: RecordRead) -> Case:
        found = list(objections(event, self.look(ref), self.author, self.today, self.instrument))
        if found:
            raise WorkbookError(found)
        self._append(ref, [event], None, self.today)
        return self.look(ref)

    def _append(
        self, ref: str, events: Sequence[AnyEvent], based_on: int | None, day: date
    ) -> Recorded:
        return self.store.append(
            ref, events, based_on=based_on, happened_on=day, who=self.who, at=self.now()
        )

    def _folded(self, ref: str) -> Case | None:
        entries: Sequence[Entry] = tuple(self.store.entries(ref))
        return fold(entries) if entries else None

    def _not_there(self, ref: str) -> Problem:
        """Say that there is no such case, and name those like it that the person may open."""
        close = get_close_matches(ref.strip().upper(), self.store.case_refs(), n=_CLOSE)
        mine = [each for each in close if self._is_mine(each)][:2]
        near = f" Did you mean {' or '.join(mine)}?" if mine else ""
        shown = _shown(ref)
        case = "such case" if shown == "…" else f"case {shown}"
        return problem("CASE_01", f"Case {shown}", case=case, near=near)

    def _not_yours(self, ref: str) -> Problem:
        """Say that the record is another's, and whom to ask."""
        agency = " of an agency that works with the child" if self.is_lead else ""
        return problem("CASE_18", f"Case {ref}", role=f"a lead officer{agency}")

    def _is_mine(self, ref: str) -> bool:
        case = self._folded(ref)
        return case is not None and self.may_open(case)

    def _is_of_own_agency(self, case: Case) -> bool:
        return any(entry.agency == self.who.agency for entry in case.entries)

    def _leads(self, what: str) -> None:
        if not self.is_lead:
            raise WorkbookError(problem("CASE_02", what, needed="a lead officer"))


def open_casework(
    folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Casework:
    """Open the records of a data folder under its local policy. Raises as `open_store` does."""
    policy = policies.local(folder)
    return Casework(open_store(folder), instruments.load(), policy, now)


def _shown(ref: str) -> str:
    """Show what can be a reference; anything else may be a name."""
    return ref if is_reference(ref) and any(letter.isdigit() for letter in ref) else "…"


def _texts(contact: Contact) -> Sequence[str]:
    fields: Mapping[str, object] = msgspec.structs.asdict(contact)
    return [value for value in fields.values() if isinstance(value, str)]
