"""Opening, advice, a second reading, end to end through the page on a real store."""

import msgspec
import pytest

from cse_workbook.case import events
from cse_workbook.store import Who
from tests import made_up_events
from tests.office_forms.typing_in import (
    GIVEN_AT,
    OPENED,
    SIGN,
    added,
    also,
    box,
    boxes,
    last,
    panel,
    problems,
    type_in,
)
from tests.office_window import Window, entries, new_store, texts, write


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
