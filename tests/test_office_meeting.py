"""A multi-agency meeting prepared and held, message by message, with a real store.

1. The day is asked for first; days for which children are listed are offered.
2. Children are chosen from those who wait; each needs a reason and is recorded.
3. The agenda is put in order with buttons, and the new place is announced.
4. Opening a record for a meeting is entered once, and the page says so.
5. A sheet says what there is, without a word of what is left out.
6. In the meeting, decisions and actions are drafts until they are recorded, all or none.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook.case.events import (
    ActionSet,
    AdviceGiven,
    CaseClosed,
    CaseOpened,
    MacseHeard,
    MacseListed,
    RecordRead,
    Screened,
)
from cse_workbook.errors import problem
from cse_workbook.meeting import Item
from cse_workbook.screening import View
from cse_workbook.store import Child, Who
from cse_workbook.views.office.meeting_choosing import choosing_blocks
from cse_workbook.views.office.meeting_day import MeetingDay
from cse_workbook.waiting import Reason, Row, Waiting
from tests.made_up_events import screened, view
from tests.office_window import MORNING, Page, Window, entries, new_store, texts, write

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 3)
LEAD = Who("l.example", "lead officer", "Example School")
OTHERS = Who("o.example", "social worker", "Example Borough")


def screening(words: str = "I am fine", **answers: Any) -> Screened:
    made = screened(**answers)
    said = msgspec.structs.replace(made.screening, child_said=words, worry="A worry of Kim")
    return Screened.of(said, made.outcome)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    """Three children of the school who wait for a review, one of elsewhere, one closed."""
    opened = new_store(tmp_path / "home")
    for number, ref in enumerate(("C-0001", "C-0002", "C-0003")):
        at = AT + timedelta(days=number)
        made = screening(self_harm={"answer": "possible", "evidence": "Marks that Kim saw"})
        write(opened, CaseOpened("Made up"), made, view("consult", "self_harm"), ref=ref, at=at)
        opened.children.save(Child(ref, name="Kim Made-Up", school="Example School"))
    write(opened, CaseOpened("Made up"), screened(self_harm="yes"), ref="C-0009", at=AT, who=OTHERS)
    write(opened, CaseOpened("Made up"), CaseClosed("Moved"), ref="C-0008", at=AT)
    made_window = Window(opened, home="macse")
    made_window.open(page="macse")
    yield made_window
    opened.close()


def day_of(on: date) -> dict[str, str]:
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def fill_day(window: Window, field: str, on: date) -> None:
    for part, value in day_of(on).items():
        window.save(f"{field}.{part}", value)


def choose_day(window: Window, on: date = TODAY) -> Page:
    fill_day(window, "choose.macse.on", on)
    return window.press("meeting")


def listed(window: Window, *refs: str, on: date = TODAY) -> Page:
    """Choose the day and list these children."""
    choose_day(window, on)
    window.save("meeting.children", list(refs))
    for ref in refs:
        window.save(f"meeting.why.{ref}", f"Why {ref}")
    return window.press("list")


def events(window: Window, ref: str, *kinds: type) -> list[Any]:
    return [e.event for e in entries(window.store, ref) if isinstance(e.event, kinds)]


def blocks_of(node: Any) -> Iterator[dict[str, Any]]:
    """Give all blocks of a page, also those inside others."""
    for each in node:
        yield each
        yield from blocks_of(each.get("blocks", ()))


def field(page: Page, name: str) -> dict[str, Any]:
    return next(each for each in blocks_of(page["blocks"]) if each.get("field") == name)


def problems(page: Page) -> dict[str, str]:
    return {each["field"]: each["text"] for each in page["problems"]}


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


# 3. The agenda


def order(page: Page) -> list[str]:
    return [text for _, text in ((f["focus"], f["text"]) for f in page["shell"]["on_this_page"])]


def test_the_order_is_changed_with_buttons_and_the_new_place_is_announced(window: Window) -> None:
    listed(window, "C-0001", "C-0002", "C-0003")
    before = window.press("go:agenda")

    page = window.press("up:C-0003")
    announced = next(each for each in page["blocks"] if each.get("id") == "moved")

    assert order(before) == ["C-0001", "C-0002", "C-0003"]
    assert order(page) == ["C-0001", "C-0003", "C-0002"]
    assert announced == {"kind": "status", "text": ["C-0003 is now 2 of 3."], "id": "moved"}
    assert page["focus"] is None
    assert order(window.press("down:C-0001")) == ["C-0003", "C-0001", "C-0002"]


def test_the_order_is_kept_for_the_person_and_the_meeting(window: Window) -> None:
    listed(window, "C-0001", "C-0002")
    window.press("up:C-0002")
    again = Window(window.store, home="macse", tab="tab-2")
    again.open(page="macse")

    again.press("meeting:2026-11-23")

    assert order(again.press("go:agenda")) == ["C-0002", "C-0001"]


def test_a_child_that_is_not_on_the_agenda_is_not_moved(window: Window) -> None:
    listed(window, "C-0001")

    assert window.press("up:C-0002")["id"] == "macse"


def test_a_child_that_somebody_else_lists_is_seen_once_children_are_chosen_again(
    window: Window,
) -> None:
    listed(window, "C-0001")
    window.press("go:agenda")
    write(window.store, MacseListed(TODAY, "Theirs"), ref="C-0009", at=MORNING, who=OTHERS)

    window.press("go:macse")

    assert order(window.press("go:agenda")) == ["C-0001", "C-0009"]


# 4. Reading


def reads(window: Window, ref: str) -> list[RecordRead]:
    return events(window, ref, RecordRead)


def test_opening_the_agenda_is_entered_once_in_each_record_and_the_page_says_so(
    window: Window,
) -> None:
    listed(window, "C-0001", "C-0002")
    assert reads(window, "C-0001") == []

    page = window.press("go:agenda")
    window.press("up:C-0002")
    window.press("go:hearing")
    again = Window(window.store, home="macse", tab="tab-2")
    again.open(page="macse")
    again.press("meeting:2026-11-23")
    again.press("go:agenda")

    assert "That is entered in each of them, once for this meeting." in texts(page)
    assert reads(window, "C-0001") == [RecordRead("to prepare a meeting")]
    assert reads(window, "C-0002") == [RecordRead("to prepare a meeting")]
    assert reads(window, "C-0003") == []


def test_what_a_window_holds_of_a_child_is_not_told_by_its_name(window: Window) -> None:
    child = MeetingDay(window.casework, TODAY).child(Item("C-0001", "Kim", 7))

    assert repr(child) == "Child(entry 7)"


# 5. The sheet


def sheet(page: Page, ref: str) -> str:
    return texts(next(b for b in page["blocks"] if b["kind"] == "section" and b["label"] == ref))


def test_a_sheet_says_the_view_what_changed_the_childs_words_and_what_is_asked(
    window: Window,
) -> None:
    at = MORNING - timedelta(days=20)
    write(window.store, MacseHeard(date(2026, 11, 3), "Look again", "police"), at=at)
    write(
        window.store,
        screening("Leave me alone", self_harm="yes"),
        view("refer_now", "self_harm"),
        ActionSet("Offer a talk", "school nurse", date(2026, 11, 20)),
        ActionSet("Visit", "social worker", LATER),
        at=at + timedelta(days=1),
    )
    listed(window, "C-0001")

    words = sheet(window.press("go:agenda"), "C-0001")

    for part in (
        "1. C-0001",
        "To be heard because: Why C-0001",
        "Refer now, 4 November",
        "Driven by",
        "self-harm",
        "What changed since the last meeting, 3 November",
        "Decided then: Look again",
        "Screenings: 4 November",
        "Views: Refer now on 4 November",
        "Self-harm: Yes, was Possible",
        "Leave me alone",
        "At the screening of 4 November.",
        "Friday 20 November, late",
        "What each agency is asked",
        "school nurse",
        "Thursday 3 December",
        "What was left out, and why",
    ):
        assert part in words
    assert "5 September" not in words


def test_a_sheet_says_which_drivers_are_gone(window: Window) -> None:
    at = MORNING - timedelta(days=2)
    first, second = screened(self_harm="yes", physical_injuries="yes"), screened(self_harm="no")
    seen = View("refer_now", ("self_harm",), other_driver="A feeling")
    judged = msgspec.structs.replace(first.screening, view=seen)
    again = msgspec.structs.replace(second.screening, view=View("consult", ("physical_injuries",)))
    both = (Screened.of(judged, first.outcome), Screened.of(again, second.outcome))
    own = view("refer_now", other_driver="A feeling")
    write(window.store, CaseOpened("Made up"), *both, own, ref="C-0004", at=at)
    listed(window, "C-0004")

    words = sheet(window.press("go:agenda"), "C-0004")

    assert "No longer drives the view: self-harm" in words
    assert "No longer drives the view: what else drove it" in words
    assert "something else, in words" in words
    assert "Physical injuries: No answer, was Yes" in words


def test_a_sheet_shows_nothing_of_what_it_leaves_out(window: Window) -> None:
    write(
        window.store, AdviceGiven("Is Kim in danger?", "Refer Kim", "teacher"), at=MORNING, who=LEAD
    )
    listed(window, "C-0001")

    page = window.press("go:agenda")

    words = texts(page["blocks"])
    assert not any(word in words for word in ("Kim", "Example School", "Marks"))
    assert "Who the child is: name, date of birth, address, school, family names." in texts(page)
    assert "Advice given to colleagues. It was meant for the person who asked." in texts(page)
    assert "This child has not been heard before." in texts(page)


def test_a_sheet_of_a_record_without_a_screening_says_so(window: Window) -> None:
    write(window.store, CaseOpened("Made up"), MacseListed(TODAY, "Asked for"), ref="C-0004", at=AT)
    choose_day(window)

    words = sheet(window.press("go:agenda"), "C-0004")

    for part in (
        "No view yet",
        "No screening yet",
        "Nothing was recorded since.",
        "Who can ask?",
        "No action is due by the meeting.",
        "No action is open.",
    ):
        assert part in words


def test_the_agenda_is_printed_with_a_sheet_a_child_and_says_what_for(window: Window) -> None:
    listed(window, "C-0001", "C-0002")

    page = window.press("go:agenda")

    assert [b["label"] for b in page["blocks"] if b.get("sheet")] == ["C-0001", "C-0002"]
    assert any(
        item.get("print")
        for b in page["blocks"]
        for item in b.get("items", ())
        if isinstance(item, dict)
    )
    assert page["printing"]["foot"][0].startswith(
        "MACSE meeting of 23 November 2026. Purpose: to prepare a meeting."
    )


# 6. In the meeting


def test_what_is_decided_is_recorded_with_its_actions_and_the_next_child_stands_there(
    window: Window,
) -> None:
    listed(window, "C-0001", "C-0002")
    page = window.press("go:hearing")
    window.fill_in(
        heard__present="police, school",
        heard__decided="A strategy discussion",
        **{"heard.what.1": "Visit", "heard.who.1": "social worker"},
    )
    fill_day(window, "heard.due.1", LATER)
    recorded = window.press("heard:heard")

    last = entries(window.store, "C-0001")[-2:]
    assert next(b["text"] for b in page["blocks"] if b.get("id") == "child") == "C-0001"
    assert [e.event for e in last] == [
        MacseHeard(TODAY, "A strategy discussion", "police, school"),
        ActionSet("Visit", "social worker", LATER),
    ]
    assert "Heard. Added to the record as entry" in texts(recorded)
    assert next(b["text"] for b in recorded["blocks"] if b.get("id") == "child") == "C-0002"
    assert "C-0001: heard" in texts(recorded)


def test_what_is_typed_in_the_meeting_is_there_after_a_restart(window: Window) -> None:
    listed(window, "C-0001", "C-0002")
    window.press("go:hearing")
    window.press("hear:C-0002")
    window.save("heard.decided", "A strategy discussion")
    again = Window(window.store, home="caseload", tab="tab-1")

    page = again.open(window.office.desk.draft_id, "hearing")

    assert page["id"] == "hearing"
    assert next(b["text"] for b in page["blocks"] if b.get("id") == "child") == "C-0002"
    assert field(page, "heard.decided")["value"] == "A strategy discussion"


def test_a_child_is_put_off_to_another_day_and_why(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    fill_day(window, "heard.put_off_to", LATER)
    window.save("heard.because", "The school could not come")

    page = window.press("heard:put_off")

    assert events(window, "C-0001", MacseHeard) == [
        MacseHeard(TODAY, put_off_to=LATER, because="The school could not come")
    ]
    assert "Put off. Added to the record" in texts(page)
    assert "Every child on the agenda has been heard or put off." in texts(page)
    window.press("another_day")
    window.press("meeting:2026-12-03")
    assert order(window.press("go:agenda")) == ["C-0001"]


def test_something_has_to_be_decided_or_put_off(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    words = "Write what was decided, or put it off and say why"

    assert problems(window.press("heard:heard")) == {"heard.decided": words}
    assert problems(window.press("heard:put_off"))["heard.put_off_to.day"] == (
        "Enter the day it is put off to"
    )
    fill_day(window, "heard.put_off_to", LATER)
    assert problems(window.press("heard:put_off")) == {"heard.because": words}
    assert events(window, "C-0001", MacseHeard) == []


def test_a_child_is_put_off_to_a_day_after_the_meeting(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    fill_day(window, "heard.put_off_to", TODAY)
    window.save("heard.because", "Nobody came")

    assert problems(window.press("heard:put_off")) == {
        "heard.put_off_to.day": "The day it is put off to must be after the meeting"
    }
    assert str(problem("MEETING_04", "put_off_to")) == (
        "MEETING_04 · put_off_to: the day it is put off to is not after the meeting. The day it is"
        " put off to must be after the meeting."
    )


def test_an_action_needs_what_and_who_and_a_day(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    window.save("heard.decided", "A visit")
    window.save("heard.what.1", "Visit")

    assert problems(window.press("heard:heard")) == {
        "heard.who.1": "Enter who will do it",
        "heard.due.1.day": "Enter the due date",
    }
    window.save("heard.what.1", "")
    window.save("heard.who.1", "nurse")
    fill_day(window, "heard.due.1", LATER)
    assert problems(window.press("heard:heard")) == {"heard.what.1": "Write what is to be done"}
    assert events(window, "C-0001", MacseHeard, ActionSet) == []


def test_an_action_is_due_on_or_after_the_meeting(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    window.fill_in(heard__decided="A visit", **{"heard.what.1": "Visit", "heard.who.1": "nurse"})
    fill_day(window, "heard.due.1", date(2026, 11, 22))
    early = problems(window.press("heard:heard"))
    fill_day(window, "heard.due.1", TODAY)
    window.now += timedelta(days=2)
    late = problems(window.press("heard:heard"))

    assert early == {"heard.due.1.day": "The due date must be on or after the meeting"}
    assert late == {"heard.due.1.day": "The due date must be today or later"}
    assert str(problem("MEETING_01", "due_on")) == (
        "MEETING_01 · due_on: the due date is before the meeting. The due date must be on or after"
        " the meeting."
    )


def test_what_was_decided_happened_on_the_day_of_the_meeting(window: Window) -> None:
    listed(window, "C-0001")
    window.now += timedelta(days=2)
    window.press("go:hearing")
    window.save("heard.decided", "A visit")
    window.press("heard:heard")

    assert entries(window.store, "C-0001")[-1].happened_on == TODAY


def test_a_meeting_decides_nothing_before_its_day(window: Window) -> None:
    listed(window, "C-0001", on=LATER)
    window.press("go:hearing")
    window.save("heard.decided", "A visit")

    assert problems(window.press("heard:heard")) == {
        "heard.decided": "The meeting is on 3 December 2026. Record then what it decides, or put it"
        " off and say why"
    }
    assert str(problem("MEETING_05", "decided", day="3 December 2026")) == (
        "MEETING_05 · decided: the meeting has not been held yet. The meeting is on 3 December"
        " 2026. Record then what it decides, or put it off and say why."
    )


def test_there_is_room_for_more_actions_and_all_are_recorded_or_none(window: Window) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    for _ in range(12):
        page = window.press("more_actions")
    assert field(page, "heard.what.10")["value"] == ""
    assert "Add another action" not in texts(page)
    window.save("heard.decided", "A visit")
    for number in (1, 2, 7):
        window.fill_in(**{f"heard.what.{number}": f"Do {number}", f"heard.who.{number}": "nurse"})
        fill_day(window, f"heard.due.{number}", LATER)

    window.press("heard:heard")

    assert [e.what for e in events(window, "C-0001", ActionSet)] == ["Do 1", "Do 2", "Do 7"]


def test_what_somebody_else_wrote_meanwhile_is_shown_first_and_nothing_typed_is_lost(
    window: Window,
) -> None:
    listed(window, "C-0001")
    window.press("go:hearing")
    window.save("heard.decided", "A visit")
    write(window.store, AdviceGiven("?", "Ask the nurse", "teacher"), at=MORNING, who=OTHERS)

    page = window.press("heard:heard")

    assert page["alert"]["heading"] == "Somebody else has added to this record"
    assert "Added while you were writing" in texts(page)
    assert "Ask the nurse" in texts(page)
    assert field(page, "heard.decided")["value"] == "A visit"
    window.press("heard:heard")
    assert events(window, "C-0001", MacseHeard) == [MacseHeard(TODAY, "A visit")]


def test_a_child_that_was_heard_is_shown_again_with_what_was_decided(window: Window) -> None:
    listed(window, "C-0001", "C-0002", "C-0003")
    window.press("go:hearing")
    window.fill_in(heard__decided="A visit", heard__present="police")
    window.press("heard:heard")
    fill_day(window, "heard.put_off_to", LATER)
    window.save("heard.because", "Nobody came")
    window.press("heard:put_off")

    first = window.press("hear:C-0001")
    second = window.press("hear:C-0002")

    assert "Decided: A visit" in texts(first)
    assert "There: police" in texts(first)
    assert first["draft"] is None
    assert "Put off to Thursday 3 December. Nobody came" in texts(second)
    assert window.press("hear:C-0099") is second


def test_markup_in_what_somebody_wrote_stays_text(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0001"])
    window.save("meeting.why.C-0001", "<b>now</b>")
    window.press("list")

    assert "<b>now</b>" in texts(window.press("go:agenda"))
