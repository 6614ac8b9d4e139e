"""What a person meets at the terminal who looks after a record, or starts the app."""

import signal
import subprocess
import sys
from pathlib import Path

from cse_workbook import account
from cse_workbook.store import open_store
from tests.terminal import environment, run


def test_a_store_is_made_filled_checked_and_copied(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.db"

    made = run("init", home=home)
    filled = run("demo", "--cases", "3", "--seed", "2", home=home)
    checked = run("verify", home=home)
    printed = run("anchor", home=home)
    copied = run("backup", copy, home=home)
    restored = run("restore", copy, home=home)

    head = printed.out.strip()
    assert [each.status for each in (made, filled, checked, printed, copied, restored)] == [0] * 6
    assert filled.out.startswith("Made up 3 children and ")
    assert filled.out.endswith(f"Head {head}\n")
    assert checked.out.splitlines()[0].endswith(f"Head {head}")
    assert "--against HEAD" in checked.out
    assert copied.out.endswith(f"Head {head}\n")
    assert restored.out.startswith("The copy is in place. The store it replaces is")


def test_an_earlier_head_is_found_whole_short_or_in_a_file(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "head.txt"
    run("demo", "--cases", "2", home=home)

    written = run("anchor", file, home=home)

    head = file.read_text(encoding="utf-8").strip()
    assert written.status == 0
    for against in (file, head, head[:20] + "…"):
        ended = run("verify", "--against", against, home=home)
        assert (ended.status, len(ended.out.splitlines())) == (0, 1)


def test_a_record_that_does_not_hold_is_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run("demo", "--cases", "1", home=home)

    ended = run("verify", "--against", f"99:{'a' * 64}", home=home)

    assert ended.status == 1
    assert ended.out.startswith(f"STORE_17 · {home}: the record breaks at entry ")


def test_an_anchor_is_never_written_over(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "head.txt"
    run("init", home=home)
    file.write_text("kept")

    ended = run("anchor", file, home=home)

    assert ended.status == 2
    assert ended.err == (
        "CLI_04 · head.txt: the file cannot be written (File exists). Check the folder, and give a"
        " name that is not taken.\n"
    )
    assert file.read_text() == "kept"


def test_made_up_children_are_never_mixed_with_records(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run("demo", "--cases", "1", home=home)
    count = int(run("anchor", home=home).out.split(":")[0])

    ended = run("demo", home=home)

    assert ended.status == 2
    assert ended.err == (
        f"CLI_03 · {home}: it holds {count} entries already. A made-up caseload is never mixed with"
        " records: give --store another folder.\n"
    )


def test_the_option_store_comes_before_the_environment(tmp_path: Path) -> None:
    ended = run("init", "--store", tmp_path / "asked", home=tmp_path / "home")

    assert ended.status == 0
    assert (tmp_path / "asked" / "key").is_file()
    assert not (tmp_path / "home").exists()


def test_where_there_is_no_store_that_is_said(tmp_path: Path) -> None:
    ended = run("verify", home=tmp_path / "home")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("STORE_03 · ")


def test_a_damaged_store_is_a_finding(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run("init", home=home)
    (home / "records.db").write_bytes(b"")

    ended = run("verify", home=home)

    assert (ended.status, ended.err) == (1, "")
    assert ended.out.startswith("STORE_11 · ")


# app


def test_the_app_makes_the_store_and_prints_one_address_when_it_answers(tmp_path: Path) -> None:
    home = tmp_path / "home"
    app = subprocess.Popen(
        [sys.executable, "-m", "cse_workbook", "app", "--no-browser", "--port", "8759", "--demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
    )
    assert app.stdout is not None

    address = app.stdout.readline().decode()
    app.send_signal(signal.SIGINT)
    rest, _ = app.communicate(timeout=60)

    assert address.startswith("Open http://127.0.0.1:8759/")
    assert (rest, app.returncode) == (b"", 0)
    assert int(run("anchor", home=home).out.split(":")[0]) > 40
    with open_store(home) as store:
        unfinished = store.drafts.of(account.name())
    assert [bool(draft.answers["worry"]) for draft in unfinished] == [True, True]
