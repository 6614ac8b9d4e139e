"""Several people read made-up children alone: how far they agree, and what to talk about.

1. Agreement is that counted by hand, and alpha that of a published worked example.
2. What to talk about comes with the furthest apart first, and nothing is about one reader.
3. A table that is none of readings is refused, with every row that is wrong.
4. Children to read, and made-up readings, ship with the package.

The published example: Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), section D.
"""

from hashlib import sha256
from typing import Any

import msgspec
import pandas as pd
import pytest

from cse_workbook import instrument
from cse_workbook.calibration import (
    PLAINLY,
    blank_sheet,
    by_item,
    by_view,
    conversation,
    exercise,
    made_up_readings,
    overall,
    read,
)
from cse_workbook.errors import WorkbookError
from tests.test_agreement import OBSERVERS

OCC = instrument.load()
ROUTES = [route.key for route in OCC.routes]
FIGURES = ["n_children", "numerator", "denominator", "ratio", "low", "high"]


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("view", "self_harm")) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["child", "reader", *columns])


def figures(row: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(row[each]) else round(float(row[each]), 4) for each in FIGURES)


# Three people read the first child, two the second, one the third.
FIVE = table(
    ("M-1", "Kim", "refer_now", "yes"),
    ("M-1", "Sam", "refer_now", "possible"),
    ("M-1", "Alex", "assess_today", "yes"),
    ("M-2", "Kim", "consult", ""),
    ("M-2", "Sam", "consult", "no"),
    ("M-3", "Alex", "emergency", "yes"),
)

# 1


def test_agreement_is_that_counted_by_hand() -> None:
    # Views: of the three pairs of M-1 one is the same, and the one pair of M-2: 2 of 4. Those pairs
    # are worth (3 + 1)² / (3² + 1²) = 1.6 children; Wilson: 0.5 ± z √(1.6/4 + z²/4) / (1.6 + z²).
    # Self-harm: one of three pairs; of M-2 only one answered.
    found = overall(read(FIVE, OCC), seed=1)

    assert list(found["about"]) == ["view", "answers"]
    assert figures(found.iloc[0]) == (2, 2, 4, 0.5, 0.0799, 0.9201)
    assert figures(found.iloc[1])[:4] == (1, 1, 3, round(1 / 3, 4))
    assert found["alpha"].isna().tolist() == [False, True]


def test_with_two_readers_the_interval_is_that_of_the_number_of_children() -> None:
    # 15 of 20; Wilson: 53 to 89 %.
    rows = [
        (f"M-{n}", reader, "consult" if n < 15 or reader == "A" else "refer_now", "")
        for n in range(20)
        for reader in "AB"
    ]

    found = overall(read(table(*rows), OCC), seed=1).iloc[0]

    assert (found["numerator"], found["denominator"], found["n_children"]) == (15, 20, 20)
    assert (round(found["low"], 2), round(found["high"], 2)) == (0.53, 0.89)


def test_alpha_is_that_of_the_published_example() -> None:
    rows = [
        (f"M-{unit}", reader, "" if value == "." else ROUTES[int(value) - 1], "")
        for reader, values in OBSERVERS.items()
        for unit, value in enumerate(values)
    ]

    found = overall(read(table(*rows), OCC), seed=1).iloc[0]

    assert found["alpha"] == pytest.approx(0.815, abs=5e-4)
    assert found["alpha_low"] < found["alpha"] < found["alpha_high"] <= 1
    assert found["n_children"] == 11


def test_agreement_on_one_view_is_of_readings_beside_one_that_gave_it() -> None:
    # Refer now: two gave it for M-1; beside each stand two readings, one of which is the same.
    # Assess today: one gave it; beside it stand two, neither the same. Nobody stands beside M-3.
    found = by_view(read(FIVE, OCC)).set_index("about")

    assert list(found.index) == ROUTES
    assert figures(found.loc["refer_now"])[:4] == (1, 2, 4, 0.5)
    assert figures(found.loc["assess_today"])[:4] == (1, 0, 2, 0)
    assert figures(found.loc["consult"])[:4] == (1, 2, 2, 1)
    assert figures(found.loc["emergency"]) == (0, 0, 0, None, None, None)
    assert figures(found.loc["keep_watching"]) == (0, 0, 0, None, None, None)


def test_agreement_on_each_question_stands_in_the_order_of_the_instrument() -> None:
    rows = [("M-1", "A", "", "no", "yes"), ("M-1", "B", "", "no", "no")]

    found = by_item(
        read(table(*rows, columns=("view", "self_harm", "young_carer")), OCC), seed=1
    ).set_index("about")

    assert list(found.index) == ["young_carer", "self_harm"]
    assert list(found["label"]) == ["Young carer", "Self-harm"]
    assert figures(found.loc["young_carer"])[:4] == (1, 0, 1, 0)
    assert figures(found.loc["self_harm"])[:4] == (1, 1, 1, 1)
    # Everybody said no: what chance would bring cannot be told.
    assert found["alpha"].isna().tolist() == [False, True]


def test_a_question_that_nobody_answered_twice_has_no_figures() -> None:
    found = by_item(read(FIVE.assign(self_harm=""), OCC), seed=1).iloc[0]

    assert figures(found) == (0, 0, 0, None, None, None)
    assert pd.isna(found["alpha"])


def test_a_view_that_was_not_given_is_no_reading() -> None:
    given, blank = (
        overall(read(FIVE.replace({"view": {"emergency": word}}), OCC), seed=1)
        for word in ("not_given", "")
    )

    pd.testing.assert_frame_equal(given, blank)


def test_readings_of_the_view_alone_have_no_answers_to_compare() -> None:
    found = overall(read(FIVE.drop(columns="self_harm"), OCC), seed=1)

    assert figures(found.iloc[1]) == (0, 0, 0, None, None, None)


# 2


def test_a_talk_is_given_how_many_gave_each_answer_and_how_far_apart_they_are() -> None:
    # M-1, view: steps 0, 1 and 1 of 4: (0 + 1 + 1) / 3 / 4. Self-harm: 0, 1 and 1 of 3.
    found = conversation(read(FIVE, OCC))

    assert found.to_dict("records") == [
        {
            "child": "M-1", "about": "view", "label": "The view",
            "said": "2 “Refer now”, 1 “Assess today”", "apart": 0.167,
        },
        {
            "child": "M-1", "about": "self_harm", "label": "Self-harm",
            "said": "2 “Yes”, 1 “Possible”", "apart": 0.222,
        },
    ]  # fmt: skip


def test_yes_and_no_are_as_far_apart_as_can_be() -> None:
    found = conversation(read(table(("M-1", "A", "", "yes"), ("M-1", "B", "", "no")), OCC))

    assert list(found["apart"]) == [1]
    assert list(found["said"]) == ["1 “Yes”, 1 “No”"]


def test_views_come_first_and_then_questions_the_furthest_apart_first() -> None:
    found = conversation(read(made_up_readings(OCC, seed=1), OCC), most=3)

    assert list(found["about"][:3]) == ["view"] * 3
    assert "view" not in set(found["about"][3:])
    assert len(found) == 6
    assert found["apart"][:3].is_monotonic_decreasing
    assert found["apart"][3:].is_monotonic_decreasing


def test_where_all_agree_there_is_nothing_to_talk_about() -> None:
    same = table(("M-1", "A", "consult", "yes"), ("M-1", "B", "consult", "yes"))

    assert list(conversation(read(same, OCC))) == ["child", "about", "label", "said", "apart"]
    assert conversation(read(same, OCC)).empty


def told(given: pd.DataFrame) -> str:
    readings = read(given, OCC)
    shown = (
        overall(readings, seed=1), by_view(readings), by_item(readings, seed=1),
        conversation(readings),
    )  # fmt: skip
    return "".join(each.to_csv() for each in shown)


def test_no_reader_is_named_and_who_gave_which_answer_makes_no_difference() -> None:
    swapped = FIVE.replace({"reader": {"Kim": "Sam", "Sam": "Kim"}})[::1]

    assert not any(name in told(FIVE) for name in ("Kim", "Sam", "Alex"))
    assert told(swapped) == told(FIVE)
    assert repr(read(FIVE, OCC)) == "Readings(2 questions)"


def test_the_order_of_the_readings_of_a_child_is_forgotten() -> None:
    by_reader = FIVE.sort_values(["child", "reader"])
    backwards = FIVE.sort_values(["child", "reader"], ascending=[True, False])

    assert told(by_reader) == told(backwards)


def test_the_figures_are_explained_in_plain_words() -> None:
    assert "none of this is about a reader" in " ".join(PLAINLY)


# 3


def refusal(given: pd.DataFrame) -> str:
    with pytest.raises(WorkbookError) as refused:
        read(given, OCC)
    return str(refused.value)


def test_columns_that_are_missing_or_unknown_are_named_with_the_near_miss() -> None:
    wrong = FIVE.rename(columns={"reader": "readers", "self_harm": "selfharm"}).assign(under_13="")

    assert refusal(wrong) == (
        "CALIBRATION_01 · readings: there is no column “reader”. Did you mean “readers”? Give"
        " child, reader and view in each row, as in the sheet that readers fill in.\n"
        "TABLE_14 · readings, column “readers”: there is no column for this in the instrument. Did"
        " you mean “reader”? Rename the column as the instrument names its indicator,"
        " or leave it out of the table.\n"
        "TABLE_14 · readings, column “selfharm”: there is no column for this in the instrument. Did"
        " you mean “self_harm”? Rename the column as the instrument names its indicator, or leave"
        " it out of the table.\n"
        "TABLE_15 · readings, column “under_13”: it is set from the age and is never a column."
        " Leave it out of the table."
    )


def test_a_column_that_stands_twice_is_refused() -> None:
    twice = pd.concat([FIVE, FIVE[["self_harm"]]], axis="columns")

    assert refusal(twice).startswith("TABLE_08 · readings, column “self_harm”: two columns have")


def test_words_that_are_no_answer_are_named_by_row_and_never_quoted() -> None:
    wrong = FIVE.assign(
        view=["refer_nw", *FIVE["view"][1:]],
        self_harm=["yes", "posible", "yes", "", "no", "what she said"],
    )

    assert refusal(wrong) == (
        "CALIBRATION_04 · readings, row 1, column “view”: this is not one of the answers. Did you"
        " mean “refer_now”? Write one of: keep_watching, consult, assess_today, refer_now,"
        " emergency, not_given. Leave the cell empty where the question was left out.\n"
        "CALIBRATION_04 · readings, row 2, column “self_harm”: this is not one of the answers. Did"
        " you mean “possible”? Write one of: no, not_known, possible, yes. Leave the cell empty"
        " where the question was left out.\n"
        "CALIBRATION_04 · readings, row 6, column “self_harm”: this is not one of the answers."
        " Write one of: no, not_known, possible, yes. Leave the cell empty where the question was"
        " left out."
    )


def test_rows_that_do_not_say_who_read_whom_or_say_it_twice_are_named() -> None:
    wrong = FIVE.assign(
        child=["M-1", "M-1", "M-1", None, "M-2", "M-3"],
        reader=["Kim", "Sam", "Kim ", "Kim", "", "Alex"],
    )

    assert refusal(wrong) == (
        "CALIBRATION_02 · readings, rows 4, 5: it does not say which child was read, or by whom."
        " Give both; any code will do for a reader.\n"
        "CALIBRATION_03 · readings, rows 1, 3: the same person reads the same child. Keep the"
        " reading that was made alone, before anybody talked about the child."
    )


def test_rows_about_a_child_who_is_not_on_the_sheet_are_named_and_never_quoted() -> None:
    names = FIVE.assign(child=["M-1", "M-1", "Jane Smith M-1", "M-2", "M-2", "m-3"])

    with pytest.raises(WorkbookError) as refused:
        read(names, OCC, ["M-1", "M-2", "M-3"])

    assert str(refused.value) == (
        "CALIBRATION_06 · readings, rows 3, 6: this is no child of the sheet. Write one of: M-1,"
        " M-2, M-3. A child of a record has no place in a calibration."
    )


def test_of_many_rows_the_first_five_are_named() -> None:
    many = pd.concat([FIVE.assign(child=None), FIVE[:2]])

    assert refusal(many).startswith("CALIBRATION_02 · readings, rows 1, 2, 3, 4, 5 and 1 more: it")


@pytest.mark.parametrize(
    "given", [FIVE[:0], FIVE[:1], FIVE[FIVE["reader"] == "Kim"], FIVE.iloc[[0, 4]]]
)
def test_at_least_two_people_have_to_read_the_same_child(given: pd.DataFrame) -> None:
    assert refusal(given) == (
        "CALIBRATION_05 · readings: no child was read by two people. Give the readings of two"
        " people or more who read the same children alone."
    )


# 4


def test_there_are_six_to_eight_made_up_children_to_read() -> None:
    children = exercise()

    assert 6 <= len(children) <= 8
    assert [child.key for child in children] == [f"M-{n + 1}" for n in range(len(children))]
    assert all(40 <= len(child.text.split()) <= 110 for child in children)
    assert all(child.afterwards.endswith("?") or "?" in child.afterwards for child in children)


@pytest.mark.parametrize("child", exercise(), ids=lambda child: child.key)
def test_how_a_child_may_be_read_is_in_words_of_the_instrument(child: Any) -> None:
    assert child.view in ROUTES
    assert set(child.likely) <= {each.key for each in OCC.asked()}
    assert set(child.likely.values()) <= {"yes", "possible", "not_known"}


def test_a_blank_sheet_has_a_row_a_child_and_a_column_an_indicator() -> None:
    sheet = blank_sheet(OCC)

    assert list(sheet["child"]) == [child.key for child in exercise()]
    assert list(sheet)[1:] == ["reader", "view", *(each.key for each in OCC.asked())]
    assert set(sheet.drop(columns="child").to_numpy().ravel()) == {""}


def test_two_filled_sheets_make_a_table_of_readings() -> None:
    sheets = [blank_sheet(OCC).assign(reader=code, view="consult") for code in ("A", "B")]

    found = overall(read(pd.concat(sheets), OCC), seed=1).iloc[0]

    assert found["ratio"] == 1


def test_made_up_readings_are_the_same_on_any_machine() -> None:
    written = made_up_readings(OCC, seed=1).to_csv(index=False, lineterminator="\n")

    assert sha256(written.encode()).hexdigest()[:16] == "2e3b054605b54432"
    assert made_up_readings(OCC, seed=2).to_csv() != made_up_readings(OCC, seed=1).to_csv()


def test_made_up_readings_can_be_read_and_differ_as_those_of_people_do() -> None:
    readings = read(made_up_readings(OCC, seed=1), OCC)

    found = overall(readings, seed=1)

    assert found["n_children"].tolist() == [len(exercise())] * 2
    assert all(0.3 < ratio < 0.9 for ratio in found["ratio"])
    assert by_view(readings)["denominator"].sum() > 0


def test_another_instrument_can_be_read_too() -> None:
    renamed = [msgspec.structs.replace(each, key=f"our_{each.key}") for each in OCC.routes]
    ours = msgspec.structs.replace(OCC, routes=tuple(renamed), indicators=OCC.indicators[:3])

    made_up = made_up_readings(ours, seed=1)

    assert list(made_up) == ["child", "reader", "view", *(i.key for i in ours.indicators)]
    assert len(read(made_up, ours).asked) == 4
