"""Run charts: the median, and the two rules of Perla, Provost and Murray (2011)."""

from collections.abc import Sequence

import pandas as pd
import pytest

from cse_workbook.errors import WorkbookError
from cse_workbook.measures import MEASURES, Period, marked, read_period, run_up, series
from cse_workbook.measures.charts import SHIFTED, TOO_FEW, TRENDING
from cse_workbook.measures.model import Measure, all_of, counted

MONTHS = run_up(read_period("2026-12"), 12)
THIRTEEN = run_up(read_period("2027-01"), 13)
VOLUME = Measure(
    key="rows",
    frame="screenings",
    date="on",
    question="How many rows?",
    source="Made up.",
    does_not_show="Anything.",
    count=lambda frame: counted(all_of(frame)),
)
ALTERNATING = (3, 9, 3, 9, 3, 9, 3, 9, 3, 9, 3, 9)


def rows(
    counts: Sequence[int], place: str = "A", months: Sequence[Period] = MONTHS
) -> pd.DataFrame:
    """Make as many rows a month as are asked for."""
    days = [each.start for each, n in zip(months, counts, strict=True) for _ in range(n)]
    return pd.DataFrame({"on": pd.to_datetime(days), "agency": place})


def chart(counts: Sequence[int], months: Sequence[Period] = MONTHS) -> pd.DataFrame:
    frames = {"screenings": rows(counts, months=months)}
    return marked(series(frames, VOLUME, months), value="numerator")


def months_with(table: pd.DataFrame, column: str) -> list[int]:
    """Give the months, by number, that carry a mark."""
    return [n for n, mark in enumerate(table[column], start=1) if mark]


def test_points_that_go_up_and_down_give_no_signal() -> None:
    table = chart(ALTERNATING)

    assert set(table["middle"]) == {6.0}
    assert set(table["signal"]) == {""}


def test_six_points_in_a_row_on_one_side_of_the_median_are_a_shift() -> None:
    table = chart((2, 3, 2, 3, 2, 3, 8, 9, 8, 9, 8, 9))

    assert months_with(table, "shift") == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert set(table["signal"]) == {SHIFTED}


def test_five_points_in_a_row_on_one_side_are_no_shift() -> None:
    table = chart((2, 3, 2, 3, 2, 9, 3, 8, 9, 8, 9, 8))

    assert months_with(table, "shift") == []


def test_a_point_on_the_median_is_passed_over_and_breaks_no_shift() -> None:
    table = chart((2, 3, 2, 5, 3, 2, 3, 8, 9, 8, 9, 8, 9), THIRTEEN)

    assert set(table["middle"]) == {5.0}
    assert months_with(table, "shift") == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]


def test_five_points_in_a_row_that_rise_are_a_trend() -> None:
    table = chart((3, 9, 1, 4, 6, 8, 11, 2, 9, 3, 9, 3))

    assert months_with(table, "trend") == [3, 4, 5, 6, 7]
    assert table["signal"][4] == TRENDING


def test_four_points_in_a_row_that_fall_are_no_trend() -> None:
    table = chart((9, 8, 6, 2, 9, 3, 9, 3, 9, 3, 9, 3))

    assert months_with(table, "trend") == []


def test_of_equal_neighbours_in_a_trend_the_first_counts() -> None:
    table = chart((3, 9, 8, 8, 6, 5, 1, 9, 3, 9, 3, 9))

    assert months_with(table, "trend") == [2, 3, 5, 6, 7]


def test_a_point_can_belong_to_a_shift_and_a_trend() -> None:
    table = chart((1, 2, 3, 4, 5, 6, 12, 11, 12, 11, 12, 11))

    assert table["signal"][2] == f"{SHIFTED} {TRENDING}"


def test_few_points_give_no_signal_and_say_so() -> None:
    frames = {"screenings": rows((1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0))}

    table = marked(series(frames, VOLUME, MONTHS[:9]), value="numerator")

    assert months_with(table, "shift") == months_with(table, "trend") == []
    assert set(table["signal"]) == {TOO_FEW}


def test_a_month_without_a_denominator_has_no_point_and_breaks_nothing() -> None:
    table = marked(series({"screenings": rows((0,) * 12)}, VOLUME, MONTHS))

    assert table["ratio"].isna().all()
    assert table["middle"].isna().all()
    assert set(table["signal"]) == {TOO_FEW}


def test_each_group_has_its_own_chart() -> None:
    frame = pd.concat([rows(ALTERNATING, "A"), rows((1,) * 12, "B")])

    points = series({"screenings": frame}, VOLUME, MONTHS, ["agency"])
    table = marked(points, ["agency"], value="numerator")

    assert dict(table.groupby("agency")["middle"].first()) == {"A": 6.0, "B": 1.0, "not_known": 0.0}
    assert list(table["agency"]) == ["A"] * 12 + ["B"] * 12 + ["not_known"] * 12


def test_how_records_stand_today_makes_no_chart() -> None:
    with pytest.raises(WorkbookError) as refused:
        series({}, MEASURES["cases_open"], MONTHS)

    assert str(refused.value) == (
        "MEASURE_05 · measure “cases_open”: it tells how records stand on the day of the extract,"
        " so it has no earlier points. Count it for one period, and compare with the extract of an"
        " earlier day."
    )
