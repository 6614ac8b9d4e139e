"""What README.md promises is so: its code runs and prints what it says, its commands exist."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    set(re.findall(r"^cse-workbook ((?:instrument )?[a-z]+)", README, flags=re.MULTILINE))
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cse_workbook", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


EXAMPLES = list(
    zip(
        re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL),
        re.findall(r"```text\n(.*?)```", README, flags=re.DOTALL),
        strict=True,
    )
)


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_the_code_prints_what_the_readme_says(code, printed):
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})

    assert out.getvalue() == printed


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_has_help(command):
    helped = run(*command.split(), "--help")

    assert helped.returncode == 0
    assert f"cse-workbook {command}" in helped.stdout


def test_every_command_is_in_the_readme():
    listed = re.findall(r"^  ([a-z]+): ", run("--help").stdout, flags=re.MULTILINE)

    assert set(listed) == {command.split()[0] for command in COMMANDS}


def test_the_picture_is_there():
    [picture] = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)

    assert (Path(__file__).parents[1] / picture).is_file()
