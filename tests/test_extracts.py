"""What leaves for an audit: whole, of nobody in particular, and refused where it was changed.

1. The folder holds the frames and says of what they were made.
2. Nothing that a person wrote, no name, reference or account is in any byte of it.
3. Pseudonyms are new each time, or kept under a key.
4. Days are as coarse as the policy says; intervals are not.
5. It is there whole or not at all.
6. Who may make one, and the command.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pandas as pd
import pytest

from cse_workbook import extracts, instrument, policy
from cse_workbook.case import AnyEvent, Event, events
from cse_workbook.casework import Casework
from cse_workbook.cli import run
from cse_workbook.errors import WorkbookError
from cse_workbook.extracts import (
    Manifest,
    read_extract,
    read_manifest,
    read_with_answers,
    write_extract,
)
from cse_workbook.frames import SCHEMAS, Coarseness, frames
from cse_workbook.policy import Person
from cse_workbook.rehearsal import fill, work_as_lead_officer
from cse_workbook.store import Child, Store, Who
from tests.made_up_events import OCC, OPENED, POLICY, screened
from tests.made_up_extracts import (
    AUDITOR,
    CANARY,
    LEAD,
    NOW,
    PARTS,
    STAFF,
    TODAY,
    source,
    two_cases,
)
from tests.made_up_store import new_store, refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an extract of two cases."""
    write_extract(tmp_path / "extract", two_cases(), source())
    return tmp_path / "extract"


# 1


def test_the_folder_holds_a_file_for_each_frame_and_the_manifest(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["manifest.json", "answers.parquet", *(f"{name}.parquet" for name in SCHEMAS)]
    )


def test_what_was_written_is_read_again(folder: Path) -> None:
    found = read_extract(folder)

    assert repr(found) == "Frames(2 screenings, 2 cases, 2 referrals, 0 episodes, 2 actions)"


def test_the_manifest_says_of_what_it_was_made(folder: Path) -> None:
    manifest = read_manifest(folder)

    assert manifest.version == extracts.VERSION
    assert (manifest.made_on, manifest.head, manifest.of) == (TODAY, "7:abc", "all")
    assert (manifest.instrument.key, manifest.instrument.digest) == (OCC.key, OCC.digest)
    assert manifest.policy.digest == POLICY.digest
    assert (manifest.dates, manifest.pseudonyms_kept) == ("week", False)
    assert {name: part.rows for name, part in manifest.files.items()} == {
        "screenings.parquet": 2,
        "cases.parquet": 2,
        "referrals.parquet": 2,
        "episodes.parquet": 0,
        "actions.parquet": 2,
        "answers.parquet": 2,
    }


# 2


def canary(kind: type[Event]) -> Event:
    """Make up an event of a kind with the canary wherever a person can write."""
    return msgspec.convert(
        {"kind": kind.__name__, **{f.name: _of(f.type) for f in msgspec.structs.fields(kind)}},
        kind,
    )


def _of(kind: Any) -> Any:
    plain = {int: 2, bool: True, date: "2026-09-10", str: CANARY}
    first = next((each for each in get_args(kind) if each is not type(None)), kind)
    if kind == tuple[events.Evidence, ...]:
        seen = {"seen_on": "2026-09-10", "source": CANARY}
        return [{"driver": "self_harm", "changed": CANARY, **seen}]
    if kind == tuple[str, ...]:
        return [CANARY]
    if kind == dict[str, Any]:
        return {CANARY: CANARY, "more": [CANARY]}
    if kind in (datetime, datetime | None):
        return "2026-09-10T10:00:00Z"
    return plain[kind if kind in plain else first]


def canary_screening() -> events.Screened:
    given = {"answer": "yes", "evidence": CANARY, "source": CANARY, "seen_on": "2026-09-01"}
    made = screened(dict.fromkeys(("needs", "what_happened", "iro_seen"), CANARY), self_harm=given)
    written = dict.fromkeys(("worry", "other_concern", "child_said", "protective"), CANARY)
    screening = msgspec.structs.replace(made.screening, **written)
    return events.Screened.of(screening, made.outcome, made.circumstances)


def test_the_canary_child_is_in_no_byte_of_an_extract(tmp_path: Path) -> None:
    # A screening is made up by itself; a correction of what is not there changes nothing.
    apart = (events.Screened, events.Corrected, events.BodyErased)
    kinds = [kind for kind in get_args(AnyEvent) if kind not in apart]
    written: list[Event] = [OPENED, canary_screening(), *map(canary, kinds)]
    who = Who("z.quillfeather", "teacher", "Example School")
    with new_store(tmp_path / "home") as store, store.database.writing():
        store.add(
            "C-4711",
            written,
            based_on=0,
            happened_on=date(2026, 9, 10),
            who=who,
            at=NOW,
            child=Child("C-4711", CANARY, date(2012, 2, 29), *[CANARY] * 5),
        )
        cases = list(_works(store, AUDITOR).audited())

    write_extract(tmp_path / "extract", frames(cases, OCC, POLICY, TODAY), source())

    found = msgspec.structs.asdict(read_with_answers(tmp_path / "extract"))
    assert min(len(frame) for frame in found.values()) >= 1
    held = "".join(frame.to_csv() for frame in found.values())
    raw = b"".join(path.read_bytes() for path in (tmp_path / "extract").iterdir())
    for each in [*PARTS, "C-4711", "z.quillfeather", "2012-02-29", "teacher", str(tmp_path)]:
        assert each.casefold() not in held.casefold()
        assert each.casefold().encode() not in raw.lower()


# 3


def test_pseudonyms_are_new_in_every_extract(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_extract(tmp_path / name, two_cases(), source())

    one, two = (_children(tmp_path / name) for name in ("one", "two"))
    assert len(one) == len(two) == 2
    assert not one & two


def test_pseudonyms_are_the_same_under_a_key_that_is_kept(tmp_path: Path) -> None:
    key = tmp_path / "pseudonyms.key"
    for name in ("one", "two"):
        write_extract(tmp_path / name, two_cases(), source(), keys=key)

    assert _children(tmp_path / "one") == _children(tmp_path / "two")
    assert key.stat().st_mode & 0o777 == 0o400
    assert read_manifest(tmp_path / "one").pseudonyms_kept
    written = b"".join(path.read_bytes() for path in (tmp_path / "one").iterdir())
    assert key.read_bytes() not in written


def _children(folder: Path) -> set[str]:
    found = read_extract(folder)
    children = set(found.cases["child"])
    assert children == set(found.screenings["child"])
    assert not children & set(found.cases["case"])
    return children


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "pseudonyms.key"
    key.write_text("not a key")
    key.chmod(0o400)

    assert refusal(lambda: write_extract(tmp_path / "x", two_cases(), source(), keys=key)) == (
        "EXTRACT_07 · pseudonyms.key: the key of the pseudonyms cannot be used: it does not hold a"
        " key of 64 hexadecimal digits. Give the file that was made with the first extract, or a"
        " new name to make a key."
    )
    assert not (tmp_path / "x").exists()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "pseudonyms.key"
    key.write_text("0" * 64)
    key.chmod(0o644)

    assert refusal(lambda: write_extract(tmp_path / "x", two_cases(), source(), keys=key)) == (
        "EXTRACT_08 · pseudonyms.key: other accounts of this machine can read the key of the"
        f" pseudonyms. Run `chmod 400 {key}`, and tell your administrator that others could have"
        " read it."
    )


# 4


@pytest.mark.parametrize(
    ("dates", "screened_on"),
    [("day", "2026-09-09"), ("week", "2026-09-07"), ("month", "2026-09-01")],
)
def test_days_are_as_coarse_as_the_policy_says_and_intervals_are_not(
    tmp_path: Path, dates: Coarseness, screened_on: str
) -> None:
    write_extract(tmp_path / "x", two_cases(), source(dates))

    found = read_extract(tmp_path / "x").screenings

    assert set(found["screened_on"]) == {pd.Timestamp(screened_on)}
    assert set(found["working_days_to_referral"]) == {2}


def test_the_policy_that_ships_gives_the_monday_of_the_week() -> None:
    assert policy.load().extract.dates == "week"


# 5


def test_an_extract_is_never_written_over(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert refusal(lambda: write_extract(folder, two_cases(), source())) == (
        "EXTRACT_05 · extract: there is a file or a folder of this name already. Give another"
        " name: an extract is never written over."
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    into = tmp_path / "not there" / "extract"

    assert refusal(lambda: write_extract(into, two_cases(), source())) == (
        "EXTRACT_06 · extract: the extract cannot be written (No such file or directory). Nothing"
        " is left half written. Check the folder, its permissions and the room on the disk."
    )


def test_nothing_is_left_of_an_extract_that_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with extracts.placed(tmp_path / "extract") as part:
            (part / "screenings.parquet").write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_frames_that_break_their_contract_are_not_written(tmp_path: Path) -> None:
    good = two_cases()
    bad = msgspec.structs.replace(good, cases=good.cases.assign(age_band="fourteen"))

    assert refusal(lambda: write_extract(tmp_path / "x", bad, source())) == (
        "EXTRACT_04 · cases, column “age_band”: rows 1, 2: the value is not one that the contract"
        " allows. Make the extract again; its tables are not to be edited."
    )
    assert list(tmp_path.iterdir()) == []


# 6


def _works(store: Store, person: Person) -> Casework:
    local = msgspec.structs.replace(POLICY, person=person)
    return Casework(store, instrument.load(), local, now=lambda: NOW)


@pytest.fixture
def opened(tmp_path: Path) -> Store:
    """Make a store with a case of the school, and one of a clinic that is listed for a meeting."""
    store = new_store(tmp_path / "home")
    for ref, agency in (("C-0001", "Example School"), ("C-0002", "Example Clinic")):
        store.append(
            ref,
            [OPENED, events.MacseListed(TODAY + timedelta(days=5), "A made-up reason")],
            based_on=0,
            happened_on=TODAY,
            who=Who("t.example", "teacher", agency),
            at=NOW,
        )
    return store


@pytest.mark.parametrize(
    ("person", "expected"), [(LEAD, ["C-0001"]), (AUDITOR, ["C-0001", "C-0002"])]
)
def test_a_lead_officer_counts_their_own_agency_and_an_auditor_all(
    opened: Store, person: Person, expected: list[str]
) -> None:
    assert [case.ref for case in _works(opened, person).audited()] == expected


def test_an_auditor_can_open_no_case(opened: Store) -> None:
    with pytest.raises(WorkbookError, match="CASE_18 · "):
        _works(opened, AUDITOR).open("C-0001", "to audit")


def test_anybody_else_is_refused(opened: Store) -> None:
    assert refusal(lambda: _works(opened, STAFF).audited()) == (
        "CASE_02 · an extract: you cannot do this: it is for a lead officer or an auditor. If you"
        " need it, ask a lead officer or an auditor and say why."
    )


def test_the_command_writes_an_extract_and_tells_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSE_WORKBOOK_HOME", os.environ.get("CSE_WORKBOOK_HOME", ""))
    home = tmp_path / "home"
    with new_store(home) as store:
        work_as_lead_officer(home)
        fill(store, cases=20, seed=1, now=NOW)
        head = store.head()

    status = run(["extract", str(tmp_path / "out"), "--store", str(home)])

    manifest: Manifest = read_manifest(tmp_path / "out")
    told = capsys.readouterr().out
    assert status == 0
    assert f"cases.parquet: {manifest.files['cases.parquet'].rows} rows\n" in told
    assert told.endswith(f"The extract is in out. Head {head}\n")
    assert (manifest.head, manifest.of) == (str(head), "Example School")
    assert len(read_extract(tmp_path / "out").screenings) > 5


def test_the_command_refuses_who_may_not_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSE_WORKBOOK_HOME", os.environ.get("CSE_WORKBOOK_HOME", ""))
    new_store(tmp_path / "home").close()

    status = run(["extract", str(tmp_path / "out"), "--store", str(tmp_path / "home")])

    assert status == 2
    assert capsys.readouterr().err.startswith("CASE_02 · an extract: ")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_the_command_says_that_it_made_a_key_and_only_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSE_WORKBOOK_HOME", os.environ.get("CSE_WORKBOOK_HOME", ""))
    new_store(tmp_path / "home").close()
    work_as_lead_officer(tmp_path / "home")
    command = ["extract", "--keys", str(tmp_path / "own.key"), "--store", str(tmp_path / "home")]
    told = []

    for folder in ("not there/one", "one", "two"):
        run([*command, str(tmp_path / folder)])
        told.append(capsys.readouterr().out.splitlines()[:1])

    assert told == [
        ["own.key was not there: a key was made in it. Keep it for the next extract."],
        ["screenings.parquet: 0 rows"],
        ["screenings.parquet: 0 rows"],
    ]
