"""The pages of the form: start, list of sections, the child, the questions, the view, and paper.

Each function gives the blocks of one page from a draft; none of them reads or writes anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cse_workbook.instrument import Instrument
from cse_workbook.instrument.model import Page
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, go, strong
from cse_workbook.views.checks import child_troubles, view_troubles
from cse_workbook.views.form import OTHER, WORDS_AT_MOST, Draft, age_of, drivers_offered
from cse_workbook.views.questions import (
    THREE,
    asked_on,
    blanks_on,
    question_blocks,
    row,
    with_nested,
)

PROTECTIVE_TITLE = "What protects the child, and what the child says"


def written(on: date) -> str:
    """Write a day as a person reads it: 23 November 2026."""
    return f"{on.day} {on:%B %Y}"


def clock(at: datetime) -> str:
    """Write the time of day where the person is: 14:02."""
    return f"{at.astimezone():%H:%M}"


def order(instrument: Instrument) -> list[str]:
    """Give the keys of the pages in the order in which Continue leads through them."""
    return [*(page.key for page in instrument.pages), "protective", "view", "check"]


def start_blocks(started: Sequence[tuple[str, str, str, str]]) -> Iterator[Block]:
    """Give the start page.

    `started` holds for each draft: its id, reference, day started, when last saved.
    """
    yield blocks.text(
        "Worried about a child? Write down what you know, say what you think, and see what the"
        " published guidance asks for. It does not score the child and it never says that there is"
        " nothing to worry about."
    )
    yield blocks.buttons(button("Start", "start"))
    if started:
        yield blocks.heading("Screenings you have started", id="started")
        yield _started(started)
    yield {"kind": "links", "items": [{"text": "Print the form on paper", "to": "go:paper"}]}


def _started(started: Sequence[tuple[str, str, str, str]]) -> Block:
    rows: list[list[Rich]] = [
        [[go(f"draft:{draft_id}", reference)], [since], [saved]]
        for draft_id, reference, since, saved in started
    ]
    return blocks.table("Screenings you have started", ["Child", "Started", "Last saved"], rows)


def sections_blocks(
    instrument: Instrument,
    draft: Draft,
    today: date,
    others: Sequence[tuple[str, str, str, str]],
) -> Iterator[Block]:
    """Give the list of sections of a draft, with what each still needs."""
    yield blocks.text(
        strong("Three things are needed"),
        " to see what the guidance says: the child's age, what worries you, and your own view."
        " Everything else makes the answer better, in any order. You can stop at any time.",
    )
    known: list[dict[str, Any]] = [
        _task(page, instrument, draft, today) for page in instrument.pages
    ]
    known.append(
        {
            **{"text": PROTECTIVE_TITLE, "to": "go:protective", "hint": "In the child's own words"},
            "status": _status(any(draft.get(field) for field in PROTECTIVE_FIELDS)),
        }
    )
    lacking = missing(instrument, draft, today)
    view_hint = "Needed. You give it before you see what the guidance says"
    done = not list(view_troubles(draft, instrument))
    think = [{"text": "Your view", "to": "go:view", "hint": view_hint, "status": _status(done)}]
    reason = f"Opens when the three needed things are there: {lacking}" if lacking else ""
    record = {
        "text": "Check your answers and record them",
        "to": None if lacking else "go:check",
        "hint": reason,
        "status": {"text": "Cannot start yet" if lacking else "Ready", "tone": "plain"},
    }
    yield {
        "kind": "tasks",
        "groups": [
            {"heading": "What you know", "items": known},
            {"heading": "What you think", "items": think},
            {"heading": "Record it", "items": [record]},
        ],
    }
    items = [*known, *think]
    open_one = next((i for i in items if i["status"]["text"] != "Completed"), None)
    on = (
        button(f"Go on with {_lower(str(open_one['text']))}", str(open_one["to"]))
        if open_one
        else button("Check your answers and record them", "go:check")
    )
    yield blocks.buttons(on, button("Go straight to your view", "go:view", "link"))
    if others:
        yield blocks.heading("Other screenings you have started")
        yield _started(others)
    yield {
        "kind": "links",
        "items": [
            {"text": "Print the form on paper", "to": "go:paper"},
            {"text": "Delete this draft", "to": "go:delete"},
        ],
    }


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _status(done: bool) -> dict[str, str]:
    if done:
        return {"text": "Completed", "tone": "plain"}
    return {"text": "Not started", "tone": "grey"}


def _task(page: Page, instrument: Instrument, draft: Draft, today: date) -> dict[str, Any]:
    task: dict[str, Any] = {"text": page.label, "to": f"go:{page.key}", "hint": page.hint}
    if page.key == "child":
        return {**task, "status": _status(not list(child_troubles(draft, today)))}
    asked = asked_on(page, instrument)
    blanks = blanks_on(page, instrument, draft)
    looked = draft.get(f"looked.{page.key}")
    begun = bool(looked) or any(draft.get(f"answers.{i.key}") for i in asked)
    if begun and blanks and looked != "left":
        return {**task, "status": {"text": f"{len(blanks)} left blank", "tone": "yellow"}}
    return {**task, "status": _status(begun)}


def missing(instrument: Instrument, draft: Draft, today: date) -> str:
    """Say which of the three needed things are missing, or nothing."""
    lacking = []
    fields = {each.field.partition(".")[0] for each in child_troubles(draft, today)}
    if fields & {"dob", "age"}:
        lacking.append("the child's age")
    if fields & {"worry"}:
        lacking.append("what worries you")
    if fields & {"child"}:
        lacking.append("which child it is")
    if list(view_troubles(draft, instrument)):
        lacking.append("your view")
    if not lacking:
        return ""
    *most, last = lacking
    listed = f"{', '.join(most)} and {last}" if most else last
    return f"{listed} {'are' if most else 'is'} missing"


def child_blocks(
    instrument: Instrument, draft: Draft, today: date, notice: str, before: Mapping[str, str]
) -> Iterator[Block]:
    """Give the page “The child and the worry”; `notice` says what is there about the child."""
    age = age_of(draft, today)
    page = next(each for each in instrument.pages if each.key == "child")
    for indicator in asked_on(page, instrument):
        yield row(indicator, instrument, draft, age, before)
    options = [("new", "No. Make a new reference"), ("existing", "Yes. I have the reference")]
    yield blocks.radios(
        "child.known", "Is this child already in the workbook?", options, draft.get("child.known")
    )
    yield blocks.text(
        "The reference is made when you continue. Keep it.", **blocks.when("child.known", "new")
    )
    hint = "For example, C-0042. Never a name"
    shown = blocks.when("child.known", "existing")
    yield blocks.line("child.ref", "Child's reference", hint, draft.get("child.ref"), 10, **shown)
    if notice:
        yield blocks.box("inset", [blocks.text(notice)])
    hint = "For example, 27 3 2012. Leave it empty if you only know the age"
    yield blocks.day("dob", "Date of birth", hint, draft)
    yield blocks.line("age", "Or age in years", "", draft.get("age"), 2, numeric=True)
    hint = "In your own words. What was seen, what was said, when"
    yield blocks.area(
        "worry", "What worries you?", hint, draft.get("worry"), 5, WORDS_AT_MOST, count_from=9_000
    )
    who = [
        blocks.text(
            "Kept apart from the answers, and shown to nobody who does not ask for it. You can add"
            " it later.",
            style="small",
        ),
        blocks.line("who.name", "Name", "", draft.get("who.name")),
        blocks.area("who.address", "Address", "", draft.get("who.address"), 3, 1_000),
        blocks.line("who.school", "School", "", draft.get("who.school")),
        blocks.area("who.carers", "Parents or carers", "", draft.get("who.carers"), 2, 1_000),
    ]
    yield blocks.details("Add who the child is, for the referral form", who)


def page_blocks(
    page: Page, instrument: Instrument, draft: Draft, today: date, before: Mapping[str, str]
) -> Iterator[Block]:
    """Give a page of questions."""
    yield from question_blocks(page, instrument, draft, age_of(draft, today), before)


PROTECTIVE_FIELDS = (
    *("child_said", "child_wants", "talked_alone", "child_knows", "carers_know"),
    *("carers_why_not", "protective", "trusts"),
)


def protective_blocks(draft: Draft) -> Iterator[Block]:
    """Give the page of protective factors and of the child's voice."""

    def box(field: str, label: str, hint: str) -> Block:
        return blocks.area(field, label, hint, draft.get(field), 3, WORDS_AT_MOST)

    def choice(field: str, label: str, hint: str = "") -> Block:
        return blocks.radios(field, label, THREE, draft.get(field), hint, inline=True)

    yield blocks.text("Nothing here lowers what the guidance says.")
    word_for_word = "Word for word if you can. Do not ask for more than they offer"
    yield box("child_said", "What has the child said?", word_for_word)
    yield box("child_wants", "What does the child want to happen?", "")
    yield choice("talked_alone", "Has anyone talked with the child alone?")
    yield choice("child_knows", "Does the child know that you are worried and writing this?")
    care = (
        "Do not tell them if it could put the child in more danger. Ask your safeguarding lead"
        " first."
    )
    yield choice("carers_know", "Do the parents or carers know?", care)
    yield {**box("carers_why_not", "Why not?", ""), **blocks.when("carers_know", "no")}
    now = "People, places, routines, services"
    yield box("protective", "What is protecting this child now?", now)
    yield blocks.line("trusts", "Whom does the child trust?", "", draft.get("trusts"))


def view_blocks(instrument: Instrument, draft: Draft) -> Iterator[Block]:
    """Give the page on which the person says what they think, before the guidance speaks."""
    yield blocks.text(
        "Say what you think before you see what the guidance says. Both are kept, side by side, for"
        " good."
    )
    wrote = draft.get("worry") or "Nothing yet."
    link = blocks.text(go("go:child", "Change what you wrote"))
    yield blocks.box(
        "inset", [blocks.text("You wrote", style="small"), blocks.text(f"“{wrote}”"), link]
    )
    hint = (
        "Would you say the same of a boy or a girl, a younger or an older child, a disabled child,"
        " a child in care, a child from another community?"
    )
    routes = [(r.key, r.view_label, r.view_hint) for r in reversed(instrument.routes)]
    label = "What do you think should happen now?"
    chosen = draft.get("view.route")
    yield blocks.radios("view.route", label, routes, chosen, hint, large=True, legend="large")
    highest = instrument.routes[-1]
    urgent = [strong("Call 999 now."), " Your answers are saved; come back when you have called."]
    yield blocks.emergency(*urgent, alert=True, **blocks.when("view.route", highest.key))
    labels = {indicator.key: indicator.label for indicator in instrument.indicators}
    offered = drivers_offered(draft, instrument)
    options = [*((key, labels[key]) for key in offered), (OTHER, "Something else")]
    yield {
        **{"kind": "checkboxes", "field": "view.drivers", "label": "What drives your view?"},
        **{"hint": ["Choose 1, 2 or 3. These are your answers of Yes and Possible"]},
        **{"value": draft.get("view.drivers", []), "legend": "large"},
        "options": [{"value": key, "label": words} for key, words in options],
    }
    shown = blocks.when("view.drivers", OTHER)
    yield blocks.line("view.other", "What is it?", "", draft.get("view.other"), **shown)
    hint = "A sentence is enough. Keep apart what was seen or said and what you make of it"
    why = draft.get("view.because")
    yield blocks.area("view.because", "Why?", hint, why, 3, WORDS_AT_MOST, legend="large")
    hint = "Role and what they said. You can leave it empty"
    talked, label = draft.get("view.talked_to"), "Have you talked to anyone about this? (optional)"
    yield blocks.area("view.talked_to", label, hint, talked, 2, WORDS_AT_MOST, legend="large")


def _box(words: str) -> str:
    """Put an empty box before words that stay on one line with it."""
    return f"☐ {words}".replace(" ", "\N{NO-BREAK SPACE}")


def paper_blocks(instrument: Instrument) -> Iterator[Block]:
    """Give the form to print and fill in by hand."""
    yield blocks.text(
        "No name on this sheet: use a reference. In immediate danger, call 999. A worry is enough:"
        " speak to your safeguarding lead."
    )
    yield blocks.buttons(button("Print this form", "print", print=True))
    yield blocks.table("The child", ["Reference", "Age", "Date"], [[[" "], [" "], [" "]]])
    yield blocks.heading("What worries you?")
    yield blocks.text("_" * 30, style="small")
    for page in instrument.pages:
        rows = [
            [[i.label], *([_box(choice.label)] for choice in instrument.answers)]
            for i in with_nested(asked_on(page, instrument), instrument)
        ]
        yield blocks.heading(page.label)
        columns = ["Question", *(choice.label for choice in instrument.answers)]
        yield blocks.table(page.label, columns, rows)
    yield blocks.heading("What do you think should happen now?")
    for route in reversed(instrument.routes):
        yield blocks.text(f"☐ {route.view_label}. {route.view_hint}")
    yield blocks.text("What drives your view (1 to 3), and why:")
