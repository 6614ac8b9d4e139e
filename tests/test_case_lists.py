"""Where each kind of entry stands in a case: in its list, beginning a thread, or following one."""

from cse_workbook.case import fold
from cse_workbook.case.events import (
    ActionDone,
    AdviceGiven,
    BlockageResolved,
    MacseHeard,
    MacseListed,
    PackReleased,
    RecordRead,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralDrafted,
    ReturnInterview,
    ReviewHeld,
    RiskAssessed,
    SecondReading,
    SharingDecision,
    StepDownAgreed,
    TableReleased,
    ThemeNoted,
)
from cse_workbook.case.fold import fold_all
from tests.made_up_cases import (
    ACTION,
    BLOCKAGE,
    DAY,
    MISSING,
    SCREENED,
    SENT,
    VIEW,
    WHERE,
    event_of,
    numbers,
    threads,
)
from tests.made_up_events import (
    KINDS,
    OPENED,
    entries_of,
    entry,
    erased,
)


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
    nowhere = [kind.__name__ for kind in kinds if kind.__name__ not in WHERE]

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
