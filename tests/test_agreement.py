"""Agreement of readers, against published worked examples.

- Kappa: SAS/STAT User's Guide, “The FREQ Procedure”, Getting Started, “Agreement Study”: two
  dermatologists judge 88 patients on a scale of four.
- Alpha: Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), sections C and D: four
  observers, twelve units, some not read; 0.743 as names, 0.815 as an order.
- Wilson: Newcombe, “Two-sided confidence intervals for the single proportion”, Statistics in
  Medicine 17 (1998), table I, method 3.
"""

import pandas as pd
import pytest

from cse_workbook.errors import WorkbookError
from cse_workbook.measures import wilson
from cse_workbook.measures.agreement import alpha, cohen

SKIN = ("terrible", "poor", "marginal", "clear")
DERMATOLOGISTS = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
OBSERVERS = {"A": "123321412...", "B": "1233224125.3", "C": ".3332342251.", "D": "12332441251."}
FIVE = ("1", "2", "3", "4", "5")


def pairs(table: tuple[tuple[int, ...], ...], scale: tuple[str, ...]) -> pd.DataFrame:
    """Write a table of first by second readings out, one row a child."""
    return pd.DataFrame(
        [
            (scale[row], scale[column])
            for row, counts in enumerate(table)
            for column, count in enumerate(counts)
            for _ in range(count)
        ],
        columns=["first", "second"],
    )


def observed() -> pd.DataFrame:
    table = pd.DataFrame({name: list(read) for name, read in OBSERVERS.items()})
    return table.where(table != ".")


def test_kappa_is_that_of_the_published_example() -> None:
    read = pairs(DERMATOLOGISTS, SKIN)

    found = cohen(read["first"], read["second"], SKIN)

    assert (found.n, found.n_agreed) == (88, 45)
    assert found.ratio == pytest.approx(45 / 88)
    assert (found.kappa, found.kappa_low, found.kappa_high) == pytest.approx(
        (0.3449, 0.2030, 0.4868), abs=5e-5
    )


def test_kappa_of_an_order_counted_by_hand() -> None:
    # Agreement: three of four, and half for one step: 3.5 / 4 = 0.875. By chance: 0.5625.
    # Kappa is (0.875 - 0.5625) / (1 - 0.5625).
    read = pairs(((1, 1, 0), (0, 1, 0), (0, 0, 1)), ("a", "b", "c"))

    found = cohen(read["first"], read["second"], ("a", "b", "c"), "ordinal")

    assert found.kappa == pytest.approx(0.3125 / 0.4375)


def test_a_value_that_nobody_gave_does_not_close_up_the_scale() -> None:
    # With b unused, a and c are two steps apart and c and d one: weights 0, 2/3, 1 and 1/3.
    # Agreement: 3 of 4 alike, and a with c: (3 + 1/3) / 4. By chance, summed by hand: 9 / 16.
    read = pairs(((1, 0, 1, 0), (0, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)), ("a", "b", "c", "d"))

    found = cohen(read["first"], read["second"], ("a", "b", "c", "d"), "ordinal")

    chance = (2 * (1 + 2 / 3) + (1 / 3 + 2 + 2 / 3) + (0 + 4 / 3 + 1)) / 16
    assert found.kappa == pytest.approx(((3 + 1 / 3) / 4 - chance) / (1 - chance))


def test_a_child_read_once_is_left_out() -> None:
    first = pd.Series({"C-0001": "a", "C-0002": "b", "C-0003": "a"})
    second = pd.Series({"C-0001": "a", "C-0002": "a", "C-0004": "b"})

    found = cohen(first, second, ("a", "b"))

    assert (found.n, found.n_agreed, found.ratio) == (2, 1, 0.5)


def test_kappa_is_not_defined_where_all_readings_hold_one_value() -> None:
    same = pd.Series(["a", "a", "a"])

    found = cohen(same, same, ("a", "b"))

    assert (found.n, found.ratio, found.kappa, found.kappa_low) == (3, 1.0, None, None)


def test_nothing_is_found_where_nobody_was_read_twice() -> None:
    nobody = pd.Series([None, None], dtype="object")

    found = cohen(nobody, nobody, ("a", "b"))

    assert (found.n, found.ratio, found.ratio_low, found.kappa) == (0, None, None, None)


@pytest.mark.parametrize(("level", "expected"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_is_that_of_the_published_example(level: str, expected: float) -> None:
    found = alpha(observed(), FIVE, level, seed=1)

    assert found.alpha == pytest.approx(expected, abs=5e-4)
    assert (found.n, found.n_readings) == (11, 40)


def test_the_interval_of_alpha_holds_it_and_is_the_same_for_the_same_seed() -> None:
    found = alpha(observed(), FIVE, seed=7)

    assert found.low < found.alpha < found.high <= 1
    assert alpha(observed(), FIVE, seed=7) == found


def test_readers_who_always_agree_have_an_alpha_of_one() -> None:
    read = pd.DataFrame({"A": ["a", "b"], "B": ["a", "b"]})

    found = alpha(read, ("a", "b"), seed=1)

    assert (found.alpha, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize("second", [["a", "a"], [None, None]])
def test_alpha_is_not_defined_without_a_difference_or_a_second_reader(second: list[str]) -> None:
    found = alpha(pd.DataFrame({"A": ["a", "a"], "B": second}), ("a", "b"), seed=1)

    assert (found.alpha, found.low, found.high) == (None, None, None)


def test_a_value_that_is_not_on_the_scale_is_refused_with_the_near_miss() -> None:
    read = pd.DataFrame({"A": ["consult", "consut"], "B": ["consult", "consult"]})

    with pytest.raises(WorkbookError) as refused:
        alpha(read, ("keep_watching", "consult"), seed=1)

    assert str(refused.value) == (
        "MEASURE_06 · consut: this value is not on the scale. Did you mean “consult”? Use the"
        " values of the scale, and leave a reading that was not made blank."
    )


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (6, 8, 0.41, 0.93),
        (12, 15, 0.55, 0.93),
        (15, 20, 0.53, 0.89),
        (30, 40, 0.60, 0.86),
        (50, 66, 0.64, 0.84),
    ],
)
def test_intervals_of_audits_of_the_usual_sizes(
    count: int, of: int, low: float, high: float
) -> None:
    found = wilson(pd.Series([count]), pd.Series([of]))

    assert [round(bound[0], 2) for bound in found] == [low, high]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_published_examples(
    count: int, of: int, low: float, high: float
) -> None:
    found = wilson(pd.Series([count]), pd.Series([of]))

    assert [round(bound[0], 4) for bound in found] == [low, high]


def test_without_a_denominator_there_is_no_interval() -> None:
    low, high = wilson(pd.Series([0, 1]), pd.Series([0, 2]))

    assert list(low.isna()) == list(high.isna()) == [True, False]
