"""A picture, its text alternative, the sentences and the table behind it say the same."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.inspection import open_all
from tests.browser.lead import go_to, open_case, open_office
from tests.browser.window import Window

# The marks of each lane, as they stand in the drawing itself.
LANES = """(img) => {
  const [, ...drawing] = img.src.split(",");
  const svg = new DOMParser().parseFromString(decodeURIComponent(drawing), "image/svg+xml");
  const marks = [...svg.querySelectorAll("g")].map((lane) => lane.children.length);
  const names = [...svg.querySelectorAll("text[font-size='16']")].map((each) => each.textContent);
  return Object.fromEntries(names.map((name, n) => [name, marks[n]]));
}"""
FITS = "(img) => img.naturalWidth > 0 && img.naturalWidth <= img.parentElement.clientWidth"


@pytest.fixture
def window(windows, office, full) -> Window:
    opened = windows(office)
    open_office(opened)
    return opened


def picture(window: Window, name: str) -> Locator:
    """The picture in a place of this name, which the keyboard reaches."""
    place = window.page.get_by_role("region", name=name)
    expect(place).to_have_attribute("tabindex", "0")
    return place.get_by_role("img")


def rows(window: Window, name: str) -> list[list[str]]:
    """Read a table, but for its head."""
    body = window.page.get_by_role("table", name=name).locator("tbody tr")
    return [row.locator("th, td").all_text_contents() for row in body.all()]


def beginning(entries: list[Any], words: str) -> int:
    return sum(entry[1].startswith(f"What: {words}") for entry in entries)


def test_the_timeline_says_in_words_what_it_draws(window, full):
    open_case(window, full)
    open_all(window)
    drawn = picture(window, "Timeline")
    said = drawn.get_attribute("alt") or ""
    lanes = {name: int(n) for name, n in re.findall(r"(\w+), (\d+):", said)}
    sentences = window.page.locator("details", has_text="The same in sentences").locator("li")
    entries = rows(window, "Every entry in order")

    assert drawn.evaluate(FITS)
    assert {name: n for name, n in drawn.evaluate(LANES).items() if n} == lanes
    assert " ".join(sentences.all_text_contents()) == said
    assert lanes["Screenings"] == beginning(entries, "Screened, ")
    assert lanes["Missing"] == beginning(entries, "Missing from ")
    assert lanes["Referrals"] == beginning(entries, "Referral ") - beginning(
        entries, "Referral drafted"
    )
    assert lanes["Advice"] == beginning(entries, "Advice ")
    assert lanes["Screenings"] == 2


@pytest.mark.parametrize(
    "name", ["Children about whom a theme was noted, by month", "Blockages that lasted, by month"]
)
def test_bars_over_months_say_in_words_what_they_draw(window, name):
    go_to(window, "Themes and blockages")
    open_all(window)
    drawn = picture(window, name)
    said = dict(re.findall(r"(\w+ \d{4}): ([^.]+)\.", drawn.get_attribute("alt") or ""))
    table = dict(rows(window, name))

    assert drawn.evaluate(FITS)
    assert len(said) == 12
    assert {month: f"Number: {words}" for month, words in said.items()} == table
    assert "fewer than 8" in said.values()
