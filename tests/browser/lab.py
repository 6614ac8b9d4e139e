"""A real JupyterLab on a folder of notebooks, with everything it writes in one place apart."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import psutil
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import PATIENCE, until

NOTEBOOKS: Final = Path(__file__).parents[2] / "notebooks"
# It would ask the net for news.
_QUIET: Final = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+(?=/lab)")
_OPTIONS: Final = (
    *("--no-browser", "--allow-root", "--port=0", "--LabApp.extension_manager=readonly"),
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


class Lab:
    """JupyterLab as a person of this machine starts it, on the records of a data folder."""

    def __init__(self, folder: Path, home: Path) -> None:
        """Take the folder for all that it writes, and the data folder of the workbook."""
        self.folder, self.home = folder, home
        self.books = folder / "books"
        self.books.mkdir(parents=True)
        self.token = secrets.token_urlsafe(16)
        self.origin = ""
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = self.folder / "config" / "labconfig" / "page_config.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(_QUIET), encoding="utf-8")
        log_file = self.folder / "lab.log"
        with log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *_OPTIONS, f"--ServerApp.root_dir={self.books}"],
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: _ADDRESS.search(log_file.read_text("utf-8")), "JupyterLab did not start")
        self.origin = _ADDRESS.search(log_file.read_text("utf-8"))[0]

    def _environment(self) -> dict[str, str]:
        places = {
            **{"JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_SETTINGS_DIR": "settings"},
            **{"JUPYTER_DATA_DIR": "data", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"},
            **{"JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython"},
        }
        own = {name: str(self.folder / place) for name, place in places.items()}
        return {
            **os.environ,
            **own,
            "JUPYTER_TOKEN": self.token,
            "CSE_WORKBOOK_HOME": str(self.home),
        }

    def stop(self) -> None:
        """End it, and everything it started."""
        if self.process is None or self.process.poll() is not None:
            return
        started = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        _, left = psutil.wait_procs(started, PATIENCE)
        for each in left:
            each.kill()

    def put(self, notebook: Path) -> None:
        """Put a copy of a notebook where it can be opened."""
        shutil.copy(notebook, self.books / notebook.name)

    def write(self, name: str, *cells: str) -> None:
        """Write a notebook of cells of code."""
        whole = {
            "cells": [
                {
                    **{"cell_type": "code", "id": f"cell-{place}", "source": cell},
                    **{"execution_count": None, "metadata": {}, "outputs": []},
                }
                for place, cell in enumerate(cells)
            ],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
            },
            **{"nbformat": 4, "nbformat_minor": 5},
        }
        (self.books / name).write_text(json.dumps(whole), encoding="utf-8")

    def open(self, page: Page, name: str) -> None:
        """Open a notebook in a window of its own, and run all its cells, as its menu does."""
        page.goto(f"{self.origin}/lab/tree/{name}?reset&token={self.token}")
        expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    def root(self, page: Page) -> Locator:
        """Give the page of the workbook inside the notebook."""
        return page.locator(".cse")
