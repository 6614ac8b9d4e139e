"""Every measure says what it asks and what it does not show, and is counted by hand once.

The examples stand in `measures/*.toml`; each column of a row is checked against its declaration.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest

from cse_workbook import instrument, policy
from cse_workbook.errors import WorkbookError
from cse_workbook.frames import BREAKDOWNS, SCHEMAS, frames
from cse_workbook.measures import MEASURES, Measure, find, groups, read_period, run
from cse_workbook.measures.model import all_of, counted, measure
from cse_workbook.measures.volumes import REFER

FOLDER = Path(__file__).parent / "measures"
NOVEMBER = read_period("2026-11")
COLUMNS = ["measure", "period_start", "period_end"]
FIGURES = ["numerator", "denominator", "ratio", "low", "high", "n_not_known"]
QUARTILES = ["lower_quartile", "median", "upper_quartile"]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows, and what is counted in November 2026; the first file explains the fields."""

    measure: str
    why: str
    rows: list[dict[str, Any]]
    numerator: int
    denominator: int
    n_not_known: int | None = None
    quartiles: tuple[float, float, float] | None = None

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        asked = MEASURES[self.measure]
        return {asked.frame: table(asked.frame, [{asked.date: MIDDLE, **r} for r in self.rows])}


MIDDLE = date(2026, 11, 16)
EXAMPLES = [
    msgspec.convert(entry, Example)
    for path in sorted(FOLDER.glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]


def table(frame: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make the columns that the rows name, each as it is declared."""
    made = pd.DataFrame(rows)
    declared = {name: SCHEMAS[frame].columns[name] for name in made}
    made = made.astype({name: str(column.dtype) for name, column in declared.items()})
    for column in declared.values():
        column.validate(made)
    return made


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.measure)
def test_a_measure_counts_as_a_person_would(example: Example) -> None:
    row = run(example.frames, [MEASURES[example.measure]], NOVEMBER).iloc[0]

    assert (row["numerator"], row["denominator"]) == (
        example.numerator,
        example.denominator,
    ), example.why
    assert list(pd.array([row["n_not_known"]], dtype="Int64").fillna(-1)) == [
        -1 if example.n_not_known is None else example.n_not_known
    ]
    assert [None if pd.isna(row[each]) else float(row[each]) for each in QUARTILES] == list(
        example.quartiles or (None, None, None)
    )


@pytest.mark.parametrize("asked", MEASURES.values(), ids=lambda asked: asked.key)
def test_a_measure_says_what_it_asks_whence_and_what_it_does_not_show(asked: Measure) -> None:
    assert asked.question.endswith("?")
    assert asked.source
    assert asked.does_not_show.endswith(".")
    assert asked.date in SCHEMAS[asked.frame].columns
    assert asked.key in {example.measure for example in EXAMPLES}


def test_there_are_at_least_twenty_measures() -> None:
    assert len(MEASURES) >= 20


def test_the_routes_that_ask_for_a_referral_are_routes_of_the_instrument() -> None:
    assert set(REFER) < {route.key for route in instrument.load().routes}


def test_two_measures_cannot_have_one_name() -> None:
    again = measure(
        frame="cases", date="opened_on", question="?", source="Made up.", does_not_show="."
    )

    with pytest.raises(ValueError, match="two measures have the name cases_opened"):
        again(MEASURES["cases_opened"].count)


def test_an_unknown_measure_is_refused_with_the_near_miss() -> None:
    with pytest.raises(WorkbookError) as refused:
        find("case_opened")

    assert str(refused.value) == (
        "MEASURE_03 · case_opened: there is no such measure. Did you mean “cases_opened” or"
        " “cases_open”? Name a measure that the workbook knows."
    )
    assert find("cases_opened") is MEASURES["cases_opened"]


@pytest.mark.parametrize("frame", SCHEMAS)
def test_every_frame_can_be_broken_down_by_age_sex_and_the_like_but_by_nothing_personal(
    frame: str,
) -> None:
    personal = {n for n, column in SCHEMAS[frame].columns.items() if column.metadata["personal"]}

    assert set(BREAKDOWNS) <= set(groups(frame))
    assert not personal & set(groups(frame))


def voices() -> dict[str, pd.DataFrame]:
    """Four screenings in November at two agencies, one of an unknown age, and one in December."""
    rows = [
        {"screened_on": MIDDLE, "agency": "B", "age_band": "13_to_15", "has_child_voice": True},
        {"screened_on": MIDDLE, "agency": "A", "age_band": "13_to_15", "has_child_voice": True},
        {"screened_on": MIDDLE, "agency": "A", "age_band": "13_to_15", "has_child_voice": False},
        {"screened_on": MIDDLE, "agency": "A", "age_band": "not_known", "has_child_voice": False},
        {
            "screened_on": date(2026, 12, 1),
            "agency": "C",
            "age_band": "16_to_17",
            "has_child_voice": True,
        },
    ]
    return {"screenings": table("screenings", rows)}


VOICE = MEASURES["childs_voice_recorded"]


@pytest.mark.parametrize("by", [(), ("agency",), ("agency", "age_band")])
def test_a_result_has_always_the_same_columns(by: tuple[str, ...]) -> None:
    found = run(voices(), [VOICE, MEASURES["screenings_recorded"]], NOVEMBER, by)

    assert list(found) == [*COLUMNS, *by, *FIGURES, *QUARTILES]


def test_groups_stand_in_the_order_of_their_names_and_not_known_is_always_there() -> None:
    found = run(voices(), [VOICE], NOVEMBER, ["agency"])

    assert list(found["agency"]) == ["A", "B", "C", "not_known"]
    assert list(found["numerator"]) == [1, 1, 0, 0]
    assert list(found["denominator"]) == [3, 1, 0, 0]


def test_bands_of_age_stand_by_age() -> None:
    bands = ["16_to_17", "under_10", "10_to_12", "13_to_15", "under_10"]
    frame = voices()["screenings"].assign(age_band=bands)

    found = run({"screenings": frame}, [VOICE], read_period("2026-01-01..2026-12-31"), ["age_band"])

    assert list(found["age_band"]) == ["under_10", "10_to_12", "13_to_15", "16_to_17", "not_known"]


def test_an_empty_denominator_gives_a_blank_ratio_and_not_zero() -> None:
    found = run(voices(), [VOICE], NOVEMBER, ["agency"])

    assert list(found["ratio"].isna()) == [False, False, True, True]
    assert list(found["low"].isna()) == list(found["high"].isna()) == [False, False, True, True]


def test_a_period_without_a_row_has_its_row_in_the_result() -> None:
    found = run(voices(), [VOICE], read_period("2025-Q1")).iloc[0]

    assert (found["numerator"], found["denominator"]) == (0, 0)
    assert pd.isna(found["ratio"])


def test_where_nothing_is_recorded_every_measure_has_its_row_and_no_ratio() -> None:
    of_policy = policy.load()
    nothing = frames([], policy.applied(instrument.load(), of_policy), of_policy, MIDDLE)

    found = run(nothing.by_name(), list(MEASURES.values()), NOVEMBER, ["agency"])

    assert list(found["measure"]) == list(MEASURES)
    assert set(found["agency"]) == {"not_known"}
    assert set(found["denominator"]) == {0}
    assert found["ratio"].isna().all()


def test_a_group_by_two_columns_shows_every_pair() -> None:
    found = run(voices(), [VOICE], NOVEMBER, ["agency", "age_band"])

    assert len(found) == 4 * 3
    pair = found[(found["agency"] == "A") & (found["age_band"] == "not_known")].iloc[0]
    assert (pair["numerator"], pair["denominator"]) == (0, 1)


def test_the_share_of_a_group_is_its_share_in_all() -> None:
    found = run(voices(), [MEASURES["screenings_recorded"]], NOVEMBER, ["age_band"])

    assert dict(zip(found["age_band"], found["ratio"].astype(float), strict=True)) == {
        "13_to_15": 0.75,
        "16_to_17": 0.0,
        "not_known": 0.25,
    }


def test_a_blank_group_counts_as_not_known() -> None:
    frame = voices()["screenings"].assign(agency=["A", None, "A", "A", "A"])

    found = run({"screenings": frame}, [VOICE], NOVEMBER, ["agency"])

    assert list(found["denominator"]) == [3, 1]


def test_the_first_and_the_last_day_of_the_period_are_told() -> None:
    found = run(voices(), [VOICE], NOVEMBER).iloc[0]

    assert (found["period_start"], found["period_end"]) == (
        pd.Timestamp(2026, 11, 1),
        pd.Timestamp(2026, 11, 30),
    )


def test_a_group_that_the_frame_does_not_have_is_refused_with_the_near_miss() -> None:
    with pytest.raises(WorkbookError) as refused:
        run(voices(), [VOICE], NOVEMBER, ["agencies"])

    assert str(refused.value) == (
        "MEASURE_04 · measure “childs_voice_recorded”: the frame “screenings” has no column"
        " “agencies” to group by. Did you mean “agency”? Group by another column, or leave this"
        " measure out."
    )


@pytest.mark.parametrize("column", ["child", "case", "screened_on"])
def test_nothing_personal_reaches_a_result(column: str) -> None:
    with pytest.raises(WorkbookError, match="MEASURE_04"):
        run(voices(), [VOICE], NOVEMBER, [column])


def test_a_table_in_parts_has_the_same_figures_as_the_whole() -> None:
    whole = voices()["screenings"]

    parts = [VOICE.count(whole[:2]).numerator, VOICE.count(whole[2:]).numerator]

    pd.testing.assert_series_equal(pd.concat(parts), VOICE.count(whole).numerator)


def test_all_rows_are_counted_where_nothing_is_asked_of_them() -> None:
    frame = voices()["screenings"]

    assert counted(all_of(frame)).denominator.sum() == len(frame)
