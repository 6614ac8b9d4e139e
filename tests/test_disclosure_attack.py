"""Someone who has every table of two runs, a quarter apart, cannot recover a hidden number.

The attack knows nothing of how tables are protected. It reads what is printed, writes down what
each number can stand for, and asks for each small count of a group in a quarter, and for each sum
of them, how small and how large it can be. The second run is of the year to date, so what is new in
it can be found by subtraction. All children are made up.
"""

from collections.abc import Iterator
from itertools import product
from math import ceil, floor

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from cse_workbook.disclosure.ledger import Ledger, read_table, refuses
from cse_workbook.disclosure.numbers import protected
from cse_workbook.disclosure.tables import protect
from cse_workbook.policy import Disclosure

AGENCIES, SEXES, QUARTERS = ("health", "police", "school"), ("boy", "girl"), (0, 1)
ATOMS = list(product(QUARTERS, AGENCIES, SEXES))
ENDS = ("2026-03-31", "2026-06-30")
MARGINS = {"agency": "all", "sex": "all"}
DEFAULT = Disclosure(suppress_up_to=7, round_to=5)
WITHOUT_ROUNDING = Disclosure(suppress_up_to=5, round_to=1)
SEEDS = range(8)
Known = list[tuple[set[int], float, float]]


def atoms(quarters: int, agency: str, sex: str) -> set[int]:
    return {
        number
        for number, (quarter, of, who) in enumerate(ATOMS)
        if quarter < quarters and agency in (of, "all") and sex in (who, "all")
    }


def tables(seed: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """Give the tables of each run: by agency and sex, by each alone, and the total."""
    counts = np.random.default_rng(seed).choice([0, 2, 4, 9, 21, 34], len(ATOMS))
    for quarters in (1, 2):
        kinds = [((*AGENCIES, "all"), ("all",)), (("all",), SEXES), (("all",), ("all",))]
        for agencies, sexes in [((*AGENCIES, "all"), (*SEXES, "all")), *kinds]:
            rows = [
                {
                    "period_start": pd.Timestamp("2026-01-01"),
                    "period_end": pd.Timestamp(ENDS[quarters - 1]),
                    "agency": agency,
                    "sex": sex,
                    "children": int(counts[list(atoms(quarters, agency, sex))].sum()),
                }
                for agency, sex in product(agencies, sexes)
            ]
            yield quarters, pd.DataFrame(rows)


def only_each_by_itself(table: pd.DataFrame, limits: Disclosure) -> pd.DataFrame:
    """Hide and round each number, and no further one: protection switched off."""
    shown = [protected(count, limits) for count in table["children"]]
    return table.assign(children=["*" if each.is_hidden else each.number for each in shown])


def published(
    seed: int, limits: Disclosure, further: bool = True, ledger: bool = True
) -> list[tuple[int, pd.DataFrame]]:
    released, out = Ledger(), []
    for quarters, table in tables(seed):
        columns = (["children"], MARGINS, limits)
        shown = protect(table, *columns) if further else only_each_by_itself(table, limits)
        read = read_table(f"run {quarters}", shown, *columns)
        if not ledger or not refuses(released, read):
            released = released.remembering(read)
            out.append((quarters, shown))
    return out


def knowledge(releases: list[tuple[int, pd.DataFrame]], limits: Disclosure) -> Known:
    """Write down what each printed number can stand for, by trying all counts."""
    could: dict[object, list[int]] = {"not shown": [1, 10**6]}
    for count in range(2000):
        shown = protected(count, limits)
        could.setdefault("*" if shown.is_hidden else shown.number, []).append(count)
    return [
        (atoms(quarters, row["agency"], row["sex"]), min(could[mark]), max(could[mark]))
        for quarters, table in releases
        for row in table.to_dict("records")
        for mark in [row["children"]]
    ]


def recovered(known: Known, limits: Disclosure) -> list[tuple[set[int], int]]:
    """Give the small counts for which a single number is left."""
    matrix = np.array([[float(atom in of) for atom in range(len(ATOMS))] for of, _, _ in known])
    highs, lows = np.array([high for *_, high in known]), np.array([low for _, low, _ in known])
    rows, ends = np.vstack([matrix, -matrix]), np.concatenate([highs, -lows])
    found = []
    for of in {frozenset({atom}) for atom in range(len(ATOMS))} | {
        frozenset(of) for of, *_ in known
    }:
        aim = np.array([float(atom in of) for atom in range(len(ATOMS))])
        low, high = (
            sign * linprog(sign * aim, A_ub=rows, b_ub=ends, method="highs").fun for sign in (1, -1)
        )
        least, most = ceil(low - 1e-6), floor(high + 1e-6)
        if 1 <= least == most <= limits.suppress_up_to:
            found.append((set(of), least))
    return found


@pytest.mark.parametrize(("limits", "least"), [(DEFAULT, 6), (WITHOUT_ROUNDING, 2)])
def test_no_hidden_number_is_recovered(limits: Disclosure, least: int) -> None:
    for seed in SEEDS:
        releases = published(seed, limits)

        assert len(releases) >= least  # of 8: to refuse all would protect as well
        assert recovered(knowledge(releases, limits), limits) == []


def test_the_attack_succeeds_where_no_further_cell_is_hidden() -> None:
    releases = published(0, WITHOUT_ROUNDING, further=False, ledger=False)

    assert recovered(knowledge(releases, WITHOUT_ROUNDING), WITHOUT_ROUNDING)


def test_the_attack_succeeds_where_the_ledger_is_not_asked() -> None:
    attacks = [
        recovered(
            knowledge(published(seed, WITHOUT_ROUNDING, ledger=False), WITHOUT_ROUNDING),
            WITHOUT_ROUNDING,
        )
        for seed in SEEDS
    ]

    assert any(attacks)


def test_rounding_alone_gives_groups_of_one_child_each_away() -> None:
    counts = pd.DataFrame({"agency": [*"abcdefg", "all"], "children": [1] * 7 + [7]})

    off = only_each_by_itself(counts, DEFAULT)
    on = protect(counts, ["children"], {"agency": "all"}, DEFAULT)

    assert off["children"].iloc[-1] == "*"  # seven hidden numbers, at most seven children in all
    assert on["children"].iloc[-1] == "not shown"


def test_by_all_tables_that_print_alike_any_small_number_is_possible() -> None:
    """Brute force against a reader who knows the method: what could have led to this print?"""
    limits = Disclosure(suppress_up_to=3, round_to=3)
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for line in product(range(8), repeat=3):
        table = pd.DataFrame({"group": [*"abc", "all"], "children": [*line, sum(line)]})
        printed = protect(table, ["children"], {"group": "all"}, limits)["children"]
        alike.setdefault(tuple(printed), []).append(line)

    for printed, lines in alike.items():
        for place, mark in enumerate(printed[:3]):
            if mark == "*" and max(max(line) for line in lines) < 7:
                assert len({line[place] for line in lines}) > 1
