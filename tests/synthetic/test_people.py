"""Who records in a made-up caseload, and who its children are."""

from collections.abc import Sequence

import msgspec

from cse_workbook.case import Case, Entry, Thread
from cse_workbook.case.events import Screened
from cse_workbook.instrument import Instrument
from cse_workbook.screening import Answer, read_screening
from cse_workbook.standing import screened
from cse_workbook.synthetic import COLLEGE, MadeUp


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
