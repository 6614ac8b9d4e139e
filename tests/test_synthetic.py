"""Made-up caseloads: the same seed gives the same children, and all of them are well formed."""

import msgspec
import pytest

from cse_workbook.case.events import CaseOpened, JudgementRecorded, Screened
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import read_screening
from cse_workbook.synthetic import FIRST_DAY, LAST_DAY, MadeUp, make_up, stories


@pytest.fixture(scope="module")
def year(occ: Instrument, default_policy: Policy) -> tuple[MadeUp, ...]:
    """A year of a hundred made-up children."""
    return make_up(100, 7, occ, default_policy)


def test_the_same_seed_makes_up_the_same_children(occ: Instrument, default_policy: Policy) -> None:
    assert make_up(9, 7, occ, default_policy) == make_up(9, 7, occ, default_policy)


def test_another_seed_makes_up_other_children(occ: Instrument, default_policy: Policy) -> None:
    assert make_up(9, 7, occ, default_policy) != make_up(9, 8, occ, default_policy)


def test_each_child_has_a_reference_of_its_own(year: tuple[MadeUp, ...]) -> None:
    references = {made_up.case_ref for made_up in year}

    assert sorted(references) == [f"C-{number:04d}" for number in range(1, 101)]


def test_recordings_stand_in_the_order_of_time_within_the_year(year: tuple[MadeUp, ...]) -> None:
    moments = [made_up.at for made_up in year]

    assert moments == sorted(moments)
    assert moments[0].date() >= FIRST_DAY
    assert moments[-1].date() <= LAST_DAY


def test_each_recording_is_a_screening_that_can_be_read_and_the_view_of_it(
    year: tuple[MadeUp, ...], occ: Instrument
) -> None:
    for made_up in year:
        screened, view = [e for e in made_up.events if not isinstance(e, CaseOpened)][:2]

        assert isinstance(screened, Screened)
        assert isinstance(view, JudgementRecorded)
        raw = msgspec.json.decode(screened.screening_json)
        screening = read_screening(raw, made_up.case_ref, occ)
        assert screening.view is not None
        assert (screening.view.route, screening.view.drivers) == (view.route, view.drivers)
        assert screened.outcome.child_ref == made_up.case_ref


def test_a_case_is_opened_once_and_some_children_are_screened_again(
    year: tuple[MadeUp, ...],
) -> None:
    opened = [m for m in year if isinstance(m.events[0], CaseOpened)]

    assert len(opened) == 100
    assert len(year) > 110


def test_views_agree_and_differ_both_ways(year: tuple[MadeUp, ...], occ: Instrument) -> None:
    order = [route.key for route in occ.routes]
    steps = {
        order.index(event.screening.view.route) - order.index(event.outcome.route)
        for made_up in year
        for event in made_up.events
        if isinstance(event, Screened)
    }

    assert steps == {-1, 0, 1}


def test_stories_name_indicators_of_the_instrument(occ: Instrument) -> None:
    asked = {indicator.key for indicator in occ.asked()}

    assert {key for story in stories().story for key in story.likely} <= asked
