"""Lead one person through screening a child: take what the page sends, keep it, show the next page.

The page is a browser and is not trusted: every field, value and page name is checked again here.
Whatever goes wrong is told on the page, with a reference; the log holds the reference and never
anything of a child.
"""

import asyncio
import getpass
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

import psutil

from cse_workbook import policy as policies
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import ADULT
from cse_workbook.store import Store, Who
from cse_workbook.views import checks, shell
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.faults import reference_of
from cse_workbook.views.form import age_of, refused
from cse_workbook.views.pages import clock, order
from cse_workbook.views.questions import asked_on, blanks_on
from cse_workbook.views.recording import Recording

WATCH_SECONDS: Final = 2
WHY_NOT_SAVED: Final[Mapping[str, str]] = {
    "STORE_12": "full",
    "STORE_19": "gone",
    "STORE_20": "elsewhere",
}


class Sender(Protocol):
    """What a page widget can do for a journey."""

    def send(self, content: Mapping[str, Any]) -> None:
        """Send a message to the browser."""


class Journey:
    """One browser window's way through the form. It holds the draft it works on, and no rules."""

    def __init__(
        self,
        page: Sender,
        store: Store,
        instrument: Instrument,
        policy: Policy,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the page to talk to and the open store; `now` gives aware moments."""
        self.page, self.store, self.now, self.policy = page, store, now, policy
        self.instrument = policies.applied(instrument, policy)
        self.who = Who(getpass.getuser(), policy.person.role, policy.person.agency)
        self.recording = Recording(store, self.instrument, policy, self.who)
        self.tab = ""
        self.draft_id: str | None = None
        self.child_ref: str | None = None
        self.started_at: datetime | None = None
        self.saved_at: datetime | None = None
        self.answers: dict[str, Any] = {}
        self.back_to_check = False
        self.holds = False
        self._watching: asyncio.Task[None] | None = None

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.now().astimezone().date()

    def receive(self, message: object) -> None:
        """Take one message of the page; whatever fails is told there and logged by a reference."""
        if not isinstance(message, dict):
            return
        kinds: dict[str, Callable[[dict[str, Any]], None]] = {
            "open": self._open,
            "save": self._save,
            "press": self._press,
            "ping": lambda got: self.page.send({"kind": "pong", "n": got.get("n")}),
        }
        kind = str(message.get("kind"))
        try:
            if kind in kinds:
                kinds[kind](message)
        except Exception as error:  # the last resort: told to the person, logged, never passed over
            self._tell(message, error)

    def _tell(self, message: dict[str, Any], error: Exception) -> None:
        code = error.problems[0].code if isinstance(error, WorkbookError) else ""
        known = WHY_NOT_SAVED.get(code)
        reference = None if known else reference_of(error, self.store.folder)
        if message.get("kind") == "save":
            why = {
                "kind": "not_saved",
                "n": message.get("n"),
                "why": known or "fault",
                "text": None,
            }
            self.page.send({**why, "reference": reference})
        elif known == "elsewhere":
            self.page.send({"kind": "elsewhere", "since": clock(self.now())})
        elif known == "gone":
            self._leave()
            self._show("start")
        else:
            at = clock(self.saved_at) if self.saved_at else None
            self.page.send({"kind": "fault", "reference": reference or code, "at": at})

    def _open(self, message: dict[str, Any]) -> None:
        made = int(psutil.Process().create_time())
        self.tab = f"{str(message.get('tab'))[:64]}.{os.getpid()}.{made}"
        if self._watching is None:
            self._watching = asyncio.ensure_future(self._watch())
        draft_id, page = message.get("draft"), str(message.get("page") or "")
        if isinstance(draft_id, str) and draft_id:
            self._enter(draft_id, page)
        else:
            self._leave()
            self._show(page if page in ("paper", "accessibility") else "start")

    def _enter(self, draft_id: str, page: str = "", *, take: bool = False) -> None:
        if self.store.recorded(draft_id) is not None:
            self._leave()
            self.draft_id = draft_id
            self._show("outcome")
            return
        holder = self.store.drafts.hold(draft_id, self.who.name, tab=self.tab, at=self.now())
        if holder is not None:
            if take or not self._is_another(holder.tab):
                self.store.drafts.take_over(draft_id, self.who.name, tab=self.tab, at=self.now())
            else:
                self._leave()
                self.draft_id = draft_id
                self._send(shell.open_elsewhere(clock(holder.since)))
                return
        draft = self.store.drafts.read(draft_id, self.who.name)
        self.draft_id, self.child_ref, self.holds = draft_id, draft.child_ref, True
        self.started_at, self.saved_at = draft.started_at, draft.saved_at
        self.answers = dict(draft.answers)
        follows = self.answers.get("follows")
        usual = "sections" if not follows else "outcome"
        self._show(page if page in self.known_pages() else usual)

    def _is_another(self, holder: str) -> bool:
        """Tell whether a draft is held by another window whose program is still there."""
        window, _, program = holder.partition(".")
        pid, _, made = program.partition(".")
        if window == self.tab.partition(".")[0]:
            return False
        try:
            return int(psutil.Process(int(pid)).create_time()) == int(made)
        except (psutil.Error, ValueError):
            return False

    def _leave(self) -> None:
        if self.draft_id and self.holds:
            self.store.drafts.release(self.draft_id, tab=self.tab)
        self.draft_id = self.child_ref = self.started_at = self.saved_at = None
        self.answers, self.back_to_check, self.holds = {}, False, False

    def close(self) -> None:
        """Let the draft go when the program ends."""
        self._leave()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if self.draft_id and self.holds:
                draft = self.store.drafts.hold(
                    self.draft_id, self.who.name, tab=self.tab, at=self.now()
                )
                if draft is not None:
                    self.holds = False
                    self.page.send({"kind": "elsewhere", "since": clock(draft.since)})

    def _save(self, message: dict[str, Any]) -> None:
        field, value, n = str(message.get("field")), message.get("value"), message.get("n")
        reason = refused(field, value, self.instrument)
        if reason is not None:
            told = {"kind": "not_saved", "n": n, "why": "refused", "reference": None}
            self.page.send({**told, "text": reason})
            return
        draft_id = str(message.get("draft") or self.draft_id or "")
        self._keep(draft_id, field, value)
        self.page.send({"kind": "saved", "n": n, "at": clock(self.now()), "note": None})

    def _keep(self, draft_id: str, field: str, value: Any) -> None:
        at = self.now()
        self.store.drafts.save(draft_id, field, value, tab=self.tab, at=at)
        if draft_id == self.draft_id:
            self.answers[field] = value
            self.saved_at = at

    def _press(self, message: dict[str, Any]) -> None:
        to, page = str(message.get("to")), str(message.get("page"))
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
            "takeover": lambda _page, _rest: self._enter(self.draft_id or "", take=True),
            "lower": lambda _page, which: self._lower(which),
            "told": lambda name, _rest: self._told(name),
            "again": lambda _page, _rest: self._start(self._child_of_recorded()),
        }
        if verb in presses:
            presses[verb](page, rest)

    def _start(self, child_ref: str | None) -> None:
        self._leave()
        draft_id = self.store.drafts.start(
            self.who.name,
            child_ref,
            tab=self.tab,
            at=self.now(),
            instrument=self.instrument.key,
            edition=self.instrument.edition,
        )
        self._enter(draft_id, "sections")
        if child_ref is not None:
            self._keep(draft_id, "child.known", "existing")
            self._keep(draft_id, "child.ref", child_ref)
            self._show("sections")

    def _again(self, draft_id: str) -> None:
        self._leave()
        self._enter(draft_id)

    def _child_of_recorded(self) -> str | None:
        found = self.store.recorded(self.recorded_draft())
        return found.case_ref if found else None

    def _go(self, name: str) -> None:
        if name == "start":
            self._leave()
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
        age = age_of(self.answers, self.today)
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
            yield from checks.child_troubles(self.answers, self.today)
        elif page == "view":
            yield from checks.view_troubles(self.answers, self.instrument)
        elif page == "circumstances":
            yield from checks.circumstance_troubles(self.answers)
        shown = [each for each in self.instrument.pages if each.key == page]
        for indicator in self.instrument.asked():
            if any(indicator in self._asked(each.key) for each in shown):
                yield from checks.answer_troubles(self.answers, indicator, self.today)

    def _asked(self, name: str) -> list[Any]:
        page = next(each for each in self.instrument.pages if each.key == name)
        keys = {i.key for i in asked_on(page, self.instrument)}
        return [i for i in self.instrument.asked() if i.key in keys or i.asked_under in keys]

    def _settle_child(self) -> Iterator[Trouble]:
        """Make the reference of a child, or find the one that was typed."""
        if self.answers.get("child.known") == "existing":
            typed = str(self.answers.get("child.ref", "")).strip().upper()
            if self.store.children.read(typed) is None:
                yield checks.trouble("child.ref", "FORM_04")
                return
            found: str = typed
        elif self.child_ref is None or self.answers.get("made_ref") != self.child_ref:
            found = self.store.children.next_ref()
            self._keep(self.draft_id or "", "made_ref", found)
        else:
            return
        at = self.now()
        self.store.drafts.set_child(self.draft_id or "", found, tab=self.tab, at=at)
        self.child_ref = found

    def _mark_blanks(self, name: str) -> None:
        page = next((each for each in self.instrument.pages if each.key == name), None)
        if page is None or self.draft_id is None:
            return
        blanks = blanks_on(page, self.instrument, self.answers)
        for key in blanks:
            self._keep(self.draft_id, f"answers.{key}", "not_known")
        once = [*self.answers.get("all_at_once", ()), *blanks]
        self._keep(self.draft_id, "all_at_once", list(dict.fromkeys(once)))
        self._keep(self.draft_id, f"looked.{name}", "not_known")
        self._show(name)

    def _record(self) -> None:
        if self.draft_id is None:
            return
        earlier = self.recording.recorded_at(self.recorded_draft())
        if earlier is not None:
            self._show("outcome", alert=shell.recorded_already(earlier))
            return
        if not self._is_complete():
            return
        child_ref, answers = self.child_ref or "", self.answers
        try:
            self.recording.record(self.draft_id, child_ref, answers, tab=self.tab, at=self.now())
        except WorkbookError as error:
            if error.problems[0].code == "STORE_20":
                raise
            reference = reference_of(error, self.store.folder)
            self._show("check", alert=shell.recording_failed(reference))
            return
        self.holds = False
        self._show("outcome")

    def _is_complete(self) -> bool:
        """Tell whether the draft can be recorded; if not, show the first page with a trouble."""
        for page in (*(each.key for each in self.instrument.pages), "view"):
            troubles = list(self._troubles(page))
            if page == "child" and not troubles and self.child_ref is None:
                troubles = list(self._settle_child())
            if troubles:
                self.back_to_check = True
                self._show(page, troubles)
                return False
        if (age_of(self.answers, self.today) or 0) >= ADULT:
            self._show("adult")
            return False
        return True

    def _delete(self) -> None:
        if self.draft_id is not None:
            self.store.drafts.delete(self.draft_id, tab=self.tab)
            self.holds = False
        self._leave()
        self._show("start")

    def recorded_draft(self) -> str:
        """Give the id of the draft whose screening is recorded and shown."""
        return str(self.answers.get("follows") or self.draft_id or "")

    def _lower(self, which: str) -> None:
        if which == "add":
            troubles = list(checks.lower_troubles(self.answers, self.today))
            if troubles:
                self._show("outcome", troubles)
                return
        self.recording.judge_again(
            self.recorded_draft(), self.answers, change=which == "change", at=self.now()
        )
        self._finish_follow_up()

    def _told(self, page: str) -> None:
        troubles = list(checks.told_troubles(self.answers))
        if troubles:
            self._show(page, troubles)
            return
        if page == "refer_now":
            if self.child_ref is None:
                self.answers = {**self.answers, "child.known": "new"}
                list(self._settle_child())
            self.recording.refer(self.child_ref or "", self.answers, at=self.now())
            for field in ("told.who", "told.when", "told.how", "told.will_do"):
                self._keep(self.draft_id or "", field, "")
            self._show("sections", alert=shell.referral_kept())
        else:
            case = self._child_of_recorded() or ""
            self.recording.refer(case, {**self.answers, "follows": True}, at=self.now())
            self._finish_follow_up()

    def _finish_follow_up(self) -> None:
        recorded = self.recorded_draft()
        if self.draft_id != recorded and self.draft_id is not None:
            self.store.drafts.delete(self.draft_id, tab=self.tab)
            self.holds = False
        self._enter(recorded)

    def _follow_up(self) -> None:
        """Hold a draft for what is written about a recorded screening, so that it is kept too."""
        if self.answers.get("follows") or self.draft_id is None:
            return
        recorded = self.draft_id
        mine = self.store.drafts.of(self.who.name)
        found = [d.draft_id for d in mine if d.answers.get("follows") == recorded]
        draft_id = found[0] if found else None
        if draft_id is None:
            draft_id = self.store.drafts.start(
                self.who.name,
                self._child_of_recorded(),
                tab=self.tab,
                at=self.now(),
                instrument=self.instrument.key,
                edition=self.instrument.edition,
            )
            self.store.drafts.save(draft_id, "follows", recorded, tab=self.tab, at=self.now())
        else:
            self.store.drafts.take_over(draft_id, self.who.name, tab=self.tab, at=self.now())
        draft = self.store.drafts.read(draft_id, self.who.name)
        self.draft_id, self.child_ref, self.holds = draft_id, draft.child_ref, True
        self.answers, self.saved_at = dict(draft.answers), draft.saved_at

    def known_pages(self) -> list[str]:
        """List the pages that can be shown as things stand."""
        if self.draft_id is None:
            return ["start", "paper", "accessibility"]
        if self.answers.get("follows") or self.store.recorded(self.draft_id):
            return ["start", "outcome", "told", "paper", "accessibility"]
        some = ["start", "sections", "adult", "refer_now", "delete", "paper", "accessibility"]
        return [*some, *order(self.instrument)]

    def _show(
        self, name: str, troubles: list[Trouble] | None = None, alert: Block | None = None
    ) -> None:
        if name in ("outcome", "told"):
            result = self.recording.result(self.recorded_draft())
            if name == "told" or (result.is_lower and not result.view.lower_because):
                self._follow_up()
        shown = shell.page(self, name)
        problems = [{"field": each.field, "text": each.text} for each in troubles or ()]
        self._send({**shown, "problems": problems, "alert": alert or shown["alert"]})

    def _send(self, page: Mapping[str, Any]) -> None:
        self.page.send({"kind": "page", "page": page, "answers": None})
