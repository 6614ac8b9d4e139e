"""Several windows on one record, a page that is loaded again, a program that ends: nothing is lost.

And who does not work as a lead officer sees none of it.
"""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, expect

from cse_workbook.case.events import ActionSet, AdviceGiven
from tests.browser.lead import (
    added,
    cases,
    form,
    go_to,
    last,
    open_case,
    open_office,
    type_advice,
    written,
)
from tests.browser.served import Served, until
from tests.browser.window import Window

TYPED = "Ask the school nurse first"


@pytest.fixture
def refs(office) -> list[str]:
    """The open cases of the shared office; each test takes another."""
    return [case.ref for case in cases(office) if case.is_open and case.screenings]


@pytest.fixture
def window(windows, office) -> Window:
    opened = windows(office)
    open_office(opened)
    return opened


def box(window: Window, field: str) -> Locator:
    return window.page.locator(f'[name="{field}"]')


def set_action(window: Window, ref: str) -> None:
    """Set an action of today in a window of its own."""
    open_office(window)
    open_case(window, ref)
    window.press("Set an action")
    window.write("action.what", "Call the duty team")
    window.write("action.who", "teacher")
    with_today = window.page.evaluate("() => new Date().toLocaleDateString('en-GB').split('/')")
    for part, number in zip(("day", "month", "year"), with_today, strict=True):
        window.write(f"action.due_on.{part}", number)
    window.press("Add")
    expect(added(window)).to_contain_text("Added to the record as entry")


def test_the_second_of_two_who_write_is_told_keeps_the_words_and_sees_the_others(
    window, windows, office, refs
):
    ref = refs[0]
    type_advice(window, ref, TYPED)
    set_action(windows(office), ref)

    window.press("Add")

    expect(window.alert).to_be_focused()
    expect(window.alert.get_by_role("heading")).to_have_text(
        "Somebody else has added to this record"
    )
    expect(window.alert).to_contain_text("1 entry was added while you were writing.")
    expect(box(window, "advice.advice")).to_have_value(TYPED)
    new = window.page.get_by_role("heading", name="Added while you were writing")
    expect(new.locator("+ ul")).to_contain_text("Call the duty team")
    assert isinstance(last(office, ref), ActionSet)
    window.press("Add")
    expect(added(window)).to_be_focused()
    assert last(office, ref) == AdviceGiven("", TYPED, "")
    assert len(written(office, ref)) == len({entry.case_version for entry in written(office, ref)})


def test_a_page_loaded_again_asks_why_again_and_has_what_was_typed(window, office, refs):
    ref = refs[1]
    type_advice(window, ref, TYPED)
    window.page.reload()

    expect(window.heading).to_have_text(ref)
    expect(window.main).to_contain_text("Why are you opening this record?")
    expect(window.main).not_to_contain_text("Standing view")
    window.choose("opening.purpose", "advice")
    window.press("Open the record")
    expect(form(window)).to_be_focused()
    expect(box(window, "advice.advice")).to_have_value(TYPED)
    window.press("Add")
    expect(added(window)).to_be_focused()
    assert last(office, ref) == AdviceGiven("", TYPED, "")


def test_a_program_that_is_killed_takes_no_word_of_a_form_with_it(windows, office, refs):
    window, ref = windows(office), refs[2]
    open_office(window)
    type_advice(window, ref, TYPED)
    draft_id = window.draft_id
    office.kernel(window.kernel_id).kill()
    expect(window.alert).to_contain_text("Connection lost")
    window.write("advice.asked", "Whom to ask")

    expect(window.main).to_contain_text("Why are you opening this record?")
    until(lambda: "advice.asked" in office.answers(draft_id), "what was typed since is not kept")
    expect(window.saving).to_contain_text("This page had to start again.")
    window.choose("opening.purpose", "advice")
    window.press("Open the record")
    expect(box(window, "advice.advice")).to_have_value(TYPED)
    expect(box(window, "advice.asked")).to_have_value("Whom to ask")
    window.press("Add")
    expect(added(window)).to_be_focused()
    assert last(office, ref) == AdviceGiven("Whom to ask", TYPED, "")


def test_a_theme_that_is_being_noted_outlives_its_program(windows, office):
    window = windows(office)
    open_office(window)
    go_to(window, "Themes and blockages")
    window.press("Note a theme")
    window.write("theme.theme", "Rides home")
    window.settled()
    office.kernel(window.kernel_id).kill()
    expect(window.alert).to_contain_text("Connection lost")
    expect(window.saving).to_contain_text("This page had to start again.")

    expect(box(window, "theme.theme")).to_have_value("Rides home")
    window.press("Add")
    expect(added(window)).to_be_focused()


def test_one_form_in_two_windows_is_written_in_the_later_one(window, windows, office, refs):
    ref = refs[3]
    type_advice(window, ref, TYPED)
    later = windows(office)
    open_office(later)
    open_case(later, ref)
    later.press("Give advice")

    expect(box(later, "advice.advice")).to_have_value(TYPED)
    expect(window.alert).to_contain_text("You are working in another window")
    expect(box(window, "advice.advice")).not_to_be_editable()
    later.write("advice.to", "teacher")
    later.settled()
    later.press("Add")
    expect(added(later)).to_be_focused()
    assert last(office, ref) == AdviceGiven("", TYPED, "teacher")


def test_the_way_back_of_the_browser_leads_through_the_pages(window, refs):
    open_case(window, refs[4])
    window.page.go_back()
    expect(window.main).to_contain_text("Why are you opening this record?")
    window.page.go_back()

    expect(window.heading).to_have_text("Caseload")


def test_a_practitioner_has_no_navigation_and_no_way_to_the_caseload(windows, served):
    window = windows()
    window.open()
    expect(window.heading).to_have_text("Screen a child")

    expect(window.page.get_by_role("navigation", name="Workbook")).to_have_count(0)
    window.page.evaluate("() => history.replaceState({ page: 'caseload' }, '')")
    window.page.reload()
    expect(window.heading).to_have_text("Screen a child")


@pytest.mark.parametrize("page", ["caseload", "themes", "macse_meeting"])
def test_a_practitioner_is_refused_the_pages_of_lead_officers(served: Served, page: str):
    refused = subprocess.run(
        [sys.executable, "-m", "cse_workbook", "app", page, "--no-browser"],
        env={**os.environ, "CSE_WORKBOOK_HOME": str(served.folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    assert "CASE_02" in refused.stdout + refused.stderr
