"""A multi-agency meeting as it is prepared, message by message, with a real store.

1. The day is asked for first; days for which children are listed are offered.
2. Children are chosen from those who wait; each needs a reason and is recorded.
"""

from pathlib import Path

import pytest

from cse_workbook.case.events import CaseOpened, MacseListed
from cse_workbook.errors import problem
from cse_workbook.views.office.meeting_choosing import choosing_blocks
from cse_workbook.waiting import Reason, Row, Waiting
from tests.meeting.window import (
    LATER,
    TODAY,
    choose_day,
    events,
    field,
    listed,
    problems,
)
from tests.office_window import MORNING, Window, new_store, texts, write

# 1. The day


def test_the_day_is_asked_for_before_anything_else(window: Window) -> None:
    for page in ("macse", "agenda", "hearing"):
        shown = window.press(f"go:{page}")
        assert shown["heading"] == "MACSE meeting"
        assert field(shown, "choose.macse.on")["label"] == "On which day is the meeting?"
        assert shown["draft"] is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, {"choose.macse.on.day": "Enter the day of the meeting"}),
        (
            {"day": "31", "month": "2", "year": "2026"},
            {"choose.macse.on.day": "The day must be a real date"},
        ),
        ({"day": "3"}, {"choose.macse.on.month": "The day must include a month and year"}),
    ],
)
def test_a_day_that_is_none_is_asked_for_again(
    typed: dict[str, str], said: dict[str, str], window: Window
) -> None:
    for part, value in typed.items():
        window.save(f"choose.macse.on.{part}", value)

    assert problems(window.press("meeting")) == said


def test_a_meeting_that_children_are_listed_for_is_offered(window: Window) -> None:
    listed(window, "C-0001", "C-0003", on=LATER)
    page = window.press("another_day")
    [links] = [each for each in page["blocks"] if each["kind"] == "links"]

    again = window.press(links["items"][0]["to"])

    assert links["items"] == [
        {"text": "Thursday 3 December: 2 children", "to": "meeting:2026-12-03"}
    ]
    assert again["caption"] == "MACSE meeting of 3 December 2026"


@pytest.mark.parametrize(
    "to", ["list", "another", "up:C-0001", "hear:C-0001", "heard:heard", "more_actions"]
)
def test_nothing_is_done_before_there_is_a_day(to: str, window: Window) -> None:
    assert window.press(to)["heading"] == "MACSE meeting"


# 2. Choose children


def test_children_who_wait_are_offered_with_the_reason(window: Window) -> None:
    page = choose_day(window)
    asked = field(page, "meeting.children")

    assert page["heading"] == "Choose children"
    assert [option["value"] for option in asked["options"]] == ["C-0001", "C-0002", "C-0003"]
    assert asked["options"][0]["hint"].startswith("Review overdue")
    assert asked["options"][0]["hint"].endswith("Standing view: Report the concern")
    assert (asked["value"], asked["counted"]) == ([], "chosen")
    assert field(page, "meeting.why.C-0002")["when"] == {
        "field": "meeting.children",
        "in": ["C-0002"],
    }


def test_each_chosen_child_needs_a_reason(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0001", "C-0002"])
    window.save("meeting.why.C-0001", "Missing twice")

    page = window.press("list")

    assert problems(page) == {"meeting.why.C-0002": "Write why C-0002 is to be heard"}
    assert events(window, "C-0001", MacseListed) == []
    assert field(page, "meeting.why.C-0001")["value"] == "Missing twice"


def test_somebody_has_to_be_chosen(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0009", "C-9999"])

    assert problems(window.press("list")) == {"meeting.children": "Select at least one child"}
    assert str(problem("MEETING_02", "meeting.children")) == (
        "MEETING_02 · meeting.children: nobody is chosen. Select at least one child."
    )


def test_listing_is_recorded_for_each_child(window: Window) -> None:
    page = listed(window, "C-0001", "C-0003")

    assert events(window, "C-0001", MacseListed) == [MacseListed(TODAY, "Why C-0001")]
    assert events(window, "C-0002", MacseListed) == []
    assert "2 children are listed for 23 November 2026." in texts(page)
    assert page["focus"] == "added"
    assert [o["value"] for o in field(page, "meeting.children")["options"]] == ["C-0002"]
    assert "C-0001: Why C-0001" in texts(page)


def test_the_list_is_not_recorded_as_if_it_were_about_one_child(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0001"])
    before = window.store.head()

    page = window.press("add")

    assert page["problems"]
    assert window.store.head() == before


def test_what_is_chosen_and_typed_is_there_after_a_restart(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0002"])
    window.save("meeting.why.C-0002", "Missing twice")
    again = Window(window.store, home="caseload", tab="tab-1")

    page = again.open(window.office.desk.draft_id, "macse")

    assert page["caption"] == "MACSE meeting of 23 November 2026"
    assert field(page, "meeting.children")["value"] == ["C-0002"]
    assert field(page, "meeting.why.C-0002")["value"] == "Missing twice"


def test_a_child_that_waits_for_nothing_can_be_named(window: Window) -> None:
    write(window.store, CaseOpened("Made up"), ref="C-0004", at=MORNING)
    choose_day(window)
    window.save("meeting.another", "c-0004")

    page = window.press("another")

    asked = field(page, "meeting.children")
    assert asked["value"] == ["C-0004"]
    assert asked["options"][-1]["hint"] == "Named by you. Standing view: none yet"
    assert field(page, "meeting.another")["value"] == ""


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("", "Enter a child's reference"),
        ("C-0001", "C-0001 is on the agenda already. Choose another child"),
        ("C-0011", "There is no case C-0011 that you can open."),
        ("C-0009", "If you need to"),
        ("C-0008", "This case is closed"),
    ],
)
def test_a_child_that_cannot_be_named_is_said_why(ref: str, said: str, window: Window) -> None:
    listed(window, "C-0001")
    window.save("meeting.another", ref)

    page = window.press("another")

    assert said in problems(page)["meeting.another"]
    assert str(problem("MEETING_03", "meeting.another", ref="C-0001")) == (
        "MEETING_03 · meeting.another: it is on the agenda already. C-0001 is on the agenda"
        " already. Choose another child."
    )


def test_nobody_waits_and_it_is_said(tmp_path: Path) -> None:
    opened = new_store(tmp_path / "home")
    window = Window(opened, home="macse")
    window.open(page="macse")

    page = choose_day(window)

    assert "No other child waits for anything." in texts(page)
    assert "Nobody is listed yet." in texts(page)
    assert "Nobody is listed yet. Choose the children first." in texts(window.press("go:hearing"))
    opened.close()


def test_of_very_many_children_those_who_wait_longest_are_offered() -> None:
    waits = (Waiting(Reason.REVIEW, "Review overdue", due_on=TODAY),)
    rows = [Row(f"C-{n:04d}", waits, agencies=("Example School",)) for n in range(103)]
    answers = {"added": ["C-0102"], "meeting.children": ["C-0102"]}

    found = list(choosing_blocks(rows, [], answers, {}))

    asked = next(each for each in found if each.get("field") == "meeting.children")
    assert [each["value"] for each in asked["options"]][-2:] == ["C-0099", "C-0102"]
    assert asked["value"] == ["C-0102"]
    assert "Not shown here, and waiting too: 2 children. Name them below." in texts(found)
