"""The command that asks the questions of an audit: `audit`."""

import os
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from cse_workbook.errors import Problem, WorkbookError, problem

DIFFERENT: Final = 1
Given = Annotated[list[str] | None, Parameter(name=["-p", "--parameter"], negative=())]
Where = Literal["here", "dask"]
Flag = Annotated[bool, Parameter(negative=())]


def audit(
    name: str = "",
    folder: Path | None = None,
    /,
    *,
    parameter: Given = None,
    all_agencies: Flag = False,
    verify: Path | None = None,
    parameters: Flag = False,
    engine: Where = "here",
    scheduler: str | None = None,
) -> int:
    """Run an audit notebook into a new folder: the notebook, a page, CSV files and a manifest.

    Small numbers are protected in all of it. Everything is checked before anything runs; a run that
    fails leaves nothing. Exit status 1 where --verify finds a difference.

    Parameters
    ----------
    name
        Notebook: audit_period, compare_periods, audit_record_quality, audit_case_sample or
        calibration.
    folder
        Folder to write; it must not be there yet. Left out: the name of the notebook.
    parameter
        A parameter of the notebook as `key=value`; as often as is needed.
    all_agencies
        Run it once for each agency of the extract, into a folder each.
    verify
        Folder of results: run it again on the same input and compare.
    parameters
        Print the parameters of the notebook and run nothing.
    engine
        `here` for pandas, `dask` for all processors of this machine or those of a scheduler. The
        figures are the same.
    scheduler
        Address of a Dask scheduler, such as tcp://127.0.0.1:8786.
    """
    from cse_workbook.audit.many import run_each
    from cse_workbook.audit.parameters import declared
    from cse_workbook.audit.running import notebook_of, run

    given = _read(parameter or [])
    if verify is not None:
        return _verified(verify, given)
    notebook = notebook_of(name)
    if parameters:
        for each in declared(notebook).values():
            print(f"{each.name}: {each.type} = {each.default}  {each.meaning}")
        return 0
    target = folder or Path(name)
    counting = _engine(engine, scheduler)
    if all_agencies:
        if counting:
            raise WorkbookError(
                _usage("--all-agencies has a process for each already: leave out --engine")
            )
        if "agency" in given:
            raise WorkbookError(_usage("--all-agencies runs it for each: leave out -p agency"))
        done = run_each(name, given, target, workers=os.cpu_count() or 1, told=_told)
        print(f"Results of {len(done)} agencies are in {target.name}, a folder each.")
        return 0
    result = run(name, given, target, engine=counting, progress=True)
    print(f"{len(result.rows_out)} tables are in {target.name}. Run {result.run}")
    for made_of in (each.made_of for each in result.inputs.values()):
        if made_of:
            print(f"Head {made_of.head}")
            print("They are not released yet: `cse-workbook release` is for a second person.")
    return 0


def _engine(engine: Where, scheduler: str | None) -> str:
    """Give where is counted, as `audit.running.run` takes it."""
    if engine == "here" and scheduler is not None:
        raise WorkbookError(_usage("--scheduler goes with --engine dask"))
    return "" if engine == "here" else scheduler or "dask"


def _verified(folder: Path, given: dict[str, str]) -> int:
    from cse_workbook.audit.running import verify

    differ = verify(folder, given)
    for each in differ:
        print(f"Differs: {each}")
    if not differ:
        print(f"The same again: {folder.name}, apart from the name and the time of the run.")
    return DIFFERENT if differ else 0


def _read(parameters: list[str]) -> dict[str, str]:
    """Read parameters as they are typed. Raises CLI_01 for one without an equals sign, or twice."""
    given: dict[str, str] = {}
    for each in parameters:
        name, equals, value = (part.strip() for part in each.partition("="))
        if not equals:
            raise WorkbookError(_usage(f"Not key=value: “{each}”"))
        if name in given:
            raise WorkbookError(_usage(f"Given twice: “{name}”"))
        given[name] = value
    return given


def _told(agency: str, done: int, total: int) -> None:
    print(f"{done} of {total}: {agency}", flush=True)


def _usage(detail: str) -> Problem:
    return problem("CLI_01", "command line", detail=detail, help="cse-workbook audit --help")
