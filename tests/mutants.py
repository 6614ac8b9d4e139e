"""Change the core line by line, and show which changes the tests do not notice.

Run by `make mutants`; it takes a quarter of an hour. A change that no test can notice stands
in `mutants.txt` with its reason. Exit status 1 where another survives, or one listed there is gone.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

EXPLAINED: Final = Path(__file__).parent / "mutants.txt"
MUTMUT: Final = [sys.executable, "-m", "mutmut"]


def explained() -> set[str]:
    """Give the names of the changes that are explained, a line each: name, blank, reason."""
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


def unnoticed() -> set[str]:
    """Run the changes, and give the names of those after which all tests still pass."""
    # Copies from an earlier run would be tested in place of what stands here now.
    shutil.rmtree(EXPLAINED.parent.parent / "mutants", ignore_errors=True)
    subprocess.run([*MUTMUT, "run"], check=True)
    results = subprocess.run([*MUTMUT, "results"], check=True, capture_output=True, text=True)
    states = (line.strip().split(": ") for line in results.stdout.splitlines() if ": " in line)
    return {name for name, state in states if state != "timeout"}  # tests that never end notice


def main() -> int:
    """Compare what survives with what is explained."""
    found, known = unnoticed(), explained()
    for name in sorted(found - known):
        print(f"{name}: no test notices this change. See `mutmut show {name}`.")
    for name in sorted(known - found):
        print(f"{name}: explained in mutants.txt, and noticed by a test now. Remove the line.")
    return int(found != known)


if __name__ == "__main__":
    sys.exit(main())
