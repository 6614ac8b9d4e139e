"""Lead one person through screening a child: take what the page sends, keep it, show the next page.

The page is a browser and is not trusted: every field, value and page name is checked again here.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from cse_workbook import account
from cse_workbook.errors import WorkbookError
from cse_workbook.faults import noted
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import ADULT
from cse_workbook.store import Store, Who
from cse_workbook.views import aside, checks, shell
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.conversation import Conversation, Sender
from cse_workbook.views.desk import Desk
from cse_workbook.views.form import age_of, refused
from cse_workbook.views.pages import order
from cse_workbook.views.questions import asked_on, blanks_on
from cse_workbook.views.recording import Recording


class Journey:
    """One browser window's way through the form. It holds no rules and no answers of its own."""

    def __init__(
        self,
        page: Sender,
        store: Store,
        instrument: Instrument,
        policy: Policy,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the page to talk to and the open store; `now` gives aware moments."""
        self.page, self.store, self.policy, self.now = page, store, policy, now
        self.who = Who(account.name(), policy.person.role, policy.person.agency)
        self.recording = Recording(store, instrument, policy, self.who)
        self.instrument = self.recording.instrument
        self.desk = Desk(store, self.instrument, self.who.name, now)
        self.back_to_check = False
        self._asked_for = ""
        self.around: dict[str, Any] = {}
        self.talk = Conversation(self)
        self.receive, self.keep = self.talk.receive, self.desk.keep

    def close(self) -> None:
        """Let the draft go when the program ends."""
        self.desk.leave()

    def open_page(self, draft_id: str, page: str) -> None:
        """Show the draft that a window asks for, or the page to begin with."""
        if draft_id:
            self._enter(draft_id, page)
        else:
            self._show(page if page in self.known_pages() else "start")

    def _enter(self, draft_id: str, page: str = "", *, from_another: bool = False) -> None:
        if self.store.recorded(draft_id) is not None:
            self.desk.leave()
            self.desk.draft_id = draft_id
            self._show(page if page in self.known_pages() else "outcome")
            return
        holder = self.desk.take_up(draft_id, from_another=from_another)
        if holder is not None:
            self.desk.clear()
            self.desk.draft_id, self.desk.held_since = draft_id, holder.since
            self._asked_for = page
            self._show("elsewhere")
            return
        usual = "outcome" if self.desk.answers.get("follows") else "sections"
        self._show(page if page in self.known_pages() else usual)

    def refuses(self, field: str, value: object) -> str | None:
        """Say why a value cannot be kept, or nothing."""
        return refused(field, value, self.instrument)

    def draft_is_gone(self) -> None:
        """Show where to begin again."""
        self._show("start")

    def press(self, to: str, page: str) -> None:
        """Do what a button or link of a page asks for."""
        verb, _, rest = to.partition(":")
        presses: dict[str, Callable[[str, str], None]] = {
            "start": lambda _page, _rest: self._start(None),
            "draft": lambda _page, draft_id: self._again(draft_id),
            "go": lambda _page, name: self._go(name),
            "change": self._change,
            "continue": lambda name, _rest: self._continue(name),
            "blanks": lambda name, _rest: self._mark_blanks(name),
            "record": lambda _page, _rest: self._record(),
            "delete": lambda _page, _rest: self._delete(),
            "takeover": lambda page, _rest: self._take_over(page),
            "lower": lambda _page, which: self._lower(which),
            "correct": lambda _page, _rest: self._correct(),
            "told": lambda name, _rest: self._told(name),
            "again": lambda _page, _rest: self._start(self._child_of_recorded()),
        }
        if verb in presses:
            presses[verb](page, rest)

    def _take_over(self, page: str) -> None:
        where = self._asked_for if page == "elsewhere" else page
        self._enter(self.desk.draft_id or "", where, from_another=True)

    def _start(self, child_ref: str | None) -> None:
        known = {"child__known": "existing", "child__ref": child_ref} if child_ref else {}
        self.desk.start(child_ref, **known)
        self._show("sections")

    def _again(self, draft_id: str) -> None:
        self.desk.leave()
        self._enter(draft_id)

    def _child_of_recorded(self) -> str | None:
        found = self.store.recorded(self.desk.recorded_draft)
        return found.case_ref if found else None

    def _go(self, name: str) -> None:
        if name == "start":
            self.desk.leave()
        if name in self.known_pages():
            self._show(name)

    def _change(self, _page: str, name: str) -> None:
        self.back_to_check = True
        self._go(name)

    def _continue(self, page: str) -> None:
        troubles = list(self._troubles(page))
        if page == "child" and not troubles:
            troubles = list(self._settle_child())
        if troubles:
            self._show(page, troubles)
            return
        age = age_of(self.desk.answers, self.desk.today)
        if page == "child" and age is not None and age >= ADULT:
            self._show("adult")
        elif self.back_to_check:
            self.back_to_check = False
            self._show("check")
        else:
            following = order(self.instrument)
            self._show(following[following.index(page) + 1] if page in following else "sections")

    def _troubles(self, page: str) -> Iterator[Trouble]:
        if page == "child":
            yield from checks.child_troubles(self.desk.answers, self.desk.today)
        elif page == "view":
            yield from checks.view_troubles(self.desk.answers, self.instrument)
        elif page == "circumstances":
            yield from checks.circumstance_troubles(self.desk.answers)
        shown = [each for each in self.instrument.pages if each.key == page]
        for indicator in self.instrument.asked():
            if any(indicator in self._asked(each.key) for each in shown):
                yield from checks.answer_troubles(self.desk.answers, indicator, self.desk.today)

    def _asked(self, name: str) -> list[Any]:
        page = next(each for each in self.instrument.pages if each.key == name)
        keys = {i.key for i in asked_on(page, self.instrument)}
        return [i for i in self.instrument.asked() if i.key in keys or i.asked_under in keys]

    def _settle_child(self) -> Iterator[Trouble]:
        """Make the reference of a child, or find the one that was typed."""
        if self.desk.answers.get("child.known") == "existing":
            typed = str(self.desk.answers.get("child.ref", "")).strip().upper()
            if self.store.children.read(typed) is None:
                yield checks.trouble("child.ref", "FORM_04")
                return
            found: str = typed
        elif (
            self.desk.child_ref is None or self.desk.answers.get("made_ref") != self.desk.child_ref
        ):
            found = self.store.children.next_ref()
            self.desk.keep(self.desk.draft_id or "", "made_ref", found)
        else:
            return
        self.desk.is_for(found)

    def _mark_blanks(self, name: str) -> None:
        page = next((each for each in self.instrument.pages if each.key == name), None)
        if page is None or self.desk.draft_id is None:
            return
        blanks = blanks_on(page, self.instrument, self.desk.answers)
        for key in blanks:
            self.desk.keep(self.desk.draft_id, f"answers.{key}", "not_known")
        once = [*self.desk.answers.get("all_at_once", ()), *blanks]
        self.desk.keep(self.desk.draft_id, "all_at_once", list(dict.fromkeys(once)))
        self.desk.keep(self.desk.draft_id, f"looked.{name}", "not_known")
        self._show(name)

    def _record(self) -> None:
        if self.desk.draft_id is None:
            return
        earlier = self.recording.recorded_at(self.desk.recorded_draft)
        if earlier is not None:
            self._show("outcome", alert=aside.recorded_already(earlier))
            return
        if not self._is_complete():
            return
        child_ref, answers = self.desk.child_ref or "", self.desk.answers
        try:
            self.recording.record(
                self.desk.draft_id, child_ref, answers, tab=self.desk.window, at=self.now()
            )
        except WorkbookError as error:
            if error.problems[0].code == "STORE_20":
                raise
            reference = noted(error, self.store.folder).reference
            self._show("check", alert=aside.recording_failed(reference))
            return
        self.desk.holds = False
        self._show("outcome")

    def _is_complete(self) -> bool:
        """Tell whether the draft can be recorded; if not, show the first page with a trouble."""
        for page in (*(each.key for each in self.instrument.pages), "view"):
            troubles = list(self._troubles(page))
            if page == "child" and not troubles and self.desk.child_ref is None:
                troubles = list(self._settle_child())
            if troubles:
                self.back_to_check = True
                self._show(page, troubles)
                return False
        if (age_of(self.desk.answers, self.desk.today) or 0) >= ADULT:
            self._show("adult")
            return False
        return True

    def _delete(self) -> None:
        self.desk.throw_away()
        self._show("start")

    def _lower(self, which: str) -> None:
        """Add a reason, or raise the view to the guidance; a view is never lowered here."""
        recorded, answers = self.desk.recorded_draft, self.desk.answers
        troubles = list(checks.lower_troubles(answers, self.desk.today)) if which == "add" else []
        if troubles or not self.recording.result(recorded).is_lower:
            self._show("outcome", troubles)
            return
        self.recording.judge_again(recorded, answers, change=which == "change", at=self.now())
        self._finish_follow_up()

    def _told(self, page: str) -> None:
        troubles = list(checks.told_troubles(self.desk.answers))
        if troubles:
            self._show(page, troubles)
            return
        if page == "refer_now":
            if self.desk.child_ref is None:
                self.desk.answers = {**self.desk.answers, "child.known": "new"}
                list(self._settle_child())
            self.recording.refer(self.desk.child_ref or "", self.desk.answers, at=self.now())
            for field in ("told.who", "told.when", "told.how", "told.will_do"):
                self.desk.keep(self.desk.draft_id or "", field, "")
            self._show("sections", alert=aside.referral_kept())
        else:
            case = self._child_of_recorded() or ""
            self.recording.refer(case, {**self.desk.answers, "follows": True}, at=self.now())
            self._finish_follow_up()

    def _correct(self) -> None:
        recorded, answers = self.desk.recorded_draft, self.desk.answers
        screening = self.recording.result(recorded).screening
        troubles = list(checks.correction_troubles(answers, screening))
        if troubles:
            self._show("correct", troubles)
            return
        self.recording.correct(recorded, answers, at=self.now())
        self._finish_follow_up()

    def _finish_follow_up(self) -> None:
        recorded = self.desk.recorded_draft
        if self.desk.draft_id != recorded:
            self.desk.throw_away()
        self._enter(recorded)

    def known_pages(self) -> list[str]:
        """List the pages that can be shown as things stand."""
        if self.desk.draft_id is None:
            return ["start", "paper", "accessibility"]
        if self.desk.answers.get("follows") or self.store.recorded(self.desk.draft_id):
            return ["start", "outcome", "told", "correct", "paper", "accessibility"]
        some = ["start", "sections", "adult", "refer_now", "delete", "paper", "accessibility"]
        return [*some, *order(self.instrument)]

    def _show(
        self, name: str, troubles: list[Trouble] | None = None, alert: Block | None = None
    ) -> None:
        if name in ("outcome", "told", "correct"):
            result = self.recording.result(self.desk.recorded_draft)
            if name != "outcome" or (result.is_lower and not result.view.lower_because):
                self.desk.follow_up(self._child_of_recorded())
        page = shell.page(self, name)
        page["problems"] = [{"field": each.field, "text": each.text} for each in troubles or ()]
        page["alert"] = alert
        self.page.send({"kind": "page", "page": page, "answers": None})
