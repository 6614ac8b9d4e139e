"""What a person meets at the terminal when something goes wrong."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import GOOD, environment, lines, run


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


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_stopping_a_command_is_a_plain_line(tmp_path: Path, told: signal.Signals) -> None:
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
    stopped.send_signal(told)
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
