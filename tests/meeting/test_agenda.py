"""The agenda of a multi-agency meeting, message by message, with a real store.

1. The agenda is put in order with buttons, and the new place is announced.
2. Opening a record for a meeting is entered once, and the page says so.
3. A sheet says what there is, without a word of what is left out.
"""

from datetime import date, timedelta

import msgspec

from cse_workbook.case.events import (
    ActionSet,
    AdviceGiven,
    CaseOpened,
    MacseHeard,
    MacseListed,
    RecordRead,
    Screened,
)
from cse_workbook.meeting import Item
from cse_workbook.screening import View
from cse_workbook.store import Who
from cse_workbook.views.office.meeting_day import MeetingDay
from tests.made_up_events import screened, view
from tests.meeting.window import (
    AT,
    LATER,
    OTHERS,
    TODAY,
    choose_day,
    events,
    listed,
    order,
    screening,
)
from tests.office_window import MORNING, Page, Window, texts, write

LEAD = Who("l.example", "lead officer", "Example School")


# 1. The agenda


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


# 2. Reading


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


# 3. The sheet


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


def test_markup_in_what_somebody_wrote_stays_text(window: Window) -> None:
    choose_day(window)
    window.save("meeting.children", ["C-0001"])
    window.save("meeting.why.C-0001", "<b>now</b>")
    window.press("list")

    assert "<b>now</b>" in texts(window.press("go:agenda"))
