"""Taking the page out of sight at once, and pausing a page that nobody uses."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.window import Window

SECRET = "Long sleeves in the heat"


@pytest.fixture
def writing(window) -> Window:
    """A window with the focus in a box that holds words."""
    window.open(f"/?draft={window.served.draft(answers__self_harm='yes')}")
    window.follow("Signs of harm")
    window.is_at("Signs that a child may already be being harmed")
    window.write("answers.self_harm.evidence", SECRET)
    window.settled()
    window.page.locator('[name="answers.self_harm.evidence"]').focus()
    return window


def shift(window: Window, *keys: str) -> None:
    for key in keys:
        window.page.keyboard.press(key)


def is_hidden(window: Window) -> None:
    expect(window.page).to_have_title("Page hidden")
    body = window.page.locator("body")
    expect(body).to_contain_text("This page is hidden. Nothing is lost.")
    expect(body).to_contain_text("Leaving the room? Lock the computer.")
    assert SECRET not in window.page.content()
    assert "Self-harm" not in window.page.content()
    assert window.page.locator("textarea").count() == 0


def is_shown(window: Window) -> None:
    box = window.page.locator('[name="answers.self_harm.evidence"]')
    expect(box).to_have_value(SECRET)
    expect(box).to_be_focused()
    expect(window.page).to_have_title(re.compile("Screen a child"))


def test_shift_three_times_takes_the_content_out_of_the_page_and_brings_it_back(writing):
    shift(writing, "Shift", "Shift", "Shift")
    is_hidden(writing)
    expect(writing.page.get_by_text("This page is hidden. Nothing is lost.")).to_be_focused()

    shift(writing, "Shift", "Shift", "Shift")
    is_shown(writing)


def test_typing_on_does_not_bring_a_hidden_page_back_and_its_button_does(writing):
    shift(writing, "Shift", "Shift", "Shift")
    shift(writing, "Space", "Enter", "a")
    is_hidden(writing)

    writing.press("Show the page")
    is_shown(writing)


def test_another_key_between_does_not_hide_the_page(writing):
    shift(writing, "Shift", "Shift", "ArrowLeft", "Shift")

    expect(writing.page.locator('[name="answers.self_harm.evidence"]')).to_be_visible()
    assert writing.page.title() != "Page hidden"


def test_shift_three_times_within_more_than_five_seconds_does_not_hide_the_page(window):
    window.page.clock.install()
    window.open()
    shift(window, "Shift", "Shift")
    window.page.clock.fast_forward(6_000)
    shift(window, "Shift")

    expect(window.heading).to_have_text("Screen a child")
    assert window.page.title() != "Page hidden"


def test_saving_goes_on_while_the_page_is_hidden(writing):
    writing.page.keyboard.type(" again")
    shift(writing, "Shift", "Shift", "Shift")
    is_hidden(writing)

    for _ in range(200):
        given = writing.served.answers(writing.draft_id)["answers.self_harm.evidence"]
        if "again" in given:
            return
        writing.page.wait_for_timeout(50)
    raise AssertionError("what was typed before hiding was not saved")


@pytest.fixture
def unused(window) -> Window:
    """A window whose clock can be put forward."""
    window.page.clock.install()
    window.open(f"/?draft={window.served.draft(answers__self_harm='yes')}")
    window.follow("Signs of harm")
    window.is_at("Signs that a child may already be being harmed")
    return window


def test_a_page_nobody_uses_asks_twice_and_then_pauses_and_can_be_opened_again(unused):
    dialog = unused.page.get_by_role("dialog", name="Are you still there?")
    unused.page.clock.fast_forward("55:00")
    expect(dialog).to_contain_text("This page will pause in 5 minutes")
    expect(dialog.get_by_role("button", name="Stay on this page")).to_be_focused()
    unused.page.clock.fast_forward("04:00")
    expect(dialog).to_contain_text("This page will pause in 1 minute ")
    unused.page.clock.fast_forward("01:00")

    expect(unused.heading).to_have_text("This page has paused")
    expect(unused.heading).to_be_focused()
    expect(unused.main).to_contain_text(re.compile(r"Everything up to \d\d:\d\d is saved\."))
    unused.press("Open the screening again")
    expect(unused.heading).to_have_text("Signs that a child may already be being harmed")
    expect(unused.radio("answers.self_harm", "yes")).to_be_checked()


def test_staying_closes_the_dialog_and_puts_the_focus_back(unused):
    unused.radio("answers.self_harm", "yes").focus()
    unused.page.clock.fast_forward("55:00")
    dialog = unused.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    unused.press("Stay on this page")

    expect(dialog).to_have_count(0)
    expect(unused.radio("answers.self_harm", "yes")).to_be_focused()
    unused.page.clock.fast_forward("30:00")
    expect(dialog).to_have_count(0)


def test_any_key_in_the_page_counts_as_staying(unused):
    unused.page.clock.fast_forward("30:00")
    unused.page.keyboard.press("ArrowDown")
    unused.page.clock.fast_forward("30:00")
    expect(unused.page.get_by_role("dialog")).to_have_count(0)

    unused.page.clock.fast_forward("25:00")
    expect(unused.page.get_by_role("dialog")).to_be_visible()
    unused.page.keyboard.press("Shift")
    unused.page.clock.fast_forward("06:00")
    expect(unused.heading).to_have_text("Signs that a child may already be being harmed")


def test_escape_in_the_dialog_counts_as_staying(unused):
    unused.page.clock.fast_forward("55:00")
    expect(unused.page.get_by_role("dialog")).to_be_visible()
    unused.page.keyboard.press("Escape")

    expect(unused.page.get_by_role("dialog")).to_have_count(0)
    expect(unused.heading).to_be_visible()
