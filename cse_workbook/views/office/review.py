"""Review a case: why it is opened, then one child's record on one page.

Nothing is shown and nothing is entered before a purpose is given; then the reading is an entry of
the record. The parts of the page stand in the modules beside this one.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cse_workbook.case import Case, Entry
from cse_workbook.case.events import RecordRead
from cse_workbook.casework import AGENCY
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Child
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, button
from cse_workbook.views.checks import Trouble
from cse_workbook.views.office import choices
from cse_workbook.views.office.advising import PURPOSES, READING
from cse_workbook.views.office.case_page import case_page
from cse_workbook.views.office.reading import Reading, capital
from cse_workbook.views.office.sections import Page, Press

if TYPE_CHECKING:
    from cse_workbook.views.office.office import Office

OPENING: Final = "opening"
CASE: Final = "case"
TO_READ: Final = {key: purpose for key, _, purpose in PURPOSES}[READING.key]
TITLE: Final = "Case review"  # never a reference: titles show in the task bar and in the history
NOT_THERE: Final = "CASE_01"
WHICH: Final = choices.box(OPENING, "ref")


class ReviewPages:
    """The case that one window reads: which, since when, and what of it is unfolded."""

    names: tuple[str, ...] = (OPENING, CASE)

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""
        self.office = office
        self.ref = ""
        self.opened: Entry | None = None
        self.identity: Child | None = None
        self.compared: tuple[int, int] | None = None

    @property
    def presses(self) -> Mapping[str, Press]:
        """Give what its buttons and links do."""
        return {
            "case": lambda ref, _page: self.ask(ref),
            "which": lambda _rest, _page: self._ask_which(),
            "find": lambda _rest, _page: self._find(),
            "open_record": lambda _rest, _page: self._open(),
            "identity": lambda wish, _page: self._show_identity(wish),
            "compare": lambda pair, _page: self._compare(pair),
            "reread": lambda _rest, _page: self._reread(),
        }

    def page(self, name: str) -> Page:
        """Give a page. Raises CASE_01 for a case that may not be opened any more."""
        case, opened = self.office.case, self.opened
        if name == CASE and case is not None and case.ref == self.ref and opened is not None:
            return case_page(self._reading(case, opened), self.office.writing)
        return self._opening() if self.ref else self._which()

    def ask(self, ref: str) -> None:
        """Ask why a record is opened, if there is one; else ask which is meant."""
        office = self.office
        self._turn_to(ref)
        if office.writing.ref != ref:
            office.asked = ""  # a form that was left in another record
        # What is noted of the agency as a whole is no record of a child.
        found = self._not_there("" if ref == AGENCY else ref)
        if found is not None:
            self.ref = ""
            office.choices.choose(OPENING, ref=ref)
        office.show(OPENING, [found] if found else ())

    def _ask_which(self) -> None:
        """Ask which record is meant, as where nothing has been opened yet."""
        self._turn_to("")
        self.office.choices.choose(OPENING)
        self.office.show(OPENING)

    def _turn_to(self, ref: str) -> None:
        """Have nothing of a record open."""
        self.ref, self.opened, self.identity, self.compared = ref, None, None, None
        self.office.case = None

    def _not_there(self, ref: str) -> Trouble | None:
        """Say that there is no such case, and which there are like it. Nothing of one is shown."""
        try:
            self.office.casework.look(ref)
        except WorkbookError as error:
            if (found := error.problems[0]).code == NOT_THERE:
                return Trouble(WHICH, NOT_THERE, capital(found.what))
        return None

    def _find(self) -> None:
        typed = str(self.office.choices.boxes(OPENING).get("ref", "")).strip().upper()
        if typed:
            self.ask(typed)
        else:
            asked = Trouble(WHICH, "CASE_04", "Enter the child's reference")
            self.office.show(OPENING, [asked])

    def _which(self) -> Page:
        typed = self.office.choices.boxes(OPENING).get("ref", "")
        hint = "For example, C-0042. Never a name"
        inner = [
            blocks.line(WHICH, "Which child?", hint, typed, 10),
            blocks.buttons(button("Go on", "find"), *self._away()),
        ]
        return Page(title=TITLE, heading="Review a case", blocks=inner, under="caseload")

    def _opening(self) -> Page:
        """Ask for the purpose, and show nothing of the record before it is given."""
        office = self.office
        office.casework.look(self.ref)
        self._lay_open()
        form = office.writing.form
        inner: list[Block] = []
        if form is not None:
            inner = [
                *form.blocks(office.writing.sheet(None)),
                blocks.buttons(button(form.add, form.press), *self._away()),
            ]
        return Page(title=TITLE, heading=self.ref, blocks=inner, under="caseload")

    def _away(self) -> list[dict[str, object]]:
        if not self.office.casework.is_lead:
            return []
        return [button("Go back to the caseload", "go:caseload", "link")]

    def _lay_open(self) -> None:
        """Have the question before one; an answer that was given to it another time is gone."""
        office = self.office
        writing, desk = office.writing, office.desk
        is_asked = desk.answers.get("form") == OPENING and writing.ref == self.ref
        if comes_back := office.asked == OPENING:
            office.asked = ""
        if is_asked and (comes_back or office.came_from == OPENING):
            return
        writing.begin(OPENING, self.ref, None)
        if not comes_back and any(field.startswith(f"{OPENING}.") for field in desk.answers):
            writing.close()
            writing.begin(OPENING, self.ref, None)

    def _open(self) -> None:
        """Enter that the record is read and for what; then show it."""
        office, writing = self.office, self.office.writing
        if writing.form is None or writing.form.key != OPENING or writing.ref != self.ref:
            return
        recorded = writing.add(None)
        if recorded is None:
            office.show(OPENING, writing.troubles)
            return
        office.case = office.casework.look(self.ref)
        self.opened = office.case.entry(recorded.seqs[-1])
        event = self.opened.event if self.opened else None
        office.purpose = event.purpose if isinstance(event, RecordRead) else ""
        # A form that was left is there again; a second reading begins before a view is seen.
        is_to_read = office.purpose == TO_READ and office.case.is_open
        form = office.asked or (READING.key if is_to_read else "")
        office.asked = ""
        if form:
            office.at = CASE
            office.write(form)
        else:
            office.show(CASE)

    def _reading(self, case: Case, opened: Entry) -> Reading:
        writing = self.office.writing
        form, sheet = writing.form, writing.sheet(case)
        is_barred = form is not None and form.bar is not None and form.bar(sheet) is not None
        return Reading(
            casework=self.office.casework,
            case=case,
            opened=opened,
            purpose=self.office.purpose,
            identity=self.identity,
            compared=self.compared,
            new=self.office.new,
            is_blind=form is not None and form.blind and not is_barred,
            is_writing=form is not None,
        )

    def _show_identity(self, wish: str) -> None:
        """Show who the child is, which is entered in the record, or hide it again."""
        office = self.office
        if self.opened is None:
            return
        shown = wish == "show"
        self.identity = office.casework.identity(self.ref, office.purpose) if shown else None
        office.show(CASE, focus="who")

    def _compare(self, pair: str) -> None:
        then, _, now = pair.partition(":")
        if then.isdigit() and now.isdigit():
            self.compared = int(then), int(now)
            self.office.show(CASE, focus="changes")

    def _reread(self) -> None:
        self.office.reread(self.ref)
        self.office.show(CASE)
