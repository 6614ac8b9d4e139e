"""The forms for what is to be done and decided: actions, reviews, sharing, closing a case."""

from collections.abc import Iterator
from typing import Final

from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    CaseClosed,
    CaseOpened,
    ReviewHeld,
    SharingDecision,
)
from cse_workbook.standing import outcome_today, screened
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.office import boxes
from cse_workbook.views.office.writing import Form, Sheet

NONE: Final = "none"


# Actions


def _steps(sheet: Sheet) -> dict[str, str]:
    """Give the steps that the guidance asks for today, and its words for each."""
    if sheet.case is None or not sheet.case.screenings:
        return {}
    last = screened(sheet.case.screenings[-1])
    outcome = outcome_today(last.screening, sheet.instrument, sheet.policy) or last.outcome
    return {step.key: step.text for step in outcome.actions}


def _action_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "action.what", "What is to be done?", rows=2)
    yield boxes.line(sheet, "action.who", "Who will do it?", "A role is enough")
    yield boxes.day(sheet, "action.due_on", "When is it due?")
    if steps := _steps(sheet):
        options = [*steps.items(), (NONE, "None of these")]
        asked = "Which step of the guidance does it carry out?"
        hint = "You can leave this empty"
        yield boxes.radios(sheet, "action.step", asked, options, hint)


def _action(sheet: Sheet) -> ActionSet:
    step = sheet.words("action.step")
    return ActionSet(
        what=sheet.words("action.what"),
        who=sheet.words("action.who"),
        due_on=sheet.date("action.due_on") or sheet.today,
        step=step if step in _steps(sheet) else "",
    )


ACTION: Final = Form(
    key="action",
    button="Set an action",
    heading="Set an action",
    fields=dict.fromkeys(("action.what", "action.who", "action.step")),
    dates={"action.due_on": ("The due date", "Enter the due date")},
    blocks=_action_blocks,
    event=_action,
)


def _done_blocks(sheet: Sheet) -> Iterator[Block]:
    begun = sheet.followed
    if begun is not None and isinstance(begun.event, ActionSet):
        yield blocks.text(f"{begun.event.what} ({begun.event.who})")
    yield boxes.area(sheet, "done.note", "What came of it?")
    yield boxes.day(sheet, "done.on", "When was it done?", boxes.OR_EMPTY)


DONE: Final = Form(
    key="done",
    button="Mark as done",
    heading="Mark as done",
    fields={"done.note": None},
    dates={"done.on": ("The date", "")},
    places=lambda _sheet: {"happened_on": "done.on"},
    happened_on=lambda sheet: sheet.date("done.on"),
    blocks=_done_blocks,
    event=lambda sheet: ActionDone(sheet.follows, sheet.words("done.note")),
)


# Reviews


def _review_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "review.concluded", "What did the review conclude?", rows=5)
    days = sheet.policy.times.review_days
    hint = f"{boxes.EXAMPLE}. Left empty, it is {days} days from today"
    yield boxes.day(sheet, "review.next_on", "When is the next review?", hint)


REVIEW: Final = Form(
    key="review",
    button="Record a review",
    heading="Record a review",
    fields={"review.concluded": None},
    dates={"review.next_on": ("The date of the next review", "")},
    blocks=_review_blocks,
    event=lambda sheet: ReviewHeld(
        sheet.words("review.concluded"), next_on=sheet.date("review.next_on")
    ),
)


# Sharing


def _sharing_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.line(sheet, "sharing.what", "What is it about?")
    yield boxes.line(sheet, "sharing.with_whom", "With whom?", "A role or a service")
    options = (("yes", "Yes, it is shared"), ("no", "No, it is not shared"))
    yield boxes.radios(sheet, "sharing.is_shared", "Is it shared?", options)
    yield boxes.area(sheet, "sharing.because", "Why?")


def _sharing_checks(sheet: Sheet) -> Iterator[Trouble]:
    if not sheet.words("sharing.is_shared"):
        yield Trouble("sharing.is_shared", "CASE_04", "Select whether it is shared")


SHARING: Final = Form(
    key="sharing",
    button="Record a sharing decision",
    heading="Record a sharing decision",
    fields={
        **dict.fromkeys(("sharing.what", "sharing.with_whom", "sharing.because")),
        "sharing.is_shared": ("yes", "no"),
    },
    blocks=_sharing_blocks,
    event=lambda sheet: SharingDecision(
        what=sheet.words("sharing.what"),
        with_whom=sheet.words("sharing.with_whom"),
        is_shared=sheet.words("sharing.is_shared") == "yes",
        because=sheet.words("sharing.because"),
    ),
    checks=_sharing_checks,
)


# Closing and opening


def _close_blocks(sheet: Sheet) -> Iterator[Block]:
    yield blocks.text(
        "The program never closes a case; you do. Nothing is deleted, and it can be opened again."
    )
    yield boxes.area(sheet, "close.because", "Why is the case closed?")


CLOSE: Final = Form(
    key="close",
    button="Close this case",
    heading="Close this case",
    fields={"close.because": None},
    blocks=_close_blocks,
    event=lambda sheet: CaseClosed(sheet.words("close.because")),
    add="Close this case",
)


def _open_again_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "open_again.reason", "Why is the case opened again?")


OPEN_AGAIN: Final = Form(
    key="open_again",
    button="Open this case again",
    heading="Open this case again",
    fields={"open_again.reason": None},
    blocks=_open_again_blocks,
    event=lambda sheet: CaseOpened(sheet.words("open_again.reason")),
    add="Open this case again",
    after_closing=True,
)
