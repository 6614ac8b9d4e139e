"""Pages of an audit meet WCAG 2.2 AA as far as a program can tell, and ask nobody for anything."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.inspection import faults_of
from tests.browser.served import made_up

BOOKS = ("audit_period", "compare_periods", "audit_record_quality", "audit_case_sample")
NAMES = (*BOOKS, "calibration")


def command(*arguments: str, home: Path) -> None:
    # In a process of its own: here, the browser's event loop runs.
    told = [sys.executable, "-m", "cse_workbook", "--store", str(home), *arguments]
    subprocess.run(told, check=True, capture_output=True)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    home = made_up(folder / "data")
    command("extract", str(folder / "extract"), home=home)
    for name in NAMES:
        given = ["-p", f"extract={folder / 'extract'}"] if name in BOOKS else []
        command("audit", name, str(folder / name), *given, home=home)
    return folder


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, chromium: Browser, results: Path) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((results / request.param / f"{request.param}.html").as_uri())
    yield page
    context.close()
    assert len(asked) == 1


def test_a_page_has_no_fault_wide_narrow_and_with_wide_spacing(page: Page) -> None:
    assert faults_of(page, page.title()) == []


def test_the_first_key_leads_past_what_is_repeated(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#main"
