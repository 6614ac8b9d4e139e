"""The command `demo` fills a record with a made-up caseload, and says as whom one works there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cse_workbook import account
from cse_workbook import policy as policies
from cse_workbook.case import fold
from cse_workbook.store import Store, open_store
from tests.synthetic.made_up import A_WEEK


def demo(home: Path, *options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cse_workbook", "demo", *map(str, options)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CSE_WORKBOOK_HOME": str(home)},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the command has filled."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    assert demo(folder).returncode == 0
    return folder


@pytest.fixture
def filled(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


def test_the_record_of_a_made_up_caseload_holds_up_to_yesterday(filled: Store) -> None:
    days = [entry.recorded_at.date() for entry in filled.entries()]

    assert filled.verify().break_ is None
    assert max(days) < datetime.now(UTC).date()
    assert max(days) > datetime.now(UTC).date() - A_WEEK


def test_the_record_names_the_entries_that_others_follow(filled: Store) -> None:
    cases = [fold(filled.entries(ref)) for ref in filled.case_refs()]
    followed = [len(thread.after) for case in cases for thread in (*case.referrals, *case.actions)]

    assert sum(followed) > 40


def test_who_the_children_are_stands_apart_from_the_record(filled: Store) -> None:
    known = filled.children.read("C-0007")

    assert known is not None
    assert (known.name, known.address) == ("Made-up Child 7", "7 Example Road")
    assert not any("Made-up Child" in (link.body or "") for link in filled.links())


def test_drafts_of_two_children_have_lain_for_more_than_a_day(filled: Store) -> None:
    drafts = filled.drafts.of(account.name())
    old = datetime.now(UTC) - timedelta(days=1)

    assert len({draft.child_ref for draft in drafts}) == 2
    assert all(draft.saved_at < old for draft in drafts)
    assert all(draft.holder is None for draft in drafts)


def test_whoever_tries_it_out_works_as_lead_officer(home: Path) -> None:
    person = policies.local(home).person

    assert (person.role, person.agency) == ("lead officer", "Example School")
    assert person.works_as == "lead_officer"


def test_a_policy_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    own = (policies.SHIPPED / "default.toml").read_bytes() + b"# ours\n"
    (tmp_path / "policy.toml").write_bytes(own)

    ended = demo(tmp_path, "--cases", 2)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "policy.toml").read_bytes() == own


def test_the_policy_is_told_in_one_line(tmp_path: Path) -> None:
    ended = demo(tmp_path / "home", "--cases", 1)

    assert ended.stderr == (
        "You work here as lead officer, Example School:"
        f" {tmp_path / 'home' / 'policy.toml'} says so.\n"
    )


def test_a_store_with_records_gets_no_policy(tmp_path: Path) -> None:
    demo(tmp_path, "--cases", 1)
    (tmp_path / "policy.toml").unlink()

    ended = demo(tmp_path, "--cases", 1)

    assert ended.stderr.startswith("CLI_03 · ")
    assert not (tmp_path / "policy.toml").exists()


def test_more_than_a_hundred_thousand_children_are_refused(tmp_path: Path) -> None:
    ended = demo(tmp_path / "home", "--cases", 100_001)

    assert ended.returncode == 2
    assert not (tmp_path / "home").exists()
