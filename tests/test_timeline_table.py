"""The table behind the timeline: every entry once, in order, with corrections under their entries.

1. Each entry has a row, oldest first, in the words of its kind.
2. A correction stands under the entry it corrects, and shows both values.
3. What was erased says so; what a colleague wrote stays as it was written.
"""

from datetime import UTC, date, datetime
from typing import Final

import pytest
from hypothesis import given

from cse_workbook.case import AnyEvent, Entry, fold
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
    JudgementRecorded,
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
    SecondReading,
    SharingDecision,
    StepDownAgreed,
    TableReleased,
    ThemeNoted,
)
from cse_workbook.instrument import Instrument
from cse_workbook.timeline import rows
from tests.made_up_events import (
    MARKUP,
    OCC,
    OPENED,
    case_on,
    entries_of,
    erased,
    histories,
    screened,
    view,
)

SIGN: Final = screened(self_harm="yes")
ADVICE: Final = AdviceGiven("What now?", "Refer today", "teacher")


def what(*events: AnyEvent) -> list[str]:
    """Say what the table says of events that are entry 2 and on."""
    return [row.what for row in rows(fold(entries_of(OPENED, *events)), OCC)][1:]


def test_a_row_tells_day_what_who_and_number() -> None:
    (row,) = rows(fold(entries_of(OPENED)), OCC)

    assert row.day == date(2026, 9, 1)
    assert row.what == "Case opened: A made-up reason"
    assert row.who == "teacher, Example School"
    assert (row.entry, row.corrects) == (1, None)
    assert repr(row) == "Row(entry 1)"


@given(histories())
def test_every_entry_stands_in_the_table_once(entries: list[Entry]) -> None:
    found = rows(fold(entries), OCC)

    assert sorted(row.entry for row in found) == [each.seq for each in entries]
    assert all(row.what and row.who for row in found)


def test_the_oldest_stands_first_and_of_one_day_the_first_written() -> None:
    case = case_on(
        (date(2026, 9, 5), OPENED),
        (date(2026, 9, 7), SIGN),
        (date(2026, 9, 7), view("consult")),
        (date(2026, 9, 6), ReviewHeld("Go on")),
    )

    assert [row.entry for row in rows(case, OCC)] == [1, 4, 2, 3]


def test_a_correction_stands_under_its_entry_and_shows_both_values() -> None:
    entries = entries_of(
        OPENED, view("consult"), ADVICE, Corrected(2, "route", "refer_now", "Slip")
    )

    found = rows(fold(entries), OCC)

    assert [(row.entry, row.corrects) for row in found] == [(1, None), (2, None), (4, 2), (3, None)]
    assert found[1].what == "View: Refer now"
    assert found[2].what == "Corrected, view: was “Report the concern”, is “Refer now”. Slip"


def test_of_two_corrections_the_second_shows_the_value_of_the_first() -> None:
    rights = (Corrected(2, "route", "refer_now", "One"), Corrected(2, "route", "consult", "Two"))

    assert what(view("assess_today"), *rights) == [
        "View: Report the concern",
        "Corrected, view: was “Assess today”, is “Refer now”. One",
        "Corrected, view: was “Refer now”, is “Report the concern”. Two",
    ]


@pytest.mark.parametrize(
    ("event", "field", "value", "said"),
    [
        (SIGN, "answers.self_harm", "no", "Self-harm: was “Yes”, is “No”"),
        (SIGN, "answers.young_carer", "yes", "Young carer: was “No answer”, is “Yes”"),
        (view("consult"), "happened_on", "2026-09-01", "day: was “2 September 2026”, is “1 Sept"),
        (view("consult"), "because", "Told", "because: was “blank”, is “Told”"),
        (
            ActionSet("Tell", "nurse", date(2026, 9, 9)),
            "due_on",
            "2026-09-10",
            "due: was “9 September 2026”, is “10 September 2026”",
        ),
        (
            MissingEpisode(datetime(2026, 9, 2, 12, tzinfo=UTC), datetime(2026, 9, 3, tzinfo=UTC)),
            "returned_at",
            "null",
            "is “blank”",
        ),
        (
            SharingDecision("The worry", "nurse", True, "She sees the child"),
            "is_shared",
            "false",
            "is shared: was “Shared”, is “Not shared”",
        ),
        (ThemeNoted("Lifts", "cars"), "of_kind", "taxis", "kind: was “cars”, is “taxis”"),
    ],
)
def test_a_correction_is_told_in_the_words_of_its_field(
    event: AnyEvent, field: str, value: str, said: str
) -> None:
    assert said in what(event, Corrected(2, field, value, "Slip"))[1]


def test_a_correction_of_an_erased_entry_does_not_bring_it_back() -> None:
    rights = (
        Corrected(2, "because", "Told", "Slip"),
        Corrected(2, "happened_on", "2026-09-01", "Slip"),
    )

    found = rows(fold(erased(entries_of(OPENED, view("consult"), *rights), 2)), OCC)

    assert [row.what for row in found[1:4]] == [
        "View. What it said was erased",
        "Corrected, because. What it said was erased. Slip",
        "Corrected, day: was “2 September 2026”, is “1 September 2026”. Slip",
    ]


def test_a_correction_of_what_is_not_there_or_of_a_correction_stands_in_its_own_place() -> None:
    rights = (Corrected(99, "route", "consult", "Slip"), Corrected(2, "reason", "Other", "Slip"))

    assert what(*rights) == [
        "Corrected what entry 99 says of route: consult. Slip",
        "Corrected what entry 2 says of reason: Other. Slip",
    ]


def test_an_erased_entry_says_so_and_what_erased_it_says_why() -> None:
    found = rows(fold(erased(entries_of(OPENED, SIGN), 2)), OCC)

    assert found[1].what == "Screened. What it said was erased"
    assert found[2].what == "Erased what entry 2 said: A made-up decision"


def test_a_read_of_the_record_says_for_what() -> None:
    assert what(RecordRead("To give advice"), RecordRead("An audit", identity=True)) == [
        "Record read, to give advice",
        "Record read with who the child is, an audit",
    ]


def test_a_route_or_driver_of_another_instrument_is_told_by_its_key(occ: Instrument) -> None:
    assert what(view("another_route", "another_driver")) == [
        "View: another_route. Driven by: another_driver"
    ]


EVERY_KIND: Final = (
    (SIGN, "Screened, the guidance said: Assess today"),
    (
        JudgementRecorded(
            *("consult", ("self_harm", "young_carer"), "It goes on.", "Lifts home", "the child"),
            *("More to ask", "Lead officer for CSE", date(2026, 9, 1), "Go on"),
        ),
        "View: Report the concern. Driven by: Self-harm; Young carer. Also driven by: Lifts home."
        " It goes on. Talked to: the child. Lower because: More to ask. Consulted: Lead officer for"
        " CSE, on 1 September 2026. They said: Go on",
    ),
    (ReferralDrafted("social care"), "Referral drafted, to social care"),
    (
        ReferralSent("social worker", "By telephone", "Visit", "today", {"worry": "Not shown"}),
        "Referral sent to social worker, By telephone. Told: today. Visit",
    ),
    (ReferralAcknowledged(5, "duty team"), "Referral acknowledged by duty team, entry 5"),
    (ReferralAccepted(5, "A worker"), "Referral accepted, worker: A worker, entry 5"),
    (ReferralDeclined(5, "Not for us"), "Referral declined, entry 5: Not for us"),
    (ReferralClosed(5, "Work done"), "Referral ended, entry 5: Work done"),
    (
        RiskAssessed("Harm likely", "Visits", date(2026, 9, 1), date(2026, 9, 2)),
        "Risk assessed: Harm likely. Plan: Visits. Seen by the Independent Reviewing Officer on"
        " 1 September 2026. Host CSE lead in the care plan on 2 September 2026",
    ),
    (ADVICE, "Advice given to teacher. Asked: What now?. Advised: Refer today"),
    (
        SecondReading(2, "refer_now", ("self_harm",), "Worse"),
        "Second reading: Refer now. Driven by: Self-harm. Worse. Read: entry 2",
    ),
    (
        StepDownAgreed(
            *("refer_now", "consult"),
            (
                Evidence("self_harm", "None seen", date(2026, 9, 1), "nurse"),
                Evidence("other", "No lifts", date(2026, 9, 1), "school"),
            ),
            *("Agrees", "A reader"),
        ),
        "View lowered from Refer now to Report the concern. Self-harm: None seen, 1 September 2026,"
        " nurse; What else drove it: No lifts, 1 September 2026, school. The child's or family's"
        " view: Agrees. Second reader: A reader",
    ),
    (ReviewHeld("Go on", date(2026, 10, 1)), "Review held: Go on. Next on 1 October 2026"),
    (
        MacseListed(date(2026, 11, 4), "New sign"),
        "Listed for the meeting of 4 November 2026: New sign",
    ),
    (
        MacseHeard(date(2026, 11, 4), "Visit", "All", date(2026, 12, 2), "No time"),
        "At the meeting of 4 November 2026: Visit. Present: All. Put off to 2 December 2026,"
        " because: No time",
    ),
    (ReturnInterview(18, date(2026, 9, 1), None, "service", "Not wanted"), None),
    (
        ActionSet("Tell the nurse", "teacher", date(2026, 9, 9)),
        "Action set: Tell the nurse. Who: teacher. Due 9 September 2026",
    ),
    (ActionDone(19, "Told"), "Action done, entry 19: Told"),
    (
        ThemeNoted("Lifts home", "transport", "a car park", "Told the council"),
        "Theme noted: Lifts home. Kind: transport, a car park. Done: Told the council",
    ),
    (
        BlockageNoted("No room", date(2026, 9, 1), "Example School", "A room"),
        "Blockage noted: No room. Since 1 September 2026, Example School. Would end it: A room",
    ),
    (
        BlockageResolved(22, date(2026, 9, 9), "Found"),
        "Blockage ended, entry 22 on 9 September 2026: Found",
    ),
    (
        SharingDecision("The worry", "nurse", False, "No need"),
        "Sharing decided: The worry, with nurse. Not shared: No need",
    ),
    (
        PackReleased(date(2026, 11, 4), "sha256:ab"),
        "Pack released for the meeting of 4 November 2026 (sha256:ab)",
    ),
    (TableReleased("Themes", "sha256:ab", "{}"), "Table released: Themes (sha256:ab)"),
    (CaseClosed("Moved away"), "Case closed: Moved away"),
    (BodyErased(99, "Kept long enough"), "Erased what entry 99 said: Kept long enough"),
)


@pytest.mark.parametrize(
    ("event", "said"),
    [each for each in EVERY_KIND if each[1]],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_entry_has_its_words(event: AnyEvent, said: str) -> None:
    assert what(event) == [said]


def test_a_missing_episode_and_its_interview_tell_their_times() -> None:
    at = datetime(2026, 9, 2, 12, 30, tzinfo=UTC)
    local = at.astimezone()

    assert what(
        MissingEpisode(at, None, "police"),
        ReturnInterview(2, date(2026, 9, 3), at, "service", "Not wanted"),
    ) == [
        f"Missing from {local.day} September 2026 at {local:%H:%M}. Reported to: police",
        "Return interview, entry 2. Offered on 3 September 2026. By: service. Done on"
        f" {local.day} September 2026 at {local:%H:%M}. Not done because: Not wanted",
    ]


def test_what_a_colleague_wrote_stands_in_the_table_as_it_was_written() -> None:
    assert what(AdviceGiven("", MARKUP, "")) == [f"Advice given. Advised: {MARKUP}"]
