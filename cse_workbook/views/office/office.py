"""Lead one person through the lead officer's pages: which page stands, which form lies open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cse_workbook.case import Case, Entry
from cse_workbook.casework import AGENCY, Casework
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.faults import noted
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, button
from cse_workbook.views.checks import Trouble
from cse_workbook.views.conversation import Conversation, Sender
from cse_workbook.views.desk import Desk
from cse_workbook.views.office.choices import Choices
from cse_workbook.views.office.sections import Page, Section, framed
from cse_workbook.views.office.writing import CONFLICT, Form, Writing

HOME = "caseload"
INTERRUPTION = "interruption"
LONGEST_NUMBER = 18  # digits of the number of an entry


class Office:
    """One window of a lead officer. It holds no rules; what is typed is kept as a draft."""

    def __init__(
        self,
        page: Sender,
        casework: Casework,
        sections: Sequence[Section],
        forms: Mapping[str, Form],
        away: Callable[[str], bool] = lambda _name: False,
    ) -> None:
        """Take the page, the records, the sections and forms there are; `away` may lead to a page
        that is not the office's, and says whether it did.
        """
        self.page, self.casework, self.policy = page, casework, casework.policy
        self.now: Callable[[], datetime] = casework.now
        self.desk = Desk(casework.store, casework.instrument, casework.who.name, casework.now)
        self.writing = Writing(casework, self.desk, forms)
        self.choices = Choices()
        self.sections = {name: section for section in sections for name in section.names}
        self.away = away
        self.at = self.came_from = HOME
        self.case: Case | None = None
        self.purpose = ""
        # What somebody else wrote while the person was writing, until the page is shown again.
        self.new: tuple[Entry, ...] = ()
        self.asked = ""
        self.presses: dict[str, Callable[[str, str], None]] = {
            "go": lambda name, _page: self.show(name),
            "write": lambda form, _page: self._write(form),
            "search": lambda _rest, _page: self.show(self.at),
            "add": lambda _rest, _page: self.add(),
            "anyway": lambda _rest, _page: self.add(anyway=True),
            "cancel": lambda _rest, _page: self.cancel(),
            "apply": lambda page, _page: self.apply(page),
            "clear": lambda page, _page: self.apply(page, clear=True),
            "back": lambda _rest, _page: self._back(),
            "takeover": lambda _rest, _page: self.show(self.at),
        }
        for section in sections:
            section.begin(self)
            self.presses |= section.presses
        self.talk = Conversation(self)

    @property
    def names(self) -> list[str]:
        """The pages that can be shown."""
        return list(self.sections)

    def open_page(self, draft_id: str, page: str) -> None:
        """Show the page that a window asks for. A form that was left is there again once the record
        it is about has been opened.
        """
        if draft_id:
            self.desk.take_up(draft_id, from_another=True)
            self.asked, about = str(self.desk.answers.get("form", "")), self.writing.ref
            at = str(self.desk.answers.get("at", ""))
            is_open = self.case is not None and self.case.ref == about
            if about not in ("", AGENCY) and not is_open and at not in self.sections:
                self.press(f"case:{about}", page)
                return
            page = at or page
        # The form that lies open belongs to this page and is not to be left on the way to it.
        self.at = page if page in self.sections else self.at
        self.show(self.at)

    def press(self, to: str, page: str) -> None:
        """Do what a button or link of a page asks for."""
        verb, _, rest = to.partition(":")
        if verb in self.presses:
            self.presses[verb](rest, page)

    def refuses(self, field: str, value: object) -> str | None:
        """Say why a value cannot be kept, or nothing."""
        form = self.writing.forms.get(field.partition(".")[0])
        is_ours = form is not None and form.takes(field, value)
        if not is_ours and not self.choices.takes(field, value):
            return "This answer does not belong to the form. Reload the page and try again"
        values = value if isinstance(value, list) else [value]
        broken = any(
            "\x00" in str(v) or any("\ud800" <= c <= "\udfff" for c in str(v)) for v in values
        )
        return "This holds a character that cannot be kept. Type it again" if broken else None

    def keep(self, draft_id: str, field: str, value: Any) -> None:
        """Hold a choice in this window; keep an answer of a form on the disk, also of one that does
        not lie open any more. Raises STORE_19 for a draft that is not there, or of another form.
        """
        desk, drafts = self.desk, self.casework.store.drafts
        if self.choices.takes(field, value):
            self.choices.keep(field, value)
            return
        is_open = draft_id == desk.draft_id
        answers = desk.answers if is_open else drafts.read(draft_id, desk.owner).answers
        if answers.get("form") != field.partition(".")[0]:
            raise WorkbookError(problem("STORE_19", "this draft"))
        if is_open:
            desk.keep(draft_id, field, value)
        else:
            desk.keep_apart(draft_id, field, value)

    def apply(self, page: str, *, clear: bool = False) -> None:
        """Show a page as it has been chosen, or with nothing chosen."""
        if clear:
            self.choices.choose(page)
        else:
            self.choices.apply(page)
        self.show(page)

    def draft_is_gone(self) -> None:
        """Show the page again, without the form."""
        self.show(self.at)

    def close(self) -> None:
        """Let the draft go when the program ends."""
        self.desk.leave()

    def write(self, form: str, ref: str | None = None, **given: str) -> None:
        """Open a form in the page that stands: about the open case, unless another is named."""
        case = self.case
        about = ref if ref is not None else case.ref if case else ""
        if case is not None and about == case.ref:
            self.writing.begin(form, about, case.version, **given)
        else:
            # It is written without the record being read: the page is where it is found again.
            self.writing.begin(form, about, None, at=self.at, **given)
        self.show(self.at, focus="writing")

    def _write(self, form: str) -> None:
        """Open the form that a button names, and after a colon the entry that it follows up."""
        key, _, entry = form.partition(":")
        is_number = entry.isdecimal() and len(entry) <= LONGEST_NUMBER
        self.write(key, **({"entry": entry} if is_number else {}))

    def _back(self) -> None:
        """Go back to the form from the page that interrupted it."""
        self.writing.interrupted = False
        self.show(self.at, focus="writing" if self.writing.form else None)

    def cancel(self) -> None:
        """Throw the open form away."""
        self.writing.close()
        self.show(self.at)

    def add(self, *, anyway: bool = False) -> None:
        """Write what the open form says, and show the page with it."""
        form, ref, sheet = self.writing.form, self.writing.ref, self.writing.sheet(self.case)
        if form is None:
            return
        try:
            recorded = self.writing.add(self.case, anyway=anyway)
        except WorkbookError as error:
            if error.problems[0].code != CONFLICT:
                raise
            self._conflict(ref)
            return
        if recorded is None and self.writing.troubles and self._news():
            self._conflict(ref)  # what stands against it may be what somebody has written
            return
        if recorded is None:
            self.show(self.at, self.writing.troubles)
            return
        self.reread(recorded.case_ref)
        said = f"{form.after(sheet)} " if form.after else ""
        self.show(self.at, notice=f"{said}Added to the record as entry {recorded.seqs[-1]}.")

    def reread(self, ref: str) -> None:
        """Read the open case again as it stands now."""
        if self.case is not None and self.case.ref == ref:
            self.case = self.casework.look(ref)

    def _news(self) -> tuple[Entry, ...]:
        """Give what has been added to the record since it was read for the open form."""
        ref, before = self.writing.ref, self.writing.based_on
        if before is None:
            return ()
        entries = self.casework.look(ref).entries
        return tuple(e for e in entries if e.case_version > before and e.kind != "RecordRead")

    def _conflict(self, ref: str) -> None:
        """Say that somebody else has written; what was typed stays, and what is new is shown."""
        new = self.new = self._news()
        self.reread(ref)
        self.writing.rebase(self.casework.look(ref).version)
        count = f"{len(new)} entries were" if len(new) != 1 else "1 entry was"
        words = (
            f"{count} added while you were writing. Read them below, then add yours. What you typed"
            " is still here."
        )
        heading = "Somebody else has added to this record"
        self.show(self.at, alert={"heading": heading, "text": [[words]], "buttons": []})

    def show(
        self,
        name: str,
        troubles: Sequence[Trouble] = (),
        *,
        alert: Block | None = None,
        notice: str = "",
        focus: str | None = None,
    ) -> None:
        """Show a page of the office, or lead away to one that is not."""
        if name not in self.sections:
            if not self.away(name):
                self.show(HOME)
            return
        if name != self.at and self.writing.form is not None:
            self.desk.leave()  # the draft stays, and is there again when its form is opened
            self.writing.interrupted = False
        self.came_from, self.at = self.at, name
        page = self._page(name)
        if notice:
            page.blocks = [{"kind": "status", "text": [notice], "id": "added"}, *page.blocks]
            page.focus = "added"
        draft = self.desk.draft_id if self.writing.form else None
        shown = INTERRUPTION if self.writing.interrupted else name
        framed_page = framed(self.casework, shown, page, draft=draft)
        framed_page["problems"] = [{"field": t.field, "text": t.text} for t in troubles]
        framed_page["alert"] = alert
        framed_page["focus"] = focus or framed_page["focus"]
        self.page.send({"kind": "page", "page": framed_page, "answers": None})
        self.new = ()

    def _page(self, name: str) -> Page:
        form = self.writing.form
        if form is not None and form.interruption and self.writing.interrupted:
            found = form.interruption(self.writing.sheet(self.case))
            if found is not None:
                return _interruption(*found, under=self.sections[name].page(name).under)
        try:
            return self.sections[name].page(name)
        except WorkbookError as error:
            if any(not each.code.startswith("CASE_") for each in error.problems):
                raise
            noted(error, self.casework.store.folder)
            return _refused(error)


def _interruption(heading: str, words: Sequence[str], *, under: str) -> Page:
    """Give a page without fields that is shown once before something grave is written."""
    inner: list[Any] = [blocks.text(each) for each in words]
    inner.append(
        blocks.buttons(
            button("Go on", "anyway"), button("Leave the view as it is", "cancel", "secondary")
        )
    )
    title = "Before you go on"  # not the heading: titles show in the task bar and in the history
    return Page(title=title, heading=heading, blocks=inner, under=under, back="back")


def _refused(error: WorkbookError) -> Page:
    """Give the page that says why there is nothing to see."""
    said = [f"{each.what[0].upper()}{each.what[1:]} {each.repair}" for each in error.problems]
    heading = "You cannot open this"
    inner = [blocks.text(each) for each in said]
    return Page(title=heading, heading=heading, blocks=inner, under="caseload")
