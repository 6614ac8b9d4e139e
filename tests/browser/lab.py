"""A real JupyterLab on a folder of notebooks, with everything it writes in one place apart."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Final

import psutil
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import until

ENOUGH: Final = 20
_WHOLE_NOTEBOOK: Final = 120_000  # milliseconds, on a machine that does other things too
_TREE: Final = Path(__file__).parents[2]
NOTEBOOKS: Final = _TREE / "notebooks"
# The option of `make lab` by which nothing that a notebook shows is saved with it.
[HOOK] = re.findall(r"--FileContentsManager\S+", (_TREE / "Makefile").read_text(encoding="utf-8"))
# It would ask the net for news.
_QUIET: Final = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+(?=/lab)")
_OPTIONS: Final = (
    *("--no-browser", "--allow-root", "--port=0", "--LabApp.extension_manager=readonly"),
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
_PLACES: Final = {
    **{"JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_SETTINGS_DIR": "settings"},
    **{"JUPYTER_DATA_DIR": "data", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"},
    **{"JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython"},
}


class Lab:
    """JupyterLab as a person starts it, on the records of a data folder."""

    def __init__(self, folder: Path, home: Path, *options: str) -> None:
        """Take the folder for all that it writes, the data folder of the workbook, and options."""
        self.folder, self.home, self.options = folder, home, options
        self.token = secrets.token_urlsafe(16)
        self.origin = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.n_opened = 0

    @property
    def books(self) -> Path:
        """The folder of the notebooks."""
        return self.folder / "books"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = self.folder / "config" / "labconfig" / "page_config.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(_QUIET), encoding="utf-8")
        self.books.mkdir()
        written = self.folder / "lab.log"
        own = {name: str(self.folder / place) for name, place in _PLACES.items()}
        ours = {"JUPYTER_TOKEN": self.token, "CSE_WORKBOOK_HOME": str(self.home)}
        options = (*_OPTIONS, f"--notebook-dir={self.books}", *self.options)
        with written.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *options],
                env={**os.environ, **own, **ours},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: _ADDRESS.search(written.read_text("utf-8")), "JupyterLab did not start")
        self.origin = _ADDRESS.findall(written.read_text("utf-8"))[0]

    def stop(self) -> None:
        """End it, and everything it started."""
        if self.process is None or self.process.poll() is not None:
            return
        server = psutil.Process(self.process.pid)
        everything = [server, *server.children(recursive=True)]
        server.terminate()
        # It may wait for ever for a kernel that is just being started again.
        _, left = psutil.wait_procs(everything, ENOUGH)
        for each in left:
            each.kill()
        self.process.wait()

    def open(self, page: Page, name: str) -> "Notebook":
        """Open a copy of one of our notebooks, and run it."""
        return self.open_text(page, (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))

    def open_code(self, page: Page, *cells: str) -> "Notebook":
        """Open a notebook of cells of code, and run it."""
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
        made = [{**empty, "id": f"cell-{n}", "source": cell} for n, cell in enumerate(cells)]
        whole = {"cells": made, "metadata": {"kernelspec": kernel}}
        return self.open_text(page, json.dumps({**whole, "nbformat": 4, "nbformat_minor": 5}))

    def open_text(self, page: Page, text: str) -> "Notebook":
        """Open a notebook, with a kernel that no other has, and run it."""
        self.n_opened += 1
        file = self.books / f"book_{self.n_opened}.ipynb"
        file.write_text(text, encoding="utf-8")
        notebook = Notebook(page, file)
        page.goto(f"{self.origin}/lab/tree/{file.name}?reset&token={self.token}")
        notebook.run()
        return notebook


class Notebook:
    """One notebook in a window of its own, and the page of the workbook inside it."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page, self.file = page, file
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def run(self) -> None:
        """Run all cells, as the menu does."""
        expect(self.page.get_by_role("button", name=re.compile("Python 3.*Idle"))).to_be_visible()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        last = self.page.locator(".jp-InputPrompt").last
        expect(last).to_have_text(re.compile(r"\[\d+\]:"), timeout=_WHOLE_NOTEBOOK)

    @property
    def root(self) -> Locator:
        """The page of the workbook."""
        return self.page.locator(".cse")

    @property
    def heading(self) -> Locator:
        return self.root.get_by_role("heading", level=1)

    @property
    def saving(self) -> Locator:
        """The saving line."""
        return self.root.get_by_role("status").first

    def press(self, words: str) -> None:
        self.root.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        self.root.get_by_role("link", name=words, exact=True).click()

    def is_at(self, heading: str) -> None:
        """See that the page with this heading is shown, and has the focus."""
        expect(self.heading).to_have_text(heading)
        expect(self.heading).to_be_focused()

    def box(self, field: str) -> Locator:
        return self.root.locator(f'[name="{field}"]')

    def choose(self, field: str, value: str) -> None:
        """Choose a radio by its label."""
        box = self.root.locator(f'input[name="{field}"][value="{value}"]')
        self.root.locator(f'label[for="{box.get_attribute("id")}"]').click()
        expect(box).to_be_checked()
