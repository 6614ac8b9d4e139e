"""Which parameters does an audit notebook take, and do those that are given fit?

The cell tagged `parameters` is their declaration: name, type, value, and after `#` what it means.
Names are checked against it, because papermill would run a name as code; values by what the name
stands for, before anything runs.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec
import papermill
import pyarrow.parquet as pq

from cse_workbook.audit.source import check_agency
from cse_workbook.audit.words import listed
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.extracts import read_manifest
from cse_workbook.frames import BREAKDOWNS, SCHEMAS
from cse_workbook.measures import read_period

Value = str | int
FOLDER, AGENCY = "extract", "agency"
FILES: Final = (FOLDER, "results", "readings")
SHEET: Final = "sheet"
_TYPES: Final[Mapping[str, type[Value]]] = {"str": str, "int": int}


class Parameter(msgspec.Struct, frozen=True):
    """One parameter: its type (text or whole number), the value it has by itself, its meaning."""

    name: str
    type: str
    default: str
    meaning: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """Read which parameters a notebook takes."""
    found = papermill.inspect_notebook(str(notebook))
    return {
        name: Parameter(name, each["inferred_type_name"], each["default"], each["help"])
        for name, each in found.items()
    }


def fitting(notebook: Path, given: Mapping[str, str]) -> dict[str, Value]:
    """Turn what was given into values that fit a notebook.

    Raises AUDIT_01 and AUDIT_02 for a name or a type that does not fit, AUDIT_03 for an agency that
    the extract does not have, AUDIT_04 without an extract where one is asked for, AUDIT_10 for a
    file that is not there, AUDIT_11 for a column, AUDIT_15 and AUDIT_19 for a sheet that cannot be
    written, and what `read_period` and `read_manifest` raise.
    """
    known = declared(notebook)
    problems = [
        problem("AUDIT_01", name, notebook=notebook.stem, near=near(name, list(known)))
        for name in given
        if name not in known
    ]
    values: dict[str, Value] = {}
    for name in (each for each in given if each in known):
        try:
            values[name] = _TYPES[known[name].type](given[name])
            _check(name, given[name])
        except ValueError:
            problems.append(problem("AUDIT_02", name, meaning=known[name].meaning))
        except WorkbookError as refused:
            problems += refused.problems
    if FOLDER in known and not given.get(FOLDER):
        problems.append(problem("AUDIT_04", FOLDER, notebook=notebook.stem))
    if problems:
        raise WorkbookError(problems)
    if AGENCY in values:
        check_agency(str(values[AGENCY]), agencies(Path(given[FOLDER])))
    return values


def agencies(extract: Path) -> list[str]:
    """Give the agencies of an extract, by name. Raises EXTRACT_03 for one that is damaged."""
    try:
        columns = [
            pq.read_table(str(extract / f"{name}.parquet"), columns=[AGENCY])[AGENCY].unique()
            for name in SCHEMAS
        ]
    except (OSError, ValueError, KeyError):
        raise WorkbookError(problem("EXTRACT_03", extract.name)) from None
    return sorted({str(each) for column in columns for each in column.to_pylist()})


def _check(name: str, value: str) -> None:
    if value and name in _CHECKS:
        _CHECKS[name](value)


def _number(value: str) -> None:
    if int(value) < 1:
        raise ValueError


def _is_there(value: str) -> None:
    if not Path(value).is_file():
        raise WorkbookError(problem("AUDIT_10", Path(value).name))


def _is_new(value: str) -> None:
    path = Path(value)
    if not os.access(path.parent, os.W_OK | os.X_OK) or not path.parent.is_dir():
        raise WorkbookError(problem("AUDIT_19", path.name, folder=path.parent))
    if path.exists():
        raise WorkbookError(problem("AUDIT_15", path.name))


def _columns(value: str) -> None:
    for each in listed(value):
        if each not in BREAKDOWNS:
            raise WorkbookError(
                problem("AUDIT_11", each, near=near(each, BREAKDOWNS), known=", ".join(BREAKDOWNS))
            )


_CHECKS: Final[Mapping[str, Callable[[str], object]]] = {
    FOLDER: lambda value: read_manifest(Path(value)),
    "period": read_period,
    "before": read_period,
    "by": _columns,
    SHEET: _is_new,
    "seed": _number,
    "sample": _number,
    "n_periods": _number,
    "results": _is_there,
    "readings": _is_there,
}
