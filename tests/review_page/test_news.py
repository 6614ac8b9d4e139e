"""What is new on the page of a case.

1. What was added since one last looked is told, and what is late.
2. What changed from screening to screening is told, answer by answer.
3. What somebody else added while one was writing is shown first.
"""

from datetime import date
from typing import Any

from cse_workbook.case.events import ActionSet, CaseClosed, MissingEpisode, ReviewHeld, Screened
from cse_workbook.outcome import explain
from cse_workbook.screening import read_screening
from tests.made_up_events import OCC, POLICY, screened, view
from tests.office_window import Window, part, texts, write
from tests.review_page.made_up import on, write_again


def made_up(raw: dict[str, Any], **beside: str) -> Screened:
    """Make up a screening with more than answers in it."""
    screening = read_screening(raw, "made up", OCC)
    return Screened.of(screening, explain(screening, OCC, POLICY), beside)


# 1. Since one last looked


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


# 3. While one was writing


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
