"""What comes out of the printer: the summary in its order, whole, and nothing of the screen."""

import re

from playwright.sync_api import expect

from tests.browser.inspection import print_faults
from tests.browser.served import complete
from tests.browser.ways import refer_now
from tests.browser.window import Window

ORDER = (
    *("Screening of C-", "The guidance says", "Refer now", "You said, at", "Why the guidance says"),
    *("How sure this is", "What to find out", "What to do", "What else is in the record"),
)
SCREEN_ONLY = ("banner", "complementary", "button")
COUNT_FOLDS = """() => {
  addEventListener("beforeprint", () => {
    window.folded = document.querySelectorAll("details:not([open])").length;
  });
}"""

# The head and the foot of every sheet stand in its margins.
MARGINS = """() => document.adoptedStyleSheets.flatMap((sheet) =>
  [...sheet.cssRules].map((rule) => rule.cssText)).join(" ")"""


def printed(window: Window) -> str:
    """Give the words that are on paper, in their order."""
    window.page.emulate_media(media="print")
    margins = window.page.evaluate(MARGINS)
    return f"{window.page.locator('body').inner_text()} {margins}"


def test_the_summary_prints_in_order_on_several_sheets_with_every_fold_open(window):
    refer_now(window)
    window.page.evaluate(COUNT_FOLDS)
    expect(window.main.locator("details:not([open])")).not_to_have_count(0)

    sheets = re.findall(rb"/Type\s*/Page\b", window.page.pdf(format="A4"))

    assert len(sheets) > 1
    assert window.page.evaluate("() => window.folded") == 0
    words = printed(window)
    places = [words.index(each) for each in ORDER]
    assert places == sorted(places)
    assert re.search(r"OCC and SAFEGUARD, edition 1\. Policy: default\. Record: \d+:", words)
    assert "Draft, not recorded" not in words


def test_nothing_of_the_screen_is_printed_and_nothing_is_cut_off(window):
    refer_now(window)

    printed(window)

    for role in SCREEN_ONLY:
        for each in window.page.get_by_role(role).all():
            expect(each).to_be_hidden()
    assert print_faults(window) == []


def test_a_form_that_is_not_finished_prints_what_is_there_and_says_that_it_is_a_draft(window):
    window.open(f"/?draft={window.served.draft(**complete(self_harm='possible'))}")
    window.page.get_by_role("link", name="Refer now, without finishing").click()
    window.is_at("Refer now")
    window.follow("Go back to the form")
    window.follow("Check your answers and record them")
    window.is_at("Check your answers and record them")

    words = printed(window)

    assert "Draft, not recorded" in words
    assert "Out late, and will not say where" in words
    for change in window.main.get_by_text("Change", exact=True).all():
        expect(change).to_be_hidden()


def test_a_hidden_page_prints_only_that_it_is_hidden(window):
    refer_now(window)
    window.page.get_by_role("link", name="Hide this page").click()
    expect(window.page).to_have_title("Page hidden")

    words = printed(window)

    assert "This page is hidden. Nothing is lost." in words
    assert "Refer now" not in words


def test_what_to_do_is_printed_first_then_how_sure_it_is_then_why(window):
    refer_now(window)
    window.page.emulate_media(media="print")

    tops = [
        window.page.get_by_role("heading", name=name, exact=True).bounding_box()["y"]
        for name in ("What to do", "How sure this is", "Why the guidance says this")
    ]

    assert tops == sorted(tops)
