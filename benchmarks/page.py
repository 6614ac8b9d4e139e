"""How long does it take from going to an address until the questions there can be answered?

Ours is the page of signs of a started draft, as someone sees it who reloads it: 14 questions with
four answers each. It is compared with a stock Voila page that shows the same questions as
RadioButtons of ipywidgets, and with a stock Voila page of a heading and no code at all, which is
as early as any unchanged Voila page can be.

Each visit is a browser context of its own with nothing kept from before, and starts a kernel, as
all three do for every visit. The clock is the browser's, from the start of the navigation to the
first frame in which all that is waited for is there and the spinner is gone.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.made_up import fields
from benchmarks.ratio import Measure, Ratio, medians
from benchmarks.served import Site, chromium, stock_voila, visit, workbook
from cse_workbook import instrument
from tests.browser.served import Served

ROUNDS = 11
QUESTIONS = [i.label for i in instrument.load().indicators if i.group == "sign"]
ANSWERS = ["Yes", "Possible", "No", "Not known"]
RADIO = 'input[type="radio"]'
STOCK = f"""\
import ipywidgets
from IPython.display import display
for question in {QUESTIONS}:
    display(ipywidgets.RadioButtons(description=question, options={ANSWERS}, value=None))
"""
READY = """\
window.ready = new Promise((done, fail) => {
  setTimeout(fail, 60_000, "the page did not become ready");
  const look = () => {
    const shown = [...document.querySelectorAll(SELECTOR)].filter((each) => each.checkVisibility());
    if (shown.length >= COUNT && !document.getElementById("loading")) done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
});
"""
ON_SIGNS = 'if (location.port) history.replaceState({ page: "signs" }, "");\n'


def ready_when(selector: str, count: int) -> str:
    """Give the script that notes when so many elements are shown."""
    return READY.replace("SELECTOR", json.dumps(selector)).replace("COUNT", str(count))


def compare() -> Iterator[Ratio]:
    """Compare with the same questions in stock Voila, and with nothing in stock Voila."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(chromium())
        served = Served(folder / "data")
        ours = stack.enter_context(workbook(served, browser))
        sites = {}
        for name, cells in (("same", [STOCK]), ("empty", [])):
            (folder / name).mkdir()
            sites[name] = stack.enter_context(stock_voila(folder / name, *cells))
        asked = ready_when(RADIO, len(QUESTIONS) * len(ANSWERS))
        draft = served.draft(**{name.replace(".", "__"): value for name, value in fields()})
        sides = {
            "ours": visiting(browser, ours, ON_SIGNS + asked, f"/?draft={draft}"),
            "same": visiting(browser, sites["same"], asked),
            "empty": visiting(browser, sites["empty"], ready_when("h1", 1)),
        }
        found = medians(sides, ROUNDS)
    for name, words, target in (("same", "same questions", 0.6), ("empty", "empty page", 1)):
        pair = {"ours": found["ours"], "theirs": found[name]}
        yield Ratio("page interactive", f"stock Voila, {words}", **pair, unit="s", target=target)


def visiting(browser: Browser, site: Site, script: str, path: str = "/") -> Measure:
    """Make a measure of one visit in seconds."""

    def measure() -> float:
        with visit(browser, site, path, script) as page:
            return ready_after(page) / 1000

    return measure


def ready_after(page: Page) -> float:
    """Wait until a page is ready, and give the milliseconds it took."""
    took: float = page.evaluate("window.ready")
    return took
