"""One sheet a child: what a meeting sees of it, and what it does not see and why."""

from collections.abc import Iterator, Sequence
from typing import Final

from cse_workbook.changes import Change, compare
from cse_workbook.meeting import Sheet, Task
from cse_workbook.standing import OTHER, outcome_today, screened
from cse_workbook.timeline import Mark, timeline
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, strong
from cse_workbook.views.office.reading import Reading
from cse_workbook.views.reasons import lowered

_MEETINGS: Final = "Meetings"  # the lane that only says again what the page is about


def sheet_blocks(reading: Reading, sheet: Sheet) -> Iterator[Block]:
    """Give the sheet of a child, without its heading."""
    yield blocks.text(strong("To be heard because: "), sheet.item.because)
    yield blocks.facts(_views(reading, sheet))
    yield blocks.heading(_since(reading, sheet), 3)
    yield from _changes(reading, sheet)
    yield blocks.heading("The child's words", 3)
    yield from _said(reading, sheet)
    yield blocks.heading("Actions due by the meeting", 3)
    yield from _due(reading, sheet.due)
    yield blocks.heading("What each agency is asked", 3)
    yield from _asked(reading, sheet)
    yield blocks.heading("What was left out, and why", 3)
    yield blocks.bullets(*([strong(f"{what}. "), why] for what, why in sheet.left_out))


def _views(reading: Reading, sheet: Sheet) -> dict[str, Rich]:
    view, threads = sheet.view, reading.case.screenings
    says = "No screening yet"
    if threads:
        made = screened(threads[-1])
        outcome = outcome_today(made.screening, reading.instrument, reading.policy) or made.outcome
        says = reading.says(outcome.route)
    if view is None:
        return {"Standing view": ["No view yet"], "The guidance says": [says]}
    other = "something else, in words" if OTHER in view.drivers else ""
    return {
        "Standing view": [f"{reading.view(view.route)}, {reading.day(view.entry.happened_on)}"],
        "Driven by": [reading.drivers(view.drivers, other)],
        "The guidance says": [says],
    }


def _since(reading: Reading, sheet: Sheet) -> str:
    if sheet.last_heard is None:
        return "What is recorded"
    return f"What changed since the last meeting, {reading.day(sheet.last_heard.meeting_on)}"


def _changes(reading: Reading, sheet: Sheet) -> Iterator[Block]:
    """Say what happened since the child was last heard, without a word that anybody wrote, and
    which answers are different.
    """
    if sheet.last_heard is None:
        yield blocks.text("This child has not been heard before.")
    else:
        yield blocks.text(strong("Decided then: "), sheet.last_heard.decided)
    said = [*_happened(reading, sheet.since), *_moved(reading, sheet)]
    if said:
        yield blocks.bullets(*said)
    else:
        yield blocks.text("Nothing was recorded since.")


def _happened(reading: Reading, after: int) -> Iterator[Rich]:
    lanes = timeline(reading.case, reading.instrument, reading.policy).lanes
    for lane in lanes:
        marks = [mark for mark in lane.marks if mark.entry > after]
        if marks and lane.name != _MEETINGS:
            words = "; ".join(_mark(reading, mark) for mark in marks)
            yield [strong(f"{lane.name}: "), words]


def _mark(reading: Reading, mark: Mark) -> str:
    return f"{mark.words} on {reading.day(mark.on)}".strip().removeprefix("on ")


def _moved(reading: Reading, sheet: Sheet) -> Iterator[Rich]:
    if sheet.compared is None:
        return
    found = compare(*sheet.compared, reading.instrument)
    for change in (*found.moved, *found.known, *found.lost):
        yield [strong(f"{reading.label(change.key)}: "), _answers(reading, change)]
    for key in found.gone:
        label = "what else drove it" if key == OTHER else lowered(reading.label(key))
        yield [strong("No longer drives the view: "), label]


def _answers(reading: Reading, change: Change) -> str:
    labels = {choice.key: choice.label for choice in reading.instrument.answers}
    then, now = (labels.get(each, "No answer") for each in (change.then, change.now))
    return f"{now}, was {then}"


def _said(reading: Reading, sheet: Sheet) -> Iterator[Block]:
    if sheet.child_said is None:
        yield blocks.text("No words of the child are recorded. Who can ask?")
        return
    words, on = sheet.child_said
    for line in words.splitlines():
        yield blocks.text(line)
    yield blocks.text(f"At the screening of {reading.day(on)}.", style="small")


def _due(reading: Reading, tasks: Sequence[Task]) -> Iterator[Block]:
    if not tasks:
        yield blocks.text("No action is due by the meeting.")
        return
    rows = [[[task.what], [task.who], _deadline(reading, task)] for task in tasks]
    yield blocks.table("Actions due by the meeting", ["What", "Who", "Due"], rows, row_headers=True)


def _deadline(reading: Reading, task: Task) -> Rich:
    return reading.deadline(task.due_on, is_late=task.due_on < reading.today)


def _asked(reading: Reading, sheet: Sheet) -> Iterator[Block]:
    rows: list[list[Rich]] = [
        [[who], [task.what], _deadline(reading, task)]
        for who, tasks in sheet.asked.items()
        for task in tasks
    ]
    if not rows:
        yield blocks.text("No action is open.")
        return
    columns = ["Who", "What", "Due"]
    yield blocks.table("What each agency is asked", columns, rows, row_headers=True)
