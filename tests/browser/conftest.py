"""A real Chromium, a real server, and a person who is signed in.

Everything here ends with this folder's tests: while the browser is driven, an event loop runs, and
the other tests start their own.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.audits import run_all
from tests.browser.full_case import full_case
from tests.browser.lab import Lab, Notebook
from tests.browser.served import Served, made_up
from tests.browser.window import Window

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The workbook that most tests share; each works on drafts of its own."""
    workbook = Served(tmp_path_factory.mktemp("shared") / "data")
    workbook.start()
    yield workbook
    workbook.stop()


@pytest.fixture
def served_apart(tmp_path: Path) -> Iterator[Served]:
    """A workbook for one test, that may be stopped, filled or searched."""
    workbook = Served(tmp_path / "data")
    workbook.start()
    yield workbook
    workbook.stop()


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The lead officer's pages that tests share; those that write do so in a case of their own."""
    workbook = Served(made_up(tmp_path_factory.mktemp("office") / "data"), page="caseload")
    workbook.start()
    yield workbook
    workbook.stop()


@pytest.fixture(scope="package")
def full(office: Served) -> str:
    """A child of the shared office in whose record every kind of entry stands."""
    return full_case(office.folder, "Words of a colleague")


@pytest.fixture(scope="package")
def audits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an extract, and the result of each notebook of an audit of it: see `audits`."""
    folder = tmp_path_factory.mktemp("audits")
    run_all(folder)
    return folder


@pytest.fixture
def office_apart(tmp_path: Path) -> Iterator[Served]:
    """The lead officer's pages for one test, that may change all of the caseload."""
    workbook = Served(made_up(tmp_path / "data"), page="caseload")
    workbook.start()
    yield workbook
    workbook.stop()


@pytest.fixture(scope="package")
def sessions(chromium: Browser) -> Callable[[Served], Any]:
    """Sign in once for each server, as the address it prints does, and keep the cookies."""
    kept: dict[Path, Any] = {}

    def session(workbook: Served) -> Any:
        if workbook.folder not in kept:
            with chromium.new_context() as context:
                address = f"{workbook.origin}/?token={workbook.token()}"
                context.request.get(address, max_redirects=0)  # what follows would start a kernel
                kept[workbook.folder] = context.storage_state()
        return kept[workbook.folder]

    return session


Opener = Callable[..., Window]


@pytest.fixture
def windows(chromium: Browser, served: Served, sessions: Any) -> Iterator[Opener]:
    """Open windows, each in a browser of its own that is signed in; all are closed afterwards."""
    with ExitStack() as stack:

        def opener(workbook: Served = served, **options: Any) -> Window:
            wanted = {"viewport": {"width": 1280, "height": 900}, **options}
            state = sessions(workbook)
            context = stack.enter_context(chromium.new_context(storage_state=state, **wanted))
            return Window(context.new_page(), workbook)

        yield opener


@pytest.fixture
def window(windows: Opener) -> Iterator[Window]:
    """One window on the shared workbook, which must find nothing to complain about."""
    opened = windows()
    yield opened
    assert opened.complaints == []


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The JupyterLab that most tests of notebooks share, on a made-up caseload."""
    folder = tmp_path_factory.mktemp("lab")
    made = ("-m", "cse_workbook", "demo", "--cases", "5", "--store", str(folder / "home"))
    subprocess.run([sys.executable, *made], check=True, capture_output=True)
    running = Lab(folder / "lab", folder / "home")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def in_lab(chromium: Browser, lab: Lab) -> Iterator[Callable[[str], Notebook]]:
    """Open our notebooks in JupyterLab; they must find nothing to complain about."""
    opened: list[Notebook] = []
    with chromium.new_context(viewport={"width": 1700, "height": 900}) as context:

        def opener(name: str) -> Notebook:
            opened.append(lab.open(context.new_page(), name))
            return opened[-1]

        yield opener
    assert [each for notebook in opened for each in notebook.complaints] == []
