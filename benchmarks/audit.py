"""How long does a quarter's audit of a million screenings take, beside reading it alone?

An extract of a million screenings, with all that belongs to them: 400 made-up children, dealt as
often as is needed under pseudonyms of their own.

- Ours: `cse-workbook audit audit_period` as a function: the extract checked and read, all measures
  counted, twelve quarters of each chart, every break-down, small numbers protected, notebook, page
  and files written.
- Theirs: papermill running a notebook with one empty cell, and one pandas read of the same files
  in a fresh process, whose start is not counted.

Memory is the peak of the kernel in which the notebook runs, against the five frames as pandas
holds them. Growth is the time a screening takes at a million against ten thousand, without what the
empty notebook takes.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import nbformat
import pandas as pd
import papermill

from benchmarks.ratio import Ratio, medians, seconds
from cse_workbook import instrument, policy
from cse_workbook.audit.running import run
from cse_workbook.audit.source import made_up_cases
from cse_workbook.extracts import Source, read_extract, write_extract
from cse_workbook.frames import WithAnswers, frames
from cse_workbook.synthetic import LAST_DAY

MILLION, FEW = 1_000_000, 10_000
QUARTER = "2026-Q3"
_IN_A_KERNEL = """
import json, resource, sys
from pathlib import Path
from cse_workbook.audit.running import run
run("audit_period", {"extract": sys.argv[1], "period": sys.argv[2]}, Path(sys.argv[3]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""

_IN_A_PROCESS = """
import sys, time
from pathlib import Path
import pandas as pd
start = time.perf_counter()
read = [pd.read_parquet(each) for each in sorted(Path(sys.argv[1]).glob("*.parquet"))]
print(time.perf_counter() - start)
"""


def compare() -> Iterator[Ratio]:
    """Compare whole runs with reading, their memory with the frames, and many with few."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (FEW, MILLION):
            extract(folder / f"{size}", size)
        empty = _empty_notebook(folder)
        many, few = folder / f"{MILLION}", folder / f"{FEW}"
        sides = {
            "ours": seconds(lambda: _audit(many, folder)),
            "few": seconds(lambda: _audit(few, folder)),
            "empty": seconds(lambda: _execute(empty)),
            "read": lambda: _read(many),
        }
        found = medians(sides, rounds=3)
        theirs = found["empty"] + found["read"]
        baseline = "empty notebook and one read"
        yield Ratio("a quarter's audit", baseline, found["ours"], theirs, unit="s", target=3)
        each = (
            (found[side] - found["empty"]) / size * 1e6
            for side, size in (("ours", MILLION), ("few", FEW))
        )
        yield Ratio("audit, a screening", f"at {FEW:,}", *each, unit="µs", target=1)
        peak, held = _peak(many, folder), _held(many)
        yield Ratio("memory of an audit", "the extract in memory", peak, held, unit="MB", target=4)


def extract(folder: Path, size: int) -> None:
    """Write an extract of about so many screenings."""
    local = policy.load()
    occ = policy.applied(instrument.load(), local)
    few = frames(made_up_cases(), occ, local, LAST_DAY)
    times = round(size / len(few.screenings))
    dealt = {name: _dealt(frame, times) for name, frame in msgspec.structs.asdict(few).items()}
    write_extract(folder, WithAnswers(**dealt), Source(occ, local, "0:0", "all", LAST_DAY))


def _dealt(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    """Repeat the rows of a frame, each time of other children."""
    keys = [each for each in ("child", "case") if each in frame]
    whole = pd.concat([frame] * times, ignore_index=True)
    turn = pd.Series(range(times)).repeat(len(frame)).astype("str").to_numpy()
    return whole.assign(**{each: whole[each] + "-" + turn for each in keys})


def _audit(extracted: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        run("audit_period", {"extract": str(extracted), "period": QUARTER}, Path(place) / "out")


def _empty_notebook(folder: Path) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    nbformat.write(notebook, folder / "empty.ipynb")
    return folder / "empty.ipynb"


def _execute(notebook: Path) -> None:
    papermill.execute_notebook(
        str(notebook),
        str(notebook.with_name("out.ipynb")),
        kernel_name="python3",
        progress_bar=False,
    )


def _read(folder: Path) -> float:
    """Measure one read in a process of its own, as that of a notebook is, without its start."""
    told = [sys.executable, "-c", _IN_A_PROCESS, str(folder)]
    ran = subprocess.run(told, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def _held(folder: Path) -> float:
    found = read_extract(folder).by_name().values()
    return float(sum(each.memory_usage(deep=True).sum() for each in found)) / 1e6


def _peak(extracted: Path, folder: Path) -> float:
    told = [str(extracted), QUARTER, str(folder / "out")]
    ran = subprocess.run(
        [sys.executable, "-c", _IN_A_KERNEL, *told], capture_output=True, text=True, check=True
    )
    return float(json.loads(ran.stdout.splitlines()[-1])) / 1e6
