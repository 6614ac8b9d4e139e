"""Run the comparisons named, or all: `python -m benchmarks [scoring recording caseload page …]`."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks import answer, audit, caseload, extract, memory, page, recording, scaled, scoring
from benchmarks.ratio import Ratio

BENCHMARKS: Mapping[str, Callable[[], Iterator[Ratio]]] = {
    "scoring": scoring.compare,
    "recording": recording.compare,
    "caseload": caseload.compare,
    "extract": extract.compare,
    "audit": audit.compare,
    "scaled": scaled.compare,
    "memory": memory.compare,
    "page": page.compare,
    "answer": answer.compare,
}
_LINE = "{:<26} {:<34} {:>10} {:>10} {:>8} {:>7}  {}"


def main(names: Sequence[str]) -> int:
    """Print a line for each comparison as it is made; refuse a name that is not there."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no {', '.join(unknown)}. Choose from: {', '.join(BENCHMARKS)}.")
        return 2
    print(_LINE.format("what", "compared with", "ours", "theirs", "ratio", "target", ""))
    for name in names or BENCHMARKS:
        for found in BENCHMARKS[name]():
            print(line(found), flush=True)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Medians of measurements taken in turn. {os.cpu_count()} processors, load {load}.")
    print("What is compared, and why that is fair, stands at the top of each file in benchmarks/.")
    return 0


def line(found: Ratio) -> str:
    """Word one comparison."""
    return _LINE.format(
        found.name,
        found.baseline,
        f"{found.ours:.3g} {found.unit}",
        f"{found.theirs:.3g} {found.unit}",
        f"{found.ratio:.2f}",
        f"{found.target:g}",
        "met" if found.is_met else "not met",
    )


sys.exit(main(sys.argv[1:]))
