"""A multi-agency meeting as it is held, message by message, with a real store.

Decisions and actions are drafts until they are recorded, all or none.
"""

from datetime import date, timedelta

from cse_workbook.case.events import ActionSet, AdviceGiven, MacseHeard
from cse_workbook.errors import problem
from tests.meeting.window import (
    LATER,
    OTHERS,
    TODAY,
    events,
    field,
    fill_day,
    listed,
    order,
    problems,
)
from tests.office_window import MORNING, Window, entries, texts, write


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
