"""Each rule of record quality is broken by one row and just kept by another.

1. The rows stand in `quality/rules.toml`; a rule looks at the columns it names and at no other.
2. A check counts them in a period and by groups, and can be protected as any table.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest

from cse_workbook import instrument, policy
from cse_workbook.disclosure.tables import protect
from cse_workbook.errors import WorkbookError
from cse_workbook.frames import SCHEMAS, frames, type_of
from cse_workbook.measures import read_period
from cse_workbook.policy import Disclosure
from cse_workbook.quality import RULES, Rule, check, in_words, rule
from cse_workbook.quality.model import DATES

FILE = Path(__file__).parent / "quality" / "rules.toml"
NOVEMBER = read_period("2026-11")
MIDDLE = date(2026, 11, 16)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows of one rule; the file explains the fields."""

    code: str
    breaks: dict[str, Any]
    keeps: dict[str, Any]
    past: dict[str, Any] = {}

    @property
    def rows(self) -> pd.DataFrame:
        given = [each for each in (self.breaks, self.keeps, self.past) if each]
        return table(RULES[self.code].frame, given)


EXAMPLES = [
    msgspec.convert(entry, Example)
    for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
]


def table(frame: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make the columns that the rows name, each as it is declared; an empty word is a blank."""
    blank = [{name: None if each == "" else each for name, each in row.items()} for row in rows]
    made = pd.DataFrame(blank)
    declared = {name: SCHEMAS[frame].columns[name] for name in made}
    return made.astype({name: str(column.dtype) for name, column in declared.items()})


# 1


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_one_row_breaks_the_rule_and_one_just_does_not(example: Example) -> None:
    found = RULES[example.code].count(example.rows)

    broken = (found.numerator & found.denominator).tolist()
    assert broken == [True, False, *([False] if example.past else [])]
    assert found.denominator.tolist() == [True, True, *([False] if example.past else [])]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_a_rule_looks_at_the_columns_it_names_and_at_no_other(example: Example) -> None:
    assert list(example.rows) == list(RULES[example.code].fields)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_what_is_recorded_in_an_example_is_what_a_frame_can_hold(example: Example) -> None:
    columns = SCHEMAS[RULES[example.code].frame].columns
    asked = [each for each in example.rows if each not in ("sex", "ethnicity")]  # not collected yet

    for name in asked:
        columns[name].validate(example.rows)


@pytest.mark.parametrize("asked", RULES.values(), ids=lambda asked: asked.code)
def test_every_rule_has_its_example_and_says_what_is_wrong_and_how_to_repair_it(
    asked: Rule,
) -> None:
    assert asked.code in {example.code for example in EXAMPLES}
    assert asked.message.endswith(".")
    assert asked.repair.endswith(".")
    assert asked.source
    assert set(asked.fields) <= set(SCHEMAS[asked.frame].columns)


def test_there_are_at_least_fifteen_rules_numbered_without_gaps() -> None:
    assert len(RULES) >= 15
    assert sorted(RULES) == [f"RQ_{number + 1:02}" for number in range(len(RULES))]


@pytest.mark.parametrize("frame", SCHEMAS)
def test_the_day_that_puts_a_row_into_a_period_is_always_there(frame: str) -> None:
    assert not SCHEMAS[frame].columns[DATES[frame]].nullable


def test_two_rules_cannot_have_one_code() -> None:
    again = rule(code="RQ_01", frame="cases", fields=(), message=".", repair=".", source="Made up.")

    with pytest.raises(ValueError, match="two rules have the code RQ_01"):
        again(RULES["RQ_01"].count)


# 2


def nothing() -> dict[str, pd.DataFrame]:
    of_policy = policy.load()
    return frames([], policy.applied(instrument.load(), of_policy), of_policy, MIDDLE).by_name()


UNTOLD: dict[str, Any] = {"str": "not_known", "bool": False, "int64": 0}


def some(frame: str, rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Give frames of which one holds some rows; what they do not tell is not known, or nothing."""
    types = {name: type_of(column) for name, column in SCHEMAS[frame].columns.items()}
    whole = [{name: UNTOLD.get(each) for name, each in types.items()} | row for row in rows]
    return {**nothing(), frame: pd.DataFrame(whole).astype(types)}


SILENT = [
    {"screened_on": MIDDLE, "agency": "A", "has_child_voice": True},
    {"screened_on": MIDDLE, "agency": "A", "has_child_voice": False},
    {"screened_on": MIDDLE, "agency": "B", "has_child_voice": False},
    {"screened_on": date(2026, 12, 1), "agency": "B", "has_child_voice": False},
]


def test_a_check_counts_the_rows_of_the_period_and_those_that_break_each_rule() -> None:
    found = check(some("screenings", SILENT), NOVEMBER).set_index("measure")

    assert list(found.index) == sorted(RULES)
    assert tuple(found.loc["RQ_04", ["numerator", "denominator"]]) == (2, 3)
    assert round(float(found.loc["RQ_04", "ratio"]), 4) == 0.6667
    # Wilson of 2 of 3: (2 + z²/2 ± z √(2·1/3 + z²/4)) / (3 + z²), with z = 1.95996.
    assert [round(float(found.loc["RQ_04", each]), 4) for each in ("low", "high")] == [
        0.2077,
        0.9385,
    ]
    assert pd.isna(found.loc["RQ_01", "ratio"])


def test_a_check_has_the_columns_of_a_measure() -> None:
    found = check(nothing(), NOVEMBER, ["agency"])

    assert list(found) == [
        "measure", "period_start", "period_end", "agency",
        "numerator", "denominator", "ratio", "low", "high",
    ]  # fmt: skip


def test_a_check_by_groups_shows_those_that_are_not_known_too() -> None:
    found = check(some("screenings", SILENT), NOVEMBER, ["agency"])

    own = found[found["measure"] == "RQ_04"]
    assert list(own["agency"]) == ["A", "B", "not_known"]
    assert list(own["numerator"]) == [1, 1, 0]
    assert list(own["denominator"]) == [2, 1, 0]


def test_a_case_is_looked_at_as_it_stands_on_the_day_of_the_extract() -> None:
    old = [{"opened_on": date(2020, 1, 1), "is_open": True, "is_review_overdue": True}]

    found = check(some("cases", old), NOVEMBER).set_index("measure")

    assert tuple(found.loc["RQ_19", ["numerator", "denominator"]]) == (1, 1)


def test_where_nothing_is_recorded_every_rule_has_its_row_and_no_ratio() -> None:
    found = check(nothing(), NOVEMBER)

    assert set(found["denominator"]) == {0}
    assert found["ratio"].isna().all()


def test_a_check_is_protected_as_any_table_and_its_words_come_last() -> None:
    limits = Disclosure(suppress_up_to=7, round_to=5)
    many = [
        {"screened_on": MIDDLE, "has_child_voice": number >= 3, "n_drivers": 1}
        for number in range(40)
    ]

    shown = protect(
        check(some("screenings", many), NOVEMBER), ["numerator", "denominator"], {}, limits
    )
    found = in_words(shown).set_index("measure")

    assert tuple(found.loc["RQ_04", ["numerator", "denominator"]]) == ("*", 40)
    assert found.loc["RQ_04", "message"] == "Nothing the child said is written down."
    assert found.loc["RQ_04", "repair"].startswith("Write what the child said")


def test_a_group_that_a_frame_does_not_have_is_refused_with_the_near_miss() -> None:
    with pytest.raises(WorkbookError, match=r"measure “RQ_01”.* Did you mean “agency”"):
        check(nothing(), NOVEMBER, ["agencies"])
