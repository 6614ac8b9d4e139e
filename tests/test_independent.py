"""Two implementations, written apart, agree on every rule, pathway and route.

`independent.py` counts with sets, in words near the guidance; `scoring.py` counts columns of
numbers. They are compared on random screenings of every age, from nearly empty to nearly full.
"""

import random

import numpy as np
import pytest

from cse_workbook.instrument import Instrument
from cse_workbook.outcome import explain
from cse_workbook.policy import Policy
from cse_workbook.scoring import readings, score
from cse_workbook.screening import ANSWERS, Screening, columns_of, read_screening
from tests import independent

WORDS = ["yes", "possible", "not_known", "no", None]  # None is left blank
# Mixed densities: what a form looks like early, what it looks like late, and everything alike.
MIXES = [(1, 1, 1, 37, 0), (1, 1, 2, 76, 0), (2, 2, 2, 34, 2), (1, 1, 4, 6, 8), (1, 1, 1, 1, 1)]


def random_screenings(count: int, seed: int) -> list[tuple[int, dict[str, str]]]:
    chance = random.Random(seed)
    keys = sorted(independent.ASKED)
    screenings = []
    for number in range(count):
        words = chance.choices(WORDS, MIXES[number % len(MIXES)], k=len(keys))
        answers = {key: word for key, word in zip(keys, words, strict=True) if word}
        screenings.append((chance.randrange(18), answers))
    return screenings


def table_of(
    screenings: list[tuple[int, dict[str, str]]], occ: Instrument
) -> dict[str, np.ndarray]:
    table = {}
    for indicator in occ.indicators:
        blank = indicator.blank_counts_as
        if (ages := indicator.set_from_age) is not None:
            column = [3 * (ages.from_ <= age <= ages.to) for age, _ in screenings]
        else:
            column = [ANSWERS[answers.get(indicator.key, blank)] for _, answers in screenings]
        table[indicator.key] = np.array(column, dtype=np.uint8)
    return table


@pytest.fixture(scope="module")
def screenings() -> list[tuple[int, dict[str, str]]]:
    return random_screenings(100_000, seed=13)


def test_both_ask_about_the_same_things(occ: Instrument) -> None:
    asked = {indicator.key for indicator in occ.asked()}

    assert asked == independent.ASKED


def test_every_rule_and_pathway_comes_out_the_same_on_100_000_screenings(
    occ: Instrument, screenings: list[tuple[int, dict[str, str]]]
) -> None:
    expected = [independent.reached(age, answers) for age, answers in screenings]

    results = score(table_of(screenings, occ), occ)

    for rule, column in results.items():
        assert column.tolist() == [ANSWERS[each.get(rule, "no")] for each in expected], rule
        assert set(column.tolist()) == {0, 1, 2, 3}, f"{rule}: not every answer was compared"


def test_the_three_routes_come_out_the_same_on_100_000_screenings(
    occ: Instrument, screenings: list[tuple[int, dict[str, str]]]
) -> None:
    order = [route.key for route in occ.routes]
    expected = [independent.routes(age, answers) for age, answers in screenings]

    places = readings(score(table_of(screenings, occ), occ), occ)

    for number, reading in enumerate(("route", "route_confirmed", "route_possible")):
        assert [order[place] for place in places[reading]] == [each[number] for each in expected]
        assert set(places[reading].tolist()) == {0, 1, 2, 3, 4}, "not every route was compared"


def test_what_is_explained_comes_out_the_same(occ: Instrument, default_policy: Policy) -> None:
    for age, answers in random_screenings(1_000, seed=14):
        screening = read_screening(
            {"child_ref": "C-0001", "age": age, "answers": answers}, "random", occ
        )
        expected = {
            rule: word
            for rule, word in independent.reached(age, answers).items()
            if word in independent.AS_RECORDED
        }

        outcome = explain(screening, occ, default_policy)

        found = (*outcome.findings, *outcome.pathways)
        assert {finding.rule: finding.reached for finding in found} == expected
        routes = (outcome.route, outcome.route_confirmed, outcome.route_possible)
        assert routes == independent.routes(age, answers)


def test_a_table_has_the_columns_that_a_screening_has(occ: Instrument) -> None:
    age, answers = random_screenings(3, seed=15)[2]
    raw = {"child_ref": "C-0001", "age": age, "answers": answers}
    screening: Screening = read_screening(raw, "random", occ)

    table = table_of([(age, answers)], occ)

    assert {key: int(column[0]) for key, column in table.items()} == columns_of(screening, occ)
