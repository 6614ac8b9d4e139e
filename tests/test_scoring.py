"""What is counted, and how: on an instrument small enough to count by hand.

1. “At least n of these” is the n-th largest of the answers counted.
2. Several conditions combine by the smallest.
3. An answer with `only_when` counts as the smaller of the two.
4. A group or indicator named twice is counted once.
5. The place of a route is the number of routes reached above the lowest, in three readings.
"""

import subprocess
import sys
import tracemalloc
from datetime import date
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from cse_workbook.instrument import Condition, Instrument, Reading, Rule
from cse_workbook.scoring import READINGS, ROWS_AT_A_TIME, readings, score
from cse_workbook.screening import Answer

NO, NOT_KNOWN, POSSIBLE, YES = Answer


@pytest.fixture
def small(occ: Instrument) -> Instrument:
    """Two groups, `home` (a, b, c) and `street` (d, e), and no rules yet."""
    of = {"a": "home", "b": "home", "c": "home", "d": "street", "e": "street"}
    like = occ.indicators[0]
    indicators = tuple(replace(like, key=key, group=group) for key, group in of.items())
    return replace(occ, indicators=indicators, rules=())


def with_rules(instrument: Instrument, *whens: tuple[Condition, ...]) -> Instrument:
    like = instrument.rules[0] if instrument.rules else _any_rule(instrument)
    rules = tuple(replace(like, key=f"r{n}", when=when) for n, when in enumerate(whens, start=1))
    return replace(instrument, rules=rules)


def _any_rule(instrument: Instrument) -> Rule:
    return Rule(key="r", label="", when=(), actions=(), cite=instrument.routes[0].cite)


def reading(value: bool | int | tuple[str, ...]) -> Reading:
    day = date(2026, 11, 22)
    return Reading(value=value, means="", why="", decided_by="tests", decided_on=day)


def answers(a: Any = 0, b: Any = 0, c: Any = 0, d: Any = 0, e: Any = 0) -> dict[str, Any]:
    return {"a": a, "b": b, "c": c, "d": d, "e": e}


# 1. The n-th largest


@pytest.mark.parametrize(
    ("n", "expected"), [(1, YES), (2, YES), (3, POSSIBLE), (4, NOT_KNOWN), (5, NO)]
)
def test_at_least_so_many_is_the_answer_in_that_place(
    small: Instrument, n: int, expected: Answer
) -> None:
    instrument = with_rules(small, (Condition(("home", "street"), n),))
    given = answers(a=NOT_KNOWN, b=YES, c=NO, d=POSSIBLE, e=YES)

    results = score(given, instrument)

    assert results == {"r1": expected}


@pytest.mark.parametrize("depths", [(1, 3), (3, 1), (2, 3), (3, 2), (2, 2)])
def test_rules_that_ask_for_different_numbers_do_not_disturb_one_another(
    small: Instrument, depths: tuple[int, int]
) -> None:
    first, second = depths
    instrument = with_rules(
        small, (Condition(("home",), first),), (Condition(("home", "street"), second),)
    )
    in_order = [YES, POSSIBLE, NOT_KNOWN]

    results = score(answers(*in_order), instrument)

    assert results == {"r1": in_order[first - 1], "r2": in_order[second - 1]}


def test_one_group_alone_can_reach_a_number_asked_of_two(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("home", "street"), 3),))

    results = score(answers(a=YES, b=YES, c=YES), instrument)

    assert results == {"r1": YES}


def test_two_groups_reach_a_number_together(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("home", "street"), 3),))

    results = score(answers(c=YES, d=YES, e=POSSIBLE), instrument)

    assert results == {"r1": POSSIBLE}


def test_a_word_for_the_number_is_read_from_the_readings(small: Instrument) -> None:
    readings_in_force = {"several": reading(2)}
    instrument = replace(
        with_rules(small, (Condition(("home",), "several"),)), readings=readings_in_force
    )

    results = score(answers(a=YES, b=POSSIBLE), instrument)

    assert results == {"r1": POSSIBLE}


def test_a_word_for_the_list_is_read_from_the_readings(small: Instrument) -> None:
    readings_in_force = {"lists": reading(("street", "a"))}
    instrument = replace(with_rules(small, (Condition("lists", 2),)), readings=readings_in_force)

    results = score(answers(a=YES, b=YES, c=YES, d=POSSIBLE), instrument)

    assert results == {"r1": POSSIBLE}


# 2. Conditions together


def test_conditions_combine_by_the_least_sure(small: Instrument) -> None:
    instrument = with_rules(
        small, (Condition(("a",), 1), Condition(("b",), 1), Condition(("c",), 1))
    )

    results = score(answers(a=YES, b=NOT_KNOWN, c=POSSIBLE), instrument)

    assert results == {"r1": NOT_KNOWN}


def test_a_rule_is_not_reached_while_one_condition_is_not(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("a",), 1), Condition(("street",), 2)))

    results = score(answers(a=YES, d=YES), instrument)

    assert results == {"r1": NO}


# 3. Only when


@pytest.mark.parametrize(
    ("itself", "when", "expected"),
    [(YES, YES, YES), (YES, NO, NO), (NO, YES, NO), (YES, POSSIBLE, POSSIBLE), (POSSIBLE, YES, 2)],
)
def test_only_when_counts_as_the_smaller_of_the_two(
    small: Instrument, itself: int, when: int, expected: int
) -> None:
    first, *others = small.indicators
    conditional = replace(small, indicators=(replace(first, only_when="d"), *others))
    instrument = with_rules(conditional, (Condition(("home",), 1),))

    results = score(answers(a=itself, d=when), instrument)

    assert results == {"r1": expected}


# 4. Counted once


@pytest.mark.parametrize("named", [("home", "home"), ("home", "a"), ("a", "home"), ("a", "a", "b")])
def test_what_is_named_twice_is_counted_once(small: Instrument, named: tuple[str, ...]) -> None:
    instrument = with_rules(small, (Condition(named, 2),))

    results = score(answers(a=YES), instrument)

    assert results == {"r1": NO}


def test_an_indicator_named_beside_its_group_is_still_counted(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("a", "home"), 3),))

    results = score(answers(a=YES, b=POSSIBLE, c=YES), instrument)

    assert results == {"r1": POSSIBLE}


def test_a_rule_that_a_reading_switches_off_has_no_result(small: Instrument) -> None:
    when = (Condition(("home",), 1),)
    instrument = with_rules(small, when, when)
    first, second = instrument.rules
    rules = (replace(first, only_if="line"), second)

    off = replace(instrument, rules=rules, readings={"line": reading(False)})
    on = replace(instrument, rules=rules, readings={"line": reading(True)})

    assert score(answers(a=YES), off) == {"r2": YES}
    assert score(answers(a=YES), on) == {"r1": YES, "r2": YES}


# 5. Three readings


def results_of(occ: Instrument, **reached: int) -> dict[str, int]:
    return {rule.key: reached.get(rule.key, 0) for rule in occ.rules}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("vulnerability_noted", 1),
        ("linked_concern", 1),
        ("safeguard_concern", 1),
        ("potential_victim", 2),
        ("high_risk", 3),
        ("model_recognised", 3),
        ("possible_trafficking", 3),
        ("young_child", 3),
        ("immediate_danger", 4),
        ("pathway_looked_after", 0),
    ],
)
def test_a_rule_leads_to_its_route(occ: Instrument, rule: str, place: int) -> None:
    results = results_of(occ, **{rule: YES})

    places = readings(results, occ)

    assert places == {"route": place, "route_confirmed": place, "route_possible": place}


@pytest.mark.parametrize(
    ("reached", "places"),
    [(NO, (0, 0, 0)), (NOT_KNOWN, (0, 0, 2)), (POSSIBLE, (2, 0, 2)), (YES, (2, 2, 2))],
)
def test_each_reading_asks_for_its_own_certainty(
    occ: Instrument, reached: Answer, places: tuple[int, ...]
) -> None:
    results = results_of(occ, potential_victim=reached)

    found = readings(results, occ)

    assert tuple(found.values()) == places
    assert list(found) == list(READINGS)


def test_each_reading_takes_the_highest_route_it_reaches(occ: Instrument) -> None:
    results = results_of(
        occ, vulnerability_noted=YES, potential_victim=POSSIBLE, high_risk=NOT_KNOWN
    )

    places = readings(results, occ)

    assert places == {"route": 2, "route_confirmed": 1, "route_possible": 3}


def test_a_route_of_a_rule_switched_off_is_not_reached(occ: Instrument) -> None:
    results = {"potential_victim": YES, "pathway_gang": YES}

    places = readings(results, occ)

    assert places["route"] == 2


# Tables


def test_a_table_of_numbers_gives_a_table_of_answers(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("home",), 2),))
    rows = [answers(a=YES, b=POSSIBLE), answers(c=YES), answers(a=YES, c=YES)]
    table = {key: np.array([row[key] for row in rows], dtype=np.uint8) for key in "abcde"}

    results = score(table, instrument)

    assert results["r1"].tolist() == [POSSIBLE, NO, YES]
    assert results["r1"].dtype == np.uint8


@pytest.mark.parametrize("rows", [0, 1, ROWS_AT_A_TIME, ROWS_AT_A_TIME + 1, 3 * ROWS_AT_A_TIME])
def test_every_row_of_a_long_table_is_counted(small: Instrument, rows: int) -> None:
    instrument = with_rules(small, (Condition(("a",), 1),))
    column = (np.arange(rows) % 3 + 1).astype(np.uint8)

    results = score(answers(a=column, b=column, c=column, d=column, e=column), instrument)

    assert np.array_equal(results["r1"], column)


def test_a_long_table_is_counted_in_little_memory(small: Instrument) -> None:
    instrument = with_rules(small, (Condition(("home", "street"), 3),))
    rows = 40 * ROWS_AT_A_TIME
    column = np.ones(rows, dtype=np.uint8)
    table = answers(a=column, b=column, c=column, d=column, e=column)
    score(table, instrument)

    tracemalloc.start()
    score(table, instrument)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2 * rows + 20 * ROWS_AT_A_TIME  # one result, one more being made, and a part


def test_a_table_is_counted_in_parts_that_stay_in_the_cache() -> None:
    assert ROWS_AT_A_TIME == 65_536


def test_scoring_one_screening_does_not_load_the_array_library() -> None:
    code = (
        "import sys; from cse_workbook import instrument; from cse_workbook.scoring import score;"
        "one = instrument.load(); score({i.key: 0 for i in one.indicators}, one);"
        "print('numpy' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"
