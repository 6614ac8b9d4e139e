"""What the entries of a case add up to.

1. Every kind of entry is written as canonical JSON and read again the same.
2. Every kind stands in its list, begins a thread, follows one, or opens and closes the case.
3. A correction changes how an entry reads; as it was written, it stays.
4. A case as it stood is the case of the entries written by then.
5. Nothing that was written is lost, and nothing of a child is shown by a `repr`.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from cse_workbook.case import AnyEvent, Entry, Event, Thread, corrected, fold
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BlockageResolved,
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
    Screened,
    SecondReading,
    SharingDecision,
    StepDownAgreed,
    TableReleased,
    ThemeNoted,
)
from cse_workbook.case.fold import fold_all
from cse_workbook.store.chain import canonical
from tests.made_up_events import (
    KINDS,
    OPENED,
    entries_of,
    entry,
    erased,
    histories,
    of_kind,
    screened,
    view,
)

DAY = date(2026, 9, 3)
NIGHT = datetime(2026, 9, 2, 22, 0, tzinfo=UTC)
SCREENED = screened(self_harm="yes")
SENT = ReferralSent("social worker", written={"worry": "A made-up worry"})
ACTION = ActionSet("Offer an interview", "social worker", DAY)
MISSING = MissingEpisode(NIGHT)
BLOCKAGE = BlockageNoted("No place to talk", DAY, "Example School")
VIEW = view("refer_now", "self_harm")

# The list of a case in which a kind of entry stands, and the field that names what it follows.
_WHERE = {
    "Screened": "screenings",
    "JudgementRecorded": "views",
    "ReferralDrafted": "drafted",
    "ReferralSent": "referrals",
    "ReferralAcknowledged": "referrals",
    "ReferralAccepted": "referrals",
    "ReferralDeclined": "referrals",
    "ReferralClosed": "referrals",
    "RiskAssessed": "assessments",
    "AdviceGiven": "advice",
    "SecondReading": "screenings",
    "StepDownAgreed": "views",
    "ReviewHeld": "reviews",
    "MacseListed": "meetings",
    "MacseHeard": "meetings",
    "MissingEpisode": "missing",
    "ReturnInterview": "missing",
    "ActionSet": "actions",
    "ActionDone": "actions",
    "ThemeNoted": "themes",
    "BlockageNoted": "blockages",
    "BlockageResolved": "blockages",
    "SharingDecision": "sharing",
    "PackReleased": "releases",
    "TableReleased": "releases",
    "RecordRead": "reads",
    "BodyErased": "erased",
}
_FOLLOWING = {
    "SecondReading": "screening",
    "ReferralAcknowledged": "referral",
    "ReferralAccepted": "referral",
    "ReferralDeclined": "referral",
    "ReferralClosed": "referral",
    "ActionDone": "action",
    "ReturnInterview": "episode",
    "BlockageResolved": "blockage",
}
_BEGUN = ("screenings", "referrals", "actions", "missing", "blockages")
_ALONE = sorted(set(_WHERE.values()) - set(_BEGUN))


def numbers(entries: Iterable[Entry]) -> list[int]:
    return [each.seq for each in entries]


def threads(found: Sequence[Thread]) -> list[list[int]]:
    return [[each.start.seq, *numbers(each.after)] for each in found]


def event_of(entry: Entry | None) -> Any:
    assert entry is not None
    return entry.event


# 1. Written and read again


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_entry_is_read_again_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))

    written = canonical(event)
    again = msgspec.json.decode(written, type=AnyEvent)

    assert again == event
    assert canonical(again) == written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_name_of_a_kind_is_its_tag(kind: type[Event]) -> None:
    assert kind.__struct_config__.tag == kind.__name__


def test_an_entry_with_a_field_that_is_not_known_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(b'{"kind":"CaseOpened","reason":"","more":1}', type=AnyEvent)


def test_what_is_left_at_its_default_is_not_written() -> None:
    assert canonical(ReferralSent("nurse")) == b'{"kind":"ReferralSent","to":"nurse"}'


def test_a_screening_and_its_outcome_are_read_again_from_what_was_written() -> None:
    event = screened({"iro_seen": "yes"}, self_harm="yes")

    assert event.screening.answers["self_harm"].answer == "yes"
    assert event.outcome.route == "assess_today"
    assert event.circumstances == {"iro_seen": "yes"}


# 2. Where each kind stands


def test_a_screening_begins_a_thread_of_screenings() -> None:
    assert threads(fold(entries_of(OPENED, SCREENED, SCREENED)).screenings) == [[2], [3]]


def test_a_referral_begins_a_thread_of_referrals() -> None:
    assert threads(fold(entries_of(OPENED, SENT)).referrals) == [[2]]


def test_an_action_begins_a_thread_of_actions() -> None:
    assert threads(fold(entries_of(OPENED, ACTION)).actions) == [[2]]


def test_a_missing_episode_begins_a_thread_of_episodes() -> None:
    assert threads(fold(entries_of(OPENED, MISSING)).missing) == [[2]]


def test_a_blockage_begins_a_thread_of_blockages() -> None:
    assert threads(fold(entries_of(OPENED, BLOCKAGE)).blockages) == [[2]]


def test_a_second_reading_follows_the_screening_it_reads() -> None:
    reading = SecondReading(2, "refer_now", ("self_harm",))

    case = fold(entries_of(OPENED, SCREENED, SCREENED, reading))

    assert threads(case.screenings) == [[2, 4], [3]]


def test_an_acknowledgement_follows_its_referral() -> None:
    case = fold(entries_of(OPENED, SENT, SENT, ReferralAcknowledged(3)))

    assert threads(case.referrals) == [[2], [3, 4]]


def test_the_acceptance_of_a_referral_follows_it() -> None:
    assert threads(fold(entries_of(OPENED, SENT, ReferralAccepted(2))).referrals) == [[2, 3]]


def test_the_declining_of_a_referral_follows_it() -> None:
    case = fold(entries_of(OPENED, SENT, ReferralDeclined(2, "Not for us")))

    assert threads(case.referrals) == [[2, 3]]


def test_the_end_of_a_referral_follows_it() -> None:
    case = fold(entries_of(OPENED, SENT, ReferralClosed(2, "The work is done")))

    assert threads(case.referrals) == [[2, 3]]


def test_an_action_done_follows_the_action() -> None:
    assert threads(fold(entries_of(OPENED, ACTION, ActionDone(2))).actions) == [[2, 3]]


def test_a_return_interview_follows_the_missing_episode() -> None:
    assert threads(fold(entries_of(OPENED, MISSING, ReturnInterview(2))).missing) == [[2, 3]]


def test_the_end_of_a_blockage_follows_it() -> None:
    case = fold(entries_of(OPENED, BLOCKAGE, BlockageResolved(2, DAY, "A room was found")))

    assert threads(case.blockages) == [[2, 3]]


def test_a_thread_gives_the_last_of_a_kind_that_follows() -> None:
    follow = (ReferralAcknowledged(2), ReferralAcknowledged(2), ReferralAccepted(2))

    (thread,) = fold(entries_of(OPENED, SENT, *follow)).referrals

    assert event_of(thread.last(ReferralAcknowledged)) == ReferralAcknowledged(2)
    assert thread.last(ReferralAcknowledged) == thread.after[1]
    assert thread.last(ReferralDeclined) is None


def test_a_judgement_stands_among_the_views() -> None:
    assert numbers(fold(entries_of(OPENED, VIEW)).views) == [2]


def test_a_step_down_stands_among_the_views() -> None:
    lower = StepDownAgreed("refer_now", "consult", (), "Asked: agrees", "A second reader")

    assert numbers(fold(entries_of(OPENED, VIEW, lower)).views) == [2, 3]


def test_a_risk_assessment_stands_among_the_assessments() -> None:
    assert numbers(fold(entries_of(OPENED, RiskAssessed("Harm likely"))).assessments) == [2]


def test_advice_stands_among_the_advice() -> None:
    advice = AdviceGiven("What now?", "Refer today", "teacher")

    assert numbers(fold(entries_of(OPENED, advice)).advice) == [2]


def test_a_review_stands_among_the_reviews() -> None:
    assert numbers(fold(entries_of(OPENED, ReviewHeld("Go on as planned"))).reviews) == [2]


def test_a_listing_for_a_meeting_stands_among_the_meetings() -> None:
    assert numbers(fold(entries_of(OPENED, MacseListed(DAY, "New sign"))).meetings) == [2]


def test_what_a_meeting_heard_stands_among_the_meetings() -> None:
    assert numbers(fold(entries_of(OPENED, MacseHeard(DAY, "Visit"))).meetings) == [2]


def test_a_theme_stands_among_the_themes() -> None:
    assert numbers(fold(entries_of(OPENED, ThemeNoted("Lifts", "transport"))).themes) == [2]


def test_a_sharing_decision_stands_among_the_sharing_decisions() -> None:
    decision = SharingDecision("The worry", "school nurse", True, "She sees the child")

    assert numbers(fold(entries_of(OPENED, decision)).sharing) == [2]


def test_a_released_pack_stands_among_the_releases() -> None:
    assert numbers(fold(entries_of(OPENED, PackReleased(DAY, "sha256:0"))).releases) == [2]


def test_a_released_table_stands_among_the_releases() -> None:
    assert numbers(fold(entries_of(OPENED, TableReleased("t", "sha256:0", "{}"))).releases) == [2]


def test_a_drafted_referral_stands_among_the_drafted() -> None:
    assert numbers(fold(entries_of(OPENED, ReferralDrafted("social care"))).drafted) == [2]


def test_a_read_of_the_record_stands_among_the_reads() -> None:
    assert numbers(fold(entries_of(OPENED, RecordRead("To give advice"))).reads) == [2]


def test_an_erasure_stands_among_the_erased() -> None:
    assert numbers(fold(erased(entries_of(OPENED, VIEW), 2)).erased) == [3]


def test_every_kind_but_the_opening_closing_and_correcting_stands_in_a_list() -> None:
    kinds = [kind for kind in KINDS if kind.__name__ not in ("CaseOpened", "CaseClosed")]
    nowhere = [kind.__name__ for kind in kinds if kind.__name__ not in _WHERE]

    assert nowhere == ["Corrected"]


def test_a_follow_up_of_an_erased_entry_stays_in_the_record_alone() -> None:
    case = fold(erased(entries_of(OPENED, SENT, ReferralAcknowledged(2)), 2))

    assert case.referrals == ()
    assert numbers(case.entries) == [1, 2, 3, 4]
    assert event_of(case.entry(3)) == ReferralAcknowledged(2)


def test_a_follow_up_of_an_entry_that_is_not_of_this_case_stays_in_the_record_alone() -> None:
    case = fold(entries_of(OPENED, ActionDone(99)))

    assert case.actions == ()
    assert numbers(case.entries) == [1, 2]


def test_entries_of_many_cases_are_folded_a_case_at_a_time_in_the_order_they_were_opened() -> None:
    of_two = [
        entry(1, OPENED),
        entry(2, OPENED, case_ref="C-0002", case_version=1),
        entry(3, VIEW, case_version=2),
        entry(4, SENT, case_ref="C-0002", case_version=2),
    ]

    found = list(fold_all(of_two))

    assert [each.ref for each in found] == ["C-0001", "C-0002"]
    assert [numbers(each.entries) for each in found] == [[1, 3], [2, 4]]


def test_without_entries_there_are_no_cases() -> None:
    assert list(fold_all([])) == []


# Open and closed


def test_a_case_is_open_from_its_first_entry() -> None:
    case = fold(entries_of(OPENED))

    assert case.is_open
    assert case.ref == "C-0001"
    assert case.version == 1
    assert case.opened_on == date(2026, 9, 1)


def test_a_person_closes_a_case() -> None:
    assert not fold(entries_of(OPENED, CaseClosed("Moved away"))).is_open


def test_a_closed_case_can_be_opened_again() -> None:
    case = fold(entries_of(OPENED, CaseClosed("Moved away"), OPENED))

    assert case.is_open
    assert case.opened_on == date(2026, 9, 1)
    assert case.version == 3


def test_a_case_stays_closed_when_the_reason_is_erased() -> None:
    assert not fold(erased(entries_of(OPENED, CaseClosed("Moved away")), 2)).is_open


def test_what_is_added_after_the_closing_opens_nothing() -> None:
    assert not fold(entries_of(OPENED, CaseClosed("Moved away"), RecordRead("An audit"))).is_open


def test_a_case_without_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        fold([])


def test_there_is_no_case_before_its_first_entry() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        fold(entries_of(OPENED), until=datetime(2026, 8, 31, tzinfo=UTC))


def test_an_entry_of_another_case_is_not_given() -> None:
    assert fold(entries_of(OPENED)).entry(2) is None


# 3. Corrections


def test_a_corrected_answer_reads_as_corrected_and_stays_as_it_was_written() -> None:
    right = Corrected(2, "answers.self_harm", "not_known", "Heard wrongly")

    case = fold(entries_of(OPENED, SCREENED, right))

    assert event_of(case.screenings[0].start).screening.answers["self_harm"].answer == "not_known"
    assert event_of(case.written[2]) == SCREENED
    assert numbers(case.corrections[2]) == [3]


def test_what_the_rules_said_at_the_time_stays_beside_a_corrected_answer() -> None:
    right = Corrected(2, "answers.self_harm", "no", "Heard wrongly")

    case = fold(entries_of(OPENED, screened({"needs": "quiet"}, self_harm="yes"), right))

    assert event_of(case.entry(2)).outcome == SCREENED.outcome
    assert event_of(case.entry(2)).circumstances == {"needs": "quiet"}


def test_an_answer_that_was_left_blank_can_be_put_right() -> None:
    right = Corrected(2, "answers.young_carer", "yes", "Left out")

    (thread,) = fold(entries_of(OPENED, SCREENED, right)).screenings

    assert sorted(event_of(thread.start).screening.answers) == ["self_harm", "young_carer"]


def test_a_corrected_view_reads_with_the_right_route() -> None:
    case = fold(entries_of(OPENED, view("consult"), Corrected(2, "route", "refer_now", "Slip")))

    assert event_of(case.views[0]).route == "refer_now"
    assert event_of(case.written[2]).route == "consult"


def test_a_corrected_date_reads_as_a_date() -> None:
    case = fold(entries_of(OPENED, ACTION, Corrected(2, "due_on", "2026-10-01", "Wrong month")))

    assert event_of(case.actions[0].start).due_on == date(2026, 10, 1)
    assert event_of(case.written[2]).due_on == DAY


def test_a_corrected_number_leads_to_the_right_entry() -> None:
    right = Corrected(4, "action", "3", "The other one")

    case = fold(entries_of(OPENED, ACTION, ACTION, ActionDone(2), right))

    assert threads(case.actions) == [[2], [3, 4]]


def test_a_return_that_was_a_mistake_is_taken_back_with_null() -> None:
    back = MissingEpisode(NIGHT, datetime(2026, 9, 3, 7, 0, tzinfo=UTC))

    case = fold(entries_of(OPENED, back, Corrected(2, "returned_at", "null", "Another child")))

    assert event_of(case.missing[0].start).returned_at is None


def test_the_day_on_which_something_happened_can_be_put_right() -> None:
    case = fold(entries_of(OPENED, VIEW, Corrected(2, "happened_on", "2026-08-20", "Told late")))

    assert case.views[0].happened_on == date(2026, 8, 20)
    assert case.views[0].event == VIEW
    assert case.written[2].happened_on == date(2026, 9, 2)


def test_a_case_opened_on_another_day_says_so() -> None:
    right = Corrected(1, "happened_on", "2026-08-20", "Told late")

    assert fold(entries_of(OPENED, right)).opened_on == date(2026, 8, 20)


def test_of_two_corrections_of_a_field_the_later_stands() -> None:
    rights = (Corrected(2, "route", "keep_watching", "Slip"), Corrected(2, "route", "consult", "2"))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]).route == "consult"
    assert event_of(case.written[2]) == VIEW
    assert numbers(case.corrections[2]) == [3, 4]


def test_corrections_of_two_fields_stand_together() -> None:
    rights = (Corrected(2, "route", "consult", "Slip"), Corrected(2, "because", "Told today", ""))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]) == JudgementRecorded("consult", ("self_harm",), "Told today")


def test_a_correction_of_an_erased_entry_brings_nothing_back() -> None:
    right = Corrected(2, "route", "consult", "Slip")

    case = fold(erased(entries_of(OPENED, VIEW, right), 2))

    assert case.views == ()
    assert case.entry(2) == case.written[2]
    assert numbers(case.corrections[2]) == [3]


def test_the_day_of_an_erased_entry_can_still_be_put_right() -> None:
    right = Corrected(2, "happened_on", "2026-08-20", "Told late")

    found = fold(erased(entries_of(OPENED, VIEW, right), 2)).entry(2)

    assert found is not None
    assert found.happened_on == date(2026, 8, 20)


def test_an_erased_correction_corrects_nothing() -> None:
    case = fold(erased(entries_of(OPENED, VIEW, Corrected(2, "route", "consult", "Slip")), 3))

    assert case.views[0].event == VIEW
    assert case.corrections == {}


def test_a_correction_of_an_entry_that_is_not_of_this_case_changes_nothing() -> None:
    case = fold(entries_of(OPENED, VIEW, Corrected(99, "route", "consult", "Slip")))

    assert case.views[0].event == VIEW
    assert case.written == {}
    assert numbers(case.entries) == [1, 2, 3]


def test_a_correction_is_not_itself_corrected() -> None:
    rights = (Corrected(2, "route", "consult", "Slip"), Corrected(3, "value", "emergency", "Slip"))

    case = fold(entries_of(OPENED, VIEW, *rights))

    assert event_of(case.views[0]).route == "consult"
    assert event_of(case.entry(3)) == rights[0]


def test_a_correction_counts_from_the_moment_it_was_written() -> None:
    entries = entries_of(OPENED, VIEW, Corrected(2, "route", "consult", "Slip"))

    before = fold(entries, until=entries[1].recorded_at)

    assert event_of(before.views[0]).route == "refer_now"
    assert before.corrections == before.written == {}


def test_a_field_that_an_entry_has_not_is_refused() -> None:
    with pytest.raises(LookupError):
        corrected(VIEW, Corrected(2, "rout", "consult", "Slip"))


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [(ACTION, "due_on", "soon"), (SCREENED, "answers.self_harm", "maybe"), (SENT, "written", "x")],
)
def test_a_value_that_does_not_fit_the_field_is_refused(
    event: AnyEvent, field: str, value: str
) -> None:
    with pytest.raises(msgspec.ValidationError):
        corrected(event, Corrected(2, field, value, "Slip"))


# 4. As it stood


@given(histories())
def test_a_case_as_it_stood_is_the_case_of_the_entries_written_by_then(
    entries: list[Entry],
) -> None:
    for until in {each.recorded_at for each in entries}:
        then = [each for each in entries if each.recorded_at <= until]

        assert fold(entries, until) == fold(then)


# 5. Nothing is lost, nothing is shown


@given(histories())
def test_every_entry_stays_in_the_record_in_its_order(entries: list[Entry]) -> None:
    case = fold(entries)
    as_written = [case.written.get(each.seq, each) for each in case.entries]

    assert as_written == entries


@given(histories())
def test_every_entry_stands_once_where_its_kind_belongs(entries: list[Entry]) -> None:
    case = fold(entries)
    begun = {each.start.seq for name in _BEGUN for each in getattr(case, name)}

    for each in case.entries:
        name = _WHERE.get(type(each.event).__name__)
        following = type(each.event).__name__ in _FOLLOWING
        found = [
            *(t for n in _BEGUN for t in getattr(case, n) if each in (t.start, *t.after)),
            *(e for n in _ALONE for e in getattr(case, n) if e == each),
        ]
        assert len(found) == (name is not None and (not following or _start(each) in begun))


def _start(entry: Entry) -> int:
    number = getattr(entry.event, _FOLLOWING[type(entry.event).__name__])
    # What stands before what it is to follow follows nothing.
    return number if number < entry.seq else 0


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_shows_its_kind_only(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))

    assert repr(event) == f"{kind.__name__}(…)"


def test_evidence_shows_its_driver_only() -> None:
    evidence = Evidence("self_harm", "No harm seen", DAY, "school nurse")

    assert repr(evidence) == "Evidence(self_harm, …)"


@pytest.mark.parametrize("shown", [repr, pretty])
def test_entries_threads_and_cases_show_numbers_kinds_and_the_reference_only(shown: Any) -> None:
    case = fold([entry(1, OPENED), entry(2, SENT), entry(3, ReferralAcknowledged(2))])

    assert shown(case) == "Case(C-0001, version 3)"
    assert shown(case.entries[1]) == "Entry(2, C-0001, ReferralSent)"
    assert "A made-up worry" not in shown(case.referrals[0])
    assert "A made-up worry" not in shown(SENT)


def test_an_entry_tells_others_the_role_and_agency_of_who_wrote_it() -> None:
    assert entry(1, OPENED).by == "teacher, Example School"


def test_a_screening_that_was_read_is_not_shown_by_its_entry() -> None:
    event = screened(self_harm={"answer": "yes", "evidence": "Told a friend"})

    assert isinstance(event, Screened)
    assert "Told" not in repr(entry(2, event))
