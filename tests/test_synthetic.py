"""Made-up caseloads: the same seed gives the same stories, and each is one that the record takes.

What has to be there is told case by case: a referral nobody answered, a step-down done well and one
done badly, a child placed elsewhere, and so on.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from getpass import getuser
from pathlib import Path
from random import Random
from typing import Any, Final, get_args

import msgspec
import pytest

from cse_workbook import policy as policies
from cse_workbook.adding import Author, objections
from cse_workbook.case import AnyEvent, Case, Entry, Event, Thread, fold
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    AdviceGiven,
    BlockageNoted,
    BlockageResolved,
    BodyErased,
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
    Screened,
    SecondReading,
    SharingDecision,
    StepDownAgreed,
    TableReleased,
)
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, read_screening
from cse_workbook.standing import HOST_LEAD, is_reached, route_of, screened, told
from cse_workbook.stepdown import interruption
from cse_workbook.store import Store, open_store
from cse_workbook.synthetic import (
    COLLEGE,
    FIRST_DAY,
    LAST_DAY,
    MadeUp,
    arcs,
    make_up,
    numbered,
    stories,
)
from cse_workbook.synthetic.days import Days
from cse_workbook.synthetic.people import person
from cse_workbook.synthetic.screenings import Rules
from cse_workbook.synthetic.stories import ARCS, STORIES, Step
from cse_workbook.synthetic.telling import tell
from cse_workbook.synthetic.told import Told
from cse_workbook.themes import AGENCY
from cse_workbook.waiting import Reason, counts, rows
from cse_workbook.wording import advice

TODAY: Final = LAST_DAY + timedelta(1)
A_WEEK: Final = timedelta(7)
IN_TIME: Final = timedelta(hours=72)
# A made-up file or a made-up erasure would be an entry that is not true.
LEFT_OUT: Final = {TableReleased, BodyErased}
# Fields of an entry that tell of something that has happened.
PAST: Final = (
    *("missing_at", "returned_at", "done_at", "offered_on", "consulted_on", "iro_seen_on"),
    *("host_lead_in_plan_on", "since_on", "ended_on"),
)


@pytest.fixture(scope="module")
def year(occ: Instrument, default_policy: Policy) -> Sequence[MadeUp]:
    """A year of two hundred made-up children."""
    return tuple(make_up(200, 7, occ, default_policy))


@pytest.fixture(scope="module")
def entries(year: Sequence[MadeUp]) -> Sequence[Entry]:
    """The same as it stands in the record."""
    return tuple(recorded(year))


@pytest.fixture(scope="module")
def cases(entries: Sequence[Entry]) -> Sequence[Case]:
    """The same, case by case, without what is noted of the agency as a whole."""
    by_case = defaultdict(list)
    for entry in entries:
        by_case[entry.case_ref].append(entry)
    return [fold(each) for ref, each in by_case.items() if ref != AGENCY]


def recorded(year: Iterable[MadeUp]) -> Iterator[Entry]:
    """Give the entries that a record of these recordings would hold."""
    seqs, seq = defaultdict[str, list[int]](list), 0
    for made_up in year:
        for event in [numbered(each, seqs[made_up.case_ref]) for each in made_up.events]:
            seq += 1
            seqs[made_up.case_ref].append(seq)
            yield Entry(
                seq=seq,
                case_ref=made_up.case_ref,
                case_version=len(seqs[made_up.case_ref]),
                kind=type(event).__name__,
                happened_on=made_up.happened_on,
                recorded_at=made_up.at,
                recorded_by=made_up.who_name,
                role=made_up.who_role,
                agency=made_up.who_agency,
                event=event,  # type: ignore[arg-type]  # of the kinds there are
            )


def events(cases: Iterable[Case], kind: type[Event]) -> list[Any]:
    return [e.event for case in cases for e in case.entries if isinstance(e.event, kind)]


def texts(value: object) -> Iterator[str]:
    """Give every text of a decoded entry but what the child said in their own words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("child_said", "quote"):
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


# The same each time, and of any size


def test_the_same_seed_makes_up_the_same_bytes(occ: Instrument, default_policy: Policy) -> None:
    one, other = (list(make_up(30, 7, occ, default_policy)) for _ in range(2))

    assert msgspec.json.encode(one) == msgspec.json.encode(other)


def test_another_seed_makes_up_other_children(occ: Instrument, default_policy: Policy) -> None:
    assert [*make_up(9, 7, occ, default_policy)] != [*make_up(9, 8, occ, default_policy)]


def test_each_child_has_a_reference_of_its_own(year: Sequence[MadeUp]) -> None:
    references = {made_up.case_ref for made_up in year}

    assert sorted(references - {AGENCY}) == [f"C-{number:04d}" for number in range(1, 201)]


def test_a_small_caseload_holds_one_child(occ: Instrument, default_policy: Policy) -> None:
    references = {made_up.case_ref for made_up in make_up(1, 3, occ, default_policy)}

    assert references == {"C-0001", AGENCY}


# Time


def test_recordings_stand_in_the_order_of_time_within_the_year(year: Sequence[MadeUp]) -> None:
    moments = [made_up.at for made_up in year]

    assert moments == sorted(moments)
    assert moments[0].date() >= FIRST_DAY
    assert moments[-1].date() <= LAST_DAY


@pytest.mark.parametrize("last", [date(2026, 11, 21), date(2026, 11, 22), date(2028, 2, 29)])
def test_nothing_lies_after_the_last_day(
    last: date, occ: Instrument, default_policy: Policy
) -> None:
    year = [*make_up(40, 5, occ, default_policy, until=last)]

    assert max(made_up.at.date() for made_up in year) <= last
    assert max(made_up.at.date() for made_up in year) > last - A_WEEK
    assert all(made_up.happened_on <= made_up.at.date() for made_up in year)


def test_no_entry_tells_of_what_has_not_happened_yet(year: Sequence[MadeUp]) -> None:
    told_of = [
        (made_up.at, getattr(event, field))
        for made_up in year
        for event in made_up.events
        for field in PAST
        if getattr(event, field, None) is not None
    ]

    assert len(told_of) > 100
    for at, when in told_of:
        assert when <= (at if isinstance(when, datetime) else at.date())


def test_reviews_and_actions_fall_due_today_and_this_week(cases: Sequence[Case]) -> None:
    due = {event.due_on for event in events(cases, ActionSet)}
    next_on = {event.next_on for event in events(cases, ReviewHeld)}

    assert TODAY in due & next_on
    assert any(TODAY < day < TODAY + A_WEEK for day in due)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (3, date(2026, 10, 8)),
        ("3", date(2026, 10, 8)),
        ("today", date(2026, 11, 21)),
        ("today-4", date(2026, 11, 17)),
        ("today+4", date(2026, 11, 25)),
        ("next meeting", date(2026, 11, 26)),
        ("last meeting", date(2026, 10, 29)),
        ("meeting after 2", date(2026, 10, 29)),
        ("meeting after 24", date(2026, 10, 29)),
        ("meeting after 25", date(2026, 11, 26)),
    ],
)
def test_a_day_can_be_told_in_words(words: int | str, day: date) -> None:
    assert Days(date(2026, 10, 5), LAST_DAY).day(words) == day


def test_words_that_mean_no_day_are_refused() -> None:
    with pytest.raises(ValueError, match="some day"):
        Days(date(2026, 10, 5), LAST_DAY).day("some day")


def test_nobody_writes_at_a_weekend() -> None:
    days = Days(date(2026, 10, 5), LAST_DAY)

    assert days.written(5) == date(2026, 10, 12)
    assert days.written("today") == date(2026, 11, 20)
    assert days.written("next meeting") == date(2026, 11, 26)


# What is written


def test_every_kind_of_entry_appears_but_those_that_would_not_be_true(
    cases: Sequence[Case],
) -> None:
    found = {type(entry.event) for case in cases for entry in case.entries}

    assert set(get_args(AnyEvent)) - found == LEFT_OUT


@pytest.mark.parametrize("seed", [1, 2])
def test_the_record_would_take_every_entry(
    seed: int, occ: Instrument, default_policy: Policy
) -> None:
    so_far = defaultdict[str, list[Entry]](list)
    found = []

    for entry in recorded(make_up(40, seed, occ, default_policy)):
        before = so_far[entry.case_ref]
        job = "lead_officer" if entry.role == "lead officer" else "practitioner"
        author = Author(entry.recorded_by, entry.role, entry.agency, job)
        day = entry.recorded_at.date()
        if before and entry.event is not None:
            found += [*objections(entry.event, fold(before), author, day, occ)]
        before.append(entry)

    assert [str(problem) for problem in found] == []


def test_every_case_begins_with_its_opening(cases: Sequence[Case]) -> None:
    assert all(isinstance(case.entries[0].event, CaseOpened) for case in cases)


def test_each_screening_can_be_read_and_carries_its_view(
    year: Sequence[MadeUp], occ: Instrument
) -> None:
    for made_up in year:
        for place, event in enumerate(made_up.events):
            if isinstance(event, Screened):
                view = made_up.events[place + 1]
                raw = msgspec.json.decode(event.screening_json)
                screening = read_screening(raw, made_up.case_ref, occ)
                assert isinstance(view, JudgementRecorded)
                assert screening.view is not None
                assert (screening.view.route, screening.view.drivers) == (view.route, view.drivers)
                assert event.outcome.child_ref == made_up.case_ref


def test_views_agree_and_differ_both_ways(cases: Sequence[Case], occ: Instrument) -> None:
    order = [route.key for route in occ.routes]
    steps = {
        order.index(event.screening.view.route) - order.index(event.outcome.route)
        for event in events(cases, Screened)
    }

    assert steps == {-1, 0, 1}


def test_every_route_but_the_emergency_is_reached(cases: Sequence[Case], occ: Instrument) -> None:
    found = [event.outcome.route for event in events(cases, Screened)]

    assert set(found) == {route.key for route in occ.routes} - {"emergency"}
    assert max(found.count(route) for route in set(found)) < 0.7 * len(found)


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


def test_no_word_that_is_recorded_blames_a_child(
    entries: Sequence[Entry], default_policy: Policy
) -> None:
    decoded = [msgspec.json.decode(msgspec.json.encode(entry.event)) for entry in entries]
    written = " ¶ ".join(dict.fromkeys(text for each in decoded for text in texts(each)))

    assert [each.phrase for each in advice(written, default_policy.wording)] == []


def test_what_is_noted_of_the_agency_is_about_no_child(
    occ: Instrument, default_policy: Policy
) -> None:
    told = Told(
        ref=AGENCY,
        days=Days(LAST_DAY, LAST_DAY),
        random=Random(1),
        rules=Rules(occ, default_policy),
        screener=person("lead officer", at_college=False),
    )

    for kind in ("Screened", "AdviceGiven"):
        with pytest.raises(ValueError, match="screened"):
            next(tell(told, [Step(day=0, by="lead officer", kind=kind)]))


# Who


def test_who_records_are_roles_at_example_agencies(entries: Sequence[Entry]) -> None:
    assert all(entry.recorded_by.startswith("made-up ") for entry in entries)
    assert all(entry.agency.startswith("Example ") for entry in entries)


def test_most_first_screenings_are_by_teachers_and_others_by_others(
    cases: Sequence[Case],
) -> None:
    screeners = [case.screenings[0].start.by for case in cases if case.screenings]

    assert screeners.count("teacher, Example School") > len(cases) / 2
    assert {
        "school nurse, Example School",
        "youth worker, Example Centre",
        "social worker, Example Borough",
        "teacher, Example College",
    } <= set(screeners)


def test_one_case_in_ten_belongs_wholly_to_the_college(cases: Sequence[Case]) -> None:
    agencies = [{entry.agency for entry in case.entries} for case in cases]
    of_the_college = [each for each in agencies if COLLEGE in each]

    assert len(of_the_college) == 20
    assert all(each == {COLLEGE} for each in of_the_college)


def test_some_children_of_the_college_are_listed_for_the_meeting(cases: Sequence[Case]) -> None:
    listed = {
        bool(case.meetings) for case in cases if {e.agency for e in case.entries} == {COLLEGE}
    }

    assert listed == {True, False}


def test_each_child_is_seen_to_be_made_up(year: Sequence[MadeUp]) -> None:
    children = {made_up.case_ref: made_up.child for made_up in year if made_up.child}

    assert len(children) == 200
    seventh = children["C-0007"]
    assert (seventh.name, seventh.address) == ("Made-up Child 7", "7 Example Road")
    assert {child.school for child in children.values()} == {"Example School", COLLEGE}


def test_every_child_placed_elsewhere_has_a_home_and_a_host_authority(
    year: Sequence[MadeUp], cases: Sequence[Case]
) -> None:
    children = {made_up.case_ref: made_up.child for made_up in year if made_up.child}
    placed = [
        children[case.ref]
        for case in cases
        if answer(case.screenings[0], "placed_outside_home_authority") is Answer.YES
    ]

    assert len(placed) > 9
    assert {(child.home_authority, child.host_authority) for child in placed if child} == {
        ("Example Borough", "Example County")
    }


def test_the_age_screened_is_that_of_the_child(year: Sequence[MadeUp], occ: Instrument) -> None:
    born_on = {made_up.case_ref: made_up.child for made_up in year if made_up.child}

    for made_up in year:
        for event in made_up.events:
            if isinstance(event, Screened):
                child = born_on[made_up.case_ref]
                raw = msgspec.json.decode(event.screening_json)
                assert child is not None
                born = {**raw, "date_of_birth": child.date_of_birth.isoformat()}
                assert read_screening(born, "age", occ).age == event.screening.age


def answer(thread: Thread, key: str) -> Answer | None:
    given = screened(thread).screening.answers.get(key)
    return None if given is None else given.level


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


# The command `demo`


def demo(home: Path, *options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cse_workbook", "demo", *map(str, options)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CSE_WORKBOOK_HOME": str(home)},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the command has filled."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    assert demo(folder).returncode == 0
    return folder


@pytest.fixture
def filled(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


def test_the_record_of_a_made_up_caseload_holds_up_to_yesterday(filled: Store) -> None:
    days = [entry.recorded_at.date() for entry in filled.entries()]

    assert filled.verify().break_ is None
    assert max(days) < datetime.now(UTC).date()
    assert max(days) > datetime.now(UTC).date() - A_WEEK


def test_the_record_names_the_entries_that_others_follow(filled: Store) -> None:
    cases = [fold(filled.entries(ref)) for ref in filled.case_refs()]
    followed = [len(thread.after) for case in cases for thread in (*case.referrals, *case.actions)]

    assert sum(followed) > 40


def test_who_the_children_are_stands_apart_from_the_record(filled: Store) -> None:
    known = filled.children.read("C-0007")

    assert known is not None
    assert (known.name, known.address) == ("Made-up Child 7", "7 Example Road")
    assert not any("Made-up Child" in (link.body or "") for link in filled.links())


def test_drafts_of_two_children_have_lain_for_more_than_a_day(filled: Store) -> None:
    drafts = filled.drafts.of(getuser())
    old = datetime.now(UTC) - timedelta(days=1)

    assert len({draft.child_ref for draft in drafts}) == 2
    assert all(draft.saved_at < old for draft in drafts)
    assert all(draft.holder is None for draft in drafts)


def test_whoever_tries_it_out_works_as_lead_officer(home: Path) -> None:
    person = policies.local(home).person

    assert (person.role, person.agency) == ("lead officer", "Example School")
    assert person.works_as == "lead_officer"


def test_a_policy_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    own = (policies.SHIPPED / "default.toml").read_bytes() + b"# ours\n"
    (tmp_path / "policy.toml").write_bytes(own)

    ended = demo(tmp_path, "--cases", 2)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "policy.toml").read_bytes() == own


def test_the_policy_is_told_in_one_line(tmp_path: Path) -> None:
    ended = demo(tmp_path / "home", "--cases", 1)

    assert ended.stderr == (
        "You work here as lead officer, Example School:"
        f" {tmp_path / 'home' / 'policy.toml'} says so.\n"
    )


def test_a_store_with_records_gets_no_policy(tmp_path: Path) -> None:
    demo(tmp_path, "--cases", 1)
    (tmp_path / "policy.toml").unlink()

    ended = demo(tmp_path, "--cases", 1)

    assert ended.stderr.startswith("CLI_03 · ")
    assert not (tmp_path / "policy.toml").exists()


def test_more_than_a_hundred_thousand_children_are_refused(tmp_path: Path) -> None:
    ended = demo(tmp_path / "home", "--cases", 100_001)

    assert ended.returncode == 2
    assert not (tmp_path / "home").exists()
