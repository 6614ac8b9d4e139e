"""What a notebook showed never stands in its file."""

from pathlib import Path

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager

HOOK = "cse_workbook.lab.without_outputs"
CANARY = "Canary Example of C-0042"


def saved(folder: Path, name: str) -> nbformat.NotebookNode:
    shown = nbformat.v4.new_output("stream", text=CANARY)
    cell = nbformat.v4.new_code_cell("wb.caseload()", outputs=[shown], execution_count=3)
    cell.metadata["execution"] = {"iopub.status.idle": "2026-11-22T14:02:00Z"}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A"), cell])
    book.metadata["widgets"] = {"state": CANARY}
    server = FileContentsManager(root_dir=str(folder), pre_save_hook=HOOK)
    server.save({"type": "notebook", "format": "json", "content": book}, name)
    return nbformat.read(folder / name, as_version=4)


@pytest.mark.parametrize("name", ["caseload.ipynb", "my own look.ipynb"])
def test_a_notebook_is_saved_without_what_it_showed(tmp_path, name):
    book = saved(tmp_path, name)

    assert CANARY not in (tmp_path / name).read_text(encoding="utf-8")
    assert book.cells[1].source == "wb.caseload()"
    assert book.cells[1].execution_count is None
    assert book.cells[1].metadata == {}


def test_a_guide_keeps_what_it_shows_because_it_is_made_up(tmp_path):
    book = saved(tmp_path, "guide_case_review.ipynb")

    assert book.cells[1].outputs[0].text == CANARY


def test_other_files_are_saved_as_they_are(tmp_path):
    server = FileContentsManager(root_dir=str(tmp_path), pre_save_hook=HOOK)

    server.save({"type": "file", "format": "text", "content": "a note"}, "note.txt")

    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "a note"
