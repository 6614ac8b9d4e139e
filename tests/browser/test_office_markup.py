"""Whatever a colleague wrote stays text, wherever a lead officer reads it in the served pages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.full_case import MADE, MARKUP, full_case
from tests.browser.inspection import faults, open_all
from tests.browser.lead import added, form, go_to, open_case, open_office
from tests.browser.window import Window


def is_text(window: Window) -> None:
    """See that the page shows the markup as it was typed, and that nothing came of it."""
    open_all(window)
    expect(window.main).to_contain_text(MARKUP)
    expect(window.main.locator(MADE)).to_have_count(0)
    has_not_run(window.page)


def has_not_run(page: Page) -> None:
    assert page.evaluate("() => window.ran") is None


@pytest.fixture
def child(office_apart) -> str:
    return full_case(office_apart.folder, MARKUP)


@pytest.fixture
def window(windows, office_apart, child) -> Window:
    opened = windows(office_apart)
    open_office(opened)
    return opened


def test_markup_stays_text_in_the_caseload_and_in_a_case(window, child):
    is_text(window)
    assert faults(window, "caseload") == []
    open_case(window, child)
    window.follow("Show who this is")
    expect(window.main).to_contain_text("Hide again")
    is_text(window)
    assert faults(window, "case") == []
    assert window.main.get_by_text(MARKUP).count() > 40
    for words in ("Give a second reading", "Agree to lower the view", "Correct an entry of mine"):
        open_all(window)
        window.main.locator(".cse-button, .cse-text .cse-link").get_by_text(words).first.click()
        expect(form(window)).to_have_text(words)
        is_text(window)
        window.follow("Cancel")
        expect(form(window)).to_have_count(0)
    window.press("Give advice")
    window.write("advice.advice", MARKUP)
    window.press("Add")
    expect(added(window)).to_be_visible()
    is_text(window)
    assert window.complaints == []


def test_markup_stays_text_in_themes_and_in_the_meeting(window, child):
    go_to(window, "Themes and blockages")
    is_text(window)
    assert faults(window, "themes") == []
    window.main.locator('[data-to^="behind:"]').filter(has_text="onerror").click()
    expect(window.heading).to_have_text(MARKUP)
    has_not_run(window.page)
    go_to(window, "MACSE meeting")
    window.main.locator('[data-to^="meeting:"]').first.click()
    window.is_at("Choose children")
    is_text(window)
    window.follow("The agenda")
    window.is_at("The agenda")
    is_text(window)
    assert faults(window, "agenda") == []
    window.follow("In the meeting")
    window.is_at("In the meeting")
    is_text(window)
    window.write("heard.decided", MARKUP)
    window.press("Heard")
    expect(added(window)).to_be_visible()
    window.follow(child)
    expect(window.main).to_contain_text("Decided: ")
    is_text(window)
    assert window.complaints == []
