"""The agenda of a meeting with a sheet for each child, and what is written down in the meeting."""

from collections.abc import Iterator, Sequence
from typing import Final

from cse_workbook.case.events import MacseHeard
from cse_workbook.meeting import Item
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, go, jump
from cse_workbook.views.office.case_history import entry_blocks
from cse_workbook.views.office.meeting_day import Child
from cse_workbook.views.office.meeting_forms import (
    ACTIONS_AT_MOST,
    action_rows,
    heard_blocks,
    put_off_blocks,
)
from cse_workbook.views.office.meeting_sheet import sheet_blocks
from cse_workbook.views.office.writing import Sheet

READ: Final = (
    "Every record shown here was opened to prepare this meeting. That is entered in each of them,"
    " once for this meeting."
)


def agenda_blocks(children: Sequence[Child], said: str) -> Iterator[Block]:
    """Give the order of the agenda and a sheet for each child; `said` tells of the last move."""
    yield blocks.text(READ, style="small")
    yield blocks.heading("The order", id="order")
    yield blocks.status(said, id="moved")
    for place, child in enumerate(children, 1):
        ref = child.item.ref
        yield blocks.text(jump(sheet_id(ref), f"{place}. {ref}"), f": {child.item.because}")
        yield blocks.buttons(
            button(f"Move {ref} up", f"up:{ref}", "secondary"),
            button(f"Move {ref} down", f"down:{ref}", "secondary"),
        )
    yield blocks.buttons(button("Print the agenda", "print", print=True))
    for place, child in enumerate(children, 1):
        ref = child.item.ref
        inner = [
            blocks.heading(f"{place}. {ref}", id=sheet_id(ref)),
            *sheet_blocks(child.reading, child.sheet),
        ]
        yield blocks.box("section", inner, label=ref, sheet=True)


def sheet_id(ref: str) -> str:
    """Give the place of a sheet on the page."""
    return f"sheet-{ref}"


def placed(ref: str, order: Sequence[str]) -> str:
    """Say where a child stands on the agenda.

    >>> placed("C-0019", ["C-0002", "C-0019"])
    'C-0019 is now 2 of 2.'
    """
    return f"{ref} is now {order.index(ref) + 1} of {len(order)}."


def children_blocks(children: Sequence[Item], at: str) -> Iterator[Block]:
    """Lead to each child on the agenda, and say what came of it."""
    items: list[Rich] = [
        [each.ref if each.ref == at else go(f"hear:{each.ref}", each.ref), f": {_state(each)}"]
        for each in children
    ]
    yield blocks.bullets(*items)


def _state(item: Item) -> str:
    if item.heard is None:
        return "still to be heard"
    return "put off" if item.heard.put_off_to else "heard"


def hearing_blocks(child: Child, form: Sheet) -> Iterator[Block]:
    """Give the sheet of the child that is heard, and the boxes for what becomes of it: in large
    type, for a room with a projector.
    """
    yield blocks.box("section", _hearing(child, form), label=child.item.ref, large=True)


def _hearing(child: Child, form: Sheet) -> Iterator[Block]:
    if child.reading.new:
        yield blocks.heading("Added while you were writing", 3)
        yield from entry_blocks(child.reading, child.reading.new)
    yield blocks.text(child.item.because, style="lead")
    yield blocks.details("What the meeting sees of this child", _sheet(child))
    yield from heard_blocks(form)
    if action_rows(form) < ACTIONS_AT_MOST:
        yield blocks.buttons(button("Add another action", "more_actions", "secondary"))
    yield blocks.buttons(button("Heard", "heard:heard", working="Adding…"))
    put_off = button("Put off to this day", "heard:put_off", "secondary", working="Adding…")
    inner = [*put_off_blocks(form), blocks.buttons(put_off)]
    yield blocks.details("Put off to another day, and why", inner)


def _sheet(child: Child) -> list[Block]:
    return list(sheet_blocks(child.reading, child.sheet))


def heard_already(child: Child, heard: MacseHeard) -> Iterator[Block]:
    """Say what became of a child in the meeting."""
    day = child.reading.due
    if heard.put_off_to:
        yield blocks.text(f"Put off to {day(heard.put_off_to)}. ", heard.because, style="lead")
    else:
        yield blocks.text("Decided: ", heard.decided, style="lead")
    if heard.present:
        yield blocks.text("There: ", heard.present)
    yield blocks.details("What the meeting sees of this child", _sheet(child))
