"""The page of a case: opened for a purpose, then read in order, part by part.

1. Before a purpose is given nothing is shown, and nothing is entered.
2. Each part says what is recorded, and says so where nothing is.
3. Who the child is, is shown when it is asked for, and that is entered.
4. A second reader sees the answers, and nobody's view.
5. What a colleague wrote stays text; a correction is shown with both values.
6. What somebody else added while one was writing is shown first.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BlockageResolved,
    BodyErased,
    CaseClosed,
    Corrected,
    Evidence,
    MacseHeard,
    MacseListed,
    MissingEpisode,
    PackReleased,
    RecordRead,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralDrafted,
    ReferralSent,
    ReturnInterview,
    ReviewHeld,
    RiskAssessed,
    Screened,
    SecondReading,
    SharingDecision,
    StepDownAgreed,
    ThemeNoted,
)
from cse_workbook.outcome import explain
from cse_workbook.policy import Person
from cse_workbook.screening import read_screening
from cse_workbook.store import Child, Who
from tests.made_up_events import MARKUP, OCC, OPENED, POLICY, screened, view
from tests.office_window import Window, entries, new_store, part, texts, write

YOUTH_WORKER: Final = Who("y.example", "youth worker", "Example Centre")
ANOTHER_LEAD: Final = Who("l.example", "lead officer", "Example School")


def on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with new_store(tmp_path / "home") as opened:
        made = Window(opened, home="opening")
        made.open()
        yield made


@pytest.fixture
def plain(window: Window) -> Window:
    """A case that was opened, with nothing else in it."""
    write(window.store, OPENED, at=on(9, 2))
    return window


@pytest.fixture
def seen(window: Window) -> Window:
    """A case with one screening, opened once before, and all that happened since."""
    first = screened(missing_from_home_or_care="possible", gifts_from_unknown_sources="not_known")
    write(
        window.store, OPENED, first, view("assess_today", "missing_from_home_or_care"), at=on(9, 2)
    )
    window.now = on(11, 3)
    window.open_case()
    window.now = on(11, 23, 8)
    return window


def made_up(raw: dict[str, Any], **beside: str) -> Screened:
    """Make up a screening with more than answers in it."""
    screening = read_screening(raw, "made up", OCC)
    return Screened.of(screening, explain(screening, OCC, POLICY), beside)


def write_again(window: Window, **answers: str) -> list[int]:
    """Screen the child again on 16 November."""
    again = screened(**{"missing_from_home_or_care": "yes", **answers})
    drives = view("refer_now", "missing_from_home_or_care")
    return write(window.store, again, drives, at=on(11, 16), who=YOUTH_WORKER)


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


# 2. Since one last looked


def test_what_was_added_since_is_told_newest_last_with_what_is_late_in_bold(seen: Window) -> None:
    write_again(seen, gifts_from_unknown_sources="yes")
    away = MissingEpisode(on(11, 14, 22), on(11, 15, 7))
    write(
        seen.store, away, ActionSet("Tell the carers", "teacher", date(2026, 11, 18)), at=on(11, 17)
    )

    page = seen.open_case()

    heading, bullets, _, things = part(page, "since")[:4]
    assert heading["text"] == "Since you last looked, 3 November"
    assert bullets["items"] == [
        [
            "Screened again on 16 November: missing from home or care and gifts or money nobody can"
            " explain are now Yes"
        ],
        ["View raised from Assess today to Refer now, by youth worker, Example Centre"],
        [
            "Missing from 14 to 15 November",
            "; ",
            {"strong": "no return interview recorded"},
            ", due Wednesday 18 November",
        ],
        [
            "Action set: Tell the carers. Who: teacher. Due 18 November 2026",
            "; ",
            {"strong": "not done yet"},
            ", due Wednesday 18 November",
            " (17 November, teacher, Example School)",
        ],
    ]
    assert "Missing 14 to 15 November, no return interview, due Wednesday 18 November, late" in (
        texts(things)
    )


def test_where_nothing_was_added_since_it_says_so(seen: Window) -> None:
    page = seen.open_case()

    assert "Nothing was added since." in texts(part(page, "since"))


def test_a_view_that_is_added_is_told_beside_the_one_before(seen: Window) -> None:
    given = [
        view("assess_today", lower_because="Known since spring"),
        view("consult"),
        view("another_route"),
        MissingEpisode(on(11, 20, 22)),
    ]
    write(seen.store, *given, at=on(11, 20, 23))

    page = seen.open_case()

    by = "by teacher, Example School"
    assert [texts(item) for item in part(page, "since")[1]["items"]] == [
        f"View again: Assess today, {by}. Reason for the lower view: Known since spring",
        f"View after Assess today: Report the concern, {by}",
        f"View: another_route, {by}",
        "Missing since 20 November, no return recorded",
    ]


def test_the_first_screening_and_view_are_told_as_such(plain: Window) -> None:
    plain.open_case()
    away = MissingEpisode(on(11, 23, 8), on(11, 23, 12))
    write(plain.store, screened(self_harm="yes"), view("consult"), away, at=on(11, 23, 13))

    page = plain.open_case()

    assert [texts(item) for item in part(page, "since")[1]["items"]] == [
        "Screened on 23 November",
        "View: Report the concern, by teacher, Example School",
        "Missing on 23 November; no return interview recorded, due Thursday 26 November",
    ]


def test_what_is_closed_is_not_late(seen: Window) -> None:
    write(seen.store, ActionSet("Ask", "teacher", date(2026, 11, 18)), at=on(11, 10))
    write(seen.store, CaseClosed("Moved away"), at=on(11, 11))

    page = seen.open_case()

    assert "not done yet" not in texts(part(page, "since"))
    assert "This record waits for" not in texts(part(page, "since"))


# 2. The views


def test_the_two_views_stand_side_by_side(seen: Window) -> None:
    write_again(seen)

    page = seen.open_case()

    [pair] = [block for block in page["blocks"] if block["kind"] == "pair"]
    assert (pair["left"]["heading"], pair["left"]["title"]) == ("Standing view", "Refer now")
    assert texts(pair["left"]["text"]) == (
        "Youth worker, Example Centre, 16 November. Driven by: missing from home or care."
    )
    assert pair["right"]["title"] == "Assess today"
    assert "Counting" not in texts(pair["right"])
    assert "At the screening before: assess today." in texts(pair["right"])


def test_a_lower_view_is_named_and_lowers_nothing(seen: Window) -> None:
    write(seen.store, view("consult", because="Calmer now"), at=on(11, 10), who=YOUTH_WORKER)

    page = seen.open_case()

    assert "Youth worker, Example Centre said Report the concern on 10 November;" in (
        texts(part(page, "views"))
    )
    assert "lowering has not been agreed. Why: Calmer now" in texts(part(page, "views"))
    assert page["blocks"]
    assert part(page, "views")[0]["left"]["title"] == "Assess today"


def test_a_view_below_the_guidance_says_so_and_asks_for_the_reason(plain: Window) -> None:
    write(plain.store, screened(self_harm="yes"), view("consult", "self_harm"), at=on(11, 10))

    page = plain.open_case()

    assert "This is less than the guidance asks for. No reason is recorded yet." in (
        texts(part(page, "views"))
    )


def test_the_reason_for_a_lower_view_is_shown_with_whom_it_was_looked_at(plain: Window) -> None:
    reason = {"lower_because": "Known since spring", "consulted": "Social worker"}
    lower = view("consult", "self_harm", **reason, consulted_said="Agreed")
    write(plain.store, screened(self_harm="yes"), lower, at=on(11, 10))

    page = plain.open_case()

    said = texts(part(page, "views"))
    assert "Reason: Known since spring Looked at with: Social worker. Agreed" in said


def test_what_the_rules_say_today_stands_beside_what_they_said(plain: Window) -> None:
    made = screened(self_harm="not_known")
    [seq] = write(plain.store, made, at=on(11, 10))
    right = Corrected(seq, "answers.self_harm", "yes", "It was known")
    write(plain.store, right, at=on(11, 11))

    page = plain.open_case()

    assert part(page, "views")[0]["right"]["title"] == "Assess today"
    assert "As it was recorded then, the guidance said: keep watching." in (
        texts(part(page, "views"))
    )


def test_the_three_readings_are_one_sentence(plain: Window) -> None:
    answers = {"self_harm": "possible", "homeless": "not_known", "bereavement_or_loss": "not_known"}
    write(plain.store, screened(**answers), at=on(11, 10))

    page = plain.open_case()

    assert (
        "Counting only Yes it would be keep watching, and if everything not known turned out to be"
        " Yes, refer now."
    ) in texts(part(page, "views"))


def test_a_lowered_view_shows_what_it_was_lowered_upon(seen: Window) -> None:
    evidence = Evidence("missing_from_home_or_care", "At home since", date(2026, 11, 9), "carers")
    down = StepDownAgreed(
        "assess_today",
        "consult",
        (evidence,),
        "Feels listened to",
        "Social worker, Example Borough",
    )
    write(seen.store, down, at=on(11, 10), who=ANOTHER_LEAD)

    page = seen.open_case()

    said = texts(part(page, "views"))
    assert part(page, "views")[0]["left"]["title"] == "Report the concern"
    assert "Lowered from Assess today" in said
    assert "At home since (seen on 9 November, known from: carers)" in said
    assert "The child or the family: Feels listened to" in said


def test_harm_recorded_earlier_stays_visible(seen: Window) -> None:
    write(seen.store, screened(missing_from_home_or_care="no"), at=on(11, 16))

    page = seen.open_case()

    assert "Missing from home or care, last recorded on 2 September" in texts(part(page, "harm"))


def test_where_no_harm_is_past_there_is_no_such_part(seen: Window) -> None:
    page = seen.open_case()

    assert part(page, "harm") == []


def test_a_second_reading_of_a_screening_without_a_view_says_so(plain: Window) -> None:
    [seq] = write(plain.store, screened(self_harm="yes"), at=on(11, 10))
    reading = SecondReading(seq, "assess_today", ())
    write(plain.store, reading, at=on(11, 11), who=ANOTHER_LEAD)

    page = plain.open_case()

    first, pair = part(page, "views")[:2]
    assert "A second reading. Driven by: nothing named." in texts(first["left"])
    assert pair["left"]["title"] == "No view"
    assert "Two people differ." not in texts(part(page, "views"))


def test_a_second_reading_stands_beside_the_first_view(seen: Window) -> None:
    seq = next(e.seq for e in entries(seen.store) if e.kind == "Screened")
    reading = SecondReading(seq, "refer_now", ("missing_from_home_or_care",), "Twice in a week")
    write(seen.store, reading, at=on(11, 10), who=ANOTHER_LEAD)

    page = seen.open_case()

    pair = part(page, "views")[1]
    assert (pair["left"]["title"], pair["right"]["title"]) == ("Assess today", "Refer now")
    assert "Why: Twice in a week" in texts(pair["right"])
    assert "Two people differ." in texts(part(page, "views"))


# 2. Answers


def test_what_changed_is_told_answer_by_answer(seen: Window) -> None:
    again = {"gifts_from_unknown_sources": "yes", "drug_or_alcohol_misuse": "possible"}
    write(seen.store, screened(missing_from_home_or_care="yes", **again), at=on(11, 16))

    page = seen.open_case()

    table, counted = part(page, "changes")[1:3]
    assert table["columns"] == ["Question", "2 September", "16 November"]
    assert [texts(row) for row in table["rows"]] == [
        "Missing from home or care ◐Possible ●Yes",
        "Drugs or alcohol ·No answer ◐Possible",
        "Gifts or money nobody can explain ?Not known ●Yes",
    ]
    assert counted["text"] == ["0 answers are the same. 45 questions have never had an answer."]


def test_two_other_screenings_can_be_chosen(seen: Window) -> None:
    for day, answer in ((10, "possible"), (16, "yes")):
        write(seen.store, screened(self_harm=answer), at=on(11, day))
    first = seen.open_case()

    page = seen.press("compare:1:3")
    refused = seen.press("compare:9:1")

    columns = [part(each, "changes")[1]["columns"][1:] for each in (first, page, refused)]
    assert columns == [
        ["10 November", "16 November"],
        ["2 September", "16 November"],
        ["10 November", "16 November"],
    ]
    assert texts(part(page, "changes")[3]) == (
        "Choose which two screenings Then: 2 September · 10 November, to compare"
        " Now: 10 November, to compare · 16 November"
    )
    assert page["focus"] == "changes"


def test_two_screenings_of_one_day_are_told_apart_by_their_time(seen: Window) -> None:
    for hour in (9, 14):
        write(seen.store, screened(self_harm="yes"), at=on(11, 16, hour))

    page = seen.open_case()

    assert part(page, "safeguard")[2]["columns"] == [
        *("Letter", "2 September", "16 November, 09:00", "16 November, 14:00")
    ]


def test_each_letter_has_its_strongest_answer_at_each_screening(seen: Window) -> None:
    write_again(seen)

    page = seen.open_case()

    table = part(page, "safeguard")[2]
    rows = {row[0][0]: texts(row[1:]) for row in table["rows"]}
    assert len(rows) == 9
    assert rows["A – Absent from school or repeatedly running away"] == "◐Possible ●Yes"
    assert rows["R – Receipt of unexplained gifts or money"] == "?Not known ·No answer"
    assert table["scroll"] == "SAFEGUARD over time"


def test_the_picture_says_in_words_what_it_shows(seen: Window) -> None:
    write_again(seen)

    page = seen.open_case()

    picture = part(page, "timeline")[1]
    assert picture["alt"].startswith("Timeline from 2 September 2026 to 23 November 2026.")
    assert (
        "Views, 2: Assess today on 2 September 2026; Refer now on 16 November 2026."
        in (picture["alt"])
    )
    assert picture["svg"].startswith("<svg")


def test_what_no_longer_drives_the_view_is_named(plain: Window) -> None:
    first = {"child_ref": "C-0001", "age": 14, "answers": {"self_harm": "yes"}}
    drove = {"route": "consult", "drivers": ["self_harm"], "other_driver": "A feeling"}
    then = made_up({**first, "view": drove})
    now = made_up({**first, "view": {"route": "consult", "drivers": ["self_harm"]}})
    write(plain.store, then, at=on(11, 10))
    write(plain.store, now, at=on(11, 16))

    page = plain.open_case()

    assert texts(part(page, "changes")[1]["rows"]) == (
        "A feeling Drove the view Does not drive it any more"
    )


def test_what_was_written_in_the_last_screening_can_be_read(plain: Window) -> None:
    told = {
        **{"answer": "yes", "seen_on": "2026-11-08", "evidence": "Marks on an arm."},
        **{"when": "last_6_months", "kind": "seen", "source": "school nurse"},
    }
    raw = {
        **{"child_ref": "C-0001", "age": 14, "answers": {"self_harm": told, "homeless": "yes"}},
        **{"worry": "Not herself", "other_concern": "A new telephone", "child_said": "I am tired"},
        "protective": "A teacher she trusts",
    }
    write(plain.store, made_up(raw, needs="A quiet room"), at=on(11, 10))

    page = plain.open_case()

    assert texts(part(page, "changes")[2]) == (
        "What was written in the screening of 10 November The worry: Not herself"
        " What was answered Yes or Possible Recorded Answer What stands behind it"
        " Homeless ●Yes Nothing written"
        " Self-harm ●Yes Marks on an arm. 8 November. In the last 6 months. I saw it myself. school"
        " nurse Anything else: A new telephone What the child needs: A quiet room"
        " The child's voice I am tired What protects the child A teacher she trusts"
    )


# 2. What goes on


def test_actions_are_in_the_order_they_are_due_and_the_done_ones_last(plain: Window) -> None:
    set_on = [
        ActionSet("Tell the officer", "social worker", date(2026, 11, 25)),
        ActionSet("Ask the carers", "teacher", date(2026, 11, 18)),
        ActionSet("Call the service", "teacher", date(2026, 11, 23)),
    ]
    first, second, third = write(plain.store, *set_on, at=on(11, 10))
    write(plain.store, ActionDone(first, "They know"), at=on(11, 17))

    page = plain.open_case()

    rows = part(page, "actions")[1]["rows"]
    assert [texts(row) for row in rows] == [
        "Ask the carers teacher Wednesday 18 November, late Mark as done: Ask the carers",
        "Call the service teacher Monday 23 November, today Mark as done: Call the service",
        "Tell the officer social worker Done 17 November. They know",
    ]
    assert rows[0][2][1][0]["to"] == f"write:done:{second}"
    assert third


def test_an_action_is_marked_as_done_from_its_row(plain: Window) -> None:
    [seq] = write(plain.store, ActionSet("Ask", "teacher", date(2026, 11, 18)), at=on(11, 10))
    plain.open_case()

    page = plain.press(f"write:done:{seq}")
    plain.save("done.note", "They know")
    after = plain.press("add")

    assert page["focus"] == "writing"
    assert "Done 23 November. They know" in texts(part(after, "actions"))


def test_for_a_looked_after_child_it_says_who_knows(plain: Window) -> None:
    plain.store.children.save(
        Child("C-0001", home_authority="Example Borough", host_authority="Example County")
    )
    placed = {"looked_after": "yes", "placed_outside_home_authority": "yes"}
    write(plain.store, screened(**placed), at=on(11, 10))
    write(plain.store, RiskAssessed("Seen", iro_seen_on=date(2026, 11, 12)), at=on(11, 13))

    page = plain.open_case()

    assert [texts(row) for row in part(page, "care")[1]["rows"]] == [
        "Home authority Example Borough",
        "Host authority Example County",
        "Host CSE lead in the care plan Not recorded",
        "Independent Reviewing Officer has seen the assessment Yes, 12 November",
    ]
    assert "Lives in Example County" in texts(page["blocks"][0])


def test_each_missing_episode_says_what_became_of_its_interview(plain: Window) -> None:
    away = [MissingEpisode(on(11, day, 22), on(11, day + 1, 7)) for day in (1, 5, 9, 18, 20)]
    first, second, third, fourth, fifth = write(
        plain.store, *away, MissingEpisode(on(11, 22, 20)), at=on(11, 22)
    )[:5]
    held = ReturnInterview(first, date(2026, 11, 2), on(11, 3, 10), "youth worker")
    late = ReturnInterview(second, date(2026, 11, 6), on(11, 12, 10))
    refused = ReturnInterview(third, date(2026, 11, 10), because_not="The child did not want to")
    write(plain.store, held, late, refused, at=on(11, 22, 21))

    page = plain.open_case()

    table = part(page, "missing")[1]
    assert table["columns"][-1] == "Within 72 hours"
    assert [texts(row[3:]) for row in table["rows"]] == [
        "3 November at 10:00, by youth worker Yes",
        "12 November at 10:00 No",
        "Not recorded Why not: The child did not want to Record the return interview of 9 November"
        " at 22:00 No",
        "Not recorded Record the return interview of 18 November at 22:00 Due Sunday 22 November,"
        " late",
        "Not recorded Record the return interview of 20 November at 22:00 Due Tuesday 24 November",
        "Not recorded Record the return interview of 22 November at 20:00 The child has not come"
        " back",
    ]
    assert table["rows"][3][3][1][0]["to"] == f"write:interview:{fourth}"
    assert fifth


def test_each_referral_says_what_became_of_it(plain: Window) -> None:
    sent = [ReferralSent(to) for to in ("social care", "police", "health", "youth service")]
    numbers = write(plain.store, *sent[:3], at=on(11, 2))
    write(plain.store, sent[3], at=on(11, 21))
    write(
        plain.store,
        ReferralAcknowledged(numbers[0], "duty team"),
        ReferralAccepted(numbers[0], "social worker, Example Borough"),
        ReferralDeclined(numbers[1], "No crime is named"),
        at=on(11, 3),
    )

    page = plain.open_case()

    rows = [texts(row) for row in part(page, "referrals")[1]["rows"]]
    assert rows[0].startswith(
        "social care 2 November Acknowledged 3 November, by duty team"
        " Accepted 3 November, by social worker, Example Borough"
    )
    assert rows[1].startswith("police 2 November Declined 3 November: No crime is named")
    assert rows[2].startswith("health 2 November No answer yet, due Thursday 5 November, late")
    assert rows[3].startswith("youth service 21 November No answer yet, due Tuesday 24 November ")
    assert texts(page["blocks"][0]["items"][3]["value"]) == "social worker, Example Borough"


def test_a_referral_made_before_any_screening_shows_what_was_written(window: Window) -> None:
    typed = {"age": "14", "worry": "Picked up by a car", "answers.self_harm": "yes"}
    write(
        window.store,
        OPENED,
        ReferralSent("social care", "by telephone", written=typed),
        at=on(11, 2),
    )

    page = window.open_case()

    said = texts(part(page, "referrals"))
    assert "Picked up by a car" in said
    assert "Self-harm" in said
    assert "No screening has been recorded yet." in texts(part(page, "views"))


def test_blockages_are_shown_open_and_ended(plain: Window) -> None:
    stops = [
        BlockageNoted("No placement", date(2026, 10, 1), "Example Borough", "A foster home"),
        BlockageNoted("No reply", date(2026, 11, 13), "Example Police"),
    ]
    first, second, _ = write(plain.store, *stops, ThemeNoted("Lifts", "transport"), at=on(11, 14))
    write(plain.store, BlockageResolved(first, date(2026, 11, 20), "Found"), at=on(11, 20))

    page = plain.open_case()

    blockages, themes = part(page, "blockages")[1:]
    assert [texts(row) for row in blockages["rows"]] == [
        "No reply Example Police 13 November, 10 days  Open Mark as ended: No reply",
        "No placement Example Borough 1 October A foster home 20 November Found",
    ]
    assert blockages["rows"][0][4][1][0]["to"] == f"write:ended:{second}"
    assert texts(themes["rows"]) == "Lifts transport  Nothing recorded yet"


def test_what_was_said_and_decided_is_listed(plain: Window) -> None:
    write(
        plain.store,
        SharingDecision("The worry", "health", False, "Not yet"),
        AdviceGiven("What now?", "Ask the service", "teacher", ("Police",)),
        RiskAssessed("Pressed by others", "Weekly visits"),
        ReviewHeld("Go on", date(2026, 12, 7)),
        MacseListed(date(2026, 11, 3), "Two towns"),
        MacseHeard(date(2026, 11, 3), put_off_to=date(2026, 12, 1), because="No time"),
        MacseHeard(date(2026, 11, 10), "Look together", "police, health"),
        at=on(11, 11),
    )

    page = plain.open_case()

    assert texts(part(page, "sharing")[1]["rows"]) == (
        "The worry health Not shared Why: Not yet 11 November, teacher, Example School"
    )
    assert texts(part(page, "advice")[1]["rows"]) == (
        "11 November What now? Ask the service Signposts: Police teacher teacher, Example School"
    )
    assert [texts(item) for item in part(page, "meetings")[1]["items"]] == [
        "Risk assessed on 11 November: Pressed by others Plan: Weekly visits",
        "Reviewed on 11 November: Go on Next on Monday 7 December.",
        "Listed on 11 November for the MACSE meeting of 3 November: Two towns",
        "Put off by the MACSE meeting of 3 November to Tuesday 1 December: No time",
        "Heard by the MACSE meeting of 10 November: Look together Present: police, health",
    ]


def test_services_that_fit_the_case_are_offered(seen: Window) -> None:
    page = seen.open_case()

    assert "Missing-from-home service" in texts(part(page, "signposts"))


def test_a_referral_that_was_only_written_and_one_that_ended_say_so(plain: Window) -> None:
    [seq] = write(plain.store, ReferralSent("health"), at=on(11, 2))
    ended = ReferralClosed(seq, "Seen weekly")
    write(plain.store, ReferralDrafted("police"), ended, at=on(11, 3))

    page = plain.open_case()

    assert [texts(row) for row in part(page, "referrals")[1]["rows"]] == [
        "police Not sent Drafted 3 November",
        "health 2 November Closed 3 November: Seen weekly",
    ]


def test_papers_released_for_a_meeting_are_listed(plain: Window) -> None:
    write(plain.store, PackReleased(date(2026, 12, 1), "sha256:0"), at=on(11, 20))

    page = plain.open_case()

    said = "Papers for the MACSE meeting of Tuesday 1 December released on 20 November."
    assert texts(part(page, "meetings")[1]["items"]) == said


def test_a_theme_alone_is_shown(plain: Window) -> None:
    write(plain.store, ThemeNoted("Lifts", "transport", "station", "Told the police"), at=on(11, 2))

    page = plain.open_case()

    assert [block["kind"] for block in part(page, "blockages")] == ["heading", "table"]
    assert texts(part(page, "blockages")[1]["rows"]) == "Lifts transport station Told the police"


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


# 4. A second reading


@pytest.fixture
def rich(seen: Window) -> Window:
    """A case in which somebody's view could show in many places."""
    seq = next(e.seq for e in entries(seen.store) if e.kind == "Screened")
    write(
        seen.store,
        SecondReading(seq, "refer_now", ("missing_from_home_or_care",), "Told by a first reader"),
        AdviceGiven("Is it refer now?", "Refer now, I said", "teacher"),
        ReviewHeld("Reviewed as refer now"),
        ActionSet("Act on refer now", "teacher", date(2026, 11, 25)),
        at=on(11, 10),
        who=ANOTHER_LEAD,
    )
    write_again(seen)
    return seen


def test_a_second_reader_sees_the_answers_and_nobodys_view(rich: Window) -> None:
    page = rich.open_case(purpose="reading")

    said = texts([block for block in page["blocks"] if block["kind"] != "panel"])
    assert "The first view, what drove it and what the guidance says are shown when" in said
    assert not any(words in said.casefold() for words in ("refer now", "assess today", "driven by"))
    assert [each["focus"] for each in page["shell"]["on_this_page"]] == [
        *("add", "changes", "safeguard", "care", "missing")
    ]


def test_both_views_are_shown_when_the_second_reading_is_added(rich: Window) -> None:
    rich.open_case(purpose="reading")
    rich.fill_in(reading__route="consult", reading__drivers=["missing_from_home_or_care"])

    page = rich.press("add")

    assert "You said Report the concern. The person who screened said Refer now." in (
        texts(page["blocks"][0])
    )
    assert "Two people differ." in texts(part(page, "views"))


def test_ones_own_screening_cannot_be_read_again_and_nothing_is_hidden(plain: Window) -> None:
    made = (screened(self_harm="yes"), view("consult", "self_harm"))
    write(plain.store, *made, at=on(11, 10), who=plain.casework.who)

    page = plain.open_case(purpose="reading")

    assert "You made this screening." in texts(part(page, "add"))
    assert "Report the concern" in texts(part(page, "views"))


# 5. Text and corrections


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


# 6. While one was writing


def test_what_somebody_else_added_meanwhile_is_shown_first(plain: Window) -> None:
    plain.open_case()
    plain.press("write:advice")
    plain.fill_in(advice__asked="What now?", advice__advice="Wait for nobody", advice__to="teacher")
    write(plain.store, ReviewHeld("Go on"), ReviewHeld("Go on still"), at=on(11, 23))

    page = plain.press("add")

    first = part(page, "new")
    assert page["alert"]["heading"] == "Somebody else has added to this record"
    assert page["shell"]["on_this_page"][0]["focus"] == "new"
    assert first[0]["text"] == "Added while you were writing"
    assert [texts(item) for item in first[1]["items"]] == [
        "Teacher, Example School, 23 November: Review held: Go on",
        "Teacher, Example School, 23 November: Review held: Go on still",
    ]
    assert "Wait for nobody" in texts(part(page, "add"))


def test_a_record_can_be_read_again(plain: Window) -> None:
    plain.open_case()
    write(plain.store, ReviewHeld("Go on"), at=on(11, 23))

    page = plain.press("reread")

    assert "Go on" in texts(part(page, "meetings"))
