"""The forms of a case, from the button to the record, on a real store.

1. What every form does: opened, typed, added or cancelled; errors; what others write meanwhile.
2. Opening a record, advice, a second reading.
3. Actions, reviews, sharing, closing and opening again.
4. Themes and blockages.
5. Missing episodes, return interviews, referrals.
6. Corrections.
7. Agreeing to lower a view.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook.case import AnyEvent, Event, events
from cse_workbook.store import Who
from cse_workbook.views.office.correcting import as_kept
from cse_workbook.views.office.forms import FORMS
from cse_workbook.views.office.meeting_forms import MEETING_FORMS
from tests import made_up_events
from tests.made_up_events import view
from tests.office_window import MORNING, Window, entries, new_store, part, texts, write

OPENED = events.CaseOpened("A made-up reason")
SIGN = made_up_events.screened(self_harm="yes", homeless="possible", young_carer="no")
GIVEN_AT = MORNING - timedelta(days=19)
TODAY = MORNING.date()
NURSE = Who("n.example", "nurse", "Example Clinic")
MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "l.example")


@pytest.fixture
def window(tmp_path: Path) -> Window:
    """Open a lead officer's window on the record of a child whom the teacher screened."""
    made = new_store(tmp_path / "home")
    write(made, OPENED, SIGN, view("refer_now", "self_harm"), at=GIVEN_AT)
    opened = Window(made)
    opened.open()
    opened.open_case()
    return opened


def last(window: Window) -> Event | None:
    return entries(window.store)[-1].event


def also(window: Window, *made: AnyEvent, by: Who = NURSE) -> str:
    """Let somebody write, read the record again, and give the number of the last entry."""
    seqs = write(window.store, *made, at=MORNING, who=by)
    window.press("reread")
    return str(seqs[-1])


def day(field: str, on: date) -> dict[str, str]:
    """Type a day in three boxes."""
    return {
        f"{field}.day": str(on.day),
        f"{field}.month": str(on.month),
        f"{field}.year": str(on.year),
    }


def type_in(window: Window, **given: Any) -> None:
    """Fill in fields of the open form by their names without its key; a day as a date."""
    form = window.office.writing.form
    assert form is not None
    for name, value in given.items():
        field = f"{form.key}.{name.replace('__', '.')}"
        for each, typed in (
            day(field, value) if isinstance(value, date) else {field: value}
        ).items():
            assert window.save(each, typed)["kind"] == "saved", each


def added(window: Window, press: str, **given: Any) -> Event | None:
    """Open a form, fill it in, add it, and give the entry that the record then ends with."""
    window.press(f"write:{press}")
    type_in(window, **given)
    page = window.press("add")
    assert page["problems"] == []
    return last(window)


def problems(window: Window) -> list[tuple[str, str]]:
    return [(each["field"], each["text"]) for each in window.press("add")["problems"]]


def panel(page: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(block for block in page["blocks"] if block["kind"] == "panel")


def boxes(found: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in found:
        if "field" in block:
            yield block
        yield from boxes(block.get("blocks", ()))


def box(window: Window, field: str) -> Mapping[str, Any]:
    """Give a part of the open form that is filled in."""
    return next(b for b in boxes(panel(window.page)["blocks"]) if b["field"] == field)


# 1. Every form


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
        ("advice.advice", "x"),
        ("based_on", "999"),
        ("entry", "2"),
    ):
        assert window.save(field, value)["why"] == "refused", field
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


# 2. Opening, advice, a second reading


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("advice", "to give advice"),
        ("meeting", "to prepare a meeting"),
        ("reading", "for a second reading"),
        ("audit", "for an audit"),
    ],
)
def test_a_record_is_opened_for_one_of_the_purposes(window, chosen, words):
    window.open_case(purpose=chosen)

    assert last(window) == events.RecordRead(words)


def test_another_reason_is_entered_in_its_own_words(window):
    window.press("case:C-0001")
    window.save("opening.purpose", "other")
    first = window.press("open_record")["problems"]
    window.save("opening.other", "because the school rang")
    window.press("open_record")

    assert first == [{"field": "opening.other", "text": "Write why you are opening this record"}]
    assert last(window) == events.RecordRead("because the school rang")


def test_a_record_is_not_opened_without_a_reason(window):
    window.press("case:C-0001")

    page = window.press("open_record")

    assert page["problems"] == [
        {"field": "opening.purpose", "text": "Select why you are opening this record"}
    ]
    assert len(entries(window.store)) == 4


def test_advice_is_kept_with_the_services_that_it_names(window):
    clinician = "Child and adolescent mental health service, duty clinician"

    window.press("write:advice")
    [offered] = box(window, "advice.signposts")["options"]
    made = added(
        window,
        "advice",
        **{"asked": "What now?", "advice": "Refer today", "to": "teacher"},
        signposts=[clinician, "A service that is not in the directory"],
    )

    assert offered["value"] == clinician
    assert offered["hint"].startswith("Self-harm, thoughts of suicide")
    assert made == events.AdviceGiven("What now?", "Refer today", "teacher", (clinician,))


def test_advice_that_says_nothing_is_asked_for(window):
    window.press("write:advice")

    assert problems(window) == [("advice.advice", "Write your advice")]


def test_advice_about_a_child_without_a_screening_offers_no_service(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    window.press("write:advice")

    assert all(each["field"] != "advice.signposts" for each in boxes(panel(window.page)["blocks"]))


def table_of(window: Window) -> list[str]:
    """Give who stands in the directory of the open form."""
    folded = next(b for b in panel(window.page)["blocks"] if b["kind"] == "details")
    return [texts(r[0]) for b in folded["blocks"] if b["kind"] == "table" for r in b["rows"]]


def test_the_whole_directory_is_searched_while_the_form_stays_open(window):
    window.press("write:advice")
    type_in(window, advice="Refer today")
    everything = table_of(window)

    window.save("advice.search", "self-harm")
    one = window.press("search")
    found = table_of(window)
    window.save("advice.search", "referral")
    many = window.press("search")
    window.save("advice.search", "submarine")
    none = window.press("search")

    assert len(everything) == len(window.policy.contact)
    assert found == ["Child and adolescent mental health service, duty clinician"]
    assert "1 service has these words." in texts(one["blocks"])
    assert "services have these words." in texts(many["blocks"])
    assert "No service has these words." in texts(none["blocks"])
    assert table_of(window) == []
    assert box(window, "advice.advice")["value"] == "Refer today"


def test_a_second_reading_is_given_without_seeing_the_first_view(window):
    page = window.press("write:reading")

    words = texts([each for each in page["blocks"] if each["kind"] != "panel"])
    assert window.office.writing.form.blind
    assert "Refer now" not in words
    assert [o["value"] for o in box(window, "reading.drivers")["options"]] == [
        *("homeless", "self_harm"),
    ]
    assert "Self-harm Yes" in texts(panel(page))


def test_after_a_second_reading_both_views_are_shown(window):
    window.press("write:reading")
    type_in(window, route="assess_today", drivers=["self_harm"], because="Seen once")

    page = window.press("add")

    assert last(window) == events.SecondReading(2, "assess_today", ("self_harm",), "Seen once")
    assert texts(page["blocks"][0]) == (
        "You said Assess today. The person who screened said Refer now. Both stand in the record."
        " Added to the record as entry 5."
    )


def test_a_second_reading_asks_for_a_view_and_for_what_drives_it(window):
    window.press("write:reading")

    assert problems(window) == [
        ("reading.route", "Select what you think should happen now"),
        ("reading.drivers", "Select at least one thing that drives your view"),
    ]


def test_a_second_reading_names_up_to_three_drivers_that_were_answered_so(window):
    four = ["self_harm", "homeless", "young_carer", "older_individuals"]
    newer = made_up_events.screened(
        **dict.fromkeys(("self_harm", "homeless", "bereavement_or_loss", "low_self_esteem"), "yes")
    )
    window.press("write:reading")
    type_in(window, route="consult", drivers=four)
    window.press("add")
    first = last(window)
    also(window, newer)
    window.press("write:reading")
    type_in(
        window,
        route="consult",
        drivers=[o["value"] for o in box(window, "reading.drivers")["options"]],
    )

    assert first == events.SecondReading(2, "consult", ("homeless", "self_harm"))
    assert problems(window) == [("reading.drivers", "Select up to 3. You have selected 4")]


def test_a_second_reading_of_answers_without_a_concern_needs_no_driver(window):
    words = made_up_events.screened(self_harm="no").screening
    said = msgspec.structs.replace(words, worry="Gone early", child_said="I am fine")
    quiet = events.Screened.of(said, made_up_events.screened().outcome)
    seq = also(window, quiet)

    window.press("write:reading")
    shown = texts(panel(window.page))
    type_in(window, route="keep_watching")
    page = window.press("add")

    assert "The worry: Gone early" in shown
    assert "The child's words: I am fine" in shown
    assert last(window) == events.SecondReading(int(seq), "keep_watching", ())
    assert "The person who screened" not in texts(page["blocks"][0])


def test_the_evidence_behind_an_answer_is_shown_to_the_second_reader(window):
    behind = made_up_events.screened(
        self_harm={
            **{"answer": "yes", "evidence": "Cuts seen.", "seen_on": "2026-11-10"},
            "source": "school nurse",
        }
    )
    also(window, behind)

    page = window.press("write:reading")

    assert "Cuts seen. 10 November 2026. school nurse" in texts(panel(page))


def test_nothing_answered_gives_no_table(window):
    also(window, made_up_events.screened())

    page = window.press("write:reading")

    assert all(block["kind"] != "table" for block in panel(page)["blocks"])
    assert "questions have no answer" in texts(panel(page))


def test_an_older_screening_can_be_named_to_be_read(window):
    also(window, made_up_events.screened())

    window.press("write:reading:2")
    type_in(window, route="consult", drivers=["homeless"])
    window.press("add")

    assert last(window) == events.SecondReading(2, "consult", ("homeless",))


def test_a_second_reading_of_one_s_own_is_refused_before_anything_is_typed(window):
    also(window, SIGN, by=Who("l.example", "lead officer", "Example School"))

    page = window.press("write:reading")

    assert texts(panel(page)) == (
        "Give a second reading You made this screening. A second reading has to come from somebody"
        " else. Close"
    )
    assert problems(window)[0] == (
        "reading.route",
        "Select what you think should happen now",
    )
    assert not isinstance(last(window), events.SecondReading)


def test_where_nobody_has_screened_there_is_nothing_to_read(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    page = window.press("write:reading")

    assert "There is no screening to read yet." in texts(panel(page))
    assert problems(window)[-1][1].startswith("Entry 0 of the record is not one")


# 3. Actions, reviews, sharing, closing


def test_an_action_is_set_also_one_that_carries_out_a_step_of_the_guidance(window):
    due_on = TODAY + timedelta(days=3)

    window.press("write:action")
    step = box(window, "action.step")["options"][0]["value"]
    plain = added(window, "action", what="Call the school", who="teacher", due_on=due_on)
    carried = added(window, "action", what="x", who="y", due_on=due_on, step=step)
    none = added(window, "action", what="x", who="y", due_on=due_on, step="none")

    assert plain == events.ActionSet("Call the school", "teacher", due_on)
    assert step in [each.key for each in window.casework.instrument.actions]
    assert carried == events.ActionSet("x", "y", due_on, step)
    assert none == events.ActionSet("x", "y", due_on)


def test_an_action_for_a_child_without_a_screening_names_no_step(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    set_now = added(window, "action", what="x", who="y", due_on=TODAY, step="tell_iro")

    assert set_now == events.ActionSet("x", "y", TODAY)


def test_an_action_is_marked_as_done_on_the_day_that_is_given_or_today(window):
    on = TODAY - timedelta(days=2)
    action = events.ActionSet("Call the school", "teacher", TODAY)
    first, second = also(window, action), also(window, action)

    shown = texts(panel(window.press(f"write:done:{first}")))
    done = added(window, f"done:{first}", note="They called back", on=on)
    day_done = entries(window.store)[-1].happened_on
    again = added(window, f"done:{second}", note="")

    assert "Call the school (teacher)" in shown
    assert done == events.ActionDone(int(first), "They called back")
    assert day_done == on
    assert again == events.ActionDone(int(second))
    assert entries(window.store)[-1].happened_on == TODAY


def test_an_action_is_not_done_twice_and_not_tomorrow(window):
    action = events.ActionSet("Call the school", "teacher", TODAY)
    seq = also(window, action)
    window.press(f"write:done:{seq}")
    type_in(window, on=TODAY + timedelta(days=1))

    ahead = problems(window)
    write(window.store, events.ActionDone(int(seq)), at=MORNING, who=NURSE)
    type_in(window, on=TODAY)
    told = window.press("add")["alert"]["heading"]
    ended = problems(window)

    assert ahead == [("done.on", "The date must be today or in the past")]
    assert ended == [
        (
            "done.action",
            f"It has been ended already, in entry {int(seq) + 1}. Read that entry; if it is wrong,"
            " correct it",
        )
    ]
    assert told == "Somebody else has added to this record"


def test_a_review_is_recorded_with_the_day_of_the_next_or_without(window):
    next_on = TODAY + timedelta(days=30)

    assert added(window, "review", concluded="Go on") == events.ReviewHeld("Go on")
    assert added(window, "review", concluded="Go on", next_on=next_on) == events.ReviewHeld(
        "Go on", next_on
    )
    window.press("write:review")
    type_in(window, next_on=TODAY - timedelta(days=1))
    assert problems(window) == [
        ("review.concluded", "Write what the review concluded"),
        ("review.next_on", "The due date must be today or later"),
    ]


@pytest.mark.parametrize(("chosen", "is_shared"), [("yes", True), ("no", False)])
def test_a_sharing_decision_says_what_with_whom_whether_and_why(window, chosen, is_shared):
    given = {"what": "The worry", "with_whom": "school nurse", "because": "She can help"}

    made = added(window, "sharing", is_shared=chosen, **given)

    assert made == events.SharingDecision("The worry", "school nurse", is_shared, "She can help")


def test_a_sharing_decision_is_asked_for_as_a_whole(window):
    window.press("write:sharing")

    assert problems(window) == [
        ("sharing.what", "Write what it is about"),
        ("sharing.with_whom", "Enter with whom"),
        ("sharing.is_shared", "Select whether it is shared"),
        ("sharing.because", "Write why"),
    ]


def test_a_person_closes_a_case_and_opens_it_again(window):
    closed = added(window, "close", because="Grown up")
    is_open = window.office.case.is_open
    again = added(window, "open_again", reason="A new worry")

    assert (closed, again) == (events.CaseClosed("Grown up"), events.CaseOpened("A new worry"))
    assert (is_open, window.office.case.is_open) == (False, True)


def test_a_case_is_neither_closed_nor_opened_without_a_reason(window):
    window.press("write:close")
    closing = problems(window)
    window.press("write:open_again")

    assert closing == [("close.because", "Write why the case is closed")]
    assert problems(window) == [("open_again.reason", "Write why the case is opened")]


# 4. Themes and blockages


def test_a_theme_is_noted(window):
    given = {"of_kind": "transport", "place": "school gate", "done": "Told the police"}

    made = added(window, "theme", theme="Cars wait outside", **given)

    assert made == events.ThemeNoted(
        "Cars wait outside", "transport", "school gate", "Told the police"
    )


def test_a_theme_is_described_without_names(window):
    window.press("write:theme")

    assert problems(window) == [
        ("theme.theme", "Describe the theme without names of children. Use references")
    ]


def test_a_blockage_is_noted_and_ends(window):
    since_on, ended_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    given = {"stops": "No place to talk", "agency": "Example School", "would_end": "A room"}

    noted = added(window, "blockage", since_on=since_on, **given)
    seq = entries(window.store)[-1].seq
    shown = texts(panel(window.press(f"write:ended:{seq}")))
    ended = added(window, f"ended:{seq}", ended_on=ended_on, how="A room was found")

    assert noted == events.BlockageNoted("No place to talk", since_on, "Example School", "A room")
    assert "No place to talk (Example School)" in shown
    assert ended == events.BlockageResolved(seq, ended_on, "A room was found")


def test_a_blockage_has_a_beginning_and_its_end_comes_after_it(window):
    since_on = TODAY - timedelta(days=9)
    window.press("write:blockage")
    blank = problems(window)
    seq = also(window, events.BlockageNoted("No place", since_on, "Example School"))
    window.press(f"write:ended:{seq}")
    asked = problems(window)
    type_in(window, ended_on=since_on - timedelta(days=1), how="A room was found")

    assert blank == [
        ("blockage.stops", "Write what stops action"),
        ("blockage.since_on.day", "Enter since when"),
        ("blockage.agency", "Enter which agency"),
    ]
    assert asked == [
        ("ended.ended_on.day", "Enter when it ended"),
        ("ended.how", "Write how it ended"),
    ]
    assert problems(window) == [
        ("ended.ended_on", "The end must be on or after the beginning, 14 November 2026")
    ]


# 5. Missing episodes, interviews, referrals


def local(on: date, hour: int, minute: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute).astimezone(UTC)


def test_a_missing_episode_is_recorded_with_its_times_on_the_day_it_began(window):
    begun, back = TODAY - timedelta(days=5), TODAY - timedelta(days=4)
    times = {"missing_at_time": "22:10", "returned_at_time": "6.05"}

    made = added(
        window, "missing", missing_at=begun, returned_at=back, reported_to="police", **times
    )

    assert made == events.MissingEpisode(local(begun, 22, 10), local(back, 6, 5), "police")
    assert entries(window.store)[-1].happened_on == begun


def test_a_child_who_is_missing_now_has_no_return(window):
    begun = TODAY - timedelta(days=1)

    made = added(window, "missing", missing_at=begun, missing_at_time="7:00")

    assert made == events.MissingEpisode(local(begun, 7, 0))
    assert "report it to the police now" in texts(panel(window.press("write:missing")))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, [("missing.missing_at.day", "Enter since when the child was missing")]),
        (
            {"missing_at": TODAY},
            [("missing.missing_at_time", "Enter the time, as near as you know")],
        ),
        (
            {"missing_at": TODAY, "missing_at_time": "25:00"},
            [("missing.missing_at_time", "Enter the time like this: 14:30")],
        ),
        (
            {"missing_at": TODAY, "missing_at_time": "7:00", "returned_at_time": "7:30"},
            [("missing.returned_at.day", "Enter the day as well")],
        ),
        (
            {"missing_at": TODAY + timedelta(days=1), "missing_at_time": "7:00"},
            [("missing.missing_at", "The date must be today or in the past")],
        ),
        (
            {
                **{"missing_at": TODAY, "missing_at_time": "7:00"},
                **{"returned_at": TODAY, "returned_at_time": "6:30"},
            },
            [
                (
                    "missing.returned_at",
                    "The end must be on or after the beginning, 23 November 2026",
                )
            ],
        ),
    ],
)
def test_the_times_of_an_episode_are_whole_and_in_order(window, typed, said):
    window.press("write:missing")
    type_in(window, **typed)

    assert problems(window) == said


def test_a_return_interview_is_recorded_as_offered_done_or_not_done(window):
    begun = TODAY - timedelta(days=5)
    episode = events.MissingEpisode(local(begun, 22, 10), local(begun, 23, 10))
    seq = also(window, episode)
    done_on = TODAY - timedelta(days=3)

    shown = texts(panel(window.press(f"write:interview:{seq}")))
    done = added(
        window,
        f"interview:{seq}",
        **{"offered_on": begun, "done_at": done_on, "done_at_time": "16:00", "by": "youth worker"},
    )
    not_done = added(window, f"interview:{seq}", because_not="The child did not want it")

    assert "About the episode that began on 18 November 2026." in shown
    assert done == events.ReturnInterview(int(seq), begun, local(done_on, 16, 0), by="youth worker")
    assert not_done == events.ReturnInterview(int(seq), because_not="The child did not want it")


def test_a_return_interview_says_something_and_names_an_episode(window):
    seq = also(window, events.MissingEpisode(local(TODAY, 1, 0)))

    window.press(f"write:interview:{seq}")
    blank = problems(window)
    window.press("cancel")
    window.press("write:interview")
    type_in(window, offered_on=TODAY)

    assert blank == [
        (
            "interview.offered_on",
            "Enter when the interview was offered or done, or write why it was not",
        )
    ]
    assert problems(window)[0][1].startswith("Entry 0 of the record is not one")


@pytest.mark.parametrize(
    ("became", "typed", "made"),
    [
        (
            "acknowledged",
            {"by": "duty desk"},
            lambda n: events.ReferralAcknowledged(n, "duty desk"),
        ),
        ("accepted", {"worker": "nurse"}, lambda n: events.ReferralAccepted(n, "nurse")),
        ("declined", {"because": "Too far"}, lambda n: events.ReferralDeclined(n, "Too far")),
        ("closed", {"because": "Seen"}, lambda n: events.ReferralClosed(n, "Seen")),
    ],
)
def test_what_became_of_a_referral_is_recorded_with_its_day(window, became, typed, made):
    seq, on = also(window, events.ReferralSent("nurse")), TODAY - timedelta(days=1)

    assert added(window, f"referral:{seq}", became=became, on=on, **typed) == made(int(seq))
    assert entries(window.store)[-1].happened_on == on


def test_what_became_of_a_referral_has_to_be_chosen_and_explained_where_it_ended(window):
    seq = also(window, events.ReferralSent("made-up nurse"))

    shown = texts(panel(window.press(f"write:referral:{seq}")))
    nothing = problems(window)
    type_in(window, became="declined")

    assert "Referral to made-up nurse, 23 November 2026." in shown
    assert nothing == [("referral.became", "Select what has happened")]
    assert problems(window) == [("referral.because", "Write why the service did not take it up")]


# 6. Corrections


def test_one_s_own_entry_is_put_right_and_stays_beside_the_correction(window):
    added(window, "advice", asked="What now?", advice="Refer tomorow")
    seq = str(entries(window.store)[-1].seq)

    window.press("write:correct")
    options = [o["value"] for o in box(window, "correct.entry")["options"]]
    made = added(
        window,
        "correct",
        **{"entry": seq, f"field__{seq}": "advice", "value": "Refer tomorrow", "reason": "A slip"},
    )

    assert options == [seq]
    assert made == events.Corrected(int(seq), "advice", "Refer tomorrow", "A slip")
    assert window.office.case.entry(int(seq)).event.advice == "Refer tomorrow"
    assert window.office.case.written[int(seq)].event.advice == "Refer tomorow"


def test_only_what_a_person_wrote_themselves_is_offered(window):
    page = window.press("write:correct")

    assert "You have written nothing in this record that can be corrected." in texts(panel(page))


def test_a_day_is_typed_as_people_write_it(window):
    due_on, right = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    added(window, "action", what="x", who="y", due_on=due_on)
    seq = str(entries(window.store)[-1].seq)
    chosen = {f"field__{seq}": "due_on", "reason": "A slip"}

    shown = texts(panel(window.press(f"write:correct:{seq}")))
    made = added(window, f"correct:{seq}", value="28 November 2026", **chosen)

    assert f"Entry {seq}: Action set: x" in shown
    assert made == events.Corrected(int(seq), "due_on", right.isoformat(), "A slip")


def test_an_answer_of_one_s_own_screening_is_put_right(window):
    seq = also(window, SIGN, by=Who("l.example", "lead officer", "Example School"))
    chosen = {"entry": seq, f"field__{seq}": "answers.self_harm"}

    window.press("write:correct")
    fields = [o["value"] for o in box(window, f"correct.field.{seq}")["options"]]
    type_in(window, reason="Read wrongly", **chosen)
    blank = problems(window)
    type_in(window, answer="no")
    window.press("add")

    assert "happened_on" not in fields
    assert blank == [("correct.answer", "Select the right answer")]
    assert last(window) == events.Corrected(int(seq), "answers.self_harm", "no", "Read wrongly")


def test_a_correction_names_what_is_wrong_and_why(window):
    added(window, "close", because="Grown up")
    seq = str(entries(window.store)[-1].seq)
    window.press("write:correct")
    nothing = problems(window)
    type_in(window, entry=seq)
    no_field = problems(window)
    type_in(window, **{f"field__{seq}": "happened_on", "value": "sometime", "reason": "A slip"})
    unfit = problems(window)
    type_in(window, value=f"{TODAY + timedelta(days=1)}")

    assert nothing == [
        ("correct.entry", "Select the entry that is wrong"),
        ("correct.reason", "Write why it is corrected"),
    ]
    assert no_field == [
        (f"correct.field.{seq}", "Select what is wrong in it"),
        ("correct.reason", "Write why it is corrected"),
    ]
    assert unfit == [
        (
            "correct.value",
            "The value does not fit the field “happened_on”. Give a value of the kind that stands"
            " there",
        )
    ]
    assert problems(window) == [("correct.value", "The date must be today or in the past")]


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("10 11 2026", date, "2026-11-10"),
        ("10/11/2026", date | None, "2026-11-10"),
        ("2026-11-10", date, "2026-11-10"),
        ("soon", date, "soon"),
        ("10 11 2026", datetime, "10 11 2026"),
        ("10 11 2026 half past", datetime, "10 11 2026 half past"),
        ("10 11 2026 noon", datetime | None, "10 11 2026 noon"),
        ("Yes", bool, "true"),
        ("no", bool, "false"),
        ("perhaps", bool, "perhaps"),
        ("10 11 2026", str, "10 11 2026"),
    ],
)
def test_what_is_typed_is_kept_as_its_field_is(typed, kind, kept):
    assert as_kept(typed, kind) == kept


@pytest.mark.parametrize("typed", ["10 11 2026 14:30", "10 november 2026 14.30"])
def test_a_moment_is_kept_with_its_time_zone(typed):
    kept = datetime.fromisoformat(as_kept(typed, datetime))

    assert kept == local(date(2026, 11, 10), 14, 30)


# 7. Lowering a view


SEEN_ON = TODAY - timedelta(days=5)
EVIDENCE: dict[str, Any] = {
    "evidence__self_harm__changed": "Has somebody to talk to",
    "evidence__self_harm__seen_on": SEEN_ON,
    "evidence__self_harm__source": "school nurse",
}
REST = {"child_view": "Feels safer at home", "second_reader": "R. Example, nurse"}
LOWERED = events.StepDownAgreed(
    "refer_now",
    "assess_today",
    (events.Evidence("self_harm", "Has somebody to talk to", SEEN_ON, "school nurse"),),
    "Feels safer at home",
    "R. Example, nurse",
)


def test_a_view_is_lowered_by_one_step_and_harm_stays_visible(window):
    window.press("write:step_down")
    type_in(window, to_route="assess_today", **EVIDENCE, **REST)

    page = window.press("add")

    assert last(window) == LOWERED
    assert texts(page["blocks"][0]) == (
        "The view is now Assess today. Harm recorded earlier stays visible: Homeless, Self-harm."
        " Added to the record as entry 5."
    )


def test_lowering_asks_for_all_that_makes_it_hard(window):
    window.press("write:step_down")

    assert problems(window) == [
        ("step_down.evidence.self_harm.changed", "Write what has changed for: Self-harm"),
        (
            "step_down.evidence.self_harm.seen_on.day",
            "Enter the date of the evidence for: Self-harm",
        ),
        (
            "step_down.evidence.self_harm.source",
            "Enter the source of the evidence for: Self-harm",
        ),
        (
            "step_down.child_view",
            "Write the child's or the family's view, or why it could not be asked",
        ),
        (
            "step_down.second_reader",
            "Name a second reader. It cannot be you or the person who screened",
        ),
        ("step_down.to_route", "Select what you think should happen now"),
    ]


@pytest.mark.parametrize(
    ("seen_on", "words"),
    [
        (
            GIVEN_AT.date() - timedelta(days=1),
            "The evidence for Self-harm is older than the view it is to change",
        ),
        (TODAY + timedelta(days=1), "The date must be today or in the past"),
    ],
)
def test_the_evidence_is_as_new_as_it_has_to_be(window, seen_on, words):
    window.press("write:step_down")
    type_in(
        window,
        to_route="assess_today",
        **{**EVIDENCE, "evidence__self_harm__seen_on": seen_on},
        **REST,
    )

    assert problems(window) == [("step_down.evidence.self_harm.seen_on", words)]


def test_only_routes_below_the_view_are_offered(window):
    window.press("write:step_down")

    offered = [o["value"] for o in box(window, "step_down.to_route")["options"]]
    assert offered == ["keep_watching", "consult", "assess_today"]


def two_steps(window: Window) -> Mapping[str, Any]:
    window.press("write:step_down")
    type_in(window, to_route="consult", **EVIDENCE, **REST)
    return window.press("add")


def test_two_steps_are_interrupted_by_a_page_without_fields(window):
    page = two_steps(window)

    assert page["id"] != "case"
    assert page["heading"] == "You are lowering this view by two steps in 19 days"
    assert list(boxes(page["blocks"])) == []
    assert texts(page["blocks"]) == (
        "Children have been harmed after being lowered too fast. Past harm stays in the record."
        " Go on Leave the view as it is"
    )
    assert not isinstance(last(window), events.StepDownAgreed)


def test_going_on_from_the_interruption_lowers_the_view(window):
    two_steps(window)

    page = window.press("anyway")

    assert last(window) == msgspec.structs.replace(LOWERED, to_route="consult")
    assert "The view is now Report the concern." in texts(page["blocks"][0])


def test_leaving_the_view_as_it_is_writes_nothing(window):
    two_steps(window)

    page = window.press("cancel")

    assert (page["id"], page["draft"]) == ("case", None)
    assert len(entries(window.store)) == 4


def test_going_back_from_the_interruption_shows_the_form_as_it_was(window):
    two_steps(window)

    page = window.press("back")

    assert (page["id"], page["focus"]) == ("case", "writing")
    assert box(window, "step_down.to_route")["value"] == "consult"
    assert window.press("add")["heading"].startswith("You are lowering this view")


def test_leaving_by_the_navigation_interrupts_no_other_page(window):
    two_steps(window)

    page = window.press("go:caseload")

    assert page["id"] == "caseload"


def test_a_conflict_after_going_on_shows_the_form_and_what_is_new(window):
    two_steps(window)
    write(window.store, events.ReferralSent("nurse"), at=MORNING, who=NURSE)

    page = window.press("anyway")

    assert page["alert"]["heading"] == "Somebody else has added to this record"
    assert box(window, "step_down.to_route")["value"] == "consult"


def test_where_somebody_has_raised_the_view_meanwhile_the_page_shows_the_view_that_stands(window):
    window.press("write:step_down")
    type_in(window, to_route="assess_today", **EVIDENCE, **REST)
    write(window.store, view("emergency", "homeless"), at=MORNING, who=NURSE)

    told = window.press("add")["alert"]["heading"]

    assert told == "Somebody else has added to this record"
    assert problems(window)[0] == (
        "step_down.evidence.homeless.changed",
        "Write what has changed for: Homeless",
    )
    assert "The view that stands is Call 999 now" in texts(panel(window.page))


def test_a_driver_in_the_practitioner_s_own_words_is_shown_in_them(window):
    also(window, view("refer_now", other_driver=MARKUP))

    page = window.press("write:step_down")

    assert MARKUP in texts(panel(page))
    assert "What has changed for: what else drives the view?" in texts(panel(page))


def test_a_view_without_a_named_driver_is_not_lowered_without_evidence_either(window):
    also(window, events.SecondReading(2, "emergency", ()))

    page = window.press("write:step_down")

    assert "What else drives the view" in texts(panel(page))


def test_nobody_lowers_a_view_of_their_own_screening(window):
    own = Who("l.example", "lead officer", "Example School")
    also(window, SIGN, view("refer_now", "self_harm"), by=own)

    page = window.press("write:step_down")

    assert "You made this screening. A second reading has to come from somebody else." in texts(
        panel(page)
    )


def test_where_nobody_has_given_a_view_there_is_none_to_lower(tmp_path):
    made = new_store(tmp_path / "home")
    write(made, OPENED, at=GIVEN_AT)
    window = Window(made)
    window.open()
    window.open_case()

    page = window.press("write:step_down")

    assert "There is no view that can be lowered." in texts(panel(page))
    assert problems(window)[-1][0] == "step_down.to_route"
