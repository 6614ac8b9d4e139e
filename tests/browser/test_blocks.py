"""The parts of the lead officer's pages: what they are for a screen reader, and how they behave.

A notebook's own kernel sends one page with all of them, and answers every press with the same page.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from cse_workbook.views import blocks
from cse_workbook.views.blocks import button, count, go, mark, side, strong
from tests.browser.inspection import faults_within
from tests.browser.lab import Lab, Notebook

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="880" height="120">'
    '<script>parent.ran = 1</script><circle cx="440" cy="60" r="9"/></svg>'
)
MARKUP = '<img src=x onerror="window.ran=1"><b>bold</b>'
NAV = ("Caseload", "Screen a child", "Themes and blockages", "MACSE meeting")
REASONS = {"Review overdue or due this week": 5, "Two people differ": 2, MARKUP: 1200}
LETTERS = ("S – Sexual health and behaviour", "A – Absent from school or running away")
WAITING = [
    [go("case:31", "C-0031")],
    [["Referral sent, no answer in time"], ["Answers that would decide, open 9 days"]],
    ["Due Wednesday 18 November"],
]
FILTER = {
    **{"kind": "checkboxes", "field": "filter.reason", "label": "Reason", "hint": None},
    **{"value": [], "options": [{"value": "differ", "label": "Two people differ"}]},
}
BLOCKS = [
    blocks.status("No filter is on. ", go("filter:none", "Show all 40")),
    blocks.facts({"Age": ["15"], "Lives in": [MARKUP], "Name": [go("who", "Show who this is")]}),
    blocks.bullets(["View raised"], ["Missing; ", strong("no return interview recorded")]),
    blocks.pair(
        side("Standing view", "Refer now", ["Youth worker, Example Centre."]),
        side("What the guidance says", "Assess today", ["Signs of harm."], ["Two readings."]),
    ),
    blocks.counts(count(f"filter:{n}", words, n) for words, n in REASONS.items()),
    blocks.details("Filter this list", [FILTER, blocks.buttons(button("Apply filters", "apply"))]),
    blocks.table("Overdue", ("Child", "Waiting for", "Due"), [WAITING], row_headers=True),
    blocks.picture(DRAWING, "Screened on 2 September.", "Timeline", (880, 120)),
    blocks.table(
        "SAFEGUARD over time",
        ("Letter", "2 September", "26 October", "16 November"),
        [[[name], [mark("·"), "No answer"], [mark("?"), "Not known"], ["Yes"]] for name in LETTERS],
        row_headers=True,
        scroll="SAFEGUARD over time",
    ),
]
PAGE = {
    **{"id": "case", "title": "Case review", "section": None, "heading": "C-0007"},
    **{"back": {"to": "go:caseload", "text": "Caseload"}, "draft": None, "blocks": BLOCKS},
    "shell": {
        "signed_in": "lead officer, Example School",
        "foot": ["Policy: default."],
        "home": "go:home",
        "nav": [{"to": f"nav:{n}", "text": name, "current": n == 0} for n, name in enumerate(NAV)],
        "state": {"strong": "Up to date at 08:41", "small": [go("again", "Read again")]},
    },
}
# Write down what a status says, whenever that changes.
WATCH = """(page) => {
  window.said = [];
  const look = () => {
    const now = page.querySelector(".cse-status").textContent;
    if (window.said.at(-1) !== now) window.said.push(now);
  };
  new MutationObserver(look).observe(page, { childList: true, subtree: true });
}"""
CELL = """
import json
from cse_workbook.widgets import Page

page, shown = json.loads({page!r}), Page()

def answer(_page, message, _buffers):
    if message["kind"] == "press":
        page["blocks"][0]["text"] = [f"Pressed {{message['to']}}"]
    if message["kind"] == "save":
        shown.send({{"kind": "saved", "n": message["n"], "at": "08:42", "note": None}})
    if message["kind"] in ("open", "press"):
        shown.send({{"kind": "page", "page": page, "answers": message.get("n")}})
    if message["kind"] == "ping":
        shown.send({{"kind": "pong", "n": message["n"]}})

shown.on_msg(answer)
shown
"""


@pytest.fixture(scope="module")
def notebook(chromium: Browser, lab: Lab) -> Iterator[Notebook]:
    with chromium.new_context(viewport={"width": 1700, "height": 900}) as context:
        opened = lab.open_code(context.new_page(), CELL.format(page=json.dumps(PAGE)))
        expect(opened.heading).to_have_text("C-0007")
        yield opened
        assert opened.complaints == []


@pytest.fixture
def root(notebook: Notebook) -> Iterator[Locator]:
    """The page, at its full width again afterwards."""
    yield notebook.root
    notebook.root.evaluate("(page) => page.getRootNode().host.removeAttribute('style')")
    notebook.page.emulate_media(media="screen", forced_colors="none")


def narrow(root: Locator) -> None:
    root.evaluate("(page) => (page.getRootNode().host.style.width = '320px')")


def pressed(root: Locator, to: str) -> None:
    """See which press reached the kernel: the status line says it."""
    expect(root.locator(".cse-status")).to_have_text(f"Pressed {to}")


def across(*parts: Locator) -> list[int]:
    """Give where parts begin, from the left."""
    return [round((part.bounding_box() or {"x": -1})["x"]) for part in parts]


def test_no_part_has_a_fault_wide_or_narrow_and_none_is_wider_than_its_place(root):
    root.get_by_text("Filter this list").click()

    assert faults_within(root, "every part") == []
    root.get_by_text("Filter this list").click()


def test_the_navigation_names_where_one_is_and_leads_elsewhere(root):
    nav = root.get_by_role("region", name="Workbook", exact=True)

    expect(nav.get_by_role("link")).to_have_text(list(NAV))
    expect(nav.locator("[aria-current=page]")).to_have_text(["Caseload"])
    nav.get_by_role("link", name="MACSE meeting").click()
    pressed(root, "nav:3")


def test_the_banner_the_way_back_and_the_state_press_what_the_server_says(root):
    expect(root.get_by_role("status").first).to_have_text("Up to date at 08:41 Read again")
    for name, to in (("Read again", "again"), ("CSE Workbook", "go:home")):
        root.get_by_role("link", name=name, exact=True).click()
        pressed(root, to)
    root.locator(".cse-back").get_by_role("link", name="Caseload", exact=True).click()
    pressed(root, "go:caseload")


def test_facts_are_terms_with_what_they_are(root):
    expect(root.get_by_role("term")).to_have_text(["Age", "Lives in", "Name"])
    expect(root.get_by_role("definition")).to_have_text(["15", MARKUP, "Show who this is"])
    root.get_by_role("link", name="Show who this is").click()
    pressed(root, "who")


def test_a_pair_stands_side_by_side_in_one_size_and_one_below_the_other_when_narrow(root):
    left, right = (
        root.get_by_role("heading", level=2, name=name)
        for name in ("Standing view", "What the guidance says")
    )
    titles = root.locator(".cse-pair strong")
    expect(titles).to_have_text(["Refer now", "Assess today"])
    sizes = titles.evaluate_all("(all) => all.map((each) => getComputedStyle(each).fontSize)")
    assert sizes[0] == sizes[1]
    assert across(left)[0] < across(right)[0]

    narrow(root)
    assert across(left) == across(right)


def test_each_count_is_a_link_with_its_number(root):
    items = root.locator(".cse-counts").get_by_role("listitem")

    expect(items).to_have_text(
        ["Review overdue or due this week 5", "Two people differ 2", f"{MARKUP} 1,200"]
    )
    items.nth(1).get_by_role("link", name="Two people differ").click()
    pressed(root, "filter:2")


def test_the_same_page_again_keeps_what_is_pressed_in_focus_and_its_fold_open(root):
    link = root.get_by_role("link", name="Two people differ")
    link.focus()
    link.press("Enter")
    pressed(root, "filter:2")
    expect(link).to_be_focused()

    root.get_by_text("Filter this list").click()
    root.get_by_role("button", name="Apply filters").click()
    pressed(root, "apply")
    expect(root.get_by_role("button", name="Apply filters")).to_be_focused()
    root.get_by_text("Filter this list").click()


def test_a_status_is_there_before_its_words_so_that_they_are_said(root):
    root.evaluate(WATCH)
    root.get_by_role("link", name="Two people differ").click()
    pressed(root, "filter:2")

    assert root.locator(".cse-status").get_attribute("role") == "status"
    assert root.page.evaluate("() => window.said") == ["", "Pressed filter:2"]


def test_a_row_is_named_by_its_first_cell_wide_and_narrow(root):
    table = root.get_by_role("table", name="Overdue")
    for change in (lambda _: None, narrow):
        change(root)
        expect(table.get_by_role("columnheader")).to_have_text(["Child", "Waiting for", "Due"])
        expect(table.get_by_role("rowheader", name="C-0031")).to_be_visible()
        expect(table.get_by_role("cell")).to_have_count(2)
    expect(table.get_by_text("Waiting for: ")).to_be_visible()
    lines = table.locator(".cse-table__line")
    assert len(set(across(*lines.all()))) == 1


@pytest.mark.parametrize("name", ["Timeline", "SAFEGUARD over time"])
def test_only_a_named_region_scrolls_sideways_and_the_keyboard_reaches_it(root, name):
    region = root.get_by_role("region", name=name)
    narrow(root)
    expect(region).to_have_attribute("tabindex", "0")
    assert region.evaluate("(each) => each.scrollWidth > each.clientWidth")
    region.focus()
    region.press("ArrowRight")
    region.evaluate("(each) => new Promise((done) => setTimeout(done, 300))")

    assert region.evaluate("(each) => each.scrollLeft") > 0


def test_a_scrolling_table_stays_a_table_when_narrow(root):
    table = root.get_by_role("table", name="SAFEGUARD over time")
    narrow(root)

    expect(table.get_by_role("columnheader", name="16 November")).to_be_attached()
    first = table.get_by_role("row").nth(1)
    tops = {round(cell["y"]) for cell in boxes(first)}
    assert len(tops) == 1
    expect(first.get_by_role("cell", name="No answer", exact=True)).to_have_count(1)


def boxes(row: Locator) -> list[Any]:
    return [cell.bounding_box() for cell in row.locator("th, td").all()]


def test_a_drawing_is_an_image_with_words_and_nothing_in_it_runs(root):
    image = root.get_by_role("region", name="Timeline").get_by_role("img")

    expect(image).to_have_accessible_name("Screened on 2 September.")
    assert image.evaluate("(each) => [each.complete, each.naturalWidth]") == [True, 880]
    assert image.evaluate("(each) => each.src.startsWith('data:image/svg+xml')")
    assert root.page.evaluate("() => [window.ran, parent.ran]") == [None, None]
    assert root.locator("img:not(.cse-picture), b, script").count() == 0


def test_in_print_the_navigation_is_left_out_and_nothing_scrolls(root):
    root.page.emulate_media(media="print")
    root.evaluate("(page) => (page.getRootNode().host.style.width = '658px')")

    expect(root.locator(".cse-nav")).to_be_hidden()
    for region in root.locator(".cse-scroll").all():
        assert region.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    expect(root.locator(".cse-facts")).to_be_visible()


def test_in_forced_colours_the_page_one_is_on_is_marked_by_a_bar(root):
    root.page.emulate_media(forced_colors="active")
    width = "(each) => getComputedStyle(each).borderBottomWidth"
    bars = root.locator(".cse-nav a").evaluate_all(f"(all) => all.map({width})")

    assert [bool(re.match("[1-9]", bar)) for bar in bars] == [True, False, False, False]
