"""Whom a multi-agency meeting hears, and what it is told about each child.

1. The agenda of a day holds who is listed for it or put off to it, and what came of each.
2. Its order is the one chosen, and nobody falls out of it.
3. Opening a record to prepare a meeting is entered once for each meeting and child.
4. A sheet holds the view, what changed, the child's words and the open actions, by who does them.
5. A sheet says what it leaves out, and only what there is.
"""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook import meeting
from cse_workbook.case import AnyEvent, Case, fold
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    MacseHeard,
    MacseListed,
    RecordRead,
    ReferralDrafted,
    ReferralSent,
    RiskAssessed,
    Screened,
    SecondReading,
    SharingDecision,
    ThemeNoted,
)
from cse_workbook.instrument import Instrument
from cse_workbook.meeting import PURPOSE, Item, Sheet
from tests import made_up_events
from tests.made_up_events import OPENED, entries_of, screened, view

DAY = date(2026, 12, 3)
LATER = date(2027, 1, 7)
LISTED = MacseListed(DAY, "Missing twice")
HEARD = MacseHeard(DAY, "A strategy discussion", "police, school")
PUT_OFF = MacseHeard(DAY, put_off_to=LATER, because="The school could not come")


def case_of(*events: AnyEvent, ref: str = "C-0001") -> Case:
    entries = entries_of(OPENED, *events)
    return fold(msgspec.structs.replace(each, case_ref=ref) for each in entries)


def sheet_of(case: Case, occ: Instrument) -> Sheet:
    found = meeting.item(case, DAY)
    assert found is not None
    return meeting.sheet(case, found, DAY, occ)


def with_words(words: str, **answers: str) -> Screened:
    """Make up a screening in which the child said this."""
    made = screened(**answers)
    said = msgspec.structs.replace(made.screening, child_said=words)
    return Screened.of(said, made.outcome)


# 1. The agenda


def test_a_child_is_on_the_agenda_of_the_day_for_which_it_is_listed() -> None:
    case = case_of(LISTED)

    assert meeting.item(case, DAY) == Item("C-0001", "Missing twice", 2)
    assert meeting.item(case, LATER) is None


def test_a_child_that_was_heard_stays_on_the_agenda_with_what_was_decided() -> None:
    assert meeting.item(case_of(LISTED, HEARD), DAY) == Item("C-0001", "Missing twice", 2, HEARD)


def test_a_child_that_was_put_off_is_on_the_agenda_of_the_other_day_and_why() -> None:
    case = case_of(LISTED, PUT_OFF)

    assert meeting.item(case, DAY) == Item("C-0001", "Missing twice", 2, PUT_OFF)
    assert meeting.item(case, LATER) == Item("C-0001", "The school could not come", 3)


def test_a_child_listed_again_after_it_was_put_off_is_to_be_heard() -> None:
    case = case_of(LISTED, PUT_OFF, MacseListed(DAY, "They can come"))

    assert meeting.item(case, DAY) == Item("C-0001", "They can come", 4)


def test_what_was_heard_without_being_listed_is_on_no_agenda() -> None:
    assert meeting.item(case_of(HEARD), DAY) is None


def test_the_days_of_meetings_are_told_with_how_many_are_still_to_be_heard() -> None:
    cases = [
        case_of(LISTED),
        case_of(LISTED, HEARD, ref="C-0002"),
        case_of(LISTED, PUT_OFF, ref="C-0003"),
        case_of(ref="C-0004"),
    ]

    assert meeting.meeting_days(cases) == {DAY: 1, LATER: 1}


# 2. The order


def test_the_agenda_stands_in_the_order_chosen_and_then_as_listed() -> None:
    cases = [case_of(LISTED, ref=f"C-000{n}") for n in (1, 2, 3)]

    assert [each.ref for each in meeting.agenda(cases, DAY)] == ["C-0001", "C-0002", "C-0003"]
    chosen = meeting.agenda(cases, DAY, ["C-0003", "C-0099", "C-0001"])
    assert [each.ref for each in chosen] == ["C-0003", "C-0001", "C-0002"]


orders = st.lists(st.sampled_from([f"C-000{n}" for n in range(9)]), unique=True, max_size=8)


@given(orders, st.sampled_from([-1, 1]), st.integers(0, 8))
def test_moving_one_child_keeps_all_and_the_order_of_the_others(
    order: list[str], step: int, which: int
) -> None:
    ref = f"C-000{which}"

    found = meeting.moved(order, ref, step)

    assert sorted(found) == sorted(order)
    assert [each for each in found if each != ref] == [each for each in order if each != ref]
    if ref in order:
        assert found.index(ref) == min(max(order.index(ref) + step, 0), len(order) - 1)


# 3. Reading


def test_a_record_is_opened_once_for_each_meeting_and_person() -> None:
    case = case_of(RecordRead(PURPOSE), LISTED, RecordRead("to give advice"), RecordRead(PURPOSE))
    found = meeting.item(case, DAY)
    assert found is not None

    read = meeting.read_for(case, found, "t.example")

    assert read is not None
    assert read.seq == 5
    assert meeting.read_for(case, found, "somebody.else") is None
    assert meeting.read_for(case_of(RecordRead(PURPOSE), LISTED), found, "t.example") is None


def test_a_record_is_opened_again_for_the_meeting_to_which_the_child_was_put_off() -> None:
    case = case_of(LISTED, RecordRead(PURPOSE), PUT_OFF)
    found = meeting.item(case, LATER)
    assert found is not None

    assert meeting.read_for(case, found, "t.example") is None


# 4. The sheet


def test_a_sheet_holds_the_view_that_stands_and_the_last_words_of_the_child(
    occ: Instrument,
) -> None:
    sheet = sheet_of(
        case_of(with_words("I am fine"), view("consult", "self_harm"), with_words(" "), LISTED), occ
    )

    assert sheet.view is not None
    assert (sheet.view.route, sheet.view.drivers) == ("consult", ("self_harm",))
    assert sheet.child_said == ("I am fine", date(2026, 9, 2))
    assert "fine" not in f"{sheet}{sheet.item}"


def test_a_sheet_of_a_case_without_any_screening_says_so_by_what_is_blank(occ: Instrument) -> None:
    sheet = sheet_of(case_of(LISTED), occ)

    assert (sheet.view, sheet.child_said, sheet.compared) == (None, None, None)
    assert (sheet.due, sheet.asked, sheet.last_heard, sheet.since) == ((), {}, None, 0)


ONE, TWO, THREE = (
    screened(self_harm="no"),
    screened(self_harm="possible"),
    screened(self_harm="yes"),
)
EARLIER = MacseHeard(date(2026, 11, 5), "Look again")


@pytest.mark.parametrize(
    ("events", "then"),
    [
        ((ONE, TWO, EARLIER, THREE), "possible"),
        ((ONE, EARLIER, TWO, THREE), "no"),
        ((ONE, TWO, THREE), "possible"),
    ],
)
def test_a_sheet_compares_with_what_the_meeting_before_knew(
    events: tuple[AnyEvent, ...], then: str, occ: Instrument
) -> None:
    sheet = sheet_of(case_of(*events, LISTED), occ)

    assert sheet.compared is not None
    assert [each.answers["self_harm"].answer for each in sheet.compared] == [then, "yes"]


@pytest.mark.parametrize("events", [(ONE,), (ONE, EARLIER), (EARLIER, ONE)])
def test_a_sheet_compares_nothing_where_there_is_nothing_to_compare(
    events: tuple[AnyEvent, ...], occ: Instrument
) -> None:
    assert sheet_of(case_of(*events, LISTED), occ).compared is None


def test_the_meeting_before_is_the_last_that_heard_the_child(occ: Instrument) -> None:
    put_off = MacseHeard(date(2026, 11, 12), put_off_to=DAY, because="Nobody came")

    sheet = sheet_of(case_of(EARLIER, put_off, LISTED, HEARD), occ)

    assert (sheet.last_heard, sheet.since) == (EARLIER, 2)


def test_open_actions_stand_by_their_day_and_by_who_is_asked(occ: Instrument) -> None:
    visit = ActionSet("Visit the family", "social worker", LATER)
    call = ActionSet("Call the school", "Police", DAY)
    again = ActionSet("See the child", "social worker", date(2026, 11, 30))
    done = ActionSet("Write it down", "teacher", DAY)

    sheet = sheet_of(case_of(visit, call, again, done, ActionDone(5), LISTED), occ)

    assert [task.what for task in sheet.due] == ["See the child", "Call the school"]
    assert list(sheet.asked) == ["Police", "social worker"]
    assert [t.what for t in sheet.asked["social worker"]] == ["See the child", "Visit the family"]
    assert "Visit" not in repr(sheet.asked)


# 5. What is left out


def test_a_sheet_always_leaves_out_who_the_child_is_and_says_why(occ: Instrument) -> None:
    [(what, why)] = sheet_of(case_of(LISTED), occ).left_out

    assert what.startswith("Who the child is: name, date of birth, address")
    assert "Whoever has to know opens the record" in why


FULL = screened(
    {"needs": "made up"},
    self_harm={"answer": "yes", "evidence": "Marks on the arms", "source": "nurse"},
)
WORDY = Screened.of(
    msgspec.structs.replace(FULL.screening, worry="A worry", protective="An aunt"),
    FULL.outcome,
    FULL.circumstances,
)


@pytest.mark.parametrize(
    ("event", "begins"),
    [
        (FULL, "What is written behind the answers"),
        (WORDY, "The worry in the words"),
        (WORDY, "What protects the child"),
        (WORDY, "What was asked beside the questions"),
        (view("consult", "self_harm", because="A feeling"), "Why people gave their views"),
        (view("consult", other_driver="A feeling"), "Why people gave their views"),
        (ReferralDrafted("social care"), "What was written in referrals"),
        (ReferralSent("social care"), "What was written in referrals"),
        (RiskAssessed("High"), "The text of risk assessments"),
        (AdviceGiven("What now?", "Refer", "teacher"), "Advice given"),
        (SharingDecision("The view", "police", True, "Needed"), "Decisions on sharing"),
        (ThemeNoted("Cars", "transport"), "Themes and blockages"),
        (BlockageNoted("No place", DAY, "clinic"), "Themes and blockages"),
    ],
)
def test_what_is_left_out_is_said_where_the_record_holds_it(
    event: AnyEvent, begins: str, occ: Instrument
) -> None:
    without = sheet_of(case_of(LISTED), occ).left_out
    sheet = sheet_of(case_of(event, LISTED), occ)

    assert any(what.startswith(begins) for what, _ in sheet.left_out)
    assert not any(what.startswith(begins) for what, _ in without)


def test_the_reason_of_a_second_reading_is_left_out_too(occ: Instrument) -> None:
    reading = SecondReading(2, "consult", ("self_harm",), "A feeling")

    sheet = sheet_of(case_of(screened(self_harm="yes"), reading, LISTED), occ)

    assert any(what.startswith("Why people gave") for what, _ in sheet.left_out)


@given(made_up_events.histories())
def test_a_sheet_can_be_made_of_any_record_and_shows_no_word_in_its_name(
    entries: list[made_up_events.Entry],
) -> None:
    case = fold(entries)
    for day in meeting.meeting_days([case]):
        found = meeting.item(case, day)
        assert found is not None
        sheet = meeting.sheet(case, found, day, made_up_events.OCC)
        assert repr(sheet) == f"Sheet(entry {found.entry})"
