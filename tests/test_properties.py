"""What holds for every screening, not only for the examples.

1. One more concern never lowers a finding or a route, in any of the three readings.
2. A million at once come out as one by one, across the borders of the parts they are counted in.
3. The order of answers, indicators and rows does not matter.
4. The three readings are right against every way of filling the blanks.
5. The decisive unknowns and blanks are those of which one alone raises the route.
6. `explain` reports what `score` decided, and nothing else.
7. A screening written as JSON and read again is the same screening.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook import instrument, policy
from cse_workbook.outcome import explain
from cse_workbook.scoring import READINGS, ROWS_AT_A_TIME, readings, score
from cse_workbook.screening import ANSWERS, Screening, columns_of, read_screening, to_json
from tests.test_examples import EXAMPLES, Example, each_example

POLICY = policy.load()
OCC = policy.applied(instrument.load(), POLICY)
KEYS = [indicator.key for indicator in OCC.asked()]
WORDS = sorted(ANSWERS)
DAY = date(2026, 11, 22)
SCREENINGS = [example.screening for example in EXAMPLES]

ages = st.integers(0, 17)
answered = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(WORDS))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def screening_of(age: int, answers: dict[str, Any]) -> Screening:
    return read_screening({"child_ref": "C-0001", "age": age, "answers": answers}, "drawn", OCC)


def places(age: int, answers: dict[str, str]) -> dict[str, int]:
    results = score(columns_of(screening_of(age, answers), OCC), OCC)
    return {**results, **readings(results, OCC)}


# 1. One more concern


@given(ages, answered, st.sampled_from(KEYS))
def test_one_more_concern_never_lowers_a_finding_or_a_route(
    age: int, answers: dict[str, str], key: str
) -> None:
    steps = [places(age, {**answers, key: word}) for word in ANSWERS]

    for lower, higher in pairwise(steps):
        assert all(higher[name] >= lower[name] for name in lower)


@pytest.mark.parametrize("key", KEYS)
def test_one_more_concern_never_lowers_any_example(key: str) -> None:
    rows = [columns_of(screening, OCC) for screening in SCREENINGS]
    table = {name: np.array([row[name] for row in rows], dtype=np.uint8) for name in rows[0]}

    before = score({**table, key: np.zeros_like(table[key])}, OCC)
    after = score({**table, key: np.full_like(table[key], 3)}, OCC)

    assert all((after[rule] >= before[rule]).all() for rule in before)


@given(ages, answered, st.sampled_from(KEYS))
def test_an_answer_never_lowers_what_a_blank_left_sure(
    age: int, answers: dict[str, str], key: str
) -> None:
    blank = places(age, {name: word for name, word in answers.items() if name != key})

    filled = places(age, {**answers, key: "no"})

    assert filled["route_confirmed"] >= blank["route_confirmed"]


# 2. A million at once


def random_table(rows: int) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(13)
    keys = [indicator.key for indicator in OCC.indicators]
    return {key: chance.choice(4, rows, p=[0.9, 0.04, 0.03, 0.03]).astype(np.uint8) for key in keys}


def row(columns: dict[str, np.ndarray], number: int) -> dict[str, int]:
    return {key: int(column[number]) for key, column in columns.items()}


@pytest.mark.parametrize("rows", [0, 1, 2, 300])
def test_a_table_comes_out_as_its_rows_one_by_one(rows: int) -> None:
    table = random_table(rows)

    results = score(table, OCC)
    routes = readings(results, OCC)

    one_by_one = [score(row(table, number), OCC) for number in range(rows)]
    assert [row(results, number) for number in range(rows)] == one_by_one
    assert [row(routes, n) for n in range(rows)] == [readings(one, OCC) for one in one_by_one]


@pytest.mark.parametrize("rows", [ROWS_AT_A_TIME - 1, ROWS_AT_A_TIME, 2 * ROWS_AT_A_TIME + 1])
def test_the_borders_between_parts_leave_no_trace(rows: int) -> None:
    table = random_table(rows)
    around = sorted({0, 1, ROWS_AT_A_TIME - 2, ROWS_AT_A_TIME - 1, ROWS_AT_A_TIME, rows - 1})
    numbers = [number for number in around if number < rows]

    results = score(table, OCC)
    routes = readings(results, OCC)

    assert {len(column) for column in (*results.values(), *routes.values())} == {rows}
    assert {column.dtype for column in (*results.values(), *routes.values())} == {np.dtype("u1")}
    for number in numbers:
        assert row(results, number) == score(row(table, number), OCC)
        assert row(routes, number) == readings(row(results, number), OCC)


def test_scoring_leaves_the_answers_as_they_were() -> None:
    table = random_table(100)
    before = {key: column.copy() for key, column in table.items()}

    score(table, OCC)

    assert all((table[key] == before[key]).all() for key in table)


# 3. Order


@given(ages, st.permutations(sorted(ANSWERS) * 3), st.permutations(KEYS), st.randoms())
def test_the_order_of_answers_does_not_matter(
    age: int, words: list[str], keys: list[str], chance: Any
) -> None:
    pairs = list(zip(keys, words, strict=False))
    before = explain(screening_of(age, dict(pairs)), OCC, POLICY)
    chance.shuffle(pairs)

    after = explain(screening_of(age, dict(pairs)), OCC, POLICY)

    def sorted_lists(outcome: Any) -> Any:
        unknowns = {name: sorted(getattr(outcome, name), key=str) for name in in_answer_order}
        return msgspec.structs.replace(outcome, **unknowns)

    in_answer_order = ("decisive_unknowns", "not_known")
    assert sorted_lists(before) == sorted_lists(after)


@given(ages, answered, st.permutations(OCC.indicators), st.permutations(OCC.rules))
def test_the_order_of_indicators_and_rules_does_not_matter(
    age: int, answers: dict[str, str], indicators: Any, rules: Any
) -> None:
    screening = screening_of(age, answers)
    shuffled = msgspec.structs.replace(OCC, indicators=tuple(indicators), rules=tuple(rules))
    results = score(columns_of(screening, OCC), OCC)

    again = score(columns_of(screening, shuffled), shuffled)

    assert again == results
    assert readings(again, shuffled) == readings(results, OCC)


def test_the_order_of_rows_does_not_matter() -> None:
    table = random_table(1_000)
    order = np.random.default_rng(14).permutation(1_000)
    results = score(table, OCC)

    shuffled = score({key: column[order] for key, column in table.items()}, OCC)

    assert all((shuffled[rule] == results[rule][order]).all() for rule in results)


# 4. Every way of filling the blanks

SCARCE = [
    ("young_carer", "self_harm", "homeless", "older_individuals", "received"),
    ("gang_association", "gang_related", "low_self_esteem", "young_carer", "immediate_danger"),
    ("abuse_by_partner_or_peer", "known_missing_episode", "looked_after", "disabled", "self_harm"),
]


def routes_of_all(keys: tuple[str, ...], age: int) -> dict[str, dict[tuple[str, ...], int]]:
    """Score every way of answering some questions at once, where all the others are no."""
    ways = list(product(ANSWERS, repeat=len(keys)))
    levels = np.array([[ANSWERS[word] for word in words] for words in ways], dtype=np.uint8)
    others = columns_of(screening_of(age, dict.fromkeys(KEYS, "no")), OCC)
    table = {key: np.full(len(ways), level, dtype=np.uint8) for key, level in others.items()}
    table |= {key: levels[:, number] for number, key in enumerate(keys)}
    found = readings(score(table, OCC), OCC)
    return {name: dict(zip(ways, column.tolist(), strict=True)) for name, column in found.items()}


def fillings(words: tuple[str, ...], unsure: set[str]) -> Iterator[tuple[str, ...]]:
    return product(*(("no", "yes") if word in unsure else (word,) for word in words))


@pytest.mark.parametrize("age", [12, 14, 16])
@pytest.mark.parametrize("keys", SCARCE, ids=" ".join)
def test_the_three_readings_are_right_against_every_way_of_filling_the_unknowns(
    keys: tuple[str, ...], age: int
) -> None:
    found = routes_of_all(keys, age)
    recorded, confirmed, possible = (
        found["route"],
        found["route_confirmed"],
        found["route_possible"],
    )

    for words in recorded:
        outcomes = [recorded[filled] for filled in fillings(words, {"not_known"})]
        if_all_fell_away = [recorded[each] for each in fillings(words, {"not_known", "possible"})]

        assert possible[words] == max(outcomes)
        assert recorded[words] == min(outcomes)
        assert confirmed[words] == min(if_all_fell_away)


@pytest.mark.parametrize("keys", SCARCE, ids=" ".join)
def test_a_blank_comes_out_as_not_known_except_for_immediate_danger(keys: tuple[str, ...]) -> None:
    others = {key: "no" for key in KEYS if key not in keys}
    blank = {key: "no" if key == "immediate_danger" else "not_known" for key in keys}

    for words in product((None, "no", "yes"), repeat=len(keys)):
        filled = {key: word for key, word in zip(keys, words, strict=True) if word}

        assert places(14, others | filled) == places(14, others | blank | filled)


# 5. Decisive unknowns and blanks


def raising_alone(age: int, answers: dict[str, str], keys: list[str]) -> list[str]:
    before = places(age, answers)["route"]
    return [key for key in keys if places(age, {**answers, key: "yes"})["route"] > before]


@given(ages, answered, st.sampled_from([None, "no", "not_known"]))
def test_the_decisive_are_those_of_which_one_alone_raises_the_route(
    age: int, answers: dict[str, str], everything_else: str | None
) -> None:
    rest = dict.fromkeys((key for key in KEYS if key not in answers), everything_else)
    answers = {key: word for key, word in {**answers, **rest}.items() if word}
    not_known = [key for key, word in answers.items() if word == "not_known"]
    blank = [key for key in KEYS if key not in answers]

    outcome = explain(screening_of(age, answers), OCC, POLICY)

    decisive = [unknown.indicator for unknown in outcome.decisive_unknowns]
    assert outcome.not_known == tuple(not_known)
    assert outcome.blank == tuple(blank)
    assert decisive == raising_alone(age, answers, not_known)
    assert list(outcome.decisive_blanks) == raising_alone(age, answers, blank)


# 6. Explain agrees with score


def assert_explained_as_scored(screening: Screening, example: Example | None = None) -> None:
    occ, used = (example.instrument, example.policy) if example else (OCC, POLICY)
    columns = columns_of(screening, occ)
    results = score(columns, occ)
    order = [route.key for route in occ.routes]

    outcome = explain(screening, occ, used)

    found = (*outcome.findings, *outcome.pathways)
    assert {each.rule: ANSWERS[each.reached] for each in found} == {
        rule: result for rule, result in results.items() if result >= 2
    }
    assert all(columns[key] >= 2 for each in found for key in each.counted)
    assert all(each.counted for each in found)
    assert {name: order.index(getattr(outcome, name)) for name in READINGS} == readings(
        results, occ
    )
    heights = [order.index(str(finding.route)) for finding in outcome.findings]
    assert heights == sorted(heights, reverse=True)
    assert outcome.route == (outcome.findings[0].route if outcome.findings else "keep_watching")


@each_example
def test_what_is_explained_is_what_was_scored_in_every_example(example: Example) -> None:
    assert_explained_as_scored(example.screening, example)


@given(ages, answered)
def test_what_is_explained_is_what_was_scored(age: int, answers: dict[str, str]) -> None:
    assert_explained_as_scored(screening_of(age, answers))


# 7. JSON there and back

recorded = st.fixed_dictionaries(
    {"answer": st.sampled_from(WORDS)},
    optional={
        "when": st.sampled_from(["last_6_months", "earlier", "both"]),
        "seen_on": st.dates(DAY - timedelta(days=300), DAY).map(date.isoformat),
        "evidence": texts,
        "kind": st.sampled_from([kind.key for kind in OCC.kinds]),
        "source": texts,
    },
)
views = st.fixed_dictionaries(
    {
        "route": st.sampled_from([route.key for route in OCC.routes]),
        "drivers": st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True),
    },
    optional=dict.fromkeys(("because", "lower_because", "consulted"), texts),
)
born = st.dates(DAY - timedelta(days=17 * 365), DAY - timedelta(days=301)).map(date.isoformat)
documents = st.fixed_dictionaries(
    {
        "child_ref": st.from_regex(r"\A[A-Z]-[0-9]{4}\Z"),
        "answers": st.dictionaries(
            st.sampled_from(KEYS), st.one_of(st.sampled_from(WORDS), recorded)
        ),
        "screened_on": st.just(DAY.isoformat()),
        "date_of_birth": born,
    },
    optional={
        "instrument": st.just(OCC.key),
        **dict.fromkeys(("worry", "other_concern", "child_said", "protective"), texts),
        "all_at_once": st.lists(st.sampled_from(KEYS), max_size=3),
        "view": views,
    },
)


@given(documents)
def test_a_screening_written_as_json_and_read_again_is_the_same(document: dict[str, Any]) -> None:
    screening = read_screening(document, "drawn", OCC)

    again = read_screening(json.loads(to_json(screening)), "again", OCC)

    assert again == screening
    assert to_json(again) == to_json(screening)
