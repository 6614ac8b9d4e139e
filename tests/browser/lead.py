"""A lead officer's pages: which made-up children to take, the ways there, and what is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from cse_workbook.case import AnyEvent, Case, Entry
from cse_workbook.case.events import RecordRead
from cse_workbook.casework import Casework, open_casework
from cse_workbook.waiting import Reason
from tests.browser.served import Served
from tests.browser.window import Window


@contextmanager
def casework(served: Served) -> Iterator[Casework]:
    """Open the records of a workbook, as the person does who is signed in."""
    opened = open_casework(served.folder)
    yield opened
    opened.store.close()


def waiting_for(served: Served, reason: Reason) -> list[str]:
    """Give the children that wait for something, in the order of the page."""
    with casework(served) as opened:
        rows = opened.caseload()
    return [row.ref for row in rows if reason in [each.reason for each in row.waiting]]


def cases(served: Served) -> list[Case]:
    """Read the cases that the person may see."""
    with casework(served) as opened:
        return list(opened.cases())


def written(served: Served, ref: str) -> list[Entry]:
    """Read what is written in a case, without what only tells that it was read."""
    found = [entry for entry in served.entries() if entry.case_ref == ref]
    return [entry for entry in found if not isinstance(entry.event, RecordRead)]


def last(served: Served, ref: str) -> AnyEvent | None:
    """Give what was written last in a case."""
    return written(served, ref)[-1].event


def open_office(window: Window) -> None:
    """Open the workbook at the caseload."""
    window.open()
    expect(window.heading).to_have_text("Caseload")


def go_to(window: Window, words: str) -> None:
    """Follow a link of the navigation."""
    links = window.page.get_by_role("navigation", name="Workbook")
    links.get_by_role("link", name=words, exact=True).click()
    expect(window.heading).to_have_text(words)


def open_case(window: Window, ref: str, purpose: str = "advice") -> None:
    """Open any record from the caseload, for one of the purposes of the list."""
    go_to(window, "Caseload")
    window.follow("Open another record by its reference")
    window.is_at("Review a case")
    window.write("choose.opening.ref", ref)
    window.press("Go on")
    window.is_at(ref)
    window.choose("opening.purpose", purpose)
    window.press("Open the record")
    expect(window.main).to_contain_text("You opened this record at")


def form(window: Window) -> Locator:
    """The heading of the form that lies open in the page."""
    return window.page.locator("#writing")


def added(window: Window) -> Locator:
    """The line that says what was added to the record."""
    return window.page.locator("#added")


def type_advice(window: Window, ref: str, words: str) -> None:
    """Open a record and the form for advice, and fill in what is needed."""
    open_case(window, ref)
    window.press("Give advice")
    expect(form(window)).to_be_focused()
    window.write("advice.advice", words)
    window.settled()
