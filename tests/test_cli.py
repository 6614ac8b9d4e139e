"""What a person meets at the terminal: what is printed where, and the exit status.

The command is run as it is installed, in a process of its own.
"""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from getpass import getuser
from pathlib import Path
from typing import Any

import pytest

from cse_workbook.instrument import Instrument
from cse_workbook.outcome import explain
from cse_workbook.policy import Policy
from cse_workbook.screening import read_screening
from cse_workbook.store import open_store

GOOD = {"child_ref": "C-0001", "age": 14, "answers": {"self_harm": "yes"}}
ADULT = {"child_ref": "C-0002", "age": 18, "answers": {"self_harm": "yes"}}
OTHER = {"child_ref": "C-0003", "age": 12, "answers": {"young_carer": "possible"}}
ADULTS = (
    "this is not a child: the age is 18. The workbook is for children under 18 and has not scored"
    " this record. For an adult at risk, speak to your safeguarding lead about adult safeguarding"
    " today."
)
COMMANDS = (
    *("screen", "score", "instrument", "init", "app", "demo", "verify", "anchor", "backup"),
    *("restore", "extract", "audit", "release"),
)


class Ended:
    """A command that has ended: its exit status and what it printed."""

    def __init__(self, ended: "subprocess.CompletedProcess[bytes]") -> None:
        self.status = ended.returncode
        self.out = ended.stdout.decode()
        self.err = ended.stderr.decode()


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "CSE_WORKBOOK_HOME": str(home), "COLUMNS": "100"}


def run(*tokens: object, home: Path, given: bytes = b"", program: str = "") -> Ended:
    start = ["-c", program] if program else ["-m", "cse_workbook"]
    return Ended(
        subprocess.run(
            [sys.executable, *start, *map(str, tokens)],
            input=given,
            capture_output=True,
            env=environment(home),
            check=False,
            timeout=120,
        )
    )


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_help_names_every_command(tmp_path: Path) -> None:
    ended = run("--help", home=tmp_path)

    assert ended.status == 0
    assert all(f"\n  {command}: " in ended.out for command in COMMANDS)
    assert "--store" in ended.out
    assert "Immediate danger? Call 999 now." in ended.out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("screen", ["FILE", "--policy", "--instrument", "--keep-going", "--format", "--store"]),
        ("score", ["SOURCE", "TARGET", "--policy", "--instrument", "--engine", "--scheduler"]),
        ("instrument", ["check", "show", "digest", "replay"]),
        ("app", ["--port", "--no-browser", "--demo", "screen_a_child"]),
        ("demo", ["--cases", "--seed"]),
        ("verify", ["--against"]),
        ("restore", ["PATH", "--accept-loss"]),
    ],
)
def test_help_of_a_command_tells_its_options(
    command: str, words: list[str], tmp_path: Path
) -> None:
    ended = run(command, "--help", home=tmp_path)

    assert ended.status == 0
    assert [word for word in words if word not in ended.out] == []


def test_a_screening_loads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    program = (
        "import sys; from cse_workbook.cli import run; run(sys.argv[1:]);"
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'voila', 'sqlalchemy'} & set(sys.modules)))"
    )

    ended = run("screen", "-", home=tmp_path, given=lines(GOOD), program=program)

    assert ended.out.endswith("\n[]\n")


# screen


def test_json_is_one_line_a_screening_as_explained(
    occ: Instrument, default_policy: Policy, tmp_path: Path
) -> None:
    ended = run("screen", "-", "--format", "json", home=tmp_path, given=lines(GOOD, OTHER))

    outcomes = [json.loads(line) for line in ended.out.splitlines()]
    expected = explain(read_screening(GOOD, "record 1", occ), occ, default_policy)
    assert (ended.status, ended.err) == (0, "")
    assert [outcome["child_ref"] for outcome in outcomes] == ["C-0001", "C-0003"]
    assert list(outcomes[0]) == list(expected.__struct_fields__)
    assert outcomes[0]["route"] == "assess_today"
    assert outcomes[0]["findings"][0]["counted"] == ["self_harm"]


def test_one_bad_record_refuses_all_and_every_problem_is_told(tmp_path: Path) -> None:
    bad = {"child_ref": "C-0004", "age": 17.5, "answers": {"self_harms": "yes"}}

    ended = run("screen", "-", home=tmp_path, given=lines(GOOD, ADULT, bad))

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == f"SCREENING_05 · standard input, line 2: {ADULTS}"
    assert [line[:12] for line in ended.err.splitlines()[1:]] == [*("SCREENING_01", "SCREENING_04")]


def test_with_keep_going_the_good_records_are_done_and_both_are_counted(tmp_path: Path) -> None:
    ended = run(
        *("screen", "-", "--keep-going", "--format", "json"),
        home=tmp_path,
        given=lines(GOOD, ADULT, OTHER),
    )

    assert ended.status == 2
    assert [json.loads(line)["child_ref"] for line in ended.out.splitlines()] == [
        *("C-0001", "C-0003")
    ]
    assert ended.err.splitlines() == [
        f"SCREENING_05 · standard input, line 2: {ADULTS}",
        "Done: 2. Refused: 1.",
    ]


def test_with_keep_going_and_nothing_refused_all_is_well(tmp_path: Path) -> None:
    ended = run("screen", "-", "--keep-going", home=tmp_path, given=lines(GOOD))

    assert (ended.status, ended.err) == (0, "Done: 1. Refused: 0.\n")


def test_a_file_a_policy_and_an_instrument_may_be_given_by_their_paths(tmp_path: Path) -> None:
    package = Path(__file__).parent.parent / "cse_workbook"
    policy = (package / "policies" / "default.toml").read_text(encoding="utf-8")
    two = 'value = 2\nwhy = "Made up."\ndecided_by = "Example Board"\ndecided_on = 2026-11-01\n'
    (tmp_path / "two.toml").write_text(f"{policy}\n[reading.several]\n{two}", encoding="utf-8")
    (tmp_path / "one.json").write_bytes(
        lines({**GOOD, "answers": {"self_harm": "yes", "young_carer": "yes"}})
    )

    ended = run(
        *("screen", tmp_path / "one.json", "--policy", tmp_path / "two.toml"),
        *("--instrument", package / "instruments" / "occ_safeguard.toml"),
        home=tmp_path,
    )

    assert ended.status == 0
    assert "The guidance says: REFER NOW" in ended.out
    text = " ".join(ended.out.split())
    assert "As published it would be: Assess today." in text
    assert "Local policy reads it otherwise: 2. Decided by Example Board, 1 November 2026." in text


def test_an_unknown_policy_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    ended = run("screen", "-", "--policy", "defaults", home=tmp_path, given=lines(GOOD))

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("POLICY_04 · defaults: there is no policy of this name. Did you")


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        (["scren"], "Unknown command"),
        (["screen"], 'Command "screen" parameter FILE requires an argument'),
        (["screen", "--polcy"], "Unknown option: “--polcy”"),
        (["screen", "a.json", "--format", "xml"], 'Invalid value "xml" for --format.'),
        (["demo", "--cases", "many"], "Invalid value for --cases"),
    ],
)
def test_a_command_that_is_not_understood_is_refused_with_its_help(
    tokens: list[str], message: str, tmp_path: Path
) -> None:
    ended = run(*tokens, home=tmp_path)

    command = f" {tokens[0]}" if tokens[0] != "scren" else ""
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"CLI_01 · command line: {message}")
    assert ended.err.endswith(
        f"Run `cse-workbook{command} --help` to see how the command is given.\n"
    )


def test_an_unknown_option_is_named_in_a_whole_sentence(tmp_path: Path) -> None:
    ended = run("screen", "-x", home=tmp_path)

    assert ended.err == (
        "CLI_01 · command line: Unknown option: “-x”. Run `cse-workbook screen --help` to see how"
        " the command is given.\n"
    )


# score


def test_a_table_is_scored_into_another(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("age,self_harm\n14,yes\n13,no\n", encoding="utf-8")

    ended = run("score", tmp_path / "in.csv", tmp_path / "out.csv", home=tmp_path)

    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "Scored 2 screenings into out.csv.\n"
    assert (
        (tmp_path / "out.csv")
        .read_text(encoding="utf-8")
        .splitlines()[1]
        .startswith('1,"assess_today"')
    )


def test_a_table_with_a_bad_row_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("age,self_harm\n14,maybe\n", encoding="utf-8")

    ended = run("score", tmp_path / "in.csv", tmp_path / "out.csv", home=tmp_path)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("TABLE_02 · in.csv, column “self_harm”: row 1: ")
    assert not (tmp_path / "out.csv").exists()


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("age,self_harm\n14,yes\n", encoding="utf-8")
    ours, theirs = pty.openpty()

    subprocess.run(
        [sys.executable, "-m", "cse_workbook", "score", tmp_path / "in.csv", tmp_path / "o.csv"],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        env={**environment(tmp_path), "TERM": "xterm"},
        check=True,
    )

    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "1 screenings" in shown
    assert "100%" in shown


# instrument


def test_an_instrument_without_problems_is_said_to_have_none(tmp_path: Path) -> None:
    package = Path(__file__).parent.parent / "cse_workbook"

    ended = run(
        "instrument", "check", package / "instruments" / "occ_safeguard.toml", home=tmp_path
    )

    assert ended.status == 0
    assert re.fullmatch(
        r"occ_safeguard\.toml: no problem found\. occ_safeguard, edition 1: 50 indicators, \d+"
        r" rules\.\n",
        ended.out,
    )


def test_an_instrument_with_problems_is_told_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[rule]]\nkey = "x"\nwhen = [{ at_most = 1 }]\n')

    ended = run("instrument", "check", tmp_path / "a.toml", home=tmp_path)

    assert (ended.status, ended.err) == (1, "")
    assert "INSTRUMENT_02 · a.toml, key: " in ended.out
    assert "INSTRUMENT_07 · a.toml, rule “x”: " in ended.out


def test_an_instrument_is_shown_for_a_practitioner(occ: Instrument, tmp_path: Path) -> None:
    ended = run("instrument", "show", home=tmp_path)

    text = " ".join(ended.out.split())
    named = [f"{i.label} [{i.key}]" for i in occ.indicators] + [
        f"{rule.label} [{rule.key}]" for rule in occ.rules
    ]
    quoted = [f"“{i.cite.quote}”" for i in occ.indicators]
    assert ended.status == 0
    assert [words for words in named + quoted if " ".join(words.split()) not in text] == []
    assert "When at least 3 of: Vulnerabilities, Signs of harm, Further signs." in text
    assert "Decided by the editors of this instrument" in text
    assert "By when: today (from the guidance). Who: " in text


def test_digests_name_instrument_and_policy(
    occ: Instrument, default_policy: Policy, tmp_path: Path
) -> None:
    ended = run("instrument", "digest", home=tmp_path)

    assert ended.out.splitlines() == [
        f"instrument occ_safeguard edition 1 {occ.digest}",
        f"policy default {default_policy.digest}",
    ]


# The record


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
        unfinished = store.drafts.of(getuser())
    assert [bool(draft.answers["worry"]) for draft in unfinished] == [True, True]


# What goes wrong


def test_a_fault_of_ours_is_one_line_with_a_reference_and_no_data(tmp_path: Path) -> None:
    program = """
import sys
from cse_workbook import cli

@cli.app.command
def burst() -> None:
    try:
        raise LookupError("Zoltan Example")
    except LookupError as error:
        raise RuntimeError("Zoltan Example") from error

cli.main(["burst"])
"""
    home = tmp_path / "home"

    ended = run(home=home, program=program)

    found = re.fullmatch(
        r"CLI_02 · cse-workbook: something went wrong that is not your fault\. Reference"
        r" (E-[0-9A-F]{8})\. Nothing was half recorded\. Tell your administrator the reference and"
        r" the file (.+)\.\n",
        ended.err,
    )
    assert (ended.status, ended.out) == (3, "")
    assert found is not None
    log = Path(found[2]).read_text(encoding="utf-8")
    assert log.count(found[1]) == 1
    assert "RuntimeError" in log
    assert "LookupError" in log
    assert "Zoltan" not in log


def test_a_fault_that_cannot_be_logged_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    program = """
from cse_workbook import cli

@cli.app.command
def burst() -> None:
    raise RuntimeError("Zoltan Example")

cli.main(["burst"])
"""

    ended = run(home=tmp_path / "file", program=program)

    assert ended.status == 3
    assert ended.err.endswith(
        "Tell your administrator the reference; its details could not be written.\n"
    )


def test_stopping_a_command_is_a_plain_line(tmp_path: Path) -> None:
    program = """
import sys
from cse_workbook.cli import main
print("up", flush=True)
main(["screen", "-"])
"""
    stopped = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    assert stopped.stdout is not None
    assert stopped.stdout.readline() == b"up\n"

    time.sleep(1)
    stopped.send_signal(signal.SIGINT)
    out, err = stopped.communicate(timeout=60)

    assert (stopped.returncode, out) == (130, b"")
    assert err == b"Stopped. Nothing was left half done.\n"


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_bytes(lines(*[GOOD] * 200))
    command = subprocess.Popen(
        [sys.executable, "-m", "cse_workbook", "screen", tmp_path / "many.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    assert command.stdout is not None
    assert command.stderr is not None

    command.stdout.readline()
    command.stdout.close()

    assert command.wait(timeout=60) == 141
    assert command.stderr.read() == b""
    command.stderr.close()


def test_a_terminal_that_knows_no_quotation_marks_is_no_fault(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "cse_workbook", "screen", "-"],
        input=lines(GOOD),
        capture_output=True,
        env={**environment(tmp_path), "PYTHONIOENCODING": "ascii"},
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"ASSESS TODAY" in ended.stdout
