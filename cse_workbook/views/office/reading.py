"""One case as one person reads it: what every part of its page is made from.

It finds words and days, and decides nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from cse_workbook.case import Case, Entry
from cse_workbook.case.events import JudgementRecorded
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import OTHER
from cse_workbook.store import Child
from cse_workbook.views.blocks import Rich, Run, mark, strong
from cse_workbook.views.office import dates
from cse_workbook.views.pages import clock
from cse_workbook.views.reasons import lowered

if TYPE_CHECKING:
    from cse_workbook.casework import Casework

MARKS = {"yes": "●", "possible": "◐", "not_known": "?", "no": "\N{EN DASH}", "": "·"}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A case that has been opened: `opened` is the entry that says so, `identity` who the child is
    while that is shown, `compared` the numbers of two screenings, `new` what somebody else wrote
    meanwhile. `is_blind` while a second reading is given, `is_writing` while any form lies open.
    """

    casework: "Casework"
    case: Case
    opened: Entry
    purpose: str
    identity: Child | None = None
    compared: tuple[int, int] | None = None
    new: tuple[Entry, ...] = ()
    is_blind: bool = False
    is_writing: bool = False

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Reading(entry {self.opened.seq})"

    @property
    def instrument(self) -> Instrument:
        """The instrument as it stands under the policy."""
        return self.casework.instrument

    @property
    def policy(self) -> Policy:
        """The local policy."""
        return self.casework.policy

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.casework.today

    @property
    def may_add(self) -> bool:
        """Whether something can be added beside the form that lies open."""
        return self.case.is_open and not self.is_blind

    def day(self, on: date) -> str:
        """Write a day."""
        return dates.day(on, self.today)

    def due(self, on: date) -> str:
        """Write a day on which something is due."""
        return dates.due(on, self.today)

    def when(self, on: date) -> str:
        """Write a day, with its weekday while it lies ahead."""
        return self.due(on) if on >= self.today else self.day(on)

    def moment(self, at: datetime) -> str:
        """Write a moment: 14 November at 22:10."""
        return f"{self.day(at.astimezone().date())} at {clock(at)}"

    def deadline(self, on: date, *, is_late: bool) -> Rich:
        """Write when something is due; what is late is said so in bold."""
        if is_late:
            return [f"{self.due(on)}, ", strong("late")]
        return [f"{self.due(on)}, today" if on == self.today else self.due(on)]

    def says(self, route: str) -> str:
        """Name a route as the guidance says it."""
        return next((r.label for r in self.instrument.routes if r.key == route), route)

    def view(self, route: str) -> str:
        """Name a route as a person chooses it."""
        return next((r.view_label for r in self.instrument.routes if r.key == route), route)

    def label(self, key: str) -> str:
        """Name an indicator; one of another instrument by its key."""
        labels = {each.key: each.label for each in self.instrument.indicators}
        return labels.get(key, key.replace("_", " "))

    def answer(self, key: str) -> Rich:
        """Write an answer in words, with a mark in front that needs no colour to be seen."""
        labels = {choice.key: choice.label for choice in self.instrument.answers}
        return [mark(MARKS.get(key, "")), labels.get(key, "No answer")]

    def drivers(self, keys: Iterable[str], other: str = "") -> str:
        """Name what drives a view, `other` in the practitioner's own words."""
        named = [lowered(self.label(key)) for key in keys if key != OTHER]
        return "; ".join([*named, *([other] if other else [])]) or "nothing named"

    def driven_by(self, view: JudgementRecorded) -> str:
        """Name what drives a practitioner's view."""
        return self.drivers(view.drivers, view.other_driver)


def lines(*given: tuple[str, str]) -> list[list[Run]]:
    """Make a paragraph for each text that is there, with its name in front; free text stays text.

    >>> lines(("Why", "A made-up reason"), ("Talked to", ""))
    [[{'strong': 'Why: '}, 'A made-up reason']]
    """
    return [[strong(f"{name}: "), words] for name, words in given if words]


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> listed(["Homeless", "Self-harm", "Gangs"])
    'Homeless, Self-harm and Gangs'
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def capital(words: str) -> str:
    """Put the first letter in upper case, and leave the others.

    >>> capital("teacher, Example School")
    'Teacher, Example School'
    """
    return f"{words[:1].upper()}{words[1:]}"
