"""One window: the screening form and, for a lead officer, the pages beside it."""

from collections.abc import Mapping
from typing import Any

from cse_workbook.casework import Casework
from cse_workbook.instrument import Instrument
from cse_workbook.views.conversation import Sender
from cse_workbook.views.journey import Journey
from cse_workbook.views.office.forms import FORMS
from cse_workbook.views.office.office import Office
from cse_workbook.views.office.sections import navigation
from cse_workbook.views.office.subjects import subjects


class Front:
    """Hears a window and lets the form or the office answer, whichever stands in it."""

    def __init__(
        self, page: Sender, casework: Casework, published: Instrument, home: str = "start"
    ) -> None:
        """Take the page, the records, the instrument as published, and the page to begin with."""
        store, policy, now = casework.store, casework.policy, casework.now
        self.journey = Journey(page, store, published, policy, now)
        self.office = Office(page, casework, subjects(), FORMS, away=self._to_journey)
        if casework.is_lead:
            links = navigation(casework, "start")
            self.journey.around = {"nav": links, "home": "go:caseload"}
        self.is_lead, self.store = casework.is_lead, store
        self.active: Journey | Office = self.journey
        if home in self.office.names:
            self.office.at, self.active = home, self.office

    def receive(self, message: object) -> None:
        """Take one message of the page."""
        if isinstance(message, dict):
            self._choose(message)
        self.active.talk.receive(message)

    def close(self) -> None:
        """Let all drafts go when the program ends."""
        self.journey.close()
        self.office.close()

    def _choose(self, message: Mapping[str, Any]) -> None:
        """See which of the two the message is for."""
        asked = str(message.get("to") or "").removeprefix("go:")
        if message.get("kind") == "press" and self.active is self.journey and self._is_ours(asked):
            self.journey.desk.leave()
            self.active = self.office
        elif message.get("kind") == "open":
            for each in (self.journey, self.office):
                each.talk.attend(str(message.get("tab")))
            if message.get("draft"):
                self.active = self.office if self._is_form(message) else self.journey
            elif message.get("page"):
                is_ours = self._is_ours(str(message["page"]))
                self.active = self.office if is_ours else self.journey

    def _is_ours(self, page: str) -> bool:
        return self.is_lead and page in self.office.names

    def _is_form(self, message: Mapping[str, Any]) -> bool:
        """Tell whether a draft is a form of the office."""
        mine = self.store.drafts.of(self.office.casework.who.name)
        asked = message.get("draft")
        return any(draft.draft_id == asked and "form" in draft.answers for draft in mine)

    def _to_journey(self, name: str) -> bool:
        """Lead from the office to a page of the screening form."""
        if name not in ("start", "paper", "accessibility"):
            return False
        self.office.desk.leave()
        self.active = self.journey
        self.journey.open_page("", name)
        return True
