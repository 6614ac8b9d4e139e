"""What of an executed notebook is kept, and in which forms?

Only what went through disclosure control. Whatever else a cell has put out (a table of rows, a
print, a warning with a path in it) refuses the whole run. What papermill notes of times and paths
is taken out, so that the same input gives the same bytes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import nbformat
from markupsafe import Markup
from nbconvert.filters import markdown2html

from cse_workbook.audit.results import TABLES
from cse_workbook.audit.shown import CSV, FACTS, HTML, Facts, render
from cse_workbook.disclosure import ledger
from cse_workbook.errors import WorkbookError, problem

SHOWN: Final = ("display_data", "execute_result")
INJECTED: Final = "injected-parameters"
_NOTED: Final = ("papermill", "execution", "widgets")


def scrubbed(notebook: Any) -> Any:
    """Take out of an executed notebook what is not the same in every run, and give it back."""
    for part in (notebook, *notebook.cells):
        for each in _NOTED:
            part.metadata.pop(each, None)
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", ()):
            cell.id = INJECTED
    return notebook


def keep(notebook: Any, folder: Path, name: str) -> list[Facts]:
    """Write the notebook, the page, the CSV files and the printed tables; give what was shown.

    Raises AUDIT_07 for an output that did not go through disclosure control.
    """
    shown = [each for _, each in _shown(notebook)]
    facts = [msgspec.convert(each[FACTS], Facts) for each in shown]
    written = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat has no types
    (folder / f"{name}.ipynb").write_text(written, encoding="utf-8")
    (folder / f"{name}.html").write_text(_page(notebook), encoding="utf-8")
    for each, said in zip(shown, facts, strict=True):
        (folder / f"{said.name}.csv").write_text(each[CSV], encoding="utf-8")
    tables = ledger.Ledger().remembering(*(each.table for each in facts if each.table))
    (folder / TABLES).write_bytes(ledger.write(tables) + b"\n")
    return facts


def _shown(notebook: Any) -> Iterator[tuple[int, Any]]:
    """Give what each cell shows, with the number of the cell."""
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type not in SHOWN or FACTS not in output.data:
                where = f"notebook, cell {number}"
                raise WorkbookError(problem("AUDIT_07", where, cell=number))
            yield number, output.data


def _page(notebook: Any) -> str:
    """Write the page: the words of the notebook, and what is shown, without the code."""
    blocks = [
        Markup(markdown2html(cell.source) if cell.cell_type == "markdown" else output)
        for cell in notebook.cells
        for output in (
            [each.data[HTML] for each in cell.outputs] if cell.cell_type == "code" else [""]
        )
    ]
    return render("report.html.j2", title=notebook.metadata["title"], blocks=blocks)
