"""What can a record wait for, and how pressing is that on a day?

Some things are due by a day: the policy sets a limit. The others are not, and then the reason says
when somebody should look.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec


class Reason(StrEnum):
    """What a record can wait for, in the words and the order of the page."""

    REVIEW = "Review overdue or due this week"
    REFERRAL = "Referral sent, no answer in time"
    LOWER_VIEW = "View lower than the guidance, no reason yet"
    DIFFER = "Two people differ"
    CHANGED = "Changed since last reviewed"
    DECISIVE = "Answers that would decide, open a week"
    HOST_LEAD = "Host CSE lead not in the care plan"
    MISSING = "Missing, no return interview"
    DRAFT = "Screening not finished for a day"


class When(StrEnum):
    """How pressing something is on a day, most pressing first."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this week"
    NO_DATE = "no date"


_PRESSING: Final = {when: place for place, when in enumerate(When)}
# When to look at what is due by no day. A child who is still missing comes under today.
_UNDATED: Final[Mapping[Reason, When]] = {
    Reason.LOWER_VIEW: When.TODAY,
    Reason.DIFFER: When.TODAY,
    Reason.MISSING: When.TODAY,
    Reason.CHANGED: When.THIS_WEEK,
    Reason.DRAFT: When.THIS_WEEK,
}


class Waiting(msgspec.Struct, frozen=True):
    """One thing a record waits for: the sentence in the list, since when, and due by which day."""

    reason: Reason
    words: str
    since_on: date | None = None
    due_on: date | None = None

    def when(self, today: date) -> When:
        """Say how pressing it is on a day."""
        if self.due_on is None:
            return _UNDATED.get(self.reason, When.NO_DATE)
        if self.due_on < today:
            return When.OVERDUE
        return When.TODAY if self.due_on == today else When.THIS_WEEK

    def place(self, today: date) -> tuple[int, date]:
        """Give what to sort by: the most pressing first, and of these the oldest."""
        return _PRESSING[self.when(today)], self.due_on or self.since_on or date.max
