"""A browser window of a lead officer, with the pages beside the form on a real store."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from cse_workbook import instrument, policy, store
from cse_workbook.case import AnyEvent, Entry
from cse_workbook.casework import Casework
from cse_workbook.faults import LOG
from cse_workbook.policy import Person, Policy
from cse_workbook.store import Store, Who
from cse_workbook.views.office.front import Front
from cse_workbook.views.office.office import Office

MORNING: Final = datetime(2026, 11, 23, 8, 43, tzinfo=UTC)
LEAD: Final = Person(role="lead officer", agency="Example School", works_as="lead_officer")
TEACHER: Final = Who("t.example", "teacher", "Example School")
Page = Mapping[str, Any]


class Window(list[Mapping[str, Any]]):
    """A browser window: it keeps what it is sent. `now` can be moved on."""

    def __init__(
        self,
        opened: Store,
        home: str = "caseload",
        person: Person = LEAD,
        tab: str = "tab-1",
        now: datetime = MORNING,
    ) -> None:
        super().__init__()
        self.now, self.tab, self.n = now, tab, 0
        local = msgspec.structs.replace(policy.load(), person=person)
        self.casework = Casework(opened, instrument.load(), local, now=lambda: self.now)
        self.front = Front(self, self.casework, instrument.load(), home)

    @property
    def office(self) -> Office:
        return self.front.office

    @property
    def store(self) -> Store:
        return self.casework.store

    @property
    def policy(self) -> Policy:
        return self.casework.policy

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return next(m["page"] for m in reversed(self) if m["kind"] == "page")

    def send(self, content: Mapping[str, Any]) -> None:
        self.append(content)

    def tell(self, **message: Any) -> Mapping[str, Any]:
        async def received() -> None:
            self.front.receive(message)

        asyncio.run(received())
        assert self[-1]["kind"] != "fault", (self.store.folder / "log" / LOG).read_text()
        return self[-1]

    def open(self, draft: str | None = None, page: str | None = None) -> Page:
        self.tell(kind="open", draft=draft, page=page, tab=self.tab)
        return self.page

    def save(self, field: str, value: Any) -> Mapping[str, Any]:
        self.n += 1
        draft = self.office.desk.draft_id
        return self.tell(kind="save", n=self.n, draft=draft, field=field, value=value)

    def press(self, to: str) -> Page:
        draft = self.office.desk.draft_id
        self.tell(kind="press", n=0, draft=draft, page=self.page["id"], to=to)
        return self.page

    def fill_in(self, **given: Any) -> None:
        """Fill in the open form: `advice__to` stands for the field `advice.to`."""
        for field, value in given.items():
            assert self.save(field.replace("__", "."), value)["kind"] == "saved"

    def open_case(self, ref: str = "C-0001", purpose: str = "advice") -> Page:
        """Open a record for one of the purposes of the list."""
        self.press(f"case:{ref}")
        self.save("opening.purpose", purpose)
        return self.press("open_record")


def new_store(folder: Path) -> Store:
    """Make an empty store."""
    store.init(folder)
    return store.open_store(folder)


def write(
    opened: Store, *events: AnyEvent, ref: str = "C-0001", at: datetime, who: Who = TEACHER
) -> list[int]:
    """Write entries of a moment into a case, whatever stands; give their numbers."""
    day = at.astimezone().date()
    made = opened.append(ref, events, based_on=None, happened_on=day, who=who, at=at)
    return list(made.seqs)


def entries(opened: Store, ref: str = "C-0001") -> list[Entry]:
    """Read a case as it is recorded."""
    return list(opened.entries(ref))


def texts(node: object, apart: str = "") -> str:
    """Give all that stands in a part of a page as a person reads it."""
    if isinstance(node, Mapping):
        parts = [texts(v, " " * (k in _APART)) for k, v in node.items() if k not in _UNSEEN]
        return ("" if _is_run(node) else " ").join(parts)
    if isinstance(node, list | tuple):
        blocks = any(isinstance(each, list) or "kind" in each for each in node)
        return (" " if blocks else apart).join(texts(each) for each in node)
    return node if isinstance(node, str) else ""


def _is_run(node: Mapping[str, Any]) -> bool:
    return "mark" in node or "strong" in node or isinstance(node.get("text"), str)


_UNSEEN: Final = frozenset({"kind", "id", "style", "to", "focus", "svg", "field", "legend"})
_APART: Final = frozenset({"columns", "items", "options"})


def part(page: Page, name: str) -> list[Mapping[str, Any]]:
    """Give the blocks of a page from the heading (or block) of this id to the next heading."""
    blocks = page["blocks"]
    ids = [block.get("id") for block in blocks]
    if name not in ids:
        return []
    start = ids.index(name)
    ends = [
        place
        for place, block in enumerate(blocks)
        if place > start
        and (block["kind"] == "heading" and block["level"] == 2 and block.get("id"))
    ]
    return blocks[start : ends[0] if ends else None]
