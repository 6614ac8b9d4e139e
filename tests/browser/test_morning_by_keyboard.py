"""A lead officer's morning without a mouse: Tab, arrow keys, Space and Enter alone.

After each step the focus is where the next one begins, and what was added is in the record.
"""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from cse_workbook.case.events import (
    ActionSet,
    AdviceGiven,
    MacseHeard,
    MacseListed,
    RecordRead,
    SecondReading,
    ThemeNoted,
)
from cse_workbook.casework import AGENCY
from cse_workbook.standing import screened
from cse_workbook.waiting import Reason
from tests.browser.keyboard import choose, enter, press, tab_to, tick, type_day, type_into
from tests.browser.lead import (
    added,
    cases,
    casework,
    form,
    last,
    open_office,
    waiting_for,
    written,
)
from tests.browser.served import ME
from tests.browser.window import Window

SUMMARY = "There is a problem"


def come_to(window: Window, ref: str, purpose: int) -> None:
    """From the caseload, open a record for the purpose that stands at this place of the list."""
    enter(window, "link", ref, ref)
    assert window.page.title() == "Case review – CSE Workbook"
    choose(window, "opening.purpose", arrows=purpose)
    press(window, "button", "Open the record")
    expect(window.main).to_contain_text("You opened this record at")


def open_form(window: Window, words: str) -> None:
    press(window, "button", words)
    expect(form(window)).to_have_text(words)
    expect(form(window)).to_be_focused()


def add(window: Window) -> None:
    press(window, "button", "Add")
    expect(added(window)).to_contain_text("Added to the record as entry")
    expect(added(window)).to_be_focused()


def advise(window: Window, ref: str) -> None:
    with casework(window.served) as opened:
        signpost = opened.offered(opened.look(ref))[0].who
    open_form(window, "Give advice")
    type_into(window, "advice.asked", "Whom to call first")
    type_into(window, "advice.advice", "The duty team today")
    type_into(window, "advice.to", "teacher")
    tick(window, "advice.signposts", signpost)
    add(window)
    given = AdviceGiven("Whom to call first", "The duty team today", "teacher", (signpost,))
    assert last(window.served, ref) == given


def set_action(window: Window, ref: str) -> None:
    due_on = date.today() + timedelta(days=3)
    open_form(window, "Set an action")
    type_into(window, "action.what", "Call the duty team")
    type_into(window, "action.who", "teacher")
    type_day(window, "action.due_on", due_on)
    add(window)
    assert last(window.served, ref) == ActionSet("Call the duty team", "teacher", due_on)


def read_blind(window: Window, ref: str) -> None:
    """Give a second reading of another person's screening; nobody's view is seen before."""
    [case] = [each for each in cases(window.served) if each.ref == ref]
    answers = screened(case.screenings[-1]).screening.answers
    concern = next(key for key, given in answers.items() if given.answer in ("yes", "possible"))
    expect(form(window)).to_have_text("Give a second reading")
    expect(form(window)).to_be_focused()
    expect(window.main).not_to_contain_text("Standing view")
    expect(window.main).not_to_contain_text("What the guidance says")
    choose(window, "reading.route", arrows=3)
    tick(window, "reading.drivers", concern)
    type_into(window, "reading.because", "The register says so too")
    press(window, "button", "Add")
    expect(added(window)).to_contain_text("The person who screened said")
    expect(added(window)).to_be_focused()
    expect(window.main).to_contain_text("Second reading")
    given = last(window.served, ref)
    assert isinstance(given, SecondReading)
    assert (given.screening, given.drivers) == (case.screenings[-1].start.seq, (concern,))


def note_theme(window: Window) -> None:
    enter(window, "link", "Themes and blockages", "Themes and blockages")
    open_form(window, "Note a theme")
    type_into(window, "theme.theme", "Rides home after the match")
    type_into(window, "theme.of_kind", "transport")
    type_into(window, "theme.done", "Told the club")
    add(window)
    expect(window.main).to_contain_text("Rides home after the match")
    noted = ThemeNoted("Rides home after the match", "transport", done="Told the club")
    assert last(window.served, AGENCY) == noted


def choose_children(window: Window, refs: list[str]) -> None:
    enter(window, "link", "MACSE meeting", "MACSE meeting")
    type_day(window, "choose.macse.on", date.today())
    enter(window, "button", "Go on", "Choose children")
    for ref in refs:
        tick(window, "meeting.children", ref)
        type_into(window, f"meeting.why.{ref}", f"Who sees {ref} at night")
    expect(window.main).to_contain_text("2 chosen")
    press(window, "button", "List the children chosen")
    expect(added(window)).to_contain_text("2 children are listed")
    expect(added(window)).to_be_focused()
    for ref in refs:
        assert last(window.served, ref) == MacseListed(date.today(), f"Who sees {ref} at night")


def order_agenda(window: Window, ref: str) -> None:
    enter(window, "link", "The agenda", "The agenda")
    down = window.page.get_by_role("button", name=f"Move {ref} down", exact=True)
    tab_to(window, down)
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#moved")).to_have_text(f"{ref} is now 2 of 2.")
    expect(down).to_be_focused()


def hear(window: Window, ref: str) -> None:
    """Write down what the meeting decides of the child whose turn it is."""
    today = date.today()
    enter(window, "link", "In the meeting", "In the meeting")
    expect(window.page.locator("#child")).to_have_text(ref)
    type_into(window, "heard.present", "police, school")
    type_into(window, "heard.decided", "Two people see the child each week")
    type_into(window, "heard.what.1", "Ask the child when")
    type_into(window, "heard.who.1", "youth worker")
    type_day(window, "heard.due.1", today + timedelta(days=7))
    press(window, "button", "Heard")
    expect(added(window)).to_contain_text("Heard. Added to the record as entry")
    expect(added(window)).to_be_focused()
    heard, action = [entry.event for entry in written(window.served, ref)[-2:]]
    assert heard == MacseHeard(today, "Two people see the child each week", "police, school")
    assert action == ActionSet("Ask the child when", "youth worker", today + timedelta(days=7))


def test_the_mornings_work_can_be_done_with_the_keyboard_alone(windows, office_apart):
    window = windows(office_apart)
    ref = waiting_for(office_apart, Reason.HOST_LEAD)[0]
    other = waiting_for(office_apart, Reason.REVIEW)[0]
    open_office(window)

    press(window, "link", str(Reason.HOST_LEAD))
    expect(window.page.locator("#showing")).to_be_focused()
    expect(window.page.locator("#showing")).to_contain_text(f"Filter: {Reason.HOST_LEAD}")
    come_to(window, ref, purpose=0)
    expect(window.heading).to_be_focused()
    press(window, "link", "Timeline")
    expect(window.page.locator("#timeline")).to_be_focused()
    advise(window, ref)
    set_action(window, ref)
    enter(window, "link", "Caseload", "Caseload")
    press(window, "link", re.compile(r"Show all \d+"))
    come_to(window, other, purpose=2)
    read_blind(window, other)
    enter(window, "link", "Caseload", "Caseload")
    note_theme(window)
    choose_children(window, [ref, other])
    order_agenda(window, ref)
    hear(window, other)

    mine = [each for each in office_apart.entries() if each.recorded_by == ME]
    reads = [(e.case_ref, e.event.purpose) for e in mine if isinstance(e.event, RecordRead)]
    assert reads[:2] == [(ref, "to give advice"), (other, "for a second reading")]
    assert not any(each.ref in title for title in window.titles for each in cases(office_apart))
    assert window.complaints == []


def test_filters_are_chosen_with_the_keyboard_and_the_focus_stays_on_the_button(windows, office):
    window = windows(office)
    open_office(window)
    tab_to(window, window.main.locator("summary", has_text="Filter this list"))
    window.page.keyboard.press("Enter")
    tick(window, "choose.caseload.route", "refer_now")
    tick(window, "choose.caseload.route", "emergency")
    press(window, "button", "Apply filters")

    showing = window.page.locator("#showing")
    expect(showing).to_contain_text("Filter: Refer now; Call 999 now. Show all ")
    expect(window.page.get_by_role("button", name="Apply filters")).to_be_focused()
    press(window, "button", "Clear filters")
    expect(showing).to_contain_text("No filter is on.")
    expect(window.page.get_by_role("button", name="Clear filters")).to_be_focused()
    expect(window.radio("choose.caseload.route", "refer_now")).not_to_be_checked()


def test_children_without_a_date_are_shown_below_the_others_and_have_the_focus(windows, office):
    window = windows(office)
    open_office(window)

    press(window, "link", "Show them")

    expect(window.page.get_by_role("heading", name="Without a date")).to_be_focused()
    expect(window.page.get_by_role("link", name="Show them")).to_have_count(0)


def test_a_record_is_not_shown_before_it_is_said_why(windows, office):
    window = windows(office)
    ref = waiting_for(office, Reason.DIFFER)[0]
    before = len(office.entries())
    open_office(window)
    enter(window, "link", ref, ref)
    expect(window.main).not_to_contain_text("Standing view")

    press(window, "button", "Open the record")

    summary = window.page.get_by_role("group", name=SUMMARY)
    expect(summary).to_be_focused()
    assert window.page.title() == "Error: Case review – CSE Workbook"
    summary.get_by_role("link", name="Select why you are opening this record").focus()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#f-opening-purpose")).to_be_focused()
    assert len(office.entries()) == before


def test_cancel_throws_a_form_away_and_stays_at_its_place(windows, office):
    window = windows(office)
    ref = waiting_for(office, Reason.CHANGED)[0]
    open_office(window)
    come_to(window, ref, purpose=0)
    before = written(office, ref)
    open_form(window, "Note a blockage")
    type_into(window, "blockage.stops", "No room")

    press(window, "link", "Cancel")

    expect(window.page.get_by_role("button", name="Give advice")).to_be_focused()
    expect(window.page.get_by_role("button", name="Give advice")).to_be_in_viewport()
    assert written(office, ref) == before
