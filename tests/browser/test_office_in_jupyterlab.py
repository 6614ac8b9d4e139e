"""A lead officer in a real JupyterLab, as `make lab` starts it: by keyboard, and by calls.

What a colleague wrote stays text there too, and a notebook that is saved keeps nothing it showed.
"""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from cse_workbook import store
from cse_workbook.case.events import AdviceGiven
from cse_workbook.waiting import Reason
from tests.browser.full_case import MADE, MARKUP, full_case
from tests.browser.inspection import faults_within
from tests.browser.keyboard import choose, press, type_into
from tests.browser.lab import HOOK, Lab, Notebook
from tests.browser.served import made_up

OPENED = "import cse_workbook\n\nwb = cse_workbook.open()"
CALLS = (
    *("wb.caseload()", "case = wb.case({ref!r})\ncase", "case.timeline()", "case.entries"),
    *("case.screenings", "case.answers", "case.advice", "case.actions", "case.profile()"),
    *("case.compare(1, 2)", "case.summary()", "wb.signposts()", "print(case.entries.to_string())"),
)


@pytest.fixture(scope="module")
def office_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a made-up caseload, with the hook that the Makefile names."""
    folder = tmp_path_factory.mktemp("office_lab")
    running = Lab(folder / "lab", made_up(folder / "home"), HOOK)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def child(office_lab) -> str:
    """A child in whose record everything that can be markup is."""
    return full_case(office_lab.home, MARKUP)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1700, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def caseload(office_lab: Lab, page: Page) -> Notebook:
    notebook = office_lab.open(page, "caseload")
    expect(notebook.heading).to_have_text("Caseload")
    return notebook


def open_record(notebook: Notebook, ref: str) -> None:
    notebook.follow("Open another record by its reference")
    notebook.is_at("Review a case")
    notebook.box("choose.opening.ref").fill(ref)
    notebook.press("Go on")
    notebook.is_at(ref)
    notebook.choose("opening.purpose", "advice")
    notebook.press("Open the record")
    expect(notebook.root).to_contain_text("You opened this record at")


def test_a_case_is_worked_with_the_keyboard_alone(caseload, office_lab):
    caseload.heading.focus()
    press(caseload, "link", str(Reason.DIFFER))
    expect(caseload.root.locator("#showing")).to_be_focused()
    press(caseload, "link", re.compile(r"^C-\d{4}$"))
    expect(caseload.root).to_contain_text("Why are you opening this record?")
    expect(caseload.heading).to_be_focused()
    ref = caseload.heading.inner_text()
    choose(caseload, "opening.purpose")
    press(caseload, "button", "Open the record")
    expect(caseload.root).to_contain_text("You opened this record at")
    press(caseload, "button", "Give advice")
    expect(caseload.root.locator("#writing")).to_be_focused()
    type_into(caseload, "advice.advice", "Talk it over today")
    press(caseload, "button", "Add")
    expect(caseload.root.locator("#added")).to_contain_text("Added to the record as entry")
    expect(caseload.root.locator("#added")).to_be_focused()

    with store.open_store(office_lab.home) as opened:
        *_, last = opened.entries(ref)
    assert (last.event, last.happened_on) == (
        AdviceGiven("", "Talk it over today", ""),
        date.today(),
    )
    assert caseload.complaints == []


def test_markup_stays_text_in_the_pages(caseload, child):
    open_record(caseload, child)
    caseload.follow("Show who this is")
    expect(caseload.root).to_contain_text("Hide again")

    expect(caseload.root).to_contain_text(MARKUP)
    expect(caseload.root.locator(MADE)).to_have_count(0)
    assert caseload.page.evaluate("() => window.ran") is None
    assert caseload.complaints == []


def test_the_page_of_a_case_has_no_fault_inside_a_notebook(caseload, child):
    open_record(caseload, child)

    assert faults_within(caseload.root, "case") == []


def test_markup_stays_text_in_what_the_calls_show(office_lab, page, child):
    cells = [cell.format(ref=child) for cell in CALLS]
    notebook = office_lab.open_code(page, OPENED, *cells)
    shown = page.locator(".jp-OutputArea-output")

    expect(shown.filter(has_text="onerror").first).to_be_attached()
    expect(page.get_by_role("img", name=re.compile("^Timeline"))).to_be_attached()
    assert shown.filter(has_text="onerror").count() >= 5
    expect(shown.locator(MADE)).to_have_count(0)
    assert page.evaluate("() => window.ran") is None
    assert notebook.complaints == []


def test_a_notebook_saved_in_lab_keeps_nothing_that_it_showed(office_lab, page, child):
    notebook = office_lab.open_code(page, OPENED, f"wb.case({child!r}).advice")
    expect(page.locator(".jp-OutputArea-output").first).to_contain_text("onerror")
    page.locator(".jp-Cell").first.click()
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    expect(page.locator(".jp-OutputArea-output").first).to_contain_text("onerror")

    cells = json.loads(notebook.file.read_text(encoding="utf-8"))["cells"]
    assert [(cell["outputs"], cell["execution_count"]) for cell in cells] == [([], None)] * 2
    assert cells[1]["source"] == [f"wb.case({child!r}).advice"]
    kept = [each for each in office_lab.folder.rglob("*") if each.is_file()]
    assert [each.name for each in kept if b"onerror" in each.read_bytes()] == []
