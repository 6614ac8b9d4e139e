"""Pages of an audit meet WCAG 2.2 AA as far as a program can tell, and ask nobody for anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audits import NAMES
from tests.browser.inspection import faults_of


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, chromium: Browser, audits: Path) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((audits / request.param / f"{request.param}.html").as_uri())
    yield page
    context.close()
    assert len(asked) == 1


def test_a_page_has_no_fault_wide_narrow_and_with_wide_spacing(page: Page) -> None:
    assert faults_of(page, page.title()) == []


def test_the_first_key_leads_past_what_is_repeated(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#main"
