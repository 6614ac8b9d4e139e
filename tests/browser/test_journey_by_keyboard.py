"""The whole way without a mouse: Tab, arrow keys, Space and Enter alone."""

from playwright.sync_api import expect

from cse_workbook.case.events import Screened
from tests.browser.keyboard import choose, enter, tab_to, type_into
from tests.browser.ways import CHECK, HEADINGS, RECORD
from tests.browser.window import Window

HERE = "() => document.activeElement.name || ''"


def start(window: Window) -> None:
    """Come to the page of the child with the keyboard."""
    window.open()
    tab_to(window, window.page.get_by_role("button", name="Start", exact=True))
    window.page.keyboard.press("Enter")
    expect(window.main).to_contain_text("Three things are needed")
    enter(window, "link", "The child and the worry", "The child and the worry")


def test_a_child_can_be_screened_from_start_to_the_outcome_with_the_keyboard_alone(window):
    start(window)
    choose(window, "child.known")
    type_into(window, "age", "14")
    type_into(window, "worry", "Gone for two nights")
    enter(window, "button", "Continue", HEADINGS["circumstances"])
    enter(window, "button", "Continue", HEADINGS["signs"])
    choose(window, "answers.missing_from_home_or_care")
    type_into(window, "answers.missing_from_home_or_care.evidence", "The register says so")
    choose(window, "answers.self_harm", arrows=1)
    enter(window, "button", "Continue", HEADINGS["vulnerabilities"])
    enter(window, "button", "Continue", HEADINGS["further"])
    enter(window, "button", "Continue", "What protects the child, and what the child says")
    enter(window, "button", "Continue", "Your view")
    choose(window, "view.route", arrows=2)
    tab_to(window, window.radio("view.drivers", "missing_from_home_or_care"))
    window.page.keyboard.press("Space")
    enter(window, "button", "Continue", CHECK)
    enter(window, "button", RECORD, "Assess today")

    last = window.served.entries()[-2].event
    assert isinstance(last, Screened)
    assert {key: each.answer for key, each in last.screening.answers.items()} == {
        "missing_from_home_or_care": "yes",
        "self_harm": "possible",
    }


def test_arrow_keys_never_leave_a_question(window):
    draft_id = window.served.draft()
    window.open(f"/?draft={draft_id}")
    window.follow("Signs of harm")
    window.is_at(HEADINGS["signs"])
    tab_to(window, window.row("physical_injuries").locator("input"))
    for key in ["ArrowDown"] * 5 + ["ArrowUp"] * 6 + ["ArrowRight"] * 5 + ["ArrowLeft"] * 6:
        window.page.keyboard.press(key)
        assert window.page.evaluate(HERE) == "answers.physical_injuries"
    window.settled()

    assert set(window.served.answers(draft_id)) == {"answers.physical_injuries"}


def test_the_first_tab_on_a_page_offers_to_skip_to_the_main_content(window):
    start(window)
    window.page.locator("body").evaluate("() => document.activeElement.blur()")
    skip = window.page.get_by_role("link", name="Skip to main content")
    tab_to(window, skip)
    expect(skip).to_be_in_viewport()

    window.page.keyboard.press("Enter")

    expect(window.main).to_be_focused()
    tab_to(window, window.page.get_by_role("link", name="Back", exact=True))


def test_nothing_happens_when_a_control_only_gets_the_focus(window):
    start(window)
    url = window.page.url
    for _ in range(60):
        window.page.keyboard.press("Tab")

    window.page.wait_for_timeout(200)
    assert window.page.url == url
    assert window.waiting == {}
    assert window.n_saved == 0


def test_an_error_summary_has_the_focus_and_each_link_leads_to_its_box(window):
    start(window)
    type_into(window, "age", "fourteen")
    tab_to(window, window.page.get_by_role("button", name="Continue"))
    window.page.keyboard.press("Enter")

    summary = window.page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert window.page.title().startswith("Error: ")
    links = summary.get_by_role("link")
    boxes = ("f-child-known", "f-age", "f-worry")
    expect(links).to_have_text(
        [
            "Select whether this child is already in the workbook",
            "Age must be a whole number, for example 14",
            "Write what worries you. A few words are enough",
        ]
    )
    for place, box in enumerate(boxes):
        links.nth(place).focus()
        window.page.keyboard.press("Enter")
        expect(window.page.locator(f"#{box}")).to_be_focused()
    told = window.page.locator("#f-age").get_attribute("aria-describedby")
    expect(window.page.locator(f"#{(told or '').split()[-1]}")).to_have_text(
        "Error: Age must be a whole number, for example 14"
    )


def test_a_panel_that_opens_comes_next_in_the_tab_order_and_is_announced(window):
    window.open(f"/?draft={window.served.draft()}")
    window.follow("Signs of harm")
    window.is_at(HEADINGS["signs"])
    choose(window, "answers.self_harm")

    said = window.page.get_by_role("status").filter(has_text="More boxes opened: Self-harm.")
    expect(said).to_have_count(1)
    assert window.page.evaluate(HERE) == "answers.self_harm"
    window.page.keyboard.press("Tab")
    assert window.page.evaluate(HERE) == "answers.self_harm.evidence"
