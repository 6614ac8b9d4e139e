"""How is one notebook run for every agency of an extract, at the same time?

Each run is a process of its own with a folder of its own, under one folder that gets its name only
when all are done: all or nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from cse_workbook.audit.parameters import AGENCY, FOLDER, agencies, declared, fitting
from cse_workbook.audit.running import notebook_of, run
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import placed

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def run_each(
    name: str,
    given: Mapping[str, str],
    folder: Path,
    *,
    workers: int,
    told: Callable[[str, int, int], None],
) -> list[str]:
    """Run a notebook for each agency of the extract, and give the agencies.

    `told` hears of each that is done: its name, how many are done, how many there are. Raises
    AUDIT_17 for a notebook that takes no extract, and what `run` does.
    """
    if folder.exists():
        raise WorkbookError(problem("AUDIT_08", folder.name))
    notebook = notebook_of(name)
    if FOLDER not in declared(notebook):
        raise WorkbookError(problem("AUDIT_17", "--all-agencies", notebook=name))
    fitting(notebook, given)
    names = agencies(Path(given[FOLDER]))
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    with placed(folder, "AUDIT_09") as part, pool:
        runs = {
            pool.submit(run, name, {**given, AGENCY: agency}, part / slug): agency
            for agency, slug in zip(names, _slugs(names), strict=True)
        }
        try:
            for done, each in enumerate(as_completed(runs), 1):
                each.result()
                told(runs[each], done, len(runs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return names


def _slugs(names: Sequence[str]) -> list[str]:
    """Give a folder name for each agency; its number keeps two apart that read alike."""
    return [f"{n:02}-{_OTHER.sub('-', name.lower()).strip('-')}" for n, name in enumerate(names, 1)]
