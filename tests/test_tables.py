"""What comes out for a table of screenings, and what is said of a table that cannot be scored."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from cse_workbook.case.events import Screened
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.synthetic import make_up
from cse_workbook.tables import score_file

CELL = "Use yes, possible, no or not_known (in Parquet also 0 to 3), or leave the cell empty."
AGE = (
    "the age is not a whole number from 0 to 17. Correct the row. For a person of 18 or over, speak"
    " to your safeguarding lead about adult safeguarding."
)
REFERENCE = (
    "the reference may hold letters, digits and hyphens only, at most 40 characters. Use an opaque"
    " reference such as C-0001, never a name."
)


def untold(_rows: int, _part: float) -> None:
    """Show no progress."""


def scored(table: Mapping[str, Any] | pa.Table, folder: Path, occ: Instrument) -> dict[str, Any]:
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), folder / "in.parquet")
    score_file(folder / "in.parquet", folder / "out.parquet", occ, untold)
    columns: dict[str, Any] = pq.read_table(folder / "out.parquet").to_pydict()
    return columns


def scored_text(text: str, folder: Path, occ: Instrument) -> dict[str, Any]:
    (folder / "in.csv").write_text(text, encoding="utf-8")
    score_file(folder / "in.csv", folder / "out.csv", occ, untold)
    columns: dict[str, Any] = pa.csv.read_csv(folder / "out.csv").to_pydict()
    return columns


def refusals(
    table: Mapping[str, Any] | pa.Table | str, folder: Path, occ: Instrument
) -> Sequence[str]:
    before = set(folder.iterdir())
    score = scored_text if isinstance(table, str) else scored
    with pytest.raises(WorkbookError) as refusal:
        score(table, folder, occ)  # type: ignore[operator]
    left = {path.name for path in set(folder.iterdir()) - before}
    assert left <= {"in.csv", "in.parquet"}
    return [str(problem) for problem in refusal.value.problems]


# What comes out


def test_words_and_numbers_give_the_same_outcome(occ: Instrument, tmp_path: Path) -> None:
    words = ["no", "not_known", "possible", "yes", None, ""]
    numbers = [0, 1, 2, 3, None, None]
    ages = [14] * 6

    of_words = scored({"age": ages, "self_harm": words}, tmp_path, occ)
    (tmp_path / "out.parquet").unlink()
    of_numbers = scored({"age": ages, "self_harm": numbers}, tmp_path, occ)

    assert of_words == of_numbers
    assert (
        of_words["potential_victim"] == ["not_known"] * 2 + ["possible", "yes"] + ["not_known"] * 2
    )
    assert of_words["route"] == ["keep_watching"] * 2 + ["assess_today"] * 2 + ["keep_watching"] * 2
    assert of_words["row"] == [1, 2, 3, 4, 5, 6]


def test_a_blank_counts_as_the_instrument_says(occ: Instrument, tmp_path: Path) -> None:
    columns = scored(
        {"age": [14], "immediate_danger": pa.array([None]), "young_carer": ["no"]}, tmp_path, occ
    )

    assert columns["immediate_danger"] == ["no"]
    assert columns["linked_concern"] == ["not_known"]


def test_the_age_sets_what_is_never_asked(occ: Instrument, tmp_path: Path) -> None:
    columns = scored(
        {
            "age": ["12", "13"],
            "self_harm": ["yes", "yes"],
            "young_carer": pa.array(["yes", "yes"]).dictionary_encode(),
        },
        tmp_path,
        occ,
    )

    assert columns["young_child"] == ["yes", "no"]
    assert columns["route_confirmed"] == ["refer_now", "assess_today"]


def test_references_pass_through_and_columns_stand_in_their_order(
    occ: Instrument, tmp_path: Path
) -> None:
    columns = scored(
        {"young_carer": ["yes", "no"], "child_ref": ["C-0001", "C-0002"], "age": [9, 17]},
        tmp_path,
        occ,
    )

    assert columns["child_ref"] == ["C-0001", "C-0002"]
    assert list(columns) == [
        *("child_ref", "route", "route_confirmed", "route_possible"),
        *(rule.key for rule in occ.rules),
    ]


def test_a_table_gives_what_each_screening_gives_alone(
    occ: Instrument, default_policy: Policy, tmp_path: Path
) -> None:
    events = [event for made_up in make_up(40, 5, occ, default_policy) for event in made_up.events]
    screened = [event for event in events if isinstance(event, Screened)]
    screenings = [event.screening for event in screened]
    rows = [
        {"child_ref": each.child_ref, "age": each.age}
        | {key: given.answer for key, given in each.answers.items()}
        for each in screenings
    ]
    columns = ["child_ref", "age", *(indicator.key for indicator in occ.asked())]
    table = pa.table({key: [row.get(key) for row in rows] for key in columns})
    pa.csv.write_csv(table, tmp_path / "rows.csv")

    found = scored_text((tmp_path / "rows.csv").read_text(encoding="utf-8"), tmp_path, occ)

    for name in ("child_ref", "route", "route_confirmed", "route_possible"):
        assert found[name] == [getattr(event.outcome, name) for event in screened]


def test_a_table_of_many_batches_keeps_its_rows_in_order(occ: Instrument, tmp_path: Path) -> None:
    told: list[tuple[int, float]] = []
    n = 150_000
    table = pa.table({"age": [14] * n, "self_harm": ["no", "yes", ""] * (n // 3)})
    pq.write_table(table, tmp_path / "in.parquet")

    rows = score_file(
        tmp_path / "in.parquet", tmp_path / "out.parquet", occ, lambda *each: told.append(each)
    )

    out = pq.read_table(tmp_path / "out.parquet")
    assert rows == n
    assert out["row"].to_pylist() == list(range(1, n + 1))
    assert out["route"].to_pylist()[-3:] == ["keep_watching", "assess_today", "keep_watching"]
    assert told == [(65_536, 65_536 / n), (131_072, 131_072 / n), (n, 1.0)]


def test_a_text_table_may_start_with_a_byte_order_mark(occ: Instrument, tmp_path: Path) -> None:
    assert scored_text("\ufeffage,self_harm\n14,yes\n", tmp_path, occ)["route"] == ["assess_today"]


# Columns


def test_columns_are_refused_all_at_once(occ: Instrument, tmp_path: Path) -> None:
    table = pa.table(
        [[14], [14], ["no"], ["Zoltan"], ["yes"]],
        names=["Age", "self_harms", "under_13", "Zoltan Example", "recruited"],
    )

    assert refusals(table, tmp_path, occ) == [
        "TABLE_01 · in.parquet: the table has no column “age”. Did you mean “Age”? Give the age in"
        " whole years for every row.",
        "TABLE_14 · in.parquet, column “… (3 characters)”: there is no column for this in the"
        " instrument. Did you mean “age”? Rename the column as the instrument names its indicator,"
        " or leave it out of the table.",
        "TABLE_14 · in.parquet, column “self_harms”: there is no column for this in the instrument."
        " Did you mean “self_harm”? Rename the column as the instrument names its indicator, or"
        " leave it out of the table.",
        "TABLE_15 · in.parquet, column “under_13”: it is set from the age and is never a column."
        " Leave it out of the table.",
        "TABLE_14 · in.parquet, column “… (14 characters)”: there is no column for this in the"
        " instrument. Rename the column as the instrument names its indicator, or leave it out of"
        " the table.",
    ]


def test_a_table_without_an_indicator_is_refused(occ: Instrument, tmp_path: Path) -> None:
    assert refusals({"age": [14]}, tmp_path, occ) == [
        "TABLE_16 · in.parquet: the table has no column for any indicator of “occ_safeguard”. Name"
        " at least one column as the instrument names its indicators."
    ]


def test_two_columns_of_one_name_are_refused(occ: Instrument, tmp_path: Path) -> None:
    assert refusals("age,self_harm,self_harm\n14,yes,no\n", tmp_path, occ) == [
        "TABLE_08 · in.csv, column “self_harm”: two columns have this name. Keep one of the two:"
        " with both, nobody can tell which one is meant."
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            {"age": [14.5], "self_harm": ["yes"]},
            "column “age”: the column holds values of the type double. Give whole numbers of"
            " years.",
        ),
        (
            {"age": [14], "self_harm": [True]},
            "column “self_harm”: the column holds values of the type bool. Give words, or whole"
            " numbers from 0 to 3.",
        ),
    ],
)
def test_a_column_of_another_type_is_refused(
    table: dict[str, Any], message: str, occ: Instrument, tmp_path: Path
) -> None:
    assert refusals(table, tmp_path, occ) == [f"TABLE_06 · in.parquet, {message}"]


# Cells


def test_every_bad_cell_is_named_by_its_row_and_never_quoted(
    occ: Instrument, tmp_path: Path
) -> None:
    table = {
        "child_ref": ["C-0001", "Zoltan Example", "C-0003", None, "C" * 41],
        "age": [18, 14, 17, -1, None],
        "self_harm": ["yes", "maybe", "YES", "no", ""],
        "young_carer": [3, 4, None, -1, 0],
    }

    assert refusals(table, tmp_path, occ) == [
        f"TABLE_03 · in.parquet, column “age”: row 1: {AGE}",
        f"TABLE_02 · in.parquet, column “young_carer”: row 2: this is not an answer. {CELL}",
        f"TABLE_02 · in.parquet, column “self_harm”: row 2: this is not an answer. {CELL}",
        f"TABLE_09 · in.parquet, column “child_ref”: row 2: {REFERENCE}",
        f"TABLE_02 · in.parquet, column “self_harm”: row 3: this is not an answer. {CELL}",
        f"TABLE_03 · in.parquet, column “age”: row 4: {AGE}",
        f"TABLE_02 · in.parquet, column “young_carer”: row 4: this is not an answer. {CELL}",
        f"TABLE_09 · in.parquet, column “child_ref”: row 4: {REFERENCE}",
        f"TABLE_03 · in.parquet, column “age”: row 5: {AGE}",
        f"TABLE_09 · in.parquet, column “child_ref”: row 5: {REFERENCE}",
    ]


@pytest.mark.parametrize("age", ["", "17.5", "-1", "018", "14 years", "200", "18", "٣"])
def test_an_age_that_is_not_one_is_refused(age: str, occ: Instrument, tmp_path: Path) -> None:
    assert refusals(f"age,self_harm\n14,yes\n{age},no\n", tmp_path, occ) == [
        f"TABLE_03 · in.csv, column “age”: row 2: {AGE}"
    ]


def test_after_twenty_problems_the_others_are_counted(occ: Instrument, tmp_path: Path) -> None:
    messages = refusals({"age": [40] * 30, "self_harm": ["x"] * 30}, tmp_path, occ)

    assert len(messages) == 21
    assert messages[19] == (
        f"TABLE_02 · in.parquet, column “self_harm”: row 10: this is not an answer. {CELL}"
    )
    assert messages[20] == (
        "TABLE_11 · in.parquet: 40 more up to row 30, and the rows after it have not been read."
        " Correct those above, then run the command again."
    )


def test_rows_keep_their_numbers_in_later_batches(occ: Instrument, tmp_path: Path) -> None:
    ages = [14] * 70_000 + [40]

    assert refusals({"age": ages, "self_harm": [0] * 70_001}, tmp_path, occ) == [
        f"TABLE_03 · in.parquet, column “age”: row 70001: {AGE}"
    ]


def test_rows_of_another_length_are_named(occ: Instrument, tmp_path: Path) -> None:
    text = "age,self_harm\n14,yes\n14,no,Zoltan\n14\n"

    assert refusals(text, tmp_path, occ) == [
        "TABLE_07 · in.csv: row 2 has 3 cells, and the heading has 2. Correct the row; a cell that"
        " holds a comma stands in quotation marks.",
        "TABLE_07 · in.csv: row 3 has 1 cells, and the heading has 2. Correct the row; a cell that"
        " holds a comma stands in quotation marks.",
    ]


# Files


@pytest.mark.parametrize("text", ["", "age,self_harm\n"])
def test_a_table_without_rows_is_refused(text: str, occ: Instrument, tmp_path: Path) -> None:
    assert refusals(text, tmp_path, occ) == [
        "TABLE_10 · in.csv: there is no row in it. Give at least one screening."
    ]


@pytest.mark.parametrize("name", ["in.csv", "in.parquet"])
def test_a_file_that_is_no_table_is_refused_without_quoting_it(
    name: str, occ: Instrument, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"age,self_harm\n14,\xff Zoltan Example\n")

    with pytest.raises(WorkbookError) as refusal:
        score_file(tmp_path / name, tmp_path / "out.csv", occ, untold)

    ending = name.removeprefix("in")
    assert str(refusal.value) == (
        f"TABLE_05 · {name}: the table cannot be read (it is not a whole {ending} table). Check the"
        " file, or export the table again."
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_table_that_is_not_there_is_named(occ: Instrument, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refusal:
        score_file(tmp_path / "in.csv", tmp_path / "out.csv", occ, untold)

    assert str(refusal.value) == (
        "TABLE_05 · in.csv: the table cannot be read (No such file or directory). Check the file,"
        " or export the table again."
    )


def test_another_kind_of_file_is_refused(occ: Instrument, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refusal:
        score_file(tmp_path / "in.xlsx", tmp_path / "out.csv", occ, untold)

    assert str(refusal.value) == (
        "TABLE_04 · in.xlsx: the file type “.xlsx” is not known. Give a table that ends in .parquet"
        " or .csv."
    )


def test_a_table_is_never_written_over(occ: Instrument, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("age,self_harm\n14,yes\n", encoding="utf-8")

    with pytest.raises(WorkbookError) as refusal:
        score_file(tmp_path / "a.csv", tmp_path / "a.csv", occ, untold)

    assert str(refusal.value) == (
        "TABLE_12 · a.csv: there is a file of this name already. Give another name: a table is"
        " never written over."
    )


def test_a_folder_that_is_not_there_is_named(occ: Instrument, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("age,self_harm\n14,yes\n", encoding="utf-8")

    with pytest.raises(WorkbookError) as refusal:
        score_file(tmp_path / "a.csv", tmp_path / "none" / "out.csv", occ, untold)

    assert str(refusal.value) == (
        "TABLE_13 · out.csv: the table cannot be written (No such file or directory). Nothing is"
        " left half written. Check the folder, its permissions and the room on the disk."
    )


def test_a_full_disk_leaves_nothing_behind(occ: Instrument, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    pq.write_table(
        pa.table({"age": [14] * 200_000, "self_harm": ["yes"] * 200_000}), tmp_path / "in.parquet"
    )
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))

    try:
        with pytest.raises(WorkbookError) as refusal:
            score_file(tmp_path / "in.parquet", tmp_path / "out.csv", occ, untold)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert str(refusal.value) == (
        "TABLE_13 · out.csv: the table cannot be written (File too large). Nothing is left half"
        " written. Check the folder, its permissions and the room on the disk."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
