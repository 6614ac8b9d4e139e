"""What is known of a made-up case while it is told?"""

from datetime import datetime
from random import Random

import msgspec

from cse_workbook.case.events import JudgementRecorded
from cse_workbook.outcome import Outcome
from cse_workbook.synthetic.days import Days
from cse_workbook.synthetic.people import MadeUpChild, Person, person
from cse_workbook.synthetic.screenings import Raw, Rules
from cse_workbook.synthetic.stories import Story


class Told(msgspec.Struct, kw_only=True):
    """A case while it is told: what stays the same, and what the next step needs to know.

    `child` and `story` are None for what is noted of the agency's work as a whole. `places` gives
    the place in the case of the entry that the arc calls so; `raw`, `view` and `outcome` are those
    of the last screening.
    """

    ref: str
    days: Days
    random: Random
    rules: Rules
    screener: Person
    at_college: bool = False
    child: MadeUpChild | None = None
    story: Story | None = None
    at: datetime | None = None
    count: int = 0
    places: dict[str, int] = {}
    raw: Raw = {}
    view: JudgementRecorded | None = None
    outcome: Outcome | None = None

    def who(self, by: str) -> Person:
        """Give the person of a role; “screener” is whoever screened this child."""
        if by == "screener":
            return self.screener
        return person(by, at_college=self.at_college)

    def screened(self) -> tuple[JudgementRecorded, Outcome]:
        """Give the view and the outcome of the last screening. Raises ValueError if none is."""
        if self.view is None or self.outcome is None:
            raise ValueError("this child has not been screened yet")
        return self.view, self.outcome
