"""How is an audit run: checked first, whole or not at all, and the same again?

papermill executes the notebook in a kernel of its own. It works in a folder that gets its name
only when everything is in it; a run that fails leaves nothing. The kernel keeps no history.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
import nbformat
import papermill
from traitlets.config import Config

from cse_workbook import account
from cse_workbook.audit import kept, results
from cse_workbook.audit.parameters import FILES, FOLDER, SHEET, Value, fitting
from cse_workbook.audit.results import Input, Origin, Result
from cse_workbook.audit.source import ENGINE, INPUTS, digest_of
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.extracts import placed, read_manifest

_PACKAGE: Final = Path(__file__).parents[1]
# As it is installed, or as it stands in the repository.
_NOTEBOOKS: Final = (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks")
# Between this process and the kernel: files of this account, not a port that others can open.
_CHANNELS: Final = Config({"KernelManager": {"transport": "ipc"}})
_REFUSED: Final = "WorkbookError"
_AS_THEY_ARE: Final[Mapping[str, str]] = {}
NAMES: Final = (
    "audit_period",
    "compare_periods",
    "audit_record_quality",
    "audit_case_sample",
    "calibration",
)


def notebook_of(name: str) -> Path:
    """Give the file of an audit notebook. Raises AUDIT_12 with the near miss."""
    if name not in NAMES:
        known = ", ".join(NAMES)
        raise WorkbookError(problem("AUDIT_12", name, near=near(name, NAMES), known=known))
    return next(path for each in _NOTEBOOKS if (path := each / f"{name}.ipynb").exists())


def run(
    name: str,
    given: Mapping[str, str],
    folder: Path,
    *,
    engine: str = "",
    progress: bool = False,
    called: Mapping[str, str] = _AS_THEY_ARE,
) -> Result:
    """Run a notebook into a folder that is not there yet, and give how it was made.

    `engine` is the address of a Dask scheduler, `DASK` for this machine, or nothing for pandas: the
    figures are the same.
    `given` holds parameters as they were typed; `called` what an input is called in the results,
    where that is not the last name of its path. Raises what `fitting` does before anything runs,
    AUDIT_05 to AUDIT_07 for a cell that was refused, failed, or shows what it may not, AUDIT_08 and
    AUDIT_09 for the folder, AUDIT_24 for two files or folders that are called the same.
    """
    if folder.exists():
        raise WorkbookError(problem("AUDIT_08", folder.name))
    notebook = notebook_of(name)
    values = fitting(notebook, given)
    paths = {each: Path(str(values[each])) for each in (*FILES, SHEET) if values.get(each)}
    inputs = {each: path for each, path in paths.items() if each != SHEET}
    names = {each: called.get(each, path.name) for each, path in paths.items()}
    if len({*names.values()}) < len(names):
        raise WorkbookError(problem("AUDIT_24", name, names=", ".join(names.values())))
    told = {**values, **names}
    found = {names[each]: path for each, path in paths.items()}
    with placed(folder, "AUDIT_09") as part:
        executed = kept.scrubbed(_execute(notebook, told, found, engine, progress))
        facts = kept.keep(executed, part, name)
        result = Result(
            run=results.new_run(account.name()),
            made_at=datetime.now(UTC),
            notebook=name,
            notebook_sha256=sha256(notebook.read_bytes()).hexdigest(),
            parameters=told,
            inputs={each: _input(each, path, names[each]) for each, path in inputs.items()},
            versions=results.versions(),
            rows_in={name: rows for each in facts for name, rows in each.rows_in.items()},
            rows_out={each.name: each.rows for each in facts},
            checks=sorted({check for each in facts for check in each.checks}),
            files=results.digests(part),
        )
        results.write(part, result)
    return result


def verify(folder: Path, given: Mapping[str, str]) -> list[str]:
    """Run results again and name what differs from them: files and facts, but no name or time.

    Inputs are looked for beside the results and here, unless `given` says where they are; what they
    are called there makes no difference. Raises AUDIT_13 where there are no results, AUDIT_14 for
    an input that is another, AUDIT_18 for a name of none, and what `run` does.
    """
    before = results.read(folder)
    called = {name: made_of.name for name, made_of in before.inputs.items()}
    known = ", ".join(called) or "there is none"
    if strange := [
        problem("AUDIT_18", name, near=near(name, [*called]), known=known)
        for name in given
        if name not in called
    ]:
        raise WorkbookError(strange)
    changed = results.changed(folder, before)
    again = {name: str(value) for name, value in before.parameters.items()}
    for name, made_of in before.inputs.items():
        path = Path(given[name]) if name in given else _beside(folder, made_of.name)
        if not path.exists() or _input(name, path, path.name).sha256 != made_of.sha256:
            raise WorkbookError(problem("AUDIT_14", path.name, name=name))
        again[name] = str(path)
    with TemporaryDirectory() as scratch:
        if SHEET in again:
            again[SHEET] = str(Path(scratch) / again[SHEET])
        after = run(before.notebook, again, Path(scratch) / folder.name, called=called)
    return sorted({*changed, *before.again(after)})


def _beside(folder: Path, name: str) -> Path:
    beside = folder.resolve().parent / name
    return beside if beside.exists() else Path(name)


def _input(name: str, path: Path, called: str) -> Input:
    if name == FOLDER:
        made_of = Origin.of_extract(read_manifest(path))
        return Input(name=called, sha256=digest_of(path), made_of=made_of)
    return Input(name=called, sha256=sha256(path.read_bytes()).hexdigest())


def _execute(
    notebook: Path,
    values: Mapping[str, Value],
    paths: Mapping[str, Path],
    engine: str,
    progress: bool,
) -> Any:
    """Execute a notebook and give it; an error is told without what the kernel said of it."""
    with TemporaryDirectory() as scratch, _told(paths, engine, Path(scratch)):
        target = Path(scratch) / "executed.ipynb"
        try:
            papermill.execute_notebook(
                str(notebook),
                str(target),
                parameters=dict(values),
                kernel_name="python3",
                progress_bar=progress,
                store_widget_state=False,
                record_timing=False,
                cwd=scratch,
                config=_CHANNELS,
            )
        except papermill.PapermillExecutionError as stopped:
            raise WorkbookError(_stopped(notebook.stem, stopped)) from None
        return nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]


def _stopped(name: str, stopped: Any) -> Any:
    cell = stopped.cell_index + 1
    if stopped.ename == _REFUSED:
        # Our own messages quote nothing that is recorded about a child.
        return problem("AUDIT_05", name, cell=cell, detail=stopped.evalue)
    return problem("AUDIT_06", name, cell=cell, error=stopped.ename)


@contextmanager
def _told(paths: Mapping[str, Path], engine: str, scratch: Path) -> Iterator[None]:
    """Tell the kernel where its files are, and let it keep its history in a folder that goes."""
    found = {name: str(path.resolve()) for name, path in paths.items()}
    told = {
        INPUTS: msgspec.json.encode(found).decode(),
        ENGINE: engine,
        "IPYTHONDIR": str(scratch / "ipython"),
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ |= told
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
