"""Does a page meet WCAG 2.2 AA as far as a program can tell, wide, narrow and with wide spacing?"""

from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Locator, Page

from tests.browser.window import Window

WIDTHS: Final = (1280, 320)
_AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """async (values) => {
  const rules = { "target-size": { enabled: true } };
  const inspected = document.querySelector(".inspected") ?? document;
  const found = await axe.run(inspected, { runOnly: { type: "tag", values }, rules });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
_UNFOLD: Final = "(main) => main.querySelectorAll('details').forEach((each) => (each.open = true))"
# WCAG 2.2, 1.4.12: the spacing that a person may set.
_SPACING: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
_NO_SPACING: Final = (
    "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); }"
)
# What is wider than the page, and what is cut off by a box that hides what does not fit into it. A
# region that has a name, and that the keyboard reaches, may scroll. So may a column of links, up
# and down: what has the focus is brought into view.
_CUT: Final = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth} wide`] : [];
  const clipped = (each) => getComputedStyle(each).clipPath !== "none";
  const unseen = (each) => each && (clipped(each) || unseen(each.parentElement));
  const scrolls = (each) => each.closest("[role=region][tabindex='0'][aria-label]");
  const shown = [...document.body.querySelectorAll("*")].filter((each) =>
    each.checkVisibility() && !unseen(each) && !scrolls(each) && !each.matches("textarea"));
  const rolls = (each) => getComputedStyle(each).overflowY === "auto" && each.querySelector("a");
  const name = (each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`;
  const cut = shown.filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each);
    const beyond = each.getBoundingClientRect().right > root.clientWidth + 1;
    return (overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1)
      || (overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1 && !rolls(each))
      || beyond;
  });
  return [...wide, ...cut.map(name)];
}"""


def open_all(window: Window) -> None:
    """Open every fold of the page."""
    window.main.evaluate(_UNFOLD)


def faults(window: Window, state: str) -> list[str]:
    """List what is wrong with the page as it stands, at every width; nothing if all is well."""
    return faults_of(window.page, state)


def faults_of(page: Page, state: str) -> list[str]:
    """List what is wrong with any page as it stands, at every width."""
    size: Any = page.viewport_size
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(_AXE)
        found += [f"{state}, {width}: {each}" for each in page.evaluate(_RUN, _TAGS)]
        found += [f"{state}, {width}, cut off: {each}" for each in page.evaluate(_CUT)]
        page.evaluate(_SPACING)
        found += [f"{state}, {width}, spaced, cut off: {each}" for each in page.evaluate(_CUT)]
        page.evaluate(_NO_SPACING)
    page.set_viewport_size(size)
    return found


def faults_within(root: Locator, state: str) -> list[str]:
    """List what is wrong with a page that stands in an output of a notebook, at every width."""
    page, found = root.page, []
    root.evaluate("(page) => page.getRootNode().host.classList.add('inspected')")
    for width in WIDTHS:
        root.evaluate("(page, w) => (page.getRootNode().host.style.width = `${w}px`)", width)
        page.evaluate(_AXE)
        found += [f"{state}, {width}: {each}" for each in page.evaluate(_RUN, _TAGS)]
        if root.evaluate("(page) => page.scrollWidth > page.clientWidth"):
            found.append(f"{state}, {width}: wider than its place")
    return found


def print_faults(window: Window) -> list[str]:
    """List what a sheet of A4, less its margins, would cut off of the page in print."""
    size: Any = window.page.viewport_size
    window.page.set_viewport_size({"width": 658, "height": 900})
    found = [f"cut off: {each}" for each in window.page.evaluate(_CUT)]
    window.page.set_viewport_size(size)
    return found
