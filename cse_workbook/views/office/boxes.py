"""The boxes of a form, each with what is typed in it; and the moments that stand in two of them."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any, Final

from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.form import WORDS_AT_MOST
from cse_workbook.views.office.troubles import day_troubles
from cse_workbook.views.office.writing import Sheet

LINE_AT_MOST: Final = 500
EXAMPLE: Final = "For example, 10 11 2026"
OR_EMPTY: Final = f"{EXAMPLE}. Leave it empty if it was today"
TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def area(sheet: Sheet, field: str, label: str, hint: str = "", rows: int = 3) -> Block:
    """Ask for words in a box that grows."""
    typed = sheet.answers.get(field)
    return blocks.area(field, label, hint, typed, rows, WORDS_AT_MOST, count_from=9_000)


def line(sheet: Sheet, field: str, label: str, hint: str = "", **more: Any) -> Block:
    """Ask for one line of text."""
    return blocks.line(field, label, hint, sheet.answers.get(field), max=LINE_AT_MOST, **more)


def day(sheet: Sheet, field: str, label: str, hint: str = EXAMPLE) -> Block:
    """Ask for a day in three boxes."""
    return blocks.day(field, label, hint, sheet.answers)


def radios(
    sheet: Sheet,
    field: str,
    label: str,
    options: Sequence[Sequence[str]],
    hint: str = "",
    **more: Any,
) -> Block:
    """Ask to choose one of several."""
    return blocks.radios(field, label, options, sheet.answers.get(field), hint, **more)


def ticks(
    sheet: Sheet, field: str, label: str, options: Sequence[Sequence[str]], hint: str = ""
) -> Block:
    """Ask to choose as many as are right."""
    asked = blocks.radios(field, label, options, list(sheet.chosen(field)), hint)
    return {**asked, "kind": "checkboxes"}


def moment_boxes(sheet: Sheet, field: str, label: str, hint: str = EXAMPLE) -> Iterator[Block]:
    """Ask for a day and the time of that day."""
    yield day(sheet, field, f"{label}: the day", hint)
    near = "As near as you know. For example, 14:30"
    yield line(sheet, f"{field}_time", f"{label}: the time", near, width=5)


def moment(sheet: Sheet, field: str) -> datetime | None:
    """Give the moment that stands in two boxes, where the person is, if it is one."""
    on, clock = sheet.date(field), TIME.fullmatch(sheet.words(f"{field}_time"))
    if on is None or clock is None:
        return None
    local = datetime.combine(on, time(int(clock[1]), int(clock[2])))
    return local.astimezone(UTC)


def moment_troubles(sheet: Sheet, field: str, label: str, words: str = "") -> Iterator[Trouble]:
    """Check a moment in two boxes; `words` ask for the day where there has to be one."""
    typed = sheet.words(f"{field}_time")
    asked = words or ("Enter the day as well" if typed else "")
    yield from day_troubles(sheet, field, label, asked)
    if typed and not TIME.fullmatch(typed):
        yield Trouble(f"{field}_time", "CASE_13", "Enter the time like this: 14:30")
    elif not typed and sheet.date(field) is not None:
        yield Trouble(f"{field}_time", "CASE_04", "Enter the time, as near as you know")
