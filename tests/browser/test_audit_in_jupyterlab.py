"""The notebooks of an audit, opened and run by hand in a real JupyterLab.

What they show there is what the command writes, and none of it is saved with the notebook.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.audits import EXTRACT, NAMES, OF_EXTRACT
from tests.browser.lab import HOOK, NOTEBOOKS, Lab, Notebook

NO_EXTRACT = 'extract: str = ""'
FAILED = '[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]'


@pytest.fixture(scope="module")
def audit_lab(tmp_path_factory: pytest.TempPathFactory, audits: Path) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, for an auditor who has an extract and no record."""
    running = Lab(tmp_path_factory.mktemp("audit_lab") / "lab", audits / "nothing", HOOK)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def by_hand(name: str, extract: Path) -> str:
    """Give a notebook in whose parameters a person has written the folder of an extract."""
    book = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    [cell] = [each for each in book["cells"] if "parameters" in each["metadata"].get("tags", ())]
    lines = "".join(cell["source"])
    if name in OF_EXTRACT:
        assert NO_EXTRACT in lines
    cell["source"] = lines.replace(NO_EXTRACT, f"extract: str = {str(extract)!r}")
    return json.dumps(book)


def tables(within: Page | Locator) -> list[list[str]]:
    """Read the cells of every table."""
    each = within.locator("section.shown table").all()
    return [table.locator("th, td").all_text_contents() for table in each]


def pictures(within: Page | Locator) -> list[str | None]:
    """Read what stands for every picture."""
    each = within.locator("section.shown").get_by_role("img").all()
    return [picture.get_attribute("aria-label") for picture in each]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def notebook(name: str, audit_lab: Lab, page: Page, audits: Path) -> Notebook:
    return audit_lab.open_text(page, by_hand(name, audits / EXTRACT))


def test_a_notebook_shows_by_hand_what_the_command_writes(name, notebook, chromium, audits):
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        report = context.new_page()
        report.goto((audits / name / f"{name}.html").as_uri())

        written = tables(report), pictures(report)
        outputs = notebook.page.locator(".jp-OutputArea-output")
        assert (tables(outputs), pictures(outputs)) == written
        assert written[0]
    assert notebook.page.locator(FAILED).count() == 0
    assert notebook.complaints == []


def test_a_notebook_saved_by_hand_keeps_no_figure(notebook, audit_lab, page):
    page.locator(".jp-Cell").first.click()
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)

    cells = json.loads(notebook.file.read_text(encoding="utf-8"))["cells"]
    code = [each for each in cells if each["cell_type"] == "code"]
    assert {(len(each["outputs"]), each["execution_count"]) for each in code} == {(0, None)}
    kept = [each.read_bytes() for each in audit_lab.folder.rglob("*") if each.is_file()]
    assert not [each for each in kept if b'class="shown"' in each]
