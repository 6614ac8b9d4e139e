"""The outcome page: the two views side by side, then why, how sure, what to find out, what to do.

Printed, it is the summary of the screening. Every word about rules comes from the instrument.
"""

from collections.abc import Iterator

from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, go, jump, strong
from cse_workbook.views.form import Draft
from cse_workbook.views.pages import clock, written
from cse_workbook.views.reasons import find_out, lowered, sure, why
from cse_workbook.views.result import WHO, Result
from cse_workbook.views.todo import else_recorded, next_steps, reason, to_do


def result_blocks(result: Result, draft: Draft) -> Iterator[Block]:
    """Give the outcome page; `draft` holds what is being written about a view below the outcome."""
    yield _views(result)
    yield from _corrected(result)
    yield _part("Why the guidance says this", "part-why", why(result))
    how_sure = _part("How sure this is", "part-sure", sure(result))
    asked = _part("What to find out", "part-find-out", find_out(result))
    few = not result.outcome.findings
    yield from (asked, how_sure) if few else (how_sure, asked)
    yield _part("What to do", "part-to-do", to_do(result))
    if result.is_lower and not result.view.lower_because:
        yield from reason(result, draft)
    yield from else_recorded(result)
    yield from next_steps(result)


def _part(label: str, name: str, inside: Iterator[Block]) -> Block:
    """Make a part that the printed summary puts in its own order: first what to do."""
    return blocks.box("section", inside, label=label, id=name)


def _corrected(result: Result) -> Iterator[Block]:
    if not result.corrections:
        return
    labels = {choice.key: choice.label for choice in result.instrument.answers}
    lines = [blocks.heading("Corrected", id="corrected")]
    for at, each in result.corrections:
        label = result.indicator(each.field.removeprefix("answers.")).label
        lines.append(
            blocks.text(
                strong(f"{label}: {labels[each.value]}."),
                f" Corrected {written(at.astimezone().date())} at {clock(at)}. {each.reason}",
            )
        )
    before = result.route(result.first_outcome.route).label
    lines.append(blocks.text(f"As it was recorded first, the guidance said: {before}."))
    yield blocks.box("inset", lines)


def _views(result: Result) -> Block:
    route, view = result.route(result.outcome.route), result.view
    given_at = clock(result.judgements[-1][0])
    left: list[Rich] = [[route.says], [route.then]]
    if result.outcome.route == result.instrument.routes[-1].key:
        below = [f for f in result.outcome.findings if f.route != route.key]
        if below:
            words = result.route(str(below[0].route)).label.lower()
            left.append(["Apart from the danger, what is recorded reaches ", strong(words), "."])
    first = result.first_step
    if first is not None:
        left.append([strong("First: "), lowered(first.text), " ", jump("what-to-do", "All steps")])
    if result.screening.age < 13 and result.outcome.findings:
        left.append(
            ["The child is under 13. A child under 13 cannot consent to any sexual activity."]
        )
    drivers = [result.indicator(key).label.lower() for key in view.drivers]
    drivers += [view.other_driver] if view.other_driver else []
    right: list[Rich] = [[f"Because of: {'; '.join(drivers)}."]]
    if view.because:
        right.append([view.because])
    if len(result.judgements) > 1 and view.route != result.first_view.route:
        was = result.route(result.first_view.route).view_label
        right.append([f"At {clock(result.judgements[0][0])} you said: {was}."])
    over = "The guidance says, after the correction" if result.corrections else "The guidance says"
    return {
        "kind": "views",
        "left": {"over": over, "heading": route.label, "text": left},
        "right": {
            "over": f"You said, at {given_at}",
            "heading": result.route(view.route).view_label,
            "text": right,
        },
        "below": _compared(result),
        "emergency": route.key == result.instrument.routes[-1].key,
    }


def _compared(result: Result) -> Rich:
    said, guidance = result.place(result.view.route), result.place(result.outcome.route)
    top = len(result.instrument.routes) - 1
    if said == guidance == 0:
        again = " on what is recorded. Look again as soon as you learn something new."
        return [strong("You and the guidance agree"), again]
    if said == guidance:
        called = " Have you called? If not, call now." if guidance == top else ""
        start = " The steps below start today."
        return [strong("You and the guidance agree."), start + called]
    if said > guidance:
        return [
            strong("You said more than the guidance asks for."),
            " Act on your own view. The guidance is the least to do, never the most. The steps"
            " below are those of your view.",
        ]
    less = strong("You said less than the guidance asks for.")
    if guidance == top:
        mistake = " Immediate danger is recorded. If that was a mistake, "
        return [less, mistake, go("go:correct", "correct it"), ". If not, call 999 now."]
    if result.view.lower_because:
        talked = f"Talked to: {result.view.consulted or WHO['nobody']}."
        given = f" Your reason is recorded: {result.view.lower_because} {talked}"
        return [less, given, *_nobody(result)]
    asked = " That may be right. The record needs your reason and who you talked to. Until then,"
    return [less, asked + " act on the guidance. ", jump("your-reason", "Give your reason")]


def _nobody(result: Result) -> Rich:
    if result.view.consulted != WHO["nobody"]:
        return []
    return [
        " Talk to your safeguarding lead or lead officer today. Until somebody has looked at it"
        " with you, act on the guidance. It stays in the lead officer's list."
    ]
