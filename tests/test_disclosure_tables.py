"""A whole table is printed so that no hidden number can be worked out from it.

1. No printed number is from 1 to the limit; zero stays zero; what was not asked is told apart.
2. Ratios rest on what is printed, and are blank where a count is hidden.
3. A total that would tell of a hidden number is hidden too, and never more than is needed.
4. Protecting twice changes nothing, and the order of rows does not matter.
"""

import subprocess
import sys
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_workbook.disclosure.cells import Cell, reading, sums
from cse_workbook.disclosure.hiding import Weighing, secured
from cse_workbook.disclosure.tables import protect
from cse_workbook.errors import WorkbookError
from cse_workbook.policy import Disclosure

LIMITS = Disclosure(suppress_up_to=7, round_to=5)
EXACT = Disclosure(suppress_up_to=5, round_to=1)
DAYS = {"period_start": pd.Timestamp("2026-01-01"), "period_end": pd.Timestamp("2026-03-31")}
small = st.integers(0, 30)


def one_way(counts: list[int]) -> pd.DataFrame:
    names = [f"group {number}" for number in range(len(counts))]
    return pd.DataFrame({"group": [*names, "all"], "children": [*counts, sum(counts)]})


def two_way(counts: list[list[int]]) -> pd.DataFrame:
    whole = [[*row, sum(row)] for row in counts]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    return pd.DataFrame(
        {"row": _name(i, counts), "column": _name(j, counts[0]), "children": count}
        for i, row in enumerate(whole)
        for j, count in enumerate(row)
    )


def _name(place: int, of: list) -> str:
    return "all" if place == len(of) else str(place)


def ratios(pairs: list[tuple[int, int]]) -> pd.DataFrame:
    pairs = [*pairs, (sum(part for part, _ in pairs), sum(whole for _, whole in pairs))]
    rows = [
        {
            "measure": "seen in time",
            **DAYS,
            "sex": "all" if number == len(pairs) - 1 else f"sex {number}",
            "numerator": part,
            "denominator": whole,
            "ratio": part / whole if whole else pd.NA,
            "low": 0.0,
            "high": 1.0,
            "median": 3.0,
        }
        for number, (part, whole) in enumerate(pairs)
    ]
    return pd.DataFrame(rows)


def shown(table: pd.DataFrame, limits: Disclosure = LIMITS) -> pd.DataFrame:
    if "numerator" in table:
        return protect(table, ["numerator", "denominator"], {"sex": "all"}, limits)
    margins = {column: "all" for column in table.columns if column != "children"}
    return protect(table, ["children"], margins, limits)


pairs = st.lists(st.tuples(small, small).map(lambda two: (min(two), max(two))), max_size=3)
tables = st.one_of(
    st.lists(small, max_size=4).map(one_way),
    st.lists(st.lists(small, min_size=2, max_size=2), min_size=1, max_size=3).map(two_way),
    pairs.map(ratios),
)
limits = st.sampled_from([LIMITS, EXACT, Disclosure(suppress_up_to=1, round_to=1)])


def counts(table: pd.DataFrame) -> list[object]:
    return [
        value
        for column in ("children", "numerator", "denominator")
        for value in table.get(column, [])
    ]


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ([20, 0, 15], [20, 0, 15, 35]),
        ([20, 3, 15], [20, "*", 15, 40]),  # rounding leaves all of 1 to 7
        ([3, 5], ["*", "*", 10]),
        ([7, 7], ["*", "*", "not shown"]),  # 15: none of the two could be below 6
        ([1] * 7, ["*"] * 7 + ["not shown"]),  # fewer than 8: each would be 1
    ],
)
def test_a_line_and_its_total(line: list[int], printed: list[object]) -> None:
    assert list(shown(one_way(line))["children"]) == printed


def test_without_rounding_a_total_beside_one_hidden_number_is_hidden() -> None:
    assert list(shown(one_way([20, 3, 15]), EXACT)["children"]) == [20, "*", 15, "not shown"]


def test_in_a_table_of_two_ways_no_more_is_hidden_than_is_needed() -> None:
    printed = shown(two_way([[20, 3], [15, 30]]), EXACT)["children"]

    # Hiding the total of the row is not enough, since it is what the other totals leave.
    assert list(printed) == [20, "*", "not shown", 15, 30, 45, 35, "not shown", "not shown"]


def test_a_longer_period_gives_away_no_shorter_one() -> None:
    table = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2026-01-01", "2026-01-01"]),
            "period_end": pd.to_datetime(["2026-03-31", "2026-06-30"]),
            "children": [20, 23],
        }
    )

    printed = protect(table, ["children"], {}, EXACT)["children"]

    assert list(printed) == ["not shown", 23]


def test_ratios_rest_on_what_is_printed() -> None:
    printed = shown(ratios([(21, 43), (3, 42), (41, 43)]))

    assert list(printed["numerator"]) == [20, "*", "all but *", 65]
    assert list(printed["denominator"]) == [45, 40, 45, 130]
    assert printed["ratio"][0] == 20 / 45
    assert list(printed["ratio"].isna()) == [False, True, True, False]
    assert list(printed["median"].isna()) == [False, True, True, False]
    assert round(printed["low"][0], 3) == 0.309  # Wilson, 20 of 45
    assert round(printed["high"][0], 3) == 0.588


def test_a_numerator_that_seems_to_leave_few_is_not_shown() -> None:
    printed = shown(ratios([(13, 21)]))  # 15 of 20 would be printed, which seems to leave 5

    assert printed["numerator"][0] == "not shown"


def test_an_empty_denominator_gives_a_blank_ratio() -> None:
    printed = shown(ratios([(0, 0), (20, 40)]))

    assert (printed["numerator"][0], printed["denominator"][0]) == (0, 0)
    assert pd.isna(printed["ratio"][0])


def test_what_was_not_asked_is_told_apart() -> None:
    table = pd.DataFrame({"group": ["a", "b", "c"], "children": pd.array([0, 3, pd.NA], "Int64")})

    assert list(shown(table)["children"]) == [0, "*", "not asked"]


def test_shares_of_all_groups_give_away_no_group_by_their_denominator() -> None:
    table = pd.DataFrame(
        {"sex": ["a", "b", "c"], "numerator": [20, 15, 3], "denominator": [38, 38, 38]}
    )

    printed = protect(table, ["numerator", "denominator"], {"sex": "all"}, EXACT, of_all=[True] * 3)

    assert list(printed["numerator"]) == [20, 15, "*"]
    assert list(printed["denominator"]) == ["not shown"] * 3


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    table = one_way([20, 30]).replace({"children": {50: 90}})

    with pytest.raises(WorkbookError) as refused:
        shown(table)

    assert str(refused.value) == (
        "DISCLOSURE_01 · children: a total is not the sum of its parts, so it cannot be told what"
        " they give away. List every group of each column, each child in one of them, or leave the"
        " total out."
    )


def test_two_rows_that_count_the_same_differently_are_refused() -> None:
    table = pd.DataFrame({**DAYS, "sex": ["girl", "girl"], "children": [10, 20]})

    with pytest.raises(WorkbookError) as refused:
        protect(table, ["children"], {"sex": "all"}, LIMITS)

    assert str(refused.value) == (
        "DISCLOSURE_02 · children: two rows count the same and differ: children, sex girl,"
        " 1 January 2026 to 31 March 2026. Keep one of them, or add the column in which they"
        " differ."
    )


def test_a_table_that_cannot_be_weighed_is_refused() -> None:
    with pytest.raises(WorkbookError, match="DISCLOSURE_03 · children"):
        protect(one_way([20, 3]), ["children"], {"group": "all"}, LIMITS, steps=0)


@settings(max_examples=60)
@given(tables, limits)
def test_nothing_printed_is_small_and_zero_stays_zero(
    table: pd.DataFrame, limits: Disclosure
) -> None:
    for true, printed in zip(counts(table), counts(shown(table, limits)), strict=True):
        assert (printed == 0) == (true == 0)
        assert isinstance(printed, str) or not 1 <= printed <= limits.suppress_up_to


@settings(max_examples=60)
@given(tables, limits)
def test_protecting_twice_changes_nothing(table: pd.DataFrame, limits: Disclosure) -> None:
    once = shown(table, limits)

    pd.testing.assert_frame_equal(shown(once, limits), once)


@settings(max_examples=40)
@given(tables, limits, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    table: pd.DataFrame, limits: Disclosure, chance: object
) -> None:
    order = list(range(len(table)))
    chance.shuffle(order)  # type: ignore[attr-defined]

    pd.testing.assert_frame_equal(
        shown(table.iloc[order], limits), shown(table, limits).iloc[order]
    )


@settings(max_examples=60)
@given(pairs.map(ratios), limits)
def test_a_printed_ratio_never_contradicts_printed_counts(
    table: pd.DataFrame, limits: Disclosure
) -> None:
    for row in shown(table, limits).to_dict("records"):
        part, whole = row["numerator"], row["denominator"]
        if isinstance(part, str) or isinstance(whole, str) or whole == 0:
            assert pd.isna(row["ratio"])
        else:
            assert row["ratio"] == part / whole
            assert row["low"] - 1e-9 <= row["ratio"] <= row["high"] + 1e-9
            assert not 1 <= whole - part <= limits.suppress_up_to


@settings(max_examples=40)
@given(st.lists(st.lists(small, min_size=2, max_size=2), min_size=1, max_size=3), limits)
def test_no_further_cell_could_be_shown_again_by_itself(
    lines: list[list[int]], limits: Disclosure
) -> None:
    marks = {
        Cell("x", (("at", str(at)),), date(2026, 1, 1), date(2026, 3, 31)): _mark(count, limits)
        for at, count in enumerate(lines[0])
    }
    marks[Cell("x", (), date(2026, 1, 1), date(2026, 3, 31))] = _mark(sum(lines[0]), limits)
    once = secured(marks, Weighing(limits))

    for cell in (cell for cell, mark in once.items() if mark == "not shown"):
        assert secured({**once, cell: marks[cell]}, Weighing(limits)) != {**once, cell: marks[cell]}


def _mark(count: int, limits: Disclosure) -> str:
    return str(protect(one_way([count]), ["children"], {}, limits)["children"][0])


def test_a_mark_is_read_as_the_counts_it_can_stand_for() -> None:
    assert [reading(mark, LIMITS) for mark in ("0", "10", "*", "not shown", "")] == [
        (0, 0),
        (8, 12),
        (1, 7),
        (1, None),
        (0, None),
    ]


def test_a_cell_is_part_of_each_total_over_its_columns() -> None:
    cell = Cell("x", (("a", "1"), ("b", "2")), date(2026, 1, 1), date(2026, 3, 31))

    assert {total.groups for total in sums([cell])} == {(), (("a", "1"),), (("b", "2"),)}


def test_the_part_that_pages_use_starts_without_the_heavy_libraries() -> None:
    heavy = "{'pandas', 'numpy', 'scipy', 'statsmodels'} & set(sys.modules)"
    code = f"import sys, cse_workbook.disclosure, cse_workbook.bars; sys.exit(bool({heavy}))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
