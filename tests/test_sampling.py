"""A dip sample that anybody can draw again, the sheet its readers fill in, and what it tells.

1. The same seed draws the same cases, on any machine and in whatever order the rows stand.
2. Strata are right by hand count, and a small one gives all it has.
3. The sheet names a case by its row, never by a key, and asks for grades alone.
4. A filled sheet is read back only if it is the one that was given out, whole.
5. Figures are those counted by hand, and can be protected as any table.
"""

from io import StringIO
from typing import Any

import pandas as pd
import pytest

from cse_workbook.disclosure.tables import protect
from cse_workbook.errors import WorkbookError
from cse_workbook.policy import Disclosure
from cse_workbook.sampling import (
    GRADES,
    PLAINLY,
    QUESTIONS,
    Sample,
    draw,
    graded,
    legend,
    reading_sheet,
    results,
)

VIEWS = ("consult", "refer_now", "assess_today")
KEYS = [question.key for question in QUESTIONS]


def made_up(n_cases: int = 12) -> pd.DataFrame:
    """Cases of three views in turn; those of refer_now whose number is even are of a college."""
    return pd.DataFrame(
        {
            "case": [f"{number:020x}" for number in range(n_cases)],
            "view": [VIEWS[number % 3] for number in range(n_cases)],
            "agency": [
                "Example College" if number % 6 == 4 else "Example School"
                for number in range(n_cases)
            ],
            "is_open": [number % 2 == 0 for number in range(n_cases)],
        }
    )


def drawn(sample: Sample) -> list[tuple[int, ...]]:
    return [tuple(rows["row"]) for _, rows in sample.rows.groupby(sample.columns)]


def counted(sample: Sample) -> list[tuple[Any, ...]]:
    return list(sample.strata.itertuples(index=False, name=None))


# 1


@pytest.mark.parametrize(
    ("seed", "rows"),
    [
        (1, [(9, 6, 3), (7, 4, 10), (2, 5, 11)]),
        (20261122, [(12, 9, 3), (7, 1, 10), (11, 5, 2)]),
    ],
)
def test_the_same_seed_draws_the_same_cases_on_any_machine(
    seed: int, rows: list[tuple[int, ...]]
) -> None:
    # Found without this package: `printf 'SEED:KEY' | sha256sum` of each case, sorted by stratum.
    assert drawn(draw(made_up(), ["view"], 3, seed)) == rows


def test_the_order_of_the_rows_does_not_matter() -> None:
    cases = made_up(30)

    backwards = draw(cases[::-1], ["view"], 3, seed=5)

    whole = draw(cases, ["view"], 3, seed=5)
    pd.testing.assert_frame_equal(backwards.rows, whole.rows)
    assert backwards.mark == whole.mark


def test_who_is_drawn_first_stays_when_more_are_drawn() -> None:
    few, more = (draw(made_up(30), ["view"], n, seed=5) for n in (2, 4))

    assert [rows[:2] for rows in drawn(more)] == drawn(few)


def test_a_draw_from_a_part_of_the_frame_keeps_the_rows_of_the_whole() -> None:
    cases = made_up()

    sample = draw(cases[cases["view"] == "refer_now"], [], 9, seed=1)

    assert sorted(sample.rows["row"]) == [2, 5, 8, 11]


@pytest.mark.parametrize(
    ("strata", "n", "seed"), [(["view"], 3, 2), (["view"], 2, 1), (["is_open"], 3, 1)]
)
def test_another_draw_has_another_mark(strata: list[str], n: int, seed: int) -> None:
    mark = draw(made_up(), ["view"], 3, seed=1).mark

    assert mark == "S-edad7f02df28"
    assert draw(made_up(), strata, n, seed).mark != mark


def test_another_extract_has_another_mark() -> None:
    again = made_up().assign(case=[f"{number:020x}" for number in range(100, 112)])

    assert draw(again, ["view"], 9, 1).mark != draw(made_up(), ["view"], 9, 1).mark


# 2


def test_strata_are_those_counted_by_hand() -> None:
    sample = draw(made_up(), ["view", "agency"], 2, seed=1)

    assert list(sample.strata) == ["view", "agency", "size", "drawn"]
    assert counted(sample) == [
        ("assess_today", "Example School", 4, 2),
        ("consult", "Example School", 4, 2),
        ("refer_now", "Example College", 2, 2),
        ("refer_now", "Example School", 2, 2),
    ]
    assert list(sample.rows["line"]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_stratum_with_fewer_cases_than_asked_for_gives_all() -> None:
    sample = draw(made_up(13), ["view"], 5, seed=1)

    assert counted(sample) == [("assess_today", 4, 4), ("consult", 5, 5), ("refer_now", 4, 4)]


@pytest.mark.parametrize(
    ("share", "expected"), [(0.1, [3, 3]), (0.25, [8, 8]), (0.001, [1, 1]), (1.0, [30, 30])]
)
def test_a_share_is_taken_of_each_stratum_and_rounded_up(share: float, expected: list[int]) -> None:
    sample = draw(made_up(60), ["is_open"], share, seed=1)

    assert counted(sample) == [("False", 30, expected[0]), ("True", 30, expected[1])]


def test_without_strata_all_cases_are_one() -> None:
    assert counted(draw(made_up(), [], 4, seed=1)) == [("all", 12, 4)]


def test_a_stratum_named_twice_is_one() -> None:
    twice = draw(made_up(), ["view", "view"], 3, seed=1)

    assert twice.mark == draw(made_up(), ["view"], 3, seed=1).mark


@pytest.mark.parametrize("strata", [[], ["view"]])
def test_of_no_cases_none_is_drawn_and_nothing_is_counted(strata: list[str]) -> None:
    sample = draw(made_up(0), strata, 3, seed=1)

    found = results(reading_sheet(sample), sample)

    assert len(sample.rows) == len(sample.strata) == 0
    assert set(found["denominator"]) == {0}
    assert found["ratio"].isna().all()


def test_a_column_that_makes_no_strata_is_refused_with_the_near_miss() -> None:
    with pytest.raises(WorkbookError) as refused:
        draw(made_up(), ["views", "case"], 3, seed=1)

    assert str(refused.value) == (
        "SAMPLE_01 · column “views”: cases are not put into strata by this. Did you mean “view” or"
        " “view_beside”? Name columns of words of the frame “cases”, such as view or agency.\n"
        "SAMPLE_01 · column “case”: cases are not put into strata by this."
        " Name columns of words of the frame “cases”, such as view or agency."
    )


@pytest.mark.parametrize("n", [0, -3, 0.0, 1.5, float("nan")])
def test_fewer_than_one_case_is_refused(n: float) -> None:
    with pytest.raises(WorkbookError) as refused:
        draw(made_up(), ["view"], n, seed=1)

    assert str(refused.value) == (
        f"SAMPLE_02 · per_stratum: {n} is no number of cases to draw. Give a whole number of at"
        " least 1, or a share above 0 and up to 1."
    )


# 3

SAMPLE = draw(made_up(), ["view"], 2, seed=1)


def test_the_sheet_has_a_line_a_case_and_a_blank_column_a_question() -> None:
    sheet = reading_sheet(SAMPLE)

    assert list(sheet) == ["sample", "line", "row", "view", *KEYS]
    assert list(sheet["line"]) == [1, 2, 3, 4, 5, 6]
    assert set(sheet[KEYS].to_numpy().ravel()) == {""}


def test_no_key_reaches_the_sheet_or_what_is_printed_of_a_sample() -> None:
    told = reading_sheet(SAMPLE).to_csv() + SAMPLE.rows.to_csv() + SAMPLE.strata.to_csv()

    assert not any(case in told for case in made_up()["case"])
    assert repr(SAMPLE) == "Sample(6 cases of 3 strata)"


def test_the_legend_says_what_each_column_asks_and_what_may_stand_there() -> None:
    told = legend()

    assert list(told["column"]) == KEYS
    assert all(question.endswith("?") for question in told["question"])
    assert told["grades"].iloc[-1] == "good, requires_improvement, inadequate"


# 4


def filled(sample: Sample = SAMPLE, **grades: list[str]) -> pd.DataFrame:
    """Grade everything as good but for what is told, line by line."""
    return reading_sheet(sample).assign(**{**dict.fromkeys(KEYS, "good"), **grades})


def refusal(sheet: pd.DataFrame) -> str:
    with pytest.raises(WorkbookError) as refused:
        graded(sheet, SAMPLE)
    return str(refused.value)


def test_a_filled_sheet_is_read_back_by_line() -> None:
    grades = ["good", "inadequate", "good", "requires_improvement", "good", "good"]

    read = graded(filled(overall=grades)[::-1], SAMPLE)

    assert list(read.index) == [1, 2, 3, 4, 5, 6]
    assert list(read["overall"]) == grades
    assert list(read["view"]) == list(SAMPLE.rows["view"])


def test_the_hand_of_a_spreadsheet_does_not_matter() -> None:
    grades = ["Good ", "GOOD", " Requires improvement", "requires-improvement", "good", "good"]
    sheet = filled(overall=grades)
    sheet["line"] = sheet["line"].astype("float64")
    sheet["row"] = [f"{row}.0" for row in sheet["row"]]
    empty = pd.DataFrame([dict.fromkeys(sheet, None)])

    read = graded(pd.concat([sheet[:3], empty, sheet[3:]]), SAMPLE)

    assert list(read["overall"]) == [*["good"] * 2, *["requires_improvement"] * 2, *["good"] * 2]


def test_a_sheet_that_went_through_a_file_is_read_back() -> None:
    written = filled(review_done=["good"] * 5 + ["does_not_apply"]).to_csv(index=False)

    read = graded(pd.read_csv(StringIO(written)), SAMPLE)

    assert list(read["review_done"]) == ["good"] * 5 + ["does_not_apply"]


def test_a_column_that_is_not_there_or_not_asked_for_is_refused() -> None:
    sheet = filled().rename(columns={"childs_voice": "child_voice"}).assign(notes="She said …")

    assert refusal(sheet) == (
        "SAMPLE_03 · reading sheet, column “childs_voice”: the column is not there. Did you mean"
        " “child_voice”? Fill in the sheet as it was written, and leave its columns as they are.\n"
        "SAMPLE_04 · reading sheet, column “child_voice”: the sheet has no such column. Did you"
        " mean “childs_voice”? Take it out: the sheet asks for grades alone, and for nothing about"
        " a child in words.\n"
        "SAMPLE_04 · reading sheet, column “notes”: the sheet has no such column. Take it out: the"
        " sheet asks for grades alone, and for nothing about a child in words."
    )


def test_a_column_that_stands_twice_is_refused() -> None:
    sheet = pd.concat([filled(), filled()[["overall"]]], axis="columns")

    assert refusal(sheet).startswith("TABLE_08 · reading sheet, column “overall”: two columns")


def test_the_sheet_of_another_draw_is_refused() -> None:
    other = filled(draw(made_up(), ["view"], 2, seed=2))

    assert refusal(other) == (
        "SAMPLE_05 · reading sheet, rows 1, 2, 3, 4, 5 and 1 more: this is not what was drawn. Draw"
        " with the extract, the strata, the number and the seed that made the sheet, and sort all"
        " of its columns together or not at all."
    )


def test_a_sheet_of_which_one_column_was_sorted_alone_is_refused() -> None:
    sheet = filled()
    sheet.loc[[1, 2], "row"] = list(sheet["row"][[2, 1]])

    assert refusal(sheet).startswith("SAMPLE_05 · reading sheet, lines 2, 3: this is not what was")


def test_lines_that_are_missing_unknown_or_there_twice_are_named() -> None:
    sheet = filled().assign(line=["1", "2", "2", "7", "five", "6"])

    assert refusal(sheet) == (
        "SAMPLE_06 · reading sheet, rows 4, 5: there is no line of this number. Number the lines as"
        " they were, from 1 to 6.\n"
        "SAMPLE_07 · reading sheet, line 2: it stands there twice. Keep the one that is meant.\n"
        "SAMPLE_08 · reading sheet, lines 3, 4, 5: it is missing. Put it back: a sample without the"
        " cases that were hard to read tells too good a story."
    )


def test_a_word_that_is_no_grade_is_refused_with_the_near_miss_and_never_quoted() -> None:
    sheet = filled(
        language=["good", "goood", "good", "does_not_apply", "good", "good"],
        overall=["good", "good", "a child’s name", "good", "good", "good"],
    )

    told = refusal(sheet)

    allowed = "good, requires_improvement, inadequate"
    assert told == (
        "SAMPLE_09 · reading sheet, line 2, language: this is not a grade. Did you mean “good”?"
        f" Write one of: {allowed}.\n"
        f"SAMPLE_09 · reading sheet, line 4, language: this is not a grade. Write one of: {allowed}"
        ".\n"
        f"SAMPLE_09 · reading sheet, line 3, overall: this is not a grade. Write one of: {allowed}."
    )


def test_a_line_without_a_grade_is_refused() -> None:
    sheet = filled(review_done=["good", "", "good", " ", "good", "does not apply"])

    assert refusal(sheet) == (
        "SAMPLE_10 · reading sheet, lines 2, 4, review_done: there is no grade. Read the case and"
        " write one of: good, requires_improvement, inadequate, does_not_apply."
    )


# 5


def lopsided() -> Sample:
    """Draw two of two cases that were closed, and two of eight that are open."""
    cases = made_up(10).assign(is_open=[number >= 2 for number in range(10)])
    return draw(cases, ["is_open"], 2, seed=1)


def of(table: pd.DataFrame, measure: str, column: str) -> list[float | None]:
    values = table[table["measure"] == measure][column]
    return [None if pd.isna(value) else round(float(value), 4) for value in values]


def test_figures_are_those_counted_by_hand() -> None:
    sample = lopsided()

    found = results(filled(sample, overall=["good", "good", "good", "inadequate"]), sample)

    assert list(found) == ["measure", "grade", "numerator", "denominator", "ratio", "low", "high"]
    assert list(found[found["measure"] == "overall"]["grade"]) == list(GRADES)
    assert of(found, "overall", "numerator") == [3, 0, 1]
    assert of(found, "overall", "denominator") == [4, 4, 4]
    assert of(found, "overall", "ratio") == [0.75, 0, 0.25]
    # Wilson of 3 of 4: (3 + z²/2 ± z √(3·1/4 + z²/4)) / (4 + z²), with z = 1.95996.
    assert (of(found, "overall", "low")[0], of(found, "overall", "high")[0]) == (0.3006, 0.9544)


def test_a_case_to_which_a_question_does_not_apply_is_not_counted_for_it() -> None:
    sample = lopsided()
    grades = ["good", "inadequate", "does_not_apply", "good"]

    table = results(filled(sample, review_done=grades), sample)

    assert of(table, "review_done", "numerator") == [2, 0, 1]
    assert of(table, "review_done", "denominator") == [3, 3, 3]


def test_a_question_that_applies_to_nobody_has_no_ratio() -> None:
    table = results(filled(return_interview=["does_not_apply"] * 6), SAMPLE)

    assert of(table, "return_interview", "denominator") == [0, 0, 0]
    assert of(table, "return_interview", "ratio") == [None, None, None]


def test_results_are_protected_as_any_table() -> None:
    limits = Disclosure(suppress_up_to=7, round_to=5)
    sample = draw(made_up(60), ["is_open"], 20, seed=1)
    overall = ["good"] * 10 + ["inadequate"] * 10 + ["good"] * 18 + ["inadequate"] * 2
    found = results(filled(sample, overall=overall), sample)

    table = protect(
        found, ["numerator", "denominator"], {"grade": "all"}, limits, of_all=[True] * len(found)
    )

    assert list(table[table["measure"] == "overall"]["numerator"]) == [30, 0, 10]
    assert of(table, "overall", "ratio") == [0.75, 0, 0.25]


def test_it_is_said_that_the_ratio_does_not_speak_of_all_cases() -> None:
    assert "of the cases that were read, not of all cases" in " ".join(PLAINLY)
