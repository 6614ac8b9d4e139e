"""Every lead officer's page, form and state by axe-core, at 1280 and 320 pixels, and widely spaced.

Nothing is left out of the rules, and nothing is excused. On the way no title tells of a child, and
nobody but the page's own server is asked for anything.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from cse_workbook import store
from cse_workbook.case import Case
from cse_workbook.case.events import AdviceGiven
from cse_workbook.waiting import Reason
from tests.browser.inspection import faults, open_all
from tests.browser.lead import (
    added,
    cases,
    form,
    go_to,
    open_case,
    open_office,
    waiting_for,
    written,
)
from tests.browser.served import Served
from tests.browser.window import Window
from tests.office_window import write

# The words of the buttons and links that open the forms of a case.
FORMS = (
    *("Give advice", "Give a second reading", "Set an action", "Note a theme", "Note a blockage"),
    *("Agree to lower the view", "Record a review", "Record a missing episode", "Mark as done"),
    *("Record a sharing decision", "Correct an entry of mine", "Close this case", "Mark as ended"),
    *("Record the return interview", "Say what became of it"),
)
WITHOUT_PROBLEMS = ("Mark as done",)  # nothing in it has to be filled in


@pytest.fixture
def window(windows, office, full) -> Iterator[Window]:
    """A window on the shared office: what was asked for, and said on its way, is looked at."""
    opened = windows(office)
    titles: list[str] = []
    open_office(opened)
    yield opened
    titles = [*opened.titles, opened.page.title()]
    assert [title for title in titles if re.search(r"C-\d|\d|colleague|Made-up", title)] == []
    hosts = {urlsplit(url).netloc for url in opened.asked_for if not url.startswith("data:")}
    assert hosts == {f"127.0.0.1:{office.port}"}
    assert opened.complaints == []


def problem(window: Window) -> Locator:
    return window.page.get_by_role("group", name="There is a problem")


def closed_case(served: Served) -> Case:
    return next(case for case in cases(served) if not case.is_open)


def to_press(window: Window, words: str) -> Locator:
    """Find the first button or link of the page whose name begins with these words."""
    name = re.compile(f"^{re.escape(words)}")
    button, link = (window.main.get_by_role(role, name=name) for role in ("button", "link"))
    return button.or_(link).first


def test_the_caseload_has_no_fault_whole_filtered_and_unfolded(window):
    found = faults(window, "caseload")
    window.main.locator('[data-to^="reason:"]').first.click()
    expect(window.page.locator("#showing")).to_contain_text("Filter: ")
    open_all(window)
    found += faults(window, "caseload, filtered")
    window.page.locator("#showing").get_by_role("link").click()
    expect(window.page.locator("#showing")).not_to_contain_text("Show all")
    assert found + faults(window, "caseload, everybody") == []


def test_the_pages_before_a_record_have_no_fault(window, full):
    window.page.evaluate("() => history.replaceState({ page: 'opening' }, '')")
    window.page.reload()
    expect(window.heading).to_have_text("Review a case")
    found = faults(window, "which child")
    window.write("choose.opening.ref", "C-9999")
    window.press("Go on")
    expect(problem(window)).to_contain_text("There is no case C-9999 that you can open.")
    found += faults(window, "no such child")
    window.write("choose.opening.ref", full)
    window.press("Go on")
    window.is_at(full)
    window.press("Open the record")
    expect(problem(window)).to_contain_text("Select why you are opening this record")
    window.choose("opening.purpose", "other")
    assert found + faults(window, "why it is opened") == []


def test_the_page_of_a_case_has_no_fault_with_all_folds_open_and_the_name_shown(window, full):
    open_case(window, full)
    found = faults(window, "case")
    window.follow("Show who this is")
    expect(window.main).to_contain_text("Hide again")
    open_all(window)
    assert found + faults(window, "case, all open") == []


def test_a_closed_case_has_no_fault(window, office):
    open_case(window, closed_case(office).ref)
    found = faults(window, "closed case")
    window.press("Open this case again")
    expect(form(window)).to_be_focused()
    window.press("Open this case again")
    expect(problem(window)).to_be_focused()
    assert found + faults(window, "closed case, to be opened again") == []


def faults_of_form(window: Window, words: str) -> list[str]:
    """Open a form, try to add nothing, look at it with what is to be put right, and cancel it."""
    open_all(window)
    to_press(window, words).click()
    expect(form(window)).to_be_focused()
    if words not in WITHOUT_PROBLEMS:
        window.main.locator(".cse-panel .cse-button").last.click()
        expect(problem(window)).to_be_focused()
    open_all(window)
    found = faults(window, words)
    window.follow("Cancel")
    expect(form(window)).to_have_count(0)
    return found


@pytest.mark.parametrize("words", [FORMS[::2], FORMS[1::2]])
def test_the_forms_of_a_case_have_no_fault_with_what_is_to_be_put_right(window, full, words):
    open_case(window, full)

    assert [each for form in words for each in faults_of_form(window, form)] == []


def test_a_form_filled_in_and_what_was_added_have_no_fault(window, full):
    open_case(window, full)
    window.press("Give advice")
    window.write("advice.advice", "She puts herself at risk")
    window.write("advice.to", "teacher")
    expect(window.main.get_by_role("button", name="Change it")).to_be_visible()
    open_all(window)
    found = faults(window, "advice, with advice on its words")
    window.press("Leave it")
    window.settled()
    window.press("Add")
    expect(added(window)).to_contain_text("Added to the record as entry")
    assert found + faults(window, "advice, added") == []


def test_the_page_that_interrupts_a_fast_lowering_has_no_fault(window, full):
    open_case(window, full)
    window.follow("Agree to lower the view")
    for driver in ("missing_from_home_or_care", "other"):
        field = f"step_down.evidence.{driver}"
        fill_day(window, f"{field}.seen_on", date.today())
        window.write(f"{field}.changed", "At home each night")
        window.write(f"{field}.source", "School attendance record")
    window.write("step_down.child_view", "The child says so too")
    window.write("step_down.second_reader", "social worker")
    window.choose("step_down.to_route", "keep_watching")
    window.press("Add")
    expect(window.heading).to_have_text(
        re.compile(r"You are lowering this view by three steps in 1[01] days")
    )
    found = faults(window, "interruption")
    window.press("Leave the view as it is")
    window.is_at(full)
    assert found == []


def test_the_alert_that_somebody_else_has_added_has_no_fault(window, office):
    ref = waiting_for(office, Reason.REFERRAL)[0]
    open_case(window, ref)
    window.press("Give advice")
    window.write("advice.advice", "Call again")
    with store.open_store(office.folder) as opened:
        write(opened, AdviceGiven("", "Wait", ""), ref=ref, at=datetime.now(UTC))
    window.press("Add")
    expect(window.alert).to_be_focused()
    expect(window.alert).to_contain_text("Somebody else has added to this record")

    assert faults(window, "conflict") == []


def test_themes_and_blockages_have_no_fault_with_every_form_and_the_cases_behind(window):
    go_to(window, "Themes and blockages")
    open_all(window)
    found = faults(window, "themes")
    for words in ("Note a theme", "Note a blockage", "Mark as ended"):
        found += faults_of_form(window, words)
    to_press(window, "See the cases behind").click()
    expect(window.main).to_contain_text("It was noted ")
    assert found + faults(window, "behind a theme") == []


def test_the_steps_of_a_meeting_have_no_fault(window, office, full):
    listed_on = next(
        each.event.meeting_on
        for each in reversed(written(office, full))
        if each.kind == "MacseListed"
    )
    go_to(window, "MACSE meeting")
    window.press("Go on")
    expect(problem(window)).to_be_focused()
    found = faults(window, "day")
    fill_day(window, "choose.macse.on", listed_on)
    window.press("Go on")
    window.is_at("Choose children")
    window.choose("meeting.children", window.main.get_by_role("checkbox").first.input_value())
    window.press("List the children chosen")
    expect(problem(window)).to_be_focused()
    found += faults(window, "choose")
    window.follow("The agenda")
    window.is_at("The agenda")
    found += faults(window, "agenda")
    window.follow("In the meeting")
    window.is_at("In the meeting")
    window.press("Heard")
    expect(problem(window)).to_be_focused()
    open_all(window)
    found += faults(window, "in the meeting")
    window.write("heard.decided", "Two people see the child each week")
    window.press("Heard")
    expect(added(window)).to_contain_text("Heard. Added to the record as entry")
    window.follow(full)
    expect(window.main).to_contain_text("Decided: Two people")
    assert found + faults(window, "heard already") == []


def fill_day(window: Window, field: str, on: date) -> None:
    for part, number in (("day", on.day), ("month", on.month), ("year", on.year)):
        window.write(f"{field}.{part}", str(number))
