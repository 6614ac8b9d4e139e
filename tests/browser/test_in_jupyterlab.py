"""The form in a real JupyterLab: an ordinary widget, a guest in a page that is not ours."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from cse_workbook import store
from tests.browser.lab import Lab, Notebook
from tests.browser.served import ME
from tests.browser.ways import HEADINGS

SIGNS = HEADINGS["signs"]
MARKUP = '<img src=x onerror="window.ran=1"> <b>bold</b> </script> ${7*7} &lt;i&gt;'
EVIDENCE = "answers.self_harm.evidence"
SAVED = re.compile(r"Saved \d\d:\d\d\.")
LANDMARKS = "main, header, footer, nav, [role=main], [role=banner], [role=contentinfo]"
INSIDE = "(page) => [...page.querySelectorAll('{}')].map((each) => each.tagName)"


@pytest.fixture
def form(in_lab: Callable[[str], Notebook]) -> Notebook:
    """A screening that is started, at the signs of harm."""
    notebook = in_lab("screen_a_child")
    notebook.press("Start")
    expect(notebook.root).to_contain_text("Three things are needed")
    notebook.follow("Signs of harm")
    notebook.is_at(SIGNS)
    return notebook


def cells(notebook: Notebook) -> Any:
    return notebook.page.locator(".jp-Cell").count()


def prompt(notebook: Notebook) -> str:
    return notebook.page.locator(".jp-InputPrompt").last.inner_text()


def answers(lab: Lab) -> list[dict[str, Any]]:
    """Read what the store has of all drafts."""
    with store.open_store(lab.home) as opened:
        return [dict(draft.answers) for draft in opened.drafts.of(ME)]


def saved(notebook: Notebook, lab: Lab, field: str, value: str) -> None:
    """Wait, with the page running on, until the store has an answer."""
    for _ in range(200):
        if any(each.get(field) == value for each in answers(lab)):
            return
        notebook.page.wait_for_timeout(50)
    raise AssertionError(f"{field} did not reach the store")


def test_an_answer_is_saved_and_in_the_store_when_the_page_says_so(form, lab):
    form.choose("answers.poor_mental_health", "possible")

    expect(form.saving).to_contain_text(SAVED)
    assert any(each.get("answers.poor_mental_health") == "possible" for each in answers(lab))


def test_what_is_typed_stays_in_the_page_and_never_becomes_a_command_of_the_notebook(form, lab):
    before, ran = cells(form), prompt(form)
    form.choose("answers.self_harm", "yes")
    for key in "ddxxaabbmm00":  # delete, cut, above, below, to words, start the kernel again
        form.page.keyboard.press(key)
    expect(form.root.locator('input[name="answers.self_harm"][value="yes"]')).to_be_focused()

    form.box(EVIDENCE).click()
    form.page.keyboard.type("dd xx aa")
    for key in ("Shift+Enter", "Control+Enter", "Alt+Enter", "Escape"):
        form.page.keyboard.press(key)
    form.page.keyboard.type("bb mm")

    expect(form.box(EVIDENCE)).to_be_focused()
    assert re.fullmatch(r"dd xx aa\n+bb mm", form.box(EVIDENCE).input_value())
    saved(form, lab, EVIDENCE, form.box(EVIDENCE).input_value())
    assert (cells(form), prompt(form)) == (before, ran)


def test_arrow_keys_and_tab_work_as_in_a_window_of_its_own(form):
    form.choose("answers.self_harm", "yes")
    form.page.keyboard.press("ArrowDown")
    possible = form.root.locator('input[name="answers.self_harm"][value="possible"]')
    expect(possible).to_be_focused()
    expect(possible).to_be_checked()
    form.page.keyboard.press("Tab")
    expect(form.box(EVIDENCE)).to_be_focused()


def test_markup_stays_text(form):
    form.choose("answers.self_harm", "yes")
    form.box(EVIDENCE).fill(MARKUP)
    form.follow("Refer now, without finishing")
    form.is_at("Refer now")

    expect(form.root).to_contain_text(MARKUP)
    assert form.root.locator("img, script, b").count() == 0
    assert form.page.evaluate("() => window.ran") is None


def test_the_notebook_keeps_its_title_its_landmarks_and_its_look(form):
    assert "book_" in form.page.title()
    assert form.page.get_by_role("main").count() == 1
    assert form.page.get_by_role("banner").count() == 1
    assert form.root.evaluate(INSIDE.format(LANDMARKS)) == []
    for name in ("Page of the workbook", "Emergency, saving and help"):
        expect(form.root.get_by_role("region", name=name)).to_be_visible()
    expect(form.root.get_by_role("link", name="Skip to main content")).to_have_count(0)
    size = "() => getComputedStyle(document.body).fontFamily"
    assert "Arial" not in form.page.evaluate(size)


def test_the_help_column_stays_in_view_and_a_new_page_begins_at_its_top(form):
    danger = form.root.get_by_role("region", name="Emergency, saving and help")
    form.root.get_by_role("button", name="Continue").scroll_into_view_if_needed()
    expect(danger).to_be_in_viewport(ratio=1)

    form.press("Continue")
    form.is_at(HEADINGS["vulnerabilities"])
    expect(form.heading).to_be_in_viewport()
    expect(form.root.get_by_role("group", name="CSE Workbook")).to_be_in_viewport()


def test_shift_three_times_hides_the_page_wherever_the_focus_is(form):
    form.choose("answers.self_harm", "yes")
    form.box(EVIDENCE).fill("Long sleeves in the heat")
    for before in (form.box(EVIDENCE), form.page.locator(".jp-Cell").first):
        before.focus()
        for _ in range(3):
            form.page.keyboard.press("Shift")
        expect(form.heading).to_have_text("This page is hidden. Nothing is lost.")
        expect(form.root.locator("textarea")).to_have_count(0)
        for _ in range(3):
            form.page.keyboard.press("Shift")
        expect(form.box(EVIDENCE)).to_have_value("Long sleeves in the heat")


def test_a_saved_notebook_holds_nothing_of_a_child(form, lab):
    form.choose("answers.self_harm", "yes")
    form.box(EVIDENCE).fill("Vermilionstand")
    saved(form, lab, EVIDENCE, "Vermilionstand")
    form.box(EVIDENCE).focus()
    form.page.keyboard.press("Control+s")
    expect(form.page.locator(".jp-mod-dirty")).to_have_count(0)

    text = form.file.read_text(encoding="utf-8")
    assert json.loads(text)["cells"][-1]["outputs"]
    assert "Vermilionstand" not in text
    assert "widgets" not in json.loads(text)["metadata"]


def test_the_page_is_shown_in_one_output_and_goes_on_there(form):
    form.root.click(button="right", position={"x": 20, "y": 400})
    form.page.get_by_role("menuitem", name="Create New View for Cell Output").click()
    first, second = form.root.first, form.root.last
    expect(second.get_by_role("heading", level=1)).to_have_text(SIGNS)
    expect(first).to_contain_text("This page is shown in another output now. Nothing is lost.")

    first.get_by_role("button", name="Show it here").click()
    expect(first.get_by_role("heading", level=1)).to_have_text(SIGNS)
    expect(second.get_by_role("heading", level=1)).to_have_count(0)


def test_two_notebooks_in_one_window_do_not_meddle_with_each_other(form):
    form.choose("answers.self_harm", "yes")
    copy = form.file.with_stem(f"{form.file.stem}_beside")
    copy.write_text(form.file.read_text(encoding="utf-8"), encoding="utf-8")
    form.page.get_by_role("button", name="Refresh the file browser.").click()
    form.page.get_by_role("listitem").filter(has_text=copy.name).dblclick()
    form.page.get_by_role("tab", name=copy.name).wait_for()
    beside = Notebook(form.page, copy)
    beside.run()
    there = beside.root.last
    there.get_by_role("button", name="Start", exact=True).click()
    there.get_by_role("link", name="Signs of harm", exact=True).click()
    there.locator('label[for="f-answers-self_harm-3"]').click()

    expect(there.locator("#f-answers-self_harm-3")).to_be_checked()
    expect(form.root.first.locator("#f-answers-self_harm")).to_be_checked()
    assert beside.complaints == []


def test_a_kernel_that_is_started_again_is_told_and_nothing_is_called_saved(form):
    form.choose("answers.poor_mental_health", "possible")
    expect(form.saving).to_contain_text(SAVED)
    form.page.get_by_role("button", name="Restart the kernel", exact=True).click()
    form.page.locator(".jp-Dialog .jp-mod-accept").click()
    alert = form.root.get_by_role("alert").first
    expect(alert).to_contain_text("Connection lost")

    form.choose("answers.self_harm", "yes")

    expect(alert).to_contain_text("1 answer is not saved: Self-harm.")
    expect(alert).to_contain_text("If the kernel was restarted, write down what is not saved")
    expect(form.saving).to_contain_text("Not saved since")

    form.run()
    expect(form.root).to_contain_text("Screenings you have started")
