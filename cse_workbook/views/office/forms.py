"""The forms of a case, one for each kind of entry that a lead officer adds.

Each is opened in the page that stands by the press `write:{key}`; one that follows up an entry by
`write:{key}:{entry}`, where `entry` is its number in the record: `done`, `ended`, `interview` and
`referral`. `reading` and `correct` take it as well, and choose by themselves without it.
"""

from collections.abc import Mapping
from typing import Final

from cse_workbook.views.office.acting import ACTION, CLOSE, DONE, OPEN_AGAIN, REVIEW, SHARING
from cse_workbook.views.office.advising import ADVICE, OPENING, READING
from cse_workbook.views.office.correcting import CORRECT
from cse_workbook.views.office.following import INTERVIEW, MISSING, REFERRAL
from cse_workbook.views.office.meeting_forms import MEETING_FORMS
from cse_workbook.views.office.noting import BLOCKAGE, ENDED, THEME
from cse_workbook.views.office.step_down import STEP_DOWN
from cse_workbook.views.office.writing import Form

FORMS: Final[Mapping[str, Form]] = {
    form.key: form
    for form in (
        *MEETING_FORMS.values(),
        *(OPENING, ADVICE, READING, ACTION, DONE, THEME, BLOCKAGE, ENDED, STEP_DOWN, REVIEW),
        *(MISSING, INTERVIEW, REFERRAL, SHARING, CORRECT, CLOSE, OPEN_AGAIN),
    )
}
