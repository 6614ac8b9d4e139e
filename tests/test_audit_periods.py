"""A period that an extract cannot tell of is refused, and what cannot be seen of one is said."""

from datetime import date
from pathlib import Path

import pytest

from cse_workbook.audit import words
from cse_workbook.audit.inquiry import Inquiry, begin
from cse_workbook.audit.periods import Calendar
from cse_workbook.frames import Coarseness
from cse_workbook.measures import Period, read_period, run_up
from tests.audited import refused

UNTIL = date(2026, 11, 22)
A_FEW_DAYS = "2026-09-01..2026-09-04"  # Tuesday to Friday


@pytest.fixture
def audit(place: Path) -> Inquiry:
    """An audit of an extract whose days are Mondays."""
    return begin(str(place / "extract"))


def remarks(text: str, dates: Coarseness) -> list[str]:
    return list(Calendar(UNTIL, dates).remarks([read_period(text)]))


def test_a_period_that_begins_after_the_extract_is_refused(audit: Inquiry) -> None:
    assert refused(lambda: audit.about(read_period("2027-Q1"))) == (
        "AUDIT_16 · 1 January 2027 to 31 March 2027: this begins after the day of the extract,"
        " 22 November 2026, so nothing of it can be there. Name an earlier period, or make another"
        " extract."
    )


def test_a_period_in_which_no_week_begins_is_refused_and_is_no_zero(audit: Inquiry) -> None:
    said = (
        "AUDIT_23 · 1 September 2026 to 4 September 2026: each day of this extract stands as the"
        " Monday of its week, and in this period no week begins. Name a longer period, or make an"
        " extract with exact days: `dates` in the policy."
    )

    assert refused(lambda: audit.about(read_period(A_FEW_DAYS))) == said


def test_a_chart_has_no_point_for_days_in_which_no_week_begins(audit: Inquiry) -> None:
    days = run_up(read_period("2026-09-04..2026-09-07"), 3)

    assert "AUDIT_23" in refused(lambda: audit.chart("x", "screenings_recorded", days))


def test_a_half_month_is_refused_where_days_are_exact_to_the_month() -> None:
    calendar = Calendar(UNTIL, "month")

    calendar.check(read_period("2026-09-01..2026-09-15"))
    assert "AUDIT_23" in refused(lambda: calendar.check(read_period("2026-09-16..2026-09-30")))


@pytest.mark.parametrize("before", ["2026-Q3", "2026-07", "2026-09-30..2026-10-05", "2026-Q4"])
def test_periods_that_share_a_day_or_stand_the_wrong_way_round_are_not_compared(
    audit: Inquiry, before: str
) -> None:
    periods = [read_period(before), read_period("2026-Q3")]

    assert refused(lambda: audit.compared("x", ["view_same_as_outcome"], periods)) == (
        f"AUDIT_22 · {words.of(periods[0])}: this does not end before 1 July 2026 to 30 September"
        " 2026 begins. Name two periods that share no day, the earlier one as `before`."
    )


def test_what_is_compared_stands_under_its_own_period(audit: Inquiry) -> None:
    periods = [read_period("2026-Q2"), read_period("2026-Q3")]

    shown = audit.compared("x", ["view_same_as_outcome"], periods)

    assert [*shown.head[1:3]] == [*map(words.of, periods)]
    assert [each.date() for each in shown.data["period_start"]] == [each.start for each in periods]
    assert [*shown.body[0][1:3]] == [words.rated(row) for row in words.rows(shown.data)]


def test_weeks_that_cross_the_edge_of_a_period_are_told() -> None:
    assert remarks("2026-Q3", "week") == [
        "Each day of this extract stands as the Monday of its week. So 1 July 2026 to 30 September"
        " 2026 holds the weeks that begin from 6 July 2026 to 28 September 2026, each of them"
        " whole."
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (A_FEW_DAYS, "day"),
        ("2026-09-07..2026-09-20", "week"),
        ("2026-09", "month"),
        ("2026-Q3", "month"),
    ],
)
def test_of_a_period_that_is_told_exactly_nothing_is_said(text: str, dates: Coarseness) -> None:
    assert remarks(text, dates) == []


def test_a_period_that_was_not_over_is_told_beside_the_extract_and_its_chart(
    audit: Inquiry,
) -> None:
    quarter = read_period("2026-Q4")
    said = (
        "1 October 2026 to 31 December 2026 was not over when the extract was made, on 22 November"
        " 2026: what came later is not in it."
    )

    assert said in audit.about(quarter).notes
    assert said in audit.chart("x", "screenings_recorded", run_up(quarter, 3)).notes


def test_what_stands_as_it_did_on_the_day_of_the_extract_says_so(audit: Inquiry) -> None:
    quarter = read_period("2026-Q3")

    [note] = [each for each in audit.measures("x", ["cases_open"], quarter).notes if "open" in each]
    assert words.STANDS in note
    assert words.STANDS in audit.rules("x", "cases", quarter).notes
    assert words.STANDS not in audit.rules("x", "screenings", quarter).notes


def test_a_single_monday_holds_its_week() -> None:
    one = Period(date(2026, 9, 7), date(2026, 9, 7))

    Calendar(UNTIL, "week").check(one)
    assert "7 September 2026 to 7 September 2026" in remarks("2026-09-07..2026-09-07", "week")[0]
