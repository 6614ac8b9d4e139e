"""A browser window of a lead officer at the pages of a meeting, on a real store."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from cse_workbook.case.events import CaseClosed, CaseOpened, Screened
from cse_workbook.store import Child, Store, Who
from tests.made_up_events import screened, view
from tests.office_window import Page, Window, entries, write

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 3)
OTHERS = Who("o.example", "social worker", "Example Borough")


def screening(words: str = "I am fine", **answers: Any) -> Screened:
    made = screened(**answers)
    said = msgspec.structs.replace(made.screening, child_said=words, worry="A worry of Kim")
    return Screened.of(said, made.outcome)


def open_meeting(opened: Store) -> Window:
    """Open on three children of the school who wait for a review, one of elsewhere, one closed."""
    for number, ref in enumerate(("C-0001", "C-0002", "C-0003")):
        at = AT + timedelta(days=number)
        made = screening(self_harm={"answer": "possible", "evidence": "Marks that Kim saw"})
        write(opened, CaseOpened("Made up"), made, view("consult", "self_harm"), ref=ref, at=at)
        opened.children.save(Child(ref, name="Kim Made-Up", school="Example School"))
    write(opened, CaseOpened("Made up"), screened(self_harm="yes"), ref="C-0009", at=AT, who=OTHERS)
    write(opened, CaseOpened("Made up"), CaseClosed("Moved"), ref="C-0008", at=AT)
    window = Window(opened, home="macse")
    window.open(page="macse")
    return window


def day_of(on: date) -> dict[str, str]:
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def fill_day(window: Window, field: str, on: date) -> None:
    for part, value in day_of(on).items():
        window.save(f"{field}.{part}", value)


def choose_day(window: Window, on: date = TODAY) -> Page:
    fill_day(window, "choose.macse.on", on)
    return window.press("meeting")


def listed(window: Window, *refs: str, on: date = TODAY) -> Page:
    """Choose the day and list these children."""
    choose_day(window, on)
    window.save("meeting.children", list(refs))
    for ref in refs:
        window.save(f"meeting.why.{ref}", f"Why {ref}")
    return window.press("list")


def events(window: Window, ref: str, *kinds: type) -> list[Any]:
    return [e.event for e in entries(window.store, ref) if isinstance(e.event, kinds)]


def blocks_of(node: Any) -> Iterator[dict[str, Any]]:
    """Give all blocks of a page, also those inside others."""
    for each in node:
        yield each
        yield from blocks_of(each.get("blocks", ()))


def field(page: Page, name: str) -> dict[str, Any]:
    return next(each for each in blocks_of(page["blocks"]) if each.get("field") == name)


def problems(page: Page) -> dict[str, str]:
    return {each["field"]: each["text"] for each in page["problems"]}


def order(page: Page) -> list[str]:
    return [text for _, text in ((f["focus"], f["text"]) for f in page["shell"]["on_this_page"])]
