"""What a person does without a mouse: Tab, arrow keys, Space and Enter alone."""

import re
from datetime import date
from typing import Final

from playwright.sync_api import Locator

from tests.browser.lab import Notebook
from tests.browser.window import Window

MOST: Final = 400
Somewhere = Window | Notebook


def tab_to(window: Somewhere, target: Locator) -> None:
    """Press Tab until something has the focus; what cannot be reached so fails."""
    here = target.first.element_handle()
    for _ in range(MOST):
        window.page.keyboard.press("Tab")
        if here.evaluate("(element) => element === element.getRootNode().activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached with Tab")


def choose(window: Somewhere, field: str, arrows: int = 0) -> None:
    """Choose in a group of radios: Space for the first, arrow keys for the others."""
    tab_to(window, window.root.locator(f'input[name="{field}"]'))
    window.page.keyboard.press("Space")
    for _ in range(arrows):
        window.page.keyboard.press("ArrowDown")


def type_into(window: Somewhere, field: str, words: str) -> None:
    tab_to(window, window.root.locator(f'[name="{field}"]'))
    window.page.keyboard.type(words)


def press(window: Somewhere, role: str, words: str | re.Pattern[str]) -> None:
    """Press Enter on a button or link."""
    tab_to(window, window.root.get_by_role(role, name=words, exact=True))
    window.page.keyboard.press("Enter")


def enter(window: Somewhere, role: str, words: str, heading: str) -> None:
    """Press Enter on a button or link, and come to a page."""
    press(window, role, words)
    window.is_at(heading)


def tick(window: Somewhere, field: str, value: str) -> None:
    """Tick one of several boxes."""
    tab_to(window, window.root.locator(f'input[name="{field}"][value="{value}"]'))
    window.page.keyboard.press("Space")


def type_day(window: Somewhere, field: str, on: date) -> None:
    """Type a day into its three boxes."""
    for part, number in (("day", on.day), ("month", on.month), ("year", on.year)):
        type_into(window, f"{field}.{part}", str(number))
