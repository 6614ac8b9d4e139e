"""The page of a case: opened for a purpose, then read in order, part by part.

1. Before a purpose is given nothing is shown, and nothing is entered.
2. Each part says so where nothing is recorded; so does what is closed or erased.
3. Who the child is, is shown when it is asked for, and that is entered.
4. What a colleague wrote stays text; a correction is shown with both values.
"""

from datetime import date
from pathlib import Path

import pytest

from cse_workbook.case.events import (
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BodyErased,
    CaseClosed,
    Corrected,
    RecordRead,
    ReferralDeclined,
    ReferralSent,
    ReviewHeld,
    SharingDecision,
    ThemeNoted,
)
from cse_workbook.policy import Person
from cse_workbook.store import Child
from tests.made_up_events import MARKUP, OPENED, view
from tests.office_window import Window, entries, new_store, part, texts, write
from tests.review_page.made_up import ANOTHER_LEAD, YOUTH_WORKER, on

# 1. Opening


def test_the_notebook_asks_which_child(window: Window) -> None:
    page = window.page

    assert (page["title"], page["heading"]) == ("Case review", "Review a case")
    assert "Which child?" in texts(page["blocks"])


def test_a_reference_that_is_not_there_is_told_with_one_like_it(plain: Window) -> None:
    plain.save("choose.opening.ref", "c-0010 ")
    page = plain.press("find")

    said = "There is no case C-0010 that you can open. Did you mean C-0001?"
    assert page["problems"] == [{"field": "choose.opening.ref", "text": said}]
    assert page["blocks"][0]["value"] == "C-0010"


def test_a_reference_is_needed(window: Window) -> None:
    page = window.press("find")

    assert [each["text"] for each in page["problems"]] == ["Enter the child's reference"]


def test_before_a_purpose_is_given_nothing_is_shown_and_nothing_is_entered(seen: Window) -> None:
    before = entries(seen.store)

    page = seen.press("case:C-0001")
    again = seen.press("open_record")

    assert (page["title"], page["heading"]) == ("Case review", "C-0001")
    assert [block["kind"] for block in page["blocks"]] == ["radios", "input", "buttons"]
    assert [each["text"] for each in again["problems"]] == [
        "Select why you are opening this record"
    ]
    assert entries(seen.store) == before


def test_the_purpose_is_entered_and_shown_and_printed(plain: Window) -> None:
    page = plain.open_case(purpose="meeting")

    event = entries(plain.store)[-1].event
    said = "You opened this record at 08:43 to prepare a meeting. That is entered in the record."
    assert event == RecordRead("to prepare a meeting")
    assert said in texts(page["blocks"])
    assert page["title"] == "Case review"
    assert page["printing"]["foot"][0].startswith(
        "C-0001, read on 23 November 2026 at 08:43. Purpose: to prepare a meeting."
    )


def test_another_reason_is_entered_in_the_persons_own_words(plain: Window) -> None:
    plain.press("case:C-0001")
    plain.fill_in(opening__purpose="other", opening__other="A call from the school")

    page = plain.press("open_record")

    assert "at 08:43: A call from the school. That is entered" in texts(page["blocks"])


def test_a_purpose_chosen_another_time_is_not_chosen_again(plain: Window) -> None:
    plain.press("case:C-0001")
    plain.save("opening.purpose", "audit")
    plain.press("go:caseload")

    page = plain.press("case:C-0001")

    assert page["blocks"][0]["value"] is None


def test_a_purpose_chosen_before_the_connection_was_lost_is_there_again(plain: Window) -> None:
    plain.press("case:C-0001")
    plain.save("opening.purpose", "audit")
    draft = plain.office.desk.draft_id

    same = plain.open(draft, "opening")
    afresh = Window(plain.store, tab="tab-2")
    again = afresh.open(draft, "opening")

    assert same["blocks"][0]["value"] == again["blocks"][0]["value"] == "audit"
    assert again["heading"] == "C-0001"


def test_a_form_that_was_left_is_there_again_once_the_record_is_opened(plain: Window) -> None:
    plain.open_case()
    plain.press("write:advice")
    plain.save("advice.advice", "Typed before the program ended")
    afresh = Window(plain.store, tab="tab-2")
    afresh.open(plain.office.desk.draft_id, "case")

    afresh.save("opening.purpose", "advice")
    page = afresh.press("open_record")

    assert "Typed before the program ended" in texts(part(page, "add"))


def test_a_case_of_another_agency_says_whom_to_ask(window: Window) -> None:
    write(window.store, OPENED, at=on(9, 2), who=YOUTH_WORKER)

    page = window.press("case:C-0001")

    assert page["heading"] == "You cannot open this"
    assert "You cannot open this record. If you need to, ask" in texts(page["blocks"])
    assert len(entries(window.store)) == 1


def test_what_is_noted_of_the_agency_is_no_case(plain: Window) -> None:
    write(plain.store, OPENED, ref="agency", at=on(9, 2))

    page = plain.press("case:agency")

    assert [each["text"] for each in page["problems"]] == [
        "There is no such case that you can open."
    ]


def test_a_practitioner_reads_their_own_case_and_adds_what_is_theirs_to_add(tmp_path: Path) -> None:
    person = Person(role="teacher", agency="Example School")
    with new_store(tmp_path / "home") as opened:
        window = Window(opened, home="opening", person=person)
        write(opened, OPENED, at=on(9, 2), who=window.casework.who)
        window.open()

        page = window.open_case()

    assert "Correct an entry of mine" in texts(part(page, "add"))
    assert "Give advice" not in texts(part(page, "add"))
    assert page["back"] is None


def test_a_press_that_the_page_does_not_offer_enters_nothing(plain: Window) -> None:
    before = entries(plain.store)

    for to in ("open_record", "identity:show", "compare:1:2", "compare:one:two", "reread"):
        plain.press(to)

    assert entries(plain.store) == before
    assert plain.page["heading"] == "Review a case"


# 2. The parts of the emptiest case


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("since", "You have not opened this record before."),
        ("views", "Nobody has recorded a view of this child."),
        ("views", "No screening has been recorded yet."),
        ("changes", "No screening has been recorded yet."),
        ("timeline", "Screenings: none."),
        ("safeguard", "No screening has been recorded yet."),
        ("actions", "No action is set."),
        ("care", "Nothing recorded says that the child is looked after."),
        ("missing", "No missing episode is recorded."),
        ("referrals", "No referral is recorded."),
        ("blockages", "No theme and no blockage is noted with this case."),
        ("sharing", "No decision on sharing information is recorded."),
        ("advice", "No advice is recorded."),
        ("meetings", "No assessment, review or meeting is recorded."),
        ("add", "You advise; you do not manage this case."),
    ],
)
def test_a_part_with_nothing_in_it_says_so(plain: Window, name: str, said: str) -> None:
    page = plain.open_case()

    assert said in texts(part(page, name))


def test_the_parts_stand_in_order_and_each_has_its_link(plain: Window) -> None:
    page = plain.open_case()

    links = [each["focus"] for each in page["shell"]["on_this_page"]]
    ids = [block.get("id") for block in page["blocks"]]
    assert links == [
        *("since", "views", "changes", "timeline", "safeguard", "actions", "care", "missing"),
        *("referrals", "blockages", "sharing", "advice", "meetings", "add"),
    ]
    assert [name for name in ids if name in links] == links


# 2. A closed case


def test_a_closed_case_says_so_and_what_can_still_be_added(plain: Window) -> None:
    write(plain.store, ActionSet("Ask", "teacher", date(2026, 11, 18)), at=on(11, 10))
    write(plain.store, CaseClosed("Moved away"), at=on(11, 11), who=ANOTHER_LEAD)

    page = plain.open_case()

    said = "This case is closed. Closed on 11 November by lead officer, Example School. Moved away"
    assert said in texts(page["blocks"][0])
    assert texts(part(page, "add")[1]) == "Open this case again Correct an entry of mine"
    assert "Mark as done" not in texts(page["blocks"])


def test_an_erased_entry_says_so(plain: Window) -> None:
    [seq] = write(plain.store, AdviceGiven("A", "B", "teacher"), at=on(11, 10))
    write(plain.store, BodyErased(seq, "Decision 7"), at=on(11, 11))

    page = plain.open_case()

    assert f"What entry {seq} said was erased on 11 November, by a decision: Decision 7" in (
        texts(page["blocks"][0])
    )


# 3. Who the child is


def test_who_the_child_is_is_shown_when_asked_for_and_that_is_entered(plain: Window) -> None:
    plain.store.children.save(
        Child("C-0001", "A. Made-up", date(2012, 3, 27), "1 Example Road", "Example School")
    )
    before = texts(plain.open_case()["blocks"])

    page = plain.press("identity:show")
    shown = texts(page["blocks"][0])
    hidden = texts(plain.press("identity:hide")["blocks"])

    assert "A. Made-up" not in before + hidden
    assert "Age 14" in before
    assert "A. Made-up" in shown
    assert "27 March 2012" in shown
    assert page["focus"] == "who"
    assert entries(plain.store)[-1].event == RecordRead("to give advice", identity=True)


def test_who_a_child_is_is_hidden_in_the_next_record(plain: Window) -> None:
    plain.store.children.save(Child("C-0001", "A. Made-up"))
    write(plain.store, OPENED, ref="C-0002", at=on(9, 2))
    plain.open_case()
    plain.press("identity:show")

    page = plain.open_case("C-0002")

    assert "A. Made-up" not in texts(page["blocks"])


# 4. Text and corrections


def test_what_a_colleague_wrote_stays_text(plain: Window) -> None:
    plain.store.children.save(Child("C-0001", home_authority=MARKUP))
    [referral] = write(plain.store, ReferralSent(MARKUP, MARKUP, MARKUP, MARKUP), at=on(11, 9))
    write(
        plain.store,
        ReferralDeclined(referral, MARKUP),
        AdviceGiven(MARKUP, MARKUP, MARKUP, (MARKUP,)),
        ActionSet(MARKUP, MARKUP, date(2026, 11, 18)),
        ThemeNoted(MARKUP, MARKUP, MARKUP, MARKUP),
        BlockageNoted(MARKUP, date(2026, 11, 1), MARKUP, MARKUP),
        SharingDecision(MARKUP, MARKUP, True, MARKUP),
        ReviewHeld(MARKUP),
        view("consult", because=MARKUP, other_driver=MARKUP),
        at=on(11, 10),
    )

    page = plain.open_case()

    assert texts(page["blocks"]).count(MARKUP) > 30
    assert MARKUP not in part(page, "timeline")[1]["svg"]
    assert MARKUP not in page["title"] + page["heading"]


def test_a_correction_is_shown_under_its_entry_with_both_values(seen: Window) -> None:
    given = AdviceGiven("What now?", "Wait", "teacher")
    [seq] = write(seen.store, given, at=on(11, 10), who=seen.casework.who)
    right = Corrected(seq, "advice", "Do not wait", "A word was lost")
    [after] = write(seen.store, right, at=on(11, 11), who=seen.casework.who)

    page = seen.open_case()

    table = part(page, "timeline")[3]["blocks"][0]
    place = [row[3][0][0] for row in table["rows"]].index(str(seq))
    under = table["rows"][place + 1]
    assert table["rows"][place][3][1][0]["to"] == f"write:correct:{seq}"
    assert under[1] == [
        {"mark": "↳"},
        "Corrected, advice: was “Wait”, is “Do not wait”. A word was lost",
    ]
    assert under[3] == [[str(after)]]
    assert "Do not wait" in texts(part(page, "advice"))
