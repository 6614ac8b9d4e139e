"""The forms of a multi-agency meeting: who is to be heard, and what became of each child.

The first is a list of children and is recorded by the page of the meeting, an entry a child; its
draft also keeps the order of the agenda. The second makes all its entries of one child at once.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cse_workbook.case.events import ActionSet, MacseHeard, MacseListed
from cse_workbook.errors import problem
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.office import boxes
from cse_workbook.views.office.writing import Form, Sheet
from cse_workbook.views.pages import written

ACTIONS_AT_MOST: Final = 10
PUT_OFF: Final = "put_off"


def trouble(field: str, code: str, **slots: object) -> Trouble:
    """Say at a box what is to be done, in the words of the catalogue."""
    return Trouble(field, code, problem(code, field, **slots).repair.rstrip("."))


def meeting_on(sheet: Sheet) -> date:
    """Give the day of the meeting that a form is about."""
    return date.fromisoformat(str(sheet.answers["meeting_on"]))


def _nothing(_sheet: Sheet) -> Iterator[Block]:
    return iter(())


MEETING: Final = Form(
    key="meeting",
    button="Choose children",
    heading="Choose children",
    fields=dict.fromkeys(("meeting.children", "meeting.why.*", "meeting.another")),
    many=("meeting.children",),
    blocks=_nothing,
    # The page records it child by child; as a form of one case it says nothing and is refused.
    event=lambda sheet: MacseListed(meeting_on(sheet), ""),
)


def is_put_off(sheet: Sheet) -> bool:
    """Tell whether the child is to be put off to another day."""
    return bool(sheet.answers.get("outcome") == PUT_OFF)


def action_rows(sheet: Sheet) -> int:
    """Give how many actions there is room for on the page."""
    asked = str(sheet.answers.get("rows", "1"))
    filled = [n for n in range(1, ACTIONS_AT_MOST + 1) if _is_begun(sheet, n)]
    return max([int(asked) if asked.isdecimal() else 1, *filled])


def _is_begun(sheet: Sheet, n: int) -> bool:
    names = ("what", "who", "due")
    fields = (f"heard.{name}.{n}" for name in names)
    return any(str(sheet.answers.get(each, "")).strip() for each in _with_parts(fields))


def _with_parts(fields: Iterator[str]) -> Iterator[str]:
    for field in fields:
        yield field
        yield from (f"{field}.{part}" for part in ("day", "month", "year"))


def heard_blocks(sheet: Sheet) -> Iterator[Block]:
    """Ask who was there, what was decided, and for actions."""
    yield boxes.line(sheet, "heard.present", "Who was there?", "Roles and agencies")
    yield boxes.area(sheet, "heard.decided", "What was decided?", rows=4)
    for n in range(1, action_rows(sheet) + 1):
        yield boxes.area(sheet, f"heard.what.{n}", f"Action {n}: what is to be done?", rows=2)
        yield boxes.line(
            sheet, f"heard.who.{n}", f"Action {n}: who will do it?", "A role is enough"
        )
        yield boxes.day(sheet, f"heard.due.{n}", f"Action {n}: when is it due?")


def put_off_blocks(sheet: Sheet) -> Iterator[Block]:
    """Ask to which day a child is put off, and why."""
    yield boxes.day(sheet, "heard.put_off_to", "To which day?")
    yield boxes.area(sheet, "heard.because", "Why is the child put off?", rows=2)


def _all_blocks(sheet: Sheet) -> Iterator[Block]:
    yield from heard_blocks(sheet)
    yield from put_off_blocks(sheet)


def _heard(sheet: Sheet) -> MacseHeard:
    put_off_to = sheet.date("heard.put_off_to") if is_put_off(sheet) else None
    return MacseHeard(
        meeting_on=meeting_on(sheet),
        decided=sheet.words("heard.decided"),
        present=sheet.words("heard.present"),
        put_off_to=put_off_to,
        because=sheet.words("heard.because") if put_off_to else "",
    )


def _actions(sheet: Sheet) -> Iterator[ActionSet]:
    """Give the actions that are complete; `_checks` says what the others lack."""
    for n in range(1, ACTIONS_AT_MOST + 1):
        due_on = sheet.date(f"heard.due.{n}")
        if due_on is not None and not list(_action_checks(sheet, n)):
            yield ActionSet(sheet.words(f"heard.what.{n}"), sheet.words(f"heard.who.{n}"), due_on)


def _checks(sheet: Sheet) -> Iterator[Trouble]:
    on = meeting_on(sheet)
    to = sheet.date("heard.put_off_to")
    if is_put_off(sheet) and to is None:
        yield Trouble("heard.put_off_to.day", "CASE_04", "Enter the day it is put off to")
    elif is_put_off(sheet) and to is not None and to <= on:
        yield trouble("heard.put_off_to.day", "MEETING_04")
    elif not is_put_off(sheet) and on > sheet.today:
        yield trouble("heard.decided", "MEETING_05", day=written(on))
    for n in range(1, ACTIONS_AT_MOST + 1):
        yield from _action_checks(sheet, n)


def _action_checks(sheet: Sheet, n: int) -> Iterator[Trouble]:
    """Check one action, once anything of it is filled in."""
    if not _is_begun(sheet, n):
        return
    due_on = sheet.date(f"heard.due.{n}")
    if not sheet.words(f"heard.what.{n}"):
        yield Trouble(f"heard.what.{n}", "CASE_04", "Write what is to be done")
    if not sheet.words(f"heard.who.{n}"):
        yield Trouble(f"heard.who.{n}", "CASE_04", "Enter who will do it")
    if due_on is None:
        yield Trouble(f"heard.due.{n}.day", "CASE_04", "Enter the due date")
    elif due_on < meeting_on(sheet):
        yield trouble(f"heard.due.{n}.day", "MEETING_01")
    elif due_on < sheet.today:
        yield trouble(f"heard.due.{n}.day", "CASE_09")


def _after(sheet: Sheet) -> str:
    return "Put off." if is_put_off(sheet) else "Heard."


HEARD: Final = Form(
    key="heard",
    button="In the meeting",
    heading="In the meeting",
    fields=dict.fromkeys(
        ("heard.present", "heard.decided", "heard.because", "heard.what.*", "heard.who.*")
    ),
    dates={
        "heard.put_off_to": ("The day it is put off to", ""),
        **{f"heard.due.{n}": ("The due date", "") for n in range(1, ACTIONS_AT_MOST + 1)},
    },
    blocks=_all_blocks,
    event=_heard,
    others=_actions,
    checks=_checks,
    places=lambda sheet: {"decided": "heard.because"} if is_put_off(sheet) else {},
    # What was decided happened on the day of the meeting, whenever it is written down.
    happened_on=lambda sheet: min(meeting_on(sheet), sheet.today),
    after=_after,
)

MEETING_FORMS: Final[Mapping[str, Form]] = {form.key: form for form in (MEETING, HEARD)}
