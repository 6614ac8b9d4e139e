"""Which days belong to a period, and which periods lie before it."""

from datetime import date

import pandas as pd
import pytest

from cse_workbook.errors import WorkbookError
from cse_workbook.measures import Period, read_period, run_up


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-11-03..2026-11-16", date(2026, 11, 3), date(2026, 11, 16)),
    ],
)
def test_a_period_is_a_month_a_quarter_or_the_days_between_two_days(
    text: str, start: date, end: date
) -> None:
    assert read_period(text) == Period(start, end)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-Q5", "2026-02-30..2026-03-01", ""])
def test_anything_else_is_not_a_period(text: str) -> None:
    is_refused(text)


@pytest.mark.parametrize(
    "text", ["0000-01", "0001-01", "0001-Q1", "9999-12", "9999-Q4", "2026-11-01..9999-12-31"]
)
def test_what_reaches_an_end_of_the_calendar_is_not_a_period(text: str) -> None:
    is_refused(text)


def is_refused(text: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        read_period(text)

    assert str(refused.value) == (
        f"MEASURE_01 · {text}: this is not a period. Write a month (2026-11), a quarter of the"
        " calendar year (2026-Q4), or the first and the last day (2026-11-01..2026-11-15)."
    )


def test_a_period_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(WorkbookError) as refused:
        read_period("2026-11-16..2026-11-03")

    assert str(refused.value) == (
        "MEASURE_02 · 2026-11-16..2026-11-03: the period is the wrong way round: it starts on"
        " 2026-11-16 and ends on 2026-11-03. Give the earlier day first."
    )


def test_the_first_and_the_last_day_belong_to_a_period_and_a_blank_day_to_none() -> None:
    days = ["2026-10-31 23:59", "2026-11-01 00:00", "2026-11-30 23:59", "2026-12-01 00:00", None]
    days = pd.Series(pd.to_datetime(days))

    assert list(read_period("2026-11").covers(days)) == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026-01", "2025-12"),
        ("2026-Q1", "2025-Q4"),
        ("2026-11-15..2026-11-21", "2026-11-08..2026-11-14"),
        ("2026-11-01..2026-11-15", "2026-10-17..2026-10-31"),
    ],
)
def test_a_period_is_preceded_by_one_of_its_kind(text: str, before: str) -> None:
    assert run_up(read_period(text), 2) == (read_period(before), read_period(text))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("2026-Q3", "2026-07-01..2026-09-30"),
        ("2026-11-03..2026-11-16", "2026-11-03..2026-11-16"),
    ],
)
def test_a_run_does_not_go_back_beyond_the_calendar(text: str, where: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        run_up(read_period(text), 100_000)

    assert str(refused.value) == (
        f"MEASURE_07 · {where}: there are not 100000 periods of this kind up to it: the calendar"
        " begins with the year 1. Ask for fewer, or for a later period."
    )


def test_a_run_of_months_follows_without_a_gap() -> None:
    months = run_up(read_period("2026-03"), 15)

    assert [months[0], months[-1], len(months)] == [
        read_period("2025-01"),
        read_period("2026-03"),
        15,
    ]
