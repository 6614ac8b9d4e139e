"""Audit notebooks: checked first, whole or not at all, the same again, and of nobody in particular.

1. What a run leaves behind, and what the manifest says of it.
2. The same input gives the same bytes; what was changed is found.
3. Nothing that was written of a child, and no pseudonym or path, is in any byte of it.
4. Results and reading sheets are never written over; what gives a number away is withheld.
"""

import json
import os
import re
import subprocess
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from cse_workbook.audit.inquiry import begin
from cse_workbook.audit.running import NAMES, verify
from cse_workbook.audit.running import run as run_audit
from cse_workbook.casework import open_casework
from cse_workbook.cli import run
from cse_workbook.disclosure import ledger
from cse_workbook.errors import WorkbookError
from cse_workbook.extracts import Source, read_extract, read_with_answers, write_extract
from cse_workbook.measures import read_period
from cse_workbook.policy import Disclosure
from tests.audited import AGENCIES, COMMAND, QUARTER, copied, files_of, given, refused

PARTS = ("Zephyrine", "Quillfeather", "Thistlewick")  # of `audited.CANARY`


@pytest.fixture(scope="module")
def ran(place: Path) -> Path:
    """Run every notebook by its command, each into a folder of its own.

    `scratch` has all else that the commands wrote: what they said, their home, temporary files.
    """
    scratch = place / "scratch"
    own = {"HOME": str(scratch / "home"), "TMPDIR": str(scratch / "temporary")}
    for folder in own.values():
        Path(folder).mkdir(parents=True)
    for name in NAMES:
        told = [f"{key}={value}" for key, value in given(name, Path()).items()]
        options = [option for each in told for option in ("-p", each)]
        ended = subprocess.run(
            [*COMMAND, "audit", name, f"results/{name}", *options],
            cwd=place,
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        (scratch / f"{name}.txt").write_bytes(ended.stdout)
        assert ended.returncode == 0, ended.stdout
    return place / "results"


@pytest.fixture(scope="module", autouse=True)
def results_folder(place: Path) -> None:
    (place / "results").mkdir()


# 1


@pytest.mark.parametrize("name", NAMES)
def test_a_run_leaves_notebook_page_tables_and_manifest(ran: Path, name: str) -> None:
    folder = ran / name
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name for path in folder.iterdir()}

    assert {f"{name}.ipynb", f"{name}.html", "tables.json", "manifest.json"} <= files
    assert {f"{each}.csv" for each in told["rows_out"]} < files
    assert set(told["files"]) == files - {"manifest.json"}
    assert told["notebook"] == name
    assert told["versions"]["pandas"] == pd.__version__
    ledger.read((folder / "tables.json").read_bytes(), "tables.json")


def test_the_manifest_says_of_what_a_run_was_made(ran: Path, place: Path) -> None:
    told = json.loads((ran / "audit_period" / "manifest.json").read_text(encoding="utf-8"))

    assert told["parameters"] == {"extract": "extract", "period": QUARTER}
    assert told["inputs"]["extract"]["name"] == "extract"
    assert told["inputs"]["extract"]["made_of"]["head"] == "9:abc"
    assert told["inputs"]["extract"]["made_of"]["instrument"]["edition"] == 1
    assert "rows" not in json.dumps(told["inputs"])
    assert told["rows_in"].keys() == {"screenings", "cases", "referrals", "episodes", "actions"}
    assert told["checks"] == [
        "every total can be the sum of its parts",
        "files are those that were written",
        "frames keep their contract",
        "nothing hidden can be told from it and what was shown before",
        "small numbers are protected",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_nobody_for_anything_and_reads_in_order(ran: Path, name: str) -> None:
    page = (ran / name / f"{name}.html").read_text(encoding="utf-8")

    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert {a for a in addresses if "www.w3.org" not in a} & set(
        re.findall(r"(?:src|href)=\"(https?://[^\"]+)", page)
    ) == set()
    assert "<script" not in page
    assert page.count("<h1") == 1
    assert 'lang="en-GB"' in page
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert all(after <= before + 2 for before, after in pairwise(levels))
    for picture in re.findall(r"<figure>.*?</figure>", page, flags=re.DOTALL):
        assert re.search(r'role="img" aria-label="[^"]{40,}"', picture)


def test_small_numbers_are_in_no_file(ran: Path) -> None:
    # Nobody reads a real child in a calibration.
    for path in (each for each in ran.rglob("*.csv") if each.parent.name != "calibration"):
        table = pd.read_csv(path, dtype=str)
        for column in {"numerator", "denominator", "n_not_known"} & set(table):
            numbers = [int(each) for each in table[column].dropna() if each.isdigit()]
            assert all(number == 0 or (number > 7 and number % 5 == 0) for number in numbers), path


def test_the_page_and_the_files_say_the_same(ran: Path) -> None:
    page = (ran / "audit_period" / "audit_period.html").read_text(encoding="utf-8")
    table = pd.read_csv(ran / "audit_period" / "01-screenings-cases-and-referrals.csv", dtype=str)
    section = page.split("Screenings, cases and referrals</h3>")[1].split("</table>")[0]
    shown = re.findall(r"</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>", section)

    plain = [(one.replace(",", ""), other.replace(",", "")) for one, other in shown]
    assert plain == list(zip(table["numerator"], table["denominator"], strict=True))


# 2


def test_the_same_input_gives_the_same_bytes(ran: Path) -> None:
    assert verify(ran / "audit_period", {"extract": str(ran.parent / "extract")}) == []


def test_a_file_that_was_changed_is_named(ran: Path, tmp_path: Path) -> None:
    folder = tmp_path / "compare_periods"
    copied(ran / "compare_periods", folder)
    changed = next(folder.glob("01-*.csv"))
    changed.write_text(changed.read_text(encoding="utf-8") + "1\n", encoding="utf-8")

    extract = str(ran.parent / "extract")
    assert verify(folder, {"extract": extract}) == [changed.name]


def test_what_an_input_is_called_makes_no_difference(ran: Path, tmp_path: Path) -> None:
    copied(ran.parent / "extract", tmp_path / "renamed")

    assert verify(ran / "compare_periods", {"extract": str(tmp_path / "renamed")}) == []


def test_a_parameter_that_is_no_input_is_refused_with_the_near_miss(
    ran: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["-p", "extrac=elsewhere", "-p", "period=2026-Q2"]

    assert run(["audit", "--verify", str(ran / "audit_period"), *told]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "AUDIT_18 · extrac: these results were made of no input of this name. Did you mean"
        " “extract”? Leave it out, or name an input of theirs (extract); all else is as it was in"
        " their run.",
        "AUDIT_18 · period: these results were made of no input of this name. Leave it out, or name"
        " an input of theirs (extract); all else is as it was in their run.",
    ]


def test_an_input_that_is_another_is_refused(ran: Path, place: Path) -> None:
    found = read_with_answers(place / "extract")
    casework = open_casework(place / "home")
    with casework.store:
        source = Source(casework.instrument, casework.policy, "9:abc", "all", date(2026, 11, 22))
    write_extract(place / "another", found, source)

    with pytest.raises(WorkbookError) as refused:
        verify(ran / "audit_period", {"extract": str(place / "another")})

    assert str(refused.value) == (
        "AUDIT_14 · another: it is not what these results were made of. Name the input they were"
        " made of: `-p extract=PATH`."
    )


def test_a_folder_that_holds_no_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        verify(tmp_path, {})

    assert str(refused.value) == (
        f"AUDIT_13 · {tmp_path.name}: there are no results of an audit here, or their manifest"
        " cannot be read. Give the folder that `cse-workbook audit` wrote."
    )


@pytest.mark.parametrize("name", ["audit_period", "audit_record_quality"])
def test_dask_gives_the_same_bytes(ran: Path, place: Path, tmp_path: Path, name: str) -> None:
    again = run_audit(name, given(name, place), tmp_path / name, engine="dask")

    before = json.loads((ran / name / "manifest.json").read_text(encoding="utf-8"))
    assert again.files == before["files"]


# 3


def test_the_canary_child_is_in_no_byte_of_any_run(ran: Path, place: Path) -> None:
    found = read_extract(place / "extract").by_name()
    pseudonyms = {str(each) for frame in found.values() for each in frame["child"]}
    pseudonyms |= {str(each) for frame in found.values() for each in frame["case"]}
    looked_at = [*files_of(place / "results"), *files_of(place / "scratch")]

    assert len(looked_at) > 60
    for path in looked_at:
        content = path.read_bytes()
        for each in (*PARTS, str(place), str(Path.home() / "."), tempfile.gettempdir()):
            assert each.encode() not in content, (path, each)
        text = content.decode("latin-1")
        assert not pseudonyms & set(re.findall(r"[0-9a-f]{20}", text)), path
        assert not any(each in text for each in pseudonyms), path


def test_runs_leave_no_log_and_no_temporary_file_behind(ran: Path, place: Path) -> None:
    said = sorted(path.relative_to(place / "scratch") for path in files_of(place / "scratch"))
    assert said == sorted(Path(f"{name}.txt") for name in NAMES)
    assert sorted(path.name for path in (place / "results").iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_kept_notebook_has_no_time_and_no_path_in_it(ran: Path, name: str) -> None:
    kept = nbformat.read(ran / name / f"{name}.ipynb", as_version=4)

    assert "papermill" not in kept.metadata
    assert "widgets" not in kept.metadata
    assert all({"papermill", "execution"}.isdisjoint(cell.metadata) for cell in kept.cells)


# 4


def test_results_are_never_written_over(ran: Path, place: Path) -> None:
    again = ran / "audit_period"

    said = refused(lambda: run_audit("audit_period", given("audit_period", place), again))
    assert said == (
        "AUDIT_08 · audit_period: there is a file or a folder of this name already. Give another"
        " name: results are never written over."
    )


def test_a_dip_sample_is_drawn_read_and_reported(place: Path, tmp_path: Path) -> None:
    told = {**given("audit_case_sample", place), "sample": "30"}
    sheet = {**told, "sheet": str(tmp_path / "sheet.csv")}
    run_audit("audit_case_sample", sheet, tmp_path / "drawn")
    filled = pd.read_csv(tmp_path / "sheet.csv", dtype=str)
    questions = filled.columns[filled.isna().all()]
    filled[questions] = "good"
    filled.to_csv(tmp_path / "filled.csv", index=False)

    run_audit(
        "audit_case_sample", {**told, "results": str(tmp_path / "filled.csv")}, tmp_path / "read"
    )

    assert not list((tmp_path / "drawn").glob("sheet*"))
    grades = pd.read_csv(tmp_path / "read" / "02-what-the-readers-found.csv", dtype=str)
    assert set(grades[grades["grade"] == "inadequate"]["numerator"]) == {"0"}
    of_all = grades[(grades["grade"] == "good") & (grades["measure"] == "overall")]
    assert abs(int(of_all["numerator"].iloc[0]) - len(filled)) <= 2
    assert verify(tmp_path / "drawn", {"extract": str(place / "extract")}) == []


def test_a_meeting_may_hear_a_child_of_whom_nothing_was_decided() -> None:
    audit = begin("")
    referrals = audit.source.frames["referrals"]
    undecided = referrals["meeting_on"].notna()
    assert undecided.any()
    referrals.loc[undecided, "is_decided"] = False
    referrals.loc[undecided, ["working_days_to_decision", "working_days_to_meeting"]] = pd.NA

    shown = audit.measures(
        "Times", ["decision_to_meeting", "meeting_to_review"], read_period(QUARTER)
    )

    assert len(shown.body) == 2


def test_what_would_give_a_hidden_number_away_is_withheld() -> None:
    audit, during = begin(""), read_period(QUARTER)
    when = {"period_start": pd.Timestamp(during.start), "period_end": pd.Timestamp(during.end)}
    counts = [("a", "*"), ("b", 20), ("all", 25)]
    leaking = pd.DataFrame([{"measure": "x", **when, "of": of, "numerator": n} for of, n in counts])
    exact = Disclosure(suppress_up_to=7, round_to=1)
    read = ledger.read_table("leaking", leaking, ["numerator"], {"of": "all"}, exact)
    audit._guard._before = audit._guard._before.remembering(read)

    shown = audit.table("Second", leaking.tail(1).assign(numerator=25), {"of": "Of"}, {"of": "all"})

    assert shown.body == ()
    assert shown.notes == (
        "This is not shown: together with what stands above, it would tell a number that is hidden"
        " there.",
    )


def test_what_readers_fill_in_is_handed_out_and_read_back(tmp_path: Path) -> None:
    run_audit("calibration", {"sheet": str(tmp_path / "sheet.csv")}, tmp_path / "given")
    blank = pd.read_csv(tmp_path / "sheet.csv", dtype=str)
    filled = [
        blank.assign(reader=reader, view="consult").fillna("no") for reader in ("first", "second")
    ]
    pd.concat(filled).to_csv(tmp_path / "readings.csv", index=False)

    run_audit("calibration", {"readings": str(tmp_path / "readings.csv")}, tmp_path / "read")

    views = pd.read_csv(tmp_path / "read" / "agreement-in-all.csv").set_index("about")
    assert list(views.loc["view", ["numerator", "denominator"]]) == [len(blank)] * 2
    assert not list((tmp_path / "given").glob("sheet*"))


def test_what_one_agency_wrote_is_not_broken_down_by_agency(place: Path) -> None:
    audit = begin(str(place / "extract"), AGENCIES[0])

    shown = audit.measures("By agency", ["screenings_recorded"], read_period(QUARTER), ["agency"])

    assert set(shown.data["agency"]) == {AGENCIES[0]}
    assert len(shown.body) == 1
