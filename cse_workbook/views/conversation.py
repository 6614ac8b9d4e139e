"""What a page and the program say to each other, whatever the page is about.

The page is a browser and is not trusted: what it sends is checked again by whoever answers. An
answer is on the disk before it is acknowledged. Whatever goes wrong is told on the page, with a
reference; the log holds the reference and never anything of a child.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from cse_workbook.errors import WorkbookError
from cse_workbook.faults import noted
from cse_workbook.policy import Policy
from cse_workbook.views.better_words import note_on
from cse_workbook.views.desk import Desk
from cse_workbook.views.pages import clock

WATCH_SECONDS: Final = 2
WHY_NOT_SAVED: Final[Mapping[str, str]] = {
    "STORE_12": "full",
    "STORE_19": "gone",
    "STORE_20": "elsewhere",
}
Message = dict[str, Any]


class Sender(Protocol):
    """What a page widget can do for a conversation."""

    def send(self, content: Mapping[str, Any]) -> None:
        """Send a message to the browser."""


class Speaker(Protocol):
    """Who answers a page."""

    page: Sender
    desk: Desk
    policy: Policy

    def open_page(self, draft_id: str, page: str) -> None:
        """Show the page that a window asks for, or the one to begin with."""

    def press(self, to: str, page: str) -> None:
        """Do what a button or link of a page asks for."""

    def refuses(self, field: str, value: object) -> str | None:
        """Say why a value cannot be kept, or nothing."""

    def keep(self, draft_id: str, field: str, value: Any) -> None:
        """Keep one answer; when this returns it is where it is to be."""

    def draft_is_gone(self) -> None:
        """Show where to begin again."""


class Conversation:
    """Hears the messages of one window, and has them answered."""

    def __init__(self, speaker: Speaker) -> None:
        """Take who answers."""
        self.speaker = speaker
        self._watching: asyncio.Task[None] | None = None

    def receive(self, message: object) -> None:
        """Take one message of the page; whatever fails is told there and logged by a reference."""
        if not isinstance(message, dict):
            return
        page = self.speaker.page
        kinds: dict[str, Callable[[Message], None]] = {
            "open": self._open,
            "save": self._save,
            "press": lambda got: self.speaker.press(str(got.get("to")), str(got.get("page"))),
            "ping": lambda got: page.send({"kind": "pong", "n": got.get("n")}),
        }
        kind = str(message.get("kind"))
        try:
            if kind in kinds:
                kinds[kind](message)
        except Exception as error:  # the last resort: told to the person, logged, never passed over
            self._tell(message, error)

    def _tell(self, message: Message, error: Exception) -> None:
        page, desk = self.speaker.page, self.speaker.desk
        code = error.problems[0].code if isinstance(error, WorkbookError) else ""
        known = WHY_NOT_SAVED.get(code)
        reference = None if known else noted(error, desk.store.folder).reference
        if message.get("kind") == "save":
            why = {"kind": "not_saved", "n": message.get("n"), "why": known or "fault"}
            page.send({**why, "text": None, "reference": reference})
        elif known == "elsewhere":
            page.send({"kind": "elsewhere", "since": clock(desk.now())})
        elif known == "gone":
            desk.leave()
            self.speaker.draft_is_gone()
        else:
            at = clock(desk.saved_at) if desk.saved_at else None
            page.send({"kind": "fault", "reference": reference or code, "at": at})

    def _open(self, message: Message) -> None:
        self.attend(str(message.get("tab")))
        draft_id = message.get("draft")
        self.speaker.desk.leave()
        asked = draft_id if isinstance(draft_id, str) else ""
        self.speaker.open_page(asked, str(message.get("page") or ""))

    def attend(self, tab: str) -> None:
        """Know which window this is, and watch whether another takes its draft over."""
        self.speaker.desk.sit(tab)
        if self._watching is None:
            self._watching = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            holder = self.speaker.desk.lost_to()
            if holder is not None:
                self.speaker.page.send({"kind": "elsewhere", "since": clock(holder.since)})

    def _save(self, message: Message) -> None:
        page, desk = self.speaker.page, self.speaker.desk
        field, value, n = str(message.get("field")), message.get("value"), message.get("n")
        reason = self.speaker.refuses(field, value)
        if reason is not None:
            told = {"kind": "not_saved", "n": n, "why": "refused", "reference": None}
            page.send({**told, "text": reason})
            return
        draft_id = str(message.get("draft") or desk.draft_id or "")
        self.speaker.keep(draft_id, field, value)
        note = note_on(message, desk.answers, self.speaker.policy)
        page.send({"kind": "saved", "n": n, "at": clock(desk.now()), "note": note})
