"""Corrections, end to end through the page on a real store."""

from datetime import date, datetime, timedelta

import pytest

from cse_workbook.case import events
from cse_workbook.store import Who
from cse_workbook.views.office.correcting import as_kept
from tests.office_forms.typing_in import (
    SIGN,
    TODAY,
    added,
    also,
    box,
    last,
    local,
    panel,
    problems,
    type_in,
)
from tests.office_window import entries, texts


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
