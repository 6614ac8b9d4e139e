"""The ways through the form that several tests go, by mouse."""

import json
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import expect

from cse_workbook.instrument import Indicator
from tests.browser.served import OCC, complete
from tests.browser.window import Window

EXAMPLES: Final = Path(__file__).parents[1] / "examples" / "published_situations.json"
HEADINGS: Final = {
    "circumstances": "The child's circumstances",
    "signs": "Signs that a child may already be being harmed",
    "vulnerabilities": "What makes life harder for this child",
    "further": "Further signs, and how it may be happening",
}
RECORD: Final = "Record, and see what the guidance says"
CHECK: Final = "Check your answers and record them"


def situation(number: int) -> dict[str, Any]:
    """Give a published situation."""
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))[number - 1]


def asked_on(page: str) -> list[Indicator]:
    """Give what is asked on a page, also under other questions."""
    groups = next(each.groups for each in OCC.pages if each.key == page)
    return [each for each in OCC.asked() if each.group in groups]


def label_of(key: str) -> str:
    return next(each.label for each in OCC.indicators if each.key == key)


def walk(window: Window, told: dict[str, Any], driver: str) -> None:
    """Go from Start to Check answers, answering as a published situation says."""
    answers = told["screening"]["answers"]
    window.open()
    expect(window.heading).to_have_text("Screen a child")
    window.start(age=str(told["screening"]["age"]), worry=told["facts"])
    for page, heading in HEADINGS.items():
        window.go_on(heading)
        for indicator in asked_on(page):
            if indicator.key in answers:
                window.answer(indicator.key, answers[indicator.key])
    window.go_on("What protects the child, and what the child says")
    window.write("child_said", "I am fine, leave me")
    window.go_on("Your view")
    window.give_view("refer_now", driver)
    window.go_on(CHECK)


def record(window: Window, heading: str, **fields: Any) -> str:
    """Record a complete draft with these answers, and give its id."""
    draft_id = window.served.draft(**{**complete(), **fields})
    window.open_draft(draft_id)
    window.follow(CHECK)
    window.press(RECORD)
    window.is_at(heading)
    return draft_id


def refer_now(window: Window) -> str:
    """Record a screening that reaches refer now."""
    answers = {f"answers__{key}": "yes" for key in ("self_harm", "homeless", "young_carer")}
    return record(window, "Refer now", **answers)
