"""Choose the day of a meeting, and the children it is to hear."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from cse_workbook.meeting import Item
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Run, button, go, strong
from cse_workbook.views.form import Draft
from cse_workbook.views.office import boxes, choices, dates
from cse_workbook.waiting import Row

PAGE: Final = "macse"
AT_MOST: Final = 100  # children proposed at once, those who wait longest

STEPS: Final[Mapping[str, str]] = {
    PAGE: "Choose children",
    "agenda": "The agenda",
    "hearing": "In the meeting",
}


def steps(at: str) -> Block:
    """Lead to the three steps; the one that stands is said in bold."""
    runs: list[Run] = []
    for name, words in STEPS.items():
        runs += [strong(words) if name == at else go(f"go:{name}", words), " · "]
    return blocks.text(*runs, go("another_day", "Another meeting"))


def day_blocks(typed: Mapping[str, Any], known: Mapping[date, int], today: date) -> Iterator[Block]:
    """Ask for the day of the meeting, and offer those for which children are listed."""
    answers = {f"{choices.box(PAGE, name)}": value for name, value in typed.items()}
    hint = boxes.EXAMPLE
    yield blocks.day(choices.box(PAGE, "on"), "On which day is the meeting?", hint, answers)
    yield blocks.buttons(button("Go on", "meeting"))
    if known:
        yield blocks.heading("Meetings with children still to be heard")
        items = [
            {"text": f"{dates.due(on, today)}: {many(n)}", "to": f"meeting:{on.isoformat()}"}
            for on, n in known.items()
        ]
        yield {"kind": "links", "items": items}


def many(number: int) -> str:
    """Count children in words."""
    return "1 child" if number == 1 else f"{number} children"


def offered(rows: Sequence[Row], listed: Sequence[str], answers: Draft) -> list[str]:
    """Give the references of the children that can be chosen: those who wait for something, longest
    first, and those named by the person; none that is on the agenda already.
    """
    named = [*answers.get("added", ()), *answers.get("meeting.children", ())]
    known = {row.ref for row in rows if row.agencies} - set(listed)
    waiting = [row.ref for row in rows if row.waiting and row.ref in known][:AT_MOST]
    return [*waiting, *(ref for ref in dict.fromkeys(named) if ref in known - set(waiting))]


def choosing_blocks(
    rows: Sequence[Row],
    items: Sequence[Item],
    answers: Draft,
    views: Mapping[str, str],
) -> Iterator[Block]:
    """Give the children to choose from, why each is proposed, and who is on the agenda."""
    refs = offered(rows, [item.ref for item in items], answers)
    by_ref = {row.ref: row for row in rows}
    chosen = [ref for ref in answers.get("meeting.children", ()) if ref in refs]
    if refs:
        options = [(ref, ref, _why(by_ref[ref], views)) for ref in refs]
        asked = "Which children are to be heard?"
        hint = "In the order of what is overdue longest. Nobody is ranked by how much is recorded"
        listing = blocks.radios("meeting.children", asked, options, chosen, hint)
        yield {**listing, "kind": "checkboxes", "counted": "chosen"}
        shown = {*refs, *(item.ref for item in items)}
        more = sum(1 for row in rows if row.waiting and row.agencies and row.ref not in shown)
        if more:
            yield blocks.text(f"Not shown here, and waiting too: {many(more)}. Name them below.")
        for ref in refs:
            typed = answers.get(f"meeting.why.{ref}")
            why = f"Why is {ref} to be heard?"
            field = f"meeting.why.{ref}"
            yield blocks.line(field, why, "", typed, **blocks.when("meeting.children", ref))
    else:
        yield blocks.text("No other child waits for anything.")
    another = answers.get("meeting.another")
    yield blocks.line(
        "meeting.another", "Another child", "A reference, for example C-0042", another, 10
    )
    yield blocks.buttons(
        button("List the children chosen", "list", working="Listing…"),
        button("Offer this child too", "another", "secondary"),
    )
    yield blocks.heading("On the agenda", id="listed")
    if items:
        yield blocks.bullets(*([strong(f"{each.ref}: "), each.because] for each in items))
    else:
        yield blocks.text("Nobody is listed yet.")


def _why(row: Row, views: Mapping[str, str]) -> str:
    """Say why a child is proposed: what its record waits for, and which view stands."""
    things = "; ".join(each.words for each in row.waiting) or "Named by you"
    return f"{things}. Standing view: {views.get(row.view, 'none yet')}"
