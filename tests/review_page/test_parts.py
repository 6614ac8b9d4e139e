"""Each part of the page of a case says what goes on: what is set, sent, held up and decided."""

from datetime import date

from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BlockageResolved,
    MacseHeard,
    MacseListed,
    MissingEpisode,
    PackReleased,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralDrafted,
    ReferralSent,
    ReturnInterview,
    ReviewHeld,
    RiskAssessed,
    SharingDecision,
    ThemeNoted,
)
from cse_workbook.store import Child
from tests.made_up_events import OPENED, screened
from tests.office_window import Window, part, texts, write
from tests.review_page.made_up import on


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
