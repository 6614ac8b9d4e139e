"""The command as it is installed, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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
