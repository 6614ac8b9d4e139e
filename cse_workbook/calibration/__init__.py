"""Do people who read the same made-up children alone come to the same answers?

`exercise` gives the children, `blank_sheet` what each reader fills in, `read` checks what came
back. `overall`, `by_view` and `by_item` tell how far readings agree, and `conversation` what to
talk about. All of it is about questions: once read, nobody can tell which reader gave which answer.
Agreement is not being right: all may share one mistake.
"""

from cse_workbook.calibration.agreement import PLAINLY, by_item, by_view, overall
from cse_workbook.calibration.conversation import conversation
from cse_workbook.calibration.exercise import (
    ChildToRead,
    blank_sheet,
    exercise,
    made_up_readings,
)
from cse_workbook.calibration.readings import Asked, Readings, read

__all__ = [
    "PLAINLY",
    "Asked",
    "ChildToRead",
    "Readings",
    "blank_sheet",
    "by_item",
    "by_view",
    "conversation",
    "exercise",
    "made_up_readings",
    "overall",
    "read",
]
