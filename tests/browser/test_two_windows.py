"""One draft in two windows: the second is told, and one at a time writes."""

import pytest
from playwright.sync_api import expect

from tests.browser.window import Window


@pytest.fixture
def first(windows) -> Window:
    opened = windows()
    opened.open(f"/?draft={opened.served.draft()}")
    opened.follow("Signs of harm")
    opened.answer("self_harm", "yes")
    opened.settled()
    return opened


@pytest.fixture
def second(first, windows) -> Window:
    opened = windows()
    opened.open(f"/?draft={first.draft_id}")
    expect(opened.heading).to_have_text("This screening is already open")
    return opened


def test_a_second_window_is_told_and_may_leave_the_draft_there(first, second):
    expect(second.main).to_contain_text("You opened it in another window at ")
    second.follow("Leave it there")

    second.is_at("Screen a child")
    first.answer("self_harm", "possible")
    first.settled()
    assert first.served.answers(first.draft_id)["answers.self_harm"] == "possible"


def test_going_on_in_the_second_window_makes_the_first_one_read_only(first, second):
    second.press("Go on here")
    expect(second.main).to_contain_text("Three things are needed")

    expect(first.alert.get_by_role("heading")).to_have_text("You are working in another window")
    expect(first.alert).to_contain_text("This page is now read only.")
    expect(first.radio("answers.recruiting_others", "yes")).to_be_disabled()
    second.follow("Signs of harm")
    expect(second.radio("answers.self_harm", "yes")).to_be_checked()
    second.answer("self_harm", "no")
    second.settled()
    assert first.served.answers(first.draft_id)["answers.self_harm"] == "no"


def test_the_first_window_can_take_the_draft_back(first, second):
    second.press("Go on here")
    first.press("Work here again")

    expect(second.alert.get_by_role("heading")).to_have_text("You are working in another window")
    expect(first.alert).to_be_empty()
    if first.page.get_by_role("link", name="Signs of harm").count():
        first.follow("Signs of harm")
    first.answer("recruiting_others", "yes")
    first.settled()
    given = first.served.answers(first.draft_id)
    assert (given["answers.self_harm"], given["answers.recruiting_others"]) == ("yes", "yes")


def test_an_answer_of_the_window_that_lost_the_draft_changes_nothing(first, second):
    second.press("Go on here")
    second.follow("Signs of harm")
    second.answer("self_harm", "no")
    second.settled()

    expect(first.alert).to_contain_text("read only")
    first.radio("answers.self_harm", "yes").evaluate(
        "(box) => { box.disabled = false; box.checked = true;"
        " box.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    first.page.wait_for_timeout(500)
    assert first.served.answers(first.draft_id)["answers.self_harm"] == "no"
