"""Words that put blame on a child are pointed out below the box, once, and only that.

1. After the box is left, below it, said politely; the focus stays where it is.
2. “Change it” changes that phrase and nothing else; “Leave it” changes nothing. Both lead back.
3. Nothing is ever held up by it, and nothing changes by itself.
4. The child's own words are left alone.
"""

from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.inspection import faults
from tests.browser.served import complete
from tests.browser.window import Window

BLAMING: Final = "She puts herself at risk. Puts herself at risk, they say."
SENTENCE: Final = (
    "‘puts herself at risk’ can sound as if the child were to blame."
    " You could write: ‘is being put at risk by’."
)


@pytest.fixture
def writing(window) -> Window:
    """A window on the page with the worry, which is still empty."""
    window.open(f"/?draft={window.served.draft()}")
    window.follow("The child and the worry")
    window.is_at("The child and the worry")
    return window


def box(window: Window, field: str) -> Locator:
    return window.page.locator(f'[name="{field}"]')


def note(window: Window, field: str) -> Locator:
    """The place below a box where advice is shown and read out."""
    return window.page.locator(f".cse-field:has(> [name='{field}']) > .cse-wording")


def leave(window: Window, field: str, words: str) -> None:
    """Type words as a person does, and go on to the next thing by the keyboard."""
    box(window, field).press_sequentially(words)
    window.page.keyboard.press("Tab")


# 1. After the box is left


def test_a_phrase_is_pointed_out_below_its_box_when_the_box_has_been_left(writing):
    expect(note(writing, "worry")).to_be_empty()
    expect(note(writing, "worry")).to_have_role("status")
    box(writing, "worry").press_sequentially("She puts herself at risk")
    expect(writing.saving).to_contain_text("Saved ")
    expect(note(writing, "worry")).to_be_empty()

    writing.page.keyboard.press("Tab")

    expect(note(writing, "worry").get_by_role("paragraph")).to_have_text(SENTENCE)
    expect(writing.main.get_by_role("group").locator("summary")).to_be_focused()
    for words in ("Change it", "Leave it"):
        button = note(writing, "worry").get_by_role("button", name=words, exact=True)
        expect(button).to_have_accessible_description(SENTENCE)


def test_a_box_with_advice_has_no_fault_and_is_printed_without_it(writing):
    leave(writing, "worry", "She puts herself at risk")
    expect(note(writing, "worry")).to_contain_text(SENTENCE)

    found = faults(writing, "advice on words")

    assert found == []
    writing.page.emulate_media(media="print")
    expect(note(writing, "worry")).to_be_hidden()
    expect(box(writing, "worry")).to_be_visible()


# 2. Two answers


def test_change_it_changes_that_phrase_alone_and_saves_it(writing):
    leave(writing, "worry", BLAMING)

    writing.press("Change it")

    changed = BLAMING.replace("puts herself at risk", "is being put at risk by", 1)
    expect(box(writing, "worry")).to_have_value(changed)
    expect(box(writing, "worry")).to_be_focused()
    expect(note(writing, "worry")).to_be_empty()
    writing.page.keyboard.type(" older men")
    writing.settled()
    saved = writing.served.answers(writing.draft_id)["worry"]
    assert saved == changed.replace("put at risk by", "put at risk by older men")
    expect(note(writing, "worry")).to_be_empty()


def test_leave_it_leaves_the_words_and_does_not_point_them_out_again(writing):
    leave(writing, "worry", BLAMING)

    writing.press("Leave it")

    expect(box(writing, "worry")).to_have_value(BLAMING)
    expect(box(writing, "worry")).to_be_focused()
    expect(note(writing, "worry")).to_be_empty()
    writing.page.keyboard.press("End")
    writing.page.keyboard.type(" Again.")
    writing.settled()
    expect(note(writing, "worry")).to_be_empty()
    writing.press("Continue")
    expect(writing.page.get_by_role("group", name="There is a problem")).to_be_visible()
    leave(writing, "worry", " And again.")
    writing.settled()
    expect(note(writing, "worry")).to_be_empty()


def test_a_second_phrase_is_pointed_out_after_the_first_is_answered(writing):
    leave(writing, "worry", "She puts herself at risk and is promiscuous")
    writing.press("Leave it")

    writing.page.keyboard.press("Tab")

    expect(note(writing, "worry")).to_contain_text("‘is promiscuous’ can sound as if")
    writing.press("Change it")
    expect(box(writing, "worry")).to_have_value(
        "She puts herself at risk and may be being sexually exploited"
    )


def test_advice_goes_when_the_person_changes_the_words_themselves(writing):
    leave(writing, "worry", "She puts herself at risk")
    expect(note(writing, "worry")).to_contain_text(SENTENCE)

    writing.write("worry", "She is out late")

    expect(note(writing, "worry")).to_be_empty()


# 3. Nothing is held up


def test_continue_takes_one_press_straight_from_a_box_with_such_words(windows):
    window = windows()
    draft_id = window.served.draft(**complete())
    window.open(f"/?draft={draft_id}")
    window.follow("Your view")
    window.is_at("Your view")
    box(window, "view.talked_to").press_sequentially("She puts herself at risk")
    expect(window.saving).to_contain_text("Saved ")

    button = window.page.get_by_role("button", name="Continue", exact=True)
    button.hover()
    window.page.mouse.down()
    window.page.wait_for_timeout(300)
    window.page.mouse.up()

    window.is_at("Check your answers and record them")
    assert window.served.answers(draft_id)["view.talked_to"] == "She puts herself at risk"


def test_markup_in_a_phrase_stays_text(writing):
    leave(writing, "worry", "<b>promiscuous</b>")

    expect(note(writing, "worry").get_by_role("paragraph")).to_contain_text("‘promiscuous’")
    assert note(writing, "worry").locator("b").count() == 0
    writing.press("Change it")
    expect(box(writing, "worry")).to_have_value("<b>sexually exploited</b>")


def test_a_page_that_another_window_has_taken_over_offers_no_change(windows):
    first, second = windows(), windows()
    draft_id = first.served.draft()
    first.open(f"/?draft={draft_id}")
    first.follow("The child and the worry")
    leave(first, "worry", "She puts herself at risk")
    expect(note(first, "worry")).to_be_visible()

    second.open(f"/?draft={draft_id}")
    second.press("Go on here")

    expect(first.alert).to_contain_text("You are working in another window")
    expect(note(first, "worry")).to_be_hidden()


# 4. The child's own words


def test_what_the_child_said_is_left_alone(window):
    window.open(f"/?draft={window.served.draft()}")
    window.follow("What protects the child, and what the child says")
    for field in ("child_said", "child_wants", "protective"):
        box(window, field).fill("He puts himself at risk")
    window.settled()

    expect(note(window, "protective")).to_contain_text("‘puts himself at risk’")
    expect(note(window, "child_said")).to_be_empty()
    expect(note(window, "child_wants")).to_be_empty()


def test_evidence_has_advice_unless_it_is_what_the_child_said(window):
    draft_id = window.served.draft(
        answers__self_harm="yes",
        answers__homeless="yes",
        answers__self_harm__kind="child_said",
    )
    window.open(f"/?draft={draft_id}")
    window.follow("Signs of harm")
    window.answer("physical_injuries", "possible")
    for key in ("self_harm", "physical_injuries"):
        box(window, f"answers.{key}.evidence").fill("Was promiscuous")
    window.settled()

    expect(note(window, "answers.physical_injuries.evidence")).to_contain_text("‘promiscuous’")
    expect(note(window, "answers.self_harm.evidence")).to_be_empty()
