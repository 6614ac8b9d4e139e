"""Figures and extracts that are too large for one machine are as on one machine.

1. Measures: the same table, however the frames are divided.
2. Extracts: read part by part, and refused as when they are read whole.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_workbook import measures, scaled
from cse_workbook.errors import WorkbookError
from cse_workbook.extracts import read_extract
from cse_workbook.frames import SCHEMAS
from cse_workbook.measures import MEASURES, read_period
from cse_workbook.measures.running import asked_of, figures
from cse_workbook.measures.tallies import added, tallied
from tests.made_up_frames import made_up
from tests.made_up_parts import N_EPISODES, cut, in_parts, joined, written
from tests.made_up_store import refusal

ALL = list(MEASURES.values())
QUARTER = read_period("2026-Q2")
GROUPS = [(), ("agency",), ("agency", "age_band"), ("looked_after", "disability", "age_band")]
N_ROWS = 3_000


# 1


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """Frames whose last row, after the quarter, is of an agency that is nowhere else."""
    found = {name: made_up(name, N_ROWS) for name in SCHEMAS}
    for frame in found.values():
        days = [name for name in frame if frame[name].dtype == "datetime64[us]"]
        frame.loc[N_ROWS - 1, days] = pd.Timestamp("2026-12-01")
        frame.loc[N_ROWS - 1, "agency"] = "Example Charity"
    return found


def divided(frames: Mapping[str, pd.DataFrame]) -> dict[str, dd.DataFrame]:
    """Divide each frame into five partitions, of which one is empty and two have a row."""
    return {
        name: joined(cut(frame, 1_000, 1_000, 1_001, N_ROWS - 1)) for name, frame in frames.items()
    }


@pytest.mark.parametrize("by", GROUPS)
def test_the_figures_of_all_measures_are_the_same_to_the_last_digit(
    frames: dict[str, pd.DataFrame], by: Sequence[str]
) -> None:
    found = scaled.run(divided(frames), ALL, QUARTER, by)

    whole = measures.run(frames, ALL, QUARTER, by)
    pd.testing.assert_frame_equal(found, whole, check_exact=True)
    assert whole["numerator"].sum() > 0
    assert whole["median"].notna().any()


def test_a_period_without_a_row_gives_the_same_blanks(frames: dict[str, pd.DataFrame]) -> None:
    after = read_period("2031-Q1")

    found = scaled.run(divided(frames), ALL, after, ["agency"])

    whole = measures.run(frames, ALL, after, ["agency"])
    pd.testing.assert_frame_equal(found, whole, check_exact=True)
    assert set(found["agency"]) >= {"Example Charity", "not_known"}


@settings(max_examples=10)
@given(st.lists(st.integers(0, 300), max_size=6).map(sorted))
def test_it_does_not_matter_where_a_frame_is_cut(places: list[int]) -> None:
    frame = made_up("referrals", 300)
    asked = [each for each in ALL if each.frame == "referrals"]

    parts = [tallied(part, asked, QUARTER, ["agency"]) for part in cut(frame, *places)]

    pd.testing.assert_frame_equal(
        figures({"referrals": added(parts)}, asked, QUARTER, ["agency"]),
        measures.run({"referrals": frame}, asked, QUARTER, ["agency"]),
        check_exact=True,
    )


@pytest.mark.parametrize("n_rows", [1, 2, 3, 4, 5, 97])
def test_quartiles_are_those_that_numpy_finds(n_rows: int) -> None:
    frame = made_up("referrals", n_rows).assign(sent_on=pd.Timestamp("2026-05-01"))
    frame["working_days_to_decision"] = pd.array(range(n_rows), dtype="Int64")
    frame[["is_acknowledged", "is_decided"]] = True

    table = measures.run({"referrals": frame}, [MEASURES["acknowledgement_to_decision"]], QUARTER)

    found = table[["lower_quartile", "median", "upper_quartile"]].iloc[0]
    assert list(found) == list(np.quantile(range(n_rows), [0.25, 0.5, 0.75]))


def test_a_group_that_may_not_stand_in_a_table_is_refused(
    frames: dict[str, pd.DataFrame],
) -> None:
    with pytest.raises(WorkbookError) as refused:
        scaled.run(divided(frames), ALL, QUARTER, ["child"])

    with pytest.raises(WorkbookError) as whole:
        asked_of(ALL, ["child"])
    assert str(refused.value) == str(whole.value)


# 2


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_parts(tmp_path_factory.mktemp("given") / "extract")


def test_an_extract_is_read_part_by_part_as_it_is_read_whole(extract: Path) -> None:
    found = scaled.read_extract(extract)

    whole = read_extract(extract).by_name()
    assert {name: frame.npartitions for name, frame in found.items()} == {
        **dict.fromkeys(SCHEMAS, 1),
        "episodes": 2,
    }
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame.compute(), whole[name], check_exact=True)


def test_an_extract_gives_the_same_figures(extract: Path) -> None:
    found = scaled.run(scaled.read_extract(extract), ALL, QUARTER, ["agency"])

    whole = measures.run(read_extract(extract).by_name(), ALL, QUARTER, ["agency"])
    pd.testing.assert_frame_equal(found, whole, check_exact=True)


def test_a_folder_that_is_no_extract_is_refused(tmp_path: Path) -> None:
    assert refusal(lambda: scaled.read_extract(tmp_path)) == refusal(lambda: read_extract(tmp_path))


def test_a_file_that_is_not_as_it_was_written_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "extract", {})
    (folder / "cases.parquet").write_bytes(b"")
    (folder / "actions.parquet").unlink()

    assert refusal(lambda: scaled.read_extract(folder)) == refusal(lambda: read_extract(folder))


def test_rows_that_break_the_contract_are_named_by_their_numbers_in_the_whole(
    tmp_path: Path,
) -> None:
    episodes = made_up("episodes", N_EPISODES)
    episodes.loc[[120_000, 149_999], "age_band"] = "Zoltan Example"
    folder = written(tmp_path / "extract", {"episodes": episodes})

    found = refusal(lambda: scaled.run(scaled.read_extract(folder), ALL, QUARTER))

    assert found == refusal(lambda: read_extract(folder))
    assert found == (
        "EXTRACT_04 · episodes, column “age_band”: rows 120001, 150000: the value is not one that"
        " the contract allows. Make the extract again; its tables are not to be edited."
    )


def test_a_damaged_file_is_refused_when_its_part_is_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "extract", {"cases": made_up("cases", 200)})
    frames = scaled.read_extract(folder)
    damaged = bytearray((folder / "cases.parquet").read_bytes())
    damaged[4:2_000] = bytes(1_996)
    (folder / "cases.parquet").write_bytes(damaged)

    assert refusal(frames["cases"].compute).startswith("EXTRACT_03 · cases.parquet: ")
