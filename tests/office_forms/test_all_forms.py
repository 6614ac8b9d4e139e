"""Every form, end to end through the page on a real store."""

from datetime import timedelta

import msgspec
import pytest

from cse_workbook.case import events
from cse_workbook.views.office.forms import FORMS
from cse_workbook.views.office.meeting_forms import MEETING_FORMS
from tests.office_forms.typing_in import (
    MARKUP,
    NURSE,
    TODAY,
    added,
    also,
    box,
    boxes,
    last,
    panel,
    problems,
    type_in,
)
from tests.office_window import MORNING, entries, part, texts, write


def test_a_form_opens_in_the_page_with_the_focus_on_its_heading(window):
    page = window.press("write:advice")

    heading, *_, buttons = panel(page)["blocks"]
    assert (page["id"], page["focus"]) == ("case", "writing")
    assert (heading["text"], heading["id"]) == ("Give advice", "writing")
    assert [(b["text"], b["to"]) for b in buttons["items"]] == [
        ("Add", "add"),
        ("Cancel", "cancel"),
    ]


def test_what_is_added_is_said_and_its_draft_is_gone(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")

    page = window.press("add")

    assert texts(page["blocks"][0]) == "Added to the record as entry 5."
    assert page["focus"] == page["blocks"][0]["id"]
    assert page["draft"] is None
    assert window.store.drafts.of("l.example") == []
    assert entries(window.store)[-1].by == "lead officer, Example School"


def test_cancelling_throws_the_form_away(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")

    page = window.press("cancel")

    assert all(block["kind"] != "panel" for block in page["blocks"])
    assert window.store.drafts.of("l.example") == []
    assert len(entries(window.store)) == 4


def test_a_form_that_was_left_is_there_again_when_it_is_opened(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    window.press("go:caseload")
    window.open_case()

    window.press("write:advice")

    assert box(window, "advice.advice")["value"] == "Refer today"


def test_a_form_that_nothing_was_typed_in_is_no_older_than_its_reader(window):
    window.press("write:advice")
    window.press("go:caseload")
    also(window, events.ReferralSent("nurse"))
    window.open_case()

    assert isinstance(added(window, "advice", advice="Refer today"), events.AdviceGiven)


def test_a_press_that_names_no_form_or_no_entry_changes_nothing(window):
    for to in ("write:nothing", "write:", "add", "anyway", "cancel", "search"):
        assert window.press(to)["id"] == "case"
    window.press("write:done:²")
    window.press(f"write:done:{'9' * 5000}")

    assert window.office.writing.sheet(window.office.case).follows == 0
    assert len(entries(window.store)) == 4


def test_a_value_that_is_not_the_form_s_is_refused(window):
    window.press("write:sharing")

    for field, value in (
        ("sharing.is_shared", "perhaps"),
        ("sharing.what", ["a", "list"]),
        ("sharing.what", 7),
        ("sharing.what", "x" * 50_001),
        ("sharing.nothing", "x"),
        ("based_on", "999"),
        ("entry", "2"),
    ):
        assert window.save(field, value)["why"] == "refused", field
    assert window.save("advice.advice", "x")["why"] == "gone"  # an answer of another form's draft
    window.press("write:advice")
    assert window.save("advice.signposts", "Police")["why"] == "refused"
    assert window.save("advice.advice", "half \ud800 a character")["why"] == "refused"


def test_all_that_is_to_be_put_right_is_said_together_in_the_order_of_the_page(window):
    window.press("write:action")
    type_in(window, due_on=TODAY - timedelta(days=1))

    assert problems(window) == [
        ("action.what", "Write what is to be done"),
        ("action.who", "Enter who will do it"),
        ("action.due_on", "The due date must be today or later"),
    ]
    assert box(window, "action.due_on")["value"]["year"] == "2026"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "day", "Enter the due date"),
        ({"due_on__day": "1", "due_on__month": "dec"}, "year", "The due date must include a year"),
        (
            {"due_on__day": "1", "due_on__month": "12", "due_on__year": "26"},
            "year",
            "Year must have 4 numbers",
        ),
        (
            {"due_on__day": "31", "due_on__month": "11", "due_on__year": "2026"},
            "day",
            "The due date must be a real date",
        ),
    ],
)
def test_a_day_is_real_and_whole_where_it_is_asked_for(window, typed, field, words):
    window.press("write:action")
    type_in(window, what="Call the school", who="teacher", **typed)

    assert problems(window) == [(f"action.due_on.{field}", words)]


def test_words_longer_than_what_is_kept_are_said_and_kept_in_the_draft(window):
    window.press("write:advice")
    type_in(window, asked="?" * 10_001, advice="Refer today", to="x" * 501)

    assert problems(window) == [
        (
            "advice.asked",
            "What was asked must be 10,000 characters or fewer. You have written 10,001",
        ),
        (
            "advice.to",
            "Whom it was given to must be 500 characters or fewer. You have written 501",
        ),
    ]
    assert len(box(window, "advice.asked")["value"]) == 10_001


def test_where_somebody_else_has_written_nothing_typed_is_lost_and_both_entries_are_shown(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    sent = (events.ReferralSent("made-up nurse"), events.ReferralSent("made-up police"))
    write(window.store, *sent, at=MORNING, who=NURSE)

    page = window.press("add")

    assert page["alert"]["heading"] == "Somebody else has added to this record"
    assert texts(page["alert"]["text"]) == (
        "2 entries were added while you were writing. Read them below, then add yours. What you"
        " typed is still here."
    )
    assert [e.seq for e in entries(window.store)] == [1, 2, 3, 4, 5, 6]
    assert "made-up nurse" in texts(page["blocks"])
    assert box(window, "advice.advice")["value"] == "Refer today"
    window.press("add")
    assert last(window) == events.AdviceGiven("", "Refer today", "")


def test_one_entry_is_said_as_one_and_somebody_who_only_reads_is_none(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    read = events.RecordRead("for an audit")
    write(window.store, events.ReferralSent("nurse"), read, at=MORNING, who=NURSE)

    page = window.press("add")

    assert texts(page["alert"]["text"]).startswith("1 entry was added while you were writing.")


def test_somebody_else_who_only_reads_is_no_conflict(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    write(window.store, events.RecordRead("for an audit"), at=MORNING, who=NURSE)

    window.press("add")

    assert isinstance(last(window), events.AdviceGiven)


def test_a_draft_left_at_another_version_shows_what_was_added_since_then(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    window.press("go:caseload")
    also(window, events.ReferralSent("nurse"))
    window.open_case()
    window.press("write:advice")

    page = window.press("add")

    assert texts(page["alert"]["text"]).startswith("1 entry was added")


def test_a_closed_case_says_so_before_and_after_typing_and_keeps_what_was_typed(window):
    also(window, events.CaseClosed("Grown up"))
    words = "This case is closed. Open it again first, or add a note to the closing entry"

    page = window.press("write:advice")
    type_in(window, advice="Refer today")

    assert f"{words}." in texts(panel(page))
    assert problems(window) == [("advice.asked", words)]
    assert box(window, "advice.advice")["value"] == "Refer today"


def test_a_case_that_may_not_be_seen_any_more_is_told_of_at_the_form(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    elsewhere = msgspec.structs.replace(window.casework.who, agency="Example County")
    window.casework.who = elsewhere

    recorded = window.office.writing.add(window.office.case)

    assert recorded is None
    [told] = window.office.writing.troubles
    assert (told.field, told.code) == ("advice.asked", "CASE_18")


def test_where_no_form_lies_open_nothing_is_written_and_nothing_shown(window):
    writing = window.office.writing

    assert writing.add(window.office.case) is None
    assert writing.blocks(window.office.case) == []


def test_what_is_typed_stands_in_no_log(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")

    assert repr(window.office.writing.sheet(window.office.case)) == "Sheet(Case(C-0001, version 4))"


def test_markup_in_what_is_typed_stays_text(window):
    made = added(window, "advice", asked=MARKUP, advice=MARKUP, to=MARKUP)

    window.press("write:advice")
    window.save("advice.search", MARKUP)
    page = window.press("search")

    assert made == events.AdviceGiven(MARKUP, MARKUP, MARKUP)
    assert MARKUP in texts(part(page, "advice"))
    assert box(window, "advice.search")["value"] == MARKUP


@pytest.mark.parametrize("key", [key for key in FORMS if key not in ("opening", *MEETING_FORMS)])
def test_a_form_has_words_of_its_own_and_its_fields_are_named_after_it(window, key):
    page = window.press(f"write:{key}")

    form = FORMS[key]
    assert form.heading in texts(panel(page))
    assert all(field.startswith(f"{key}.") for field in (*form.fields, *form.dates))
    for each in boxes(panel(page)["blocks"]):
        one = f"{each['field']}.day" if each["kind"] == "date" else each["field"]
        assert form.takes(one, [] if one in form.many else "")
