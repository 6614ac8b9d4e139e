"""How long does one answer take, from the click until it is saved and the page has been told?

Ours: a radio of a question is clicked in the served app; the answer goes to the kernel, is checked,
encrypted and synced to the disk, and the page takes in the acknowledgement. The line “Saved 14:02”
reads the same within a minute, so the end is not a change on the page but the moment at which the
page has dealt with that message. The baseline is the shortest trip through ipywidgets that a person
can see: in stock Voila a radio is clicked, an observer in Python sets the text of a Label, and the
end is the change of that text on the page. Nothing is saved there.

Both are clicked in turn, each click an answer that differs from the one before, and timed by the
browser's own clock.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.made_up import fields
from benchmarks.page import ON_SIGNS, RADIO, ready_after, ready_when
from benchmarks.ratio import Measure, Ratio, medians
from benchmarks.served import chromium, stock_voila, visit, workbook
from tests.browser.served import Served

ROUNDS = 60
STOCK = """\
import ipywidgets
radio = ipywidgets.RadioButtons(options=["No", "Not known"], value=None)
told = ipywidgets.Label("nothing yet")
radio.observe(lambda change: setattr(told, "value", f"told {change.new}"), "value")
ipywidgets.VBox([radio, told])
"""
KEEP_SOCKET = """\
window.WebSocket = class extends WebSocket {
  constructor(...parts) {
    super(...parts);
    window.socket = this;
  }
};
"""
# The page set its own listener when it connected; one added later is called after it.
OURS = """\
(value) => new Promise((done, fail) => {
  setTimeout(fail, 20_000, "an answer was not acknowledged");
  const radio = document.querySelector(`input[name="answers.self_harm"][value="${value}"]`);
  const heard = ({ data }) => {
    if (JSON.parse(data).content.data?.content?.kind !== "saved") return;
    window.socket.removeEventListener("message", heard);
    done(performance.now() - start);
  };
  window.socket.addEventListener("message", heard);
  const start = performance.now();
  radio.click();
})
"""
THEIRS = """\
(place) => new Promise((done, fail) => {
  setTimeout(fail, 20_000, "the label did not change");
  const observer = new MutationObserver(() => {
    observer.disconnect();
    done(performance.now() - start);
  });
  const told = document.querySelector(".widget-label:not(.widget-radio *)");
  observer.observe(told, { childList: true, characterData: true, subtree: true });
  const start = performance.now();
  document.querySelectorAll('input[type="radio"]')[place].click();
})
"""


def compare() -> Iterator[Ratio]:
    """Compare one answer with a bare round trip."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(chromium())
        served = Served(folder / "data")
        site = stack.enter_context(workbook(served, browser))
        draft = served.draft(**{name.replace(".", "__"): value for name, value in fields()})
        script = KEEP_SOCKET + ON_SIGNS + ready_when(RADIO, 4)
        ours = stack.enter_context(visit(browser, site, f"/?draft={draft}", script))
        bare = stack.enter_context(stock_voila(folder, STOCK))
        theirs = stack.enter_context(visit(browser, bare, script=ready_when(RADIO, 2)))
        ready_after(ours)
        ready_after(theirs)
        sides = {
            "ours": clicking(ours, OURS, ("no", "not_known")),
            "theirs": clicking(theirs, THEIRS, (0, 1)),
        }
        found = medians(sides, ROUNDS)
        see_it_said_so(ours, served, draft)
    yield Ratio("one answer, saved", "stock Voila, round trip", **found, unit="ms", target=1.5)


def clicking(page: Page, script: str, answers: tuple[object, object]) -> Measure:
    """Make a measure of one click in milliseconds: the one answer, then the other."""
    turns = cycle(answers)

    def measure() -> float:
        took: float = page.evaluate(script, next(turns))
        return took

    return measure


def see_it_said_so(page: Page, served: Served, draft: str) -> None:
    """See that the last answer is in the store, and that the page says it is saved."""
    chosen = page.locator('input[name="answers.self_harm"]:checked').get_attribute("value")
    said = page.get_by_role("complementary").get_by_role("status").first.inner_text()
    if served.answers(draft)["answers.self_harm"] != chosen or not said.startswith("Saved"):
        raise AssertionError("an answer that was acknowledged is not in the store")
