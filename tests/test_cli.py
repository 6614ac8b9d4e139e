"""What a person meets at the terminal: what is printed where, and the exit status.

The command is run as it is installed, in a process of its own.
"""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cse_workbook.instrument import Instrument
from cse_workbook.outcome import explain
from cse_workbook.policy import Policy
from cse_workbook.screening import read_screening
from tests.terminal import ADULT, ADULTS, COMMANDS, GOOD, OTHER, environment, lines, run


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
