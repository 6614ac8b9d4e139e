"""The draft one window works on: taken up, kept answer by answer, let go.

One window at a time writes to a draft. A window whose program is gone holds nothing.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import psutil

from cse_workbook.instrument import Instrument
from cse_workbook.store import Draft, Holder, Store


class Desk:
    """What lies open in one window: at most one draft, and the answers in it as they are saved."""

    def __init__(
        self,
        store: Store,
        instrument: Instrument,
        owner: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the open store, the instrument drafts are made for, and whose drafts they are."""
        self.store, self.instrument, self.owner, self.now = store, instrument, owner, now
        self.window = ""
        self.clear()

    def clear(self) -> None:
        """Lay nothing open."""
        self.draft_id: str | None = None
        self.child_ref: str | None = None
        self.started_at: datetime | None = None
        self.saved_at: datetime | None = None
        self.answers: dict[str, Any] = {}
        self.holds = False
        self.held_since: datetime | None = None

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.now().astimezone().date()

    @property
    def recorded_draft(self) -> str:
        """The id of the draft that was recorded: this one, or the one this one follows up."""
        return str(self.answers.get("follows") or self.draft_id or "")

    def sit(self, tab: str) -> None:
        """Say which browser tab this is; the program it belongs to is named with it."""
        made = int(psutil.Process().create_time())
        self.window = f"{tab[:64]}.{os.getpid()}.{made}"

    def leave(self) -> None:
        """Let the draft go, so that the next window that opens it need not ask."""
        if self.draft_id and self.holds:
            self.store.drafts.release(self.draft_id, tab=self.window)
        self.clear()

    def start(self, child_ref: str | None = None, **given: str) -> None:
        """Start a draft with what is given in it, and take it up."""
        self.leave()
        draft_id = self.store.drafts.start(
            self.owner,
            child_ref,
            tab=self.window,
            at=self.now(),
            instrument=self.instrument.key,
            edition=self.instrument.edition,
        )
        self.lay_open(self.store.drafts.read(draft_id, self.owner))
        for field, value in given.items():
            self.keep(draft_id, field.replace("__", "."), value)

    def take_up(self, draft_id: str, *, from_another: bool = False) -> Holder | None:
        """Take up a draft, or give the other window that holds it and lay nothing open.

        Raises STORE_19 if the person has no such draft.
        """
        drafts, at = self.store.drafts, self.now()
        holder = drafts.hold(draft_id, self.owner, tab=self.window, at=at)
        if holder is not None:
            if not from_another and self._is_another(holder.tab):
                return holder
            drafts.take_over(draft_id, self.owner, tab=self.window, at=at)
        self.lay_open(drafts.read(draft_id, self.owner))
        return None

    def lay_open(self, draft: Draft) -> None:
        """Have this draft before one."""
        self.draft_id, self.child_ref, self.holds = draft.draft_id, draft.child_ref, True
        self.started_at, self.saved_at = draft.started_at, draft.saved_at
        self.answers = dict(draft.answers)

    def keep(self, draft_id: str, field: str, value: Any) -> None:
        """Save one answer; when this returns it is on the disk. Raises as `Drafts.save` does."""
        at = self.now()
        self.store.drafts.save(draft_id, field, value, tab=self.window, at=at)
        if draft_id == self.draft_id:
            self.answers[field] = value
            self.saved_at = at

    def keep_apart(self, draft_id: str, field: str, value: Any) -> None:
        """Save an answer of a draft that does not lie open: one that a page still had to send when
        its program began afresh. Raises as `Drafts.save` does.
        """
        drafts, at = self.store.drafts, self.now()
        drafts.hold(draft_id, self.owner, tab=self.window, at=at)
        drafts.save(draft_id, field, value, tab=self.window, at=at)
        drafts.release(draft_id, tab=self.window)

    def is_for(self, child_ref: str) -> None:
        """Say for which child the draft is."""
        draft_id, at = self.draft_id or "", self.now()
        self.store.drafts.set_child(draft_id, child_ref, tab=self.window, at=at)
        self.child_ref = child_ref

    def throw_away(self) -> None:
        """Delete the draft for good."""
        if self.draft_id is not None:
            self.store.drafts.delete(self.draft_id, tab=self.window)
        self.clear()

    def follow_up(self, child_ref: str | None) -> None:
        """Take up the draft of what is written about a recorded screening: it is kept too."""
        if self.answers.get("follows") or self.draft_id is None:
            return
        recorded = self.draft_id
        mine = self.store.drafts.of(self.owner)
        found = [draft.draft_id for draft in mine if draft.answers.get("follows") == recorded]
        if found:
            self.take_up(found[0], from_another=True)
        else:
            self.start(child_ref, follows=recorded)

    def lost_to(self) -> Holder | None:
        """Give the window that has taken the draft over since, if one has."""
        if not (self.draft_id and self.holds):
            return None
        at = self.now()
        holder = self.store.drafts.hold(self.draft_id, self.owner, tab=self.window, at=at)
        self.holds = holder is None
        return holder

    def _is_another(self, holder: str) -> bool:
        """Tell whether a draft is held by another tab whose program is still there."""
        tab, _, program = holder.partition(".")
        pid, _, made = program.partition(".")
        if tab == self.window.partition(".")[0]:
            return False
        try:
            return int(psutil.Process(int(pid)).create_time()) == int(made)
        except (psutil.Error, ValueError):
            return False
