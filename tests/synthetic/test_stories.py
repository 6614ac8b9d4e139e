"""The stories that made-up caseloads are told from, and those that have to be there.

What has to be there is told case by case: a referral nobody answered, a step-down done well and one
done badly, a child placed elsewhere, and so on.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest

from cse_workbook.case import Case, Entry, fold
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BlockageResolved,
    CaseOpened,
    Corrected,
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
    ReturnInterview,
    ReviewHeld,
    SecondReading,
    SharingDecision,
    StepDownAgreed,
)
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import HOST_LEAD, is_reached, route_of, screened, told
from cse_workbook.stepdown import interruption
from cse_workbook.synthetic import arcs, make_up, stories
from cse_workbook.synthetic.stories import ARCS, STORIES
from cse_workbook.themes import AGENCY
from cse_workbook.waiting import Reason, counts, rows
from cse_workbook.wording import advice
from tests.synthetic.made_up import (
    A_WEEK,
    TODAY,
    events,
    recorded,
)

IN_TIME: Final = timedelta(hours=72)


# The files they are told from


def test_stories_name_indicators_of_the_instrument(occ: Instrument) -> None:
    asked = {indicator.key for indicator in occ.asked()}

    assert {key for story in stories().story for key in (*story.likely, *story.known)} <= asked


def test_arcs_name_stories_and_pieces_that_are_there() -> None:
    pieces = {piece.key for piece in arcs().piece}
    situations = {story.key for story in stories().story}

    assert sum(arc.share for arc in arcs().arc) == 40
    for arc in arcs().arc:
        assert set(arc.beside) <= pieces
        assert set(arc.stories) <= situations
        assert arc.at_college <= arc.share


@pytest.mark.parametrize("path", [STORIES, ARCS], ids=lambda path: path.name)
def test_no_word_of_a_story_blames_a_child(path: Path, default_policy: Policy) -> None:
    found = advice(path.read_text(encoding="utf-8"), default_policy.wording)

    assert [each.phrase for each in found] == []


# The stories that have to be there


def was_lowered_well(case: Case, occ: Instrument, policy: Policy) -> bool:
    lowered = [entry for entry in case.views if isinstance(entry.event, StepDownAgreed)]
    if len(lowered) != 1 or not isinstance(lowered[0].event, StepDownAgreed):
        return False
    before = fold(e for e in case.entries if e.seq < lowered[0].seq)
    event, day = lowered[0].event, lowered[0].happened_on
    return (
        (day - before.opened_on).days > policy.times.review_days
        and len(event.evidence) == len(before.views[-1].event.drivers)  # type: ignore[union-attr]
        and interruption(before, event.to_route, day, occ, policy) is None
    )


def was_lowered_twice_too_soon(case: Case, occ: Instrument, policy: Policy) -> bool:
    days = [e.happened_on for e in case.views if isinstance(e.event, StepDownAgreed)]
    return len(days) == 2 and (days[1] - case.opened_on).days < policy.times.review_days


def two_people_differ(case: Case, occ: Instrument, policy: Policy) -> bool:
    readings = [e for t in case.screenings for e in t.after if isinstance(e.event, SecondReading)]
    return any(route_of(each) != route_of(case.views[0]) for each in readings)


def unknowns_became_known(case: Case, occ: Instrument, policy: Policy) -> bool:
    if len(case.screenings) < 2:
        return False
    first, last = screened(case.screenings[0]).outcome, screened(case.screenings[-1]).outcome
    return set(first.not_known) > set(last.not_known) and first.route != last.route


def unknowns_decide_for_a_week(case: Case, occ: Instrument, policy: Policy) -> bool:
    last = case.screenings[-1]
    is_open = bool(screened(last).outcome.decisive_unknowns)
    return case.is_open and is_open and last.start.happened_on < TODAY - A_WEEK


def is_placed_without_host_lead(case: Case, occ: Instrument, policy: Policy) -> bool:
    outcome = screened(case.screenings[-1]).outcome
    return is_reached(outcome, HOST_LEAD) and told(case, HOST_LEAD) is None


def is_placed_with_host_lead(case: Case, occ: Instrument, policy: Policy) -> bool:
    steps = [t for t in case.actions if getattr(t.start.event, "step", "") == HOST_LEAD]
    return any(thread.last(ActionDone) for thread in steps) and bool(case.assessments)


def interviews(case: Case) -> list[tuple[MissingEpisode, ReturnInterview | None]]:
    found = []
    for thread in case.missing:
        interview = thread.last(ReturnInterview)
        found.append((thread.start.event, interview and interview.event))
    return found  # type: ignore[return-value]  # an episode begins each


def is_missing_again_with_interviews(case: Case, occ: Instrument, policy: Policy) -> bool:
    done = [
        bool(held and held.done_at and episode.returned_at)
        and held.done_at - episode.returned_at <= IN_TIME  # type: ignore[union-attr,operator]
        for episode, held in interviews(case)
    ]
    return len(done) > 1 and all(done)


def is_missing_again_without_interview(case: Case, occ: Instrument, policy: Policy) -> bool:
    done = [bool(held and held.done_at) for _, held in interviews(case)]
    return len(done) > 2 and done[-1] is False


def view_is_lower(case: Case, occ: Instrument, *, is_explained: bool) -> bool:
    order = [route.key for route in occ.routes]
    outcome, view = screened(case.screenings[-1]).outcome, case.views[-1].event
    if not isinstance(view, JudgementRecorded) or not case.is_open:
        return False
    lower = order.index(view.route) < order.index(outcome.route)
    return lower and bool(view.lower_because) is is_explained


def is_answered(case: Case, *kinds: type) -> bool:
    """Tell whether a referral was followed by all these kinds of entry."""
    return any(all(thread.last(kind) for kind in kinds) for thread in case.referrals)


def has(case: Case, kind: type, **said: object) -> bool:
    found = [e.event for e in case.entries if isinstance(e.event, kind)]
    return any(
        all(getattr(event, field) == value for field, value in said.items()) for event in found
    )


def actions(case: Case) -> set[str]:
    """Tell how the actions of a case stand: done, late, open."""
    found = set()
    for thread in case.actions:
        done, event = thread.last(ActionDone), thread.start.event
        assert isinstance(event, ActionSet)
        by = done.happened_on if done else TODAY
        found |= {"done" if done else "open", "late" if event.due_on < by else "in time"}
    return found


Shows = Callable[[Case, Instrument, Policy], bool]


STORIES_TOLD: Final[dict[str, Shows]] = {
    "a referral acknowledged, accepted and closed": lambda case, occ, policy: is_answered(
        case, ReferralAcknowledged, ReferralAccepted, ReferralClosed
    ),
    "a referral nobody answered": lambda case, occ, policy: any(
        not thread.after and thread.start.happened_on < TODAY - timedelta(3)
        for thread in case.referrals
    ),
    "a referral declined": lambda case, occ, policy: is_answered(case, ReferralDeclined),
    "a referral drafted and not sent": lambda case, occ, policy: bool(
        case.drafted and not case.referrals
    ),
    "placed elsewhere without host lead": is_placed_without_host_lead,
    "placed elsewhere with host lead": is_placed_with_host_lead,
    "missing again, with interviews": is_missing_again_with_interviews,
    "missing again, without": is_missing_again_without_interview,
    "a step-down done well": was_lowered_well,
    "a step-down done badly": was_lowered_twice_too_soon,
    "two people who differ": two_people_differ,
    "an answer put right": lambda case, occ, policy: any(
        each.field.startswith("answers.") for each in events([case], Corrected)
    ),
    "a view put right": lambda case, occ, policy: any(
        isinstance(written.event, JudgementRecorded) for written in case.written.values()
    ),
    "unknowns became known": unknowns_became_known,
    "unknowns that decide for a week": unknowns_decide_for_a_week,
    "advice with signposts": lambda case, occ, policy: any(
        each.signposts for each in events([case], AdviceGiven)
    ),
    "a blockage ended": lambda case, occ, policy: any(
        thread.last(BlockageResolved) for thread in case.blockages
    ),
    "a blockage at another agency, open": lambda case, occ, policy: any(
        not thread.after and getattr(thread.start.event, "agency", "") != "Example School"
        for thread in case.blockages
    ),
    "heard at the meeting": lambda case, occ, policy: has(case, MacseHeard, put_off_to=None),
    "put off at the meeting": lambda case, occ, policy: any(
        each.put_off_to and each.put_off_to > TODAY for each in events([case], MacseHeard)
    ),
    "listed for the next meeting": lambda case, occ, policy: any(
        each.meeting_on > TODAY for each in events([case], MacseListed)
    ),
    "a pack released": lambda case, occ, policy: has(case, PackReleased),
    "read, and who it is shown": lambda case, occ, policy: has(case, RecordRead, identity=True),
    "an action done in time": lambda case, occ, policy: actions(case) >= {"done", "in time"},
    "an action done late": lambda case, occ, policy: actions(case) >= {"done", "late"},
    "an action open": lambda case, occ, policy: actions(case) >= {"open", "in time"},
    "an action late": lambda case, occ, policy: actions(case) >= {"open", "late"},
    "reviews held in time": lambda case, occ, policy: len(case.reviews) > 3,
    "a review overdue": lambda case, occ, policy: any(
        each.next_on and each.next_on < TODAY for each in events([case], ReviewHeld)[-1:]
    ),
    "shared": lambda case, occ, policy: has(case, SharingDecision, is_shared=True),
    "not shared": lambda case, occ, policy: has(case, SharingDecision, is_shared=False),
    "a lower view, explained": lambda case, occ, policy: view_is_lower(
        case, occ, is_explained=True
    ),
    "a lower view, not explained": lambda case, occ, policy: view_is_lower(
        case, occ, is_explained=False
    ),
    "closed and opened again": lambda case, occ, policy: (
        case.is_open and len(events([case], CaseOpened)) == 2
    ),
}


@pytest.mark.parametrize("story", STORIES_TOLD)
def test_the_story_is_there(
    story: str, cases: Sequence[Case], occ: Instrument, default_policy: Policy
) -> None:
    assert any(STORIES_TOLD[story](case, occ, default_policy) for case in cases)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_forty_children_wait_for_every_reason_but_drafts(
    seed: int, occ: Instrument, default_policy: Policy
) -> None:
    by_case = defaultdict(list)
    for entry in recorded(make_up(40, seed, occ, default_policy)):
        by_case[entry.case_ref].append(entry)
    forty = [fold(each) for ref, each in by_case.items() if ref != AGENCY]
    now = datetime.combine(TODAY, time(9), tzinfo=UTC)

    found = rows(forty, occ, default_policy, now)

    assert {key for key, number in counts(found).items() if number} == {*Reason} - {Reason.DRAFT}
    assert len([row for row in found if row.waiting]) < len(found) / 2


def test_the_agency_keeps_meeting_themes_and_blockages(entries: Sequence[Entry]) -> None:
    case = fold(entry for entry in entries if entry.case_ref == AGENCY)

    assert len(case.themes) == 3
    assert [bool(thread.last(BlockageResolved)) for thread in case.blockages] == [
        True,
        False,
        False,
    ]
    assert all(isinstance(thread.start.event, BlockageNoted) for thread in case.blockages)
