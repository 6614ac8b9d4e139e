"""Made-up caseloads: the same seed gives the same stories, and the record takes each of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from random import Random
from typing import Final, get_args

import msgspec
import pytest

from cse_workbook.adding import Author, objections
from cse_workbook.case import AnyEvent, Case, Entry, fold
from cse_workbook.case.events import (
    ActionSet,
    BodyErased,
    CaseOpened,
    JudgementRecorded,
    ReviewHeld,
    Screened,
    TableReleased,
)
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import read_screening
from cse_workbook.synthetic import FIRST_DAY, LAST_DAY, MadeUp, make_up
from cse_workbook.synthetic.days import Days
from cse_workbook.synthetic.people import person
from cse_workbook.synthetic.screenings import Rules
from cse_workbook.synthetic.stories import Step
from cse_workbook.synthetic.telling import tell
from cse_workbook.synthetic.told import Told
from cse_workbook.themes import AGENCY
from cse_workbook.wording import advice
from tests.synthetic.made_up import (
    A_WEEK,
    TODAY,
    events,
    recorded,
)

# A made-up file or a made-up erasure would be an entry that is not true.
LEFT_OUT: Final = {TableReleased, BodyErased}
# Fields of an entry that tell of something that has happened.
PAST: Final = (
    *("missing_at", "returned_at", "done_at", "offered_on", "consulted_on", "iro_seen_on"),
    *("host_lead_in_plan_on", "since_on", "ended_on"),
)


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
