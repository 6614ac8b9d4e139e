"""The whole way, from Start to the outcome and its printed summary, with a mouse."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cse_workbook.case import JudgementRecorded, Screened
from cse_workbook.instrument import Indicator
from tests.browser.served import OCC
from tests.browser.window import Window

EXAMPLES = Path(__file__).parents[1] / "examples" / "published_situations.json"
HEADINGS = {
    "circumstances": "The child's circumstances",
    "signs": "Signs that a child may already be being harmed",
    "vulnerabilities": "What makes life harder for this child",
    "further": "Further signs, and how it may be happening",
}


@pytest.fixture
def situation() -> dict[str, Any]:
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))[0]


def asked_on(page: str) -> list[Indicator]:
    groups = next(each.groups for each in OCC.pages if each.key == page)
    return [each for each in OCC.asked() if each.group in groups]


def walk(window: Window, situation: dict[str, Any]) -> None:
    """Go from Start to Check answers, answering as a published situation says."""
    screening = situation["screening"]
    window.open()
    expect(window.heading).to_have_text("Screen a child")
    window.start(age=str(screening["age"]), worry=situation["facts"])
    for page, heading in HEADINGS.items():
        window.go_on(heading)
        for indicator in asked_on(page):
            if indicator.key in screening["answers"]:
                window.answer(indicator.key, screening["answers"][indicator.key])
    window.go_on("What protects the child, and what the child says")
    window.write("child_said", "I am fine, leave me")
    window.go_on("Your view")
    window.give_view("refer_now", "missing_from_home_or_care")
    window.go_on("Check your answers and record them")


def test_a_published_situation_goes_from_start_to_the_outcome_and_into_the_record(
    window, situation
):
    before = len(window.served.entries())
    walk(window, situation)
    for key, answer in situation["screening"]["answers"].items():
        label = next(each.label for each in OCC.indicators if each.key == key)
        row = window.main.locator("dl > div", has=window.page.get_by_text(label, exact=True)).first
        expect(row).to_contain_text(answer.capitalize())

    window.press("Record, and see what the guidance says")
    window.is_at("Refer now")

    expect(window.main).to_contain_text("The guidance says")
    expect(window.main).to_contain_text("You and the guidance agree.")
    expect(window.saving).to_contain_text("Recorded ")
    _opened, screened, judged = window.served.entries()[before:]
    assert isinstance(screened.event, Screened)
    assert isinstance(judged.event, JudgementRecorded)
    answers = screened.event.screening["answers"]
    assert {key: given["answer"] for key, given in answers.items()} == situation["screening"][
        "answers"
    ]
    assert screened.event.outcome["route"] == situation["expected"]["route"]
    assert screened.event.screening["child_said"] == "The child said: I am fine, leave me"
    assert judged.event.drivers == ("missing_from_home_or_care",)
    assert window.draft_id


def test_the_outcome_is_still_there_when_its_page_is_loaded_again(window):
    window.open_draft(recorded(window))

    window.page.reload()

    expect(window.heading).to_have_text("Refer now")
    expect(window.main).to_contain_text("Why the guidance says this")


def recorded(window: Window) -> str:
    """Record a complete draft and give its id."""
    from tests.browser.served import complete

    draft_id = window.served.draft(**complete(self_harm="yes", homeless="yes", recruited="yes"))
    window.open_draft(draft_id)
    window.follow("Check your answers and record them")
    window.press("Record, and see what the guidance says")
    window.is_at("Refer now")
    return draft_id
