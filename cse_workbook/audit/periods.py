"""What can be told of a period from an extract?

An extract ends on the day it was made, and its days may stand as the Monday of their week or the
first of their month. A period that the extract cannot tell of is refused, because it would read as
if nothing had happened; one that it tells of only roughly is shown with the words for it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from cse_workbook.audit import words
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import Manifest
from cse_workbook.frames import Coarseness
from cse_workbook.measures import Period
from cse_workbook.synthetic import LAST_DAY

_A_DAY: Final = timedelta(days=1)
# As long as the longest of its kind: from a first day, it leads into the next week or month.
_LENGTH: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31)}
_STANDS: Final = {"week": "the Monday of its week", "month": "the first of its month"}


class Calendar(msgspec.Struct, frozen=True):
    """Until which day an extract tells of anything, and to what its days are exact."""

    until: date
    dates: Coarseness

    @classmethod
    def of(cls, manifest: Manifest | None) -> "Calendar":
        """Give that of an extract, or, without one, of the made-up children."""
        return cls(manifest.made_on, manifest.dates) if manifest else cls(LAST_DAY, "day")

    def check(self, *periods: Period) -> None:
        """Refuse periods that it cannot tell of.

        Raises AUDIT_16 for one that begins after its last day, AUDIT_22 for one that does not end
        before the next of them begins, and AUDIT_23 for one in which no week or month begins.
        """
        problems = [
            *(
                problem("AUDIT_16", words.of(each), day=words.day(self.until))
                for each in periods
                if each.start > self.until
            ),
            *(
                problem("AUDIT_22", words.of(one), other=words.of(other))
                for one, other in pairwise(periods)
                if one.end >= other.start
            ),
            *(
                problem("AUDIT_23", words.of(each), of=self.dates, stands=_STANDS[self.dates])
                for each in periods
                if not self._holds(each)
            ),
        ]
        if problems:
            raise WorkbookError(problems)

    def remarks(self, periods: Sequence[Period]) -> Iterator[str]:
        """Say of periods what a reader cannot see in the figures."""
        for each in periods:
            first, last = self._first(each), self._begin(each.end)
            if (first, self._begin(each.end + _A_DAY)) != (each.start, each.end + _A_DAY):
                yield (
                    f"Each day of this extract stands as {_STANDS[self.dates]}. So"
                    f" {words.of(each)} holds the {self.dates}s that begin from {words.day(first)}"
                    f" to {words.day(last)}, each of them whole."
                )
        yield from self.unfinished(periods)

    def unfinished(self, periods: Sequence[Period]) -> Iterator[str]:
        """Say which periods were not over."""
        for each in periods:
            if each.end > self.until:
                yield (
                    f"{words.of(each)} was not over when the extract was made, on"
                    f" {words.day(self.until)}: what came later is not in it."
                )

    def _holds(self, period: Period) -> bool:
        return self._first(period) <= period.end

    def _first(self, period: Period) -> date:
        """Give the first day in a period, or after it, with which a week or month begins."""
        begin = self._begin(period.start)
        return begin if begin == period.start else self._begin(begin + _LENGTH[self.dates])

    def _begin(self, day: date) -> date:
        """Give the first day of the week or month of a day; the day itself where days are exact."""
        if self.dates == "month":
            return day.replace(day=1)
        return day - timedelta(days=day.weekday()) if self.dates == "week" else day
