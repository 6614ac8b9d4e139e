"""Every page and state by axe-core, at 1280 and 320 pixels, and with WCAG text spacing.

Nothing is left out of the rules, and nothing is excused.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import faults, open_all
from tests.browser.served import complete
from tests.browser.ways import CHECK, HEADINGS, record, refer_now

ALL_YES = {
    **dict.fromkeys(("looked_after", "placed_outside_home_authority", "disabled"), "yes"),
    **dict.fromkeys(("gang_related", "abuse_by_partner_or_peer", "immediate_danger"), "possible"),
    **dict.fromkeys(("missing_from_home_or_care", "known_missing_episode"), "yes"),
    **dict.fromkeys(("suicidal_thoughts_or_attempts", "sexual_health_concerns"), "yes"),
    **dict.fromkeys(("gang_association", "friends_exploited", "chaotic_household"), "possible"),
    **dict.fromkeys(("older_individuals", "gang_or_group", "transported"), "possible"),
}
PAGES = {
    "The child and the worry": "The child and the worry",
    "The child's circumstances": HEADINGS["circumstances"],
    "Signs of harm": HEADINGS["signs"],
    "Vulnerabilities": HEADINGS["vulnerabilities"],
    "Further signs, and how it may be happening": HEADINGS["further"],
    "What protects the child, and what the child says": (
        "What protects the child, and what the child says"
    ),
    "Your view": "Your view",
    CHECK: CHECK,
}
SHORT = {"answers__self_harm": "yes", "worry": "He is “not himself”"}


def test_the_start_page_has_no_fault(windows, served_apart):
    window = windows(served_apart)
    window.open()
    assert faults(window, "start") == []


def test_the_start_page_with_drafts_and_the_list_of_sections_have_no_fault(window):
    window.served.draft()
    window.open(f"/?draft={window.served.draft(**complete(self_harm='yes'))}")
    found = faults(window, "sections of a draft that can be recorded")
    window.page.get_by_role("banner").get_by_role("link").click()
    window.open()
    expect(window.main).to_contain_text("Screenings you have started")
    found += faults(window, "start with drafts")
    window.press("Start")
    expect(window.main).to_contain_text("Three things are needed")
    assert found + faults(window, "sections of an empty draft") == []


@pytest.mark.parametrize("section", PAGES)
def test_a_page_of_the_form_has_no_fault_empty_or_filled_in_with_all_boxes_open(window, section):
    found = []
    if section != CHECK:
        window.open(f"/?draft={window.served.draft()}")
        window.follow(section)
        window.is_at(PAGES[section])
        found += faults(window, f"{section}, empty")
    window.open(f"/?draft={window.served.draft(**complete('emergency', **ALL_YES))}")
    window.follow(section)
    window.is_at(PAGES[section])
    open_all(window)
    assert found + faults(window, f"{section}, filled in") == []


def test_pages_with_errors_have_no_fault(window):
    window.open(f"/?draft={window.served.draft()}")
    window.follow("The child and the worry")
    window.press("Continue")
    problem = window.page.get_by_role("group", name="There is a problem")
    expect(problem).to_be_visible()
    found = faults(window, "the child, nothing given")
    for field, words in {"dob.day": "31", "dob.month": "2", "dob.year": "2014"}.items():
        window.write(field, words)
    window.choose("child.known", "existing")
    window.press("Continue")
    expect(problem).to_contain_text("Date of birth must be a real date")
    found += faults(window, "the child, a wrong date")
    window.follow("Go straight to your view")
    window.is_at("Your view")
    window.press("Continue")
    expect(problem).to_contain_text("Select what you think should happen now")
    found += faults(window, "the view, nothing given")
    signs = {
        **{"answers__self_harm": "yes", "answers__self_harm__seen_on__day": "31"},
        **{"answers__self_harm__seen_on__month": "2", "answers__self_harm__seen_on__year": "2026"},
    }
    window.open(f"/?draft={window.served.draft(**signs)}")
    window.follow("Signs of harm")
    window.press("Continue")
    expect(problem).to_contain_text("Self-harm: the date must be a real date")
    assert found + faults(window, "signs, a wrong date") == []


OUTCOMES = {
    "Keep watching": {"view__route": "keep_watching"},
    "Report your concern": {"view__route": "consult", "answers__homeless": "possible"},
    "Assess today": {
        "view__route": "refer_now",
        **SHORT,
        "answers__absent_from_school": "not_known",
    },
    "Refer now": {f"answers__{key}": answer for key, answer in ALL_YES.items()}
    | {"answers__immediate_danger": "no", "age": "12"},
    "Call 999 now": {f"answers__{key}": answer for key, answer in ALL_YES.items()}
    | {"view__route": "emergency"},
}


@pytest.mark.parametrize("route", OUTCOMES)
def test_the_outcome_has_no_fault(window, route):
    record(window, route, **OUTCOMES[route])
    open_all(window)

    assert faults(window, route) == []


def test_a_view_below_the_guidance_has_no_fault_before_and_after_its_reason(window):
    answers = {f"answers__{key}": "yes" for key in ("self_harm", "homeless", "young_carer")}
    record(window, "Refer now", **answers, view__route="consult")
    found = faults(window, "a lower view")
    window.press("Add my reason")
    expect(window.page.get_by_role("group", name="There is a problem")).to_be_visible()
    found += faults(window, "a lower view without a reason")
    window.write("lower.because", "The school knows of it and has acted")
    window.choose("lower.consulted", "someone_else")
    found += faults(window, "a lower view, somebody else asked")
    window.choose("lower.consulted", "nobody")
    window.press("Add my reason")
    expect(window.main).to_contain_text("Your reason is recorded")
    assert found + faults(window, "a lower view with its reason") == []


def test_the_pages_beside_the_form_have_no_fault(window):
    window.open(f"/?draft={window.served.draft(**complete(**ALL_YES))}")
    window.page.get_by_role("link", name="Refer now, without finishing").click()
    window.is_at("Refer now")
    found = faults(window, "refer now")
    window.press("I have made the referral")
    expect(window.page.get_by_role("group", name="There is a problem")).to_be_visible()
    found += faults(window, "refer now, nobody named")
    window.follow("Go back to the form")
    window.follow("Delete this draft")
    window.is_at("Delete this draft?")
    found += faults(window, "delete")
    window.press("Keep it")
    window.follow("Print the form on paper")
    window.is_at("Screening form on paper")
    found += faults(window, "paper")
    window.page.get_by_role("link", name="Accessibility statement").click()
    window.is_at("Accessibility statement")
    found += faults(window, "accessibility")
    window.open(f"/?draft={window.served.draft(**{**complete(), 'age': '18'})}")
    window.follow("The child and the worry")
    window.press("Continue")
    window.is_at("This workbook is for children")
    found += faults(window, "adult")
    refer_now(window)
    window.follow("Correct a mistake in this screening")
    window.is_at("Correct a mistake")
    found += faults(window, "correct")
    window.follow("Back")
    window.is_at("Refer now")
    window.press("Say whom you have told")
    window.is_at("Whom have you told?")
    assert found + faults(window, "told") == []


def test_two_windows_a_hidden_page_and_a_lost_connection_have_no_fault(windows):
    first = windows()
    draft_id = first.served.draft()
    first.open(f"/?draft={draft_id}")
    first.follow("Signs of harm")
    first.answer("self_harm", "yes")
    first.settled()
    first.page.get_by_role("link", name="Hide this page").click()
    expect(first.page).to_have_title("Page hidden")
    found = faults(first, "hidden")
    first.press("Show the page")
    first.page.context.set_offline(True)
    first.answer("recruiting_others", "possible")
    expect(first.alert).to_contain_text("Connection lost")
    found += faults(first, "connection lost")
    first.page.context.set_offline(False)
    expect(first.saving).to_contain_text("Connected again")
    second = windows()
    second.open(f"/?draft={draft_id}")
    expect(second.heading).to_have_text("This screening is already open")
    found += faults(second, "open elsewhere")
    second.press("Go on here")
    expect(first.alert).to_contain_text("You are working in another window")
    assert found + faults(first, "read only") == []


def test_the_pause_dialog_and_the_paused_page_have_no_fault(window):
    window.page.clock.install()
    window.open()
    window.page.clock.fast_forward("55:00")
    expect(window.page.get_by_role("dialog")).to_be_visible()
    found = faults(window, "dialog")
    window.press("Close it")
    expect(window.heading).to_have_text("This page has paused")
    assert found + faults(window, "paused") == []


def test_the_page_that_the_records_cannot_be_opened_has_no_fault(windows, served_apart):
    (served_apart.folder / "key").unlink()
    window = windows(served_apart)
    window.open()
    expect(window.heading).to_have_text("The records cannot be opened")
    expect(window.main).to_contain_text("Nothing has been changed or lost.")
    assert faults(window, "closed") == []


def test_the_page_of_a_refusal_has_no_fault(window):
    window.page.goto(f"{window.served.origin}/?token=used-up")
    found = faults(window, "a used token")
    window.complaints.clear()  # the browser reports the refusal itself
    assert found == []
